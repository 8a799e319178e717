"""How the service and a checking process talk: frames of a JSON head and plain bytes, through pipes."""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
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


async def receive(stream: StreamReader) -> Frame:
    """Read one frame. Raises IncompleteReadError where the other side is gone."""
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return Frame(json.loads(await stream.readexactly(head)), await stream.readexactly(body))


def read(stream: BinaryIO) -> Frame | None:
    """Read one frame, waiting for it; None where the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return Frame(json.loads(stream.read(head)), stream.read(body))
