"""Every example of every rule and advice that travels with the package, each a test of its own: `<rule>-<n>`."""

from __future__ import annotations

from functools import cache

import pytest

from qmadvisor.engine.check import Checker
from qmadvisor.engine.completeness import lint
from qmadvisor.engine.examples import run_examples
from qmadvisor.rules.loader import default_rule_base

EXAMPLES = [
    (rule.id, number)
    for rule in default_rule_base().everything
    for number in range(1, len(rule.spec.examples.cases) + 1)
]


@cache
def faults() -> dict[tuple[str, int], str | None]:
    checker = Checker(default_rule_base())
    return {(result.rule, result.number): result.fault for result in run_examples(checker)}


@pytest.mark.parametrize(("rule", "number"), EXAMPLES, ids=[f"{rule}-{number}" for rule, number in EXAMPLES])
def test_the_example_comes_out_as_the_rule_says(rule: str, number: int) -> None:
    assert faults()[rule, number] is None


def test_nothing_is_left_to_mend_in_the_rule_base() -> None:
    assert lint(default_rule_base()) == []
