"""Advice put to the test of mutation: its one condition, and its examples as judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qmadvisor.engine.check import Checker
from qmadvisor.engine.examples import advice_fault, situation_of
from qmadvisor.engine.mutation import Mutation, Subject, Traces, Verdict
from qmadvisor.errors import SetupError
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.findings import OUTCOMES, finding_path
from qmadvisor.rules.advice import AdviceCase, AdviceRule
from qmadvisor.rules.advice_loader import follows_from_facts_alone
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.settled import nothing_known


def judge_advice(rule_base: RuleBase, advice: Sequence[AdviceRule]) -> Iterator[Verdict]:
    """Put advice of a rule base to the test, one after the other."""
    checker = Checker(rule_base, "compiled")
    mutation = Mutation(
        rule_base.knowledge.catalogue,
        rule_base.vocabulary,
        _nothing_found(rule_base),
        lambda condition: follows_from_facts_alone(condition, True),
    )
    for one in advice:
        try:
            subject = subject_of(one, checker)
        except SetupError as error:
            yield Verdict(one.id, 0, faults=(str(error),))
        else:
            yield mutation.judge(subject)


def subject_of(advice: AdviceRule, checker: Checker) -> Subject:
    """Return advice ready for the test. Raises SetupError for an example that is no setup."""
    examples = [
        _Example(case, checker.facts_if(*situation_of(checker, advice, case)))
        for case in advice.spec.examples.cases
    ]
    accepted = frozenset(one.mutant for one in advice.spec.equivalent)
    return Subject(advice.id, {"when": advice.demand}, examples, accepted)


def _nothing_found(rule_base: RuleBase) -> Facts:
    """A setup that states nothing, and findings of which nothing is known."""
    nothing = nothing_known(rule_base.knowledge)
    findings = [rule.id for rule in rule_base.rules if not rule.is_hint]
    outcomes = dict.fromkeys(map(finding_path, findings), frozenset(OUTCOMES))
    return Facts({**nothing.values, **outcomes}, nothing.today, nothing.parameters)


@dataclass(frozen=True, slots=True)
class _Example:
    """An example with its facts and the outcomes of the rules."""

    case: AdviceCase
    facts: Facts

    def fault(self, traces: Traces) -> str | None:
        return advice_fault(traces["when"].value is True, self.case)
