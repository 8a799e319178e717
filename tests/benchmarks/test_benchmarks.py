"""The benchmarks run, and all contestants agree. Nothing here depends on time."""

from __future__ import annotations

import pytest
from tests.benchmarks.cases import Case, random_case, shipped_cases
from tests.benchmarks.contestants import COMPLETE, DECIDED, FUNCTION
from tests.benchmarks.run import compare, lines_of

CASES = [*shipped_cases(3), random_case(3)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_contestants_that_are_installed_agree(case: Case) -> None:
    result = compare(case, rounds=1)
    assert {DECIDED.format("compiled"), COMPLETE.format("compiled"), FUNCTION} <= set(result["milliseconds"])
    assert all(each["contradicted"] == 0 for each in result["agreement"])
    assert any(case.name in line for line in lines_of(result))


def test_the_random_rules_are_as_many_as_the_figures_say() -> None:
    assert random_case(0).size.startswith("150 rules, 755 comparisons")
