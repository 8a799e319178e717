from __future__ import annotations

from pathlib import Path

from tests.rules.small_base import GUIDELINE_FILE, RULE_FILE, SmallBase

from qmadvisor.rulebook.relations import MOST_RELATED, Reading, Relations
from qmadvisor.rules.loader import RuleBase, default_rule_base


def ids(rules: object) -> list[str]:
    return [rule.id for rule in rules]  # type: ignore[attr-defined]  # any sequence of rules


def test_rules_stand_in_the_order_of_their_passages(tmp_path: Path) -> None:
    small = SmallBase(tmp_path)
    assert ids(Relations(small.load()).rules) == ["laufzeit.kurz", "raeume.raum", "raeume.technik"]
    small.change(
        GUIDELINE_FILE,
        "  - {id: raeume-01, page: 2, section: raeume, modality: soll, word: sollte}\n",
        "",
    )
    with (small.folder / GUIDELINE_FILE).open("a") as stream:
        stream.write("  - {id: raeume-01, page: 2, section: raeume, modality: soll, word: sollte}\n")
    assert ids(Relations(small.load()).rules) == ["laufzeit.kurz", "raeume.technik", "raeume.raum"]


def test_a_worked_out_fact_brings_the_questions_behind_it(small: RuleBase) -> None:
    found = Relations(small).facts(small.rule("personal.sprechzeiten"))
    assert found == (
        Reading("sprechzeiten.anteil"),
        Reading("sprechzeiten.stunden", via="sprechzeiten.anteil"),
        Reading("personal.wochenstunden", via="sprechzeiten.anteil"),
        Reading("personal.qm_stellen", via="personal.wochenstunden"),
        Reading("stellen", ("rolle", "umfang"), via="personal.qm_stellen"),
    )


def test_related_rules_share_a_passage_or_a_fact_and_are_named_once(small: RuleBase) -> None:
    relations, rule = Relations(small), small.rule("raeume.gruppenraum")
    assert ids(relations.same_passage(rule)) == ["raeume.computer", "raeume.zugang", "raeume.mitnutzung"]
    assert relations.same_facts(rule) == []
    assert ids(relations.same_facts(small.rule("raeume.mitnutzung"))) == ["raeume.zugang"]


def test_relations_of_the_real_rules_go_both_ways() -> None:
    base = default_rule_base()
    relations = Relations(base)
    for rule in base.rules:
        for other in relations.same_passage(rule):
            assert rule in relations.same_passage(other)
        near = relations.same_facts(rule)
        assert len(near) <= MOST_RELATED
        assert not set(ids(near)) & {rule.id, *ids(relations.same_passage(rule))}
        assert all(rule in relations.citing[key] for key in rule.spec.source)


def test_a_passage_without_rule_is_cited_by_none(tmp_path: Path) -> None:
    small = SmallBase(tmp_path)
    small.change(RULE_FILE, "source: [raeume-01]", "source: [raeume-02]")
    relations = Relations(small.load())
    assert "raeume-01" not in relations.citing
    assert ids(relations.citing["raeume-02"]) == ["raeume.raum", "raeume.technik"]
