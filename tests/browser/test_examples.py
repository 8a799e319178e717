"""The examples for portals, as they stand in docs/beispiele, only with the address of this service."""

from __future__ import annotations

from typing import Any

from tests.browser import walk
from tests.browser.conftest import Site, Watch


def test_the_page_with_the_widget(page: Any, site: Site, watch: Watch) -> None:
    walk.begin(page, f"{site.portal.origin}/einbetten.html")
    walk.see_result(page)
    page.locator("#stand").filter(has_text="Schnell-Check: 0 erfüllt, 0 nicht erfüllt").wait_for()
    assert watch.complaints == []


def test_the_page_that_asks_the_api_itself(page: Any, site: Site, watch: Watch) -> None:
    page.goto(f"{site.portal.origin}/pruefen.html")
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_role("listitem").filter(has_text="Barrierefreies Stadtteilbüro").wait_for()
    assert watch.complaints == []


def test_what_it_says_where_a_plan_has_errors(page: Any, site: Site) -> None:
    page.goto(f"{site.portal.origin}/pruefen.html")
    said = page.evaluate(
        "import('/pruefen.js').then(({pruefen}) => pruefen({titel: 'T', vertrag: {dauer_monate: 'bald'}}))"
        ".then(() => '', (error) => error.message)"
    )
    assert "/vertrag/dauer_monate: Das ist keine Zahl." in said
