"""The rules, with their conditions in German and their passages."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from qmadvisor.errors import Problem, did_you_mean, excerpt, listing
from qmadvisor.language import syntax
from qmadvisor.language.german import German, sentence
from qmadvisor.language.printer import to_text
from qmadvisor.language.syntax import facts_read
from qmadvisor.report.build import rule_base_info, source_of
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule
from qmadvisor_api.checking.pointers import error_item
from qmadvisor_api.http.caching import cached
from qmadvisor_api.http.parameters import only
from qmadvisor_api.kinds import INVALID_PARAMETER
from qmadvisor_api.models import ConditionInfo, RuleAdvice, RuleInfo, Rules
from qmadvisor_api.problems import ProblemError
from qmadvisor_api.routers.base import api_router, not_found
from qmadvisor_api.service import service_of

router = api_router("knowledge")


@router.get("/rules", operation_id="rules", response_model=Rules, dependencies=[Depends(only("section"))])
async def list_rules(
    request: Request, section: Annotated[str | None, Query(max_length=200)] = None
) -> Response:
    """List the rules in the guideline's order."""
    service = service_of(request)
    base = service.rule_base
    sections = base.knowledge.guideline.sections
    if section is not None and section not in sections:
        raise _unknown_section(section, tuple(sections))
    return cached(request, service.library.get(f"rules/{section}", lambda: rules_of(base, section)))


@router.get("/rules/{id}", operation_id="rule", response_model=RuleInfo, dependencies=[Depends(only())])
async def show_rule(request: Request, id: str) -> Response:
    """Show one rule."""
    service = service_of(request)
    base = service.rule_base
    if id not in {rule.id for rule in base.rules}:
        raise not_found(base.unknown_rule(excerpt(id, 200)[1:-1]), "id")
    return cached(request, service.library.get(f"rule/{id}", lambda: rule_info(base, base.rule(id))))


def rules_of(base: RuleBase, section: str | None = None) -> Rules:
    """Describe the rules of a section, or all."""
    return Rules(
        rule_base=rule_base_info(base),
        sections=dict(base.knowledge.guideline.sections),
        rules=tuple(rule_info(base, rule) for rule in base.rules if section in (None, rule.spec.section)),
        retired=dict(base.successors),
    )


def rule_info(base: RuleBase, rule: Rule) -> RuleInfo:
    """Describe one rule."""
    spec = rule.spec
    german = German(base.knowledge.catalogue.vocabulary, date.today().toordinal())
    facts = dict.fromkeys(path for condition in rule.conditions for path in facts_read(condition))
    return RuleInfo(
        id=spec.id,
        title=spec.title,
        section=spec.section,
        kind=spec.kind,
        strength=spec.strength,
        wording=spec.wording,
        hedge=spec.hedge,
        phases=spec.phase,
        since=spec.since,
        applies=_condition(german, rule.applies) if rule.applies else None,
        demand=_condition(german, rule.demand),
        taken=_condition(german, rule.taken) if rule.taken else None,
        says=spec.says,
        interpretation=spec.interpretation or None,
        parameter=spec.parameter or None,
        advice=RuleAdvice(**spec.advice.model_dump()) if spec.advice else None,
        notes=spec.notes,
        facts=tuple(facts),
        source=source_of(base.knowledge.guideline, rule),
    )


def _condition(german: German, expression: syntax.Expression) -> ConditionInfo:
    return ConditionInfo(text=to_text(expression), german=sentence(german.clause(expression)))


def _unknown_section(section: str, known: tuple[str, ...]) -> ProblemError:
    problem = Problem(
        "unknown_section",
        "Diesen Abschnitt gibt es nicht.",
        found=excerpt(section),
        allowed=listing(known, 40),
        remedy=did_you_mean(section, known),
    )
    item = error_item(problem, None).model_copy(update={"pointer": None, "parameter": "section"})
    return ProblemError(INVALID_PARAMETER, errors=[item])
