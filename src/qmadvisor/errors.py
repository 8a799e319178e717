"""Every error that qmadvisor raises on purpose: one base class, a shallow tree, one shape of problem."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: file, line and column (both from 1) and the path of keys that leads there."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return " ".join(part for part in (position, self.path) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, where, what was found, what is allowed, what to do."""

    code: str
    message: str
    place: Place = Place()
    found: str | None = None
    allowed: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message}" if str(self.place) else self.message]
        if self.found is not None:
            lines.append(f"  gefunden: {self.found}")
        if self.allowed is not None:
            lines.append(f"  erlaubt:  {self.allowed}")
        if self.remedy is not None:
            lines.append(f"  Abhilfe:  {self.remedy}")
        return "\n".join(lines)


class QmadvisorError(Exception):
    """Base of all errors that qmadvisor raises on purpose; carries every problem, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DocumentError(QmadvisorError):
    """A file cannot be read as one plain YAML or JSON document."""


class SetupError(QmadvisorError):
    """A setup (the planner's file) holds something that the catalogue does not allow."""


class ExpressionError(QmadvisorError):
    """An expression does not parse or is not well-typed."""


class KnowledgeError(QmadvisorError):
    """The catalogue, the parameters, the ledger or a rule is not usable."""


class EngineError(QmadvisorError):
    """An engine failed or two engines disagree: nothing that came of it may be delivered."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like `word`, or None where none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Phrase the nearest known name as a remedy, or None where none is near."""
    name = nearest(word, known)
    return f"Meinten Sie „{name}“?" if name else None


def listing(names: Sequence[str], most: int = 12) -> str:
    """Join names for an `allowed` line; a long list is cut and says how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} … und {len(names) - most} weitere"


def excerpt(text: str, most: int = 60) -> str:
    """Quote input in an error: one line, at most `most` characters, control characters made visible."""
    shown = "".join(sign if sign.isprintable() else "�" for sign in text[: most + 1])
    return f"„{shown[:most]}…“" if len(shown) > most else f"„{shown}“"
