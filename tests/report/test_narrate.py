from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.report.conftest import AS_OF, Check, Outcome
from tests.report.setups import BEGUN, READY

from qmadvisor.engine.check import Checker
from qmadvisor.report.narrate import narrate
from qmadvisor.report.words import NO_BREAK
from qmadvisor.setup.reader import read_values


@pytest.mark.parametrize(
    "rule",
    [
        "raeume.gruppenraum",  # a number
        "personal.vertragsdauer",  # every record of a list
        "raeume.computer",  # a multiple choice
        "personal.halbe-stelle",  # a sum
        "personal.sprechzeiten",  # a danger, and a calculation on a calculation
        "raeume.mitnutzung",  # a hint
        "advice.raum-und-technik",  # findings
        "advice.stunden-und-gebiet",  # a finding and a fact
    ],
)
@pytest.mark.parametrize("text", [BEGUN, READY], ids=["begun", "ready"])
def test_a_rule_told_in_full(check: Check, snapshot: SnapshotAssertion, text: str, rule: str) -> None:
    assert narrate(check(text), rule) == snapshot


def test_a_hint_shows_how_its_figures_came_about(real_checker: Checker) -> None:
    known = real_checker.rule_base.knowledge
    given = {
        "vergabe.tag_steht_fest": "ja",
        "vergabe.bekanntmachung": "2026-03-01",
        "vertrag.unbefristet": "ja",
        "vergabe.lose": {
            "vollstaendig": "ja",
            "gesamt": {"preisangabe": "gesamtpreis", "gesamtpreis": 100000, "optionen": 50000},
            "monatlich": {"preisangabe": "monatspreis", "monatspreis": 2000},
        },
    }
    setup = read_values(given, known.catalogue, known.parameters, AS_OF)
    told = narrate(real_checker.check(setup, AS_OF), "ausschreibung.zwischen-den-schwellen")
    lines = [line.strip().replace(NO_BREAK, " ") for line in told.splitlines()]
    first = lines.index("Los „gesamt“: zählt, 150.000 €")
    assert lines[first + 1 : first + 4] == [
        "„Preis der festen Laufzeit“ plus „Preis aller Optionen“: 150.000 €",
        "Los „monatlich“: zählt, 96.000 €",
        "„Preis je Monat“ mal „Monate für die Schätzung“: 96.000 €",
    ]


def test_a_hint_that_is_not_shown_still_tells_why_and_where_it_stands(check: Check) -> None:
    told = narrate(check(), "raeume.mitnutzung")
    assert "Hinweis, Wortlaut „kann“: nicht angezeigt\n" in told
    assert "Es kann sinnvoll sein" not in told
    assert "[offen] ein Stadtteilbüro ist vorgesehen" in told
    assert told.endswith(f"Räume und Infrastruktur, S.{NO_BREAK}14 (raeume-02)\n")


def test_an_unknown_rule_is_refused(check: Check) -> None:
    with pytest.raises(KeyError):
        narrate(check(), "raeume.keller")


def test_every_rule_can_be_told_within_100_columns(every_outcome: list[Outcome]) -> None:
    for rule, given, result in every_outcome:
        told = narrate(result, rule)
        assert max(map(len, told.splitlines())) <= 100, f"{rule} {given}"
        assert "Quelle: " in told


def test_all_advice_can_be_told_within_100_columns(real_checker: Checker) -> None:
    base = real_checker.rule_base
    setup = read_values({}, base.knowledge.catalogue, base.knowledge.parameters, AS_OF)
    result = real_checker.check(setup, AS_OF)
    for advice in base.advice:
        told = narrate(result, advice.id)
        assert max(map(len, told.splitlines())) <= 100, advice.id
        assert "nicht angezeigt\n" in told
