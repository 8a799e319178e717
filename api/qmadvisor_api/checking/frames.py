"""How the service and a checking process talk: frames of a JSON head and plain bytes, through pipes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    head: Mapping[str, Any]
    body: bytes = b""

    def encode(self) -> tuple[bytes, bytes]:
        """Return the bytes for the pipe: the head with the lengths, and the body, which is not copied."""
        return opening(self.head, len(self.body)), self.body


def opening(head: Mapping[str, Any], length: int) -> bytes:
    """Return the first bytes of a frame with a body of this length."""
    text = json.dumps(head).encode()
    return _LENGTHS.pack(len(text), length) + text


class Arriving:
    """One frame while it arrives. A body of some hundred KB is copied once, when all of it is there."""

    def __init__(self) -> None:
        self._start = b""
        self._head: Mapping[str, Any] | None = None
        self._missing = 0
        self._pieces: list[bytes | memoryview] = []

    def add(self, data: bytes) -> Frame | None:
        """Take what came; return the frame once it is complete. Raises EOFError where more comes than belongs to it."""
        rest: bytes | memoryview = data
        if self._head is None:
            self._start += data
            if len(self._start) < _LENGTHS.size:
                return None
            head, self._missing = _LENGTHS.unpack_from(self._start)
            if len(self._start) < _LENGTHS.size + head:
                return None
            self._head = json.loads(self._start[_LENGTHS.size : _LENGTHS.size + head])
            rest = memoryview(self._start)[_LENGTHS.size + head :]
        self._pieces.append(rest)
        self._missing -= len(rest)
        if self._missing < 0:
            raise EOFError
        return None if self._missing else Frame(self._head, b"".join(self._pieces))


def read(stream: BinaryIO) -> Frame | None:
    """Read one frame, waiting for it; None where the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return Frame(json.loads(stream.read(head)), stream.read(body))
