"""The lint of a rule base: what is well-formed and still not good."""

from __future__ import annotations

import pytest
from tests.rules.small_base import DANGER_FILE, FACT_FILE, HINT_FILE, RULE_FILE, SmallBase

from qmadvisor.engine import completeness
from qmadvisor.engine.completeness import lint
from qmadvisor.errors import Problem

DEMAND = "requires: buero.raum_m2 >= 25"


def found(base: SmallBase) -> list[Problem]:
    return lint(base.load())


def codes(base: SmallBase) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.place.file) for problem in found(base)]


def test_the_small_base_is_complete(base: SmallBase) -> None:
    assert found(base) == []


@pytest.mark.parametrize(
    ("file", "example", "outcome"),
    [
        (RULE_FILE, "    - {given: {buero.raum_m2: 25}, then: fulfilled}\n", "fulfilled"),
        (RULE_FILE, "    - {given: {buero.raum_m2: 24.9}, then: violated}\n", "violated"),
        (RULE_FILE, "    - {given: {}, then: open, because: facts, missing: [buero.raum_m2]}\n", "open"),
        (RULE_FILE, "    - {given: {buero.vorgesehen: nein}, then: not_applicable}\n", "not_applicable"),
        (HINT_FILE, "    - {given: {stellen: {a: {umfang: 1}}}, then: offered}\n", "offered"),
        (HINT_FILE, "    - {given: {buero.technik: [internet]}, then: taken}\n", "taken"),
        (HINT_FILE, "    - {given: {}, then: silent}\n", "silent"),
    ],
)
def test_every_outcome_that_a_rule_can_have_has_an_example(
    base: SmallBase, file: str, example: str, outcome: str
) -> None:
    base.change(file, example, "")
    (problem,) = found(base)
    assert str(problem) == (
        f"{file.rpartition('/')[2]}: Für das Ergebnis „{outcome}“ gibt es noch kein Beispiel."
    )


def test_a_rule_that_applies_everywhere_needs_no_example_of_the_contrary(base: SmallBase) -> None:
    base.change(RULE_FILE, "applies: buero.vorgesehen\n", "")
    base.change(RULE_FILE, "    - {given: {buero.vorgesehen: nein}, then: not_applicable}\n", "")
    assert codes(base) == [("unread_fact", None)]


def test_what_is_offered_to_everyone_is_never_silent(base: SmallBase) -> None:
    base.change(HINT_FILE, "offer_when: some s in stellen satisfies (s.umfang >= 0.5)", "offer_when: true")
    base.change(HINT_FILE, "    - {given: {}, then: silent}\n", "")
    assert codes(base) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "outcome"),
    [
        (RULE_FILE, "requires: ", "requires: buero.vorgesehen or ", "violated"),
        (RULE_FILE, "requires: ", "requires: not(buero.vorgesehen) and ", "fulfilled"),
        (HINT_FILE, "offer_when: ", 'offer_when: buero.technik has "internet" and ', "offered"),
        (DANGER_FILE, "  open: Das ist offen.\n", "  open: Das ist offen.\n  not_applicable: So.\n", None),
        (
            RULE_FILE,
            "applies: buero.vorgesehen\nrequires: buero.raum_m2 >= 25\nsays:\n",
            "requires: buero.raum_m2 >= 25\nsays:\n  not_applicable: So.\n",
            "not_applicable",
        ),
    ],
)
def test_a_text_for_an_outcome_that_cannot_occur(
    base: SmallBase, file: str, old: str, new: str, outcome: str | None
) -> None:
    """Where a parameter can be switched off, not_applicable can occur although the rule applies everywhere."""
    base.change(file, old, new)
    impossible = [problem for problem in found(base) if problem.code == "impossible_outcome"]
    assert [problem.message for problem in impossible] == (
        [f"Das Ergebnis „{outcome}“ kann nicht vorkommen."] if outcome else []
    )


def test_what_does_not_fit_together_is_found_too(base: SmallBase) -> None:
    base.change(HINT_FILE, "title: Ein Internetzugang", "title: Raum ab 25 m²")
    assert codes(base) == [("duplicate_title", "technik.yaml")]


