"""The form of an advice file, and the advice that the engine's second stratum works with.

A rule looks at one recommendation; advice says what several findings together mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, field_validator

from qmadvisor.knowledge.validation import Content, iso_day
from qmadvisor.language import syntax
from qmadvisor.language.findings import findings_read
from qmadvisor.rules.model import Advice, Equivalent

#: What advice adds to the findings that it reads, and what that is called.
Insight = Literal["root_cause", "one_remedy", "conflict", "escalation", "order"]
INSIGHTS: dict[Insight, str] = {
    "root_cause": "gemeinsame Ursache",
    "one_remedy": "ein Schritt für mehrere Befunde",
    "conflict": "Zielkonflikt",
    "escalation": "Beratung suchen",
    "order": "Reihenfolge",
}
SECTION = "advice"

FindingStatus = Literal["fulfilled", "violated", "open", "not_applicable"]


class AdviceCase(Content):
    """One example: facts and outcomes of rules beyond the base, and whether the advice shows."""

    given: dict[str, Any] = Field(default_factory=dict)
    findings: dict[str, FindingStatus] = Field(default_factory=dict)
    then: Literal["shown", "silent"]
    as_of: str | None = None

    @field_validator("as_of")
    @classmethod
    def _day_exists(cls, text: str | None) -> str | None:
        if text is not None:
            iso_day(text)
        return text


class AdviceExamples(Content):
    """Examples that run as tests; outcomes that no example sets come from its facts, by the rules."""

    base: dict[str, Any] = Field(default_factory=dict)
    findings: dict[str, FindingStatus] = Field(default_factory=dict)
    cases: tuple[AdviceCase, ...] = Field(min_length=1, strict=False)


class AdviceSpec(Content):
    """One file of `rules/advice/`."""

    id: str = Field(pattern=rf"^{SECTION}\.[a-z0-9-]+$")
    title: str = Field(min_length=1, max_length=70)
    kind: Insight
    since: str
    source: tuple[str, ...] = Field((), strict=False)
    when: str = Field(min_length=1)
    says: str = Field(min_length=1)
    advice: Advice
    notes: tuple[str, ...] = Field((), strict=False)
    examples: AdviceExamples
    equivalent: tuple[Equivalent, ...] = Field((), strict=False)

    @property
    def section(self) -> str:
        """The folder; not a section of the guideline."""
        return SECTION

    @property
    def parameter(self) -> str:
        """Advice hangs on no reading of ours: the rules that it reads do."""
        return ""


@dataclass(frozen=True, slots=True)
class AdviceRule:
    """Checked advice: to an engine a rule that applies everywhere, and is shown where its demand holds."""

    spec: AdviceSpec
    file: str
    demand: syntax.Expression
    applies: None = None
    taken: None = None

    @property
    def id(self) -> str:
        """The id, `advice.<name>`."""
        return self.spec.id

    @property
    def conditions(self) -> tuple[syntax.Expression, ...]:
        """Its one condition."""
        return (self.demand,)

    @property
    def reads(self) -> tuple[str, ...]:
        """The ids of the rules whose findings it reads."""
        return findings_read(self.demand)
