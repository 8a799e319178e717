"""A rule base made ready to run: every condition once, and each rule as a formula over atoms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import NO_RECORDS, Evaluator, Facts, compile_expression, joined, negated
from qmadvisor.language.printer import to_text
from qmadvisor.language.trace import Trace
from qmadvisor.rules.model import Rule

#: How the second decision of a hint is named: is the option already used?
TAKEN = "#taken"

_Step = Callable[[Sequence[Trace]], Trace]


@dataclass(frozen=True, slots=True)
class Program:
    """The atoms' evaluators, the steps that put and/or/not over them together, and the decisions.

    `roots` says where the traces of each decision's `applies` and demand stand.
    """

    atoms: tuple[Evaluator, ...]
    steps: tuple[_Step, ...]
    decisions: tuple[Decision, ...]
    roots: tuple[tuple[int | None, int], ...]

    def evaluate(self, facts: Facts) -> list[Trace]:
        """Evaluate every condition once: first all atoms, in their order, then what is made of them."""
        traces = [atom(facts, NO_RECORDS) for atom in self.atoms]
        for step in self.steps:
            traces.append(step(traces))
        return traces

    def traces(self, index: int, evaluated: Sequence[Trace]) -> tuple[Trace | None, Trace]:
        """Return the traces of one decision's `applies` and demand."""
        applies, demand = self.roots[index]
        return (None if applies is None else evaluated[applies]), evaluated[demand]


def build_program(rules: Sequence[Rule]) -> Program:
    """Split all conditions into atoms and formulas; equal conditions are shared."""
    builder = _Builder()
    for rule in rules:
        builder.add(rule)
    return builder.program()


@dataclass(slots=True)
class _Builder:
    atoms: list[Evaluator] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    conditions: list[tuple[syntax.Expression | None, syntax.Expression]] = field(default_factory=list)

    def add(self, rule: Rule) -> None:
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
        self.conditions.append((applies, demand))

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

    def program(self) -> Program:
        """Finish: what is made of atoms stands behind the last of them."""
        steps = _Steps(len(self.atoms), self.index)
        roots = tuple(
            (None if applies is None else steps.position(applies), steps.position(demand))
            for applies, demand in self.conditions
        )
        return Program(tuple(self.atoms), tuple(steps.steps), tuple(self.decisions), roots)


@dataclass(slots=True)
class _Steps:
    """Gives every condition a place in the list of traces, behind its parts."""

    atoms: int
    index: dict[str, int]
    steps: list[_Step] = field(default_factory=list)

    def position(self, node: syntax.Expression) -> int:
        """Return the place of a condition's trace."""
        name = to_text(node)
        if name not in self.index:
            step = self.step(node)
            self.index[name] = self.atoms + len(self.steps)
            self.steps.append(step)
        return self.index[name]

    def step(self, node: syntax.Expression) -> _Step:
        """Only and/or/not are missing by now."""
        if isinstance(node, syntax.And | syntax.Or):
            return _junction(node, tuple(map(self.position, node.items)))
        assert isinstance(node, syntax.Not)
        return _negation(node, self.position(node.item))


def _switch(parameter: str) -> Evaluator:
    def run(facts: Facts, scope: object) -> Trace:
        in_force = bool(facts.parameters[parameter].values)
        return Trace(syntax.Truth(in_force), in_force)

    return run


def _junction(node: syntax.And | syntax.Or, positions: tuple[int, ...]) -> _Step:
    parts_of = itemgetter(*positions)
    decisive = isinstance(node, syntax.Or)
    return lambda traces: joined(node, parts_of(traces), decisive)


def _negation(node: syntax.Not, position: int) -> _Step:
    return lambda traces: negated(node, traces[position])
