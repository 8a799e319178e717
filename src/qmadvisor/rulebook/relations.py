"""What belongs together: which rules cite a passage, read a fact, or stand near each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from qmadvisor.language import syntax
from qmadvisor.rules.advice import AdviceRule
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule

#: How many rules with the same questions a page names; a fact's own entry names them all.
MOST_RELATED = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a rule reads: directly, or because a worked-out fact (`via`) is made from it."""

    path: str
    fields: tuple[str, ...] = ()
    via: str = ""


class Relations:
    """The links between the rules, passages and facts of a rule base, worked out once."""

    def __init__(self, base: RuleBase) -> None:
        self._derivations = {one.fact.path: one for one in base.knowledge.catalogue.derivations}
        place = {key: number for number, key in enumerate(base.knowledge.guideline.passages)}
        sections = list(base.knowledge.guideline.sections)
        #: All rules as a reader of the guideline meets them: by section, then by the first passage cited.
        self.rules: tuple[Rule, ...] = tuple(
            sorted(
                base.rules,
                key=lambda rule: (sections.index(rule.spec.section), place[rule.spec.source[0]], rule.id),
            )
        )
        self._readings = {rule.id: tuple(self._find(rule)) for rule in self.rules}
        self.citing = _by_key(self.rules, {rule.id: rule.spec.source for rule in self.rules})
        self.reading = _by_key(
            self.rules, {key: [one.path for one in found] for key, found in self._readings.items()}
        )
        #: The advice that reads the finding of a rule, and the advice that cites a passage.
        self.advising = _by_key(base.advice, {one.id: one.reads for one in base.advice})
        self.advice_citing = _by_key(base.advice, {one.id: one.spec.source for one in base.advice})

    def facts(self, rule: Rule) -> tuple[Reading, ...]:
        """Every fact that a rule reads, those in its conditions first, each once."""
        return self._readings[rule.id]

    def same_passage(self, rule: Rule) -> list[Rule]:
        """Other rules that cite one of its passages."""
        found = {other.id for key in rule.spec.source for other in self.citing.get(key, ())}
        return [other for other in self.rules if other.id in found and other is not rule]

    def same_facts(self, rule: Rule) -> list[Rule]:
        """The rules that share most facts with it; those of the same passage are named there."""
        near = {other.id for other in self.same_passage(rule)} | {rule.id}
        shared: dict[str, int] = {}
        for reading in self.facts(rule):
            for other in self.reading.get(reading.path, ()):
                shared[other.id] = shared.get(other.id, 0) + 1
        others = [other for other in self.rules if other.id in shared and other.id not in near]
        return sorted(others, key=lambda other: -shared[other.id])[:MOST_RELATED]

    def _find(self, rule: Rule) -> Iterator[Reading]:
        fields: dict[str, dict[str, None]] = {}
        origins: dict[str, str] = {}
        for condition in rule.conditions:
            self._collect(condition, "", fields, origins)
        waiting = list(origins)
        while waiting:
            path = waiting.pop(0)
            derivation = self._derivations.get(path)
            if derivation is None:
                continue
            before = set(origins)
            if derivation.expression is not None:
                self._collect(derivation.expression, path, fields, origins)
            for read in derivation.reads:
                origins.setdefault(read, path)
            waiting += [read for read in origins if read not in before]
        for path, via in origins.items():
            yield Reading(path, tuple(fields.get(path, ())), via)

    def _collect(
        self,
        node: syntax.Expression,
        via: str,
        fields: dict[str, dict[str, None]],
        origins: dict[str, str],
    ) -> None:
        for path in syntax.facts_read(node):
            origins.setdefault(path, via)
        for part in syntax.walk(node):
            if isinstance(part, syntax.Field):
                fields.setdefault(part.list, {})[part.name] = None


_Any = TypeVar("_Any", Rule, AdviceRule)


def _by_key(rules: Sequence[_Any], keys: Mapping[str, Sequence[str]]) -> dict[str, tuple[_Any, ...]]:
    """Turn "what each rule has" round to "which rules have it"."""
    found: dict[str, dict[str, _Any]] = {}
    for rule in rules:
        for key in keys[rule.id]:
            found.setdefault(key, {})[rule.id] = rule
    return {key: tuple(those.values()) for key, those in found.items()}
