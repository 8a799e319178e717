"""The pool with small processes that stand in for the checking ones, and once with the real one killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from starlette.testclient import TestClient

from qmadvisor_api.checking import process
from qmadvisor_api.checking.frames import Frame
from qmadvisor_api.checking.pool import BusyError, CheckerPool, InterruptedJobError, SlowJobError
from qmadvisor_api.metrics import Metrics

STAND_IN = """
import os, sys, time
from qmadvisor_api.checking.frames import Frame, read
from qmadvisor_api.checking.shared import Shared
def send(frame):
    sys.stdout.buffer.writelines(frame.encode()); sys.stdout.buffer.flush()
send(Frame({"ready": sys.argv[1]}))
while (frame := read(sys.stdin.buffer)) is not None:
    if frame.head["job"] == "die":
        os._exit(3)
    if frame.head["job"] == "chatter":
        send(Frame({"pid": os.getpid()}, b"unasked"))
    if frame.head["job"] == "share":
        text = frame.head["text"].encode()
        Shared(int(sys.argv[2])).write([text])
        send(Frame({"shared": len(text)}))
        continue
    time.sleep(frame.head.get("seconds", 0))
    send(Frame({"engine": sys.argv[1], "pid": os.getpid()}, frame.body))
"""


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "worker_command", lambda engine: [sys.executable, "-c", STAND_IN, engine])


def run(test: Callable[[CheckerPool], Awaitable[None]], **changes: Any) -> None:
    async def main() -> None:
        options = {"engine": "durable", "size": 1, "max_waiting": 4, "job_seconds": 5.0, **changes}
        pool = CheckerPool(metrics=Metrics(), **options)
        await pool.start()
        try:
            await test(pool)
        finally:
            await pool.close()

    asyncio.run(main())


def job(name: str = "echo", **head: Any) -> Frame:
    return Frame({"job": name, **head}, b"inhalt")


def test_a_job_is_done() -> None:
    async def test(pool: CheckerPool) -> None:
        assert (await pool.run(job())).body == b"inhalt"

    run(test)


def test_a_job_is_done_where_no_memory_can_be_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(pool: CheckerPool) -> None:
        assert (await pool.run(job())).body == b"inhalt"

    monkeypatch.delattr(os, "memfd_create", raising=False)
    run(test)


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="this system has no memory without a name")
def test_an_answer_is_taken_out_of_the_memory_before_the_next_job() -> None:
    async def test(pool: CheckerPool) -> None:
        answers = await asyncio.gather(*(pool.run(job("share", text=text)) for text in ("eins", "zwei")))
        assert [one.body for one in answers] == [b"eins", b"zwei"]

    run(test)


def test_a_dead_process_is_replaced_and_only_its_job_is_lost() -> None:
    async def test(pool: CheckerPool) -> None:
        lost, *kept = await asyncio.gather(
            pool.run(job("die")), pool.run(job()), pool.run(job()), return_exceptions=True
        )
        assert isinstance(lost, InterruptedJobError)
        assert [one.body for one in kept if isinstance(one, Frame)] == [b"inhalt"] * 2

    run(test)


def test_a_process_that_died_idle_is_replaced_before_the_next_job() -> None:
    async def test(pool: CheckerPool) -> None:
        os.kill(pool.pids[0], signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert (await pool.run(job())).body == b"inhalt"

    run(test)


def test_a_process_that_says_more_than_it_was_asked_is_replaced() -> None:
    async def test(pool: CheckerPool) -> None:
        (pid,) = pool.pids
        with suppress(InterruptedJobError):
            await pool.run(job("chatter"))
        await asyncio.sleep(0.2)
        answer = await pool.run(job())
        assert answer.body == b"inhalt"
        assert answer.head["pid"] != pid

    run(test)


def test_a_slow_job_ends_with_its_process() -> None:
    async def test(pool: CheckerPool) -> None:
        with pytest.raises(SlowJobError):
            await pool.run(job(seconds=30))
        assert (await pool.run(job())).body == b"inhalt"

    run(test, job_seconds=0.3)


def test_more_than_may_wait_are_sent_away() -> None:
    async def test(pool: CheckerPool) -> None:
        first = asyncio.create_task(pool.run(job(seconds=0.3)))
        await asyncio.sleep(0.1)
        others = [asyncio.create_task(pool.run(job())) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await pool.run(job())
        assert len(await asyncio.gather(first, *others)) == 3

    run(test, max_waiting=2)


def test_who_gives_up_waiting_makes_room() -> None:
    async def test(pool: CheckerPool) -> None:
        first = asyncio.create_task(pool.run(job(seconds=0.3)))
        await asyncio.sleep(0.1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await pool.run(job())
        second = asyncio.create_task(pool.run(job()))
        assert len(await asyncio.gather(first, second)) == 2

    run(test, max_waiting=1)


def test_heavy_jobs_leave_one_process_free() -> None:
    async def test(pool: CheckerPool) -> None:
        heavy = [asyncio.create_task(pool.run(job(seconds=0.4), heavy=True)) for _ in range(2)]
        await asyncio.sleep(0.1)
        started = time.monotonic()
        await pool.run(job())
        assert time.monotonic() - started < 0.3
        answers = await asyncio.gather(*heavy)
        assert len({answer.head["pid"] for answer in answers}) == 1

    run(test, size=2)


def test_after_repeated_failures_the_compiled_engine_takes_over() -> None:
    async def test(pool: CheckerPool) -> None:
        engines = []
        for _ in range(3):
            engines.append((await pool.run(job())).head["engine"])
            with pytest.raises(InterruptedJobError):
                await pool.run(job("die"))
        engines.append((await pool.run(job())).head["engine"])
        assert engines == ["durable"] * 3 + ["compiled"]

    run(test)


def test_closing_leaves_no_process_and_tells_who_waits() -> None:
    async def main() -> None:
        pool = CheckerPool(engine="durable", size=1, max_waiting=4, job_seconds=5, metrics=Metrics())
        await pool.start()
        pids = pool.pids
        waiting = [asyncio.create_task(pool.run(job(seconds=0.3))) for _ in range(2)]
        await asyncio.sleep(0.1)
        await pool.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(one, InterruptedJobError) for one in results)
        assert not pool.ready
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    asyncio.run(main())


def test_a_process_that_cannot_start_stops_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        process, "worker_command", lambda engine: [sys.executable, "-c", "raise SystemExit(2)"]
    )

    async def main() -> None:
        pool = CheckerPool(engine="auto", size=2, max_waiting=1, job_seconds=1, metrics=Metrics())
        with pytest.raises(EOFError):
            await pool.start()

    asyncio.run(main())


def test_killing_the_real_process_interrupts_the_service_only_shortly(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    pool = client.app.state.service.pool  # type: ignore[attr-defined]
    plan = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    statuses = [client.post("/api/v1/check", json=plan).status_code for _ in range(2)]
    assert statuses in ([503, 200], [200, 200])
    assert pool.pids != [pid]
    assert client.get("/readyz").status_code == 200
    assert "qmadvisor_checker_restarts_total" in client.get("/metrics").text
