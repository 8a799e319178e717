"""The facts catalogue: every fact that a setup can have, and those worked out from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf
from pathlib import Path
from typing import cast

from qmadvisor.errors import (
    DocumentError,
    ExpressionError,
    KnowledgeError,
    Place,
    Problem,
    did_you_mean,
    listing,
)
from qmadvisor.knowledge.catalogue_model import FactSpec, TopicFile
from qmadvisor.knowledge.functions import FUNCTIONS, Function
from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.knowledge.validation import place_of, read_content
from qmadvisor.language import syntax
from qmadvisor.language.checker import check
from qmadvisor.language.evaluate import Evaluator, compile_expression
from qmadvisor.language.matrix import Overview
from qmadvisor.language.parser import parse
from qmadvisor.language.reasons import Needs
from qmadvisor.language.types import (
    ActorType,
    BoolType,
    ChoiceType,
    DateType,
    FieldType,
    ListType,
    MultipleType,
    NumberType,
    TaskMatrixType,
    TextType,
    Type,
    unknown_value,
)
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import Interval, Value, exact
from qmadvisor.language.vocabulary import Term, Vocabulary, Words
from qmadvisor.resources import relative_name


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. For a field of a record `path` is the field's key."""

    path: str
    kind: str
    type: Type
    words: Words
    spec: FactSpec
    topic: str = ""
    fields: Mapping[str, Fact] = field(default_factory=dict)
    #: Whether people answer it, rather than the program working it out.
    is_input: bool = field(init=False)
    #: What "not stated" means: everything that the catalogue allows. Always the same object.
    unknown: Value = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_input", self.spec.is_input)
        object.__setattr__(self, "unknown", unknown_value(self.type))

    @property
    def max_length(self) -> int:
        """How many characters a text may have."""
        return self.spec.max_length


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one derived or computed fact is worked out; `evaluator` is None for a computed one."""

    fact: Fact
    reads: tuple[str, ...]
    expression: syntax.Expression | None = None
    evaluator: Evaluator | None = None

    @property
    def may_contradict(self) -> bool:
        """Tell whether its inputs can contradict each other."""
        spec = self.fact.spec.computed
        return spec is not None and FUNCTIONS[spec.function].may_contradict

    def computed(self, values: Mapping[str, Value]) -> Value | None:
        """Return what the function of a computed fact makes of its inputs; None where they contradict."""
        spec = self.fact.spec.computed
        assert spec is not None  # a derivation without expression has a function
        return FUNCTIONS[spec.function].run(*(values[path] for path in self.reads))

    @property
    def needs(self) -> Needs | None:
        """What tells which inputs keep a computed fact open, where its function can say more than which are open."""
        spec = self.fact.spec.computed
        function = FUNCTIONS[spec.function] if spec else None
        if function is None or function.needs is None:
            return None
        needs, reads = function.needs, self.reads

        def paths(values: Mapping[str, Value]) -> Iterator[str]:
            for number, rest in needs(*(values[path] for path in reads)):
                yield f"{reads[number]}{rest}"

        return paths


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All facts by path in the order of the files, and the derivations in the order in which they run."""

    facts: Mapping[str, Fact]
    topics: Mapping[str, str]
    vocabulary: Vocabulary
    derivations: tuple[Derivation, ...]
    renamed: Mapping[str, str]
    #: The facts that people answer.
    inputs: tuple[Fact, ...] = field(init=False)
    #: What stands directly below each group of inputs; the empty name is the top.
    groups: Mapping[str, Sequence[str]] = field(init=False)

    def __post_init__(self) -> None:
        inputs = tuple(fact for fact in self.facts.values() if fact.is_input)
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "groups", _grouped([fact.path for fact in inputs]))

    def derivations_behind(self, paths: Iterable[str]) -> tuple[Derivation, ...]:
        """Return the derivations that lead to these facts, in the order in which they run."""
        wanted, found = set(paths), []
        for derivation in reversed(self.derivations):
            if derivation.fact.path in wanted:
                wanted |= set(derivation.reads)
                found.append(derivation)
        return tuple(reversed(found))


def _grouped(paths: Iterable[str]) -> dict[str, Sequence[str]]:
    groups: dict[str, dict[str, None]] = {}
    for path in paths:
        parts = path.split(".")
        for depth, part in enumerate(parts):
            groups.setdefault(".".join(parts[:depth]), {})[part] = None
    return {group: list(below) for group, below in groups.items()}


_NO_TASKS = Overview()


def load_catalogue(folder: Path, parameters: Parameters, tasks: Overview = _NO_TASKS) -> Catalogue:
    """Read all topic files of a folder. Raises KnowledgeError with every problem."""
    reader = _Reader(tasks)
    for path in sorted(folder.glob("*.yaml")):
        reader.read(path)
    reader.check_names()
    reader.stop_on_problems()
    vocabulary = Vocabulary({path: _term(fact) for path, fact in reader.facts.items()}, parameters.terms)
    derivations = reader.derivations(vocabulary)
    reader.stop_on_problems()
    renamed = {fact.spec.renamed_from: path for path, fact in reader.facts.items() if fact.spec.renamed_from}
    return Catalogue(reader.facts, reader.topics, vocabulary, derivations, renamed)


