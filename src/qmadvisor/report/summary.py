"""Count findings by outcome, strength and section; never one grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from qmadvisor.engine.finding import Due
from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Counts, DueCounts, FindingInfo, Summary
from qmadvisor.rules.model import STRENGTHS, Strength

_NOTHING = {status.value: 0 for status in Status}


class Kind(NamedTuple):
    """All that is counted of a finding; `covered`: it is not fulfilled, and a deviation in force covers it."""

    due: Due
    strength: Strength
    section: str
    status: Status
    covered: bool


def kind_of(finding: FindingInfo) -> Kind:
    """Return how a finding counts."""
    covered = (
        finding.status is Status.VIOLATED and finding.deviation is not None and finding.deviation.in_force
    )
    return Kind(finding.due, finding.strength, finding.section, finding.status, covered)


def summarise(findings: Iterable[tuple[Kind, int]], hints: int) -> Summary:
    """Return the counts of all findings, given how many there are of each kind, and of the hints shown."""
    total, now, later = _NOTHING.copy(), _NOTHING.copy(), _NOTHING.copy()
    strengths = {key: _NOTHING.copy() for key in STRENGTHS}
    sections: defaultdict[str, dict[str, int]] = defaultdict(_NOTHING.copy)
    covered = 0
    for kind, number in findings:
        due = now if kind.due == "now" else later
        for tally in (total, due, strengths[kind.strength], sections[kind.section]):
            tally[kind.status] += number
        covered += number * kind.covered
    return Summary(
        total=Counts(**total),
        due=DueCounts(now=Counts(**now), later=Counts(**later)),
        by_strength={key: Counts(**tally) for key, tally in strengths.items()},
        by_section={key: Counts(**tally) for key, tally in sections.items()},
        deviations=covered,
        hints=hints,
    )
