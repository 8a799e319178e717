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
from qmadvisor.engine.durable_limits import SENTINEL, read_by, worst_case
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
    """Lay productions out in as few rulesets as halving finds, so that the worst case of each fits.

    Raises:
        EngineError: One production alone exceeds a limit.
    """
    load = worst_case(production.condition for production in productions)
    if load.bearable:
        return [Layout(tuple(productions))]
    half = len(productions) // 2
    if not half:
        raise too_large("Eine Bedingung ist zu groß für durable_rules", str(load))
    return packed(productions[:half]) + packed(productions[half:])


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

    A condition too large for one rule is split: its parts become helpers, decided in earlier
    rulesets.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.atoms = 1 + max((highest_atom(d.demand, d.applies) for d in decisions), default=-1)
        self.width = self.atoms
        self._helpers: dict[Condition, Literal] = {}
        self._depth: dict[int, int] = {}
        self._groups: dict[tuple[int, str], list[Production]] = {}
        self.outcomes = tuple(self._outcome(decision) for decision in decisions)
        ordered = sorted(self._groups.items(), key=lambda group: group[0][0])
        self.layouts = tuple(layout for _, group in ordered for layout in packed(group))

    def _outcome(self, decision: Decision) -> tuple[tuple[int, Status], ...]:
        applies = AllOf(()) if decision.applies is None else decision.applies
        here = definitely(True, applies)
        wanted = {
            Status.NOT_APPLICABLE: definitely(False, applies),
            Status.FULFILLED: joined(Every, [here, definitely(True, decision.demand)]),
            Status.VIOLATED: joined(Every, [here, definitely(False, decision.demand)]),
        }
        return tuple(
            (self._decided(condition, decision.section), status)
            for status, condition in wanted.items()
            if condition != NEVER
        )

    def _decided(self, condition: Condition, section: str) -> int:
        """Add a production and return the variable that it sets."""
        if condition == ALWAYS:
            condition = SENTINEL
        condition = fitted(condition, lambda part: self._helper(part, section))
        depth = max(self._depth.get(read, 0) for read in variables(condition))
        variable, self.width = self.width, self.width + 1
        self._depth[variable] = depth + 1
        self._groups.setdefault((depth, section), []).append(Production(variable, condition))
        return variable

    def _helper(self, part: Condition, section: str) -> Literal:
        if part not in self._helpers:
            self._helpers[part] = Literal(self._decided(part, section), 1)
        return self._helpers[part]
