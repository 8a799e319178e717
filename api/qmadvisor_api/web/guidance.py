"""What stands beside a question: which recommendations of the guideline hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qmadvisor.language.syntax import facts_read
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Guide:
    """A recommendation that reads the answer to a question: its rule, its word, its passages and their pages."""

    rule: str
    title: str
    wording: str
    pages: str
    passages: tuple[str, ...]


def guides_of(base: RuleBase) -> Mapping[str, tuple[Guide, ...]]:
    """Return for each fact that people answer the recommendations that hang on it, in the guideline's order."""
    return _guides(Keyed(base))


class Keyed:
    """A rule base by its digest, so that what is made from it can be kept."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base

    def __hash__(self) -> int:
        return hash(self.base.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.base.digest == other.base.digest


@lru_cache(maxsize=4)
def _guides(key: Keyed) -> Mapping[str, tuple[Guide, ...]]:
    base = key.base
    behind = _inputs_behind(base)
    found: dict[str, list[Guide]] = {fact.path: [] for fact in base.knowledge.catalogue.inputs}
    for rule in base.rules:
        read = {path for condition in rule.conditions for path in facts_read(condition)}
        for path in {one for name in read for one in behind.get(name, {name})}:
            if path in found:
                found[path].append(_guide(rule, base))
    return {path: tuple(guides) for path, guides in found.items()}


def _guide(rule: Rule, base: RuleBase) -> Guide:
    passages = base.knowledge.guideline.passages
    pages = sorted({passages[one].page for one in rule.spec.source})
    named = ", ".join(f"S.\N{NO-BREAK SPACE}{number}" for number in pages)
    return Guide(rule.id, rule.spec.title, rule.spec.wording, named, tuple(rule.spec.source))


def _inputs_behind(base: RuleBase) -> dict[str, set[str]]:
    """For each fact that is worked out: the answers that it is worked out from."""
    catalogue = base.knowledge.catalogue
    found: dict[str, set[str]] = {}
    for derivation in catalogue.derivations:  # in the order in which they run
        found[derivation.fact.path] = {one for path in derivation.reads for one in found.get(path, {path})}
    return found
