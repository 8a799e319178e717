"""Read a content file into a pydantic model, with every error at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Place, Problem, did_you_mean, excerpt, listing
from qmadvisor.resources import relative_name

_M = TypeVar("_M", bound="Content")


class Content(BaseModel):
    """Base of all models of content files: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
        defer_build=True,  # a part of a file is built with the file, and not once more for itself
    )


def read_content(path: Path, model: type[_M], *, before: str = "") -> tuple[_M, documents.Node]:
    """Read and validate one file. Returns the model and the nodes, for later errors with lines.

    With `before` the file is read up to this key only; see `documents.read_file`.
    """
    name = relative_name(path)
    node = documents.read_file(path, name, before=before)
    return validated(model, node, name), node


def validated(model: type[_M], node: documents.Node, name: str) -> _M:
    """Validate nodes against a model. Raises KnowledgeError with every problem."""
    try:
        return model.model_validate(node.to_python())
    except ValidationError as error:
        raise KnowledgeError(_problems(model, error.errors(), node, name)) from None


def place_of(node: documents.Node, keys: Sequence[str | int], name: str) -> Place:
    """Find the line of a key in a document; stops at the last key that exists."""
    place: documents.Node = node
    for key in keys:
        below = _below(node, key)
        if below is not None:
            place = node.keys[str(key)] if isinstance(node, documents.Mapping) else below
            node = below
    return Place(name, place.line, place.column, ".".join(str(key) for key in keys))


def _below(node: documents.Node, key: str | int) -> documents.Node | None:
    if isinstance(node, documents.Mapping):
        return node.items.get(str(key))
    if isinstance(node, documents.Sequence) and isinstance(key, int) and key < len(node.items):
        return node.items[key]
    return None


def iso_day(text: str) -> date:
    """Read 2026-01-31 and no other notation. Raises ValueError with a German message."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        msg = f"{excerpt(text)} ist kein Datum der Form JJJJ-MM-TT."
        raise ValueError(msg)
    return day


def _existing_day(text: str) -> str:
    iso_day(text)
    return text


#: A day as 2026-01-31, kept as text.
DayText = Annotated[str, AfterValidator(_existing_day)]

_EXPECTED = {
    "string_type": "ein Text",
    "bool_type": "true oder false",
    "int_type": "eine ganze Zahl",
    "float_type": "eine Zahl",
    "list_type": "eine Liste",
    "tuple_type": "eine Liste",
    "dict_type": "Schlüssel mit Werten",
    "model_type": "Schlüssel mit Werten",
}
_PLURAL = ("dict_type", "model_type")
_MESSAGES = {
    "extra_forbidden": "Diesen Schlüssel gibt es hier nicht.",
    "missing": "Dieser Schlüssel ist nötig und noch nicht angegeben.",
    "literal_error": "Dieser Wert ist hier nicht vorgesehen.",
    "string_too_short": "Dieser Text ist leer.",
    "string_too_long": "Dieser Text ist zu lang.",
    "too_short": "Hier wird mindestens ein Eintrag erwartet.",
    "string_pattern_mismatch": "Dieser Name hat nicht die erwartete Form.",
}


def _problems(
    model: type[BaseModel], details: Iterable[Any], node: documents.Node, name: str
) -> Iterator[Problem]:
    """One problem per place: where a value may have several types, pydantic complains once for each."""
    places: dict[tuple[str | int, ...], list[Any]] = {}
    for detail in details:
        places.setdefault(_keys(detail, node), []).append(detail)
    for keys, found in places.items():
        # Pydantic calls a list too short when all its entries are wrong: then they are what is to say.
        inside = any(other[: len(keys)] == keys for other in places if other != keys)
        if not (inside and found[-1]["type"] == "too_short"):
            yield _problem(model, keys, found, node, name)


def _problem(
    model: type[BaseModel],
    keys: tuple[str | int, ...],
    details: Sequence[Any],
    node: documents.Node,
    name: str,
) -> Problem:
    detail = details[-1]
    kind = detail["type"]
    allowed, remedy = _allowed(detail.get("ctx", {})), None
    if kind == "extra_forbidden" and len(keys) == 1:
        known = [field.alias or key for key, field in model.model_fields.items()]
        allowed, remedy = listing(known), did_you_mean(str(keys[0]), known)
    return Problem(
        f"content_{kind}", _message(details), place_of(node, keys, name), _found(detail), allowed, remedy
    )


def _keys(detail: Any, node: documents.Node) -> tuple[str | int, ...]:
    """The keys that lead to the problem; pydantic adds names of types, which no file has."""
    keys: list[str | int] = []
    for key in detail["loc"]:
        below = _below(node, key)
        if below is not None or (detail["type"] == "missing" and key == detail["loc"][-1]):
            keys.append(key)
            node = below or node
    return tuple(keys)


def _message(details: Sequence[Any]) -> str:
    kind = details[-1]["type"]
    if kind in _EXPECTED:
        kinds = {one["type"] for one in details}
        hidden = {"int_type"} if "float_type" in kinds else set()
        expected = dict.fromkeys(text for name, text in _EXPECTED.items() if name in kinds - hidden)
        verb = "werden" if kind in _PLURAL else "wird"
        return f"Hier {verb} {' oder '.join(expected)} erwartet."
    return _MESSAGES.get(kind) or str(details[-1]["msg"]).removeprefix("Value error, ")


def _allowed(context: Mapping[str, Any]) -> str | None:
    if "expected" in context:
        return str(context["expected"]).replace(" or ", " oder ")
    if "max_length" in context:
        return f"höchstens {context['max_length']} Zeichen"
    return context.get("pattern")


def _found(detail: Any) -> str | None:
    """Quote a single value; a whole part of the file says nothing that its place does not say."""
    value = detail["input"]
    if detail["type"] == "missing" or value is None or isinstance(value, dict | list):
        return None
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return excerpt(re.sub(r"\s+", " ", shown))
