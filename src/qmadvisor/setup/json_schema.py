"""The JSON Schema (draft 2020-12) of setup files, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isinf
from typing import Any

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language.types import NumberType
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Bound
from qmadvisor.setup.model import PHASES, PROGRAMMES, SCHEMA

Json = dict[str, Any]
_NOTE = {"type": "string", "title": "Notiz"}
_UNKNOWN: list[Json] = [{"const": "unbekannt"}, {"type": "null"}]
_RECORD_KEY = "^[a-z0-9_-]{1,40}$"
_KEYWORDS = frozenset({"vollstaendig", "notiz"})


def setup_schema(catalogue: Catalogue, rule_ids: Iterable[str], adjustable: Iterable[str]) -> Json:
    """Return the schema of a setup file, with German titles and descriptions."""
    properties = _header(rule_ids, adjustable)
    for fact in catalogue.inputs:
        _insert(properties, fact)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "Planung eines Quartiersmanagements",
        "description": "Alles außer schema und titel ist freiwillig; was nicht angegeben ist, gilt als unbekannt.",
        "type": "object",
        "required": ["schema", "titel"],
        "additionalProperties": False,
        "properties": properties,
    }


def _header(rule_ids: Iterable[str], adjustable: Iterable[str]) -> Json:
    day = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$|^\d{2}\.\d{2}\.\d{4}$"}
    deviation = {
        "type": "object",
        "required": ["grund"],
        "additionalProperties": False,
        "properties": {
            "grund": {"type": "string", "title": "Grund", "minLength": 1},
            "vereinbart_mit": {"type": "string", "title": "Vereinbart mit"},
            "datum": {**day, "title": "Datum der Vereinbarung"},
            "bis": {**day, "title": "Gilt bis"},
        },
    }
    value = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    return {
        "schema": {"const": SCHEMA, "title": "Format der Datei"},
        "titel": {"type": "string", "title": "Titel der Planung", "minLength": 1},
        "programm": {"title": "Förderprogramm", "anyOf": [{"enum": list(PROGRAMMES)}, *_UNKNOWN]},
        "phase": {"title": "Phase, in der die Planung steht", "anyOf": [{"enum": list(PHASES)}, *_UNKNOWN]},
        "notiz": _NOTE,
        "parameter": {
            "title": "Eigene Werte für Lesarten, oder aus",
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(sorted(adjustable), value),
        },
        "abweichungen": {
            "title": "Vereinbarte Abweichungen",
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(sorted(rule_ids), deviation),
        },
    }


def _insert(properties: Json, fact: Fact) -> None:
    """Put a fact under the keys of its path; the dotted path is a second way to write it."""
    *folders, last = fact.path.split(".")
    level = properties
    for folder in folders:
        group = level.setdefault(folder, {"type": "object", "additionalProperties": False, "properties": {}})
        level = group["properties"]
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
    plain = _plain(fact)
    if fact.kind in ("stellenumfang", "multiple"):
        return {**described, "anyOf": [*plain, *_UNKNOWN]}
    noted = {
        "type": "object",
        "required": ["wert"],
        "additionalProperties": False,
        "properties": {"wert": {"anyOf": [*plain, *_UNKNOWN]}, "notiz": _NOTE},
    }
    return {**described, "anyOf": [*plain, *_UNKNOWN, noted]}


def _plain(fact: Fact) -> list[Json]:
    match fact.kind:
        case "bool":
            return [{"type": "boolean"}, {"enum": ["ja", "nein"]}]
        case "integer" | "decimal":
            return [_number(fact), {"type": "string", "minLength": 1}]
        case "stellenumfang":
            return [
                _number(fact),
                {"type": "string", "minLength": 1},
                _staffing(),
                _noted([_number(fact), {"type": "string"}]),
            ]
        case "date":
            return [{"type": "string", "minLength": 4}, {"type": "integer", "minimum": 1, "maximum": 9999}]
        case "choice":
            return [{"enum": list(fact.words.choices)}, {"enum": list(fact.words.choices.values())}]
        case "multiple":
            return _multiple(fact.words.choices)
        case _:
            return [{"type": "string", "minLength": 1, "maxLength": fact.max_length}]


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
    amount = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "minLength": 1}]}
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
            "basis": {"enum": ["netto", "verteilt"], "title": "Wie die Jahresstunden gemeint sind"},
            "notiz": _NOTE,
        },
    }


def _noted(plain: list[Json]) -> Json:
    properties = {"wert": {"anyOf": plain}, "notiz": _NOTE}
    return {"type": "object", "required": ["wert"], "additionalProperties": False, "properties": properties}


def _multiple(choices: Mapping[str, str]) -> list[Json]:
    answer = {"anyOf": [{"type": "boolean"}, {"enum": ["ja", "nein"]}, *_UNKNOWN]}
    items = {key: {**answer, "title": label} for key, label in choices.items()}
    complete = {"vollstaendig": {**answer, "title": "Ist das alles?"}, "notiz": _NOTE}
    return [
        {"const": "keine"},
        {"type": "array", "items": {"enum": list(choices)}, "uniqueItems": True},
        {"type": "object", "additionalProperties": False, "properties": {**items, **complete}},
    ]


def _list(fact: Fact) -> Json:
    record = {
        "type": "object",
        "title": fact.words.singular,
        "additionalProperties": False,
        "properties": {**{key: _fact(inner) for key, inner in fact.fields.items()}, "notiz": _NOTE},
    }
    complete = {
        "anyOf": [{"type": "boolean"}, {"enum": ["ja", "nein"]}, *_UNKNOWN],
        "title": "Sind das alle?",
    }
    entries = {
        "type": "object",
        "properties": {"vollstaendig": complete, "notiz": _NOTE},
        "patternProperties": {f"^(?!(?:{'|'.join(sorted(_KEYWORDS))})$){_RECORD_KEY[1:]}": record},
        "additionalProperties": False,
    }
    return {"anyOf": [{"const": "keine"}, entries, *_UNKNOWN]}
