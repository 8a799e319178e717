"""The JSON Schemas (draft 2020-12) of everything that is read and written, by name."""

from __future__ import annotations

from typing import Any, Literal, get_args

from qmadvisor.knowledge.catalogue_model import TopicFile
from qmadvisor.report.model import Report
from qmadvisor.report.roadmap_model import Roadmap
from qmadvisor.rules.advice import AdviceSpec
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import RuleFile
from qmadvisor.setup.json_schema import setup_schema

SchemaName = Literal["setup", "report", "roadmap", "rule", "fact", "advice"]
SCHEMA_NAMES: tuple[SchemaName, ...] = get_args(SchemaName)
_DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def json_schema(name: SchemaName, rule_base: RuleBase) -> dict[str, Any]:
    """Return the schema of a setup, a report, a roadmap, or of the files that rules, facts and advice stand in."""
    match name:
        case "report":
            return {**_DRAFT, **Report.model_json_schema(by_alias=True, mode="serialization")}
        case "roadmap":
            return {**_DRAFT, **Roadmap.model_json_schema(by_alias=True, mode="serialization")}
        case "rule":
            return {**_DRAFT, **RuleFile.model_json_schema(by_alias=True)}
        case "fact":
            return {**_DRAFT, **TopicFile.model_json_schema(by_alias=True)}
        case "advice":
            return {**_DRAFT, **AdviceSpec.model_json_schema(by_alias=True)}
        case "setup":
            findings = [rule.id for rule in rule_base.rules if not rule.is_hint]
            ids = [*findings, *rule_base.retired]  # files written for an older rule base stay valid
            known = rule_base.knowledge
            return setup_schema(known.catalogue, ids, known.parameters.adjustable)
