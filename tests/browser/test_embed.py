"""The plain page in a frame: without scripts, and only where the operator allows it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.conftest import Host, Site


def _framed(host: Host, service: str) -> str:
    return host.add(
        "frame.html",
        f"<!doctype html><html lang=de><meta charset=utf-8><title>Portal</title><iframe src='{service}/embed' "
        "title='Schnell-Check' width=800 height=900 sandbox='allow-forms'></iframe></html>",
    )


@pytest.fixture
def context_options() -> dict[str, Any]:
    return {"java_script_enabled": False}


def test_the_form_works_in_a_frame_without_scripts(page: Any, site: Site) -> None:
    page.goto(_framed(site.portal, site.service))
    frame = page.frame_locator("iframe")
    frame.locator("[name='vertrag.vorgesehen'][value=ja]").check()
    frame.get_by_role("textbox", name="Feste Dauer des Vertrags").fill("12")
    frame.get_by_label("Rolle").first.select_option("quartiersmanagement")
    frame.get_by_label("Umfang (Zahl)").first.fill("0,5")
    frame.get_by_role("button", name="Prüfen").click()
    frame.get_by_role("heading", name="Keine kurze Vertragslaufzeit").wait_for()
    assert frame.get_by_text("3 von").count() == 1


def test_another_page_may_not_frame_it(page: Any, site: Site) -> None:
    page.goto(_framed(site.stranger, site.service))
    page.wait_for_timeout(500)
    assert "Schnell-Check Quartiersmanagement" not in "".join(frame.content() for frame in page.frames[1:])
