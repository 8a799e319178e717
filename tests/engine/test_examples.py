"""The examples in the rule files run, and say what is wrong with them."""

from __future__ import annotations

import pytest
from tests.rules.small_base import DANGER_FILE, HINT_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.check import Checker
from qmadvisor.engine.examples import run_examples


def faults(base: SmallBase) -> list[tuple[str, int, str]]:
    results = run_examples(Checker(base.load(), "compiled"))
    return [(result.rule, result.number, result.fault) for result in results if result.fault is not None]


def test_examples_that_are_right_have_no_fault(base: SmallBase) -> None:
    results = list(run_examples(Checker(base.load(), "compiled")))
    assert [(result.rule, result.number) for result in results][:4] == [
        ("laufzeit.kurz", 1),
        ("laufzeit.kurz", 2),
        ("laufzeit.kurz", 3),
        ("raeume.raum", 1),
    ]
    assert all(result.fault is None for result in results)


@pytest.mark.parametrize(
    ("old", "new", "number", "fault"),
    [
        ("{given: {buero.raum_m2: 25}, then: fulfilled}", "{given: {buero.raum_m2: 24}, then: fulfilled}", 1,
         "erwartet fulfilled, erhalten violated"),
        ("then: not_applicable", "then: open", 4, "erwartet open, erhalten not_applicable"),
        ("then: violated", "then: offered", 2, "erwartet offered, erhalten violated"),
        ("because: facts", "because: imprecise", 3, "erwartet offen wegen imprecise, erhalten facts"),
        ("missing: [buero.raum_m2]", "missing: []", 3, "erwartet missing [], erhalten ['buero.raum_m2']"),
        ("missing: [buero.raum_m2]", "missing: [buero.raum_m2, buero.technik]", 3,
         "erwartet missing ['buero.raum_m2', 'buero.technik'], erhalten ['buero.raum_m2']"),
        ("then: violated", "then: violated, because: facts", 2, "erwartet offen wegen facts, erhalten "),
    ],
)  # fmt: skip
def test_an_example_that_comes_out_otherwise(
    base: SmallBase, old: str, new: str, number: int, fault: str
) -> None:
    base.change(RULE_FILE, old, new)
    assert faults(base) == [("raeume.raum", number, fault)]


def test_a_hint_that_comes_out_otherwise(base: SmallBase) -> None:
    base.change(HINT_FILE, "then: silent", "then: offered")
    assert faults(base) == [("raeume.technik", 3, "erwartet offered, erhalten silent")]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("buero.raum_qm: 25", "Diese Angabe gibt es nicht."),
        ("buero.raum_m2: viel", "Das ist keine Zahl."),
        ("vertrag.beginn: 2026-02-01, vertrag.ende: 2025-01-01", "Diese Angaben widersprechen sich"),
    ],
)
def test_an_example_that_is_no_setup_says_where_and_why(base: SmallBase, given: str, message: str) -> None:
    base.change(RULE_FILE, "given: {buero.raum_m2: 24.9}", f"given: {{{given}}}")
    ((rule, number, fault),) = faults(base)
    assert (rule, number) == ("raeume.raum", 2)
    assert message in fault


def test_the_options_of_a_multiple_choice_are_named_by_their_question(base: SmallBase) -> None:
    base.change(RULE_FILE, "requires: buero.raum_m2 >= 25", 'requires: buero.technik has "computer"')
    base.change(RULE_FILE, "given: {buero.raum_m2: 25}", "given: {buero.technik: [computer]}")
    base.change(RULE_FILE, "given: {buero.raum_m2: 24.9}", "given: {buero.technik: keine}")
    base.change(RULE_FILE, "missing: [buero.raum_m2]", "missing: [buero.technik]")
    assert faults(base) == []


def test_an_example_may_be_set_on_another_day(base: SmallBase) -> None:
    base.change(
        "knowledge/parameters/kurz.yaml",
        "{value: 36, from: null, to: null,",
        "{value: 36, from: 2026-01-01, to: null,",
    )
    base.change(
        DANGER_FILE,
        "{given: {vertrag.dauer: 35}, then: violated}",
        "{given: {vertrag.dauer: 35}, then: violated}\n"
        "    - {given: {vertrag.dauer: 35}, as_of: 2025-12-31, then: open, because: no_parameter}",
    )
    assert faults(base) == []
