from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest

from qmadvisor.language.values import Interval, point
from qmadvisor.setup.model import PHASES, PROGRAMMES, Setup

SetupOf = Callable[..., Setup]
ErrorsOf = Callable[..., list[str]]
SCHEMA = "schema: qmadvisor.setup/1\n"


def test_a_header_alone_is_a_setup(setup_of: SetupOf) -> None:
    setup = setup_of("")
    assert (setup.title, setup.programme, setup.phase) == ("Nordstadt", None, None)
    assert setup.stated == frozenset()
    assert setup.notes == setup.readings == setup.deviations == setup.parameter_overrides == {}


@pytest.mark.parametrize(("key", "label"), PROGRAMMES.items())
def test_programmes(setup_of: SetupOf, key: str, label: str) -> None:
    assert setup_of(f"programm: {key}").programme == key
    assert setup_of(f"programm: {label}").programme == key


@pytest.mark.parametrize(("key", "label"), PHASES.items())
def test_phases(setup_of: SetupOf, key: str, label: str) -> None:
    assert setup_of(f"phase: {key}").phase == key
    assert setup_of(f"phase: {label}").phase == key


def test_programme_and_phase_may_be_unknown(setup_of: SetupOf) -> None:
    setup = setup_of("programm: unbekannt\nphase:\n")
    assert (setup.programme, setup.phase) == (None, None)


def test_a_note_on_the_whole_file(setup_of: SetupOf) -> None:
    assert setup_of("notiz: |\n  Zeile 1\n  Zeile 2\n").notes == {"": "Zeile 1\nZeile 2"}


def test_the_schema_is_needed(errors_of: ErrorsOf) -> None:
    assert errors_of("titel: Nordstadt\n", header="") == [
        "plan.yaml:1:1 schema: Die Datei nennt ihr Format nicht.\n"
        "  Abhilfe:  Beginnen Sie die Datei mit der Zeile „schema: qmadvisor.setup/1“."
    ]


@pytest.mark.parametrize("schema", ["qmadvisor.setup/2", "1", "unbekannt"])
def test_another_schema_is_refused(errors_of: ErrorsOf, schema: str) -> None:
    assert errors_of(f"schema: {schema}\ntitel: Nordstadt\n", header="") == [
        "plan.yaml:1:9 schema: Dieses Format kann das Programm nicht lesen.\n"
        f"  gefunden: „{schema}“\n"
        "  erlaubt:  qmadvisor.setup/1\n"
        "  Abhilfe:  Beginnen Sie die Datei mit der Zeile „schema: qmadvisor.setup/1“."
    ]


@pytest.mark.parametrize("title", ["", "titel:\n", 'titel: " "\n'])
def test_the_title_is_needed(errors_of: ErrorsOf, title: str) -> None:
    (problem,) = errors_of(SCHEMA + title, header="")
    assert "Die Datei hat keinen Titel." in problem
    assert "Ergänzen Sie zum Beispiel „titel: Quartiersmanagement in der Nordstadt“." in problem


@pytest.mark.parametrize("title", ["[a]", "{a: b}", "x" * 201, '"a\\eb"'])
def test_titles_that_are_no_short_text(errors_of: ErrorsOf, title: str) -> None:
    (problem,) = errors_of(f"{SCHEMA}titel: {title}\n", header="")
    assert problem.startswith("plan.yaml:2:8 titel: ")


def test_an_unknown_programme(errors_of: ErrorsOf) -> None:
    assert errors_of("programm: Soziale Stdat\n") == [
        "plan.yaml:3:11 programm: Diese Auswahl gibt es hier nicht.\n"
        "  gefunden: „Soziale Stdat“\n"
        "  erlaubt:  soziale_stadt, sozialer_zusammenhalt, wachstum_nachhaltige_erneuerung, "
        "lebendige_zentren, andere\n"
        "  Abhilfe:  Meinten Sie „soziale_stadt“?"
    ]


def test_parameters_of_the_setup(setup_of: SetupOf) -> None:
    setup = setup_of("parameter: {vollzeitwoche: 40, nettojahresstunden: aus}\n")
    assert setup.parameter_overrides == {"vollzeitwoche": point(40), "nettojahresstunden": None}
    setup = setup_of("parameter: {vollzeitwoche: mindestens 38, nettojahresstunden: unbekannt}\n")
    assert setup.parameter_overrides == {"vollzeitwoche": Interval(38, inf)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "parameter: {vollzeitwohe: 40}\n",
            "plan.yaml:3:27 parameter.vollzeitwohe: Diesen Parameter gibt es nicht.\n"
            "  gefunden: „vollzeitwohe“\n"
            "  erlaubt:  nettojahresstunden, vollzeitwoche\n"
            "  Abhilfe:  Meinten Sie „vollzeitwoche“?",
        ),
        (
            "parameter: {schwelle: 5}\n",
            "plan.yaml:3:23 parameter.schwelle: „schwelle“ lässt sich nicht ändern.\n"
            "  erlaubt:  nettojahresstunden, vollzeitwoche\n"
            "  Abhilfe:  Lassen Sie die Zeile weg.",
        ),
        ("parameter: 5\n", "plan.yaml:3:12 parameter: Unter „parameter“ stehen Namen mit Angaben."),
    ],
)
def test_parameters_that_cannot_be_set(errors_of: ErrorsOf, text: str, expected: str) -> None:
    assert errors_of(text) == [expected]
