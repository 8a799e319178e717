"""Write what a setup states in one form, whatever the notation it came in: plain data, only what is known.

Nothing gets lost: bounds stay as they were written ("ca. 25 (22 bis 28)"), notes and `vollstaendig` stay with their
answers. The nodes were read without a problem before: here they are only written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError
from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language.matrix import ROLES, Overview
from qmadvisor.language.types import DateType, NumberType, TaskMatrixType
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Bound, Interval
from qmadvisor.setup.answers import (
    NONE_AT_ALL,
    is_none_at_all,
    is_unknown,
    read_bool,
    read_choice,
    read_text,
    single_text,
)
from qmadvisor.setup.bounds import tidy
from qmadvisor.setup.dates import read_date
from qmadvisor.setup.draft import MAX_NOTE
from qmadvisor.setup.matrix import NOBODY
from qmadvisor.setup.multiple import COMPLETE, MARKS, read_multiple
from qmadvisor.setup.numbers import read_number
from qmadvisor.setup.problems import Problems
from qmadvisor.setup.staffing import BASES
from qmadvisor_api.web.bounds import as_iso, joined, parts_of

NOTE, VALUE, UNKNOWN = "notiz", "wert", "unbekannt"
#: Where every number and every day is taken as it was written, and not cut to the catalogue's range.
_ANY_DAY = DateType(Interval(date.min.toordinal(), date.max.toordinal()))
_SHARE = ("anteil", VALUE)


def stated_facts(root: documents.Mapping, catalogue: Catalogue, header: frozenset[str]) -> dict[str, Any]:
    """Return every fact that is stated or has a note, by its path, in the order of the catalogue."""
    nodes = dict(_nodes(root, catalogue, header))
    found = {}
    for fact in catalogue.inputs:
        if fact.path in nodes:
            value = plain_value(fact, nodes[fact.path])
            if value is not None:
                found[fact.path] = value
    return found


def plain_value(fact: Fact, node: Node) -> Any:
    """Return a fact's value as plain data, with its note; None where it states nothing."""
    bare, note = _without_note(fact, node)
    value = None if bare is None or is_unknown(bare) else _WRITERS[fact.kind](fact, bare)
    return noted(value, note)


def noted(value: Any, note: str) -> Any:
    """Put a note to a value."""
    if not note:
        return value
    if isinstance(value, dict):
        return {**value, NOTE: note}
    return {VALUE: value, NOTE: note}


def note_text(node: Node | None) -> str:
    """Return the text of a note; empty where there is none."""
    return read_text(single_text(node), MAX_NOTE) if node is not None and not is_unknown(node) else ""


def number_text(text: str, *, integer: bool = False, unit: Unit | None = None) -> Any:
    """Return a number that is written exactly as a number, any other notation as it is."""
    try:
        found = read_number(text, NumberType(unit or Unit(), integer))
    except SetupError:
        return text.strip()  # in another unit; it was read before, with its own
    return _exact(found.lo) if found.lo == found.hi else joined(parts_of(text, is_date=False), is_date=False)


def _nodes(
    root: documents.Mapping, catalogue: Catalogue, header: frozenset[str], prefix: str = ""
) -> Iterator[tuple[str, Node]]:
    """Find the node of each fact: nested, dotted, or under an earlier name."""
    for key, node in root.items.items():
        path = f"{prefix}{key}"
        name = catalogue.renamed.get(path, path)
        if not prefix and key in header:
            continue
        if name in catalogue.facts:
            yield name, node
        elif isinstance(node, documents.Mapping):
            yield from _nodes(node, catalogue, header, f"{path}.")


def _without_note(fact: Fact, node: Node) -> tuple[Node | None, str]:
    if not isinstance(node, documents.Mapping):
        return node, ""
    note = note_text(node.items.get(NOTE))
    mapped = fact.kind in ("multiple", "list", "task_matrix") and VALUE not in node.items
    if mapped or (fact.kind == "stellenumfang" and not node.items.keys() <= {VALUE, NOTE}):
        return node, note
    return node.items.get(VALUE), note


def _exact(number: Bound) -> int | float:
    return int(number) if Fraction(number).denominator == 1 else float(number)


def _number(fact: Fact, node: Node) -> Any:
    assert isinstance(fact.type, NumberType)
    return number_text(single_text(node), integer=fact.type.integer, unit=fact.type.unit)


