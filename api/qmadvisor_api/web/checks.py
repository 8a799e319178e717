"""Check a plan while it is being filled in: through the checking processes, like every other check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from qmadvisor.report.model import FindingInfo, Report
from qmadvisor_api.checking.frames import Frame
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.kinds import INTERNAL
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.check import run_job
from qmadvisor_api.service import service_of
from qmadvisor_api.web.guidance import Guide
from qmadvisor_api.web.plans import Plan


@dataclass(frozen=True, slots=True)
class Live:
    """What is known so far: the report, and the findings that hang on the question or section on the page."""

    report: Report
    related: Sequence[FindingInfo]


async def report_of(request: Request, plan: Plan) -> Report:
    """Check a plan. Raises ProblemError where the service is busy or failed."""
    order = Order(plan.text.encode(), True, date.today())
    frame = await run_job(
        service_of(request), Frame({"job": "check", **order.head()}, order.body), heavy=False
    )
    if frame.head.keys() & {"refused", "failed"}:
        raise ProblemError(INTERNAL)  # the plan was read before: it cannot be refused
    return Report.model_validate_json(frame.body)


async def live(request: Request, plan: Plan, guides: Sequence[Guide]) -> Live:
    """Check a plan, and pick the findings of some recommendations; what does not apply is left out."""
    report = await report_of(request, plan)
    rules = {guide.rule for guide in guides}
    related = [one for one in report.findings if one.rule in rules and one.status.value != "not_applicable"]
    return Live(report, related)
