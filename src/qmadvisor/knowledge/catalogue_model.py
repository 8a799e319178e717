"""The form of `knowledge/facts/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from qmadvisor.knowledge.validation import Content, iso_day
from qmadvisor.language.units import parse_unit

Kind = Literal[
    "bool",
    "integer",
    "decimal",
    "stellenumfang",
    "date",
    "choice",
    "multiple",
    "text",
    "actor",
    "list",
    "task_matrix",
]
#: In the order of a project; the keys are those of the setup's phases.
DatePhase = Literal["vorbereitung", "programmaufnahme", "ausschreibung", "isek", "umsetzung", "verstetigung"]
Filled = Annotated[str, Field(min_length=1)]
Number = int | float
_NAME = re.compile(r"[a-z][a-z0-9_]*")
#: What each kind needs, beyond `label`, to be spoken of in a sentence.
_NEEDED: dict[str, tuple[str, ...]] = {
    "bool": ("holds", "fails"),
    "integer": ("phrase",),
    "decimal": ("phrase",),
    "stellenumfang": ("phrase", "min", "max"),
    "date": ("phrase",),
    "choice": ("phrase", "choices"),
    "multiple": ("contains", "lacks", "choices"),
    "text": (),
    "actor": ("phrase", "list_of"),
    "list": ("record", "fields"),
    "task_matrix": ("list_of",),
}


class RecordWords(Content):
    """How the entries of a list are called."""

    singular: Filled
    plural: Filled
    gender: Literal["m", "f", "n"]
    dative_plural: str = ""


class ComputedSpec(Content):
    """A named function and the facts that it reads."""

    function: Filled
    inputs: tuple[Filled, ...] = Field(min_length=1, strict=False)


class FactSpec(Content):
    """One fact of the catalogue, as the file states it."""

    type: Kind
    label: Filled
    phrase: str = ""
    plural: bool = False
    holds: str = ""
    fails: str = ""
    contains: str = ""
    lacks: str = ""
    choices: dict[str, Filled] = Field(default_factory=dict)
    choices_from: Literal["", "aufgaben"] = ""
    unit: str = ""
    min: Number | str | None = None
    max: Number | str | None = None
    step: Number | None = None
    max_length: int = 2000
    list_of: str = Field("", alias="list")
    record: RecordWords | None = None
    fields: dict[str, FactSpec] = Field(default_factory=dict)
    question: str = ""
    help: str = ""
    section: str = ""
    quick: bool = False
    phase: DatePhase | None = None
    derived: str = ""
    computed: ComputedSpec | None = None
    explanation: str = ""
    renamed_from: str = ""

    @property
    def is_input(self) -> bool:
        """Tell whether people answer it, rather than the program working it out."""
        return not self.derived and self.computed is None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for name in _NEEDED[self.type]:
            if name == "choices" and self.choices_from:
                continue
            if getattr(self, name) in ("", None, {}):
                shown = "list" if name == "list_of" else name
                msg = f"Ein Fakt vom Typ {self.type} braucht den Schlüssel „{shown}“."
                raise ValueError(msg)
        if self.phase and self.type != "date":
            msg = "„phase“ sagt, in welche Phase ein Datum fällt; dieser Fakt ist keines."
            raise ValueError(msg)
        if self.derived and self.computed:
            msg = "Ein Fakt ist entweder abgeleitet (derived) oder berechnet (computed)."
            raise ValueError(msg)
        if self.choices and self.choices_from:
            msg = "Die Auswahl steht entweder hier (choices) oder anderswo (choices_from)."
            raise ValueError(msg)
        _check_range(self)
        _check_fields(self.fields)
        parse_unit(self.unit)
        return self


def _check_range(spec: FactSpec) -> None:
    """Bounds are days for a date and numbers for the rest, the lower one first."""
    bounds = [bound for bound in (spec.min, spec.max) if bound is not None]
    if spec.type == "date":
        bounds = [iso_day(str(bound)).toordinal() for bound in bounds]
    elif any(isinstance(bound, str) for bound in bounds):
        msg = "„min“ und „max“ sind hier Zahlen."
        raise ValueError(msg)
    if len(bounds) == 2 and bounds[0] > bounds[1]:  # type: ignore[operator]  # only numbers are left
        msg = "„min“ ist größer als „max“."
        raise ValueError(msg)


def _check_fields(fields: Mapping[str, FactSpec]) -> None:
    """What an entry of a list holds is stated for it: no list in a list, nothing worked out."""
    for name, spec in fields.items():
        if not _NAME.fullmatch(name):
            msg = f"„{name}“ ist kein Name eines Felds: kleine Buchstaben, Ziffern und _."
            raise ValueError(msg)
        if spec.type in ("list", "task_matrix") or not spec.is_input:
            msg = f"Das Feld „{name}“ kann weder eine Liste noch abgeleitet oder berechnet sein."
            raise ValueError(msg)


def _path(path: str) -> str:
    if not all(map(_NAME.fullmatch, path.split("."))):
        msg = f"„{path}“ ist kein Pfad: Namen aus kleinen Buchstaben, Ziffern und _, mit Punkten verbunden."
        raise ValueError(msg)
    return path


class TopicFile(Content):
    """One file of the catalogue."""

    topic: Filled
    title: Filled
    facts: dict[Annotated[str, AfterValidator(_path)], FactSpec] = Field(min_length=1)
