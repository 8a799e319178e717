"""Read and check all rule files; a rule base that loads cannot fail on a setup."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from qmadvisor import __version__, documents
from qmadvisor.errors import (
    DocumentError,
    ExpressionError,
    KnowledgeError,
    Place,
    Problem,
    SetupError,
    did_you_mean,
    listing,
)
from qmadvisor.knowledge.base import Knowledge, load_knowledge
from qmadvisor.knowledge.catalogue import in_file
from qmadvisor.knowledge.validation import place_of, read_content
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.resources import knowledge_root, relative_name, rules_root
from qmadvisor.rules.model import RetiredRules, Rule, RuleSpec
from qmadvisor.rules.retired import RETIRED_FILE, read_retired
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_values

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class RuleBase:
    """All rules in the guideline's order, the knowledge they rest on, and the digest of both."""

    knowledge: Knowledge
    rules: tuple[Rule, ...]
    retired: RetiredRules
    version: str
    digest: str

    def rule(self, rule_id: str) -> Rule:
        """Find a rule by its id. Raises KnowledgeError with the nearest known id."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KnowledgeError([self.unknown_rule(rule_id)])

    @property
    def successors(self) -> Mapping[str, str | None]:
        """What replaced each retired rule."""
        return {rule_id: tombstone.replaced_by for rule_id, tombstone in self.retired.items()}

    def unknown_rule(self, rule_id: str) -> Problem:
        """Say that there is no such rule, what replaced it, or what was probably meant."""
        tombstone = self.retired.get(rule_id)
        remedy = did_you_mean(rule_id, [rule.id for rule in self.rules])
        if tombstone:
            successor = f" und durch „{tombstone.replaced_by}“ ersetzt" if tombstone.replaced_by else ""
            remedy = f"Die Regel wurde mit Version {tombstone.since} zurückgezogen{successor}."
        return Problem("unknown_rule", "Diese Regel gibt es nicht.", found=rule_id, remedy=remedy)


@cache
def default_rule_base() -> RuleBase:
    """Return the rule base that travels with the package, read once per process."""
    return load_rule_base(rules_root(), knowledge_root())


def load_rule_base(rules: Path, knowledge: Path) -> RuleBase:
    """Read a rule base. Raises KnowledgeError or DocumentError with every problem."""
    known = load_knowledge(knowledge)
    loader = _Loader(known)
    for section in known.guideline.sections:
        for path in sorted((rules / section).glob("*.yaml")):
            loader.read(path)
    loader.refuse_strays(rules)
    retired, problems = read_retired(rules / RETIRED_FILE, loader.ids)
    if loader.problems or problems:
        raise KnowledgeError([*loader.problems, *problems])
    return RuleBase(known, tuple(loader.rules), retired, __version__, _digest(rules, knowledge))


class _Loader:
    """Collects rules and problems over all files, so that one run reports everything."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.vocabulary = knowledge.catalogue.vocabulary
        parameters = (f"parameter.{name}" for name in self.vocabulary.parameters)
        self.fillable = {*self.vocabulary.facts, *parameters}
        self.rules: list[Rule] = []
        self.ids: set[str] = set()
        self.problems: list[Problem] = []
        self.nothing_known = _nothing_known(knowledge)

    def read(self, path: Path) -> None:
        before = len(self.problems)
        try:
            spec, node = read_content(path, RuleSpec)
        except (KnowledgeError, DocumentError) as error:
            self.problems.extend(error.problems)
            return
        name = relative_name(path)
        self.ids.add(spec.id)
        self.check_names(spec, node, path, name)
        conditions = {key: self.condition(spec, key, node, name) for key in _CONDITIONS}
        self.check_texts(spec, node, name)
        demand = conditions["requires"] or conditions["avoid"] or conditions["offer_when"]
        if len(self.problems) > before or demand is None:
            return
        rule = Rule(spec, name, conditions["applies"], _demanded(spec, demand), conditions["taken_when"])
        self.problems.extend(self.settled(spec, conditions, node, name))
        self.rules.append(rule)

    def refuse_strays(self, rules: Path) -> None:
        """A rule in a folder that is no section of the guideline would silently never run."""
        for path in sorted(rules.rglob("*.y*ml")):
            folder = path.relative_to(rules).parent.as_posix()
            if path.suffix != ".yaml":
                message = "Die Namen der Dateien enden hier auf „.yaml“."
                self.problems.append(Problem("file_name", message, Place(relative_name(path)), path.name))
            elif folder not in self.knowledge.guideline.sections and path != rules / RETIRED_FILE:
                allowed = listing(tuple(self.knowledge.guideline.sections))
                message = "Dieser Ordner ist kein Abschnitt des Leitfadens."
                self.problems.append(Problem("section", message, Place(relative_name(path)), folder, allowed))

    def check_names(self, spec: RuleSpec, node: documents.Node, path: Path, name: str) -> None:
        expected = f"{path.parent.name}.{path.stem}"
        if spec.id != expected:
            self.complain(
                "rule_id", "Die id passt nicht zu Ordner und Datei.", node, name, ("id",), spec.id, expected
            )
        for index, passage in enumerate(spec.source):
            if passage not in self.knowledge.guideline.passages:
                remedy = did_you_mean(passage, self.knowledge.guideline.passages)
                self.complain(
                    "unknown_passage",
                    "Diese Passage gibt es nicht.",
                    node,
                    name,
                    ("source", index),
                    passage,
                    remedy=remedy,
                )
        if spec.parameter and spec.parameter not in self.knowledge.parameters.adjustable:
            allowed = listing(sorted(self.knowledge.parameters.adjustable))
            self.complain(
                "unknown_parameter", "Diesen änderbaren Parameter gibt es nicht.", node, name, ("parameter",),
                spec.parameter, allowed,
            )  # fmt: skip

    def complain(
        self,
        code: str,
        message: str,
        node: documents.Node,
        name: str,
        keys: tuple[str | int, ...],
        found: str | None = None,
        allowed: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problems.append(Problem(code, message, place_of(node, keys, name), found, allowed, remedy))

    def condition(
        self, spec: RuleSpec, key: str, node: documents.Node, name: str
    ) -> syntax.Expression | None:
        text = getattr(spec, key)
        if not text:
            return None
        try:
            return check_condition(parse(text), self.vocabulary)
        except ExpressionError as error:
            place = place_of(node, (key,), name)
            self.problems.extend(in_file(problem, place) for problem in error.problems)
            return None

    def check_texts(self, spec: RuleSpec, node: documents.Node, name: str) -> None:
        for outcome, text in spec.says.items():
            for found in PLACEHOLDER.findall(text):
                if found not in self.fillable:
                    message = "Diesen Platzhalter kann nichts füllen."
                    remedy = did_you_mean(found, self.fillable)
                    self.complain("placeholder", message, node, name, ("says", outcome), found, remedy=remedy)
            if _BRACE.search(PLACEHOLDER.sub("", text)):
                message = "Eine geschweifte Klammer steht allein."
                self.complain("placeholder", message, node, name, ("says", outcome))

    def settled(
        self, spec: RuleSpec, conditions: _Conditions, node: documents.Node, name: str
    ) -> Iterator[Problem]:
        """A condition decided before anyone answered anything is a mistake, except an offer to everyone."""
        for key, condition in conditions.items():
            if condition is None or (key == "offer_when" and condition == syntax.Truth(True)):
                continue
            for part in syntax.atoms(condition):
                if evaluate(part, self.nothing_known).value is not None:
                    message = "Diese Bedingung ist schon durch die Grenzen des Katalogs entschieden."
                    yield Problem("settled", message, place_of(node, (key,), name), found=to_text(part))


_CONDITIONS = ("applies", "requires", "avoid", "offer_when", "taken_when")
_Conditions = Mapping[str, syntax.Expression | None]
_BRACE = re.compile(r"[{}]")


def _nothing_known(knowledge: Knowledge) -> Facts:
    """The facts of a setup that states nothing, those worked out included.

    No parameter has a value: it may be another one tomorrow, or the setup's own.
    """
    today = date.today()
    parameters = knowledge.parameters
    nothing = read_values(
        {}, knowledge.catalogue, parameters, today, overrides=dict.fromkeys(parameters.names)
    )
    try:
        return derive(nothing, knowledge, today).facts
    except SetupError as error:
        raise KnowledgeError(error.problems) from None  # the catalogue's ranges contradict each other


def _demanded(spec: RuleSpec, condition: syntax.Expression) -> syntax.Expression:
    """What must hold for "erfüllt": a danger must not."""
    return syntax.Not(condition, span=condition.span, type=condition.type) if spec.avoid else condition


def _digest(*folders: Path) -> str:
    """Hash names and contents of all content files but the examples: equal digests, equal findings."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            name = path.relative_to(folder).as_posix()
            if not name.startswith("examples/"):
                digest.update(f"{folder.name}/{name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
