"""What a reason is about: a fact, a field of one record, or one item of a multiple choice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qmadvisor.language.vocabulary import Term, Vocabulary

_FORM = re.compile(r"([^\[]+)(?:\[([^\]]+)\]\.([^\[]+))?(?:\[([^\]]+)\])?")


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of `stellen[leitung].kompetenzen[mediation]`; all but `path` may be missing ("")."""

    path: str
    record: str = ""
    field: str = ""
    item: str = ""

    @property
    def fact(self) -> str:
        """The fact without the item: what a question asks for."""
        return f"{self.path}[{self.record}].{self.field}" if self.field else self.path

    def term(self, vocabulary: Vocabulary) -> Term:
        """Find the words and the type of the fact or field."""
        term = vocabulary.facts[self.path]
        return term.fields[self.field] if self.field else term


def parse_subject(text: str) -> Subject:
    """Take a subject apart. Raises ValueError for what is none."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Subject(*(part or "" for part in match.groups()))
