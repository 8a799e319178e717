"""The whole way of a planner: quick check, full check, result, what if, save, and go on from the file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from .conftest import Site, Watch

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FRIEDBERG, OFFENBACH = "Friedberg (Stand 2014)", "Offenbach Nordend (Ausschreibung 2018)"
PLAIN = {"java_script_enabled": False}
PAGES = [
    "/", "/pruefen", "/pruefen/kurz", "/pruefen/voll", "/pruefen/voll/stellen", "/pruefen/voll/vertrag",
    "/ergebnis?beispiel=friedberg-2014",
]  # fmt: skip
#: Where one stops with Tab: how far down, and at what.
STOPS = """() => [...document.querySelectorAll(
    "main a[href], main input, main select, main textarea, main button, main summary, main [tabindex='0']")]
  .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.closest(".qm-default"))
  .map((one) => [Math.round(one.getBoundingClientRect().top + scrollY), one.outerHTML.slice(0, 80)])"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return style.scrollBehavior === "smooth" || style.animationName !== "none"
      || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
  }).map((one) => one.outerHTML.slice(0, 80))"""


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def field(page: Any, name: str) -> Any:
    return page.locator(f"[id='{name}']")


def saved(page: Any, button: str, target: Path) -> Path:
    with page.expect_download() as started:
        press(page, button)
    started.value.save_as(target)
    return target


def numbers(page: Any) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".qm-ampel").all_inner_texts()]


def report_of_the_command_line(plan: Path, target: Path) -> dict[str, Any]:
    program = "from qmadvisor.cli import main; main()"
    command = [sys.executable, "-c", program, "check", str(plan), "--engine", "compiled", "-o", str(target)]
    subprocess.run(
        [*command, "--format", "json", "--fail-on", "never", "--as-of", date.today().isoformat()], check=True
    )
    return dict(json.loads(target.read_text("utf-8")))


@pytest.mark.parametrize(
    ("context_options", "example"),
    [
        pytest.param(WIDE, FRIEDBERG, id="wide"),
        pytest.param(PHONE, OFFENBACH, id="phone"),
        pytest.param({**WIDE, **PLAIN}, OFFENBACH, id="wide-plain"),
        pytest.param({**PHONE, **PLAIN}, FRIEDBERG, id="phone-plain"),
    ],
)
def test_from_the_first_question_to_the_saved_plan_and_back(
    page: Any, site: Site, watch: Watch, pictures: Path, tmp_path: Path, request: Any, example: str
) -> None:
    def look(name: str) -> None:
        page.screenshot(path=pictures / f"weg-{name}-{request.node.callspec.id}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    page.goto(site.service)
    page.get_by_role("link", name=example).click()
    press(page, "Kurz-Check fortsetzen")
    look("kurz")
    answered = 0
    while page.title().startswith("Frage "):
        yes = page.get_by_label("ja", exact=True)
        if page.locator(".qm-question [type=radio][value=ja]").count() == 1 and yes.count() == 1:
            yes.check()
            answered += 1
        press(page, "Weiter")
    assert answered >= 3
    look("kurz-ende")
    press(page, "Weiter mit der vollständigen Prüfung")
    look("themen")
    press(page, "Stadtteilbüro")
    field(page, "stadtteilbuero.vorgesehen").check()
    field(page, "stadtteilbuero.gruppenraum").check()
    field(page, "stadtteilbuero.gruppenraum_m2").fill("22,5")
    page.get_by_role("button", name=re.compile("^Weiter: ")).click()
    press(page, "Alle Themen")
    press(page, "Zum Ergebnis")
    room = page.locator("#befund-raeume-gruppenraum")
    assert "nicht erfüllt" in room.locator("summary").first.text_content()
    assert "22,5 m²" in room.text_content()
    before = numbers(page)
    look("ergebnis")

    page.locator("#frage").select_option("stadtteilbuero.gruppenraum_m2")
    if "plain" in request.node.callspec.id:
        press(page, "Frage zeigen")
    other = page.locator("[name='stadtteilbuero.gruppenraum_m2']")
    other.fill("26")
    other.press("Enter" if "plain" in request.node.callspec.id else "Tab")
    page.locator("#wirkung").get_by_text("26 m²").first.wait_for()
    look("was-waere-wenn")
    press(page, "Übernehmen")
    after = numbers(page)
    assert after != before
    assert "erfüllt" in page.locator("#befund-raeume-gruppenraum summary").first.text_content()

    plan = saved(page, "Planung als YAML", tmp_path / "plan.yaml")
    report = saved(page, "Bericht als JSON", tmp_path / "bericht.json")
    assert json.loads(report.read_text("utf-8")) == report_of_the_command_line(plan, tmp_path / "cli.json")

    page.goto(site.service)
    field(page, "datei").set_input_files(plan)
    press(page, "Datei laden")
    press(page, "Ergebnis ansehen")
    assert numbers(page) == after
    assert watch.complaints == []
    assert all(address.startswith(site.service) for address in watch.requests)


def test_the_same_way_with_the_keyboard_alone(page: Any, site: Site, tmp_path: Path) -> None:
    def to(name: str) -> None:
        """Go forward with Tab, as people do, until what is named has the focus."""
        for _ in range(400):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(document.activeElement.innerText || document.activeElement.id || '').trim()"
            )
            if here == name:
                return
        pytest.fail(f"Tab never reaches {name!r}")

    def enter(name: str, arrives: str) -> None:
        to(name)
        page.keyboard.press("Enter")
        page.wait_for_function("text => document.title.startsWith(text)", arg=arrives)

    page.goto(site.service)
    to(FRIEDBERG)
    page.keyboard.press("Enter")
    page.wait_for_function("document.title.startsWith('Friedberg')")
    enter("Kurz-Check fortsetzen", "Frage 1 von")
    enter("Überspringen", "Frage 2 von")
    enter("Zum Ergebnis", "Ergebnis: Friedberg")
    enter("Antworten ergänzen", "Vollständige Prüfung")
    enter("Stadtteilbüro", "Stadtteilbüro")
    for answer in ("vorgesehen", "gruppenraum"):
        to(f"stadtteilbuero.{answer}~offen")
        page.keyboard.press("ArrowDown")
        assert field(page, f"stadtteilbuero.{answer}").is_checked()
    to("stadtteilbuero.gruppenraum_m2")
    page.keyboard.type("30")
    enter("Zum Ergebnis", "Ergebnis: Friedberg")
    assert "erfüllt" in page.locator("#befund-raeume-gruppenraum summary").first.text_content()
    to("Planung als YAML")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert "gruppenraum_m2: 30" in started.value.path().read_text("utf-8")


@pytest.mark.parametrize(
    "context_options",
    [{"viewport": {"width": 640, "height": 450}}, PHONE, {"viewport": {"width": 320, "height": 256}}],
    ids=["200 %", "phone", "400 %"],
)
@pytest.mark.parametrize("address", PAGES)
def test_in_one_column_the_focus_goes_down_the_page_and_nothing_is_cut_off(
    page: Any, site: Site, address: str
) -> None:
    page.goto(site.service + address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stops = page.evaluate(STOPS)
    assert len(stops) > 3
    # Up again only within a row of columns, to the top of the next one.
    assert [(above, below) for above, below in pairwise(stops) if below[0] < above[0] - 250] == []


@pytest.mark.parametrize("context_options", [{"reduced_motion": "reduce"}], ids=["no motion"])
def test_nothing_moves_for_those_who_want_no_motion(page: Any, site: Site) -> None:
    for address in PAGES:
        page.goto(site.service + address)
        assert page.evaluate(MOVING) == [], address


def test_screen_readers_are_told_the_pages_in_order(page: Any, site: Site) -> None:
    def headings(level: int) -> list[str]:
        return [
            re.sub(r"\s*\(\d+\)", "", " ".join(text.split()))
            for text in page.locator(f"main h{level}").all_inner_texts()
        ]

    page.goto(f"{site.service}/ergebnis?beispiel=beispiel-viele-luecken")
    assert headings(2) == [
        "Überblick",
        "Was mehrere Befunde zusammen bedeuten",
        "Befunde auswählen",
        "✘ Nicht erfüllt",
        "✔ Was schon passt",
        "– Betrifft Ihre Planung nicht",
        "Später fällig",
        "Möglichkeiten",
        "Was wäre, wenn?",
        "Fahrplan",
        "Speichern und drucken",
        "Worauf das beruht",
    ]
    page.goto(f"{site.service}/pruefen/voll/stadtteilbuero")
    assert headings(1) == ["Stadtteilbüro"]
    told = page.locator("main").aria_snapshot()
    wanted = [
        "Thema",
        "Stadtteilbüro",
        "Anlaufstelle",
        "Dazu im Leitfaden",
        "Weiter: ",
        "Zwischenstand",
        "Ihre Planung",
    ]
    places = [told.index(text) for text in wanted]
    assert places == sorted(places)
