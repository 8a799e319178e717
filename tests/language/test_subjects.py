import re

import pytest
from tests.language.example import VOCABULARY

from qmadvisor.language.subjects import Subject, parse_subject


@pytest.mark.parametrize(
    ("text", "subject", "fact", "label"),
    [
        ("raum.flaeche", Subject("raum.flaeche"), "raum.flaeche", "Fläche"),
        ("stellen", Subject("stellen"), "stellen", "Stellen"),
        ("angebote[treff]", Subject("angebote", item="treff"), "angebote", "Angebote"),
        (
            "stellen[leitung].umfang",
            Subject("stellen", "leitung", "umfang"),
            "stellen[leitung].umfang",
            "Umfang",
        ),
        (
            "stellen[leitung].angebote[treff]",
            Subject("stellen", "leitung", "angebote", "treff"),
            "stellen[leitung].angebote",
            "Angebote der Stelle",
        ),
    ],
)
def test_a_subject_is_taken_apart(text, subject, fact, label):
    parsed = parse_subject(text)
    assert (parsed, parsed.fact, parsed.term(VOCABULARY).words.label) == (subject, fact, label)


@pytest.mark.parametrize("text", ["", "[treff]", "stellen[", "stellen[].umfang", "stellen[a].umfang[b].c"])
def test_what_is_no_subject_is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_subject(text)
