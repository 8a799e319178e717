"""From the path of a problem, as the setup reader names it, to a JSON pointer into the body."""

from __future__ import annotations

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import Problem
from qmadvisor_api.models import ErrorItem


def error_item(problem: Problem, root: Node | None, prefix: str = "", *, columns: bool = True) -> ErrorItem:
    """Return a problem with its JSON pointer; `prefix` is the pointer to the setup in a list of several."""
    place = problem.place
    return ErrorItem(
        code=problem.code,
        message=problem.message,
        pointer=prefix + (pointer(root, place.path) if root is not None else ""),
        line=place.line,
        column=place.column if columns else None,
        found=problem.found,
        allowed=problem.allowed,
        remedy=problem.remedy,
    )


def pointer(root: Node, path: str) -> str:
    """Find a path such as `stellen[leitung].umfang` among the nodes.

    Keys may hold dots themselves (`stadtteilbuero.gruppenraum_m2`, ids of rules), so the longest key that
    leads on is taken. What is missing in the body is named below the last node that is there.
    """
    steps, rest = _walk(root, path)
    return "".join(f"/{_escaped(step)}" for step in [*steps, *_names(rest)])


def _walk(node: Node, path: str) -> tuple[list[str], str]:
    best: tuple[list[str], str] = ([], path)
    if not path:
        return best
    if isinstance(node, documents.Sequence):
        return _walk_sequence(node, path)
    if not isinstance(node, documents.Mapping):
        return best
    for key in sorted(node.items, key=len, reverse=True):
        rest = _after(path, key)
        if rest is None:
            continue
        steps, left = _walk(node.items[key], rest)
        if len(left) < len(best[1]):
            best = ([key, *steps], left)
    return best


def _walk_sequence(node: documents.Sequence, path: str) -> tuple[list[str], str]:
    """An option of a multiple choice is named by its text, and stands somewhere in the list."""
    for index, item in enumerate(node.items):
        if isinstance(item, documents.Scalar) and _after(path, item.text) == "":
            return [str(index)], ""
    return [], ""


def _after(path: str, key: str) -> str | None:
    """What is left of a path behind a key, or None where it does not begin with it."""
    if not key or not path.startswith(key):
        return None
    rest = path[len(key) :].removeprefix("]")
    if rest and rest[0] not in ".[":
        return None
    return rest[1:]


def _names(path: str) -> list[str]:
    return [name for name in path.replace("[", ".").replace("]", "").split(".") if name]


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
