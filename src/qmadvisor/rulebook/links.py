"""Where the pages of the book are: the same parts of pages are laid out as files and in the service."""

from __future__ import annotations

from typing import Protocol


class Links(Protocol):
    """Gives the address of everything that a part of a page refers to, as seen from that page."""

    def start(self) -> str:
        """The overview."""
        ...

    def rules(self) -> str:
        """The list of all rules and advice, with the search."""
        ...

    def section(self, key: str) -> str:
        """A section of the guideline."""
        ...

    def rule(self, key: str) -> str:
        """A rule."""
        ...

    def advice(self, key: str) -> str:
        """What several findings together mean."""
        ...

    def passages(self, section: str = "") -> str:
        """The guideline's passages, or those of one section."""
        ...

    def passage(self, key: str) -> str:
        """One passage."""
        ...

    def facts(self) -> str:
        """All questions."""
        ...

    def fact(self, path: str) -> str:
        """A question, or a fact that is worked out."""
        ...

    def term(self, term: str) -> str:
        """A word of the glossary; without one, the glossary."""
        ...

    def method(self, part: str = "") -> str:
        """How the check works."""
        ...
