from __future__ import annotations

from collections.abc import Callable

import jsonschema
import pytest
from starlette.testclient import TestClient

from qmadvisor.rules.loader import default_rule_base
from qmadvisor_api.kinds import KINDS

PATHS = [
    "rules", "rules?section=raeume", "rules/raeume.gruppenraum", "facts", "facts/gebiet.einwohner", "passages",
    "parameters", "coverage", "models", "tasks", "examples", "schema/roadmap", "version",
    "schema/setup", "schema/report",
    "schema/rule", "schema/fact", "schema/advice", "problems",
    "problems/not-found", "openapi.json",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_depends_on_the_rules_alone_can_be_cached(client: TestClient, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=300"
    etag = first.headers["etag"]
    for known in (etag, f"W/{etag}", f'"anderes", {etag}', "*"):
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    changed = client.get(f"/api/v1/{path}", headers={"If-None-Match": '"anderes"'})
    assert changed.content == first.content


def test_what_needs_a_key_is_cached_for_its_owner_only(
    idle: Callable[..., TestClient], tmp_path: object
) -> None:
    from pathlib import Path

    from qmadvisor_api.keys import create_key

    file = Path(str(tmp_path)) / "keys.json"
    _, text = create_key(file, "Portal")
    answer = idle(keys_file=file, require_key=True).get("/api/v1/version", headers={"X-API-Key": text})
    assert answer.headers["cache-control"] == "private, max-age=300"


def test_all_rules_are_listed_in_order(client: TestClient) -> None:
    shown = client.get("/api/v1/rules").json()["rules"]
    assert [rule["id"] for rule in shown] == [rule.id for rule in default_rule_base().rules]


def test_a_rule_says_its_condition_in_german(client: TestClient) -> None:
    rule = client.get("/api/v1/rules/raeume.gruppenraum").json()
    assert rule["demand"]["text"] == "stadtteilbuero.gruppenraum_m2 >= 25"
    assert "25 m²" in rule["demand"]["german"]
    assert "stadtteilbuero.gruppenraum_m2" in rule["facts"]
    assert rule["source"]["passages"]


def test_every_passage_names_the_rules_that_cite_it(client: TestClient) -> None:
    passages = {one["id"]: one["rules"] for one in client.get("/api/v1/passages").json()["passages"]}
    for rule in default_rule_base().rules:
        assert all(rule.id in passages[passage] for passage in rule.spec.source)


@pytest.mark.parametrize(
    ("path", "parameter", "remedy"),
    [
        ("rules/raeume.grupenraum", "id", "Meinten Sie „raeume.gruppenraum“?"),
        ("facts/gebiet.einwoner", "path", "Meinten Sie „gebiet.einwohner“?"),
        ("schema/reports", "name", "Meinten Sie „report“?"),
        ("problems/not-fund", "name", "Meinten Sie „not-found“?"),
    ],
)
def test_unknown_names_come_with_the_nearest(
    client: TestClient, path: str, parameter: str, remedy: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["remedy"]) == (parameter, remedy)


def test_an_unknown_section_or_parameter_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/rules?section=raume").json()["errors"][0]["remedy"] == "Meinten Sie „raeume“?"
    assert client.get("/api/v1/facts?quick=true").status_code == 422


def test_the_schemas_describe_what_is_sent(client: TestClient) -> None:
    setup = client.get("/api/v1/schema/setup").json()
    report = client.get("/api/v1/schema/report").json()
    plan = client.get("/api/v1/examples").json()["examples"][0]["setup"]
    jsonschema.Draft202012Validator(setup).validate(plan)
    jsonschema.Draft202012Validator(report).validate(client.post("/api/v1/check", json=plan).json())


def test_every_type_of_problem_leads_to_its_explanation(client: TestClient) -> None:
    for kind in KINDS.values():
        shown = client.get(kind.type).json()
        assert (shown["name"], shown["status"]) == (kind.name, kind.status)
        assert shown["title"].keys() == shown["about"].keys() == {"de", "en"}


def test_a_service_that_is_not_ready_says_so(idle: Callable[..., TestClient]) -> None:
    answer = idle().get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
