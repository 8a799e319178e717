"""Decide all comparisons of one fact at once: what differs from check to check is only the fact's value.

Where a fact has few values (yes or no, the options of a choice), the answers to all its comparisons are worked
out beforehand; where numbers meet bounds, the sorted bounds tell which answers hold. Everything else, and every
value that is known in part, goes the way of `evaluate`, which also made the tables: there is one semantics.
A field of a record is treated like a fact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any, cast

from qmadvisor.language import syntax
from qmadvisor.language.comparisons import literal_bound
from qmadvisor.language.evaluate import NO_RECORDS, Facts, compile_expression
from qmadvisor.language.types import BoolType, ChoiceType, DateType, NumberType, Type, unknown_value
from qmadvisor.language.values import Bound, Interval, Record, Truth, Value, point

Leaf = syntax.Fact | syntax.Field
#: The truth of every comparison of a group, in order, for one value of their fact.
Answers = Callable[[Any], Iterable[Truth]]
#: The name of a fact or field, and the kind of table that its comparisons can share.
Group = tuple[str, str]

_WorkedOut = Callable[[Value], tuple[Truth, ...]]
_READS = (syntax.Fact, syntax.Field, syntax.Parameter, syntax.Today, syntax.Quantified, syntax.Aggregate)


def group_of(node: syntax.Expression, leaf: type[syntax.Fact] | type[syntax.Field]) -> Group | None:
    """Return the one fact (or field) whose value alone decides a condition, and the kind of its table."""
    reads = [part for part in syntax.walk(node) if isinstance(part, _READS)]
    if len(reads) != 1 or not isinstance(reads[0], leaf):
        return None
    name = _name_of(reads[0])
    match node:
        case syntax.Compare(operator="=" | "!="):
            return name, "others"
        case syntax.Compare(left=syntax.Fact() | syntax.Field(), right=syntax.Number() | syntax.Day()):
            return name, "bounds"
        case syntax.Has():
            return name, "options"
        case _:
            return name, "others"


def reads_its_record_only(node: syntax.Quantified) -> bool:
    """Tell whether a statement over a list depends on nothing but single fields of each record."""
    return all(
        group_of(atom, syntax.Field) is not None
        for part in parts_of_statement(node)
        for atom in syntax.atoms(part)
    )


def parts_of_statement(node: syntax.Quantified) -> list[syntax.Expression]:
    """Return what a statement over a list says of each record."""
    return [part for part in (node.where, node.body) if part is not None]


def _name_of(leaf: Leaf) -> str:
    return leaf.path if isinstance(leaf, syntax.Fact) else leaf.name


def answers_of(kind: str, nodes: Sequence[syntax.Expression]) -> Answers:
    """Return what decides these conditions, all of one group of this kind, from the value of their fact."""
    if kind == "options":
        return _of_options([cast("syntax.Has", node).option for node in nodes])
    worked_out = _worked_out(nodes)
    type_ = cast("Type", _leaf(nodes[0]).type)
    if isinstance(type_, BoolType | ChoiceType):
        return _Beforehand(_values_of(type_), worked_out).__getitem__
    if kind == "bounds" and isinstance(type_, NumberType | DateType):
        bounds = {literal_bound(cast("syntax.Compare", node).right) for node in nodes}
        return _between(sorted(bounds), unknown_value(type_), worked_out)
    return worked_out


def _leaf(node: syntax.Expression) -> Leaf:
    return next(part for part in syntax.walk(node) if isinstance(part, syntax.Fact | syntax.Field))


def _worked_out(nodes: Sequence[syntax.Expression]) -> _WorkedOut:
    evaluators = [(_leaf(node), compile_expression(node)) for node in nodes]

    def run(value: Value) -> tuple[Truth, ...]:
        truths = []
        for leaf, evaluator in evaluators:
            if isinstance(leaf, syntax.Fact):
                trace = evaluator(Facts({leaf.path: value}, 0, {}), NO_RECORDS)
            else:
                trace = evaluator(Facts({}, 0, {}), {leaf.variable: Record("", {leaf.name: value})})
            truths.append(cast("Truth", trace.value))
        return tuple(truths)

    return run


def _of_options(options: Sequence[str]) -> Answers:
    """The value of a multiple choice has the answers already."""
    if len(options) == 1:
        (option,) = options
        return lambda value: (value.get(option),)
    return lambda value: map(value.get, options)


class _Beforehand(dict[Value, tuple[Truth, ...]]):
    """The answers for every value that a fact can have, once it is known."""

    def __init__(self, values: Iterable[Value], worked_out: _WorkedOut) -> None:
        super().__init__({value: worked_out(value) for value in values})
        self._worked_out = worked_out

    def __missing__(self, value: Value) -> tuple[Truth, ...]:
        """Some options excluded, others still possible: rare, and too many to work out beforehand."""
        return self._worked_out(value)


def _values_of(type_: BoolType | ChoiceType) -> list[Value]:
    """Return what can be known, and first that nothing is."""
    if isinstance(type_, ChoiceType):
        return [unknown_value(type_), *[frozenset([option]) for option in type_.options]]
    return [unknown_value(type_), True, False]


def _between(bounds: Sequence[Bound], unknown: Value, worked_out: _WorkedOut) -> Answers:
    """The answers change at the bounds only: one set for each bound, and one for each gap between them."""
    answers = [worked_out(point(number)) for number in _one_in_every_part(bounds)]
    nothing = worked_out(unknown)
    # Fractions are slow to compare, so all bounds are made whole by one factor. What lies between two whole
    # numbers becomes odd: 2 · 24 is 48, anything up to 25 is 49.
    factor = lcm(*[Fraction(bound).denominator for bound in bounds])
    even = [2 * int(bound * factor) for bound in bounds]
    count = len(even)

    def run(value: Interval) -> tuple[Truth, ...]:
        low, high = value
        if low is not high and low != high:
            return nothing if value == unknown else worked_out(value)
        numerator, denominator = low.as_integer_ratio()
        whole, rest = divmod(numerator * factor, denominator)
        number = 2 * whole + (rest > 0)
        at = bisect_left(even, number)
        return answers[2 * at + (at < count and even[at] == number)]

    return run


def _one_in_every_part(bounds: Sequence[Bound]) -> Iterator[Fraction]:
    """Numbers below, on, between and above the bounds."""
    exact = [Fraction(bound) for bound in bounds]
    yield exact[0] - 1
    for low, high in pairwise([*exact, exact[-1] + 2]):
        yield low
        yield (low + high) / 2
