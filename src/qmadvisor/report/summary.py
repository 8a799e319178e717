"""Count findings by outcome, strength and section; never one grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Counts, DueCounts, FindingInfo, Summary
from qmadvisor.rules.model import STRENGTHS, Strength


def summarise(findings: Sequence[FindingInfo], hints: int) -> Summary:
    """Return the counts of all findings and of the hints shown."""
    total, now, later = _Tally(), _Tally(), _Tally()
    strengths: dict[Strength, _Tally] = {key: _Tally() for key in STRENGTHS}
    sections: defaultdict[str, _Tally] = defaultdict(_Tally)
    covered = 0
    for one in findings:
        due = now if one.due == "now" else later
        for tally in (total, due, strengths[one.strength], sections[one.section]):
            tally[one.status] += 1
        if one.status is Status.VIOLATED and one.deviation and one.deviation.in_force:
            covered += 1
    return Summary(
        total=total.counts,
        due=DueCounts(now=now.counts, later=later.counts),
        by_strength={key: tally.counts for key, tally in strengths.items()},
        by_section={key: tally.counts for key, tally in sections.items()},
        deviations=covered,
        hints=hints,
    )


class _Tally(dict[Status, int]):
    """Counts outcomes."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(Status, 0))

    @property
    def counts(self) -> Counts:
        return Counts(**{status.value: number for status, number in self.items()})
