"""The ledger: every passage of the guideline by id, page and section (never its sentences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from qmadvisor.knowledge.validation import Content, read_content

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
    spec, _ = read_content(path, GuidelineSpec)
    sections = {section.key: section.title for section in spec.sections}
    passages = {passage.id: passage for passage in spec.passages}
    return Guideline(spec.guideline, spec.title, spec.publisher, spec.as_of, sections, passages)
