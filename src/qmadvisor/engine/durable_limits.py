"""What one ruleset of durable_rules 2.0.28 can hold, and what its worst case is.

Past these limits findings are lost or the process dies. The worst case is computed on the network
of nodes that the engine builds from the conditions: it does not depend on the facts that come.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    network = Network()
    for condition in conditions:
        network.add(condition)
    return network.load


class Network:
    """The nodes that the engine builds from the conditions of one ruleset, which always holds the sentinel rule."""

    def __init__(self) -> None:
        self._root = _Node([])
        self._reads: frozenset[int] = frozenset()
        self._most_rules = 0
        self.add(SENTINEL)

    def add(self, condition: Condition) -> None:
        """Take in one more rule: the load only ever grows."""
        node = _inserted(self._root, condition)
        node.rules += 1
        self._most_rules = max(self._most_rules, node.rules)
        self._reads |= read_by([condition])

    @property
    def load(self) -> Load:
        """The worst case of all that was added."""
        return Load(self._root.pending, self._most_rules, len(self._reads))


@dataclass(eq=False)
class _Node:
    """An alpha node as the engine builds it: equal literals share one, every or has its own.

    `pending`: how many nodes can wait at once while everything below the node is visited.
    """

    parents: list[_Node]
    literals: dict[Literal, _Node] = field(default_factory=dict)
    variables: set[int] = field(default_factory=set)
    joins: int = 0
    rules: int = 0
    below: int = 1
    pending: int = 0

    def literal(self, literal: Literal) -> _Node:
        """Return the node of a literal below this one."""
        if literal not in self.literals:
            self.literals[literal] = _Node([self])
            self.variables.add(literal.variable)
            self.grow()
        return self.literals[literal]

    def grow(self) -> None:
        """Count anew, and upwards, what can wait.

        The engine pushes all matching nodes that follow and takes the last. At worst that is the one
        with the most below it, and all others wait meanwhile. A variable matches one of its values.
        """
        pending = len(self.variables) + self.joins - 1 + self.below
        if pending > self.pending:
            self.pending = pending
            for parent in self.parents:
                parent.below = max(parent.below, pending)
                parent.grow()


def _inserted(node: _Node, condition: Condition) -> _Node:
    """Hang the condition below the node; return the node at which it is met."""
    if isinstance(condition, Literal):
        return node.literal(condition)
    if isinstance(condition, Every):
        for item in condition.items:
            node = _inserted(node, item)
        return node
    join = _Node([_inserted(node, item) for item in condition.items])
    for parent in join.parents:
        parent.joins += 1
        parent.grow()
    return join
