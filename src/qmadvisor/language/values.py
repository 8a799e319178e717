"""Values that may be known exactly, in part, or not at all.

A bool is True, False or None (unknown). A number or a date is an `Interval` (a date in days, as
`date.toordinal()`). A choice is the frozenset of the options still possible. A multiple choice maps the
options that were answered to True or False. A text or an actor is a str or None. A list is a `RecordList`, a
distribution of tasks a `TaskMatrix`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import NamedTuple

from qmadvisor.language.matrix import TaskMatrix

#: A bound: exact numbers, or plus/minus infinity. Whole numbers are kept as int because they compare faster.
Bound = int | Fraction | float
Truth = bool | None


class Interval(NamedTuple):
    """Every number from `lo` to `hi`, both included; infinite bounds are open by nature."""

    lo: Bound
    hi: Bound

    @property
    def is_point(self) -> bool:
        """Tell whether exactly one number is left."""
        return self.lo == self.hi

    def intersection(self, other: Interval) -> Interval | None:
        """Return what both allow, or None where they contradict."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return Interval(lo, hi) if lo <= hi else None

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi))

    def within(self, other: Interval) -> bool:
        """Tell whether all of this interval lies inside the other."""
        return other.lo <= self.lo and self.hi <= other.hi


UNBOUNDED = Interval(-inf, inf)


class Record:
    """One entry of a list: its key, and a value for every field (its range where nothing was stated)."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, values: Mapping[str, Value]) -> None:
        self.key = key
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Record({self.key!r}, {dict(self.values)!r})"


@dataclass(frozen=True, slots=True)
class RecordList:
    """The known entries of a list; `complete` says that there are no others."""

    records: tuple[Record, ...] = ()
    complete: bool = False


NOTHING_KNOWN = RecordList()

Value = Truth | Interval | frozenset[str] | Mapping[str, bool] | str | RecordList | TaskMatrix


def exact(number: int | Fraction | str) -> int | Fraction:
    """Return a number exactly, as int where it is whole."""
    fraction = Fraction(number)
    return fraction.numerator if fraction.denominator == 1 else fraction


def point(number: int | Fraction | str) -> Interval:
    """Return the interval that holds just this number."""
    value = exact(number)
    return Interval(value, value)


def hull_of(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds all (at least one) of the given ones."""
    first, *rest = intervals
    for interval in rest:
        first = first.hull(interval)
    return first
