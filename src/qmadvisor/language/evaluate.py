"""Compile a checked expression to a function that evaluates it, three-valued, and leaves a trace.

The functions are closures: names, options and literals are resolved once, when a rule is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from qmadvisor.language import intervals, syntax
from qmadvisor.language.aggregates import AGGREGATES
from qmadvisor.language.comparisons import comparison_of, comparison_with, literal_bound, one_of, within
from qmadvisor.language.kleene import conjunction, disjunction, negation
from qmadvisor.language.trace import Evaluated, Trace
from qmadvisor.language.types import DateType, NumberType, Type, unknown_value
from qmadvisor.language.values import UNBOUNDED, Interval, Record, RecordList, Truth, Value, point
from qmadvisor.language.vocabulary import ParameterTerm

Scope = Mapping[str, Record]
NO_RECORDS: Scope = {}


class Facts:
    """What an expression is evaluated against: all values by path, the parameters in force, and the day."""

    __slots__ = ("parameters", "today", "values")

    def __init__(
        self, values: Mapping[str, Value], today: int, parameters: Mapping[str, ParameterTerm]
    ) -> None:
        self.values = values
        self.today = today
        self.parameters = parameters


Evaluator = Callable[[Facts, Scope], Trace]


def compile_expression(node: syntax.Expression) -> Evaluator:
    """Return the evaluator of a checked expression."""
    return _COMPILERS[type(node)](node)


def evaluate(node: syntax.Expression, facts: Facts) -> Trace:
    """Compile and evaluate once; what runs often keeps the compiled function."""
    return compile_expression(node)(facts, NO_RECORDS)


_Literal = syntax.Truth | syntax.Number | syntax.Text | syntax.Day


def _literal(node: _Literal) -> Evaluator:
    trace = _literal_trace(node)
    return lambda facts, scope: trace


def _literal_trace(node: _Literal) -> Trace:
    """Return the trace of a literal, the same in every evaluation."""
    match node:
        case syntax.Truth(value=truth):
            return Evaluated(node, truth)
        case syntax.Number(value=number):
            return Evaluated(node, point(number))
        case syntax.Text(value=text):
            return Evaluated(node, frozenset([text]))
        case syntax.Day(ordinal=ordinal):
            return Evaluated(node, Interval(ordinal, ordinal))


def _today(node: syntax.Today) -> Evaluator:
    return lambda facts, scope: Evaluated(node, Interval(facts.today, facts.today))


def _fact(node: syntax.Fact) -> Evaluator:
    path = node.path
    return lambda facts, scope: Evaluated(node, facts.values[path])


def _field(node: syntax.Field) -> Evaluator:
    variable, name = node.variable, node.name

    def run(facts: Facts, scope: Scope) -> Trace:
        record = scope[variable]
        return Evaluated(node, record.values[name], (), record.key)

    return run


def _parameter(node: syntax.Parameter) -> Evaluator:
    day_of, name = compile_expression(node.day), node.name

    def run(facts: Facts, scope: Scope) -> Trace:
        day = day_of(facts, scope)
        term = facts.parameters.get(name)
        value = None if term is None else parameter_value(term, cast("Interval", day.value))
        return Evaluated(node, UNBOUNDED if value is None else value, (day,))

    return run


def parameter_value(term: ParameterTerm, days: Interval) -> Interval | None:
    """Return the hull of the values that hold on these days, or None where some day has no value."""
    result, next_day = None, days.lo
    for dated in term.values:
        if dated.days.hi < next_day:
            continue
        if dated.days.lo > next_day:
            return None
        result = dated.value if result is None else result.hull(dated.value)
        if dated.days.hi >= days.hi:
            return result
        next_day = dated.days.hi + 1
    return None


def _compare(node: syntax.Compare) -> Evaluator:
    if isinstance(node.right, _Literal):
        return _compare_with_literal(node, _literal_trace(node.right))
    left_of, right_of = compile_expression(node.left), compile_expression(node.right)
    test = comparison_of(node)

    def run(facts: Facts, scope: Scope) -> Trace:
        left, right = left_of(facts, scope), right_of(facts, scope)
        return Evaluated(node, test(left.value, right.value), (left, right))

    return run


def _compare_with_literal(node: syntax.Compare, right: Trace) -> Evaluator:
    left_of, test = compile_expression(node.left), comparison_with(node, right.value)

    def run(facts: Facts, scope: Scope) -> Trace:
        left = left_of(facts, scope)
        return Evaluated(node, test(left.value), (left, right))

    return run


def _in_range(node: syntax.InRange) -> Evaluator:
    item_of, low_of, high_of = map(compile_expression, (node.item, node.low, node.high))

    def run(facts: Facts, scope: Scope) -> Trace:
        item, low, high = item_of(facts, scope), low_of(facts, scope), high_of(facts, scope)
        above = intervals.less_or_equal(cast("Interval", low.value), cast("Interval", item.value))
        below = intervals.less_or_equal(cast("Interval", item.value), cast("Interval", high.value))
        empty = intervals.less(cast("Interval", high.value), cast("Interval", low.value))
        return Evaluated(node, False if empty else conjunction((above, below)), (item, low, high))

    return run


def _in_set(node: syntax.InSet) -> Evaluator:
    item_of = compile_expression(node.item)
    kind = node.item.type
    test: Callable[[Any], Truth]
    if isinstance(kind, NumberType | DateType):
        whole = isinstance(kind, DateType) or kind.integer
        test = one_of(frozenset(map(literal_bound, node.options)), whole=whole)
    else:
        test = within(frozenset(cast("syntax.Text", option).value for option in node.options))

    def run(facts: Facts, scope: Scope) -> Trace:
        item = item_of(facts, scope)
        return Evaluated(node, test(item.value), (item,))

    return run


def _has(node: syntax.Has) -> Evaluator:
    item_of, option = compile_expression(node.item), node.option

    def run(facts: Facts, scope: Scope) -> Trace:
        item = item_of(facts, scope)
        answers: Any = item.value
        return Evaluated(node, answers.get(option), (item,))

    return run


def _junction(node: syntax.And | syntax.Or) -> Evaluator:
    items = tuple(map(compile_expression, node.items))
    combine = disjunction if isinstance(node, syntax.Or) else conjunction

    def run(facts: Facts, scope: Scope) -> Trace:
        parts = tuple([item(facts, scope) for item in items])
        return Evaluated(node, combine([cast("Truth", part.value) for part in parts]), parts)

    return run


def _not(node: syntax.Not) -> Evaluator:
    item_of = compile_expression(node.item)

    def run(facts: Facts, scope: Scope) -> Trace:
        item = item_of(facts, scope)
        return Evaluated(node, negation(cast("Truth", item.value)), (item,))

    return run


def _if(node: syntax.If) -> Evaluator:
    comparison_of, yes_of, no_of = map(compile_expression, (node.test, node.yes, node.no))

    def run(facts: Facts, scope: Scope) -> Trace:
        test, yes, no = comparison_of(facts, scope), yes_of(facts, scope), no_of(facts, scope)
        if test.value is not None:
            return Evaluated(node, yes.value if test.value else no.value, (test, yes if test.value else no))
        return Evaluated(node, _either(yes.value, no.value), (test, yes, no))

    return run


def _either(yes: Value, no: Value) -> Value:
    """What is certain whichever branch is taken."""
    if isinstance(yes, Interval) and isinstance(no, Interval):
        return yes.hull(no)
    return yes if yes == no else None


_OPERATIONS = {
    "+": intervals.add,
    "-": intervals.subtract,
    "*": intervals.multiply,
    "/": intervals.divide,
}


def _arithmetic(node: syntax.Arithmetic) -> Evaluator:
    left_of, right_of = compile_expression(node.left), compile_expression(node.right)
    operation = _OPERATIONS[node.operator]

    def run(facts: Facts, scope: Scope) -> Trace:
        left, right = left_of(facts, scope), right_of(facts, scope)
        value = operation(cast("Interval", left.value), cast("Interval", right.value))
        return Evaluated(node, value, (left, right))

    return run


def _months(node: syntax.MonthsBetween) -> Evaluator:
    start_of, end_of = compile_expression(node.start), compile_expression(node.end)

    def run(facts: Facts, scope: Scope) -> Trace:
        start, end = start_of(facts, scope), end_of(facts, scope)
        value = intervals.months_between(cast("Interval", start.value), cast("Interval", end.value))
        return Evaluated(node, value, (start, end))

    return run


def _quantified(node: syntax.Quantified) -> Evaluator:
    path, every = node.list, node.kind == "every"
    entry_of = _entry(node)
    combine = conjunction if every else disjunction
    unnamed_of = _unnamed_entry(node, entry_of)

    def run(facts: Facts, scope: Scope) -> Trace:
        known: Any = facts.values[path]
        parts = tuple([entry_of(facts, scope, record) for record in known.records])
        truths = [_counts(part, every) for part in parts]
        if not known.complete and _counts(unnamed_of(facts, scope), every) is not every:
            truths.append(None)
        return Evaluated(node, combine(truths), parts)

    return run


def _counts(part: Trace, every: bool) -> Truth:
    """The truth of one entry: `where and body` for some, `not where or body` for every."""
    body = cast("Truth", part.value)
    if len(part.parts) == 1:
        return body
    where = part.parts[0].value
    if where is False:
        return every
    return body if where or body is every else None


def _entry(node: syntax.Quantified | syntax.Aggregate) -> Callable[[Facts, Scope, Record], Trace]:
    """Evaluate `where` and `body` for one record; the value is that of the body, or True for a count."""
    evaluators = [compile_expression(part) for part in (node.where, node.body) if part is not None]
    variable, has_body = node.variable, node.body is not None

    def run(facts: Facts, scope: Scope, record: Record) -> Trace:
        inner = {**scope, variable: record}
        parts = tuple([evaluator(facts, inner) for evaluator in evaluators])
        return Evaluated(node, parts[-1].value if has_body else True, parts, record.key)

    return run


#: What reads something that may differ from check to check.
_READS = (
    syntax.Fact,
    syntax.Field,
    syntax.Parameter,
    syntax.Today,
    syntax.Quantified,
    syntax.Aggregate,
)
_NO_FACTS = Facts({}, 0, {})


def _unnamed_entry(
    node: syntax.Quantified | syntax.Aggregate, entry_of: Callable[[Facts, Scope, Record], Trace]
) -> Evaluator:
    """What an entry of an open list that nobody named yet may be: anything that the catalogue allows."""
    inside = [found for part in syntax.children(node) for found in syntax.walk(part)]
    fields = [
        found for found in inside if isinstance(found, syntax.Field) and found.variable == node.variable
    ]
    record = Record("", {field.name: unknown_value(cast("Type", field.type)) for field in fields})
    if len(fields) < sum(isinstance(found, _READS) for found in inside):
        return lambda facts, scope: entry_of(facts, scope, record)
    entry = entry_of(_NO_FACTS, NO_RECORDS, record)  # it reads nothing but the record: always the same
    return lambda facts, scope: entry


def _aggregate(node: syntax.Aggregate) -> Evaluator:
    path, has_where = node.list, node.where is not None
    entry_of = _entry(node)
    combine = AGGREGATES[node.kind]
    unnamed_of = _unnamed_entry(node, entry_of)

    def weighed(part: Trace) -> tuple[Truth, Any]:
        return (cast("Truth", part.parts[0].value) if has_where else True), part.value

    def run(facts: Facts, scope: Scope) -> Trace:
        known = cast("RecordList", facts.values[path])
        parts = tuple([entry_of(facts, scope, record) for record in known.records])
        others = None if known.complete else weighed(unnamed_of(facts, scope))
        entries = [entry for entry in map(weighed, parts) if entry[0] is not False]
        value = combine(entries, None if others is None or others[0] is False else others[1])
        return Evaluated(node, value, parts)

    return run


_COMPILERS: dict[type, Callable[[Any], Evaluator]] = {
    syntax.Truth: _literal,
    syntax.Number: _literal,
    syntax.Text: _literal,
    syntax.Day: _literal,
    syntax.Today: _today,
    syntax.Fact: _fact,
    syntax.Field: _field,
    syntax.Parameter: _parameter,
    syntax.Compare: _compare,
    syntax.InRange: _in_range,
    syntax.InSet: _in_set,
    syntax.Has: _has,
    syntax.And: _junction,
    syntax.Or: _junction,
    syntax.Not: _not,
    syntax.If: _if,
    syntax.Arithmetic: _arithmetic,
    syntax.MonthsBetween: _months,
    syntax.Quantified: _quantified,
    syntax.Aggregate: _aggregate,
}
