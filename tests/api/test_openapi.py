from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qmadvisor_api.kinds import KINDS
from qmadvisor_api.openapi import describe

STATUSES = {"401", "405", "406", "422", "429", "500", "503"}


@pytest.fixture(scope="module")
def descriptions(app: FastAPI) -> dict[str, dict[str, Any]]:
    return {"de": describe(app, "de"), "en": describe(app, "en")}


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("description", "summary") and isinstance(inner, str):
                yield f"{where}/{key}", inner
            elif key not in ("examples", "example"):
                yield from texts(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, f"{where}/{index}")


def test_it_is_served_in_both_languages(client: TestClient) -> None:
    german = client.get("/api/v1/openapi.json")
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert (german.headers["content-language"], english.headers["content-language"]) == ("de", "en")
    assert german.headers["etag"] != english.headers["etag"]
    assert german.json()["openapi"].startswith("3.1")


def test_every_operation_speaks_both_languages(descriptions: dict[str, dict[str, Any]]) -> None:
    german, english = (dict(texts(descriptions[key]["paths"])) for key in ("de", "en"))
    assert german.keys() == english.keys()
    same = [where for where, text in german.items() if english[where] == text and not text.startswith("RFC")]
    assert {german[where] for where in same} <= {"Version"}


def test_every_schema_is_described_in_both_languages(descriptions: dict[str, dict[str, Any]]) -> None:
    for name, schema in descriptions["de"]["components"]["schemas"].items():
        if schema.get("type") == "object":
            assert (
                schema["description"] != descriptions["en"]["components"]["schemas"][name]["description"]
            ), name


def test_every_operation_tells_of_its_problems(descriptions: dict[str, dict[str, Any]]) -> None:
    for path, method, operation in operations(descriptions["de"]):
        if not path.startswith("/api/"):
            continue
        assert operation["responses"].keys() >= STATUSES, path
        if method == "post":
            assert operation["responses"].keys() >= {"400", "408", "413", "415"}


def test_examples_of_bodies_are_accepted(client: TestClient, descriptions: dict[str, dict[str, Any]]) -> None:
    count = 0
    for path, method, operation in operations(descriptions["de"]):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            for example in content["examples"].values():
                value = example["value"]
                data = value if isinstance(value, str) else json.dumps(value)
                query = "?rule=raeume.gruppenraum" if path.endswith("explain") else ""
                answer = client.request(
                    method, path + query, content=data.encode(), headers={"Content-Type": kind}
                )
                assert answer.status_code == 200, (path, answer.text)
                count += 1
    assert count == 13


def test_examples_of_problems_keep_their_schema(descriptions: dict[str, dict[str, Any]]) -> None:
    description = descriptions["en"]
    schema = {"$ref": "#/components/schemas/ProblemDetails", "components": description["components"]}
    seen = set()
    for _, _, operation in operations(description):
        for response in operation["responses"].values():
            content = response.get("content", {}).get("application/problem+json", {})
            for name, example in content.get("examples", {}).items():
                jsonschema.Draft202012Validator(schema).validate(example["value"])
                seen.add(name)
    assert seen == set(KINDS)


def test_answers_keep_their_schema(client: TestClient, descriptions: dict[str, dict[str, Any]]) -> None:
    description = descriptions["de"]
    for path, method, operation in operations(description):
        if method != "get" or "{" in path or path == "/metrics":
            continue
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": description["components"]}
        jsonschema.Draft202012Validator(schema).validate(client.get(path).json())
