from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import inf

import pytest
from tests.language.example import day, days

from qmadvisor.language.intervals import (
    add,
    divide,
    equal,
    less,
    less_or_equal,
    months_between,
    multiply,
    subtract,
)
from qmadvisor.language.values import UNBOUNDED, Interval

SMALL = [Interval(low, high) for low, high in product(range(-1, 3), repeat=2) if low <= high]
OPEN = [
    Interval(0, inf),
    Interval(2, inf),
    Interval(-inf, 0),
    Interval(-inf, -2),
    Interval(-1, inf),
    UNBOUNDED,
]


@pytest.mark.parametrize(
    ("operation", "exact"),
    [
        (add, lambda one, two: one + two),
        (subtract, lambda one, two: one - two),
        (multiply, lambda one, two: one * two),
        (divide, lambda one, two: Fraction(one, two)),
    ],
    ids=["add", "subtract", "multiply", "divide"],
)
def test_an_operation_reaches_from_the_smallest_to_the_largest_result(operation, exact):
    for left, right in product(SMALL, SMALL):
        if operation is divide and right.lo <= 0 <= right.hi:
            continue
        results = [exact(one, two) for one in left for two in right]
        assert operation(left, right) == Interval(min(results), max(results))


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (add(Interval(1, inf), Interval(2, 3)), Interval(3, inf)),
        (add(Interval(-inf, 1), Interval(2, inf)), UNBOUNDED),
        (subtract(Interval(1, inf), Interval(2, 3)), Interval(-2, inf)),
        (subtract(Interval(1, 2), Interval(3, inf)), Interval(-inf, -1)),
        (multiply(Interval(2, inf), Interval(3, 4)), Interval(6, inf)),
        (multiply(Interval(2, inf), Interval(-4, -3)), Interval(-inf, -6)),
        (multiply(Interval(0, 0), UNBOUNDED), Interval(0, 0)),
        (multiply(Interval(0, inf), Interval(0, 1)), Interval(0, inf)),
        (multiply(UNBOUNDED, UNBOUNDED), UNBOUNDED),
        (multiply(Interval(-inf, -1), Interval(-inf, -1)), Interval(1, inf)),
        (divide(Interval(1, inf), Interval(2, 4)), Interval(Fraction(1, 4), inf)),
        (divide(Interval(1, inf), Interval(-4, -2)), Interval(-inf, Fraction(-1, 4))),
        (divide(Interval(1, 2), Interval(4, inf)), Interval(0, Fraction(1, 2))),
        (divide(Interval(1, inf), Interval(1, inf)), Interval(0, inf)),
        (divide(Interval(6, 6), Interval(3, 3)), Interval(2, 2)),
    ],
)
def test_ends_that_are_open(result, expected):
    assert result == expected


@pytest.mark.parametrize(
    "divisor", [Interval(0, 0), Interval(0, 3), Interval(-3, 0), Interval(-1, 1), UNBOUNDED]
)
def test_anything_may_come_of_a_division_by_what_may_be_zero(divisor):
    assert divide(Interval(1, 2), divisor) == UNBOUNDED


def test_whole_results_are_ints():
    assert type(divide(Interval(6, 6), Interval(3, 3)).lo) is int
    assert type(divide(Interval(Fraction(1, 2), 1), Interval(Fraction(1, 2), 1)).lo) is Fraction


HUGE = 10**400


def test_numbers_too_large_for_a_float_meet_open_ends():
    assert add(Interval(HUGE, inf), Interval(HUGE, HUGE)) == Interval(2 * HUGE, inf)
    assert subtract(Interval(1, inf), Interval(HUGE, inf)) == UNBOUNDED
    assert multiply(Interval(-HUGE, HUGE), Interval(1, inf)) == UNBOUNDED
    assert divide(Interval(HUGE, HUGE), Interval(1, inf)) == Interval(0, HUGE)
    assert less(Interval(HUGE, HUGE), Interval(HUGE + 1, inf)) is True


