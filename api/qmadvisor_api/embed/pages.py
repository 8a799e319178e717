"""The pages, from templates. What people typed and what rules say is escaped: nothing of it can become markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from qmadvisor.report import words
from qmadvisor.rules.model import STRENGTHS
from qmadvisor_api.embed.form import ENTRIES, HOURS, Fields
from qmadvisor_api.kinds import Kind
from qmadvisor_api.quick import QuickCheck

STRENGTH = {
    "muss": ("muss", "Der Leitfaden fordert es."),
    "soll": ("soll", "Der Leitfaden sieht es in der Regel vor."),
    "empfohlen": ("empfohlen", "Der Leitfaden empfiehlt es."),
    "ideal": ("ideal", "Der Leitfaden wünscht es sich."),
    "leitbild": ("Leitbild", "Der Leitfaden beschreibt es als Teil des Quartiersmanagements; keine Pflicht."),
}
STATUS = {
    status.value: (words.SYMBOL[status], words.STATUS[status], about)
    for status, about in zip(
        words.STATUS,
        (
            "Ihre Planung entspricht der Empfehlung.",
            "Ihre Planung weicht von der Empfehlung ab.",
            "Dazu fehlt noch eine Angabe. Offen ist kein Mangel.",
            "Die Empfehlung betrifft Ihre Planung nicht.",
        ),
        strict=True,
    )
}


def form_page(quick: QuickCheck, fields: Fields, errors: Mapping[str, Sequence[str]]) -> str:
    """Return the form, with what was filled in and what is wrong with it."""
    return _template("form.html").render(
        quick=quick, fields=fields, errors=errors, entries=ENTRIES, hours=HOURS
    )


def result_page(report: Mapping[str, Any], answered: int, count: int) -> str:
    """Return the findings of a report."""
    return _template("result.html").render(report=report, answered=answered, count=count)


def problem_page(kind: Kind) -> str:
    """Return why there is no result."""
    return _template("problem.html").render(kind=kind)


@cache
def style_sheet() -> bytes:
    """Return the style sheet of the pages."""
    return (files(__package__) / "embed.css").read_bytes()


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "STATUS": STATUS,
        "STRENGTH": STRENGTH,
        "STRENGTHS": STRENGTHS,
        "PARTY": words.PARTY,
        "EFFORT": words.EFFORT,
        "HEDGE": words.HEDGE,
    }
    made.filters |= {"day": words.day, "pages": _pages}
    return made


def _pages(source: Mapping[str, Any]) -> str:
    first = source["page"]
    others = sorted({passage["page"] for passage in source["passages"]} - {first})
    more = f", auch {', '.join(map(str, others))}" if others else ""
    return f"Leitfaden, Seite {first}{more}"
