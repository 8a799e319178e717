"""Read and check all rule files; a rule base that loads cannot fail on a setup."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qmadvisor import __version__, documents
from qmadvisor.errors import (
    DocumentError,
    ExpressionError,
    KnowledgeError,
    Place,
    Problem,
    did_you_mean,
    listing,
)
from qmadvisor.knowledge.base import Knowledge, load_knowledge
from qmadvisor.knowledge.catalogue import in_file
from qmadvisor.knowledge.validation import place_of
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.language.vocabulary import Vocabulary
from qmadvisor.resources import knowledge_root, relative_name, rules_root, yaml_files
from qmadvisor.rules.advice import SECTION as ADVICE
from qmadvisor.rules.advice import AdviceRule
from qmadvisor.rules.advice_loader import AdviceLoader, advice_vocabulary
from qmadvisor.rules.model import RetiredRules, Rule, RuleSpec
from qmadvisor.rules.retired import RETIRED_FILE, read_retired, remedy_for_unknown
from qmadvisor.rules.settled import nothing_known, settled_parts
from qmadvisor.rules.texts import fillable_names, text_faults


@dataclass(frozen=True, slots=True)
class RuleBase:
    """All rules in the guideline's order, what several together mean, the knowledge they rest on, the digest of all."""

    knowledge: Knowledge
    rules: tuple[Rule, ...]
    advice: tuple[AdviceRule, ...]
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
    def vocabulary(self) -> Vocabulary:
        """The catalogue's vocabulary with the findings as facts, as advice reads them."""
        titles = {rule.id: rule.spec.title for rule in self.rules if not rule.is_hint}
        return advice_vocabulary(self.knowledge.catalogue.vocabulary, titles)

    @property
    def everything(self) -> tuple[Rule | AdviceRule, ...]:
        """All rules, then all advice."""
        return (*self.rules, *self.advice)

    @property
    def ids(self) -> list[str]:
        """The ids of all rules and of all advice."""
        return [one.id for one in self.everything]

    @property
    def successors(self) -> Mapping[str, str | None]:
        """What replaced each retired rule."""
        return {rule_id: tombstone.replaced_by for rule_id, tombstone in self.retired.items()}

    def unknown_rule(self, rule_id: str) -> Problem:
        """Say that there is no such rule, what replaced it, or what was probably meant."""
        remedy = remedy_for_unknown(rule_id, self.ids, self.retired)
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
    advice_files = sorted((rules / ADVICE).glob("*.yaml"))
    advice_ids = [f"{ADVICE}.{path.stem}" for path in advice_files]
    retired, problems = read_retired(rules / RETIRED_FILE, {*loader.ids, *advice_ids})
    advisor = AdviceLoader(known, loader.titles, loader.hints, retired, loader.nothing_known)
    for path in advice_files:
        advisor.read(path)
    if loader.problems or problems or advisor.problems:
        raise KnowledgeError([*loader.problems, *problems, *advisor.problems])
    digest = _digest(rules, knowledge)
    return RuleBase(known, tuple(loader.rules), tuple(advisor.advice), retired, __version__, digest)


class _Loader:
    """Collects rules and problems over all files, so that one run reports everything."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.vocabulary = knowledge.catalogue.vocabulary
        self.fillable = fillable_names(self.vocabulary)
        self.rules: list[Rule] = []
        self.ids: set[str] = set()
        self.titles: dict[str, str] = {}
        self.hints: set[str] = set()
        self.problems: list[Problem] = []
        self.nothing_known = nothing_known(knowledge)

    def read(self, path: Path) -> None:
        before = len(self.problems)
        try:
            spec, node = RuleSpec.read(path)
        except (KnowledgeError, DocumentError) as error:
            self.problems.extend(error.problems)
            rule_id = f"{path.parent.name}.{path.stem}"
            self.titles[rule_id] = rule_id  # advice that reads it is not to blame
            return
        name = relative_name(path)
        self.ids.add(spec.id)
        if spec.kind == "hint":
            self.hints.add(spec.id)
        else:
            self.titles[spec.id] = spec.title
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
        sections = tuple(self.knowledge.guideline.sections)
        for file, path in yaml_files(rules):
            folder, _, name = file.rpartition("/")
            if not name.endswith(".yaml"):
                message = "Die Namen der Dateien enden hier auf „.yaml“."
                self.problems.append(Problem("file_name", message, Place(relative_name(Path(path))), name))
            elif folder not in sections and folder != ADVICE and file != RETIRED_FILE:
                message = "Dieser Ordner ist kein Abschnitt des Leitfadens."
                place = Place(relative_name(Path(path)))
                self.problems.append(Problem("section", message, place, folder or ".", listing(sections)))

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
            for fault in text_faults(text, self.fillable):
                keys = ("says", outcome)
                self.complain(
                    "placeholder", fault.message, node, name, keys, fault.found, remedy=fault.remedy
                )

    def settled(
        self, spec: RuleSpec, conditions: _Conditions, node: documents.Node, name: str
    ) -> Iterator[Problem]:
        """A condition decided before anyone answered anything is a mistake, except an offer to everyone."""
        for key, condition in conditions.items():
            if condition is None or (key == "offer_when" and condition == syntax.Truth(True)):
                continue
            for part in settled_parts(condition, self.nothing_known):
                message = "Diese Bedingung ist schon durch die Grenzen des Katalogs entschieden."
                yield Problem("settled", message, place_of(node, (key,), name), found=to_text(part))


_CONDITIONS = ("applies", "requires", "avoid", "offer_when", "taken_when")
_Conditions = Mapping[str, syntax.Expression | None]


def _demanded(spec: RuleSpec, condition: syntax.Expression) -> syntax.Expression:
    """What must hold for "erfüllt": a danger must not."""
    return syntax.Not(condition, span=condition.span, type=condition.type) if spec.avoid else condition


def _digest(*folders: Path) -> str:
    """Hash names and contents of all content files but the examples: equal digests, equal findings."""
    digest = hashlib.sha256()
    for folder in folders:
        for name, path in yaml_files(folder):
            if name.endswith(".yaml") and not name.startswith("examples/"):
                with open(path, "rb") as stream:  # noqa: PTH123 - several hundred files: pathlib takes its time
                    digest.update(f"{folder.name}/{name}\0".encode() + stream.read() + b"\0")
    return digest.hexdigest()
