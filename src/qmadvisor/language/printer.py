"""Syntax tree to canonical text: parsing it again gives an equal tree."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qmadvisor.language import syntax

_STRENGTH = {"+": 3, "-": 3, "*": 4, "/": 4}
_Primary = (
    syntax.Truth
    | syntax.Number
    | syntax.Text
    | syntax.Day
    | syntax.Today
    | syntax.Fact
    | syntax.Field
    | syntax.Parameter
    | syntax.MonthsBetween
    | syntax.Aggregate
)


def to_text(node: syntax.Expression) -> str:
    """Write an expression with the fewest brackets that keep its meaning."""
    return _write(node, -1)


def _write(node: syntax.Expression, outer: int) -> str:
    """Write `node`; `outer` is how tightly its surroundings bind (0 loosest, 5 tightest)."""
    text, own = _text_and_strength(node)
    return f"({text})" if own < outer else text


def _text_and_strength(node: syntax.Expression) -> tuple[str, int]:
    match node:
        case syntax.If():
            return f"if {_write(node.test, 0)} then {_write(node.yes, 0)} else {_write(node.no, 0)}", -1
        case syntax.Or():
            return " or ".join(_write(item, 1) for item in node.items), 0
        case syntax.And():
            return " and ".join(_write(item, 2) for item in node.items), 1
        case syntax.Compare():
            return f"{_write(node.left, 3)} {node.operator} {_write(node.right, 3)}", 2
        case syntax.InRange():
            return f"{_write(node.item, 3)} in [{_write(node.low, 3)}..{_write(node.high, 3)}]", 2
        case syntax.InSet():
            return f"{_write(node.item, 3)} in ({', '.join(map(to_text, node.options))})", 2
        case syntax.Has():
            return f'{_write(node.item, 3)} has "{node.option}"', 2
        case syntax.Quantified():
            head = f"{node.kind} {node.variable} in {node.list}{_where(node.where)}"
            return f"{head} satisfies ({to_text(node.body)})", 2
        case syntax.Not():
            return f"not({to_text(node.item)})", 2
        case syntax.Arithmetic():
            own = _STRENGTH[node.operator]
            return f"{_write(node.left, own)} {node.operator} {_write(node.right, own + 1)}", own
        case _:
            return _primary(node), 5


def _primary(node: _Primary) -> str:
    match node:
        case syntax.Truth():
            return "true" if node.value else "false"
        case syntax.Number():
            return _number(node.value)
        case syntax.Text():
            return f'"{node.value}"'
        case syntax.Day():
            return f'date("{date.fromordinal(node.ordinal).isoformat()}")'
        case syntax.Today():
            return "stichtag"
        case syntax.Fact():
            return node.path
        case syntax.Field():
            return f"{node.variable}.{node.name}"
        case syntax.Parameter():
            return f"parameter.{node.name} at {_write(node.day, 5)}"
        case syntax.MonthsBetween():
            return f"months_between({_write(node.start, 3)}, {_write(node.end, 3)})"
        case _:
            body = "" if node.body is None else f"{_write(node.body, 3)} for "
            return f"{node.kind}({body}{node.variable} in {node.list}{_where(node.where)})"


def _where(where: syntax.Expression | None) -> str:
    return "" if where is None else f" where {_write(where, 0)}"


def _number(value: int | Fraction) -> str:
    """Four decimals are all that the language reads, so every number is written exactly."""
    whole, decimals = divmod(int(abs(Fraction(value)) * 10_000), 10_000)
    digits = f"{decimals:04d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}"
