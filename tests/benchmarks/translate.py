"""Rules in the words of the other contestants.

Their logic has two values, and comparing with null is an error or false there. So each condition is
written twice, "definitely true" and "definitely false", with the negation pushed down to the
comparisons; what is neither is open. A number, date or choice that is known only in part is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from qmadvisor.language import syntax
from qmadvisor.language.evaluate import NO_RECORDS, Facts, compile_expression
from qmadvisor.language.values import Interval, RecordList, Value
from qmadvisor.rules.model import Rule

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_WRITTEN = {"=": "==", "!=": "!="}


class InexpressibleError(Exception):
    """The translation has no words for a condition."""


@dataclass(frozen=True)
class Dialect:
    """How a language writes what the rules need; `entry` is the name of a bound record."""

    words: Mapping[bool, str]
    conjunction: str
    disjunction: str
    known: str
    entry: str
    field: Callable[[str, str], str]
    options: Callable[[str], str]
    any: Callable[[str, str], str]
    all: Callable[[str, str], str]
    count: Callable[[str, str], str]
    negated: Callable[[str], str]
    choose: Callable[[str, str, str], str]


ZEN = Dialect(
    words={True: "true", False: "false"},
    conjunction=" and ",
    disjunction=" or ",
    known="{} != null",
    entry="#",
    field=lambda entry, name: f"{entry}.{name}",
    options=lambda listed: f"[{listed}]",
    any=lambda items, test: f"some({items} ?? [], {test})",
    all=lambda items, test: f"all({items} ?? [], {test})",
    count=lambda items, test: f"count({items} ?? [], {test})",
    negated=lambda test: f"not ({test})",
    choose=lambda test, yes, no: f"({test} ? {yes} : {no})",
)
CEL = Dialect(
    words={True: "true", False: "false"},
    conjunction=" && ",
    disjunction=" || ",
    known="{} != null",
    entry="it",
    field=lambda entry, name: f"{entry}.{name}",
    options=lambda listed: f"[{listed}]",
    any=lambda items, test: f"{items}.exists(it, {test})",
    all=lambda items, test: f"{items}.all(it, {test})",
    count=lambda items, test: f"size({items}.filter(it, {test}))",
    negated=lambda test: f"!({test})",
    choose=lambda test, yes, no: f"({test} ? {yes} : {no})",
)
PYTHON = Dialect(
    words={True: "True", False: "False"},
    conjunction=" and ",
    disjunction=" or ",
    known="{} is not None",
    entry="it",
    field=lambda entry, name: f'{entry}["{name}"]',
    options=lambda listed: f"({listed},)",
    any=lambda items, test: f"any({test} for it in {items})",
    all=lambda items, test: f"all({test} for it in {items})",
    count=lambda items, test: f"sum(1 for it in {items} if {test})",
    negated=lambda test: f"not ({test})",
    choose=lambda test, yes, no: f"({yes} if {test} else {no})",
)


def status_of(rule: Rule, dialect: Dialect) -> str:
    """Return an expression that gives the rule's status as a string."""
    writer = _Writer(dialect)
    choose = dialect.choose
    decided = choose(
        writer.holds(rule.demand, True),
        '"fulfilled"',
        choose(writer.holds(rule.demand, False), '"violated"', '"open"'),
    )
    if rule.applies is None:
        return decided
    not_applicable = choose(writer.holds(rule.applies, False), '"not_applicable"', '"open"')
    return choose(writer.holds(rule.applies, True), decided, not_applicable)


def expressible(rule: Rule, dialect: Dialect) -> bool:
    """Tell whether the other languages have words for a rule."""
    try:
        status_of(rule, dialect)
    except InexpressibleError:
        return False
    return True


