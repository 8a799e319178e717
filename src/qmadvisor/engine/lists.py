"""Decide all statements over one list at once: each record is looked at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.engine.atoms import Atoms, looked_up
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import AllOf, AnyOf, Decision, Formula, Negation
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
        formulas = [_of_entry(node, atoms) for node in nodes]
        self._engine = CompiledEngine([Decision("", "", None, formula) for formula in formulas])
        unnamed = self._row(_anything(nodes))
        positions = list(map(self._engine.position, formulas))
        self._statements = [
            (position, node.kind == "every", unnamed[position])
            for node, position in zip(nodes, positions, strict=True)
        ]

    def truths(self, known: RecordList) -> list[Truth]:
        """Return the truth of every statement, in order. An unnamed entry may be anything that is allowed."""
        rows = [self._row(record) for record in known.records]
        return [
            _combined([row[position] for row in rows], every, known.complete or unnamed is every)
            for position, every, unnamed in self._statements
        ]

    def _row(self, record: Record) -> list[Truth]:
        return self._engine.completed(looked_up(self._tables, record.values))


def _of_entry(node: syntax.Quantified, atoms: Atoms) -> Formula:
    """What one entry adds: `where and body` for some, `not where or body` for every."""
    body = atoms.formula(node.body)
    if node.where is None:
        return body
    where = atoms.formula(node.where)
    return AnyOf((Negation(where), body)) if node.kind == "every" else AllOf((where, body))


def _combined(column: Sequence[Truth], every: bool, nothing_more: bool) -> Truth:
    if (not every) in column:
        return not every
    return every if nothing_more and None not in column else None


def _anything(nodes: Sequence[syntax.Quantified]) -> Record:
    fields = [part for node in nodes for part in syntax.walk(node) if isinstance(part, syntax.Field)]
    return Record("", {part.name: unknown_value(_type(part)) for part in fields})


def _type(node: syntax.Field) -> Type:
    assert node.type is not None  # the checker saw to it
    return node.type
