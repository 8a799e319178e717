"""Which words of the glossary a text uses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qmadvisor.knowledge.glossary import Entry, Glossary

#: Words about the check itself, or about everything here: naming them on every page would help nobody.
EVERYWHERE = frozenset(
    {"Abweichung", "Befund", "Hinweis", "Leitbild", "Lesart", "Quartiersmanagement", "Stärke"}
)
_ENDING = "(?:e[nrsm]?|[nrsm])?"


class Terms:
    """Finds words of the glossary, also where they are inflected; not within longer words."""

    def __init__(self, glossary: Glossary) -> None:
        self._patterns = [
            (entry, re.compile(_pattern(entry.term)))
            for entry in glossary.values()
            if entry.term not in EVERYWHERE
        ]

    def used_in(self, texts: Iterable[str]) -> tuple[Entry, ...]:
        """Return the entries whose words stand in the texts, in the glossary's order."""
        whole = "\n".join(texts)
        return tuple(entry for entry, pattern in self._patterns if pattern.search(whole))


def anchor(term: str) -> str:
    """Return the id of a word on the glossary's page."""
    return "b-" + re.sub(r"[^a-zäöüß0-9]+", "-", term.lower()).strip("-")


def _pattern(term: str) -> str:
    """Abbreviations stand as they are; other words may be inflected, and begin small within a sentence."""
    words = []
    for word in term.split():
        plain = re.escape(word)
        first = f"[{word[0].upper()}{word[0].lower()}]"
        words.append(plain if word.isupper() else f"{first}{re.escape(word[1:])}{_ENDING}")
    return r"(?<![\w-])" + r"\s+".join(words) + r"(?![\w-])"
