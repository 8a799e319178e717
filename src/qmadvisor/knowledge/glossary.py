"""Words that a planner may not know, in plain German: `knowledge/glossary.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem, did_you_mean
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name


class Entry(Content):
    """One word, what it means, and the entries that explain more."""

    term: str = Field(min_length=1)
    text: str = Field(min_length=1)
    see: tuple[str, ...] = Field((), strict=False)


class GlossaryFile(Content):
    """The file `knowledge/glossary.yaml`."""

    glossary: tuple[Entry, ...] = Field(min_length=1, strict=False)


Glossary = Mapping[str, Entry]


def load_glossary(path: Path) -> Glossary:
    """Read the entries by their words; none where there is no file. Raises KnowledgeError."""
    if not path.exists():
        return {}
    spec, node = read_content(path, GlossaryFile)
    problems = list(_problems(spec.glossary, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    return {entry.term: entry for entry in spec.glossary}


def _problems(entries: Sequence[Entry], node: documents.Node, name: str) -> Iterator[Problem]:
    """Every word stands once, and refers to others that stand there too."""
    terms = [entry.term for entry in entries]
    for index, entry in enumerate(entries):
        if entry.term in terms[:index]:
            place = place_of(node, ("glossary", index, "term"), name)
            yield Problem("duplicate_term", "Diesen Begriff gibt es schon.", place, entry.term)
        for number, other in enumerate(entry.see):
            place = place_of(node, ("glossary", index, "see", number), name)
            if other == entry.term:
                yield Problem("unknown_term", "Ein Begriff verweist nicht auf sich selbst.", place, other)
            elif other not in terms:
                remedy = did_you_mean(other, terms)
                yield Problem("unknown_term", "Diesen Begriff gibt es nicht.", place, other, remedy=remedy)
