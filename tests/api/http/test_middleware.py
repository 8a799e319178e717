from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qmadvisor_api.logs import JsonFormatter

Idle = Callable[..., TestClient]
STRICT = ("content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options")


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/version", "/api/v1/nichts", "/metrics"])
def test_every_answer_has_an_id_and_strict_headers(idle: Idle, path: str) -> None:
    headers = idle().get(path).headers
    assert len(headers["x-request-id"]) == 32
    assert all(name in headers for name in STRICT)
    assert "server" not in headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [("portal-7f3a.2026_1", True), ("kurz", False), ("x" * 65, False), ('a"}\n{"level":', False)],
)
def test_a_well_formed_request_id_is_kept(idle: Idle, given: str, kept: bool) -> None:
    found = idle().get("/healthz", headers={"X-Request-ID": given.replace("\n", " ")}).headers["x-request-id"]
    assert (found == given) is kept


def test_secure_transport_is_only_promised_where_there_is_one(idle: Idle) -> None:
    assert "strict-transport-security" not in idle().get("/healthz").headers
    proxied = TestClient(idle(trusted_proxies="10.0.0.1").app, client=("10.0.0.1", 1))
    answer = proxied.get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" in answer.headers


def test_head_is_answered_like_get_without_a_body(idle: Idle) -> None:
    client = idle()
    got, head = client.get("/api/v1/version"), client.head("/api/v1/version")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == got.headers["content-length"]


def test_what_breaks_is_told_without_details_and_logged_without_content(
    idle: Idle, caplog: pytest.LogCaptureFixture
) -> None:
    client = idle()
    assert isinstance(client.app, FastAPI)

    @client.app.get("/api/v1/kaputt")
    async def broken() -> None:
        raise ValueError("Die Antwort der Kommune")

    with caplog.at_level(logging.INFO):
        answer = client.get("/api/v1/kaputt", headers={"X-Request-ID": "kaputt-0001"})
    assert answer.status_code == 500
    assert answer.json()["type"] == "/api/v1/problems/internal"
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "kaputt-0001"
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert "Kommune" not in answer.text + "".join(lines)
    failed = json.loads(next(line for line in lines if '"failed"' in line))
    assert failed["request_id"] == "kaputt-0001"
    assert failed["error"]["type"] == "ValueError"
    assert "test_middleware.py" in failed["error"]["at"][-1]


def test_logs_name_the_route_and_no_content(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    plan = {"schema": "qmadvisor.setup/1", "titel": "Geheime Nordstadt", "geheim": 1}
    with caplog.at_level(logging.INFO):
        client.post("/api/v1/check?as_of=2026-01-31", json=plan)
    own = [record for record in caplog.records if record.name.startswith("qmadvisor_api")]
    lines = [json.loads(JsonFormatter().format(record)) for record in own]
    assert [(line["route"], line["status"], line["method"]) for line in lines] == [
        ("/api/v1/check", 422, "POST")
    ]
    assert "geheim" not in json.dumps(lines).lower()
    assert "testclient" not in json.dumps(lines)


def test_requests_are_counted_by_route(idle: Idle) -> None:
    client = idle()
    for path in ("/api/v1/rules/gibt-es-nicht", "/api/v1/rules/auch.nicht", "/irgendwas"):
        client.get(path)
    text = client.get("/metrics").text
    assert 'qmadvisor_requests_total{method="GET",route="/api/v1/rules/{id}",status="404"} 2.0' in text
    assert "irgendwas" not in text


def test_scripts_of_listed_origins_may_read(idle: Idle) -> None:
    client = idle(cors_origins="https://portal.example")
    for origin, allowed in (("https://portal.example", True), ("https://boese.example", False)):
        answer = client.get("/api/v1/version", headers={"Origin": origin})
        assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        asked["Access-Control-Request-Headers"] = "content-type"
        assert (client.options("/api/v1/check", headers=asked).status_code == 200) is allowed


def test_without_a_list_no_origin_may_read(idle: Idle) -> None:
    answer = idle().get("/api/v1/version", headers={"Origin": "https://portal.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_refusals_can_be_read_by_scripts_too(idle: Idle) -> None:
    client = idle(cors_origins="https://portal.example", rate_limit="1/minute")
    answers = [client.get("/api/v1/version", headers={"Origin": "https://portal.example"}) for _ in range(2)]
    assert answers[1].status_code == 429
    assert answers[1].headers["access-control-allow-origin"] == "https://portal.example"
