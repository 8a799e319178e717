"""Number the atoms of many conditions, those of one fact side by side, so that a fact is looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Formula, Negation
from qmadvisor.language import syntax
from qmadvisor.language.printer import to_text
from qmadvisor.language.tables import Answers, Group, answers_of, group_of, reads_its_record_only
from qmadvisor.language.values import Truth, Value

#: A fact or field, and what its value says to each of its comparisons.
Table = tuple[str, Answers]


def looked_up(tables: tuple[Table, ...], values: Mapping[str, Value]) -> list[Truth]:
    """Return the truths of all atoms that have tables, in their order."""
    truths: list[Truth] = []
    for name, answers in tables:
        truths += answers(values[name])
    return truths


@dataclass(slots=True)
class Atoms:
    """Collects conditions, then numbers their atoms in the order of the buckets.

    `groups`: comparisons of one fact (or field). `lists`: statements over a list that read nothing but its
    records. `apart`: all others.
    """

    leaf: type[syntax.Fact] | type[syntax.Field]
    groups: dict[Group, dict[str, syntax.Expression]] = field(default_factory=dict)
    lists: dict[str, dict[str, syntax.Quantified]] = field(default_factory=dict)
    apart: dict[str, syntax.Expression] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)

    def add(self, condition: syntax.Expression) -> None:
        """Take in the atoms of a condition; equal ones count once."""
        for atom in syntax.atoms(condition):
            name, group = to_text(atom), group_of(atom, self.leaf)
            if group is not None:
                self.groups.setdefault(group, {}).setdefault(name, atom)
            elif isinstance(atom, syntax.Quantified) and reads_its_record_only(atom):
                self.lists.setdefault(atom.list, {}).setdefault(name, atom)
            else:
                self.apart.setdefault(name, atom)

    def numbered(self) -> tuple[Table, ...]:
        """Give every atom its number; return the tables of the groups."""
        for name in chain(*self.groups.values(), *self.lists.values(), self.apart):
            self.index[name] = len(self.index)
        return tuple(
            [(name, answers_of(kind, list(nodes.values()))) for (name, kind), nodes in self.groups.items()]
        )

    def formula(self, node: syntax.Expression) -> Formula:
        """Return a condition as an engine sees it."""
        match node:
            case syntax.And():
                return AllOf(tuple(map(self.formula, node.items)))
            case syntax.Or():
                return AnyOf(tuple(map(self.formula, node.items)))
            case syntax.Not():
                return Negation(self.formula(node.item))
            case _:
                return Atom(self.index[to_text(node)])
