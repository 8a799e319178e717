"""The benchmarks run, and all contestants agree. Nothing here depends on time."""

from __future__ import annotations

import pytest
from tests.benchmarks.agreement import Agreement, agreements
from tests.benchmarks.cases import Case, random_case, shipped_cases
from tests.benchmarks.contestants import COMPLETE, DECIDED, FUNCTION, Contestant, contestants_for
from tests.benchmarks.run import compare, lines_of


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*shipped_cases(3), random_case(3)]


@pytest.mark.parametrize(
    "number", [0, 1, 2], ids=["shipped rules, example setups", "shipped rules, random setups", "random rules"]
)
def test_all_contestants_that_are_installed_agree(cases: list[Case], number: int) -> None:
    with contestants_for(cases[number]) as contestants:
        names = {each.name for each in contestants}
        _, found = agreements(contestants)
    assert {DECIDED.format("compiled"), COMPLETE.format("compiled"), FUNCTION} <= names
    assert all(each.contradicted == 0 for each in found)


def test_a_round_is_timed_and_shown(cases: list[Case]) -> None:
    result = compare(cases[1], rounds=1)
    assert any(FUNCTION in line for line in lines_of(result))


def test_the_random_rules_are_as_many_as_the_figures_say(cases: list[Case]) -> None:
    assert len(cases) == 3
    assert cases[2].size.startswith("150 rules, 755 comparisons")


def test_what_is_left_open_is_told_apart_from_what_is_denied() -> None:
    first = Contestant("first", [["violated", "open", "fulfilled"]], list, list)
    other = Contestant("other", [["open", "open", "violated"]], list, list)
    counted, (found,) = agreements([first, other])
    assert counted == {"violated": 1, "open": 1, "fulfilled": 1}
    assert found == Agreement("other", decided=2, missed=1, contradicted=1)
