"""Every example setup against its reviewed result: the complete mapping of rules to statuses, and the advice in order.

The comments in `expected/` say why a status is what it is. A new rule makes these tests fail until somebody
has thought about what it says of each example.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qmadvisor import documents
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, CheckResult, EngineName
from qmadvisor.engine.formula import Status
from qmadvisor.report.build import build_report
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.setup.json_schema import setup_schema
from qmadvisor.setup.reader import load_setup

AS_OF = date(2026, 11, 22)
EXPECTED = Path(__file__).parent / "expected"
EXAMPLES = sorted((knowledge_root() / "examples").glob("*.yaml"))
NAMES = [path.stem for path in EXAMPLES]
#: What `beispiel-viele-luecken` cannot violate while it violates the others.
FULFILLED_FOR_THE_SAKE_OF_OTHERS = {
    "raeume.stadtteilbuero": "without an office nothing can be said of its rooms and tasks",
    "raeume.eigener-gruppenraum": "without a group room its size cannot be too small",
    "stundenumfang.schaetzung": "without an estimate its contents and the staff cannot be compared with it",
    "stundenumfang.zweite-anlaufstelle": "only a planned second office can lack staff",
    "personal.schluesselkompetenzen": "without a profile nothing can be missing in it",
}
ENGINES = [
    "compiled",
    pytest.param("durable", marks=pytest.mark.skipif(not durable_available(), reason="does not import here")),
]


@pytest.fixture(scope="module")
def rule_base() -> RuleBase:
    return default_rule_base()


@pytest.fixture(scope="module", params=ENGINES)
def checker(request: pytest.FixtureRequest, rule_base: RuleBase) -> Checker:
    engine: EngineName = request.param
    return Checker(rule_base, engine)


@pytest.fixture(scope="module")
def compiled(rule_base: RuleBase) -> Checker:
    return Checker(rule_base, "compiled")


def check(checker: Checker, name: str) -> CheckResult:
    base = checker.rule_base
    path = knowledge_root() / "examples" / f"{name}.yaml"
    return checker.check(load_setup(path, base.knowledge.catalogue, base.knowledge.parameters, AS_OF), AS_OF)


def statuses(result: CheckResult) -> dict[str, str]:
    return {finding.rule.id: finding.status.value for finding in result.findings}


def with_status(result: CheckResult, *wanted: Status) -> set[str]:
    return {finding.rule.id for finding in result.findings if finding.status in wanted}


def test_every_example_has_an_expectation_and_vice_versa() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_result(checker: Checker, name: str) -> None:
    result = check(checker, name)
    expected: Any = documents.read_file(EXPECTED / f"{name}.yaml").to_python()
    assert result.engine == checker.engine
    assert statuses(result) == expected["findings"]
    assert {hint.rule.id: hint.state for hint in result.hints} == expected["hints"]


@pytest.mark.parametrize("name", NAMES)
def test_advice(checker: Checker, name: str) -> None:
    expected: Any = documents.read_file(EXPECTED / f"{name}.yaml").to_python()
    assert [advice.rule.id for advice in check(checker, name).advice] == expected["advice"]


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_valid_by_the_json_schema(rule_base: RuleBase, path: Path) -> None:
    known = rule_base.knowledge
    findings = [rule.id for rule in rule_base.rules if not rule.is_hint]
    schema = setup_schema(known.catalogue, findings, known.parameters.adjustable)
    errors = Draft202012Validator(schema).iter_errors(documents.read_file(path).to_python())
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_says_at_its_top_what_it_is(path: Path) -> None:
    assert path.read_text("utf-8").startswith(
        ("# Beispiel nach einer Veröffentlichung: ", "# Erfundenes Beispiel: ")
    )


def test_hours_a_year_stay_open_between_two_readings(compiled: Checker) -> None:
    report = build_report(check(compiled, "offenbach-nordend-2018"))
    finding = next(one for one in report.findings if one.rule == "stundenumfang.halbe-stelle")
    assert finding.status is Status.OPEN
    assert [(reading.fact, reading.text, reading.value) for reading in finding.readings] == [
        (
            "stellen[leitung].umfang",
            "800 Stunden im Jahr ÷ 50 Wochen ÷ 39 Stunden je Woche = rund 0,41 Stellen "
            "(angenommen: volle Stelle mit 39 Stunden je Woche)",
            "rund 0,41 Stellen",
        ),
        (
            "stellen[leitung].umfang",
            "800 Stunden im Jahr ÷ 1.600 Nettostunden im Jahr = 0,5 Stellen "
            "(angenommen: volle Stelle mit 1.600 Nettostunden im Jahr, ungeprüfter Wert)",
            "0,5 Stellen",
        ),
    ]
    assert [(reason.kind, reason.subject) for reason in finding.open_because] == [
        ("imprecise", "stellen[leitung].umfang"),
        ("facts", "stellen"),
    ]


def test_the_model_plan_leaves_nothing_to_do(compiled: Checker) -> None:
    assert with_status(check(compiled, "beispiel-vorbildlich"), Status.VIOLATED, Status.OPEN) == set()


def test_the_plan_with_many_gaps_violates_all_that_can_be_violated_at_once(compiled: Checker) -> None:
    result = check(compiled, "beispiel-viele-luecken")
    others = set(statuses(result)) - with_status(result, Status.VIOLATED)
    assert others == set(FULFILLED_FOR_THE_SAKE_OF_OTHERS)
