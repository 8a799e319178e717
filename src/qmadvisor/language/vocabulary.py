"""What the language knows of each fact and parameter: its type, and the words by which it is spoken of.

The knowledge layer builds a `Vocabulary` from the catalogue; the language itself reads no files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qmadvisor.language.types import Type
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Interval


@dataclass(frozen=True, slots=True)
class Words:
    """How a fact reads in a sentence.

    `phrase` is the subject with its article ("die Größe des Gruppenraums"); `holds`/`fails` are whole clauses
    (bool); `contains`/`lacks` are clauses with `{item}` (multiple choice); `choices` maps keys to labels;
    `predicative` tells that they are said without quotes ("ist nicht erfüllt"). `singular`, `plural`,
    `dative_plural` and `gender` name the records of a list.
    """

    label: str
    phrase: str = ""
    plural_subject: bool = False
    holds: str = ""
    fails: str = ""
    contains: str = ""
    lacks: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    predicative: bool = False
    singular: str = ""
    plural: str = ""
    dative_plural: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One fact: path, type and words; a list also has a term for each field of its records."""

    path: str
    type: Type
    words: Words
    fields: Mapping[str, Term] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value of a parameter and the days (ordinals) on which it holds."""

    days: Interval
    value: Interval


@dataclass(frozen=True, slots=True)
class ParameterTerm:
    """One dated parameter: name, unit, title, and its values in order of time."""

    name: str
    unit: Unit
    title: str
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by path and all parameters by name."""

    facts: Mapping[str, Term]
    parameters: Mapping[str, ParameterTerm]
