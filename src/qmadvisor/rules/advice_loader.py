"""Read and check the advice files; what loads cannot fail on a setup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from qmadvisor import documents
from qmadvisor.errors import DocumentError, ExpressionError, KnowledgeError, Place, Problem, did_you_mean
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.knowledge.catalogue import in_file
from qmadvisor.knowledge.validation import place_of, read_content
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.findings import OUTCOMES, PREFIX, finding_path, finding_term, findings_read
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.language.vocabulary import Vocabulary
from qmadvisor.resources import relative_name
from qmadvisor.rules.advice import AdviceRule, AdviceSpec
from qmadvisor.rules.model import RetiredRules
from qmadvisor.rules.retired import remedy_for_unknown
from qmadvisor.rules.settled import settled_parts
from qmadvisor.rules.texts import fillable_names, text_faults


class AdviceLoader:
    """Collects advice and problems over all files, so that one run reports everything."""

    def __init__(
        self,
        knowledge: Knowledge,
        titles: Mapping[str, str],
        hints: Collection[str],
        retired: RetiredRules,
        nothing: Facts,
    ) -> None:
        """`titles` are those of the rules that come to a finding, by id; `nothing` the facts of an empty setup."""
        self.knowledge = knowledge
        self.titles = titles
        self.hints = hints
        self.retired = retired
        known = knowledge.catalogue.vocabulary
        self.fillable = fillable_names(known)
        self.vocabulary = advice_vocabulary(known, titles)
        outcomes = dict.fromkeys(map(finding_path, titles), frozenset(OUTCOMES))
        self.nothing = Facts({**nothing.values, **outcomes}, nothing.today, nothing.parameters)
        self.advice: list[AdviceRule] = []
        self.problems: list[Problem] = []

    def read(self, path: Path) -> None:
        """Read one file."""
        try:
            spec, node = read_content(path, AdviceSpec)
        except (KnowledgeError, DocumentError) as error:
            self.problems.extend(error.problems)
            return
        file = _File(path, node)
        found = [*self.names(spec, file), *self.texts(spec, file)]
        condition = self.condition(spec.when, file, found)
        if condition is not None:
            found.extend(self.conclusions(spec, condition, file))
        self.problems.extend(found)
        if condition is not None and not found:
            self.advice.append(AdviceRule(spec, file.name, condition))

    def names(self, spec: AdviceSpec, file: _File) -> Iterator[Problem]:
        """The id is that of the file; passages and the rules of the examples exist."""
        expected = f"{file.path.parent.name}.{file.path.stem}"
        if spec.id != expected:
            message = "Die id passt nicht zu Ordner und Datei."
            yield Problem("rule_id", message, file.place("id"), spec.id, expected)
        passages = self.knowledge.guideline.passages
        for index, passage in enumerate(spec.source):
            if passage not in passages:
                message, remedy = "Diese Passage gibt es nicht.", did_you_mean(passage, passages)
                yield Problem("unknown_passage", message, file.place("source", index), passage, remedy=remedy)

    def texts(self, spec: AdviceSpec, file: _File) -> Iterator[Problem]:
        """Whatever stands in braces can be filled."""
        for fault in text_faults(spec.says, self.fillable):
            yield Problem("placeholder", fault.message, file.place("says"), fault.found, remedy=fault.remedy)

    def condition(self, text: str, file: _File, found: list[Problem]) -> syntax.Expression | None:
        """Return the checked condition, or None and what is wrong with it."""
        try:
            parsed = parse(text)
            unknown = list(self.unknown_rules(parsed))
            if unknown:
                raise ExpressionError(unknown)
            return check_condition(parsed, self.vocabulary)
        except ExpressionError as error:
            found.extend(in_file(problem, file.place("when")) for problem in error.problems)
            return None

    def unknown_rules(self, condition: syntax.Expression) -> Iterator[Problem]:
        """Findings that no rule comes to; what was probably meant."""
        for node in syntax.walk(condition):
            if isinstance(node, syntax.Fact) and node.path.partition(".")[0] == PREFIX:
                rule_id = node.path.partition(".")[2]
                if rule_id not in self.titles:
                    yield self.no_finding(rule_id, Place(line=node.span.line, column=node.span.column))

    def no_finding(self, rule_id: str, place: Place) -> Problem:
        """Say why a rule has no finding that could be read."""
        if rule_id in self.hints:
            message = "Das ist ein Hinweis. Er hat kein Ergebnis, das ein Ratschlag lesen kann."
            return Problem("no_finding", message, place, rule_id)
        remedy = remedy_for_unknown(rule_id, self.titles, self.retired)
        return Problem("unknown_rule", "Diese Regel gibt es nicht.", place, rule_id, remedy=remedy)

    def conclusions(self, spec: AdviceSpec, condition: syntax.Expression, file: _File) -> Iterator[Problem]:
        """It sees more than one rule, in a form that says from what it follows; nothing is settled before."""
        read = findings_read(condition)
        facts = [path for path in syntax.facts_read(condition) if path.partition(".")[0] != PREFIX]
        if not read or len(read) + len(facts) < 2:
            message = "Ein Ratschlag liest mindestens zwei Befunde, oder einen Befund und einen Fakt."
            remedy = "Was ein einziger Befund bedeutet, gehört in den Vorschlag seiner Regel."
            yield Problem("too_few_findings", message, file.place("when"), listed(read), remedy=remedy)
        elif follows_from_facts_alone(condition, True):
            message = "Diese Bedingung kann gelten, ohne dass ein Befund dazu beiträgt."
            remedy = "Verbinden Sie die Fakten mit „and“ mit den Befunden."
            yield Problem("facts_alone", message, file.place("when"), remedy=remedy)
        for node in misplaced_findings(condition):
            message = "Ein Befund wird hier nur mit festen Ergebnissen verglichen."
            remedy = f'{node.path} = "violated", oder {node.path} in ("violated", "open")'
            yield Problem("finding_use", message, file.place("when"), node.path, remedy=remedy)
        for part in settled_parts(condition, self.nothing):
            message = "Diese Bedingung ist schon entschieden, bevor jemand etwas angibt."
            yield Problem("settled", message, file.place("when"), to_text(part))
        for rule_id, keys in _named_in_examples(spec):
            if rule_id not in read:
                message, near = "Diesen Befund liest der Ratschlag nicht.", did_you_mean(rule_id, read)
                yield Problem("unread_finding", message, file.place(*keys), rule_id, remedy=near)


class _File:
    """Where an advice file stands, and the places of its keys."""

    def __init__(self, path: Path, node: documents.Node) -> None:
        self.path = path
        self.name = relative_name(path)
        self._node = node

    def place(self, *keys: str | int) -> Place:
        return place_of(self._node, keys, self.name)


def advice_vocabulary(known: Vocabulary, titles: Mapping[str, str]) -> Vocabulary:
    """Return the vocabulary with the findings of these rules as facts."""
    terms = [finding_term(rule_id, title) for rule_id, title in titles.items()]
    return Vocabulary({**known.facts, **{term.path: term for term in terms}}, known.parameters)


def misplaced_findings(condition: syntax.Expression) -> Iterator[syntax.Fact]:
    """Yield the findings that are not simply compared with fixed outcomes.

    Inside a list, or compared with each other, they would leave unsaid from which of them the advice follows.
    """
    match condition:
        case syntax.Compare(left=syntax.Fact(), right=syntax.Text()) | syntax.InSet(item=syntax.Fact()):
            return
        case syntax.Fact(path=path) if path.partition(".")[0] == PREFIX:
            yield condition
        case syntax.Quantified() | syntax.Aggregate():
            for part in syntax.walk(condition):
                if isinstance(part, syntax.Fact) and part.path.partition(".")[0] == PREFIX:
                    yield part
        case _:
            for child in syntax.children(condition):
                yield from misplaced_findings(child)


def follows_from_facts_alone(condition: syntax.Expression, truth: bool) -> bool:
    """Tell whether a condition can have this truth by facts alone: then there were no findings to name."""
    match condition:
        case syntax.Not(item=item):
            return follows_from_facts_alone(item, not truth)
        case syntax.And(items=items) | syntax.Or(items=items):
            all_needed = isinstance(condition, syntax.And) is truth
            return (all if all_needed else any)(follows_from_facts_alone(item, truth) for item in items)
        case _:
            return not findings_read(condition)


def listed(rule_ids: Collection[str]) -> str | None:
    """Name rules in an error, or nothing where there are none."""
    return ", ".join(rule_ids) or None


def _named_in_examples(spec: AdviceSpec) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for rule_id in spec.examples.findings:
        yield rule_id, ("examples", "findings", rule_id)
    for index, case in enumerate(spec.examples.cases):
        for rule_id in case.findings:
            yield rule_id, ("examples", "cases", index, "findings", rule_id)
