"""What rules, parameters and notes rest on, and official titles: `knowledge/sources.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name


class Source(Content):
    """One source: its official title, its date as far as it is known, and what it stands for."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str = Field(min_length=1)
    date: str = Field(min_length=1)
    note: str = Field(min_length=1)


class SourceFile(Content):
    """The file `knowledge/sources.yaml`."""

    sources: tuple[Source, ...] = Field(min_length=1, strict=False)


Sources = Mapping[str, Source]


def load_sources(path: Path) -> Sources:
    """Read the sources by key; none where there is no file. Raises KnowledgeError."""
    if not path.exists():
        return {}
    spec, node = read_content(path, SourceFile)
    problems = list(_problems(spec.sources, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    return {source.key: source for source in spec.sources}


def _problems(sources: Sequence[Source], node: documents.Node, name: str) -> Iterator[Problem]:
    """Keys are unique, and no title stands twice: the same source would go by two names."""
    for field, code, message in (
        ("key", "duplicate_source", "Diese Quelle gibt es schon."),
        ("title", "duplicate_title", "Diesen Titel gibt es schon."),
    ):
        seen: set[str] = set()
        for index, source in enumerate(sources):
            value = getattr(source, field)
            if value in seen:
                yield Problem(code, message, place_of(node, ("sources", index, field), name), value)
            seen.add(value)
