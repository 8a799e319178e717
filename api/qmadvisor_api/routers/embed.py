"""The quick check as a plain page: for portals that show other sites in a frame and allow no scripts."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.embed.form import errors_by_question, setup_of
from qmadvisor_api.embed.pages import form_page, problem_page, result_page, style_sheet
from qmadvisor_api.http.bodies import FORM, read_body
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.clients import client_of
from qmadvisor_api.kinds import INVALID_SETUP, NOT_FOUND, TOO_MANY, Kind
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.check import answered
from qmadvisor_api.service import Service, service_of

router = APIRouter(include_in_schema=False)
_HTML = "text/html; charset=utf-8"
_MOST_BYTES = 64 * 1024
_MOST_FIELDS = 1000


@router.get("/embed")
async def form(request: Request) -> Response:
    """Show the form."""
    service = _enabled(request)
    found = service.library.get("embed", lambda: form_page(service.quick, {}, {}).encode(), media_type=_HTML)
    response = cached(request, found, vary="Accept-Encoding")
    response.headers.update(_headers(service))
    return response


@router.get("/embed/embed.css")
async def style(request: Request) -> Response:
    """Give the style sheet."""
    service = _enabled(request)
    found = service.library.get("embed.css", style_sheet, media_type="text/css; charset=utf-8")
    return cached(request, found, vary="Accept-Encoding")


@router.post("/embed")
async def check(request: Request) -> Response:
    """Check what the form holds and show the findings, or the form again with what is wrong."""
    service = _enabled(request)
    try:
        return await _checked(request, service)
    except ProblemError as error:
        return _page(service, problem_page(error.kind), error.kind, error.headers)


async def _checked(request: Request, service: Service) -> Response:
    seconds = service.rates.take(f"client:{client_of(request.scope)}", has_key=False)
    if seconds is not None:
        raise ProblemError(TOO_MANY, headers={"Retry-After": str(seconds)})
    body = await read_body(request, _MOST_BYTES, service.settings.body_seconds, (FORM,))
    fields = _fields(body.data)
    quick = service.quick
    setup = setup_of(quick.questions, fields)
    order = Order(json.dumps(setup, ensure_ascii=False).encode(), json=True, as_of=date.today())
    try:
        frame = await answered(service, "check", order)
    except ProblemError as error:
        if error.kind is not INVALID_SETUP:
            raise
        page = form_page(quick, fields, errors_by_question(quick.questions, error.errors))
        return _page(service, page, INVALID_SETUP)
    count = len(setup.keys() - {"schema", "titel"})
    return _page(service, result_page(json.loads(frame.body), count, len(quick.questions)))


def _fields(body: bytes) -> dict[str, str]:
    """Read the fields; what is no form at all is an empty one."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        return {}
    return dict(pairs)


def _enabled(request: Request) -> Service:
    """The page is there only where the operator says who may frame it."""
    service = service_of(request)
    if not service.settings.embed_ancestors:
        raise ProblemError(NOT_FOUND)
    return service


def _page(
    service: Service, page: str, kind: Kind | None = None, more: dict[str, str] | None = None
) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Language": "de", **_headers(service), **(more or {})}
    return Response(page, kind.status if kind else 200, headers, media_type=_HTML)


def _headers(service: Service) -> dict[str, str]:
    ancestors = ("'self'" if one == "self" else one for one in service.settings.embed_ancestors)
    policy = (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {' '.join(ancestors)}"
    )
    return {"Content-Security-Policy": policy}
