"""For those who run the service: does it live, is it ready, what does it count."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qmadvisor_api.kinds import BUSY
from qmadvisor_api.metrics import CONTENT_TYPE
from qmadvisor_api.models import Health
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.service import service_of

router = APIRouter(tags=["operations"])
_HEADERS = {"Cache-Control": "no-store"}


@router.get("/healthz", operation_id="healthz", response_model=Health)
async def healthz(request: Request) -> Response:
    """Say that the service lives."""
    return Response(Health(status="ok").model_dump_json(), headers=_HEADERS, media_type="application/json")


@router.get("/readyz", operation_id="readyz", response_model=Health)
async def readyz(request: Request) -> Response:
    """Say whether checks can be done; 503 while they cannot."""
    if not service_of(request).pool.ready:
        raise ProblemError(BUSY, headers={"Retry-After": "1"})
    return Response(Health(status="ok").model_dump_json(), headers=_HEADERS, media_type="application/json")


@router.get("/metrics", operation_id="metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Give the numbers for Prometheus."""
    return Response(service_of(request).metrics.text(), headers=_HEADERS, media_type=CONTENT_TYPE)
