"""What a distribution of tasks amounts to: tasks that nobody has, that two lead, that contradict the chosen model.

Each function tells for every distinct task whether it is one of them; a task that is not named may yet turn out
either way. Most plans say nothing at all of who has which task, so what follows from that is told without a look at
each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from qmadvisor.knowledge.functions.function import Function
from qmadvisor.language.kleene import conjunction, disjunction
from qmadvisor.language.matrix import LEAD, Entry, Holders, LeadRule, Overview, TaskMatrix
from qmadvisor.language.values import Interval, RecordList, Truth

#: The kind of actor that the municipality itself is.
MUNICIPALITY = "kommune"
Part = tuple[Entry, ...]
Need = tuple[int, str]


def tasks_of_nobody(matrix: TaskMatrix) -> dict[str, bool]:
    """Tell which tasks nobody has; one that is only there if needed is no gap."""
    holders = matrix.holders
    if not holders:
        return {task.key: False for task in matrix.overview.tasks.values() if task.if_needed}
    found: dict[str, bool] = {}
    for task in matrix.overview.tasks.values():
        stated = [holders[entry.key] for entry in task.entries if entry.key in holders]
        if task.if_needed or any(stated):
            found[task.key] = False
        elif len(stated) == len(task.entries):
            found[task.key] = True
    return found


def tasks_led_twice(matrix: TaskMatrix) -> dict[str, bool]:
    """Tell which tasks have more than one lead; tasks that are merely alike may be led by different actors."""
    if not matrix.holders:
        return {}
    return _known(
        (key, disjunction([_led_twice(leads) for _, leads in parts])) for key, parts in _led(matrix)
    )


def tasks_against_model(matrix: TaskMatrix, models: frozenset[str], actors: RecordList) -> dict[str, bool]:
    """Tell which tasks are led by somebody who does not lead them under the chosen model."""
    rules = _rules(matrix.overview, models)
    if not matrix.holders:
        return dict.fromkeys(_led_by_anyone(matrix.overview, rules), False)
    led = _led(matrix)
    judges = [_Judge(led, rule, actors) for rule in rules]
    found: dict[Hashable, Truth] = {}  # tasks in equal columns, led alike, are judged alike

    def against(parts: Sequence[tuple[Part, _Leads]]) -> Truth:
        key = tuple([(id(leads), *[entry.column for entry in part]) for part, leads in parts])
        if key not in found:
            truths = [disjunction([judge.contradicts(*part) for part in parts]) for judge in judges]
            found[key] = _same_under_all(truths)
        return found[key]

    return _known((key, against(parts)) for key, parts in led)


def number_of_tasks(matrix: TaskMatrix, found: Mapping[str, bool]) -> Interval:
    """Count the tasks of which something holds: from those of which it certainly does to those that it may."""
    certain = sum(found.values())
    return Interval(certain, len(matrix.overview.tasks) - len(found) + certain)


def needs_of_matrix(matrix: TaskMatrix) -> Iterator[Need]:
    """Who has the other tasks, and in which role, is to be stated of the distribution itself."""
    if not matrix.settled:
        yield 0, ""


def needs_of_holders(matrix: TaskMatrix) -> Iterator[Need]:
    """What is to be stated where roles do not matter."""
    if matrix.unstated:
        yield 0, ""


def needs_of_model(matrix: TaskMatrix, models: frozenset[str], actors: RecordList) -> Iterator[Need]:
    """What is to be stated of the model, of the distribution, and of the actors that lead."""
    if len(models) > 1:
        yield 1, ""
    yield from needs_of_matrix(matrix)
    arts = _arts(actors)
    for actor in dict.fromkeys(actor for holders in matrix.holders.values() for actor in holders):
        if actor not in arts:
            yield 2, ""
        elif len(arts[actor]) > 1:
            yield 2, f"[{actor}].art"


def needs_of_number(matrix: TaskMatrix, found: Mapping[str, bool]) -> Iterator[Need]:
    """What keeps the number open is what keeps the tasks open."""
    if len(found) < len(matrix.overview.tasks):
        yield 1, ""


def _known(truths: Iterable[tuple[str, Truth]]) -> dict[str, bool]:
    return {key: truth for key, truth in truths if truth is not None}


# Who leads


@dataclass(frozen=True, slots=True)
class _Leads:
    """Who leads one thing: those who do, those who may (their role is not stated), and whether others may."""

    certain: frozenset[str]
    possible: frozenset[str]
    others: bool

    @property
    def named(self) -> frozenset[str]:
        return self.certain | self.possible


_NOTHING_KNOWN = _Leads(frozenset(), frozenset(), True)
#: A task with its parts, and who leads each of them.
_Led = tuple[str, list[tuple[Part, _Leads]]]


def _led(matrix: TaskMatrix) -> list[_Led]:
    """Whole columns are mostly assigned alike: what their lines amount to is worked out once, and is one object."""
    found: dict[tuple[int, ...], _Leads] = {}

    def leads(part: Part) -> _Leads:
        stated = [holders[entry.key] for entry in part if entry.key in holders]
        if not stated:
            return _NOTHING_KNOWN
        key = (len(part), *map(id, stated))  # the matrix keeps them alive
        if key not in found:
            found[key] = _leads(part, stated)
        return found[key]

    holders = matrix.holders
    return [
        (task.key, [(part, leads(part)) for part in task.parts]) for task in matrix.overview.tasks.values()
    ]


def _leads(part: Part, stated: Sequence[Holders]) -> _Leads:
    roles = list(chain.from_iterable(held.items() for held in stated))
    certain = frozenset([actor for actor, role in roles if role == LEAD])
    possible = frozenset([actor for actor, role in roles if role is None])
    return _Leads(certain, possible - certain, len(stated) < len(part))


def _led_twice(leads: _Leads) -> Truth:
    if len(leads.certain) > 1:
        return True
    return None if leads.others or len(leads.named) > 1 else False


# Who leads under a model


def _rules(overview: Overview, models: Iterable[str]) -> list[LeadRule | None]:
    return [overview.models.get(model) for model in sorted(models)]


def _led_by_anyone(overview: Overview, rules: Iterable[LeadRule | None]) -> list[str]:
    """The tasks that may be led by whoever it is, under each of the models."""
    strict = [rule for rule in rules if rule]
    if any(rule.one_actor for rule in strict):
        return []
    return [
        task.key
        for task in overview.tasks.values()
        if all(_allowed(part, rule) is None for rule in strict for part in task.parts)
    ]


def _allowed(part: Part, rule: LeadRule) -> frozenset[str] | None:
    """The kinds that lead in one of the columns in which a task stands; None where any may."""
    arts: frozenset[str] = frozenset()
    for entry in part:
        if entry.column not in rule.leads:
            return None
        arts |= rule.leads[entry.column]
    return arts


def _same_under_all(truths: list[Truth]) -> Truth:
    return truths[0] if all(truth is truths[0] for truth in truths) else None


def _arts(actors: RecordList) -> dict[str, frozenset[str]]:
    """The kinds that each known actor may be of."""
    arts = {record.key: record.values.get("art") for record in actors.records}
    return {key: art for key, art in arts.items() if isinstance(art, frozenset)}


class _Judge:
    """Tells of one part of a task whether who leads it contradicts a model."""

    def __init__(self, led: Iterable[_Led], rule: LeadRule | None, actors: RecordList) -> None:
        self.rule = rule
        self.arts = _arts(actors)
        self.team = (
            _Team([leads for _, parts in led for _, leads in parts], self.arts)
            if rule and rule.one_actor
            else None
        )

    def contradicts(self, part: Part, leads: _Leads) -> Truth:
        """Whether one of those who lead is of a kind that does not lead here, or is not the one who leads all else."""
        if self.rule is None:
            return False
        allowed = _allowed(part, self.rule)
        if allowed is None and self.team is None:
            return False
        if leads is _NOTHING_KNOWN:
            return None
        if any(self.of_actor(actor, allowed) for actor in leads.certain):
            return True
        settled = all(self.of_actor(actor, allowed) is False for actor in leads.named)
        return False if settled and not leads.others else None

    def of_actor(self, actor: str, allowed: frozenset[str] | None) -> Truth:
        return disjunction([self.by_art(actor, allowed), self.team.is_second(actor) if self.team else False])

    def by_art(self, actor: str, allowed: frozenset[str] | None) -> Truth:
        if allowed is None:
            return False
        arts = self.arts.get(actor)
        if arts is None:
            return None
        return False if arts <= allowed else (None if arts & allowed else True)


class _Team:
    """Those outside the municipality who lead: one of them should lead everything, the others come second.

    The one is who leads most. It is certain where no answer still missing can put another in its place.
    """

    def __init__(self, parts: Iterable[_Leads], arts: Mapping[str, frozenset[str]]) -> None:
        self.arts = arts
        self.counts: Counter[str] = Counter()
        self.uncertain = 0
        self.second: dict[str, Truth] = {}
        for leads, times in Counter(parts).items():
            outside = {actor: self.is_outside(actor) for actor in leads.named}
            self.counts.update({actor: times for actor in leads.certain if outside[actor]})
            if leads.others or leads.possible or None in outside.values():
                self.uncertain += times

    def is_outside(self, actor: str) -> Truth:
        arts = self.arts.get(actor)
        if arts is None or (MUNICIPALITY in arts and len(arts) > 1):
            return None
        return MUNICIPALITY not in arts

    def is_second(self, actor: str) -> Truth:
        """Whether an actor is outside the municipality and not the one who leads most."""
        if actor not in self.second:
            self.second[actor] = conjunction([self.is_outside(actor), self.is_behind(actor)])
        return self.second[actor]

    def is_behind(self, actor: str) -> Truth:
        own = self.counts[actor]
        if not self.uncertain:
            ahead = (count > own or (count == own and other < actor) for other, count in self.counts.items())
            return any(ahead)
        if any(count > own + self.uncertain for count in self.counts.values()):
            return True
        most = max((count for other, count in self.counts.items() if other != actor), default=0)
        return False if own > most + self.uncertain else None


FUNCTIONS = {
    "aufgaben_ohne_zustaendige": Function(
        tasks_of_nobody,
        ("task_matrix",),
        "multiple",
        "die Aufgaben der Übersicht, die weder die Kommune noch eine andere Stelle übernimmt",
        needs=needs_of_holders,
    ),
    "aufgaben_mehrfach_gefuehrt": Function(
        tasks_led_twice,
        ("task_matrix",),
        "multiple",
        "die Aufgaben der Übersicht, für die mehr als eine Stelle die Federführung hat",
        needs=needs_of_matrix,
    ),
    "aufgaben_gegen_modell": Function(
        tasks_against_model,
        ("task_matrix", "choice", "list"),
        "multiple",
        "die Aufgaben der Übersicht, deren Federführung nicht zum gewählten Modell passt",
        needs=needs_of_model,
    ),
    "anzahl_aufgaben": Function(
        number_of_tasks,
        ("task_matrix", "multiple"),
        "integer",
        "die Anzahl der Aufgaben, auf die etwas zutrifft, bis zur Anzahl derer, auf die es noch zutreffen kann",
        needs=needs_of_number,
    ),
}
