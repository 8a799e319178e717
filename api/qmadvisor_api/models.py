"""What the API answers, as frozen data: the contract that server and client share."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from qmadvisor.knowledge.catalogue_model import Kind
from qmadvisor.knowledge.guideline import Modality
from qmadvisor.report.model import CombinedAdvice, FindingInfo, HintInfo, Part, RuleBaseInfo, Source
from qmadvisor.rules.model import Effort, Hedge, Party, Phase, Strength


class ErrorItem(Part):
    """One error: a stable code, what is wrong in German, and its place in the body or among the parameters."""

    code: str
    message: str
    pointer: str | None = Field(None, description="JSON pointer (RFC 6901) into the body.")
    parameter: str | None = Field(None, description="Name of the query or path parameter.")
    line: int | None = Field(None, description="Line in the body, from 1.")
    column: int | None = Field(None, description="Column in the body, from 1; not for JSON.")
    found: str | None = None
    allowed: str | None = None
    remedy: str | None = None


class ProblemDetails(Part):
    """An error by RFC 9457. `type` identifies its kind for good; `errors` holds all that is wrong."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[ErrorItem, ...] = ()


class ProblemKind(Part):
    """One kind of problem that the API tells about."""

    type: str
    name: str
    status: int
    title: dict[str, str]
    about: dict[str, str]


class ProblemKinds(Part):
    """All kinds of problems."""

    problems: tuple[ProblemKind, ...]


class Explanation(Part):
    """How one rule or advice came out: finding, hint or advice (null where it is not shown), and the whole story."""

    rule: str
    kind: Literal["finding", "hint", "advice"]
    engine: str
    as_of: str
    finding: FindingInfo | None
    hint: HintInfo | None
    advice: CombinedAdvice | None
    text: str = Field(description="Every condition with its value and result, as indented German text.")


class ConditionInfo(Part):
    """A condition as it is written in the rule, and in German."""

    text: str
    german: str


class RuleAdvice(Part):
    """What a rule proposes: who, until the end of which phase, with what effort."""

    text: str
    effort: Effort
    by: tuple[Party, ...]
    until: Phase


class RuleInfo(Part):
    """One rule: a recommendation of the guideline, or a hint."""

    id: str
    title: str
    section: str
    kind: Literal["finding", "hint"]
    strength: Strength | None
    wording: str
    hedge: Hedge | None
    phases: tuple[Phase, ...]
    since: str
    applies: ConditionInfo | None = Field(description="When it applies; always where this is null.")
    demand: ConditionInfo = Field(description="What fulfils it; for a hint, when it is offered.")
    taken: ConditionInfo | None
    says: dict[str, str]
    interpretation: str | None
    parameter: str | None
    advice: RuleAdvice | None
    notes: tuple[str, ...]
    facts: tuple[str, ...] = Field(description="Paths of the facts that its conditions read.")
    source: Source


class Rules(Part):
    """Rules in the guideline's order, and the rules that are no longer in use with what replaced them."""

    rule_base: RuleBaseInfo
    sections: dict[str, str]
    rules: tuple[RuleInfo, ...]
    retired: dict[str, str | None]


class Question(Part):
    """What is asked for, and what may be answered."""

    kind: Kind
    label: str
    question: str
    help: str
    unit: str | None
    minimum: str | None
    maximum: str | None
    choices: dict[str, str]


class FieldInfo(Question):
    """One field of the entries of a list."""

    key: str


class FactInfo(Question):
    """One fact: a question of the plan, or what is worked out from others."""

    path: str
    topic: str
    section: str | None
    quick: bool = Field(description="Whether the quick check asks for it.")
    input: bool = Field(description="Whether people answer it; else it is worked out.")
    explanation: str | None = Field(description="How it is worked out.")
    fields: tuple[FieldInfo, ...]


class Facts(Part):
    """All facts by topic, in the order in which they are asked."""

    rule_base: RuleBaseInfo
    topics: dict[str, str]
    facts: tuple[FactInfo, ...]


class PassageEntry(Part):
    """One passage of the guideline: where it stands, how firm it is, which rules cite it or why none does."""

    id: str
    page: int
    section: str
    modality: Modality | None = Field(
        description="How firm the guideline says it; null where no rule can rest on it."
    )
    word: str | None = Field(description="The word that shows it.")
    not_normative: str | None = Field(description="Why it asks for nothing.")
    not_checkable: str | None = Field(description="Why a plan cannot be checked for it.")
    rules: tuple[str, ...] = Field(description="The rules that cite it.")


class Passages(Part):
    """The ledger of the guideline."""

    rule_base: RuleBaseInfo
    sections: dict[str, str]
    passages: tuple[PassageEntry, ...]


class ModelInfo(Part):
    """One model of the guideline: who takes on what, what carries the name, and what comes with it."""

    key: str
    title: str
    passages: tuple[str, ...]
    variants: tuple[dict[str, tuple[str, ...]], ...] = Field(
        description="For each of the three areas the parties that fit."
    )
    called: dict[str, bool] = Field(description="What must be called Quartiersmanagement, and what must not.")
    steering: str
    planning: str
    community_work: str
    name: str
    carriers: str
    joint_office: str | None
    bidding_consortium: str | None
    competence: str | None
    similar: str | None = Field(description="The model that it blends into.")


class Models(Part):
    """The models of Quartiersmanagement that the guideline describes."""

    rule_base: RuleBaseInfo
    models: tuple[ModelInfo, ...]


class TaskEntry(Part):
    """One line of the overview of tasks: where it stands, and what it is called."""

    id: str
    area: str
    column: str
    page: int
    label: str


class TaskInfo(Part):
    """One task, whichever entries name it; entries of one part name the very same thing, parts are alike."""

    id: str
    label: str
    if_needed: bool = Field(description="Not every place has this task.")
    parts: tuple[tuple[str, ...], ...]


class Tasks(Part):
    """The guideline's overview of tasks by area and column."""

    rule_base: RuleBaseInfo
    areas: dict[str, str]
    columns: dict[str, str]
    entries: tuple[TaskEntry, ...]
    tasks: tuple[TaskInfo, ...]


class ParameterValue(Part):
    """A value with the days on which it holds and where it comes from."""

    value: float
    valid_from: str | None
    valid_to: str | None
    source: str
    checked: str | None = Field(description="Day of the last confirmation; null: not confirmed.")


class ParameterInfo(Part):
    """A dated value that rules rest on."""

    name: str
    title: str
    unit: str
    interpretation: str | None = Field(description="Why it is read so, where it is a reading of ours.")
    adjustable: bool = Field(description="Whether a setup may change it or switch it off.")
    values: tuple[ParameterValue, ...]


class ParameterList(Part):
    """All dated values."""

    rule_base: RuleBaseInfo
    parameters: tuple[ParameterInfo, ...]


class ExampleInfo(Part):
    """An example setup: `setup` can be sent to check as it is."""

    name: str
    title: str
    setup: dict[str, Any]
    yaml: str


class Examples(Part):
    """Example setups, made from published cases or invented (their title says so)."""

    examples: tuple[ExampleInfo, ...]


class Version(Part):
    """What is running."""

    program: str
    api: Literal["v1"] = "v1"
    schemas: tuple[str, ...]
    rule_base: RuleBaseInfo
    engine: str = Field(description="The engine that is configured; each report names the one that spoke.")


class Health(Part):
    """Whether the service lives or is ready."""

    status: Literal["ok"]
