"""Tombstones: ids of rules that are no longer in use, and what took their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import Field

from qmadvisor import documents
from qmadvisor.errors import DocumentError, KnowledgeError, Problem, did_you_mean
from qmadvisor.knowledge.validation import Content, place_of, read_content
from qmadvisor.resources import relative_name
from qmadvisor.rules.model import Retired, RetiredRules

RETIRED_FILE = "retired.yaml"


class _Tombstone(Content):
    replaced_by: str | None
    since: str


class _RetiredFile(Content):
    retired: dict[str, _Tombstone] = Field(min_length=1)


def remedy_for_unknown(rule_id: str, known: Collection[str], retired: RetiredRules) -> str | None:
    """Say what became of a rule that is not in use, or what was probably meant."""
    tombstone = retired.get(rule_id)
    if tombstone is None:
        return did_you_mean(rule_id, known)
    successor = f" und durch „{tombstone.replaced_by}“ ersetzt" if tombstone.replaced_by else ""
    return f"Die Regel wurde mit Version {tombstone.since} zurückgezogen{successor}."


def read_retired(path: Path, ids: Collection[str]) -> tuple[RetiredRules, list[Problem]]:
    """Read the tombstones, if there are any; `ids` are the rules in use. Returns every problem as well."""
    if not path.exists():
        return {}, []
    try:
        content, node = read_content(path, _RetiredFile)
    except (KnowledgeError, DocumentError) as error:
        return {}, list(error.problems)
    retired = {key: Retired(stone.replaced_by, stone.since) for key, stone in content.retired.items()}
    return retired, list(_problems(content, node, relative_name(path), ids))


def _problems(
    content: _RetiredFile, node: documents.Node, name: str, ids: Collection[str]
) -> Iterator[Problem]:
    for rule_id, stone in content.retired.items():
        if rule_id in ids:
            place = place_of(node, ("retired", rule_id), name)
            yield Problem(
                "retired_rule", "Diese Regel ist zurückgezogen und doch in Gebrauch.", place, rule_id
            )
        successor = stone.replaced_by
        if successor is not None and successor not in ids:
            place = place_of(node, ("retired", rule_id, "replaced_by"), name)
            remedy = did_you_mean(successor, ids)
            message = "Die Regel, die sie ersetzen soll, gibt es nicht."
            yield Problem("unknown_rule", message, place, successor, remedy=remedy)
