"""Check setups and explain findings: what needs a checking process."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from qmadvisor.report.model import Report
from qmadvisor.report.roadmap_model import Roadmap
from qmadvisor_api.checking.frames import Frame
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.checking.pool import BusyError, InterruptedJobError, SlowJobError
from qmadvisor_api.http.bodies import Body, read_body
from qmadvisor_api.http.language import accepts_gzip
from qmadvisor_api.http.parameters import Day, Truth, only
from qmadvisor_api.kinds import BUSY, INTERNAL, INTERRUPTED, KINDS, TIMEOUT, TOO_MANY, Kind
from qmadvisor_api.models import ErrorItem, Explanation
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.base import api_router, not_found
from qmadvisor_api.service import Service, service_of

router = api_router("check")
#: A body of this size counts as one request; larger ones take accordingly more of the rate.
_BYTES_EACH = 64 * 1024
_HEADERS = {"Cache-Control": "no-store", "Content-Language": "de", "Vary": "Accept-Encoding"}


@router.post(
    "/check",
    operation_id="check",
    response_model=Report | list[Report],
    dependencies=[Depends(only("as_of", "ignore_deviations"))],
)
async def check(
    request: Request,
    as_of: Day | None = None,
    ignore_deviations: Annotated[Truth, Query()] = False,
) -> Response:
    """Check one setup, or several in a list."""
    service = service_of(request)
    body = await _body(request, service)
    order = Order(
        body.data,
        body.json,
        _day(as_of),
        max_setups=service.settings.max_setups,
        honour_deviations=not ignore_deviations,
    )
    return await _answer(request, service, "check", order)


@router.post(
    "/explain",
    operation_id="explain",
    response_model=Explanation,
    dependencies=[Depends(only("rule", "as_of"))],
)
async def explain(
    request: Request,
    rule: Annotated[str, Query(max_length=200)],
    as_of: Day | None = None,
) -> Response:
    """Explain how one rule or advice comes out for a setup."""
    service = service_of(request)
    base = service.rule_base
    if rule not in base.ids:
        raise not_found(base.unknown_rule(rule), "rule")
    body = await _body(request, service)
    return await _answer(request, service, "explain", Order(body.data, body.json, _day(as_of), rule=rule))


@router.post(
    "/roadmap",
    operation_id="roadmap",
    response_model=Roadmap,
    dependencies=[Depends(only("as_of", "ignore_deviations"))],
)
async def roadmap(
    request: Request,
    as_of: Day | None = None,
    ignore_deviations: Annotated[Truth, Query()] = False,
) -> Response:
    """Say what is left to do for one setup, phase by phase."""
    service = service_of(request)
    body = await _body(request, service)
    order = Order(body.data, body.json, _day(as_of), honour_deviations=not ignore_deviations)
    return await _answer(request, service, "roadmap", order)


async def _body(request: Request, service: Service) -> Body:
    settings = service.settings
    body = await read_body(request, settings.max_body_bytes, settings.body_seconds)
    _charge(request, service, len(body.data) // _BYTES_EACH, refuse=True)
    return body


async def _answer(request: Request, service: Service, job: str, order: Order) -> Response:
    gzip = accepts_gzip(request.headers.get("accept-encoding"))
    frame = await answered(service, job, order, gzip=gzip)
    _charge(request, service, frame.head["count"] - 1, refuse=False)
    encoding = {"Content-Encoding": "gzip"} if gzip else {}
    return Response(frame.body, headers=_HEADERS | encoding, media_type="application/json")


async def answered(service: Service, job: str, order: Order, *, gzip: bool = False) -> Frame:
    """Have a job done, its answer packed where asked for.

    Raises ProblemError where it is refused, fails, or cannot be done in time.
    """
    head = {"job": job, "gzip": gzip, **order.head()}
    frame = await _run(service, Frame(head, order.body), heavy=_is_heavy(order.body))
    if "refused" in frame.head:
        errors = [ErrorItem(**one) for one in json.loads(frame.body)]
        raise ProblemError(KINDS[frame.head["refused"]], errors=errors)
    if "failed" in frame.head:
        raise ProblemError(INTERNAL)
    return frame


async def _run(service: Service, frame: Frame, *, heavy: bool) -> Frame:
    try:
        async with asyncio.timeout(service.settings.request_seconds):
            return await service.pool.run(frame, heavy=heavy)
    except BusyError:
        raise _later(BUSY, 1) from None
    except (TimeoutError, SlowJobError):
        raise _later(TIMEOUT, 5) from None
    except InterruptedJobError:
        raise _later(INTERRUPTED, 1) from None


def _charge(request: Request, service: Service, cost: int, *, refuse: bool) -> None:
    """Large bodies and lists count as several requests; what is already worked out is delivered all the same."""
    if cost < 1:
        return
    who, has_key = request.scope["qmadvisor.who"]
    seconds = service.rates.take(who, has_key=has_key, cost=cost)
    if refuse and seconds is not None:
        raise _later(TOO_MANY, seconds)


def _is_heavy(body: bytes) -> bool:
    """Tell large bodies and lists, which must not hold up the small ones."""
    return len(body) > _BYTES_EACH or body.lstrip()[:1] in (b"[", b"-")


def _later(kind: Kind, seconds: int) -> ProblemError:
    return ProblemError(kind, headers={"Retry-After": str(seconds)})


def _day(text: str | None) -> date:
    return date.fromisoformat(text) if text else date.today()
