"""What all commands share: output to the terminal or a file, errors, exit codes."""

from __future__ import annotations

import errno
import io
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
EXIT_INTERRUPTED = 130

_TROUBLE = {
    errno.ENOENT: "Den Ordner gibt es nicht.",
    errno.ENOTDIR: "Den Ordner gibt es nicht.",
    errno.EISDIR: "Das ist ein Ordner.",
    errno.EACCES: "Dort fehlt das Recht zu schreiben.",
    errno.EPERM: "Dort fehlt das Recht zu schreiben.",
    errno.EROFS: "Dort fehlt das Recht zu schreiben.",
    errno.ENOSPC: "Es ist kein Platz mehr frei.",
}


class Format(StrEnum):
    """How a command writes its answer."""

    TEXT = "text"
    JSON = "json"


def use_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the locale says; a terminal gets "?" for what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper) or stream.encoding.lower() in ("utf-8", "utf8"):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(error: QmadvisorError) -> None:
    """Write all problems of an error to standard error."""
    for problem in error.problems:
        typer.echo(str(problem), err=True)
    if len(error.problems) > 1:
        typer.echo(f"{len(error.problems)} Fehler.", err=True)


def deliver(text: str, target: Path | None) -> None:
    """Write to a file (whole or not at all) or to standard output. Raises SetupError where that fails."""
    try:
        if target is None:
            _print(text)
        elif target.exists() and not target.is_file() and not target.is_dir():
            target.write_text(text, encoding="utf-8", newline="\n")  # a device or pipe must not be replaced
        else:
            _replace(target.resolve(), text)  # where a link points to, not the link
    except OSError as error:
        message = "Die Ausgabe lässt sich nicht speichern."
        found = _TROUBLE.get(error.errno or 0, error.strerror)
        raise SetupError(
            [Problem("output", message, Place(str(target) if target else None), found)]
        ) from None


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _mute()  # the reader (a pager, head) went away: nothing to report, and the exit code still counts
    except OSError:
        _mute()
        raise


def _mute() -> None:
    """Send what is left nowhere: Python flushes standard output once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


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
