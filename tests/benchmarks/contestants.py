"""Who decides: qmadvisor with its traces, and others with the bare statuses.

Each contestant is made ready for a case once; what is timed takes one prepared setup at a time. All start from
the derived facts. The others get them as flat plain values, prepared beforehand; they leave no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from typing import Any
from unittest.mock import patch

from tests.benchmarks.cases import Case
from tests.benchmarks.translate import CEL, PYTHON, ZEN, Dialect, plain_facts, reads_of, status_of

from qmadvisor.engine import check
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, CheckResult, EngineName
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.setup.derive import Derived, derive
from qmadvisor.setup.model import Setup

DECIDED = "qmadvisor {}, decide + trace"
EXPLAINED = "qmadvisor {}, the same with reasons"
UNREAD = "qmadvisor {}, only the statuses read"
COMPLETE = "qmadvisor {}, complete check"
ZEN_DECISION = "zen-engine, decision"
ZEN_TEXT = "zen-engine, decision given as text"
ZEN_LIST = "zen-engine, decision of one list"
ZEN_EXPRESSION = "zen-engine, expression only"
CEL_RULES = "common-expression-language, a program per rule"
FUNCTION = "generated Python function"

_PACKAGES = {"durable": "durable_rules", "zen": "zen-engine", "cel": "common-expression-language"}


def missing() -> list[str]:
    """Name the packages that some contestant needs and that are not installed."""
    lacking = [package for module, package in _PACKAGES.items() if find_spec(module) is None]
    if not durable_available() and "durable_rules" not in lacking:
        lacking.append("durable_rules (does not import here)")
    return lacking


@dataclass(frozen=True)
class Contestant:
    """`run` takes one of `inputs`; `statuses` reads what it returned, in the order of the rules."""

    name: str
    inputs: Sequence[Any]
    run: Callable[[Any], Any]
    statuses: Callable[[Any], list[str]]


@contextmanager
def contestants_for(case: Case) -> Iterator[list[Contestant]]:
    """Make everybody who is installed ready for a case."""
    copies = [replace(setup) for setup in case.setups]
    given = {id(copy): derive(copy, case.rule_base.knowledge, case.day) for copy in copies}
    names: list[EngineName] = ["compiled", "durable"] if durable_available() else ["compiled"]
    checkers = [Checker(case.rule_base, name) for name in names]
    reads = reads_of(case.rule_base.rules)
    facts = [plain_facts(given[id(copy)].facts, reads) for copy in copies]

    def derive_or_take(setup: Setup, knowledge: Knowledge, as_of: date) -> Derived:
        return given.get(id(setup)) or derive(setup, knowledge, as_of)

    try:
        with patch.object(check, "derive", derive_or_take):
            found = [each for checker in checkers for each in _qmadvisor(case, checker, copies)]
            yield [*found, *_zen(case, facts), *_cel(case, facts), _function(case, facts)]
    finally:
        for checker in checkers:
            checker.close()


def traced(checker: Checker, setup: Setup, day: date) -> CheckResult:
    """Check, and have every finding put its traces together: it does so when they are read."""
    result = checker.check(setup, day)
    for finding in result.findings:
        _ = finding.applies, finding.demand
    return result


def explained(checker: Checker, setup: Setup, day: date) -> CheckResult:
    """Ask every open finding for its reasons too."""
    result = traced(checker, setup, day)
    for finding in result.findings:
        _ = finding.reasons
    return result


def _qmadvisor(case: Case, checker: Checker, copies: Sequence[Setup]) -> Iterator[Contestant]:
    """The shipped check, whole, and on copies of the setups whose derived facts are at hand."""

    def made(
        name: str, inputs: Sequence[Setup], ask: Callable[[Checker, Setup, date], CheckResult]
    ) -> Contestant:
        return Contestant(
            name.format(checker.engine), inputs, lambda setup: ask(checker, setup, case.day), _found
        )

    yield made(DECIDED, copies, traced)
    yield made(EXPLAINED, copies, explained)
    yield made(UNREAD, copies, Checker.check)
    yield made(COMPLETE, case.setups, explained)


def _found(result: CheckResult) -> list[str]:
    return [finding.status.value for finding in result.findings]


def _zen(case: Case, facts: Sequence[dict[str, Any]]) -> Iterator[Contestant]:
    """A decision with an entry for each rule, one with a single list, and the list outside of any decision."""
    if find_spec("zen") is None:
        return
    import zen

    rules = _written(case, ZEN)
    listed = f"[{', '.join(rules)}]"
    names = [f"r{at}" for at in range(len(rules))]
    graph = graph_of(dict(zip(names, rules, strict=True)))
    listed_graph = graph_of({"all": listed})
    engine = zen.ZenEngine()
    # Given as content a decision is compiled once; given as text, the usual way, it takes about twice as long.
    by_name = engine.create_decision(zen.ZenDecisionContent(graph))
    as_list = engine.create_decision(zen.ZenDecisionContent(listed_graph))
    as_text = engine.create_decision(graph)
    expression = zen.compile_expression(listed)

    def named(got: dict[str, Any]) -> list[str]:
        return [got["result"][name] for name in names]

    yield Contestant(ZEN_DECISION, facts, by_name.evaluate, named)
    yield Contestant(ZEN_TEXT, facts, as_text.evaluate, named)
    yield Contestant(ZEN_LIST, facts, as_list.evaluate, lambda got: got["result"]["all"])
    yield Contestant(ZEN_EXPRESSION, facts, expression.evaluate, list)


def graph_of(expressions: dict[str, str]) -> str:
    """Return a decision as zen-engine reads it: input, one expression node, output."""
    entries = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    kinds = {"inputNode": {}, "expressionNode": {"expressions": entries}, "outputNode": {}}
    nodes = [
        {"id": kind, "type": kind, "name": kind, "position": {"x": 0, "y": 0}, "content": content}
        for kind, content in kinds.items()
    ]
    order = list(kinds)
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(order)
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _cel(case: Case, facts: Sequence[dict[str, Any]]) -> Iterator[Contestant]:
    if find_spec("cel") is None:
        return
    import cel

    programs = [cel.compile(rule) for rule in _written(case, CEL)]

    def run(known: dict[str, Any]) -> list[str]:
        context = cel.Context(variables=known)
        return [program.execute(context) for program in programs]

    yield Contestant(CEL_RULES, facts, run, list)


def _function(case: Case, facts: Sequence[dict[str, Any]]) -> Contestant:
    """The limit: what remains if nothing is kept but the statuses."""
    names = dict.fromkeys(name for known in facts for name in known)
    lines = [f"    {name} = facts[{name!r}]" for name in names]
    listed = ",\n        ".join(_written(case, PYTHON))
    space: dict[str, Any] = {}
    exec("\n".join(["def decide(facts):", *lines, f"    return [{listed}]"]), space)
    return Contestant(FUNCTION, facts, space["decide"], list)


def _written(case: Case, dialect: Dialect) -> list[str]:
    """Raise InexpressibleError for a rule that the translation has no words for."""
    return [status_of(rule, dialect) for rule in case.rule_base.rules]
