"""The guideline's overview of tasks: its entries, and which of them name the same task."""

from __future__ import annotations

from fastapi import Depends, Request, Response

from qmadvisor.report.build import rule_base_info
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.models import TaskEntry, TaskInfo, Tasks
from qmadvisor_api.routers.base import api_router
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get("/tasks", operation_id="tasks", response_model=Tasks, dependencies=[Depends(only())])
async def list_tasks(request: Request) -> Response:
    """List the overview of tasks."""
    service = service_of(request)
    return cached(request, service.library.get("tasks", lambda: tasks_of(service.rule_base)))


def tasks_of(base: RuleBase) -> Tasks:
    """Describe the overview."""
    overview = base.knowledge.tasks
    return Tasks(
        rule_base=rule_base_info(base),
        areas=dict(overview.areas),
        columns=dict(overview.columns),
        entries=tuple(
            TaskEntry(id=one.key, area=one.area, column=one.column, page=one.page, label=one.label)
            for one in overview.entries.values()
        ),
        tasks=tuple(
            TaskInfo(
                id=task.key,
                label=task.label,
                if_needed=task.if_needed,
                parts=tuple(tuple(entry.key for entry in part) for part in task.parts),
            )
            for task in overview.tasks.values()
        ),
    )
