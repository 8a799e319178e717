"""What became of every passage, counted by section."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.rules.small_base import GUIDELINE_FILE, RULE_FILE, SmallBase

from qmadvisor.rules.coverage import PassageCounts, coverage_of
from qmadvisor.rules.loader import default_rule_base


def test_passages_that_rules_cite_are_encoded(base: SmallBase) -> None:
    coverage = coverage_of(base.load())
    assert coverage.total == PassageCounts(
        passages=3, normative=3, encoded=3, not_normative=0, not_checkable=0, open=0
    )
    assert [(one.section, one.title, one.passages, one.encoded) for one in coverage.sections] == [
        ("laufzeit", "Laufzeit", 1, 1),
        ("raeume", "Räume", 2, 2),
    ]


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ("", "open"),
        (", modality: kann, word: kann", "open"),
        (", not_normative: beschreibt", "not_normative"),
        (", not_checkable: zu vage", "not_checkable"),
    ],
)
def test_a_passage_that_no_rule_cites(base: SmallBase, account: str, field: str) -> None:
    new = f"  - {{id: raeume-03, page: 3, section: raeume{account}}}\n"
    base.write(GUIDELINE_FILE, base.read(GUIDELINE_FILE) + new)
    coverage = coverage_of(base.load())
    assert getattr(coverage.total, field) == 1
    assert coverage.total.encoded == 3
    assert coverage.sections[1].open_passages == (("raeume-03",) if field == "open" else ())


def test_a_passage_with_a_modality_and_without_a_rule_is_open(base: SmallBase) -> None:
    """That it was read is no account: somebody has to write the rule."""
    base.change(RULE_FILE, "source: [raeume-01]", "source: [raeume-02]")
    coverage = coverage_of(base.load())
    assert coverage.sections[1].open_passages == ("raeume-01",)
    assert coverage.total.normative == 3


def test_a_rule_weighs_more_than_an_excuse(base: SmallBase) -> None:
    base.change(GUIDELINE_FILE, "modality: soll, word: sollte", "not_checkable: zu vage")
    assert coverage_of(base.load()).total.encoded == 3


def test_every_passage_of_the_guideline_counts_once() -> None:
    coverage = coverage_of(default_rule_base())
    for counts in (coverage.total, *coverage.sections):
        accounts = counts.encoded + counts.not_normative + counts.not_checkable + counts.open
        assert counts.passages == accounts
    assert coverage.total.passages == 350 == sum(one.passages for one in coverage.sections)
    assert [one.section for one in coverage.sections] == list(
        default_rule_base().knowledge.guideline.sections
    )


def test_a_coverage_cannot_be_changed(base: SmallBase) -> None:
    coverage = coverage_of(base.load())
    with pytest.raises(ValidationError):
        coverage.total.open = 0
