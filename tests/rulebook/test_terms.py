from __future__ import annotations

import pytest

from qmadvisor.knowledge.glossary import Entry
from qmadvisor.rulebook.terms import EVERYWHERE, Terms, anchor
from qmadvisor.rules.loader import default_rule_base

WORDS = ("Lenkungsgruppe", "ISEK", "Soziale Stadt", "Niedrigschwellig", "Befund")
GLOSSARY = {word: Entry(term=word, text="…") for word in WORDS}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In den Lenkungsgruppen sitzt …", ["Lenkungsgruppe"]),
        ("Das ISEK, im Programm Sozialer Stadt", ["ISEK", "Soziale Stadt"]),
        ("ein niedrigschwelliges Angebot", ["Niedrigschwellig"]),
        ("isek und ISEKTE, Lenkungsgruppensitzung, Lenkungsgruppe-Ost", []),
        ("Der Befund sagt nichts.", []),
    ],
)
def test_words_are_found_inflected_and_never_within_others(text: str, found: list[str]) -> None:
    assert [entry.term for entry in Terms(GLOSSARY).used_in([text])] == found


def test_what_stands_everywhere_is_in_the_glossary() -> None:
    assert set(default_rule_base().knowledge.glossary) >= EVERYWHERE


def test_anchors_tell_words_apart() -> None:
    terms = list(default_rule_base().knowledge.glossary)
    assert len({anchor(term) for term in terms}) == len(terms)
    assert anchor("Lokale Partnerschaft") == "b-lokale-partnerschaft"
