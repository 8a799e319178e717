"""The compiled engine: every decision as plain Python closures over the truth values."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.language.evaluate import conjunction, disjunction
from qmadvisor.language.values import Truth

_Test = Callable[[Sequence[Truth]], Truth]


class CompiledEngine:
    """Decides in plain Python. Holds no state, so any number of threads may use it."""

    name = "compiled"

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = [_compile_decision(decision) for decision in decisions]

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision, in the order in which they were given."""
        return [decision(truths) for decision in self._decisions]

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


def _compile_decision(decision: Decision) -> Callable[[Sequence[Truth]], Status]:
    demand = _compile(decision.demand)
    applies = None if decision.applies is None else _compile(decision.applies)

    def decide(truths: Sequence[Truth]) -> Status:
        gate = True if applies is None else applies(truths)
        if gate is False:
            return Status.NOT_APPLICABLE
        verdict = demand(truths) if gate else None
        if verdict is None:
            return Status.OPEN
        return Status.FULFILLED if verdict else Status.VIOLATED

    return decide


def _compile(formula: Formula) -> _Test:
    match formula:
        case Atom(index=index):
            return lambda truths: truths[index]
        case AllOf(items=items):
            return _combined(tuple(map(_compile, items)), conjunction)
        case AnyOf(items=items):
            return _combined(tuple(map(_compile, items)), disjunction)
        case Negation(item=item):
            return _negated(_compile(item))


def _combined(tests: tuple[_Test, ...], combine: Callable[..., Truth]) -> _Test:
    return lambda truths: combine(test(truths) for test in tests)


def _negated(test: _Test) -> _Test:
    def run(truths: Sequence[Truth]) -> Truth:
        truth = test(truths)
        return None if truth is None else not truth

    return run
