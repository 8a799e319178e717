"""From a template to an answer: strict headers, escaped text, addresses below the service's own path."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from qmadvisor import __version__
from qmadvisor.report import words
from qmadvisor_api.service import service_of
from qmadvisor_api.web.static_files import version_of

_TEMPLATES = Path(__file__).parent / "templates"
#: Nothing from elsewhere, nothing inline; images may be the icons that the design system carries in its style.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The plan is in the page, so no cache may keep it; pages without one say so themselves.
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Content-Language": "de",
    "Cache-Control": "no-store",
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
    base = service_of(request).rule_base
    text = environment().get_template(template).render(
        root=request.scope.get("root_path", ""),
        here=request.url.path,
        program_version=__version__,
        guideline=base.knowledge.guideline,
        rule_base_digest=base.digest[:12],
        **values,
    )  # fmt: skip
    return HTMLResponse(text, status, {**_HEADERS, **(headers or {})})


def is_htmx(request: Request) -> bool:
    """Tell whether a script asks for a part of the page."""
    return request.headers.get("hx-request") == "true"


@cache
def environment() -> Environment:
    """Return the templates; whatever they show is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(href=_href, static=_static)
    made.filters.update(day=words.day)
    return made


@pass_context
def _href(context: Context, path: str) -> str:
    return f"{context['root']}{path}"


@pass_context
def _static(context: Context, name: str) -> str:
    version = version_of(name)
    address = f"{context['root']}/static/{name}"
    return f"{address}?v={version}" if version else address
