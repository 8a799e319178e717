"""The guideline's models of Quartiersmanagement: `knowledge/models.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem, did_you_mean
from qmadvisor.knowledge.guideline import Guideline
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name

Area = Literal["steuerung", "planung", "gwa"]
Party = Literal["kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger", "gemeinsam"]


class Variant(Content):
    """For each of the three areas, the parties that fit; the keys are those of the facts."""

    steuerung: tuple[Party, ...] = Field(min_length=1, strict=False)
    planung: tuple[Party, ...] = Field(min_length=1, strict=False)
    gwa: tuple[Party, ...] = Field(min_length=1, strict=False)


class ModelSpec(Content):
    """One model in our own words: who does what, what is called by the name, and what it brings with it.

    `called` says what must be called Quartiersmanagement and what must not. `similar` is the model that it
    blends into.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    passages: tuple[str, ...] = Field(min_length=1, strict=False)
    variants: tuple[Variant, ...] = Field(strict=False)
    called: dict[Area, bool]
    steering: str = Field(min_length=1)
    planning: str = Field(min_length=1)
    community_work: str = Field(min_length=1)
    name: str = Field(min_length=1)
    carriers: str = Field(min_length=1)
    joint_office: str = ""
    bidding_consortium: str = ""
    competence: str = ""
    similar: str = ""


class ModelsFile(Content):
    """The file."""

    models: tuple[ModelSpec, ...] = Field(min_length=1, strict=False)


Models = Mapping[str, ModelSpec]
NO_MODELS: Models = MappingProxyType({})


def load_models(path: Path, guideline: Guideline) -> Models:
    """Read the models by key; none where there is no such file. Raises KnowledgeError."""
    if not path.exists():
        return NO_MODELS
    content, node = read_content(path, ModelsFile)
    problems = list(_problems(content, guideline, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    return {model.key: model for model in content.models}


def _problems(
    content: ModelsFile, guideline: Guideline, node: documents.Node, name: str
) -> Iterator[Problem]:
    keys = [model.key for model in content.models]
    for index, model in enumerate(content.models):
        if model.key in keys[:index]:
            place = place_of(node, ("models", index, "key"), name)
            yield Problem("duplicate_model", "Dieses Modell gibt es schon.", place, model.key)
        if model.similar and model.similar not in keys:
            place = place_of(node, ("models", index, "similar"), name)
            remedy = did_you_mean(model.similar, keys)
            yield Problem(
                "unknown_model", "Dieses Modell gibt es nicht.", place, model.similar, remedy=remedy
            )
        for number, passage in enumerate(model.passages):
            if passage not in guideline.passages:
                place = place_of(node, ("models", index, "passages", number), name)
                remedy = did_you_mean(passage, guideline.passages)
                yield Problem(
                    "unknown_passage", "Diese Passage gibt es nicht.", place, passage, remedy=remedy
                )
