"""What the benchmarks decide: the shipped finding rules and seeded random ones, with setups for each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from tests.benchmarks.translate import PYTHON, expressible

from qmadvisor.engine.examples import EXAMPLE_DAY
from qmadvisor.errors import SetupError
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.parser import parse
from qmadvisor.language.types import (
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    Type,
    unknown_value,
)
from qmadvisor.language.values import Interval, Value, point
from qmadvisor.language.vocabulary import Term, Vocabulary, Words
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.rules.model import Rule
from qmadvisor.setup.derive import derive
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import load_setup, read_values

UNKNOWN = 0.2
SEED = 2018


@dataclass(frozen=True)
class Case:
    """One comparison: a rule base without hints, and the setups on which it decides."""

    name: str
    rule_base: RuleBase
    setups: tuple[Setup, ...]
    day: date = EXAMPLE_DAY

    @property
    def size(self) -> str:
        rules = self.rule_base.rules
        compared = sum(len(list(syntax.atoms(part))) for rule in rules for part in rule.conditions)
        return f"{len(rules)} rules, {compared} comparisons, {len(self.setups)} setups"


# The shipped rules


def shipped_cases(setups: int) -> Iterator[Case]:
    """The finding rules of the rule base, on the example setups and on random ones."""
    whole = default_rule_base()
    findings = [rule for rule in whole.rules if not rule.is_hint]
    rules = tuple([rule for rule in findings if expressible(rule, PYTHON)])
    rule_base = replace(whole, rules=rules)
    without = f" (without {len(findings) - len(rules)} that the others have no words for)"
    kind = "shipped rules" + (without if len(rules) < len(findings) else "")
    name, examples = _example_setups(rule_base)
    yield Case(f"{kind}, {name}", rule_base, examples)
    yield Case(f"{kind}, random setups", rule_base, tuple(_random_setups(rule_base, setups)))


def _example_setups(rule_base: RuleBase) -> tuple[str, tuple[Setup, ...]]:
    knowledge = rule_base.knowledge
    paths = sorted((knowledge_root() / "examples").glob("*.yaml"))
    found = [load_setup(path, knowledge.catalogue, knowledge.parameters, EXAMPLE_DAY) for path in paths]
    return ("example setups", tuple(found)) if found else ("rules' examples", tuple(_from_rules(rule_base)))


def _from_rules(rule_base: RuleBase) -> Iterator[Setup]:
    """For want of whole setups: the first example of each rule."""
    knowledge = rule_base.knowledge
    for rule in rule_base.rules:
        examples = rule.spec.examples
        given = {**examples.base, **examples.cases[0].given}
        yield read_values(given, knowledge.catalogue, knowledge.parameters, EXAMPLE_DAY)


def _random_setups(rule_base: RuleBase, number: int) -> Iterator[Setup]:
    """Setups in which every question is unknown with the same chance, and otherwise exactly known."""
    return (setup for _, setup in islice(random_answers(rule_base), number))


def random_answers(rule_base: RuleBase) -> Iterator[tuple[dict[str, Any], Setup]]:
    """Answers that do not contradict each other, and the setup that they make; without an end."""
    rng = random.Random(SEED)
    knowledge = rule_base.knowledge
    while True:
        given = _random_answers(rng, list(knowledge.catalogue.inputs))
        try:
            setup = read_values(given, knowledge.catalogue, knowledge.parameters, EXAMPLE_DAY)
            derive(setup, knowledge, EXAMPLE_DAY)
        except SetupError:
            continue
        yield given, setup


def _random_answers(rng: random.Random, facts: Sequence[Fact]) -> dict[str, Any]:
    """Lists come first, because actors refer to their entries."""
    ordered = sorted(facts, key=lambda fact: fact.kind != "list")
    keys: dict[str, list[str]] = {}
    return {fact.path: _random_answer(rng, fact, keys) for fact in ordered if rng.random() >= UNKNOWN}


def _random_answer(rng: random.Random, fact: Fact, keys: dict[str, list[str]]) -> Any:
    match fact.type:
        case BoolType():
            return rng.random() < 0.5
        case NumberType(integer=whole, range=allowed):
            return _random_number(rng, allowed, whole=whole)
        case DateType():
            return (date(2018, 1, 1) + timedelta(days=rng.randrange(4000))).isoformat()
        case ChoiceType(options=options):
            return rng.choice(options)
        case MultipleType(options=options):
            return {option: rng.random() < 0.5 for option in options if rng.random() >= UNKNOWN}
        case ListType(path=path):
            keys[path] = [f"eintrag_{at}" for at in range(rng.randrange(5))]
            entries = {key: _random_entry(rng, fact) for key in keys[path]}
            return {"vollstaendig": True, **entries} if entries else "keine"
        case _:
            return "Text"


def _random_entry(rng: random.Random, fact: Fact) -> dict[str, Any]:
    fields = [field for field in fact.fields.values() if field.kind != "actor"]
    return {field.path: _random_answer(rng, field, {}) for field in fields if rng.random() >= UNKNOWN}


def _random_number(rng: random.Random, allowed: Interval, *, whole: bool) -> float:
    low, high = max(allowed.lo, 0), min(allowed.hi, 100)
    return rng.randint(int(low), int(high)) if whole else round(rng.uniform(float(low), float(high)), 1)


# Random rules

_RULES, _COMPARISONS, _SECTIONS, _FACTS = 150, 755, 22, 50


def random_case(setups: int) -> Case:
    """150 rules with 755 comparisons in 22 sections, over 150 facts: numbers, bools and choices."""
    rng = random.Random(SEED)
    types = _random_types()
    vocabulary = Vocabulary({path: Term(path, type_, Words(path)) for path, type_ in types.items()}, {})
    model = default_rule_base()
    pattern = next(rule for rule in model.rules if not rule.is_hint)
    rules = tuple(
        _random_rule(rng, types, vocabulary, pattern, at, size) for at, size in enumerate(_sizes(rng))
    )
    catalogue = replace(model.knowledge.catalogue, facts={}, vocabulary=vocabulary, derivations=())
    rule_base = replace(model, rules=rules, knowledge=replace(model.knowledge, catalogue=catalogue))
    return Case("random rules, random setups", rule_base, tuple(_drawn_setups(rng, types, setups)))


def _random_types() -> dict[str, Type]:
    """A choice has the options `a` to `e`; a number lies between 0 and 100, and every other one is whole."""
    types: dict[str, Type] = {}
    for at in range(_FACTS):
        types[f"frage.zahl_{at}"] = NumberType(range=Interval(0, 100), integer=at % 2 == 0)
        types[f"frage.bool_{at}"] = BoolType()
        types[f"frage.wahl_{at}"] = ChoiceType(tuple("abcde"))
    return types


def _sizes(rng: random.Random) -> list[int]:
    """How many comparisons each rule has: two at least, and all of them together."""
    sizes = [2] * _RULES
    for _ in range(_COMPARISONS - sum(sizes)):
        sizes[rng.randrange(_RULES)] += 1
    return sizes


def _random_rule(
    rng: random.Random, types: dict[str, Type], vocabulary: Vocabulary, pattern: Rule, at: int, size: int
) -> Rule:
    gate = rng.choice((0, 1, 2)) if size > 3 else rng.choice((0, 1))
    texts = [
        _random_condition(rng, types, gate) if gate else None,
        _random_condition(rng, types, size - gate),
    ]
    section = f"abschnitt-{chr(ord('a') + at * _SECTIONS // _RULES)}"
    spec = pattern.spec.model_copy(
        update={
            "id": f"{section}.regel-{at}",
            "applies": texts[0] or "",
            "requires": texts[1],
            "parameter": "",
        }
    )
    applies, demand = [text and check_condition(parse(text), vocabulary) for text in texts]
    return replace(pattern, spec=spec, applies=applies or None, demand=demand)


def _random_condition(rng: random.Random, types: dict[str, Type], size: int) -> str:
    if size == 1:
        return _random_comparison(rng, types)
    if rng.random() < 0.15:
        return f"not({_random_condition(rng, types, size)})"
    cut = rng.randrange(1, size)
    parts = [_random_condition(rng, types, part) for part in (cut, size - cut)]
    return f" {rng.choice(('and', 'or'))} ".join(f"({part})" for part in parts)


def _random_comparison(rng: random.Random, types: dict[str, Type]) -> str:
    path, type_ = rng.choice(list(types.items()))
    if isinstance(type_, BoolType):
        return path
    if isinstance(type_, NumberType):
        bound = rng.randint(1, 90) if type_.integer else rng.randint(10, 900) / 10
        return f"{path} {rng.choice(('<', '<=', '>', '>='))} {bound}"
    if rng.random() < 0.3:
        one, two = rng.sample("abcde", 2)
        return f'{path} in ("{one}", "{two}")'
    return f'{path} {rng.choice(("=", "!="))} "{rng.choice("abcde")}"'


def _drawn_setups(rng: random.Random, types: dict[str, Type], number: int) -> Iterator[Setup]:
    for _ in range(number):
        known = {path: _drawn(rng, type_) for path, type_ in types.items() if rng.random() >= UNKNOWN}
        values = {path: known.get(path, unknown_value(type_)) for path, type_ in types.items()}
        yield Setup("", None, None, values, frozenset(known), {}, {}, {}, {}, "")


def _drawn(rng: random.Random, type_: Type) -> Value:
    if isinstance(type_, BoolType):
        return rng.random() < 0.5
    if isinstance(type_, ChoiceType):
        return frozenset([rng.choice(type_.options)])
    whole = isinstance(type_, NumberType) and type_.integer
    return point(rng.randint(0, 100) if whole else str(rng.randint(0, 1000) / 10))
