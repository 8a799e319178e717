"""The book as files: pages from templates, the style, the search and its index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qmadvisor.knowledge.kinds import KINDS as FACT_KINDS
from qmadvisor.knowledge.kinds import limits_of
from qmadvisor.knowledge.parameters import ParameterSpec, ValueSpec
from qmadvisor.language.numerals import german_number
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import exact
from qmadvisor.report import words
from qmadvisor.rulebook.book import HINT, KINDS, Book, build_book
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import STRENGTHS
from qmadvisor.rules.texts import PLACEHOLDER

_HERE = Path(__file__).parent
_ASSETS = ("style.css", "search.js")


def render_site(base: RuleBase) -> dict[str, str]:
    """Return every file of the rule book by its relative name; the same rules always give the same files."""
    book = build_book(base)
    files = dict(_pages(book))
    files |= {f"assets/{name}": (_HERE / "assets" / name).read_text("utf-8") for name in _ASSETS}
    files["assets/search-index.js"] = _search_index(book)
    return files


def _pages(book: Book) -> Iterator[tuple[str, str]]:
    templates = _environment(book)

    def page(template: str, depth: int = 0, **values: Any) -> str:
        return templates.get_template(template).render(root="../" * depth, **values)

    yield "index.html", page("index.html")
    yield "rules.html", page("rules.html")
    yield "passages.html", page("passages.html")
    yield "facts.html", page("facts.html")
    for before, section, after in _neighbours(book.sections):
        yield (
            f"sections/{section.key}.html",
            page("section.html", 1, section=section, before=before, after=after),
        )
    for before, rule, after in _neighbours(book.rules):
        yield f"rules/{rule.id}.html", page("rule.html", 1, page=rule, before=before, after=after)


def _neighbours(items: tuple[Any, ...]) -> Iterator[tuple[Any, Any, Any]]:
    return zip((None, *items), items, (*items[1:], None), strict=False)


def _environment(book: Book) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    labels = {path: fact.words.label for path, fact in book.base.knowledge.catalogue.facts.items()}
    labels |= {f"parameter.{name}": spec.title for name, spec in book.base.knowledge.parameters.specs.items()}

    def parts(text: str) -> list[tuple[str, bool]]:
        """Take a text apart: plain parts, and the names of what a report puts in their place."""
        pieces = enumerate(PLACEHOLDER.split(text))
        return [(labels[piece] if place % 2 else piece, bool(place % 2)) for place, piece in pieces]

    environment.filters |= {
        "parts": parts,
        "value": _value,
        "days": _days,
        "day": words.day,
        "number": german_number,
    }
    environment.globals |= {
        "book": book,
        "guideline": book.base.knowledge.guideline,
        "kinds": KINDS,
        "strengths": STRENGTHS,
        "hint": HINT,
        "fact_kinds": FACT_KINDS,
        "limits_of": limits_of,
        "disclaimer": words.DISCLAIMER,
    }
    return environment


def _value(value: ValueSpec, parameter: ParameterSpec) -> str:
    return german_number(exact(str(value.value)), parse_unit(parameter.unit))


def _days(value: ValueSpec) -> str:
    """The days on which a dated value holds."""
    first, last = (words.day(text) if text else None for text in (value.valid_from, value.valid_to))
    if first and last:
        return f"{first} bis {last}"
    return f"ab {first}" if first else f"bis {last}" if last else "immer"


def _search_index(book: Book) -> str:
    """A script and no JSON file: pages opened from a disk may not fetch anything."""
    entries = {page.id: page.search_text for page in book.rules}
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(text)}" for key, text in entries.items())
    return f"const RULE_BOOK_INDEX = {{\n{lines}\n}};\n"
