"""What if: other answers, tried out beside the plan, and what they change."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.routers.check import answered
from qmadvisor_api.service import service_of
from qmadvisor_api.web.forms import read_fields
from qmadvisor_api.web.packing import packed
from qmadvisor_api.web.pages.result import without_plan
from qmadvisor_api.web.questions import control_of, faults_of, said
from qmadvisor_api.web.rendering import page, part
from qmadvisor_api.web.result.questions import HEADER, all_questions
from qmadvisor_api.web.result.trials import Trial, label_of, read_trial
from qmadvisor_api.web.result.words import shared

router = APIRouter(include_in_schema=False)
#: The part of the page that changes with every answer.
_EFFECT = "div#wirkung"


@router.post("/ergebnis/was-waere-wenn")
async def what_if(request: Request) -> Response:
    """Show the questions that were chosen, and what other answers change."""
    trial = read_trial(await read_fields(request), request)
    if trial is None:
        return without_plan(request)
    effect = await _effect(request, trial)
    base = service_of(request).rule_base
    if request.headers.get("hx-target") == _EFFECT:
        problems = [(said(problem), label_of(problem, base)) for problem in trial.applied.problems]
        return part(request, "ergebnis/_wirkung_allein.html", effect=effect, problems=problems)
    catalogue = base.knowledge.catalogue
    values = {
        **shared(),
        "trial": trial,
        "topics": all_questions(catalogue),
        "header": {key: (HEADER[key], options) for key, options in _OPTIONS.items() if key in trial.asked},
        "controls": [
            control_of(catalogue.facts[path], trial.applied, base, new=trial.new)
            for path in trial.asked
            if path not in HEADER
        ],
        "faults": faults_of(trial.applied, base),
        "effect": effect,
        "plan": trial.plan.text,
        "saved": False,
    }
    status = 200 if trial.applied.fine else 422
    return await packed(request, page(request, "ergebnis/was_waere_wenn.html", status=status, **values))


_OPTIONS = {"programm": PROGRAMMES, "phase": PHASES}


async def _effect(request: Request, trial: Trial) -> Markup:
    body = f"[{trial.plan.text},{trial.variant.text}]".encode()
    view = {"root": request.scope.get("root_path", "")}
    order = Order(body, True, date.today(), max_setups=2, view=view)
    return Markup((await answered(service_of(request), "what_if", order)).body.decode())
