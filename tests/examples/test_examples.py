"""Every example setup against its reviewed result: each finding, each hint, and the advice in order.

`expected/` names a default for all rules and lists what differs from it; the comments say why a status is what
it is, and a status that equals the default is listed where it deserves a comment. Whatever is not listed must
have the default, so nothing changes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    "kernelement.quartiersmanagement": "without it there are neither a contract nor posts to be looked at",
    "evaluation.selbstevaluierung": "without a self-evaluation nothing can be missing in it",
    "modelle.gemeinwesenarbeit": "if nobody does community work, nobody does it inside the administration",
    "struktur.organisationsrahmen": "without an organisation nothing can be missing in it",
    "struktur.beteiligungsgremium": "without the body nothing can be said of its work",
    "struktur.lenkungsgruppe": "without a steering group nobody can be missing in it",
    "struktur.traegernetzwerk": "without a network nothing can be said of its work",
    "struktur.ansprechperson": "without a contact person nothing can be said of name and powers",
    "struktur.aufgaben-schriftlich": "without a written distribution no area can be missing in it",
    "struktur.beteiligungsgrad": "what is not laid down cannot come late",
    "stundenumfang.schaetzung": "without an estimate its contents and the staff cannot be compared with it",
    "stundenumfang.zweite-anlaufstelle": "only a planned second office can lack staff",
    "raeume.stadtteilbuero": "without an office nothing can be said of its rooms and tasks",
    "raeume.eigener-gruppenraum": "without a group room its size cannot be too small",
    "personal.schluesselkompetenzen": "without a profile nothing can be missing in it",
    "traegerschaft.extern": "only with carriers can there be too many of them, or no tender",
    "verstetigung.konzept": "without a concept nothing can be missing in it",
    "verstetigung.teilaufgaben": "only an association that takes over can be overburdened",
}
#: What does not apply to it, so that it can violate the others.
NOT_APPLICABLE_FOR_THE_SAKE_OF_OTHERS = {
    "begriff.gleichberechtigt": "only where both subjects are there; here each is missing",
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


def states(result: CheckResult) -> dict[str, str]:
    return {hint.rule.id: hint.state for hint in result.hints}


def completed(expected: dict[str, str], rules: Iterable[str]) -> dict[str, str]:
    """The expectation for every rule: what is listed, and the default for the others."""
    listed = dict(expected)
    default = listed.pop("default")
    return {**dict.fromkeys(rules, default), **listed}


def with_status(result: CheckResult, *wanted: Status) -> set[str]:
    return {finding.rule.id for finding in result.findings if finding.status in wanted}


def test_every_example_has_an_expectation_and_vice_versa() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_result(checker: Checker, name: str) -> None:
    result = check(checker, name)
    expected: Any = documents.read_file(EXPECTED / f"{name}.yaml").to_python()
    assert result.engine == checker.engine
    found, offered = statuses(result), states(result)
    assert found == completed(expected["findings"], found)
    assert offered == completed(expected["hints"], offered)


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
    assert with_status(result, Status.FULFILLED) == set(FULFILLED_FOR_THE_SAKE_OF_OTHERS)
    assert with_status(result, Status.NOT_APPLICABLE) == set(NOT_APPLICABLE_FOR_THE_SAKE_OF_OTHERS)
    assert with_status(result, Status.OPEN) == set()


@pytest.mark.parametrize("number", [1, 4, 5])
def test_each_model_plan_fits_its_model_only(compiled: Checker, number: int) -> None:
    result = check(compiled, f"beispiel-modell-{number}")
    offered = {hint for hint, state in states(result).items() if state != "silent"}
    assert statuses(result)["modelle.modell-passt"] == "fulfilled"
    models = {int(found[1]) for hint in offered if (found := re.match(r"modelle\.modell-(\d)-(?!und)", hint))}
    assert models == {number}


def test_an_agreed_deviation_keeps_its_status(compiled: Checker) -> None:
    report = build_report(check(compiled, "beispiel-modell-4"))
    deviating = [one for one in report.findings if one.deviation]
    assert [(one.rule, one.status) for one in deviating] == [("raeume.barrierefrei", Status.VIOLATED)]
