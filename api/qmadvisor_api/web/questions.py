"""Questions as the templates show them: the fact, what is entered, what is wrong with it, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qmadvisor.errors import Problem
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.knowledge.kinds import limits_of
from qmadvisor.language.types import NumberType
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.multiple import COMPLETE
from qmadvisor_api.web.answers import Form, fields_of, keys_in
from qmadvisor_api.web.applying import Applied
from qmadvisor_api.web.canonical import NOTE
from qmadvisor_api.web.guidance import Guide, guides_of
from qmadvisor_api.web.plans import Plan

#: Up to so many choices stand as buttons one below the other, more in a list that opens.
MOST_RADIOS = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its key, what it is called, the questions about it."""

    key: str
    path: str
    title: str
    controls: tuple[Control, ...]
    note: str
    new: bool = False

    @property
    def has_problems(self) -> bool:
        """Tell whether an answer in it was not taken over."""
        return any(control.problems for control in self.controls)


@dataclass(frozen=True, slots=True)
class Control:
    """One question with its fields. `values` holds the text of every field of the form by name."""

    fact: Fact
    path: str
    values: Mapping[str, str]
    problems: Sequence[Problem] = ()
    guides: Sequence[Guide] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    entries: Sequence[Entry] = ()

    @property
    def kind(self) -> str:
        """The kind of the fact."""
        return self.fact.kind

    @property
    def question(self) -> str:
        """What is asked."""
        return self.fact.spec.question or self.fact.words.label

    @property
    def help(self) -> str:
        """What helps to answer."""
        return self.fact.spec.help

    @property
    def unit(self) -> str:
        """The unit of a number."""
        return self.fact.type.unit.text if isinstance(self.fact.type, NumberType) else ""

    @property
    def limits(self) -> str:
        """What a number or day may be; empty where anything is possible."""
        return limits_of(self.fact) or ""

    @property
    def value(self) -> str:
        """The text of the main field."""
        return self.values.get(self.path, "")

    @property
    def note(self) -> str:
        """The note on the answer."""
        return self.values.get(f"{self.path}:{NOTE}", "")

    @property
    def complete(self) -> bool:
        """Tell whether a list is said to be complete."""
        return self.values.get(f"{self.path}:{COMPLETE}") == "ja"

    @property
    def as_radios(self) -> bool:
        """Tell whether the choices stand one below the other."""
        return len(self.choices) <= MOST_RADIOS

    def part(self, name: str) -> str:
        """Return the text of a field that belongs to the main one: `path:name`."""
        return self.values.get(f"{self.path}:{name}", "")

    def inner(self, name: str) -> str:
        """Return the text of a part of a post: `path.name`."""
        return self.values.get(f"{self.path}.{name}", "")

    def option(self, key: str) -> str:
        """Return the answer to one option: `path[key]`."""
        return self.values.get(f"{self.path}[{key}]", "")

    def wrong(self, path: str | None = None) -> list[str]:
        """Return what is wrong at the question, or at one of its parts."""
        at = self.path if path is None else path
        return [said(problem) for problem in self.problems if problem.place.path == at]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the summary of what could not be taken over: the field to go to, and what is wrong."""

    field: str
    label: str
    text: str


def control_of(
    fact: Fact, applied: Applied, base: RuleBase, *, quick: bool = False, new: str = ""
) -> Control:
    """Return a question with what is entered; `quick` leaves out what the quick check does not ask in lists."""
    plan = applied.plan
    values = fields_of(fact, fact.path, plan.facts.get(fact.path))
    if applied.refused(fact.path):
        values |= {name: text for name, text in applied.form.items() if _belongs(name, fact.path)}
    found = Control(
        fact,
        fact.path,
        values,
        problems=[one for one in applied.problems if _belongs(one.place.path, fact.path)],
        guides=guides_of(base)[fact.path],
        choices=_choices(fact, plan),
    )
    if fact.kind != "list":
        return found
    entries = tuple(_entries(found, plan, quick=quick, new=new))
    return replace(found, entries=entries)


def faults_of(applied: Applied, base: RuleBase) -> list[Fault]:
    """Return the lines of the summary, each with the field that it is about."""
    return [Fault(one.place.path, _label(one.place.path, base), said(one)) for one in applied.problems]


def said(problem: Problem) -> str:
    """Say a problem in one piece: what is wrong, what is possible, what to do."""
    parts = [problem.message]
    if problem.allowed:
        parts.append(f"Möglich: {problem.allowed}.")
    if problem.remedy:
        parts.append(problem.remedy)
    return " ".join(parts)


def actors_of(plan: Plan, of: str) -> dict[str, str]:
    """Return the entries of a list by key, with what they are called."""
    value = plan.facts.get(of)
    entries = value if isinstance(value, Mapping) else {}
    return {key: _named(key, entry) for key, entry in entries.items() if isinstance(entry, Mapping)}


def _entries(control: Control, plan: Plan, *, quick: bool, new: str) -> Iterator[Entry]:
    fact = control.fact
    fields = {
        name: inner
        for name, inner in fact.fields.items()
        if inner.spec.quick or not quick or not _any_quick(fact)
    }
    for number, key in enumerate(keys_in(fact.path, control.values), start=1):
        own = f"{fact.path}[{key}]"
        controls = tuple(
            Control(
                inner,
                f"{own}.{name}",
                control.values,
                problems=[one for one in control.problems if _belongs(one.place.path, f"{own}.{name}")],
                choices=_choices(inner, plan),
            )
            for name, inner in fields.items()
        )
        title = _entry_title(fact, number, own, control.values)
        yield Entry(key, own, title, controls, control.values.get(f"{own}:{NOTE}", ""), new=key == new)


def _any_quick(fact: Fact) -> bool:
    return any(inner.spec.quick for inner in fact.fields.values())


def _entry_title(fact: Fact, number: int, path: str, values: Form) -> str:
    """Call an entry by its first text or choice: "2. Stelle: Assistenz oder Verwaltung"."""
    said = next(
        (
            inner.words.choices.get(text, text) if inner.kind == "choice" else text
            for name, inner in fact.fields.items()
            if inner.kind in ("choice", "text") and (text := values.get(f"{path}.{name}", ""))
        ),
        "",
    )
    return f"{number}. {fact.words.singular}" + (f": {said}" if said else "")


def _choices(fact: Fact, plan: Plan) -> Mapping[str, str]:
    if fact.kind != "actor":
        return fact.words.choices
    return actors_of(plan, fact.spec.list_of)


def _named(key: str, entry: Mapping[str, Any]) -> str:
    name = entry.get("name")
    text = name.get("wert") if isinstance(name, Mapping) else name
    return str(text or key.replace("_", " ").capitalize())


def _belongs(name: str, path: str) -> bool:
    return name == path or (name.startswith(path) and name[len(path)] in ".[:")


def _label(path: str, base: RuleBase) -> str:
    header = {"titel": "Name der Planung", "programm": "Förderprogramm", "phase": "Phase", "notiz": "Notiz"}
    facts = base.knowledge.catalogue.facts
    root = path.partition("[")[0]
    fact = facts.get(root) or facts.get(root.rpartition(".")[0])
    if fact is None:
        return header.get(root, root)
    inner = fact.fields.get(path.rpartition("].")[2].partition(".")[0])
    return inner.words.label if inner else fact.words.label