@pytest.mark.parametrize(
    "condition",
    [
        "buero.raum_m2 >= 25 or not(buero.raum_m2 >= 25)",
        "buero.raum_m2 >= 25 and not(buero.raum_m2 >= 25)",
        "(buero.raum_m2 >= 25 and vertrag.dauer >= 3) or (not(buero.raum_m2 >= 25) and vertrag.dauer >= 3)",
        "buero.raum_m2 >= 25 or vertrag.dauer >= 3 or not(vertrag.dauer >= 3)",
    ],
)
def test_a_rule_that_is_open_though_every_answer_ends_alike(base: SmallBase, condition: str) -> None:
    base.change(RULE_FILE, DEMAND, f"requires: {condition}")
    problem = next(problem for problem in found(base) if problem.code == "needlessly_open")
    assert str(problem) == (
        "raum.yaml: Die Regel bleibt offen, obwohl jede Antwort gleich ausgeht.\n"
        "  Abhilfe:  Formulieren Sie die Bedingung so um, dass keine Einzelbedingung zweimal vorkommt."
    )


def test_needless_openness_is_found_in_what_makes_a_hint_taken(base: SmallBase) -> None:
    taken = 'buero.technik has "internet"'
    base.change(HINT_FILE, f"taken_when: {taken}", f"taken_when: {taken} or not({taken})")
    assert ("needlessly_open", "technik.yaml") in codes(base)


@pytest.mark.parametrize(
    "condition",
    [
        "buero.vorgesehen",
        "buero.raum_m2 >= 25 or (buero.vorgesehen and buero.raum_m2 >= 25)",
        "buero.raum_m2 >= 25 and (vertrag.dauer >= 3 or buero.vorgesehen)",
    ],
)
def test_a_condition_that_occurs_twice_and_does_no_harm(base: SmallBase, condition: str) -> None:
    base.change(RULE_FILE, DEMAND, f"requires: {condition}")
    assert "needlessly_open" not in [code for code, _ in codes(base)]


@pytest.mark.parametrize("excess", [0, 1])
def test_more_conditions_than_can_be_tried_out(
    base: SmallBase, excess: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule asks one more thing: whether it applies."""
    monkeypatch.setattr(completeness, "MAX_ATOMS", 6)
    parts = " and ".join(f"buero.raum_m2 >= {number}" for number in range(1, 6 + excess))
    base.change(RULE_FILE, DEMAND, f"requires: {parts}")
    problems = found(base)
    assert [(problem.code, problem.found) for problem in problems] == (
        [("too_many_atoms", "7")] if excess else []
    )


# Facts that nobody reads


def test_a_question_whose_answer_changes_nothing(base: SmallBase) -> None:
    rent = "  buero.miete: {type: decimal, unit: €/Monat, min: 0, max: 9, label: a, phrase: b}\n"
    base.change(FACT_FILE, "  buero.raum_m2:", f"{rent}  buero.raum_m2:")
    (problem,) = found(base)
    assert str(problem) == "buero.miete: Diesen Fakt liest keine Regel."


def test_a_worked_out_fact_that_nobody_reads_does_not_excuse_what_it_reads(base: SmallBase) -> None:
    base.change(HINT_FILE, "Das ginge auch ({stellen_zusammen}).", "Das ginge auch.")
    base.change(DANGER_FILE, "vertrag.laufzeit <", "vertrag.dauer <")
    assert sorted(problem.place.path for problem in found(base)) == [
        "stellen_zusammen",
        "vertrag.beginn",
        "vertrag.ende",
        "vertrag.laufzeit",
    ]


def test_a_list_in_which_actors_stand_is_read_through_them(base: SmallBase) -> None:
    base.change(FACT_FILE, "  stellen:\n", (
        "  akteure:\n"
        "    type: list\n"
        "    label: Akteure\n"
        "    record: {singular: Akteur, plural: Akteure, gender: m}\n"
        "    fields: {name: {type: text, label: Name}}\n"
        "  stellen:\n"
    ))  # fmt: skip
    assert [problem.place.path for problem in found(base)] == ["akteure"]
    actor = "{type: actor, list: akteure, label: a, phrase: b}"
    base.change(FACT_FILE, "      umfang:", f"      person: {actor}\n      umfang:")
    assert found(base) == []
    base.change(FACT_FILE, f"      person: {actor}\n", "")
    base.change(FACT_FILE, "  akteure:\n", f"  vertrag.partei: {actor}\n  akteure:\n")
    assert [problem.place.path for problem in found(base)] == ["vertrag.partei"]
