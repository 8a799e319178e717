"""A checking process: takes one job at a time from its standard input until that ends.

Run as `python -m qmadvisor_api.checking.worker ENGINE [HANDLE]`, the latter that of memory for answers (`shared`).
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging.config
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, cast

from qmadvisor.engine.check import Checker, EngineName
from qmadvisor.rules.loader import default_rule_base
from qmadvisor_api.checking.frames import Frame, opening, read
from qmadvisor_api.checking.jobs import JOBS, Context, Order, RefusedError
from qmadvisor_api.checking.shared import SIZE, Shared
from qmadvisor_api.logs import configuration, frames
from qmadvisor_api.web.result.jobs import PAGE_JOBS

#: A report takes some hundred KB: it should pass at once, not in pieces of 64 KB.
_PIPE = 1024 * 1024
#: The window of gzip, as zlib counts it.
_GZIP = 16 + zlib.MAX_WBITS
_log = logging.getLogger("qmadvisor_api.checker")
_JOBS = {**JOBS, **PAGE_JOBS}


def main(engine: EngineName, handle: int | None = None) -> None:
    """Serve jobs. The first frame that is sent says that the process is ready."""
    logging.config.dictConfig(configuration("info"))
    # What anything prints must not get between the frames.
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", _PIPE)
    os.dup2(2, 1)
    _widen(target)
    shared = None if handle is None else Shared(handle)
    context = Context(Checker(default_rule_base(), engine))
    _spare_the_rule_base()
    _send(target, {"ready": context.checker.engine})
    while (frame := read(source)) is not None:
        _send(target, *placed(shared, *answer(context, frame)))


def answer(context: Context, frame: Frame) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Do one job; errors become answers, so that the process lives on."""
    try:
        pieces, count = _JOBS[frame.head["job"]](context, Order.read(frame.head, frame.body))
        return {"count": count}, list(_packed(pieces)) if frame.head.get("gzip") else pieces
    except RefusedError as refused:
        errors = [item.model_dump() for item in refused.errors]
        return {"refused": refused.kind.name}, [json.dumps(errors).encode()]
    except Exception as error:
        _log.error("failed", extra={"job": frame.head.get("job"), "error": frames(error)})
        return {"failed": type(error).__name__}, []


def placed(
    shared: Shared | None, head: Mapping[str, Any], pieces: Sequence[bytes]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Leave the pieces in the shared memory where there is room; the head then tells how long they are."""
    length = sum(map(len, pieces))
    if shared is None or length > SIZE:
        return head, pieces
    shared.write(pieces)
    return {**head, "shared": length}, ()


def _spare_the_rule_base() -> None:
    """Let the collector of cycles leave out what lives as long as the process: it took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _packed(pieces: Sequence[bytes]) -> Iterator[bytes]:
    """Reports repeat themselves: the quickest level of gzip already makes them six times smaller."""
    packer = zlib.compressobj(1, wbits=_GZIP)
    yield from map(packer.compress, pieces)
    yield packer.flush()


def _widen(pipe: BinaryIO) -> None:
    """Let the pipe hold a whole report, where the system can do that (Linux)."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _send(target: BinaryIO, head: Mapping[str, Any], pieces: Sequence[bytes] = ()) -> None:
    target.write(opening(head, sum(map(len, pieces))))
    target.writelines(pieces)
    target.flush()


if __name__ == "__main__":
    main(cast("EngineName", sys.argv[1]), *map(int, sys.argv[2:]))
