"""Which findings a reader wants to see: by outcome, strength, section, phase, and who has to act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import get_args

from qmadvisor.engine.formula import Status
from qmadvisor.report import words
from qmadvisor.report.model import FindingInfo
from qmadvisor.rules.model import PHASE_ORDER, STRENGTHS, Advice, Party
from qmadvisor.setup.model import PHASES

#: A finding that is not fulfilled and covered by an agreed deviation has this outcome of its own.
DEVIATION = "deviation"
ORDER = (Status.VIOLATED, Status.OPEN, Status.FULFILLED, Status.NOT_APPLICABLE)
STATUSES = {**{status.value: words.STATUS[status] for status in ORDER}, DEVIATION: "Abweichung vereinbart"}
PARTIES: tuple[Party, ...] = get_args(Party)
#: What the names of a form's fields begin with: a filter by phase is no answer to the question for the phase.
FIELD = "filter."
_MOST = 64


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; an empty part takes everything."""

    status: tuple[str, ...] = ()
    staerke: tuple[str, ...] = ()
    abschnitt: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    wer: tuple[str, ...] = ()

    @classmethod
    def read(cls, form: Mapping[str, Sequence[str]]) -> Filter:
        """Read the fields of a form; what is not one of ours is left out, as it can take nothing."""
        known = {"status": STATUSES, "staerke": STRENGTHS, "phase": PHASE_ORDER, "wer": PARTIES}
        parts = {
            name: tuple(
                one for one in form.get(FIELD + name, ())[:_MOST] if one and one in known.get(name, (one,))
            )
            for name in NAMES
        }
        return cls(**parts)

    def takes(self, finding: FindingInfo, advice: Advice | None) -> bool:
        """Tell whether a finding is wanted; its rule's advice says who has to act until when."""
        return (
            _in(status_key(finding), self.status)
            and _in(finding.strength, self.staerke)
            and _in(finding.section, self.abschnitt)
            and (not self.phase or (advice is not None and advice.until in self.phase))
            and (not self.wer or (advice is not None and not set(self.wer).isdisjoint(advice.by)))
        )

    @property
    def is_set(self) -> bool:
        """Tell whether anything is left out."""
        return any(getattr(self, name) for name in NAMES)

    def told(self, sections: Mapping[str, str]) -> Iterator[str]:
        """Say in words what is wanted; it is printed, too."""
        labels: dict[str, Mapping[str, str]] = {
            "status": STATUSES, "staerke": {}, "abschnitt": sections, "phase": PHASES, "wer": words.PARTY,
        }  # fmt: skip
        for name, title in TITLES.items():
            wanted = getattr(self, name)
            if wanted:
                yield f"{title}: {', '.join(labels[name].get(one, one) for one in wanted)}"


TITLES = {
    "status": "Ergebnis",
    "staerke": "Stärke",
    "abschnitt": "Abschnitt",
    "phase": "zu erledigen bis Ende der Phase",
    "wer": "wer etwas zu tun hat",
}
NAMES = tuple(field.name for field in fields(Filter))


def status_key(finding: FindingInfo) -> str:
    """The outcome, or that a deviation from it is agreed."""
    if finding.deviation and finding.deviation.in_force and finding.status is Status.VIOLATED:
        return DEVIATION
    return finding.status.value


def _in(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted
