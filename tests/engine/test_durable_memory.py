from __future__ import annotations

import random

import psutil
import pytest

pytest.importorskip("qmadvisor.engine.durable", exc_type=ImportError)

from tests.engine.durable_cases import random_base, random_truths

from qmadvisor.engine import durable_limits
from qmadvisor.engine.durable import DurableEngine
from qmadvisor.errors import EngineError


def resident() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def test_deciding_keeps_no_memory() -> None:
    """A state that stayed behind would cost some hundred KB for each of the 2,000 evaluations."""
    rng = random.Random(1)
    engine = DurableEngine(random_base(rng, 40, 30, depth=3))
    setups = [random_truths(rng, 40) for _ in range(20)]
    for truths in setups * 5:
        engine.decide(truths)
    before = resident()
    for truths in setups * 100:
        engine.decide(truths)
    assert resident() - before < 2
    engine.close()


def test_refused_evaluations_keep_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_limits, "PENDING_MOST", 1000)
    engine = DurableEngine(random_base(random.Random(2), 120, 100, depth=0))
    before = resident()
    for _ in range(200):
        with pytest.raises(EngineError):
            engine.decide([True] * 120)
    assert resident() - before < 4
    engine.close()


def test_reloading_keeps_no_memory() -> None:
    base = random_base(random.Random(3), 60, 30, depth=2)
    for _ in range(5):
        DurableEngine(base).close()
    before = resident()
    for _ in range(50):
        engine = DurableEngine(base)
        engine.decide([True] * 60)
        engine.close()
    assert resident() - before < 4
