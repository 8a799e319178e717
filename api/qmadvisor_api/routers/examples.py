"""Example setups, ready to be sent to check."""

from __future__ import annotations

from functools import cache

from fastapi import Depends, Request, Response

from qmadvisor import documents
from qmadvisor.resources import knowledge_root
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.models import ExampleInfo, Examples
from qmadvisor_api.routers.base import api_router
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get("/examples", operation_id="examples", response_model=Examples, dependencies=[Depends(only())])
async def list_examples(request: Request) -> Response:
    """List the example setups."""
    service = service_of(request)
    return cached(request, service.library.get("examples", lambda: Examples(examples=examples())))


@cache
def examples() -> tuple[ExampleInfo, ...]:
    """Read the example setups that travel with the package."""
    found = []
    for path in sorted((knowledge_root() / "examples").glob("*.yaml")):
        node = documents.read_file(path)
        assert isinstance(node, documents.Mapping)  # every example is checked by a test
        setup = node.to_python()
        text = path.read_text(encoding="utf-8")
        found.append(ExampleInfo(name=path.stem, title=setup["titel"], setup=setup, yaml=text))
    return tuple(found)
