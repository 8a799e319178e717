"""The plan that travels with every form: a setup document, read with all checks and written in one form.

The text is that of the file that people download. Nothing of it is kept by the service.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.values import RecordList
from qmadvisor.report.words import IN_SCOPE
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.header import KEYS
from qmadvisor.setup.model import SCHEMA, Setup
from qmadvisor.setup.plain import as_node
from qmadvisor.setup.reader import read_setup
from qmadvisor_api.web.canonical import note_text, stated_facts

#: The name of the hidden field.
FIELD = "plan"
UNTITLED = "Meine Planung"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: what it says of itself (`header`), its facts by path, and what the reader made of both."""

    header: Mapping[str, Any]
    facts: Mapping[str, Any]
    setup: Setup

    @property
    def document(self) -> dict[str, Any]:
        """The setup document: header, then the facts below the keys of their paths."""
        return document_of(self.header, self.facts)

    @property
    def text(self) -> str:
        """The document as JSON in one line, for the hidden field and the checking process."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":"))

    @property
    def title(self) -> str:
        """What the plan is called."""
        return self.setup.title

    @property
    def in_scope(self) -> bool | None:
        """Tell whether the guideline was written for the plan's programme; None where it is not stated."""
        return self.setup.programme in IN_SCOPE if self.setup.programme else None

    def answers(self, path: str) -> bool:
        """Tell whether a question is answered: a list or a task matrix only once nothing is left to add."""
        value = self.setup.values.get(path)
        if isinstance(value, RecordList):
            return value.complete
        if isinstance(value, TaskMatrix):
            return not value.unstated
        return path in self.facts

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been answered yet."""
        return not self.facts and self.header.keys() <= {"schema", "titel"}


def document_of(header: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Nest facts by the dots of their paths, below the header."""
    document = dict(header)
    for path, value in facts.items():
        *folders, last = path.split(".")
        level = document
        for folder in folders:
            level = level.setdefault(folder, {})
        level[last] = value
    return document


def new_plan(base: RuleBase, title: str = UNTITLED) -> Plan:
    """Return a plan in which everything is still open."""
    return plan_of({"schema": SCHEMA, "titel": title}, {}, base)


def plan_of(header: Mapping[str, Any], facts: Mapping[str, Any], base: RuleBase) -> Plan:
    """Make a plan from its parts. Raises SetupError with every problem."""
    return _plan(as_node(document_of(header, facts)), base, "")


def read_plan(data: bytes, base: RuleBase, *, name: str = "", json_only: bool = False) -> Plan:
    """Read a file, or the text of the hidden field. Raises DocumentError or SetupError, each with every problem."""
    return _plan(documents.read_bytes(data, name, json_only=json_only), base, name)


def _plan(node: Node, base: RuleBase, name: str) -> Plan:
    known = base.knowledge
    rules = [rule.id for rule in base.rules if not rule.is_hint]
    setup = read_setup(
        node,
        known.catalogue,
        known.parameters,
        date.today(),
        name=name,
        rule_ids=rules,
        retired=base.successors,
    )
    assert isinstance(node, documents.Mapping)  # the reader refuses everything else
    return Plan(_header(node, setup), stated_facts(node, known.catalogue, KEYS), setup)


def _header(root: documents.Mapping, setup: Setup) -> dict[str, Any]:
    found: dict[str, Any] = {"schema": SCHEMA, "titel": setup.title}
    options = {"programm": setup.programme, "phase": setup.phase, "notiz": note_text(root.items.get("notiz"))}
    found |= {key: value for key, value in options.items() if value}
    for key in ("parameter", "abweichungen"):
        node = root.items.get(key)
        if isinstance(node, documents.Mapping) and node.items:
            found[key] = node.to_python()
    return found


__all__ = ["FIELD", "UNTITLED", "Plan", "SetupError", "document_of", "new_plan", "plan_of", "read_plan"]
