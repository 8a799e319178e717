"""Which of the guideline's five models a plan still fits, from who does what and what is called by the name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import cast

from qmadvisor.knowledge.functions.function import Function
from qmadvisor.language.values import Value

MIXED = "mischform"
#: Who may steer or plan, and who may do the community work.
PARTIES = ("kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger", "gemeinsam", "niemand")
COMMUNITY_PARTIES = ("kommune", "staedtische_gesellschaft", "qm_traeger", "gemeinsam", "niemand")
#: The three fields of work, each of which may be called Quartiersmanagement or not.
AREAS = ("steuerung", "planung", "gwa")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The answers that make up a model: any combination of these. An area not in `called` may go either way."""

    steering: frozenset[str]
    planning: frozenset[str]
    community_work: frozenset[str]
    called: Mapping[str, bool]

    def count(
        self,
        steering: frozenset[str],
        planning: frozenset[str],
        community_work: frozenset[str],
        called: Mapping[str, bool],
    ) -> int:
        """Count in how many ways the answers may still turn out to be this pattern."""
        names = prod(_ways(self.called.get(area), called.get(area)) for area in AREAS)
        return (
            len(self.steering & steering)
            * len(self.planning & planning)
            * len(self.community_work & community_work)
            * names
        )


def _ways(wanted: bool | None, known: bool | None) -> int:
    if wanted is None:
        return 2 if known is None else 1
    return int(known is None or known is wanted)


def _pattern(steering: str, planning: str, community_work: str, **called: bool) -> Pattern:
    return Pattern(
        frozenset(steering.split()), frozenset(planning.split()), frozenset(community_work.split()), called
    )


_CITY, _COMPANY, _OTHERS, _CARRIER = "kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger"
_ONLY_COMMUNITY_WORK = {"steuerung": False, "planung": False, "gwa": True}

#: No two patterns have a combination of answers in common; what fits none is a mixed form.
PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "modell_1": (_pattern(_CITY, _CITY, f"{_COMPANY} {_CARRIER}", **_ONLY_COMMUNITY_WORK),),
    "modell_2": (_pattern(_COMPANY, _COMPANY, _CARRIER, **_ONLY_COMMUNITY_WORK),),
    "modell_3": (_pattern(_OTHERS, _OTHERS, f"{_COMPANY} {_CARRIER}", **_ONLY_COMMUNITY_WORK),),
    "modell_4": (
        _pattern(
            f"{_CITY} {_COMPANY} {_OTHERS} {_CARRIER} gemeinsam",
            f"{_COMPANY} {_OTHERS}",
            _CARRIER,
            planung=True,
            gwa=True,
        ),
    ),
    "modell_5": (
        _pattern(_CARRIER, _CARRIER, _CARRIER),
        _pattern(_COMPANY, _COMPANY, _COMPANY),
    ),
}


def possible_models(steering: Value, planning: Value, community_work: Value, called: Value) -> frozenset[str]:
    """Return the models that the answers may still turn out to be; exactly one once all are known."""
    parties = tuple(cast("frozenset[str]", value) for value in (steering, planning, community_work))
    names = cast("Mapping[str, bool]", called)
    everything = prod(map(len, parties)) * 2 ** sum(area not in names for area in AREAS)
    found = {
        model: sum(pattern.count(parties[0], parties[1], parties[2], names) for pattern in patterns)
        for model, patterns in PATTERNS.items()
    }
    possible = {model for model, ways in found.items() if ways}
    return frozenset(possible | {MIXED} if sum(found.values()) < everything else possible)


FUNCTIONS = {
    "moegliche_modelle": Function(
        possible_models,
        ("choice", "choice", "choice", "multiple"),
        "choice",
        "die Modelle des Leitfadens, zu denen die Angaben über Steuerung, Planung und Gemeinwesenarbeit noch passen",
        (PARTIES, PARTIES, COMMUNITY_PARTIES, AREAS, (*PATTERNS, MIXED)),
    ),
}
