from __future__ import annotations

from collections.abc import Mapping

from starlette.testclient import TestClient
from tests.api.conftest import make_app
from tests.api.web.conftest import HTML
from tests.rulebook.conftest import Page, read
from tests.rulebook.test_site import HOSTILE
from tests.rules.small_base import RULE_FILE, SmallBase

from qmadvisor.rulebook.site import render_site
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.rules.model import Retired
from qmadvisor_api import app as application


def test_no_section_is_called_like_a_page() -> None:
    names = set(default_rule_base().knowledge.guideline.sections)
    assert not names & {"regeln", "regel", "rat", "fragen"}


def test_the_service_and_the_files_say_the_same(pages: Mapping[str, Page]) -> None:
    site = render_site(default_rule_base())
    for rule in ("raeume.gruppenraum", "stundenumfang.halbe-stelle"):
        shown = pages[f"/regelbuch/regel/{rule}"].lines
        for line in read(site[f"rules/{rule}.html"]).lines.splitlines():
            assert line in shown


def test_words_of_the_glossary_lead_to_it(pages: Mapping[str, Page]) -> None:
    assert "/glossar#b-stadtteilbüro" in pages["/regelbuch/regel/raeume.gruppenraum"].links
    assert "/glossar#b-fördergebiet" in pages["/regelbuch/fragen"].links


# search


def test_a_search_works_without_a_script(reader: TestClient) -> None:
    page = read(reader.get("/regelbuch/regeln", params={"q": "  Gruppenraum "}, headers=HTML).text)
    assert "/regelbuch/regel/raeume.gruppenraum" in page.links
    assert "Treffer für „Gruppenraum“" in page.text
    assert page.headings[0] == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below <= above + 1


def test_a_script_gets_the_results_alone(reader: TestClient) -> None:
    whole = reader.get("/regelbuch/regeln", params={"q": "raeume-08"}, headers=HTML)
    part = reader.get("/regelbuch/regeln", params={"q": "raeume-08"}, headers={**HTML, "HX-Request": "true"})
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert part.headers["vary"] == "HX-Request"


def test_all_kinds_are_found(reader: TestClient) -> None:
    page = read(reader.get("/regelbuch/regeln", params={"q": "raum"}, headers=HTML).text)
    for place in ("/regelbuch/regel/", "/regelbuch/rat/", "/regelbuch/fragen#", "/glossar#"):
        assert any(link.startswith(place) for link in page.links), place
    assert "/leitfaden#p-raeume-08" in read(reader.get("/regelbuch/regeln?q=raeume-08").text).links


def test_a_search_that_finds_nothing_says_so(reader: TestClient) -> None:
    answer = reader.get("/regelbuch/regeln", params={"q": "xyzzy"}, headers=HTML)
    assert answer.status_code == 200
    assert "0 Treffer" in answer.text


def test_what_is_searched_for_is_shown_and_never_run(reader: TestClient) -> None:
    answer = reader.get("/regelbuch/regeln", params={"q": HOSTILE}, headers=HTML)
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert HOSTILE in read(answer.text).text


def test_a_very_long_search_is_cut(reader: TestClient) -> None:
    answer = reader.get("/regelbuch/regeln", params={"q": "lang " * 5000}, headers=HTML)
    assert answer.status_code == 200
    assert len(answer.text) < 20_000


# what is not there


def test_an_unknown_rule_names_the_nearest(reader: TestClient) -> None:
    answer = reader.get("/regelbuch/regel/raeume.gruppenraun", headers=HTML)
    assert answer.status_code == 404
    assert "Meinten Sie „raeume.gruppenraum“?" in answer.text


def test_unknown_addresses_are_404_and_escaped(reader: TestClient) -> None:
    for address in (
        "/regelbuch/nix",
        "/regelbuch/rat/nix",
        "/regelbuch/regel/<script>alert(1)<",
        "/hilfe/nix",
    ):
        answer = reader.get(address, headers=HTML)
        assert answer.status_code == 404, address
        assert "<script>alert" not in answer.text


def test_a_retired_rule_leads_to_its_successor() -> None:
    app = make_app()
    service = app.state.service
    stones = {
        "raeume.alt": Retired("raeume.gruppenraum", "0.1"),
        "raeume.weg": Retired(None, "0.1"),
    }
    object.__setattr__(service.rule_base, "retired", {**(before := service.rule_base.retired), **stones})
    try:
        client = TestClient(app, follow_redirects=False)
        moved = client.get("/regelbuch/regel/raeume.alt", headers=HTML)
        assert (moved.status_code, moved.headers["location"]) == (308, "/regelbuch/regel/raeume.gruppenraum")
        assert client.get("/regelbuch/regel/raeume.weg", headers=HTML).status_code == 410
    finally:
        object.__setattr__(service.rule_base, "retired", before)


# escaping


def test_markup_in_a_rule_is_shown_and_never_run(tmp_path, monkeypatch) -> None:
    small = SmallBase(tmp_path)
    small.change(RULE_FILE, "title: Raum ab 25 m²", f"title: {HOSTILE!r}".replace("\\'", "''"))
    small.change("knowledge/facts/probe.yaml", "label: Größe", f"label: {HOSTILE!r}".replace("\\'", "''"))
    base = small.load()
    monkeypatch.setattr(application, "default_rule_base", lambda: base)
    client = TestClient(make_app())
    addresses = ["/regelbuch", "/regelbuch/regeln", "/regelbuch/fragen", "/leitfaden", "/regelbuch/raeume"]
    for address in [*addresses, "/regelbuch/regel/raeume.raum"]:
        text = client.get(address, headers=HTML).text
        assert "<script>alert" not in text, address
        assert "<img" not in text, address
        assert not {one for one in read(text).attributes if one.startswith("on")}, address
