"""The syntax tree: frozen nodes with their place in the text; two trees are equal wherever they stand.

The checker returns the same tree with `type` filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from qmadvisor.language.types import Type


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands in its text: offsets, and line and column from 1."""

    start: int = 0
    end: int = 0
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Base of all nodes."""

    span: Span = field(default=Span(), compare=False, repr=False)
    type: Type | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A decimal number, kept exactly."""

    value: int | Fraction


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text in double quotes: an option of a choice, or free text."""

    value: str


@dataclass(frozen=True, slots=True)
class Day(Node):
    """`date("2026-01-31")`, as ordinal."""

    ordinal: int


@dataclass(frozen=True, slots=True)
class Today(Node):
    """`stichtag`: the day as of which the check runs."""


@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A fact by its path, or, before the check, any name."""

    path: str


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A field of the bound record: `s.umfang`."""

    variable: str
    name: str
    list: str


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """`parameter.name at <date>`."""

    name: str
    day: Expression


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`left operator right`."""

    operator: Literal["=", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class InRange(Node):
    """`item in [low..high]`, both ends included."""

    item: Expression
    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True)
class InSet(Node):
    """`item in ("a", "b")`."""

    item: Expression
    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Has(Node):
    """`item has "option"` for a multiple choice."""

    item: Expression
    option: str


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of them."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one of them."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not(item)`."""

    item: Expression


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if test then yes else no`; derived facts only."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left + - * / right`."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class MonthsBetween(Node):
    """Full months from `start` to `end`, negative where `end` is earlier."""

    start: Expression
    end: Expression


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some|every variable in list where … satisfies (body)`."""

    kind: Literal["some", "every"]
    variable: str
    list: str
    where: Expression | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`count|sum|min|max`; `body` is None for count."""

    kind: Literal["count", "sum", "min", "max"]
    variable: str
    list: str
    where: Expression | None
    body: Expression | None


Expression = (
    Truth
    | Number
    | Text
    | Day
    | Today
    | Fact
    | Field
    | Parameter
    | Compare
    | InRange
    | InSet
    | Has
    | And
    | Or
    | Not
    | If
    | Arithmetic
    | MonthsBetween
    | Quantified
    | Aggregate
)


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the direct sub-expressions from left to right."""
    match node:
        case Parameter(day=day):
            return (day,)
        case Compare() | Arithmetic():
            return (node.left, node.right)
        case InRange():
            return (node.item, node.low, node.high)
        case InSet():
            return (node.item, *node.options)
        case Has() | Not():
            return (node.item,)
        case And() | Or():
            return node.items
        case If():
            return (node.test, node.yes, node.no)
        case MonthsBetween():
            return (node.start, node.end)
        case Quantified() | Aggregate():
            return tuple(part for part in (node.where, node.body) if part is not None)
        case _:
            return ()


def walk(node: Expression) -> Iterator[Expression]:
    """Yield the node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def atoms(node: Expression) -> Iterator[Expression]:
    """Yield the largest parts of a condition without and, or and not, in order."""
    if isinstance(node, And | Or | Not):
        for child in children(node):
            yield from atoms(child)
    else:
        yield node


def facts_read(node: Expression) -> tuple[str, ...]:
    """Return the paths of the facts and lists that an expression reads, each once, in order."""
    found: dict[str, None] = {}
    for part in walk(node):
        if isinstance(part, Fact):
            found[part.path] = None
        elif isinstance(part, Quantified | Aggregate):
            found[part.list] = None
    return tuple(found)


def parameters_read(node: Expression) -> tuple[str, ...]:
    """Return the names of the parameters that an expression reads, each once, in order."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Parameter)))
