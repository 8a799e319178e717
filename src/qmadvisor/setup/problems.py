"""Collect everything that is wrong in a setup, so that one reading reports it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from qmadvisor.documents import Node
from qmadvisor.errors import Place, Problem, SetupError, excerpt

#: Reading stops here: nobody works through more, and looking for near names takes time.
MAX_PROBLEMS = 100
_MAX_PATH = 120


def refuse(
    code: str,
    message: str,
    *,
    found: str | None = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> NoReturn:
    """Raise a SetupError with one problem; whoever knows the place adds it later."""
    raise SetupError([Problem(code, message, Place(), found, allowed, remedy)])


@dataclass(slots=True)
class Problems:
    """The problems found so far in one file."""

    file: str | None
    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        node: Node,
        path: str = "",
        *,
        found: str | None = None,
        allowed: str | None = None,
        remedy: str | None = None,
    ) -> None:
        """Note one problem at the place of a node. Raises SetupError when there are too many."""
        self._append(Problem(code, message, self._place(node, path), found, allowed, remedy))

    def take(self, problems: Iterable[Problem], node: Node, path: str) -> None:
        """Note problems that were raised where the place was not known."""
        place = self._place(node, path)
        for problem in problems:
            self._append(replace(problem, place=place))

    def raise_any(self) -> None:
        """Raise SetupError if anything was noted."""
        if self.found:
            raise SetupError(self.found)

    def _place(self, node: Node, path: str) -> Place:
        # Nodes made from plain values have no line.
        return Place(self.file, node.line or None, node.column or None, _shown(path))

    def _append(self, problem: Problem) -> None:
        self.found.append(problem)
        if len(self.found) >= MAX_PROBLEMS:
            message = f"Nach {MAX_PROBLEMS} Fehlern bricht die Prüfung ab; weitere sind möglich."
            raise SetupError([*self.found, Problem("too_many", message, Place(self.file))])


def _shown(path: str) -> str:
    return excerpt(path, _MAX_PATH)[1:-1]
