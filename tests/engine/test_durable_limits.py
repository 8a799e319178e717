"""The limits of durable_rules: that they lie where the code says, and that no rule base crosses them."""

from __future__ import annotations

import gc
import random

import pytest

pytest.importorskip("qmadvisor.engine.durable", exc_type=ImportError)

from tests.engine.durable_cases import expected, random_base, random_truths

from qmadvisor.engine import durable_limits
from qmadvisor.engine.durable import DurableEngine
from qmadvisor.engine.durable_conditions import Every, Literal, Some, affordable
from qmadvisor.engine.durable_limits import SENTINEL, worst_case
from qmadvisor.engine.durable_rulesets import Plan, Production, packed
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.errors import EngineError


def rules(*demands: Formula) -> list[Decision]:
    return [Decision(str(at), None, demand) for at, demand in enumerate(demands)]


def atoms(first: int, count: int) -> tuple[Atom, ...]:
    return tuple(Atom(at) for at in range(first, first + count))


def check_dense(base: list[Decision], width: int) -> DurableEngine:
    """Everything known: as many rules match at once, and as many nodes wait, as ever can."""
    rng = random.Random(7)
    engine = DurableEngine(base)
    mixed: list[list[bool | None]] = [
        [rng.random() < share for _ in range(width)] for share in (0.1, 0.5, 0.9, 0.99)
    ]
    plain: list[list[bool | None]] = [[True] * width, [False] * width, [None] * width]
    for truths in [*plain, *mixed]:
        assert engine.decide(truths) == expected(base, truths)
    engine.close()
    return engine


@pytest.mark.parametrize("count", [61, 62, 63, 64, 65, 66, 127, 300])
def test_many_rules_that_all_match_at_once(count: int) -> None:
    engine = check_dense(rules(*atoms(0, count)), count)
    assert (len(engine._plan.layouts) == 1) == (count <= 63)


@pytest.mark.parametrize("count", [30, 62, 63, 64, 65, 250, 251, 252, 600])
def test_one_wide_checklist(count: int) -> None:
    for kind in (AllOf, AnyOf):
        check_dense(rules(kind(atoms(0, count))), count)


@pytest.mark.parametrize("others", [29, 30, 31, 32, 33])
def test_branches_below_one_condition(others: int) -> None:
    below = [Decision(str(at), Atom(0), Atom(1 + at)) for at in range(32)]
    check_dense([*below, *rules(*atoms(33, others))], 33 + others)


@pytest.mark.parametrize("count", [253, 254, 255, 256, 257, 600])
def test_many_rules_with_the_same_condition(count: int) -> None:
    check_dense(rules(*[Atom(0)] * count), 1)


@pytest.mark.parametrize("count", [254, 255, 256, 600])
def test_many_rules_without_a_condition(count: int) -> None:
    check_dense(rules(*[AllOf(())] * count), 0)


@pytest.mark.parametrize("depth", [13, 14, 15, 16, 17, 60])
def test_deep_nesting(depth: int) -> None:
    demand: Formula = Atom(0)
    for at in range(1, depth + 1):
        demand = (AllOf if at % 2 else AnyOf)((Atom(at), Negation(demand)))
    check_dense(rules(demand), depth + 1)


@pytest.mark.parametrize("count", [2, 3, 4, 12])
def test_conditions_met_in_many_ways_stay_cheap(count: int) -> None:
    """Each of twelve lists of eight: met in 8 ** 12 ways if it were one rule."""
    lists = tuple(AnyOf(atoms(at * 8, 8)) for at in range(count))
    engine = check_dense(rules(AllOf(lists), AllOf(lists)), count * 8)
    carried = [p.condition for layout in engine._plan.layouts for p in layout.productions]
    assert all(affordable(condition) for condition in carried)
    assert len(carried) <= 2 * 2 + 2 * count + 4


def test_dense_random_bases() -> None:
    for seed in range(8):
        rng = random.Random(seed)
        check_dense(random_base(rng, 60, 90, depth=3), 60)


