"""The checking processes of a service: they share the waiting jobs, and one that fails is replaced."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from qmadvisor_api.checking.frames import Frame
from qmadvisor_api.checking.process import CheckerProcess
from qmadvisor_api.metrics import Metrics

_log = logging.getLogger("qmadvisor_api.pool")
#: So many failures within `_WINDOW` seconds, and durable_rules is given up for the compiled engine.
_FAILURES_MOST = 3
_WINDOW = 300.0
_LONGEST_PAUSE = 10.0


class BusyError(Exception):
    """Too many jobs wait already."""


class InterruptedJobError(Exception):
    """The process died while it did this job."""


class SlowJobError(Exception):
    """The job took longer than a job may; its process was replaced."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """One job is equal to itself alone: comparing bodies, or showing them in an error, takes time."""

    frame: Frame
    heavy: bool
    answer: asyncio.Future[Frame]


class CheckerPool:
    """Runs jobs in `size` processes. With two or more, one never takes heavy jobs: small ones pass them by."""

    def __init__(
        self, *, engine: str, size: int, max_waiting: int, job_seconds: float, metrics: Metrics
    ) -> None:
        self.engine = engine
        self._size = size
        self._max_waiting = max_waiting
        self._job_seconds = job_seconds
        self._metrics = metrics
        self._waiting: deque[_Job] = deque()
        self._changed = asyncio.Condition()
        self._processes: dict[int, CheckerProcess] = {}
        self._failures: deque[float] = deque(maxlen=_FAILURES_MOST)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def ready(self) -> bool:
        """Tell whether a process can take jobs."""
        return bool(self._processes)

    @property
    def pids(self) -> list[int]:
        """The numbers of the running processes."""
        return [process.pid for process in self._processes.values()]

    async def start(self) -> None:
        """Start all processes. Raises what kept one from starting: a service that cannot check must not start."""
        started = await asyncio.gather(
            *(CheckerProcess.start(self.engine) for _ in range(self._size)), return_exceptions=True
        )
        running = [one for one in started if isinstance(one, CheckerProcess)]
        for error in started:
            if isinstance(error, BaseException):
                await asyncio.gather(*(process.end(gracefully=False) for process in running))
                raise error
        self._processes = dict(enumerate(running))
        self._tasks = [asyncio.create_task(self._serve(number)) for number in self._processes]

    async def close(self) -> None:
        """End all processes; who still waits is told that the job was interrupted."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._waiting:
            _fail(self._waiting.popleft(), InterruptedJobError())
        processes, self._processes = list(self._processes.values()), {}
        await asyncio.gather(*(process.end() for process in processes))

    async def run(self, frame: Frame, *, heavy: bool = False) -> Frame:
        """Do a job when its turn comes. Raises BusyError, InterruptedJobError or SlowJobError."""
        if len(self._waiting) >= self._max_waiting:
            raise BusyError
        job = _Job(frame, heavy, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._metrics.waiting.set(len(self._waiting))
        async with self._changed:
            self._changed.notify_all()
        try:
            return await job.answer
        finally:
            if job in self._waiting:
                self._waiting.remove(job)  # it was given up while it waited

    async def _serve(self, number: int) -> None:
        """Give one process its jobs for as long as the service runs."""
        may_be_heavy = number == self._size - 1
        while True:
            job = await self._next(may_be_heavy)
            try:
                if not self._processes[number].alive:
                    await self._replace(number, "died")  # while it had nothing to do: this job loses nothing
                await self._do(self._processes[number], job)
            except asyncio.CancelledError:
                _fail(job, InterruptedJobError())
                raise
            except TimeoutError:
                _fail(job, SlowJobError())
                await self._replace(number, "slow")
            except (EOFError, OSError):
                _fail(job, InterruptedJobError())
                await self._replace(number, "died")

    async def _next(self, may_be_heavy: bool) -> _Job:
        async with self._changed:
            while True:
                for job in self._waiting:
                    if may_be_heavy or not job.heavy:
                        self._waiting.remove(job)
                        self._metrics.waiting.set(len(self._waiting))
                        return job
                await self._changed.wait()

    async def _do(self, process: CheckerProcess, job: _Job) -> None:
        async with asyncio.timeout(self._job_seconds):
            answer = await process.ask(job.frame)
        if not job.answer.done():
            job.answer.set_result(answer)

    async def _replace(self, number: int, reason: str) -> None:
        self._metrics.restarts.labels(reason).inc()
        await self._processes.pop(number).end(gracefully=False)
        self._give_up_durable()
        _log.warning("checker replaced", extra={"reason": reason, "engine": self.engine})
        self._processes[number] = await _until_it_starts(lambda: CheckerProcess.start(self.engine))

    def _give_up_durable(self) -> None:
        now = time.monotonic()
        self._failures.append(now)
        often = len(self._failures) == _FAILURES_MOST and now - self._failures[0] < _WINDOW
        if often and self.engine != "compiled":
            _log.error("checkers fail too often: the compiled engine takes over")
            self.engine = "compiled"


async def _until_it_starts(start: Callable[[], Awaitable[CheckerProcess]]) -> CheckerProcess:
    pause = 0.1
    while True:
        try:
            return await start()
        except (EOFError, OSError, TimeoutError) as error:
            _log.error("checker does not start", extra={"error": type(error).__name__})
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _fail(job: _Job, error: Exception) -> None:
    if not job.answer.done():
        job.answer.set_exception(error)
