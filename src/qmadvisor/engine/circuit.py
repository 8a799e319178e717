"""Work out and/or/not of many formulas at once: the truth of every part is a bit of a large number.

Every part has a place of its own. Of two numbers, one says at that place that the part is known to be true, the
other that it is known to be false; neither means unknown, and so Kleene's logic needs no third value.
The parts of an and lie below the place of the whole. One is added at the lowest, and what lies between the parts
is filled with ones: the carry reaches the place of the whole only if all parts are set. For an or, one is added at
every part: the carry starts wherever one is set. So a single addition decides all the ands and ors that stand
equally high, of all formulas together, and takes about as long as one step of a loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product, zip_longest
from operator import getitem
from typing import NamedTuple

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Formula, Negation
from qmadvisor.language.values import Truth


class Known(NamedTuple):
    """The places of all that is known to be true, and of all that is known to be false."""

    true: int
    false: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the truth of a part stands; where it is `flipped`, that of its negation stands there.

    So a negation needs no step: what is below it is kept flipped, and an and that is flipped is an or.
    """

    bit: int
    flipped: bool = False
    parts: tuple[Place, ...] = ()

    def truth(self, known: Known) -> Truth:
        """Read the truth of the part."""
        if known.true >> self.bit & 1:
            return not self.flipped
        return self.flipped if known.false >> self.bit & 1 else None


@dataclass(slots=True)
class _Level:
    """The ands and ors that one addition decides, as the numbers that it takes."""

    parts: int = 0
    between: int = 0
    ands: int = 0
    ors: int = 0
    wholes: int = 0

    def join(self, parts: Sequence[int], whole: int, *, every: bool) -> None:
        """Take in an and (`every`) or an or: the places of its parts, and above them its own."""
        found, lowest = sum(1 << part for part in parts), 1 << min(parts)
        self.parts |= found
        self.between |= (1 << whole) - lowest & ~found
        self.ands |= lowest if every else found
        self.ors |= found if every else lowest  # what is false is joined the other way round
        self.wholes |= 1 << whole


@dataclass(slots=True)
class Wiring:
    """Gives every part of the formulas its place, one after the other."""

    width: int = 0
    levels: list[_Level] = field(default_factory=list)
    #: The places of each atom as it is, and flipped.
    atoms: dict[int, tuple[list[int], list[int]]] = field(default_factory=dict)
    #: What is true without any atom, and what is false.
    constants: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    #: Pairs that are brought side by side when all is decided, each by a level of its own.
    last: tuple[_Level, _Level] = field(default_factory=lambda: (_Level(), _Level()))

    def place(self, formula: Formula) -> Place:
        """Lay a formula out."""
        return self._placed(formula, flipped=False)[0]

    def side_by_side(self, first: Place, second: Place) -> int:
        """Bring two truths just placed to the lower two bits of a hexadecimal digit, once they are known.

        Returns:
            The number of the digit, the lowest being 0.
        """
        digit = -(-self.width // 4)
        self.width = 4 * digit + 2
        for level, place, bit in zip(self.last, (first, second), (4 * digit, 4 * digit + 1), strict=True):
            level.join([place.bit], bit, every=True)
        return digit

    def _next(self) -> int:
        self.width += 1
        return self.width - 1

    def _placed(self, formula: Formula, *, flipped: bool) -> tuple[Place, int]:
        """Return the place, and how many levels are below it."""
        match formula:
            case Negation(item):
                below, height = self._placed(item, flipped=not flipped)
                return Place(below.bit, flipped, (below,)), height
            case Atom(index):
                bit = self._next()
                self.atoms.setdefault(index, ([], []))[flipped].append(bit)
                return Place(bit, flipped), 0
            case _:
                return self._joined(formula, flipped=flipped)

    def _joined(self, formula: AllOf | AnyOf, *, flipped: bool) -> tuple[Place, int]:
        every = isinstance(formula, AllOf) is not flipped
        placed = [self._placed(item, flipped=flipped) for item in formula.items]
        parts, bit = tuple([part for part, _ in placed]), self._next()
        if not parts:
            self.constants[not every].append(bit)
            return Place(bit, flipped), 0
        height = 1 + max(height for _, height in placed)
        if height > len(self.levels):
            self.levels.append(_Level())
        self.levels[height - 1].join([part.bit for part in parts], bit, every=every)
        return Place(bit, flipped, parts), height


class Circuit:
    """What a wiring comes to; it holds nothing of a run, so any number of threads may use it."""

    def __init__(self, wiring: Wiring) -> None:
        self._levels = [
            (level.parts, level.between, level.ands, level.ors, level.wholes)
            for level in (*wiring.levels, *wiring.last)
        ]
        self._width = wiring.width
        self._constants = self._both(*wiring.constants)
        said = [
            self._said(*wiring.atoms.get(at, ((), ()))) for at in range(1 + max(wiring.atoms, default=-1))
        ]
        self._triples = [
            {triple: sum(map(getitem, three, triple)) for triple in product((True, False, None), repeat=3)}
            for three in zip_longest(*[iter(said)] * 3, fillvalue=self._said((), ()))
        ]

    def _said(self, plain: Sequence[int], flipped: Sequence[int]) -> dict[Truth, int]:
        """What each truth of an atom says at its places."""
        return {True: self._both(plain, flipped), False: self._both(flipped, plain), None: 0}

    def _both(self, true: Sequence[int], false: Sequence[int]) -> int:
        """Write what is known to be true, and above it what is known to be false, into one number."""
        return sum(1 << bit for bit in true) | sum(1 << bit for bit in false) << self._width

    def known(self, truths: Sequence[Truth]) -> Known:
        """Return what follows from the truths of the atoms."""
        # Adding joins numbers that share no bit. Three atoms at a time save two additions of three.
        both = sum(map(getitem, self._triples, zip_longest(*[iter(truths)] * 3)), self._constants)
        false = both >> self._width
        true = both ^ false << self._width
        for parts, between, ands, ors, wholes in self._levels:
            true |= (true & parts | between) + ands & wholes
            false |= (false & parts | between) + ors & wholes
        return Known(true, false)
