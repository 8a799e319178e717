from __future__ import annotations

from collections.abc import Callable

import pytest

from qmadvisor.language.values import Interval, point
from qmadvisor.setup.model import Setup

SetupOf = Callable[..., Setup]
ErrorsOf = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "buero:\n  raum_m2: 25\n",
        "buero: {raum_m2: 25}\n",
        "buero.raum_m2: 25\n",
        "buero.raum_m2: {wert: 25 m²}\n",
        "buero: {flaeche: 25}\n",
        "buero.flaeche: 25\n",
    ],
)
def test_nested_dotted_and_renamed(setup_of: SetupOf, text: str) -> None:
    setup = setup_of(text)
    assert setup.values["buero.raum_m2"] == point(25)
    assert setup.stated == {"buero.raum_m2"}


def test_what_is_not_stated_is_everything_that_is_allowed(setup_of: SetupOf) -> None:
    values = setup_of("buero: \n").values
    assert values["buero.raum_m2"] == Interval(0, 2000)
    assert values["buero.vorgesehen"] is None
    assert values["buero.technik"] == {}
    assert "stellen_zusammen" not in values


@pytest.mark.parametrize(
    "text", ["mindestens 0", "0 bis 2000", "unbekannt", "", "{notiz: noch offen}", "{wert: }"]
)
def test_what_says_nothing_is_not_stated(setup_of: SetupOf, text: str) -> None:
    setup = setup_of(f"buero.raum_m2: {text}\n")
    assert setup.stated == frozenset()
    assert setup.values["buero.raum_m2"] == Interval(0, 2000)


def test_notes(setup_of: SetupOf) -> None:
    setup = setup_of("buero: {raum_m2: {wert: 25, notiz: laut Plan}, vorgesehen: {notiz: wird beraten}}\n")
    assert setup.notes == {"buero.raum_m2": "laut Plan", "buero.vorgesehen": "wird beraten"}
    assert setup.stated == {"buero.raum_m2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "raum_m2: 25",
            "plan.yaml:3:1 raum_m2: Diese Angabe gibt es nicht.\n"
            "  gefunden: „raum_m2“\n"
            "  erlaubt:  abweichungen, notiz, parameter, phase, programm, schema, titel, gebiet, buero, "
            "vertrag, akteure, stellen … und 1 weitere\n"
            "  Abhilfe:  „raum_m2“ gehört unter „buero“.",
        ),
        (
            "umfang: 1",
            "plan.yaml:3:1 umfang: Diese Angabe gibt es nicht.\n"
            "  gefunden: „umfang“\n"
            "  erlaubt:  abweichungen, notiz, parameter, phase, programm, schema, titel, gebiet, buero, "
            "vertrag, akteure, stellen … und 1 weitere\n"
            "  Abhilfe:  „umfang“ gehört in einen Eintrag der Liste „stellen“.",
        ),
        (
            "buero: {raum_m: 25}",
            "plan.yaml:3:9 buero.raum_m: Diese Angabe gibt es nicht.\n"
            "  gefunden: „raum_m“\n"
            "  erlaubt:  vorgesehen, raum_m2, technik\n"
            "  Abhilfe:  Meinten Sie „raum_m2“?",
        ),
        (
            "buero.raum_m: 25",
            "plan.yaml:3:1 buero.raum_m: Diese Angabe gibt es nicht.\n"
            "  gefunden: „buero.raum_m“\n"
            "  erlaubt:  abweichungen, notiz, parameter, phase, programm, schema, titel, gebiet, buero, "
            "vertrag, akteure, stellen … und 1 weitere\n"
            "  Abhilfe:  Meinten Sie „buero.raum_m2“?",
        ),
        (
            "stellen_zusammen: 2",
            "plan.yaml:3:19 stellen_zusammen: „Stellen zusammen“ wird berechnet und lässt sich nicht angeben.\n"
            "  Abhilfe:  Lassen Sie diese Angabe weg.",
        ),
        (
            "buero: ja",
            "plan.yaml:3:8 buero: „buero“ fasst mehrere Angaben zusammen.\n"
            "  Abhilfe:  Rücken Sie die Angaben darunter ein, zum Beispiel „vorgesehen: …“.",
        ),
        (
            "buero: {raum_m2: 25}\nbuero.raum_m2: 25",
            "plan.yaml:4:16 buero.raum_m2: „buero.raum_m2“ ist zweimal angegeben, zuerst in Zeile 3.\n"
            "  Abhilfe:  Lassen Sie eine der beiden Angaben weg.",
        ),
        (
            "buero: {raum_m2: 25, flaeche: 25}",
            "plan.yaml:3:31 buero.flaeche: „buero.raum_m2“ ist zweimal angegeben, zuerst in Zeile 3.\n"
            "  Abhilfe:  Lassen Sie eine der beiden Angaben weg.",
        ),
        (
            "buero.raum_m2: {wert: 25, quelle: Plan}",
            "plan.yaml:3:35 buero.raum_m2.quelle: Neben dem Wert ist hier nur eine Notiz möglich.\n"
            "  gefunden: „quelle“\n"
            "  erlaubt:  wert, notiz\n"
            "  Abhilfe:  Enthält die Notiz ein Komma, setzen Sie sie in Anführungszeichen.",
        ),
        (
            "buero.raum_m2: [25]",
            "plan.yaml:3:16 buero.raum_m2: Hier wird ein einzelner Wert erwartet.\n"
            "  Abhilfe:  Mit einer Notiz: „{wert: …, notiz: …}“.",
        ),
        (
            "vertrag.beginn: bald",
            "plan.yaml:3:17 vertrag.beginn: Das ist kein Datum.\n"
            "  gefunden: „bald“\n"
            "  erlaubt:  zum Beispiel 31.01.2026, 2026-01-31, 11.2017, 2017, „frühestens 2026-03“",
        ),
        (
            "<<: {buero: {raum_m2: 1}}",
            "plan.yaml:3:1 <<: Diese Angabe gibt es nicht.\n"
            "  gefunden: „<<“\n"
            "  erlaubt:  abweichungen, notiz, parameter, phase, programm, schema, titel, gebiet, buero, "
            "vertrag, akteure, stellen … und 1 weitere",
        ),
    ],
)
def test_refused(errors_of: ErrorsOf, text: str, expected: str) -> None:
    assert errors_of(text + "\n") == [expected]


