from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qmadvisor.errors import SetupError
from qmadvisor.setup.model import Setup

PATH = "buero.technik"
Given = Callable[..., Setup]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"computer": "ja", "beamer": "nein"}, {"computer": True, "beamer": False}),
        ({"computer": True, "beamer": "unbekannt", "internet": None}, {"computer": True}),
        (
            {"vollstaendig": "ja", "computer": "ja"},
            {"computer": True, "internet": False, "beamer": False},
        ),
        (
            {"vollstaendig": "ja", "computer": "ja", "beamer": "unbekannt"},
            {"computer": True, "internet": False},
        ),
        ({"vollstaendig": "nein", "computer": "ja"}, {"computer": True}),
        (["computer", "internet"], {"computer": True, "internet": True}),
        (["Ein Beamer"], {"beamer": True}),
        ({"ein Beamer": "ja"}, {"beamer": True}),
        ([], {}),
        ({}, {}),
        ("keine", {"computer": False, "internet": False, "beamer": False}),
        ("unbekannt", {}),
        (None, {}),
        ({"wert": ["computer"], "notiz": "gebraucht"}, {"computer": True}),
        ({"wert": "keine"}, {"computer": False, "internet": False, "beamer": False}),
    ],
)
def test_notations(given: Given, stated: Any, expected: dict[str, bool]) -> None:
    setup = given({PATH: stated})
    assert setup.values[PATH] == expected
    assert setup.stated == {f"{PATH}[{key}]" for key in expected}


def test_a_note_stands_beside_the_options(given: Given) -> None:
    assert given({PATH: {"computer": "ja", "notiz": "gebraucht"}}).notes == {PATH: "gebraucht"}


@pytest.mark.parametrize(
    ("stated", "code", "remedy"),
    [
        ("computer", "not_a_selection", "Setzen Sie auch eine einzelne Angabe in eckige Klammern."),
        (True, "not_a_selection", "Setzen Sie auch eine einzelne Angabe in eckige Klammern."),
        (["computr"], "unknown_choice", "Meinten Sie „computer“?"),
        ({"computr": "ja"}, "unknown_choice", "Meinten Sie „computer“?"),
        ({"vollständig": "ja"}, "unknown_key", "Meinten Sie „vollstaendig“?"),
        ({"computer": "yes"}, "not_a_bool", "Meinten Sie „ja“?"),
        ({"vollstaendig": 1}, "not_a_bool", "Meinten Sie „ja“?"),
        (["computer", "computer"], "duplicate_fact", None),
        ({"computer": "ja", "Ein Computer": "nein"}, "duplicate_fact", None),
        ([["computer"]], "single_value", "Mit einer Notiz: „{wert: …, notiz: …}“."),
        (
            {"wert": ["computer"], "beamer": "ja"},
            "unknown_key",
            "Enthält die Notiz ein Komma, setzen Sie sie in Anführungszeichen.",
        ),
    ],
)
def test_refused(given: Given, stated: Any, code: str, remedy: str | None) -> None:
    with pytest.raises(SetupError) as caught:
        given({PATH: stated})
    assert [(problem.code, problem.remedy) for problem in caught.value.problems] == [(code, remedy)]


def test_the_place_is_that_of_the_option(errors_of: Callable[..., list[str]]) -> None:
    assert errors_of("buero:\n  technik:\n    computer: ja\n    beamer: vielleicht\n") == [
        "plan.yaml:6:13 buero.technik[beamer]: Hier wird „ja“ oder „nein“ erwartet.\n"
        "  gefunden: „vielleicht“\n"
        "  erlaubt:  ja, nein, unbekannt"
    ]
