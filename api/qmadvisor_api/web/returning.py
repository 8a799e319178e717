"""Back to the questions: where an answer could not be taken over, its page comes back, wherever the button led."""

from __future__ import annotations

from fastapi import Request, Response

from qmadvisor_api.service import service_of
from qmadvisor_api.web.answers import Form
from qmadvisor_api.web.applying import Applied
from qmadvisor_api.web.pages.full import topic_page
from qmadvisor_api.web.pages.quick import question_page
from qmadvisor_api.web.pages.start import about_page


async def sent_back(request: Request, form: Form, applied: Applied) -> Response | None:
    """Return the page that the form was on, with what is wrong; None where every answer was taken over."""
    if applied.fine:
        return None
    catalogue = service_of(request).rule_base.knowledge.catalogue
    if form.get("frage", "") in catalogue.facts:
        return await question_page(request, applied, form["frage"])
    if form.get("von", "") in catalogue.topics:
        return await topic_page(request, applied, form["von"], area=form.get("bereich", ""))
    return about_page(request, applied, ahead="/pruefen/kurz")
