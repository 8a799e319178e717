"""Advice files: what they give, and every way in which the loader refuses them."""

from __future__ import annotations

import pytest
from tests.rules.advice_base import ADVICE_FILE, with_advice
from tests.rules.small_base import RULE_FILE, SmallBase

from qmadvisor.errors import KnowledgeError
from qmadvisor.language.printer import to_text

BOTH = 'befund.laufzeit.kurz = "violated" and befund.raeume.raum = "violated"'


def test_advice_is_loaded_after_the_rules_in_the_order_of_its_files(base: SmallBase) -> None:
    with_advice(base)
    with_advice(base, BOTH, "alles")
    loaded = base.load()
    assert [one.id for one in loaded.advice] == ["advice.alles", "advice.beides"]
    assert loaded.ids[-2:] == ["advice.alles", "advice.beides"]
    advice = loaded.advice[1]
    assert advice.reads == ("laufzeit.kurz", "raeume.raum")
    assert advice.spec.section == "advice"
    assert advice.spec.kind == "one_remedy"
    assert to_text(loaded.advice[0].demand) == BOTH
    assert advice.file.endswith("beides.yaml")


def test_a_rule_base_may_have_no_advice(base: SmallBase) -> None:
    assert base.load().advice == ()


def test_advice_changes_the_digest(base: SmallBase) -> None:
    before = base.load().digest
    with_advice(base)
    after = base.load().digest
    assert before != after
    base.change(ADVICE_FILE, "Verhandeln Sie beides.", "Verhandeln Sie nichts.")
    assert base.load().digest not in (before, after)


def test_one_finding_and_a_fact_are_enough(base: SmallBase) -> None:
    with_advice(base, 'befund.raeume.raum = "violated" and buero.vorgesehen')
    assert base.problems() == ()


@pytest.mark.parametrize(
    ("when", "code", "found", "remedy"),
    [
        ('befund.raeume.raun = "violated" and befund.laufzeit.kurz = "open"', "unknown_rule", "raeume.raun",
         "Meinten Sie „raeume.raum“?"),
        ('befund.raeume.technik = "violated" and befund.laufzeit.kurz = "open"', "no_finding",
         "raeume.technik", None),
        ('befund.advice.beides = "violated" and befund.laufzeit.kurz = "open"', "unknown_rule",
         "advice.beides", None),
        ('befund.raeume.raum = "violated"', "too_few_findings", "raeume.raum",
         "Was ein einziger Befund bedeutet, gehört in den Vorschlag seiner Regel."),
        ('befund.raeume.raum = "violated" or befund.raeume.raum = "open"', "too_few_findings",
         "raeume.raum", "Was ein einziger Befund bedeutet, gehört in den Vorschlag seiner Regel."),
        ("buero.vorgesehen and buero.raum_m2 > 3", "too_few_findings", None,
         "Was ein einziger Befund bedeutet, gehört in den Vorschlag seiner Regel."),
        ('befund.raeume.raum = "violated" or buero.vorgesehen', "facts_alone", None,
         "Verbinden Sie die Fakten mit „and“ mit den Befunden."),
        ('not(befund.raeume.raum = "violated" and buero.vorgesehen)', "facts_alone", None,
         "Verbinden Sie die Fakten mit „and“ mit den Befunden."),
        ("befund.raeume.raum = befund.laufzeit.kurz", "finding_use", "befund.raeume.raum", None),
        ('befund.raeume.raum in ("fulfilled", "open", "violated", "not_applicable") '
         'and befund.laufzeit.kurz = "open"', "settled",
         'befund.raeume.raum in ("fulfilled", "open", "violated", "not_applicable")', None),
        ('befund.raeume.raum = "violated" and buero.raum_m2 >= 0', "settled", "buero.raum_m2 >= 0", None),
        ('befund.raeume.raum = "verletzt" and befund.laufzeit.kurz = "open"', "unknown_option",
         "verletzt", None),
        ('befund.raeume.raum and befund.laufzeit.kurz = "open"', "type", None, None),
        ('befund.raeume.raum = "open" and', "expression_syntax", None, None),
        ('befund.raeume.raum = "open" and buero.raum_qm > 3', "unknown_fact", "buero.raum_qm", None),
    ],
)  # fmt: skip
def test_a_condition_that_is_refused(
    base: SmallBase, when: str, code: str, found: str | None, remedy: str | None
) -> None:
    with_advice(base, when)
    problems = base.problems()
    assert problems[0].code == code
    assert {problem.place.line for problem in problems} == {6}
    assert all(problem.place.file == "beides.yaml" for problem in problems)
    if found is not None:
        assert problems[0].found == found
    if remedy is not None:
        assert problems[0].remedy == remedy


