"""The steps of the quick check: which questions, in which order, and which of them an earlier answer settles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.quick import QuickQuestion, quick_check_of
from qmadvisor_api.web.guidance import Keyed
from qmadvisor_api.web.plans import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the quick check."""

    fact: Fact
    answered: bool

    @property
    def path(self) -> str:
        """The path of the fact."""
        return self.fact.path

    @property
    def label(self) -> str:
        """The short name of the question."""
        return self.fact.words.label


def quick_steps(plan: Plan, base: RuleBase) -> list[Step]:
    """Return the questions that can still decide something."""
    catalogue = base.knowledge.catalogue
    return [
        Step(catalogue.facts[one.path], plan.answers(one.path))
        for one in _questions(Keyed(base))
        if one.path in catalogue.facts and not (one.asked_if and plan.setup.values.get(one.asked_if) is False)
    ]


@lru_cache(maxsize=4)
def _questions(key: Keyed) -> tuple[QuickQuestion, ...]:
    return quick_check_of(key.base).questions


def next_after(steps: list[Step], path: str) -> Step | None:
    """Return the step after a question; the first where the question is none of them."""
    at = _index(steps, path)
    return steps[at + 1] if at + 1 < len(steps) else None


def before(steps: list[Step], path: str) -> Step:
    """Return the step before a question; the first where there is none."""
    return steps[max(0, _index(steps, path) - 1)]


def first_open(steps: list[Step]) -> Step:
    """Return the first question without an answer, else the first one."""
    return next((step for step in steps if not step.answered), steps[0])


def _index(steps: list[Step], path: str) -> int:
    return next((at for at, step in enumerate(steps) if step.path == path), -1)
