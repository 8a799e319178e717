from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("qmadvisor.engine.durable", exc_type=ImportError)

from tests.engine.durable_cases import expected, random_base, random_truths

from qmadvisor.engine.durable import DurableEngine
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Engine, Formula, Negation, Status
from qmadvisor.errors import EngineError
from qmadvisor.language.values import Truth

ATOMS = 12


@contextmanager
def engine_of(decisions: list[Decision]) -> Iterator[DurableEngine]:
    engine = DurableEngine(decisions)
    try:
        yield engine
    finally:
        engine.close()


def rule(demand: Formula, applies: Formula | None = None, section: str = "s") -> Decision:
    return Decision("rule", section, applies, demand)


def formulas() -> st.SearchStrategy[Formula]:
    def joined(items: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        many = st.lists(items, max_size=6).map(tuple)
        return st.one_of(many.map(AllOf), many.map(AnyOf), items.map(Negation))

    return st.recursive(st.integers(0, ATOMS - 1).map(Atom), joined, max_leaves=30)


decisions = st.builds(
    Decision,
    key=st.just("rule"),
    section=st.sampled_from(["raeume", "personal", "netz"]),
    applies=st.none() | formulas(),
    demand=formulas(),
)
setups = st.lists(st.sampled_from([True, False, None]), min_size=ATOMS, max_size=ATOMS)


@settings(max_examples=100, deadline=None)
@given(st.lists(decisions, min_size=1, max_size=20), st.lists(setups, min_size=1, max_size=6))
def test_equals_kleene(base: list[Decision], several: list[list[Truth]]) -> None:
    with engine_of(base) as engine:
        for truths in several:
            assert engine.decide(truths) == expected(base, truths)


@pytest.mark.parametrize("seed", range(25))
def test_equals_kleene_on_random_bases(seed: int) -> None:
    rng = random.Random(seed)
    atoms = rng.randint(1, 80)
    base = random_base(rng, atoms, rng.randint(1, 60), rng.randint(1, 5), rng.randint(0, 6))
    with engine_of(base) as engine:
        for _ in range(12):
            truths = random_truths(rng, atoms)
            assert engine.decide(truths) == expected(base, truths)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_guideline_of_22_sections(seed: int) -> None:
    rng = random.Random(seed)
    base = random_base(rng, 400, 220, 22, depth=3)
    with engine_of(base) as engine:
        for _ in range(150):
            truths = random_truths(rng, 400)
            assert engine.decide(truths) == expected(base, truths)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (rule(AllOf(())), Status.FULFILLED),
        (rule(AnyOf(())), Status.VIOLATED),
        (rule(Negation(AnyOf(()))), Status.FULFILLED),
        (rule(Atom(0), AnyOf(())), Status.NOT_APPLICABLE),
        (rule(AllOf(()), AllOf(())), Status.FULFILLED),
        (rule(AllOf(()), Atom(0)), Status.OPEN),
        (rule(AnyOf((Atom(0), AllOf(())))), Status.FULFILLED),
        (rule(AllOf((Atom(0), AnyOf(())))), Status.VIOLATED),
        (rule(AnyOf((Atom(0), Negation(Atom(0))))), Status.OPEN),
    ],
)
def test_constants_need_no_facts(decision: Decision, status: Status) -> None:
    with engine_of([decision]) as engine:
        assert engine.decide([None]) == [status]


def test_the_order_is_that_of_the_decisions_not_of_the_sections() -> None:
    base = [rule(Atom(at), section=f"s{at % 3}") for at in range(9)]
    truths = [at % 2 == 0 for at in range(9)]
    with engine_of(base) as engine:
        assert engine.decide(truths) == expected(base, truths)


def test_nothing_to_decide() -> None:
    with engine_of([]) as engine:
        assert engine.decide([]) == []


def test_engines_live_side_by_side_and_end_alone() -> None:
    first, second = DurableEngine([rule(Atom(0))]), DurableEngine([rule(Negation(Atom(0)))])
    assert first.decide([True]) == [Status.FULFILLED]
    first.close()
    assert second.decide([True]) == [Status.VIOLATED]
    second.close()


def test_is_an_engine() -> None:
    engine: Engine = DurableEngine([])
    assert engine.name == "durable"


def test_a_closed_engine_refuses() -> None:
    engine = DurableEngine([rule(Atom(0))])
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="geschlossen"):
        engine.decide([True])


def test_too_few_truth_values_are_refused() -> None:
    with engine_of([rule(Atom(3))]) as engine, pytest.raises(EngineError, match="3 statt 4"):
        engine.decide([True] * 3)


def test_endless_nesting_is_refused() -> None:
    demand: Formula = Atom(0)
    for _ in range(5000):
        demand = Negation(demand)
    with pytest.raises(EngineError, match="zu tief"):
        DurableEngine([rule(demand)])


def replace_action(engine: DurableEngine, name: str, action: object) -> None:
    (ruleset,) = engine._host._ruleset_directory.values()
    ruleset._actions[name]._func = action


def test_an_error_in_an_action_comes_out_and_leaves_the_engine_usable() -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    base = [rule(Atom(0)), rule(Atom(1))]
    with engine_of(base) as engine:
        replace_action(engine, "r0", fail)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                engine.decide([True, True])
            assert engine.decide([None, True]) == [Status.OPEN, Status.FULFILLED]


def test_an_evaluation_without_its_sentinel_is_incomplete() -> None:
    with engine_of([rule(Atom(0))]) as engine:
        replace_action(engine, "end", lambda _: None)
        with pytest.raises(EngineError, match="nicht zu Ende"):
            engine.decide([True])


def test_an_evaluation_that_stops_halfway_is_incomplete() -> None:
    with engine_of([rule(Atom(0))]) as engine:
        (ruleset,) = engine._host._ruleset_directory.values()
        ruleset.do_actions = lambda state, complete: complete(None, None)
        with pytest.raises(EngineError, match="nicht zu Ende"):
            engine.decide([True])


def test_two_outcomes_of_one_rule_contradict_each_other() -> None:
    with engine_of([rule(Atom(0))]) as engine:
        fired = engine._sections[0]._fired
        replace_action(engine, "r0", lambda _: fired.extend([1, 2]))
        with pytest.raises(EngineError, match="fulfilled, violated"):
            engine.decide([True])
