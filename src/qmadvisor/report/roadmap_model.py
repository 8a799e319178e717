"""Roadmap v1: what is left to do, phase by phase, as frozen data. Every form of it is made from this."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Part, RuleBaseInfo, SetupInfo
from qmadvisor.rules.model import Effort, Hedge, Party, Phase, Strength

SCHEMA: Literal["qmadvisor.roadmap/1"] = "qmadvisor.roadmap/1"
Timing = Literal["catch_up", "now", "later"]
StepKind = Literal["combine", "act", "ask"]


class KnownDate(Part):
    """A date that the setup states, at least in part; nothing is added to what it says."""

    fact: str
    label: str
    text: str = Field(description="As far as it is known, for example „November 2017“ or „frühestens 2027“.")
    earliest: str | None = Field(description="First day that is possible; null where that is open.")
    latest: str | None = Field(description="Last day that is possible; null where that is open.")
    relation: Literal["past", "coming", "uncertain"] = Field(
        description="How it lies to the day of the check; the day itself is still coming."
    )
    phase: Phase | None = Field(description="The phase that it belongs to, where the catalogue names one.")


class StepFinding(Part):
    """A finding behind a step."""

    rule: str
    title: str
    section: str
    strength: Strength
    hedge: Hedge | None
    status: Status
    due: Literal["now", "later"]
    page: int
    settled: bool = Field(
        description="Whether this step is enough; else it may take several answers together."
    )


class Step(Part):
    """One thing to do.

    `combine` is advice that follows from several findings together. `act` follows a finding that is not
    fulfilled. `ask` is a question, asked once for all the findings that wait for its answer.
    """

    number: int = Field(description="Counts through the whole roadmap.")
    kind: StepKind
    title: str
    strength: Strength = Field(description="Of the strongest finding behind it.")
    text: str = Field(description="What to do, or the question.")
    items: tuple[str, ...] = Field(description="Options of a multiple choice that nobody answered yet.")
    by: tuple[Party, ...]
    effort: Effort | None = Field(description="Null for a question.")
    due: Literal["now", "later"]
    findings: tuple[StepFinding, ...]


class RoadmapPhase(Part):
    """What should be done by the end of one phase; where that is much, in two blocks."""

    phase: Phase
    label: str
    timing: Timing | None = Field(description="Against the setup's phase; null where it states none.")
    dates: tuple[KnownDate, ...]
    first: tuple[Step, ...]
    then: tuple[Step, ...] = Field(
        description="What the guideline puts less firmly, where there is much to do."
    )

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return (*self.first, *self.then)


class RoadmapCounts(Part):
    """How much there is."""

    combine: int
    act: int
    ask: int
    deviations: int = Field(description="Points left out because a deviation from them is agreed.")


class Roadmap(Part):
    """The whole roadmap."""

    schema_: Literal["qmadvisor.roadmap/1"] = Field(SCHEMA, alias="schema")
    rule_base: RuleBaseInfo
    engine: str
    as_of: str
    setup: SetupInfo
    counts: RoadmapCounts
    dates: tuple[KnownDate, ...] = Field(description="In order of time.")
    phases: tuple[RoadmapPhase, ...] = Field(description="All six, in order.")
    disclaimer: str

    def to_json(self) -> str:
        """Write the roadmap as JSON; the same roadmap always gives the same bytes."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
