"""One pass over a program's decisions, by the engine that was chosen, cross-checked with the compiled one."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.engine.formula import Engine, Status
from qmadvisor.engine.program import Program, Record
from qmadvisor.errors import EngineError, Problem, listing


class Stratum:
    """Decides; where another engine than the compiled one speaks, only what both say is delivered."""

    def __init__(self, program: Program, engine: Engine | None) -> None:
        """`engine` is the one that speaks; None: the compiled one of the program itself."""
        self.program = program
        self._engine = engine

    @property
    def engine(self) -> str:
        """The name of the engine that speaks."""
        return (self._engine or self.program.engine).name

    def close(self) -> None:
        """Free what the engine holds."""
        if self._engine is not None:
            self._engine.close()

    def decide(self, record: Record) -> list[Status]:
        """Return the status of every decision. Raises EngineError where the engines disagree."""
        expected = self.program.engine.outcomes(record.known)
        if self._engine is None:
            return expected
        statuses = self._engine.decide(record.truths)
        self._cross_check(statuses, expected)
        return statuses

    def _cross_check(self, statuses: Sequence[Status], expected: Sequence[Status]) -> None:
        if list(statuses) == list(expected):
            return
        wrong = [
            decision.key
            for decision, one, two in zip(self.program.decisions, statuses, expected, strict=True)
            if one != two
        ]
        message = "Zwei Rechenwege kommen zu verschiedenen Ergebnissen; es wird kein Befund ausgegeben."
        remedy = "Bitte melden Sie diesen Fehler. Mit --engine compiled können Sie weiterarbeiten."
        raise EngineError([Problem("engines_disagree", message, found=listing(wrong), remedy=remedy)])
