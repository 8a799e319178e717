from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("qmadvisor.engine.durable", exc_type=ImportError)

from tests.engine.durable_cases import expected, random_base, random_truths

from qmadvisor.engine.durable import DurableEngine
from qmadvisor.errors import EngineError

THREADS = 8


@pytest.mark.parametrize("engines", [1, 2])
def test_threads_take_turns(engines: int) -> None:
    rng = random.Random(engines)
    bases = [random_base(rng, 40, 40, depth=3) for _ in range(engines)]
    running = [DurableEngine(base) for base in bases]
    setups = [random_truths(rng, 40) for _ in range(20)]
    wanted = [[expected(base, truths) for truths in setups] for base in bases]

    def wrong(worker: int) -> int:
        which = worker % engines
        order = random.Random(worker).choices(range(len(setups)), k=60)
        return sum(running[which].decide(setups[at]) != wanted[which][at] for at in order)

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(wrong, range(THREADS))) == 0
    for engine in running:
        engine.close()


def test_closing_while_others_decide() -> None:
    base = random_base(random.Random(3), 40, 40)
    engine = DurableEngine(base)
    truths: list[bool | None] = [True] * 40
    wanted = expected(base, truths)
    started = threading.Barrier(5)

    def work() -> None:
        started.wait()
        while True:
            try:
                assert engine.decide(truths) == wanted
            except EngineError:
                return

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(work) for _ in range(4)]
        started.wait()
        engine.close()
        for worker in workers:
            worker.result()


def test_reloading_while_others_decide() -> None:
    base = random_base(random.Random(4), 40, 30)
    engine = DurableEngine(base)
    truths: list[bool | None] = [at % 3 == 0 for at in range(40)]
    wanted = expected(base, truths)

    def reload() -> bool:
        other = DurableEngine(base)
        same = other.decide(truths) == wanted
        other.close()
        return same

    with ThreadPoolExecutor(4) as pool:
        reloads = [pool.submit(reload) for _ in range(12)]
        decides = [pool.submit(engine.decide, truths) for _ in range(60)]
        assert all(each.result() for each in reloads)
        assert all(each.result() == wanted for each in decides)
    engine.close()


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    engine = DurableEngine(random_base(random.Random(5), 10, 10))
    engine.decide([True] * 10)
    assert threading.active_count() == before
    engine.close()
