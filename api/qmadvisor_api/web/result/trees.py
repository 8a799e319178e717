"""The whole trace of a finding as nested lines, for lists within lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding
from qmadvisor.language.syntax import facts_read
from qmadvisor.report.explain import Explainer
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule

_MARK = re.compile(r"\[(ja|nein|offen)\] ")


@dataclass(slots=True)
class Line:
    """One condition or one step of a calculation; `mark` is ja, nein or offen, or empty."""

    text: str
    mark: str = ""
    parts: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that was worked out: its name, what came of it, and how."""

    label: str
    value: str
    how: str
    lines: tuple[Line, ...]


def nested(lines: Iterable[str]) -> tuple[Line, ...]:
    """Turn indented lines (two blanks a level) into a tree."""
    root = Line("")
    open_: list[tuple[int, Line]] = [(-1, root)]
    for text in lines:
        depth = len(text) - len(text.lstrip())
        mark = _MARK.match(text, depth)
        line = Line(text[mark.end() :] if mark else text[depth:], mark[1] if mark else "")
        while open_[-1][0] >= depth:
            open_.pop()
        open_[-1][1].parts.append(line)
        open_.append((depth, line))
    return tuple(root.parts)


def applies_tree(finding: Finding, explainer: Explainer) -> tuple[Line, ...]:
    """Where the rule applies, with every value; empty where it applies everywhere."""
    return () if finding.applies is None else nested(explainer.tree(finding.applies))


def demand_tree(finding: Finding, explainer: Explainer) -> tuple[Line, ...]:
    """What the rule demands, with every value."""
    return nested(explainer.tree(finding.demand))


def derived_facts(result: CheckResult, rule: Rule, explainer: Explainer) -> Iterator[Derived]:
    """How the worked-out facts came about that a rule reads, each before those it is made from."""
    facts = result.rule_base.knowledge.catalogue.facts
    for path in derived_behind(result.rule_base, rule):
        traced = result.origins.derived.get(path)
        yield Derived(
            label=facts[path].words.label,
            value=explainer.shown_fact(path, result.facts.values[path]),
            how=facts[path].spec.explanation,
            lines=nested(explainer.calculation_of(traced)) if traced else (),
        )


def derived_behind(base: RuleBase, rule: Rule) -> tuple[str, ...]:
    """Name the worked-out facts that a rule reads, directly or through others."""
    reads = {one.fact.path: one.reads for one in base.knowledge.catalogue.derivations}
    return tuple(path for path in _behind(base, rule) if path in reads)


def inputs_behind(base: RuleBase, rule: Rule) -> tuple[str, ...]:
    """Name the questions that a rule hangs on, directly or through worked-out facts."""
    facts = base.knowledge.catalogue.facts
    return tuple(path for path in _behind(base, rule) if path in facts and facts[path].is_input)


def _behind(base: RuleBase, rule: Rule) -> Iterator[str]:
    reads = {one.fact.path: one.reads for one in base.knowledge.catalogue.derivations}
    waiting = [path for condition in rule.conditions for path in facts_read(condition)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path not in seen:
            seen.add(path)
            waiting += reads.get(path, ())
            yield path
