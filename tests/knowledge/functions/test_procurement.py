"""The months that a monthly price counts with, alone and as part of the contract's value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmadvisor.knowledge.functions.procurement import estimated_months
from qmadvisor.language.values import UNBOUNDED, Interval, Truth, Value, point
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_values

KNOWN = default_rule_base().knowledge
LIMIT = point(48)


def span(low: int, high: int) -> Interval:
    return Interval(low, high)


@pytest.mark.parametrize(
    ("open_ended", "term", "expected"),
    [
        (False, point(36), point(36)),
        (False, point(47), point(47)),
        (False, point(48), point(48)),
        (False, point(49), point(48)),
        (False, point(0), point(0)),
        (False, span(24, 120), span(24, 48)),
        (False, span(60, 120), point(48)),
        (True, point(12), point(48)),
        (True, span(0, 960), point(48)),
        (None, point(36), span(36, 48)),
        (None, point(48), point(48)),
        (None, point(120), point(48)),
        (None, span(0, 960), span(0, 48)),
    ],
)
def test_up_to_the_limit_the_term_counts_in_full(open_ended: Truth, term: Interval, expected: Value) -> None:
    assert estimated_months(open_ended, term, LIMIT) == expected


def test_without_a_limit_for_the_day_only_the_term_bounds_it() -> None:
    assert estimated_months(False, point(36), UNBOUNDED).hi == 36
    assert estimated_months(True, point(36), UNBOUNDED) == UNBOUNDED


months = st.integers(0, 200)


@st.composite
def narrowed(draw: Any) -> tuple[Interval, Interval]:
    low, one, two, high = sorted(draw(st.tuples(months, months, months, months)))
    return span(low, high), span(one, two)


@given(term=narrowed(), limit=narrowed(), open_ended=st.sampled_from([True, False, None]), full=st.booleans())
def test_more_knowledge_only_narrows_the_months(
    term: tuple[Interval, Interval], limit: tuple[Interval, Interval], open_ended: Truth, full: bool
) -> None:
    before = estimated_months(open_ended, term[0], limit[0])
    after = estimated_months(full if open_ended is None else open_ended, term[1], limit[1])
    assert after.within(before)


# In a setup


def worked_out(given_facts: dict[str, Any], as_of: str = "2026-11-22") -> Any:
    day = date.fromisoformat(as_of)
    setup = read_values(given_facts, KNOWN.catalogue, KNOWN.parameters, day)
    return derive(setup, KNOWN, day).facts.values


def value(given_facts: dict[str, Any]) -> Value:
    known: Value = worked_out(given_facts)["vergabe.auftragswert"]
    return known


FIXED = {"preisangabe": "gesamtpreis", "gesamtpreis": 300000, "optionen": 120000}
MONTHLY = {"preisangabe": "monatspreis", "monatspreis": 5000}
TERM = {"vertrag.unbefristet": "nein", "vertrag.dauer_monate": 36, "vertrag.verlaengerung_monate": 24}


@pytest.mark.parametrize(
    ("lots", "more", "expected"),
    [
        ({"vollstaendig": "ja", "a": FIXED}, {}, point(420000)),
        ({"vollstaendig": "ja", "a": {**FIXED, "optionen": 0}}, {}, point(300000)),
        ({"vollstaendig": "ja", "a": FIXED, "b": FIXED}, {}, point(840000)),
        ({"vollstaendig": "ja", "a": FIXED, "b": MONTHLY}, TERM, point(660000)),
        ({"vollstaendig": "ja", "a": MONTHLY}, TERM, point(240000)),
        ({"vollstaendig": "ja", "a": MONTHLY}, {**TERM, "vertrag.verlaengerung_monate": 0}, point(180000)),
        ({"vollstaendig": "ja", "a": MONTHLY}, {"vertrag.unbefristet": "ja"}, point(240000)),
        # The reading by 48 months is for monthly prices only: a total price over ten years counts in full.
        ({"vollstaendig": "ja", "a": FIXED}, {**TERM, "vertrag.verlaengerung_monate": 84}, point(420000)),
        ({"vollstaendig": "ja", "a": {**FIXED, **MONTHLY, "preisangabe": "unbekannt"}}, TERM,
         span(240000, 420000)),
        ("keine", {}, point(0)),
    ],
)  # fmt: skip
def test_the_contract_value(lots: Any, more: dict[str, Any], expected: Value) -> None:
    assert value({"vergabe.lose": lots, **more}) == expected


def test_lots_that_may_still_come_leave_the_value_open_above() -> None:
    found = value({"vergabe.lose": {"a": FIXED}})
    assert isinstance(found, Interval)
    assert found.lo == 420000
    assert found.hi > 10**9


@pytest.mark.parametrize(
    ("day", "services"),
    [
        ("2016-01-01", 209000),
        ("2017-12-31", 209000),
        ("2018-01-01", 221000),
        ("2019-12-31", 221000),
        ("2020-01-01", 214000),
        ("2021-12-31", 214000),
        ("2022-01-01", 215000),
        ("2023-12-31", 215000),
        ("2024-01-01", 221000),
        ("2025-12-31", 221000),
        ("2026-01-01", 216000),
        ("2027-12-31", 216000),
    ],
)
def test_both_thresholds_by_the_day_of_the_notice(day: str, services: int) -> None:
    known = worked_out({"vergabe.tag_steht_fest": "ja", "vergabe.bekanntmachung": day})
    assert known["vergabe.schwelle_dienstleistungen"] == point(services)
    assert known["vergabe.schwelle_soziale"] == point(750000)


@pytest.mark.parametrize("day", ["2015-12-31", "2028-01-01"])
def test_days_without_a_threshold_leave_it_open(day: str) -> None:
    known = worked_out({"vergabe.tag_steht_fest": "ja", "vergabe.bekanntmachung": day})
    assert known["vergabe.schwelle_dienstleistungen"] == UNBOUNDED


@pytest.mark.parametrize(
    ("given_facts", "expected"),
    [
        ({"vergabe.tag_steht_fest": "nein"}, point(216000)),
        ({"vergabe.tag_steht_fest": "nein", "vergabe.bekanntmachung": "2024-05-01"}, point(216000)),
        ({"vergabe.bekanntmachung": "2024-05-01"}, span(216000, 221000)),
        ({"vergabe.tag_steht_fest": "ja", "vergabe.bekanntmachung": "2024"}, point(221000)),
        ({"vergabe.tag_steht_fest": "ja"}, UNBOUNDED),
        ({}, UNBOUNDED),
    ],
)
def test_the_day_of_the_report_counts_only_where_the_setup_says_so(
    given_facts: dict[str, Any], expected: Value
) -> None:
    assert worked_out(given_facts)["vergabe.schwelle_dienstleistungen"] == expected
