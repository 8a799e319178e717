"""Exact interval arithmetic, and full months between days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import inf

from qmadvisor.language.values import UNBOUNDED, Bound, Interval, Truth, exact


def add(left: Interval, right: Interval) -> Interval:
    """Return every possible sum."""
    return Interval(_sum(left.lo, right.lo), _sum(left.hi, right.hi))


def subtract(left: Interval, right: Interval) -> Interval:
    """Return every possible difference."""
    return Interval(_sum(left.lo, -right.hi), _sum(left.hi, -right.lo))


def multiply(left: Interval, right: Interval) -> Interval:
    """Return every possible product."""
    return _corners(_product(one, two) for one in left for two in right)


def divide(left: Interval, right: Interval) -> Interval:
    """Return every possible quotient; anything at all where the divisor may be zero."""
    if right.lo <= 0 <= right.hi:
        return UNBOUNDED
    return _corners(_quotient(one, two) for one in left for two in right)


def _corners(bounds: Iterable[Bound]) -> Interval:
    found = list(bounds)
    return Interval(min(found), max(found))


# A float is always an infinity here; an exact number may be too large for a float, so the two never meet.


def _sum(one: Bound, two: Bound) -> Bound:
    if isinstance(one, float):
        return one
    return two if isinstance(two, float) else one + two


def _product(one: Bound, two: Bound) -> Bound:
    if one == 0 or two == 0:
        return 0  # zero times "without limit" is still zero
    if isinstance(one, float) or isinstance(two, float):
        return inf if (one > 0) == (two > 0) else -inf
    return one * two


def _quotient(one: Bound, two: Bound) -> Bound:
    if isinstance(one, float):
        return one if two > 0 else -one
    return 0 if isinstance(two, float) else exact(Fraction(one) / two)


def less(left: Interval, right: Interval) -> Truth:
    """Tell whether left < right for all values, for none, or for some (None)."""
    if left.hi < right.lo:
        return True
    return False if left.lo >= right.hi else None


def less_or_equal(left: Interval, right: Interval) -> Truth:
    """Tell whether left <= right for all values, for none, or for some (None)."""
    if left.hi <= right.lo:
        return True
    return False if left.lo > right.hi else None


def equal(left: Interval, right: Interval) -> Truth:
    """Tell whether left = right for all values, for none, or for some (None)."""
    if left.hi < right.lo or right.hi < left.lo:
        return False
    return True if left.lo == left.hi == right.lo == right.hi else None


def months_between(start: Interval, end: Interval) -> Interval:
    """Return the full months from one day (ordinals) to another, for every possible pair."""
    return Interval(_months(start.hi, end.lo), _months(start.lo, end.hi))


def _months(start: Bound, end: Bound) -> Bound:
    if isinstance(start, float) or isinstance(end, float):
        return inf if end > start else -inf
    if end < start:
        return -_months(end, start)
    first, last = date.fromordinal(int(start)), date.fromordinal(int(end))
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day and not _is_last_of_month(last))


def _is_last_of_month(day: date) -> bool:
    """From 31 January to 28 February is one full month."""
    return day.toordinal() == date.max.toordinal() or date.fromordinal(day.toordinal() + 1).day == 1
