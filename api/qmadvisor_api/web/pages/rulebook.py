"""The rule book: rules, advice, questions and passages, with links from each to the others, and a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from qmadvisor.errors import excerpt
from qmadvisor.rulebook.book import Book, neighbours
from qmadvisor_api.service import service_of
from qmadvisor_api.web.rendering import is_htmx, lasting_page, page, part
from qmadvisor_api.web.shelf import PageLinks, book_values, shelf_of

router = APIRouter(include_in_schema=False)
#: Nobody types more; a longer query is cut.
_MOST = 200
#: So many results of one kind are shown; more would hide the other kinds.
MOST_RESULTS = 50

Words = Annotated[str, Query(alias="q")]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Named)


@router.get("/regelbuch")
async def overview(request: Request) -> Response:
    """Show the sections with their number of rules, and what several findings together mean."""
    book = (await shelf_of(request)).book
    return lasting_page(
        request, "rulebook/overview.html", lambda: {**book_values(request, book), "query": ""}
    )


@router.get("/regelbuch/regeln")
async def rules(request: Request, query: Words = "") -> Response:
    """List all rules and advice, or what a search finds; a script gets the results alone."""
    shelf = await shelf_of(request)
    words = " ".join(query.split())[:_MOST]
    found = shelf.index.find(words)
    values = {
        **book_values(request, shelf.book),
        "query": words,
        "found": found,
        "total": sum(len(entries) for _, entries in found),
        "most": MOST_RESULTS,
    }
    if is_htmx(request):
        return part(request, "rulebook/results.html", **values)
    return page(request, "rulebook/rules.html", **values)


@router.get("/regelbuch/fragen")
async def questions(request: Request) -> Response:
    """Show every question with the rules that need its answer."""
    book = (await shelf_of(request)).book
    return lasting_page(request, "rulebook/facts.html", lambda: book_values(request, book))


@router.get("/leitfaden")
async def passages(request: Request) -> Response:
    """Show the guideline's passages with the rules that cite them."""
    book = (await shelf_of(request)).book
    return lasting_page(request, "rulebook/passages.html", lambda: book_values(request, book))


@router.get("/regelbuch/regel/{rule}")
async def rule_page(request: Request, rule: str) -> Response:
    """Show one rule; a retired one leads to what replaced it."""
    book = (await shelf_of(request)).book
    return _leaf(request, book, "rule.html", book.rules, rule) or _missing(request, rule)


@router.get("/regelbuch/rat/{advice}")
async def advice_page(request: Request, advice: str) -> Response:
    """Show what several findings together mean."""
    book = (await shelf_of(request)).book
    return _leaf(request, book, "advice.html", book.advice, advice) or _missing(request, advice)


@router.get("/regelbuch/{section}")
async def section_page(request: Request, section: str) -> Response:
    """Show one section of the guideline with its rules."""
    book = (await shelf_of(request)).book
    found = _leaf(request, book, "section.html", book.sections, section, name="section")
    if found is None:
        raise HTTPException(404)
    return found


def _leaf(
    request: Request, book: Book, template: str, items: Sequence[_Item], key: str, name: str = "page"
) -> Response | None:
    """Show an item of the book, found by its id, with the way to its neighbours; None where there is none."""
    found = next((each for each in neighbours(items) if each[1].id == key), None)
    if found is None:
        return None
    before, item, after = found
    around = {name: item, "before": before, "after": after}
    return lasting_page(request, f"rulebook/{template}", lambda: {**book_values(request, book), **around})


def _missing(request: Request, key: str) -> HTMLResponse | RedirectResponse:
    """Lead on from a retired id; else say that there is none, with the nearest that there is."""
    base = service_of(request).rule_base
    stone = base.retired.get(key)
    if stone is not None and stone.replaced_by:
        return RedirectResponse(PageLinks(request.scope.get("root_path", "")).rule(stone.replaced_by), 308)
    problem = base.unknown_rule(excerpt(key)[1:-1])
    title = "Diese Regel ist zurückgezogen" if stone else "Diese Regel gibt es nicht"
    text = problem.remedy or "Vielleicht fehlt in der Adresse ein Zeichen. Suchen Sie im Regelbuch danach."
    return page(request, "error.html", status=410 if stone else 404, title=title, text=text, request_id="")
