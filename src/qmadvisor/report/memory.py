"""Remember what rules said: many setups leave the same things open, and what is said of them is the same.

What a rule says depends on what it reads: the setup's values, how far they were stated, and how they were
converted; further on the day, the setup's own parameters, whether it is due, and an agreed deviation. What
advice says depends on the outcomes that it reads as well. Where all that is equal, the text is taken from the
memory. It lives as long as its process and is written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from typing import Generic, TypeVar, cast

from pydantic import BaseModel

from qmadvisor.engine.advice import GivenAdvice
from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Due, Finding, Hint
from qmadvisor.language.findings import PREFIX, finding_path
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.syntax import Expression, facts_read
from qmadvisor.language.values import RecordList, Value
from qmadvisor.report.model import FindingInfo, Source
from qmadvisor.report.summary import Kind, kind_of
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.texts import PLACEHOLDER
from qmadvisor.setup.model import Setup

_Info = TypeVar("_Info", bound=BaseModel)
_What = TypeVar("_What", Finding, Hint, GivenAdvice)
#: What a text may name beside facts of a setup: a rule's outcome is looked at on its own.
_NO_FACTS = ("parameter.", f"{PREFIX}.")
#: So many entries are kept (each takes some 5 KB); then the memory begins anew.
_MOST = 6_000


@dataclass(frozen=True, slots=True)
class Said(Generic[_Info]):
    """What a rule said, the same as JSON, and how a finding counts."""

    info: _Info
    json: bytes
    kind: Kind | None = None


class Memory:
    """What the rules of one rule base said so far. Checks in other threads do not disturb it."""

    def __init__(self, rule_base: RuleBase) -> None:
        inputs = {
            **{one.id: _inputs(one.conditions, one.spec.says.values(), rule_base) for one in rule_base.rules},
            **{one.id: _inputs(one.conditions, (one.spec.says,), rule_base) for one in rule_base.advice},
        }
        facts = rule_base.knowledge.catalogue.facts
        self._unknown = {path: facts[path].unknown for paths in inputs.values() for path in paths}
        at = {path: index for index, path in enumerate(self._unknown, 1)}
        self._reads = {key: _picked([at[path] for path in paths]) for key, paths in inputs.items()}
        self._outcomes = {one.id: tuple(map(finding_path, one.reads)) for one in rule_base.advice}
        self._due: dict[str | None, Mapping[str, Due]] = {}
        self._kept = _Kept()
        #: What is the same in every check: where the guideline states each rule, and how facts are called.
        self.sources: dict[str, Source] = {}
        self.vocabulary = rule_base.vocabulary

    def recall(self, result: CheckResult) -> Recall:
        """Return what looks up the findings, hints and advice of one check."""
        if self._kept.full:
            self._kept = _Kept()
        kept, setup = self._kept, result.setup
        numbers = [kept.number((result.as_of, *sorted(setup.parameter_overrides.items())))]
        numbers += [kept.number(state) for state in _states(setup, self._unknown)]
        reads = {key: pick(numbers) for key, pick in self._reads.items()}
        for key, paths in self._outcomes.items():
            reads[key] = (reads[key], *[result.advice_facts.values.get(path) for path in paths])
        return Recall(kept.said, reads, self._due_in(result), setup.deviations)

    def _due_in(self, result: CheckResult) -> Mapping[str, Due]:
        """Whether a rule is due hangs on the phase alone: it is worked out for the first setup in that phase."""
        phase = result.setup.phase
        if phase not in self._due:
            findings = {one.rule.id: one.due for one in result.findings}
            self._due[phase] = findings | {one.rule.id: one.due for one in result.hints}
        return self._due[phase]


class _Kept:
    """What is kept until the memory begins anew: what was said, and a number for each state of an input.

    Compared are the numbers: for the states themselves that takes time, and every rule would do it again.
    """

    def __init__(self) -> None:
        self.said: dict[Hashable, Said[BaseModel]] = {}
        self._numbers: dict[Hashable, int] = {None: 0}
        self._next = count(1)  # gives no number twice, not even to two threads

    @property
    def full(self) -> bool:
        return len(self.said) > _MOST or len(self._numbers) > _MOST

    def number(self, state: Hashable) -> int:
        found = self._numbers.get(state)
        return self._numbers.setdefault(state, next(self._next)) if found is None else found


class Recall:
    """The memory, for one check: what each rule reads of it, whether it is due, and what is agreed otherwise."""

    def __init__(
        self,
        said: dict[Hashable, Said[BaseModel]],
        reads: Mapping[str, Hashable],
        due: Mapping[str, Due],
        deviations: Container[str],
    ) -> None:
        self._said = said
        self._reads = reads
        self._due = due
        self._deviations = deviations

    def finding(self, finding: Finding, say: Callable[[Finding], _Info]) -> Said[_Info]:
        """Return what was said of an equal finding, else what `say` says now."""
        key = finding.rule.id
        if key in self._deviations:
            return _said(say(finding))  # its reason is the setup's own text
        return self._take((key, finding.status, self._due[key], self._reads[key]), finding, say)

    def hint(self, hint: Hint, say: Callable[[Hint], _Info]) -> Said[_Info]:
        """Return what was said of an equal hint, else what `say` says now."""
        key = hint.rule.id
        return self._take((key, hint.state, self._due[key], self._reads[key]), hint, say)

    def advice(self, given: GivenAdvice, say: Callable[[GivenAdvice], _Info]) -> Said[_Info]:
        """Return what was said of equal advice that follows from equal findings, else what `say` says now."""
        key, behind = given.rule.id, [(one.rule.id, one.deviation_in_force) for one in given.follows_from]
        return self._take((key, given.strength, given.due, *behind, self._reads[key]), given, say)

    def _take(self, key: Hashable, what: _What, say: Callable[[_What], _Info]) -> Said[_Info]:
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = _said(say(what))
        return found  # type: ignore[return-value]  # the rule's kind decides what it says


def _picked(positions: Sequence[int]) -> Callable[[Sequence[int]], Hashable]:
    """Return what picks the numbers of a rule's inputs, with that of the day and the parameters."""
    return itemgetter(0, *positions)


