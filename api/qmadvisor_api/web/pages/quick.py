"""The quick check: one question a page, with what follows from the answers beside it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qmadvisor_api.service import service_of
from qmadvisor_api.web.applying import Applied
from qmadvisor_api.web.forms import read_form
from qmadvisor_api.web.pages.start import about_once_more, about_page
from qmadvisor_api.web.plans import new_plan
from qmadvisor_api.web.posting import ADD, REMOVE, carried, taken_over, with_action
from qmadvisor_api.web.questions import control_of, faults_of
from qmadvisor_api.web.quick import Step, before, first_open, next_after, quick_steps
from qmadvisor_api.web.rendering import is_htmx, page, part
from qmadvisor_api.web.standing import standing

router = APIRouter(include_in_schema=False, prefix="/pruefen/kurz")


@router.get("")
async def begin(request: Request) -> Response:
    """Start with an empty plan at the first question."""
    base = service_of(request).rule_base
    applied = Applied(new_plan(base))
    return await _question(request, applied, quick_steps(applied.plan, base)[0])


@router.post("")
async def answer(request: Request) -> Response:
    """Take over the answer, and go where the button says."""
    form = await read_form(request)
    base = service_of(request).rule_base
    action, _, rest = form.get("aktion", "").partition("|")
    current = form.get("frage", "")
    if action == "ueberspringen":
        applied = Applied(carried(request, form))
        return await _after(request, applied, current)
    if action in (ADD, REMOVE):
        applied, new = await with_action(request, form)
        return await _question(request, applied, _step(applied, current, request), new=new)
    applied = await taken_over(request, form)
    if is_htmx(request):
        return await _standing(request, applied, current)
    if about_once_more(applied, form):
        return about_page(request, applied, asks_programme=applied.fine, ahead="/pruefen/kurz")
    if not applied.fine and current:
        return await again(request, applied, current)
    steps = quick_steps(applied.plan, base)
    if action == "ziel":
        return await _question(request, applied, _step(applied, rest, request))
    if action == "zurueck":
        return await _question(request, applied, before(steps, current))
    if action == "weiter":
        return await _after(request, applied, current)
    return await _question(request, applied, first_open(steps))


async def again(request: Request, applied: Applied, path: str) -> Response:
    """Ask a question once more, with what is wrong with its answer."""
    return await _question(request, applied, _step(applied, path, request))


def _step(applied: Applied, path: str, request: Request) -> Step:
    """Return the step of a question, also of one that the quick check does not ask (any more)."""
    base = service_of(request).rule_base
    steps = quick_steps(applied.plan, base)
    fact = base.knowledge.catalogue.facts.get(path)
    asked = next((step for step in steps if step.path == path), None)
    if asked or fact is None or not fact.is_input or fact.kind == "task_matrix":
        return asked or first_open(steps)
    return Step(fact, applied.plan.answers(path))


async def _after(request: Request, applied: Applied, current: str) -> Response:
    steps = quick_steps(applied.plan, service_of(request).rule_base)
    following = next_after(steps, current)
    if following is None:
        return await _end(request, applied, steps)
    return await _question(request, applied, following)


async def _question(request: Request, applied: Applied, step: Step, new: str = "") -> Response:
    base = service_of(request).rule_base
    steps = quick_steps(applied.plan, base)
    control = control_of(step.fact, applied, base, quick=True, new=new)
    return page(
        request,
        "pruefen/frage.html",
        status=200 if applied.fine else 422,
        plan=applied.plan,
        control=control,
        steps=steps,
        number=next((at for at, one in enumerate(steps, start=1) if one.path == step.path), 1),
        count=len(steps),
        topic=base.knowledge.catalogue.topics[step.fact.topic],
        faults=faults_of(applied, base),
        **await standing(request, applied.plan, control.guides, "Zu dieser Frage"),
    )


async def _standing(request: Request, applied: Applied, current: str) -> Response:
    base = service_of(request).rule_base
    control = control_of(_step(applied, current, request).fact, applied, base, quick=True)
    return part(
        request,
        "pruefen/_stand.html",
        **await standing(request, applied.plan, control.guides, "Zu dieser Frage"),
    )


async def _end(request: Request, applied: Applied, steps: list[Step]) -> Response:
    return page(
        request,
        "pruefen/kurz_ende.html",
        plan=applied.plan,
        count=len(steps),
        answered=sum(step.answered for step in steps),
        open=[step for step in steps if not step.answered],
        last=steps[-1].path,
        **await standing(request, applied.plan, (), ""),
    )
