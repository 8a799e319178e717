"""The tables give what `evaluate` gives, whatever is known of a fact."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.example import at_least, between, condition, known
from tests.properties.strategies import Expressions, as_facts, conditions, examples, knowledge

from qmadvisor.language import syntax
from qmadvisor.language.evaluate import evaluate
from qmadvisor.language.tables import answers_of, group_of, reads_its_record_only


def grouped(text: str) -> tuple[str, str] | None:
    return group_of(condition(text), syntax.Fact)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("raum.flaeche >= 25", ("raum.flaeche", "bounds")),
        ('projekt.ende < date("2030-01-01")', ("projekt.ende", "bounds")),
        ("raum.flaeche = 25", ("raum.flaeche", "others")),
        ("raum.flaeche in [20..30]", ("raum.flaeche", "others")),
        ("raum.flaeche * 2 >= 25", ("raum.flaeche", "others")),
        ('angebote has "treff"', ("angebote", "options")),
        ('traeger.art = "verein"', ("traeger.art", "others")),
        ("buero.vorhanden", ("buero.vorhanden", "others")),
    ],
)
def test_a_comparison_of_one_fact_has_a_table(text: str, group: tuple[str, str]) -> None:
    assert grouped(text) == group


@pytest.mark.parametrize(
    "text",
    [
        "raum.flaeche >= raum.nebenflaeche",
        "raum.flaeche >= parameter.mindestflaeche at stichtag",
        "projekt.ende < stichtag",
        'some s in stellen satisfies (s.rolle = "leitung")',
    ],
)
def test_what_reads_anything_else_has_none(text: str) -> None:
    assert grouped(text) is None


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ('some s in stellen where s.umfang >= 0.5 satisfies (s.rolle = "leitung" or s.befristet)', True),
        ("every s in stellen satisfies (s.umfang >= 0.5 and buero.vorhanden)", False),
        ("every s in stellen satisfies (s.bis < stichtag)", False),
        ("every s in stellen satisfies (some a in akteure satisfies (a.aktiv))", False),
    ],
)
def test_which_statements_read_their_record_only(text: str, alone: bool) -> None:
    node = condition(text)
    assert isinstance(node, syntax.Quantified)
    assert reads_its_record_only(node) is alone


BOUNDS = ["raum.flaeche >= 25", "raum.flaeche < 25.5", "raum.flaeche > 30", "raum.flaeche <= 24"]


@pytest.mark.parametrize(
    "stated", [0, 24, "24.5", 25, "25.25", "25.5", 26, 30, 31, 4000, between(20, 26), at_least(25), None]
)
def test_between_and_on_the_bounds(stated: Any) -> None:
    nodes = [condition(text) for text in BOUNDS]
    facts = known({} if stated is None else {"raum.flaeche": stated})
    answers = answers_of("bounds", nodes)
    assert list(answers(facts.values["raum.flaeche"])) == [evaluate(node, facts).value for node in nodes]


def test_a_choice_of_which_some_options_are_excluded() -> None:
    nodes = [condition('traeger.art = "verein"'), condition('traeger.art in ("verein", "verband")')]
    answers = answers_of("others", nodes)
    assert list(answers(frozenset(["verein", "verband"]))) == [None, True]


@examples(150)
@given(data=st.data(), node=conditions(Expressions()))
def test_tables_agree_with_the_evaluation(data: st.DataObject, node: syntax.Expression) -> None:
    facts = as_facts(data.draw(knowledge(syntax.facts_read(node))))
    for atom in syntax.atoms(node):
        group = group_of(atom, syntax.Fact)
        if group is not None:
            path, kind = group
            assert list(answers_of(kind, [atom])(facts.values[path])) == [evaluate(atom, facts).value]
