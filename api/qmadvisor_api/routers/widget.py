"""The widget's module. Its address holds the version of what pages rely on: attributes, events, CSS variables."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qmadvisor_api.http.caching import cached
from qmadvisor_api.service import service_of
from qmadvisor_api.widget.bundle import widget_module

router = APIRouter(include_in_schema=False)
#: The module is public code: any page may load it. Who may call the API is another matter.
_HEADERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@router.get("/widget/v1/qm-check.js")
async def module(request: Request) -> Response:
    """Give the widget as one ES module."""
    found = service_of(request).library.get(
        "widget/v1", widget_module, media_type="text/javascript; charset=utf-8"
    )
    response = cached(request, found, vary="Origin")
    response.headers.update(_HEADERS)
    return response
