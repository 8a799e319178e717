"""Count, sum, smallest and largest over a list that may be open; exact for all completions."""

from __future__ import annotations

from typing import Any

from qmadvisor.language import intervals
from qmadvisor.language.values import UNBOUNDED, Interval, Truth

_NOTHING = Interval(0, 0)

_Entries = list[tuple[Truth, Any]]  # (does it count? True or None, its value)
_Others = Any  # the value of any further entry of an open list; None: there are no others


def _count(entries: _Entries, others: _Others) -> Interval:
    certain = sum(1 for counts, _ in entries if counts)
    return Interval(certain, len(entries) if others is None else UNBOUNDED.hi)


def _sum(entries: _Entries, others: _Others) -> Interval:
    """An entry that may not count adds its value or nothing; unnamed entries add any number of theirs."""
    total = _NOTHING
    for counts, value in entries:
        total = intervals.add(total, value if counts else value.hull(_NOTHING))
    if others is not None:
        low = UNBOUNDED.lo if others.lo < 0 else total.lo
        high = UNBOUNDED.hi if others.hi > 0 else total.hi
        total = Interval(low, high)
    return total


def _minimum(entries: _Entries, others: _Others) -> Interval:
    """The smallest of nothing is unknown, so at least one entry must be certain."""
    certain = [value for counts, value in entries if counts]
    if not certain:
        return UNBOUNDED
    lows = [value.lo for _, value in entries] + ([] if others is None else [others.lo])
    return Interval(min(lows), min(value.hi for value in certain))


def _maximum(entries: _Entries, others: _Others) -> Interval:
    negated = [(counts, _mirrored(value)) for counts, value in entries]
    return _mirrored(_minimum(negated, None if others is None else _mirrored(others)))


def _mirrored(value: Interval) -> Interval:
    return Interval(-value.hi, -value.lo)


AGGREGATES = {"count": _count, "sum": _sum, "min": _minimum, "max": _maximum}
