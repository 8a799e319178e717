"""The form of a rule file, and the rule that the engine works with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, Self

from pydantic import Field, PrivateAttr, WithJsonSchema, field_validator, model_validator

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem
from qmadvisor.knowledge.validation import Content, DayText, place_of, read_content
from qmadvisor.language import syntax
from qmadvisor.resources import relative_name
from qmadvisor.setup.model import PHASES

Strength = Literal["muss", "soll", "empfohlen", "ideal", "leitbild"]
Hedge = Literal["moeglichst", "ggf"]
Phase = Literal["vorbereitung", "programmaufnahme", "ausschreibung", "isek", "umsetzung", "verstetigung"]
Effort = Literal["gering", "mittel", "hoch"]
Party = Literal["kommune", "traeger", "quartiersmanagement", "servicestelle", "politik"]
Outcome = Literal["fulfilled", "violated", "open", "not_applicable", "offered", "taken", "silent"]

#: The last key of a rule file.
EXAMPLES = "examples"
STRENGTHS: tuple[Strength, ...] = ("muss", "soll", "empfohlen", "ideal", "leitbild")
PHASE_ORDER = tuple(PHASES)

#: The words of the guideline that show each strength; `leitbild` describes and has no fixed words.
_WORDINGS: dict[str, re.Pattern[str]] = {
    "muss": re.compile(
        r"muss|müss|ist (… )?zu\b|zwingend|unabdingbar|nötig|notwendig|unerlässlich|grundvoraussetzung|eingefordert"
        r"|zu berücksichtig|abzuwägen"
    ),
    "soll": re.compile(r"soll|gefordert|setzt|selbstverständlich"),
    "empfohlen": re.compile(r"empf[ie]|wichtig|sinnvoll|hilfreich|vorteilhaft|erfahrung|zu bedenken"),
    "ideal": re.compile(r"ideal|wünschenswert"),
    "leitbild": re.compile(r"."),
}


#: A condition as text; YAML reads a bare `true` as a truth value, which the rule takes as the text again.
Condition = Annotated[str, WithJsonSchema({"type": ["string", "boolean"]})]


class Advice(Content):
    """What to do about a finding: who, until the end of which phase, and with what effort."""

    text: str = Field(min_length=1)
    effort: Effort
    by: tuple[Party, ...] = Field(min_length=1, strict=False)
    until: Phase


class Case(Content):
    """One example: what is given beyond the base, and what must come out."""

    given: dict[str, Any]
    then: Outcome
    because: Literal["facts", "imprecise", "no_parameter", "data_problem"] | None = None
    missing: tuple[str, ...] | None = Field(None, strict=False)
    as_of: DayText | None = None


class Examples(Content):
    """Examples that run as tests."""

    base: dict[str, Any] = Field(default_factory=dict)
    cases: tuple[Case, ...] = Field(min_length=1, strict=False)


class Equivalent(Content):
    """A slip that no example can show, as `rules test --mutate` names it, and why it makes no difference."""

    mutant: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class RuleFields(Content):
    """What a rule file says of its rule."""

    id: str = Field(pattern=r"^[a-z-]+\.[a-z0-9-]+$")
    title: str = Field(min_length=1, max_length=70)
    kind: Literal["finding", "hint"] = "finding"
    strength: Strength | None = None
    wording: str = Field(min_length=1)
    hedge: Hedge | None = None
    source: tuple[str, ...] = Field(min_length=1, strict=False)
    phase: tuple[Phase, ...] = Field(min_length=1, strict=False)
    since: str
    applies: Condition = ""
    requires: Condition = ""
    avoid: Condition = ""
    offer_when: Condition = ""
    taken_when: Condition = ""
    interpretation: str = ""
    parameter: str = ""
    says: dict[str, str]
    advice: Advice | None = None
    notes: tuple[str, ...] = Field((), strict=False)
    equivalent: tuple[Equivalent, ...] = Field((), strict=False)

    @field_validator("applies", "requires", "avoid", "offer_when", "taken_when", mode="before")
    @classmethod
    def _spell_truth(cls, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value

    @property
    def section(self) -> str:
        """The guideline's section, which is also the folder."""
        return self.id.partition(".")[0]

    @cached_property
    def due_from(self) -> Phase:
        """The earliest phase in which the recommendation is due."""
        return min(self.phase, key=PHASE_ORDER.index)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        faults = _hint_faults(self) if self.kind == "hint" else _finding_faults(self)
        if self.parameter and not self.interpretation:
            faults.append("Ein Parameter braucht eine „interpretation“, die die Lesart begründet.")
        if faults:
            raise ValueError(" ".join(faults))
        return self


class RuleFile(RuleFields):
    """One whole rule file, with the examples at its end."""

    examples: Examples


