"""Answers in shared memory, and through the pipe where there is none or where they are too large for it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from qmadvisor_api.checking.shared import SIZE, Shared
from qmadvisor_api.checking.worker import placed

NEEDED = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="this system has no memory without a name"
)
PIECES = [b"ein ", b"Bericht"]


@pytest.fixture
def here() -> Iterator[Shared]:
    shared = Shared.create()
    assert shared is not None
    yield shared
    shared.close()


@NEEDED
def test_what_one_process_writes_the_other_reads(here: Shared) -> None:
    there = Shared(os.dup(here.handle))
    there.write(PIECES)
    assert here.read(11) == b"ein Bericht"
    there.write([b"kurz"])
    there.close()
    assert here.read(4) == b"kurz"


@NEEDED
def test_the_head_tells_how_long_the_answer_in_memory_is(here: Shared) -> None:
    assert placed(here, {"count": 1}, PIECES) == ({"count": 1, "shared": 11}, ())
    assert here.read(11) == b"ein Bericht"


@NEEDED
def test_an_answer_fills_the_memory_or_takes_the_pipe(here: Shared) -> None:
    full, larger = [bytes(SIZE)], [bytes(SIZE), b"!"]
    assert placed(here, {}, full) == ({"shared": SIZE}, ())
    assert placed(here, {}, larger) == ({}, larger)


def test_without_memory_answers_take_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert Shared.create() is None
    assert placed(None, {"count": 1}, PIECES) == ({"count": 1}, PIECES)
