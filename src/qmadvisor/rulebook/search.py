"""Search the book: rules, advice, questions, passages and words, by all the words that somebody types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["rule", "advice", "fact", "passage", "term"]
#: The kinds in the order in which results are shown.
KINDS: dict[Kind, str] = {
    "rule": "Regeln",
    "advice": "Ratschläge",
    "fact": "Fragen",
    "passage": "Passagen",
    "term": "Begriffe",
}
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its key within its kind, what it is called, and what is looked through."""

    kind: Kind
    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    entry: Entry
    title: str
    text: str


def plain(text: str) -> str:
    """Reduce a text to what counts: "Räume", "Raeume" and "raume" are the same word. As in `search.js`."""
    lowered = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    bare = "".join(sign for sign in lowered if not 0x300 <= ord(sign) <= 0x36F)
    return re.sub(r"([aou])e", r"\1", bare)


class Index:
    """All entries, prepared once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(
            _Prepared(entry, plain(entry.title), plain(f"{entry.key} {entry.title} {entry.text}"))
            for entry in entries
        )

    def find(self, query: str) -> Sequence[tuple[Kind, Sequence[Entry]]]:
        """Return what holds every word of a query, by kind; those with the words in their title come first."""
        words = plain(query).split()[:_MOST_WORDS]
        if not words:
            return []
        hits = [one for one in self._entries if all(word in one.text for word in words)]
        hits.sort(key=lambda one: not all(word in one.title for word in words))
        groups = [(kind, [one.entry for one in hits if one.entry.kind == kind]) for kind in KINDS]
        return [(kind, found) for kind, found in groups if found]
