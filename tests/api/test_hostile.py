"""Hostile requests: each gets the right answer, and none changes what the next good one gets."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

CHECK = "/api/v1/check"
HEAD = "schema: qmadvisor.setup/1\ntitel: Nordstadt\n"
JSON, YAML = "application/json", "application/yaml"
PLAN = '{"schema": "qmadvisor.setup/1", "titel": "Nordstadt"'
BOMB = HEAD + "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

BODIES = [
    (JSON, b"", 400, "syntax"),
    (JSON, b"{", 400, "syntax"),
    (JSON, PLAN.encode() + b', "gebiet": {"einwohner": NaN}}', 400, "not_a_number"),
    (JSON, PLAN.encode() + b', "gebiet": {"einwohner": Infinity}}', 400, "not_a_number"),
    (JSON, PLAN.encode() + b', "gebiet": {"einwohner": 1e999}}', 422, None),
    (JSON, PLAN.encode() + b', "gebiet": {"einwohner": ' + b"9" * 10_000 + b"}}", 422, None),
    (JSON, PLAN.encode() + b', "titel": "zwei"}', 400, "duplicate_key"),
    (JSON, b"[" * 50_000, 400, None),
    (JSON, PLAN.encode() + b', "a": ' + b'{"a":' * 30 + b"1" + b"}" * 31, 400, "too_deep"),
    (JSON, PLAN.encode() + b', "x": "\xff"}', 400, "encoding"),
    (JSON, (PLAN + "}").encode("utf-16"), 400, "encoding"),
    (JSON, PLAN.encode() + b', "\\ud800": 1}', 400, None),
    (JSON, PLAN.encode() + b', "\\u0000": 1}', 422, "unknown_key"),
    (JSON, PLAN.encode() + b', "' + b"x" * 2000 + b'": 1}', 400, "key_too_long"),
    (YAML, BOMB.encode(), 400, "alias"),
    (YAML, (HEAD + "x: !!python/object/apply:os.system [ls]").encode(), 400, "tag"),
    (YAML, (HEAD + "---\n" + HEAD).encode(), 400, "documents"),
    (YAML, (HEAD + "? [a, b]\n: c").encode(), 400, "key"),
    (YAML, (HEAD + "x: \x00").encode(), 400, "syntax"),
    (YAML, (HEAD.replace("Nordstadt", "'<script>alert(1)</script>'")).encode(), 200, None),
    (YAML, (HEAD + "gebiet: {einwohner: '{stadtteilbuero.gruppenraum_m2}'}").encode(), 422, "not_a_number"),
    (YAML, (HEAD + "".join(f"f{number}: 1\n" for number in range(5000))).encode(), 422, "unknown_key"),
]


@pytest.mark.parametrize(("kind", "body", "status", "code"), BODIES)
def test_a_hostile_body(client: TestClient, kind: str, body: bytes, status: int, code: str | None) -> None:
    answer = client.post(CHECK, content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        codes = {error["code"] for error in answer.json()["errors"]}
        assert codes
        assert code is None or code in codes
        assert len(codes) <= 101
    good = client.post(CHECK, json={"schema": "qmadvisor.setup/1", "titel": "gut"})
    assert good.status_code == 200


def test_markup_stays_text_in_json(client: TestClient) -> None:
    plan = {"schema": "qmadvisor.setup/1", "titel": "<img src=x onerror=alert(1)>"}
    answer = client.post(CHECK, json=plan)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["setup"]["title"] == plan["titel"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/jsonx"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "multipart/form-data; boundary=x"},
    ],
)
def test_other_kinds_of_content_are_not_read(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(CHECK, content=b"{}", headers=headers)
    assert answer.status_code == 415
    assert answer.headers["accept"] == "application/json, application/yaml"


def test_ten_megabytes_are_refused_by_their_length(client: TestClient) -> None:
    answer = client.post(CHECK, content=b" " * 10_000_000, headers={"Content-Type": JSON})
    assert answer.status_code == 413


def test_ten_megabytes_without_a_length_are_refused_too(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(160):
            yield b" " * 65_536

    answer = client.post(CHECK, content=chunks(), headers={"Content-Type": JSON})
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["99999999999999999999999", "1048577"])
def test_an_announced_size_is_enough_to_refuse(client: TestClient, length: str) -> None:
    answer = client.post(CHECK, content=b"{}", headers={"Content-Type": JSON, "Content-Length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", CHECK, "POST"),
        ("DELETE", CHECK, "POST"),
        ("POST", "/api/v1/rules", "GET, HEAD"),
        ("PUT", "/healthz", "GET, HEAD"),
        ("QUATSCH", "/api/v1/version", "GET, HEAD"),
    ],
)
def test_other_methods_are_told_what_is_allowed(
    client: TestClient, method: str, path: str, allow: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1", "/api/v1/check/", "/api/v2/check", "/api/v1/rules/../../etc"]
)
def test_what_is_not_there_is_a_problem_of_the_same_form(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json()["title"] == "There is no such resource"
    assert answer.headers["content-language"] == "en"


def test_html_is_not_what_we_have(client: TestClient) -> None:
    assert client.get("/api/v1/rules", headers={"Accept": "text/html"}).status_code == 406


def test_a_slow_body_is_cut_off_and_holds_up_nobody(address: str) -> None:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    head = "POST /api/v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as slow:
        slow.sendall(head.encode())
        started = time.monotonic()
        assert slow.recv(65_536).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - started < 3


def test_a_client_that_leaves_is_no_failure(address: str) -> None:
    import httpx2

    parts = urlsplit(address)
    assert parts.hostname
    head = "POST /api/v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=5) as gone:
        gone.sendall(head.encode())
    time.sleep(0.1)
    text = httpx2.get(f"{address}/metrics").text
    assert 'route="/api/v1/check",status="500"' not in text
