"""Small mistakes made on purpose: every way in which one condition could be slightly wrong.

Mutants are built on the syntax tree and have no types yet; whoever uses one checks it like a condition that
was just read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language import syntax
from qmadvisor.language.printer import to_text
from qmadvisor.language.types import BoolType, ChoiceType, MultipleType, NumberType
from qmadvisor.language.values import exact

#: The smallest difference that matters, by the path of a fact, or by list and field (`stellen.umfang`).
Steps = Mapping[str, int | Fraction]

_FINEST = Fraction(1, 100)
_Operator = Literal["=", "!=", "<", "<=", ">", ">="]
#: The operators that somebody could have taken by mistake.
_OTHERS: dict[_Operator, tuple[_Operator, ...]] = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "=": ("!=",),
    "!=": ("=",),
}
#: Where conditions stand below a node that is no junction.
_PARTS: dict[type, tuple[str, ...]] = {
    syntax.Not: ("item",),
    syntax.Compare: ("left", "right"),
    syntax.Arithmetic: ("left", "right"),
    syntax.InRange: ("item",),
    syntax.InSet: ("item",),
    syntax.Quantified: ("where", "body"),
    syntax.Aggregate: ("where", "body"),
}


class Mutation(NamedTuple):
    """What was changed, in German, and the whole expression after the change."""

    change: str
    node: syntax.Expression


def steps_of(catalogue: Catalogue) -> Steps:
    """Return the steps that the catalogue states."""
    stated = {path: fact.spec.step for path, fact in catalogue.facts.items()}
    for path, fact in catalogue.facts.items():
        stated |= {f"{path}.{key}": field.spec.step for key, field in fact.fields.items()}
    return {path: exact(str(step)) for path, step in stated.items() if step is not None}


def mutations(node: syntax.Expression, steps: Steps) -> Iterator[Mutation]:
    """Yield every mutation of a checked condition, from the whole to its parts."""
    if _can_be_negated(node):
        yield Mutation(f"verneint: {to_text(node)}", syntax.Not(node))
    yield from _of_node(node, steps)
    yield from _of_parts(node, steps)


def _can_be_negated(node: syntax.Expression) -> bool:
    """For `not(…)` and for `=` another mutation is the negation."""
    is_equality = isinstance(node, syntax.Compare) and node.operator in ("=", "!=")
    return isinstance(node.type, BoolType) and not isinstance(node, syntax.Not) and not is_equality


def _of_node(node: syntax.Expression, steps: Steps) -> Iterator[Mutation]:
    match node:
        case syntax.Not():
            yield Mutation(f"nicht mehr verneint: {to_text(node.item)}", node.item)
        case syntax.And() | syntax.Or():
            yield from _of_junction(node)
        case syntax.Compare():
            yield from _of_comparison(node, steps)
        case syntax.InRange():
            for low in _moved(node.low, node.item, steps):
                yield Mutation(f"{low.change} als untere Grenze", replace(node, low=low.node))
            for high in _moved(node.high, node.item, steps):
                yield Mutation(f"{high.change} als obere Grenze", replace(node, high=high.node))
        case syntax.InSet():
            yield from _of_set(node)
        case syntax.Has(item=item) if isinstance(item.type, MultipleType):
            for option in item.type.options:
                if option != node.option:
                    change = f"has „{option}“ statt „{node.option}“"
                    yield Mutation(change, replace(node, option=option))
        case syntax.Quantified() | syntax.Aggregate():
            yield from _over_list(node)


def _of_junction(node: syntax.And | syntax.Or) -> Iterator[Mutation]:
    if isinstance(node, syntax.And):
        yield Mutation("or statt and", syntax.Or(node.items))
    else:
        yield Mutation("and statt or", syntax.And(node.items))
    for index, item in enumerate(node.items):
        others = (*node.items[:index], *node.items[index + 1 :])
        left = others[0] if len(others) == 1 else replace(node, items=others)
        yield Mutation(f"ohne {to_text(item)}", left)


def _of_comparison(node: syntax.Compare, steps: Steps) -> Iterator[Mutation]:
    for operator in _OTHERS[node.operator]:
        yield Mutation(f"{operator} statt {node.operator}", replace(node, operator=operator))
    for right in _moved(node.right, node.left, steps):
        yield Mutation(right.change, replace(node, right=right.node))
    if isinstance(node.left.type, ChoiceType) and isinstance(node.right, syntax.Text):
        for option in node.left.type.options:
            if option != node.right.value:
                change = f"„{option}“ statt „{node.right.value}“"
                yield Mutation(change, replace(node, right=syntax.Text(option)))


def _of_set(node: syntax.InSet) -> Iterator[Mutation]:
    known = node.item.type.options if isinstance(node.item.type, ChoiceType) else ()
    unnamed = [text for text in map(syntax.Text, known) if text not in node.options]
    for index, option in enumerate(node.options):
        before, after = node.options[:index], node.options[index + 1 :]
        if before or after:
            yield Mutation(f"ohne {to_text(option)}", replace(node, options=(*before, *after)))
        for other in unnamed:
            change = f"{to_text(other)} statt {to_text(option)}"
            yield Mutation(change, replace(node, options=(*before, other, *after)))


def _over_list(node: syntax.Quantified | syntax.Aggregate) -> Iterator[Mutation]:
    if isinstance(node, syntax.Quantified):
        other: Literal["some", "every"] = "every" if node.kind == "some" else "some"
        yield Mutation(f"{other} statt {node.kind}", replace(node, kind=other))
    if node.where is not None:
        yield Mutation(f"ohne where {to_text(node.where)}", replace(node, where=None))


def _moved(bound: syntax.Expression, asked: syntax.Expression, steps: Steps) -> Iterator[Mutation]:
    """Yield a bound one step higher and one step lower; there is no sum of dates, so only a stated day moves."""
    if isinstance(bound, syntax.Day):
        for days in (1, -1):
            yield _instead(bound, syntax.Day(bound.ordinal + days))
        return
    if not isinstance(bound.type, NumberType) or not isinstance(asked.type, NumberType):
        return
    step = _step(asked, asked.type, steps)
    if isinstance(bound, syntax.Number):
        for number in (bound.value + step, bound.value - step):
            yield _instead(bound, syntax.Number(exact(number)))
        return
    yield _instead(bound, syntax.Arithmetic("+", bound, syntax.Number(step)))
    yield _instead(bound, syntax.Arithmetic("-", bound, syntax.Number(step)))


def _instead(old: syntax.Expression, new: syntax.Expression) -> Mutation:
    return Mutation(f"{to_text(new)} statt {to_text(old)}", new)


def _step(asked: syntax.Expression, kind: NumberType, steps: Steps) -> int | Fraction:
    """What the catalogue states for a fact or field; else one, or for what has fractions a hundredth."""
    usual = 1 if kind.integer else _FINEST
    match asked:
        case syntax.Fact(path=path):
            return steps.get(path, usual)
        case syntax.Field() as field:
            return steps.get(f"{field.list}.{field.name}", usual)
        case _:
            return usual


def _of_parts(node: syntax.Expression, steps: Steps) -> Iterator[Mutation]:
    if isinstance(node, syntax.And | syntax.Or):
        for index, item in enumerate(node.items):
            for inner in mutations(item, steps):
                items = (*node.items[:index], inner.node, *node.items[index + 1 :])
                yield Mutation(inner.change, replace(node, items=items))
        return
    for name in _PARTS.get(type(node), ()):
        part: syntax.Expression | None = getattr(node, name)
        # A negation below `not(…)` would be the same as without both.
        below = mutations if not isinstance(node, syntax.Not) else _without_negation
        for inner in below(part, steps) if part is not None else ():
            changed: dict[str, Any] = {name: inner.node}
            yield Mutation(inner.change, replace(node, **changed))


def _without_negation(node: syntax.Expression, steps: Steps) -> Iterator[Mutation]:
    yield from _of_node(node, steps)
    yield from _of_parts(node, steps)
