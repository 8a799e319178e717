from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmadvisor.errors import SetupError
from qmadvisor.language.numerals import german_number
from qmadvisor.language.types import NumberType
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import UNBOUNDED, Interval, exact
from qmadvisor.setup.numbers import read_number

AREA = NumberType(parse_unit("m²"), range=Interval(0, 2000))
HECTARES = NumberType(parse_unit("ha"), range=Interval(0, 100_000))
MONTHS = NumberType(parse_unit("Monate"), integer=True, range=Interval(0, 480))
PEOPLE = NumberType(parse_unit("Einwohner"), integer=True, range=Interval(0, 1_000_000))
POSTS = NumberType(parse_unit("Stellen"), range=Interval(0, 20))
FREE = NumberType()


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("25", 25, 25),
        ("24.9", "24.9", "24.9"),
        ("24,9", "24.9", "24.9"),
        (" 0,5 ", "0.5", "0.5"),
        ("007", 7, 7),
        ("+5", 5, 5),
        ("12.0", 12, 12),
        ("25 m²", 25, 25),
        ("25m²", 25, 25),
        ("25 qm", 25, 25),
        ("25 Quadratmeter", 25, 25),
        ("mindestens 20", 20, 2000),
        ("Mindestens 20 m²", 20, 2000),
        ("ab 20", 20, 2000),
        (">= 20", 20, 2000),
        ("höchstens 5", 0, 5),
        ("ho\u0308chstens 5", 0, 5),
        ("hoechstens 5", 0, 5),
        ("bis 5", 0, 5),
        ("bis zu 5 m²", 0, 5),
        ("maximal 5", 0, 5),
        ("3 bis 5", 3, 5),
        ("3 m² bis 5 m²", 3, 5),
        ("von 3 bis 5", 3, 5),
        ("3–5", 3, 5),
        ("3 – 5", 3, 5),
        ("3-5", 3, 5),
        ("3 - 5 m²", 3, 5),
        ("zwischen 3 und 5,5", 3, "5.5"),
        ("ca. 800 (750 bis 850)", 750, 850),
        ("ca. 800 m² (750–850 m²)", 750, 850),
        ("etwa 800 (von 750 bis 850) m²", 750, 850),
        ("1500 bis 3000", 1500, 2000),
    ],
)
def test_notations(text: str, lo: int | str, hi: int | str) -> None:
    assert read_number(text, AREA) == Interval(exact(lo), exact(hi))


