"""The types of facts and expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qmadvisor.language.matrix import Overview, TaskMatrix
from qmadvisor.language.units import NONE, Unit
from qmadvisor.language.values import NOTHING_KNOWN, UNBOUNDED, Interval, Value


@dataclass(frozen=True, slots=True)
class BoolType:
    """True or false."""


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number with its unit; `range` is what the catalogue allows, `integer` excludes fractions.

    `literal` marks a bare number in an expression: it takes the unit of what it is compared with or added to.
    """

    unit: Unit = NONE
    integer: bool = False
    range: Interval = UNBOUNDED
    literal: bool = False


@dataclass(frozen=True, slots=True)
class DateType:
    """A day; `range` in proleptic Gregorian ordinals."""

    range: Interval = UNBOUNDED


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """Exactly one of the named options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MultipleType:
    """Any of the named options, each answered on its own."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextType:
    """Free text, compared only for equality."""


@dataclass(frozen=True, slots=True)
class ActorType:
    """A reference to the key of a record in the list `of`."""

    of: str


@dataclass(frozen=True, slots=True)
class ListType:
    """A list of records with these fields."""

    path: str
    fields: Mapping[str, FieldType] = field(hash=False)


@dataclass(frozen=True, slots=True)
class TaskMatrixType:
    """Who of the list `of` has which task of the overview; only functions read it."""

    of: str
    overview: Overview = field(compare=False, repr=False)


_NAMES = {
    BoolType: "ja/nein",
    NumberType: "Zahl",
    DateType: "Datum",
    ChoiceType: "Auswahl",
    MultipleType: "Mehrfachauswahl",
    TextType: "Text",
    ActorType: "Verweis auf einen Akteur",
    ListType: "Liste",
    TaskMatrixType: "Aufgabenverteilung",
}

FieldType = BoolType | NumberType | DateType | ChoiceType | MultipleType | TextType | ActorType
Type = FieldType | ListType | TaskMatrixType


def type_name(type_: Type) -> str:
    """Name a type in German, for error messages."""
    return _NAMES[type_.__class__]


def unknown_value(type_: Type) -> Value:
    """Return what is left where nothing was stated: everything that the type allows."""
    match type_:
        case NumberType() | DateType():
            return type_.range
        case ChoiceType():
            return frozenset(type_.options)
        case MultipleType():
            return {}
        case ListType():
            return NOTHING_KNOWN
        case TaskMatrixType(overview=overview):
            return TaskMatrix(overview)
        case _:
            return None
