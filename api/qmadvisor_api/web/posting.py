"""What every page does with a form: read the plan that it carries, take over the answers, change lists."""

from __future__ import annotations

from fastapi import Request

from qmadvisor.errors import DocumentError, SetupError
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.service import service_of
from qmadvisor_api.web.answers import Form
from qmadvisor_api.web.applying import Applied, apply, with_entry, without_entry
from qmadvisor_api.web.plans import FIELD, Plan, new_plan, read_plan

ADD, REMOVE = "neu", "weg"


class UnusablePlanError(Exception):
    """The plan that a form carried cannot be read; carries every problem."""

    def __init__(self, error: DocumentError | SetupError) -> None:
        self.problems = error.problems
        super().__init__(str(error))


def carried(request: Request, form: Form) -> Plan:
    """Return the plan of a form, an empty one where there is none. Raises UnusablePlanError."""
    base = service_of(request).rule_base
    text = form.get(FIELD, "")
    if not text:
        return new_plan(base)
    try:
        return read_plan(text.encode(), base, json_only=True)
    except (DocumentError, SetupError) as error:
        raise UnusablePlanError(error) from error


async def taken_over(request: Request, form: Form) -> Applied:
    """Return the plan with the answers of its form. Raises UnusablePlanError."""
    plan = carried(request, form)
    return apply(form, plan, service_of(request).rule_base)


async def with_action(request: Request, form: Form) -> tuple[Applied, str]:
    """Take over the answers after an entry was added or removed; return the name of the new entry too."""
    base = service_of(request).rule_base
    plan = carried(request, form)
    answers, new = after_action(form, base)
    return apply(answers, plan, base), new


def after_action(form: Form, base: RuleBase) -> tuple[Form, str]:
    """Return the form with an entry of a list more or less, where a button asked for it, and the new one's key."""
    action, _, rest = form.get("aktion", "").partition("|")
    path, _, key = rest.partition("|")
    fact = base.knowledge.catalogue.facts.get(path)
    if fact is None or fact.kind != "list":
        return form, ""
    if action == ADD:
        return with_entry(form, fact)
    return (without_entry(form, fact, key) if action == REMOVE else form), ""
