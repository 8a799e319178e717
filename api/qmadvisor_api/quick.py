"""The quick check: its questions in their order, for the widget, the page for iframes, and other portals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language import syntax
from qmadvisor.language.syntax import facts_read
from qmadvisor.report import words
from qmadvisor.report.build import rule_base_info
from qmadvisor.report.model import Part, RuleBaseInfo
from qmadvisor.rules.loader import RuleBase
from qmadvisor.setup.model import PHASES, PROGRAMMES
from qmadvisor_api.models import FieldInfo, Question
from qmadvisor_api.questions import asked

#: The kinds of questions that the widget and the page can ask.
ASKABLE = frozenset(
    {"bool", "integer", "decimal", "stellenumfang", "date", "choice", "multiple", "text", "list"}
)
#: Topic of the questions about the plan itself, which come first.
_PLAN = "planung"


class EntryWords(Part):
    """How the entries of a list are called."""

    singular: str
    plural: str


class QuickQuestion(Question):
    """One question of the quick check; `path` is the key of its answer in a setup."""

    path: str
    topic: str
    asked_if: str | None = Field(
        description="Path of a yes/no question before it: answered no, this question can decide nothing."
    )
    entries: EntryWords | None = Field(description="Only for lists.")
    fields: tuple[FieldInfo, ...]


class QuickCheck(Part):
    """The questions of the quick check in the order in which they are asked."""

    rule_base: RuleBaseInfo
    disclaimer: str
    topics: dict[str, str]
    questions: tuple[QuickQuestion, ...]


def quick_check_of(base: RuleBase) -> QuickCheck:
    """Collect the questions: programme and phase first, then the facts that are marked as quick."""
    catalogue = base.knowledge.catalogue
    quick = [fact for fact in catalogue.inputs if fact.spec.quick and fact.kind in ASKABLE]
    gates = _gates(base, quick)
    questions = (*_about_the_plan(), *(_question(fact, gates.get(fact.path)) for fact in quick))
    used = {question.topic for question in questions}
    topics = {_PLAN: "Ihre Planung", **catalogue.topics}
    return QuickCheck(
        rule_base=rule_base_info(base),
        disclaimer=words.DISCLAIMER,
        topics={key: title for key, title in topics.items() if key in used},
        questions=questions,
    )


def _about_the_plan() -> Iterator[QuickQuestion]:
    yield _header(
        "programm",
        "Programm",
        "Mit welchem Programm der Städtebauförderung planen Sie?",
        "Der Leitfaden ist für die Soziale Stadt geschrieben; heute heißt das Programm Sozialer Zusammenhalt.",
        PROGRAMMES,
    )
    yield _header(
        "phase",
        "Phase",
        "In welcher Phase ist Ihr Vorhaben?",
        "Manche Empfehlungen werden erst später fällig. Ohne Angabe gelten alle als fällig.",
        PHASES,
    )


def _header(path: str, label: str, question: str, about: str, choices: Mapping[str, str]) -> QuickQuestion:
    return QuickQuestion(
        kind="choice", label=label, question=question, help=about, unit=None, minimum=None, maximum=None,
        choices=dict(choices), path=path, topic=_PLAN, asked_if=None, entries=None, fields=(),
    )  # fmt: skip


def _question(fact: Fact, gate: str | None) -> QuickQuestion:
    record = fact.spec.record
    return QuickQuestion(
        path=fact.path,
        topic=fact.topic,
        asked_if=gate,
        entries=EntryWords(singular=record.singular, plural=record.plural) if record else None,
        fields=tuple(
            FieldInfo(key=key, **asked(inner))
            for key, inner in fact.fields.items()
            if inner.spec.quick and inner.kind in ASKABLE
        ),
        **asked(fact),
    )


def _gates(base: RuleBase, quick: Sequence[Fact]) -> dict[str, str]:
    """Find for each question an earlier one without which no rule that reads it applies."""
    behind = _inputs_behind(base.knowledge.catalogue)
    found: dict[str, str] = {}
    for at, fact in enumerate(quick):
        needed = [_needed(rule.applies) for rule in base.rules if fact.path in _read(rule.conditions, behind)]
        for gate in quick[:at]:
            needed_by_all = bool(needed) and all(gate.path in one for one in needed)
            if gate.kind == "bool" and needed_by_all:
                found[fact.path] = gate.path
    return found


def _needed(applies: syntax.Expression | None) -> set[str]:
    """The yes/no facts without which a rule does not apply."""
    parts: Sequence[Any] = applies.items if isinstance(applies, syntax.And) else [applies]
    return {part.path for part in parts if isinstance(part, syntax.Fact)}


def _read(conditions: Sequence[syntax.Expression], behind: Mapping[str, set[str]]) -> set[str]:
    paths = {path for condition in conditions for path in facts_read(condition)}
    return paths.union(*(behind.get(path, set()) for path in paths))


def _inputs_behind(catalogue: Catalogue) -> dict[str, set[str]]:
    """For each fact that is worked out: everything that it is worked out from."""
    found: dict[str, set[str]] = {}
    for derivation in catalogue.derivations:  # in the order in which they run
        reads = set(derivation.reads)
        found[derivation.fact.path] = reads.union(*(found.get(path, set()) for path in reads))
    return found