def test_open_ends_stay_infinite_without_a_range() -> None:
    assert read_number("mindestens -3", FREE) == Interval(-3, inf)
    assert read_number("höchstens −3", FREE) == Interval(-inf, -3)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("Monate", "1 Monat"),
        ("Stellen", "1 Stelle"),
        ("Einwohner", "1 Einwohner"),
        ("h/Woche", "1 h/Woche"),
        ("h/Woche", "1 Stunde je Woche"),
        ("€", "1 Euro"),
        ("%", "1 %"),
        ("%", "1%"),
    ],
)
def test_the_unit_of_the_catalogue_may_stand_behind(unit: str, text: str) -> None:
    assert read_number(text, NumberType(parse_unit(unit))) == Interval(1, 1)


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        (
            "1.200",
            MONTHS,
            "Zahlen stehen hier ohne Tausendertrennzeichen.\n"
            "  gefunden: „1.200“\n"
            "  Abhilfe:  Meinten Sie „1200“?",
        ),
        (
            "1.200",
            HECTARES,
            "Der Punkt kann Tausender oder Dezimalstellen trennen.\n"
            "  gefunden: „1.200“\n"
            "  Abhilfe:  Schreiben Sie „1200“ oder „1,200“.",
        ),
        (
            "2.500,5 ha",
            HECTARES,
            "Zahlen stehen hier ohne Tausendertrennzeichen.\n"
            "  gefunden: „2.500,5 ha“\n"
            "  Abhilfe:  Meinten Sie „2500,5“?",
        ),
        (
            "2,5",
            MONTHS,
            "Hier wird eine ganze Zahl erwartet.\n  gefunden: „2,5“\n  erlaubt:  eine Zahl ohne Komma",
        ),
        (
            "ca. 800",
            AREA,
            "Bei einer ungefähren Angabe wird auch die Spanne gebraucht.\n"
            "  gefunden: „ca. 800“\n"
            "  Abhilfe:  Schreiben Sie zum Beispiel „ca. 800 (750 bis 850)“.",
        ),
        (
            "5 bis 3",
            AREA,
            "Die obere Grenze liegt unter der unteren.\n"
            "  gefunden: „5 bis 3“\n"
            "  Abhilfe:  Vertauschen Sie die beiden Angaben.",
        ),
        (
            "2500",
            AREA,
            "Der Wert liegt außerhalb des Bereichs, der hier möglich ist.\n"
            "  gefunden: 2.500 m²\n"
            "  erlaubt:  0 bis 2.000 m²",
        ),
        (
            "25 ha",
            AREA,
            "Die Einheit „ha“ passt hier nicht.\n  gefunden: „25 ha“\n  erlaubt:  m²",
        ),
        (
            "1e5",
            AREA,
            "Zahlen mit Zehnerpotenz sind nicht möglich.\n"
            "  gefunden: „1e5“\n"
            "  Abhilfe:  Schreiben Sie die Zahl aus.",
        ),
        (
            "1.23456",
            AREA,
            "Die Zahl hat zu viele Stellen.\n"
            "  gefunden: „1.23456“\n"
            "  erlaubt:  höchstens 12 Stellen vor und 4 nach dem Komma",
        ),
        (
            "groß",
            AREA,
            "Das ist keine Zahl.\n"
            "  gefunden: „groß“\n"
            "  erlaubt:  eine Zahl wie 25 oder 24,5, auch „mindestens 20“, „höchstens 5“ oder „3 bis 5“",
        ),
    ],
)
def test_messages(text: str, type_: NumberType, expected: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_number(text, type_)
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 200", "thousands_separator"),
        ("1'200", "thousands_separator"),
        ("1.200.000", "thousands_separator"),
        ("1,200,000", "thousands_separator"),
        ("mindestens 1 200", "thousands_separator"),
        ("1E5", "exponent"),
        ("1.5e-3", "exponent"),
        ("inf", "not_a_number"),
        ("-inf", "not_a_number"),
        ("nan", "not_a_number"),
        (".inf", "not_a_number"),
        ("0x1F", "not_a_number"),
        ("0o17", "not_a_number"),
        ("1_000", "not_a_number"),
        ("½", "not_a_number"),
        ("٣", "not_a_number"),
        ("1/2", "not_a_number"),
        ("5.", "not_a_number"),
        (".5", "not_a_number"),
        ("--5", "not_a_number"),
        ("mindestens", "not_a_number"),
        ("mindestens viel", "not_a_number"),
        ("3 bis", "not_a_number"),
        ("mindestens 3 bis 5", "not_a_number"),
        ("5 Stück", "unit"),
        ("25 m2 und 3", "not_a_number"),
        ("rund 800", "no_range"),
        ("ca. 900 (750 bis 850)", "reversed"),
        ("zwischen 9 und 3", "reversed"),
        ("-1", "out_of_range"),
        ("mindestens 3000", "out_of_range"),
        ("9" * 13, "too_many_digits"),
        ("0." + "0" * 5, "too_many_digits"),
        ("9" * 300_000, "too_long"),
        (" " * 300_000, "too_long"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_number(text, AREA)
    assert caught.value.problems[0].code == code


def test_a_point_before_three_digits_is_clear_where_only_one_reading_is_possible() -> None:
    assert read_number("1.385", POSTS) == Interval(Fraction(277, 200), Fraction(277, 200))
    assert read_number("0.125", HECTARES).lo == Fraction(1, 8)
    assert read_number("1,234", HECTARES).lo == Fraction(617, 500)


def test_a_unit_is_not_guessed_from_its_beginning() -> None:
    with pytest.raises(SetupError):
        read_number("12 Monatelang", MONTHS)
    with pytest.raises(SetupError):
        read_number("25 m²/Monat", AREA)


_digits = st.integers(min_value=0, max_value=10**16 - 1)
_numbers = st.builds(lambda n, sign: sign * Fraction(n, 10_000), _digits, st.sampled_from([1, -1]))


@given(st.integers(-(10**12) + 1, 10**12 - 1), st.text("0123456789", max_size=4), st.sampled_from(".,"))
def test_numbers_are_exact(whole: int, places: str, mark: str) -> None:
    text = f"{whole}{mark}{places}" if places else str(whole)
    expected = Fraction(text.replace(",", "."))
    if len(places) == 3 and mark == "." and len(str(abs(whole))) <= 3 and whole != 0:
        return  # may be thousands
    assert read_number(text, FREE) == Interval(expected, expected)


@given(_numbers, _numbers, st.sampled_from(["", "m²", "Stellen", "Monate", "h/Woche", "Einwohner", "%"]))
def test_what_is_written_is_read_again(one: Fraction, other: Fraction, unit: str) -> None:
    type_ = NumberType(parse_unit(unit))
    lo, hi = sorted((exact(one), exact(other)))
    for interval in (Interval(lo, lo), Interval(lo, hi), Interval(lo, inf), Interval(-inf, hi)):
        text = german_number(interval, type_.unit, grouped=False)
        assert read_number(text, type_) == interval


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_bounds_at_the_edge_of_the_range_are_written_as_open_and_read_again(one: int, other: int) -> None:
    interval = Interval(min(one, other), max(one, other))
    text = german_number(interval, AREA.unit, within=AREA.range, grouped=False)
    if interval != AREA.range:
        assert read_number(text, AREA) == interval


@given(st.text())
def test_any_text_gives_an_interval_or_a_setup_error(text: str) -> None:
    for type_ in (AREA, MONTHS, NumberType(range=UNBOUNDED)):
        with suppress(SetupError):
            assert read_number(text, type_).within(type_.range)


@given(st.text("0123456789.,-–e ()+ mindestensbisca²m", max_size=220))
def test_number_like_texts_give_an_interval_or_a_setup_error(text: str) -> None:
    with suppress(SetupError):
        assert read_number(text, AREA).within(AREA.range)
