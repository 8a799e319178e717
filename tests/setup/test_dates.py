from __future__ import annotations

from contextlib import suppress
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmadvisor.errors import SetupError
from qmadvisor.language.numerals import german_date
from qmadvisor.language.types import DateType
from qmadvisor.language.values import Interval
from qmadvisor.setup.dates import read_date

FREE = DateType()
CONTRACT = DateType(Interval(date(1999, 1, 1).toordinal(), date(2060, 12, 31).toordinal()))


def days(first: str | None, last: str | None) -> Interval:
    return Interval(
        date.fromisoformat(first).toordinal() if first else -inf,
        date.fromisoformat(last).toordinal() if last else inf,
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-31", "2026-01-31", "2026-01-31"),
        ("31.01.2026", "2026-01-31", "2026-01-31"),
        ("1.2.2026", "2026-02-01", "2026-02-01"),
        ("2017-11", "2017-11-01", "2017-11-30"),
        ("11.2017", "2017-11-01", "2017-11-30"),
        ("11/2017", "2017-11-01", "2017-11-30"),
        ("November 2017", "2017-11-01", "2017-11-30"),
        ("märz 2017", "2017-03-01", "2017-03-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017", "2017-01-01", "2017-12-31"),
        ("frühestens 2017", "2017-01-01", None),
        ("fruehestens 11.2017", "2017-11-01", None),
        ("ab 2017-11-05", "2017-11-05", None),
        ("mindestens 2017", "2017-01-01", None),
        ("spätestens 2017", None, "2017-12-31"),
        ("spaetestens 2017-11", None, "2017-11-30"),
        ("bis 05.11.2017", None, "2017-11-05"),
        ("höchstens 2017", None, "2017-12-31"),
        ("2017 bis 2019", "2017-01-01", "2019-12-31"),
        ("2017-11 bis 2018-02", "2017-11-01", "2018-02-28"),
        ("01.11.2017 – 05.12.2017", "2017-11-01", "2017-12-05"),
        ("2017-11-01 - 2017-12-05", "2017-11-01", "2017-12-05"),
        ("zwischen 2017 und 2018", "2017-01-01", "2018-12-31"),
        ("ca. 2017-06 (2017-05 bis 2017-07)", "2017-05-01", "2017-07-31"),
    ],
)
def test_notations(text: str, first: str | None, last: str | None) -> None:
    assert read_date(text, FREE) == days(first, last)


def test_bounds_are_cut_to_the_range() -> None:
    assert read_date("frühestens 2017", CONTRACT) == days("2017-01-01", "2060-12-31")
    assert read_date("bis 2017", CONTRACT) == days("1999-01-01", "2017-12-31")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.02.2026", "Dieses Datum gibt es nicht.\n  gefunden: „31.02.2026“"),
        ("2017-13", "Dieses Datum gibt es nicht.\n  gefunden: „2017-13“"),
        (
            "31.01.26",
            "Bei diesem Datum fehlt das Jahr mit vier Ziffern.\n"
            "  gefunden: „31.01.26“\n"
            "  Abhilfe:  Schreiben Sie etwa 31.01.2026.",
        ),
        (
            "2026-01-31T10:00:00",
            "Eine Uhrzeit gehört hier nicht dazu.\n"
            "  gefunden: „2026-01-31T10:00:00“\n"
            "  Abhilfe:  Schreiben Sie nur „2026-01-31“.",
        ),
        (
            "bald",
            "Das ist kein Datum.\n"
            "  gefunden: „bald“\n"
            "  erlaubt:  zum Beispiel 31.01.2026, 2026-01-31, 11.2017, 2017, „frühestens 2026-03“",
        ),
        (
            "1998",
            "Das Datum liegt außerhalb der Zeit, die hier möglich ist.\n"
            "  gefunden: 1998\n"
            "  erlaubt:  01.01.1999 bis 31.12.2060",
        ),
        (
            "2019 bis 2017",
            "Die obere Grenze liegt unter der unteren.\n"
            "  gefunden: „2019 bis 2017“\n"
            "  Abhilfe:  Vertauschen Sie die beiden Angaben.",
        ),
    ],
)
def test_messages(text: str, expected: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_date(text, CONTRACT)
    assert str(caught.value) == expected


@pytest.mark.parametrize("text", ["0000", "2017-00", "0.1.2017", "00.2017", "2017-02-30", "0000-01-01"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(SetupError) as caught:
        read_date(text, FREE)
    assert caught.value.problems[0].code == "no_such_date"


@pytest.mark.parametrize(
    "text", ["", "heute", "2017-1-1-1", "20177", "٢٠١٧", "Foo 2017", "1.1.", "9" * 300_000]
)
def test_no_dates(text: str) -> None:
    with pytest.raises(SetupError):
        read_date(text, FREE)


_ordinals = st.integers(1, date.max.toordinal())


@given(_ordinals, _ordinals)
def test_what_is_written_is_read_again(one: int, other: int) -> None:
    lo, hi = sorted((one, other))
    for interval in (Interval(lo, lo), Interval(lo, hi), Interval(lo, inf), Interval(-inf, hi)):
        assert read_date(german_date(interval), FREE) == interval
    assert read_date(german_date(lo), FREE) == Interval(lo, lo)


@given(st.dates())
def test_iso_dates_are_read(day: date) -> None:
    assert read_date(day.isoformat(), FREE) == Interval(day.toordinal(), day.toordinal())
    month = read_date(day.isoformat()[:7], FREE)
    assert month.lo <= day.toordinal() <= month.hi
    assert read_date(german_date(month), FREE) == month


@given(st.text())
def test_any_text_gives_an_interval_or_a_setup_error(text: str) -> None:
    with suppress(SetupError):
        assert read_date(text, CONTRACT).within(CONTRACT.range)
