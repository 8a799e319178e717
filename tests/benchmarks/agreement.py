"""Like is compared with like only if all decide alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.contestants import Contestant

OPEN = "open"


@dataclass(frozen=True)
class Agreement:
    """How far a contestant's statuses are those of the first: `missed` it leaves open, `contradicted` it denies."""

    name: str
    decided: int
    missed: int
    contradicted: int


def agreements(contestants: Sequence[Contestant]) -> tuple[Counter[str], list[Agreement]]:
    """Compare everybody with the first, over all setups; also return how often each status occurs."""
    expected = _all_statuses(contestants[0])
    found = [_compared(each.name, expected, _all_statuses(each)) for each in contestants[1:]]
    return Counter(expected), found


def _all_statuses(contestant: Contestant) -> list[str]:
    return list(_each_status(contestant))


def _each_status(contestant: Contestant) -> Iterator[str]:
    for each in contestant.inputs:
        yield from contestant.statuses(contestant.run(each))


def _compared(name: str, expected: Sequence[str], found: Sequence[str]) -> Agreement:
    pairs = [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]]
    missed = sum(1 for _, two in pairs if two == OPEN)
    decided = sum(1 for one in expected if one != OPEN)
    return Agreement(name, decided, missed, len(pairs) - missed)
