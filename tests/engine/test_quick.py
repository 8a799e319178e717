"""Which questions the quick check asks, on a small rule base, and on the real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules.small_base import DANGER_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.quick import FEWEST, MOST, Choice, choose_questions, marked_questions, questions_read
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import load_setup, read_values

TODAY = date(2026, 11, 22)


def setup_of(base: RuleBase, given: dict[str, Any]) -> Setup:
    known = base.knowledge
    return read_values(given, known.catalogue, known.parameters, TODAY)


def test_a_rule_reads_questions_through_derived_facts_and_lists(base: SmallBase) -> None:
    base.change(RULE_FILE, "buero.raum_m2 >= 25", "stellen_zusammen >= 0.5 and vertrag.laufzeit >= 12")
    loaded = base.load()
    catalogue = loaded.knowledge.catalogue
    assert set(questions_read(loaded.rule("raeume.raum"), catalogue)) == {
        "buero.vorgesehen",
        "stellen",
        "stellen.umfang",
        "vertrag.beginn",
        "vertrag.ende",
        "vertrag.dauer",
    }


def test_questions_that_need_each_other_are_chosen_together_and_only_what_plans_answer(
    base: SmallBase,
) -> None:
    loaded = base.load()
    answered = setup_of(loaded, {"buero.vorgesehen": True, "buero.raum_m2": 30, "vertrag.dauer": 12})
    assert choose_questions(loaded, [answered], TODAY) == [
        Choice(("buero.vorgesehen", "buero.raum_m2"), settled=1)
    ]
    assert choose_questions(loaded, [setup_of(loaded, {})], TODAY) == []


def test_the_most_findings_for_each_question_come_first(base: SmallBase) -> None:
    base.change(DANGER_FILE, "strength: empfohlen\nwording: wichtig", "strength: soll\nwording: soll")
    loaded = base.load()
    plans = [
        setup_of(loaded, {"buero.vorgesehen": True, "buero.raum_m2": 30}),
        setup_of(loaded, {"vertrag.dauer": 12}),
        setup_of(loaded, {"vertrag.dauer": 48}),
    ]
    assert choose_questions(loaded, plans, TODAY) == [
        Choice(("vertrag.dauer",), settled=2),
        Choice(("buero.vorgesehen", "buero.raum_m2"), settled=3),
    ]


def test_what_is_not_due_does_not_count(base: SmallBase) -> None:
    base.change(RULE_FILE, "phase: [ausschreibung]", "phase: [verstetigung]")
    loaded = base.load()
    early = replace(setup_of(loaded, {"buero.vorgesehen": True, "buero.raum_m2": 30}), phase="vorbereitung")
    assert choose_questions(loaded, [early], TODAY) == []


def test_the_marks_of_the_catalogue_are_what_the_choice_gives() -> None:
    base = default_rule_base()
    known = base.knowledge
    plans = [
        load_setup(path, known.catalogue, known.parameters, TODAY)
        for path in sorted((knowledge_root() / "examples").glob("*.yaml"))
    ]
    chosen = {question for step in choose_questions(base, plans, TODAY) for question in step.questions}
    assert marked_questions(known.catalogue) == chosen
    assert FEWEST <= len(chosen) <= MOST
