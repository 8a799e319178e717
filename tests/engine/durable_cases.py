"""Random rule bases and setups, and an oracle for them that shares nothing with the engines."""

from __future__ import annotations

import random
from collections.abc import Sequence

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.language.values import Truth

NUMBERS = {False: 0, None: 1, True: 2}


def strength(formula: Formula, truths: Sequence[Truth]) -> int:
    """Kleene's logic as it is defined: and is the minimum, or the maximum, not the mirror image."""
    match formula:
        case Atom(index):
            return NUMBERS[truths[index]]
        case Negation(item):
            return 2 - strength(item, truths)
        case AllOf(items):
            return min((strength(item, truths) for item in items), default=2)
        case AnyOf(items):
            return max((strength(item, truths) for item in items), default=0)


def expected(decisions: Sequence[Decision], truths: Sequence[Truth]) -> list[Status]:
    return [_status(decision, truths) for decision in decisions]


def _status(decision: Decision, truths: Sequence[Truth]) -> Status:
    applies = 2 if decision.applies is None else strength(decision.applies, truths)
    if applies == 0:
        return Status.NOT_APPLICABLE
    if applies == 1:
        return Status.OPEN
    return (Status.VIOLATED, Status.OPEN, Status.FULFILLED)[strength(decision.demand, truths)]


def random_formula(rng: random.Random, atoms: int, depth: int) -> Formula:
    kind = rng.random()
    if depth == 0 or kind < 0.35:
        return Atom(rng.randrange(atoms))
    if kind < 0.5:
        return Negation(random_formula(rng, atoms, depth - 1))
    fewest = 0 if rng.random() < 0.05 else 1
    items = (random_formula(rng, atoms, depth - 1) for _ in range(rng.randint(fewest, 5)))
    return (AllOf if kind < 0.75 else AnyOf)(tuple(items))


def random_base(rng: random.Random, atoms: int, rules: int, depth: int = 4) -> list[Decision]:
    return [
        Decision(
            key=f"rule-{at}",
            applies=None if rng.random() < 0.4 else random_formula(rng, atoms, min(depth, 2)),
            demand=random_formula(rng, atoms, depth),
        )
        for at in range(rules)
    ]


def random_truths(rng: random.Random, atoms: int) -> list[Truth]:
    """Between nearly nothing and everything known, between all false and all true."""
    unknown, true = rng.choice((0, 0.1, 0.5, 0.9)), rng.choice((0, 0.2, 0.5, 0.8, 1))
    return [None if rng.random() < unknown else rng.random() < true for _ in range(atoms)]
