"""Between a fact's value in a file and the fields of a form, for each kind of fact, both ways.

A field is named by the path that the reader of setups uses in its problems (`stellen[leitung].umfang`), so that every
problem finds its field. What belongs to a field is named `path:part`. Every control sends something, also "not yet
known" (""): what a form does not name was not on the page and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.setup.answers import NONE_AT_ALL
from qmadvisor.setup.multiple import COMPLETE, MARKS
from qmadvisor_api.web.bounds import Parts, joined, parts_of
from qmadvisor_api.web.canonical import NOTE, VALUE, noted
from qmadvisor_api.web.matrix_fields import matrix_fields, matrix_from

Form = Mapping[str, str]
YES, NO = "ja", "nein"
#: The parts of the size of a post, in the order of the form.
STAFFING = ("anteil", "wochenstunden", "jahresstunden", "vollzeitwoche", "wochen", "basis")
_NUMERIC = ("anteil", "wochenstunden", "jahresstunden", "vollzeitwoche", "wochen")


class Answer(NamedTuple):
    """What a form says of one fact; None: not known (yet)."""

    value: Any


def fields_of(fact: Fact, path: str, plain: Any) -> dict[str, str]:
    """Return the fields of a form that show a value, and its note."""
    value, note = without_note(fact, plain)
    return {**_SHOWN[fact.kind](fact, path, value), f"{path}:{NOTE}": note}


def answer_from(fact: Fact, path: str, form: Form, before: Any = None) -> Answer | None:
    """Read the fields of one fact; None where the form does not ask for it.

    `before` is its value so far: parts that the form does not show, such as notes, are kept.
    """
    value, note = without_note(fact, before)
    answer = _READ[fact.kind](fact, path, form, value)
    new_note = form.get(f"{path}:{NOTE}")
    if answer is None and new_note is None:
        return None
    text = note if new_note is None else new_note.strip()
    return Answer(noted(value if answer is None else answer.value, text))


def without_note(fact: Fact, plain: Any) -> tuple[Any, str]:
    """Take the note off a value."""
    if not isinstance(plain, Mapping):
        return plain, ""
    note = str(plain.get(NOTE, ""))
    if VALUE in plain:
        return plain[VALUE], note
    rest = {key: value for key, value in plain.items() if key != NOTE}
    return rest or None, note


def entry_keys(plain: Any) -> list[str]:
    """Return the keys of the entries of a list."""
    return [key for key in plain if key not in (*MARKS, VALUE)] if isinstance(plain, Mapping) else []


# How values are shown


def _word(value: Any) -> str:
    return {True: YES, False: NO, None: ""}.get(value, str(value))


def _single(fact: Fact, path: str, value: Any) -> dict[str, str]:
    return {path: _word(value)}


def _bounded(fact: Fact, path: str, value: Any) -> dict[str, str]:
    parts = parts_of(value, is_date=fact.kind == "date")
    return {path: parts.value, f"{path}:art": parts.how, f"{path}:bis": parts.upper}


def _post(fact: Fact, path: str, value: Any) -> dict[str, str]:
    parts = value if isinstance(value, Mapping) else {"anteil": value}
    shown = {
        key: str(parts.get(key) or "") if key == "basis" else _decimal(parts.get(key)) for key in STAFFING
    }
    return {f"{path}.{key}": text for key, text in shown.items()}


def _decimal(value: Any) -> str:
    return (
        ""
        if value is None
        else str(value).replace(".", ",")
        if isinstance(value, int | float)
        else str(value)
    )


def _options(fact: Fact, path: str, value: Any) -> dict[str, str]:
    answers = value or {}
    return {f"{path}[{key}]": _word(answers.get(key)) for key in fact.words.choices}


def _entries(fact: Fact, path: str, value: Any) -> dict[str, str]:
    found = {f"{path}:liste": "1", f"{path}:{COMPLETE}": ""}
    if value == NONE_AT_ALL:
        return found | {f"{path}:{COMPLETE}": YES}
    for key in entry_keys(value):
        own = f"{path}[{key}]"
        found |= {own: "1", f"{own}:{NOTE}": str(value[key].get(NOTE, ""))}
        for name, inner in fact.fields.items():
            found |= fields_of(inner, f"{own}.{name}", value[key].get(name))
    if isinstance(value, Mapping) and value.get(COMPLETE):
        found[f"{path}:{COMPLETE}"] = YES
    return found


_SHOWN: Mapping[str, Callable[[Fact, str, Any], dict[str, str]]] = {
    "bool": _single,
    "choice": _single,
    "actor": _single,
    "text": _single,
    "integer": _bounded,
    "decimal": _bounded,
    "date": _bounded,
    "stellenumfang": _post,
    "multiple": _options,
    "list": _entries,
    "task_matrix": matrix_fields,
}


# How they are read back


def _read_single(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    if path not in form:
        return None
    text = form[path].strip()
    return Answer({YES: True, NO: False}.get(text, text or None) if fact.kind == "bool" else text or None)


def _read_bounded(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    if path not in form:
        return None
    parts = Parts(form[path], form.get(f"{path}:art", ""), form.get(f"{path}:bis", ""))
    return Answer(joined(parts, is_date=fact.kind == "date"))


def _read_post(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    if f"{path}.anteil" not in form:
        return None
    parts = {key: form.get(f"{path}.{key}", "").strip() for key in STAFFING}
    return Answer({key: text for key, text in parts.items() if text} or None)


def _read_options(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    asked = [key for key in fact.words.choices if f"{path}[{key}]" in form]
    if not asked:
        return None
    answers = dict(before or {})
    for key in asked:
        text = form[f"{path}[{key}]"]
        answers[key] = {YES: True, NO: False}.get(text, text or None)
        if answers[key] is None and form.get(f"{path}:alle") == YES:
            answers[key] = False
    known = {key: answers[key] for key in fact.words.choices if answers.get(key) is not None}
    return Answer(known or None)


def _read_entries(fact: Fact, path: str, form: Form, before: Any) -> Answer | None:
    if f"{path}:liste" not in form:
        return None
    complete = form.get(f"{path}:{COMPLETE}") == YES
    known = {key: before[key] for key in entry_keys(before)}
    entries = {
        key: _read_entry(fact, f"{path}[{key}]", form, known.get(key, {})) for key in keys_in(path, form)
    }
    if complete and not entries:
        return Answer(NONE_AT_ALL)
    return Answer({**({COMPLETE: True} if complete else {}), **entries} or None)


def keys_in(path: str, form: Form) -> list[str]:
    """Return the keys of the entries that a form shows, in its order: a list is always shown as a whole."""
    begin = f"{path}["
    return [
        name[len(begin) : -1]
        for name in form
        if name.startswith(begin) and name.endswith("]") and name.count("[") == 1
    ]


def _read_entry(fact: Fact, path: str, form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(before)
    for name, inner in fact.fields.items():
        answer = answer_from(inner, f"{path}.{name}", form, before.get(name))
        if answer is not None:
            found[name] = answer.value
    if f"{path}:{NOTE}" in form:
        found[NOTE] = form[f"{path}:{NOTE}"].strip()
    return {key: value for key, value in found.items() if value not in (None, "")}


_READ: Mapping[str, Callable[[Fact, str, Form, Any], Answer | None]] = {
    "bool": _read_single,
    "choice": _read_single,
    "actor": _read_single,
    "text": _read_single,
    "integer": _read_bounded,
    "decimal": _read_bounded,
    "date": _read_bounded,
    "stellenumfang": _read_post,
    "multiple": _read_options,
    "list": _read_entries,
    "task_matrix": matrix_from,
}
