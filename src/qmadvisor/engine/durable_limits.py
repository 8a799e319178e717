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
        self._root = _Node()
        self._reads: frozenset[int] = frozenset()
        self._most_rules = 0
        self.add(SENTINEL)

    def add(self, condition: Condition) -> None:
        """Take in one more rule: the load only ever grows."""
        node = _inserted(_Place(self._root), condition).node
        node.rules += 1
        self._most_rules = max(self._most_rules, node.rules)
        self._reads |= read_by([condition])

    @property
    def load(self) -> Load:
        """The worst case of all that was added."""
        return Load(self._root.pending, self._most_rules, len(self._reads))


@dataclass(eq=False, slots=True)
class _Node:
    """An alpha node as the engine builds it: equal literals share one, every or has its own.

    `pending`: how many nodes can wait at once while everything below the node is visited.
    """

    literals: dict[Literal, _Node] = field(default_factory=dict)
    variables: set[int] = field(default_factory=set)
    joins: int = 0
    rules: int = 0
    below: int = 1
    pending: int = 0


class _Place(NamedTuple):
    """A node and the ways to it. A node does not know them itself: circles would stay in memory for a while."""

    node: _Node
    above: tuple[_Place, ...] = ()

    def grow(self) -> None:
        """Count anew, and upwards, what can wait.

        The engine pushes all matching nodes that follow and takes the last. At worst that is the one
        with the most below it, and all others wait meanwhile. A variable matches one of its values.
        """
        node = self.node
        pending = len(node.variables) + node.joins - 1 + node.below
        if pending > node.pending:
            node.pending = pending
            for place in self.above:
                place.node.below = max(place.node.below, pending)
                place.grow()


def _inserted(place: _Place, condition: Condition) -> _Place:
    """Hang the condition below the place; return the one at which it is met."""
    if isinstance(condition, Literal):
        literals = place.node.literals
        if condition not in literals:
            literals[condition] = _Node()
            place.node.variables.add(condition.variable)
            place.grow()
        return _Place(literals[condition], (place,))
    if isinstance(condition, Every):
        for item in condition.items:
            place = _inserted(place, item)
        return place
    join = _Place(_Node(), tuple([_inserted(place, item) for item in condition.items]))
    for above in join.above:
        above.node.joins += 1
        above.grow()
    return join
