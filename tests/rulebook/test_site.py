from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.rulebook.conftest import Page, read
from tests.rules.small_base import RULE_FILE, SmallBase

from qmadvisor import rulebook
from qmadvisor.rulebook.site import render_site
from qmadvisor.rulebook.terms import anchor
from qmadvisor.rules.loader import RuleBase

ASSETS = Path(rulebook.__file__).parent / "assets"
HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>&amp;"


# completeness


def test_every_rule_section_passage_and_fact_has_its_place(base: RuleBase, pages: dict[str, Page]) -> None:
    known = base.knowledge
    assert {f"rules/{rule.id}.html" for rule in base.rules} == {
        name for name in pages if name.startswith("rules/")
    }
    assert {f"advice/{advice.id.removeprefix('advice.')}.html" for advice in base.advice} == {
        name for name in pages if name.startswith("advice/")
    }
    assert {f"sections/{key}.html" for key in known.guideline.sections} == {
        name for name in pages if name.startswith("sections/")
    }
    assert {f"p-{key}" for key in known.guideline.passages} <= set(pages["passages.html"].ids)
    assert {f"f-{path}" for path in known.catalogue.facts} <= set(pages["facts.html"].ids)


def test_every_rule_is_linked_from_its_section_the_list_and_its_passages(
    base: RuleBase, pages: dict[str, Page]
) -> None:
    for rule in base.rules:
        target = f"rules/{rule.id}.html"
        assert f"../{target}" in pages[f"sections/{rule.spec.section}.html"].links
        assert target in pages["rules.html"].links
        assert target in pages["passages.html"].links
        for passage in rule.spec.source:
            assert f"../passages.html#p-{passage}" in pages[target].links


def test_advice_is_linked_with_its_rules_and_passages_both_ways(
    base: RuleBase, pages: dict[str, Page]
) -> None:
    for advice in base.advice:
        target = f"advice/{advice.id.removeprefix('advice.')}.html"
        assert target in pages["index.html"].links
        assert target in pages["rules.html"].links
        for rule in advice.reads:
            assert f"../rules/{rule}.html" in pages[target].links
            assert f"../{target}" in pages[f"rules/{rule}.html"].links
        for passage in advice.spec.source:
            assert f"../passages.html#p-{passage}" in pages[target].links
            assert target in pages["passages.html"].links


def test_the_words_of_the_glossary_and_the_dated_values_have_their_place(
    base: RuleBase, pages: dict[str, Page]
) -> None:
    known = base.knowledge
    assert ("glossary.html" in pages) == bool(known.glossary)
    assert {anchor(term) for term in known.glossary} <= set(pages.get("glossary.html", Page()).ids)
    assert {f"w-{name}" for name in known.parameters.names} <= set(pages["method.html"].ids)
    for spec in known.parameters.specs.values():
        unchecked = any(value.checked is None for value in spec.values)
        assert not unchecked or "ungeprüft" in pages["method.html"].text


def test_the_search_knows_every_rule_of_the_list(base: RuleBase, site: dict[str, str]) -> None:
    script = site["assets/search-index.js"]
    prefix = "const RULE_BOOK_INDEX = "
    assert script.startswith(prefix)
    index = json.loads(script.removeprefix(prefix).rstrip(";\n"))
    assert set(index) == set(base.ids)
    assert set(re.findall(r'data-rule="([^"]+)"', site["rules.html"])) == set(index)
    for rule in base.rules:
        assert rule.spec.title in index[rule.id]
        assert rule.spec.source[0] in index[rule.id]


def test_without_script_the_list_is_whole_and_the_search_hidden(site: dict[str, str]) -> None:
    assert site["rules.html"].count(" hidden>") == 1
    assert '<form id="suche" role="search" hidden>' in site["rules.html"]


# form


def test_no_internal_link_is_dead(site: dict[str, str], pages: dict[str, Page]) -> None:
    ids = {name: set(page.ids) for name, page in pages.items()}
    for name, page in pages.items():
        for link in (*page.links, *page.sources):
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert target in site, f"{name}: {link}"
            assert not anchor or anchor in ids[target], f"{name}: {link}"


