"""The kinds of carriers that the guideline describes, without any ranking: `knowledge/carriers.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem, did_you_mean
from qmadvisor.knowledge.guideline import Guideline
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name

Model = Literal["modell_1", "modell_2", "modell_3", "modell_4", "modell_5"]


class TypicalModel(Content):
    """A model of Quartiersmanagement in which a kind of carrier is typical, and where that stands."""

    model: Model
    passages: tuple[str, ...] = Field(min_length=1, strict=False)


class Carrier(Content):
    """One kind of carrier: what it does, what it brings, and how it relates to the Quartiersmanagement."""

    key: str = Field(pattern=r"^[a-z][a-z_]*$")
    title: str = Field(min_length=1, max_length=70)
    passages: tuple[str, ...] = Field(min_length=1, strict=False)
    work: str = Field(min_length=1)
    strengths: str = Field(min_length=1)
    relation: str = Field(min_length=1)
    models: tuple[TypicalModel, ...] = Field(strict=False)
    interpretation: str = ""

    @model_validator(mode="after")
    def _absence_is_explained(self) -> Self:
        if not self.models and not self.interpretation:
            msg = "Ohne typisches Modell sagt „interpretation“, warum keines genannt ist."
            raise ValueError(msg)
        return self


class CarrierFile(Content):
    """The file `knowledge/carriers.yaml`."""

    carriers: tuple[Carrier, ...] = Field(min_length=1, strict=False)


Carriers = Mapping[str, Carrier]


def load_carriers(path: Path, guideline: Guideline) -> Carriers:
    """Read the carriers by key, in the guideline's order; none where there is no file. Raises KnowledgeError."""
    if not path.exists():
        return {}
    spec, node = read_content(path, CarrierFile)
    problems = list(_problems(spec.carriers, guideline, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    return {carrier.key: carrier for carrier in spec.carriers}


def _problems(
    carriers: Sequence[Carrier], guideline: Guideline, node: documents.Node, name: str
) -> Iterator[Problem]:
    """Keys are unique, no model stands twice with a carrier, and every passage is one of the guideline."""
    keys = [carrier.key for carrier in carriers]
    for index, carrier in enumerate(carriers):
        if carrier.key in keys[:index]:
            place = place_of(node, ("carriers", index, "key"), name)
            yield Problem("duplicate_carrier", "Diese Trägerart gibt es schon.", place, carrier.key)
        models = [typical.model for typical in carrier.models]
        for number, model in enumerate(models):
            if model in models[:number]:
                place = place_of(node, ("carriers", index, "models", number, "model"), name)
                yield Problem("duplicate_model", "Dieses Modell ist hier schon genannt.", place, model)
        for keys_of, passage in _cited(carrier):
            if passage not in guideline.passages:
                place = place_of(node, ("carriers", index, *keys_of), name)
                remedy = did_you_mean(passage, guideline.passages)
                yield Problem(
                    "unknown_passage", "Diese Passage gibt es nicht.", place, passage, remedy=remedy
                )


def _cited(carrier: Carrier) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every passage that a carrier cites, with the keys that lead to it."""
    for index, passage in enumerate(carrier.passages):
        yield ("passages", index), passage
    for number, typical in enumerate(carrier.models):
        for index, passage in enumerate(typical.passages):
            yield ("models", number, "passages", index), passage
