"""A small rule base of its own, so that these tests do not change with the content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qmadvisor import documents
from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.report.build import build_report
from qmadvisor.report.model import FindingInfo, Report
from qmadvisor.rules.loader import RuleBase, load_rule_base
from qmadvisor.setup.reader import read_setup

AS_OF = date(2026, 11, 22)
HEADER = "schema: qmadvisor.setup/1\ntitel: Nordstadt\nprogramm: sozialer_zusammenhalt\nphase: umsetzung\n"
BASE = Path(__file__).parent / "base"

Check = Callable[..., CheckResult]
ReportOf = Callable[..., Report]
FindingOf = Callable[..., FindingInfo]


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return load_rule_base(BASE / "rules", BASE / "knowledge")


@pytest.fixture(scope="session")
def checker(base: RuleBase) -> Checker:
    return Checker(base, "compiled")


@pytest.fixture(scope="session")
def check(checker: Checker) -> Check:
    """Check the text of a file; the header is added."""

    def run(text: str = "", as_of: date = AS_OF, header: str = HEADER, *, honour: bool = True) -> CheckResult:
        known = checker.rule_base.knowledge
        node = documents.read_bytes((header + text).encode(), "plan.yaml")
        setup = read_setup(node, known.catalogue, known.parameters, as_of, name="plan.yaml")
        return checker.check(setup, as_of, honour_deviations=honour)

    return run


@pytest.fixture(scope="session")
def report_of(check: Check) -> ReportOf:
    def build(*args: object, **options: object) -> Report:
        return build_report(check(*args, **options))

    return build


@pytest.fixture(scope="session")
def finding(report_of: ReportOf) -> FindingOf:
    """The finding of one rule for the text of a file."""

    def find(rule: str, *args: object, **options: object) -> FindingInfo:
        return next(one for one in report_of(*args, **options).findings if one.rule == rule)

    return find
