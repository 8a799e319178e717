"""The command line with the small rule base of the report tests, and as a process of its own with the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.report.conftest import BASE, HEADER

import qmadvisor
from qmadvisor.cli import main
from qmadvisor.rules import loader
from qmadvisor.rules.loader import RuleBase

DAY = ("--as-of", "2026-11-22")
#: A process of its own, as the installed command starts it.
PROGRAM = (sys.executable, "-c", "from qmadvisor.cli import main; main()")
_SMALL = (
    "from pathlib import Path; from qmadvisor.rules import loader; "
    f"base = loader.load_rule_base(Path({str(BASE / 'rules')!r}), Path({str(BASE / 'knowledge')!r})); "
    "loader.default_rule_base = lambda: base; "
)
#: The same with the small rule base, which is there sooner: for what has nothing to do with the rules.
SMALL_PROGRAM = (*PROGRAM[:2], _SMALL + PROGRAM[2])


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
Plan = Callable[..., Path]


@pytest.fixture(scope="session")
def small_base() -> RuleBase:
    return loader.load_rule_base(BASE / "rules", BASE / "knowledge")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, small_base: RuleBase) -> None:
    """Work with the small rule base, which does not change with the content."""
    monkeypatch.setattr(loader, "default_rule_base", lambda: small_base)


@pytest.fixture
def run_real(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", 80)
    monkeypatch.setattr("typer.rich_utils.FORCE_TERMINAL", False)

    def run(*args: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["qmadvisor", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Outcome(ended.value.code or 0, captured.out, captured.err)

    return run


@pytest.fixture
def run(run_real: Run, small: None) -> Run:
    """Run the command line in this process with the small rule base."""
    return run_real


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Write a setup file; the header is added."""

    def write(text: str = "", name: str = "plan.yaml", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text(header + text, "utf-8")
        return path

    return write


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes, str], Path]:
    """Write any bytes and return the path."""

    def write(data: bytes, name: str = "plan.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process that must find this package and nothing of this terminal."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return {**kept, "PYTHONPATH": str(Path(qmadvisor.__file__).parents[1]), **changes}


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line as a process of its own, with the real rule base."""

    def run(*args: object, **changes: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*PROGRAM, *map(str, args)],
            cwd=tmp_path,
            env=environment(**changes),
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run
