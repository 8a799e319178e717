"""Up to three variants of a plan side by side."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from qmadvisor.errors import DocumentError, Problem, SetupError
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.routers.check import answered
from qmadvisor_api.service import service_of
from qmadvisor_api.web.forms import Fields, Upload, is_multipart, read_fields, read_fields_and_file
from qmadvisor_api.web.packing import packed
from qmadvisor_api.web.pages.result import without_plan
from qmadvisor_api.web.plans import Plan, read_plan
from qmadvisor_api.web.rendering import page
from qmadvisor_api.web.result.trials import MOST_KEPT, first, plan_or_none, read_trial
from qmadvisor_api.web.result.words import shared

router = APIRouter(include_in_schema=False)
MOST = 1 + MOST_KEPT


@router.post("/ergebnis/vergleich")
async def comparison(request: Request) -> Response:
    """Show the plan and its variants side by side; one more may come from the what-if form or a file."""
    form, file = await _sent(request)
    plans = _plans(form, request)
    if not plans:
        return without_plan(request)
    problems: tuple[Problem, ...] = ()
    if file is not None and len(plans) < MOST:
        try:
            plans.append(_from_file(file, request))
        except (DocumentError, SetupError) as error:
            problems = error.problems
    body = f"[{','.join(plan.text for plan in plans)}]".encode()
    view = {"root": request.scope.get("root_path", "")}
    order = Order(body, True, date.today(), max_setups=MOST, view=view)
    frame = await answered(service_of(request), "comparison", order)
    values = {
        **shared(),
        "plans": plans,
        "table": Markup(frame.body.decode()),
        "problems": problems,
        "room": MOST - len(plans),
        "saved": False,
    }
    status = 422 if problems else 200
    return await packed(request, page(request, "ergebnis/vergleich.html", status=status, **values))


async def _sent(request: Request) -> tuple[Fields, Upload | None]:
    """Only the page itself sends a file; others come from a plain form."""
    return (
        await read_fields_and_file(request) if is_multipart(request) else (await read_fields(request), None)
    )


def _plans(form: Fields, request: Request) -> list[Plan]:
    """The plan, the variants that were kept, and the one that was tried out last; without what was taken away."""
    trial = read_trial(form, request)
    if trial is None:
        return []
    base = service_of(request).rule_base
    kept = [plan for text in trial.kept if (plan := plan_or_none(text, base)) is not None]
    found = [trial.plan, *kept]
    if first(form, "aktion") == "merken" and trial.variant.setup.digest not in {
        one.setup.digest for one in found
    }:
        found.append(trial.variant)
    gone = first(form, "weg")
    return [plan for place, plan in enumerate(found[:MOST]) if str(place) != gone or len(found) == 1]


def _from_file(file: Upload, request: Request) -> Plan:
    is_json = file.name.lower().endswith(".json")
    return read_plan(file.data, service_of(request).rule_base, name=file.name, json_only=is_json)
