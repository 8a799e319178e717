from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.report.conftest import ReportOf
from tests.report.setups import BEGUN, READY

from qmadvisor.report.model import SCHEMA, Report


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return Report.model_json_schema(by_alias=True, mode="serialization")


@pytest.fixture(params=[BEGUN, READY, ""], ids=["begun", "ready", "empty"])
def report(request: pytest.FixtureRequest, report_of: ReportOf) -> Report:
    return report_of(request.param)


def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_a_report_fits_the_schema(report: Report, schema: dict[str, Any]) -> None:
    data = json.loads(report.to_json())
    assert data["schema"] == SCHEMA == "qmadvisor.report/1"
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


@pytest.mark.parametrize("key", ["schema", "summary", "advice", "findings", "disclaimer"])
def test_the_schema_asks_for_every_part(report_of: ReportOf, schema: dict[str, Any], key: str) -> None:
    data = json.loads(report_of().to_json())
    del data[key]
    assert not Draft202012Validator(schema).is_valid(data)


def test_the_schema_refuses_what_it_does_not_know(report_of: ReportOf, schema: dict[str, Any]) -> None:
    data = json.loads(report_of().to_json())
    assert not Draft202012Validator(schema).is_valid({**data, "score": 5})


def test_a_report_survives_the_way_through_json(report: Report) -> None:
    assert Report.model_validate_json(report.to_json()) == report


def test_the_same_setup_gives_the_same_bytes(report_of: ReportOf) -> None:
    assert report_of(BEGUN).to_json() == report_of(BEGUN).to_json()


def test_json_is_readable_text_that_ends_with_its_line(report: Report) -> None:
    text = report.to_json()
    assert text.endswith("}\n")
    assert "ü" in text
    assert "\\u00" not in text


def test_markup_stays_as_it_was_written(report_of: ReportOf) -> None:
    data = json.loads(report_of(BEGUN).to_json())
    reasons = [one["deviation"]["reason"] for one in data["findings"] if one["deviation"]]
    assert reasons == ["Die [bold]Volkshochschule[/bold] stellt <b>Geräte</b> {kostenlos}"]
