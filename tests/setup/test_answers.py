from __future__ import annotations

import pytest

from qmadvisor.documents import Mapping, Scalar, Sequence
from qmadvisor.errors import SetupError
from qmadvisor.setup.answers import (
    is_none_at_all,
    is_unknown,
    read_bool,
    read_choice,
    read_key,
    read_text,
    single_text,
)

ROLES = {"qm": "Quartiersmanagement", "buero": "Büro und Empfang"}


@pytest.mark.parametrize("text", ["ja", "Ja", "JA", "true", "True", " ja "])
def test_yes(text: str) -> None:
    assert read_bool(text) is True


@pytest.mark.parametrize("text", ["nein", "Nein", "false", "FALSE"])
def test_no(text: str) -> None:
    assert read_bool(text) is False


@pytest.mark.parametrize(
    ("text", "near"), [("yes", "ja"), ("1", "ja"), ("on", "ja"), ("no", "nein"), ("0", "nein")]
)
def test_other_words_for_yes_and_no_are_refused_with_a_remedy(text: str, near: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_bool(text)
    assert str(caught.value) == (
        "Hier wird „ja“ oder „nein“ erwartet.\n"
        f"  gefunden: „{text}“\n"
        "  erlaubt:  ja, nein, unbekannt\n"
        f"  Abhilfe:  Meinten Sie „{near}“?"
    )


@pytest.mark.parametrize("text", ["vielleicht", "ja" * 100_000, "2"])
def test_no_truth(text: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_bool(text)
    assert caught.value.problems[0].remedy is None


@pytest.mark.parametrize(
    "text", ["buero", "BUERO", "Büro und Empfang", "büro  und empfang", "Bu\u0308ro und Empfang"]
)
def test_a_choice_is_named_by_key_or_label(text: str) -> None:
    assert read_choice(text, ROLES) == "buero"


def test_an_unknown_choice_names_the_nearest() -> None:
    with pytest.raises(SetupError) as caught:
        read_choice("beuro", ROLES)
    assert str(caught.value) == (
        "Diese Auswahl gibt es hier nicht.\n"
        "  gefunden: „beuro“\n"
        "  erlaubt:  qm, buero\n"
        "  Abhilfe:  Meinten Sie „buero“?"
    )


def test_a_near_label_is_named_too() -> None:
    with pytest.raises(SetupError, match="Meinten Sie „quartiersmanagement“"):
        read_choice("Quartiermanagment", ROLES)


@pytest.mark.parametrize(
    "node",
    [
        Scalar("", True, 1, 1),
        Scalar("null", True, 1, 1),
        Scalar("~", True, 1, 1),
        Scalar("", False, 1, 1),
        Scalar("  ", False, 1, 1),
        Scalar("unbekannt", False, 1, 1),
        Scalar("Unbekannt", True, 1, 1),
    ],
)
def test_unknown(node: Scalar) -> None:
    assert is_unknown(node)


@pytest.mark.parametrize("text", ["offen", "null", "~", "0", "nein", "unbekannter Ort"])
def test_not_unknown(text: str) -> None:
    assert not is_unknown(Scalar(text, False, 1, 1))


def test_none_at_all() -> None:
    assert is_none_at_all(Scalar("Keine", True, 1, 1))
    assert not is_none_at_all(Scalar("keiner", True, 1, 1))
    assert not is_none_at_all(Sequence(1, 1))


def test_a_list_is_no_single_value() -> None:
    with pytest.raises(SetupError, match="Hier wird ein einzelner Wert erwartet"):
        single_text(Mapping(1, 1))


def test_texts_are_kept_as_they_are() -> None:
    assert (
        read_text(" <b>Mu\u0308ller & Söhne</b> \r\nzweite Zeile", 100)
        == "<b>Müller & Söhne</b> \nzweite Zeile"
    )
    assert read_text("a\tb", 100) == "a b"
    assert read_text("x" * 40, 40) == "x" * 40


def test_a_long_text_is_refused() -> None:
    with pytest.raises(SetupError) as caught:
        read_text("x" * 41, 40)
    assert (
        str(caught.value)
        == "Dieser Text ist zu lang.\n  gefunden: 41 Zeichen\n  erlaubt:  höchstens 40 Zeichen"
    )


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufffe", "\ud800"]
)
def test_control_characters_are_refused(sign: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_text(f"a{sign}b", 40)
    problem = caught.value.problems[0]
    assert problem.code == "control_character"
    assert sign not in str(problem)


def test_keys() -> None:
    assert read_key("leitung_1-a") == "leitung_1-a"
    for text in ("", "Leitung", "büro", "a b", "x" * 41, "a.b", "a\n"):
        with pytest.raises(SetupError):
            read_key(text)


def test_a_possible_key_is_suggested() -> None:
    with pytest.raises(SetupError, match="Meinten Sie „buero_leitung“"):
        read_key("Büro Leitung")
