"""Files that are well-formed each, and do not fit together."""

from __future__ import annotations

import pytest
from tests.rules.small_base import (
    DANGER_FILE,
    FACT_FILE,
    GUIDELINE_FILE,
    HINT_FILE,
    RULE_FILE,
    SmallBase,
)

from qmadvisor.rules import consistency
from qmadvisor.rules.consistency import inconsistencies, parameters_behind
from qmadvisor.rules.loader import default_rule_base


def found(base: SmallBase) -> list[str]:
    return [str(problem) for problem in inconsistencies(base.load())]


def test_the_small_base_fits_together(base: SmallBase) -> None:
    assert found(base) == []


def test_nothing_is_inconsistent_in_what_travels_with_the_package() -> None:
    assert list(inconsistencies(default_rule_base())) == []


# The ledger


@pytest.mark.parametrize("excuse", ["not_normative", "not_checkable"])
def test_a_passage_that_is_cited_and_excused(base: SmallBase, excuse: str) -> None:
    base.change(GUIDELINE_FILE, "modality: soll, word: sollte", f"{excuse}: so")
    assert found(base) == [
        "raeume-01: Die Passage gilt als nicht normativ oder nicht prüfbar, doch eine Regel beruft sich auf sie.\n"
        "  gefunden: raeume.raum"
    ]


def test_a_passage_that_is_cited_and_has_no_modality(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, ", modality: kann, word: kann", "")
    assert found(base) == [
        "raeume-02: Eine Regel beruft sich auf die Passage; ihre Modalität fehlt noch.\n"
        "  gefunden: raeume.technik"
    ]


# Strength


def test_a_rule_that_is_firmer_than_its_passage(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "modality: soll,", "modality: kann,")
    assert found(base) == [
        "raum.yaml strength: Die Passage „raeume-01“ steht im Verzeichnis als „kann“ („sollte“).\n"
        "  gefunden: soll\n"
        "  erlaubt:  kann\n"
        "  Abhilfe:  Gleichen Sie beide an, oder begründen Sie die Lesart als „interpretation“."
    ]


def test_an_interpretation_accounts_for_another_strength(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "modality: soll,", "modality: kann,")
    base.change(RULE_FILE, "source: [raeume-01]", "source: [raeume-01]\ninterpretation: Eine Lesart.")
    assert found(base) == []


def test_a_passage_that_says_two_things_has_the_other_word_in_the_rule(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "modality: soll, word: sollte", "modality: ideal, word: wünschenswert")
    assert found(base) == []  # the rule rests on „sollte“


def test_a_description_needs_a_reason_where_the_passage_is_firm(base: SmallBase) -> None:
    """Any word may describe, so the word alone does not show that the passage says two things."""
    base.change(RULE_FILE, "strength: soll\nwording: sollte", "strength: leitbild\nwording: Raum")
    assert len(found(base)) == 1


def test_only_the_first_passage_counts(base: SmallBase) -> None:
    base.change(RULE_FILE, "source: [raeume-01]", "source: [raeume-01, laufzeit-01]")
    assert found(base) == []


def test_a_hint_has_no_strength(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "modality: kann, word: kann", "modality: soll, word: sollte")
    assert found(base) == []


# Parameters


def test_a_parameter_that_the_rule_does_not_read(base: SmallBase) -> None:
    base.change(DANGER_FILE, "parameter.kurz at stichtag", "36")
    assert found(base) == [
        "kurz.yaml parameter: Die Regel nennt diesen Parameter, aber keine ihrer Bedingungen liest ihn.\n"
        "  gefunden: kurz"
    ]


@pytest.mark.parametrize(("derived", "count"), [("vertrag.dauer", 1), ("parameter.kurz at stichtag", 0)])
def test_a_parameter_may_be_read_by_a_fact_that_is_worked_out_from_others(
    base: SmallBase, derived: str, count: int
) -> None:
    words = "type: decimal, unit: Monate, label: a, phrase: b"
    term = f"  vertrag.frist: {{{words}, derived: vertrag.grenze + 1}}\n"
    limit = f"  vertrag.grenze: {{{words}, derived: {derived}}}\n"
    base.change(FACT_FILE, "  stellen:\n", f"{term}{limit}  stellen:\n")
    base.change(DANGER_FILE, "< parameter.kurz at stichtag", "< vertrag.frist")
    assert len(found(base)) == count
    loaded = base.load()
    behind = parameters_behind(loaded.rule("laufzeit.kurz"), loaded.knowledge.catalogue)
    assert behind == ({"kurz"} if count == 0 else set())


def test_every_parameter_that_can_be_changed_hangs_on_a_rule_that_reads_it() -> None:
    base = default_rule_base()
    for rule in base.rules:
        if rule.spec.parameter:
            assert rule.spec.parameter in parameters_behind(rule, base.knowledge.catalogue)


# Repetitions


def test_a_note_that_stands_twice_in_a_rule(base: SmallBase) -> None:
    base.change(HINT_FILE, "says:\n", "notes: [Eines., Anderes., Eines.]\nsays:\n")
    assert found(base) == ["technik.yaml notes.2: Diese Anmerkung steht schon in der Regel."]


def test_a_note_may_stand_in_several_rules(base: SmallBase) -> None:
    base.change(HINT_FILE, "says:\n", "notes: [Eines.]\nsays:\n")
    base.change(RULE_FILE, "says:\n", "notes: [Eines.]\nsays:\n")
    assert found(base) == []


def test_two_rules_of_one_title(base: SmallBase) -> None:
    base.change(HINT_FILE, "title: Ein Internetzugang", "title: Raum ab 25 m²")
    assert found(base) == [
        "technik.yaml title: Den Titel hat schon „raeume.raum“.\n  gefunden: Raum ab 25 m²"
    ]


# The number of questions


def test_too_many_questions(base: SmallBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are filled in apart from the questions, and what is worked out nobody is asked."""
    monkeypatch.setattr(consistency, "MAX_QUESTIONS", 6)
    assert found(base) == []
    monkeypatch.setattr(consistency, "MAX_QUESTIONS", 5)
    assert found(base) == ["Der Katalog stellt zu viele Fragen.\n  gefunden: 6\n  erlaubt:  höchstens 5"]
