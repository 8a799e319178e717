from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qmadvisor.engine.check import Checker
from qmadvisor.report.build import build_report
from qmadvisor.report.model import Report
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.reader import load_setup

CHECK = "/api/v1/check?as_of=2026-11-22"
PLAN = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
EXAMPLES = sorted((knowledge_root() / "examples").glob("*.yaml"))


def errors_of(answer: Any) -> dict[str, str]:
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


def test_the_report_is_the_one_of_the_library(client: TestClient) -> None:
    path = knowledge_root() / "examples" / "friedberg-2015.yaml"
    base, day = default_rule_base(), date(2026, 11, 22)
    setup = load_setup(path, base.knowledge.catalogue, base.knowledge.parameters, day)
    expected = build_report(Checker(base).check(setup, day))
    answer = client.post(CHECK, content=path.read_bytes(), headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "de"
    assert answer.headers["cache-control"] == "no-store"
    assert Report.model_validate_json(answer.content) == expected


def test_several_setups_give_as_many_reports_in_order(client: TestClient) -> None:
    plans = [{**PLAN, "titel": title} for title in ("A", "B", "C")]
    answer = client.post(CHECK, json=plans)
    assert [report["setup"]["title"] for report in answer.json()] == ["A", "B", "C"]


def test_all_errors_of_all_setups_come_at_once_with_pointers(client: TestClient) -> None:
    plans = [
        PLAN,
        {**PLAN, "gebiet": {"einwohnerr": 3, "flaeche_ha": "viel"}},
        {"titel": "X", "abweichungen": {"raeume.gruppenraum": {"grnd": "y"}}},
        "keine Planung",
    ]
    answer = client.post(CHECK, json=plans)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/api/v1/problems/invalid-setup"
    found = errors_of(answer)
    assert found["/1/gebiet/einwohnerr"] == "unknown_key"
    assert found["/1/gebiet/flaeche_ha"] == "not_a_number"
    assert found["/2/schema"] == "missing_schema"
    assert found["/2/abweichungen/raeume.gruppenraum/grnd"] == "unknown_key"
    assert found["/3"] == "not_a_setup"
    remedies = [error["remedy"] for error in answer.json()["errors"]]
    assert "Meinten Sie „einwohner“?" in remedies


def test_errors_in_json_have_their_lines(client: TestClient) -> None:
    plan = b"""{"schema": "qmadvisor.setup/1",
 "titel": "Nordstadt",
 "gebiet":
  {"einwohner": "viele", "einwohnerr": 3}}"""
    answer = client.post(CHECK, content=plan, headers={"Content-Type": "application/json"})
    found = [(error["pointer"], error["line"], error["column"]) for error in answer.json()["errors"]]
    assert found == [("/gebiet/einwohner", 4, None), ("/gebiet/einwohnerr", 4, None)]


@pytest.mark.parametrize(("number", "status"), [(0, 422), (4, 200), (5, 422)])
def test_the_number_of_setups_is_limited(client: TestClient, number: int, status: int) -> None:
    assert client.post(CHECK, json=[PLAN] * number).status_code == status


def test_contradictions_are_errors_of_the_setup(client: TestClient) -> None:
    dates = {"vorgesehen": True, "beginn": "2026-01-01", "ende": "2026-12-31", "dauer_monate": 36}
    answer = client.post(CHECK, json={**PLAN, "vertrag": dates})
    assert answer.status_code == 422
    assert {error["code"] for error in answer.json()["errors"]} == {"contradiction"}


def test_deviations_can_be_ignored(client: TestClient) -> None:
    plan = {
        **PLAN,
        "stadtteilbuero": {"vorgesehen": True, "gruppenraum": True, "gruppenraum_m2": 12},
        "abweichungen": {"raeume.gruppenraum": {"grund": "Kein Platz"}},
    }

    def in_force(query: str) -> list[bool]:
        findings = client.post(CHECK + query, json=plan).json()["findings"]
        return [one["deviation"]["in_force"] for one in findings if one["deviation"]]

    assert in_force("") == in_force("&ignore_deviations=false") == [True]
    assert in_force("&ignore_deviations=true") == [False]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("as_of=morgen", "as_of"),
        ("as_of=20261122", "as_of"),
        ("as_of=2026-02-30", "as_of"),
        ("as_of=0001-01-01", "as_of"),
        ("ignore_deviations=1", "ignore_deviations"),
        ("as_off=2026-11-22", "as_off"),
    ],
)
def test_parameters_are_read_strictly(client: TestClient, query: str, parameter: str) -> None:
    answer = client.post(f"/api/v1/check?{query}", json=PLAN)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/api/v1/problems/invalid-parameter"
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_the_nearest_parameter_is_named(client: TestClient) -> None:
    answer = client.post("/api/v1/check?as_off=x&igonre_deviations=y", json=PLAN)
    assert [error["remedy"] for error in answer.json()["errors"]] == [
        "Meinten Sie „as_of“?",
        "Meinten Sie „ignore_deviations“?",
    ]


def test_a_finding_is_explained(client: TestClient) -> None:
    plan = {**PLAN, "stadtteilbuero": {"vorgesehen": True, "gruppenraum": True, "gruppenraum_m2": 12}}
    answer = client.post("/api/v1/explain?rule=raeume.gruppenraum", json=plan).json()
    assert answer["finding"]["status"] == "violated"
    assert answer["hint"] is None
    assert "12 m²" in answer["text"]


def test_a_hint_is_explained(client: TestClient) -> None:
    hint = next(rule for rule in default_rule_base().rules if rule.is_hint)
    answer = client.post(f"/api/v1/explain?rule={hint.id}", json=PLAN).json()
    assert (answer["kind"], answer["finding"]) == ("hint", None)


def test_advice_is_explained(client: TestClient) -> None:
    known = default_rule_base().advice[0].id
    answer = client.post(f"/api/v1/explain?rule={known}", json=PLAN).json()
    assert (answer["kind"], answer["finding"], answer["hint"]) == ("advice", None, None)
    assert known in answer["text"]


def test_an_unknown_rule_is_named_with_the_nearest(client: TestClient) -> None:
    answer = client.post("/api/v1/explain?rule=raeume.grupenraum", json=PLAN)
    assert answer.status_code == 404
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["remedy"]) == ("rule", "Meinten Sie „raeume.gruppenraum“?")


def test_explaining_takes_one_setup(client: TestClient) -> None:
    assert client.post("/api/v1/explain?rule=raeume.gruppenraum", json=[PLAN]).status_code == 422


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_sent_as_json_too(client: TestClient, path: Path) -> None:
    shown = client.get("/api/v1/examples").json()["examples"]
    example = next(one for one in shown if one["name"] == path.stem)
    by_json = client.post(CHECK, json=example["setup"])
    by_yaml = client.post(
        CHECK, content=example["yaml"].encode(), headers={"Content-Type": "application/yaml"}
    )
    assert by_json.status_code == by_yaml.status_code == 200
    first, second = json.loads(by_json.content), json.loads(by_yaml.content)
    assert first["findings"] == second["findings"]


def test_an_answer_is_packed_where_the_client_unpacks_it(client: TestClient) -> None:
    plain = client.post("/api/v1/check", json=PLAN, headers={"Accept-Encoding": "identity"})
    packed = client.post("/api/v1/check", json=PLAN, headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"})
    refused = client.post("/api/v1/check", json=PLAN, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    for found in (plain, packed, refused):
        assert "Accept-Encoding" in found.headers["vary"]
    assert "content-encoding" not in {**plain.headers, **refused.headers}
