"""What every template of the book needs: filters, and the parts of pages that files and service share.

A part is included as `book/<name>.html`; it expects `book` and `url` (see `Links`), and what its page is about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from qmadvisor.knowledge.kinds import KINDS as FACT_KINDS
from qmadvisor.knowledge.kinds import limits_of
from qmadvisor.knowledge.parameters import ParameterSpec, ValueSpec
from qmadvisor.language.numerals import german_number
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import exact
from qmadvisor.report import words
from qmadvisor.rulebook.book import HINT, KINDS, Book
from qmadvisor.rulebook.links import Links
from qmadvisor.rulebook.terms import anchor

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def with_parts(loader: BaseLoader) -> BaseLoader:
    """Add the parts to a loader of templates."""
    return ChoiceLoader([loader, PrefixLoader({"book": FileSystemLoader(HERE / "templates" / "parts")})])


def equip(environment: Environment) -> None:
    """Add what the parts use and what does not depend on a book."""
    environment.filters.update(value=_value, days=_days, day=words.day, number=german_number, anchor=anchor)
    environment.globals.update(
        kinds=KINDS, hint=HINT, fact_kinds=FACT_KINDS, limits_of=limits_of, disclaimer=words.DISCLAIMER
    )


def context(book: Book, url: Links) -> dict[str, Any]:
    """Return the names that the parts expect."""
    return {"book": book, "guideline": book.base.knowledge.guideline, "url": url}


def _value(value: ValueSpec, parameter: ParameterSpec) -> str:
    return german_number(exact(str(value.value)), parse_unit(parameter.unit))


def _days(value: ValueSpec) -> str:
    """The days on which a dated value holds."""
    first, last = (words.day(text) if text else None for text in (value.valid_from, value.valid_to))
    if first and last:
        return f"{first} bis {last}"
    return f"ab {first}" if first else f"bis {last}" if last else "immer"
