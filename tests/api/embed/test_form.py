from __future__ import annotations

from tests.api.quick_base import asking

from qmadvisor_api.embed.form import errors_by_question, setup_of
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.quick import quick_check_of

QUESTIONS = quick_check_of(asking()).questions
HEAD = {"schema": "qmadvisor.setup/1", "titel": "Schnell-Check"}


def test_an_empty_form_leaves_everything_open() -> None:
    assert setup_of(QUESTIONS, {}) == HEAD
    blank = {"vertrag.vorgesehen": "", "vertrag.dauer_monate": "  ", "stellen.1.rolle": "", "programm": ""}
    assert setup_of(QUESTIONS, blank) == HEAD


def test_answers_stand_under_their_paths() -> None:
    fields = {
        "programm": "sozialer_zusammenhalt",
        "vertrag.vorgesehen": "nein",
        "vertrag.dauer_monate": " mindestens 24 ",
        "aktivierung.wege.treffpunkte": "ja",
        "aktivierung.wege.gruppen": "nein",
        "aktivierung.wege.unterwegs": "",
        "unbekannt.feld": "x",
    }
    assert setup_of(QUESTIONS, fields) == {
        **HEAD,
        "programm": "sozialer_zusammenhalt",
        "vertrag.vorgesehen": False,
        "vertrag.dauer_monate": "mindestens 24",
        "aktivierung.wege": {"treffpunkte": True, "gruppen": False},
    }


def test_entries_in_which_nothing_is_stated_are_none() -> None:
    fields = {
        "stellen.1.rolle": "quartiersmanagement",
        "stellen.1.umfang": "19,5",
        "stellen.1.umfang.in": "wochenstunden",
        "stellen.2.umfang.in": "anteil",
        "stellen.3.umfang": "0,5",
        "stellen.3.umfang.in": "anteil",
        "stellen.vollstaendig": "ja",
    }
    assert setup_of(QUESTIONS, fields)["stellen"] == {
        "stelle_1": {"rolle": "quartiersmanagement", "umfang": {"wochenstunden": "19,5"}},
        "stelle_3": {"umfang": "0,5"},
        "vollstaendig": True,
    }
    assert setup_of(QUESTIONS, {"stellen.vollstaendig": "ja"})["stellen"] == "keine"
    assert "stellen" not in setup_of(QUESTIONS, {"stellen.vollstaendig": "nein"})


def test_errors_go_to_their_question() -> None:
    errors = [
        ErrorItem(code="a", message="Das ist keine Zahl.", pointer="/vertrag.dauer_monate", found="„x“"),
        ErrorItem(code="b", message="So nicht.", pointer="/stellen/stelle_1/umfang"),
        ErrorItem(code="c", message="Irgendwo.", pointer=None),
    ]
    assert errors_by_question(QUESTIONS, errors) == {
        "vertrag.dauer_monate": ["Das ist keine Zahl. Angegeben ist „x“."],
        "stellen": ["So nicht."],
        "": ["Irgendwo."],
    }
