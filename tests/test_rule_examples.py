"""Every example of every rule and advice that travels with the package."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from qmadvisor.engine.check import Checker
from qmadvisor.engine.completeness import lint
from qmadvisor.engine.examples import run_examples
from qmadvisor.rules.loader import default_rule_base

RULES = {rule.id: len(rule.spec.examples.cases) for rule in default_rule_base().everything}


@cache
def faults() -> dict[str, dict[int, str | None]]:
    """What is wrong with each example, by rule and number."""
    found: defaultdict[str, dict[int, str | None]] = defaultdict(dict)
    for result in run_examples(Checker(default_rule_base())):
        found[result.rule][result.number] = result.fault
    return found


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_come_out_as_the_rule_says(rule: str) -> None:
    assert faults()[rule] == dict.fromkeys(range(1, RULES[rule] + 1))


def test_nothing_is_left_to_mend_in_the_rule_base() -> None:
    assert lint(default_rule_base()) == []
