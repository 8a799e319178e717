"""The check in the browser, as a planner goes through it: mouse and keyboard, wide and narrow, without scripts too."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import Site, Watch

WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PLAIN = {**NARROW, "java_script_enabled": False}
ZOOMED = {"viewport": {"width": 640, "height": 450}}
OTHERWISE = [{**WIDE, "color_scheme": "dark"}, {**WIDE, "forced_colors": "active"}, ZOOMED]
PAGES = {"start": "/", "kurz": "/pruefen/kurz", "thema": "/pruefen/voll/vertrag", "fragen": "/fragen"}
EXAMPLE = "/beispiele/offenbach-nordend-2018"
EXPECTED = re.compile(r"status of 422")  # a page with what could not be taken over


def axe(page: Any) -> list[str]:
    tool = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = tool.run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]


def looked_at(page: Any, pictures: Path, name: str) -> None:
    """No rule of axe is broken, nothing is wider than the screen; a picture is kept for people to look at."""
    page.screenshot(path=pictures / f"{name}.png", full_page=True)
    assert axe(page) == [], name
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def field(page: Any, name: str) -> Any:
    return page.locator(f"[id='{name}']")


def plan_of(page: Any) -> dict[str, Any]:
    return dict(json.loads(page.locator("main input[name=plan]").first.input_value()))


def start(page: Any, site: Site, title: str = "Quartier am Bahnhof") -> None:
    page.goto(site.service)
    field(page, "titel").fill(title)
    page.get_by_label("Sozialer Zusammenhalt", exact=True).check()


@pytest.mark.parametrize(
    "context_options",
    [WIDE, NARROW, {**NARROW, "java_script_enabled": False}],
    ids=["wide", "narrow", "plain"],
)
def test_the_journey_through_the_questions(
    page: Any, site: Site, watch: Watch, pictures: Path, request: Any
) -> None:
    plain = request.node.callspec.id == "plain"

    def look(name: str) -> None:
        if not plain:  # axe is a script
            looked_at(page, pictures, f"{name}-{request.node.callspec.id}")

    start(page, site)
    look("start")
    page.get_by_role("button", name="Kurz-Check beginnen").click()
    look("kurz")
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_role("button", name="Zurück").click()
    assert "Frage 1 von" in page.title()
    page.locator(".qm-all summary").click()
    page.locator("button[value='ziel|stadtteilbuero.vorgesehen']").click()
    page.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Überspringen").click()
    assert "stadtteilbuero" not in plan_of(page)
    page.get_by_role("button", name="Zurück").click()
    page.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Weiter", exact=True).click()
    assert plan_of(page)["stadtteilbuero"] == {"vorgesehen": True}

    page.goto(site.service + EXAMPLE)
    page.get_by_role("button", name="Vollständige Prüfung").click()
    look("themen")
    page.get_by_role("button", name="Vertrag mit dem Träger").click()
    field(page, "vertrag.dauer_monate").fill("viel")
    page.get_by_role("button", name="Weiter: Stundenumfang").click()
    look("fehler")
    page.locator(".qm-faults a").click()
    assert field(page, "vertrag.dauer_monate").evaluate("one => one === document.activeElement") or plain
    field(page, "vertrag.dauer_monate").fill("36")
    page.locator("[id='frage:vertrag.dauer_monate'] summary", has_text="Nur ungefähr").click()
    field(page, "vertrag.dauer_monate:art").select_option("mindestens")
    page.get_by_role("button", name="Weiter: Stundenumfang").click()
    assert plan_of(page)["vertrag"]["dauer_monate"] == "mindestens 36"

    page.get_by_role("button", name="Alle Themen").click()
    page.get_by_role("button", name="Beteiligte Stellen und Träger").click()
    before = len(plan_of(page)["akteure"])
    page.get_by_role("button", name="Akteur hinzufügen").click()
    assert len(plan_of(page)["akteure"]) == before + 1
    page.locator(".qm-entry[open] input[type=text]").last.fill("Stadtteilverein")
    page.get_by_role("button", name="Weiter: ").click()
    page.get_by_role("button", name="Alle Themen").click()
    page.get_by_role("button", name="Verteilung der Aufgaben").click()
    page.get_by_label("Stadtteilverein: Gemeinwesenarbeit").first.select_option("federfuehrung")
    page.get_by_role("button", name="Aufgaben einzeln verteilen: Vernetzung").click()
    look("aufgaben")
    assert plan_of(page)["aufgaben"]["zuordnung"] == {"gwa": {"akteur_1": "federfuehrung"}}
    assert [text for text in watch.complaints if not EXPECTED.search(text)] == []
    assert all(address.startswith(site.service) for address in watch.requests)


def test_the_keyboard_alone_answers_questions(page: Any, site: Site) -> None:
    page.goto(site.service + "/pruefen/voll/stadtteilbuero")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "stadtteilbuero.vorgesehen":
            break
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field(page, "stadtteilbuero.vorgesehen").is_checked()
    field(page, "stadtteilbuero.gruppenraum_m2").focus()
    page.keyboard.type("24,5")
    page.keyboard.press("Enter")  # goes on, and does not press whichever button comes first
    page.get_by_role("heading", name="Räume für Treffen").wait_for()
    assert plan_of(page)["stadtteilbuero"] == {"vorgesehen": True, "gruppenraum_m2": 24.5}


def test_the_interim_result_follows_and_nothing_jumps(page: Any, site: Site, record_property: Any) -> None:
    page.goto(site.service + EXAMPLE)
    page.get_by_role("button", name="Vollständige Prüfung").click()
    page.get_by_role("button", name="Stadtteilbüro", exact=True).click()
    button = page.get_by_role("button", name="Weiter: ")
    place = button.bounding_box()
    taken = []
    for number in range(20):
        answer = "ja" if number % 2 else "nein"
        name = "stadtteilbuero.vorgesehen" + ("" if answer == "ja" else "~nein")
        with page.expect_response(lambda one: one.request.headers.get("hx-request") == "true") as waiting:
            begun = time.perf_counter()
            field(page, name).check()
        waiting.value.finished()
        taken.append(time.perf_counter() - begun)
        page.wait_for_timeout(100)
    assert button.bounding_box() == place
    record_property("interim_result_ms", sorted(round(one * 1000) for one in taken))


def test_where_nothing_comes_live_the_page_stays_and_says_so(page: Any, site: Site) -> None:
    page.goto(site.service + "/pruefen/voll/stadtteilbuero")
    before = page.locator("#stand").inner_text()
    body = "<p>Nein</p>"
    page.route(
        "**/pruefen/voll/*", lambda route: route.fulfill(status=429, content_type="text/html", body=body)
    )
    field(page, "stadtteilbuero.vorgesehen").check()
    notice = page.get_by_text("Der Dienst antwortet gerade nicht")
    notice.wait_for()
    assert page.locator("#stand").inner_text() == before
    page.unroute("**/pruefen/voll/*")
    field(page, "stadtteilbuero.vorgesehen~nein").check()
    notice.wait_for(state="hidden")
    assert page.locator("#stand").inner_text() != before


def test_back_in_the_browser_shows_the_question_before(page: Any, site: Site) -> None:
    start(page, site)
    page.get_by_role("button", name="Kurz-Check beginnen").click()
    first = page.title()
    page.get_by_role("button", name="Weiter", exact=True).click()
    assert page.title() != first
    page.go_back()
    assert page.title() == first


def test_the_browser_remembers_only_what_it_is_asked_to(page: Any, site: Site) -> None:
    start(page, site)
    page.get_by_role("button", name="Kurz-Check beginnen").click()
    page.wait_for_load_state("networkidle")
    page.goto(site.service)
    page.get_by_role("heading", name="Weitermachen mit Quartier am Bahnhof").wait_for()
    other = page.context.new_page()
    other.goto(site.service)
    assert not other.locator("[data-resume]").is_visible()

    page.get_by_role("button", name="Weitermachen").click()
    page.get_by_role("button", name="Kurz-Check fortsetzen").click()
    page.get_by_label("In diesem Browser merken").check()
    other.reload()
    other.get_by_role("button", name="In diesem Browser löschen").click()
    assert other.evaluate("localStorage.length") == 0
    other.reload()
    assert not other.locator("[data-resume]").is_visible()


@pytest.mark.parametrize("path", ["/", "/pruefen/kurz"])
def test_the_first_page_is_light(page: Any, site: Site, path: str) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda one: sizes.update({one.url: int(one.headers.get("content-length", 0))}))
    page.goto(site.service + path)
    page.wait_for_load_state("networkidle")
    own = {url: size for url, size in sizes.items() if "/vendor/kern/" not in url}
    assert sum(own.values()) < 100_000, own


@pytest.mark.parametrize("context_options", OTHERWISE, ids=["dark", "forced", "zoom200"])
def test_other_ways_to_look_at_it(page: Any, site: Site, pictures: Path, request: Any) -> None:
    for name, path in PAGES.items():
        page.goto(site.service + path)
        looked_at(page, pictures, f"{name}-{request.node.callspec.id}")


def test_all_questions_print(page: Any, site: Site, pictures: Path) -> None:
    page.goto(site.service + "/fragen")
    assert len(page.pdf(path=pictures / "fragen.pdf", format="A4")) > 20_000
