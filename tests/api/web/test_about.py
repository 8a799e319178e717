"""What the pages about the service say must be true."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.api.web.conftest import HTML
from tests.rulebook.conftest import Page, read

from qmadvisor import documents
from qmadvisor.engine.check import Checker
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.reader import read_setup
from qmadvisor_api.logs import FIELDS, JsonFormatter
from qmadvisor_api.web.pages.about import EXAMPLE_RULE, RANGE_EXAMPLES, RangeExample

PAGES = ("/barrierefreiheit", "/datenschutz", "/impressum", "/leichte-sprache", "/hilfe")


@pytest.mark.parametrize("example", RANGE_EXAMPLES, ids=lambda one: one.answer)
def test_the_examples_of_the_method_page_come_out_as_it_says(example: RangeExample) -> None:
    base = default_rule_base()
    text = (
        "schema: qmadvisor.setup/1\ntitel: Probe\nstadtteilbuero:\n  vorgesehen: ja\n  gruppenraum: ja\n"
        f"  gruppenraum_m2: {example.answer}\n"
    )
    node = documents.read_bytes(text.encode(), "probe.yaml")
    known = base.knowledge
    setup = read_setup(node, known.catalogue, known.parameters, date(2026, 11, 25), name="probe.yaml")
    findings = Checker(base, "compiled").check(setup, date(2026, 11, 25)).findings
    assert next(one for one in findings if one.rule.id == EXAMPLE_RULE).status is example.status


def test_the_method_page_dates_every_value_and_names_every_source(pages: Mapping[str, Page]) -> None:
    known, text = default_rule_base().knowledge, pages["/methode"].text
    for spec in known.parameters.specs.values():
        assert spec.title in text
        for value in spec.values:
            assert value.source in text
            assert not value.checked or "geprüft am {2}.{1}.{0}".format(*value.checked.split("-")) in text
    unchecked = sum(
        value.checked is None for spec in known.parameters.specs.values() for value in spec.values
    )
    assert pages["/methode"].lines.count("| ungeprüft") == unchecked
    for source in known.sources.values():
        assert source.title in text or source.key.startswith("leitfaden-")


def test_the_glossary_is_whole(pages: Mapping[str, Page]) -> None:
    for entry in default_rule_base().knowledge.glossary.values():
        assert entry.term in pages["/glossar"].text
        assert " ".join(entry.text.split()) in pages["/glossar"].text


# privacy


def test_the_log_holds_the_fields_that_the_privacy_page_names_and_no_other(
    reader: TestClient, caplog: pytest.LogCaptureFixture, pages: Mapping[str, Page]
) -> None:
    caplog.set_level(logging.INFO, "qmadvisor_api.request")
    reader.get("/regelbuch/regeln?q=geheim", headers={**HTML, "User-Agent": "Neugier", "Cookie": "a=b"})
    line = JsonFormatter().format(caplog.records[-1])
    assert set(json.loads(line)) == set(FIELDS)
    for private in ("geheim", "Neugier", "a=b", "testclient"):
        assert private not in line
    for field, meaning in FIELDS.items():
        assert f"{field} | {meaning}" in pages["/datenschutz"].lines


def test_no_page_sets_a_cookie(reader: TestClient) -> None:
    for address in (*PAGES, "/", "/regelbuch"):
        assert "set-cookie" not in reader.get(address, headers=HTML).headers


# who runs it


def test_without_an_operator_the_pages_say_so(reader: TestClient) -> None:
    assert "kein Anbieter eingetragen" in reader.get("/impressum", headers=HTML).text
    assert "kein Anbieter eingetragen" in reader.get("/datenschutz", headers=HTML).text
    assert "keine Beratungsstelle eingetragen" in reader.get("/hilfe", headers=HTML).text
    assert "keine Stelle dafür eingetragen" in reader.get("/barrierefreiheit", headers=HTML).text
    assert "noch keine Adresse" in reader.get("/leichte-sprache", headers=HTML).text


def test_without_an_operator_no_contact_is_named(reader: TestClient) -> None:
    for address in PAGES:
        text = read(reader.get(address, headers=HTML).text).text
        assert "@" not in text, address
        assert not re.search(r"\b0\d{2,5}[ /-]?\d{3,}", text), address


def test_what_the_operator_tells_is_shown(told: TestClient) -> None:
    imprint = read(told.get("/impressum", headers=HTML).text)
    assert "Stadt Beispielstadt" in imprint.text
    assert "mailto:quartier@beispielstadt.example" in imprint.links
    assert "https://beispielstadt.example" in imprint.links
    help_page = read(told.get("/hilfe", headers=HTML).text)
    assert "Servicestelle Beispiel" in help_page.text
    assert "Stand dieser Angaben: 25.11.2026." in help_page.text
    privacy = read(told.get("/datenschutz", headers=HTML).text).text
    assert "nach sieben Tagen" in privacy
    assert "Landesbeauftragte für den Datenschutz" in privacy
    assert "Erklärung ist vom 25.11.2026" in read(told.get("/barrierefreiheit", headers=HTML).text).text
    assert "barrierefrei@beispielstadt.example" in told.get("/leichte-sprache", headers=HTML).text


# easy language

_PASSIVE = re.compile(r"\b(werden|wird|wurden?|worden)\b")
_SHORT = re.compile(r"\b(z\. ?B\.|usw\.|d\. ?h\.|ggf\.|bzw\.|inkl\.|[A-ZÄÖÜ]{2,}[a-z]?\b)")
_GENITIVE = re.compile(r"\b(des|eines|deren|dessen)\b")
_CONJUNCTIVE = re.compile(r"\b(hätten?|wären?|würden?|könnten?|sollten?|müssten?)\b")


@pytest.mark.parametrize("client", ["reader", "told"])
def test_easy_language_keeps_its_rules(client: str, request: pytest.FixtureRequest) -> None:
    page = read(request.getfixturevalue(client).get("/leichte-sprache", headers=HTML).text)
    sentences = [
        line for line in page.lines.splitlines() if "@" not in line and not line.startswith("Telefon")
    ]
    assert len(sentences) > 40
    for sentence in sentences:
        assert len(sentence.split()) <= 10, sentence
        assert len(re.findall(r"[.!?](?:\s|$)", sentence)) <= 1, sentence
        assert not _PASSIVE.search(sentence), sentence
        assert not _SHORT.search(sentence), sentence
        assert not _GENITIVE.search(sentence), sentence
        assert not _CONJUNCTIVE.search(sentence), sentence
        assert all(len(word) <= 22 for word in re.split(r"[\s-]+", sentence)), sentence


# help


def test_the_help_page_leads_to_every_chapter_of_the_handbook(pages: Mapping[str, Page]) -> None:
    handbook = pages["/hilfe/handbuch"]
    chapters = [link for link in pages["/hilfe"].links if link.startswith("/hilfe/handbuch#")]
    assert len(chapters) == handbook.headings.count(2)
    assert {link.partition("#")[2] for link in chapters} <= set(handbook.ids)


def test_the_handbook_leads_to_the_notation(pages: Mapping[str, Page]) -> None:
    assert "planungsdatei" in pages["/hilfe/handbuch"].links
    assert "qmadvisor.setup/1" in pages["/hilfe/planungsdatei"].text
