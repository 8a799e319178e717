"""Check a setup against a rule base: evaluate, decide, cross-check, explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Literal

from qmadvisor.engine.advice import Advisor, Counsel, GivenAdvice
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.finding import Circumstances, Finding, Hint, hint_state
from qmadvisor.engine.formula import Engine, Status
from qmadvisor.engine.program import TAKEN, Program, build_program
from qmadvisor.engine.stratum import Stratum
from qmadvisor.errors import EngineError, Problem
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.reasons import Origins
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.derive import derive
from qmadvisor.setup.model import Setup

EngineName = Literal["auto", "durable", "compiled"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings and hints of one check in the guideline's order, and what several findings together mean."""

    rule_base: RuleBase
    setup: Setup
    as_of: date
    engine: str
    facts: Facts
    origins: Origins
    findings: tuple[Finding, ...]
    hints: tuple[Hint, ...]
    counsel: Counsel

    @property
    def advice(self) -> tuple[GivenAdvice, ...]:
        """What several findings together mean; the strongest, due, earliest and easiest first."""
        return self.counsel.advice

    @property
    def advice_facts(self) -> Facts:
        """What the advice was decided on: the facts, and the outcomes of the rules that it reads."""
        return self.counsel.facts


class Checker:
    """A rule base ready to check setups; build it once, use it from any thread."""

    def __init__(self, rule_base: RuleBase, engine: EngineName = "auto") -> None:
        self.rule_base = rule_base
        self._program = build_program(rule_base.rules)
        self._stratum = Stratum(self._program, _chosen(self._program, engine))
        self._advisor = Advisor(rule_base, lambda program: Stratum(program, _chosen(program, engine)))
        at = {decision.key: index for index, decision in enumerate(self._program.decisions)}
        rules = rule_base.rules
        self._rules = [rule for rule in rules if not rule.is_hint]
        self._at = [at[rule.id] for rule in self._rules]
        self._ids = [rule.id for rule in self._rules]
        self._layouts = [self._program.layouts[index] for index in self._at]
        self._hints = [
            (rule, [at[key] for key in (rule.id, rule.id + TAKEN) if key in at])
            for rule in rules
            if rule.is_hint
        ]

    @property
    def engine(self) -> str:
        """The name of the engine that speaks."""
        return self._stratum.engine

    def close(self) -> None:
        """Free what the engine holds; whoever loads rules anew in one process closes the old checker."""
        self._stratum.close()
        self._advisor.close()

    def check(self, setup: Setup, as_of: date, *, honour_deviations: bool = True) -> CheckResult:
        """Return all findings and hints. Raises SetupError for contradictions, EngineError where engines fail."""
        derived = derive(setup, self.rule_base.knowledge, as_of)
        record = self._program.evaluate(derived.facts)
        statuses = self._stratum.decide(record)
        circumstances = Circumstances(setup, as_of, derived, record, honour_deviations)
        found = [statuses[index] for index in self._at]
        findings = tuple(map(Finding, self._rules, self._layouts, found, repeat(circumstances)))
        hints = tuple(
            [
                Hint(rule, hint_state([statuses[index] for index in indexes]), circumstances)
                for rule, indexes in self._hints
            ]
        )
        advice_facts = self._advisor.facts(derived.facts, dict(zip(self._ids, found, strict=True)))
        return CheckResult(
            self.rule_base,
            setup,
            as_of,
            self.engine,
            derived.facts,
            derived.origins,
            findings,
            hints,
            self._advisor.counsel(advice_facts, findings),
        )

    def advice_if(self, result: CheckResult, outcomes: Mapping[str, Status]) -> set[str]:
        """Return the ids of the advice that would hold if some rules of a check had come out otherwise."""
        return self._advisor.holding(self.facts_if(result, outcomes))

    def facts_if(self, result: CheckResult, outcomes: Mapping[str, Status]) -> Facts:
        """Return what advice would read if some rules of a check had come out otherwise."""
        found = {finding.rule.id: finding.status for finding in result.findings}
        return self._advisor.facts(result.facts, {**found, **outcomes})


def _chosen(program: Program, engine: EngineName) -> Engine | None:
    """Return the engine on durable_rules, or None where the compiled one is to speak."""
    if engine == "compiled" or (engine == "auto" and not durable_available()):
        return None
    if not durable_available():
        message = "durable_rules lässt sich mit dieser Python-Version nicht laden."
        remedy = "Nutzen Sie --engine compiled, oder Python 3.11 oder 3.12."
        raise EngineError([Problem("engine_unavailable", message, remedy=remedy)])
    from qmadvisor.engine.durable import DurableEngine  # compiled C code, loaded only where it is used

    return DurableEngine(program.decisions)
