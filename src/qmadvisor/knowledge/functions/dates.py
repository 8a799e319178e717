"""Months between days that may be known in part."""

from __future__ import annotations

from datetime import date
from math import isinf
from typing import cast

from qmadvisor.knowledge.functions.function import Function
from qmadvisor.language.intervals import months_between
from qmadvisor.language.values import Bound, Interval, Value


def full_months(start: Value, last: Value) -> Interval:
    """Return the full months from the first to the last day, both included."""
    end = cast("Interval", last)
    after_end = Interval(_next_day(end.lo), _next_day(end.hi))
    return months_between(cast("Interval", start), after_end)


def contract_months(start: Value, last: Value, stated: Value) -> Interval | None:
    """Return the fixed term in full months: from first to last day, or as stated.

    None means that the dates contradict the stated term.
    """
    return full_months(start, last).intersection(cast("Interval", stated))


def _next_day(day: Bound) -> Bound:
    """A contract to 31 December ends with that day: full months count to the day after."""
    return day if isinf(day) or day >= date.max.toordinal() else day + 1


FUNCTIONS = {
    "volle_monate": Function(
        full_months,
        ("date", "date"),
        "integer",
        "volle Monate vom ersten bis zum letzten Tag, beide eingeschlossen",
    ),
    "laufzeit_monate": Function(
        contract_months,
        ("date", "date", "integer"),
        "integer",
        "volle Monate vom ersten bis zum letzten Tag des Vertrags, oder die angegebene Dauer",
        may_contradict=True,
    ),
}
