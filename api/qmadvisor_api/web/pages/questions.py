"""All questions beforehand, to be read and printed."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.service import service_of
from qmadvisor_api.web.guidance import guides_of
from qmadvisor_api.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/fragen")
async def questions(request: Request) -> Response:
    """Show all questions by topic, those of the quick check marked."""
    base = service_of(request).rule_base
    catalogue = base.knowledge.catalogue
    by_topic = [
        (key, title, [fact for fact in catalogue.inputs if fact.topic == key])
        for key, title in catalogue.topics.items()
    ]
    return page(
        request,
        "fragen.html",
        topics=[one for one in by_topic if one[2]],
        guides=guides_of(base),
        programmes=PROGRAMMES,
        phases=PHASES,
        overview=base.knowledge.tasks,
        headers={"Cache-Control": "public, max-age=300"},
    )
