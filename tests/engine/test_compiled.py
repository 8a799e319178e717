"""The compiled engine, against Kleene's logic written down in another way."""

from __future__ import annotations

import random
from itertools import product

import pytest
from tests.engine.durable_cases import expected, random_base, random_truths

from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.language.values import Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)


def decide(demand: Formula, *truths: Truth, applies: Formula | None = None) -> Status:
    (status,) = CompiledEngine([Decision("rule", applies, demand)]).decide(truths)
    return status


@pytest.mark.parametrize(
    ("truth", "status"), [(True, Status.FULFILLED), (False, Status.VIOLATED), (None, Status.OPEN)]
)
def test_the_demand_decides_where_the_rule_applies(truth: Truth, status: Status) -> None:
    assert decide(Atom(0), truth) is status
    assert decide(Atom(0), truth, True, applies=Atom(1)) is status


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_rule_that_does_not_apply_says_so_whatever_it_demands(truth: Truth) -> None:
    assert decide(Atom(0), truth, False, applies=Atom(1)) is Status.NOT_APPLICABLE


@pytest.mark.parametrize("truth", TRUTHS)
def test_while_it_is_open_whether_a_rule_applies_all_is_open(truth: Truth) -> None:
    assert decide(Atom(0), truth, None, applies=Atom(1)) is Status.OPEN


@pytest.mark.parametrize("one", TRUTHS)
@pytest.mark.parametrize("two", TRUTHS)
@pytest.mark.parametrize("formula", [AllOf((Atom(0), Atom(1))), AnyOf((Atom(0), Negation(Atom(1))))])
def test_and_or_not_are_those_of_kleene(one: Truth, two: Truth, formula: Formula) -> None:
    decision = Decision("rule", None, formula)
    assert CompiledEngine([decision]).decide([one, two]) == expected([decision], [one, two])


def test_nothing_to_join_is_true_for_and_and_false_for_or() -> None:
    assert decide(AllOf(())) is Status.FULFILLED
    assert decide(AnyOf(())) is Status.VIOLATED


def test_decisions_come_back_in_their_order() -> None:
    engine = CompiledEngine([Decision(str(at), None, Atom(at)) for at in range(3)])
    assert engine.decide([True, False, None]) == [Status.FULFILLED, Status.VIOLATED, Status.OPEN]
    assert CompiledEngine([]).decide([]) == []


@pytest.mark.parametrize("seed", range(20))
def test_random_rule_bases(seed: int) -> None:
    rng = random.Random(seed)
    base = random_base(rng, 20, 40)
    engine = CompiledEngine(base)
    for _ in range(20):
        truths = random_truths(rng, 20)
        assert engine.decide(truths) == expected(base, truths)


def test_all_truths_of_a_deep_formula() -> None:
    formula: Formula = Atom(0)
    for at in range(1, 5):
        formula = Negation((AllOf if at % 2 else AnyOf)((formula, Atom(at))))
    decision = Decision("rule", Atom(4), formula)
    engine = CompiledEngine([decision])
    for truths in product(TRUTHS, repeat=5):
        assert engine.decide(truths) == expected([decision], truths)
