"""Check a setup against a rule base: evaluate, decide, cross-check, explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import Engine, Status
from qmadvisor.engine.program import TAKEN, build_program
from qmadvisor.errors import EngineError, Problem, listing
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.reasons import Origins, Reason, why_open
from qmadvisor.language.trace import Trace
from qmadvisor.language.values import Truth
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import PHASE_ORDER, Rule
from qmadvisor.setup.derive import derive
from qmadvisor.setup.model import Deviation, Setup

EngineName = Literal["auto", "durable", "compiled"]
Due = Literal["now", "later"]
HintState = Literal["offered", "taken", "silent"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one setup, with the traces that show why."""

    rule: Rule
    status: Status
    applies: Trace | None
    demand: Trace
    reasons: tuple[Reason, ...]
    due: Due
    switched_off: bool
    deviation: Deviation | None
    deviation_in_force: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that is worth showing, or `silent`."""

    rule: Rule
    state: HintState
    due: Due


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
        self._compiled = CompiledEngine(self._program.decisions)
        self._engine = self._choose(engine)
        self._positions = {decision.key: index for index, decision in enumerate(self._program.decisions)}

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
        atoms = self._program.evaluate(derived.facts)
        statuses = self._decide([cast("Truth", atom.value) for atom in atoms])
        context = _Context(setup, as_of, derived.facts, derived.origins, honour_deviations)
        findings, hints = [], []
        for rule in self.rule_base.rules:
            index = self._positions[rule.id]
            if rule.is_hint:
                hints.append(Hint(rule, self._hint_state(rule, index, statuses), context.due(rule)))
            else:
                applies, demand = self._program.traces(index, atoms)
                findings.append(context.finding(rule, statuses[index], applies, demand))
        return CheckResult(
            self.rule_base,
            setup,
            as_of,
            self.engine,
            derived.facts,
            derived.origins,
            tuple(findings),
            tuple(hints),
        )

    def _decide(self, truths: Sequence[Truth]) -> list[Status]:
        statuses = self._engine.decide(truths)
        if self._engine is not self._compiled:
            self._cross_check(statuses, self._compiled.decide(truths))
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

    def _hint_state(self, rule: Rule, index: int, statuses: Sequence[Status]) -> HintState:
        if rule.taken is not None and statuses[self._positions[rule.id + TAKEN]] is Status.FULFILLED:
            return "taken"
        return "offered" if statuses[index] is Status.FULFILLED else "silent"


@dataclass(frozen=True, slots=True)
class _Context:
    """What all findings of one check share."""

    setup: Setup
    as_of: date
    facts: Facts
    origins: Origins
    honour_deviations: bool

    def finding(self, rule: Rule, status: Status, applies: Trace | None, demand: Trace) -> Finding:
        deviation = self.setup.deviations.get(rule.id)
        return Finding(
            rule,
            status,
            applies,
            demand,
            self.reasons(applies, demand) if status is Status.OPEN else (),
            self.due(rule),
            bool(rule.spec.parameter) and not self.facts.parameters[rule.spec.parameter].values,
            deviation,
            deviation is not None and self.honour_deviations and self.in_force(deviation),
        )

    def reasons(self, applies: Trace | None, demand: Trace) -> tuple[Reason, ...]:
        """Facts of `applies` come first: they decide whether the rest matters at all."""
        return why_open([trace for trace in (applies, demand) if trace is not None], self.origins)

    def due(self, rule: Rule) -> Due:
        """Without a stated phase everything is shown as due: nothing may hide behind a missing answer."""
        if self.setup.phase is None:
            return "now"
        return (
            "now" if PHASE_ORDER.index(rule.spec.due_from) <= PHASE_ORDER.index(self.setup.phase) else "later"
        )

    def in_force(self, deviation: Deviation) -> bool:
        """An agreement that has run out no longer excuses anything."""
        return deviation.until is None or self.as_of <= deviation.until
