"""The overview of tasks in the guideline's annex, in our own words, and which of its entries are the same task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Problem, did_you_mean, listing
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.language.matrix import Entry, LeadRule, Overview, Task
from qmadvisor.resources import relative_name


class TaskSpec(Content):
    """One entry of the overview."""

    id: str = Field(pattern=r"^[a-z]+-[0-9]{2,3}$")
    area: str
    column: str
    page: int
    label: str = Field(min_length=1, max_length=80)
    same_as: str = ""
    similar_to: str = ""
    if_needed: bool = False
    area_certain: bool = True


class ModelSpec(Content):
    """Which kinds of actors may lead in which column under one model, and the passages that say so."""

    source: tuple[str, ...] = Field(min_length=1, strict=False)
    leads: dict[str, list[str]]
    one_actor: bool = False


class TasksFile(Content):
    """The file `knowledge/tasks.yaml`."""

    title: str
    areas: dict[str, str] = Field(min_length=1)
    columns: dict[str, str] = Field(min_length=1)
    models: dict[str, ModelSpec] = Field(default_factory=dict)
    tasks: tuple[TaskSpec, ...] = Field(min_length=1, strict=False)


def load_tasks(path: Path) -> Overview:
    """Read the overview of tasks; without the file there is an empty one. Raises KnowledgeError with every problem."""
    if not path.exists():
        return Overview()
    spec, node = read_content(path, TasksFile)
    problems = list(_problems(spec, node, relative_name(path)))
    if problems:
        raise KnowledgeError(problems)
    entries = {one.id: Entry(one.id, one.area, one.column, one.page, one.label) for one in spec.tasks}
    models = {
        key: LeadRule({column: frozenset(arts) for column, arts in one.leads.items()}, one.one_actor)
        for key, one in spec.models.items()
    }
    return Overview(spec.areas, spec.columns, entries, _distinct(spec, entries), models)


def _problems(spec: TasksFile, node: documents.Node, name: str) -> Iterator[Problem]:
    """Ids are unique, areas and columns exist, and two entries that belong together say so of each other."""
    known = {one.id: one for one in reversed(spec.tasks)}
    seen: set[str] = set()
    for index, one in enumerate(spec.tasks):
        if one.id in seen:
            place = place_of(node, ("tasks", index, "id"), name)
            yield Problem("duplicate_task", "Diese Aufgabe gibt es schon.", place, one.id)
        seen.add(one.id)
        for key, names in (("area", spec.areas), ("column", spec.columns)):
            found = getattr(one, key)
            if found not in names:
                place = place_of(node, ("tasks", index, key), name)
                message = "Diesen Bereich gibt es nicht." if key == "area" else "Diese Spalte gibt es nicht."
                yield Problem(
                    f"unknown_{key}", message, place, found, listing([*names]), did_you_mean(found, names)
                )
        for key in ("same_as", "similar_to"):
            yield from _partner_problems(one, key, known, node, (index, name))
    for model, rule in spec.models.items():
        for column in rule.leads.keys() - spec.columns.keys():
            place = place_of(node, ("models", model, "leads", column), name)
            yield Problem(
                "unknown_column", "Diese Spalte gibt es nicht.", place, column, listing([*spec.columns])
            )


def _partner_problems(
    one: TaskSpec, key: str, known: Mapping[str, TaskSpec], node: documents.Node, where: tuple[int, str]
) -> Iterator[Problem]:
    partner = getattr(one, key)
    index, name = where
    place = place_of(node, ("tasks", index, key), name)
    if partner and partner not in known:
        remedy = did_you_mean(partner, known)
        yield Problem("unknown_task", "Diese Aufgabe gibt es nicht.", place, partner, remedy=remedy)
    elif partner and getattr(known[partner], key) != one.id:
        remedy = f"Nennen Sie bei „{partner}“ umgekehrt {key}: {one.id}."
        yield Problem("one_sided", "Die andere Aufgabe nennt diese nicht.", place, partner, remedy=remedy)
    elif partner and key == "same_as" and known[partner].label != one.label:
        message = "Dieselbe Aufgabe hat hier einen anderen Namen."
        yield Problem("two_labels", message, place, one.label, known[partner].label)


def _distinct(spec: TasksFile, entries: Mapping[str, Entry]) -> dict[str, Task]:
    """Put entries together that are the same or alike; the first one stands for all."""
    alike = _Classes(entries)
    same = _Classes(entries)
    for one in spec.tasks:
        for partner in filter(None, (one.same_as, one.similar_to)):
            alike.join(one.id, partner)
        if one.same_as:
            same.join(one.id, one.same_as)
    if_needed = {one.id for one in spec.tasks if one.if_needed}
    parts = {first: tuple(entries[key] for key in keys) for first, keys in same.members().items()}
    return {
        first: Task(
            first,
            entries[first].label,
            tuple(parts[key] for key in keys if key in parts),
            if_needed.issuperset(keys),
        )
        for first, keys in alike.members().items()
    }


class _Classes:
    """Classes of things that belong together (union-find); the earliest of each class stands for it."""

    def __init__(self, keys: Mapping[str, Entry]) -> None:
        self.order = {key: number for number, key in enumerate(keys)}
        self.parent = {key: key for key in keys}

    def first(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.first(one), self.first(other)), key=self.order.__getitem__)
        self.parent[second] = first

    def members(self) -> dict[str, list[str]]:
        """The keys of every class, both in the order of the file."""
        found: dict[str, list[str]] = {}
        for key in self.parent:
            found.setdefault(self.first(key), []).append(key)
        return found
