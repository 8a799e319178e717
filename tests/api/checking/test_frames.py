"""Frames arrive in pieces of any length."""

from __future__ import annotations

import io

import pytest

from qmadvisor_api.checking.frames import Arriving, Frame, opening, read

FRAME = Frame({"count": 1, "title": "Grün"}, b"ein langer Bericht")
DATA = b"".join(FRAME.encode())


def test_a_frame_is_read_from_a_stream() -> None:
    stream = io.BytesIO(DATA * 2)
    assert [read(stream), read(stream), read(stream)] == [FRAME, FRAME, None]


def test_the_opening_stands_before_a_body_in_pieces() -> None:
    assert opening(FRAME.head, len(FRAME.body)) + FRAME.body == DATA


@pytest.mark.parametrize("size", [1, 2, 7, 9, 30, len(DATA) - 1, len(DATA)])
def test_a_frame_is_complete_with_its_last_piece(size: int) -> None:
    arriving = Arriving()
    pieces = [DATA[at : at + size] for at in range(0, len(DATA), size)]
    *before, last = [arriving.add(piece) for piece in pieces]
    assert (set(before) or {None}, last) == ({None}, FRAME)


@pytest.mark.parametrize("size", [1, len(DATA)])
def test_a_frame_without_a_body_is_complete_with_its_head(size: int) -> None:
    data = b"".join(Frame({"failed": "ValueError"}).encode())
    arriving = Arriving()
    found = [arriving.add(data[at : at + size]) for at in range(0, len(data), size)]
    assert found[-1] == Frame({"failed": "ValueError"})


def test_more_than_one_frame_is_refused() -> None:
    with pytest.raises(EOFError):
        Arriving().add(DATA + b"{")
