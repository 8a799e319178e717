"""Which parts of a condition gave it its value."""

from __future__ import annotations

import pytest

from qmadvisor.language import syntax
from qmadvisor.language.decisive import decisive_leaves
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.language.parser import parse
from qmadvisor.language.values import Truth


@pytest.mark.parametrize(
    ("text", "known", "leaves"),
    [
        ("a and b", {"a": True, "b": True}, "ab"),
        ("a and b", {"a": True, "b": False}, "b"),
        ("a and b", {"a": True, "b": None}, "b"),
        ("a or b", {"a": True, "b": False}, "a"),
        ("a or b", {"a": True, "b": True}, "ab"),
        ("a or b", {"a": False, "b": False}, "ab"),
        ("a and (b or c)", {"a": True, "b": False, "c": True}, "ac"),
        ("not(a and b)", {"a": False, "b": True}, "a"),
        ("not(a or b) and c", {"a": False, "b": False, "c": True}, "abc"),
        ("(a and b) or (b and c)", {"a": False, "b": True, "c": True}, "bc"),
        ("a", {"a": True}, "a"),
    ],
)
def test_only_the_leaves_that_decided(text: str, known: dict[str, Truth], leaves: str) -> None:
    trace = evaluate(parse(text), Facts(known, 0, {}))
    nodes = [leaf.node for leaf in decisive_leaves(trace)]
    assert all(isinstance(node, syntax.Fact) for node in nodes)
    assert "".join(node.path for node in nodes if isinstance(node, syntax.Fact)) == leaves
