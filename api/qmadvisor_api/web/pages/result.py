"""The result of a check: the page, its filters, and what can be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from qmadvisor import documents
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.kinds import NOT_FOUND
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.check import answered
from qmadvisor_api.routers.examples import examples
from qmadvisor_api.service import service_of
from qmadvisor_api.web.forms import Fields, read_fields
from qmadvisor_api.web.packing import packed
from qmadvisor_api.web.pages import full, quick
from qmadvisor_api.web.plans import read_plan
from qmadvisor_api.web.rendering import is_htmx, page
from qmadvisor_api.web.result.deviations import deviation_page, refused, with_deviation, without_deviation
from qmadvisor_api.web.result.filters import FIELD, NAMES
from qmadvisor_api.web.result.trials import Trial, first, read_trial
from qmadvisor_api.web.spelling import spelled

router = APIRouter(include_in_schema=False)
#: Of a part that a script asked for.
_PART_HEADERS = {"Cache-Control": "private, no-cache", "Content-Language": "de", "Vary": "HX-Request"}


@router.get("/ergebnis")
async def explained(request: Request, beispiel: str = "") -> Response:
    """Without a plan there is no result: say so, or show that of an example."""
    if not beispiel:
        return without_plan(request, status=200)
    found = next((one for one in examples() if one.name == beispiel), None)
    if found is None:
        raise ProblemError(NOT_FOUND)
    plan = read_plan(found.yaml.encode(), service_of(request).rule_base, name=found.name)
    return await _shown(request, plan.document, {})


@router.get("/ergebnis/{page}")
async def explained_below(request: Request) -> Response:
    """Every page below needs a plan, too."""
    return without_plan(request, status=200)


@router.post("/ergebnis")
async def result(request: Request) -> Response:
    """Show the result of the posted plan; record or undo an agreed deviation on the way."""
    form = await read_fields(request)
    trial = read_trial(form, request)
    if trial is None:
        return without_plan(request)
    stay = await _left_page(request, trial, form)
    if stay is not None:
        return stay
    plan = (trial.plan if first(form, "aktion") == "verwerfen" else trial.variant).document
    rule = first(form, "aufheben")
    if rule:
        plan = without_deviation(plan, rule)
    if first(form, "aktion") == "abweichung":
        return await _with_deviation(request, plan, form)
    return await _shown(request, plan, form)


@router.post("/ergebnis/abweichung")
async def deviation(request: Request) -> Response:
    """Ask for the reason of a deviation from one recommendation."""
    form = await read_fields(request)
    trial = read_trial(form, request)
    return deviation_page(request, trial.plan.document, form) if trial else without_plan(request)


@router.post("/ergebnis/download/{name}")
async def download(request: Request, name: str) -> Response:
    """Send the plan or the report as a file."""
    if name not in _FILES:
        raise ProblemError(NOT_FOUND)
    form = await read_fields(request)
    trial = read_trial(form, request)
    if trial is None:
        return without_plan(request)
    stay = await _left_page(request, trial, form)
    if stay is not None:
        return stay
    media_type, stem, job = _FILES[name]
    plan = trial.variant
    if job:
        body = (await answered(service_of(request), job, _order(request, plan.document, {}))).body
    else:
        write = documents.write_json if name.endswith(".json") else documents.write_yaml
        body = write(plan.document).encode()
    file_name = f"{stem}-{spelled(plan.title, '-', 60) or 'ohne-titel'}.{name.rpartition('.')[2]}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "no-store"}
    return await packed(request, Response(body, headers=headers, media_type=media_type))


#: What can be taken along: its type, how its name begins, and the job that writes it (none: the plan itself).
_FILES: Mapping[str, tuple[str, str, str]] = {
    "setup.yaml": ("application/yaml", "planung", ""),
    "setup.json": ("application/json", "planung", ""),
    "bericht.json": ("application/json", "bericht", "report_json"),
    "bericht.html": ("text/html; charset=utf-8", "bericht", "saved_report"),
}


def without_plan(request: Request, status: int = 422) -> Response:
    """Say that a result belongs to a plan, and where one begins."""
    return page(request, "ergebnis/ohne_planung.html", status=status, examples=examples())


async def _left_page(request: Request, trial: Trial, form: Fields) -> Response | None:
    """Where an answer of the check could not be taken over, stay on the page that it was given on."""
    single = {name: values[-1] for name, values in form.items()}
    if not trial.applied.fine and single.get("frage"):
        return await quick.again(request, trial.applied, single["frage"])
    return await full.left_page(request, trial.applied, single) if single.get("von") else None


async def _shown(request: Request, plan: Mapping[str, Any], form: Fields) -> Response:
    order = _order(request, plan, form)
    frame = await answered(service_of(request), "result", order)
    if order.view["part"]:
        answer: Response = Response(frame.body, headers=_PART_HEADERS, media_type="text/html; charset=utf-8")
    else:
        title, content = str(plan["titel"]), Markup(frame.body.decode())
        answer = page(request, "ergebnis/seite.html", title=title, content=content)
    return await packed(request, answer)


async def _with_deviation(request: Request, plan: Mapping[str, Any], form: Fields) -> Response:
    try:
        return await _shown(request, with_deviation(plan, form), form)
    except ProblemError as problem:
        errors = refused(problem, first(form, "regel"))
        if errors is None:
            raise
        return deviation_page(request, plan, form, errors)


def _order(request: Request, plan: Mapping[str, Any], form: Fields) -> Order:
    view = {
        "root": request.scope.get("root_path", ""),
        "part": "befunde" if is_htmx(request) else "",
        "filter": {FIELD + name: form[FIELD + name] for name in NAMES if FIELD + name in form},
    }
    body = documents.write_json(plan, compact=True).encode()
    return Order(body, True, date.today(), view=view)