def test_a_finding_inside_a_list_leaves_unsaid_from_what_the_advice_follows(base: SmallBase) -> None:
    inner = 'some s in stellen satisfies (befund.raeume.raum = "violated" and s.umfang < 1)'
    with_advice(base, f'{inner} and befund.laufzeit.kurz = "open"')
    problem = base.problem()
    assert (problem.code, problem.found) == ("finding_use", "befund.raeume.raum")
    assert problem.remedy is not None
    assert 'befund.raeume.raum = "violated"' in problem.remedy


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "advice.anders"}, "rule_id"),
        ({"id": "raeume.beides"}, "content_string_pattern_mismatch"),
        ({"kind": "rat"}, "content_literal_error"),
        ({"source": "[raeume-99]"}, "unknown_passage"),
        ({"says": "Es sind {buero.raum_qm}."}, "placeholder"),
        ({"says": "Eine Klammer { allein."}, "placeholder"),
        ({"says": ""}, "content_missing"),
        (
            {"advice": "{text: Tun Sie etwas., effort: hoch, by: [alle], until: isek}"},
            "content_literal_error",
        ),
    ],
)
def test_a_file_that_is_refused(base: SmallBase, changes: dict[str, str], code: str) -> None:
    with_advice(base, **changes)
    assert [problem.code for problem in base.problems()] == [code]


def test_sources_and_notes_may_be_left_out(base: SmallBase) -> None:
    with_advice(base, source="", notes="")
    assert base.load().advice[0].spec.source == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  base: {buero.vorgesehen: ja}", "  base: {}\n  findings: {raeume.rau: open}", 12),
        ("{laufzeit.kurz: open, raeume.raum: violated}", "{laufzeit.kurt: open, raeume.raum: violated}", 18),
    ],
)
def test_an_example_that_names_a_finding_which_nobody_reads(
    base: SmallBase, old: str, new: str, line: int
) -> None:
    with_advice(base)
    base.change(ADVICE_FILE, old, new)
    problem = base.problem()
    assert problem.code == "unread_finding"
    assert problem.message == "Diesen Befund liest der Ratschlag nicht."
    assert problem.place.line == line
    assert problem.remedy is not None
    assert problem.remedy.startswith("Meinten Sie „")


def test_an_outcome_or_a_day_that_there_is_not(base: SmallBase) -> None:
    with_advice(base)
    base.change(ADVICE_FILE, "{laufzeit.kurz: open, raeume.raum: violated}", "{laufzeit.kurz: kaputt}")
    assert base.problem().code == "content_literal_error"
    with_advice(base)
    base.change(ADVICE_FILE, "{given: {vertrag.dauer: 35}, then", "{as_of: 2026-02-30, then")
    assert base.problem().message == "„2026-02-30“ ist kein Datum der Form JJJJ-MM-TT."


def test_a_rule_that_reads_a_finding_is_refused(base: SmallBase) -> None:
    base.change(RULE_FILE, "applies: buero.vorgesehen", 'applies: befund.laufzeit.kurz = "violated"')
    problem = base.problem()
    assert (problem.code, problem.place.line) == ("finding", 8)
    assert "nur Ratschläge" in problem.message


def test_a_derived_fact_that_reads_a_finding_is_refused(base: SmallBase) -> None:
    fact = "knowledge/facts/probe.yaml"
    base.change(fact, "sum(s.umfang for s in stellen)", 'if befund.a.b = "open" then 1 else 2')
    assert "finding" in {problem.code for problem in base.problems()}


def test_advice_is_not_to_blame_for_a_rule_that_does_not_load(base: SmallBase) -> None:
    with_advice(base)
    base.change(RULE_FILE, "strength: soll", "strength: stark")
    problem = base.problem()
    assert problem.place.file is not None
    assert problem.place.file.endswith("raum.yaml")


def test_a_retired_rule_says_what_took_its_place(base: SmallBase) -> None:
    base.write("rules/retired.yaml", 'retired: {raeume.saal: {replaced_by: raeume.raum, since: "0.2"}}\n')
    with_advice(base, 'befund.raeume.saal = "open" and befund.laufzeit.kurz = "open"')
    assert base.problem().remedy == (
        "Die Regel wurde mit Version 0.2 zurückgezogen und durch „raeume.raum“ ersetzt."
    )


def test_retired_advice_may_be_replaced_by_other_advice(base: SmallBase) -> None:
    with_advice(base)
    base.write("rules/retired.yaml", 'retired: {advice.alt: {replaced_by: advice.beides, since: "0.2"}}\n')
    problem = base.load().unknown_rule("advice.alt")
    assert problem.remedy is not None
    assert "durch „advice.beides“ ersetzt" in problem.remedy


def test_an_unknown_id_gets_the_nearest_advice_as_well(base: SmallBase) -> None:
    with_advice(base)
    with pytest.raises(KnowledgeError, match=r"Meinten Sie „advice\.beides“\?"):
        base.load().rule("advice.beide")
