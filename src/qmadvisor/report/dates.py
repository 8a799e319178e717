"""The dates that a setup states, in order of time and no more exact than they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from qmadvisor.engine.check import CheckResult
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.numerals import german_date
from qmadvisor.language.types import DateType
from qmadvisor.language.values import Bound, Interval, RecordList
from qmadvisor.report.roadmap_model import KnownDate


def known_dates(result: CheckResult) -> tuple[KnownDate, ...]:
    """Return every date that the setup states at least in part, records included; the earliest first.

    A date with only a last possible day stands where that day is.
    """
    found = list(_stated(result))
    days = [_known_date(fact, path, label, days, result.as_of) for path, label, fact, days in found]
    return tuple(sorted(days, key=lambda one: (one.earliest or one.latest or "", one.latest or "9999")))


def _stated(result: CheckResult) -> Iterator[tuple[str, str, Fact, Interval]]:
    setup = result.setup
    for path, fact in result.rule_base.knowledge.catalogue.facts.items():
        value = setup.values.get(path)
        if isinstance(fact.type, DateType) and path in setup.stated:
            yield path, fact.words.label, fact, cast("Interval", value)
        elif isinstance(value, RecordList):
            for record in value.records:
                for key, field in fact.fields.items():
                    name = f"{path}[{record.key}].{key}"
                    if isinstance(field.type, DateType) and name in setup.stated:
                        label = f"{fact.words.singular} „{record.key}“, {field.words.label}"
                        yield name, label, field, cast("Interval", record.values[key])


def _known_date(fact: Fact, path: str, label: str, days: Interval, as_of: date) -> KnownDate:
    range_ = cast("DateType", fact.type).range
    return KnownDate(
        fact=path,
        label=label,
        text=german_date(days, within=range_),
        earliest=None if days.lo == range_.lo else _iso(days.lo),
        latest=None if days.hi == range_.hi else _iso(days.hi),
        relation=_relation(days, as_of),
        phase=fact.spec.phase,
    )


def _relation(days: Interval, as_of: date) -> Literal["past", "coming", "uncertain"]:
    today = as_of.toordinal()
    if days.hi < today:
        return "past"
    return "coming" if days.lo >= today else "uncertain"


def _iso(ordinal: Bound) -> str:
    return date.fromordinal(int(ordinal)).isoformat()
