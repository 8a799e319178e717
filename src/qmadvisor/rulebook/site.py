"""The book as files: pages from templates, the style, the search and its index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qmadvisor.rulebook.book import Book, build_book, neighbours
from qmadvisor.rulebook.rendering import ASSETS, HERE, context, equip, with_parts
from qmadvisor.rulebook.terms import anchor
from qmadvisor.rules.loader import RuleBase

_ASSETS = ("style.css", "book.css", "search.js")


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Links between files, from a page in the book's folder (`root` is empty) or in one below it (`../`)."""

    root: str

    def start(self) -> str:
        """The overview."""
        return f"{self.root}index.html"

    def rules(self) -> str:
        """The list of all rules and advice."""
        return f"{self.root}rules.html"

    def section(self, key: str) -> str:
        """A section of the guideline."""
        return f"{self.root}sections/{key}.html"

    def rule(self, key: str) -> str:
        """A rule."""
        return f"{self.root}rules/{key}.html"

    def advice(self, key: str) -> str:
        """What several findings together mean."""
        return f"{self.root}advice/{key.removeprefix('advice.')}.html"

    def passages(self, section: str = "") -> str:
        """The guideline's passages, or those of one section."""
        return f"{self.root}passages.html" + (f"#s-{section}" if section else "")

    def passage(self, key: str) -> str:
        """One passage."""
        return f"{self.root}passages.html#p-{key}"

    def facts(self) -> str:
        """All questions."""
        return f"{self.root}facts.html"

    def fact(self, path: str) -> str:
        """One question."""
        return f"{self.root}facts.html#f-{path}"

    def term(self, term: str) -> str:
        """A word of the glossary, or the glossary."""
        return f"{self.root}glossary.html" + (f"#{anchor(term)}" if term else "")

    def method(self, part: str = "") -> str:
        """How the check works."""
        return f"{self.root}method.html" + (f"#{part}" if part else "")


def render_site(base: RuleBase) -> dict[str, str]:
    """Return every file of the rule book by its relative name; the same rules always give the same files."""
    book = build_book(base)
    files = dict(_pages(book))
    files |= {f"assets/{name}": (ASSETS / name).read_text("utf-8") for name in _ASSETS}
    files["assets/search-index.js"] = _search_index(book)
    return files


def _pages(book: Book) -> Iterator[tuple[str, str]]:
    templates = _environment()

    def page(template: str, root: str = "", **values: Any) -> str:
        known = context(book, FileLinks(root))
        return templates.get_template(template).render(root=root, **known, **values)

    def leaves(
        template: str, items: Sequence[Any], address: Callable[[str], str], name: str = "page"
    ) -> Iterator[tuple[str, str]]:
        for before, item, after in neighbours(items):
            yield address(item.id), page(template, "../", **{name: item, "before": before, "after": after})

    links = FileLinks("")
    for name in ("index", "rules", "passages", "facts", "method"):
        yield f"{name}.html", page(f"{name}.html")
    if book.base.knowledge.glossary:
        yield links.term(""), page("glossary.html")
    yield from leaves("section.html", book.sections, links.section, name="section")
    yield from leaves("rule.html", book.rules, links.rule)
    yield from leaves("advice.html", book.advice, links.advice)


def _environment() -> Environment:
    environment = Environment(
        loader=with_parts(FileSystemLoader(HERE / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    equip(environment)
    return environment


def _search_index(book: Book) -> str:
    """A script and no JSON file: pages opened from a disk may not fetch anything."""
    entries = {page.id: page.search_text for page in book.rules}
    entries |= {page.id: page.search_text for page in book.advice}
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(text)}" for key, text in entries.items())
    return f"const RULE_BOOK_INDEX = {{\n{lines}\n}};\n"
