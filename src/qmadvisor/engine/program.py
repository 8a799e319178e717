"""A rule base made ready to run: every atom once, and each rule as a formula over atoms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import NO_RECORDS, Evaluator, Facts, compile_expression, joined, negated
from qmadvisor.language.printer import to_text
from qmadvisor.language.trace import Trace
from qmadvisor.rules.model import Conditional

#: How the second decision of a hint is named: is the option already used?
TAKEN = "#taken"

Composer = Callable[[Sequence[Trace]], Trace]
#: Those of `applies` (None where a rule applies everywhere) and of the demand.
Composers = tuple[Composer | None, Composer]


@dataclass(frozen=True, slots=True)
class Program:
    """The atoms' evaluators, the decisions over them, and how each decision's traces are put together."""

    atoms: tuple[Evaluator, ...]
    decisions: tuple[Decision, ...]
    composers: tuple[Composers, ...]

    def evaluate(self, facts: Facts) -> list[Trace]:
        """Evaluate every atom once."""
        return [atom(facts, NO_RECORDS) for atom in self.atoms]


def build_program(rules: Sequence[Conditional]) -> Program:
    """Split all conditions into atoms and formulas; equal conditions are shared."""
    builder = _Builder()
    for rule in rules:
        builder.add(rule)
    return Program(tuple(builder.atoms), tuple(builder.decisions), tuple(builder.composers))


@dataclass(slots=True)
class _Builder:
    atoms: list[Evaluator] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    composers: list[Composers] = field(default_factory=list)

    def add(self, rule: Conditional) -> None:
        switch = self.switch(rule.spec.parameter) if rule.spec.parameter else None
        self.decide(rule.id, rule.spec.section, rule.applies, rule.demand, switch)
        if rule.taken is not None:
            self.decide(rule.id + TAKEN, rule.spec.section, None, rule.taken, None)

    def decide(
        self,
        key: str,
        section: str,
        applies: syntax.Expression | None,
        demand: syntax.Expression,
        switch: Atom | None,
    ) -> None:
        gate = None if applies is None else self.formula(applies)
        if switch is not None:
            gate = switch if gate is None else AllOf((switch, gate))
        self.decisions.append(Decision(key, section, gate, self.formula(demand)))
        self.composers.append((None if applies is None else self.composer(applies), self.composer(demand)))

    def switch(self, parameter: str) -> Atom:
        """A reading of ours that a setup switched off does not apply."""
        return self.atom(f"parameter.{parameter}?", lambda: _switch(parameter))

    def formula(self, node: syntax.Expression) -> Formula:
        match node:
            case syntax.And():
                return AllOf(tuple(map(self.formula, node.items)))
            case syntax.Or():
                return AnyOf(tuple(map(self.formula, node.items)))
            case syntax.Not():
                return Negation(self.formula(node.item))
            case _:
                return self.atom(to_text(node), lambda: compile_expression(node))

    def atom(self, name: str, evaluator: Callable[[], Evaluator]) -> Atom:
        if name not in self.index:
            self.index[name] = len(self.atoms)
            self.atoms.append(evaluator())
        return Atom(self.index[name])

    def composer(self, node: syntax.Expression) -> Composer:
        """And/or/not are put together when somebody reads them; the atoms are there already."""
        match node:
            case syntax.And() | syntax.Or():
                return _junction(node, self.parts(node))
            case syntax.Not():
                return _negation(node, self.composer(node.item))
            case _:
                return itemgetter(self.index[to_text(node)])

    def parts(self, node: syntax.And | syntax.Or) -> Callable[[Sequence[Trace]], tuple[Trace, ...]]:
        """Most and/or are made of atoms alone, which are taken out in one go."""
        positions = [self.index.get(to_text(item)) for item in node.items]
        known = [position for position in positions if position is not None]
        if len(known) == len(positions) > 1:
            return itemgetter(*known)
        items = tuple(map(self.composer, node.items))
        return lambda atoms: tuple([item(atoms) for item in items])


def _switch(parameter: str) -> Evaluator:
    def run(facts: Facts, scope: object) -> Trace:
        in_force = bool(facts.parameters[parameter].values)
        return Trace(syntax.Truth(in_force), in_force)

    return run


def _junction(
    node: syntax.And | syntax.Or, parts_of: Callable[[Sequence[Trace]], tuple[Trace, ...]]
) -> Composer:
    decisive = isinstance(node, syntax.Or)
    return lambda atoms: joined(node, parts_of(atoms), decisive)


def _negation(node: syntax.Not, item: Composer) -> Composer:
    return lambda atoms: negated(node, item(atoms))
