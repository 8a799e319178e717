"""From a template to an answer: strict headers, escaped text, addresses below the service's own path."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from qmadvisor import __version__
from qmadvisor.rulebook.rendering import equip, with_parts
from qmadvisor.rulebook.search import KINDS as SEARCH_KINDS
from qmadvisor_api.http.caching import cached
from qmadvisor_api.service import service_of
from qmadvisor_api.web.static_files import version_of

_TEMPLATES = Path(__file__).parent / "templates"
#: Nothing from elsewhere, nothing inline; images may be the icons that the design system carries in its style.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HTML = "text/html; charset=utf-8"
#: The plan is in the page: no cache on the way may keep it. The browser may, so that "back" works after a form.
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Content-Language": "de",
    "Cache-Control": "private, no-cache",
    "Vary": "HX-Request",
}


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Render a template as a whole page."""
    text = _rendered(request, template, values)
    return HTMLResponse(text, status, {**_HEADERS, **(headers or {})})


def part(request: Request, template: str, /, **values: Any) -> HTMLResponse:
    """Render what a script puts into the page."""
    return HTMLResponse(_rendered(request, template, values), headers=_HEADERS)


def lasting_page(request: Request, template: str, /, values: Callable[[], dict[str, Any]]) -> Response:
    """Answer with a page that depends on nothing but its address: made once, with an entity tag.

    Only for addresses without a query whose parts are known to exist, so that their number is bounded.
    """
    service = service_of(request)
    found = service.library.get(
        f"page {request.url.path}", lambda: _rendered(request, template, values()).encode(), _HTML
    )
    answer = cached(request, found, vary="HX-Request")
    answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return answer


def _rendered(request: Request, template: str, values: dict[str, Any]) -> str:
    base = service_of(request).rule_base
    common = {
        "root": request.scope.get("root_path", ""),
        "here": request.url.path,
        "program_version": __version__,
        "guideline": base.knowledge.guideline,
        "rule_base_digest": base.digest[:12],
    }
    return environment().get_template(template).render({**common, **values})


def is_htmx(request: Request) -> bool:
    """Tell whether a script asks for a part of the page."""
    return request.headers.get("hx-request") == "true"


@cache
def environment() -> Environment:
    """Return the templates; whatever they show is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=with_parts(FileSystemLoader(_TEMPLATES)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(href=_href, static=_static, search_kinds=SEARCH_KINDS)
    equip(made)
    return made


@pass_context
def _href(context: Context, path: str) -> str:
    return f"{context['root']}{path}"


@pass_context
def _static(context: Context, name: str) -> str:
    version = version_of(name)
    address = f"{context['root']}/static/{name}"
    return f"{address}?v={version}" if version else address
