"""The JSON Schema (draft 2020-12) of setup files, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isinf
from typing import Any

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language.matrix import ROLES, Overview
from qmadvisor.language.types import NumberType, TaskMatrixType
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Bound
from qmadvisor.setup.model import PHASES, PROGRAMMES, SCHEMA
from qmadvisor.setup.staffing import BASES

Json = dict[str, Any]
_UNKNOWN: list[Json] = [{"const": "unbekannt"}, {"type": "null"}]
_NOTE = {"type": ["string", "null"], "title": "Notiz"}
_YES_OR_NO: list[Json] = [{"type": "boolean"}, {"enum": ["ja", "nein"]}]
_RECORD_KEY = "^[a-z0-9_-]{1,40}$"
_ASSIGNMENT = "zustaendige"
_KEYWORDS = frozenset({"vollstaendig", "notiz"})


def setup_schema(catalogue: Catalogue, rule_ids: Iterable[str], adjustable: Iterable[str]) -> Json:
    """Return the schema of a setup file, with German titles and descriptions.

    It knows the usual spelling of every notation; the reader also takes other cases of letters.
    """
    properties = _header(rule_ids, adjustable)
    for fact in catalogue.inputs:
        _insert(properties, fact)
    matrices = [fact for fact in catalogue.inputs if fact.kind == "task_matrix"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "Planung eines Quartiersmanagements",
        "description": "Alles außer schema und titel ist freiwillig; was nicht angegeben ist, gilt als unbekannt.",
        "type": "object",
        "required": ["schema", "titel"],
        "additionalProperties": False,
        "properties": properties,
        **({"$defs": {_ASSIGNMENT: _assignment()}} if matrices else {}),
    }


def _header(rule_ids: Iterable[str], adjustable: Iterable[str]) -> Json:
    text: Json = {"type": ["string", "null"]}
    day: Json = {"anyOf": [{"type": "string", "minLength": 4}, {"type": "integer"}, {"type": "null"}]}
    deviation = {
        "type": "object",
        "required": ["grund"],
        "additionalProperties": False,
        "properties": {
            "grund": {"type": "string", "title": "Grund", "minLength": 1},
            "vereinbart_mit": {**text, "title": "Vereinbart mit"},
            "datum": {**text, "title": "Tag der Vereinbarung"},
            "bis": {**day, "title": "Gilt bis (Tag, Monat oder Jahr)"},
        },
    }
    value = {"type": ["number", "string", "null"]}
    return {
        "schema": {"const": SCHEMA, "title": "Format der Datei"},
        "titel": {"type": "string", "title": "Titel der Planung", "minLength": 1, "maxLength": 200},
        "programm": {"title": "Förderprogramm", "anyOf": [*_options(PROGRAMMES), *_UNKNOWN]},
        "phase": {"title": "Phase, in der die Planung steht", "anyOf": [*_options(PHASES), *_UNKNOWN]},
        "notiz": _NOTE,
        "parameter": {
            "title": "Eigene Werte für Lesarten, oder aus",
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": dict.fromkeys(sorted(adjustable), value),
        },
        "abweichungen": {
            "title": "Vereinbarte Abweichungen",
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": dict.fromkeys(sorted(rule_ids), deviation),
        },
    }


def _insert(properties: Json, fact: Fact) -> None:
    """Put a fact under the keys of its path; the dotted path is a second way to write it."""
    *folders, last = fact.path.split(".")
    level = properties
    for folder in folders:
        empty: Json = {"type": "object", "additionalProperties": False, "properties": {}}
        group = level.setdefault(folder, {"anyOf": [empty, *_UNKNOWN]})
        level = group["anyOf"][0]["properties"]
    level[last] = _fact(fact)
    if folders:
        properties[fact.path] = _fact(fact)


def _fact(fact: Fact) -> Json:
    described = {
        "title": fact.words.label,
        "description": " ".join(filter(None, (fact.spec.question, fact.spec.help))),
    }
    if fact.kind == "list":
        return {**described, **_list(fact)}
    if isinstance(fact.type, TaskMatrixType):
        return {**described, **_matrix(fact.type.overview)}
    plain = [*_plain(fact), *_UNKNOWN]
    return {**described, "anyOf": [*plain, _noted(plain)]}


def _plain(fact: Fact) -> list[Json]:
    match fact.kind:
        case "bool":
            return _YES_OR_NO
        case "integer" | "decimal":
            return [_number(fact), {"type": "string", "minLength": 1}]
        case "stellenumfang":
            return [_number(fact), {"type": "string", "minLength": 1}, _staffing()]
        case "date":
            return [{"type": "string", "minLength": 4}, {"type": "integer", "minimum": 1, "maximum": 9999}]
        case "choice":
            return _options(fact.words.choices)
        case "multiple":
            return _multiple(fact.words.choices)
        case _:
            return [{"type": "string", "minLength": 1, "maxLength": fact.max_length}]


def _options(labels: Mapping[str, str]) -> list[Json]:
    """A choice is named by its key or its label."""
    return [{"enum": list(labels)}, {"enum": list(labels.values())}]


def _number(fact: Fact) -> Json:
    assert isinstance(fact.type, NumberType)
    schema: Json = {"type": "integer" if fact.type.integer else "number"}
    for key, bound in (("minimum", fact.type.range.lo), ("maximum", fact.type.range.hi)):
        if not isinf(bound):
            schema[key] = _json_number(bound)
    if fact.type.unit != Unit():
        schema["description"] = f"in {fact.type.unit.text}"
    return schema


def _json_number(bound: Bound) -> int | float:
    return bound if isinstance(bound, int) else float(bound)


def _staffing() -> Json:
    amount = {
        "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "minLength": 1}, {"type": "null"}]
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "anteil": {**amount, "title": "Anteil einer vollen Stelle"},
            "wochenstunden": {**amount, "title": "Stunden je Woche"},
            "vollzeitwoche": {**amount, "title": "Wochenstunden einer vollen Stelle"},
            "jahresstunden": {**amount, "title": "Stunden im Jahr"},
            "wochen": {**amount, "title": "Wochen, auf die sich die Jahresstunden verteilen"},
            "basis": {"anyOf": [*_options(BASES), *_UNKNOWN], "title": "Wie die Jahresstunden gemeint sind"},
            "notiz": _NOTE,
        },
    }


def _noted(plain: list[Json]) -> Json:
    properties = {"wert": {"anyOf": plain}, "notiz": _NOTE}
    return {"type": "object", "required": ["wert"], "additionalProperties": False, "properties": properties}


def _multiple(choices: Mapping[str, str]) -> list[Json]:
    answer = {"anyOf": [*_YES_OR_NO, *_UNKNOWN]}
    items = {key: {**answer, "title": label} for key, label in choices.items()}
    complete = {"vollstaendig": {**answer, "title": "Ist das alles?"}, "notiz": _NOTE}
    return [
        {"const": "keine"},
        {"type": "array", "items": {"anyOf": _options(choices)}, "uniqueItems": True},
        {"type": "object", "additionalProperties": False, "properties": {**items, **complete}},
    ]


def _list(fact: Fact) -> Json:
    record = {
        "type": ["object", "null"],
        "title": fact.words.singular,
        "additionalProperties": False,
        "properties": {**{key: _fact(inner) for key, inner in fact.fields.items()}, "notiz": _NOTE},
    }
    complete = {"anyOf": [*_YES_OR_NO, *_UNKNOWN], "title": "Sind das alle?"}
    entries = {
        "type": "object",
        "properties": {"vollstaendig": complete, "notiz": _NOTE},
        "patternProperties": {_key_but(_KEYWORDS): record},
        "additionalProperties": False,
    }
    plain: list[Json] = [{"const": "keine"}, entries, *_UNKNOWN]
    return {"anyOf": [*plain, _noted(plain)]}


def _key_but(words: Iterable[str]) -> str:
    """The pattern of a record's key that is none of these words."""
    return f"^(?!(?:{'|'.join(sorted(words))})$){_RECORD_KEY[1:]}"