def _date(fact: Fact, node: Node) -> str:
    text = single_text(node).strip()
    days = read_date(text, _ANY_DAY)
    if days.lo == days.hi:
        return date.fromordinal(int(days.lo)).isoformat()
    return as_iso(joined(parts_of(text, is_date=True), is_date=True) or "")


def _staffing(fact: Fact, node: Node) -> Any:
    assert isinstance(fact.type, NumberType)
    if not isinstance(node, documents.Mapping):
        return _number(fact, node)
    found: dict[str, Any] = {}
    for key, part in node.items.items():
        if key == NOTE or is_unknown(part):
            continue
        if key == "basis":
            found[key] = read_choice(single_text(part), BASES)
        else:
            found["anteil" if key in _SHARE else key] = _hours(single_text(part), fact.type.unit)
    if found.keys() == {"anteil"}:
        return found["anteil"]
    return found or None


def _hours(text: str, unit: Unit) -> Any:
    """A part keeps its unit, where it has one: only the reader knows which one each part takes."""
    return number_text(text) if text.strip()[-1:].isdigit() else number_text(text, unit=unit)


def _bool(fact: Fact, node: Node) -> bool:
    return read_bool(single_text(node))


def _choice(fact: Fact, node: Node) -> str:
    return read_choice(single_text(node), fact.words.choices)


def _text(fact: Fact, node: Node) -> str:
    return read_text(single_text(node), fact.max_length)


def _actor(fact: Fact, node: Node) -> str:
    return single_text(node).strip()


def _multiple(fact: Fact, node: Node) -> dict[str, bool] | None:
    answers = read_multiple(node, fact.words.choices, Problems(None), "")
    return {key: answers[key] for key in fact.words.choices if key in answers} or None


def _list(fact: Fact, node: Node) -> Any:
    if is_none_at_all(node):
        return NONE_AT_ALL
    assert isinstance(node, documents.Mapping)
    found: dict[str, Any] = {COMPLETE: True} if _complete(node) else {}
    entries = {key: _record(fact, entry) for key, entry in node.items.items() if key not in MARKS}
    if found and not entries:
        return NONE_AT_ALL
    return {**found, **entries} or None


def _record(fact: Fact, entry: Node) -> dict[str, Any]:
    if not isinstance(entry, documents.Mapping):
        return {}
    found = {}
    earlier = {inner.spec.renamed_from: name for name, inner in fact.fields.items()}
    nodes = {earlier.get(word, word): node for word, node in entry.items.items()}
    for name, inner in fact.fields.items():
        value = plain_value(inner, nodes[name]) if name in nodes else None
        if value is not None:
            found[name] = value
    note = note_text(entry.items.get(NOTE))
    return {**found, NOTE: note} if note else found


def _complete(node: documents.Mapping) -> bool:
    mark = node.items.get(COMPLETE)
    return mark is not None and not is_unknown(mark) and read_bool(single_text(mark))


def _matrix(fact: Fact, node: Node) -> Any:
    assert isinstance(fact.type, TaskMatrixType)
    if is_none_at_all(node):
        return NONE_AT_ALL
    assert isinstance(node, documents.Mapping)
    overview = fact.type.overview
    lines = dict(_lines(node, overview, ""))
    order = [*overview.columns, *overview.blocks, *overview.entries]
    found: dict[str, Any] = {COMPLETE: True} if _complete(node) else {}
    if found and not lines:
        return NONE_AT_ALL
    return {**found, **{name: lines[name] for name in order if name in lines}} or None


def _lines(node: documents.Mapping, overview: Overview, area: str) -> Iterator[tuple[str, Any]]:
    for word, line in node.items.items():
        name = f"{area}{tidy(word)}"
        if word in MARKS:
            continue
        if not area and name in overview.areas and isinstance(line, documents.Mapping):
            yield from _lines(line, overview, f"{name}.")
        else:
            yield name, _assignment(line)


def _assignment(node: Node) -> Any:
    if isinstance(node, documents.Mapping):
        note = note_text(node.items.get(NOTE))
        if VALUE in node.items and node.items.keys() <= {VALUE, NOTE}:
            return noted(_assignment(node.items[VALUE]), note)
        roles = {actor: _role(role) for actor, role in node.items.items() if actor != NOTE}
        return noted(roles or UNKNOWN, note)
    return UNKNOWN if is_unknown(node) else NOBODY


def _role(node: Node) -> str:
    return UNKNOWN if is_unknown(node) else read_choice(single_text(node), ROLES)


_WRITERS: Mapping[str, Callable[[Fact, Node], Any]] = {
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
