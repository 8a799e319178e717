"""The facts catalogue: what it refuses, and in which order worked-out facts are worked out."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.rules.small_base import FACT_FILE, SmallBase

from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.knowledge.catalogue_model import DatePhase
from qmadvisor.knowledge.functions import FUNCTIONS
from qmadvisor.language.types import ActorType, DateType, ListType, NumberType
from qmadvisor.language.values import Interval
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.model import PHASES

MORE = "knowledge/facts/zusatz.yaml"


def more(facts: str) -> str:
    return f"topic: zusatz\ntitle: Zusatz\nfacts:\n{facts}"


def number(name: str, rest: str) -> str:
    return f"  {name}: {{type: decimal, label: Zahl, phrase: die Zahl, {rest}}}\n"


def catalogue_of(base: SmallBase, facts: str) -> Catalogue:
    base.write(MORE, more(facts))
    return base.load().knowledge.catalogue


def refusal(base: SmallBase, facts: str) -> str:
    base.write(MORE, more(facts))
    return str(base.problem())


# The form of a fact


@pytest.mark.parametrize(
    ("fact", "missing"),
    [
        ("type: bool, label: a, fails: b", "holds"),
        ("type: bool, label: a, holds: b", "fails"),
        ("type: integer, label: a", "phrase"),
        ("type: decimal, label: a", "phrase"),
        ("type: date, label: a", "phrase"),
        ("type: stellenumfang, label: a, phrase: b, min: 0", "max"),
        ("type: choice, label: a, phrase: b", "choices"),
        ("type: multiple, label: a, contains: b, lacks: c", "choices"),
        ("type: multiple, label: a, contains: b, choices: {d: e}", "lacks"),
        ("type: actor, label: a, phrase: b", "list"),
        ("type: list, label: a, fields: {b: {type: text, label: c}}", "record"),
        ("type: list, label: a, record: {singular: b, plural: c, gender: m}", "fields"),
    ],
)
def test_what_a_fact_of_each_type_needs(base: SmallBase, fact: str, missing: str) -> None:
    kind = fact.split(",")[0].removeprefix("type: ")
    assert refusal(base, f"  a.b: {{{fact}}}\n") == (
        f"zusatz.yaml:4:3 facts.a.b: Ein Fakt vom Typ {kind} braucht den Schlüssel „{missing}“."
    )


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("min: null, max: a", "„min“ und „max“ sind hier Zahlen."),
        ("min: 1e999999999", "„min“ und „max“ sind hier Zahlen."),
        ("min: 1/0", "„min“ und „max“ sind hier Zahlen."),
        ("min: 3, max: 2", "„min“ ist größer als „max“."),
        ("unit: h//Woche", "keine Einheit: 'h//Woche'"),
        ('derived: "1", computed: {function: volle_monate, inputs: [vertrag.beginn, vertrag.ende]}',
         "Ein Fakt ist entweder abgeleitet (derived) oder berechnet (computed)."),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be(base: SmallBase, rest: str, message: str) -> None:
    assert refusal(base, number("a.b", rest)) == f"zusatz.yaml:4:3 facts.a.b: {message}"


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("min: 2026-02-30", "„2026-02-30“ ist kein Datum der Form JJJJ-MM-TT."),
        ("min: 20260101", "„20260101“ ist kein Datum der Form JJJJ-MM-TT."),
        ("min: 2026-02-02, max: 2026-02-01", "„min“ ist größer als „max“."),
    ],
)
def test_a_date_that_cannot_be(base: SmallBase, rest: str, message: str) -> None:
    fact = f"  a.b: {{type: date, label: Tag, phrase: der Tag, {rest}}}\n"
    assert refusal(base, fact) == f"zusatz.yaml:4:3 facts.a.b: {message}"


def test_only_a_date_falls_into_a_phase(base: SmallBase) -> None:
    date = "type: date, label: a, phrase: b"
    assert catalogue_of(base, f"  a.b: {{{date}, phase: isek}}\n").facts["a.b"].spec.phase == "isek"
    assert "dieser Fakt ist keines" in refusal(base, number("a.b", "phase: isek"))
    assert "phase" in refusal(base, f"  a.b: {{{date}, phase: irgendwann}}\n")


def test_the_phases_of_dates_are_those_of_a_setup() -> None:
    assert get_args(DatePhase) == tuple(PHASES)


@pytest.mark.parametrize("path", ["Büro.Größe", "a..b", "a-b", "1a", "a."])
def test_a_path_that_no_rule_could_write(base: SmallBase, path: str) -> None:
    assert f"„{path}“ ist kein Pfad" in refusal(base, number(path, "unit: m²"))


@pytest.mark.parametrize(
    ("name", "field", "message"),
    [
        ("Ä", "type: text, label: b", "„Ä“ ist kein Name eines Felds: kleine Buchstaben, Ziffern und _."),
        ("f", "type: list, label: b, record: {singular: c, plural: d, gender: m}, "
         "fields: {e: {type: text, label: g}}",
         "Das Feld „f“ kann weder eine Liste noch abgeleitet oder berechnet sein."),
        ("f", 'type: decimal, label: b, phrase: c, derived: "1"',
         "Das Feld „f“ kann weder eine Liste noch abgeleitet oder berechnet sein."),
    ],
)  # fmt: skip
def test_a_field_that_a_record_cannot_have(base: SmallBase, name: str, field: str, message: str) -> None:
    record = "record: {singular: a, plural: b, gender: m}"
    fact = f"  liste: {{type: list, label: a, {record}, fields: {{{name}: {{{field}}}}}}}\n"
    assert refusal(base, fact) == f"zusatz.yaml:4:3 facts.liste: {message}"


def test_a_value_of_no_possible_type(base: SmallBase) -> None:
    assert refusal(base, number("a.b", "min: [1]")) == (
        "zusatz.yaml:4:55 facts.a.b.min: Hier wird ein Text oder eine Zahl erwartet."
    )


# Names over all files


def test_a_fact_stands_in_one_file_only(base: SmallBase) -> None:
    assert refusal(base, number("buero.raum_m2", "unit: m²")) == (
        "zusatz.yaml:4:3 facts.buero.raum_m2: "
        "Diesen Fakt gibt es schon in probe.yaml:9:3 facts.buero.raum_m2."
    )


def test_a_fact_is_not_also_a_group_of_facts(base: SmallBase) -> None:
    assert refusal(base, number("stellen.zahl", "unit: h")) == (
        "zusatz.yaml:4:3 facts.stellen.zahl: Ein Fakt kann nicht zugleich eine Gruppe von Fakten sein.\n"
        "  gefunden: stellen"
    )


def test_an_actor_stands_in_a_list(base: SmallBase) -> None:
    assert refusal(base, "  a.b: {type: actor, label: a, phrase: b, list: stelle}\n") == (
        "zusatz.yaml:4:3 facts.a.b: Diese Liste gibt es nicht.\n"
        "  gefunden: stelle\n"
        "  erlaubt:  stellen\n"
        "  Abhilfe:  Meinten Sie „stellen“?"
    )


def test_an_actor_in_a_record_stands_in_a_list_too(base: SmallBase) -> None:
    rolle = "rolle: {type: choice,"
    base.change(
        FACT_FILE,
        rolle,
        f"person: {{type: actor, label: a, phrase: b, list: buero.vorgesehen}}\n      {rolle}",
    )
    assert base.problem().code == "unknown_list"


@pytest.mark.parametrize(
    "facts",
    [
        number("a.b", "renamed_from: buero.raum_m2"),
        number("a.b", "renamed_from: a.alt") + number("a.c", "renamed_from: a.alt"),
    ],
)
def test_an_earlier_name_belongs_to_one_fact(base: SmallBase, facts: str) -> None:
    assert "Dieser frühere Name ist schon vergeben." in refusal(base, facts)


def test_earlier_names_lead_to_the_new_ones(base: SmallBase) -> None:
    catalogue = catalogue_of(base, number("a.b", "renamed_from: a.alt") + number("a.c", "unit: h"))
    assert catalogue.renamed == {"a.alt": "a.b"}


def test_problems_of_all_files_come_at_once(base: SmallBase) -> None:
    base.write("knowledge/facts/a.yaml", "topic: [")
    base.write("knowledge/facts/b.yaml", "topic: b\n")
    base.write("knowledge/facts/c.yaml", more(number("buero.raum_m2", "unit: h")))
    assert [problem.place.file for problem in base.problems()] == ["a.yaml", "b.yaml", "b.yaml", "probe.yaml"]


# Derived and computed facts


@pytest.mark.parametrize(
    "rest",
    [
        "unit: m², derived: vertrag.dauer + 1",
        "unit: Stellen, derived: buero.vorgesehen",
        "unit: Stellen/h, derived: stellen_zusammen",
        "derived: vertrag.beginn",
    ],
)
def test_a_derived_fact_of_another_type_or_unit(base: SmallBase, rest: str) -> None:
    assert refusal(base, number("a.b", rest)) == (
        "zusatz.yaml:4:3 facts.a.b: Der Ausdruck liefert einen anderen Typ oder eine andere Einheit als der Fakt.\n"
        f"  gefunden: {rest.partition('derived: ')[2]}"
    )


def test_a_whole_number_is_not_derived_from_a_fraction(base: SmallBase) -> None:
    fact = "  a.b: {type: integer, unit: Stellen, label: a, phrase: b, derived: stellen_zusammen}\n"
    assert "einen anderen Typ" in refusal(base, fact)


CHOICE = "  a.alt: {type: choice, label: a, phrase: b, choices: {eins: 1er, zwei: 2er}}\n"


def test_a_derived_choice_has_room_for_every_option(base: SmallBase) -> None:
    wider = (
        "  a.b: {type: choice, label: a, phrase: b, choices: {zwei: 2, eins: 1, drei: 3}, derived: a.alt}\n"
    )
    base.write(
        MORE, more(CHOICE + wider.replace("zwei: 2, eins: 1, drei: 3", "zwei: zwei, eins: eins, drei: drei"))
    )
    base.load()
    narrower = "  a.b: {type: choice, label: a, phrase: b, choices: {zwei: zwei}, derived: a.alt}\n"
    assert "einen anderen Typ" in refusal(base, CHOICE.replace("1er", "eins") + narrower)


def test_a_derived_multiple_choice_has_the_same_options(base: SmallBase) -> None:
    words = "type: multiple, label: a, contains: b, lacks: c"
    fact = f"  a.b: {{{words}, choices: {{computer: ein Computer}}, derived: buero.technik}}\n"
    assert "einen anderen Typ" in refusal(base, fact)


def test_a_derived_fact_whose_expression_is_wrong(base: SmallBase) -> None:
    assert refusal(base, number("a.b", "unit: m², derived: buero.raum_m + 1")) == (
        "zusatz.yaml:4:3 facts.a.b (Zeichen 1): Diesen Fakt gibt es nicht.\n"
        "  gefunden: buero.raum_m\n"
        "  Abhilfe:  Meinten Sie „buero.raum_m2“?"
    )


@pytest.mark.parametrize("reads", ["a.b", "a.c"])
def test_facts_that_read_each_other_in_a_circle(base: SmallBase, reads: str) -> None:
    facts = number("a.b", f"unit: h, derived: {reads}") + number("a.c", "unit: h, derived: a.b")
    problem_text = refusal(base, facts)
    assert problem_text.startswith(
        "zusatz.yaml:4:3 facts.a.b: Diese abgeleiteten Fakten lesen einander im Kreis.\n  gefunden: a.b, a.c"
    )


COMPUTED = "type: integer, unit: Monate, label: a, phrase: b"


def test_a_function_that_does_not_exist(base: SmallBase) -> None:
    fact = f"  a.b: {{{COMPUTED}, computed: {{function: volle_jahre, inputs: [vertrag.beginn]}}}}\n"
    assert refusal(base, fact) == (
        "zusatz.yaml:4:3 facts.a.b: Diese Funktion gibt es nicht.\n"
        "  gefunden: volle_jahre\n"
        f"  erlaubt:  {', '.join(sorted(FUNCTIONS))}\n"
        "  Abhilfe:  Meinten Sie „volle_monate“?"
    )


@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        ("vertrag.beginn", "date"),
        ("vertrag.beginn, vertrag.dauer", "date, integer"),
        ("vertrag.beginn, vertrag.schluss", "date, unbekannt"),
    ],
)
def test_a_function_with_wrong_inputs(base: SmallBase, inputs: str, found: str) -> None:
    fact = f"  a.b: {{{COMPUTED}, computed: {{function: volle_monate, inputs: [{inputs}]}}}}\n"
    assert refusal(base, fact) == (
        "zusatz.yaml:4:3 facts.a.b: Die Funktion erwartet andere Fakten.\n"
        f"  gefunden: {found}\n"
        "  erlaubt:  (date, date) → integer"
    )


def test_a_function_with_another_result(base: SmallBase) -> None:
    computed = "computed: {function: volle_monate, inputs: [vertrag.beginn, vertrag.ende]}"
    assert "erwartet andere Fakten" in refusal(base, number("a.b", f"unit: Monate, {computed}"))


def test_each_fact_is_worked_out_after_those_it_reads(base: SmallBase) -> None:
    facts = (
        number("a.dritte", "unit: Stellen, derived: a.zweite + stellen_zusammen")
        + number("a.erste", "unit: Stellen, derived: 2 * stellen_zusammen")
        + number("a.zweite", "unit: Stellen, derived: a.erste + 1")
    )
    order = [derivation.fact.path for derivation in catalogue_of(base, facts).derivations]
    assert order == ["vertrag.laufzeit", "stellen_zusammen", "a.erste", "a.zweite", "a.dritte"]


# What a catalogue offers


def test_facts_know_their_types_and_words(base: SmallBase) -> None:
    catalogue = catalogue_of(base, "  a.b: {type: actor, label: a, phrase: b, list: stellen}\n")
    assert catalogue.topics == {"probe": "Probe", "zusatz": "Zusatz"}
    assert catalogue.facts["a.b"].type == ActorType("stellen")
    assert isinstance(catalogue.facts["vertrag.beginn"].type, DateType)
    raum = catalogue.facts["buero.raum_m2"]
    assert isinstance(raum.type, NumberType)
    assert raum.unknown == Interval(0, 2000)
    stellen = catalogue.facts["stellen"]
    assert isinstance(stellen.type, ListType)
    assert list(stellen.fields) == ["rolle", "umfang"]
    assert stellen.words.dative_plural == "Stellen"
    assert [fact.path for fact in catalogue.facts.values() if not fact.is_input] == [
        "vertrag.laufzeit",
        "stellen_zusammen",
    ]


def test_without_bounds_a_number_can_be_anything_and_a_date_any_day(base: SmallBase) -> None:
    catalogue = catalogue_of(base, number("a.b", "unit: h") + "  a.c: {type: date, label: a, phrase: b}\n")
    unknown = catalogue.facts["a.b"].unknown
    assert isinstance(unknown, Interval)
    assert unknown.lo == float("-inf")
    assert catalogue.facts["a.c"].unknown == Interval(1, 3652059)


# The catalogue that travels with the package


def test_every_fact_belongs_to_a_section_of_the_guideline_and_asks_its_question() -> None:
    known = default_rule_base().knowledge
    for fact in known.catalogue.inputs:
        assert fact.spec.section in known.guideline.sections, fact.path
        assert fact.spec.question.endswith("?"), fact.path
        assert all(field.spec.question.endswith("?") for field in fact.fields.values()), fact.path


def test_every_date_of_a_project_falls_into_a_phase() -> None:
    dates = [fact for fact in default_rule_base().knowledge.catalogue.inputs if fact.kind == "date"]
    assert dates
    assert [fact.path for fact in dates if fact.spec.phase is None] == []


def test_every_worked_out_fact_explains_itself() -> None:
    for derivation in default_rule_base().knowledge.catalogue.derivations:
        assert derivation.fact.spec.explanation, derivation.fact.path


def test_the_questions_stay_few_and_answerable() -> None:
    inputs = [fact for fact in default_rule_base().knowledge.catalogue.inputs if fact.kind != "list"]
    assert len(inputs) <= 150
    assert sum(fact.spec.quick for fact in inputs) <= 25
