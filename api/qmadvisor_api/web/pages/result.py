"""The result of a check: the page, its filters, agreed deviations, and what can be taken along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from qmadvisor import documents
from qmadvisor_api.checking.asking import ask
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.kinds import INVALID_SETUP, NOT_FOUND
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.examples import examples
from qmadvisor_api.service import service_of
from qmadvisor_api.web.packing import packed
from qmadvisor_api.web.pages.what_if import read_trial
from qmadvisor_api.web.rendering import is_htmx, page
from qmadvisor_api.web.result.filters import NAMES
from qmadvisor_api.web.result.forms import Form, first, read_form
from qmadvisor_api.web.result.plans import (
    DEVIATION_FIELDS,
    PlanTextError,
    deviations,
    read_plan,
    with_deviation,
    without_deviation,
    write_plan,
)
from qmadvisor_api.web.result.words import anchor

router = APIRouter(include_in_schema=False)


@router.get("/ergebnis")
async def explained(request: Request, beispiel: str = "") -> Response:
    """Without a plan there is no result: say so, or show that of an example."""
    if not beispiel:
        return page(request, "ergebnis/ohne_planung.html", examples=examples())
    found = next((one for one in examples() if one.name == beispiel), None)
    if found is None:
        raise ProblemError(NOT_FOUND)
    return await _shown(request, found.setup, {})


@router.post("/ergebnis")
async def result(request: Request) -> Response:
    """Show the result of the posted plan; record or undo an agreed deviation on the way."""
    form = await read_form(request)
    plan = varied(form, request) if first(form, "aktion") == "uebernehmen" else plan_of(form)
    if plan is None:
        return page(request, "ergebnis/ohne_planung.html", status=422, examples=examples())
    rule = first(form, "aufheben")
    if rule:
        return await _shown(request, without_deviation(plan, rule), form)
    if first(form, "aktion") == "abweichung":
        return await _with_deviation(request, plan, form)
    return await _shown(request, plan, form)


@router.post("/ergebnis/abweichung")
async def deviation(request: Request) -> Response:
    """Ask for the reason of a deviation from one recommendation."""
    form = await read_form(request)
    plan = plan_of(form)
    if plan is None:
        return page(request, "ergebnis/ohne_planung.html", status=422, examples=examples())
    known = deviations(plan).get(first(form, "regel"))
    given = {name: str(known.get(name) or "") for name in DEVIATION_FIELDS} if isinstance(known, Mapping) else {}
    return _deviation_form(request, plan, form, given)


@router.post("/ergebnis/download/{name}")
async def download(request: Request, name: str) -> Response:
    """Send the plan or the report as a file."""
    form = await read_form(request)
    plan = plan_of(form)
    if name not in _FILES:
        raise ProblemError(NOT_FOUND)
    if plan is None:
        return page(request, "ergebnis/ohne_planung.html", status=422, examples=examples())
    media_type, stem, job = _FILES[name]
    order = _order(request, plan, {})
    if job:
        body = (await ask(service_of(request), job, order)).body
    else:
        body = _plan_file(plan, name)
    title = documents_name(str(plan.get("titel", "")))
    headers = {
        "Content-Disposition": f'attachment; filename="{stem}-{title}.{name.rpartition(".")[2]}"',
        "Cache-Control": "no-store",
    }
    return await packed(request, Response(body, headers=headers, media_type=media_type))


_FILES: dict[str, tuple[str, str, str]] = {
    "setup.yaml": ("application/yaml", "planung", ""),
    "setup.json": ("application/json", "planung", ""),
    "bericht.json": ("application/json", "bericht", "report_json"),
    "bericht.html": ("text/html; charset=utf-8", "bericht", "saved_report"),
}


def plan_of(form: Form) -> dict[str, Any] | None:
    """Return the posted plan, or None where there is none."""
    text = first(form, "plan")
    if not text.strip():
        return None
    try:
        return read_plan(text)
    except PlanTextError:
        return None


def varied(form: Form, request: Request) -> dict[str, Any] | None:
    """Return the plan with the other answers of the what-if form."""
    trial = read_trial(form, request)
    return trial.variant.document if trial else None


async def _shown(request: Request, plan: Mapping[str, Any], form: Form) -> Response:
    order = _order(request, plan, form)
    frame = await ask(service_of(request), "result", order)
    if order.view["part"]:
        answer: Response = Response(frame.body, headers=_PART_HEADERS, media_type="text/html; charset=utf-8")
    else:
        title = str(plan.get("titel", ""))
        answer = page(request, "ergebnis/seite.html", title=title, content=Markup(frame.body.decode()))
    return await packed(request, answer)


#: Of a part that a script asked for.
_PART_HEADERS = {"Cache-Control": "no-store", "Content-Language": "de", "Vary": "HX-Request"}


def _order(request: Request, plan: Mapping[str, Any], form: Form) -> Order:
    view = {
        "root": request.scope.get("root_path", ""),
        "part": "befunde" if is_htmx(request) else "",
        "filter": {name: form[name] for name in NAMES if name in form},
    }
    return Order(write_plan(plan).encode(), True, date.today(), view=view)


async def _with_deviation(request: Request, plan: Mapping[str, Any], form: Form) -> Response:
    rule = first(form, "regel")
    given = {name: first(form, name).strip() for name in DEVIATION_FIELDS}
    if not given["grund"]:
        missing = ErrorItem(code="missing_reason", message="Bitte nennen Sie den Grund.")
        return _deviation_form(request, plan, form, given, {"grund": missing})
    try:
        return await _shown(request, with_deviation(plan, rule, given), form)
    except ProblemError as problem:
        errors = {_field(error, rule): error for error in problem.errors}
        if problem.kind is not INVALID_SETUP or not errors.keys() <= set(DEVIATION_FIELDS):
            raise
        return _deviation_form(request, plan, form, given, errors)


def _field(error: ErrorItem, rule: str) -> str:
    """Which field of the deviation's form an error is about; the reason where the whole is refused."""
    pointer = (error.pointer or "").removeprefix(f"/abweichungen/{rule}")
    return pointer.lstrip("/") or "grund"


def _deviation_form(
    request: Request,
    plan: Mapping[str, Any],
    form: Form,
    given: Mapping[str, str],
    errors: Mapping[str, ErrorItem] | None = None,
) -> Response:
    base = service_of(request).rule_base
    rule = next((one for one in base.rules if one.id == first(form, "regel") and not one.is_hint), None)
    if rule is None:
        raise ProblemError(NOT_FOUND)
    return page(
        request,
        "ergebnis/abweichung.html",
        status=422 if errors else 200,
        plan=write_plan(plan),
        rule=rule.spec,
        place=anchor(rule.id),
        given={name: given.get(name, "") for name in DEVIATION_FIELDS},
        errors=errors or {},
        kept=[(name, value) for name in NAMES for value in form.get(name, ()) if value],
    )


def _plan_file(plan: Mapping[str, Any], name: str) -> bytes:
    if name.endswith(".json"):
        return documents.write_json(plan).encode()
    return documents.write_yaml(dict(plan)).encode()


def documents_name(title: str) -> str:
    """Make a title fit for the name of a file: small letters, digits and hyphens."""
    ascii_ = title.lower().translate(_ASCII)
    words = "".join(sign if sign in _KEPT else " " for sign in ascii_).split()
    return "-".join(words)[:60].strip("-") or "ohne-titel"


_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_KEPT = "abcdefghijklmnopqrstuvwxyz0123456789"
