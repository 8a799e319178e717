"""Properties of whole checks: the engines agree, more knowledge never overturns a finding, equal input equal bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.durable_cases import expected
from tests.properties.setups import BASE, KNOWN, THRESHOLDS, TODAY, completions, given_facts, halfway, setups
from tests.properties.strategies import examples

from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, CheckResult, EngineName
from qmadvisor.engine.formula import Status
from qmadvisor.engine.program import build_program
from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import evaluate
from qmadvisor.language.german import German
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.report.build import build_report
from qmadvisor.report.model import Report
from qmadvisor.rules.advice import AdviceRule
from qmadvisor.rules.advice_loader import follows_from_facts_alone
from qmadvisor.rules.model import Rule
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import read_values

ENGINES: list[EngineName] = ["durable", "compiled"] if durable_available() else ["compiled"]
COMPILED = Checker(BASE, "compiled")


@pytest.fixture(scope="module")
def checkers() -> Iterator[list[Checker]]:
    """One checker per engine, over the real rules."""
    running = [Checker(BASE, engine) for engine in ENGINES]
    yield running
    for checker in running:
        checker.close()


def outcomes(result: CheckResult) -> dict[str, str]:
    """What each rule says: the status of a finding, the state of a hint."""
    statuses = {finding.rule.id: finding.status.value for finding in result.findings}
    return statuses | {hint.rule.id: hint.state for hint in result.hints}


def by_definition(rule: Rule, result: CheckResult) -> Status:
    """The status of a finding from its conditions as a whole, by no engine."""
    applies = True if rule.applies is None else evaluate(rule.applies, result.facts).value
    if rule.spec.parameter and not result.facts.parameters[rule.spec.parameter].values:
        applies = False
    demand = evaluate(rule.demand, result.facts).value
    if applies is False:
        return Status.NOT_APPLICABLE
    if applies is None or demand is None:
        return Status.OPEN
    return Status.FULFILLED if demand else Status.VIOLATED


# The engines agree


@examples(15)
@given(setup=setups())
def test_all_engines_say_what_the_conditions_mean(checkers: list[Checker], setup: Setup) -> None:
    results = [checker.check(setup, TODAY) for checker in checkers]
    assert all(outcomes(result) == outcomes(results[0]) for result in results)
    for finding in results[0].findings:
        assert finding.status is by_definition(finding.rule, results[0]), finding.rule.id


def conditions() -> st.SearchStrategy[str]:
    """Any condition over the real catalogue."""
    readable = [fact for fact in KNOWN.catalogue.facts.values() if fact.kind != "task_matrix"]
    atoms = st.sampled_from(readable).flatmap(lambda fact: _about(fact, fact.path))

    def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(parts, min_size=2, max_size=4)
        return st.one_of(
            several.map(lambda items: f"({' and '.join(items)})"),
            several.map(lambda items: f"({' or '.join(items)})"),
            parts.map(lambda item: f"not({item})"),
        )

    return st.recursive(atoms, joined, max_leaves=8)


def _about(fact: Fact, name: str) -> st.SearchStrategy[str]:
    whole = fact.kind == "integer"
    number = st.sampled_from(
        [f"{float(limit):g}" for limit in THRESHOLDS if not whole or limit.denominator == 1]
    )
    operator = st.sampled_from(["<", "<=", ">", ">="])
    match fact.kind:
        case "bool":
            return st.just(name)
        case "integer" | "decimal" | "stellenumfang":
            return st.tuples(st.just(name), operator, number).map(" ".join)
        case "date":
            days = st.dates().filter(lambda day: 2000 < day.year < 2050)
            return st.tuples(operator, days).map(lambda pair: f'{name} {pair[0]} date("{pair[1]}")')
        case "choice":
            return st.sampled_from(list(fact.words.choices)).map(lambda option: f'{name} = "{option}"')
        case "multiple":
            return st.sampled_from(list(fact.words.choices)).map(lambda option: f'{name} has "{option}"')
        case "list":
            inside = st.sampled_from(list(fact.fields.values())).flatmap(
                lambda field: _about(field, f"x.{field.path}")
            )
            frames = [
                "some x in {0} satisfies ({1})",
                "every x in {0} satisfies ({1})",
                "count(x in {0} where {1}) >= 2",
            ]
            return st.tuples(st.sampled_from(frames), inside).map(lambda pair: pair[0].format(name, pair[1]))
        case _:
            return st.just(f'{name} = "stadt"' if fact.kind == "text" else f"{name} = {name}")


def rule_of(number: int, applies: str | None, demand: str) -> Rule:
    model = BASE.rules[number]
    spec = model.spec.model_copy(
        update={"id": f"{model.spec.section}.r{number}", "kind": "finding", "parameter": ""}
    )
    checked = [
        None if text is None else check_condition(parse(text), KNOWN.catalogue.vocabulary)
        for text in (applies, demand)
    ]
    assert checked[1] is not None
    return Rule(spec, "r.yaml", checked[0], checked[1])


rule_bases = st.lists(st.tuples(st.none() | conditions(), conditions()), min_size=1, max_size=12)


@examples(25)
@given(rules=rule_bases, several=st.lists(setups(), min_size=1, max_size=2))
def test_engines_agree_on_random_rule_bases(
    rules: list[tuple[str | None, str]], several: list[Setup]
) -> None:
    base = replace(BASE, rules=tuple(rule_of(number, *texts) for number, texts in enumerate(rules)))
    program = build_program(base.rules)
    for engine in ENGINES:
        with closing(Checker(base, engine)) as checker:
            for setup in several:
                result = checker.check(setup, TODAY)
                statuses = [finding.status for finding in result.findings]
                assert statuses == expected(program.decisions, program.evaluate(result.facts).truths)
                assert statuses == [by_definition(rule, result) for rule in base.rules]


# Advice

#: One section is enough for findings to be read; engines for all of them take their time to make.
SECTION = replace(BASE, rules=tuple(rule for rule in BASE.rules if rule.spec.section == "raeume"))
FINDINGS = [rule.id for rule in SECTION.rules if not rule.is_hint]


def findings_and_facts() -> st.SearchStrategy[str]:
    """Any condition over findings, with facts among them; at least one finding is needed."""
    finding = st.sampled_from(FINDINGS).map("befund.{}".format)
    one, several = (
        st.sampled_from(list(Status)),
        st.sets(st.sampled_from(list(Status)), min_size=1, max_size=3),
    )
    atoms = st.one_of(
        st.builds('{} {} "{}"'.format, finding, st.sampled_from(["=", "!="]), one),
        st.builds(_in_set, finding, several),
    )
    mixed = st.one_of(atoms, atoms, conditions())

    def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        items = st.lists(parts, min_size=2, max_size=4)
        return st.one_of(
            items.map(lambda some: f"({' and '.join(some)})"),
            items.map(lambda some: f"({' or '.join(some)})"),
            parts.map(lambda item: f"not({item})"),
        )

    return st.recursive(mixed, joined, max_leaves=8)


def _in_set(path: str, options: set[Status]) -> str:
    return f"{path} in ({', '.join(f'{chr(34)}{option}{chr(34)}' for option in sorted(options))})"


def advice_of(number: int, text: str) -> AdviceRule:
    model = BASE.advice[0]
    spec = model.spec.model_copy(update={"id": f"advice.a{number}"})
    node = check_condition(parse(text), BASE.vocabulary)
    if follows_from_facts_alone(node, True):  # refused by the loader
        return advice_of(number, f'({text}) and befund.{FINDINGS[0]} != "violated"')
    return AdviceRule(spec, "a.yaml", node)


@examples(40)
@given(
    texts=st.lists(findings_and_facts(), min_size=1, max_size=12),
    several=st.lists(setups(), min_size=1, max_size=2),
)
def test_engines_agree_on_random_advice(texts: list[str], several: list[Setup]) -> None:
    base = replace(SECTION, advice=tuple(advice_of(number, text) for number, text in enumerate(texts)))
    program = build_program(base.advice)
    for engine in ENGINES:
        with closing(Checker(base, engine)) as checker:
            for setup in several:
                result = checker.check(setup, TODAY)
                facts = result.advice_facts
                statuses = expected(program.decisions, program.evaluate(facts).truths)
                shown = {
                    rule.id
                    for rule, status in zip(base.advice, statuses, strict=True)
                    if status is Status.FULFILLED
                }
                assert {given.rule.id for given in result.advice} == shown
                by_definition = {
                    rule.id for rule in base.advice if evaluate(rule.demand, facts).value is True
                }
                assert shown == by_definition


@examples(15)
@given(setup=setups())
def test_advice_follows_from_findings_that_its_condition_reads(setup: Setup) -> None:
    result = COMPILED.check(setup, TODAY)
    ranks = [advice.rank for advice in result.advice]
    assert ranks == sorted(ranks)
    for advice in result.advice:
        read = [finding.rule.id for finding in advice.follows_from]
        assert read
        assert set(read) <= set(advice.rule.reads)
        # What it does not follow from may turn out in any way.
        others = [rule_id for rule_id in advice.rule.reads if rule_id not in read]
        for status in Status:
            assert advice.rule.id in COMPILED.advice_if(result, dict.fromkeys(others, status))


@examples(100)
@given(text=findings_and_facts())
def test_a_condition_over_findings_can_be_written_read_again_and_said(text: str) -> None:
    node = check_condition(parse(text), BASE.vocabulary)
    assert check_condition(parse(to_text(node)), BASE.vocabulary) == node
    german = German(BASE.vocabulary, TODAY.toordinal())
    assert german.clause(node)
    assert german.clause(node, False)


# More knowledge never overturns a finding


def assert_kept(before: CheckResult, after: CheckResult) -> None:
    """What was decided stays; what is taken stays taken; what is worth an offer is offered or taken."""
    later = outcomes(after)
    for rule, outcome in outcomes(before).items():
        if outcome == "offered":
            assert later[rule] in ("offered", "taken"), rule
        elif outcome not in ("open", "silent"):
            assert later[rule] == outcome, rule


@examples(12)
@given(data=st.data(), setup=setups())
def test_what_is_decided_stays_so_whatever_becomes_known(data: st.DataObject, setup: Setup) -> None:
    vague = COMPILED.check(setup, TODAY)
    for _ in range(2):
        whole = data.draw(completions(setup), "whole")
        closer = data.draw(halfway(setup, whole), "closer")
        half, full = (COMPILED.check(each, TODAY) for each in (closer, whole))
        assert_kept(vague, half)
        assert_kept(half, full)
        assert_kept(vague, full)


@examples(12)
@given(data=st.data(), setup=setups())
def test_whoever_says_everything_gets_an_answer_to_everything(data: st.DataObject, setup: Setup) -> None:
    """Except where no value is known for the day: thresholds of years to come."""
    result = COMPILED.check(data.draw(completions(setup)), TODAY)
    still_open = [finding for finding in result.findings if finding.status is Status.OPEN]
    kinds = {reason.kind for finding in still_open for reason in finding.reasons}
    assert kinds <= {"no_parameter"}, [finding.rule.id for finding in still_open]


@examples(12)
@given(setup=setups())
def test_every_open_finding_says_why_and_no_other_does(setup: Setup) -> None:
    for finding in COMPILED.check(setup, TODAY).findings:
        assert bool(finding.reasons) == (finding.status is Status.OPEN), finding.rule.id


# Equal input, equal bytes


@examples(6)
@given(facts=given_facts(), data=st.data())
def test_equal_input_gives_equal_bytes(
    checkers: list[Checker], facts: dict[str, Any], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(facts.items()))))
    for checker in checkers:
        texts = set()
        for given_in_some_order in (facts, shuffled):
            setup = read_values(given_in_some_order, KNOWN.catalogue, KNOWN.parameters, TODAY)
            texts.add(build_report(checker.check(setup, TODAY)).to_json())
        assert len(texts) == 1


@examples(6)
@given(setup=setups())
def test_a_report_comes_back_from_its_json(setup: Setup) -> None:
    report = build_report(COMPILED.check(setup, TODAY))
    again = Report.model_validate_json(report.to_json())
    assert again == report
    assert again.to_json() == report.to_json()


@examples(6)
@given(setup=setups())
def test_the_engine_changes_nothing_but_its_name(checkers: list[Checker], setup: Setup) -> None:
    reports = [build_report(checker.check(setup, TODAY)) for checker in checkers]
    assert len({report.model_copy(update={"engine": ""}).to_json() for report in reports}) == 1
