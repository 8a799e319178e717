"""A rule base made ready to run: every atom once, and each rule as a formula over atoms.

A run leaves a `Record`: the truth of every sub-condition and the facts that led to it. Traces are views of it:
what they show is read from the record when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from qmadvisor.engine.atoms import Atoms, Table, looked_up
from qmadvisor.engine.circuit import Known, Place
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import AllOf, Atom, Decision
from qmadvisor.engine.lists import ListStatements
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import NO_RECORDS, Evaluator, Facts, compile_expression
from qmadvisor.language.trace import Evaluated, Trace
from qmadvisor.language.values import RecordList, Truth
from qmadvisor.rules.model import Conditional

#: How the second decision of a hint is named: is the option already used?
TAKEN = "#taken"


@dataclass(frozen=True, slots=True)
class Record:
    """What a run leaves: the facts, the truths of the atoms, and those of every and, or and not above them."""

    facts: Facts
    truths: Sequence[Truth]
    known: Known


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a condition's truth stands in a record, and how to see what lies below it."""

    node: syntax.Expression
    place: Place
    parts: tuple[Layout, ...] = ()
    evaluator: Evaluator | None = None


class View(tuple[Layout, Record], Trace):
    """The trace of a condition as it was recorded; a tuple because `map` makes very many without running Python."""

    __slots__ = ()

    # A view is one of a kind, like any trace: two that look alike are not the same.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def node(self) -> syntax.Expression:
        """The condition."""
        return self[0].node

    @property
    def value(self) -> Truth:
        """Its truth as it was recorded."""
        layout, recorded = self
        return layout.place.truth(recorded.known)

    @property
    def parts(self) -> tuple[Trace, ...]:
        """Below an atom stand values; an atom is a pure function of the facts, so they are found when read."""
        layout, recorded = self
        if layout.evaluator is not None:
            return layout.evaluator(recorded.facts, NO_RECORDS).parts
        return tuple([View((part, recorded)) for part in layout.parts])


#: The layout of `applies` (None where a rule applies everywhere) and of the demand.
Layouts = tuple[Layout | None, Layout]


@dataclass(frozen=True, slots=True)
class Program:
    """How to find the truth of every atom, the decisions over them, and the layout of each decision's traces.

    The atoms are numbered in the order of the fields: comparisons of one fact, statements over a list, others.
    """

    tables: tuple[Table, ...]
    lists: tuple[tuple[str, ListStatements], ...]
    others: tuple[Evaluator, ...]
    decisions: tuple[Decision, ...]
    layouts: tuple[Layouts, ...]
    engine: CompiledEngine

    def evaluate(self, facts: Facts) -> Record:
        """Find the truth of every atom once, and of every formula over them."""
        truths = looked_up(self.tables, facts.values)
        for path, statements in self.lists:
            truths += statements.truths(cast("RecordList", facts.values[path]))
        truths += [cast("Truth", evaluator(facts, NO_RECORDS).value) for evaluator in self.others]
        return Record(facts, truths, self.engine.known(truths))


def build_program(rules: Sequence[Conditional]) -> Program:
    """Split all conditions into atoms and formulas; equal conditions are shared."""
    atoms = Atoms(syntax.Fact)
    for rule in rules:
        for condition in rule.conditions:
            atoms.add(condition)
    tables = atoms.numbered()
    switches = dict.fromkeys(rule.spec.parameter for rule in rules if rule.spec.parameter)
    for parameter in switches:
        atoms.index[_switch_name(parameter)] = len(atoms.index)
    conditions = [each for rule in rules for each in _conditions(rule)]
    decisions = tuple([each.decision(atoms) for each in conditions])
    engine = CompiledEngine(decisions)
    layouts = [each.layouts(*places) for each, places in zip(conditions, engine.places, strict=True)]
    return Program(
        tables,
        tuple([(path, ListStatements(list(nodes.values()))) for path, nodes in atoms.lists.items()]),
        (*map(compile_expression, atoms.apart.values()), *map(_switch, switches)),
        decisions,
        tuple(layouts),
        engine,
    )


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What one decision asks, as conditions; `parameter` can switch it off."""

    key: str
    applies: syntax.Expression | None
    demand: syntax.Expression
    parameter: str = ""

    def decision(self, atoms: Atoms) -> Decision:
        gate = None if self.applies is None else atoms.formula(self.applies)
        if self.parameter:
            switch = Atom(atoms.index[_switch_name(self.parameter)])
            gate = switch if gate is None else AllOf((switch, gate))
        return Decision(self.key, gate, atoms.formula(self.demand))

    def layouts(self, applies: Place, demand: Place) -> Layouts:
        if self.applies is None:
            return None, _layout(self.demand, demand)
        if self.parameter:
            _, applies = applies.parts  # before it stands the switch, which no trace shows
        return _layout(self.applies, applies), _layout(self.demand, demand)


def _conditions(rule: Conditional) -> Iterator[_Conditions]:
    yield _Conditions(rule.id, rule.applies, rule.demand, rule.spec.parameter)
    if rule.taken is not None:
        yield _Conditions(rule.id + TAKEN, None, rule.taken)


def _layout(node: syntax.Expression, place: Place) -> Layout:
    if isinstance(node, syntax.And | syntax.Or | syntax.Not):
        parts = zip(syntax.children(node), place.parts, strict=True)
        return Layout(node, place, tuple([_layout(child, below) for child, below in parts]))
    return Layout(node, place, evaluator=compile_expression(node))


def _switch_name(parameter: str) -> str:
    return f"parameter.{parameter}?"


def _switch(parameter: str) -> Evaluator:
    """A reading of ours that a setup switched off does not apply."""

    def run(facts: Facts, scope: object) -> Trace:
        in_force = bool(facts.parameters[parameter].values)
        return Evaluated(syntax.Truth(in_force), in_force)

    return run
