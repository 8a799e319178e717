"""Remember what rules said: many setups leave the same things open, and what is said of them is the same.

What a rule says depends on what it reads: the setup's values, how far they were stated, and how they were
converted; further on the day, the setup's own parameters, whether it is due, and an agreed deviation. Where
all that is equal, the text is taken from the memory. It lives as long as its process and is written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding, Hint
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.syntax import facts_read
from qmadvisor.language.values import RecordList, Value
from qmadvisor.report.model import Source
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule
from qmadvisor.rules.texts import PLACEHOLDER
from qmadvisor.setup.model import Setup

_Info = TypeVar("_Info", bound=BaseModel)
#: So many entries are kept (each takes some 5 KB); then the memory begins anew.
_MOST = 6_000


@dataclass(frozen=True, slots=True)
class Said(Generic[_Info]):
    """What a rule said, and the same as JSON."""

    info: _Info
    json: bytes


class Memory:
    """What the rules of one rule base said so far. Checks in other threads do not disturb it."""

    def __init__(self, rule_base: RuleBase) -> None:
        self._reads = {rule.id: tuple(_inputs(rule, rule_base)) for rule in rule_base.rules}
        self._inputs = tuple(dict.fromkeys(path for paths in self._reads.values() for path in paths))
        self._said: dict[Hashable, Said[BaseModel]] = {}
        #: What is the same in every check: where the guideline states each rule, and how facts are called.
        self.sources: dict[str, Source] = {}
        self.vocabulary = rule_base.vocabulary

    def recall(self, result: CheckResult) -> Recall:
        """Return what looks up the findings and hints of one check."""
        if len(self._said) > _MOST:
            self._said = {}
        return Recall(self._said, self._reads, _Circumstances(result, self._inputs))


class Recall:
    """The memory, for one check."""

    def __init__(
        self,
        said: dict[Hashable, Said[BaseModel]],
        reads: Mapping[str, tuple[str, ...]],
        circumstances: _Circumstances,
    ) -> None:
        self._said = said
        self._reads = reads
        self._circumstances = circumstances

    def finding(self, finding: Finding, say: Callable[[Finding], _Info]) -> Said[_Info]:
        """Return what was said of an equal finding, else what `say` says now."""
        if finding.deviation is not None:
            return _said(say(finding))  # its reason is the setup's own text
        return self._take((finding.rule.id, finding.status, finding.due), finding, say)

    def hint(self, hint: Hint, say: Callable[[Hint], _Info]) -> Said[_Info]:
        """Return what was said of an equal hint, else what `say` says now."""
        return self._take((hint.rule.id, hint.state, hint.due), hint, say)

    def _take(self, start: Hashable, what: Finding | Hint, say: Callable[..., _Info]) -> Said[_Info]:
        key = (start, self._circumstances.of(self._reads[what.rule.id]))
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = _said(say(what))
        return found  # type: ignore[return-value]  # the rule's kind decides what it says


class _Circumstances:
    """What one check makes of the inputs, in a form that can be compared."""

    def __init__(self, result: CheckResult, inputs: tuple[str, ...]) -> None:
        setup = result.setup
        stated = _by_fact(setup)
        overrides = tuple(sorted(setup.parameter_overrides.items()))
        self._check = (result.as_of, overrides)
        self._known: dict[str, Hashable] = {
            path: (_frozen(setup.values[path]), *stated.get(path, ())) for path in inputs
        }

    def of(self, paths: tuple[str, ...]) -> Hashable:
        """Return everything that a rule with these inputs can say something about."""
        return (self._check, *[self._known[path] for path in paths])


def _by_fact(setup: Setup) -> dict[str, list[Hashable]]:
    """What was stated of each fact (options and fields included), and how it was converted."""
    found: dict[str, list[Hashable]] = {}
    for subject in sorted(setup.stated):
        found.setdefault(subject.partition("[")[0], []).append(subject)
    for subject, readings in setup.readings.items():
        found.setdefault(subject.partition("[")[0], []).append((subject, readings))
    return found


def _frozen(value: Value) -> Hashable:
    """Return a value in a form that can be compared; a truth must not look like the number 1."""
    match value:
        case bool() | None:
            return ("truth", value)
        case RecordList():
            records = [(one.key, *map(_frozen, one.values.values())) for one in value.records]
            return ("list", value.complete, *records)
        case TaskMatrix():
            return tuple((key, tuple(holders.items())) for key, holders in value.holders.items())
        case Mapping():
            return tuple(value.items())
        case _:
            return value


def _inputs(rule: Rule, base: RuleBase) -> Iterator[str]:
    """The stated facts behind a rule: those that its conditions and texts read, through what is worked out."""
    reads = {one.fact.path: one.reads for one in base.knowledge.catalogue.derivations}
    waiting = [path for condition in rule.conditions for path in facts_read(condition)]
    waiting += [name for text in rule.spec.says.values() for name in PLACEHOLDER.findall(text)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("parameter."):
            continue
        seen.add(path)
        if path in reads:
            waiting += reads[path]
        else:
            yield path


def _said(info: _Info) -> Said[_Info]:
    return Said(info, info.model_dump_json(by_alias=True).encode())
