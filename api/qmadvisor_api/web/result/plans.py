"""The plan that travels with the forms of the result: read, changed, written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

DEVIATIONS = "abweichungen"
DEVIATION_FIELDS = ("grund", "vereinbart_mit", "datum", "bis")


class PlanTextError(Exception):
    """The hidden field holds no plan."""


def read_plan(text: str) -> dict[str, Any]:
    """Take the plan out of its text. What it says is checked later, by the setup reader."""
    try:
        plan = json.loads(text)
    except (ValueError, RecursionError):
        raise PlanTextError from None
    if not isinstance(plan, dict):
        raise PlanTextError
    return plan


def write_plan(plan: Mapping[str, Any]) -> str:
    """Write a plan on one line."""
    return json.dumps(plan, ensure_ascii=False, separators=(",", ":"))


def deviations(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the agreed deviations by rule."""
    found = plan.get(DEVIATIONS)
    return dict(found) if isinstance(found, Mapping) else {}


def with_deviation(plan: Mapping[str, Any], rule: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the plan with an agreed deviation from a rule; empty parts stay away."""
    parts = {name: given[name].strip() for name in DEVIATION_FIELDS if given.get(name, "").strip()}
    return {**plan, DEVIATIONS: {**deviations(plan), rule: parts}}


def without_deviation(plan: Mapping[str, Any], rule: str) -> dict[str, Any]:
    """Return the plan without the deviation from a rule."""
    left = {key: value for key, value in deviations(plan).items() if key != rule}
    rest = {key: value for key, value in plan.items() if key != DEVIATIONS}
    return {**rest, DEVIATIONS: left} if left else rest
