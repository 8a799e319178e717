from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import make_app

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def page() -> Iterator[TestClient]:
    app = make_app(embed_ancestors=("https://portal.example", "self"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_it_is_there_only_where_somebody_may_frame_it(idle: Callable[..., TestClient]) -> None:
    client = idle()
    assert client.get("/embed").status_code == 404
    assert client.post("/embed", content=b"", headers=FORM).status_code == 404
    assert client.get("/embed/embed.css").status_code == 404


def test_the_policy_names_who_may_frame_it_and_allows_no_script(page: TestClient) -> None:
    found = page.get("/embed")
    assert found.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors https://portal.example 'self'"
    )
    assert "x-frame-options" not in found.headers
    assert "<script" not in found.text
    assert "style=" not in found.text
    assert page.get("/embed", headers={"If-None-Match": found.headers["etag"]}).status_code == 304
    assert page.get("/embed/embed.css").headers["content-type"] == "text/css; charset=utf-8"


def test_findings(page: TestClient) -> None:
    found = page.post("/embed", content=b"vertrag.vorgesehen=ja&vertrag.dauer_monate=12", headers=FORM)
    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    assert "Keine kurze Vertragslaufzeit" in found.text
    assert "Leitfaden, Seite" in found.text
    assert "keine Rechtsberatung" in found.text


def test_what_is_wrong_stands_at_its_question_and_what_was_typed_is_kept(page: TestClient) -> None:
    typed = b"stellen.1.rolle=%3Cb%3Ebald%3C%2Fb%3E&vertrag.vorgesehen=ja"
    found = page.post("/embed", content=typed, headers=FORM)
    assert found.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in found.text
    assert "&lt;b&gt;bald&lt;/b&gt;" in found.text
    assert "<b>bald" not in found.text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x" * 70_000, FORM["Content-Type"], 413),
        (b"%ff=%ff", FORM["Content-Type"], 200),
        (b"&".join(b"a=1" for _ in range(2000)), FORM["Content-Type"], 200),
    ],
)
def test_what_is_no_such_form(page: TestClient, content: bytes, kind: str, status: int) -> None:
    found = page.post("/embed", content=content, headers={"Content-Type": kind})
    assert found.status_code == status
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors https://portal.example" in found.headers["content-security-policy"]


def test_its_visitors_are_limited_too() -> None:
    app = make_app(embed_ancestors=("*",), rate_limit="1/day", request_seconds=0.1)
    client = TestClient(app, raise_server_exceptions=False)
    answers = [client.post("/embed", content=b"", headers=FORM) for _ in range(2)]
    assert answers[1].status_code == 429
    assert "retry-after" in answers[1].headers
    assert "Zu viele Anfragen" in answers[1].text
