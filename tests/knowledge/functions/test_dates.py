"""The functions on days and months, alone and in a setup."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.errors import SetupError
from qmadvisor.knowledge.functions.dates import contract_months, full_months
from qmadvisor.language.values import Interval, Value
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)


def days(first: str, last: str | None = None) -> Interval:
    return Interval(date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal())


def months(low: float, high: float | None = None) -> Interval:
    return Interval(low, low if high is None else high)


@pytest.mark.parametrize(
    ("start", "last", "expected"),
    [
        ("2026-01-01", "2026-12-31", 12),
        ("2026-01-01", "2026-12-30", 11),
        ("2026-01-01", "2027-01-01", 12),
        ("2026-01-01", "2028-12-31", 36),
        ("2026-01-15", "2026-02-14", 1),
        ("2026-01-31", "2026-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-01-01", "2026-01-01", 0),
        ("2026-01-01", "2025-12-31", 0),
        ("2026-01-01", "2025-11-30", -1),
    ],
)
def test_full_months_count_the_first_and_the_last_day(start: str, last: str, expected: int) -> None:
    assert full_months(days(start), days(last)) == months(expected)


def test_full_months_of_days_that_are_not_certain() -> None:
    assert full_months(days("2026-01-01", "2026-12-31"), days("2028-12-31")) == months(24, 36)
    assert full_months(days("2026-01-01"), days("2028-01-01", "2028-12-31")) == months(24, 36)


def test_the_last_day_of_the_calendar_and_open_ends_have_no_day_after() -> None:
    assert full_months(days("9999-01-01"), days("9999-12-31")) == months(11)
    assert full_months(days("2026-01-01"), Interval(days("2026-12-31").lo, inf)).lo == 12


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (months(0, 480), months(24, 36)),
        (months(36), months(36)),
        (months(30, 480), months(30, 36)),
        (months(37), None),
        (months(0, 23), None),
    ],
)
def test_the_contract_lasts_what_dates_and_stated_term_both_allow(stated: Interval, expected: Value) -> None:
    assert contract_months(days("2026-01-01"), days("2028-01-01", "2028-12-31"), stated) == expected


# In a setup


def laufzeit(base: SmallBase, given: dict[str, str | int]) -> Value:
    known = base.load().knowledge
    setup = read_values(given, known.catalogue, known.parameters, TODAY)
    return derive(setup, known, TODAY).facts.values["vertrag.laufzeit"]


def test_the_term_comes_from_the_dates_or_as_stated(base: SmallBase) -> None:
    assert laufzeit(base, {"vertrag.beginn": "2026-01-01", "vertrag.ende": "2026-12-31"}) == months(12)
    assert laufzeit(base, {"vertrag.dauer": 36}) == months(36)
    assert laufzeit(base, {"vertrag.dauer": 36, "vertrag.beginn": "2026"}) == months(36)
    assert laufzeit(base, {}) == months(0, 480)


@pytest.mark.parametrize(
    "given",
    [
        {"vertrag.beginn": "2026-01-01", "vertrag.ende": "2026-12-31", "vertrag.dauer": 13},
        {"vertrag.beginn": "2026-01-01", "vertrag.ende": "2025-11-30"},
    ],
)
def test_dates_that_contradict_the_term_are_an_error_of_the_setup(
    base: SmallBase, given: dict[str, str | int]
) -> None:
    with pytest.raises(SetupError) as caught:
        laufzeit(base, given)
    (problem,) = caught.value.problems
    assert problem.message == "Diese Angaben widersprechen sich: vertrag.beginn, vertrag.ende, vertrag.dauer."
    assert problem.remedy == "Lassen Sie eine der Angaben weg oder berichtigen Sie sie."


def test_worked_out_facts_follow_the_stated_ones(base: SmallBase) -> None:
    known = base.load().knowledge
    posts = {"stellen": {"a": {"umfang": 0.5}, "b": {"umfang": "0.25 bis 0.5"}, "vollstaendig": "ja"}}
    derived = derive(read_values(posts, known.catalogue, known.parameters, TODAY), known, TODAY)
    assert derived.facts.values["stellen_zusammen"] == Interval(0.75, 1)
    assert list(derived.origins.derived) == ["stellen_zusammen"]
    assert derived.origins.inputs == {"vertrag.laufzeit": ("vertrag.beginn", "vertrag.ende", "vertrag.dauer")}
