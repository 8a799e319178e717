from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import DAY, Plan, Run
from tests.report.setups import BEGUN, READY


@pytest.mark.parametrize("engine", ["compiled", "auto"])
def test_a_roadmap_is_no_verdict(run: Run, plan: Plan, engine: str) -> None:
    outcome = run("roadmap", plan(READY), "--engine", engine, *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Fahrplan zur Planung „Nordstadt“\n")
    assert "1. ✘ nicht erfüllt · soll · Kein übergroßes Gebiet" in outcome.out


def test_the_json_fits_the_schema_that_the_program_prints(run: Run, plan: Plan) -> None:
    schema = json.loads(run("schema", "roadmap").out)
    Draft202012Validator.check_schema(schema)
    data = json.loads(run("roadmap", plan(BEGUN), "--format", "json", *DAY).out)
    assert list(Draft202012Validator(schema).iter_errors(data)) == []
    assert (data["schema"], data["as_of"]) == ("qmadvisor.roadmap/1", "2026-11-22")


def test_a_roadmap_goes_to_a_file(run: Run, plan: Plan, tmp_path: Path) -> None:
    outcome = run("roadmap", plan(BEGUN), "-o", "fahrplan.txt", *DAY)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert (tmp_path / "fahrplan.txt").read_text("utf-8") == run("roadmap", plan(BEGUN), *DAY).out


def test_a_file_that_cannot_be_read_is_explained(run: Run, plan: Plan) -> None:
    outcome = run("roadmap", plan("fläche: groß"), *DAY)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Diese Angabe gibt es nicht." in outcome.err