def test_no_id_stands_twice_in_a_page(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_headings_begin_with_one_and_skip_no_level(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.headings[0] == 1, name
        assert page.headings.count(1) == 1, name
        for above, below in zip(page.headings, page.headings[1:], strict=False):
            assert below <= above + 1, name


def test_every_page_has_its_landmarks_language_and_skip_link(
    site: dict[str, str], pages: dict[str, Page]
) -> None:
    for name, page in pages.items():
        assert [page.tags.count(tag) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1], name
        assert site[name].startswith('<!doctype html>\n<html lang="de">'), name
        assert page.links[0] == "#inhalt", name
        assert "inhalt" in page.ids, name


def test_titles_tell_pages_apart(site: dict[str, str]) -> None:
    titles = [
        re.findall("<title>(.*?)</title>", text)[0]
        for name, text in site.items()
        if not name.startswith(("rules/", "advice/")) and name.endswith(".html")
    ]
    assert len(titles) == len(set(titles))


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    site: dict[str, str], pages: dict[str, Page]
) -> None:
    for name, page in pages.items():
        assert "default-src 'none'; style-src 'self'; script-src 'self'" in site[name]
        assert not {one for one in page.attributes if one.startswith("on") or one == "style"}, name
        assert "style" not in page.tags, name
        assert "://" not in " ".join((*page.links, *page.sources)), name
        assert re.findall(r"<script(?![^>]* src=)", site[name]) == [], name
    for name in ("style.css", "book.css", "search.js"):
        assert "://" not in site[f"assets/{name}"]
        assert "innerHTML" not in site[f"assets/{name}"]


def test_the_same_rules_give_the_same_files(small: RuleBase, small_site: dict[str, str]) -> None:
    assert list(render_site(small).items()) == list(small_site.items())


# escaping


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Raum ab 25 m²", f"title: {json.dumps(HOSTILE)}"),
        ("Das passt nicht.", json.dumps(HOSTILE)),
        ("Messen Sie nach.", json.dumps(HOSTILE)),
        (
            "examples:\n",
            f"notes: [{json.dumps(HOSTILE)}]\ninterpretation: {json.dumps(HOSTILE)}\nexamples:\n",
        ),
        ("{buero.vorgesehen: nein}", f"{{buero.vorgesehen: {{wert: nein, notiz: {json.dumps(HOSTILE)}}}}}"),
    ],
    ids=["title", "says", "advice", "notes", "example"],
)
def test_markup_in_a_rule_is_shown_and_never_run(tmp_path: Path, old: str, new: str) -> None:
    small = SmallBase(tmp_path)
    small.change(RULE_FILE, old, new)
    files = render_site(small.load())
    for name, text in files.items():
        if name.endswith(".html"):
            assert "<script>alert" not in text, name
            assert "<img" not in text, name
            assert not {one for one in read(text).attributes if one.startswith("on")}, name
    assert HOSTILE in read(files["rules/raeume.raum.html"]).text


def test_markup_in_a_fact_stays_text_also_as_a_placeholder(tmp_path: Path) -> None:
    small = SmallBase(tmp_path)
    small.change("knowledge/facts/probe.yaml", "label: Größe", f"label: {json.dumps(HOSTILE)}")
    small.change(RULE_FILE, "Das passt nicht.", "Nur {buero.raum_m2}.")
    files = render_site(small.load())
    assert "<script>alert" not in files["rules/raeume.raum.html"] + files["facts.html"]
    assert f"Nur {HOSTILE}." in read(files["rules/raeume.raum.html"]).text


# what the pages say


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "sections/raeume.html",
        "passages.html",
        "facts.html",
        "method.html",
        "advice/stunden-und-gebiet.html",
    ],
)
def test_a_page_as_it_reads(small_site: dict[str, str], snapshot: SnapshotAssertion, name: str) -> None:
    assert read(small_site[name]).lines == snapshot


@pytest.mark.parametrize(
    "rule", ["raeume.gruppenraum", "personal.sprechzeiten", "personal.vertragsdauer", "raeume.mitnutzung"]
)
def test_a_rule_as_it_reads(small_site: dict[str, str], snapshot: SnapshotAssertion, rule: str) -> None:
    assert read(small_site[f"rules/{rule}.html"]).lines == snapshot


# colours


def test_text_has_enough_contrast_in_light_and_dark() -> None:
    css = (ASSETS / "style.css").read_text("utf-8")
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.S)
    ]
    assert len(schemes) == 3  # light, dark, print
    for scheme in schemes:
        for ink in ("ink", "soft", "link", "good", "bad", "open", "focus"):
            for paper in ("paper", "tint"):
                if ink in scheme:
                    assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)


def contrast(one: str, other: str) -> float:
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
