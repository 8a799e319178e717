"""Every state of the widget: axe finds nothing, and a picture is taken for people to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser import walk
from tests.browser.conftest import Site

LOOKS: dict[str, dict[str, Any]] = {
    "hell": {},
    "schmal": {"viewport": {"width": 390, "height": 844}},
    "dunkel": {"color_scheme": "dark"},
    "kontrast": {"forced_colors": "active"},
}


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context_options(look: str) -> dict[str, Any]:
    return LOOKS[look]


@pytest.fixture
def seen(page: Any, pictures: Path, look: str) -> Any:
    """Check and picture the state that the page is in."""

    def check(name: str) -> None:
        walk.picture(page, pictures, f"{name}-{look}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
        walk.accessible(page)

    return check


def _host(site: Site) -> str:
    return f"{site.portal.origin}/einbetten.html"


def test_beginning(page: Any, site: Site, seen: Any) -> None:
    page.goto(_host(site))
    page.get_by_role("button", name="Beginnen").wait_for()
    seen("anfang")


@pytest.mark.parametrize("kind", walk.KINDS)
def test_questions_and_their_errors(page: Any, site: Site, seen: Any, kind: str, look: str) -> None:
    walk.asks(page, walk.of_each_kind())
    walk.begin(page, _host(site))
    walk.skip_to(page, walk.question(walk.KINDS[kind]))
    if kind == "list":
        for _ in range(2):
            page.get_by_role("button", name="Stelle hinzufügen").click()
        page.get_by_label("Umfang (Zahl)").nth(1).fill("viel")
    walk.go_on(page)
    page.locator(".problem:visible").wait_for()
    seen(f"frage-{kind}")


def test_result(page: Any, site: Site, seen: Any) -> None:
    walk.begin(page, _host(site))
    walk.skip_to(page, walk.question("aktivierung.wege"))
    page.locator(".item").first.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Alle übrigen: nein").click()
    walk.go_on(page)
    walk.see_result(page)
    seen("ergebnis")
    page.get_by_text("Vorschlag und Grund").first.click()
    for closed in page.locator("qm-check section > details > summary").all():
        closed.click()
    seen("ergebnis-offen")


@pytest.mark.parametrize("look", ["hell"], indirect=True)
@pytest.mark.parametrize("status", [0, 422, 503])
def test_failures(page: Any, site: Site, seen: Any, status: int) -> None:
    walk.begin(page, _host(site))
    if status:
        walk.answers(page, "check", {"errors": [{"message": "Das ist keine Zahl.", "pointer": None}]}, status)
    else:
        page.route("**/api/v1/check", lambda route: route.abort())
    page.get_by_role("button", name="Ergebnis ansehen").click()
    page.get_by_role("alert").wait_for()
    seen(f"fehler-{status}")


@pytest.mark.parametrize("look", ["hell"], indirect=True)
def test_loading_empty_and_refused(page: Any, site: Site, seen: Any) -> None:
    page.route("**/api/v1/quick-check", lambda route: None)
    page.goto(_host(site))
    page.get_by_text("Die Fragen werden geladen").wait_for()
    seen("laden")
    page.unroute("**/api/v1/quick-check")
    walk.asks(page, walk.quick().model_copy(update={"questions": ()}))
    page.goto(_host(site))
    page.get_by_text("keine Fragen hinterlegt").wait_for()
    seen("leer")
    page.unroute("**/api/v1/quick-check")
    page.goto(f"{site.stranger.origin}/einbetten.html")
    page.get_by_role("alert").wait_for()
    seen("nicht-erlaubt")


def test_plain_page(page: Any, site: Site, seen: Any) -> None:
    page.goto(f"{site.service}/embed")
    seen("rahmen-formular")
    page.get_by_role("textbox", name="Feste Dauer des Vertrags").fill("bald")
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_role("alert").wait_for()
    seen("rahmen-fehler")
    page.get_by_role("textbox", name="Feste Dauer des Vertrags").fill("12")
    page.locator("[name='vertrag.vorgesehen'][value=ja]").check()
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_role("heading", name="Ergebnis des Schnell-Checks").wait_for()
    seen("rahmen-ergebnis")
