"""Pages about the service itself: how it works, what its words mean, who runs it, and what it does with data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from qmadvisor.engine.formula import Status
from qmadvisor.report import words
from qmadvisor_api.logs import FIELDS
from qmadvisor_api.service import service_of
from qmadvisor_api.web.rendering import lasting_page, page
from qmadvisor_api.web.shelf import book_values, shelf_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class RangeExample:
    """What an inexact answer leads to, for a rule that asks for at least 25 m²."""

    answer: str
    status: Status
    why: str

    @property
    def outcome(self) -> str:
        """The outcome as the report shows it."""
        return f"{words.SYMBOL[self.status]} {words.STATUS[self.status]}"


#: The rule and the fact of the examples; a test runs every one of them.
EXAMPLE_RULE, EXAMPLE_FACT = "raeume.gruppenraum", "stadtteilbuero.gruppenraum_m2"
RANGE_EXAMPLES = (
    RangeExample("30", Status.FULFILLED, "30 m² sind genug."),
    RangeExample("mindestens 30", Status.FULFILLED, "Wie groß der Raum auch wird: Er ist groß genug."),
    RangeExample("höchstens 20", Status.VIOLATED, "Größer wird der Raum nicht, und 20 m² sind zu wenig."),
    RangeExample("20 bis 30", Status.OPEN, "Beides ist noch möglich: genug und zu wenig."),
    RangeExample("unbekannt", Status.OPEN, "Was nicht bekannt ist, gilt nicht als Mangel."),
)


@router.get("/methode")
async def method(request: Request) -> Response:
    """Say how the check works, and which values and law it rests on."""
    book = (await shelf_of(request)).book
    return lasting_page(
        request,
        "about/method.html",
        lambda: {
            **book_values(request, book),
            "examples": RANGE_EXAMPLES,
            "in_scope": sorted(words.IN_SCOPE),
        },
    )


@router.get("/glossar")
async def glossary(request: Request) -> Response:
    """Explain the words that questions and rules use."""
    book = (await shelf_of(request)).book
    return lasting_page(request, "about/glossary.html", lambda: book_values(request, book))


@router.get("/barrierefreiheit")
async def accessibility(request: Request) -> Response:
    """Say what was tested, how, and what is known to be missing."""
    return page(request, "about/accessibility.html", **_operator(request))


@router.get("/datenschutz")
async def privacy(request: Request) -> Response:
    """Say what is processed and what is not."""
    return page(request, "about/privacy.html", **_operator(request), log_fields=FIELDS)


@router.get("/impressum")
async def imprint(request: Request) -> Response:
    """Say who runs the service, or that nobody told."""
    return page(request, "about/imprint.html", **_operator(request))


@router.get("/leichte-sprache")
async def easy_language(request: Request) -> Response:
    """Say in easy language what this is."""
    return page(request, "about/easy.html", **_operator(request))


def _operator(request: Request) -> dict[str, Any]:
    return {"told": service_of(request).operator, "today": date.today()}