def verdict(left: Interval, right: Interval, holds) -> bool | None:
    truths = {holds(one, two) for one in span(left) for two in span(right)}
    return truths.pop() if len(truths) == 1 else None


def span(interval: Interval) -> list[Fraction]:
    low, high = Fraction(interval.lo), Fraction(interval.hi)
    return [low + (high - low) * Fraction(step, 6) for step in range(7)]


def test_a_comparison_says_what_holds_for_all_values():
    for left, right in product(SMALL, SMALL):
        assert less(left, right) is verdict(left, right, lambda one, two: one < two)
        assert less_or_equal(left, right) is verdict(left, right, lambda one, two: one <= two)
        if left.is_point or right.is_point:
            assert equal(left, right) is verdict(left, right, lambda one, two: one == two)


@pytest.mark.parametrize("unlimited", OPEN)
def test_what_is_unlimited_equals_nothing_for_sure(unlimited):
    assert equal(unlimited, unlimited) is None
    assert less(unlimited, unlimited) is None
    assert equal(unlimited, Interval(1, 1)) in (None, False)


# Months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2020-01-15", "2020-01-15", 0),
        ("2020-01-15", "2020-02-14", 0),
        ("2020-01-15", "2020-02-15", 1),
        ("2020-01-15", "2021-01-14", 11),
        ("2020-01-15", "2021-01-15", 12),
        ("2020-01-31", "2020-02-28", 0),
        ("2020-01-31", "2020-02-29", 1),
        ("2021-01-31", "2021-02-28", 1),
        ("2021-01-31", "2021-03-01", 1),
        ("2021-01-31", "2021-03-30", 1),
        ("2021-01-31", "2021-03-31", 2),
        ("2021-02-28", "2021-03-28", 1),
        ("2021-02-28", "2021-03-31", 1),
        ("2020-08-30", "2020-09-30", 1),
        ("2020-08-31", "2020-09-30", 1),
        ("2020-02-29", "2021-02-28", 12),
        ("9999-11-30", "9999-12-31", 1),
        ("9999-11-30", "9999-12-30", 1),
    ],
)
def test_full_months(start, end, months):
    assert months_between(days(start, start), days(end, end)) == Interval(months, months)
    assert months_between(days(end, end), days(start, start)) == Interval(-months, -months)


def _month(start: int, end: int) -> int:
    interval = months_between(Interval(start, start), Interval(end, end))
    assert interval.is_point
    return interval.lo


def test_months_grow_with_the_end_and_shrink_with_the_start_one_at_a_time():
    around = [date(2023, 12, 1) + timedelta(step) for step in range(190)]
    for fixed in ("2024-01-31", "2024-02-29", "2024-03-01", "2024-03-30"):
        growing = [_month(day(fixed), moving.toordinal()) for moving in around]
        shrinking = [_month(moving.toordinal(), day(fixed)) for moving in around]
        assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(growing))
        assert all(0 <= earlier - later <= 1 for earlier, later in pairwise(shrinking))


def test_months_between_partly_known_days_cover_every_pair():
    starts, ends = days("2024-01-28", "2024-02-03"), days("2024-02-26", "2024-04-01")
    every = [_month(start, end) for start in _ordinals(starts) for end in _ordinals(ends)]
    assert months_between(starts, ends) == Interval(min(every), max(every))


def _ordinals(span: Interval) -> range:
    return range(int(span.lo), int(span.hi) + 1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (UNBOUNDED, UNBOUNDED, UNBOUNDED),
        (Interval(day("2020-01-01"), inf), days("2021-01-01", "2021-01-01"), Interval(-inf, 12)),
        (Interval(-inf, day("2020-01-01")), days("2021-01-01", "2021-01-01"), Interval(12, inf)),
        (days("2020-01-01", "2020-01-01"), Interval(day("2021-01-01"), inf), Interval(12, inf)),
        (days("2020-01-01", "2020-01-01"), Interval(-inf, day("2021-01-01")), Interval(-inf, 12)),
    ],
)
def test_months_between_days_without_limit(start, end, months):
    assert months_between(start, end) == months
