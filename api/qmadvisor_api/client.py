"""A small typed client for the API, on httpx2. It needs the extra `client`, not `service`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
from pydantic import BaseModel, TypeAdapter, ValidationError

from qmadvisor.report.model import Report
from qmadvisor.report.roadmap_model import Roadmap
from qmadvisor.rules.coverage import Coverage
from qmadvisor_api.models import (
    Examples,
    Explanation,
    Facts,
    Models,
    ParameterList,
    Passages,
    ProblemDetails,
    RuleInfo,
    Rules,
    Tasks,
    Version,
)

Setup = Mapping[str, Any] | str
"""A setup as plain data, or the text of a setup file in YAML."""

_Model = TypeVar("_Model", bound=BaseModel)
_REPORTS = TypeAdapter(list[Report])


class ApiError(Exception):
    """The service refused a request; `problem` says why, with every error, where it told."""

    def __init__(self, status: int, problem: ProblemDetails | None, retry_after: int | None) -> None:
        self.status = status
        self.problem = problem
        self.retry_after = retry_after
        title = problem.title if problem else "no problem details"
        lines = [f"{status} {title}"]
        lines += [
            f"  {error.pointer or error.parameter or ''}: {error.message}"
            for error in (problem.errors if problem else ())
        ]
        super().__init__("\n".join(lines))


class Client:
    """Talks to one service. Use it as an async context manager, or close it."""

    def __init__(
        self,
        base_url: str,
        *,
        key: str | None = None,
        seconds: float = 30.0,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        headers = {"Accept": "application/json"} | ({"X-API-Key": key} if key else {})
        self._http = httpx2.AsyncClient(
            base_url=f"{base_url.rstrip('/')}/api/v1", headers=headers, timeout=seconds, transport=transport
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def check(
        self, setup: Setup, *, as_of: date | None = None, ignore_deviations: bool = False
    ) -> Report:
        """Check one setup. Raises ApiError."""
        answer = await self._post("/check", setup, _options(as_of, ignore_deviations))
        return Report.model_validate_json(answer)

    async def check_many(
        self,
        setups: Iterable[Mapping[str, Any]],
        *,
        as_of: date | None = None,
        ignore_deviations: bool = False,
    ) -> list[Report]:
        """Check several setups at once, at most 100. Raises ApiError where one of them has errors."""
        answer = await self._post("/check", list(setups), _options(as_of, ignore_deviations))
        return _REPORTS.validate_json(answer)

    async def explain(self, setup: Setup, rule: str, *, as_of: date | None = None) -> Explanation:
        """Explain how one rule comes to its outcome for a setup. Raises ApiError."""
        answer = await self._post("/explain", setup, {"rule": rule, **_options(as_of)})
        return Explanation.model_validate_json(answer)

    async def roadmap(
        self, setup: Setup, *, as_of: date | None = None, ignore_deviations: bool = False
    ) -> Roadmap:
        """Say what is left to do for one setup, phase by phase. Raises ApiError."""
        answer = await self._post("/roadmap", setup, _options(as_of, ignore_deviations))
        return Roadmap.model_validate_json(answer)

    async def rules(self, section: str | None = None) -> Rules:
        """List the rules."""
        return await self._get(Rules, "/rules", {"section": section} if section else {})

    async def rule(self, rule: str) -> RuleInfo:
        """Show one rule."""
        return await self._get(RuleInfo, f"/rules/{rule}")

    async def facts(self) -> Facts:
        """List the facts."""
        return await self._get(Facts, "/facts")

    async def passages(self) -> Passages:
        """List the guideline's passages."""
        return await self._get(Passages, "/passages")

    async def coverage(self) -> Coverage:
        """Say how much of the guideline the rules cover."""
        return await self._get(Coverage, "/coverage")

    async def parameters(self) -> ParameterList:
        """List the dated values."""
        return await self._get(ParameterList, "/parameters")

    async def models(self) -> Models:
        """List the guideline's models."""
        return await self._get(Models, "/models")

    async def tasks(self) -> Tasks:
        """List the guideline's overview of tasks."""
        return await self._get(Tasks, "/tasks")

    async def examples(self) -> Examples:
        """List the example setups."""
        return await self._get(Examples, "/examples")

    async def schema(self, name: str) -> dict[str, Any]:
        """Give the JSON Schema of a setup, report, rule or fact."""
        found: dict[str, Any] = json.loads(_content(await self._http.get(f"/schema/{name}")))
        return found

    async def version(self) -> Version:
        """Say what is running."""
        return await self._get(Version, "/version")

    async def _get(self, model: type[_Model], path: str, query: Mapping[str, str] | None = None) -> _Model:
        return model.model_validate_json(_content(await self._http.get(path, params=query)))

    async def _post(
        self, path: str, body: Setup | list[Mapping[str, Any]], query: Mapping[str, str]
    ) -> bytes:
        is_text = isinstance(body, str)
        content = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, allow_nan=False)
        kind = {"Content-Type": "application/yaml" if is_text else "application/json"}
        return _content(await self._http.post(path, content=content.encode(), params=query, headers=kind))


def _options(as_of: date | None, ignore_deviations: bool = False) -> dict[str, str]:
    day = {"as_of": as_of.isoformat()} if as_of else {}
    return day | ({"ignore_deviations": "true"} if ignore_deviations else {})


def _content(response: httpx2.Response) -> bytes:
    if response.is_success:
        return response.content
    wait = response.headers.get("retry-after", "")
    raise ApiError(response.status_code, _problem(response), int(wait) if wait.isdigit() else None)


def _problem(response: httpx2.Response) -> ProblemDetails | None:
    try:
        return ProblemDetails.model_validate_json(response.content)
    except ValidationError:
        return None  # a proxy answered, not the service
