"""What a rule base must not do although each rule is well-formed: the checks of `rules lint`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import get_args

from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.finding import HintState, hint_state
from qmadvisor.engine.formula import AllOf, AnyOf, Atom, Decision, Formula, Negation, Status
from qmadvisor.engine.program import TAKEN, build_program
from qmadvisor.errors import DocumentError, KnowledgeError, Place, Problem
from qmadvisor.language import syntax
from qmadvisor.language.syntax import Compare, Expression, Fact, InSet, Text, facts_read, walk
from qmadvisor.language.types import ActorType, TaskMatrixType
from qmadvisor.rules.advice import AdviceRule
from qmadvisor.rules.consistency import inconsistencies
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.model import Rule
from qmadvisor.rules.texts import PLACEHOLDER

#: More atoms than this in one rule would need an approach other than enumeration.
MAX_ATOMS = 10
_ALL_FINDINGS = tuple(status.value for status in Status)
_ALL_HINTS: tuple[HintState, ...] = get_args(HintState)


def lint(rule_base: RuleBase) -> list[Problem]:
    """Return everything to mend in a rule base that loads."""
    found = [problem for rule in rule_base.rules for problem in _rule_problems(rule)]
    found += [problem for advice in rule_base.advice for problem in _advice_problems(rule_base, advice)]
    return [
        *found,
        *_needless_openness(rule_base),
        *_unread_facts(rule_base),
        *inconsistencies(rule_base),
    ]


def _rule_problems(rule: Rule) -> Iterator[Problem]:
    possible = _possible_outcomes(rule)
    try:
        shown = {case.then for case in rule.spec.examples.cases}
    except (KnowledgeError, DocumentError) as error:
        yield from error.problems
        return
    for outcome in sorted(possible - shown):
        yield Problem(
            "no_example", f"Für das Ergebnis „{outcome}“ gibt es noch kein Beispiel.", Place(rule.file)
        )
    told = set(rule.spec.says) - (possible | ({"not_applicable"} if rule.spec.parameter else set()))
    for outcome in sorted(told):
        message = f"Das Ergebnis „{outcome}“ kann nicht vorkommen."
        yield Problem("impossible_outcome", message, Place(rule.file, path=f"says.{outcome}"))


def _possible_outcomes(rule: Rule) -> set[str]:
    """Return what can come out where each single condition may be true or false, or nothing is known.

    A parameter that a setup switched off is left aside: examples have no parameters of their own.
    """
    program = build_program([rule])
    switches = 1 if rule.spec.parameter else 0
    count = len(_atoms_of(program.decisions)) - switches
    if count > MAX_ATOMS:
        return set(_ALL_HINTS if rule.is_hint else _ALL_FINDINGS)
    always = rule.is_hint and rule.demand == syntax.Truth(True)
    outcomes: set[str] = set()
    for values in chain(product((True, False), repeat=count), [(None,) * count]):
        statuses = program.engine.decide([*values, *[True] * switches])
        if not (always and statuses[0] is not Status.FULFILLED):
            outcomes.add(hint_state(statuses) if rule.is_hint else statuses[0].value)
    return outcomes


def _advice_problems(rule_base: RuleBase, advice: AdviceRule) -> Iterator[Problem]:
    shown = {case.then for case in advice.spec.examples.cases}
    for state in sorted({"shown", "silent"} - shown):
        yield Problem(
            "no_example", f"Für das Ergebnis „{state}“ gibt es noch kein Beispiel.", Place(advice.file)
        )
    for path in _outcomes_asked(advice.demand, Status.NOT_APPLICABLE):
        rule = rule_base.rule(path.partition(".")[2])
        if rule.applies is None and not rule.spec.parameter:
            message = "Dieser Befund kann nie „nicht anwendbar“ sein: Die Regel gilt für jede Planung."
            yield Problem("impossible_outcome", message, Place(advice.file), path)


def _outcomes_asked(condition: Expression, status: Status) -> Iterator[str]:
    """The findings that a condition asks for this outcome."""
    for node in walk(condition):
        match node:
            case Compare(left=Fact(path=path), right=Text(value=asked)) if asked == status:
                yield path
            case InSet(item=Fact(path=path), options=options) if Text(status.value) in options:
                yield path


def _needless_openness(rule_base: RuleBase) -> Iterator[Problem]:
    """A rule that is open although every answer leads to the same outcome is badly put."""
    files = {rule.id: rule.file for rule in rule_base.everything}
    for decision in build_program(rule_base.everything).decisions:
        place = Place(files[decision.key.removesuffix(TAKEN)])
        indexes = sorted(_atoms_of([decision]))
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


def _atoms_of(decisions: Sequence[Decision]) -> set[int]:
    formulas = [part for each in decisions for part in (each.applies, each.demand) if part is not None]
    return set().union(*map(_atoms, formulas))


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
    for advice in rule_base.advice:
        read |= {*facts_read(advice.demand), *PLACEHOLDER.findall(advice.spec.says)}
    for derivation in reversed(catalogue.derivations):
        if derivation.fact.path in read:
            read |= set(derivation.reads)
    holders = [holder for fact in catalogue.facts.values() for holder in (fact, *fact.fields.values())]
    referred = {holder.type.of for holder in holders if isinstance(holder.type, ActorType | TaskMatrixType)}
    for path in catalogue.facts:
        if path not in read | referred:
            yield Problem("unread_fact", "Diesen Fakt liest keine Regel.", Place(path=path))
