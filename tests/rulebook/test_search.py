from __future__ import annotations

import pytest

from qmadvisor.rulebook.search import Entry, Index, plain

INDEX = Index(
    [
        Entry("rule", "raeume.gruppenraum", "Gruppenraum ab 25 m²", "Räume für Besprechungen"),
        Entry("rule", "raeume.zentral", "Zentrale Lage", "Der Gruppenraum liegt im Stadtteil"),
        Entry("fact", "buero.raum", "Größe des Raums", "Wie groß ist er?"),
        Entry("term", "Stadtteilbüro", "Stadtteilbüro", "Räume im Gebiet"),
    ]
)


def test_every_word_must_occur_and_titles_come_first() -> None:
    ((kind, found),) = INDEX.find("gruppenraum")
    assert kind == "rule"
    assert [one.key for one in found] == ["raeume.gruppenraum", "raeume.zentral"]
    assert INDEX.find("gruppenraum fehlt") == []


def test_kinds_are_kept_apart_in_their_order() -> None:
    assert [kind for kind, _ in INDEX.find("raum")] == ["rule", "fact", "term"]


@pytest.mark.parametrize("query", ["Räume", "raeume", "RÄUME", "raume", "  räume  "])
def test_umlauts_and_capitals_make_no_difference(query: str) -> None:
    assert INDEX.find(query)[0][1][0].key == "raeume.gruppenraum"


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_nothing_typed_finds_nothing(query: str) -> None:
    assert INDEX.find(query) == []


def test_a_long_query_ends() -> None:
    assert INDEX.find("x " * 10_000) == []


def test_plain_is_stable() -> None:
    assert plain("Größe, Büro, Straße") == plain(plain("GRÖSSE, buero, Strasse"))
