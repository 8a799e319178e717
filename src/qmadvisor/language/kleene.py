"""Three truth values: True, False and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

from qmadvisor.language.values import Truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negation(truth: Truth) -> Truth:
    """Kleene's not."""
    return None if truth is None else not truth
