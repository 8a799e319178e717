"""Properties of the condition language, with a two-valued evaluator of its own as the oracle.

**The oracle.** Partial knowledge stands for a set of completions: every way in which the setup can turn out. The
three-valued result must never contradict one of them. Where each fact occurs once, it must be decided as soon as
all completions agree. The reasoning behind what is enumerated:

*Numbers.* Whole numbers and days are enumerated. For decimals, all bounds, literals and ranges are multiples of
1/2, and the completions are the multiples of 1/4 in between: the ends, every threshold, and a number between any
two thresholds. Sums and differences of such numbers meet every threshold within reach, and products, sums, smallest
and largest values take their extremes at the ends. So if any decimal number decides a comparison otherwise, then a
multiple of 1/4 does.

*Further records.* An open list may have any number of entries that nobody named. `some`, `every`, `min` and `max`
are moved by a single one: if any number of further entries changes the result, then one of them does. `count` and
`sum` grow with each, so a limit that two further entries cannot reach may still be passed; there only soundness is
asked, with up to two. The same holds for a list inside a list.

*Where exactness cannot be asked.* Intervals have no gaps. What takes 1 or 3 but never 2 (a product of whole numbers, a
sum in which an entry may not count, a dated value, the branches of `if`, whole numbers plus decimals) is compared
with < and >= only. A division by what may be zero has no value, and a fact from outside a list is read once for each
record. Random expressions with `once=True` leave these out; all others are still checked for soundness.

*No value.* A division by zero, the smallest of nothing and a day without parameter have no value, even when everything
is known. Such a completion contradicts nothing, and does not agree with anything either: zero times such a value is
zero in the language, and the smallest of it and 2 is at most 2.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import prod
from operator import eq, ge, gt, le, lt, ne
from random import Random
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.properties.strategies import (
    TODAY,
    VOCABULARY,
    Expressions,
    as_facts,
    conditions,
    examples,
    knowledge,
    more_knowledge,
    some_value,
    trees,
)

from qmadvisor.errors import ExpressionError
from qmadvisor.language import syntax
from qmadvisor.language.checker import check
from qmadvisor.language.evaluate import evaluate
from qmadvisor.language.german import German, format_value, sentence
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
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
from qmadvisor.language.values import Interval, Record, RecordList, Value

# The oracle: two-valued, on exact values

NO_VALUE = None
World = Mapping[str, Any]
_QUARTER = Fraction(1, 4)
_TESTS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def outcome(node: syntax.Expression, world: World) -> Any:
    """Work out an expression where everything is known. Records are in the world under their variable."""
    match node:
        case syntax.Truth() | syntax.Number() | syntax.Text():
            return node.value
        case syntax.Day():
            return node.ordinal
        case syntax.Today():
            return TODAY
        case syntax.Fact():
            return world[node.path]
        case syntax.Field():
            return world[node.variable][node.name]
        case syntax.Parameter():
            return _parameter(node.name, outcome(node.day, world))
        case syntax.Compare():
            return _with_values(_TESTS[node.operator], world, node.left, node.right)
        case syntax.InRange():
            return _with_values(lambda x, low, high: low <= x <= high, world, node.item, node.low, node.high)
        case syntax.InSet():
            return _with_values(lambda x, *options: x in options, world, node.item, *node.options)
        case syntax.Has():
            return node.option in outcome(node.item, world)
        case syntax.And():
            return _all(outcome(item, world) for item in node.items)
        case syntax.Or():
            return _opposite(_all(_opposite(outcome(item, world)) for item in node.items))
        case syntax.Not():
            return _opposite(outcome(node.item, world))
        case syntax.If():
            return _with_values(lambda test: outcome(node.yes if test else node.no, world), world, node.test)
        case syntax.Arithmetic():
            return _with_values(_CALCULATE[node.operator], world, node.left, node.right)
        case syntax.MonthsBetween():
            return _months(outcome(node.start, world), outcome(node.end, world))
        case syntax.Quantified():
            return _quantified(node, world)
        case syntax.Aggregate():
            return _aggregate(node, world)


def _with_values(function: Any, world: World, *parts: syntax.Expression) -> Any:
    found = [outcome(part, world) for part in parts]
    return NO_VALUE if NO_VALUE in found else function(*found)


_CALCULATE = {
    "+": lambda one, two: one + two,
    "-": lambda one, two: one - two,
    "*": lambda one, two: one * two,
    "/": lambda one, two: Fraction(one) / two if two else NO_VALUE,
}


def _all(truths: Iterable[bool | None]) -> bool | None:
    """All of them; one that is false decides even beside one without value."""
    found = list(truths)
    if False in found:
        return False
    return NO_VALUE if NO_VALUE in found else True


def _opposite(truth: bool | None) -> bool | None:
    return NO_VALUE if truth is NO_VALUE else not truth


def _parameter(name: str, day: int) -> Any:
    for dated in VOCABULARY.parameters[name].values:
        if dated.days.lo <= day <= dated.days.hi:
            return dated.value.lo
    return NO_VALUE


def _months(start: int, end: int) -> int:
    """The largest number of months that can be added to the start without passing the end."""
    if end < start:
        return -_months(end, start)
    months = 0
    while _months_later(start, months + 1) <= end:
        months += 1
    return months


def _months_later(start: int, months: int) -> int:
    first = date.fromordinal(start)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last_day)).toordinal()


def _quantified(node: syntax.Quantified, world: World) -> bool | None:
    results = []
    for record in world[node.list]:
        inner = {**world, node.variable: record}
        where = True if node.where is None else outcome(node.where, inner)
        body = outcome(node.body, inner)
        results.append(_all((where, _opposite(body) if node.kind == "every" else body)))
    exists = _opposite(_all(map(_opposite, results)))
    return _opposite(exists) if node.kind == "every" else exists


def _aggregate(node: syntax.Aggregate, world: World) -> Any:
    found = []
    for record in world[node.list]:
        inner = {**world, node.variable: record}
        where = True if node.where is None else outcome(node.where, inner)
        if where is NO_VALUE:
            return NO_VALUE
        if where:
            found.append(1 if node.body is None else outcome(node.body, inner))
    if NO_VALUE in found or (node.kind in ("min", "max") and not found):
        return NO_VALUE
    return {"count": sum, "sum": sum, "min": min, "max": max}[node.kind](found)


# Completions of partial knowledge

MOST_COMPLETIONS = 300
MOST_LISTS = 120


def completions(
    known: Mapping[str, Value], node: syntax.Expression, further: int
) -> tuple[list[World], bool]:
    """The worlds that the knowledge allows (a fair choice of them where there are many), and whether these are all."""
    fields = _fields_read(node)
    options, complete = {}, True
    for path, value in known.items():
        kind = VOCABULARY.facts[path].type
        if isinstance(kind, ListType):
            options[path], all_of_it = _lists(value, kind, sorted(fields.get(path, ())), further)
            complete = complete and all_of_it
        else:
            options[path] = exact_values(value, kind)
    if prod(map(len, options.values())) <= MOST_COMPLETIONS:
        return [dict(zip(options, world, strict=True)) for world in product(*options.values())], complete
    random = Random(1)
    ends = [{path: found[end] for path, found in options.items()} for end in (0, -1)]
    others = [
        {path: random.choice(found) for path, found in options.items()} for _ in range(MOST_COMPLETIONS)
    ]
    return ends + others, False


def exact_values(value: Any, kind: Type) -> list[Any]:
    match kind:
        case BoolType():
            return [False, True] if value is None else [value]
        case TextType() | ActorType():
            return ["u", "v", "anders"] if value is None else [value]
        case NumberType() | DateType():
            step = 1 if isinstance(kind, DateType) or kind.integer else _QUARTER
            return [value.lo + index * step for index in range(int((value.hi - value.lo) / step) + 1)]
        case ChoiceType():
            return sorted(value)
        case MultipleType():
            answers = [[value[option]] if option in value else [False, True] for option in kind.options]
            return [_chosen(kind.options, world) for world in product(*answers)]
    raise AssertionError(kind)


def _chosen(options: Iterable[str], answers: Iterable[bool]) -> frozenset[str]:
    return frozenset(option for option, answer in zip(options, answers, strict=True) if answer)


def _fields_read(node: syntax.Expression) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in syntax.walk(node):
        if isinstance(part, syntax.Field):
            found.setdefault(part.list, set()).add(part.name)
    return found


def _lists(
    known: RecordList, kind: ListType, fields: list[str], further: int
) -> tuple[list[list[World]], bool]:
    """Every way in which a list can turn out, as far as these fields tell."""
    named = [_records(record.values, kind, fields) for record in known.records]
    unnamed = _records({name: unknown_value(kind.fields[name]) for name in fields}, kind, fields)
    most = 0 if known.complete else further
    others = [extra for number in range(most + 1) for extra in combinations_with_replacement(unnamed, number)]
    total = prod(map(len, named)) * len(others)
    if total <= MOST_LISTS:
        return [[*records, *extra] for *records, extra in product(*named, others)], True
    random = Random(2)
    chosen = [[*map(random.choice, named), *random.choice(others)] for _ in range(MOST_LISTS)]
    return chosen, False


def _records(known: Mapping[str, Value], kind: ListType, fields: list[str]) -> list[World]:
    options = [exact_values(known[name], kind.fields[name]) for name in fields]
    return [dict(zip(fields, world, strict=True)) for world in product(*options)]


# Written and read again


@examples(250)
@given(trees())
def test_parsing_what_was_written_gives_the_same_tree(tree):
    assert parse(to_text(tree)) == tree


@examples(60)
@given(conditions())
def test_a_checked_expression_can_be_written_and_checked_again(node):
    assert check(parse(to_text(node)), VOCABULARY, conditional=True) == node


# Never against a completion


@st.composite
def situations(draw: Any, kinds: Expressions = Expressions(), depth: int = 3) -> Any:  # noqa: B008
    node = draw(conditions(kinds, depth))
    return node, draw(knowledge(syntax.facts_read(node)))


@examples(300)
@given(situations())
def test_the_result_contradicts_no_completion(situation):
    node, known = situation
    result = evaluate(node, as_facts(known)).value
    if result is not None:
        worlds, _ = completions(known, node, further=2)
        assert (not result) not in [outcome(node, world) for world in worlds]


@examples(700)
@given(situations(Expressions(once=True), depth=2))
def test_the_result_is_decided_where_all_completions_agree(situation):
    _decided_where_all_agree(*situation)


@examples(500)
@given(situations(Expressions(once=True, lists=True), depth=2))
def test_a_statement_about_a_list_is_decided_where_all_completions_agree(situation):
    _decided_where_all_agree(*situation)


def _decided_where_all_agree(node: syntax.Expression, known: Mapping[str, Any]) -> None:
    result = evaluate(node, as_facts(known)).value
    worlds, complete = completions(known, node, further=1)
    outcomes = {outcome(node, world) for world in worlds}
    assert result is None or (not result) not in outcomes
    agreed = outcomes in ({True}, {False})
    if complete and agreed and not _grows_with_further_records(node, known):
        assert result in outcomes


def _grows_with_further_records(node: syntax.Expression, known: Mapping[str, Any]) -> bool:
    return any(
        isinstance(part, syntax.Aggregate) and part.kind in ("count", "sum") and not known[part.list].complete
        for part in syntax.walk(node)
    )


@examples(200)
@given(situations(), st.randoms(use_true_random=False))
def test_full_knowledge_decides_whatever_has_a_value(situation, random):
    node, known = situation
    worlds, _ = completions(known, node, further=1)
    world = random.choice(worlds)
    wanted = outcome(node, world)
    assume(wanted is not NO_VALUE)
    assert evaluate(node, as_facts(_as_known(world))).value is wanted


def _as_known(world: World) -> dict[str, Value]:
    return {path: _exactly(value, VOCABULARY.facts[path].type) for path, value in world.items()}


def _exactly(value: Any, kind: Type) -> Value:
    match kind:
        case NumberType() | DateType():
            return Interval(value, value)
        case ChoiceType():
            return frozenset([value])
        case MultipleType():
            return {option: option in value for option in kind.options}
        case ListType():
            return RecordList(
                tuple(_exact_record(kind, number, record) for number, record in enumerate(value)), True
            )
        case _:
            return value


def _exact_record(kind: ListType, number: int, record: World) -> Record:
    return Record(str(number), {name: _exactly(value, kind.fields[name]) for name, value in record.items()})


# More knowledge never changes a verdict


@examples(250)
@given(st.data())
def test_a_verdict_stays_when_more_becomes_known(data):
    node, known = data.draw(situations())
    before = evaluate(node, as_facts(known)).value
    after = evaluate(node, as_facts(data.draw(more_knowledge(known)))).value
    assert before is None or after is before


# In German

_UNTIDY = re.compile(r"[{}]|  |„“|\(\)|\( | \)| [,.;]|,,|,\.|,\)|\.\.|^\s|\s$|[:;,]$")


@examples(250)
@given(conditions())
def test_every_condition_and_its_opposite_can_be_said(node):
    german = German(VOCABULARY, TODAY)
    holds, fails = german.clause(node), german.clause(node, holds=False)
    assert holds != fails
    for text in (sentence(holds), sentence(fails)):
        assert not _UNTIDY.search(text), text


@examples(150)
@given(st.sampled_from(list(VOCABULARY.facts.values())), st.data())
def test_every_value_can_be_said(term, data):
    value = some_value(data.draw, term.type)
    assert not _UNTIDY.search(format_value(value, term.type, term.words))


# Whatever is typed

_PIECES = (
    *"+-*/()[]<>=,.",
    *(
        " and ",
        " or ",
        " not(",
        " if ",
        " then ",
        " else ",
        " in ",
        " has ",
        " at ",
        " where ",
        " for ",
        "..",
    ),
    *(
        "some s in liste satisfies (",
        "every s in ",
        "count(",
        "sum(",
        "min(",
        "s in liste",
        "months_between(",
    ),
    *(
        "n.eins",
        "d.eins",
        "b.eins",
        "c.eins",
        "t.eins",
        "m",
        "w.eins",
        "liste",
        "s.n",
        "s.b",
        "s.quatsch",
        "zzz",
    ),
    *("parameter.fest at stichtag", "parameter.x", "stichtag", 'date("2024-02-30")', 'date("2024-02-29")'),
    *("1", "0", "0.5", "9999999999999", "0.00001", '"a"', '"x"', '"', "true", "false", "\n", "ä", "\x00"),
)


def typed(text: str) -> None:
    """Read, check, say and evaluate a text that anybody may have typed."""
    try:
        node = check(parse(text), VOCABULARY, conditional=True)
    except ExpressionError:
        return
    assert check(parse(to_text(node)), VOCABULARY, conditional=True) == node
    unknown = {path: unknown_value(term.type) for path, term in VOCABULARY.facts.items()}
    evaluate(node, as_facts(unknown))


@examples(250)
@given(st.text(max_size=60))
@example("-" * 1999 + "1")
@example("not(" * 499 + "1")
@example("1" + "+1" * 999)
@example("if b.eins then b.eins else " * 70 + "b.eins")
@example("parameter.fest at " * 100 + "stichtag")
@example("[" * 2000)
@example('"' + "(" * 1000)
@example('")" = "' + ")" * 500 + '" or ' + "(" * 500)
def test_any_text_is_read_or_refused(text):
    typed(text)


@examples(400)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_any_heap_of_words_is_read_or_refused(text):
    typed(text)


@examples(150)
@given(trees(), st.data())
def test_an_expression_with_a_slip_is_read_or_refused(tree, data):
    text = to_text(tree)
    place = data.draw(st.integers(0, len(text)))
    typed(text[:place] + data.draw(st.sampled_from(_PIECES)) + text[place + data.draw(st.integers(0, 3)) :])
