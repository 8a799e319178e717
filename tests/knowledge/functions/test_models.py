"""Which model a plan falls into: tables, and every completion as the oracle."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmadvisor.knowledge.functions.models import (
    AREAS,
    COMMUNITY_PARTIES,
    MIXED,
    PARTIES,
    PATTERNS,
    possible_models,
)

ONLY_COMMUNITY = {"steuerung": False, "planung": False, "gwa": True}
TANDEM = {"planung": True, "gwa": True}
CITY, COMPANY, OTHERS, CARRIER = "kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger"
EVERY_NAME = [dict(zip(AREAS, answers, strict=True)) for answers in product((True, False), repeat=3)]


def one(answer: str) -> frozenset[str]:
    return frozenset({answer})


def model(steering: str, planning: str, community: str, called: dict[str, bool]) -> frozenset[str]:
    return possible_models(one(steering), one(planning), one(community), called)


@pytest.mark.parametrize(
    ("steering", "planning", "community", "called", "expected"),
    [
        (CITY, CITY, CARRIER, ONLY_COMMUNITY, "modell_1"),
        (CITY, CITY, COMPANY, ONLY_COMMUNITY, "modell_1"),
        (CITY, CITY, CITY, ONLY_COMMUNITY, MIXED),
        (CITY, CITY, "gemeinsam", ONLY_COMMUNITY, MIXED),
        (CITY, CITY, CARRIER, {**ONLY_COMMUNITY, "planung": True}, MIXED),
        (CITY, CITY, CARRIER, {**ONLY_COMMUNITY, "steuerung": True}, MIXED),
        (CITY, CITY, CARRIER, {**ONLY_COMMUNITY, "gwa": False}, MIXED),
        (CITY, COMPANY, CARRIER, ONLY_COMMUNITY, MIXED),
        (COMPANY, COMPANY, CARRIER, ONLY_COMMUNITY, "modell_2"),
        (COMPANY, CITY, CARRIER, ONLY_COMMUNITY, MIXED),
        (OTHERS, OTHERS, CARRIER, ONLY_COMMUNITY, "modell_3"),
        (OTHERS, OTHERS, COMPANY, ONLY_COMMUNITY, "modell_3"),
        (CITY, OTHERS, CARRIER, ONLY_COMMUNITY, MIXED),
        (CITY, OTHERS, CARRIER, {**TANDEM, "steuerung": False}, "modell_4"),
        (OTHERS, OTHERS, CARRIER, {**TANDEM, "steuerung": True}, "modell_4"),
        ("niemand", OTHERS, CARRIER, {**TANDEM, "steuerung": False}, MIXED),
        (CITY, CITY, CARRIER, {**TANDEM, "steuerung": False}, MIXED),
        (OTHERS, OTHERS, CITY, {**TANDEM, "steuerung": False}, MIXED),
        (COMPANY, COMPANY, COMPANY, ONLY_COMMUNITY, "modell_5"),
        (CITY, CARRIER, CARRIER, ONLY_COMMUNITY, MIXED),
        ("niemand", "niemand", "niemand", ONLY_COMMUNITY, MIXED),
    ],
)
def test_all_answers_lead_to_one_model(
    steering: str, planning: str, community: str, called: dict[str, bool], expected: str
) -> None:
    assert model(steering, planning, community, called) == {expected}


@pytest.mark.parametrize("called", EVERY_NAME)
def test_model_5_does_not_ask_what_is_called_quartiersmanagement(called: dict[str, bool]) -> None:
    assert model(CARRIER, CARRIER, CARRIER, called) == {"modell_5"}
    assert model(COMPANY, COMPANY, COMPANY, called) == {"modell_5"}


def test_nothing_known_leaves_everything_possible() -> None:
    everything = possible_models(frozenset(PARTIES), frozenset(PARTIES), frozenset(COMMUNITY_PARTIES), {})
    assert everything == {*PATTERNS, MIXED}


@pytest.mark.parametrize(
    ("steering", "planning", "community", "called", "expected"),
    [
        (PARTIES, [CITY], [CARRIER], ONLY_COMMUNITY, {"modell_1", MIXED}),
        ([CITY], PARTIES, COMMUNITY_PARTIES, {}, {"modell_1", "modell_4", MIXED}),
        ([OTHERS], [OTHERS], [CARRIER], {}, {"modell_3", "modell_4", MIXED}),
        ([OTHERS], [OTHERS], [CARRIER], {"planung": True, "gwa": True}, {"modell_4"}),
        ([OTHERS], [OTHERS], [CARRIER], {"planung": True}, {"modell_4", MIXED}),
        ([CARRIER], [CARRIER], [CARRIER], {}, {"modell_5"}),
        (["niemand"], PARTIES, COMMUNITY_PARTIES, {}, {MIXED}),
        (PARTIES, PARTIES, [CITY], {}, {MIXED}),
        ([CITY, COMPANY], [CITY], [CARRIER], ONLY_COMMUNITY, {"modell_1", MIXED}),
        ([CITY], [CITY], [COMPANY, CARRIER], ONLY_COMMUNITY, {"modell_1"}),
    ],
)
def test_what_is_not_known_yet_leaves_several(
    steering: Any, planning: Any, community: Any, called: dict[str, bool], expected: set[str]
) -> None:
    found = possible_models(frozenset(steering), frozenset(planning), frozenset(community), called)
    assert found == expected


def test_no_two_models_have_complete_answers_in_common() -> None:
    for steering, planning, community, called in product(PARTIES, PARTIES, COMMUNITY_PARTIES, EVERY_NAME):
        assert len(model(steering, planning, community, called)) == 1


def some(options: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(options), min_size=1)


names = st.dictionaries(st.sampled_from(AREAS), st.booleans())


@given(steering=some(PARTIES), planning=some(PARTIES), community=some(COMMUNITY_PARTIES), called=names)
def test_possible_is_what_some_completion_turns_out_to_be(
    steering: frozenset[str], planning: frozenset[str], community: frozenset[str], called: dict[str, bool]
) -> None:
    complete = [full for full in EVERY_NAME if called.items() <= full.items()]
    expected = frozenset[str]().union(
        *(model(*answers) for answers in product(steering, planning, community, complete))
    )
    assert possible_models(steering, planning, community, called) == expected


@given(data=st.data(), called=names)
def test_a_known_outcome_stays_when_more_becomes_known(data: Any, called: dict[str, bool]) -> None:
    before = [data.draw(some(options)) for options in (PARTIES, PARTIES, COMMUNITY_PARTIES)]
    after = [data.draw(some(tuple(sorted(options)))) for options in before]
    more = {**data.draw(names), **called}
    found = possible_models(*after, more)
    assert found
    assert found <= possible_models(*before, called)
