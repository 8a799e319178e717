"""What a rule base must not do although each rule is well-formed: the checks of `rules lint`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.engine.program import TAKEN, build_program
from qmadvisor.errors import Place, Problem
from qmadvisor.language.syntax import facts_read
from qmadvisor.language.types import ActorType, TaskMatrixType
from qmadvisor.rules.loader import PLACEHOLDER, RuleBase
from qmadvisor.rules.model import Rule

#: More atoms than this in one rule would need an approach other than enumeration.
MAX_ATOMS = 10


def lint(rule_base: RuleBase) -> list[Problem]:
    """Return everything to mend in a rule base that loads."""
    found = [problem for rule in rule_base.rules for problem in _rule_problems(rule)]
    return [*found, *_needless_openness(rule_base), *_unread_facts(rule_base)]


def _rule_problems(rule: Rule) -> Iterator[Problem]:
    shown = {case.then for case in rule.spec.examples.cases}
    expected = {"offered"} if rule.is_hint else {"fulfilled", "violated", "open"}
    if rule.applies is not None:
        expected.add("not_applicable")
    if rule.taken is not None:
        expected.add("taken")
    for outcome in sorted(expected - shown):
        yield Problem(
            "no_example", f"Für das Ergebnis „{outcome}“ gibt es noch kein Beispiel.", Place(rule.file)
        )


def _needless_openness(rule_base: RuleBase) -> Iterator[Problem]:
    """A rule that is open although every answer leads to the same outcome is badly put."""
    files = {rule.id: rule.file for rule in rule_base.rules}
    for decision in build_program(rule_base.rules).decisions:
        place = Place(files[decision.key.removesuffix(TAKEN)])
        indexes = sorted(_atoms(decision.demand) | (_atoms(decision.applies) if decision.applies else set()))
        if len(indexes) > MAX_ATOMS:
            yield Problem(
                "too_many_atoms", "Die Regel hat zu viele Einzelbedingungen.", place, str(len(indexes))
            )
        elif _is_needlessly_open(decision, indexes):
            remedy = "Formulieren Sie die Bedingung so um, dass keine Einzelbedingung zweimal vorkommt."
            yield Problem(
                "needlessly_open",
                "Die Regel bleibt offen, obwohl jede Antwort gleich ausgeht.",
                place,
                remedy=remedy,
            )


def _is_needlessly_open(decision: Decision, indexes: Sequence[int]) -> bool:
    """Merge outcomes from the fully known up: an assignment with a gap has the outcomes of both fillings."""
    engine = CompiledEngine([decision])
    outcomes: dict[tuple[bool | None, ...], frozenset[Status]] = {}
    for values in sorted(product((True, False, None), repeat=len(indexes)), key=lambda one: one.count(None)):
        truths: list[bool | None] = [None] * (indexes[-1] + 1)
        for index, value in zip(indexes, values, strict=True):
            truths[index] = value
        status = engine.decide(truths)[0]
        if None not in values:
            outcomes[values] = frozenset([status])
            continue
        gap = values.index(None)
        fillings = [(*values[:gap], value, *values[gap + 1 :]) for value in (True, False)]
        outcomes[values] = outcomes[fillings[0]] | outcomes[fillings[1]]
        if status is Status.OPEN and len(outcomes[values]) == 1:
            return True
    return False


def _atoms(formula: Formula) -> set[int]:
    match formula:
        case Atom(index=index):
            return {index}
        case Negation(item=item):
            return _atoms(item)
        case AllOf(items=items) | AnyOf(items=items):
            return set().union(*map(_atoms, items))


def _unread_facts(rule_base: RuleBase) -> Iterator[Problem]:
    """A question whose answer changes nothing wastes the planner's time."""
    catalogue = rule_base.knowledge.catalogue
    read = {
        path for rule in rule_base.rules for condition in rule.conditions for path in facts_read(condition)
    }
    read |= {
        name
        for rule in rule_base.rules
        for text in rule.spec.says.values()
        for name in PLACEHOLDER.findall(text)
    }
    for derivation in reversed(catalogue.derivations):
        if derivation.fact.path in read:
            read |= set(derivation.reads)
    holders = [holder for fact in catalogue.facts.values() for holder in (fact, *fact.fields.values())]
    referred = {holder.type.of for holder in holders if isinstance(holder.type, ActorType | TaskMatrixType)}
    for path in catalogue.facts:
        if path not in read | referred:
            yield Problem("unread_fact", "Diesen Fakt liest keine Regel.", Place(path=path))
