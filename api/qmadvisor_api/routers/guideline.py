"""The guideline's passages, how far the rules cover them, its models, and the dated values that rules rest on."""

from __future__ import annotations

from fastapi import Depends, Request, Response

from qmadvisor.knowledge.guideline import Passage
from qmadvisor.knowledge.models import ModelSpec
from qmadvisor.knowledge.parameters import ParameterSpec
from qmadvisor.report.build import rule_base_info
from qmadvisor.rules.coverage import Coverage, coverage_of
from qmadvisor.rules.loader import RuleBase
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.models import (
    ModelInfo,
    Models,
    ParameterInfo,
    ParameterList,
    ParameterValue,
    PassageEntry,
    Passages,
)
from qmadvisor_api.routers.base import api_router
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get("/passages", operation_id="passages", response_model=Passages, dependencies=[Depends(only())])
async def list_passages(request: Request) -> Response:
    """List the guideline's passages."""
    service = service_of(request)
    return cached(request, service.library.get("passages", lambda: passages_of(service.rule_base)))


@router.get("/coverage", operation_id="coverage", response_model=Coverage, dependencies=[Depends(only())])
async def show_coverage(request: Request) -> Response:
    """Say how much of the guideline the rules cover."""
    service = service_of(request)
    return cached(request, service.library.get("coverage", lambda: coverage_of(service.rule_base)))


@router.get(
    "/parameters", operation_id="parameters", response_model=ParameterList, dependencies=[Depends(only())]
)
async def list_parameters(request: Request) -> Response:
    """List the dated values."""
    service = service_of(request)
    return cached(request, service.library.get("parameters", lambda: parameters_of(service.rule_base)))


@router.get("/models", operation_id="models", response_model=Models, dependencies=[Depends(only())])
async def list_models(request: Request) -> Response:
    """List the guideline's models."""
    service = service_of(request)
    return cached(request, service.library.get("models", lambda: models_of(service.rule_base)))


def models_of(base: RuleBase) -> Models:
    """Describe all models."""
    known = base.knowledge.models.values()
    return Models(rule_base=rule_base_info(base), models=tuple(map(_model, known)))


def _model(spec: ModelSpec) -> ModelInfo:
    optional = ("joint_office", "bidding_consortium", "competence", "similar")
    told = spec.model_dump()
    return ModelInfo(**{**told, **{name: told[name] or None for name in optional}})


def passages_of(base: RuleBase) -> Passages:
    """Describe all passages, each with the rules that cite it."""
    citing: dict[str, list[str]] = {}
    for rule in base.rules:
        for passage in rule.spec.source:
            citing.setdefault(passage, []).append(rule.id)
    guideline = base.knowledge.guideline
    return Passages(
        rule_base=rule_base_info(base),
        sections=dict(guideline.sections),
        passages=tuple(_passage(one, citing.get(one.id, [])) for one in guideline.passages.values()),
    )


def _passage(passage: Passage, rules: list[str]) -> PassageEntry:
    return PassageEntry(
        id=passage.id,
        page=passage.page,
        section=passage.section,
        modality=passage.modality,
        word=passage.word or None,
        not_normative=passage.not_normative or None,
        not_checkable=passage.not_checkable or None,
        rules=tuple(rules),
    )


def parameters_of(base: RuleBase) -> ParameterList:
    """Describe all dated values."""
    specs = base.knowledge.parameters.specs.values()
    return ParameterList(rule_base=rule_base_info(base), parameters=tuple(map(_parameter, specs)))


def _parameter(spec: ParameterSpec) -> ParameterInfo:
    return ParameterInfo(
        name=spec.parameter,
        title=spec.title,
        unit=spec.unit,
        interpretation=spec.interpretation or None,
        adjustable=spec.adjustable,
        values=tuple(ParameterValue(**value.model_dump()) for value in spec.values),
    )
