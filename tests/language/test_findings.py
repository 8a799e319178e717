"""The outcomes of rules as facts: `befund.<rule id>`, with hyphens, and how they are said."""

from __future__ import annotations

import pytest
from tests.language.example import TODAY, VOCABULARY, problem

from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.language.findings import OUTCOMES, finding_term, findings_read
from qmadvisor.language.german import German
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.language.values import Truth
from qmadvisor.language.vocabulary import Vocabulary

TERM = finding_term("raeume.eigener-gruppenraum", "Eigener Gruppenraum")
PATH = "befund.raeume.eigener-gruppenraum"
KNOWN = Vocabulary({**VOCABULARY.facts, TERM.path: TERM}, VOCABULARY.parameters)
GERMAN = German(KNOWN, TODAY)


def condition(text: str) -> syntax.Expression:
    return check_condition(parse(text), KNOWN)


def said(text: str, holds: bool = True) -> str:
    return GERMAN.clause(condition(text), holds)


def truth(text: str, status: str) -> Truth:
    value = evaluate(condition(text), Facts({PATH: frozenset([status])}, TODAY, {})).value
    assert value is None or isinstance(value, bool)
    return value


@pytest.mark.parametrize("path", ["befund.raeume.raum", "befund.raeume.eigener-raum", "befund.a-b.c-1-d_2"])
def test_the_id_of_a_rule_keeps_its_hyphens(path: str) -> None:
    assert parse(path) == syntax.Fact(path)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("buero.groesse-1", "buero.groesse - 1"),
        ("buero.groesse-buero.raum", "buero.groesse - buero.raum"),
        ("befundung.a-b", "befundung.a - b"),
        ("mein.befund.a-b", "mein.befund.a - b"),
        ("befund-b", "befund - b"),
        ("befund.a.b - c", "(befund.a.b) - c"),
        ("befund.a.b -c", "(befund.a.b) - c"),
    ],
)
def test_everywhere_else_a_hyphen_is_a_minus(text: str, same: str) -> None:
    assert parse(text) == parse(same)
    assert isinstance(parse(text), syntax.Arithmetic)


@pytest.mark.parametrize(
    "text",
    [
        f'{PATH} = "violated"',
        f'{PATH} in ("violated", "open")',
        f'not({PATH} = "fulfilled") and {PATH} != "open"',
    ],
)
def test_what_is_written_can_be_read_again(text: str) -> None:
    node = condition(text)
    assert to_text(node) == text
    assert condition(to_text(node)) == node


def test_the_findings_that_a_condition_reads() -> None:
    node = parse(f'{PATH} = "open" and (buero.vorhanden or befund.a.b = "open" or {PATH} = "violated")')
    assert findings_read(node) == ("raeume.eigener-gruppenraum", "a.b")
    assert findings_read(parse("buero.vorhanden")) == ()


@pytest.mark.parametrize("status", OUTCOMES)
def test_a_finding_is_one_of_four(status: str) -> None:
    assert truth(f'{PATH} = "violated"', status) is (status == "violated")
    assert truth(f'{PATH} != "violated"', status) is (status != "violated")
    assert truth(f'{PATH} in ("violated", "open")', status) is (status in ("violated", "open"))


@pytest.mark.parametrize(
    ("text", "holds", "words"),
    [
        (f'{PATH} = "violated"', True, "ist nicht erfüllt"),
        (f'{PATH} = "fulfilled"', True, "ist erfüllt"),
        (f'{PATH} = "not_applicable"', True, "ist nicht anwendbar"),
        (f'{PATH} = "violated"', False, "ist erfüllt, offen oder nicht anwendbar"),
        (f'{PATH} != "open"', True, "ist erfüllt, nicht erfüllt oder nicht anwendbar"),
        (f'{PATH} != "open"', False, "ist offen"),
        (f'{PATH} in ("violated", "open")', True, "ist offen oder nicht erfüllt"),
        (f'{PATH} in ("violated", "open")', False, "ist erfüllt oder nicht anwendbar"),
        (
            f'{PATH} in ("fulfilled", "violated", "open", "not_applicable")',
            False,
            "ist nichts davon",
        ),
    ],
)
def test_a_finding_is_said_as_a_sentence(text: str, holds: bool, words: str) -> None:
    assert said(text, holds) == f"der Befund „Eigener Gruppenraum“ {words}"


def test_what_a_comparison_asks_of_a_finding() -> None:
    equal, other = condition(f'{PATH} = "open"'), condition(f'{PATH} != "open"')
    assert isinstance(equal, syntax.Compare)
    assert isinstance(other, syntax.Compare)
    assert GERMAN.demand(equal) == "offen"
    assert GERMAN.demand(other) == "erfüllt, nicht erfüllt oder nicht anwendbar"


def test_who_is_not_to_read_findings_is_told_so() -> None:
    found = problem(f'{PATH} = "violated"')
    assert (found.code, found.found) == ("finding", PATH)
    assert found.message == "Befunde lesen nur Ratschläge (rules/advice/), keine Regeln und keine Fakten."
    assert (found.place.line, found.place.column) == (1, 1)


def test_befund_is_no_name_for_an_entry() -> None:
    found = problem("some befund in stellen satisfies (befund.befristet)")
    assert found.code == "variable"
