"""Turn traces into words: the leaves that decided a finding, and the whole trace as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from qmadvisor.language import syntax
from qmadvisor.language.decisive import decisive
from qmadvisor.language.german import German, format_value
from qmadvisor.language.trace import Evaluated, Trace
from qmadvisor.language.types import BoolType, ChoiceType, ListType, MultipleType
from qmadvisor.language.values import RecordList, Truth, Value
from qmadvisor.language.vocabulary import Words
from qmadvisor.report.model import Because

_TRUTH = {True: "ja", False: "nein", None: "offen"}


class Explainer:
    """Explains the traces of one check."""

    def __init__(self, german: German, lists: dict[str, RecordList]) -> None:
        self.german = german
        self.lists = lists

    def because(self, trace: Trace) -> Iterator[Because]:
        """Yield the leaves that matter: what a branch decided without stays out."""
        node = trace.node
        if isinstance(node, syntax.And | syntax.Or):
            for part in decisive(trace):
                yield from self.because(part)
        elif isinstance(node, syntax.Not):
            yield from self.because(trace.parts[0])
        elif isinstance(node, syntax.Quantified):
            entries = [leaf for part in decisive_entries(trace) for leaf in self.entry(part)]
            yield from entries or [self.leaf(trace)]
        else:
            yield self.leaf(trace)

    def entry(self, part: Trace) -> Iterator[Because]:
        """The leaves of one record, named after it; that it counts goes without saying."""
        words = self.list_words(part.node)
        has_where = cast("syntax.Quantified", part.node).where is not None
        for inner in part.parts[1:] if has_where and part.parts[0].value else part.parts:
            for leaf in self.because(inner):
                named = f"{words.singular} „{part.record}“: {leaf.text}"
                yield leaf.model_copy(update={"text": named})

    def leaf(self, trace: Trace) -> Because:
        """Say one condition as it turned out: a false one as its negation, a choice as what was chosen."""
        node = trace.node
        truth = cast("Truth", trace.value)
        return Because(
            text=self.chosen(trace) or self.german.clause(node, truth is not False),
            fact=_fact_of(trace),
            value=self.value_of(trace),
            demanded=self.demanded(node),
            truth=truth,
        )

    def chosen(self, trace: Trace) -> str | None:
        """Say which option was chosen, where a condition on a choice is settled."""
        item = trace.parts[0] if isinstance(trace.node, syntax.Compare | syntax.InSet) else None
        if (
            item is None
            or not isinstance(item.node.type, ChoiceType)
            or len(cast("frozenset[str]", item.value)) != 1
        ):
            return None
        subject, shown = self.german.subject(item.node), self.shown(item.node, item.value)
        return f"{subject} ist {shown if self.german.words(item.node).predicative else f'„{shown}“'}"

    def value_of(self, trace: Trace) -> str | None:
        """What is known of the left side of a condition."""
        node = trace.node
        if isinstance(node, syntax.Fact | syntax.Field):
            return self.shown(node, trace.value)
        if isinstance(node, syntax.Has):
            answer = trace.value
            return format_value(cast("Truth", answer), BoolType(), Words(""))
        if isinstance(node, syntax.Quantified):
            words = self.list_words(node)
            return format_value(self.lists[node.list], ListType(node.list, {}), words)
        return self.shown(trace.parts[0].node, trace.parts[0].value) if trace.parts else None

    def shown(self, node: syntax.Expression, value: Value) -> str | None:
        """Format the value of a sub-expression with its unit or label."""
        if node.type is None or (isinstance(value, bool) and not isinstance(node.type, BoolType)):
            return None
        if isinstance(node.type, MultipleType):
            return None
        return format_value(value, node.type, self.german.words(node))

    def demanded(self, node: syntax.Expression) -> str | None:
        """What a comparison asks for, with the unit."""
        if isinstance(node, syntax.Compare):
            return self.german.demand(node)
        if isinstance(node, syntax.InSet):
            return " oder ".join(self.german.operand(option, node.item) for option in node.options)
        if isinstance(node, syntax.InRange):
            low, high = (self.german.operand(end, node.item) for end in (node.low, node.high))
            return f"{low} bis {high}"
        return None

    def tree(self, trace: Trace, depth: int = 0) -> Iterator[str]:
        """Yield the whole trace as indented German lines, with every value and truth."""
        indent = "  " * depth
        node, truth = trace.node, cast("Truth", trace.value)
        mark = f"[{_TRUTH[truth]}]"
        if isinstance(node, syntax.And | syntax.Or | syntax.Not):
            yield f"{indent}{mark} {_JUNCTIONS[type(node)]}"
            for part in trace.parts:
                yield from self.tree(part, depth + 1)
            return
        known = self.value_of(trace)
        yield f"{indent}{mark} {self.german.clause(node)}" + (f"  – bekannt: {known}" if known else "")
        if isinstance(node, syntax.Quantified):
            for part in trace.parts:
                yield f"{indent}  {self.list_words(node).singular} „{part.record}“"
                for inner in part.parts:
                    yield from self.tree(inner, depth + 2)
        else:
            yield from self.calculation(trace, depth + 1)

    def calculation(self, trace: Trace, depth: int) -> Iterator[str]:
        """The parts of a calculation with their values, where there is more to see than the result."""
        for part in trace.parts:
            if isinstance(part.node, syntax.Aggregate) and part.record:
                yield from self.counted(part, depth)
            elif isinstance(part.node, syntax.Arithmetic | syntax.MonthsBetween | syntax.Aggregate):
                subject = self.german.subject(part.node).rstrip(",")
                yield f"{'  ' * depth}{subject}: {self.shown(part.node, part.value)}"
                yield from self.calculation(part, depth + 1)

    def counted(self, entry: Trace, depth: int) -> Iterator[str]:
        """One record of a sum or count: whether it counts, and with what value."""
        node = cast("syntax.Aggregate", entry.node)
        truth = cast("Truth", entry.parts[0].value) if node.where is not None else True
        value = "" if node.body is None else f", {self.shown(node.body, entry.parts[-1].value)}"
        mark = {True: "zählt", False: "zählt nicht", None: "offen, ob es zählt"}[truth]
        shown = "" if truth is False else value
        yield f"{'  ' * depth}{self.list_words(node).singular} „{entry.record}“: {mark}{shown}"
        if node.body is not None and truth is not False:
            yield from self.calculation(entry.parts[-1], depth + 1)

    def shown_fact(self, path: str, value: Value) -> str:
        """Format the value of a fact by its path, with every item of a multiple choice."""
        term = self.german.vocabulary.facts[path]
        return format_value(value, term.type, term.words, len(term.words.choices))

    def calculation_of(self, trace: Trace) -> Iterator[str]:
        """How a derived fact was worked out, with the value of every part."""
        yield from self.calculation(Evaluated(trace.node, trace.value, (trace,)), 1)

    def list_words(self, node: syntax.Expression) -> Words:
        """The words of the list that a quantifier runs over."""
        path = cast("syntax.Quantified", node).list
        return self.german.vocabulary.facts[path].words


_JUNCTIONS = {
    syntax.And: "Alles davon gilt:",
    syntax.Or: "Mindestens eines davon gilt:",
    syntax.Not: "Das Folgende gilt nicht:",
}


def decisive_entries(trace: Trace) -> tuple[Trace, ...]:
    """The records that gave a quantifier its value: the false ones of a false `every`, the true of a true `some`."""
    every = cast("syntax.Quantified", trace.node).kind == "every"
    counted = tuple(part for part in trace.parts if counts(part))
    if trace.value is every:
        return counted
    return tuple(part for part in counted if part.value is trace.value)


def is_entry(trace: Trace) -> bool:
    """Tell whether a trace is one record of a quantifier or aggregate."""
    return isinstance(trace.node, syntax.Quantified | syntax.Aggregate) and bool(trace.record)


def counts(entry: Trace) -> bool:
    """Tell whether a record may count: its `where` is not false."""
    node = cast("syntax.Quantified | syntax.Aggregate", entry.node)
    return node.where is None or entry.parts[0].value is not False


def _fact_of(trace: Trace) -> str | None:
    """The first fact that a condition reads, with the record it was read from."""
    for part in trace.walk():
        node = part.node
        if isinstance(node, syntax.Fact):
            return node.path
        if isinstance(node, syntax.Field):
            return f"{node.list}[{part.record}].{node.name}"
        if isinstance(node, syntax.Quantified | syntax.Aggregate):
            return node.list
    return None
