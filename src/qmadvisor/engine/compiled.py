"""The compiled engine: all decisions at once, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.engine.circuit import Circuit, Known, Place, Wiring
from qmadvisor.engine.formula import AllOf, Decision, Status
from qmadvisor.language.values import Truth


def status_of(applies: Truth, demand: Truth) -> Status:
    """Return the outcome of a rule from the truths of where it applies and of what it demands."""
    if applies is False:
        return Status.NOT_APPLICABLE
    if applies is None or demand is None:
        return Status.OPEN
    return Status.FULFILLED if demand else Status.VIOLATED


def _status_of_digit(digit: int) -> Status:
    """Its bits: applies, the demand is met, does not apply, the demand is not met."""
    applies, demand = [Place(bit).truth(Known(digit, digit >> 2)) for bit in (0, 1)]
    return status_of(applies, demand)


_STATUS = {f"{digit:x}": _status_of_digit(digit) for digit in range(16)}


class CompiledEngine:
    """Holds no state of a check, so any number of threads may use it.

    `places` are those of `applies` (None where a rule applies everywhere) and of the demand of each decision.
    """

    name = "compiled"

    def __init__(self, decisions: Sequence[Decision]) -> None:
        wiring, digits = Wiring(), []
        self.places: list[tuple[Place, Place]] = []
        for decision in decisions:
            applies = wiring.place(AllOf(()) if decision.applies is None else decision.applies)
            demand = wiring.place(decision.demand)
            self.places.append((applies, demand))
            digits.append(wiring.side_by_side(applies, demand))
        self._pairs = sum(0b11 << 4 * digit for digit in digits)
        self._length = 1 + max(digits, default=0)
        self._digits = [self._length - 1 - digit for digit in digits]
        self._circuit = Circuit(wiring)

    def known(self, truths: Sequence[Truth]) -> Known:
        """Return what the truths of the atoms say of every part of every decision."""
        return self._circuit.known(truths)

    def outcomes(self, known: Known) -> list[Status]:
        """Return the status of every decision, in the order in which they were given."""
        # Four bits tell what is known of a decision, and Python writes four bits as one digit.
        digits = f"{known.true & self._pairs | (known.false & self._pairs) << 2:0{self._length}x}"
        return [_STATUS[digits[at]] for at in self._digits]

    def decide(self, truths: Sequence[Truth]) -> list[Status]:
        """Return the status of every decision from the truths of the atoms alone."""
        return self.outcomes(self.known(truths))

    def close(self) -> None:
        """Do nothing: there is nothing to free."""
