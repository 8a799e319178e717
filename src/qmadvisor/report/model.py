"""Report v1: what a check says, as frozen data. Every output format is made from this and nothing else."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from qmadvisor.engine.formula import Status
from qmadvisor.rules.advice import Insight
from qmadvisor.rules.model import Effort, Hedge, Party, Phase, Strength

SCHEMA: Literal["qmadvisor.report/1"] = "qmadvisor.report/1"


class Part(BaseModel):
    """Base of all parts of a report: frozen, no unknown keys; the schema promises every key."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, json_schema_serialization_defaults_required=True
    )


class RuleBaseInfo(Part):
    """Which rules spoke: id of the guideline, version of the program, digest of rules and knowledge."""

    id: str
    title: str
    guideline_as_of: str
    version: str
    digest: str


class SetupInfo(Part):
    """Which setup was checked; `scope_note` says what the guideline can and cannot say about its programme."""

    title: str
    digest: str
    programme: str | None
    programme_label: str
    in_scope: bool | None
    scope_note: str | None
    phase: Phase | None
    phase_label: str


class Counts(Part):
    """How many findings have each outcome."""

    fulfilled: int = 0
    violated: int = 0
    open: int = 0
    not_applicable: int = 0


class DueCounts(Part):
    """Findings due now and later, by outcome."""

    now: Counts
    later: Counts


class Summary(Part):
    """Counts of all findings by outcome, strength and section; never one grade."""

    total: Counts
    due: DueCounts
    by_strength: dict[Strength, Counts]
    by_section: dict[str, Counts]
    deviations: int = Field(description="Findings not fulfilled that an agreed deviation in force covers.")
    hints: int


class Because(Part):
    """One leaf of the reasoning: a condition in German, what is known, what is demanded, and its truth."""

    text: str
    fact: str | None
    value: str | None
    demanded: str | None
    truth: bool | None


class OpenReason(Part):
    """Why a finding is open."""

    kind: Literal["facts", "imprecise", "no_parameter", "data_problem"]
    subject: str
    text: str


class Missing(Part):
    """What would settle the finding: a fact, or one item of a multiple choice, and the question for it."""

    fact: str
    label: str
    item: str | None
    item_label: str | None
    question: str


class ReadingInfo(Part):
    """One way to read an ambiguous statement, with the calculation."""

    fact: str
    text: str
    value: str


class AdviceInfo(Part):
    """What to do: who, until the end of which phase, with what effort."""

    text: str
    effort: Effort
    by: tuple[Party, ...]
    until: Phase


class DeviationInfo(Part):
    """A deviation that was agreed upon; `in_force` is False when it ran out or is being ignored."""

    reason: str
    agreed_with: str | None
    date: str | None
    until: str | None
    in_force: bool


class PassageInfo(Part):
    """One cited sentence by its id, and its page."""

    id: str
    page: int


class Source(Part):
    """Where the guideline says it."""

    document: str
    section: str
    page: int = Field(description="Page of the passage named first.")
    passages: tuple[PassageInfo, ...]


class FindingInfo(Part):
    """What one rule says of the setup."""

    rule: str
    title: str
    section: str
    strength: Strength
    wording: str
    hedge: Hedge | None
    status: Status
    due: Literal["now", "later"]
    message: str
    because: tuple[Because, ...]
    open_because: tuple[OpenReason, ...]
    missing: tuple[Missing, ...]
    readings: tuple[ReadingInfo, ...]
    advice: AdviceInfo | None = Field(description="Only where there is something to do: violated or open.")
    deviation: DeviationInfo | None
    source: Source
    interpretation: str | None
    notes: tuple[str, ...]


class HintInfo(Part):
    """An option or an offer that the guideline names; no obligation and no outcome."""

    rule: str
    title: str
    section: str
    wording: str
    state: Literal["offered", "taken"]
    due: Literal["now", "later"]
    message: str
    source: Source
    notes: tuple[str, ...]


class FollowsFrom(Part):
    """A finding that made advice hold; `deviation` tells that an agreed deviation in force covers it."""

    rule: str
    title: str
    status: Status
    deviation: bool


class CombinedAdvice(Part):
    """What several findings together mean, from which it follows, and what to do: who, when, with what effort."""

    id: str
    kind: Insight
    title: str
    strength: Strength = Field(description="Of the strongest finding with something to do.")
    due: Literal["now", "later"]
    message: str
    follows_from: tuple[FollowsFrom, ...]
    because: tuple[Because, ...]
    text: str
    by: tuple[Party, ...]
    until: Phase
    effort: Effort
    source: Source | None
    notes: tuple[str, ...]


class Report(Part):
    """The whole answer to one check."""

    schema_: Literal["qmadvisor.report/1"] = Field(SCHEMA, alias="schema")
    rule_base: RuleBaseInfo
    engine: str
    as_of: str
    setup: SetupInfo
    summary: Summary
    advice: tuple[CombinedAdvice, ...] = Field(description="The strongest, earliest and easiest first.")
    sections: dict[str, str] = Field(description="Key and title of each section, in the guideline's order.")
    findings: tuple[FindingInfo, ...]
    hints: tuple[HintInfo, ...]
    disclaimer: str

    def to_json(self) -> str:
        """Write the report as JSON; the same report always gives the same bytes."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
