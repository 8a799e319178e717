"""One pass over a set of decisions, by the engine that was chosen, cross-checked with the compiled one."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import Decision, Engine, Status
from qmadvisor.errors import EngineError, Problem, listing
from qmadvisor.language.values import Truth


class Stratum:
    """Decides; where another engine than the compiled one speaks, only what both say is delivered."""

    def __init__(self, decisions: Sequence[Decision], engine: Engine, compiled: CompiledEngine) -> None:
        self._decisions = decisions
        self._engine = engine
        self._compiled = compiled

    @property
    def engine(self) -> str:
        """The name of the engine that speaks."""
        return self._engine.name

    def close(self) -> None:
        """Free what the engine holds."""
        self._engine.close()

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision. Raises EngineError where the engines disagree."""
        statuses = self._engine.decide(truths)
        if self._engine is not self._compiled:
            self._cross_check(statuses, self._compiled.decide(truths))
        return statuses

    def _cross_check(self, statuses: Sequence[Status], expected: Sequence[Status]) -> None:
        if list(statuses) == list(expected):
            return
        wrong = [
            decision.key
            for decision, one, two in zip(self._decisions, statuses, expected, strict=True)
            if one != two
        ]
        message = "Zwei Rechenwege kommen zu verschiedenen Ergebnissen; es wird kein Befund ausgegeben."
        remedy = "Bitte melden Sie diesen Fehler. Mit --engine compiled können Sie weiterarbeiten."
        raise EngineError([Problem("engines_disagree", message, found=listing(wrong), remedy=remedy)])
