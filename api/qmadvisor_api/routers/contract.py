"""What the API promises: its description, the schemas, the kinds of problems, the version."""

from __future__ import annotations

import json

from fastapi import Depends, Request, Response

from qmadvisor import __version__
from qmadvisor.errors import Problem, did_you_mean, excerpt, listing
from qmadvisor.report.build import rule_base_info
from qmadvisor.report.schemas import SCHEMA_NAMES, json_schema
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.language import preferred_language
from qmadvisor_api.http.parameters import only
from qmadvisor_api.kinds import KINDS, Kind
from qmadvisor_api.models import ProblemKind, ProblemKinds, Version
from qmadvisor_api.openapi import describe
from qmadvisor_api.routers.base import api_router, not_found
from qmadvisor_api.service import service_of

router = api_router("contract")


@router.get("/openapi.json", include_in_schema=False, dependencies=[Depends(only())])
async def openapi(request: Request) -> Response:
    """Describe the API, in the language that the client prefers."""
    language = preferred_language(request.headers.get("accept-language"))
    made = service_of(request).library.get(
        f"openapi/{language}",
        lambda: json.dumps(describe(request.app, language), ensure_ascii=False).encode(),
    )
    return cached(request, made, language=language, vary="Accept, Accept-Language")


@router.get("/version", operation_id="version", response_model=Version, dependencies=[Depends(only())])
async def version(request: Request) -> Response:
    """Say what is running."""
    service = service_of(request)

    def made() -> Version:
        return Version(
            program=__version__,
            schemas=("qmadvisor.setup/1", "qmadvisor.report/1", "qmadvisor.roadmap/1"),
            rule_base=rule_base_info(service.rule_base),
            engine=service.settings.engine,
        )

    return cached(request, service.library.get("version", made))


@router.get(
    "/schema/{name}", operation_id="schema", response_model=dict[str, object], dependencies=[Depends(only())]
)
async def schema(request: Request, name: str) -> Response:
    """Give the JSON Schema of a setup, a report, a roadmap, a rule's or a topic's file."""
    service = service_of(request)
    known = next((one for one in SCHEMA_NAMES if one == name), None)
    if known is None:
        message, near = "Dieses Schema gibt es nicht.", did_you_mean(name[:200], SCHEMA_NAMES)
        raise not_found(
            Problem(
                "unknown_schema", message, found=excerpt(name), allowed=listing(SCHEMA_NAMES), remedy=near
            ),
            "name",
        )
    made = service.library.get(
        f"schema/{known}",
        lambda: json.dumps(json_schema(known, service.rule_base), ensure_ascii=False).encode(),
    )
    return cached(request, made)


@router.get("/problems", operation_id="problems", response_model=ProblemKinds, dependencies=[Depends(only())])
async def list_problems(request: Request) -> Response:
    """List the kinds of problems."""
    kinds = tuple(map(_described, KINDS.values()))
    made = service_of(request).library.get("problems", lambda: ProblemKinds(problems=kinds))
    return cached(request, made, language="de, en")


@router.get(
    "/problems/{name}", operation_id="problem", response_model=ProblemKind, dependencies=[Depends(only())]
)
async def show_problem(request: Request, name: str) -> Response:
    """Explain one kind of problem; this is where `type` leads to."""
    if name not in KINDS:
        message, near = "Diese Art von Problem gibt es nicht.", did_you_mean(name[:200], KINDS)
        raise not_found(Problem("unknown_problem", message, found=excerpt(name), remedy=near), "name")
    made = service_of(request).library.get(f"problem/{name}", lambda: _described(KINDS[name]))
    return cached(request, made, language="de, en")


def _described(kind: Kind) -> ProblemKind:
    return ProblemKind(
        type=kind.type,
        name=kind.name,
        status=kind.status,
        title={str(key): text for key, text in kind.title.items()},
        about={str(key): text for key, text in kind.about.items()},
    )
