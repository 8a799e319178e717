from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

PORTAL, STRANGER = "https://portal.example", "https://other.example"
MODULE = "/widget/v1/qm-check.js"


def test_any_page_may_load_the_module(idle: Callable[..., TestClient]) -> None:
    client = idle(cors_origins=(PORTAL,))
    for origin, allowed in ((PORTAL, PORTAL), (STRANGER, "*")):
        found = client.get(MODULE, headers={"Origin": origin})
        assert found.status_code == 200
        assert found.headers["content-type"] == "text/javascript; charset=utf-8"
        assert found.headers["access-control-allow-origin"] == allowed
        assert found.headers["cross-origin-resource-policy"] == "cross-origin"
    assert b"customElements.define" in found.content


def test_only_pages_that_are_allowed_may_ask(idle: Callable[..., TestClient]) -> None:
    client = idle(cors_origins=(PORTAL,))
    assert (
        client.get("/api/v1/quick-check", headers={"Origin": PORTAL}).headers["access-control-allow-origin"]
        == PORTAL
    )
    assert (
        "access-control-allow-origin"
        not in client.get("/api/v1/quick-check", headers={"Origin": STRANGER}).headers
    )
    asked = {
        "Origin": STRANGER,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert client.options("/api/v1/check", headers=asked).status_code == 400


def test_who_has_the_module_gets_it_once(idle: Callable[..., TestClient]) -> None:
    client = idle()
    tag = client.get(MODULE).headers["etag"]
    again = client.get(MODULE, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
