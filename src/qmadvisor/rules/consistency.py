"""Whether the files of a rule base agree with each other: rules with the ledger, with facts and parameters."""

from __future__ import annotations

from collections.abc import Iterator

from qmadvisor.errors import Place, Problem
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language.syntax import parameters_read
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule, names_strength

#: More questions than this nobody answers; lists and the task matrix are filled in apart from them.
MAX_QUESTIONS = 150
_APART = ("list", "task_matrix")


def inconsistencies(rule_base: RuleBase) -> Iterator[Problem]:
    """Yield what does not fit together although every file is well-formed."""
    yield from _ledger(rule_base)
    for rule in rule_base.rules:
        yield from _strength(rule, rule_base)
        yield from _parameter(rule, rule_base.knowledge.catalogue)
        yield from _notes(rule)
    yield from _titles(rule_base)
    yield from _questions(rule_base.knowledge.catalogue)


def _ledger(rule_base: RuleBase) -> Iterator[Problem]:
    """A passage on which rules rest has a modality, and no reason why none does."""
    citing: dict[str, str] = {}
    for rule in rule_base.rules:
        for cited in rule.spec.source:
            citing.setdefault(cited, rule.id)
    for passage in rule_base.knowledge.guideline.passages.values():
        if passage.id not in citing:
            continue
        place, rule_id = Place(path=passage.id), citing[passage.id]
        if passage.not_normative or passage.not_checkable:
            message = (
                "Die Passage gilt als nicht normativ oder nicht prüfbar, doch eine Regel beruft sich auf sie."
            )
            yield Problem("cited_and_excused", message, place, rule_id)
        elif passage.modality is None:
            message = "Eine Regel beruft sich auf die Passage; ihre Modalität fehlt noch."
            yield Problem("cited_without_modality", message, place, rule_id)


def _strength(rule: Rule, rule_base: RuleBase) -> Iterator[Problem]:
    """A rule is as firm as its first passage.

    The ledger keeps one word for each passage; where a passage says two things, the rule may rest on the other
    word, which then shows its own strength.
    """
    passage = rule_base.knowledge.guideline.passages[rule.spec.source[0]]
    strength = rule.spec.strength
    if strength is None or passage.modality in (None, strength) or rule.spec.interpretation:
        return
    has_own_word = strength != "leitbild" and rule.spec.wording.lower() != passage.word.lower()
    if has_own_word and names_strength(rule.spec.wording, strength):
        return
    yield Problem(
        "strength",
        f"Die Passage „{passage.id}“ steht im Verzeichnis als „{passage.modality}“ („{passage.word}“).",
        Place(rule.file, path="strength"),
        strength,
        passage.modality,
        "Gleichen Sie beide an, oder begründen Sie die Lesart als „interpretation“.",
    )


def _parameter(rule: Rule, catalogue: Catalogue) -> Iterator[Problem]:
    """Whoever changes a reading of ours must change the finding that hangs on it."""
    name = rule.spec.parameter
    if name and name not in parameters_behind(rule, catalogue):
        message = "Die Regel nennt diesen Parameter, aber keine ihrer Bedingungen liest ihn."
        yield Problem("unread_parameter", message, Place(rule.file, path="parameter"), name)


def parameters_behind(rule: Rule, catalogue: Catalogue) -> frozenset[str]:
    """Return the parameters that a rule reads, itself or through facts worked out from others."""
    expressions = [each.expression for each in catalogue.derivations_behind(rule.facts_read)]
    conditions = (*rule.conditions, *(one for one in expressions if one is not None))
    return frozenset(name for condition in conditions for name in parameters_read(condition))


def _notes(rule: Rule) -> Iterator[Problem]:
    notes = rule.spec.notes
    for index, note in enumerate(notes):
        if note in notes[:index]:
            message = "Diese Anmerkung steht schon in der Regel."
            yield Problem("duplicate_note", message, Place(rule.file, path=f"notes.{index}"))


def _titles(rule_base: RuleBase) -> Iterator[Problem]:
    """Findings are told apart by their titles."""
    first: dict[str, str] = {}
    for rule in rule_base.rules:
        title = rule.spec.title
        if title in first:
            message = f"Den Titel hat schon „{first[title]}“."
            yield Problem("duplicate_title", message, Place(rule.file, path="title"), title)
        first.setdefault(title, rule.id)


def _questions(catalogue: Catalogue) -> Iterator[Problem]:
    count = sum(fact.kind not in _APART for fact in catalogue.inputs)
    if count > MAX_QUESTIONS:
        message = "Der Katalog stellt zu viele Fragen."
        yield Problem("too_many_questions", message, Place(), str(count), f"höchstens {MAX_QUESTIONS}")
