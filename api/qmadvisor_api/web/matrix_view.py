"""The task matrix as a table: a line for each column, each field and the single tasks of one area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qmadvisor.language.matrix import ROLES, Overview
from qmadvisor.language.types import TaskMatrixType
from qmadvisor.setup.matrix import NOBODY
from qmadvisor_api.web.answers import Form
from qmadvisor_api.web.canonical import NOTE, UNKNOWN
from qmadvisor_api.web.plans import Plan
from qmadvisor_api.web.questions import Control, actors_of, said

_UNSETTLED = {**ROLES, UNKNOWN: "Rolle noch offen"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name and label, what is entered, what holds without an entry, and what is wrong."""

    name: str
    path: str
    label: str
    said: str
    roles: Mapping[str, str]
    inherited: str
    problems: Sequence[str]
    note: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the overview: its fields, and its single tasks where they are shown."""

    key: str
    title: str
    lines: Sequence[Line]
    tasks: Sequence[Line]
    count: int
    own: int

    @property
    def is_open(self) -> bool:
        """Tell whether its single tasks are on the page."""
        return bool(self.tasks)


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table."""

    actors: Mapping[str, str]
    roles: Mapping[str, str]
    columns: Sequence[Line]
    areas: Sequence[Area]


def grid_of(control: Control, plan: Plan, area: str) -> Grid:
    """Return the table; the single tasks of one area are in it."""
    fact = control.fact
    assert isinstance(fact.type, TaskMatrixType)
    overview = fact.type.overview
    actors = actors_of(plan, fact.type.of)
    lines = _Lines(control, overview, actors)
    return Grid(
        actors,
        _UNSETTLED,
        [lines.line(key, title, ()) for key, title in overview.columns.items()],
        [_area(key, title, lines, overview, key == area) for key, title in overview.areas.items()],
    )


def _area(key: str, title: str, lines: _Lines, overview: Overview, is_open: bool) -> Area:
    columns = [block.partition(".")[2] for block in overview.blocks if block.startswith(f"{key}.")]
    entries = [entry for entry in overview.entries.values() if entry.area == key]
    tasks = [
        lines.line(one.key, one.label, (f"{one.area}.{one.column}", one.column), overview.columns[one.column])
        for one in entries
        if is_open
    ]
    return Area(
        key,
        title,
        [lines.line(f"{key}.{column}", overview.columns[column], (column,)) for column in columns],
        tasks,
        len(entries),
        sum(bool(lines.stated(one.key)) for one in entries),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Makes lines from the fields of the form."""

    control: Control
    overview: Overview
    actors: Mapping[str, str]

    def line(self, name: str, label: str, above: Sequence[str], column: str = "") -> Line:
        path = f"{self.control.path}[{name}]"
        values = self.control.values
        return Line(
            name,
            path,
            f"{label} ({column})" if column else label,
            values.get(path, ""),
            self.roles(name),
            next(filter(None, map(self.stated, above)), ""),
            [said(one) for one in self.control.problems if one.place.path.startswith(path)],
            values.get(f"{path}:{NOTE}", ""),
        )

    def roles(self, name: str) -> dict[str, str]:
        path, values = f"{self.control.path}[{name}].", self.control.values
        return {key.removeprefix(path): role for key, role in values.items() if key.startswith(path) and role}

    def stated(self, name: str) -> str:
        """Say in words who has a line by itself; empty where nobody said."""
        said = self.control.values.get(f"{self.control.path}[{name}]", "")
        if roles := self.roles(name):
            return "; ".join(self.worded(roles))
        return {NOBODY: "niemand", UNKNOWN: "noch offen"}.get(said, "")

    def worded(self, roles: Form) -> Iterator[str]:
        for actor, role in roles.items():
            yield f"{self.actors.get(actor, actor)} ({_UNSETTLED.get(role, role)})"
