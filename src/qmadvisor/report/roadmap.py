"""From the result of a check to the roadmap: what to do and what to find out, in the order of the phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from qmadvisor.engine.check import CheckResult
from qmadvisor.engine.formula import Status
from qmadvisor.report.build import build_report
from qmadvisor.report.dates import known_dates
from qmadvisor.report.model import AdviceInfo, CombinedAdvice, FindingInfo, Report
from qmadvisor.report.roadmap_model import (
    KnownDate,
    Roadmap,
    RoadmapCounts,
    RoadmapPhase,
    Step,
    StepFinding,
    StepKind,
    Timing,
)
from qmadvisor.rules.model import PHASE_ORDER, STRENGTHS, Effort, Party, Phase
from qmadvisor.setup.model import PHASES

#: A phase with more steps than this is told in two blocks, so that nobody has to do everything at once.
MANY = 8
#: What stands in the first block then.
_FIRM = ("muss", "soll")
_EFFORTS: tuple[Effort, ...] = get_args(Effort)
_PARTIES: tuple[Party, ...] = get_args(Party)


def build_roadmap(result: CheckResult, report: Report | None = None) -> Roadmap:
    """Order everything that is violated or open; the same result always gives the same roadmap.

    A step stands in the phase by whose end the rule advises to be done. What is agreed as a deviation is
    counted and left out. Who has the result's report already passes it on.
    """
    report = report or build_report(result)
    to_do = [one for one in report.findings if one.status in (Status.VIOLATED, Status.OPEN)]
    left = [one for one in to_do if not (one.deviation and one.deviation.in_force)]
    drafts = sorted([*_combined(report), *_acts(left), *_questions(left)], key=_rank)
    dates = known_dates(result)
    return Roadmap(
        rule_base=report.rule_base,
        engine=report.engine,
        as_of=report.as_of,
        setup=report.setup,
        counts=RoadmapCounts(
            combine=len(report.advice),
            act=sum(draft.kind == "act" for draft in drafts),
            ask=sum(draft.kind == "ask" for draft in drafts),
            deviations=len(to_do) - len(left),
        ),
        dates=dates,
        phases=tuple(_phases(drafts, dates, report.setup.phase)),
        disclaimer=report.disclaimer,
    )


@dataclass(slots=True)
class _Draft:
    """A step before it has its place; a question gathers the findings that wait for it."""

    kind: StepKind
    title: str
    text: str
    findings: list[FindingInfo]
    items: dict[str, None] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    combined: CombinedAdvice | None = None

    @property
    def advice(self) -> Iterator[AdviceInfo | CombinedAdvice]:
        """What says who should do it until when: the combined advice itself, or that of the findings."""
        if self.combined:
            return iter([self.combined])
        return (one.advice for one in self.findings if one.advice)

    @property
    def until(self) -> Phase:
        """The earliest phase that a finding behind it sets."""
        return min((advice.until for advice in self.advice), key=PHASE_ORDER.index)

    @property
    def strength(self) -> int:
        if self.combined:
            return STRENGTHS.index(self.combined.strength)
        return min(STRENGTHS.index(one.strength) for one in self.findings)

    @property
    def effort(self) -> Effort | None:
        return None if self.kind == "ask" else next(self.advice).effort


def _combined(report: Report) -> Iterator[_Draft]:
    """One step for each piece of advice, with the findings that it follows from."""
    findings = {one.rule: one for one in report.findings}
    for advice in report.advice:
        behind = [findings[one.rule] for one in advice.follows_from]
        yield _Draft("combine", advice.title, advice.text, behind, combined=advice)


def _acts(findings: Iterable[FindingInfo]) -> Iterator[_Draft]:
    """One step for each finding that is not fulfilled."""
    for one in findings:
        if one.status is Status.VIOLATED and one.advice:
            yield _Draft("act", one.title, one.advice.text, [one], settled={one.rule})


def _questions(findings: Iterable[FindingInfo]) -> Iterable[_Draft]:
    """One step for each question; a finding that waits for several answers stands with each of them."""
    drafts: dict[str, _Draft] = {}
    for finding in findings:
        if finding.status is not Status.OPEN:
            continue
        asked = {one.fact for one in finding.missing}
        for one in finding.missing:
            draft = drafts.setdefault(one.fact, _Draft("ask", one.label, one.question, []))
            draft.items |= {one.item_label: None} if one.item_label else {}
            _gather(draft, finding, alone=len(asked) == 1)
        if not asked:  # no answer of the planner's would settle it: what keeps it open is said as it is
            reason = finding.open_because[0]
            draft = drafts.setdefault(reason.subject, _Draft("ask", finding.title, reason.text, []))
            _gather(draft, finding, alone=True)
    return drafts.values()


def _gather(draft: _Draft, finding: FindingInfo, *, alone: bool) -> None:
    if finding not in draft.findings:
        draft.findings.append(finding)
    if alone:
        draft.settled.add(finding.rule)


def _rank(draft: _Draft) -> tuple[int, bool, int, bool, int, int]:
    """By phase; what sees several findings together; the firmest, violated before open, the easiest."""
    return (
        PHASE_ORDER.index(draft.until),
        draft.kind != "combine",
        draft.strength,
        draft.kind == "ask",
        _EFFORTS.index(draft.effort) if draft.effort else 0,
        -len(draft.findings),
    )


def _phases(
    drafts: Sequence[_Draft], dates: Sequence[KnownDate], current: Phase | None
) -> Iterator[RoadmapPhase]:
    number = 0
    for phase in PHASE_ORDER:
        here = [draft for draft in drafts if draft.until == phase]
        steps = [_step(draft, place) for place, draft in enumerate(here, start=number + 1)]
        number += len(steps)
        firm = [step for step in steps if step.kind == "combine" or step.strength in _FIRM]
        splits = len(steps) > MANY and 0 < len(firm) < len(steps)
        yield RoadmapPhase(
            phase=phase,
            label=PHASES[phase],
            timing=_timing(phase, current),
            dates=tuple(one for one in dates if one.phase == phase),
            first=tuple(firm if splits else steps),
            then=tuple(steps[len(firm) :]) if splits else (),
        )


def _timing(phase: str, current: Phase | None) -> Timing | None:
    if current is None:
        return None
    if phase == current:
        return "now"
    return "catch_up" if PHASE_ORDER.index(phase) < PHASE_ORDER.index(current) else "later"


def _step(draft: _Draft, number: int) -> Step:
    by = {party for advice in draft.advice for party in advice.by}
    findings = sorted(draft.findings, key=lambda one: STRENGTHS.index(one.strength))
    return Step(
        number=number,
        kind=draft.kind,
        title=draft.title,
        strength=STRENGTHS[draft.strength],
        text=draft.text,
        items=tuple(draft.items),
        by=tuple(party for party in _PARTIES if party in by),
        effort=draft.effort,
        due="now" if any(one.due == "now" for one in findings) else "later",
        findings=tuple(_finding(one, settled=one.rule in draft.settled) for one in findings),
    )


def _finding(finding: FindingInfo, *, settled: bool) -> StepFinding:
    return StepFinding(
        rule=finding.rule,
        title=finding.title,
        section=finding.section,
        strength=finding.strength,
        hedge=finding.hedge,
        status=finding.status,
        due=finding.due,
        page=finding.source.page,
        settled=settled,
    )
