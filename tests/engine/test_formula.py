"""What an engine decides: the four outcomes and the shape of formulas."""

from __future__ import annotations

from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Engine, Negation, Status


def test_the_outcomes_are_written_in_english_as_the_report_has_them() -> None:
    assert [str(status) for status in Status] == ["fulfilled", "violated", "open", "not_applicable"]


def test_equal_formulas_are_equal_and_can_be_keys() -> None:
    one, two = (AllOf((Atom(0), AnyOf((Atom(1), Negation(Atom(2)))))) for _ in range(2))
    assert one == two
    assert len({one, two, AnyOf((Atom(0),)), AllOf((Atom(0),))}) == 3


def test_the_compiled_engine_is_an_engine() -> None:
    engine: Engine = CompiledEngine([Decision("a", None, Atom(0))])
    assert engine.name == "compiled"
    engine.close()
    assert engine.decide([True]) == [Status.FULFILLED]
