"""How much of the guideline the rules cover: every passage of the ledger has exactly one account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from qmadvisor.knowledge.guideline import Passage
from qmadvisor.rules.loader import RuleBase

Account = Literal["encoded", "not_normative", "not_checkable", "open"]


class PassageCounts(BaseModel):
    """How many passages there are, how many of them have a modality, and what became of each.

    `encoded` is cited by a rule. `open` is neither cited nor excused: work that is left.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    passages: int
    normative: int
    encoded: int
    not_normative: int
    not_checkable: int
    open: int


class SectionCoverage(PassageCounts):
    """The counts of one section, and the passages that are open."""

    section: str
    title: str
    open_passages: tuple[str, ...]


class Coverage(BaseModel):
    """The coverage of all sections in the guideline's order, and of the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    guideline: str
    sections: tuple[SectionCoverage, ...]
    total: PassageCounts


def coverage_of(rule_base: RuleBase) -> Coverage:
    """Count what became of every passage."""
    guideline = rule_base.knowledge.guideline
    cited = {passage for rule in rule_base.rules for passage in rule.spec.source}
    passages = [(passage, account_of(passage, cited=passage.id in cited)) for passage in _all(rule_base)]
    sections = []
    for key, title in guideline.sections.items():
        own = [(passage, account) for passage, account in passages if passage.section == key]
        left = tuple(passage.id for passage, account in own if account == "open")
        counts = _counts(own).model_dump()
        sections.append(SectionCoverage(section=key, title=title, open_passages=left, **counts))
    return Coverage(guideline=guideline.key, sections=tuple(sections), total=_counts(passages))


def account_of(passage: Passage, *, cited: bool) -> Account:
    """Say what became of a passage; a rule that cites it weighs more than an excuse."""
    if cited:
        return "encoded"
    if passage.not_normative:
        return "not_normative"
    return "not_checkable" if passage.not_checkable else "open"


def _all(rule_base: RuleBase) -> Sequence[Passage]:
    return tuple(rule_base.knowledge.guideline.passages.values())


def _counts(passages: Sequence[tuple[Passage, Account]]) -> PassageCounts:
    accounts = [account for _, account in passages]
    return PassageCounts(
        passages=len(passages),
        normative=sum(passage.modality is not None for passage, _ in passages),
        encoded=accounts.count("encoded"),
        not_normative=accounts.count("not_normative"),
        not_checkable=accounts.count("not_checkable"),
        open=accounts.count("open"),
    )
