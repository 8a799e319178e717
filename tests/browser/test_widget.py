"""The widget inside somebody else's page, under a strict policy, on two ports."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.browser import walk
from tests.browser.conftest import Site, Watch


def test_a_page_on_another_port_gets_findings(page: Any, site: Site, watch: Watch) -> None:
    walk.listen(page)
    walk.begin(page, site.portal.embed("full-check-url='https://portal.example/pruefung'"))
    page.get_by_label("Sozialer Zusammenhalt").check()
    walk.go_on(page)
    for path, answer in (("stadtteilbuero.vorgesehen", "ja"), ("stadtteilbuero.barrierefrei", "nein")):
        walk.skip_to(page, walk.question(path))
        page.get_by_label(answer, exact=True).check()
        walk.go_on(page)
    walk.see_result(page)

    finding = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="Barrierefreies Stadtteilbüro")
    )
    finding.wait_for()
    assert "nicht erfüllt" in finding.inner_text()
    assert "Leitfaden, Seite" in finding.inner_text()
    finding.get_by_text("Vorschlag und Grund").click()
    assert finding.get_by_text("Was Sie tun können").is_visible()
    assert page.get_by_role("link", name="Zur vollständigen Prüfung").get_attribute("href") == (
        "https://portal.example/pruefung"
    )
    assert page.get_by_text("keine Rechtsberatung").is_visible()
    assert page.get_by_text("Regelwerk").is_visible()

    name, detail = walk.heard(page)[-1]
    assert name == "qm-result"
    assert detail["summary"]["total"]["violated"] > 0
    assert set(detail) == {"summary", "rule_base", "engine", "as_of"}  # no answers, no findings
    assert watch.complaints == []
    assert all(url.startswith((site.portal.origin, site.service)) for url in watch.requests)


def test_nothing_is_stored_and_no_cookie_is_sent(page: Any, site: Site) -> None:
    page.context.add_cookies([{"name": "portal", "value": "1", "url": site.service}])
    sent: list[str | None] = []
    page.on(
        "request",
        lambda request: (
            sent.append(request.all_headers().get("cookie")) if "/api/v1/" in request.url else None
        ),
    )
    walk.begin(page, site.portal.embed())
    walk.see_result(page)
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, "portal=1"]  # cookies of 127.0.0.1 know no ports
    assert len(sent) >= 2
    assert set(sent) == {None}


def test_an_origin_that_is_not_allowed_gets_nothing(page: Any, site: Site) -> None:
    walk.listen(page)
    page.goto(site.stranger.embed())
    page.get_by_role("alert").wait_for()
    assert "nicht freigegeben" in page.get_by_role("alert").inner_text()
    assert walk.heard(page) == [("qm-error", {"kind": "network", "status": None})]
    assert walk.quick().questions[0].question not in page.content()
    assert (
        page.evaluate("document.querySelector('qm-check').shadowRoot.textContent").count("Städtebauförderung")
        == 0
    )


def test_the_service_itself_does_not_allow_that_origin(site: Site) -> None:
    allowed = walk.fetch(f"{site.service}/api/v1/quick-check", Origin=site.portal.origin)
    refused = walk.fetch(f"{site.service}/api/v1/quick-check", Origin=site.stranger.origin)
    assert allowed.headers["Access-Control-Allow-Origin"] == site.portal.origin
    assert refused.headers["Access-Control-Allow-Origin"] is None
    module = walk.fetch(f"{site.service}/widget/v1/qm-check.js", Origin=site.stranger.origin)
    assert module.headers["Access-Control-Allow-Origin"] == "*"


def test_the_keyboard_is_enough(page: Any, site: Site) -> None:
    walk.asks(page, walk.of_each_kind())
    page.goto(site.portal.embed())
    page.get_by_role("button", name="Beginnen").wait_for()
    press = page.keyboard.press
    press("Tab")
    press("Enter")  # begin; the heading has the focus now
    page.get_by_text("Frage 1 von 7").wait_for()
    press("Tab")
    press("Space")  # yes
    press("Enter")  # as in any form, Enter goes on
    page.get_by_text("Frage 2 von 7").wait_for()
    press("Tab")
    page.keyboard.type("12")
    press("Enter")
    page.get_by_text("Frage 3 von 7").wait_for()
    press("Tab")
    page.keyboard.type("24,5")
    press("Enter")
    page.get_by_text("Frage 4 von 7").wait_for()
    press("Tab")
    page.keyboard.type("31.12.2031")
    press("Enter")
    page.get_by_text("Frage 5 von 7").wait_for()
    press("Tab")
    press("ArrowDown")
    press("Enter")
    page.get_by_text("Frage 6 von 7").wait_for()
    press("Tab")
    press("Space")
    press("Tab")
    press("ArrowDown")  # no
    press("Enter")
    page.get_by_text("Frage 7 von 7").wait_for()
    press("Tab")
    press("Enter")  # add a post: its first field has the focus
    page.keyboard.type("Q")
    press("Tab")
    page.keyboard.type("0,5")
    press("Enter")
    page.get_by_role("heading", name="Ergebnis des Schnell-Checks").wait_for()
    assert (
        page.evaluate("document.activeElement.shadowRoot.activeElement.textContent")
        == "Ergebnis des Schnell-Checks"
    )
    assert page.get_by_text("7 von 7 Fragen beantwortet").is_visible()


def test_the_setup_that_is_sent_says_what_was_answered_and_no_more(page: Any, site: Site) -> None:
    sent: list[dict[str, Any]] = []
    page.on(
        "request", lambda request: sent.append(request.post_data_json) if request.method == "POST" else None
    )
    walk.asks(page, walk.of_each_kind())
    walk.begin(page, site.portal.embed())
    page.get_by_label("ja", exact=True).check()
    walk.go_on(page)
    page.get_by_label("weiß ich noch nicht").check()
    walk.go_on(page)
    page.get_by_role("textbox").fill("mindestens 20")
    walk.go_on(page)
    page.get_by_role("textbox").fill("2031")
    walk.go_on(page)
    page.get_by_role("button", name="Überspringen").click()
    items = page.locator(".item")
    items.nth(0).get_by_label("ja", exact=True).check()
    items.nth(1).get_by_label("weiß ich noch nicht").check()
    page.get_by_role("button", name="Alle übrigen: nein").click()
    walk.go_on(page)
    for _ in range(2):
        page.get_by_role("button", name="Stelle hinzufügen").click()
    page.get_by_label("Rolle").nth(0).select_option("quartiersmanagement")
    page.get_by_label("Umfang (Zahl)").nth(0).fill("19,5")
    page.get_by_label("Umfang (Angabe in)").nth(0).select_option("hours")
    page.get_by_role("button", name="Stelle 2 entfernen").click()
    page.get_by_role("group", name="Sind das alle Stellen?").get_by_label("ja", exact=True).check()
    walk.go_on(page)
    page.get_by_role("heading", name="Ergebnis des Schnell-Checks").wait_for()
    assert sent[-1] == {
        "schema": "qmadvisor.setup/1",
        "titel": "Schnell-Check Quartiersmanagement",
        "vertrag.vorgesehen": True,
        "stadtteilbuero.gruppenraum_m2": "mindestens 20",
        "projekt.ende": "2031",
        "aktivierung.wege": {"treffpunkte": True, "unterwegs": False, "niedrigschwellig": False},
        "stellen": {
            "stelle_1": {"rolle": "quartiersmanagement", "umfang": {"wochenstunden": "19,5"}},
            "vollstaendig": True,
        },
    }


def test_back_shows_what_was_answered_and_a_no_spares_questions(page: Any, site: Site) -> None:
    check = walk.of_each_kind()
    first, second, *rest = check.questions
    gated = second.model_copy(update={"asked_if": first.path})
    walk.asks(page, check.model_copy(update={"questions": (first, gated, *rest)}))
    walk.begin(page, site.portal.embed())
    page.get_by_text("Frage 1 von 7").wait_for()
    page.get_by_label("nein", exact=True).check()
    walk.go_on(page)
    page.get_by_text("Frage 2 von 6").wait_for()
    assert walk.heading(page) == rest[0].question
    page.get_by_role("button", name="Zurück").click()
    assert page.get_by_label("nein", exact=True).is_checked()
    page.get_by_label("weiß ich noch nicht").check()
    walk.go_on(page)
    assert walk.heading(page) == gated.question


def test_answers_are_checked_once_they_pause(page: Any, site: Site, watch: Watch) -> None:
    walk.begin(page, site.portal.embed())
    for _ in range(2):
        page.get_by_label("weiß ich noch nicht").check()
        walk.go_on(page)
    page.get_by_role("status").filter(has_text="Zwischenstand:").wait_for()
    assert sum(url.endswith("/check") for url in watch.requests) in (1, 2)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("integer", "", "Geben Sie einen Wert an"),
        ("integer", "bald", "Geben Sie eine Zahl an"),
        ("integer", "12,5", "ganze Zahl"),
        ("integer", "481", "höchstens 480"),
        ("decimal", "-1", "mindestens 0"),
        ("date", "morgen", "Geben Sie ein Datum"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(page: Any, site: Site, kind: str, typed: str, said: str) -> None:
    walk.asks(page, walk.of_each_kind())
    walk.begin(page, site.portal.embed())
    walk.skip_to(page, walk.question(walk.KINDS[kind]))
    field = page.get_by_role("textbox")
    field.fill(typed)
    walk.go_on(page)
    assert field.get_attribute("aria-invalid") == "true"
    assert field.evaluate("node => node === node.getRootNode().activeElement")
    described = field.evaluate(
        "node => node.getAttribute('aria-describedby').split(' ')"
        ".map(id => node.getRootNode().getElementById(id).textContent).join(' ')"
    )
    assert said in described


def test_what_the_service_refuses_is_said_at_its_question(page: Any, site: Site) -> None:
    walk.begin(page, site.portal.embed())
    walk.skip_to(page, walk.question("vertrag.dauer_monate"))
    page.get_by_role("textbox").fill("3 Wochen")
    walk.go_on(page)
    page.locator(".problem:visible").wait_for()
    assert walk.heading(page) == walk.question("vertrag.dauer_monate")
    assert page.get_by_role("textbox").input_value() == "3 Wochen"


def test_a_busy_service_can_be_tried_again_and_answers_are_kept(page: Any, site: Site) -> None:
    walk.begin(page, site.portal.embed())
    page.get_by_label("Sozialer Zusammenhalt").check()
    walk.answers(page, "check", {"status": 503}, status=503)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Ergebnis ansehen").click()
    page.get_by_role("alert").wait_for()
    assert "ausgelastet" in page.get_by_role("alert").inner_text()
    page.unroute("**/api/v1/check")
    page.get_by_role("button", name="Erneut versuchen").click()
    page.get_by_text("1 von").wait_for()


def test_it_goes_on_by_itself_once_the_connection_is_back(page: Any, site: Site) -> None:
    walk.begin(page, site.portal.embed())
    page.context.set_offline(True)
    page.get_by_role("button", name="Ergebnis ansehen").click()
    page.get_by_text("Sie sind offline").wait_for()
    page.context.set_offline(False)
    page.get_by_role("heading", name="Ergebnis des Schnell-Checks").wait_for()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [(401, {}, "refused"), (429, {}, "busy"), (500, {}, "service"), (200, {"schema": "other/1"}, "service")],
)
def test_the_host_learns_what_went_wrong(page: Any, site: Site, status: int, body: Any, kind: str) -> None:
    walk.listen(page)
    walk.begin(page, site.portal.embed())
    walk.answers(page, "check", body, status)
    page.get_by_role("button", name="Ergebnis ansehen").click()
    page.get_by_role("alert").wait_for()
    name, detail = walk.heard(page)[-1]
    assert (name, detail["kind"]) == ("qm-error", kind)


def test_no_questions_are_said_to_be_none(page: Any, site: Site) -> None:
    walk.asks(page, walk.quick().model_copy(update={"questions": ()}))
    page.goto(site.portal.embed())
    page.get_by_text("keine Fragen hinterlegt").wait_for()


def test_english_texts_around_german_content(page: Any, site: Site) -> None:
    page.goto(site.portal.embed("lang=en"))
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Question 1 of").wait_for()
    heading = page.locator("qm-check").get_by_role("heading").first
    assert heading.get_attribute("lang") == "de"
    assert page.locator("qm-check .frame").get_attribute("lang") == "en"
    page.locator("qm-check").evaluate("node => node.setAttribute('lang', 'de')")
    page.get_by_text("Frage 1 von").wait_for()


def test_the_language_is_the_pages_where_the_element_says_none(page: Any, site: Site) -> None:
    page.goto(site.portal.embed(html="lang=en-GB", name="english.html"))
    page.get_by_role("button", name="Start").wait_for()


def test_the_host_sets_colours_level_and_link(page: Any, site: Site) -> None:
    site.portal.add("themed.css", "qm-check { --qm-color-accent: rgb(120, 0, 90); }")
    address = site.portal.embed("heading-level=3 full-check-url='javascript:alert(1)'", name="themed.html")
    site.portal.add("themed.html", site.portal.pages["/themed.html"][1].replace("portal.css", "themed.css"))
    page.goto(address)
    button = page.get_by_role("button", name="Beginnen")
    button.wait_for()
    assert button.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(120, 0, 90)"
    assert page.get_by_role("heading", level=3, name="Schnell-Check").count() == 1
    button.click()
    walk.see_result(page)
    assert page.get_by_role("link", name="Zur vollständigen Prüfung").count() == 0


def test_what_comes_from_the_service_never_becomes_markup(page: Any, site: Site) -> None:
    check = walk.of_each_kind()
    evil = "<img src=x onerror=\"document.title='owned'\"><b>fett</b>"
    first = check.questions[0].model_copy(update={"question": evil, "help": evil, "label": evil})
    walk.asks(page, check.model_copy(update={"questions": (first,), "disclaimer": evil}))
    walk.begin(page, site.portal.embed())
    assert walk.heading(page) == evil
    assert page.title() == "Portal"


def test_two_widgets_and_one_that_is_moved(page: Any, site: Site) -> None:
    page.goto(site.portal.embed())
    page.get_by_role("button", name="Beginnen").wait_for()
    page.evaluate(
        "() => { const more = document.createElement('qm-check'); document.querySelector('main').append(more);"
        " const box = document.createElement('section'); document.body.append(box);"
        " box.append(document.querySelector('qm-check')); }"
    )
    page.get_by_role("button", name="Beginnen").nth(1).wait_for()
    page.locator("section qm-check").get_by_role("button", name="Beginnen").click()
    page.locator("section qm-check").get_by_text("Frage 1 von").wait_for()
    assert json.loads(page.evaluate("JSON.stringify(document.querySelectorAll('qm-check').length)")) == 2
