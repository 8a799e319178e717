"""What pages about rules and pages about advice have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qmadvisor.knowledge.guideline import Passage


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition: what it is for, the German sentence, and the text in the rule file's language."""

    head: str
    sentence: str
    text: str


def pages_of(passages: Sequence[Passage]) -> tuple[tuple[int, tuple[Passage, ...]], ...]:
    """Group passages by their page in the guideline."""
    pages = dict.fromkeys(passage.page for passage in passages)
    return tuple((page, tuple(one for one in passages if one.page == page)) for page in pages)
