"""Pages about advice: what several findings together mean, and which findings these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.knowledge.guideline import Passage
from qmadvisor.language.german import German, sentence
from qmadvisor.language.printer import to_text
from qmadvisor.language.syntax import facts_read
from qmadvisor.report import words
from qmadvisor.rulebook.clauses import Clause, pages_of
from qmadvisor.rulebook.examples import OUTCOMES, Example, said, stands_for
from qmadvisor.rules.advice import INSIGHTS, AdviceCase, AdviceRule, Insight
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Advice, Rule
from qmadvisor.setup.model import PHASES

_CASES = {"shown": "wird gezeigt", "silent": "wird nicht gezeigt"}
#: What each kind of advice adds, for those who read it for the first time.
MEANING: dict[Insight, str] = {
    "root_cause": "Mehrere Befunde gehen auf dasselbe zurück.",
    "one_remedy": "Ein Schritt erledigt mehrere Befunde zugleich.",
    "conflict": "Was für den einen Befund hilft, erschwert den anderen.",
    "escalation": "Hier lohnt es sich, Beratung zu holen.",
    "order": "Erst das eine, dann das andere.",
}


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """Everything about one advice."""

    advice: AdviceRule
    kind: str
    meaning: str
    passages: tuple[Passage, ...]
    clause: Clause
    rules: tuple[Rule, ...]
    facts: tuple[Fact, ...]
    to_do: str
    start: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def id(self) -> str:
        """The id, `advice.<name>`."""
        return self.advice.id

    @property
    def title(self) -> str:
        """The title."""
        return self.advice.spec.title

    @property
    def by_page(self) -> tuple[tuple[int, tuple[Passage, ...]], ...]:
        """The passages by their page in the guideline."""
        return pages_of(self.passages)

    @property
    def search_text(self) -> str:
        """What a search looks through."""
        spec = self.advice.spec
        titles = (rule.spec.title for rule in self.rules)
        return " ".join((spec.id, spec.title, self.kind, *spec.source, spec.says, spec.advice.text, *titles))


def advice_pages(base: RuleBase, german: German) -> Iterator[AdvicePage]:
    """Gather what the pages show; `german` must know the findings as facts."""
    catalogue, guideline = base.knowledge.catalogue, base.knowledge.guideline
    titles = {rule.id: rule.spec.title for rule in base.rules}
    for advice in base.advice:
        spec = advice.spec
        yield AdvicePage(
            advice=advice,
            kind=INSIGHTS[spec.kind],
            meaning=MEANING[spec.kind],
            passages=tuple(guideline.passages[key] for key in spec.source),
            clause=Clause(
                "Wird gezeigt, wenn", sentence(german.clause(advice.demand)), to_text(advice.demand)
            ),
            rules=tuple(base.rule(key) for key in advice.reads),
            facts=tuple(
                catalogue.facts[path] for path in facts_read(advice.demand) if path in catalogue.facts
            ),
            to_do=to_do(spec.advice),
            start=tuple(_outcomes(spec.examples.findings, titles))
            + tuple(said(spec.examples.base, catalogue)),
            examples=tuple(_example(case, titles, catalogue) for case in spec.examples.cases),
        )


def to_do(advice: Advice) -> str:
    """Who, until when, and with what effort."""
    who = ", ".join(words.PARTY[party] for party in advice.by)
    return f"{who}; bis Ende der Phase {PHASES[advice.until]}; {words.EFFORT[advice.effort]}"


def _example(case: AdviceCase, titles: dict[str, str], catalogue: Catalogue) -> Example:
    given = (*_outcomes(case.findings, titles), *said(case.given, catalogue))
    return Example(given, case.then, _CASES[case.then], "; ".join(stands_for(case.as_of)))


def _outcomes(findings: Mapping[str, str], titles: dict[str, str]) -> Iterator[str]:
    for key, outcome in findings.items():
        yield f"„{titles.get(key, key)}“: {OUTCOMES[outcome]}"
