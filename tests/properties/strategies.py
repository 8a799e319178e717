"""Random well-typed expressions over a small vocabulary, and random partial knowledge of its facts.

All numbers are multiples of 1/2 and all ranges are narrow, so that whatever can be true of a setup shows among a
few completions; see `test_language.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import inf
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from qmadvisor.errors import ExpressionError
from qmadvisor.language import syntax
from qmadvisor.language.checker import check
from qmadvisor.language.evaluate import Facts
from qmadvisor.language.types import (
    ActorType,
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    TextType,
    Type,
    unknown_value,
)
from qmadvisor.language.units import NONE
from qmadvisor.language.values import Interval, Record, RecordList, Value, point
from qmadvisor.language.vocabulary import DatedValue, ParameterTerm, Term, Vocabulary, Words

Draw = Callable[[Any], Any]

#: The numbers in the tests are how many examples continuous integration looks at (`QMADVISOR_EXAMPLES=1`); unasked it
#: is a third of them, for speed. `QMADVISOR_EXAMPLES=20` takes twenty times as many, and other ones in every run.
FACTOR = Fraction(os.environ.get("QMADVISOR_EXAMPLES", "1/3"))


def examples(number: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=max(5, int(number * FACTOR)),
        derandomize=FACTOR <= 1,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )


# The vocabulary

FIRST_DAY, LAST_DAY = date(2024, 1, 29).toordinal(), date(2024, 3, 3).toordinal()
TODAY = date(2024, 2, 29).toordinal()
_HALF = Fraction(1, 2)
_LETTERS = {"a": "Apfel", "b": "Birne", "c": "Kirsche"}
_MARKS = {"x": "Kreuz", "y": "Haken"}

_INTEGER = NumberType(NONE, integer=True, range=Interval(-2, 3))
_DECIMAL = NumberType(NONE, range=Interval(-1, 2))
_DAY = DateType(Interval(FIRST_DAY, LAST_DAY))
_FIELDS: dict[str, Type] = {
    "b": BoolType(),
    "n": NumberType(NONE, integer=True, range=Interval(0, 2)),
    "d": NumberType(NONE, range=Interval(-_HALF, 1)),
    "c": ChoiceType(("a", "b")),
    "m": MultipleType(("x",)),
}


def _term(path: str, type_: Type) -> Term:
    words = Words(
        f"Etikett {path}",
        f"der Wert {path}",
        holds=f"{path} trifft zu",
        fails=f"{path} trifft nicht zu",
        contains=f"zu {path} gehört {{item}}",
        lacks=f"zu {path} gehört nicht {{item}}",
        choices=_MARKS if isinstance(type_, MultipleType) else _LETTERS,
    )
    return Term(path, type_, words)


def _list_term(path: str, gender: str) -> Term:
    words = Words(path, singular="Zeile", plural="Zeilen", dative_plural="Zeilen", gender=gender)
    return Term(
        path, ListType(path, _FIELDS), words, {name: _term(name, kind) for name, kind in _FIELDS.items()}
    )


_PATHS: dict[str, tuple[Type, tuple[str, ...]]] = {
    "bool": (BoolType(), ("b.eins", "b.zwei", "b.drei", "b.vier")),
    "integer": (_INTEGER, ("n.eins", "n.zwei", "n.drei")),
    "decimal": (_DECIMAL, ("d.eins", "d.zwei", "d.drei")),
    "date": (_DAY, ("t.eins", "t.zwei", "t.drei")),
    "choice": (ChoiceType(("a", "b", "c")), ("c.eins", "c.zwei")),
    "multiple": (MultipleType(("x", "y")), ("m",)),
    "text": (TextType(), ("w.eins", "w.zwei")),
    "actor": (ActorType("liste"), ("a.eins", "a.zwei")),
}
_TERMS = [_term(path, kind) for kind, paths in _PATHS.values() for path in paths]
_LISTS = [_list_term("liste", "f"), _list_term("andere.liste", "m")]


def _feb(first: int, last: int) -> Interval:
    return Interval(date(2024, 2, first).toordinal(), date(2024, 2, last).toordinal())


_PARAMETERS = (
    ParameterTerm("fest", NONE, "Fester Wert", (DatedValue(Interval(-inf, inf), point("0.5")),)),
    ParameterTerm(
        "datiert",
        NONE,
        "Datierter Wert",
        (
            DatedValue(Interval(-inf, date(2024, 1, 31).toordinal()), point(0)),
            DatedValue(_feb(1, 10), point(2)),
            # 11 to 14 February have no value
            DatedValue(_feb(15, 29), point(1)),
        ),
    ),
)
VOCABULARY = Vocabulary(
    {term.path: term for term in (*_TERMS, *_LISTS)}, {parameter.name: parameter for parameter in _PARAMETERS}
)


# Expressions


@dataclass(frozen=True)
class Expressions:
    """What random expressions may hold.

    `once`: no fact twice, and nothing that leaves gaps which an interval cannot show (see `test_language.py`).
    `lists`: a statement about a list, and nothing around it.
    """

    once: bool = False
    lists: bool = False


def _pick(draw: Draw, choices: Sequence[Any]) -> Any:
    """One of these; cheaper than a new `sampled_from` for each."""
    return choices[draw(st.integers(0, len(choices) - 1))]


class _Maker:
    """Draws one tree from the top; a record's facts are still plain names, as after parsing."""

    def __init__(self, draw: Draw, kinds: Expressions) -> None:
        self.draw = draw
        self.once = kinds.once
        self.pool = {kind: list(paths) for kind, (_, paths) in _PATHS.items()}
        self.lists = [term.path for term in _LISTS]
        self.bound: list[dict[str, list[str]]] = []

    def pick(self, *choices: Any) -> Any:
        return _pick(self.draw, choices)

    def fact(self, kind: str) -> syntax.Expression | None:
        """A fact of this kind; inside a list, where facts are read once, only one of the record's own."""
        pools = [fields[kind] for fields in self.bound if kind in fields]
        if not (self.bound and self.once):
            pools.append(self.pool[kind])
        names = [name for pool in pools for name in pool]
        if not names:
            return None
        name = self.pick(*names)
        if self.once:
            for pool in pools:
                if name in pool:
                    pool.remove(name)
        return syntax.Fact(name)

    # conditions

    def condition(self, depth: int) -> syntax.Expression:
        forms = [
            self.boolean,
            self.numbers,
            self.choice,
            self.mark,
            self.word,
            self.days,
            self.span,
            self.one_of,
        ]
        if depth > 0:
            forms += [self.numbers] * 3 + [self.junction] * 4 + [self.negation] * 2
            forms += [self.quantified] * 3 + [self.same_truth, self.conditional_truth]
        return self.pick(*forms)(depth)

    def boolean(self, depth: int) -> syntax.Expression:
        return self.fact("bool") or syntax.Truth(self.draw(st.booleans()))

    def junction(self, depth: int) -> syntax.Expression:
        kind = self.pick(syntax.And, syntax.Or)
        items: list[syntax.Expression] = []
        for _ in range(self.pick(2, 2, 3)):
            item = self.condition(depth - 1)
            items.extend(item.items if isinstance(item, kind) else [item])
        return kind(tuple(items))

    def negation(self, depth: int) -> syntax.Expression:
        return syntax.Not(self.condition(depth - 1))

    def conditional_truth(self, depth: int) -> syntax.Expression:
        return syntax.If(self.condition(depth - 1), self.condition(depth - 1), self.condition(depth - 1))

    def same_truth(self, depth: int) -> syntax.Expression:
        return syntax.Compare(self.pick("=", "!="), self.boolean(depth), self.condition(depth - 1))

    def numbers(self, depth: int) -> syntax.Expression:
        operator = self.pick("<", "<=", ">", ">=", "=", "!=")
        whole, exact = self.draw(st.booleans()), operator in "!="
        left = self.number(depth, whole=whole, exact=exact)
        return syntax.Compare(operator, left, self.number(depth - 1, whole=whole, exact=exact))

    def span(self, depth: int) -> syntax.Expression:
        whole = self.draw(st.booleans())
        item = self.number(depth - 1, whole=whole, exact=True)
        ends = [self.number(0, whole=whole, exact=True) for _ in range(2)]
        if all(isinstance(end, syntax.Number) for end in ends):
            ends.sort(key=lambda end: end.value)
        return syntax.InRange(item, *ends)

    def one_of(self, depth: int) -> syntax.Expression:
        if self.draw(st.booleans()):
            day = self.fact("date") or syntax.Today()
            return syntax.InSet(day, tuple(self.some(self.day_literal)))
        whole = self.draw(st.booleans())
        options = self.some(lambda: syntax.Number(abs(self.literal(whole).value)))
        return syntax.InSet(self.number(depth - 1, whole=whole, exact=True), tuple(options))

    def days(self, depth: int) -> syntax.Expression:
        if self.draw(st.integers(0, 3)) == 0:
            return syntax.InRange(self.day(), *sorted((self.day_literal(), self.day_literal()), key=_ordinal))
        return syntax.Compare(self.pick("<", "<=", ">", ">=", "=", "!="), self.day(), self.day())

    def choice(self, depth: int) -> syntax.Expression:
        fact = self.fact("choice")
        if fact is None:
            return self.boolean(depth)
        letters = "ab" if self.is_field(fact) else "abc"
        if self.draw(st.booleans()):
            return syntax.InSet(fact, tuple(self.some(lambda: syntax.Text(self.pick(*letters)))))
        other = None if self.is_field(fact) else self.fact("choice")
        if other is None or self.is_field(other):
            other = syntax.Text(self.pick(*letters))
        return syntax.Compare(self.pick("=", "!="), fact, other)

    def mark(self, depth: int) -> syntax.Expression:
        fact = self.fact("multiple")
        if fact is None:
            return self.boolean(depth)
        return syntax.Has(fact, "x" if self.is_field(fact) else self.pick("x", "y"))

    def word(self, depth: int) -> syntax.Expression:
        kind = self.pick("text", "actor")
        one, two = self.fact(kind), self.fact(kind)
        if one is None:
            return self.boolean(depth)
        if kind == "text" and self.draw(st.booleans()):
            return syntax.InSet(one, (syntax.Text("u"), syntax.Text("v")))
        if two is None and kind == "actor":
            return self.boolean(depth)
        return syntax.Compare(self.pick("=", "!="), one, two or syntax.Text("u"))

    def quantified(self, depth: int) -> syntax.Expression:
        kind = self.pick("some", "every")
        return self.over_list(
            depth, lambda *head: syntax.Quantified(kind, *head, self.condition(depth - 1)), self.boolean
        )

    # lists

    def over_list(self, depth: int, make: Any, instead: Any) -> syntax.Expression:
        """Bind a record; `instead` where no list is left, or lists are already nested."""
        if not self.lists or len(self.bound) == (1 if self.once else 2):
            return instead(depth)
        path = self.pick(*self.lists)
        if self.once:
            self.lists.remove(path)
        variable = "sz"[len(self.bound)]
        self.bound.append(
            {
                "bool": [f"{variable}.b"],
                "integer": [f"{variable}.n"],
                "decimal": [f"{variable}.d"],
                "choice": [f"{variable}.c"],
                "multiple": [f"{variable}.m"],
            }
        )
        where = self.condition(depth - 1) if self.draw(st.booleans()) else None
        node = make(variable, path, where)
        self.bound.pop()
        return node

    def is_field(self, fact: syntax.Expression) -> bool:
        return isinstance(fact, syntax.Fact) and fact.path[:2] in ("s.", "z.")

    def about_a_list(self, depth: int) -> syntax.Expression:
        if self.draw(st.integers(0, 2)) == 0:
            return self.quantified(depth)
        whole = self.draw(st.booleans())
        form = self.pick(self.aggregate, self.count) if whole else self.aggregate
        amount = form(depth, whole, exact=False)
        operator = self.pick("<", "<=", ">", ">=", *(["=", "!="] if form == self.count else []))
        return syntax.Compare(operator, amount, self.literal(whole))

    # numbers and days

    def number(self, depth: int, *, whole: bool, exact: bool) -> syntax.Expression:
        """A number; `exact` where gaps would show: no products, and none of what else leaves gaps."""
        forms = [self.number_fact] * 2 + [self.number_literal]
        if not (self.bound and self.once):
            forms.append(self.months if whole else self.parameter)
        if depth > 0:
            forms += [self.sum] * 2
            if whole:
                forms += [self.count] * 2
            if not exact or not self.once:
                forms += [self.aggregate] * 4
                forms.append(self.conditional_number)
            if not exact:
                forms.append(self.product)
        return self.pick(*forms)(depth, whole, exact)

    def number_fact(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        return self.fact("integer" if whole else "decimal") or self.literal(whole)

    def number_literal(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        return self.literal(whole)

    def literal(self, whole: bool) -> syntax.Number:
        value = self.draw(st.integers(-2, 3)) if whole else Fraction(self.draw(st.integers(-3, 5)), 2)
        return syntax.Number(point(value).lo)

    def sum(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        parts = [self.number(depth - 1, whole=whole, exact=exact) for _ in range(2)]
        return syntax.Arithmetic(self.pick("+", "-"), *parts)

    def product(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        operator = "*" if whole or self.once else self.pick("*", "/")
        left, right = [self.number(depth - 1, whole=whole, exact=False) for _ in range(2)]
        return syntax.Arithmetic(operator, left, right)

    def conditional_number(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        branches = [self.number(depth - 1, whole=whole, exact=exact) for _ in range(2)]
        return syntax.If(self.condition(depth - 1), *branches)

    def parameter(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        if exact and self.once:
            return syntax.Parameter("fest", syntax.Today())
        return syntax.Parameter(self.pick("fest", "datiert"), self.day())

    def months(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        return syntax.MonthsBetween(self.day(), self.day())

    def count(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        return self.over_list(
            depth, lambda *head: syntax.Aggregate("count", *head, None), lambda _: self.literal(whole)
        )

    def aggregate(self, depth: int, whole: bool, exact: bool) -> syntax.Expression:
        kind = self.pick("sum", "min", "max")

        def make(*head: Any) -> syntax.Expression:
            return syntax.Aggregate(kind, *head, self.number(depth - 1, whole=whole, exact=exact))

        return self.over_list(depth, make, lambda _: self.literal(whole))

    def day(self) -> syntax.Expression:
        form = self.draw(st.integers(0, 4))
        fact = self.fact("date") if form > 1 else None
        return fact or (syntax.Today() if form == 0 else self.day_literal())

    def day_literal(self) -> syntax.Day:
        return syntax.Day(self.draw(st.integers(FIRST_DAY, LAST_DAY)))

    def some(self, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(self.pick(1, 2, 3))]


def _ordinal(day: syntax.Day) -> int:
    return day.ordinal


@st.composite
def trees(draw: Draw, kinds: Expressions = Expressions(), depth: int = 3) -> syntax.Expression:
    """A well-typed condition as the parser gives it."""
    maker = _Maker(draw, kinds)
    return maker.about_a_list(depth) if kinds.lists else maker.condition(depth)


def conditions(kinds: Expressions = Expressions(), depth: int = 3) -> st.SearchStrategy[syntax.Expression]:
    """A checked condition. What the checker refuses for its content (an empty range) is left out."""
    return trees(kinds, depth).map(checked).filter(lambda node: node is not None)


def checked(tree: syntax.Expression) -> syntax.Expression | None:
    try:
        return check(tree, VOCABULARY, conditional=True)
    except ExpressionError:
        return None


# Knowledge


@st.composite
def knowledge(draw: Draw, paths: tuple[str, ...]) -> Mapping[str, Value]:
    """What is known of these facts: anything between nothing and everything."""
    return {path: some_value(draw, VOCABULARY.facts[path].type) for path in paths}


@st.composite
def more_knowledge(draw: Draw, known: Mapping[str, Value]) -> Mapping[str, Value]:
    """What may be known later of the same facts."""
    return {path: _better(draw, value, VOCABULARY.facts[path].type) for path, value in known.items()}


def some_value(draw: Draw, kind: Type) -> Value:
    return _better(draw, unknown_value(kind), kind)


def _better(draw: Draw, value: Any, kind: Type) -> Value:
    """The same value, or what it may turn out to be when more becomes known."""
    match kind:
        case NumberType() | DateType():
            whole = isinstance(kind, DateType) or kind.integer
            return _narrower(draw, value, Fraction(1) if whole else _HALF)
        case ChoiceType():
            kept = frozenset(option for option in sorted(value) if draw(st.booleans()))
            return kept or value
        case MultipleType():
            answers = {option: value.get(option, _pick(draw, (None, True, False))) for option in kind.options}
            return {option: answer for option, answer in answers.items() if answer is not None}
        case ListType():
            return _longer(draw, value, kind)
    answers = (None, True, False) if isinstance(kind, BoolType) else (None, "u", "v")
    return _pick(draw, answers) if value is None else value


def _narrower(draw: Draw, value: Interval, step: Fraction) -> Interval:
    steps = int((value.hi - value.lo) / step)
    if steps == 0 or draw(st.integers(0, 5)) == 0:
        return value
    first = draw(st.integers(0, steps))
    last = min(steps, first + draw(st.integers(0, 2)))
    return Interval(point(value.lo + first * step).lo, point(value.lo + last * step).lo)


def _longer(draw: Draw, value: RecordList, kind: ListType) -> RecordList:
    """Records that are known better, further ones where the list is open, and perhaps no others."""
    records = list(value.records)
    if not value.complete:
        unknown = {name: unknown_value(field) for name, field in kind.fields.items()}
        while len(records) < 2 and draw(st.booleans()):
            records.append(Record(f"r{len(records)}", unknown))
    better = [
        Record(
            record.key, {name: _better(draw, record.values[name], kind.fields[name]) for name in kind.fields}
        )
        for record in records
    ]
    return RecordList(tuple(better), value.complete or draw(st.booleans()))


def as_facts(known: Mapping[str, Value]) -> Facts:
    return Facts(known, TODAY, VOCABULARY.parameters)