@pytest.mark.parametrize("excess", [0, 1])
def test_the_stack_holds_64_and_no_more(excess: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_limits, "PENDING_MOST", 1000)
    count = 63 + excess
    engine = DurableEngine(rules(*atoms(0, count)))
    if excess:
        for _ in range(3):
            with pytest.raises(EngineError, match="303"):
                engine.decide([True] * count)
    else:
        assert engine.decide([True] * count) == [Status.FULFILLED] * count
    assert engine.decide([None] * count) == [Status.OPEN] * count
    engine.close()


def test_no_stack_overflows_below_the_computed_worst_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_limits, "PENDING_MOST", 1000)
    overflowed = 0
    for seed in range(30):
        rng = random.Random(seed)
        base = random_base(rng, 90, rng.randint(20, 90), depth=2)
        engine = DurableEngine(base)
        worst = max(pending_of(engine._plan))
        for _ in range(6):
            truths: list[bool | None] = [rng.random() < 0.5 for _ in range(90)]
            try:
                assert engine.decide(truths) == expected(base, truths)
            except EngineError:
                overflowed += 1
                assert worst > 64
        engine.close()
    assert overflowed > 10


def pending_of(plan: Plan) -> list[int]:
    return [worst_case(p.condition for p in layout.productions).pending for layout in plan.layouts]


def test_the_worst_case_counts_what_waits() -> None:
    one, other, third = (Literal(at, 1) for at in range(3))
    assert worst_case([]) == (1, 1, 0)
    assert worst_case([one, Literal(0, 0)]) == (2, 1, 1)
    assert worst_case([one, one, SENTINEL]) == (2, 2, 1)
    assert worst_case([Every((one, other)), Every((one, third))]) == (3, 1, 3)
    assert worst_case([Every((one, Some((other, third))))]).pending == 3


def test_one_production_that_no_ruleset_can_hold_is_refused() -> None:
    fits = Production(999, Every(tuple(Literal(at, 1) for at in range(251))))
    exceeds = Production(999, Every(tuple(Literal(at, 1) for at in range(252))))
    assert len(packed([fits])) == 1
    with pytest.raises(EngineError, match="zu groß") as caught:
        packed([fits, exceeds])
    assert caught.value.problems[0].code == "engine.too_large"


def test_251_properties_reach_the_engine() -> None:
    base = [Decision(str(at), AllOf(atoms(0, 3)), Atom(at)) for at in range(3, 55)]
    check_dense(base, 55)
    wide = rules(*(AllOf(atoms(at, 25)) for at in range(0, 250, 25)), Atom(250))
    engine = check_dense(wide, 251)
    reads = max(len(layout.variables) for layout in engine._plan.layouts)
    assert reads <= 251


def test_generated_names_never_collide() -> None:
    """durable_rules knows a property only by this hash; two names with one hash would be one fact."""
    reserved = ["go", "sid", "id", "$s", "$forward", "$and", "$or", "$m", "m", "all", "any", "pri"]
    names = [*(f"p{at}" for at in range(durable_limits.VARIABLES_MOST)), *reserved]
    assert len({fnv1(name) for name in names}) == len(names)


def fnv1(name: str) -> int:
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def test_random_setups_after_an_overflow_are_right_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_limits, "PENDING_MOST", 1000)
    rng, base = random.Random(5), rules(*atoms(0, 90))
    engine = DurableEngine(base)
    for _ in range(20):
        with pytest.raises(EngineError):
            engine.decide([True] * 90)
        sparse = [truth if rng.random() < 0.3 else None for truth in random_truths(rng, 90)]
        assert engine.decide(sparse) == expected(base, sparse)
    engine.close()


def test_what_was_counted_is_freed_at_once() -> None:
    """Rulesets are laid out whenever rules are loaded: circles would stay until Python looks for them."""
    one, other, third = (Literal(variable, 1) for variable in range(3))
    conditions = [Every((one, Some((other, third)))), Some((one, Every((other, third)))), Every((one, other))]
    gc.collect()
    gc.disable()
    try:
        worst_case(conditions * 5)
        assert gc.collect() == 0
    finally:
        gc.enable()
