from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf

import pytest

from qmadvisor.language.numerals import german_date, german_number, spelled_unit, unit_spellings
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import UNBOUNDED, Bound, Interval, point


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0"),
        (25, "25"),
        (1200, "1.200"),
        (-1200, "-1.200"),
        (1_234_567, "1.234.567"),
        (Fraction(1, 2), "0,5"),
        (Fraction(-1, 2), "-0,5"),
        (Fraction(2499, 100), "24,99"),
        (Fraction(1, 10_000), "0,0001"),
        (Fraction(24_001, 20), "1.200,05"),
        (Fraction(16, 39), "rund 0,41"),
        (Fraction(1, 3), "rund 0,33"),
        (Fraction(-1, 3), "rund -0,33"),
        (Fraction(194, 390), "rund 0,497"),
        (Fraction(1, 100_000), "rund 0"),
        (Fraction(299_999, 300_000), "rund 1"),
        (inf, "unbegrenzt"),
    ],
)
def test_numbers(number: Bound, expected: str) -> None:
    assert german_number(number) == expected


@pytest.mark.parametrize(
    ("interval", "unit", "expected"),
    [
        (point(25), "m²", "25 m²"),
        (point(1), "Stellen", "1 Stelle"),
        (point("0.5"), "Stellen", "0,5 Stellen"),
        (point(1), "Monate", "1 Monat"),
        (point(12), "Monate", "12 Monate"),
        (point(1), "Einwohner", "1 Person"),
        (point(1200), "Einwohner", "1.200 Einwohnerinnen und Einwohner"),
        (point("19.5"), "h/Woche", "19,5 Stunden je Woche"),
        (point(800), "h/Jahr", "800 Stunden im Jahr"),
        (point(40), "%", "40 %"),
        (Interval(20, inf), "m²", "mindestens 20 m²"),
        (Interval(-inf, 5), "m²", "höchstens 5 m²"),
        (Interval(20, 30), "m²", "20 bis 30 m²"),
        (Interval(Fraction(1, 2), 1), "Stellen", "0,5 bis 1 Stelle"),
        (Interval(1, inf), "Monate", "mindestens 1 Monat"),
        (Interval(Fraction(16, 39), Fraction(1, 2)), "Stellen", "rund 0,41 bis 0,5 Stellen"),
        (UNBOUNDED, "m²", "unbekannt"),
    ],
)
def test_quantities(interval: Interval, unit: str, expected: str) -> None:
    assert german_number(interval, parse_unit(unit)) == expected


def test_the_edges_of_the_catalogue_count_as_open() -> None:
    area, within = parse_unit("m²"), Interval(0, 2000)
    assert german_number(Interval(20, 2000), area, within=within) == "mindestens 20 m²"
    assert german_number(Interval(0, 5), area, within=within) == "höchstens 5 m²"
    assert german_number(Interval(0, 2000), area, within=within) == "unbekannt"
    assert german_number(point(0), area, within=within) == "0 m²"
    assert german_number(point(2000), area, within=within) == "2.000 m²"


def test_thousands_can_be_left_together() -> None:
    assert german_number(1_234_567, grouped=False) == "1234567"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-31", "2026-01-31", "31.01.2026"),
        ("2017-11-01", "2017-11-30", "November 2017"),
        ("2016-02-01", "2016-02-29", "Februar 2016"),
        ("2017-01-01", "2017-12-31", "2017"),
        ("2017-01-01", "2018-12-31", "01.01.2017 bis 31.12.2018"),
        ("2017-11-01", "2017-12-05", "01.11.2017 bis 05.12.2017"),
        ("2017-11-01", None, "frühestens 01.11.2017"),
        (None, "2017-12-05", "spätestens 05.12.2017"),
        (None, None, "unbekannt"),
        ("9999-12-01", "9999-12-31", "Dezember 9999"),
    ],
)
def test_dates(first: str | None, last: str | None, expected: str) -> None:
    low = date.fromisoformat(first).toordinal() if first else -inf
    high = date.fromisoformat(last).toordinal() if last else inf
    assert german_date(Interval(low, high)) == expected


def test_a_day_is_written_by_its_ordinal() -> None:
    assert german_date(date(2026, 1, 31).toordinal()) == "31.01.2026"


def test_units_are_spelled_by_number() -> None:
    assert spelled_unit(parse_unit("Wochen"), 1) == "Woche"
    assert spelled_unit(parse_unit("Wochen"), Fraction(1, 2)) == "Wochen"
    assert spelled_unit(parse_unit("ha"), 1) == "ha"


def test_every_spelling_is_named_once() -> None:
    assert unit_spellings(parse_unit("m²")) == ("m²", "qm", "m2", "Quadratmeter")
    assert unit_spellings(parse_unit("")) == ("",)
