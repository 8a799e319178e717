"""The real rules with other marks: which questions the quick check asks is computed, and changes with the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.rules.loader import RuleBase, default_rule_base

#: One question of every kind that the quick check can ask.
EVERY_KIND = frozenset(
    {
        "aktivierung.wege",
        "projekt.ende",
        "stadtteilbuero.barrierefrei",
        "stadtteilbuero.gruppenraum_m2",
        "stadtteilbuero.vorgesehen",
        "modell.gewaehlt",
        "stellen",
        "stellen.rolle",
        "stellen.umfang",
        "vertrag.dauer_monate",
        "vertrag.vorgesehen",
    }
)


def asking(questions: frozenset[str] = EVERY_KIND) -> RuleBase:
    """Return the rule base that comes with the package, with these marks and no others."""
    base = default_rule_base()
    catalogue = base.knowledge.catalogue
    facts = dict(_marked(catalogue.facts.values(), questions))
    return replace(base, knowledge=replace(base.knowledge, catalogue=replace(catalogue, facts=facts)))


def _marked(facts: Iterable[Fact], questions: frozenset[str], within: str = "") -> Iterator[tuple[str, Fact]]:
    for fact in facts:
        path = within + fact.path
        fields = dict(_marked(fact.fields.values(), questions, f"{path}."))
        spec = fact.spec.model_copy(update={"quick": path in questions})
        yield fact.path, replace(fact, spec=spec, fields=fields)
