"""The rule book within the service: built once, when it is first asked for, with the search over it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from qmadvisor.rulebook.book import Book, build_book
from qmadvisor.rulebook.rendering import context
from qmadvisor.rulebook.search import Entry, Index, Kind
from qmadvisor.rulebook.terms import anchor
from qmadvisor_api.service import service_of


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Links between the pages of the service, below its own path (`root`)."""

    root: str = ""

    def start(self) -> str:
        """The overview."""
        return f"{self.root}/regelbuch"

    def rules(self) -> str:
        """The list of all rules and advice, with the search."""
        return f"{self.root}/regelbuch/regeln"

    def section(self, key: str) -> str:
        """A section of the guideline."""
        return f"{self.root}/regelbuch/{key}"

    def rule(self, key: str) -> str:
        """A rule."""
        return f"{self.root}/regelbuch/regel/{key}"

    def advice(self, key: str) -> str:
        """What several findings together mean."""
        return f"{self.root}/regelbuch/rat/{key}"

    def passages(self, section: str = "") -> str:
        """The guideline's passages, or those of one section."""
        return f"{self.root}/leitfaden" + (f"#s-{section}" if section else "")

    def passage(self, key: str) -> str:
        """One passage."""
        return f"{self.root}/leitfaden#p-{key}"

    def facts(self) -> str:
        """All questions."""
        return f"{self.root}/regelbuch/fragen"

    def fact(self, path: str) -> str:
        """One question."""
        return f"{self.root}/regelbuch/fragen#f-{path}"

    def term(self, term: str) -> str:
        """A word of the glossary, or the glossary."""
        return f"{self.root}/glossar" + (f"#{anchor(term)}" if term else "")

    def method(self, part: str = "") -> str:
        """How the check works."""
        return f"{self.root}/methode" + (f"#{part}" if part else "")

    def found(self, kind: Kind, key: str) -> str:
        """Anything that the search finds."""
        places = {
            "rule": self.rule,
            "advice": self.advice,
            "fact": self.fact,
            "passage": self.passage,
            "term": self.term,
        }
        return places[kind](key)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The book and its index."""

    book: Book
    index: Index


async def shelf_of(request: Request) -> Shelf:
    """Return the book of the service; building it takes half a second, so others are served meanwhile."""
    state = request.app.state
    if not hasattr(state, "shelf"):
        state.shelf = await asyncio.to_thread(_build, request)
    found: Shelf = state.shelf
    return found


def book_values(request: Request, book: Book) -> dict[str, Any]:
    """Return the names that the parts of the book expect in a template."""
    return context(book, PageLinks(request.scope.get("root_path", "")))


def _build(request: Request) -> Shelf:
    book = build_book(service_of(request).rule_base)
    return Shelf(book, Index(_entries(book)))


def _entries(book: Book) -> Iterator[Entry]:
    for rule in book.rules:
        yield Entry("rule", rule.id, rule.title, rule.search_text)
    for advice in book.advice:
        yield Entry("advice", advice.id, advice.title, advice.search_text)
    for _, facts in book.topics:
        for fact in (entry.fact for entry in facts):
            spec = fact.spec
            told = " ".join(filter(None, (spec.question, spec.help, *spec.choices.values())))
            yield Entry("fact", fact.path, fact.words.label, told)
    for section in book.sections:
        for row in section.passages:
            passage = row.passage
            told = " ".join((section.title, passage.modality or "", passage.word, row.account))
            yield Entry("passage", passage.id, f"{passage.id}, Seite {passage.page}", told)
    for entry in book.base.knowledge.glossary.values():
        yield Entry("term", entry.term, entry.term, entry.text)
