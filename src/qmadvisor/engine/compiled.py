"""The compiled engine: every sub-formula once, in an order in which its parts come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.language.kleene import conjunction, disjunction, negation
from qmadvisor.language.values import Truth

#: What two truths give: `table[one][two]`.
_Table = Mapping[Truth, Mapping[Truth, Truth]]
#: A table, and the places of the two truths that it joins. A negation takes the same place twice.
_Step = tuple[_Table, int, int]

_TRUTHS: tuple[Truth, ...] = (True, False, None)
_AND: _Table = {one: {two: conjunction((one, two)) for two in _TRUTHS} for one in _TRUTHS}
_OR: _Table = {one: {two: disjunction((one, two)) for two in _TRUTHS} for one in _TRUTHS}
_NOT: _Table = {one: {one: negation(one)} for one in _TRUTHS}


def status_of(applies: Truth, demand: Truth) -> Status:
    """Return the outcome of a rule from the truths of where it applies and of what it demands."""
    if applies is False:
        return Status.NOT_APPLICABLE
    if applies is None or demand is None:
        return Status.OPEN
    return Status.FULFILLED if demand else Status.VIOLATED


_STATUS = {applies: {demand: status_of(applies, demand) for demand in _TRUTHS} for applies in _TRUTHS}


class CompiledEngine:
    """Decides in plain Python. Holds no state of a check, so any number of threads may use it."""

    name = "compiled"

    def __init__(self, decisions: Sequence[Decision]) -> None:
        compiler = _Compiler(decisions)
        self._outcomes = [
            (compiler.position(decision.applies or AllOf(())), compiler.position(decision.demand))
            for decision in decisions
        ]
        self._atoms, self._steps = compiler.atoms, compiler.steps
        self.position = compiler.position

    def completed(self, truths: Sequence[Truth]) -> list[Truth]:
        """Return the truth of every atom, then that of every formula over them; see `position`."""
        known = [*truths[: self._atoms], True, False]
        for table, first, second in self._steps:
            known.append(table[known[first]][known[second]])
        return known

    def outcomes(self, completed: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision, in the order in which they were given."""
        return [_STATUS[completed[applies]][completed[demand]] for applies, demand in self._outcomes]

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision from the truths of the atoms alone."""
        return self.outcomes(self.completed(truths))

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


class _Compiler:
    """Gives every formula a place in the list of truths: the atoms, true and false, then one step each."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        formulas = [part for each in decisions for part in (each.applies, each.demand) if part is not None]
        self.atoms = 1 + max(map(_highest_atom, formulas), default=-1)
        self.steps: list[_Step] = []
        self._positions: dict[Formula, int] = {AllOf(()): self.atoms, AnyOf(()): self.atoms + 1}
        self._places: dict[tuple[int, int, int], int] = {}

    def position(self, formula: Formula) -> int:
        """Return the place of a formula's truth; equal formulas share one."""
        if isinstance(formula, Atom):
            return formula.index
        if formula not in self._positions:
            self._positions[formula] = self.place(formula)
        return self._positions[formula]

    def place(self, formula: AllOf | AnyOf | Negation) -> int:
        if isinstance(formula, Negation):
            item = self.position(formula.item)
            return self.step(_NOT, item, item)
        table = _AND if isinstance(formula, AllOf) else _OR
        first, *others = map(self.position, formula.items)
        return reduce(lambda so_far, item: self.step(table, so_far, item), others, first)

    def step(self, table: _Table, first: int, second: int) -> int:
        key = (id(table), first, second)
        if key not in self._places:
            self._places[key] = self.atoms + 2 + len(self.steps)
            self.steps.append((table, first, second))
        return self._places[key]


def _highest_atom(formula: Formula) -> int:
    match formula:
        case Atom(index=index):
            return index
        case Negation(item=item):
            return _highest_atom(item)
        case AllOf(items=items) | AnyOf(items=items):
            return max(map(_highest_atom, items), default=-1)
