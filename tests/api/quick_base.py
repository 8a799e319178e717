"""The real rules with other marks: which questions the quick check asks is computed, and changes with the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.rules import loader
from qmadvisor.rules.loader import RuleBase, default_rule_base

#: Questions of every kind, some of which hang on others.
VARIED = frozenset(
    {
        "aktivierung.aufgaben",
        "aktivierung.einbindung",
        "aktivierung.wege",
        "anforderungsprofil.vorhanden",
        "grundlagen.beteiligung",
        "modell.gewaehlt",
        "personal.rueckhalt",
        "personal.unterstuetzung",
        "projektentwicklung.isek",
        "stadtteilbuero.barrierefrei",
        "stadtteilbuero.ohne_anmeldung",
        "stadtteilbuero.vorgesehen",
        "stellen",
        "stellen.arbeitsverhaeltnis",
        "stellen.rolle",
        "stellen.umfang",
        "struktur.anbindung",
        "struktur.bausteine",
        "stundenumfang.bedarf_geschaetzt",
        "stundenumfang.eingeplant",
        "vertrag.dauer_monate",
        "vertrag.vorgesehen",
    }
)


def be_the_default() -> None:
    """Let whatever is imported from now on, and asks for the rule base of the package, get these marks."""
    loader.default_rule_base = asking


@cache
def asking(questions: frozenset[str] = VARIED) -> RuleBase:
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
