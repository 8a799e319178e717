"""Read good JSON in a fraction of the time that `documents` takes, into nodes without a place.

Only errors need places. Whoever finds one reads the document again with `documents`, which also decides about
everything that is not certainly good.
"""

from __future__ import annotations

import json
import re
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
        return None if _HALVES.search(text) else _node(_DECODER.decode(text), 0)
    except (ValueError, RecursionError):
        return None


def _node(value: Any, depth: int) -> Node:
    kind = value.__class__
    if kind is str:
        return Scalar(value, False, 0, 0)
    if kind is Scalar:
        return value  # type: ignore[no-any-return]
    if kind is not dict and kind is not list:
        return Scalar(_WORDS[value], True, 0, 0)
    if depth == MAX_DEPTH:
        raise ValueError
    if kind is list:
        return Sequence(0, 0, [_node(item, depth + 1) for item in value])
    items = {key: _node(item, depth + 1) for key, item in value.items()}
    return Mapping(0, 0, items, {key: Scalar(key, False, 0, 0) for key in items})


def _unlike(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse keys that are too long, or that are there twice."""
    found = dict(pairs)
    if len(found) < len(pairs) or max(map(len, found), default=0) > MAX_KEY:
        raise ValueError
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError


_number = partial(Scalar, plain=True, line=0, column=0)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_unlike, parse_int=_number, parse_float=_number, parse_constant=_refuse
)
