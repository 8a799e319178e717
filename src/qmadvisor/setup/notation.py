"""Read the value of one fact, whatever its kind, with the note that may stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, excerpt
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.types import ActorType, DateType, NumberType, TaskMatrixType
from qmadvisor.language.values import RecordList, Value
from qmadvisor.setup.answers import (
    is_unknown,
    read_bool,
    read_choice,
    read_key,
    read_text,
    single_text,
)
from qmadvisor.setup.dates import read_date
from qmadvisor.setup.draft import Draft, Reference
from qmadvisor.setup.matrix import read_matrix
from qmadvisor.setup.multiple import read_multiple
from qmadvisor.setup.numbers import read_number
from qmadvisor.setup.records import read_records
from qmadvisor.setup.staffing import read_staffing

_WRAPPER = frozenset({"wert", "notiz"})
#: Kinds whose own notation is a mapping, in which `notiz` is one of the keys.
_MAPPED = frozenset({"multiple", "list", "stellenumfang", "task_matrix"})


def read_value(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    """Return the value of a fact, or its unknown value after noting the problems in the draft.

    `path` is the full path: of a fact, or of a field as `stellen[leitung].umfang`.
    """
    try:
        bare = _without_note(fact, node, path, draft)
        if bare is None or is_unknown(bare):
            return fact.unknown
        return _READERS[fact.kind](fact, bare, path, draft)
    except SetupError as error:
        draft.problems.take(error, node, path)
        return fact.unknown


def _without_note(fact: Fact, node: Node, path: str, draft: Draft) -> Node | None:
    """Note what stands under `notiz`, and return the node that holds the value."""
    if not isinstance(node, documents.Mapping):
        return node
    if "notiz" in node.items:
        draft.note(path, node.items["notiz"])
    if fact.kind in _MAPPED and not _is_wrapper(fact, node):
        return node
    for key, extra in node.items.items():
        if key not in _WRAPPER and not draft.problems.full:
            message = "Neben dem Wert ist hier nur eine Notiz möglich."
            found = excerpt(key)
            draft.problems.add(
                "unknown_key",
                message,
                extra,
                f"{path}.{key}",
                found=found,
                allowed="wert, notiz",
                remedy="Enthält die Notiz ein Komma, setzen Sie sie in Anführungszeichen.",
            )
    return node.items.get("wert")


def _is_wrapper(fact: Fact, node: documents.Mapping) -> bool:
    if fact.kind == "stellenumfang":
        return node.items.keys() <= _WRAPPER
    return "wert" in node.items


def _bool(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = read_bool(single_text(node))
    draft.state(path, value)
    return value


def _number(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = read_number(single_text(node), cast("NumberType", fact.type))
    draft.state(path, value, fact.unknown)
    return value


def _staffing(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    type_ = cast("NumberType", fact.type)
    staffing = read_staffing(node, type_, draft.rates, draft.problems, path)
    if staffing.readings:
        draft.readings[path] = staffing.readings
    draft.state(path, staffing.value, fact.unknown)
    if staffing.statement is not None:
        # What was written, and not the result: parameters must not change the digest.
        draft.content[path] = staffing.statement
    return staffing.value


def _date(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = read_date(single_text(node), cast("DateType", fact.type))
    draft.state(path, value, fact.unknown)
    return value


def _choice(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = frozenset({read_choice(single_text(node), fact.words.choices)})
    draft.state(path, value, fact.unknown)
    return value


def _multiple(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    answers = read_multiple(node, fact.words.choices, draft.problems, path)
    draft.state_answers(path, answers)
    return answers


def _text(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = read_text(single_text(node), fact.max_length)
    draft.state(path, value)
    return value


def _actor(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    key = read_key(single_text(node).strip())
    draft.references.append(Reference(cast("ActorType", fact.type).of, key, node, path))
    draft.state(path, key)
    return key


def _list(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value: RecordList = read_records(fact, node, path, draft, read_value)
    draft.state_list(path, value)
    return value


def _matrix(fact: Fact, node: Node, path: str, draft: Draft) -> Value:
    value = read_matrix(node, cast("TaskMatrixType", fact.type), path, draft)
    draft.state_matrix(path, value)
    return value


_READERS: dict[str, Callable[[Fact, Node, str, Draft], Value]] = {
    "bool": _bool,
    "integer": _number,
    "decimal": _number,
    "stellenumfang": _staffing,
    "date": _date,
    "choice": _choice,
    "multiple": _multiple,
    "text": _text,
    "actor": _actor,
    "list": _list,
    "task_matrix": _matrix,
}
