"""What is read quickly is what `documents` reads, without places; what it refuses is left to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_documents import json_documents

from qmadvisor.documents import MAX_BYTES, MAX_DEPTH, MAX_KEY, Mapping, Node, Scalar, Sequence, read_bytes
from qmadvisor.errors import DocumentError
from qmadvisor.quick_json import read_quickly


def shown(node: Node | None) -> Any:
    """Everything but the places."""
    match node:
        case Scalar():
            return (node.text, node.plain)
        case Sequence():
            return [shown(item) for item in node.items]
        case Mapping():
            assert [key.text for key in node.keys.values()] == list(node.keys) == list(node.items)
            return {key: shown(item) for key, item in node.items.items()}
    return None


def carefully(data: bytes) -> Node | None:
    try:
        return read_bytes(data, "datei", json_only=True)
    except DocumentError:
        return None


@settings(max_examples=200, deadline=None)
@given(json_documents, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_a_document_is_the_same_read_quickly(document: Any, ascii_only: bool, indent: Any) -> None:
    data = json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode()
    quick = read_quickly(data)
    if b"\\u" not in data:
        assert quick is not None
    assert quick is None or shown(quick) == shown(carefully(data))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=40), st.text('ab:-[]{},"\\u0d8e1. \n\t', max_size=40).map(str.encode)))
def test_nothing_is_read_quickly_that_is_refused(data: bytes) -> None:
    quick = read_quickly(data)
    assert quick is None or shown(quick) == shown(carefully(data))


def test_numbers_and_words_stay_as_written() -> None:
    quick = read_quickly(b'[-0, 1.50, 1E5, 9999999999999999999999, true, null, "true", "1"]')
    texts = ["-0", "1.50", "1E5", "9999999999999999999999", "true", "null"]
    assert shown(quick) == [*[(text, True) for text in texts], ("true", False), ("1", False)]
    assert isinstance(quick, Sequence)
    assert {(item.line, item.column) for item in quick.items} == {(0, 0)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a: 1",
        b'{"a": 1,}',
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 2}}',
        b'["\\ud800"]',
        b'["\\uD83D\\uDE00"]',
        b'["\xff"]',
        b"\xef\xbb\xbf{}",
        b'{"%s": 1}' % (b"k" * (MAX_KEY + 1)),
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 100_000,
        b'{"a": "%s"}' % (b"x" * MAX_BYTES),
    ],
)
def test_what_may_be_wrong_is_left_to_the_careful_reader(data: bytes) -> None:
    assert read_quickly(data) is None


def test_the_limits_themselves_are_allowed() -> None:
    for data in (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, b'{"%s": 1}' % (b"k" * MAX_KEY)):
        assert shown(read_quickly(data)) == shown(carefully(data))
