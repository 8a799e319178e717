"""The ledger: every passage once, in order, with one account of what became of it."""

from __future__ import annotations

import pytest
from tests.rules.small_base import GUIDELINE_FILE, SmallBase

from qmadvisor.rules.loader import default_rule_base

GUIDELINE = default_rule_base().knowledge.guideline


# What it refuses


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("id: raeume-02", "id: raeume-01", ":11:6 passages.2.id", "Diese Passage gibt es schon."),
        ("section: laufzeit,", "section: laufzeiten,", ":9:32 passages.0.section",
         "Diesen Abschnitt gibt es nicht."),
        ("key: raeume", "key: laufzeit", ":7:5 sections.1", "Diesen Abschnitt gibt es schon."),
        ("modality: soll, ", "", ":10:5 passages.1", "modality und word gehören zusammen."),
        (", word: sollte", "", ":10:5 passages.1", "modality und word gehören zusammen."),
        ("word: sollte", "word: sollte, not_normative: x", ":10:5 passages.1",
         "Eine Passage hat eine Modalität, oder sie ist nicht normativ, oder nicht prüfbar."),
        ("modality: soll", "modality: darf", ":10:47 passages.1.modality",
         "Dieser Wert ist hier nicht vorgesehen."),
        ("page: 1", "page: eins", ":9:23 passages.0.page", "Hier wird eine ganze Zahl erwartet."),
        ("publisher: Stelle\n", "", ":1:1 publisher", "Dieser Schlüssel ist nötig und noch nicht angegeben."),
    ],
)  # fmt: skip
def test_what_the_ledger_refuses(base: SmallBase, old: str, new: str, place: str, message: str) -> None:
    base.change(GUIDELINE_FILE, old, new)
    found = [(str(problem.place), problem.message) for problem in base.problems()]
    assert (f"hegiss-2018.yaml{place}", message) in found


def test_an_unknown_section_names_the_nearest(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "section: laufzeit,", "section: laufzeiten,")
    assert base.problem().remedy == "Meinten Sie „laufzeit“?"


# What it holds


def test_it_has_all_350_passages_from_page_2_on() -> None:
    assert len(GUIDELINE.passages) == 350
    pages = [passage.page for passage in GUIDELINE.passages.values()]
    assert pages == sorted(pages)
    assert pages[0] == 2


def test_passages_stand_in_the_order_of_the_sections_and_are_numbered_without_gaps() -> None:
    order = list(GUIDELINE.sections)
    sections = [passage.section for passage in GUIDELINE.passages.values()]
    assert sections == sorted(sections, key=order.index)
    for section in order:
        ids = [passage.id for passage in GUIDELINE.passages.values() if passage.section == section]
        assert ids == [f"{section}-{number:02}" for number in range(1, len(ids) + 1)], section


def test_a_rule_cites_each_passage_or_there_is_a_reason_why_none_does() -> None:
    cited = {passage for rule in default_rule_base().rules for passage in rule.spec.source}
    for passage in GUIDELINE.passages.values():
        reason = passage.not_normative or passage.not_checkable
        assert (passage.id in cited) != bool(reason), passage.id
        assert bool(passage.modality) == (passage.id in cited), passage.id


def test_every_rule_rests_on_a_passage_of_its_own_section() -> None:
    for rule in default_rule_base().rules:
        sections = {GUIDELINE.passages[passage].section for passage in rule.spec.source}
        assert rule.spec.section in sections, rule.id


def test_rules_stand_in_the_order_of_the_sections() -> None:
    sections = [rule.spec.section for rule in default_rule_base().rules]
    assert sections == sorted(sections, key=list(GUIDELINE.sections).index)
