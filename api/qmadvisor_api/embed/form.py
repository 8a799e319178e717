"""From the fields of the form to a setup, and back to the fields that hold an answer which is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qmadvisor.setup.model import SCHEMA
from qmadvisor_api.models import ErrorItem, FieldInfo
from qmadvisor_api.quick import QuickQuestion

TITLE = "Schnell-Check"
#: So many entries of a list the form offers.
ENTRIES = 4
HOURS = "wochenstunden"
_YES_NO = {"ja": True, "nein": False}
Fields = Mapping[str, str]


def setup_of(questions: Sequence[QuickQuestion], fields: Fields) -> dict[str, Any]:
    """Write what is answered as a setup; fields left empty are left out, and so stay open."""
    answers = {question.path: _answer(question, fields) for question in questions}
    return {
        "schema": SCHEMA,
        "titel": TITLE,
        **{path: value for path, value in answers.items() if value not in (None, {})},
    }


def _answer(question: QuickQuestion, fields: Fields) -> Any:
    match question.kind:
        case "bool":
            return _YES_NO.get(fields.get(question.path, ""))
        case "multiple":
            found = {
                item: _YES_NO.get(fields.get(f"{question.path}.{item}", "")) for item in question.choices
            }
            return {item: value for item, value in found.items() if value is not None}
        case "list":
            return _list(question, fields)
        case _:
            return _text(fields, question.path)


def _list(question: QuickQuestion, fields: Fields) -> Any:
    """Entries in which something is stated; a list without any is empty only where that is stated."""
    singular = question.entries.singular.lower() if question.entries else "eintrag"
    entries: dict[str, Any] = {}
    for number in range(1, ENTRIES + 1):
        entry = {field.key: _part(field, fields, f"{question.path}.{number}") for field in question.fields}
        stated = {key: value for key, value in entry.items() if value is not None}
        if stated:
            entries[f"{singular}_{number}"] = stated
    complete = _YES_NO.get(fields.get(f"{question.path}.vollstaendig", ""))
    if not entries:
        return "keine" if complete else None
    return entries if complete is None else {**entries, "vollstaendig": complete}


def _part(field: FieldInfo, fields: Fields, prefix: str) -> Any:
    name = f"{prefix}.{field.key}"
    text = _text(fields, name)
    if field.kind == "bool":
        return _YES_NO.get(text or "")
    if field.kind == "stellenumfang" and text and fields.get(f"{name}.in") == HOURS:
        return {HOURS: text}
    return text


def _text(fields: Fields, name: str) -> str | None:
    return fields.get(name, "").strip() or None


def errors_by_question(
    questions: Sequence[QuickQuestion], errors: Sequence[ErrorItem]
) -> dict[str, list[str]]:
    """Sort what the check refuses by the question that it is about; the key is "" where there is none."""
    paths = {question.path for question in questions}
    found: dict[str, list[str]] = {}
    for error in errors:
        path = (error.pointer or "").split("/")[1] if (error.pointer or "").count("/") else ""
        found.setdefault(path if path in paths else "", []).append(_said(error))
    return found


def _said(error: ErrorItem) -> str:
    found = f" Angegeben ist {error.found}." if error.found else ""
    allowed = f" Möglich ist {error.allowed}." if error.allowed else ""
    return f"{error.message}{found}{allowed}"
