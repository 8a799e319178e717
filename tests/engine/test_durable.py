from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("qmadvisor.engine.durable", exc_type=ImportError)

from tests.engine.durable_cases import expected, random_base, random_truths

from qmadvisor.engine import durable
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


def rule(demand: Formula, applies: Formula | None = None) -> Decision:
    return Decision("rule", applies, demand)


def formulas() -> st.SearchStrategy[Formula]:
    def joined(items: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        many = st.lists(items, max_size=6).map(tuple)
        return st.one_of(many.map(AllOf), many.map(AnyOf), items.map(Negation))

    return st.recursive(st.integers(0, ATOMS - 1).map(Atom), joined, max_leaves=30)


decisions = st.builds(
    Decision,
    key=st.just("rule"),
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
    base = random_base(rng, atoms, rng.randint(1, 60), rng.randint(0, 6))
    with engine_of(base) as engine:
        for _ in range(12):
            truths = random_truths(rng, atoms)
            assert engine.decide(truths) == expected(base, truths)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_guideline_of_220_rules(seed: int) -> None:
    rng = random.Random(seed)
    base = random_base(rng, 400, 220, depth=3)
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


def test_the_order_is_that_of_the_decisions_and_equal_ones_are_decided_once() -> None:
    base = [rule(Atom(at % 4)) for at in range(9)]
    with engine_of(base) as engine:
        assert engine.decide([True, False, None, True]) == expected(base, [True, False, None, True])
        assert sum(len(layout.productions) for layout in engine._plan.layouts) == 8


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


class Failing:
    """The rules engine, of which one call does something else."""

    def __init__(self, name: str, call: object) -> None:
        setattr(self, name, call)

    def __getattr__(self, name: str) -> object:
        return getattr(native, name)


native = durable._native
BASE = [rule(Atom(0)), rule(Atom(1))]


def out_of_memory(*_: object) -> None:
    raise MemoryError


def refused(*_: object) -> None:
    raise native.error("303")


@pytest.mark.parametrize(
    "name", ["assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact"]
)
@pytest.mark.parametrize(("call", "error"), [(out_of_memory, MemoryError), (refused, EngineError)])
def test_an_error_comes_out_and_leaves_nothing_behind(
    name: str, call: object, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_of(BASE) as engine:
        for _ in range(3):
            with monkeypatch.context() as patch:
                patch.setattr(durable, "_native", Failing(name, call))
                with pytest.raises(error):
                    engine.decide([True, True])
            assert engine.decide([None, True]) == [Status.OPEN, Status.FULFILLED]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("start_action_for_state", lambda *_: None),
        ("start_action_for_state", lambda *_: ("", '{"3":{}}')),
        ("complete_and_start_action", lambda *_: None),
    ],
)
def test_an_evaluation_without_its_sentinel_is_incomplete(
    name: str, call: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_of(BASE) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(durable, "_native", Failing(name, call))
            if name == "start_action_for_state":
                patch.setattr(durable._native, "complete_and_start_action", lambda *_: None, raising=False)
            with pytest.raises(EngineError, match="nicht zu Ende"):
                engine.decide([True, False])
        assert engine.decide([None, False]) == [Status.OPEN, Status.VIOLATED]


def test_a_fact_that_stayed_behind_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_of(BASE) as engine:
        with monkeypatch.context() as patch:
            patch.setattr(durable, "_native", Failing("retract_fact", lambda *_: None))
            assert engine.decide([True, None]) == [Status.FULFILLED, Status.OPEN]
        with pytest.raises(EngineError):
            engine.decide([None, True])
        assert engine.decide([None, True]) == [Status.OPEN, Status.FULFILLED]


def test_one_session_decides_thousands_of_times() -> None:
    rng = random.Random(11)
    base = random_base(rng, 60, 60, depth=3)
    setups = [random_truths(rng, 60) for _ in range(50)]
    wanted = [expected(base, truths) for truths in setups]
    with engine_of(base) as engine:
        for at in rng.choices(range(50), k=5000):
            assert engine.decide(setups[at]) == wanted[at]


def test_two_outcomes_of_one_rule_contradict_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_of([rule(Atom(0))]) as engine:
        monkeypatch.setattr(engine._rulesets[0], "run", lambda _: {1, 2})
        with pytest.raises(EngineError, match="fulfilled, violated"):
            engine.decide([True])
