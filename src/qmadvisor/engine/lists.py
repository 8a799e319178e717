"""Decide all statements over one list at once: each record is looked at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

from qmadvisor.engine.atoms import Atoms, looked_up
from qmadvisor.engine.circuit import Circuit, Known, Place, Wiring
from qmadvisor.engine.formula import AllOf, AnyOf, Formula, Negation
from qmadvisor.language import syntax
from qmadvisor.language.tables import parts_of_statement
from qmadvisor.language.types import Type, unknown_value
from qmadvisor.language.values import Record, RecordList, Truth


class ListStatements:
    """All `some` and `every` over one list that read their record only."""

    def __init__(self, nodes: Sequence[syntax.Quantified]) -> None:
        atoms = Atoms(syntax.Field)
        for node in nodes:
            for part in parts_of_statement(node):
                atoms.add(part)
        self._tables = atoms.numbered()
        wiring = Wiring()
        self._places = [_decisive(wiring, _of_entry(node, atoms), node.kind) for node in nodes]
        self._circuit = Circuit(wiring)
        self._unnamed = self._of_record(_anything(nodes)).false

    def truths(self, known: RecordList) -> list[Truth]:
        """Return the truth of every statement, in order. An unnamed entry may be anything that is allowed."""
        entries = list(map(self._of_record, known.records))
        decided = reduce(or_, [entry.true for entry in entries], 0)
        # Without any entry, all that can be said of each is said; an unnamed one decides nothing itself.
        nowhere = reduce(and_, [entry.false for entry in entries], -1 if known.complete else self._unnamed)
        found = Known(decided, nowhere)
        return [place.truth(found) for place in self._places]

    def _of_record(self, record: Record) -> Known:
        return self._circuit.known(looked_up(self._tables, record.values))


def _decisive(wiring: Wiring, entry: Formula, kind: str) -> Place:
    """Place what one entry adds so that what is true at its bit decides: it does for some, it does not for every."""
    if kind == "every":
        (place,) = wiring.place(Negation(entry)).parts
        return place
    return wiring.place(entry)


def _of_entry(node: syntax.Quantified, atoms: Atoms) -> Formula:
    """What one entry adds: `where and body` for some, `not where or body` for every."""
    body = atoms.formula(node.body)
    if node.where is None:
        return body
    where = atoms.formula(node.where)
    return AnyOf((Negation(where), body)) if node.kind == "every" else AllOf((where, body))


def _anything(nodes: Sequence[syntax.Quantified]) -> Record:
    fields = [part for node in nodes for part in syntax.walk(node) if isinstance(part, syntax.Field)]
    return Record("", {part.name: unknown_value(_type(part)) for part in fields})


def _type(node: syntax.Field) -> Type:
    assert node.type is not None  # the checker saw to it
    return node.type
