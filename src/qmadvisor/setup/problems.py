"""Collect everything that is wrong in a setup, so that one reading reports it all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qmadvisor.documents import Node
from qmadvisor.errors import Place, Problem, SetupError, excerpt

#: Reading stops here: nobody works through more, and looking for near names takes time.
MAX_PROBLEMS = 100
_MAX_PATH = 120


def refusal(
    code: str,
    message: str,
    *,
    found: str | None = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> SetupError:
    """Return an error with one problem; whoever catches it adds the place."""
    return SetupError([Problem(code, message, Place(), found, allowed, remedy)])


@dataclass(slots=True)
class Problems:
    """The problems found so far in one file; loops over the file stop when it is `full`."""

    file: str | None
    found: list[Problem] = field(default_factory=list)
    most: int = MAX_PROBLEMS

    @property
    def full(self) -> bool:
        """Tell whether further problems would no longer be kept."""
        return len(self.found) >= self.most

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
        """Note one problem at the place of a node."""
        self._keep(Problem(code, message, self._place(node, path), found, allowed, remedy))

    def take(self, error: SetupError, node: Node, path: str) -> None:
        """Note problems that were raised where the place was not known."""
        for problem in error.problems:
            self._keep(replace(problem, place=self._place(node, path)))

    def raise_any(self) -> None:
        """Raise SetupError if anything was noted."""
        self.found.sort(key=lambda problem: (problem.place.line or 0, problem.place.column or 0))
        if self.full:
            message = f"Nach {self.most} Fehlern endet die Prüfung; weitere sind möglich."
            raise SetupError([*self.found, Problem("too_many", message, Place(self.file))])
        if self.found:
            raise SetupError(self.found)

    def _place(self, node: Node, path: str) -> Place:
        # Nodes made from plain values have no line. Paths may hold whatever stood in the file.
        shown = excerpt(path, _MAX_PATH)[1:-1]
        return Place(self.file, node.line or None, node.column or None, shown)

    def _keep(self, problem: Problem) -> None:
        if not self.full:
            self.found.append(problem)
