"""Check a setup against a rule base: evaluate, decide, cross-check, explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.finding import Circumstances, Finding, Hint, HintState
from qmadvisor.engine.formula import Engine, Status
from qmadvisor.engine.program import TAKEN, Record, build_program
from qmadvisor.errors import EngineError, Problem, listing
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.reasons import Origins
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.derive import derive
from qmadvisor.setup.model import Setup

EngineName = Literal["auto", "durable", "compiled"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings and hints of one check, in the guideline's order."""

    rule_base: RuleBase
    setup: Setup
    as_of: date
    engine: str
    facts: Facts
    origins: Origins
    findings: tuple[Finding, ...]
    hints: tuple[Hint, ...]


class Checker:
    """A rule base ready to check setups; build it once, use it from any thread."""

    def __init__(self, rule_base: RuleBase, engine: EngineName = "auto") -> None:
        self.rule_base = rule_base
        self._program = build_program(rule_base.rules)
        self._compiled = self._program.engine
        self._engine = self._choose(engine)
        at = {decision.key: index for index, decision in enumerate(self._program.decisions)}
        rules = rule_base.rules
        layouts = self._program.layouts
        self._findings = [(rule, layouts[at[rule.id]], at[rule.id]) for rule in rules if not rule.is_hint]
        self._hints = [(rule, at[rule.id], at.get(rule.id + TAKEN)) for rule in rules if rule.is_hint]

    @property
    def engine(self) -> str:
        """The name of the engine that speaks."""
        return self._engine.name

    def close(self) -> None:
        """Free what the engine holds; whoever loads rules anew in one process closes the old checker."""
        self._engine.close()

    def _choose(self, engine: EngineName) -> Engine:
        if engine == "compiled" or (engine == "auto" and not durable_available()):
            return self._compiled
        if not durable_available():
            message = "durable_rules lässt sich mit dieser Python-Version nicht laden."
            remedy = "Nutzen Sie --engine compiled, oder Python 3.11 oder 3.12."
            raise EngineError([Problem("engine_unavailable", message, remedy=remedy)])
        from qmadvisor.engine.durable import DurableEngine  # compiled C code, loaded only where it is used

        return DurableEngine(self._program.decisions)

    def check(self, setup: Setup, as_of: date, *, honour_deviations: bool = True) -> CheckResult:
        """Return all findings and hints. Raises SetupError for contradictions, EngineError where engines fail."""
        derived = derive(setup, self.rule_base.knowledge, as_of)
        record = self._program.evaluate(derived.facts)
        statuses = self._decide(record)
        circumstances = Circumstances(setup, as_of, derived, record, honour_deviations)
        findings = tuple(
            [
                Finding(rule, layouts, statuses[index], circumstances)
                for rule, layouts, index in self._findings
            ]
        )
        hints = tuple(
            [
                Hint(rule, self._hint_state(index, taken, statuses), circumstances)
                for rule, index, taken in self._hints
            ]
        )
        return CheckResult(
            self.rule_base,
            setup,
            as_of,
            self.engine,
            derived.facts,
            derived.origins,
            findings,
            hints,
        )

    def _decide(self, record: Record) -> list[Status]:
        expected = self._compiled.outcomes(record.truths)
        if self._engine is self._compiled:
            return expected
        statuses = self._engine.decide(record.truths)
        self._cross_check(statuses, expected)
        return statuses

    def _cross_check(self, statuses: Sequence[Status], expected: Sequence[Status]) -> None:
        if list(statuses) == list(expected):
            return
        wrong = [
            decision.key
            for decision, one, two in zip(self._program.decisions, statuses, expected, strict=True)
            if one != two
        ]
        message = "Zwei Rechenwege kommen zu verschiedenen Ergebnissen; es wird kein Befund ausgegeben."
        remedy = "Bitte melden Sie diesen Fehler. Mit --engine compiled können Sie weiterarbeiten."
        raise EngineError([Problem("engines_disagree", message, found=listing(wrong), remedy=remedy)])

    def _hint_state(self, index: int, taken: int | None, statuses: Sequence[Status]) -> HintState:
        if taken is not None and statuses[taken] is Status.FULFILLED:
            return "taken"
        return "offered" if statuses[index] is Status.FULFILLED else "silent"
