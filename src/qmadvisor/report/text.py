"""The report as text for a terminal or a file: at most 80 columns, words and symbols, colour only on top."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from qmadvisor.engine.formula import Status
from qmadvisor.language.german import sentence
from qmadvisor.report import words
from qmadvisor.report.model import (
    AdviceInfo,
    Because,
    CombinedAdvice,
    Counts,
    FindingInfo,
    HintInfo,
    Missing,
    Report,
    Source,
)
from qmadvisor.rules.advice import INSIGHTS
from qmadvisor.rules.model import STRENGTHS
from qmadvisor.setup.model import PHASES

WIDTH = 80
_ORDER = (Status.VIOLATED, Status.OPEN, Status.FULFILLED, Status.NOT_APPLICABLE)


def render_text(report: Report) -> str:
    """Write the whole report: overview, advice, findings by section, what is due later, hints, open points."""
    lines = [*_head(report), *_overview(report), *_combined(report)]
    for section, title in report.sections.items():
        lines += _section(section, title, report)
    lines += _later(report)
    lines += _open_points(report)
    lines += ["", *_wrap(report.disclaimer, "")]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    info, base = report.setup, report.rule_base
    yield from _wrap(f"Prüfung der Planung „{info.title}“", "")
    yield "=" * WIDTH
    yield from _wrap(f"Stichtag {words.day(report.as_of)} · Programm: {info.programme_label}", "")
    yield from _wrap(f"Phase: {info.phase_label}", "")
    yield from _wrap(f"Grundlage: {base.title}, Stand {words.day(base.guideline_as_of)}", "")
    yield from _wrap(
        f"Regelwerk {base.version}, Prüfsumme {base.digest[:12]}, gerechnet mit: {report.engine}", ""
    )
    if info.scope_note:
        yield ""
        yield from _wrap(f"! {info.scope_note}", "  ")


def _overview(report: Report) -> Iterator[str]:
    yield ""
    yield "Überblick"
    yield f"{'':14}{'✔ erfüllt':>12}{'✘ nicht erf.':>15}{'? offen':>11}{'– nicht anw.':>15}"
    for strength in STRENGTHS:
        yield _row(strength, report.summary.by_strength[strength])
    yield _row("zusammen", report.summary.total)
    if report.summary.deviations:
        yield f"Davon mit vereinbarter Abweichung: {report.summary.deviations}"
    later = report.summary.due.later
    if later.violated + later.open:
        yield f"Erst später fällig: {later.violated} nicht erfüllt, {later.open} offen (siehe unten)"
    if _questions(report):
        yield "Was noch zu klären ist, steht am Ende unter „Offene Punkte“."


def _row(name: str, counts: Counts) -> str:
    return f"{name:14}{counts.fulfilled:>12}{counts.violated:>15}{counts.open:>11}{counts.not_applicable:>15}"


def _combined(report: Report) -> Iterator[str]:
    """What several findings together mean: it comes before them, as it says where to begin."""
    if not report.advice:
        return
    yield ""
    yield "Was mehrere Befunde zusammen bedeuten"
    yield "-" * WIDTH
    for advice in report.advice:
        later = " · später fällig" if advice.due == "later" else ""
        kind = INSIGHTS[advice.kind]
        yield from _wrap(f"→ {kind} · {advice.strength} · {advice.title} [{advice.id}]{later}", "", "    ")
        yield from _wrap(advice.message, "    ")
        yield from _wrap(f"Folgt aus: {words.follows_from(advice.follows_from)}", "    ")
        yield from _to_do(advice)
        if advice.source:
            yield from _wrap(f"Quelle: {_source(advice.source)}", "    ")
        for note in advice.notes:
            yield from _wrap(f"Hinweis: {note}", "    ")


def _to_do(advice: AdviceInfo | CombinedAdvice) -> Iterator[str]:
    """What to do, who, until when, and with what effort."""
    who = ", ".join(words.PARTY[party] for party in advice.by)
    until, effort = PHASES[advice.until], words.EFFORT[advice.effort]
    yield from _wrap(f"Vorschlag: {advice.text}", "    ")
    yield from _wrap(f"Wer, bis wann: {who}; bis Ende der Phase {until}; {effort}", "    ")


def _section(section: str, title: str, report: Report) -> Iterator[str]:
    findings = [one for one in report.findings if one.section == section and one.due == "now"]
    hints = [hint for hint in report.hints if hint.section == section and hint.due == "now"]
    if not findings and not hints:
        return
    yield ""
    yield from _wrap(title, "")
    yield "-" * WIDTH
    for status in _ORDER:
        group = [finding for finding in findings if finding.status is status]
        group.sort(key=lambda one: STRENGTHS.index(one.strength))
        yield from _group(status, [finding for finding in group if not _only_unanswered(finding)])
        yield from _unanswered([finding for finding in group if _only_unanswered(finding)])
    told: set[str] = set()
    for hint in hints:
        yield from _hint(hint, [note for note in hint.notes if note not in told])
        told.update(hint.notes)


def _group(status: Status, findings: Sequence[FindingInfo]) -> Iterator[str]:
    for finding in findings:
        yield from _heading(finding)
        yield from _wrap(finding.message, "    ")
        if status is Status.OPEN:
            yield from _openness(finding)
        elif status is Status.VIOLATED:
            yield from _details(finding)
        yield from _deviation(finding)


def _heading(finding: FindingInfo) -> Iterator[str]:
    status = f"{words.SYMBOL[finding.status]} {words.STATUS[finding.status]}"
    yield from _wrap(f"{status} · {_named(finding)}", "", "    ")


def _named(finding: FindingInfo) -> str:
    """How firmly it is recommended, what it is called, and where it stands."""
    hedge = f" ({words.HEDGE[finding.hedge]})" if finding.hedge else ""
    page = f"S.{words.NO_BREAK}{finding.source.page}"
    return f"{finding.strength}{hedge} · {finding.title} [{finding.rule}] · {page}"


def _only_unanswered(finding: FindingInfo) -> bool:
    """Tell whether nothing but an answer is lacking: then its question says all there is to say."""
    return (
        finding.status is Status.OPEN
        and bool(finding.missing)
        and all(reason.kind == "facts" for reason in finding.open_because)
        and not finding.readings
        and not finding.deviation
    )


def _unanswered(findings: Sequence[FindingInfo]) -> Iterator[str]:
    """Findings that wait for an answer, under the question that comes first."""
    waiting: dict[str, list[FindingInfo]] = {}
    for finding in findings:
        waiting.setdefault(finding.missing[0].label, []).append(finding)
    for label, group in waiting.items():
        symbol = f"{words.SYMBOL[Status.OPEN]} {words.STATUS[Status.OPEN]}"
        yield from _wrap(f"{symbol}, noch nicht angegeben: {label}", "", "    ")
        for finding in group:
            yield from _wrap(_named(finding), "    ", "      ")


def _details(finding: FindingInfo) -> Iterator[str]:
    """Why, on what source, and what to do."""
    for ground in dict.fromkeys(map(_ground, finding.because)):
        yield from _wrap(f"Grund: {ground}", "    ")
    for reading in finding.readings:
        yield from _wrap(f"Rechnung: {reading.text}", "    ")
    if finding.interpretation:
        yield from _wrap(f"Unsere Lesart: {finding.interpretation}", "    ")
    yield from _wrap(f"Quelle: {_source(finding.source)}, Wortlaut „{finding.wording}“", "    ")
    if finding.advice:
        yield from _to_do(finding.advice)
    for note in finding.notes:
        yield from _wrap(f"Hinweis: {note}", "    ")


def _openness(finding: FindingInfo) -> Iterator[str]:
    """What keeps it open; it needs an answer before it needs advice."""
    for reason in finding.open_because:
        yield from _wrap(f"Offen: {reason.text}", "    ")
    for reading in finding.readings:
        yield from _wrap(f"Rechnung: {reading.text}", "    ")


def _ground(leaf: Because) -> str:
    """A condition as it turned out, with the known figure where one was compared."""
    known = f" Bekannt: {leaf.value}." if leaf.demanded and leaf.value and leaf.value not in leaf.text else ""
    return sentence(leaf.text) + known


def _deviation(finding: FindingInfo) -> Iterator[str]:
    if finding.deviation:
        yield from _wrap(words.deviation(finding.deviation), "    ")


def _hint(hint: HintInfo, notes: Sequence[str]) -> Iterator[str]:
    """An option; a note that an earlier one in the section carried is not told again."""
    state = "genutzt" if hint.state == "taken" else "Möglichkeit"
    yield from _wrap(
        f"i {state} · {hint.title} [{hint.rule}] · S.{words.NO_BREAK}{hint.source.page}", "", "    "
    )
    yield from _wrap(hint.message, "    ")
    for note in notes:
        yield from _wrap(f"Hinweis: {note}", "    ")


def _later(report: Report) -> Iterator[str]:
    waiting = [finding for finding in report.findings if finding.due == "later"]
    if waiting:
        yield ""
        yield "Später fällig"
        yield "-" * WIDTH
        for finding in sorted(waiting, key=lambda one: _ORDER.index(one.status)):
            yield from _heading(finding)
            yield from _deviation(finding)


def _open_points(report: Report) -> Iterator[str]:
    """What to find out, each question once; what settles most findings comes first."""
    questions = _questions(report)
    if not questions:
        return
    yield ""
    yield "Offene Punkte"
    yield "-" * WIDTH
    for asked in sorted(questions.values(), key=len, reverse=True):
        times = f" (für {len(asked)} Befunde)" if len(asked) > 1 else ""
        missing = [one for parts in asked.values() for one in parts]
        yield from _wrap(f"? {missing[0].label}: {missing[0].question}{times}", "", "    ")
        items = dict.fromkeys(one.item_label for one in missing if one.item_label)
        if items:
            yield from _wrap(f"Noch offen: {'; '.join(items)}", "    ")


def _questions(report: Report) -> dict[str, dict[str, list[Missing]]]:
    """What findings due now ask for, by fact and finding; one finding may ask for several items of a list."""
    questions: dict[str, dict[str, list[Missing]]] = {}
    for finding in report.findings:
        if finding.due == "now":
            for one in finding.missing:
                questions.setdefault(one.fact, {}).setdefault(finding.rule, []).append(one)
    return questions


def _source(source: Source) -> str:
    return f"Leitfaden, {source.section}, {words.cited(source)}"


def _wrap(text: str, indent: str, hanging: str | None = None) -> list[str]:
    following = indent + "  " if hanging is None else hanging
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=following, break_on_hyphens=False
    )
