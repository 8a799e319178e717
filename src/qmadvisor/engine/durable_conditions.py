"""Two-valued conditions for durable_rules: when a formula is known to be true, or false.

Negation is pushed down to the atoms, so that a condition is monotone: it matches on what is known
and stays silent on what is not. Kleene's logic follows from that without any third value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Formula, Negation

#: A rule has room for 31 entries in the engine; every and/or takes two of them.
CONNECTIVES_MOST = 15
#: A rule fires once for every way in which its condition is met, so keep the ways few.
PATHS_MOST = 32
#: A rule that reads more variables than this is built up from helpers.
VARIABLES_MOST = 64
#: How many literals one helper joins.
WIDEST = 32


@dataclass(frozen=True, slots=True)
class Literal:
    """The variable is known and has this value, 0 or 1."""

    variable: int
    value: int


@dataclass(frozen=True, slots=True)
class Every:
    """All items match; without items: always."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one item matches; without items: never."""

    items: tuple[Condition, ...]


Condition = Literal | Every | Some

ALWAYS = Every(())
NEVER = Some(())


def definitely(truth: bool, formula: Formula) -> Condition:
    """Return the condition under which the formula is known to have this truth."""
    if isinstance(formula, Atom):
        return Literal(formula.index, int(truth))
    if isinstance(formula, Negation):
        return definitely(not truth, formula.item)
    kind = Every if isinstance(formula, AllOf) is truth else Some
    return joined(kind, [definitely(truth, item) for item in formula.items])


def joined(kind: type[Every | Some], items: Sequence[Condition]) -> Condition:
    """Join conditions: flat, without constants and repetitions, those met in the fewest ways first.

    The order lets rules share the beginning of their conditions and keeps branching to the end.
    """
    flat = list(dict.fromkeys(_flattened(kind, items)))
    overriding = NEVER if kind is Every else ALWAYS
    if overriding in flat:
        return overriding
    flat.sort(key=paths)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _flattened(kind: type[Every | Some], items: Sequence[Condition]) -> Iterator[Condition]:
    for item in items:
        if isinstance(item, kind):
            yield from item.items
        else:
            yield item


def highest_atom(*formulas: Formula | None) -> int:
    """Return the highest index of an atom in the formulas, or -1."""
    highest = -1
    for formula in formulas:
        if isinstance(formula, Atom):
            highest = max(highest, formula.index)
        elif isinstance(formula, Negation):
            highest = max(highest, highest_atom(formula.item))
        elif isinstance(formula, AllOf | AnyOf):
            highest = max(highest, highest_atom(*formula.items))
    return highest


def paths(condition: Condition) -> int:
    """Return in how many ways at most the condition can be met at once."""
    if isinstance(condition, Literal):
        return 1
    counts = [paths(item) for item in condition.items]
    return prod(counts) if isinstance(condition, Every) else sum(counts)


def connectives(condition: Condition) -> int:
    """Return the number of and/or in the condition."""
    if isinstance(condition, Literal):
        return 0
    return 1 + sum(connectives(item) for item in condition.items)


def variables(condition: Condition) -> frozenset[int]:
    """Return the variables that the condition reads."""
    if isinstance(condition, Literal):
        return frozenset((condition.variable,))
    return frozenset().union(*(variables(item) for item in condition.items))


def affordable(condition: Condition) -> bool:
    """Tell whether one rule can carry this condition, whatever else its ruleset holds."""
    return (
        connectives(condition) <= CONNECTIVES_MOST
        and paths(condition) <= PATHS_MOST
        and len(variables(condition)) <= VARIABLES_MOST
    )


def fitted(condition: Condition, helper: Callable[[Condition], Literal]) -> Condition:
    """Return an affordable condition of the same meaning; `helper` names parts that are split off.

    A helper is a literal of its own, decided earlier by a rule that has the part as its condition.
    """
    if isinstance(condition, Literal):
        return condition
    kind = type(condition)
    whole = kind(tuple(fitted(item, helper) for item in condition.items))
    if affordable(whole):
        return whole
    literals = [item if isinstance(item, Literal) else helper(item) for item in whole.items]
    while not affordable(kind(tuple(literals))):
        chunks = [literals[at : at + WIDEST] for at in range(0, len(literals), WIDEST)]
        literals = [c[0] if len(c) == 1 else helper(kind(tuple(c))) for c in chunks]
    return kind(tuple(literals))
