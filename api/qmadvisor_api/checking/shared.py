"""Memory that the service and a checking process share: an answer of half a megabyte need not pass through a pipe.

Pipes hand on what they hold page by page, and take longer for a report than it takes to put it together. The memory
has no name and is in no file. Where the system has no such memory (it is Linux that does), answers take the pipe.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Sequence

#: Larger answers, of many setups, take the pipe.
SIZE = 4 * 1024 * 1024


class Shared:
    """The memory, seen from one of the two processes. It holds one answer, until the next one is written."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._memory = mmap.mmap(handle, SIZE)

    @classmethod
    def create(cls) -> Shared | None:
        """Make memory that a process can be started with; None where there is no such thing."""
        if not hasattr(os, "memfd_create"):
            return None
        handle = os.memfd_create("qmadvisor")
        os.truncate(handle, SIZE)
        return cls(handle)

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write an answer of at most `SIZE` bytes."""
        self._memory.seek(0)
        for piece in pieces:
            self._memory.write(piece)

    def read(self, length: int) -> bytes:
        """Return a copy of the answer."""
        return self._memory[:length]

    def close(self) -> None:
        """Give the memory back, as far as this process is concerned."""
        self._memory.close()
        os.close(self.handle)
