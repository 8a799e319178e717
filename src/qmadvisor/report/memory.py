"""Remember what rules said: many setups leave the same things open, and what is said of them is the same.

What a rule says depends on what it reads: the setup's values, and how they were converted; further on the day, the
setup's own parameters, whether it is due, and an agreed deviation. What advice says depends on the outcomes that it
reads as well. Where all that is equal, the text is taken from the memory. It lives as long as its process and is
written nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from qmadvisor.engine.advice import GivenAdvice
from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Due, Finding, Hint
from qmadvisor.language.findings import finding_path
from qmadvisor.report.inputs import inputs_of, states
from qmadvisor.report.model import FindingInfo, Source
from qmadvisor.report.summary import Kind, kind_of
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule

_Info = TypeVar("_Info", bound=BaseModel)
_What = TypeVar("_What", Finding, Hint, GivenAdvice)
#: So many entries are kept (each takes some 5 KB); then the memory begins anew.
_MOST = 6_000
#: And so many chapters (some 20 KB).
_MOST_CHAPTERS = 600


@dataclass(frozen=True, slots=True)
class Said(Generic[_Info]):
    """What a rule said, and the same as JSON."""

    info: _Info
    json: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """What all rules of a section said: the findings as JSON, with commas between them, and how they count."""

    json: bytes
    kinds: Sequence[tuple[Kind, int]]


class Memory:
    """What the rules of one rule base said so far. Checks in other threads do not disturb it."""

    def __init__(self, rule_base: RuleBase) -> None:
        inputs = {
            **{
                one.id: inputs_of(one.conditions, one.spec.says.values(), rule_base)
                for one in rule_base.rules
            },
            **{one.id: inputs_of(one.conditions, (one.spec.says,), rule_base) for one in rule_base.advice},
        }
        facts = rule_base.knowledge.catalogue.facts
        self._unknown = {path: facts[path].unknown for paths in inputs.values() for path in paths}
        at = {path: index for index, path in enumerate(self._unknown, 1)}
        self.reads = {key: _picked([at[path] for path in paths]) for key, paths in inputs.items()}
        self.sections = [
            (part, _picked(sorted({at[path] for rule in rules for path in inputs[rule.id]})))
            for part, rules in _by_section([rule for rule in rule_base.rules if not rule.is_hint])
        ]
        self.outcomes = {one.id: tuple(map(finding_path, one.reads)) for one in rule_base.advice}
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
        numbers += [kept.number(state) for state in states(setup, self._unknown)]
        return Recall(self, kept, result, numbers)

    def due_in(self, result: CheckResult) -> Mapping[str, Due]:
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
        self.chapters: dict[Hashable, Chapter] = {}
        self._numbers: dict[Hashable, int] = {None: 0}
        self._next = count(1)  # gives no number twice, not even to two threads

    @property
    def full(self) -> bool:
        many = len(self.said) > _MOST or len(self._numbers) > _MOST
        return many or len(self.chapters) > _MOST_CHAPTERS

    def number(self, state: Hashable) -> int:
        found = self._numbers.get(state)
        return self._numbers.setdefault(state, next(self._next)) if found is None else found


class Recall:
    """The memory, for one check."""

    def __init__(self, memory: Memory, kept: _Kept, result: CheckResult, numbers: Sequence[int]) -> None:
        self._memory = memory
        self._kept = kept
        self._result = result
        self._numbers = numbers
        self._due = memory.due_in(result)

    def chapters(self, say: Callable[[Finding], FindingInfo]) -> Iterator[Chapter]:
        """Yield what was said of all findings, section by section; whoever changes one answer changes few of them."""
        setup, known = self._result.setup, self._kept.chapters
        for part, reads in self._memory.sections:
            findings = self._result.findings[part]
            if setup.deviations and any(one.rule.id in setup.deviations for one in findings):
                yield _chapter([self.finding(one, say) for one in findings])
                continue
            statuses = tuple([one.status for one in findings])
            key = (part.start, setup.phase, statuses, reads(self._numbers))
            if key not in known:
                known[key] = _chapter([self.finding(one, say) for one in findings])
            yield known[key]

    def finding(self, finding: Finding, say: Callable[[Finding], _Info]) -> Said[_Info]:
        """Return what was said of an equal finding, else what `say` says now."""
        if finding.deviation is not None:
            return _said(say(finding))  # its reason is the setup's own text
        return self._take((finding.rule.id, finding.status), finding, say)

    def hint(self, hint: Hint, say: Callable[[Hint], _Info]) -> Said[_Info]:
        """Return what was said of an equal hint, else what `say` says now."""
        return self._take((hint.rule.id, hint.state), hint, say)

    def advice(self, given: GivenAdvice, say: Callable[[GivenAdvice], _Info]) -> Said[_Info]:
        """Return what was said of equal advice that follows from equal findings, else what `say` says now."""
        behind = [(one.rule.id, one.deviation_in_force) for one in given.follows_from]
        outcomes = [self._result.advice_facts.values[path] for path in self._memory.outcomes[given.rule.id]]
        return self._take((given.rule.id, given.strength, given.due, *behind, *outcomes), given, say)

    def _take(self, start: tuple[Any, ...], what: _What, say: Callable[[_What], _Info]) -> Said[_Info]:
        """Look up by the rule's id, what is added to it, whether it is due, and all that it reads."""
        rule = start[0]
        key = (*start, self._due.get(rule), self._memory.reads[rule](self._numbers))
        found = self._kept.said.get(key)
        if found is None:
            found = self._kept.said[key] = _said(say(what))
        return found  # type: ignore[return-value]  # the rule's kind decides what it says


def _by_section(rules: Sequence[Rule]) -> Iterator[tuple[slice, Sequence[Rule]]]:
    """Yield the rules of each section, and where they stand among all."""
    start = 0
    for _, group in groupby(rules, lambda rule: rule.spec.section):
        found = list(group)
        yield slice(start, start + len(found)), found
        start += len(found)


def _picked(positions: Sequence[int]) -> Callable[[Sequence[int]], Hashable]:
    """Return what picks the numbers of a rule's inputs, with that of the day and the parameters."""
    return itemgetter(0, *positions)


def _said(info: _Info) -> Said[_Info]:
    return Said(info, info.model_dump_json(by_alias=True).encode())


def _chapter(said: Sequence[Said[FindingInfo]]) -> Chapter:
    return Chapter(
        b",".join([one.json for one in said]), tuple(Counter([kind_of(one.info) for one in said]).items())
    )
