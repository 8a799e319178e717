"""Help: the handbook and the notation of plan files, from the same texts as `docs/`, and whom to ask."""

from __future__ import annotations

from datetime import date
from functools import cache

from fastapi import APIRouter, Request, Response

from qmadvisor.resources import handbook_root
from qmadvisor_api.service import service_of
from qmadvisor_api.web.markdown import Text, read_text
from qmadvisor_api.web.rendering import lasting_page, page

router = APIRouter(include_in_schema=False)
#: The texts by the last part of their address.
TEXTS = {"handbuch": "handbuch.md", "planungsdatei": "planungsdatei.md"}


@router.get("/hilfe")
async def help_page(request: Request) -> Response:
    """Answer what is asked most, and lead on."""
    told = service_of(request).operator
    return page(
        request, "about/help.html", told=told, today=date.today(), chapters=text_of("handbuch").chapters
    )


@router.get("/hilfe/handbuch")
async def handbook(request: Request) -> Response:
    """Show the handbook."""
    return lasting_page(request, "about/text.html", lambda: {"text": text_of("handbuch")})


@router.get("/hilfe/planungsdatei")
async def plan_files(request: Request) -> Response:
    """Show how plan files are written."""
    return lasting_page(request, "about/text.html", lambda: {"text": text_of("planungsdatei")})


@cache
def text_of(name: str) -> Text:
    """Read one of the texts, once; links between them become links between pages."""
    pages = {file: key for key, file in TEXTS.items()}
    return read_text((handbook_root() / TEXTS[name]).read_text("utf-8"), pages)
