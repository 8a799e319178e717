"""The questions of the quick check."""

from __future__ import annotations

from fastapi import Depends, Request, Response

from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.quick import QuickCheck
from qmadvisor_api.routers.base import api_router
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get(
    "/quick-check", operation_id="quick_check", response_model=QuickCheck, dependencies=[Depends(only())]
)
async def quick_check(request: Request) -> Response:
    """List the questions of the quick check in their order."""
    service = service_of(request)
    return cached(request, service.library.get("quick-check", lambda: service.quick))
