"""What the routers under `/api/v1` share."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from qmadvisor.errors import Problem
from qmadvisor_api.checking.pointers import error_item
from qmadvisor_api.http.parameters import json_wanted
from qmadvisor_api.kinds import NOT_FOUND
from qmadvisor_api.problems import ProblemError

PREFIX = "/api/v1"


def api_router(tag: str) -> APIRouter:
    """Return a router for one subject of the API."""
    return APIRouter(prefix=PREFIX, tags=[tag], dependencies=[Depends(json_wanted)])


def not_found(problem: Problem, parameter: str) -> ProblemError:
    """Say that a part of the address names nothing, with the nearest name that there is."""
    item = error_item(problem, None).model_copy(update={"pointer": None, "parameter": parameter})
    return ProblemError(NOT_FOUND, errors=[item])
