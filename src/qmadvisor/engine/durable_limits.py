"""What one ruleset of durable_rules 2.0.28 can hold, and what its worst case is.

Past these limits findings are lost or the process dies. The worst case is computed on the network
of nodes that the engine builds from the conditions: it does not depend on the facts that come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from qmadvisor.engine.durable_conditions import Condition, Every, Literal, variables

#: Alpha nodes that can wait at once (a fixed stack); one more is error 303.
PENDING_MOST = 64
#: Properties of one fact: 254, less the session's id, the fact's own id and the sentinel.
VARIABLES_MOST = 251
#: Rules that hang on one alpha node; one more reads past the end of a list.
SAME_CONDITION_MOST = 255

#: What every fact states: the sentinel rule and the rules without a condition wait for it.
SENTINEL = Literal(-1, 1)


class Load(NamedTuple):
    """The worst case of a ruleset."""

    pending: int
    same_condition: int
    variables: int

    @property
    def bearable(self) -> bool:
        """Tell whether the ruleset keeps every limit, whatever is known and true."""
        return (
            self.pending <= PENDING_MOST
            and self.same_condition <= SAME_CONDITION_MOST
            and self.variables <= VARIABLES_MOST
        )


def read_by(conditions: Iterable[Condition]) -> frozenset[int]:
    """Return the variables that a ruleset with these conditions reads."""
    return frozenset[int]().union(*map(variables, conditions)) - {SENTINEL.variable}


def worst_case(conditions: Iterable[Condition]) -> Load:
    """Return the load of the ruleset that holds these conditions and the sentinel rule."""
    conditions = (SENTINEL, *conditions)
    root = _Node()
    for condition in conditions:
        _inserted(root, condition).rules += 1
    return Load(_pending(root, {}), _most_rules(root, set()), len(read_by(conditions)))


@dataclass
class _Node:
    """An alpha node as the engine builds it: equal literals share one, every or has its own."""

    literals: dict[Literal, _Node] = field(default_factory=dict)
    joins: list[_Node] = field(default_factory=list)
    rules: int = 0

    def following(self) -> Iterator[_Node]:
        yield from self.literals.values()
        yield from self.joins


def _inserted(node: _Node, condition: Condition) -> _Node:
    """Hang the condition below the node; return the node at which it is met."""
    if isinstance(condition, Literal):
        return node.literals.setdefault(condition, _Node())
    if isinstance(condition, Every):
        for item in condition.items:
            node = _inserted(node, item)
        return node
    join = _Node()
    for item in condition.items:
        _inserted(node, item).joins.append(join)
    return join


def _pending(node: _Node, known: dict[int, int]) -> int:
    """Return how many nodes can wait at once while everything below the node is visited.

    The engine pushes all matching nodes that follow and takes the last. At worst that is the one
    with the most below it, and all others wait meanwhile. A variable matches one of its values.
    """
    if id(node) not in known:
        pushed = len({literal.variable for literal in node.literals}) + len(node.joins)
        below = max((_pending(each, known) for each in node.following()), default=0)
        known[id(node)] = pushed and pushed - 1 + max(1, below)
    return known[id(node)]


def _most_rules(node: _Node, seen: set[int]) -> int:
    most = node.rules
    for each in node.following():
        if id(each) not in seen:
            seen.add(id(each))
            most = max(most, _most_rules(each, seen))
    return most
