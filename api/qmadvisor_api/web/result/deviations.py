"""Agreed deviations: into the plan, out of it, and the form that asks for the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from qmadvisor import documents
from qmadvisor_api.kinds import INVALID_SETUP, NOT_FOUND
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.service import service_of
from qmadvisor_api.web.forms import Fields
from qmadvisor_api.web.rendering import page
from qmadvisor_api.web.result.filters import FIELD
from qmadvisor_api.web.result.trials import first
from qmadvisor_api.web.result.view import anchor

KEY = "abweichungen"
PARTS = ("grund", "vereinbart_mit", "datum", "bis")


def with_deviation(plan: Mapping[str, Any], form: Fields) -> dict[str, Any]:
    """Return the plan with the deviation of a form; raises ProblemError where its reason is missing."""
    parts = {name: text for name in PARTS if (text := first(form, name).strip())}
    if "grund" not in parts:
        missing = ErrorItem(code="missing_reason", message="Bitte nennen Sie den Grund.", pointer="")
        raise ProblemError(INVALID_SETUP, errors=[missing])
    return {**plan, KEY: {**plan.get(KEY, {}), first(form, "regel"): parts}}


def without_deviation(plan: Mapping[str, Any], rule: str) -> dict[str, Any]:
    """Return the plan without the deviation from a rule."""
    left = {key: value for key, value in plan.get(KEY, {}).items() if key != rule}
    rest = {key: value for key, value in plan.items() if key != KEY}
    return {**rest, KEY: left} if left else rest


def refused(problem: ProblemError, rule: str) -> dict[str, ErrorItem] | None:
    """Return the errors of a deviation by field; None where something else is wrong."""
    if problem.kind is not INVALID_SETUP:
        return None
    errors = {_part(error, rule): error for error in problem.errors}
    return errors if errors.keys() <= set(PARTS) else None


def deviation_page(
    request: Request, plan: Mapping[str, Any], form: Fields, errors: Mapping[str, ErrorItem] | None = None
) -> Response:
    """Ask for a deviation, with what is agreed so far, or with what was entered and what is wrong with it."""
    base = service_of(request).rule_base
    rule = next((one for one in base.rules if one.id == first(form, "regel") and not one.is_hint), None)
    if rule is None:
        raise ProblemError(NOT_FOUND)
    known = plan.get(KEY, {}).get(rule.id, {})
    return page(
        request,
        "ergebnis/abweichung.html",
        status=422 if errors else 200,
        plan=documents.write_json(plan, compact=True),
        rule=rule.spec,
        place=anchor(rule.id),
        given={name: first(form, name) if errors else str(known.get(name) or "") for name in PARTS},
        errors=errors or {},
        kept=[(name, text) for name in form if name.startswith(FIELD) for text in form[name] if text],
    )


def _part(error: ErrorItem, rule: str) -> str:
    """Which field an error is about; the reason where it is about the whole."""
    return (error.pointer or "").removeprefix(f"/{KEY}/{rule}").lstrip("/") or "grund"
