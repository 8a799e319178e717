"""The examples of a rule file, as a planner would say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language.numerals import german_date, german_number
from qmadvisor.language.types import DateType, NumberType
from qmadvisor.language.values import exact
from qmadvisor.rules.model import Case, Rule

OUTCOMES = {
    "fulfilled": "erfüllt",
    "violated": "nicht erfüllt",
    "open": "offen",
    "not_applicable": "nicht anwendbar",
    "offered": "Möglichkeit",
    "taken": "genutzt",
    "silent": "nicht angezeigt",
}
_BECAUSE = {
    "facts": "eine Angabe fehlt",
    "imprecise": "eine Angabe ist zu ungenau",
    "no_parameter": "für den Tag ist kein Wert hinterlegt",
    "data_problem": "mit einer Angabe lässt sich nicht rechnen",
}
_COMPLETE = "vollständig"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what is stated beyond the common start, what comes out, and why it stays open."""

    given: tuple[str, ...]
    outcome: str
    label: str
    why: str


def start_of(rule: Rule, catalogue: Catalogue) -> tuple[str, ...]:
    """What all examples of a rule have in common."""
    return tuple(said(rule.spec.examples.base, catalogue))


def examples_of(rule: Rule, catalogue: Catalogue) -> tuple[Example, ...]:
    """The examples of a rule in the order of its file."""
    return tuple(
        Example(
            tuple(said(case.given, catalogue)),
            case.then,
            OUTCOMES[case.then],
            "; ".join(_why(case, catalogue)),
        )
        for case in rule.spec.examples.cases
    )


def stands_for(day: str | None) -> Iterator[str]:
    """Say for which day an example is checked, where it matters."""
    if day:
        yield f"Stichtag {german_date(date.fromisoformat(day).toordinal())}"


def _why(case: Case, catalogue: Catalogue) -> Iterator[str]:
    yield from stands_for(case.as_of)
    if case.because:
        yield _BECAUSE[case.because]
    if case.missing:
        yield "es fehlt: " + ", ".join(_label(path, catalogue) for path in case.missing)


def said(given: Mapping[str, Any], catalogue: Catalogue) -> Iterator[str]:
    """Say what a setup states, fact by fact."""
    for path, value in given.items():
        fact = catalogue.facts.get(path)
        if fact is not None:
            yield f"{fact.words.label}: {_value(fact, value)}"
        elif isinstance(value, Mapping):  # facts below a common group
            yield from said({f"{path}.{key}": inner for key, inner in value.items()}, catalogue)
        else:
            yield f"{path}: {_plain(value)}"


def _label(path: str, catalogue: Catalogue) -> str:
    name, _, rest = path.partition("[")
    fact = catalogue.facts.get(name)
    if fact is None:
        return path
    record, _, field = rest.partition("].")
    if field in fact.fields:
        return f"{fact.words.singular} „{record}“, {fact.fields[field].words.label}"
    return fact.words.label


def _value(fact: Fact, value: Any) -> str:
    if isinstance(value, Mapping) and "wert" in value:
        note = f" (Notiz: {value['notiz']})" if value.get("notiz") else ""
        return f"{_value(fact, value['wert'])}{note}"
    if isinstance(value, Mapping):
        parts = (_part(fact, str(key), inner) for key, inner in value.items())
        return ", ".join(sorted(parts, key=_COMPLETE.__eq__)) or "keine Angabe"
    if isinstance(value, list | tuple):
        return ", ".join(fact.words.choices.get(str(item), str(item)) for item in value) or "keine Angabe"
    if isinstance(fact.type, NumberType):
        return _quantity(fact.type, value)
    if isinstance(fact.type, DateType) and _ISO_DAY.fullmatch(str(value)):
        return german_date(date.fromisoformat(str(value)).toordinal())
    return fact.words.choices.get(str(value), _plain(value))


def _part(fact: Fact, key: str, value: Any) -> str:
    """One record of a list, one option of a multiple choice, or one figure of a post's hours."""
    if key == "vollstaendig":
        return _COMPLETE if value in ("ja", True) else "nicht vollständig"
    if not isinstance(value, Mapping):
        return f"{fact.words.choices.get(key, key.capitalize())}: {_plain(value)}"
    fields = (
        f"{fact.fields[name].words.label} {_value(fact.fields[name], inner)}" if name in fact.fields else name
        for name, inner in value.items()
    )
    return f"„{key}“ ({', '.join(fields) or 'ohne Angaben'})"


def _quantity(type_: NumberType, value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return german_number(exact(str(value)), type_.unit)
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", ",", str(value))


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nein"
        case None:
            return "unbekannt"
        case int() | float():
            return german_number(exact(str(value)))
        case _:
            return str(value)
