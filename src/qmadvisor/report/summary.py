"""Count findings by outcome, strength and section; never one grade."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import attrgetter

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Counts, DueCounts, FindingInfo, Summary
from qmadvisor.rules.model import STRENGTHS, Strength

_COUNTED = attrgetter("due", "strength", "section", "status")


def summarise(findings: Sequence[FindingInfo], hints: int) -> Summary:
    """Return the counts of all findings and of the hints shown."""
    total, now, later = _Tally(), _Tally(), _Tally()
    strengths: dict[Strength, _Tally] = {key: _Tally() for key in STRENGTHS}
    sections: defaultdict[str, _Tally] = defaultdict(_Tally)
    # Many findings are alike in all that is counted: they are put together first.
    for (due, strength, section, status), number in Counter(map(_COUNTED, findings)).items():
        for tally in (total, now if due == "now" else later, strengths[strength], sections[section]):
            tally[status] += number
    return Summary(
        total=total.counts,
        due=DueCounts(now=now.counts, later=later.counts),
        by_strength={key: tally.counts for key, tally in strengths.items()},
        by_section={key: tally.counts for key, tally in sections.items()},
        deviations=sum(map(_is_covered, findings)),
        hints=hints,
    )


def _is_covered(finding: FindingInfo) -> bool:
    deviation = finding.deviation
    return deviation is not None and deviation.in_force and finding.status is Status.VIOLATED


class _Tally(dict[Status, int]):
    """Counts outcomes."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(Status, 0))

    @property
    def counts(self) -> Counts:
        return Counts(**{status.value: number for status, number in self.items()})
