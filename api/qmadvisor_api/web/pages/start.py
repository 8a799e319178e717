"""The first page: what this does, how long it takes, and the ways in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qmadvisor_api.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/")
async def start(request: Request) -> Response:
    """Show the first page."""
    return page(request, "start.html")
