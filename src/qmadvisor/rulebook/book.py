"""What stands on the pages: plain, frozen values that the templates only have to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.knowledge.glossary import Entry
from qmadvisor.knowledge.guideline import Passage
from qmadvisor.knowledge.parameters import ParameterSpec
from qmadvisor.language.german import German, sentence
from qmadvisor.language.printer import to_text
from qmadvisor.language.syntax import Expression, parameters_read
from qmadvisor.language.vocabulary import ParameterTerm, Vocabulary
from qmadvisor.report import words
from qmadvisor.rulebook.advice import MEANING, AdvicePage, advice_pages, to_do
from qmadvisor.rulebook.clauses import Clause, pages_of
from qmadvisor.rulebook.examples import OUTCOMES, Example, examples_of, start_of
from qmadvisor.rulebook.relations import Relations
from qmadvisor.rulebook.terms import Terms
from qmadvisor.rules.advice import INSIGHTS, AdviceRule
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import STRENGTHS, Rule
from qmadvisor.rules.texts import PLACEHOLDER
from qmadvisor.setup.model import PHASES

_Item = TypeVar("_Item")
HINT = "Hinweis"
_BESIDE_THE_POINT = "Diese Empfehlung betrifft Ihre Planung nicht; der Bericht nennt den Grund dafür."
#: The columns of the counts.
KINDS = (*STRENGTHS, HINT)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact that a rule reads, with its question or with how it is worked out."""

    path: str
    label: str
    question: str
    explanation: str
    fields: tuple[Fact, ...]
    via: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything about one rule."""

    rule: Rule
    section: str
    kind: str
    hedge: str
    passages: tuple[Passage, ...]
    clauses: tuple[Clause, ...]
    parameters: tuple[ParameterSpec, ...]
    phases: tuple[str, ...]
    says: tuple[tuple[str, str, str], ...]
    advice: str
    start: tuple[str, ...]
    examples: tuple[Example, ...]
    same_passage: tuple[Rule, ...]
    same_facts: tuple[Rule, ...]
    facts: tuple[FactRow, ...]
    combined: tuple[AdviceRule, ...]
    terms: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    @property
    def title(self) -> str:
        """The rule's title."""
        return self.rule.spec.title

    @property
    def by_page(self) -> tuple[tuple[int, tuple[Passage, ...]], ...]:
        """The passages by their page in the guideline."""
        return pages_of(self.passages)

    @property
    def search_text(self) -> str:
        """What a search looks through."""
        spec = self.rule.spec
        parts = [
            spec.id,
            spec.title,
            self.section,
            self.kind,
            spec.wording,
            *spec.source,
            *spec.says.values(),
        ]
        parts += [spec.advice.text] if spec.advice else []
        parts += [text for row in self.facts for text in (row.label, row.question)]
        return " ".join(dict.fromkeys(parts))


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage, the rules and the advice that cite it, or why no rule does."""

    passage: Passage
    rules: tuple[Rule, ...]
    advice: tuple[AdviceRule, ...]
    account: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section of the guideline: its rules and its passages, counted by strength and kind."""

    key: str
    title: str
    pages: tuple[int, ...]
    rules: tuple[RulePage, ...]
    passages: tuple[PassageRow, ...]
    counts: Mapping[str, int]

    @property
    def id(self) -> str:
        """The section's key."""
        return self.key

    @property
    def span(self) -> str:
        """The pages of the guideline."""
        if not self.pages:
            return ""
        first, last = min(self.pages), max(self.pages)
        page = f"S.{words.NO_BREAK}{first}"
        return page if first == last else f"{page} bis {last}"


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact of the catalogue, the rules that read it, and the words of the glossary in its question."""

    fact: Fact
    rules: tuple[Rule, ...]
    terms: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book, in the guideline's order."""

    base: RuleBase
    sections: tuple[SectionPage, ...]
    topics: tuple[tuple[str, tuple[FactEntry, ...]], ...]
    advice: tuple[AdvicePage, ...]
    counts: Mapping[str, int]

    @property
    def cited(self) -> int:
        """How many passages a rule cites."""
        return sum(bool(row.rules) for section in self.sections for row in section.passages)

    @property
    def rules(self) -> tuple[RulePage, ...]:
        """All rules in the order of the sections."""
        return tuple(page for section in self.sections for page in section.rules)

    @property
    def advice_by_kind(self) -> tuple[tuple[str, str, tuple[AdvicePage, ...]], ...]:
        """The advice by what it adds: the kind, what that means, and the pages."""
        kinds = {label: MEANING[kind] for kind, label in INSIGHTS.items()}
        groups = (
            (kind, text, tuple(one for one in self.advice if one.kind == kind))
            for kind, text in kinds.items()
        )
        return tuple(group for group in groups if group[2])

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """Take a text apart: plain parts, and the names of what a report puts in their place."""
        known = self.base.knowledge
        labels = {path: fact.words.label for path, fact in known.catalogue.facts.items()}
        labels |= {f"parameter.{name}": spec.title for name, spec in known.parameters.specs.items()}
        parts = enumerate(PLACEHOLDER.split(text))
        return [(labels[part] if place % 2 else part, bool(place % 2)) for place, part in parts]


def neighbours(items: Sequence[_Item]) -> Iterator[tuple[_Item | None, _Item, _Item | None]]:
    """Yield every item with the one before and the one after it, or None."""
    return zip((None, *items), items, (*items[1:], None), strict=False)


def build_book(base: RuleBase) -> Book:
    """Gather everything that the pages show; it does not depend on the day."""
    return _Builder(base).book()


