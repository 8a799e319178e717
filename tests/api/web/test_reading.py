"""What holds for every page to read: links, headings, landmarks, headers, nothing inline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import make_app
from tests.api.web.conftest import HTML, SINGLE
from tests.rulebook.conftest import Page

from qmadvisor.rules.loader import default_rule_base

#: Pages of others: that they are there is tested with them.
ELSEWHERE = ("/pruefen", "/fragen")


def test_no_internal_link_is_dead(reader: TestClient, pages: Mapping[str, Page]) -> None:
    known = {address: set(page.ids) for address, page in pages.items()}
    outside = set()
    for address, page in pages.items():
        for link in (*page.links, *page.sources):
            target, _, anchor = urljoin(address, link).partition("#")
            if target in known:
                assert not anchor or anchor in known[target], f"{address}: {link}"
            else:
                outside.add(target)
    assert not {link for link in outside if "://" in link}
    for link in sorted(outside):
        if link != "/" and not link.startswith(ELSEWHERE) and not link.startswith("/static/vendor/"):
            assert reader.get(link, headers=HTML).status_code == 200, link


def test_from_every_passage_to_its_rules_and_back(pages: Mapping[str, Page]) -> None:
    base = default_rule_base()
    ledger = pages["/leitfaden"]
    assert {f"p-{key}" for key in base.knowledge.guideline.passages} <= set(ledger.ids)
    for rule in base.rules:
        address = f"/regelbuch/regel/{rule.id}"
        assert address in ledger.links
        for passage in rule.spec.source:
            assert f"/leitfaden#p-{passage}" in pages[address].links
    for advice in base.advice:
        address = f"/regelbuch/rat/{advice.id}"
        assert address in pages["/regelbuch"].links
        for rule_id in advice.reads:
            assert f"/regelbuch/regel/{rule_id}" in pages[address].links
            assert address in pages[f"/regelbuch/regel/{rule_id}"].links


def test_every_rule_and_question_is_reachable_from_the_overview(pages: Mapping[str, Page]) -> None:
    reached, waiting = {"/regelbuch"}, ["/regelbuch"]
    while waiting:
        for link in pages[waiting.pop()].links:
            target = link.partition("#")[0]
            if target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert set(pages) - reached == set()
    facts = default_rule_base().knowledge.catalogue.facts
    assert {f"f-{path}" for path in facts} <= set(pages["/regelbuch/fragen"].ids)


def test_no_id_stands_twice_in_a_page(pages: Mapping[str, Page]) -> None:
    for address, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), address


def test_headings_begin_with_one_and_skip_no_level(pages: Mapping[str, Page]) -> None:
    for address, page in pages.items():
        assert page.headings[0] == 1, address
        assert page.headings.count(1) == 1, address
        for above, below in zip(page.headings, page.headings[1:], strict=False):
            assert below <= above + 1, address


def test_every_page_has_its_landmarks_language_and_skip_link(
    texts: Mapping[str, str], pages: Mapping[str, Page]
) -> None:
    for address, page in pages.items():
        assert [page.tags.count(tag) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1], (
            address
        )
        assert texts[address].startswith('<!doctype html>\n<html lang="de">'), address
        assert page.links[0] == "#inhalt", address


def test_titles_tell_pages_apart(texts: Mapping[str, str]) -> None:
    titles = {}
    for address, text in texts.items():
        titles.setdefault(re.findall("<title>(.*?)</title>", text)[0], []).append(address)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def test_nothing_is_inline(texts: Mapping[str, str], pages: Mapping[str, Page]) -> None:
    for address, page in pages.items():
        assert not {one for one in page.attributes if one.startswith("on") or one == "style"}, address
        assert "style" not in page.tags, address
        assert re.findall(r"<script(?![^>]* src=)", texts[address]) == [], address


@pytest.mark.parametrize("address", [*SINGLE, "/regelbuch/raeume", "/regelbuch/regel/raeume.gruppenraum"])
def test_headers_are_strict(reader: TestClient, address: str) -> None:
    headers = reader.get(address, headers=HTML).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["content-language"] == "de"
    assert "HX-Request" in headers["vary"]
    assert "set-cookie" not in headers


def test_a_lasting_page_has_an_entity_tag(reader: TestClient) -> None:
    first = reader.get("/methode", headers=HTML)
    assert first.headers["cache-control"] == "public, max-age=300"
    again = reader.get("/methode", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_below_a_path_of_its_own_every_link_keeps_it() -> None:
    client = TestClient(make_app(), root_path="/qm", raise_server_exceptions=False)
    for address in ("/regelbuch", "/regelbuch/regel/raeume.gruppenraum", "/leitfaden", "/hilfe", "/methode"):
        text = client.get(f"/qm{address}", headers=HTML).text
        for link in re.findall(r'(?:href|src|action|hx-get)="([^"]*)"', text):
            assert link.startswith(("/qm/", "#")), f"{address}: {link}"
