"""Text to syntax tree."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

import lark

from qmadvisor.errors import ExpressionError, Place, Problem, excerpt
from qmadvisor.language import syntax
from qmadvisor.language.values import exact

MAX_LENGTH = 2000
MAX_NESTING = 24
MAX_LEVELS = 64
MAX_DIGITS = 12
MAX_DECIMALS = 4
_TEXT = re.compile(r'"[^"\n]*"')


@lru_cache(maxsize=1024)  # every fourth condition of the rule base says what another one says
def parse(text: str) -> syntax.Expression:
    """Parse one expression. Raises ExpressionError with line and column inside the text."""
    _refuse_oversize(text)
    try:
        tree = _parser().parse(text)
    except lark.exceptions.UnexpectedInput as error:
        raise _syntax_error(text, error) from None
    node = _build(tree)
    _refuse_deep(node)
    return node


@cache
def _parser() -> lark.Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text("utf-8")
    return lark.Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=True)


def _refuse_oversize(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise _error(
            "expression_size", "Der Ausdruck ist zu lang.", allowed=f"höchstens {MAX_LENGTH} Zeichen"
        )
    if text.count("(") <= MAX_NESTING:
        return  # as nearly every text
    depth = 0
    for sign in _TEXT.sub("", text):
        depth += (sign == "(") - (sign == ")")
        if depth > MAX_NESTING:
            raise _too_deep(f"höchstens {MAX_NESTING} Klammern ineinander")


def _refuse_deep(node: syntax.Expression) -> None:
    """A long sum is deep without a bracket (`((a + b) + c) + …`); whoever walks the tree recurses."""
    level: list[syntax.Expression] = [node]
    for _ in range(MAX_LEVELS):
        level = [child for part in level for child in syntax.children(part)]
        if not level:
            return
    raise _too_deep(f"höchstens {MAX_LEVELS} Ebenen")


def _too_deep(allowed: str) -> ExpressionError:
    return _error("expression_size", "Der Ausdruck ist zu tief verschachtelt.", allowed=allowed)


def _syntax_error(text: str, error: lark.exceptions.UnexpectedInput) -> ExpressionError:
    if isinstance(error, lark.exceptions.UnexpectedToken) and error.token.type == "$END":
        place = Place(line=text.count("\n") + 1, column=len(text) - text.rfind("\n"))
        return _error("expression_syntax", "Der Ausdruck hört zu früh auf.", place)
    place = Place(line=error.line, column=error.column)
    found = excerpt(text[error.pos_in_stream :], 20)
    return _error("expression_syntax", "Der Ausdruck lässt sich hier nicht lesen.", place, found=found)


def _error(
    code: str,
    message: str,
    place: Place | None = None,
    found: str | None = None,
    allowed: str | None = None,
) -> ExpressionError:
    return ExpressionError([Problem(code, message, place or Place(), found, allowed)])


def _span(meta: Any) -> syntax.Span:
    return syntax.Span(meta.start_pos, meta.end_pos, meta.line, meta.column)


def _build(tree: Any) -> syntax.Expression:
    """Turn one tree of the parser into a node (deep nesting was refused before)."""
    builder = _BUILDERS[tree.data]
    return cast("syntax.Expression", builder(tree.children, _span(tree.meta)))


def _number(parts: list[Any], span: syntax.Span) -> syntax.Number:
    whole, _, decimals = str(parts[0]).partition(".")
    if len(whole) > MAX_DIGITS or len(decimals) > MAX_DECIMALS:
        allowed = f"höchstens {MAX_DIGITS} Stellen vor und {MAX_DECIMALS} nach dem Punkt"
        raise _error(
            "expression_number",
            "Die Zahl ist zu lang.",
            Place(line=span.line, column=span.column),
            allowed=allowed,
        )
    return syntax.Number(exact(str(parts[0])), span=span)


def _day(parts: list[Any], span: syntax.Span) -> syntax.Day:
    text = _unquoted(parts[0])
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # 20260131 and 2026-W05-6 are ISO too, but nobody expects them
        message, place = "Dieses Datum gibt es nicht.", Place(line=span.line, column=span.column)
        raise _error("expression_date", message, place, found=excerpt(text), allowed="JJJJ-MM-TT")
    return syntax.Day(day.toordinal(), span=span)


def _unquoted(token: str) -> str:
    return str(token)[1:-1]


def _chain(parts: list[Any], span: syntax.Span) -> syntax.Expression:
    """`a + b - c` comes flat; it groups from the left."""
    left = _build(parts[0])
    for operator, right in zip(parts[1::2], parts[2::2], strict=True):
        left = syntax.Arithmetic(operator.value, left, _build(right), span=span)
    return left


def _signed(parts: list[Any], span: syntax.Span) -> syntax.Expression:
    item = _build(parts[1])
    if parts[0] == "+":
        return item
    if isinstance(item, syntax.Number):
        return syntax.Number(-item.value, span=span)
    return syntax.Arithmetic("-", syntax.Number(0, span=span), item, span=span)


def _junction(kind: type[syntax.And] | type[syntax.Or]) -> Any:
    def build(parts: list[Any], span: syntax.Span) -> syntax.Expression:
        """Flatten `a and (b and c)`: brackets of the same kind say nothing."""
        items: list[syntax.Expression] = []
        for item in map(_build, parts):
            items.extend(item.items if isinstance(item, kind) else [item])
        return kind(tuple(items), span=span)

    return build


def _where(tree: Any) -> syntax.Expression | None:
    return None if tree is None else _build(tree.children[0])


def _quantified(parts: list[Any], span: syntax.Span) -> syntax.Quantified:
    kind, variable, path, where, body = parts
    return syntax.Quantified(kind.value, str(variable), str(path), _where(where), _build(body), span=span)


def _count(parts: list[Any], span: syntax.Span) -> syntax.Aggregate:
    variable, path, where = parts
    return syntax.Aggregate("count", str(variable), str(path), _where(where), None, span=span)


def _aggregate(parts: list[Any], span: syntax.Span) -> syntax.Aggregate:
    kind, body, variable, path, where = parts
    return syntax.Aggregate(kind.value, str(variable), str(path), _where(where), _build(body), span=span)


def _parameter(parts: list[Any], span: syntax.Span) -> syntax.Parameter:
    name, day = str(parts[0]), parts[1]
    if not name.startswith("parameter."):
        message = "Vor „at“ steht ein Parameter: parameter.<name> at <Datum>."
        raise _error(
            "expression_syntax", message, Place(line=span.line, column=span.column), found=excerpt(name)
        )
    return syntax.Parameter(name.removeprefix("parameter."), _build(day), span=span)


def _simple(kind: Any) -> Any:
    return lambda parts, span: kind(*map(_build, parts), span=span)


_BUILDERS: dict[str, Any] = {
    "number": _number,
    "text": lambda parts, span: syntax.Text(_unquoted(parts[0]), span=span),
    "true": lambda _, span: syntax.Truth(True, span=span),
    "false": lambda _, span: syntax.Truth(False, span=span),
    "date": _day,
    "today": lambda _, span: syntax.Today(span=span),
    "name": lambda parts, span: syntax.Fact(str(parts[0]), span=span),
    "parameter": _parameter,
    "compare": lambda parts, span: syntax.Compare(
        parts[1].value, _build(parts[0]), _build(parts[2]), span=span
    ),
    "in_range": _simple(syntax.InRange),
    "in_set": lambda parts, span: syntax.InSet(_build(parts[0]), tuple(map(_build, parts[1:])), span=span),
    "has": lambda parts, span: syntax.Has(_build(parts[0]), _unquoted(parts[1]), span=span),
    "disjunction": _junction(syntax.Or),
    "conjunction": _junction(syntax.And),
    "negation": _simple(syntax.Not),
    "conditional": _simple(syntax.If),
    "term": _chain,
    "product": _chain,
    "signed": _signed,
    "months_between": _simple(syntax.MonthsBetween),
    "quantified": _quantified,
    "count": _count,
    "aggregate": _aggregate,
}
