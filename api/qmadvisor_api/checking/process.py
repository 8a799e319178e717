"""One checking process, seen from the service: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from qmadvisor_api.checking.frames import Frame, receive

_START_SECONDS = 60.0
_END_SECONDS = 3.0
_BUFFER = 4 * 1024 * 1024


def worker_command(engine: str) -> Sequence[str]:
    """The command that runs a checking process."""
    return [sys.executable, "-m", "qmadvisor_api.checking.worker", engine]


class CheckerProcess:
    """A running process that answers one frame at a time."""

    def __init__(self, process: Process, engine: str) -> None:
        self._process = process
        self.engine = engine

    @classmethod
    async def start(cls, engine: str) -> CheckerProcess:
        """Start a process and wait until it is ready. Raises OSError, EOFError or TimeoutError."""
        # In a session of its own, so that Ctrl+C reaches only the service, which then ends its processes.
        process = await asyncio.create_subprocess_exec(
            *worker_command(engine), stdin=PIPE, stdout=PIPE, limit=_BUFFER, start_new_session=True
        )
        started = cls(process, engine)
        try:
            async with asyncio.timeout(_START_SECONDS):
                started.engine = (await started._receive()).head["ready"]
        except BaseException:
            await started.end(gracefully=False)
            raise
        return started

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs, as far as is known."""
        return self._process.returncode is None

    async def ask(self, frame: Frame) -> Frame:
        """Send a job and wait for its answer. Raises EOFError or OSError where the process died."""
        assert self._process.stdin is not None
        self._process.stdin.writelines(frame.encode())
        await self._process.stdin.drain()
        return await self._receive()

    async def end(self, *, gracefully: bool = True) -> None:
        """End the process: it leaves when its input ends; where it does not, it is killed."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        if gracefully:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_END_SECONDS):
                    await self._process.wait()
                    return
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _receive(self) -> Frame:
        assert self._process.stdout is not None
        return await receive(self._process.stdout)
