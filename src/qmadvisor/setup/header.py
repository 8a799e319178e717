"""Read what a setup file says about itself: format, title, programme, phase, own parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from qmadvisor import documents
from qmadvisor.documents import Node, Scalar
from qmadvisor.errors import SetupError, did_you_mean, excerpt, listing
from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.language.types import NumberType
from qmadvisor.language.values import Interval
from qmadvisor.setup.answers import is_unknown, read_choice, read_text, single_text
from qmadvisor.setup.model import PHASES, PROGRAMMES, SCHEMA
from qmadvisor.setup.numbers import read_number
from qmadvisor.setup.problems import Problems, refusal

KEYS = frozenset({"schema", "titel", "programm", "phase", "notiz", "abweichungen", "parameter"})
SWITCHED_OFF = "aus"
_MAX_TITLE = 200
_FIRST_LINE = f"Beginnen Sie die Datei mit der Zeile „schema: {SCHEMA}“."


@dataclass(frozen=True, slots=True)
class Header:
    """Title, programme and phase of a setup."""

    title: str
    programme: str | None
    phase: str | None


def read_header(root: documents.Mapping, problems: Problems) -> Header:
    """Read schema, title, programme and phase; problems are noted at their place."""
    _check_schema(root, problems)
    return Header(
        _title(root, problems),
        _option(root, "programm", PROGRAMMES, problems),
        _option(root, "phase", PHASES, problems),
    )


def read_overrides(
    root: documents.Mapping, parameters: Parameters, problems: Problems
) -> dict[str, Interval | None]:
    """Read the setup's own values for adjustable parameters; None means switched off ("aus")."""
    overrides: dict[str, Interval | None] = {}
    for name, node in section(root, "parameter", problems).items():
        if problems.full or is_unknown(node):
            continue
        try:
            _check_adjustable(name, parameters)
            overrides[name] = _override(single_text(node), name, parameters)
        except SetupError as error:
            problems.take(error, node, f"parameter.{name}")
    return overrides


def section(root: documents.Mapping, key: str, problems: Problems) -> Mapping[str, Node]:
    """Return the entries below a key of the header; none where it is not used."""
    node = root.items.get(key)
    if isinstance(node, documents.Mapping):
        return node.items
    if node is not None and not is_unknown(node):
        problems.add("not_a_section", f"Unter „{key}“ stehen Namen mit Angaben.", node, key)
    return {}


def _check_schema(root: documents.Mapping, problems: Problems) -> None:
    node = root.items.get("schema")
    if node is None:
        message = "Die Datei nennt ihr Format nicht."
        problems.add("missing_schema", message, root, "schema", remedy=_FIRST_LINE)
    elif not isinstance(node, Scalar) or node.text != SCHEMA:
        found = excerpt(node.text) if isinstance(node, Scalar) else None
        problems.add(
            "unknown_schema",
            "Dieses Format kann das Programm nicht lesen.",
            node,
            "schema",
            found=found,
            allowed=SCHEMA,
            remedy=_FIRST_LINE,
        )


def _title(root: documents.Mapping, problems: Problems) -> str:
    node = root.items.get("titel")
    if node is None or is_unknown(node):
        remedy = "Ergänzen Sie zum Beispiel „titel: Quartiersmanagement in der Nordstadt“."
        place = node or root
        problems.add("missing_title", "Die Datei hat keinen Titel.", place, "titel", remedy=remedy)
        return ""
    try:
        return read_text(single_text(node), _MAX_TITLE)
    except SetupError as error:
        problems.take(error, node, "titel")
        return ""


def _option(root: documents.Mapping, key: str, labels: Mapping[str, str], problems: Problems) -> str | None:
    node = root.items.get(key)
    if node is None or is_unknown(node):
        return None
    try:
        return read_choice(single_text(node), labels)
    except SetupError as error:
        problems.take(error, node, key)
        return None


def _check_adjustable(name: str, parameters: Parameters) -> None:
    adjustable = sorted(parameters.adjustable)
    if name in parameters.names and name not in adjustable:
        raise refusal(
            "fixed_parameter",
            f"„{name}“ lässt sich nicht ändern.",
            allowed=listing(adjustable),
            remedy="Lassen Sie die Zeile weg.",
        )
    if name not in adjustable:
        raise refusal(
            "unknown_parameter",
            "Diesen Parameter gibt es nicht.",
            found=excerpt(name),
            allowed=listing(adjustable),
            remedy=did_you_mean(name, adjustable),
        )


def _override(text: str, name: str, parameters: Parameters) -> Interval | None:
    if text.strip().lower() == SWITCHED_OFF:
        return None
    return read_number(text, NumberType(parameters.unit(name), range=Interval(0, inf)))
