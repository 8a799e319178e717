"""Several versions of one plan side by side: which answers differ, and what that does to the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.finding import Finding
from qmadvisor.engine.formula import Status
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.german import format_value
from qmadvisor.language.values import RecordList, Value
from qmadvisor.report.build import finding_info
from qmadvisor.report.words import NOT_STATED
from qmadvisor.rules.model import STRENGTHS, Hedge, Strength
from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.web.applying import root_of
from qmadvisor_api.web.guidance import guides_of
from qmadvisor_api.web.result.filters import DEVIATION, ORDER

_ABSENT = "kein Eintrag"
#: Of two answers that read the same and are not the same (the task matrix is only counted, for example).
_CHANGED = "im Einzelnen anders"


@dataclass(frozen=True, slots=True)
class Answers:
    """One question, and what each variant says."""

    path: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One recommendation, and what comes out in each variant; `message` is that of the last one."""

    rule: str
    title: str
    section: str
    strength: Strength
    hedge: Hedge | None
    page: int
    keys: tuple[str, ...]
    later: tuple[bool, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recommendation that hangs on a changed answer and still waits for others."""

    rule: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """Everything that a comparison shows."""

    titles: tuple[str, ...]
    counts: tuple[dict[str, int], ...]
    answers: tuple[Answers, ...]
    outcomes: tuple[Outcomes, ...]
    waiting: tuple[Waiting, ...]
    advice: tuple[tuple[str, tuple[bool, ...]], ...]
    hints: tuple[tuple[str, tuple[bool, ...]], ...]


def compare(results: Sequence[CheckResult]) -> Variants:
    """Compare the results of two or three setups, or show that of one."""
    answers = tuple(_differing_answers(results))
    return Variants(
        titles=tuple(result.setup.title for result in results),
        counts=tuple(map(_counts, results)),
        answers=answers,
        outcomes=tuple(sorted(_differing_outcomes(results), key=_rank)),
        waiting=tuple(_waiting(results, answers)),
        advice=_differing([[advice.rule.spec.title for advice in result.advice] for result in results]),
        hints=_differing(
            [[hint.rule.spec.title for hint in result.hints if hint.state != "silent"] for result in results]
        ),
    )


def outcome_key(finding: Finding) -> str:
    """The outcome, or that a deviation from it is agreed."""
    agreed = finding.status is Status.VIOLATED and finding.deviation_in_force
    return DEVIATION if agreed else finding.status.value


def _counts(result: CheckResult) -> dict[str, int]:
    counts = dict.fromkeys([*(status.value for status in ORDER), DEVIATION], 0)
    for finding in result.findings:
        counts[outcome_key(finding)] += 1
    return counts


def _differing_outcomes(results: Sequence[CheckResult]) -> Iterator[Outcomes]:
    for findings in zip(*(result.findings for result in results), strict=True):
        keys = tuple(map(outcome_key, findings))
        later = tuple(finding.due == "later" for finding in findings)
        if len(set(keys)) > 1 or len(set(later)) > 1:
            info = finding_info(results[-1], findings[-1])
            yield Outcomes(
                info.rule, info.title, info.section, info.strength, info.hedge, info.source.page, keys, later,
                info.message,
            )  # fmt: skip


def _waiting(results: Sequence[CheckResult], answers: Sequence[Answers]) -> Iterator[Waiting]:
    """What is as open as before although an answer to it changed: without a word the change would seem lost."""
    guides = guides_of(results[-1].rule_base)
    changed = {root_of(one.path) for one in answers}
    rules = {guide.rule for path in changed for guide in guides.get(path, ())}
    for findings in zip(*(result.findings for result in results), strict=True):
        if findings[0].rule.id in rules and all(one.status is Status.OPEN for one in findings):
            info = finding_info(results[-1], findings[-1])
            yield Waiting(info.rule, info.title, tuple(reason.text for reason in info.open_because))


def _rank(outcomes: Outcomes) -> tuple[bool, int, int]:
    """What only comes due at another time stands last; else what the last variant leaves to do comes first."""
    order = [Status.VIOLATED.value, DEVIATION, *(status.value for status in ORDER[1:])]
    return len(set(outcomes.keys)) == 1, order.index(outcomes.keys[-1]), STRENGTHS.index(outcomes.strength)


def _differing(named: Sequence[Sequence[str]]) -> tuple[tuple[str, tuple[bool, ...]], ...]:
    """Which titles are not everywhere."""
    every = dict.fromkeys(title for titles in named for title in titles)
    rows = ((title, tuple(title in titles for titles in named)) for title in every)
    return tuple((title, found) for title, found in rows if not all(found))


def _differing_answers(results: Sequence[CheckResult]) -> Iterator[Answers]:
    setups = [result.setup for result in results]
    yield from _row(
        "programm", "Förderprogramm", [PROGRAMMES.get(one.programme or "", NOT_STATED) for one in setups]
    )
    yield from _row("phase", "Phase", [PHASES.get(one.phase or "", NOT_STATED) for one in setups])
    for path, fact in results[0].rule_base.knowledge.catalogue.facts.items():
        values = [setup.values[path] for setup in setups] if fact.is_input else []
        if any(value != values[0] for value in values):
            yield from _fact_rows(path, fact, values)
    rules = dict.fromkeys(rule for setup in setups for rule in setup.deviations)
    for rule in rules:
        texts = [setup.deviations[rule].reason if rule in setup.deviations else "keine" for setup in setups]
        yield from _row(f"abweichungen.{rule}", f"Vereinbarte Abweichung: {_title(results[0], rule)}", texts)


def _title(result: CheckResult, rule: str) -> str:
    return next((one.spec.title for one in result.rule_base.rules if one.id == rule), rule)


def _row(path: str, label: str, texts: Sequence[str]) -> Iterator[Answers]:
    if len(set(texts)) > 1:
        yield Answers(path, label, tuple(texts))


def _fact_rows(path: str, fact: Fact, values: Sequence[Value]) -> Iterator[Answers]:
    lists = [value for value in values if isinstance(value, RecordList)]
    texts = [format_value(value, fact.type, fact.words) for value in values]
    if not lists:
        told = (
            texts
            if len(set(texts)) > 1
            else [texts[0], *(_changed(value, values[0], texts[0]) for value in values[1:])]
        )
        yield Answers(path, fact.words.label, tuple(told))
        return
    yield from _row(path, fact.words.label, texts)
    for key in dict.fromkeys(record.key for value in lists for record in value.records):
        records = [next((one for one in value.records if one.key == key), None) for value in lists]
        name = f"{fact.words.singular} „{key}“"
        for field, inner in fact.fields.items():
            shown = [
                _ABSENT if record is None else format_value(record.values[field], inner.type, inner.words)
                for record in records
            ]
            known = {text for text in shown if text != _ABSENT}
            if len(set(shown)) > 1 and known != {"unbekannt"}:
                yield Answers(f"{path}[{key}].{field}", f"{name}, {inner.words.label}", tuple(shown))


def _changed(value: Value, first: Value, text: str) -> str:
    return text if value == first else _CHANGED
