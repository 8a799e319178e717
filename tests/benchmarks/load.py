"""The service under load, on this machine's loopback: `python tests/benchmarks/load.py --seconds 10`.

Full load comes from wrk (a Debian package; as many requests as come back), half of it from `steady.py` (at even
distances). Every request is a whole setup, the answer the whole report.
Nothing here fails because it is slow.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # for the script: pytest finds `tests` itself

import psutil
from tests.benchmarks.cases import random_answers, shipped_cases
from tests.benchmarks.steady import steady
from tests.benchmarks.translate import plain_facts, reads_of
from tests.live import free_port, serve

from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.derive import derive
from qmadvisor_api.routers.examples import examples

MEGA = 2**20
RANDOM = 300
CHECK = "/api/v1/check"
SCRIPT = Path(__file__).with_name("load.lua")


@dataclass
class Figures:
    """What one subject did under load. Times are milliseconds."""

    subject: str
    per_second: float = 0
    full: dict[str, float] = field(default_factory=dict)
    half_rate: float = 0
    half: dict[str, float] = field(default_factory=dict)
    errors: int = 0
    cpu_per_request: float = 0
    megabytes: list[float] = field(default_factory=list)
    kilobytes_each: float = 0


# Who is measured


@dataclass(frozen=True)
class Subject:
    """A server, and what is sent to it."""

    name: str
    command: Sequence[str]
    bodies: Sequence[bytes]
    variables: dict[str, str] = field(default_factory=dict)


def subjects(port: int) -> Iterator[Subject]:
    """The service with both engines, and the peer in two forms."""
    setups = [json.dumps(one.setup, ensure_ascii=False).encode() for one in examples()]
    serve_command = [
        sys.executable,
        "-c",
        "from qmadvisor.cli import main; main()",
        "serve",
        "--port",
        str(port),
    ]
    for engine in ("compiled", "durable"):
        variables = {"QMADVISOR_ENGINE": engine, "QMADVISOR_RATE_LIMIT": "", "QMADVISOR_LOG_LEVEL": "warning"}
        yield Subject(f"qmadvisor {engine}", serve_command, setups, variables)
        # What is said of rules is remembered, so setups that are all different cost more than the same ones again.
        yield Subject(
            f"qmadvisor {engine}, {RANDOM} random setups", serve_command, random_setups(), variables
        )
    peer = [sys.executable, str(Path(__file__).with_name("peer.py")), str(port)]
    yield Subject("zen-engine, same setups read and derived", [*peer, "setup"], setups)
    yield Subject("zen-engine, facts prepared beforehand", [*peer, "facts"], prepared())


def random_setups() -> list[bytes]:
    """Setups in which every question is answered at random, or left open."""
    head = {"schema": "qmadvisor.setup/1", "titel": "Zufall"}
    given = islice(random_answers(default_rule_base()), RANDOM)
    return [json.dumps({**head, **answers}, ensure_ascii=False).encode() for answers, _ in given]


def prepared() -> list[bytes]:
    """What the rules read of the example setups, as the peer takes it."""
    case = next(shipped_cases(0))
    reads = reads_of(case.rule_base.rules)
    found = [derive(setup, case.rule_base.knowledge, case.day).facts for setup in case.setups]
    return [json.dumps(plain_facts(facts, reads), ensure_ascii=False).encode() for facts in found]


# How


def measure(subject: Subject, port: int, seconds: float, minutes: float) -> Figures:
    """Warm up, full load, half load, and where asked for a long run at full load."""
    figures = Figures(subject.name)
    running = serve(subject.command, port, "/readyz", subject.variables)
    with tempfile.TemporaryDirectory() as folder, running as (address, process):
        files = [Path(folder) / f"{at}.json" for at in range(len(subject.bodies))]
        for file, body in zip(files, subject.bodies, strict=True):
            file.write_bytes(body)
        _wrk(address, files, 3)
        with _watched(process.pid, figures) as count:
            count(_full_load(address, files, seconds, figures))
        _half_load(address, subject.bodies, seconds, figures)
        if minutes:
            _long_run(address, files, minutes, process.pid, figures)
    return figures


def _full_load(address: str, files: Sequence[Path], seconds: float, figures: Figures) -> int:
    found = _wrk(address, files, seconds)
    figures.per_second = found["requests"] / found["seconds"]
    figures.full = {"p50": found["p50"], "p99": found["p99"]}
    figures.errors += int(found["errors"])
    figures.kilobytes_each = found["bytes"] / found["requests"] / 1024
    return int(found["requests"])


def _wrk(address: str, files: Sequence[Path], seconds: float) -> dict[str, float]:
    command = [
        "wrk",
        "-t1",
        "-c8",
        f"-d{max(1, round(seconds))}s",
        "--timeout",
        "30s",
        "-s",
        str(SCRIPT),
        address + CHECK,
        "--",
    ]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    return {key: float(value) for key, value in json.loads(line).items()}


def _half_load(address: str, bodies: Sequence[bytes], seconds: float, figures: Figures) -> None:
    figures.half_rate = figures.per_second / 2
    answers = steady(address + CHECK, bodies, figures.half_rate, seconds)
    times = sorted(answer.milliseconds for answer in answers)
    figures.half = {"p50": _percentile(times, 0.5), "p99": _percentile(times, 0.99), "requests": len(times)}
    figures.errors += sum(answer.status != 200 for answer in answers)


def _percentile(times: Sequence[float], part: float) -> float:
    return times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def _long_run(address: str, files: Sequence[Path], minutes: float, pid: int, figures: Figures) -> None:
    for _ in range(max(1, round(minutes * 2))):
        found = _wrk(address, files, 30)
        figures.errors += int(found["errors"])
        figures.megabytes.append(_resident(pid))


@contextmanager
def _watched(pid: int, figures: Figures) -> Iterator[Any]:
    """Count the processor time of a server and its children, and their memory before and after."""
    before, memory = _cpu(pid), _resident(pid)
    requests: list[int] = []
    yield requests.append
    figures.cpu_per_request = (_cpu(pid) - before) / max(1, sum(requests)) * 1000
    figures.megabytes += [memory, _resident(pid)]


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _cpu(pid: int) -> float:
    times = [one.cpu_times() for one in _family(pid)]
    return sum(one.user + one.system for one in times)


def _resident(pid: int) -> float:
    return sum(one.memory_info().rss for one in _family(pid)) / MEGA


# Poisoned requests among good ones

GOOD = {"schema": "qmadvisor.setup/1", "titel": "T"}
POISON: dict[str, bytes] = {
    "no JSON": b"{" * 1000,
    "deeply nested": b"[" * 20_000 + b"]" * 20_000,
    "a huge number": b'{"schema":"qmadvisor.setup/1","titel":"T","gebiet.einwohner":' + b"9" * 5000 + b"}",
    "a huge exponent": b'{"schema":"qmadvisor.setup/1","titel":"T","gebiet.flaeche_ha":1e999999999}',
    "no UTF-8": b'{"schema":"qmadvisor.setup/1","titel":"\xff\xfe"}',
    "unknown fields": json.dumps(GOOD | {f"x{at}": at for at in range(2000)}).encode(),
    "a large list": json.dumps([GOOD] * 100).encode(),
    "too large": b" " * (2 * MEGA),
}


def poisoned(port: int, seconds: float) -> dict[str, Any]:
    """Full load of good requests, first alone and then among poisoned ones: none of the good ones may fail."""
    subject = next(subjects(port))
    running = serve(subject.command, port, "/readyz", subject.variables)
    with tempfile.TemporaryDirectory() as folder, running as (address, process):
        file = Path(folder) / "good.json"
        file.write_bytes(subject.bodies[0])
        _wrk(address, [file], 3)
        alone = _wrk(address, [file], seconds)
        before = _resident(process.pid)
        with _attack(port) as answers:
            among = _wrk(address, [file], seconds)
        return {
            "alone": alone,
            "among poisoned": among,
            "poisoned answers": {name: sorted(found) for name, found in answers.items()},
            "megabytes": [before, _resident(process.pid)],
        }


@contextmanager
def _attack(port: int) -> Iterator[dict[str, set[str]]]:
    """Send what is poisoned, one after the other, and hold slow bodies open all the while."""
    answers: dict[str, set[str]] = {name: set() for name in (*POISON, "a slow body")}
    over = threading.Event()
    threads = [threading.Thread(target=_send_poison, args=(port, answers, over))]
    threads += [threading.Thread(target=_send_slowly, args=(port, answers, over)) for _ in range(20)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _send_poison(port: int, answers: dict[str, set[str]], over: threading.Event) -> None:
    while not over.is_set():
        for name, body in POISON.items():
            answers[name].add(_status(port, body))


def _send_slowly(port: int, answers: dict[str, set[str]], over: threading.Event) -> None:
    """A byte each half second of a body that never ends."""
    while not over.is_set():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.5) as line:
                line.sendall(_head(1000))
                while not over.is_set() and not (answer := _read(line)):
                    line.sendall(b" ")
                answers["a slow body"].add(_status_of(answer) if not over.is_set() else "still open")
        except OSError:
            answers["a slow body"].add("closed")


def _status(port: int, body: bytes) -> str:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(_head(len(body)) + body)
            return _status_of(_read(line))
    except OSError:
        return "closed"


def _head(length: int) -> bytes:
    return (
        f"POST {CHECK} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\nConnection: close\r\n\r\n"
    ).encode()


def _read(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except TimeoutError:
        return b""


def _status_of(answer: bytes) -> str:
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return found[1].decode() if found else "no answer"


# Showing


def lines_of(figures: Figures) -> Iterator[str]:
    """Write one subject's figures."""
    yield (
        f"{figures.subject:44}{figures.per_second:8.0f} requests/s  p50 {figures.full.get('p50', 0):6.1f}  "
        f"p99 {figures.full.get('p99', 0):6.1f} ms  CPU {figures.cpu_per_request:6.2f} ms each  "
        f"{figures.kilobytes_each:6.0f} KB each  errors {figures.errors}"
    )
    if figures.half:
        yield (
            f"{'  at half of that load':44}{figures.half_rate:8.0f} requests/s  p50 {figures.half['p50']:6.1f}  "
            f"p99 {figures.half['p99']:6.1f} ms"
        )
    yield f"{'  memory':44}{' '.join(f'{one:.0f}' for one in figures.megabytes)} MB"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all subjects and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=10, help="length of each run")
    parser.add_argument(
        "--minutes", type=float, default=0, help="also so long at full load, to watch the memory"
    )
    parser.add_argument("--only", default="", help="only subjects whose name holds this")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, {platform.machine()}, {psutil.cpu_count()} cores", flush=True)
    if shutil.which("wrk") is None:
        print("Nothing can be measured without wrk (apt-get install wrk).")
        return
    found: list[Figures] = []
    for subject in subjects(port := free_port()):
        if options.only not in subject.name:
            continue
        found.append(measure(subject, port, options.seconds, options.minutes))
        print("\n".join(lines_of(found[-1])), flush=True)
    result = poisoned(port, options.seconds)
    print("\nGood requests, alone and among poisoned ones")
    for name in ("alone", "among poisoned"):
        run = result[name]
        rate = run["requests"] / run["seconds"]
        print(f"  {name:16}{rate:8.0f} requests/s  p99 {run['p99']:6.1f} ms  errors {run['errors']:.0f}")
    for name, statuses in result["poisoned answers"].items():
        print(f"  {name:16} answered {', '.join(statuses)}")
    if options.json:
        content = {"subjects": [asdict(one) for one in found], "poisoned": result}
        options.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
