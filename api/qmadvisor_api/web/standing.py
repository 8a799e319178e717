"""The interim result beside the questions; without it the questions work all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request

from qmadvisor_api.problems import ProblemError
from qmadvisor_api.web.checks import live
from qmadvisor_api.web.guidance import Guide
from qmadvisor_api.web.plans import Plan
from qmadvisor_api.web.rendering import is_htmx


async def standing(request: Request, plan: Plan, guides: Sequence[Guide], title: str) -> dict[str, Any]:
    """Return what the template of the interim result needs; nothing of it where the service is busy."""
    try:
        found = await live(request, plan, guides)
    except ProblemError:
        found = None
    remembered = plan.text if is_htmx(request) else ""
    return {"live": found, "related_title": title, "remembered": remembered}
