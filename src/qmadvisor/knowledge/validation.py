"""Read a content file into a pydantic model, with every error at its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from qmadvisor import documents
from qmadvisor.errors import KnowledgeError, Place, Problem, did_you_mean, excerpt, listing
from qmadvisor.resources import relative_name

_M = TypeVar("_M", bound="Content")


class Content(BaseModel):
    """Base of all models of content files: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


def read_content(path: Path, model: type[_M]) -> tuple[_M, documents.Node]:
    """Read and validate one file. Returns the model and the nodes, for later errors with lines."""
    name = relative_name(path)
    node = documents.read_file(path, name)
    return validated(model, node, name), node


def validated(model: type[_M], node: documents.Node, name: str) -> _M:
    """Validate nodes against a model. Raises KnowledgeError with every problem."""
    try:
        return model.model_validate(node.to_python())
    except ValidationError as error:
        problems = [_problem(model, detail, node, name) for detail in error.errors()]
        raise KnowledgeError(problems) from None


def place_of(node: documents.Node, keys: Sequence[str | int], name: str) -> Place:
    """Find the line of a key in a document; stops at the last key that exists."""
    line, column = node.line, node.column
    for key in keys:
        if isinstance(node, documents.Mapping) and key in node.items:
            line, column = node.keys[str(key)].line, node.keys[str(key)].column
            node = node.items[str(key)]
        elif isinstance(node, documents.Sequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
            line, column = node.line, node.column
    return Place(name, line, column, ".".join(str(key) for key in keys))


_MESSAGES = {
    "extra_forbidden": "Diesen Schlüssel gibt es hier nicht.",
    "missing": "Dieser Schlüssel ist nötig und noch nicht angegeben.",
    "literal_error": "Dieser Wert ist hier nicht vorgesehen.",
    "string_type": "Hier wird ein Text erwartet.",
    "bool_type": "Hier wird true oder false erwartet.",
    "int_type": "Hier wird eine ganze Zahl erwartet.",
    "list_type": "Hier wird eine Liste erwartet.",
    "tuple_type": "Hier wird eine Liste erwartet.",
    "dict_type": "Hier werden Schlüssel mit Werten erwartet.",
    "model_type": "Hier werden Schlüssel mit Werten erwartet.",
    "string_too_short": "Dieser Text ist leer.",
    "too_short": "Hier wird mindestens ein Eintrag erwartet.",
    "string_pattern_mismatch": "Dieser Name hat nicht die erwartete Form.",
}


def _problem(model: type[BaseModel], detail: Any, node: documents.Node, name: str) -> Problem:
    keys = [
        key for key in detail["loc"] if not str(key).endswith("]")
    ]  # pydantic names union branches "tuple[…]"
    kind = detail["type"]
    message = _MESSAGES.get(kind) or detail["msg"].removeprefix("Value error, ")
    context = detail.get("ctx", {})
    allowed = context.get("expected") or context.get("pattern")
    remedy = None
    if kind == "extra_forbidden" and len(keys) == 1:
        known = [field.alias or key for key, field in model.model_fields.items()]
        allowed, remedy = listing(known), did_you_mean(str(keys[0]), known)
    found = None if kind == "missing" else excerpt(re.sub(r"\s+", " ", str(detail["input"])))
    return Problem(f"content_{kind}", message, place_of(node, keys, name), found, allowed, remedy)
