"""Choose the questions of the quick check: those that settle the most of what the guideline demands.

A greedy choice over example plans, which counts the muss and soll findings that are due in the plan's phase. In
each step every question, and every set of questions that some such rule reads, is tried; the one wins that
settles, in all plans together, the most findings per question that it adds. A plan is asked only what was chosen
so far, so a question whose answer matters only after another one is worth nothing without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from qmadvisor.engine.check import Checker
from qmadvisor.engine.formula import Status
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language import syntax
from qmadvisor.language.values import Record, RecordList, Value
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule
from qmadvisor.setup.model import Setup

#: How many questions a quick check may have.
FEWEST, MOST = 20, 25
_DEMANDED = ("muss", "soll")
_SETTLED = (Status.FULFILLED, Status.VIOLATED)


@dataclass(frozen=True, slots=True)
class Choice:
    """The questions of one step, in the order of the catalogue, and how many findings are settled with it."""

    questions: tuple[str, ...]
    settled: int


def choose_questions(rule_base: RuleBase, setups: Sequence[Setup], as_of: date) -> list[Choice]:
    """Return the steps of the choice. A question is a fact's path; a field of a list is `list.field`."""
    rules = tuple(rule for rule in rule_base.rules if rule.spec.strength in _DEMANDED)
    chooser = _Chooser(Checker(replace(rule_base, rules=rules), "compiled"), setups, as_of)
    catalogue = rule_base.knowledge.catalogue
    order = list(_all_questions(catalogue))
    read = [frozenset(questions_read(rule, catalogue)) for rule in rules]
    alone = [frozenset([question]) for question in order]  # one of several that a fact is worked out from
    offers = [offer for offer in dict.fromkeys([*read, *alone]) if offer.issubset(order)]
    chosen: frozenset[str] = frozenset()
    steps: list[Choice] = []
    while True:
        fitting = [offer for offer in offers if offer - chosen and len(offer | chosen) <= MOST]
        best = max(fitting, key=lambda offer: chooser.worth(chosen, offer), default=None)
        if best is None or not chooser.worth(chosen, best):
            return steps
        added = tuple(sorted(best - chosen, key=order.index))
        chosen |= best
        steps.append(Choice(added, chooser.settled(chosen)))


def marked_questions(catalogue: Catalogue) -> set[str]:
    """Return the questions that the catalogue marks as those of the quick check."""
    found = {fact.path for fact in catalogue.inputs if fact.spec.quick}
    fields = ((fact.path, key) for fact in catalogue.inputs for key in fact.fields)
    return found | {f"{path}.{key}" for path, key in fields if catalogue.facts[path].fields[key].spec.quick}


def questions_read(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    """Yield every question that a rule rests on, through derived facts; a list comes with the fields read."""
    derivations = {derivation.fact.path: derivation for derivation in catalogue.derivations}
    waiting: list[syntax.Expression] = list(rule.conditions)
    reached: list[str] = []
    while waiting or reached:
        if waiting:
            condition = waiting.pop()
            yield from (
                f"{node.list}.{node.name}"
                for node in syntax.walk(condition)
                if isinstance(node, syntax.Field)
            )
            reached += syntax.facts_read(condition)
            continue
        path = reached.pop()
        derivation = derivations.get(path)
        if derivation is None:
            yield path
        elif derivation.expression is not None:
            waiting.append(derivation.expression)
        else:
            reached += derivation.reads


def _all_questions(catalogue: Catalogue) -> Iterator[str]:
    """Every question but those that take hours: who has which task."""
    for fact in catalogue.inputs:
        if fact.kind == "task_matrix":
            continue
        yield fact.path
        yield from (f"{fact.path}.{key}" for key in fact.fields)


class _Chooser:
    """Counts what is settled when only some questions are asked.

    What becomes of a finding depends on the questions that its rule reads, so it is kept for these: most sets of
    questions differ from those tried before in what no more than a few rules read.
    """

    def __init__(self, checker: Checker, setups: Sequence[Setup], as_of: date) -> None:
        self.checker = checker
        self.setups = setups
        self.as_of = as_of
        catalogue = checker.rule_base.knowledge.catalogue
        self.reads = [frozenset(questions_read(rule, catalogue)) for rule in checker.rule_base.rules]
        questions = [*_all_questions(catalogue)]
        self.answers = [
            frozenset([question for question in questions if self.answered(setup, question)])
            for setup in setups
        ]
        self.known: list[dict[tuple[int, frozenset[str]], bool]] = [{} for _ in setups]
        self.counted: list[dict[frozenset[str], int]] = [{} for _ in setups]

    def worth(self, chosen: frozenset[str], offer: frozenset[str]) -> Fraction:
        """How many findings more are settled, for each question that is added."""
        more = self.settled(chosen | offer) - self.settled(chosen)
        return Fraction(more, len(offer - chosen))

    def settled(self, asked: frozenset[str]) -> int:
        """How many findings of all plans are settled when only this is asked."""
        return sum(self.settled_in(number, asked) for number in range(len(self.setups)))

    def settled_in(self, number: int, asked: frozenset[str]) -> int:
        """How many findings of one plan are settled; what it does not answer is as if it was not asked."""
        answered, counted = asked & self.answers[number], self.counted[number]
        if answered not in counted:
            counted[answered] = self.count(number, answered)
        return counted[answered]

    def count(self, number: int, answered: frozenset[str]) -> int:
        known = self.known[number]
        keys = [(rule, answered & read) for rule, read in enumerate(self.reads)]
        if any(key not in known for key in keys):
            result = self.checker.check(self.asked_only(self.setups[number], answered), self.as_of)
            for key, finding in zip(keys, result.findings, strict=True):
                known[key] = finding.status in _SETTLED and finding.due == "now"
        return sum(known[key] for key in keys)

    def answered(self, setup: Setup, question: str) -> bool:
        """Tell whether a plan answers a question: another way to ask it nothing is not to ask."""
        facts = self.checker.rule_base.knowledge.catalogue.facts
        if question in facts:
            return bool(setup.values[question] != facts[question].unknown)
        path, _, _ = question.rpartition(".")
        return setup.values[path] != facts[path].unknown

    def asked_only(self, setup: Setup, asked: Collection[str]) -> Setup:
        """The plan as it would be if nobody had asked anything else."""
        facts = self.checker.rule_base.knowledge.catalogue.facts
        values: dict[str, Value] = {}
        for path, value in setup.values.items():
            if path not in asked:
                values[path] = facts[path].unknown
            elif isinstance(value, RecordList):
                fields = facts[path].fields
                unknown = {
                    key: field.unknown for key, field in fields.items() if f"{path}.{key}" not in asked
                }
                values[path] = _without(value, unknown)
            else:
                values[path] = value
        return replace(setup, values=values)


def _without(known: RecordList, unknown: Mapping[str, Value]) -> RecordList:
    records = [Record(record.key, {**record.values, **unknown}) for record in known.records]
    return RecordList(tuple(records), known.complete)
