"""Compare values that may be known in part: each test says yes, no, or None where both are possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from qmadvisor.language import intervals, syntax
from qmadvisor.language.kleene import negation
from qmadvisor.language.types import ChoiceType, DateType, NumberType
from qmadvisor.language.values import Bound, Interval, Truth, Value

_COMPARISONS: dict[str, Callable[[Any, Any], Truth]] = {
    "<": intervals.less,
    "<=": intervals.less_or_equal,
    ">": lambda left, right: intervals.less(right, left),
    ">=": lambda left, right: intervals.less_or_equal(right, left),
    "=": intervals.equal,
    "!=": lambda left, right: negation(intervals.equal(left, right)),
}


def comparison_of(node: syntax.Compare) -> Callable[[Any, Any], Truth]:
    """Return the test for both sides of a comparison."""
    if isinstance(node.left.type, NumberType | DateType):
        return _COMPARISONS[node.operator]
    return _same_value if node.operator == "=" else _different_value


def comparison_with(node: syntax.Compare, right: Value) -> Callable[[Any], Truth]:
    """Return the test for the left side of a comparison whose right side is fixed."""
    if isinstance(right, Interval) and node.operator not in ("=", "!="):
        return _threshold(node.operator, right.lo)
    if isinstance(node.left.type, ChoiceType) and isinstance(right, frozenset):
        return _choice_is(right, equal=node.operator == "=")
    test = comparison_of(node)
    return lambda left: test(left, right)


def _threshold(operator: str, bound: Bound) -> Callable[[Any], Truth]:
    """Test numbers and days against a bound, which itself lies above the line for `<` and `>=`."""
    above = operator in (">", ">=")

    def bound_above(value: Any) -> Truth:
        low, high = value
        if low >= bound:
            return above
        return not above if high is low or high < bound else None

    def bound_below(value: Any) -> Truth:
        low, high = value
        if low > bound:
            return above
        return not above if high is low or high <= bound else None

    # A known number (both ends the same object) is compared once: fractions take their time.
    return bound_above if operator in ("<", ">=") else bound_below


def _choice_is(options: frozenset[str], *, equal: bool) -> Callable[[Any], Truth]:
    """Test what is still possible of a choice against one option."""
    (option,) = options

    def test(value: Any) -> Truth:
        if option not in value:
            return not equal
        return equal if len(value) == 1 else None

    return test


def _same_value(left: Any, right: Any) -> Truth:
    """Compare choices (sets of what is still possible), bools, texts and actors; None is unknown."""
    if left is None or right is None:
        return None
    if isinstance(left, str):
        left = frozenset([left])
    if isinstance(right, str):
        right = frozenset([right])
    if isinstance(left, bool):
        return bool(left == right)
    if left.isdisjoint(right):
        return False
    return True if len(left) == len(right) == 1 else None


def _different_value(left: Any, right: Any) -> Truth:
    return negation(_same_value(left, right))


def literal_bound(node: syntax.Expression) -> Bound:
    """Return the number or the day that a literal stands for."""
    return node.ordinal if isinstance(node, syntax.Day) else cast("syntax.Number", node).value


def one_of(allowed: frozenset[Bound], *, whole: bool) -> Callable[[Any], Truth]:
    """Test numbers and days; a span of whole ones is in the set when each of them is."""

    def test(value: Any) -> Truth:
        found = sum(value.lo <= number <= value.hi for number in allowed)
        if not found:
            return False
        everything = value.is_point or (whole and value.hi - value.lo + 1 == found)
        return True if everything else None

    return test


def within(allowed: frozenset[str]) -> Callable[[Any], Truth]:
    """Test choices, texts and actors against a set of options."""

    def test(value: Any) -> Truth:
        if value is None:
            return None
        possible = frozenset([value]) if isinstance(value, str) else value
        if possible <= allowed:
            return True
        return False if possible.isdisjoint(allowed) else None

    return test
