"""One finding or hint told in full: what the rule asks, and every condition with its value."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding, Hint
from qmadvisor.language.evaluate import evaluate
from qmadvisor.language.syntax import facts_read
from qmadvisor.report import words
from qmadvisor.report.build import (
    advice_info,
    cited_source,
    explainer_for,
    finding_info,
    hint_info,
    source_of,
)
from qmadvisor.report.model import FindingInfo, Source
from qmadvisor.rules.advice import INSIGHTS, AdviceRule

_WIDTH = 100
_HINT = {"offered": "Möglichkeit", "taken": "genutzt", "silent": "nicht angezeigt"}


def narrate(result: CheckResult, rule_id: str) -> str:
    """Tell how one rule or advice came to its outcome, as indented German text. Raises KeyError for an unknown id."""
    for finding in result.findings:
        if finding.rule.id == rule_id:
            return "\n".join(_finding(result, finding)) + "\n"
    for hint in result.hints:
        if hint.rule.id == rule_id:
            return "\n".join(_hint(result, hint)) + "\n"
    for advice in result.rule_base.advice:
        if advice.id == rule_id:
            return "\n".join(_advice(result, advice)) + "\n"
    raise KeyError(rule_id)


def _finding(result: CheckResult, finding: Finding) -> Iterator[str]:
    info = finding_info(result, finding)
    explainer = explainer_for(result)
    status = f"{words.SYMBOL[info.status]} {words.STATUS[info.status]}"
    hedge = f" ({words.HEDGE[info.hedge]})" if info.hedge else ""
    yield f"{info.title} [{info.rule}]"
    yield f"{status} · {info.strength}{hedge}, Wortlaut „{info.wording}“"
    yield from _wrap(info.message, "")
    if finding.applies is not None:
        yield from _tree("Betrifft diese Planung, wenn:", explainer.tree(finding.applies, 1))
    yield from _tree("Erfüllt, wenn:", explainer.tree(finding.demand, 1))
    yield from _worked_out(result, finding)
    yield from _closing(info)


def _closing(info: FindingInfo) -> Iterator[str]:
    for reason in info.open_because:
        yield from _wrap(f"Offen: {reason.text}", "")
    for reading in info.readings:
        yield from _wrap(f"Rechnung: {reading.text}", "")
    if info.interpretation:
        yield from _wrap(f"Unsere Lesart: {info.interpretation}", "")
    if info.advice:
        yield from _wrap(f"Vorschlag: {info.advice.text}", "")
    if info.deviation:
        yield from _wrap(words.deviation(info.deviation), "")
    yield from _grounds(info.notes, info.source)


def _grounds(notes: Sequence[str], source: Source) -> Iterator[str]:
    for note in notes:
        yield from _wrap(f"Hinweis: {note}", "")
    yield from _wrap(f"Quelle: {source.document}, {source.section}, {words.cited(source)}", "")


def _tree(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from _lines(lines)


def _lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(line, _WIDTH, subsequent_indent=indent + "    ", break_on_hyphens=False)


def _worked_out(result: CheckResult, told: Finding | Hint) -> Iterator[str]:
    """How the worked-out facts came about that it reads."""
    explainer = explainer_for(result)
    for path in _derived(result, told):
        term = explainer.german.vocabulary.facts[path].words
        known = explainer.shown_fact(path, result.facts.values[path])
        yield from _wrap(f"„{term.label}“ ist errechnet ({known}): {_how(result, path)}", "")
        if path in result.origins.derived:
            yield from _lines(explainer.calculation_of(result.origins.derived[path]))


def _derived(result: CheckResult, told: Finding | Hint) -> Iterator[str]:
    """The worked-out facts that it reads, each before those it is made from."""
    reads = {one.fact.path: one.reads for one in result.rule_base.knowledge.catalogue.derivations}
    waiting = [path for condition in told.rule.conditions for path in facts_read(condition)]
    seen: dict[str, None] = {}
    while waiting:
        path = waiting.pop(0)
        if path in reads and path not in seen:
            seen[path] = None
            waiting += reads[path]
    yield from seen


def _how(result: CheckResult, path: str) -> str:
    return result.rule_base.knowledge.catalogue.facts[path].spec.explanation


def _hint(result: CheckResult, hint: Hint) -> Iterator[str]:
    explainer = explainer_for(result)
    spec = hint.rule.spec
    shown = hint_info(result, hint)
    yield f"{spec.title} [{spec.id}]"
    yield f"Hinweis, Wortlaut „{spec.wording}“: {_HINT[hint.state]}"
    if shown:
        yield from _wrap(shown.message, "")
    yield from _tree("Wird gezeigt, wenn:", explainer.tree(evaluate(hint.rule.demand, result.facts), 1))
    if hint.rule.taken is not None:
        yield from _tree(
            "Gilt als genutzt, wenn:", explainer.tree(evaluate(hint.rule.taken, result.facts), 1)
        )
    yield from _worked_out(result, hint)
    yield from _grounds(spec.notes, source_of(result.rule_base.knowledge.guideline, hint.rule))


def _advice(result: CheckResult, advice: AdviceRule) -> Iterator[str]:
    """What several findings together mean, also where it does not hold, with the outcome of each."""
    spec = advice.spec
    shown = advice_info(result, spec.id)
    yield f"{spec.title} [{spec.id}]"
    if shown is None:
        yield f"Ratschlag ({INSIGHTS[spec.kind]}): nicht angezeigt"
    else:
        yield f"Ratschlag ({INSIGHTS[spec.kind]}) · {shown.strength}"
        yield from _wrap(shown.message, "")
        yield from _wrap(f"Folgt aus: {words.follows_from(shown.follows_from)}", "")
    trace = evaluate(advice.demand, result.advice_facts)
    yield from _tree("Wird gezeigt, wenn:", explainer_for(result).tree(trace, 1))
    if shown is not None:
        yield from _wrap(f"Vorschlag: {shown.text}", "")
    for note in spec.notes:
        yield from _wrap(f"Hinweis: {note}", "")
    if spec.source:
        source = cited_source(result.rule_base.knowledge.guideline, spec.source)
        yield from _wrap(f"Quelle: {source.document}, {source.section}, {words.cited(source)}", "")


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
