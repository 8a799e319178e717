from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qmadvisor_api.keys import create_key, revoke_key

VERSION = "/api/v1/version"
Idle = Callable[..., TestClient]


def test_too_many_requests_are_told_when_to_come_back(idle: Idle) -> None:
    client = idle(rate_limit="2/minute")
    answers = [client.get(VERSION) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["type"] == "/api/v1/problems/too-many-requests"
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].headers["x-request-id"]


def test_health_and_metrics_have_no_limit(idle: Idle) -> None:
    client = idle(rate_limit="1/minute")
    assert {client.get(path).status_code for path in ("/healthz", "/metrics") * 3} == {200}


def test_behind_a_trusted_proxy_each_client_has_its_own_rate(idle: Idle) -> None:
    app = idle(rate_limit="1/minute", trusted_proxies="10.0.0.1").app
    proxied = TestClient(app, client=("10.0.0.1", 1))
    answers = [proxied.get(VERSION, headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in (1, 2, 1)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    direct = TestClient(app, client=("192.0.2.7", 1))
    answers = [direct.get(VERSION, headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in (4, 5)]
    assert [answer.status_code for answer in answers] == [200, 429]


def test_a_key_has_a_rate_of_its_own(idle: Idle, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    _, text = create_key(file, "Portal")
    client = idle(rate_limit="1/minute", key_rate_limit="3/minute", keys_file=file)
    headers = {"X-API-Key": text}
    assert [client.get(VERSION, headers=headers).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get(VERSION).status_code == 200


@pytest.mark.parametrize("required", [True, False])
def test_a_wrong_key_is_refused_and_counted(idle: Idle, tmp_path: Path, required: bool) -> None:
    file = tmp_path / "keys.json"
    key, text = create_key(file, "Portal")
    client = idle(rate_limit="3/minute", keys_file=file, require_key=required)
    assert client.get(VERSION, headers={"X-API-Key": text}).status_code == 200
    revoke_key(file, key.id)
    refused = client.get(VERSION, headers={"X-API-Key": text})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'ApiKey realm="qmadvisor"'
    guesses = [client.get(VERSION, headers={"X-API-Key": f"qma_{n}"}).status_code for n in range(3)]
    assert guesses == [401, 401, 429]


def test_where_keys_are_demanded_nothing_goes_without(idle: Idle, tmp_path: Path) -> None:
    client = idle(keys_file=tmp_path / "keys.json", require_key=True)
    for path in (VERSION, "/api/v1/rules", "/api/v1/nichts"):
        assert client.get(path).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_without_keys_a_key_means_nothing(idle: Idle) -> None:
    assert idle().get(VERSION, headers={"X-API-Key": "x"}).status_code == 200