class _Reader:
    """Collects facts and problems over all files, so that one run reports everything."""

    def __init__(self, tasks: Overview) -> None:
        self.tasks = tasks
        self.facts: dict[str, Fact] = {}
        self.topics: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def stop_on_problems(self) -> None:
        if self.problems:
            raise KnowledgeError(self.problems)

    def read(self, path: Path) -> None:
        try:
            content, node = read_content(path, TopicFile)
        except (KnowledgeError, DocumentError) as error:
            self.problems.extend(error.problems)
            return
        self.topics[content.topic] = content.title
        for fact_path, spec in content.facts.items():
            place = place_of(node, ("facts", fact_path), relative_name(path))
            if fact_path in self.places:
                first = self.places[fact_path]
                self.problems.append(
                    Problem("duplicate_fact", f"Diesen Fakt gibt es schon in {first}.", place)
                )
            self.places[fact_path] = place
            self.facts[fact_path] = _fact(fact_path, spec, content.topic, self.tasks)

    def check_names(self) -> None:
        """What only all files together can show: groups, lists that actors stand in, earlier names."""
        earlier: set[str] = set()
        for path, fact in self.facts.items():
            for group in _groups(path):
                if group in self.facts:
                    message = "Ein Fakt kann nicht zugleich eine Gruppe von Fakten sein."
                    self.problems.append(Problem("group", message, self.places[path], group))
            for holder in (fact, *fact.fields.values()):
                self.check_actor(holder, self.places[path])
            if fact.spec.renamed_from in {*self.facts, *earlier}:
                message = "Dieser frühere Name ist schon vergeben."
                self.problems.append(
                    Problem("renamed_from", message, self.places[path], fact.spec.renamed_from)
                )
            earlier |= {fact.spec.renamed_from} - {""}

    def check_actor(self, fact: Fact, place: Place) -> None:
        of = fact.spec.list_of
        if not self.tasks.entries and (fact.kind == "task_matrix" or fact.spec.choices_from):
            self.problems.append(Problem("no_tasks", "Es gibt keine Aufgabenübersicht (tasks.yaml).", place))
        if fact.kind in ("actor", "task_matrix") and (of not in self.facts or self.facts[of].kind != "list"):
            lists = [path for path, other in self.facts.items() if other.kind == "list"]
            message = "Diese Liste gibt es nicht."
            self.problems.append(
                Problem("unknown_list", message, place, of, listing(lists), did_you_mean(of, lists))
            )

    # derived and computed facts

    def derivations(self, vocabulary: Vocabulary) -> tuple[Derivation, ...]:
        found: dict[str, Derivation] = {}
        for path, fact in self.facts.items():
            if fact.spec.derived:
                derivation = self.derived(fact, vocabulary)
            elif fact.spec.computed:
                derivation = self.computed(fact)
            else:
                continue
            if derivation is not None:
                found[path] = derivation
        return tuple(self.in_order(found))

    def derived(self, fact: Fact, vocabulary: Vocabulary) -> Derivation | None:
        place = self.places[fact.path]
        try:
            expression = check(parse(fact.spec.derived), vocabulary, conditional=True)
        except ExpressionError as error:
            self.problems.extend(in_file(problem, place) for problem in error.problems)
            return None
        if not _fits(expression.type, fact.type):
            message = "Der Ausdruck liefert einen anderen Typ oder eine andere Einheit als der Fakt."
            self.problems.append(Problem("type", message, place, found=fact.spec.derived))
            return None
        return Derivation(fact, syntax.facts_read(expression), expression, compile_expression(expression))

    def computed(self, fact: Fact) -> Derivation | None:
        spec, place = fact.spec.computed, self.places[fact.path]
        function = FUNCTIONS.get(spec.function) if spec else None
        if spec is None or function is None:
            name = spec.function if spec else ""
            allowed, remedy = listing(sorted(FUNCTIONS)), did_you_mean(name, FUNCTIONS)
            self.problems.append(
                Problem("unknown_function", "Diese Funktion gibt es nicht.", place, name, allowed, remedy)
            )
            return None
        kinds = tuple(self.facts[path].kind if path in self.facts else "unbekannt" for path in spec.inputs)
        if kinds != function.inputs or fact.kind != function.result:
            allowed = f"({', '.join(function.inputs)}) → {function.result}"
            self.problems.append(
                Problem("type", "Die Funktion erwartet andere Fakten.", place, ", ".join(kinds), allowed)
            )
            return None
        if not self.options_fit(function, (*(self.facts[path] for path in spec.inputs), fact)):
            message = "Die Funktion kennt andere Auswahlmöglichkeiten."
            self.problems.append(Problem("options", message, place, spec.function))
            return None
        return Derivation(fact, spec.inputs)

    def options_fit(self, function: Function, facts: tuple[Fact, ...]) -> bool:
        """Tell whether the choices among the facts are those that the function was written for."""
        found = [set(fact.words.choices) for fact in facts if fact.kind in ("choice", "multiple")]
        return not function.options or found == [set(options) for options in function.options]

    def in_order(self, found: Mapping[str, Derivation]) -> Iterator[Derivation]:
        """Yield each derivation after those it reads; what is left over stands in a cycle."""
        waiting, done = dict(found), set(self.facts) - set(found)
        while ready := [path for path, derivation in waiting.items() if done.issuperset(derivation.reads)]:
            for path in ready:
                done.add(path)
                yield waiting.pop(path)
        for path in waiting:
            if not self.problems:
                message = "Diese abgeleiteten Fakten lesen einander im Kreis."
                self.problems.append(Problem("cycle", message, self.places[path], found=", ".join(waiting)))


