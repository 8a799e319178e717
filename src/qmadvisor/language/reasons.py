"""Why a condition is open: which facts nobody stated, which are too imprecise, and what else stands in the way.

Branches that no longer matter (absorbed by a known one) name nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from qmadvisor.language import syntax
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.trace import Trace
from qmadvisor.language.values import Interval, RecordList, Value

ReasonKind = Literal["facts", "imprecise", "no_parameter", "data_problem"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps a condition open: its kind, and the fact path or parameter name.

    `facts`: not stated (for a list: not stated, or not yet declared complete). `imprecise`: stated, but not
    exactly enough. `no_parameter`: no value for that day. `data_problem`: a division by zero, or the smallest
    or largest value of an empty list. `condition` is the comparison that it leaves undecided.
    """

    kind: ReasonKind
    subject: str
    condition: syntax.Expression | None = field(default=None, compare=False)


Needs = Callable[[Mapping[str, Value]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Origins:
    """What a reason needs to know of a setup.

    `stated`: the paths that the setup states. `derived`: the trace behind each derived fact. `inputs`: the
    facts that each computed fact reads. `values`: all values by path. `options`: what can be answered of each
    multiple choice that a computed fact reads. `needs`: for computed facts that can tell it, which of what they
    read (paths of facts, fields or items) keeps them open.
    """

    stated: Collection[str]
    derived: Mapping[str, Trace]
    inputs: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Value]
    options: Mapping[str, Collection[str]] = field(default_factory=dict)
    needs: Mapping[str, Needs] = field(default_factory=dict)


def why_open(traces: Collection[Trace], origins: Origins) -> tuple[Reason, ...]:
    """Return the reasons of all given open traces, each once, in the order of the condition."""
    finder = _Finder(origins)
    return tuple(dict.fromkeys(reason for trace in traces for reason in finder.of(trace)))


_COMPARISONS = (syntax.Compare, syntax.InRange, syntax.InSet)
_ZERO = Interval(0, 0)


class _Finder:
    def __init__(self, origins: Origins) -> None:
        self.origins = origins

    def of(self, trace: Trace) -> Iterator[Reason]:
        """Yield why this trace is not settled; nothing where it is. A comparison signs what lies below it."""
        node = trace.node
        if not isinstance(node, _COMPARISONS):
            yield from self.within(trace)
            return
        for reason in self.within(trace):
            yield Reason(reason.kind, reason.subject, node)

    def within(self, trace: Trace) -> Iterator[Reason]:
        if _settled(trace.value):
            return
        match trace.node:
            case syntax.Fact(path=path):
                yield from self.fact(path, trace.value)
            case syntax.Field() as node:
                path = f"{node.list}[{trace.record}].{node.name}"
                yield Reason(self.kind(path), path)
            case syntax.Has() as node:
                yield from self.option(node, trace)
            case syntax.Parameter(name=name):
                yield from self.parameter(name, trace)
            case syntax.Quantified() | syntax.Aggregate() as node:
                yield from self.over_list(node, trace)
            case _:
                yield from self.parts(trace)

    def fact(self, path: str, value: Value) -> Iterator[Reason]:
        if path in self.origins.derived:
            yield from self.of(self.origins.derived[path])
        elif path in self.origins.inputs:
            yield from self.computed(path)
        else:
            yield Reason(self.kind(path), path)

    def computed(self, path: str) -> Iterator[Reason]:
        values = self.origins.values
        needs = self.origins.needs.get(path)
        for inner in self.origins.inputs[path] if needs is None else needs(values):
            if inner in values:
                yield from self.input(inner, values[inner])
            else:
                yield Reason(self.kind(inner), inner)

    def input(self, path: str, value: Value) -> Iterator[Reason]:
        """One fact that a computed fact reads; of a multiple choice each option that nobody answered."""
        options = self.origins.options.get(path)
        if options is not None and isinstance(value, Mapping) and path not in self.origins.inputs:
            for option in options:
                if option not in value:
                    yield Reason("facts", f"{path}[{option}]")
        elif not _settled(value):
            yield from self.fact(path, value)

    def kind(self, path: str) -> ReasonKind:
        return "imprecise" if path in self.origins.stated else "facts"

    def option(self, node: syntax.Has, trace: Trace) -> Iterator[Reason]:
        inner = trace.parts[0]
        if isinstance(node.item, syntax.Field):
            path = f"{node.item.list}[{inner.record}].{node.item.name}"
        else:
            path = cast("syntax.Fact", node.item).path
        yield Reason("facts", f"{path}[{node.option}]")

    def parameter(self, name: str, trace: Trace) -> Iterator[Reason]:
        day = trace.parts[0]
        if _settled(day.value):
            yield Reason("no_parameter", name)
        else:
            yield from self.of(day)

    def parts(self, trace: Trace) -> Iterator[Reason]:
        if (
            isinstance(trace.node, syntax.Arithmetic)
            and trace.node.operator == "/"
            and trace.parts[1].value == _ZERO
        ):
            yield Reason("data_problem", _first_fact(trace.parts[1]) or _first_fact(trace.parts[0]))
            return
        for part in trace.parts:
            yield from self.of(part)

    def over_list(self, node: syntax.Quantified | syntax.Aggregate, trace: Trace) -> Iterator[Reason]:
        known = cast("RecordList", self.origins.values[node.list])
        found = [reason for part in trace.parts for reason in self.entry(node, part)]
        yield from found
        if not known.complete:
            yield Reason("facts", node.list)
        elif not found:
            yield Reason("data_problem", node.list)  # the smallest or largest value of nothing

    def entry(self, node: syntax.Quantified | syntax.Aggregate, part: Trace) -> Iterator[Reason]:
        """One record: an entry that does not count, or that is already settled, names nothing."""
        where = part.parts[0] if node.where is not None else None
        if where is not None and where.value is False:
            return
        body = part.parts[-1] if node.body is not None else None
        if isinstance(node, syntax.Quantified) and body is not None and body.value is (node.kind == "every"):
            return
        if where is not None:
            yield from self.of(where)
        if body is not None:
            yield from self.of(body)


def _settled(value: Value) -> bool:
    """Tell whether a value leaves nothing open."""
    if value is None or isinstance(value, bool):
        return value is not None
    if isinstance(value, Interval):
        return value.is_point
    if isinstance(value, frozenset):
        return len(value) == 1
    if isinstance(value, TaskMatrix):
        return value.settled
    return value.complete if isinstance(value, RecordList) else isinstance(value, str)


def _first_fact(trace: Trace) -> str:
    """Return the path of the first fact, field or list that a value rests on."""
    for part in trace.walk():
        match part.node:
            case syntax.Fact(path=path):
                return path
            case syntax.Field() as node:
                return f"{node.list}[{part.record}].{node.name}"
            case syntax.Aggregate() as node:
                return node.list
    return ""
