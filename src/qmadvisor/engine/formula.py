"""What an engine decides: and/or/not over numbered atoms, three-valued, and four outcomes per rule.

An *atom* is a largest sub-expression without and/or/not; it is evaluated before any engine runs, so that an
engine sees truth values only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from qmadvisor.language.values import Truth


class Status(StrEnum):
    """The four outcomes of a rule."""

    FULFILLED = "fulfilled"
    VIOLATED = "violated"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Atom:
    """The truth value at this index."""

    index: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Kleene's and."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Kleene's or."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Kleene's not."""

    item: Formula


Formula = Atom | AllOf | AnyOf | Negation


@dataclass(frozen=True, slots=True)
class Decision:
    """One rule as an engine sees it: where it applies (None: everywhere) and what it demands."""

    key: str
    applies: Formula | None
    demand: Formula


class Engine(Protocol):
    """Decides all rules of a rule base at once. Safe to call from several threads."""

    name: str

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision, in the order in which they were given."""
        ...

    def close(self) -> None:
        """Free what the engine holds outside Python."""
        ...