class _Builder:
    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self.knowledge = base.knowledge
        self.relations = Relations(base)
        self.terms = Terms(base.knowledge.glossary)
        vocabulary = base.vocabulary
        # Without values a parameter is called by its name: its values stand beside it with their days.
        unvalued = {
            key: ParameterTerm(term.name, term.unit, term.title, ())
            for key, term in vocabulary.parameters.items()
        }
        self.german = German(Vocabulary(vocabulary.facts, unvalued), 1)

    def book(self) -> Book:
        sections = tuple(map(self.section, self.knowledge.guideline.sections))
        catalogue = self.knowledge.catalogue
        topics = tuple(
            (title, tuple(self.entry(fact) for fact in catalogue.facts.values() if fact.topic == topic))
            for topic, title in catalogue.topics.items()
        )
        counts = _counts(page for one in sections for page in one.rules)
        return Book(self.base, sections, topics, tuple(advice_pages(self.base, self.german)), counts)

    def section(self, key: str) -> SectionPage:
        guideline = self.knowledge.guideline
        passages = tuple(self.passage(one) for one in guideline.passages.values() if one.section == key)
        rules = tuple(self.rule(rule) for rule in self.relations.rules if rule.spec.section == key)
        pages = tuple(dict.fromkeys(row.passage.page for row in passages))
        return SectionPage(key, guideline.sections[key], pages, rules, passages, _counts(rules))

    def passage(self, passage: Passage) -> PassageRow:
        rules = self.relations.citing.get(passage.id, ())
        if passage.not_normative:
            account = f"Nicht normativ: {passage.not_normative}"
        elif passage.not_checkable:
            account = f"Nicht prüfbar: {passage.not_checkable}"
        else:
            account = "" if rules else "Noch nicht als Regel erfasst."
        return PassageRow(passage, rules, self.relations.advice_citing.get(passage.id, ()), account)

    def entry(self, fact: Fact) -> FactEntry:
        spec = fact.spec
        terms = self.terms.used_in((fact.words.label, spec.question, spec.help or ""))
        return FactEntry(fact, self.relations.reading.get(fact.path, ()), terms)

    def rule(self, rule: Rule) -> RulePage:
        spec, guideline, catalogue = rule.spec, self.knowledge.guideline, self.knowledge.catalogue
        facts = self.facts(rule)
        return RulePage(
            rule=rule,
            section=guideline.sections[spec.section],
            kind=spec.strength or HINT,
            hedge=words.HEDGE[spec.hedge] if spec.hedge else "",
            passages=tuple(guideline.passages[key] for key in spec.source),
            clauses=self.clauses(rule),
            parameters=self.parameters(rule),
            phases=tuple(PHASES[phase] for phase in PHASES if phase in spec.phase),
            says=tuple(_says(rule)),
            advice=to_do(spec.advice) if spec.advice else "",
            start=start_of(rule, catalogue),
            examples=examples_of(rule, catalogue),
            same_passage=tuple(self.relations.same_passage(rule)),
            same_facts=tuple(self.relations.same_facts(rule)),
            facts=facts,
            combined=self.relations.advising.get(rule.id, ()),
            terms=self.terms.used_in(_texts(rule, facts)),
        )

    def clauses(self, rule: Rule) -> tuple[Clause, ...]:
        demand = "Wird gezeigt, wenn" if rule.is_hint else "Erfüllt, wenn"
        heads = (("Gilt, wenn", rule.applies), (demand, rule.demand), ("Gilt als genutzt, wenn", rule.taken))
        return tuple(self.clause(head, node) for head, node in heads if node is not None)

    def clause(self, head: str, node: Expression) -> Clause:
        return Clause(head, sentence(self.german.clause(node)), to_text(node))

    def parameters(self, rule: Rule) -> tuple[ParameterSpec, ...]:
        names = dict.fromkeys(name for part in rule.conditions for name in parameters_read(part))
        names |= {rule.spec.parameter: None} if rule.spec.parameter else {}
        return tuple(self.knowledge.parameters.specs[name] for name in names)

    def facts(self, rule: Rule) -> tuple[FactRow, ...]:
        catalogue = self.knowledge.catalogue
        rows = []
        for reading in self.relations.facts(rule):
            fact = catalogue.facts[reading.path]
            rows.append(
                FactRow(
                    path=fact.path,
                    label=fact.words.label,
                    question=fact.spec.question,
                    explanation=fact.spec.explanation,
                    fields=tuple(fact.fields[name] for name in reading.fields),
                    via=catalogue.facts[reading.via].words.label if reading.via else "",
                )
            )
        return tuple(rows)


def _texts(rule: Rule, facts: Iterable[FactRow]) -> Iterator[str]:
    """What a page says about a rule in its own words."""
    spec = rule.spec
    yield from (spec.title, spec.interpretation, *spec.says.values(), *spec.notes)
    yield from [spec.advice.text] if spec.advice else []
    yield from (text for row in facts for text in (row.label, row.question))


def _says(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """What a report says for each outcome that is possible."""
    texts = rule.spec.says
    if rule.applies is not None or rule.spec.parameter:
        texts = {"not_applicable": _BESIDE_THE_POINT, **texts}
    for key, label in OUTCOMES.items():
        if key in texts:
            yield key, label, texts[key]


def _counts(rules: Iterable[RulePage]) -> Mapping[str, int]:
    counts = dict.fromkeys(KINDS, 0)
    for page in rules:
        counts[page.kind] += 1
    return counts
