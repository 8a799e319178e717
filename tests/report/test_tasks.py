"""How a report speaks of who has which task: what is missing, and which tasks a finding is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.report.build import build_report
from qmadvisor.report.model import FindingInfo
from qmadvisor.report.narrate import narrate
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)
NOBODY, FITS, LEADS = (
    "modelle.aufgaben-zustaendige",
    "modelle.aufgaben-passen-zum-modell",
    "struktur.aufgaben-federfuehrung",
)
CITY, CLUB = {"stadt": "federfuehrung"}, {"verein": "federfuehrung"}
QUESTION = "Wer übernimmt welche Aufgabe aus der Übersicht im Anhang des Leitfadens?"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(default_rule_base(), "compiled")


def check(checker: Checker, matrix: Any, **facts: Any) -> CheckResult:
    known = checker.rule_base.knowledge
    actors = {"stadt": {"art": "kommune"}, "verein": {"art": "qm_traeger"}}
    given = {"aufgaben": {"zuordnung": matrix}, "akteure": actors, **facts}
    return checker.check(read_values(given, known.catalogue, known.parameters, TODAY), TODAY)


def finding(result: CheckResult, rule: str) -> FindingInfo:
    return next(one for one in build_report(result).findings if one.rule == rule)


@pytest.mark.parametrize("rule", [NOBODY, LEADS])
def test_nothing_stated_asks_the_question_of_the_catalogue(checker: Checker, rule: str) -> None:
    found = finding(check(checker, "unbekannt"), rule)
    assert [(one.fact, one.item, one.question) for one in found.missing] == [
        ("aufgaben.zuordnung", None, QUESTION)
    ]
    assert [one.text for one in found.open_because] == ["Aufgabenverteilung: noch nicht angegeben."]


def test_some_stated_asks_for_the_rest_by_name(checker: Checker) -> None:
    matrix = {"steuerung": CITY, "gwa": CLUB, "planung": CITY, "anhang-62": None, "anhang-63": None}
    found = finding(check(checker, matrix), NOBODY)
    assert [one.question for one in found.missing] == [
        "Wer übernimmt „Bauherrschaften fachlich unterstützen“ (anhang-62), „Pläne Dritter prüfen“ (anhang-63)?"
    ]
    assert [one.text for one in found.open_because] == [
        "Aufgabenverteilung: Noch offen ist, wer Folgendes übernimmt: "
        "„Bauherrschaften fachlich unterstützen“ (anhang-62), „Pläne Dritter prüfen“ (anhang-63)."
    ]


def test_many_open_tasks_are_counted_each_once(checker: Checker) -> None:
    found = finding(check(checker, {"steuerung": CITY}), NOBODY)
    (missing,) = found.missing
    assert missing.question == (
        "Wer übernimmt „An Steuerung und Organisation mitarbeiten“ (anhang-08), „Am ISEK mitarbeiten“ (anhang-09), "
        "„Maßnahmen des ISEK anstoßen und begleiten“ (anhang-10) und 67 weitere Aufgaben?"
    )


def test_a_role_that_is_open_is_asked_for(checker: Checker) -> None:
    found = finding(
        check(checker, {"vollstaendig": "ja", "anhang-33": {"stadt": None, "verein": None}}), LEADS
    )
    assert [one.question for one in found.missing] == [
        "Wer hat die Federführung, wer wirkt mit bei „Städtebaufördermittel und Drittmittel einwerben“ (anhang-33)?"
    ]
    assert [one.text for one in found.open_because] == [
        "Aufgabenverteilung: Federführung oder Mitwirkung ist noch offen bei: "
        "„Städtebaufördermittel und Drittmittel einwerben“ (anhang-33)."
    ]


def test_the_model_and_the_kind_of_an_actor_are_asked_for_where_they_matter(checker: Checker) -> None:
    matrix = {"vollstaendig": "ja", "planung": CITY}
    found = finding(check(checker, matrix), FITS)
    assert [one.fact for one in found.missing] == ["modell.gewaehlt"]
    actors = {"stadt": {}, "verein": {}}
    found = finding(check(checker, matrix, **{"modell.gewaehlt": "modell_1", "akteure": actors}), FITS)
    assert [(one.fact, one.question) for one in found.missing] == [
        ("akteure[stadt].art", "Um welche Art von Akteur handelt es sich?")
    ]


def test_a_finding_names_its_tasks_with_their_numbers(checker: Checker) -> None:
    matrix = {"steuerung": CITY, "gwa": CLUB, "planung": CITY, "anhang-33": "niemand", "anhang-71": "niemand"}
    found = finding(check(checker, matrix), NOBODY)
    assert found.status == "violated"
    assert found.message.startswith(
        "Noch ohne Zuständige: 2 Aufgaben der Übersicht, und zwar "
        "Städtebaufördermittel und Drittmittel einwerben (anhang-33), Finanzcontrolling (anhang-71). "
    )


def test_what_may_become_more_is_said(checker: Checker) -> None:
    found = finding(check(checker, {"steuerung": CITY, "anhang-33": "niemand"}), NOBODY)
    assert "mindestens 1" in found.because[0].text
    assert "1 bis 62 Aufgaben der Übersicht" in found.message
    assert "einwerben (anhang-33) (weitere offen). " in found.message


def test_a_long_list_is_cut_in_the_message_and_whole_in_the_explanation(checker: Checker) -> None:
    result = check(checker, "keine")
    message = finding(result, NOBODY).message
    assert message.count("(anhang-") == 15
    assert " und 78 weitere. " in message
    told = narrate(result, NOBODY)
    assert told.count("(anhang-") == 15 + 93
    assert max(map(len, told.splitlines())) <= 100