@dataclass(frozen=True)
class _Writer:
    dialect: Dialect

    def holds(self, node: syntax.Expression, wanted: bool) -> str:
        """Write "the condition is definitely `wanted`": never null, whatever is unknown."""
        match node:
            case syntax.Truth(value=value):
                return self.dialect.words[value is wanted]
            case syntax.And() | syntax.Or():
                return self.joined(isinstance(node, syntax.And) is wanted, node.items, wanted)
            case syntax.Not(item=item):
                return self.holds(item, not wanted)
            case syntax.Fact() | syntax.Field() | syntax.Has():
                return f"{self.value(node)} == {self.dialect.words[wanted]}"
            case syntax.Compare():
                return self.compare(node, wanted)
            case syntax.InRange():
                return self.in_range(node, wanted)
            case syntax.InSet():
                return self.in_set(node, wanted)
            case syntax.Quantified():
                return self.quantified(node, wanted)
            case _:
                raise InexpressibleError(type(node).__name__)

    def joined(self, all_of: bool, items: Sequence[syntax.Expression], wanted: bool) -> str:
        return self.both(all_of, [self.holds(item, wanted) for item in items])

    def both(self, all_of: bool, parts: Sequence[str]) -> str:
        word = self.dialect.conjunction if all_of else self.dialect.disjunction
        return f"({word.join(parts)})" if len(parts) > 1 else parts[0]

    def compare(self, node: syntax.Compare, wanted: bool) -> str:
        if isinstance(node.left, syntax.Aggregate):
            return self.counted(node, wanted)
        operator = node.operator if wanted else _OPPOSITE[node.operator]
        text = f"{self.value(node.left)} {_WRITTEN.get(operator, operator)} {self.value(node.right)}"
        one_is_literal = isinstance(node.right, syntax.Text | syntax.Number | syntax.Day)
        if operator == "=" and one_is_literal:
            return text  # null equals no literal
        return self.guarded((node.left, node.right), text)

    def guarded(self, operands: Sequence[syntax.Expression], text: str) -> str:
        """Put the tests for null in front."""
        reads = [part for operand in operands for part in syntax.walk(operand)]
        names = [
            self.value(part)
            for part in reads
            if isinstance(part, syntax.Fact | syntax.Field | syntax.Parameter)
        ]
        return self.both(True, [*(self.dialect.known.format(name) for name in dict.fromkeys(names)), text])

    def in_range(self, node: syntax.InRange, wanted: bool) -> str:
        low, item, high = map(self.value, (node.low, node.item, node.high))
        inside = self.both(True, [f"{low} <= {item}", f"{item} <= {high}"])
        text = inside if wanted else self.dialect.negated(inside)
        return self.guarded((node.low, node.item, node.high), text)

    def in_set(self, node: syntax.InSet, wanted: bool) -> str:
        listed = self.dialect.options(", ".join(map(self.value, node.options)))
        text = f"{self.value(node.item)} in {listed}"
        return text if wanted else self.guarded((node.item,), self.dialect.negated(text))

    def quantified(self, node: syntax.Quantified, wanted: bool) -> str:
        """What holds for one entry settles `some` as true and `every` as false; all must be named else."""
        some = node.kind == "some"
        decisive = [self.holds(node.where, True)] if node.where is not None else []
        exempt = [self.holds(node.where, False)] if node.where is not None else []
        items = _name(node.list)
        if some is wanted:
            return self.dialect.any(items, self.both(True, [*decisive, self.holds(node.body, some)]))
        spared = self.both(False, [*exempt, self.holds(node.body, not some)])
        return self.both(True, [self.complete(node.list), self.dialect.all(items, spared)])

    def complete(self, path: str) -> str:
        return f"{_name(path)}_vollstaendig == {self.dialect.words[True]}"

    def counted(self, node: syntax.Compare, wanted: bool) -> str:
        """Counts against a number: at least so many certainly count, or fewer possibly do."""
        counted = cast("syntax.Aggregate", node.left)
        if (
            counted.kind != "count"
            or not isinstance(node.right, syntax.Number)
            or node.operator in ("=", "!=")
        ):
            raise InexpressibleError(f"{counted.kind} {node.operator}")
        number = node.right.value + (node.operator in (">", "<="))  # counts are whole: > 2 is >= 3
        enough = wanted is (node.operator in (">", ">="))
        where = counted.where or syntax.Truth(True)
        items = _name(counted.list)
        if enough:
            return f"{self.dialect.count(items, self.holds(where, True))} >= {_plain(number)}"
        possible = self.dialect.count(items, self.dialect.negated(self.holds(where, False)))
        return self.both(True, [self.complete(counted.list), f"{possible} < {_plain(number)}"])

    def value(self, node: syntax.Expression) -> str:
        match node:
            case syntax.Fact(path=path):
                return _name(path)
            case syntax.Field(name=name):
                return self.dialect.field(self.dialect.entry, name)
            case syntax.Has(item=item, option=option):
                return self.option(item, option)
            case syntax.Parameter(name=name, day=syntax.Today()):
                return f"parameter_{name}"
            case syntax.Truth(value=truth):
                return self.dialect.words[truth]
            case syntax.Number(value=number):
                return repr(_plain(number))
            case syntax.Text(value=text):
                return f'"{text}"'
            case syntax.Day(ordinal=ordinal):
                return str(ordinal)
            case syntax.Arithmetic(operator=operator) if operator != "/":
                return f"({self.value(node.left)} {operator} {self.value(node.right)})"
            case _:
                raise InexpressibleError(type(node).__name__)

    def option(self, item: syntax.Expression, option: str) -> str:
        if isinstance(item, syntax.Field):
            return self.dialect.field(self.dialect.entry, f"{item.name}_{option}")
        return f"{self.value(item)}_{option}"


