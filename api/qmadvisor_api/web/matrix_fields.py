"""The task matrix in a form: a line for each column, field or single task, and in it a role for each actor.

A line that is not on the page (the single tasks of other areas) stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qmadvisor.language.types import TaskMatrixType
from qmadvisor.setup.answers import NONE_AT_ALL
from qmadvisor.setup.matrix import NOBODY
from qmadvisor.setup.multiple import COMPLETE
from qmadvisor_api.web.canonical import NOTE, UNKNOWN, VALUE, noted

if TYPE_CHECKING:
    from qmadvisor.knowledge.catalogue import Fact
    from qmadvisor_api.web.answers import Answer, Form


def line_names(fact: Fact) -> list[str]:
    """Return every line that a matrix can have: columns, fields, single tasks."""
    assert isinstance(fact.type, TaskMatrixType)
    overview = fact.type.overview
    return [*overview.columns, *overview.blocks, *overview.entries]


def matrix_fields(fact: Fact, path: str, value: Any) -> dict[str, str]:
    """Return the fields that show a matrix."""
    found = {f"{path}:matrix": "1", f"{path}:{COMPLETE}": ""}
    if value == NONE_AT_ALL:
        return found | {f"{path}:{COMPLETE}": "ja"}
    lines = value or {}
    if lines.get(COMPLETE):
        found[f"{path}:{COMPLETE}"] = "ja"
    for name in line_names(fact):
        said, note = _said(lines.get(name))
        own = f"{path}[{name}]"
        found[own] = said if isinstance(said, str) else ""
        if note:
            found[f"{own}:{NOTE}"] = note
        if isinstance(said, Mapping):
            found |= {f"{own}.{actor}": role for actor, role in said.items()}
    return found


def matrix_from(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    """Read a matrix; lines that the form does not show are kept."""
    from qmadvisor_api.web.answers import Answer

    if f"{path}:matrix" not in form:
        return None
    complete = form.get(f"{path}:{COMPLETE}") == "ja"
    lines = dict(before) if isinstance(before, Mapping) else {}
    lines.pop(COMPLETE, None)
    roles = _roles(path, form)
    for name in line_names(fact):
        own = f"{path}[{name}]"
        if own in form:
            _, note = _said(lines.get(name))
            line = _line(form[own], roles.get(name, {}))
            lines[name] = noted(line, form.get(f"{own}:{NOTE}", note).strip())
    order = [name for name in line_names(fact) if lines.get(name) is not None]
    if complete and not order:
        return Answer(NONE_AT_ALL)
    return Answer({**({COMPLETE: True} if complete else {}), **{name: lines[name] for name in order}} or None)


def _roles(path: str, form: Form) -> dict[str, dict[str, str]]:
    """Return the roles that were chosen, by line and actor."""
    found: dict[str, dict[str, str]] = {}
    for name, role in form.items():
        line, separator, actor = name.removeprefix(f"{path}[").rpartition("].")
        if separator and name.startswith(f"{path}[") and role and ":" not in actor:
            found.setdefault(line, {})[actor] = role
    return found


def _line(said: str, roles: Mapping[str, str]) -> Any:
    if roles and said == NOBODY:
        return {**roles, NOBODY: NOBODY}  # both cannot be: the reader says so at this line
    return dict(roles) or (said if said in (NOBODY, UNKNOWN) else None)


def _said(line: Any) -> tuple[Any, str]:
    if isinstance(line, Mapping):
        note = str(line.get(NOTE, ""))
        if VALUE in line:
            return line[VALUE], note
        return {actor: role for actor, role in line.items() if actor != NOTE}, note
    return line, ""
