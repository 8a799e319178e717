"""Lays decisions out as flat rulesets that stay inside the limits of durable_rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qmadvisor.engine.durable_conditions import (
    ALWAYS,
    NEVER,
    Condition,
    Every,
    Literal,
    definitely,
    fitted,
    highest_atom,
    joined,
    variables,
)
from qmadvisor.engine.durable_limits import SENTINEL, Network, read_by
from qmadvisor.engine.formula import AllOf, Decision, Status
from qmadvisor.errors import EngineError, Problem


@dataclass(frozen=True, slots=True)
class Production:
    """One rule: where the condition matches, the variable becomes 1."""

    variable: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Layout:
    """The productions of one ruleset."""

    productions: tuple[Production, ...]

    @property
    def variables(self) -> list[int]:
        """The variables that the ruleset's fact states where they are known."""
        return sorted(read_by(production.condition for production in self.productions))


def packed(productions: Sequence[Production]) -> list[Layout]:
    """Lay productions out in their order: each ruleset takes as many as its worst case allows.

    Raises:
        EngineError: One production alone exceeds a limit.
    """
    layouts = []
    network, held = Network(), list[Production]()
    for production in productions:
        network.add(production.condition)
        if held and not network.load.bearable:
            layouts.append(Layout(tuple(held)))
            network, held = Network(), []
            network.add(production.condition)
        if not network.load.bearable:
            raise too_large("Eine Bedingung ist zu groß für durable_rules", str(network.load))
        held.append(production)
    return [*layouts, Layout(tuple(held))] if held else layouts


def too_large(message: str, found: str) -> EngineError:
    """Return the error for a rule base that durable_rules cannot hold."""
    remedy = "Die Bedingung auf mehrere Regeln aufteilen oder die Engine „compiled“ wählen."
    return EngineError([Problem("engine.too_large", message, found=found, remedy=remedy)])


def pattern(condition: Condition, names: Mapping[int, str]) -> dict[str, object]:
    """Return the condition as durable_rules reads it."""
    if isinstance(condition, Literal):
        return {names[condition.variable]: condition.value}
    operator = "$and" if isinstance(condition, Every) else "$or"
    return {operator: [pattern(item, names) for item in condition.items]}


class Plan:
    """All rulesets in the order in which they run, and where each decision's outcome is read.

    Equal conditions, of whichever rules, are decided once. A condition too large for one rule is split: its parts
    become helpers, decided in earlier rulesets.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.atoms = 1 + max((highest_atom(d.demand, d.applies) for d in decisions), default=-1)
        self.width = self.atoms
        self._variables: dict[Condition, int] = {}
        self._depth: dict[int, int] = {}
        self._groups: dict[int, list[Production]] = {}
        self.outcomes = tuple(self._outcome(decision) for decision in decisions)
        self.layouts = tuple(layout for _, group in sorted(self._groups.items()) for layout in packed(group))

    def _outcome(self, decision: Decision) -> tuple[tuple[int, Status], ...]:
        applies = AllOf(()) if decision.applies is None else decision.applies
        here = definitely(True, applies)
        wanted = {
            Status.NOT_APPLICABLE: definitely(False, applies),
            Status.FULFILLED: joined(Every, [here, definitely(True, decision.demand)]),
            Status.VIOLATED: joined(Every, [here, definitely(False, decision.demand)]),
        }
        return tuple(
            (self._decided(condition), status) for status, condition in wanted.items() if condition != NEVER
        )

    def _decided(self, condition: Condition) -> int:
        """Return the variable that becomes 1 where the condition holds; add a production where none sets it yet."""
        if condition not in self._variables:
            self._variables[condition] = self._added(SENTINEL if condition == ALWAYS else condition)
        return self._variables[condition]

    def _added(self, condition: Condition) -> int:
        condition = fitted(condition, lambda part: Literal(self._decided(part), 1))
        depth = max(self._depth.get(read, 0) for read in variables(condition))
        variable, self.width = self.width, self.width + 1
        self._depth[variable] = depth + 1
        self._groups.setdefault(depth, []).append(Production(variable, condition))
        return variable
