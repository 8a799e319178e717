"""Count findings by outcome, strength and section; never one grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Counts, DueCounts, FindingInfo, Summary
from qmadvisor.rules.model import STRENGTHS


def summarise(findings: Sequence[FindingInfo], hints: int) -> Summary:
    """Return the counts of all findings and of the hints shown."""
    covered = [
        one for one in findings if one.status is Status.VIOLATED and one.deviation and one.deviation.in_force
    ]
    sections = dict.fromkeys(finding.section for finding in findings)
    return Summary(
        total=_count(findings),
        due=DueCounts(
            now=_count(finding for finding in findings if finding.due == "now"),
            later=_count(finding for finding in findings if finding.due == "later"),
        ),
        by_strength={
            key: _count(finding for finding in findings if finding.strength == key) for key in STRENGTHS
        },
        by_section={
            key: _count(finding for finding in findings if finding.section == key) for key in sections
        },
        deviations=len(covered),
        hints=hints,
    )


def _count(findings: Iterable[FindingInfo]) -> Counts:
    counts = dict.fromkeys(Status, 0)
    for finding in findings:
        counts[finding.status] += 1
    return Counts(**{status.value: number for status, number in counts.items()})
