"""Start the service as people do, on a port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener


@contextmanager
def serve_qmadvisor(port: int, **settings: str) -> Iterator[str]:
    """Run `qmadvisor serve` with settings of its own and nobody else's; yields its address."""
    command = [sys.executable, "-c", "from qmadvisor.cli import main; main()", "serve", "--port", str(port)]
    variables = {f"QMADVISOR_{key.upper()}": value for key, value in settings.items()}
    with serve(command, port, "/readyz", variables) as (address, _):
        yield address


@contextmanager
def serve(
    command: Sequence[str], port: int, ready: str, variables: dict[str, str]
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a command that listens on a port until it is no longer needed; yields its address and process."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("QMADVISOR_")}
    process = subprocess.Popen(command, env=own | variables, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + ready, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 90) -> None:
    direct = build_opener(ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    msg = f"{address} does not answer"
    raise RuntimeError(msg)
