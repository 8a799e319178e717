"""The first page, and the ways in: a new plan, a saved file, an example."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from qmadvisor.errors import DocumentError, SetupError
from qmadvisor.report.words import OUT_OF_SCOPE
from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.routers.examples import examples
from qmadvisor_api.service import service_of
from qmadvisor_api.web.applying import Applied
from qmadvisor_api.web.forms import read_form, read_upload
from qmadvisor_api.web.plans import Plan, new_plan, read_plan
from qmadvisor_api.web.posting import carried, taken_over
from qmadvisor_api.web.questions import faults_of
from qmadvisor_api.web.quick import quick_steps
from qmadvisor_api.web.rendering import page

router = APIRouter(include_in_schema=False)
#: What the examples are, for people who look for one like their own.
_FEATURED = ("offenbach-nordend-2018", "friedberg-2014", "beispiel-vorbildlich")


@router.get("/")
async def start(request: Request) -> Response:
    """Show the first page."""
    base = service_of(request).rule_base
    catalogue = base.knowledge.catalogue
    plan = new_plan(base)
    return page(
        request,
        "start.html",
        **_about(plan),
        quick=len(quick_steps(plan, base)),
        full=sum(1 for _ in catalogue.inputs),
        topics=len({fact.topic for fact in catalogue.inputs}),
        rules=sum(1 for rule in base.rules if not rule.is_hint),
        examples=examples(),
        featured=_FEATURED,
    )


@router.get("/pruefen")
async def begin(request: Request) -> Response:
    """Ask what the plan is about, and how far to go."""
    plan = new_plan(service_of(request).rule_base)
    return page(request, "pruefen/angaben.html", **_about(plan))


@router.post("/pruefen")
async def describe(request: Request) -> Response:
    """Show what a plan says of itself, to be changed; whatever the form holds beside it is taken over."""
    applied = await taken_over(request, await read_form(request))
    return about_page(request, applied)


@router.post("/pruefen/datei")
async def upload(request: Request) -> Response:
    """Read a saved file, and say what is in it or everything that is wrong with it."""
    file = await read_upload(request)
    if file is None:
        return page(request, "pruefen/datei.html", status=422, name="", problems=(), missing=True)
    base = service_of(request).rule_base
    try:
        plan = read_plan(file.data, base, name=file.name, json_only=file.name.lower().endswith(".json"))
    except (DocumentError, SetupError) as error:
        return page(
            request, "pruefen/datei.html", status=422, name=file.name, problems=error.problems, missing=False
        )
    return _loaded(request, plan, f"Die Datei „{file.name}“ ist geladen.")


@router.post("/pruefen/weiter")
async def resume(request: Request) -> Response:
    """Go on with a plan that the browser kept."""
    return _loaded(request, carried(request, await read_form(request)), "Ihre Planung ist wieder da.")


@router.get("/beispiele/{name}")
async def example(request: Request, name: str) -> Response:
    """Start with the plan of an example."""
    found = next((one for one in examples() if one.name == name), None)
    if found is None:
        raise HTTPException(404)
    plan = read_plan(found.yaml.encode(), service_of(request).rule_base, name=f"{name}.yaml")
    return _loaded(request, plan, "Das Beispiel ist geladen. Sie können alles daran ändern.")


def about_page(
    request: Request, applied: Applied, *, asks_programme: bool = False, ahead: str = ""
) -> Response:
    """Show what a plan says of itself; `asks_programme` for the honest answer where the guideline is not for it."""
    base = service_of(request).rule_base
    shown = _about(applied.plan)
    shown["values"] |= {key: text for key, text in applied.form.items() if applied.refused(key)}
    shown |= {
        "faults": faults_of(applied, base),
        "outside": OUT_OF_SCOPE if asks_programme else "",
        "ahead": ahead,
    }
    return page(request, "pruefen/angaben.html", status=200 if applied.fine else 422, **shown)


def _about(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "values": {key: str(value) for key, value in plan.header.items()},
        "programmes": PROGRAMMES,
        "phases": PHASES,
        "faults": [],
        "outside": "",
        "ahead": "",
    }


def _loaded(request: Request, plan: Plan, text: str) -> Response:
    base = service_of(request).rule_base
    return page(
        request,
        "pruefen/geladen.html",
        plan=plan,
        text=text,
        answered=sum(map(plan.answers, plan.facts)),
        count=sum(1 for _ in base.knowledge.catalogue.inputs),
        programme=PROGRAMMES.get(plan.setup.programme or "", ""),
        phase=PHASES.get(plan.setup.phase or "", ""),
        outside=OUT_OF_SCOPE if plan.in_scope is False else "",
    )