def test_all_problems_are_told_at_once_in_the_order_of_the_file(errors_of: ErrorsOf) -> None:
    problems = errors_of(
        "titel: x\nbuero:\n  raum_m2: groß\n  vorgesehen: yes\nphase: nie\nstellen: {a: {umfang: 30}}\n",
        header="schema: qmadvisor.setup/1\n",
    )
    assert [problem.split(":")[1] for problem in problems] == ["4", "5", "6", "7"]


def test_problems_end_after_a_hundred(errors_of: ErrorsOf) -> None:
    problems = errors_of("".join(f"x{number}: 1\n" for number in range(5000)))
    assert len(problems) == 101
    assert problems[-1] == "plan.yaml: Nach 100 Fehlern endet die Prüfung; weitere sind möglich."


def test_facts_that_contradict_each_other_are_refused_at_the_last_one(errors_of: ErrorsOf) -> None:
    text = "vertrag:\n  beginn: 2026-01-01\n  ende: 2026-12-31\n  dauer: 24\n"
    assert errors_of(text) == [
        "plan.yaml:6:10 vertrag.dauer: Diese Angaben widersprechen sich: "
        "vertrag.beginn, vertrag.ende, vertrag.dauer.\n"
        "  Abhilfe:  Lassen Sie eine der Angaben weg oder berichtigen Sie sie."
    ]


def test_a_contradiction_is_told_together_with_other_problems(errors_of: ErrorsOf) -> None:
    text = "buero: {vorgesehen: vielleicht}\nvertrag: {beginn: 2027, ende: 2025}\n"
    assert [problem.split(": ")[1].split(".")[0] for problem in errors_of(text)] == [
        "Hier wird „ja“ oder „nein“ erwartet",
        "Diese Angaben widersprechen sich",
    ]


@pytest.mark.parametrize("months", ["12", "mindestens 6", "10 bis 14", "unbekannt"])
def test_facts_that_agree_are_read_together(setup_of: SetupOf, months: str) -> None:
    setup = setup_of(f"vertrag: {{beginn: 2026-01-01, ende: 2026-12-31, dauer: {months}}}\n")
    assert "vertrag.ende" in setup.stated


def test_a_decimal_comma_in_braces_is_explained(errors_of: ErrorsOf) -> None:
    (problem,) = errors_of("stellen: {a: {umfang: 0,5}}\n")
    assert "Ein Dezimalkomma braucht in geschweiften Klammern Anführungszeichen" in problem