def _matrix(overview: Overview) -> Json:
    """Every task and every block has a title, so that editors can say what is meant."""
    properties: Json = {
        "vollstaendig": {"anyOf": [*_YES_OR_NO, *_UNKNOWN], "title": "Übernimmt alles Übrige niemand?"},
        "notiz": _NOTE,
    }
    for column, name in overview.columns.items():
        properties[column] = {"$ref": f"#/$defs/{_ASSIGNMENT}", "title": f"{name}: alle Aufgaben der Spalte"}
    for block in overview.blocks:
        area, _, column = block.partition(".")
        title = f"{overview.areas[area]}: {overview.columns[column]}"
        assigned = {"$ref": f"#/$defs/{_ASSIGNMENT}", "title": title}
        properties[block] = assigned
        empty: Json = {"type": "object", "additionalProperties": False, "properties": {}}
        properties.setdefault(area, empty)["properties"][column] = assigned
    for key, entry in overview.entries.items():
        properties[key] = {"$ref": f"#/$defs/{_ASSIGNMENT}", "title": entry.label}
    entries = {"type": "object", "additionalProperties": False, "properties": properties}
    plain: list[Json] = [{"const": "keine"}, entries, *_UNKNOWN]
    return {"anyOf": [*plain, _noted(plain)]}


def _assignment() -> Json:
    role = {"anyOf": [*_options(ROLES), *_UNKNOWN], "title": "Rolle"}
    actors = {
        "type": "object",
        "properties": {"notiz": _NOTE},
        "patternProperties": {_key_but({"notiz", "niemand", "wert", *ROLES}): role},
        "additionalProperties": False,
    }
    plain: list[Json] = [{"const": "niemand"}, actors, *_UNKNOWN]
    return {"title": "Wer es übernimmt, mit der Rolle", "anyOf": [*plain, _noted(plain)]}
