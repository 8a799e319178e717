"""Which parts of a trace gave it its value: what the others were made no difference."""

from __future__ import annotations

from collections.abc import Iterator

from qmadvisor.language import syntax
from qmadvisor.language.trace import Trace


def decisive(trace: Trace) -> tuple[Trace, ...]:
    """The parts that gave a junction its value: the false ones of a false `and`, the true ones of a true `or`."""
    every = isinstance(trace.node, syntax.And)
    if trace.value is every:
        return trace.parts
    return tuple(part for part in trace.parts if part.value is trace.value)


def decisive_leaves(trace: Trace) -> Iterator[Trace]:
    """Yield the conditions without and/or/not that gave a trace its value, in the order of the text."""
    if isinstance(trace.node, syntax.And | syntax.Or):
        for part in decisive(trace):
            yield from decisive_leaves(part)
    elif isinstance(trace.node, syntax.Not):
        yield from decisive_leaves(trace.parts[0])
    else:
        yield trace