def _name(path: str) -> str:
    return path.replace(".", "_").replace("-", "_")


def _plain(number: int | Fraction | float) -> int | float:
    return number if isinstance(number, int) else float(number)


# The facts


@dataclass
class Reads:
    """What a rule base reads of a setup."""

    facts: dict[str, None] = field(default_factory=dict)
    options: dict[tuple[str, str], None] = field(default_factory=dict)
    fields: dict[str, dict[tuple[str, str | None], None]] = field(default_factory=dict)
    parameters: dict[str, syntax.Parameter] = field(default_factory=dict)


def reads_of(rules: Sequence[Rule]) -> Reads:
    """Find every fact, option, record field and parameter that some rule reads."""
    reads = Reads()
    for rule in rules:
        for part in _parts(rule):
            _note(part, reads)
    for path, _ in reads.options:
        reads.facts.pop(path, None)
    return reads


def _parts(rule: Rule) -> Iterator[syntax.Expression]:
    for condition in rule.conditions:
        yield from syntax.walk(condition)


def _note(part: syntax.Expression, reads: Reads) -> None:
    match part:
        case syntax.Has(item=syntax.Field() as found, option=option):
            reads.fields.setdefault(found.list, {})[found.name, option] = None
        case syntax.Has(item=syntax.Fact(path=path), option=option):
            reads.options[path, option] = None
        case syntax.Field():
            reads.fields.setdefault(part.list, {})[part.name, None] = None
        case syntax.Fact(path=path):
            reads.facts[path] = None
        case syntax.Quantified() | syntax.Aggregate():
            reads.fields.setdefault(part.list, {})
        case syntax.Parameter(name=name):
            reads.parameters[name] = part


def plain_facts(facts: Facts, reads: Reads) -> dict[str, Any]:
    """Return what the rules read as flat plain values; None is unknown."""
    found: dict[str, Any] = {_name(path): _known(facts.values[path]) for path in reads.facts}
    for path, option in reads.options:
        found[f"{_name(path)}_{option}"] = cast("Mapping[str, bool]", facts.values[path]).get(option)
    for path, fields in reads.fields.items():
        known = cast("RecordList", facts.values[path])
        found[_name(path)] = [_entry(record.values, fields) for record in known.records]
        found[f"{_name(path)}_vollstaendig"] = known.complete
    for name, parameter in reads.parameters.items():
        found[f"parameter_{name}"] = _known(compile_expression(parameter)(facts, NO_RECORDS).value)
    return found


def _entry(
    values: Mapping[str, Value], fields: Mapping[tuple[str, str | None], None]
) -> dict[str, bool | float | str | None]:
    found: dict[str, bool | float | str | None] = {}
    for name, option in fields:
        if option is not None:
            found[f"{name}_{option}"] = cast("Mapping[str, bool]", values[name]).get(option)
        elif not isinstance(values[name], Mapping):
            found[name] = _known(values[name])
    return found


def _known(value: Value) -> bool | float | str | None:
    match value:
        case Interval():
            return _plain(value.lo) if value.is_point else None
        case frozenset():
            return next(iter(value)) if len(value) == 1 else None
        case bool() | str():
            return value
        case _:
            return None
