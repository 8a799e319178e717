"""The questions of the what-if form: which were chosen, and what is answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qmadvisor.errors import Problem
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.web.answers import fields_of
from qmadvisor_api.web.applying import Applied, root_of
from qmadvisor_api.web.result.questions import HEADER
from qmadvisor_api.web.result.trees import inputs_behind

#: More questions at once make no clear comparison, and a long page.
MOST = 12
_OPTIONS: Mapping[str, Mapping[str, str]] = {"programm": PROGRAMMES, "phase": PHASES}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the fact (None for what the plan says of itself), its fields, and what is wrong with them."""

    path: str
    label: str
    fact: Fact | None
    fields: Mapping[str, str]
    options: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def chosen(paths: Iterable[str], rule: str, base: RuleBase) -> tuple[str, ...]:
    """Return the questions that were asked for by path, or that a rule hangs on; unknown ones are left out."""
    facts = base.knowledge.catalogue.facts
    wanted = list(paths)
    found = next((one for one in base.rules if one.id == rule), None)
    wanted += inputs_behind(base, found) if found else ()
    known = (path for path in wanted if path in HEADER or (path in facts and facts[path].is_input))
    return tuple(dict.fromkeys(known))[:MOST]


def asked(path: str, applied: Applied, base: RuleBase) -> Asked:
    """Return a question with what is answered; where that cannot be read, with what was entered."""
    problems = tuple(one for one in applied.problems if root_of(one.place.path) == path)
    if path in HEADER:
        value = str(applied.plan.header.get(path, ""))
        return Asked(path, HEADER[path], None, {path: value}, _OPTIONS[path], problems)
    fact = base.knowledge.catalogue.facts[path]
    fields = fields_of(fact, path, applied.plan.facts.get(path))
    if problems:
        fields = {**fields, **{name: text for name, text in applied.form.items() if name in fields}}
    return Asked(path, fact.words.label, fact, fields, fact.words.choices, problems)




def label_of(problem: Problem, base: RuleBase) -> str:
    """Name the question that a problem is about."""
    path = root_of(problem.place.path)
    fact = base.knowledge.catalogue.facts.get(path)
    return fact.words.label if fact else HEADER.get(path, path)
