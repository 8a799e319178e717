"""Dated values: `knowledge/parameters/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator

from qmadvisor.errors import DocumentError, KnowledgeError, Place, Problem
from qmadvisor.knowledge.validation import Content, iso_day, place_of, read_content
from qmadvisor.language.evaluate import parameter_value
from qmadvisor.language.units import Unit, parse_unit
from qmadvisor.language.values import Bound, Interval, point
from qmadvisor.language.vocabulary import DatedValue, ParameterTerm
from qmadvisor.resources import relative_name

#: After this many days a confirmed value is due for another look.
CHECK_INTERVAL = timedelta(days=365)
#: This long before the last value runs out, its successor is due.
NOTICE = timedelta(days=60)


class ValueSpec(Content):
    """One value and when it holds; `checked` is the day it was last confirmed, null for "ungeprüft"."""

    value: int | float
    valid_from: str | None = Field(alias="from")
    valid_to: str | None = Field(alias="to")
    source: str
    checked: str | None

    @model_validator(mode="after")
    def _dates_exist(self) -> Self:
        for text in (self.valid_from, self.valid_to, self.checked):
            if text is not None:
                iso_day(text)
        if self.days.lo > self.days.hi:
            msg = "„from“ liegt nach „to“."
            raise ValueError(msg)
        return self

    @property
    def days(self) -> Interval:
        """The days on which it holds, as ordinals."""
        low: Bound = date.fromisoformat(self.valid_from).toordinal() if self.valid_from else -inf
        high: Bound = date.fromisoformat(self.valid_to).toordinal() if self.valid_to else inf
        return Interval(low, high)


class ParameterSpec(Content):
    """One parameter; with `interpretation` it is a reading of ours, which a setup may change or switch off."""

    parameter: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    title: str = Field(min_length=1)
    unit: str
    interpretation: str = ""
    adjustable: bool = False
    values: tuple[ValueSpec, ...] = Field(min_length=1, strict=False)

    @field_validator("unit")
    @classmethod
    def _unit_can_be_read(cls, text: str) -> str:
        parse_unit(text)
        return text


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters by name."""

    specs: Mapping[str, ParameterSpec]
    terms: Mapping[str, ParameterTerm]

    @property
    def adjustable(self) -> frozenset[str]:
        """The names that a setup may change or switch off."""
        return frozenset(name for name, spec in self.specs.items() if spec.adjustable)

    @property
    def names(self) -> tuple[str, ...]:
        """All names in order."""
        return tuple(self.specs)

    def unit(self, name: str) -> Unit:
        """Return the unit of a parameter."""
        return self.terms[name].unit

    def at(self, name: str, day: date) -> Interval | None:
        """Return the value in force on a day, or None where there is none."""
        ordinal = day.toordinal()
        return parameter_value(self.terms[name], Interval(ordinal, ordinal))

    def is_checked(self, name: str, day: date) -> bool:
        """Tell whether somebody confirmed the value in force on a day."""
        values = self.specs[name].values
        return all(
            value.checked is not None for value in values if value.days.lo <= day.toordinal() <= value.days.hi
        )

    def overdue(self, today: date) -> list[tuple[str, str]]:
        """Name every value unconfirmed, confirmed too long ago or without successor, with the reason."""
        found = []
        for name, spec in self.specs.items():
            for value in spec.values:
                if value.checked is None:
                    found.append((name, f"{value.value}: ungeprüft"))
                elif date.fromisoformat(value.checked) + CHECK_INTERVAL < today:
                    found.append((name, f"{value.value}: zuletzt geprüft am {value.checked}"))
            last = max(spec.values, key=lambda value: value.days.hi)
            if last.days.hi < (today + NOTICE).toordinal():
                found.append((name, f"kein Wert nach dem {last.valid_to}"))
        return found

    def overridden(self, changes: Mapping[str, Interval | None]) -> Mapping[str, ParameterTerm]:
        """Return the terms with a setup's own values; None switches a parameter off."""
        always = Interval(-inf, inf)
        terms = dict(self.terms)
        for name, value in changes.items():
            term = terms[name]
            values = () if value is None else (DatedValue(always, value),)
            terms[name] = ParameterTerm(name, term.unit, term.title, values)
        return terms


def load_parameters(folder: Path) -> Parameters:
    """Read all parameter files of a folder. Raises KnowledgeError."""
    specs: dict[str, ParameterSpec] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            spec, node = read_content(path, ParameterSpec)
        except (KnowledgeError, DocumentError) as error:
            problems.extend(error.problems)
            continue
        problems.extend(_overlaps(spec, relative_name(path)))
        if spec.parameter in specs:
            place = place_of(node, ("parameter",), relative_name(path))
            problems.append(
                Problem("duplicate_parameter", "Diesen Parameter gibt es schon.", place, spec.parameter)
            )
        specs[spec.parameter] = spec
    if problems:
        raise KnowledgeError(problems)
    return Parameters(specs, {name: _term(spec) for name, spec in specs.items()})


def _term(spec: ParameterSpec) -> ParameterTerm:
    dated = sorted(
        (DatedValue(value.days, point(str(value.value))) for value in spec.values), key=lambda d: d.days.lo
    )
    return ParameterTerm(spec.parameter, parse_unit(spec.unit), spec.title, tuple(dated))


def _overlaps(spec: ParameterSpec, name: str) -> Iterable[Problem]:
    """Two values for one day would make a finding depend on their order."""
    days = sorted(value.days for value in spec.values)
    for earlier, later in pairwise(days):
        if later.lo <= earlier.hi:
            yield Problem(
                "parameter_overlap", "Zwei Werte gelten am selben Tag.", Place(name, path=spec.parameter)
            )