def in_file(problem: Problem, place: Place) -> Problem:
    """Move a problem of an expression to the file that holds it; the column counts inside the expression."""
    inner = f"{place.path} (Zeichen {problem.place.column})" if problem.place.column else place.path
    return Problem(
        problem.code,
        problem.message,
        Place(place.file, place.line, place.column, inner),
        problem.found,
        problem.allowed,
        problem.remedy,
    )


def _fits(found: Type | None, wanted: Type) -> bool:
    if isinstance(found, NumberType) and isinstance(wanted, NumberType):
        return (found.literal or found.unit.same_as(wanted.unit)) and (found.integer or not wanted.integer)
    if isinstance(found, ChoiceType) and isinstance(wanted, ChoiceType):
        return set(found.options) <= set(wanted.options)
    if isinstance(found, ActorType | MultipleType):
        return found == wanted
    return type(found) is type(wanted)


def _groups(path: str) -> Iterator[str]:
    """The groups that a path stands in: `a` and `a.b` for `a.b.c`."""
    parts = path.split(".")
    return (".".join(parts[:depth]) for depth in range(1, len(parts)))


def _fact(path: str, spec: FactSpec, topic: str, tasks: Overview) -> Fact:
    fields = {key: _fact(key, inner, topic, tasks) for key, inner in spec.fields.items()}
    choices = _choices(spec, tasks)
    kind: Type
    if spec.type == "list":
        kind = ListType(path, {key: cast("FieldType", inner.type) for key, inner in fields.items()})
    elif spec.type == "task_matrix":
        kind = TaskMatrixType(spec.list_of, tasks)
    else:
        kind = _field_type(spec, choices)
    return Fact(path, spec.type, kind, _words(spec, choices), spec, topic, fields)


def _choices(spec: FactSpec, tasks: Overview) -> Mapping[str, str]:
    """The options of a fact: its own, the distinct tasks of the overview, or (for a matrix) all its entries."""
    if spec.type == "task_matrix":
        return {key: entry.label for key, entry in tasks.entries.items()}
    if spec.choices_from:
        return {key: f"{task.label} ({key})" for key, task in tasks.tasks.items()}
    return spec.choices


def _field_type(spec: FactSpec, choices: Mapping[str, str]) -> FieldType:
    match spec.type:
        case "bool":
            return BoolType()
        case "integer" | "decimal" | "stellenumfang":
            unit = "Stellen" if spec.type == "stellenumfang" else spec.unit
            return NumberType(parse_unit(unit), spec.type == "integer", _number_range(spec))
        case "date":
            return DateType(_date_range(spec))
        case "choice":
            return ChoiceType(tuple(choices))
        case "multiple":
            return MultipleType(tuple(choices))
        case "actor":
            return ActorType(spec.list_of)
        case _:
            return TextType()


def _number_range(spec: FactSpec) -> Interval:
    low = -inf if spec.min is None else exact(str(spec.min))
    high = inf if spec.max is None else exact(str(spec.max))
    return Interval(low, high)


def _date_range(spec: FactSpec) -> Interval:
    low = date.min if spec.min is None else date.fromisoformat(str(spec.min))
    high = date.max if spec.max is None else date.fromisoformat(str(spec.max))
    return Interval(low.toordinal(), high.toordinal())


def _words(spec: FactSpec, choices: Mapping[str, str]) -> Words:
    record = spec.record
    return Words(
        label=spec.label,
        phrase=spec.phrase or spec.label,
        plural_subject=spec.plural,
        holds=spec.holds,
        fails=spec.fails,
        contains=spec.contains,
        lacks=spec.lacks,
        choices=choices,
        singular=record.singular if record else "",
        plural=record.plural if record else "",
        dative_plural=(record.dative_plural or record.plural) if record else "",
        gender=record.gender if record else "",
    )


def _term(fact: Fact) -> Term:
    return Term(fact.path, fact.type, fact.words, {key: _term(inner) for key, inner in fact.fields.items()})
