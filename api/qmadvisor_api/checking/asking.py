"""Ask a checking process, and turn every way in which that can fail into a problem."""

from __future__ import annotations

import asyncio
import json

from qmadvisor_api.checking.frames import Frame
from qmadvisor_api.checking.jobs import Order
from qmadvisor_api.checking.pool import BusyError, InterruptedJobError, SlowJobError
from qmadvisor_api.kinds import BUSY, INTERNAL, INTERRUPTED, KINDS, TIMEOUT, Kind
from qmadvisor_api.models import ErrorItem
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.service import Service


async def ask(service: Service, job: str, order: Order, *, heavy: bool = False) -> Frame:
    """Have a job done. Raises ProblemError with every error where the body is refused, or where no answer comes."""
    frame = await _run(service, Frame({"job": job, **order.head()}, order.body), heavy=heavy)
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
        raise later(BUSY, 1) from None
    except (TimeoutError, SlowJobError):
        raise later(TIMEOUT, 5) from None
    except InterruptedJobError:
        raise later(INTERRUPTED, 1) from None


def later(kind: Kind, seconds: int) -> ProblemError:
    """Say that it is worth another try, and when."""
    return ProblemError(kind, headers={"Retry-After": str(seconds)})
