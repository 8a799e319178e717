"""Read a list of records, which is open unless it is declared complete."""

from __future__ import annotations

from collections.abc import Callable

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, excerpt, listing
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.values import Record, RecordList, Value
from qmadvisor.setup.answers import is_none_at_all, is_unknown, read_key
from qmadvisor.setup.draft import Draft
from qmadvisor.setup.multiple import MARKS, check_mark, read_complete
from qmadvisor.setup.problems import refusal
from qmadvisor.setup.suggestions import remedy_for

MAX_RECORDS = 200

FieldReader = Callable[[Fact, Node, str, Draft], Value]


def read_records(fact: Fact, node: Node, path: str, draft: Draft, read_field: FieldReader) -> RecordList:
    """Read `{vollstaendig: ja, leitung: {umfang: 0.5}}` or `keine`.

    `read_field` reads one field's value and notes its problems. Raises SetupError where the node is
    no list of records or has too many.
    """
    if is_none_at_all(node):
        return RecordList((), complete=True)
    if not isinstance(node, documents.Mapping):
        raise refusal(
            "not_a_list",
            "Hier werden Einträge mit Namen erwartet.",
            allowed="„{name: {…}}“ mit beliebigen Namen, oder keine",
            remedy="Geben Sie jedem Eintrag einen Namen, zum Beispiel „eintrag_1: {…}“.",
        )
    entries = {key: entry for key, entry in node.items.items() if key not in MARKS}
    if len(entries) > MAX_RECORDS:
        raise refusal(
            "too_many_records",
            "Die Liste hat zu viele Einträge.",
            found=str(len(entries)),
            allowed=f"höchstens {MAX_RECORDS}",
        )
    complete = read_complete(node, draft.problems, path)
    records = [_record(fact, key, entry, path, draft, read_field) for key, entry in entries.items()]
    return RecordList(tuple(records), complete)


def _record(fact: Fact, key: str, entry: Node, path: str, draft: Draft, read_field: FieldReader) -> Record:
    own_path = f"{path}[{key}]"
    values = {name: inner.unknown for name, inner in fact.fields.items()}
    try:
        read_key(key)
        fields = _fields(entry)
    except SetupError as error:
        draft.problems.take(_better(error, key), entry, own_path)
        return Record(key, values)
    if "notiz" in fields:
        draft.note(own_path, fields["notiz"])
    seen: set[str] = set()
    for word, node in fields.items():
        inner = _field(fact, word)
        if inner is None:
            _refuse_field(fact, word, node, own_path, draft)
        elif inner.path in seen:
            message = f"„{inner.path}“ ist zweimal angegeben."
            draft.problems.add("duplicate_fact", message, node, f"{own_path}.{word}")
        elif not draft.problems.full:
            seen.add(inner.path)
            values[inner.path] = read_field(inner, node, f"{own_path}.{inner.path}", draft)
    return Record(key, values)


def _better(error: SetupError, key: str) -> SetupError:
    """Prefer the message that a mark of the list is misspelt."""
    try:
        check_mark(key)
    except SetupError as misspelt:
        return misspelt
    return error


def _fields(entry: Node) -> dict[str, Node]:
    if isinstance(entry, documents.Mapping):
        return entry.items
    if is_unknown(entry):
        return {}
    raise refusal("not_a_record", "Hier werden die Angaben zu einem Eintrag erwartet.", allowed="{…: …}")


def _field(fact: Fact, word: str) -> Fact | None:
    if word in fact.fields:
        return fact.fields[word]
    renamed = (inner for inner in fact.fields.values() if inner.spec.renamed_from == word)
    return next(renamed, None)


def _refuse_field(fact: Fact, word: str, node: Node, path: str, draft: Draft) -> None:
    if word == "notiz" or draft.problems.full:
        return
    draft.problems.add(
        "unknown_key",
        f"Diese Angabe gibt es in der Liste „{fact.path}“ nicht.",
        node,
        f"{path}.{word}",
        found=excerpt(word),
        allowed=listing([*fact.fields, "notiz"]),
        remedy=remedy_for(word, draft.catalogue, [*fact.fields, "notiz"]),
    )
