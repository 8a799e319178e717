"""Rules put to the test of mutation: their conditions by role, and their examples as judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qmadvisor.engine.compiled import status_of
from qmadvisor.engine.examples import day_of, finding_fault, hint_fault, read_example
from qmadvisor.engine.finding import HintState
from qmadvisor.engine.mutation import Conditions, Mutation, Subject, Traces, Verdict
from qmadvisor.errors import SetupError
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.kleene import negation
from qmadvisor.language.reasons import why_open
from qmadvisor.language.values import Truth
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Case, Rule
from qmadvisor.rules.settled import nothing_known
from qmadvisor.setup.derive import Derived, derive


def judge_rules(rule_base: RuleBase, rules: Sequence[Rule]) -> Iterator[Verdict]:
    """Put rules of a rule base to the test, one after the other."""
    knowledge = rule_base.knowledge
    catalogue = knowledge.catalogue
    mutation = Mutation(catalogue, catalogue.vocabulary, nothing_known(knowledge))
    for rule in rules:
        try:
            subject = subject_of(rule, knowledge)
        except SetupError as error:
            yield Verdict(rule.id, 0, faults=(str(error),))
        else:
            yield mutation.judge(subject)


def subject_of(rule: Rule, knowledge: Knowledge) -> Subject:
    """Return a rule ready for the test. Raises SetupError for an example that is no setup."""
    kind = _HintExample if rule.is_hint else _FindingExample
    needed = _needed(rule, knowledge)
    examples = [
        kind(case, derive(read_example(rule, case, knowledge), needed, day_of(case)))
        for case in rule.spec.examples.cases
    ]
    accepted = frozenset(one.mutant for one in rule.spec.equivalent)
    return Subject(rule.id, _conditions(rule), examples, accepted)


def _needed(rule: Rule, knowledge: Knowledge) -> Knowledge:
    """Facts that the rule does not read need not be worked out: that would take most of the time."""
    catalogue = knowledge.catalogue
    needed = replace(catalogue, derivations=catalogue.derivations_behind(rule.facts_read))
    return replace(knowledge, catalogue=needed)


def _conditions(rule: Rule) -> Conditions:
    found = {} if rule.applies is None else {"applies": rule.applies}
    if rule.is_hint:
        found["offer_when"] = rule.demand
    elif rule.spec.avoid and isinstance(rule.demand, syntax.Not):
        found["avoid"] = rule.demand.item
    else:
        found["requires"] = rule.demand
    return found if rule.taken is None else {**found, "taken_when": rule.taken}


@dataclass(frozen=True, slots=True)
class _Example:
    """An example with all that can be worked out before its conditions are."""

    case: Case
    derived: Derived

    @property
    def facts(self) -> Facts:
        return self.derived.facts


#: The roles of a finding's conditions: reasons of `applies` come first.
_ROLES = ("applies", "requires", "avoid")


class _FindingExample(_Example):
    __slots__ = ()

    def fault(self, traces: Traces) -> str | None:
        applies = traces["applies"].value if "applies" in traces else True
        demand = traces["requires"].value if "requires" in traces else negation(_truth(traces["avoid"].value))
        status = status_of(_truth(applies), _truth(demand))
        asked = [traces[role] for role in _ROLES if role in traces]
        return finding_fault(status, lambda: why_open(asked, self.derived.origins), self.case)


class _HintExample(_Example):
    __slots__ = ()

    def fault(self, traces: Traces) -> str | None:
        state: HintState = "offered" if traces["offer_when"].value is True else "silent"
        if "taken_when" in traces and traces["taken_when"].value is True:
            state = "taken"
        return hint_fault(state, self.case)


def _truth(value: object) -> Truth:
    return value if isinstance(value, bool) else None
