"""What all commands share: output to the terminal or a file, errors, exit codes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from qmadvisor.errors import Place, Problem, QmadvisorError, SetupError

EXIT_VIOLATED = 1
EXIT_UNUSABLE = 2
EXIT_INTERNAL = 3


class Format(StrEnum):
    """How a command writes its answer."""

    TEXT = "text"
    JSON = "json"


def complain(error: QmadvisorError) -> None:
    """Write all problems of an error to standard error."""
    for problem in error.problems:
        typer.echo(str(problem), err=True)
    if len(error.problems) > 1:
        typer.echo(f"{len(error.problems)} Fehler.", err=True)


def deliver(text: str, target: Path | None) -> None:
    """Write to a file (whole or not at all) or to standard output."""
    if target is None:
        sys.stdout.write(text)
        return
    try:
        _replace(target, text)
    except OSError as error:
        message = "Die Ausgabe lässt sich nicht speichern."
        raise SetupError([Problem("output", message, Place(str(target)), found=error.strerror)]) from None


def _replace(target: Path, text: str) -> None:
    """Write beside the target first, so that a full disk cannot destroy an older file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)  # mkstemp makes private files; an output is an ordinary one
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def as_json(data: Any) -> str:
    """Write data as readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def usage(
    message: str, found: str | None = None, allowed: str | None = None, remedy: str | None = None
) -> SetupError:
    """Make the error for an unusable option."""
    return SetupError([Problem("usage", message, found=found, allowed=allowed, remedy=remedy)])
