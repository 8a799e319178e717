from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from syrupy.assertion import SnapshotAssertion
from tests.cli.conftest import Run

from qmadvisor.cli.app import app

_FRAME = re.compile(r"[╭╮╰╯│─\s]+")


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


ALL = list(commands(typer.main.get_command(app)))


def test_all_commands_are_found() -> None:
    names = {" ".join(path) for path in ALL}
    assert {"", "check", "explain", "new", "schema", "doctor", "rules", "rules list", "facts show"} <= names


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_page_of_help(run: Run, snapshot: SnapshotAssertion, path: tuple[str, ...]) -> None:
    outcome = run(*path, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    text = "\n".join(line.rstrip() for line in outcome.out.splitlines())
    assert max(map(len, text.splitlines())) <= 80
    words = _FRAME.sub(" ", text)
    assert " ".join(("Beispiel: qmadvisor", *path)) in words or path == ()
    assert "Beispiel: qmadvisor" in words
    assert run(*path, "-h").out == outcome.out
    assert text == snapshot


@pytest.mark.parametrize("path", [path for path in ALL if path], ids=" ".join)
def test_every_option_and_argument_is_explained(path: tuple[str, ...]) -> None:
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    assert command.help
    for parameter in command.params:
        assert parameter.help, f"{' '.join(path)}: {parameter.name}"


@pytest.mark.parametrize("path", [(), ("rules",), ("facts",)], ids=" ".join)
def test_a_group_without_command_shows_its_help(run: Run, path: tuple[str, ...]) -> None:
    outcome = run(*path)
    assert outcome.code == 2
    assert "Beispiel: qmadvisor" in outcome.out + outcome.err
    assert (outcome.out + outcome.err).count("Usage:") == 1
