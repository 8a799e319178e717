"""The glossary: every word once, and no reference that leads nowhere."""

from __future__ import annotations

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.rules.loader import default_rule_base

FILE = "knowledge/glossary.yaml"
TEXT = """\
glossary:
  - {term: Befund, text: Ergebnis einer Prüfung., see: [Hinweis]}
  - {term: Hinweis, text: Eine Möglichkeit.}
"""


@pytest.fixture
def glossary(base: SmallBase) -> SmallBase:
    """A small rule base with two words."""
    base.write(FILE, TEXT)
    return base


def test_a_rule_base_without_the_file_has_no_glossary(base: SmallBase) -> None:
    assert base.load().knowledge.glossary == {}


def test_words_come_in_the_order_of_the_file(glossary: SmallBase) -> None:
    found = glossary.load().knowledge.glossary
    assert list(found) == ["Befund", "Hinweis"]
    assert (found["Befund"].see, found["Hinweis"].see) == (("Hinweis",), ())


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("term: Hinweis", "term: Befund", "glossary.1.term", "Diesen Begriff gibt es schon."),
        ("see: [Hinweis]", "see: [Hinweise]", "glossary.0.see.0", "Diesen Begriff gibt es nicht."),
        ("see: [Hinweis]", "see: [Befund]", "glossary.0.see.0",
         "Ein Begriff verweist nicht auf sich selbst."),
        ("text: Eine Möglichkeit.", "text: ''", "glossary.1.text", "Dieser Text ist leer."),
    ],
)  # fmt: skip
def test_what_it_refuses(glossary: SmallBase, old: str, new: str, place: str, message: str) -> None:
    glossary.change(FILE, old, new)
    assert (place, message) in [(problem.place.path, problem.message) for problem in glossary.problems()]


def test_a_reference_names_the_nearest_word(glossary: SmallBase) -> None:
    glossary.change(FILE, "see: [Hinweis]", "see: [Hinweise]")
    assert glossary.problem().remedy == "Meinten Sie „Hinweis“?"


def test_the_glossary_that_travels_with_the_package_is_in_alphabetical_order() -> None:
    terms = [
        term.casefold().translate(str.maketrans("äöü", "aou"))
        for term in default_rule_base().knowledge.glossary
    ]
    assert terms == sorted(terms)
