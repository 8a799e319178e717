"""The command line as a process of its own: terminals, pipes, locales, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.cli.conftest import DAY, SMALL_PROGRAM, Plan, environment

#: Who runs the tests in the background has them, and what they start, ignore interrupts.
HEEDING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs pipes, signals and terminals of Unix")


@pytest.fixture
def empty(plan: Plan) -> Path:
    return plan()


def test_two_processes_write_the_same_bytes(process: Process, empty: Path) -> None:
    one, two = (
        process("check", empty, "--format", "json", *DAY, PYTHONHASHSEED=seed) for seed in ("1", "2718")
    )
    assert (one.returncode, one.stderr) == (0, b"")
    assert one.stdout == two.stdout
    assert len(one.stdout) > 1000


@pytest.mark.parametrize(
    "locale",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "C"],
)
def test_the_locale_does_not_spoil_what_is_written(
    process: Process, empty: Path, plan: Plan, locale: dict[str, str]
) -> None:
    bad = plan("fläche: groß", name="schlecht.yaml")
    ended = process("check", empty, bad, *DAY, **locale)
    assert ended.returncode == 2
    shown = ended.stdout.decode("utf-8")
    assert shown.startswith("Prüfung der Planung „Nordstadt“\n")
    assert "✔ erfüllt" in shown
    assert "Diese Angabe gibt es nicht.\n  gefunden: „fläche“" in ended.stderr.decode("utf-8")


@POSIX
def test_a_reader_that_went_away_changes_nothing_but_the_output(empty: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*SMALL_PROGRAM, "check", str(empty), *DAY],
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_is_no_error_in_the_program(empty: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*SMALL_PROGRAM, "check", str(empty), *DAY],
            env=environment(PYTHONIOENCODING="utf-8"),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.decode() == (
        "Die Ausgabe lässt sich nicht speichern.\n  gefunden: Es ist kein Platz mehr frei.\n"
    )


@POSIX
def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    pipe = tmp_path / "plan.yaml"
    os.mkfifo(pipe)
    running = subprocess.Popen(
        [*SMALL_PROGRAM[:2], HEEDING + SMALL_PROGRAM[2], "check", str(pipe)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        with _opened(pipe, running):
            time.sleep(0.5)  # from opening the file to waiting for its content: a signal in between waits too
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
    finally:
        running.kill()
        running.wait()
    assert (running.returncode, out, err) == (130, b"", b"")


def _opened(pipe: Path, running: subprocess.Popen[bytes]) -> BinaryIO:
    """Open a pipe for writing as soon as the program reads from it."""
    for _ in range(600):
        try:
            return os.fdopen(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "wb")
        except OSError:
            assert running.poll() is None, "the program ended before it read its file"
            time.sleep(0.05)
    raise TimeoutError


@POSIX
def test_progress_of_several_files_shows_at_the_terminal_only(empty: Path) -> None:
    shown, out, code = at_a_terminal(["check", str(empty), str(empty), *DAY], stderr_only=True)
    assert code == 0
    assert "Prüfe" in shown
    assert "Prüfe" not in out
    assert out.count("Prüfung der Planung") == 2


@POSIX
def test_one_report_at_a_terminal_has_neither_progress_nor_colour(empty: Path) -> None:
    shown, _, code = at_a_terminal(["check", str(empty), *DAY], stderr_only=False)
    assert code == 0
    assert "Prüfung der Planung" in shown
    assert "Prüfe " not in shown
    assert "\x1b" not in shown


@POSIX
def test_the_help_needs_no_colour_even_at_a_terminal() -> None:
    shown, _, _ = at_a_terminal(["--help"], stderr_only=False)
    assert "Usage: qmadvisor" in shown
    assert "\x1b[" not in shown


def at_a_terminal(args: list[str], *, stderr_only: bool, **changes: str) -> tuple[str, str, int]:
    """Run at a terminal; return what it shows, what came to the pipe instead, and the exit code."""
    import pty

    main, side = pty.openpty()
    running = subprocess.Popen(
        [*SMALL_PROGRAM, *args],
        env=environment(TERM="xterm", COLUMNS="80", PYTHONIOENCODING="utf-8", **changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stderr_only else side,
        stderr=side,
    )
    os.close(side)
    out = running.stdout.read() if running.stdout else b""
    shown = b"".join(_until_closed(main))
    os.close(main)
    if running.stdout:
        running.stdout.close()
    return shown.decode("utf-8"), out.decode("utf-8"), running.wait(timeout=60)


def _until_closed(terminal: int) -> list[bytes]:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the last program at the terminal has ended
            return parts
        if not part:
            return parts
        parts.append(part)
