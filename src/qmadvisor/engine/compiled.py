"""The compiled engine: every sub-formula once, in an order in which its parts come first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.language.values import Truth

_Step = Callable[[Sequence[Truth]], Truth]


class CompiledEngine:
    """Decides in plain Python. Holds no state of a check, so any number of threads may use it."""

    name = "compiled"

    def __init__(self, decisions: Sequence[Decision]) -> None:
        compiler = _Compiler(decisions)
        always = compiler.position(AllOf(()))
        self._outcomes = [
            (
                always if decision.applies is None else compiler.position(decision.applies),
                compiler.position(decision.demand),
            )
            for decision in decisions
        ]
        self._atoms, self._steps = compiler.atoms, compiler.steps

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision, in the order in which they were given."""
        known = list(truths[: self._atoms])
        for step in self._steps:
            known.append(step(known))
        return [_STATUS[known[applies], known[demand]] for applies, demand in self._outcomes]

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


_STATUS = {
    (applies, demand): status
    for demand, status in ((True, Status.FULFILLED), (False, Status.VIOLATED), (None, Status.OPEN))
    for applies, status in ((True, status), (False, Status.NOT_APPLICABLE), (None, Status.OPEN))
}


class _Compiler:
    """Gives every sub-formula a place in the list of truth values: the atoms first, then one step each."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        formulas = [part for each in decisions for part in (each.applies, each.demand) if part is not None]
        self.atoms = 1 + max(map(_highest_atom, formulas), default=-1)
        self.steps: list[_Step] = []
        self._positions: dict[Formula, int] = {}

    def position(self, formula: Formula) -> int:
        """Return the place of a formula's truth value; equal formulas share one."""
        if isinstance(formula, Atom):
            return formula.index
        if formula not in self._positions:
            step = self.step(formula)
            self._positions[formula] = self.atoms + len(self.steps)
            self.steps.append(step)
        return self._positions[formula]

    def step(self, formula: AllOf | AnyOf | Negation) -> _Step:
        match formula:
            case AllOf(items=items):
                return _junction(tuple(map(self.position, items)), decisive=False)
            case AnyOf(items=items):
                return _junction(tuple(map(self.position, items)), decisive=True)
            case Negation(item=item):
                return _negation(self.position(item))


def _highest_atom(formula: Formula) -> int:
    match formula:
        case Atom(index=index):
            return index
        case Negation(item=item):
            return _highest_atom(item)
        case AllOf(items=items) | AnyOf(items=items):
            return max(map(_highest_atom, items), default=-1)


def _junction(positions: tuple[int, ...], *, decisive: bool) -> _Step:
    """Kleene's and (one False decides) and or (one True decides)."""
    if not positions:
        return lambda known: not decisive
    if len(positions) == 2:
        return _pair(*positions, decisive=decisive)
    parts_of = itemgetter(*positions, positions[-1])  # one twice: of a single place it would return no tuple

    def run(known: Sequence[Truth]) -> Truth:
        parts = parts_of(known)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive

    return run


def _pair(first: int, second: int, *, decisive: bool) -> _Step:
    """Most and/or have two parts."""

    def run(known: Sequence[Truth]) -> Truth:
        one, two = known[first], known[second]
        if one is decisive or two is decisive:
            return decisive
        return None if one is None or two is None else not decisive

    return run


def _negation(position: int) -> _Step:
    def run(known: Sequence[Truth]) -> Truth:
        truth = known[position]
        return None if truth is None else not truth

    return run
