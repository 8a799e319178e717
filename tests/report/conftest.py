"""A small rule base of its own, so that these tests do not change with the content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qmadvisor import documents
from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.report.build import build_report
from qmadvisor.report.model import FindingInfo, Report
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import RuleBase, default_rule_base, load_rule_base
from qmadvisor.setup.reader import load_setup, read_setup, read_values

AS_OF = date(2026, 11, 22)
HEADER = "schema: qmadvisor.setup/1\ntitel: Nordstadt\nprogramm: sozialer_zusammenhalt\nphase: umsetzung\n"
BASE = Path(__file__).parent / "base"
#: The example setups that travel with the package.
EXAMPLES = sorted((knowledge_root() / "examples").glob("*.yaml"))

Check = Callable[..., CheckResult]
ReportOf = Callable[..., Report]
FindingOf = Callable[..., FindingInfo]
CheckExample = Callable[[Path], CheckResult]


class Outcome(NamedTuple):
    """What one rule says of one of its examples."""

    rule: str
    given: Mapping[str, Any]
    result: CheckResult


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


@pytest.fixture(scope="session")
def real_checker() -> Checker:
    """A checker of the rules that travel with the package."""
    return Checker(default_rule_base(), "compiled")


@pytest.fixture(scope="session")
def check_example(real_checker: Checker) -> CheckExample:
    """Check one of the example setups against the real rules; each is checked once."""
    known = real_checker.rule_base.knowledge

    @cache
    def run(path: Path) -> CheckResult:
        return real_checker.check(load_setup(path, known.catalogue, known.parameters, AS_OF), AS_OF)

    return run


@pytest.fixture(scope="session")
def every_outcome() -> list[Outcome]:
    """Each real rule alone, once for each outcome that its examples show."""
    base = replace(default_rule_base(), advice=())
    known = base.knowledge
    found = []
    for rule in base.rules:
        alone = Checker(replace(base, rules=(rule,)), "compiled")
        for case in {case.then: case for case in rule.spec.examples.cases}.values():
            given = {**rule.spec.examples.base, **case.given}
            setup = read_values(given, known.catalogue, known.parameters, AS_OF)
            found.append(Outcome(rule.id, case.given, alone.check(setup, AS_OF)))
    return found
