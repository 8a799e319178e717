from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.api.web.plans import NAMES, PAGE, example

from qmadvisor.documents import read_bytes
from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.report.build import build_report
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import load_setup, read_setup

VIOLATED = "personal.vertragsdauer"


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _read(data: bytes, *, json_only: bool) -> Setup:
    base = default_rule_base()
    known = base.knowledge
    node = read_bytes(data, "", json_only=json_only)
    return read_setup(node, known.catalogue, known.parameters, date.today(), name="")


def _checked(path: Path) -> CheckResult:
    base = default_rule_base()
    known = base.knowledge
    return Checker(base, "compiled").check(
        load_setup(path, known.catalogue, known.parameters, date.today()), date.today()
    )


def test_without_a_plan_the_page_says_where_one_begins(client: TestClient) -> None:
    answer = client.get("/ergebnis")
    assert answer.status_code == 200
    assert 'href="/"' in answer.text
    assert "/ergebnis?beispiel=friedberg-2014" in answer.text
    assert client.post("/ergebnis", data={"plan": "kein Plan"}).status_code == 422
    assert client.get("/ergebnis?beispiel=gibt-es-nicht").status_code == 404


@pytest.mark.parametrize("name", ["friedberg-2014", "offenbach-nordend-2018"])
def test_an_example_gives_exactly_the_report_of_the_command_line(
    client: TestClient, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qmadvisor.cli import main

    target = tmp_path / "bericht.json"
    path = knowledge_root() / "examples" / f"{name}.yaml"
    monkeypatch.setattr(
        "sys.argv",
        ["qmadvisor", "check", str(path), "--format", "json", "-o", str(target), "--fail-on", "never"],
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    answer = client.post("/ergebnis/download/bericht.json", data={"plan": example(name)})
    assert answer.text == target.read_text("utf-8")
    page = _text(client.get(f"/ergebnis?beispiel={name}").text)
    for finding in json.loads(answer.text)["findings"]:
        assert " ".join(finding["message"].split()) in page
        assert finding["title"] in page


@pytest.mark.parametrize("name", NAMES)
def test_a_downloaded_plan_says_the_same(client: TestClient, name: str) -> None:
    plan = example(name)
    digest = _read(plan.encode(), json_only=True).digest
    for kind in ("json", "yaml"):
        answer = client.post(f"/ergebnis/download/setup.{kind}", data={"plan": plan})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="planung-')
        assert _read(answer.content, json_only=kind == "json").digest == digest


class _Addresses(HTMLParser):
    """Collects what a page would load or link to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")
        ]
        assert tag not in ("script", "link", "iframe", "img", "form", "button")


def test_the_saved_report_needs_nothing_else_and_lacks_nothing(client: TestClient) -> None:
    plan = example()
    saved = client.post("/ergebnis/download/bericht.html", data={"plan": plan}).text
    parser = _Addresses()
    parser.feed(saved)
    assert all(one.startswith("#") for one in parser.found)
    assert "@import" not in saved
    assert not re.search(r"url\((?!#)", saved)
    assert saved.count("<details") == saved.count(" open>")
    report = build_report(_checked(knowledge_root() / "examples" / "friedberg-2014.yaml"))
    said = _text(saved)
    for finding in report.findings:
        assert _text(finding.message) in said
        assert finding.advice is None or _text(finding.advice.text) in said
    for hint in report.hints:
        assert _text(hint.message) in said


def test_a_finding_tells_why_where_and_what_to_do(client: TestClient) -> None:
    page = client.post("/ergebnis", data={"plan": example(), "filter.status": "violated"}).text
    assert page.count('<article class="qm-befund qm-befund--violated"') == 1
    part = page[page.index('id="befund-personal-vertragsdauer"') :]
    part = part[: part.index("</article>")]
    said = _text(part)
    for expected in (
        "Warum",
        "Jede Bedingung im Einzelnen",
        "Was tun",
        "Wer:",
        "Bis wann:",
        "Aufwand:",
        "Quelle",
    ):
        assert expected.rstrip(":") in said
    assert f'href="/regelbuch/regel/{VIOLATED}"' in part
    assert 'href="/leitfaden#p-personal-26"' in part


@pytest.mark.parametrize(
    "wanted",
    [
        {"filter.status": "fulfilled"},
        {"filter.staerke": ["muss", "soll"]},
        {"filter.abschnitt": "raeume"},
        {"filter.phase": "isek"},
        {"filter.wer": "politik"},
        {"filter.status": "open", "filter.staerke": "ideal", "filter.wer": "kommune"},
    ],
)
def test_filters_leave_what_is_wanted(client: TestClient, wanted: dict[str, str | list[str]]) -> None:
    plan = example("offenbach-nordend-2018")
    page = client.post("/ergebnis", data={"plan": plan, **wanted}).text
    rules = {rule.id: rule.spec for rule in default_rule_base().rules}
    report = client.post("/ergebnis/download/bericht.json", data={"plan": plan}).json()
    expected = set()
    for finding in report["findings"]:
        advice = rules[finding["rule"]].advice
        one = {
            "filter.status": {finding["status"]},
            "filter.staerke": {finding["strength"]},
            "filter.abschnitt": {finding["section"]},
            "filter.phase": {advice.until} if advice else set(),
            "filter.wer": set(advice.by) if advice else set(),
        }
        if all(
            one[key] & ({value} if isinstance(value, str) else set(value)) for key, value in wanted.items()
        ):
            expected.add("befund-" + finding["rule"].replace(".", "-"))
    assert expected
    assert set(re.findall(r'<article class="qm-befund [^"]*" id="([^"]+)"', page)) == expected
    assert f"{len(expected)} von {len(report['findings'])} Befunden" in page


def test_a_script_gets_only_the_findings(client: TestClient) -> None:
    data = {"plan": example(), "filter.status": "violated"}
    part = client.post("/ergebnis", data=data, headers={"HX-Request": "true"})
    assert "HX-Request" in part.headers["vary"]
    assert "<html" not in part.text
    assert 'id="befunde"' in part.text
    assert '<input type="hidden" form="planung" name="filter.status" value="violated">' in part.text


def test_strange_filters_change_nothing(client: TestClient) -> None:
    data = {"plan": example(), "filter.status": "<script>", "filter.phase": "x" * 500, "filter.wer": ""}
    page = client.post("/ergebnis", data=data)
    assert page.status_code == 200
    assert "<script>" not in page.text.replace("<script ", "")
    total = len([rule for rule in default_rule_base().rules if not rule.is_hint])
    assert f"{total} von {total} Befunden" in page.text


def test_open_points_stand_once_with_the_way_to_their_question(client: TestClient) -> None:
    page = client.post("/ergebnis", data={"plan": example()}).text
    asked = re.findall(r'formaction="(/pruefen/voll/[^"]+)"', page)
    assert len(asked) == len(set(asked)) > 50
    assert any(one.endswith("#frage%3Astadtteilbuero.vorgesehen") for one in asked)


def test_a_deviation_is_recorded_marked_and_undone(client: TestClient) -> None:
    data = {"plan": example(), "aktion": "abweichung", "regel": VIOLATED, "grund": "Übergang bis 2027",
            "vereinbart_mit": "Servicestelle", "datum": "31.01.2026", "bis": "2027"}  # fmt: skip
    page = client.post("/ergebnis", data=data)
    assert page.status_code == 200
    said = "Übergang bis 2027 (vereinbart mit Servicestelle am 31.01.2026; befristet bis 31.12.2027)"
    assert f"Vereinbarte Abweichung: {said}" in _text(page.text)
    assert "Nicht erfüllt, Abweichung vereinbart" in page.text
    plan = unescape(re.search(r'name="plan" value="([^"]*)"', page.text)[1])  # type: ignore[index]
    assert json.loads(plan)["abweichungen"][VIOLATED]["grund"] == "Übergang bis 2027"
    form = client.post("/ergebnis/abweichung", data={"plan": plan, "regel": VIOLATED}).text
    assert ">Übergang bis 2027</textarea>" in form
    undone = client.post("/ergebnis", data={"plan": plan, "aufheben": VIOLATED}).text
    assert "Vereinbarte Abweichung" not in undone
    assert "abweichungen" not in unescape(re.search(r'name="plan" value="([^"]*)"', undone)[1])  # type: ignore[index]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"grund": " "}, "grund", "Bitte nennen Sie den Grund."),
        ({"grund": "so", "datum": "31.02.2026"}, "datum", ""),
        ({"grund": "so", "bis": "bald"}, "bis", ""),
        ({"grund": "so", "vereinbart_mit": "x" * 300}, "vereinbart_mit", "zu lang"),
    ],
)
def test_what_cannot_be_read_of_a_deviation_is_told_at_its_field(
    client: TestClient, given: dict[str, str], field: str, said: str
) -> None:
    data = {"plan": example(), "aktion": "abweichung", "regel": VIOLATED, **given}
    page = client.post("/ergebnis", data=data, headers=PAGE)
    assert page.status_code == 422
    assert f'id="e-{field}"' in page.text
    assert f'href="#{field}"' in page.text
    assert said in page.text
    assert 'aria-invalid="true"' in page.text


def test_texts_of_the_plan_are_never_markup(client: TestClient) -> None:
    bad = '<img src=x onerror="alert(1)">'
    plan = json.loads(example(titel=bad, notiz=bad))
    plan["abweichungen"] = {VIOLATED: {"grund": bad, "vereinbart_mit": bad}}
    data = {"plan": json.dumps(plan)}
    pages = (
        "/ergebnis",
        "/ergebnis/was-waere-wenn",
        "/ergebnis/vergleich",
        "/ergebnis/download/bericht.html",
    )
    for page in pages:
        answer = client.post(page, data=data)
        assert answer.status_code == 200
        assert "<img" not in answer.text
    name = client.post("/ergebnis/download/setup.yaml", data=data).headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', name)


def test_pages_forbid_everything_inline(client: TestClient) -> None:
    page = client.post("/ergebnis", data={"plan": example()})
    assert "script-src 'self'; style-src 'self'" in page.headers["content-security-policy"]
    assert "private" in page.headers["cache-control"]
    assert not re.search(r"<style|<script(?! (type|src))| style=| on[a-z]+=", page.text)


def test_ids_are_unique_and_every_reference_leads_somewhere(client: TestClient) -> None:
    page = client.post("/ergebnis", data={"plan": example("beispiel-viele-luecken")}).text
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby", "form"):
        for value in re.findall(rf' {name}="([^"]+)"', page):
            assert set(value.split()) <= set(ids), value
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_long_pages_are_sent_compressed(client: TestClient) -> None:
    answer = client.post("/ergebnis", data={"plan": example()}, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 200_000


def test_links_to_the_rule_book_lead_there(client: TestClient) -> None:
    page = client.post("/ergebnis", data={"plan": example("beispiel-viele-luecken")}).text
    links = sorted(set(re.findall(r'href="(/(?:regelbuch|leitfaden)[^"]*)"', page)))
    assert len(links) > 300
    places = set(re.findall(r' id="([^"]+)"', client.get("/leitfaden").text))
    for link in links:
        path, _, place = link.partition("#")
        if path == "/leitfaden":
            assert place in places
    assert {client.get(link).status_code for link in links[::25] if link.startswith("/regelbuch/")} == {200}
