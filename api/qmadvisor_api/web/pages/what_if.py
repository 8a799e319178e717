"""What if: other answers, tried out beside the plan, and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from qmadvisor.errors import DocumentError, SetupError
from qmadvisor_api.checking.asking import ask
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.routers.examples import examples
from qmadvisor_api.service import service_of
from qmadvisor_api.web.applying import Applied, apply
from qmadvisor_api.web.packing import packed
from qmadvisor_api.web.plans import Plan, read_plan
from qmadvisor_api.web.rendering import page
from qmadvisor_api.web.result.asked import asked, chosen, label_of
from qmadvisor_api.web.result.forms import Form, first, read_form
from qmadvisor_api.web.result.questions import all_questions
from qmadvisor_api.web.result.words import shared

router = APIRouter(include_in_schema=False)
#: Plans beside the first that travel along for the comparison.
MOST_KEPT = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """The plan, the same with other answers, and the variants that were kept for the comparison."""

    plan: Plan
    applied: Applied
    asked: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def variant(self) -> Plan:
        """The plan with the other answers."""
        return self.applied.plan


@router.get("/ergebnis/was-waere-wenn")
@router.get("/ergebnis/vergleich")
async def without_plan(request: Request) -> Response:
    """There is nothing to vary without a plan."""
    return page(request, "ergebnis/ohne_planung.html", examples=examples())


@router.post("/ergebnis/was-waere-wenn")
async def what_if(request: Request) -> Response:
    """Show the questions that were chosen, and what other answers change."""
    trial = read_trial(await read_form(request), request)
    if trial is None:
        return page(request, "ergebnis/ohne_planung.html", status=422, examples=examples())
    base = service_of(request).rule_base
    body = f"[{trial.plan.text},{trial.variant.text}]".encode()
    view = {"root": request.scope.get("root_path", "")}
    frame = await ask(service_of(request), "what_if", Order(body, True, date.today(), max_setups=2, view=view))
    effect = Markup(frame.body.decode())
    if request.headers.get("hx-target") == "div#wirkung":
        problems = [(problem, label_of(problem, base)) for problem in trial.applied.problems]
        return page(request, "ergebnis/_wirkung_allein.html", effect=effect, problems=problems)
    values = {
        **shared(),
        "trial": trial,
        "topics": all_questions(base.knowledge.catalogue),
        "questions": [asked(path, trial.applied, base) for path in trial.asked],
        "effect": effect,
        "most_kept": MOST_KEPT,
        "plan": trial.plan.text,
        "saved": False,
    }
    return await packed(request, page(request, "ergebnis/was_waere_wenn.html", **values))


def read_trial(form: Form, request: Request) -> Trial | None:
    """Read what the what-if form sends; None where no usable plan came with it."""
    base = service_of(request).rule_base
    plan = plan_or_none(first(form, "plan"), request)
    if plan is None:
        return None
    before = plan_or_none(first(form, "variante"), request) or plan
    single = {name: values[-1] for name, values in form.items() if name not in _OWN}
    return Trial(
        plan,
        apply(single, before, base),
        chosen(_without([*form.get("gezeigt", ()), *form.get("frage", ())], form), first(form, "regel"), base),
        tuple(form.get("gemerkt", ()))[:MOST_KEPT],
    )


_OWN = frozenset({"plan", "variante", "gezeigt", "frage", "regel", "gemerkt", "aktion", "weg"})


def plan_or_none(text: str, request: Request) -> Plan | None:
    """Read a plan that travels with a form; None for what is none."""
    if not text.strip():
        return None
    try:
        return read_plan(text.encode(), service_of(request).rule_base, json_only=True)
    except (DocumentError, SetupError):
        return None


def _without(paths: Iterable[str], form: Form) -> list[str]:
    gone = form.get("weg", ())
    return [path for path in paths if path not in gone]
