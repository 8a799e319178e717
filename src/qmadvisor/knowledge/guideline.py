"""The ledger: every passage of the guideline by id, page and section (never its sentences)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem, did_you_mean
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name

Modality = Literal["muss", "soll", "empfohlen", "ideal", "leitbild", "kann"]


class Section(Content):
    """One chapter of the guideline."""

    key: str
    title: str


class Passage(Content):
    """One sentence: where it stands, and the word that shows how firm it is, or why no rule rests on it."""

    id: str
    page: int
    section: str
    modality: Modality | None = None
    word: str = ""
    not_normative: str = ""
    not_checkable: str = ""

    @model_validator(mode="after")
    def _one_account(self) -> Self:
        if bool(self.modality) != bool(self.word):
            msg = "modality und word gehören zusammen."
            raise ValueError(msg)
        if sum(map(bool, (self.modality, self.not_normative, self.not_checkable))) > 1:
            msg = "Eine Passage hat eine Modalität, oder sie ist nicht normativ, oder nicht prüfbar."
            raise ValueError(msg)
        return self


class GuidelineSpec(Content):
    """The file `knowledge/guideline/*.yaml`."""

    guideline: str
    title: str
    publisher: str
    as_of: str
    sections: tuple[Section, ...] = Field(min_length=1, strict=False)
    passages: tuple[Passage, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True, slots=True)
class Guideline:
    """The guideline with its sections in reading order and its passages by id."""

    key: str
    title: str
    publisher: str
    as_of: str
    sections: Mapping[str, str]
    passages: Mapping[str, Passage]


def load_guideline(path: Path) -> Guideline:
    """Read the ledger. Raises KnowledgeError."""
    spec, node = read_content(path, GuidelineSpec)
    problems = list(_problems(spec, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    sections = {section.key: section.title for section in spec.sections}
    passages = {passage.id: passage for passage in spec.passages}
    return Guideline(spec.guideline, spec.title, spec.publisher, spec.as_of, sections, passages)


def _problems(spec: GuidelineSpec, node: documents.Node, name: str) -> Iterator[Problem]:
    """Ids are unique, and every passage stands in a section that exists."""
    sections = [section.key for section in spec.sections]
    for index, key in enumerate(sections):
        if key in sections[:index]:
            place = place_of(node, ("sections", index), name)
            yield Problem("duplicate_section", "Diesen Abschnitt gibt es schon.", place, key)
    seen: set[str] = set()
    for index, passage in enumerate(spec.passages):
        if passage.id in seen:
            place = place_of(node, ("passages", index, "id"), name)
            yield Problem("duplicate_passage", "Diese Passage gibt es schon.", place, passage.id)
        seen.add(passage.id)
        if passage.section not in sections:
            place = place_of(node, ("passages", index, "section"), name)
            remedy = did_you_mean(passage.section, sections)
            yield Problem(
                "unknown_section", "Diesen Abschnitt gibt es nicht.", place, passage.section, remedy=remedy
            )
