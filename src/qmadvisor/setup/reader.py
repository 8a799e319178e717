"""Read a whole setup: a file, its nodes, or plain values by path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import Place, Problem, SetupError
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.language.values import Interval
from qmadvisor.setup.deviations import read_deviations
from qmadvisor.setup.digest import digest_of
from qmadvisor.setup.draft import Draft
from qmadvisor.setup.facts import read_facts
from qmadvisor.setup.header import KEYS, Header, read_header, read_overrides
from qmadvisor.setup.model import SCHEMA, Deviation, Setup
from qmadvisor.setup.plain import as_node
from qmadvisor.setup.problems import MAX_PROBLEMS, Problems
from qmadvisor.setup.rates import rates_at

_NO_RULES: Mapping[str, str | None] = {}


def load_setup(
    path: Path,
    catalogue: Catalogue,
    parameters: Parameters,
    as_of: date,
    *,
    name: str | None = None,
    rule_ids: Collection[str] | None = None,
    retired: Mapping[str, str | None] = _NO_RULES,
) -> Setup:
    """Read a setup file, JSON where its name ends so, else YAML.

    Raises DocumentError for a file that is no plain document, SetupError with all its problems.
    """
    shown = name or path.name
    node = documents.read_file(path, shown)
    return read_setup(node, catalogue, parameters, as_of, name=shown, rule_ids=rule_ids, retired=retired)


def read_setup(
    node: Node,
    catalogue: Catalogue,
    parameters: Parameters,
    as_of: date,
    *,
    name: str,
    rule_ids: Collection[str] | None = None,
    retired: Mapping[str, str | None] = _NO_RULES,
    most_problems: int = MAX_PROBLEMS,
) -> Setup:
    """Read a setup from the nodes of its file, or of any other document (`documents.read_bytes`).

    `as_of` is the day whose parameters convert hours to posts. Deviations are checked against
    `rule_ids` where they are given; `retired` maps retired rule ids to what replaces them.
    Raises SetupError with all problems (the first `most_problems`), each with file, line, column and path.
    """
    problems = Problems(name, most=most_problems)
    root = _root(node, name)
    header = read_header(root, problems)
    overrides = read_overrides(root, parameters, problems)
    deviations = read_deviations(root, problems, rule_ids, retired)
    draft = _draft(catalogue, parameters, as_of, overrides, problems)
    if "notiz" in root.items:
        draft.note("", root.items["notiz"])
    read_facts(root, draft, KEYS)
    problems.raise_any()
    return _setup(header, draft, deviations, overrides)


def read_values(
    given: Mapping[str, Any],
    catalogue: Catalogue,
    parameters: Parameters,
    as_of: date,
    *,
    name: str = "",
    overrides: Mapping[str, Interval | None] | None = None,
) -> Setup:
    """Read facts alone, by path: plain Python values, strings in any notation, or nodes.

    The result has neither title nor deviations. Raises SetupError with all problems.
    """
    problems = Problems(name or None)
    own = dict(overrides or {})
    draft = _draft(catalogue, parameters, as_of, own, problems)
    root = as_node(given)
    if isinstance(root, documents.Mapping):
        read_facts(root, draft, frozenset())
    problems.raise_any()
    return _setup(Header("", None, None), draft, {}, own)


def _root(node: Node, name: str) -> documents.Mapping:
    if isinstance(node, documents.Mapping):
        return node
    place = Place(name, node.line or None, node.column or None)
    remedy = f"Beginnen Sie die Datei mit der Zeile „schema: {SCHEMA}“."
    message = "Die Datei enthält keine Angaben der Form „name: wert“."
    raise SetupError([Problem("not_a_setup", message, place, remedy=remedy)])


def _draft(
    catalogue: Catalogue,
    parameters: Parameters,
    as_of: date,
    overrides: Mapping[str, Interval | None],
    problems: Problems,
) -> Draft:
    values = {fact.path: fact.unknown for fact in catalogue.inputs}
    return Draft(catalogue, rates_at(parameters, as_of, overrides), problems, values)


def _setup(
    header: Header,
    draft: Draft,
    deviations: Mapping[str, Deviation],
    overrides: Mapping[str, Interval | None],
) -> Setup:
    return Setup(
        title=header.title,
        programme=header.programme,
        phase=header.phase,
        values=draft.values,
        stated=frozenset(draft.stated),
        notes=draft.notes,
        readings=draft.readings,
        deviations=deviations,
        parameter_overrides=overrides,
        digest=digest_of(header, draft.content, draft.notes, deviations, overrides),
    )
