"""Read good JSON in a fraction of the time that `documents` takes, into nodes without a place.

Only errors need places. Whoever finds one reads the document again with `documents`, which also decides about
everything that is not certainly good.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from qmadvisor.documents import MAX_BYTES, MAX_DEPTH, MAX_KEY, Mapping, Node, Scalar, Sequence

#: Halves of signs are refused, pairs of them are not: `documents` looks more closely.
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
_WORDS = {True: "true", False: "false", None: "null"}


def read_quickly(data: bytes) -> Node | None:
    """Return the nodes of a JSON document; None where anything may be wrong with it."""
    if len(data) > MAX_BYTES:
        return None
    try:
        text = data.decode("utf-8")
        return None if _HALVES.search(text) else _flat_enough(_node(_DECODER.decode(text)))
    except (ValueError, RecursionError):
        return None


def _node(value: Any) -> Node:
    """Numbers and objects are nodes already: the decoder makes them."""
    kind = value.__class__
    if kind is str:
        return Scalar(value, False, 0, 0)
    if kind is Mapping or kind is Scalar:
        return value  # type: ignore[no-any-return]
    if kind is list:
        return Sequence(0, 0, list(map(_node, value)))
    return Scalar(_WORDS[value], True, 0, 0)


def _mapping(pairs: list[tuple[str, Any]]) -> Mapping:
    """Refuse keys that are too long, or that are there twice."""
    items = {key: _node(value) for key, value in pairs}
    if len(items) < len(pairs) or max(map(len, items), default=0) > MAX_KEY:
        raise ValueError
    return Mapping(0, 0, items, {key: Scalar(key, False, 0, 0) for key in items})


def _flat_enough(root: Node) -> Node:
    """Refuse what is nested too deeply."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _inside(node) if child.__class__ is not Scalar]
        if not level:
            return root
    raise ValueError


def _inside(node: Node) -> Iterable[Node]:
    if isinstance(node, Mapping):
        return node.items.values()
    return node.items if isinstance(node, Sequence) else ()


def _refuse(word: str) -> NoReturn:
    raise ValueError


_number = partial(Scalar, plain=True, line=0, column=0)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_mapping, parse_int=_number, parse_float=_number, parse_constant=_refuse
)
