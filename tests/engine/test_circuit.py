"""Ands and ors as additions, against Kleene's logic written down in another way."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.durable_cases import NUMBERS, strength

from qmadvisor.engine.circuit import Circuit, Known, Place, Wiring
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Formula, Negation
from qmadvisor.language.values import Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)
ATOMS = 7


def formulas() -> st.SearchStrategy[Formula]:
    def joined(items: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        many = st.lists(items, max_size=5).map(tuple)
        return st.one_of(many.map(AllOf), many.map(AnyOf), items.map(Negation))

    return st.recursive(st.integers(0, ATOMS - 1).map(Atom), joined, max_leaves=25)


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Negation(item):
            return (item,)
        case AllOf(items) | AnyOf(items):
            return items
        case _:
            return ()


def check(formula: Formula, place: Place, known: Known, truths: list[Truth]) -> None:
    """Every part of a formula can be read, not only the whole."""
    found = place.truth(known)
    assert NUMBERS[found] == strength(formula, truths)
    for part, below in zip(parts_of(formula), place.parts, strict=True):
        check(part, below, known, truths)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(formulas(), min_size=1, max_size=8),
    st.lists(st.sampled_from(TRUTHS), min_size=ATOMS, max_size=ATOMS),
)
def test_every_part_has_the_truth_that_kleene_gives_it(several: list[Formula], truths: list[Truth]) -> None:
    wiring = Wiring()
    places = [wiring.place(formula) for formula in several]
    known = Circuit(wiring).known(truths)
    for formula, place in zip(several, places, strict=True):
        check(formula, place, known, truths)


@pytest.mark.parametrize("size", [1, 2, 3, 40, 200])
@pytest.mark.parametrize("kind", [AllOf, AnyOf])
@pytest.mark.parametrize("odd", TRUTHS)
@pytest.mark.parametrize("others", TRUTHS)
def test_one_among_many(size: int, kind: type[AllOf | AnyOf], odd: Truth, others: Truth) -> None:
    """The carry starts at any part and passes all others, and what lies between them."""
    formula = kind(tuple(AllOf((Atom(at), Atom(at))) for at in range(size)))
    wiring = Wiring()
    place, circuit = wiring.place(formula), Circuit(wiring)
    for at in {0, size // 2, size - 1}:
        truths = [odd if each == at else others for each in range(size)]
        check(formula, place, circuit.known(truths), truths)


def test_neighbours_do_not_touch_each_other() -> None:
    several = [kind((Atom(0), Negation(Atom(1)))) for kind in (AllOf, AnyOf) * 3]
    wiring = Wiring()
    places = [wiring.place(formula) for formula in several]
    circuit = Circuit(wiring)
    for truths in product(TRUTHS, repeat=2):
        known = circuit.known(truths)
        for formula, place in zip(several, places, strict=True):
            check(formula, place, known, list(truths))


def test_nothing_is_known_both_ways_and_atoms_that_nobody_reads_say_nothing() -> None:
    wiring = Wiring()
    wiring.place(AnyOf((Atom(3), Negation(Atom(1)))))
    circuit = Circuit(wiring)
    for truths in product(TRUTHS, repeat=4):
        true, false = circuit.known(truths)
        assert true & false == 0
        assert circuit.known([None, truths[1], None, truths[3]]) == (true, false)


def test_two_truths_are_brought_side_by_side() -> None:
    wiring, digits = Wiring(), []
    for _ in range(2):
        first, second = wiring.place(AllOf((Atom(0), Atom(1)))), wiring.place(Atom(2))
        digits.append(wiring.side_by_side(first, second))
    assert digits == [1, 3]
    known = Circuit(wiring).known([True, True, False])
    for digit in digits:
        assert (known.true >> 4 * digit & 0b11, known.false >> 4 * digit & 0b11) == (0b01, 0b10)
