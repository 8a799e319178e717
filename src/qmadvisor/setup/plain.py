"""Turn plain Python data (of a form, an API body, a rule's example) into document nodes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qmadvisor import documents
from qmadvisor.documents import MAX_DEPTH, Node, Scalar, Sequence
from qmadvisor.setup.problems import refusal

_WORDS = {None: "null", True: "true", False: "false"}
#: Larger numbers are refused by every fact; this many bits are written out for the message.
_MAX_BITS = 256


def as_node(value: Any, depth: int = 0) -> Node:
    """Return a node without a place; nodes pass through. Raises SetupError for other objects."""
    if depth > MAX_DEPTH:
        allowed = f"höchstens {MAX_DEPTH} Ebenen"
        raise refusal("too_deep", "Die Angaben sind zu tief verschachtelt.", allowed=allowed)
    match value:
        case Scalar() | Sequence() | documents.Mapping():
            return value
        case None | bool():
            return Scalar(_WORDS[value], True, 0, 0)
        case int():
            text = str(value) if value.bit_length() <= _MAX_BITS else "9" * _MAX_BITS
            return Scalar(text, True, 0, 0)
        case float():
            return Scalar(repr(value), True, 0, 0)
        case date():
            return Scalar(value.isoformat(), False, 0, 0)
        case str():
            return Scalar(value, False, 0, 0)
        case list() | tuple():
            return Sequence(0, 0, [as_node(item, depth + 1) for item in value])
        case Mapping():
            return _mapping(value, depth)
    raise refusal("not_plain", "Diese Art von Angabe ist nicht möglich.", found=type(value).__name__)


def _mapping(value: Mapping[Any, Any], depth: int) -> documents.Mapping:
    items = {str(key): as_node(item, depth + 1) for key, item in value.items()}
    keys = {key: Scalar(key, False, node.line, node.column) for key, node in items.items()}
    return documents.Mapping(0, 0, items, keys)
