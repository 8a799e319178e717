"""One checking process, seen from the service: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from typing import cast

from qmadvisor_api.checking.frames import Arriving, Frame
from qmadvisor_api.checking.shared import Shared

_START_SECONDS = 60.0
_END_SECONDS = 3.0


def worker_command(engine: str) -> Sequence[str]:
    """The command that runs a checking process."""
    return [sys.executable, "-m", "qmadvisor_api.checking.worker", engine]


class CheckerProcess:
    """A running process that answers one frame at a time."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: _Pipes, engine: str) -> None:
        self._transport = transport
        self._stdin = cast("asyncio.WriteTransport", transport.get_pipe_transport(0))
        self._pipes = pipes
        self.engine = engine

    @classmethod
    async def start(cls, engine: str) -> CheckerProcess:
        """Start a process and wait until it is ready. Raises OSError, EOFError or TimeoutError."""
        # In a session of its own, so that Ctrl+C reaches only the service, which then ends its processes.
        shared = Shared.create()
        handles = () if shared is None else (shared.handle,)
        try:
            transport, pipes = await asyncio.get_running_loop().subprocess_exec(
                lambda: _Pipes(shared),
                *worker_command(engine),
                *map(str, handles),
                stderr=None,
                start_new_session=True,
                pass_fds=handles,
            )
        except BaseException:
            if shared is not None:
                shared.close()
            raise
        started = cls(transport, pipes, engine)
        try:
            async with asyncio.timeout(_START_SECONDS):
                started.engine = (await pipes.answer).head["ready"]
        except BaseException:
            await started.end(gracefully=False)
            raise
        return started

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._transport.get_pid()

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs, as far as is known."""
        return self._transport.get_returncode() is None

    async def ask(self, frame: Frame) -> Frame:
        """Send a job and wait for its answer. Raises EOFError where the process died."""
        answer = self._pipes.expect()
        self._stdin.writelines(frame.encode())
        return await answer

    async def end(self, *, gracefully: bool = True) -> None:
        """End the process: it leaves when its input ends; where it does not, it is killed."""
        self._stdin.close()
        if gracefully:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_END_SECONDS):
                    await self._pipes.ended.wait()
                    return
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        await self._pipes.ended.wait()


class _Pipes(asyncio.SubprocessProtocol):
    """What a process says. Streams would do the same, but copy each report three times."""

    def __init__(self, shared: Shared | None) -> None:
        self.ended = asyncio.Event()
        self._shared = shared
        self._gone = False
        self._transport: asyncio.SubprocessTransport | None = None
        self.answer = self.expect()

    def expect(self) -> asyncio.Future[Frame]:
        """Return what the next frame will be; awaited, it raises EOFError where the process ends before."""
        self._arriving = Arriving()
        self.answer = asyncio.get_running_loop().create_future()
        if self._gone:
            self.answer.set_exception(EOFError())
        return self.answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the process."""
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Put together what comes. Who says more than was asked for cannot be trusted with the next job."""
        assert self._transport is not None
        try:
            frame = None if self.answer.done() else self._arriving.add(data)
        except EOFError as error:
            frame = None
            self.answer.set_exception(error)
        if frame is not None:
            self.answer.set_result(self._whole(frame))
        elif self.answer.done():
            with contextlib.suppress(ProcessLookupError):
                self._transport.kill()

    def _whole(self, frame: Frame) -> Frame:
        """Put what stands in the shared memory into the frame, before the process is asked the next thing."""
        if self._shared is None or "shared" not in frame.head:
            return frame
        return Frame(frame.head, self._shared.read(frame.head["shared"]))

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Give up on the answer: the process can no longer be told or say anything."""
        self._gone = True
        if not self.answer.done():
            self.answer.set_exception(EOFError())

    def connection_lost(self, exc: Exception | None) -> None:
        """Close the service's side as well, and tell that the process has ended."""
        assert self._transport is not None
        self._transport.close()
        if self._shared is not None:
            self._shared.close()
        self.ended.set()
