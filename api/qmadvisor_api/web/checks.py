"""Check a plan while it is being filled in: through the checking processes, like every other check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import FindingInfo, Report
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.routers.check import answered
from qmadvisor_api.service import service_of
from qmadvisor_api.web.guidance import Guide
from qmadvisor_api.web.plans import Plan


@dataclass(frozen=True, slots=True)
class Live:
    """What is known so far: the report, and the findings that hang on the question or section on the page."""

    report: Report
    related: Sequence[FindingInfo]

    @property
    def settled(self) -> list[FindingInfo]:
        """What can be said already, first what is not fulfilled."""
        known = [one for one in self.related if one.status is not Status.OPEN]
        return sorted(known, key=lambda one: one.status is not Status.VIOLATED)

    @property
    def open(self) -> list[FindingInfo]:
        """What cannot be said yet."""
        return [one for one in self.related if one.status is Status.OPEN]


async def report_of(request: Request, plan: Plan) -> Report:
    """Check a plan. Raises ProblemError where the service is busy or failed."""
    order = Order(plan.text.encode(), True, date.today())
    frame = await answered(service_of(request), "check", order)
    return Report.model_validate_json(frame.body)


async def live(request: Request, plan: Plan, guides: Sequence[Guide]) -> Live:
    """Check a plan, and pick the findings of some recommendations; what does not apply is left out."""
    report = await report_of(request, plan)
    rules = {guide.rule for guide in guides}
    related = [
        one for one in report.findings if one.rule in rules and one.status is not Status.NOT_APPLICABLE
    ]
    return Live(report, related)
