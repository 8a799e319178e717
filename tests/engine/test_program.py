"""How rules become atoms and formulas, and their traces are put together again."""

from __future__ import annotations

from datetime import date

from tests.rules.small_base import DANGER_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Negation
from qmadvisor.engine.program import TAKEN, Program, Record, View, build_program
from qmadvisor.language.evaluate import evaluate
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)


def record_of(base: RuleBase, program: Program, given: dict[str, object]) -> Record:
    known = base.knowledge
    setup = read_values(given, known.catalogue, known.parameters, TODAY)
    return program.evaluate(derive(setup, known, TODAY).facts)


def test_atoms_are_the_largest_parts_without_and_or_not(base: SmallBase) -> None:
    more = '(not(vertrag.dauer < 12) or buero.technik has "internet")'
    base.change(RULE_FILE, "buero.raum_m2 >= 25", f"buero.raum_m2 >= 25 and {more}")
    program = build_program([base.load().rule("raeume.raum")])
    (decision,) = program.decisions
    assert decision.applies == Atom(0)
    assert decision.demand == AllOf((Atom(1), AnyOf((Negation(Atom(2)), Atom(3)))))
    assert [path for path, _ in program.tables] == [
        "buero.vorgesehen",
        "buero.raum_m2",
        "vertrag.dauer",
        "buero.technik",
    ]


def test_equal_atoms_are_evaluated_once_for_all_rules(base: SmallBase) -> None:
    loaded = base.load()
    rule = loaded.rule("raeume.raum")
    program = build_program([rule, rule])
    assert len(program.tables) == 2
    assert program.decisions[0].demand == program.decisions[1].demand


def test_the_real_rules_look_at_each_fact_once_and_at_each_list_once() -> None:
    program = build_program(default_rule_base().rules)
    for tables in (program.tables, program.lists):
        paths = [path for path, _ in tables]
        assert paths
        assert len(paths) == len(set(paths))


def test_a_danger_is_the_negation_of_its_atom_below_the_switch_of_its_parameter(base: SmallBase) -> None:
    (decision,) = build_program([base.load().rule("laufzeit.kurz")]).decisions
    assert decision.applies == Atom(1)  # the switch comes after all comparisons
    assert decision.demand == Negation(Atom(0))


def test_a_switch_comes_before_what_the_rule_itself_asks(base: SmallBase) -> None:
    base.change(DANGER_FILE, "avoid:", "applies: buero.vorgesehen\navoid:")
    program = build_program([base.load().rule("laufzeit.kurz")])
    (decision,) = program.decisions
    assert decision.applies == AllOf((Atom(2), Atom(0)))
    assert record_of(base.load(), program, {}).truths[2] is True


def test_a_hint_that_can_be_taken_has_two_decisions(base: SmallBase) -> None:
    program = build_program([base.load().rule("raeume.technik")])
    assert [decision.key for decision in program.decisions] == ["raeume.technik", "raeume.technik" + TAKEN]


def test_traces_put_together_are_those_of_the_whole_condition(base: SmallBase) -> None:
    demand = "not(buero.raum_m2 < 25 or vertrag.dauer < 12) and vertrag.dauer >= 1"
    base.change(RULE_FILE, "buero.raum_m2 >= 25", demand)
    loaded = base.load()
    rule = loaded.rule("raeume.raum")
    program = build_program([rule])
    for given in ({}, {"buero.raum_m2": 20}, {"buero.raum_m2": 30, "vertrag.dauer": "mindestens 12"}):
        record = record_of(loaded, program, given)
        applies, demand = (layout and View((layout, record)) for layout in program.layouts[0])
        known = loaded.knowledge
        setup = read_values(given, known.catalogue, known.parameters, TODAY)
        whole = evaluate(rule.demand, derive(setup, known, TODAY).facts)
        assert applies is not None
        assert demand is not None
        assert [(part.node, part.value) for part in demand.walk()] == [
            (part.node, part.value) for part in whole.walk()
        ]


def test_a_rule_that_applies_everywhere_has_no_trace_of_it(base: SmallBase) -> None:
    base.change(RULE_FILE, "applies: buero.vorgesehen\n", "")
    program = build_program([base.load().rule("raeume.raum")])
    assert program.decisions[0].applies is None
    assert program.layouts[0][0] is None