def _states(setup: Setup, unknown: Mapping[str, Value]) -> Iterator[Hashable]:
    """What a setup says of each input, in a form that can be compared; None where that is nothing."""
    parts, values, stated = _parts(setup), setup.values, setup.stated
    for path, nothing in unknown.items():
        value = values[path]
        if value is nothing and path not in stated and path not in parts:
            yield None
        else:
            yield (_frozen(value), path in stated, *parts.get(path, ()))


def _parts(setup: Setup) -> Mapping[str, list[Hashable]]:
    """By fact, which of its options, fields and tasks were stated, and how its numbers were converted."""
    found: dict[str, list[Hashable]] = {}
    for subject in sorted([one for one in setup.stated if "[" in one]):
        found.setdefault(subject.partition("[")[0], []).append(subject)
    for subject, readings in setup.readings.items():
        found.setdefault(subject.partition("[")[0], []).append((subject, readings))
    return found


def _frozen(value: Value) -> Hashable:
    """Return a value in a form that can be compared with others of the same fact."""
    if isinstance(value, RecordList):
        return value.complete, *[(one.key, *map(_frozen, one.values.values())) for one in value.records]
    if isinstance(value, TaskMatrix):
        return tuple([(key, *holders.items()) for key, holders in value.holders.items()])
    return tuple(value.items()) if isinstance(value, dict) else cast("Hashable", value)


def _inputs(conditions: Iterable[Expression], texts: Iterable[str], base: RuleBase) -> tuple[str, ...]:
    """The stated facts behind a rule: those that its conditions and texts read, through what is worked out."""
    reads = {one.fact.path: one.reads for one in base.knowledge.catalogue.derivations}
    waiting = [path for condition in conditions for path in facts_read(condition)]
    waiting += [name for text in texts for name in PLACEHOLDER.findall(text)]
    seen: dict[str, None] = {}
    while waiting:
        path = waiting.pop()
        if path not in seen and not path.startswith(_NO_FACTS):
            seen[path] = None
            waiting += reads.get(path, ())
    return tuple(path for path in seen if path not in reads)


def _said(info: _Info) -> Said[_Info]:
    kind = kind_of(info) if isinstance(info, FindingInfo) else None
    return Said(info, info.model_dump_json(by_alias=True).encode(), kind)
