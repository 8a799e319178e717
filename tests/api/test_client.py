from __future__ import annotations

import ast
import re
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TypeVar

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qmadvisor.engine.formula import Status
from qmadvisor.report.model import Report
from qmadvisor_api.client import ApiError, Client

PLAN = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
DAY = date(2026, 11, 22)
_Result = TypeVar("_Result")
Ask = Callable[[Callable[[Client], Awaitable[_Result]]], _Result]


@pytest.fixture
def ask(app: FastAPI, client: TestClient) -> Ask:
    """Run a question to the application, in the loop in which that runs."""

    async def asked(question: Callable[[Client], Awaitable[_Result]]) -> _Result:
        async with Client("http://test", transport=httpx2.ASGITransport(app)) as own:
            return await question(own)

    assert client.portal
    portal = client.portal
    return lambda question: portal.call(asked, question)


def test_a_setup_is_checked(ask: Ask) -> None:
    report = ask(lambda client: client.check(PLAN, as_of=DAY))
    assert (report.setup.title, report.as_of) == ("Nordstadt", "2026-11-22")
    assert report.findings[0].status in Status
    assert (
        ask(lambda client: client.check("schema: qmadvisor.setup/1\ntitel: Nordstadt", as_of=DAY)) == report
    )


def test_several_setups_are_checked(ask: Ask) -> None:
    reports = ask(lambda client: client.check_many([PLAN, PLAN], as_of=DAY, ignore_deviations=True))
    assert len(reports) == 2


def test_a_finding_is_explained(ask: Ask) -> None:
    told = ask(lambda client: client.explain(PLAN, "raeume.gruppenraum"))
    assert told.finding
    assert told.finding.status is Status.OPEN


def test_a_roadmap_is_made(ask: Ask) -> None:
    plan = ask(lambda client: client.roadmap(PLAN, as_of=DAY))
    assert plan.counts.ask > 0


def test_everything_that_is_known_can_be_asked_for(ask: Ask) -> None:
    rules = ask(lambda client: client.rules("raeume"))
    assert {rule.section for rule in rules.rules} == {"raeume"}
    assert ask(lambda client: client.rule(rules.rules[0].id)) == rules.rules[0]
    assert ask(lambda client: client.facts()).facts
    assert ask(lambda client: client.passages()).passages
    assert ask(lambda client: client.parameters()).parameters
    assert ask(lambda client: client.coverage()).total.passages
    assert ask(lambda client: client.models()).models
    assert ask(lambda client: client.tasks()).tasks
    assert ask(lambda client: client.examples()).examples
    assert ask(lambda client: client.schema("setup"))["required"] == ["schema", "titel"]
    assert ask(lambda client: client.version()).api == "v1"


def test_errors_tell_everything_that_is_wrong(ask: Ask) -> None:
    with pytest.raises(ApiError, match="/gebiet/einwohnerr: Diese Angabe gibt es nicht") as caught:
        ask(lambda client: client.check({**PLAN, "gebiet": {"einwohnerr": 1}}))
    assert caught.value.status == 422
    assert caught.value.problem
    assert caught.value.problem.errors[0].remedy == "Meinten Sie „einwohner“?"


def test_the_example_of_the_readme_runs(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```py\n(.*?)```", text, re.DOTALL)
    own = partial(Client, transport=httpx2.ASGITransport(app))
    monkeypatch.setattr("qmadvisor_api.client.Client", own)
    names = {"setup": PLAN}
    compiled = compile(code, "README.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    assert client.portal
    client.portal.call(FunctionType(compiled, names))
    assert isinstance(names["report"], Report)


def test_an_answer_of_somebody_else_is_an_error_too() -> None:
    import anyio

    def proxy(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(503, text="<h1>Bad gateway</h1>", headers={"Retry-After": "7"})

    async def main() -> None:
        async with Client("https://test", key="qma_x", transport=httpx2.MockTransport(proxy)) as client:
            await client.version()

    with pytest.raises(ApiError) as caught:
        anyio.run(main)
    assert (caught.value.problem, caught.value.retry_after) == (None, 7)
