"""The result in a real browser: with and without scripts, wide and narrow, on paper, by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.browser.conftest import Site, Watch

PHONE = {"viewport": {"width": 390, "height": 844}}
OPTIONS = [
    pytest.param({}, id="wide"),
    pytest.param(PHONE, id="phone"),
    pytest.param({"color_scheme": "dark"}, id="dark"),
    pytest.param({"forced_colors": "active"}, id="forced-colours"),
]
NO_SCRIPT = [pytest.param({"java_script_enabled": False, **more}, id=name) for name, more in
             (("wide", {}), ("phone", PHONE))]  # fmt: skip


def open_result(page: Any, site: Site, name: str = "offenbach-nordend-2018") -> None:
    page.goto(f"{site.service}/ergebnis?beispiel={name}")


def axe(page: Any) -> list[str]:
    found = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().run(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]


def thin(page: Any) -> None:
    """Leave some of each kind: axe takes minutes for hundreds of parts that are made in the same way."""
    page.evaluate(
        """() => {
          for (const list of document.querySelectorAll("#befunde section, .qm-fragen, .qm-schritte, .qm-abschnitt"))
            [...list.querySelectorAll("article, :scope > li, :scope > details")].slice(4).forEach(one => one.remove());
        }"""
    )


def serious(watch: Watch) -> list[str]:
    """An icon that browsers ask for of their own is no complaint about the page."""
    return [text for text in watch.complaints if "404" not in text]


@pytest.mark.parametrize("context_options", OPTIONS)
def test_every_state_passes_axe_and_fits(
    page: Any, site: Site, watch: Watch, pictures: Any, request: Any
) -> None:
    open_result(page, site, "beispiel-viele-luecken")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=pictures / f"ergebnis-{request.node.callspec.id}.png")
    thin(page)
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#frage").select_option("stadtteilbuero.gruppenraum_m2")
    page.locator("#wirkung").wait_for()
    page.locator('[name="stadtteilbuero.gruppenraum_m2"]').fill("40")
    page.locator('[name="stadtteilbuero.gruppenraum_m2"]').press("Tab")
    page.locator("#wirkung").get_by_text("40 m²").first.wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Als Variante vergleichen").click()
    page.wait_for_url("**/ergebnis/vergleich")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(watch) == []


def test_filters_act_at_once_and_keep_the_focus(page: Any, site: Site, watch: Watch) -> None:
    open_result(page, site)
    every = page.locator("article.qm-befund[id]").count()
    page.locator("#f-status-fulfilled").focus()
    page.keyboard.press("Space")
    page.locator("#treffer").get_by_text(re.compile(rf"^[1-9]\d? von {every} Befunden")).wait_for()
    assert page.evaluate("document.activeElement.id") == "f-status-fulfilled"
    assert page.locator("article.qm-befund[id]").count() < every
    assert page.locator(".qm-filterstand").inner_text().endswith("Ergebnis: erfüllt.")
    assert serious(watch) == []


@pytest.mark.parametrize("context_options", NO_SCRIPT)
def test_without_scripts_everything_works(page: Any, site: Site) -> None:
    open_result(page, site)
    page.locator("#f-staerke-muss").check()
    page.get_by_role("button", name="Auswahl anwenden").click()
    assert "Stärke: muss" in page.locator(".qm-filterstand").inner_text()
    page.locator("#frage").select_option("stadtteilbuero.gruppenraum_m2")
    page.get_by_role("button", name="Frage zeigen").click()
    page.locator('[name="stadtteilbuero.gruppenraum_m2"]').fill("24,5")
    page.get_by_role("button", name="Auswirkung zeigen").last.click()
    assert "24,5 m²" in page.locator("#wirkung").inner_text()
    page.get_by_role("button", name="Übernehmen").click()
    page.wait_for_url("**/ergebnis")
    page.locator("#dateien").scroll_into_view_if_needed()
    with page.expect_download() as started:
        page.get_by_role("button", name="Planung als YAML").click()
    assert started.value.suggested_filename.startswith("planung-offenbach")
    assert "gruppenraum_m2: 24.5" in started.value.path().read_text("utf-8")


def test_a_deviation_from_its_finding_and_back_to_it(page: Any, site: Site) -> None:
    open_result(page, site, "friedberg-2014")
    page.locator("#befund-personal-vertragsdauer").get_by_role(
        "button", name="Abweichung vereinbaren"
    ).click()
    page.get_by_label("Grund").fill("Übergang")
    page.get_by_label("Vereinbart am").fill("31.02.2026")
    page.get_by_role("button", name="Abweichung eintragen").click()
    assert page.locator("#datum").get_attribute("aria-invalid") == "true"
    page.get_by_label("Vereinbart am").fill("28.02.2026")
    page.get_by_role("button", name="Abweichung eintragen").click()
    page.get_by_text("Vereinbarte Abweichung: Übergang").wait_for()
    assert page.url.endswith("#befund-personal-vertragsdauer")
    page.get_by_role("button", name="Abweichung aufheben").click()
    page.locator("#befund-personal-vertragsdauer").get_by_role(
        "button", name="Abweichung vereinbaren"
    ).wait_for()


@pytest.mark.parametrize(
    "context_options", [{}, {"java_script_enabled": False}], ids=["scripts", "no-scripts"]
)
def test_paper_lacks_nothing_of_the_screen(page: Any, site: Site, pictures: Any) -> None:
    open_result(page, site, "friedberg-2014")
    page.emulate_media(media="print")
    texts = page.locator(".qm-befund__text, .qm-herleitung ul, .qm-schritte, .qm-fragen, .qm-tabelle")
    assert texts.count() > 300
    for text in texts.all()[::9]:
        assert text.bounding_box()["height"] > 0
    assert not page.locator(".qm-filter, .qm-wege").first.is_visible()
    page.pdf(path=pictures / "ergebnis-druck.pdf", format="A4", print_background=True)


def test_a_short_print_keeps_every_title(page: Any, site: Site, pictures: Any) -> None:
    open_result(page, site, "friedberg-2014")
    page.get_by_label("Kurz drucken").check()
    page.emulate_media(media="print")
    titles = page.locator("#befunde .qm-befund__titel")
    assert all(title.bounding_box()["height"] > 0 for title in titles.all()[::9])
    assert page.locator(".qm-befund--violated .qm-befund__text").first.is_visible()
    assert not page.locator(".qm-befund--open .qm-befund__text").first.is_visible()
    page.pdf(path=pictures / "ergebnis-druck-kurz.pdf", format="A4", print_background=True)


def test_a_finding_is_reached_by_keyboard_alone(page: Any, site: Site) -> None:
    open_result(page, site, "friedberg-2014")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "qm-skip"
    page.get_by_role("link", name=re.compile("^Nicht erfüllt")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article').id") == "befund-personal-vertragsdauer"
    page.keyboard.press("Enter")
    assert not page.locator("#befund-personal-vertragsdauer > details").evaluate("part => part.open")


def test_the_saved_report_opens_without_a_network(page: Any, site: Site, browser: Any, tmp_path: Any) -> None:
    open_result(page, site, "friedberg-2014")
    with page.expect_download() as started:
        page.get_by_role("button", name="Bericht als HTML-Datei").click()
    target = tmp_path / "bericht.html"
    started.value.save_as(target)
    context = browser.new_context(offline=True)
    saved = context.new_page()
    asked: list[str] = []
    saved.on("request", lambda one: asked.append(one.url))
    saved.goto(target.as_uri())
    assert asked == [target.as_uri()]
    assert saved.locator("h1").inner_text() == "Ergebnis: Friedberg (Stand 2014)"
    thin(saved)
    assert axe(saved) == []
    context.close()


def test_a_change_is_seen_at_once(page: Any, site: Site, record_property: Any) -> None:
    open_result(page, site)
    page.locator("#frage").select_option("stadtteilbuero.gruppenraum_m2")
    page.locator("#wirkung").wait_for()
    field = page.locator('[name="stadtteilbuero.gruppenraum_m2"]')
    for size in range(20, 40):
        field.fill(str(size))
        field.press("Tab")
        page.locator("#wirkung").get_by_text(f"{size} m²").first.wait_for()
    times = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.endsWith('was-waere-wenn'))"
        ".map(one => one.duration)"
    )
    record_property("what_if_ms", sorted(map(round, times)))
