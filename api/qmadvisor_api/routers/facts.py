"""The facts: what is asked for, and what is worked out."""

from __future__ import annotations

from fastapi import Depends, Request, Response

from qmadvisor.errors import Problem, did_you_mean, excerpt
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.report.build import rule_base_info
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.models import FactInfo, Facts, FieldInfo
from qmadvisor_api.questions import asked
from qmadvisor_api.routers.base import api_router, not_found
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get("/facts", operation_id="facts", response_model=Facts, dependencies=[Depends(only())])
async def list_facts(request: Request) -> Response:
    """List all facts by topic."""
    service = service_of(request)
    return cached(request, service.library.get("facts", lambda: facts_of(service.rule_base)))


@router.get("/facts/{path}", operation_id="fact", response_model=FactInfo, dependencies=[Depends(only())])
async def show_fact(request: Request, path: str) -> Response:
    """Show one fact."""
    service = service_of(request)
    known = service.rule_base.knowledge.catalogue.facts
    if path not in known:
        message = "Diesen Fakt gibt es nicht."
        problem = Problem(
            "unknown_fact", message, found=excerpt(path), remedy=did_you_mean(path[:200], known)
        )
        raise not_found(problem, "path")
    return cached(request, service.library.get(f"fact/{path}", lambda: fact_info(known[path])))


def facts_of(base: RuleBase) -> Facts:
    """Describe all facts."""
    catalogue = base.knowledge.catalogue
    return Facts(
        rule_base=rule_base_info(base),
        topics=dict(catalogue.topics),
        facts=tuple(map(fact_info, catalogue.facts.values())),
    )


def fact_info(fact: Fact) -> FactInfo:
    """Describe one fact."""
    spec = fact.spec
    return FactInfo(
        path=fact.path,
        topic=fact.topic,
        section=spec.section or None,
        quick=spec.quick,
        input=fact.is_input,
        explanation=spec.explanation or None,
        fields=tuple(FieldInfo(key=key, **asked(inner)) for key, inner in fact.fields.items()),
        **asked(fact),
    )
