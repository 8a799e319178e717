"""A problem as a page, for those who asked for one; scripts and the API get problem details."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request, Response

from qmadvisor_api.http.language import accepts
from qmadvisor_api.kinds import BUSY, INTERRUPTED, METHOD, NOT_FOUND, TIMEOUT, TOO_MANY, Kind
from qmadvisor_api.web.posting import UnusablePlanError
from qmadvisor_api.web.rendering import page

_AGAIN = (
    "Warten Sie bitte eine Minute und laden Sie diese Seite dann neu. Fragt der Browser, ob er die Angaben noch "
    "einmal senden soll, bejahen Sie das. Ihre Angaben sind noch da."
)
_TEXTS = {
    NOT_FOUND.name: "Unter dieser Adresse gibt es keine Seite. Vielleicht fehlt in der Adresse ein Zeichen.",
    TOO_MANY.name: f"{_AGAIN} Der Dienst nimmt von jedem Absender nur eine begrenzte Zahl in der Minute an.",
    BUSY.name: f"{_AGAIN} Gerade rechnen viele zugleich.",
    TIMEOUT.name: _AGAIN,
    INTERRUPTED.name: _AGAIN,
    METHOD.name: "Diese Seite öffnet sich nur aus einem Formular heraus. Beginnen Sie bitte auf der Startseite.",
}


def wants_page(request: Request) -> bool:
    """Tell whether somebody reads the answer in a browser."""
    path: str = request.scope["path"]
    asked = "text/html" in request.headers.get("accept", "") and accepts(
        request.headers["accept"], "text/html"
    )
    return asked and not path.startswith("/api/")


def error_page(request: Request, kind: Kind, headers: Mapping[str, str] | None = None) -> Response:
    """Show a problem, with what to do."""
    return page(
        request,
        "error.html",
        status=kind.status,
        headers=dict(headers or {}),
        title=kind.title["de"],
        text=_TEXTS.get(kind.name, kind.about["de"]),
        request_id=request.scope.get("qmadvisor.request_id", "") if kind.status >= 500 else "",
    )


async def unusable_plan(request: Request, error: Exception) -> Response:
    """Say what is wrong with the plan that a form carried; forms of these pages carry none such."""
    assert isinstance(error, UnusablePlanError)
    return page(request, "pruefen/datei.html", status=422, name="", problems=error.problems, missing=False)
