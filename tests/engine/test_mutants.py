"""The slips themselves: which changes are made to a condition, as text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.rules.small_base import FACT_FILE, HINT_FILE, SmallBase

from qmadvisor.engine.mutants import mutations, steps_of
from qmadvisor.language.checker import check_condition
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.rules.loader import RuleBase


@pytest.fixture
def loaded(base: SmallBase) -> RuleBase:
    base.change(
        FACT_FILE,
        "choices: {qm: Fachkraft, buero: Büro}",
        "choices: {qm: Fachkraft, buero: Büro, honorar: Honorarkraft}",
    )
    base.change(FACT_FILE, "unit: m², min: 0,", "unit: m², step: 0.5, min: 0,")
    base.change(
        FACT_FILE,
        "umfang: {type: stellenumfang, min: 0,",
        "umfang: {type: stellenumfang, step: 0.25, min: 0,",
    )
    return base.load()


def texts(loaded: RuleBase, condition: str) -> list[str]:
    catalogue = loaded.knowledge.catalogue
    node = check_condition(parse(condition), catalogue.vocabulary)
    return [to_text(mutation.node) for mutation in mutations(node, steps_of(catalogue))]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("buero.vorgesehen", ["not(buero.vorgesehen)"]),
        ("not(buero.vorgesehen)", ["buero.vorgesehen"]),
        (
            "buero.raum_m2 >= 25",
            [
                "not(buero.raum_m2 >= 25)",
                "buero.raum_m2 > 25",
                "buero.raum_m2 <= 25",
                "buero.raum_m2 >= 25.5",
                "buero.raum_m2 >= 24.5",
            ],
        ),
        (
            "vertrag.dauer < 36",
            [
                "not(vertrag.dauer < 36)",
                "vertrag.dauer <= 36",
                "vertrag.dauer > 36",
                "vertrag.dauer < 37",
                "vertrag.dauer < 35",
            ],
        ),
        ("vertrag.dauer = 36", ["vertrag.dauer != 36", "vertrag.dauer = 37", "vertrag.dauer = 35"]),
        ("vertrag.dauer != 36", ["vertrag.dauer = 36", "vertrag.dauer != 37", "vertrag.dauer != 35"]),
        (
            'vertrag.beginn <= date("2026-03-01")',
            [
                'not(vertrag.beginn <= date("2026-03-01"))',
                'vertrag.beginn < date("2026-03-01")',
                'vertrag.beginn >= date("2026-03-01")',
                'vertrag.beginn <= date("2026-03-02")',
                'vertrag.beginn <= date("2026-02-28")',
            ],
        ),
        (
            "vertrag.dauer > parameter.kurz at stichtag",
            [
                "not(vertrag.dauer > parameter.kurz at stichtag)",
                "vertrag.dauer >= parameter.kurz at stichtag",
                "vertrag.dauer < parameter.kurz at stichtag",
                "vertrag.dauer > parameter.kurz at stichtag + 1",
                "vertrag.dauer > parameter.kurz at stichtag - 1",
            ],
        ),
        (
            "vertrag.beginn < vertrag.ende",
            [
                "not(vertrag.beginn < vertrag.ende)",
                "vertrag.beginn <= vertrag.ende",
                "vertrag.beginn > vertrag.ende",
            ],
        ),
        (
            "vertrag.dauer in [12..24]",
            [
                "not(vertrag.dauer in [12..24])",
                "vertrag.dauer in [13..24]",
                "vertrag.dauer in [11..24]",
                "vertrag.dauer in [12..25]",
                "vertrag.dauer in [12..23]",
            ],
        ),
        (
            "vertrag.dauer in (12, 24)",
            ["not(vertrag.dauer in (12, 24))", "vertrag.dauer in (24)", "vertrag.dauer in (12)"],
        ),
        ("vertrag.dauer in (12)", ["not(vertrag.dauer in (12))"]),
        (
            'some s in stellen satisfies (s.rolle in ("qm", "buero"))',
            [
                'not(some s in stellen satisfies (s.rolle in ("qm", "buero")))',
                'every s in stellen satisfies (s.rolle in ("qm", "buero"))',
                'some s in stellen satisfies (not(s.rolle in ("qm", "buero")))',
                'some s in stellen satisfies (s.rolle in ("buero"))',
                'some s in stellen satisfies (s.rolle in ("honorar", "buero"))',
                'some s in stellen satisfies (s.rolle in ("qm"))',
                'some s in stellen satisfies (s.rolle in ("qm", "honorar"))',
            ],
        ),
        (
            'buero.technik has "internet"',
            ['not(buero.technik has "internet")', 'buero.technik has "computer"'],
        ),
        (
            "buero.vorgesehen and vertrag.dauer = 36",
            [
                "not(buero.vorgesehen and vertrag.dauer = 36)",
                "buero.vorgesehen or vertrag.dauer = 36",
                "vertrag.dauer = 36",
                "buero.vorgesehen",
                "not(buero.vorgesehen) and vertrag.dauer = 36",
                "buero.vorgesehen and vertrag.dauer != 36",
                "buero.vorgesehen and vertrag.dauer = 37",
                "buero.vorgesehen and vertrag.dauer = 35",
            ],
        ),
        (
            'not(buero.vorgesehen or buero.technik has "internet")',
            [
                'buero.vorgesehen or buero.technik has "internet"',
                'not(buero.vorgesehen and buero.technik has "internet")',
                'not(buero.technik has "internet")',
                "not(buero.vorgesehen)",
                'not(not(buero.vorgesehen) or buero.technik has "internet")',
                'not(buero.vorgesehen or not(buero.technik has "internet"))',
                'not(buero.vorgesehen or buero.technik has "computer")',
            ],
        ),
        (
            'some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5)',
            [
                'not(some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5))',
                'every s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5)',
                "some s in stellen satisfies (s.umfang >= 0.5)",
                'some s in stellen where s.rolle != "qm" satisfies (s.umfang >= 0.5)',
                'some s in stellen where s.rolle = "buero" satisfies (s.umfang >= 0.5)',
                'some s in stellen where s.rolle = "honorar" satisfies (s.umfang >= 0.5)',
                'some s in stellen where s.rolle = "qm" satisfies (not(s.umfang >= 0.5))',
                'some s in stellen where s.rolle = "qm" satisfies (s.umfang > 0.5)',
                'some s in stellen where s.rolle = "qm" satisfies (s.umfang <= 0.5)',
                'some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.75)',
                'some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.25)',
            ],
        ),
        (
            "count(s in stellen where s.umfang = 1) >= 2",
            [
                "not(count(s in stellen where s.umfang = 1) >= 2)",
                "count(s in stellen where s.umfang = 1) > 2",
                "count(s in stellen where s.umfang = 1) <= 2",
                "count(s in stellen where s.umfang = 1) >= 3",
                "count(s in stellen where s.umfang = 1) >= 1",
                "count(s in stellen) >= 2",
                "count(s in stellen where s.umfang != 1) >= 2",
                "count(s in stellen where s.umfang = 1.25) >= 2",
                "count(s in stellen where s.umfang = 0.75) >= 2",
            ],
        ),
        (
            "sum(s.umfang for s in stellen) > stellen_zusammen",
            [
                "not(sum(s.umfang for s in stellen) > stellen_zusammen)",
                "sum(s.umfang for s in stellen) >= stellen_zusammen",
                "sum(s.umfang for s in stellen) < stellen_zusammen",
                "sum(s.umfang for s in stellen) > stellen_zusammen + 0.01",
                "sum(s.umfang for s in stellen) > stellen_zusammen - 0.01",
            ],
        ),
    ],
)
def test_every_slip_in_a_condition(loaded: RuleBase, condition: str, expected: list[str]) -> None:
    assert texts(loaded, condition) == expected


def test_every_change_says_what_it_is(loaded: RuleBase) -> None:
    catalogue = loaded.knowledge.catalogue
    condition = 'buero.vorgesehen and some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5)'
    node = check_condition(parse(condition), catalogue.vocabulary)
    changes = [mutation.change for mutation in mutations(node, steps_of(catalogue))]
    assert changes == [
        f"verneint: {condition}",
        "or statt and",
        "ohne buero.vorgesehen",
        'ohne some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5)',
        "verneint: buero.vorgesehen",
        'verneint: some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 0.5)',
        "every statt some",
        'ohne where s.rolle = "qm"',
        "!= statt =",
        "„buero“ statt „qm“",
        "„honorar“ statt „qm“",
        "verneint: s.umfang >= 0.5",
        "> statt >=",
        "<= statt >=",
        "0.75 statt 0.5",
        "0.25 statt 0.5",
    ]


def test_steps_are_those_of_the_catalogue(loaded: RuleBase) -> None:
    assert steps_of(loaded.knowledge.catalogue) == {
        "buero.raum_m2": Fraction(1, 2),
        "stellen.umfang": Fraction(1, 4),
    }


def test_what_is_always_offered_can_only_be_offered_to_nobody(base: SmallBase) -> None:
    base.change(HINT_FILE, "offer_when: some s in stellen satisfies (s.umfang >= 0.5)", "offer_when: true")
    assert texts(base.load(), "true") == ["not(true)"]
