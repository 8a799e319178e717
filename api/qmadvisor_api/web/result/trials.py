"""A plan and other answers beside it, as a form carries them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request

from qmadvisor.errors import DocumentError, Problem, SetupError
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.service import service_of
from qmadvisor_api.web.applying import Applied, apply, root_of
from qmadvisor_api.web.forms import Fields, last
from qmadvisor_api.web.plans import Plan, read_plan
from qmadvisor_api.web.posting import after_action
from qmadvisor_api.web.result.questions import HEADER
from qmadvisor_api.web.result.trees import inputs_behind

#: Plans beside the first that travel along for the comparison.
MOST_KEPT = 2
#: More questions at once make no clear comparison, and a long page.
MOST_ASKED = 12


@dataclass(frozen=True, slots=True)
class Trial:
    """The plan, the same with other answers, the questions on the page, and the variants that were kept."""

    plan: Plan
    applied: Applied
    asked: tuple[str, ...]
    kept: tuple[str, ...]
    new: str = ""

    @property
    def variant(self) -> Plan:
        """The plan with the other answers."""
        return self.applied.plan


def first(form: Fields, name: str) -> str:
    """Return a field's first value, or an empty text."""
    return form.get(name, [""])[0]


def read_trial(form: Fields, request: Request) -> Trial | None:
    """Read the plan of a form and its answers; None where no usable plan came with it."""
    base = service_of(request).rule_base
    plan = plan_or_none(first(form, "plan"), base)
    if plan is None:
        return None
    single = last(form)
    before = plan_or_none(single.get("variante", ""), base) or plan
    answers, new = after_action(single, base)
    asked = _asked([*form.get("gezeigt", ()), *form.get("frage", ())], first(form, "regel"), base)
    return Trial(plan, apply(answers, before, base), asked, tuple(form.get("gemerkt", ()))[:MOST_KEPT], new)


def plan_or_none(text: str, base: RuleBase) -> Plan | None:
    """Read a plan that travels with a form; None for what is none."""
    if not text.strip():
        return None
    try:
        return read_plan(text.encode(), base, json_only=True)
    except (DocumentError, SetupError):
        return None


def label_of(problem: Problem, base: RuleBase) -> str:
    """Name the question that a problem is about."""
    path = root_of(problem.place.path)
    fact = base.knowledge.catalogue.facts.get(path)
    return fact.words.label if fact else HEADER.get(path, path)


def _asked(paths: Iterable[str], rule: str, base: RuleBase) -> tuple[str, ...]:
    """The questions that were asked for by path, or that a rule hangs on; what is no question is left out."""
    facts = base.knowledge.catalogue.facts
    found = next((one for one in base.rules if one.id == rule), None)
    wanted = [*paths, *(inputs_behind(base, found) if found else ())]
    known = (path for path in wanted if path in HEADER or (path in facts and facts[path].is_input))
    return tuple(dict.fromkeys(known))[:MOST_ASKED]