class RuleSpec(RuleFields):
    """One rule file up to its examples, which are most of it and are read only when they are asked for."""

    _path: Path = PrivateAttr()
    _examples: Examples | None = PrivateAttr(None)

    @classmethod
    def read(cls, path: Path) -> tuple[Self, documents.Node]:
        """Read a file. Raises KnowledgeError or DocumentError."""
        spec, node = read_content(path, cls, before=EXAMPLES)
        if EXAMPLES not in _keys(node):
            place = place_of(node, (), relative_name(path))
            allowed = f"„{EXAMPLES}“ am Ende der Datei"
            raise KnowledgeError(
                [Problem("missing", "Eine Regel braucht Beispiele.", place, allowed=allowed)]
            )
        spec._path = path
        return spec, node

    @property
    def examples(self) -> Examples:
        """The examples of the file. Raises KnowledgeError or DocumentError."""
        if self._examples is None:
            self._examples = self._read_examples()
        return self._examples

    def _read_examples(self) -> Examples:
        file, node = read_content(self._path, RuleFile)
        last = _keys(node)[-1]
        if last != EXAMPLES:
            place = place_of(node, (last,), relative_name(self._path))
            raise KnowledgeError(
                [Problem("order", "Nach den Beispielen darf nichts mehr stehen.", place, last)]
            )
        return file.examples


def _keys(node: documents.Node) -> list[str]:
    return list(node.keys) if isinstance(node, documents.Mapping) else []


def names_strength(wording: str, strength: Strength) -> bool:
    """Tell whether a wording of the guideline shows this strength."""
    return bool(_WORDINGS[strength].search(wording.lower()))


def _finding_faults(rule: RuleFields) -> list[str]:
    faults = []
    if bool(rule.requires) == bool(rule.avoid):
        faults.append("Ein Befund braucht genau eines von „requires“ und „avoid“.")
    if rule.offer_when or rule.taken_when:
        faults.append("„offer_when“ und „taken_when“ gehören zu Hinweisen (kind: hint).")
    if rule.strength is None or rule.advice is None:
        faults.append("Ein Befund braucht „strength“ und „advice“.")
    elif not (rule.interpretation or names_strength(rule.wording, rule.strength)):
        faults.append(
            f"„{rule.wording}“ steht nicht für „{rule.strength}“; begründen Sie die Lesart als „interpretation“."
        )
    needed, allowed = {"fulfilled", "violated", "open"}, {"fulfilled", "violated", "open", "not_applicable"}
    if not needed <= set(rule.says) <= allowed:
        faults.append(
            "„says“ braucht Texte für fulfilled, violated und open; erlaubt ist noch not_applicable."
        )
    return faults


def _hint_faults(rule: RuleFields) -> list[str]:
    faults = []
    if not rule.offer_when or rule.requires or rule.avoid or rule.applies:
        faults.append("Ein Hinweis hat „offer_when“, aber kein „requires“, „avoid“ oder „applies“.")
    if rule.strength is not None or rule.advice is not None:
        faults.append("Ein Hinweis hat keine „strength“ und kein „advice“.")
    expected = {"offered", "taken"} if rule.taken_when else {"offered"}
    if set(rule.says) != expected:
        faults.append(f"„says“ braucht hier genau: {', '.join(sorted(expected))}.")
    return faults


class Heading(Protocol):
    """What an engine reads of a file beside its conditions: where it belongs, and what switches it off."""

    @property
    def section(self) -> str:
        """The folder."""
        ...

    @property
    def parameter(self) -> str:
        """The reading of ours that it hangs on, or ""."""
        ...


class Conditional(Protocol):
    """Whatever an engine can decide: a rule, or advice that reads the findings of rules."""

    @property
    def id(self) -> str:
        """The name of the decision."""
        ...

    @property
    def spec(self) -> Heading:
        """Its file."""
        ...

    @property
    def applies(self) -> syntax.Expression | None:
        """Where it matters; None: everywhere."""
        ...

    @property
    def demand(self) -> syntax.Expression:
        """What must hold."""
        ...

    @property
    def taken(self) -> syntax.Expression | None:
        """For hints: when the option is used already."""
        ...

    @property
    def conditions(self) -> tuple[syntax.Expression, ...]:
        """All of them."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. For a hint `applies` is None and `demand` is the offer; `taken` says it is already used."""

    spec: RuleSpec
    file: str
    applies: syntax.Expression | None
    demand: syntax.Expression
    taken: syntax.Expression | None = None
    #: The rule's id, `<section>.<rule>`: kept, because a check asks every rule for it several times.
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.spec.id)

    @property
    def is_hint(self) -> bool:
        """Tell whether it is a hint: no strength, no outcome, no effect on the exit code."""
        return self.spec.kind == "hint"

    @property
    def conditions(self) -> tuple[syntax.Expression, ...]:
        """Its conditions, `applies` first."""
        return tuple(part for part in (self.applies, self.demand, self.taken) if part is not None)

    @property
    def facts_read(self) -> tuple[str, ...]:
        """The facts and lists that its conditions read, each once."""
        read = (path for condition in self.conditions for path in syntax.facts_read(condition))
        return tuple(dict.fromkeys(read))


@dataclass(frozen=True, slots=True)
class Retired:
    """The tombstone of a rule id: what replaces it (or nothing), since which version."""

    replaced_by: str | None
    since: str


RetiredRules = Mapping[str, Retired]
