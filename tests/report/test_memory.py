"""What is remembered is what would be said now: for random setups, and for setups that differ in one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.properties.setups import BASE, KNOWN, TODAY, setups

from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.report import memory as memories
from qmadvisor.report.build import build_report, recalled_report, report_json
from qmadvisor.report.memory import Memory
from qmadvisor.resources import knowledge_root
from qmadvisor.setup.model import Deviation
from qmadvisor.setup.reader import load_setup, read_values

CHECKER = Checker(BASE, "compiled")
SHARED = Memory(BASE)
EXAMPLES = sorted((knowledge_root() / "examples").glob("*.yaml"))
POST = {"rolle": "quartiersmanagement", "umfang": "0,5"}


def checked(given: dict[str, Any], as_of: date = TODAY, **changes: Any) -> CheckResult:
    setup = read_values(given, KNOWN.catalogue, KNOWN.parameters, as_of)
    return CHECKER.check(replace(setup, **changes), as_of)


def expected(result: CheckResult) -> bytes:
    return build_report(result).model_dump_json(by_alias=True).encode()


@settings(max_examples=12, deadline=None)
@given(setups())
def test_the_memory_says_what_is_said_without_it(setup: Any) -> None:
    result = CHECKER.check(setup, TODAY)
    assert b"".join(report_json(result, SHARED)) == expected(result)


def variants() -> Iterator[CheckResult]:
    yield checked({})
    yield checked({}, date(2031, 1, 1))
    yield checked({}, phase="vorbereitung")
    yield checked({}, phase="verstetigung")
    yield checked({}, parameter_overrides={"kurze_laufzeit": None})
    yield checked({"stellen": {"a": POST}})
    yield checked({"stellen": {"b": POST}})
    yield checked({"stellen": {"a": {**POST, "umfang": {"jahresstunden": 800}}}})
    yield checked({"stellen": {"a": {**POST, "umfang": {"jahresstunden": 800, "basis": "netto"}}}})
    yield checked({"stellen": {"a": POST, "vollstaendig": "ja"}})
    yield checked({"stadtteilbuero.gruppenraum_m2": "mindestens 20", "stadtteilbuero.vorgesehen": True})
    yield checked({"stadtteilbuero.gruppenraum_m2": "mindestens 21", "stadtteilbuero.vorgesehen": True})
    yield checked({"vertrag.vorgesehen": True, "vertrag.dauer_monate": 30})


def test_what_differs_in_one_thing_is_told_apart() -> None:
    memory = Memory(BASE)
    reports = [(result, expected(result)) for result in variants()]
    for result, report in reports * 2:
        assert b"".join(report_json(result, memory)) == report


def test_texts_cannot_get_between_the_parts() -> None:
    result = checked({}, title='","advice":["findings":["hints":[')
    assert b"".join(report_json(result, Memory(BASE))) == expected(result)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_advice_is_remembered_with_what_it_follows_from(path: Path) -> None:
    setup = load_setup(path, KNOWN.catalogue, KNOWN.parameters, TODAY)
    result = CHECKER.check(setup, TODAY)
    behind = {one.rule.id for given in result.advice for one in given.follows_from}
    excused = replace(setup, deviations={rule: Deviation(rule, "Saal nebenan") for rule in behind})
    for one in (setup, excused, setup):
        result = CHECKER.check(one, TODAY)
        assert b"".join(report_json(result, SHARED)) == expected(result)


@pytest.mark.parametrize("bound", ["_MOST", "_MOST_CHAPTERS"])
def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(memories, bound, 10)
    memory = Memory(BASE)
    result = checked({})
    kept = []
    for _ in range(2):
        assert b"".join(report_json(result, memory)) == expected(result)
        kept.append(memory._kept)
    assert kept[0] is not kept[1]


def test_pages_are_told_the_same() -> None:
    result = checked({"stellen": {"a": POST}})
    for _ in range(2):
        assert recalled_report(result, SHARED) == build_report(result)
