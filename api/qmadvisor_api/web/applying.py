"""Take over the answers of a form: what can be read becomes part of the plan, the rest is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qmadvisor.errors import Problem, SetupError
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.web.answers import Form, answer_from, entry_keys, keys_in, without_note
from qmadvisor_api.web.canonical import noted
from qmadvisor_api.web.plans import Plan, plan_of
from qmadvisor_api.web.spelling import spelled

#: Fields of the header, in the order of the form.
HEADER = ("titel", "programm", "phase", "notiz")
_ENTRY = re.compile(r"\[[^\]]*\]")
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Applied:
    """The plan with every answer that can be read, and what is wrong with the rest."""

    plan: Plan
    problems: tuple[Problem, ...] = ()
    form: Form = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """Tell whether all answers were taken over."""
        return not self.problems

    def refused(self, path: str) -> bool:
        """Tell whether an answer of this fact was not taken over, so that the form shows what was entered."""
        return any(root_of(one.place.path) == path for one in self.problems)


def apply(form: Form, plan: Plan, base: RuleBase) -> Applied:
    """Return the plan with the answers of a form."""
    header, facts = _header(form, plan), _facts(form, plan, base)
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        try:
            return Applied(plan_of(header, facts, base), tuple(problems), form)
        except SetupError as error:
            problems += error.problems
            roots = {root_of(one.place.path) for one in error.problems}
            header = {**header, **{key: plan.header.get(key) for key in HEADER if key in roots}}
            header = {key: value for key, value in header.items() if value}
            facts = _without(facts, plan.facts, roots)
    return Applied(plan, tuple(problems), form)


def with_entry(form: Form, fact: Fact) -> tuple[dict[str, str], str]:
    """Return the form with one more entry of a list, and the new entry's key."""
    known = keys_in(fact.path, form)
    key = next(name for name in _names(fact) if name not in known)
    return {**form, f"{fact.path}[{key}]": "1"}, key


def without_entry(form: Form, fact: Fact, key: str) -> dict[str, str]:
    """Return the form without an entry of a list, whatever was entered for it."""
    own = f"{fact.path}[{key}]"
    return {name: text for name, text in form.items() if not name.startswith(own)}


def root_of(path: str) -> str:
    """Return the fact, or the key of the header, that a problem's path stands in."""
    return _ENTRY.split(path, maxsplit=1)[0]


def _header(form: Form, plan: Plan) -> dict[str, Any]:
    header = dict(plan.header)
    for key in HEADER:
        if key in form:
            header[key] = form[key].strip()
    return {key: value for key, value in header.items() if value or key == "titel"}


def _facts(form: Form, plan: Plan, base: RuleBase) -> dict[str, Any]:
    facts = {}
    for fact in base.knowledge.catalogue.inputs:
        before = plan.facts.get(fact.path)
        answer = answer_from(fact, fact.path, form, before)
        value = before if answer is None else answer.value
        if value is not None:
            facts[fact.path] = value
    return _settled(facts, plan, base)


def _without(facts: dict[str, Any], before: Mapping[str, Any], roots: set[str]) -> dict[str, Any]:
    """Return the facts with those that have problems as they were before."""
    affected = {path for path in {*facts, *before} if any(_is_part(root, path) for root in roots)}
    kept = {path: value for path, value in facts.items() if path not in affected}
    return kept | {path: before[path] for path in affected if path in before}


def _is_part(root: str, path: str) -> bool:
    """A part of a post has the path of its fact and the part's name."""
    return root == path or root.startswith(f"{path}.")


def _names(fact: Fact) -> Iterator[str]:
    stem = spelled(fact.words.singular, "_", 30) or "eintrag"
    number = 1
    while True:
        yield f"{stem}_{number}"
        number += 1


# What referred to entries that are gone is no longer known.


def _settled(facts: Mapping[str, Any], plan: Plan, base: RuleBase) -> dict[str, Any]:
    """Return the facts without references to entries that this form removed."""
    catalogue = base.knowledge.catalogue
    gone = {
        fact.path: set(entry_keys(plan.facts.get(fact.path))) - set(entry_keys(facts.get(fact.path)))
        for fact in catalogue.inputs
        if fact.kind == "list"
    }
    if not any(gone.values()):
        return dict(facts)
    loose = {path: _loosened(catalogue.facts[path], value, gone) for path, value in facts.items()}
    return {path: value for path, value in loose.items() if value is not None}


def _loosened(fact: Fact, value: Any, gone: Mapping[str, set[str]]) -> Any:
    bare, note = without_note(fact, value)
    keys = gone.get(fact.spec.list_of, set())
    if fact.kind == "actor" and bare in keys:
        return noted(None, note)
    if fact.kind == "task_matrix" and isinstance(bare, Mapping):
        lines = {name: _line_without(line, keys) for name, line in bare.items()}
        return noted({name: line for name, line in lines.items() if line not in (None, {})} or None, note)
    if fact.kind == "list" and isinstance(bare, Mapping):
        entries = {key: _entry_without(fact, entry, gone) for key, entry in bare.items()}
        return noted(entries, note)
    return value


def _entry_without(fact: Fact, entry: Any, gone: Mapping[str, set[str]]) -> Any:
    if not isinstance(entry, Mapping):
        return entry  # the mark that the list is complete
    fields = {
        name: _loosened(fact.fields[name], value, gone) if name in fact.fields else value
        for name, value in entry.items()
    }
    return {name: value for name, value in fields.items() if value is not None}


def _line_without(line: Any, keys: set[str]) -> Any:
    return (
        {actor: role for actor, role in line.items() if actor not in keys}
        if isinstance(line, Mapping)
        else line
    )
