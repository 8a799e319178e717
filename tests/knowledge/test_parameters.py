"""Dated values: which one holds on a day, what is due for another look, what a setup may change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import inf

import pytest
from tests.rules.small_base import PARAMETER, PARAMETER_FILE, SmallBase

from qmadvisor.knowledge.parameters import CHECK_INTERVAL, Parameters
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import Interval, point
from qmadvisor.rules.loader import default_rule_base

VALUE = "{value: 36, from: null, to: null, source: eigene Lesart, checked: 2026-11-22}"
DATED = """\
  - {value: 221000, from: 2018-01-01, to: 2019-12-31, source: a, checked: 2018-01-01}
  - {value: 214000, from: 2020-01-01, to: 2021-12-31, source: b, checked: null}
  - {value: 215000.5, from: 2023-01-01, to: null, source: c, checked: 2026-11-22}
"""


def with_values(base: SmallBase, values: str) -> Parameters:
    base.write(PARAMETER_FILE, PARAMETER.partition("  - ")[0] + values)
    return base.load().knowledge.parameters


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2017-12-31", None),
        ("2018-01-01", 221000),
        ("2019-12-31", 221000),
        ("2020-01-01", 214000),
        ("2022-06-01", None),
        ("2023-01-01", "215000.5"),
        ("2090-01-01", "215000.5"),
    ],
)
def test_the_value_of_a_day(base: SmallBase, day: str, value: int | str | None) -> None:
    found = with_values(base, DATED).at("kurz", date.fromisoformat(day))
    assert found == (None if value is None else point(value))


def test_the_order_in_the_file_does_not_matter(base: SmallBase) -> None:
    backwards = "".join(f"{line}\n" for line in reversed(DATED.splitlines()))
    assert with_values(base, backwards).at("kurz", date(2020, 1, 1)) == point(214000)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("null", "null"), ("2020-01-01", "null")),
        (("2018-01-01", "2020-01-01"), ("2020-01-01", "2021-01-01")),
        (("2018-01-01", "2024-01-01"), ("2020-01-01", "2021-01-01")),
        (("2020-01-01", "null"), ("2018-01-01", "2020-01-01")),
    ],
)
def test_two_values_for_one_day_are_refused(
    base: SmallBase, first: tuple[str, str], second: tuple[str, str]
) -> None:
    values = "".join(
        f"  - {{value: 1, from: {start}, to: {end}, source: a, checked: null}}\n"
        for start, end in (first, second)
    )
    base.write(PARAMETER_FILE, PARAMETER.partition("  - ")[0] + values)
    assert str(base.problem()) == "kurz.yaml kurz: Zwei Werte gelten am selben Tag."


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("from: null", "from: 2026-02-30", 7, "„2026-02-30“ ist kein Datum der Form JJJJ-MM-TT."),
        ("from: null", "from: 20260101", 7, "Hier wird ein Text erwartet."),
        ("from: null", 'from: "20260101"', 7, "„20260101“ ist kein Datum der Form JJJJ-MM-TT."),
        ("checked: 2026-11-22", "checked: heute", 7, "„heute“ ist kein Datum der Form JJJJ-MM-TT."),
        ("from: null, to: null", "from: 2026-02-02, to: 2026-02-01", 7, "„from“ liegt nach „to“."),
        ("value: 36", "value: viel", 7, "Hier wird eine Zahl erwartet."),
        ("value: 36", "value: true", 7, "Hier wird eine Zahl erwartet."),
        ("value: 36", "value: 1e999999999", 7, "Hier wird eine Zahl erwartet."),
        ("unit: Monate", "unit: h//Woche", 3, "keine Einheit: 'h//Woche'"),
        ("unit: Monate\n", "", 1, "Dieser Schlüssel ist nötig und noch nicht angegeben."),
        ("parameter: kurz", "parameter: Kurz", 1, "Dieser Name hat nicht die erwartete Form."),
        (f"values:\n  - {VALUE}", "values: []", 6, "Hier wird mindestens ein Eintrag erwartet."),
    ],
)
def test_what_a_parameter_cannot_be(base: SmallBase, old: str, new: str, line: int, message: str) -> None:
    base.change(PARAMETER_FILE, old, new)
    problem = base.problem()
    assert (problem.place.file, problem.place.line, problem.message) == ("kurz.yaml", line, message)


def test_a_parameter_stands_in_one_file_only(base: SmallBase) -> None:
    base.write("knowledge/parameters/zweite.yaml", PARAMETER)
    assert str(base.problem()) == (
        "zweite.yaml:1:1 parameter: Diesen Parameter gibt es schon.\n  gefunden: kurz"
    )


def test_problems_of_all_files_come_at_once(base: SmallBase) -> None:
    base.change(PARAMETER_FILE, "unit: Monate\n", "")
    base.write("knowledge/parameters/leer.yaml", b"")
    assert [problem.place.file for problem in base.problems()] == ["kurz.yaml", "leer.yaml"]


def test_names_units_and_what_may_be_changed(base: SmallBase) -> None:
    base.write(
        "knowledge/parameters/fest.yaml", PARAMETER.replace(": kurz", ": fest").replace("true", "false")
    )
    parameters = base.load().knowledge.parameters
    assert parameters.names == ("fest", "kurz")
    assert parameters.adjustable == {"kurz"}
    assert parameters.unit("kurz") == parse_unit("Monate")


# Due for another look


def test_a_value_that_nobody_confirmed_or_long_ago_is_overdue(base: SmallBase) -> None:
    assert with_values(base, DATED).overdue(date(2026, 11, 23)) == [
        ("kurz", "221000: zuletzt geprüft am 2018-01-01"),
        ("kurz", "214000: ungeprüft"),
    ]


@pytest.mark.parametrize(("late", "overdue"), [(0, False), (1, True)])
def test_a_confirmed_value_is_due_after_a_year(base: SmallBase, late: int, overdue: bool) -> None:
    today = date(2026, 11, 22) + CHECK_INTERVAL + timedelta(days=late)
    assert bool(base.load().knowledge.parameters.overdue(today)) is overdue


@pytest.mark.parametrize(("day", "due"), [("2021-11-01", False), ("2021-11-02", True), ("2022-01-01", True)])
def test_a_last_value_that_runs_out_is_due_before(base: SmallBase, day: str, due: bool) -> None:
    ending = "  - {value: 1, from: 2020-01-01, to: 2021-12-31, source: a, checked: 2021-10-01}\n"
    found = with_values(base, ending).overdue(date.fromisoformat(day))
    assert found == ([("kurz", "kein Wert nach dem 2021-12-31")] if due else [])


# A setup's own values


def test_a_setup_replaces_a_value_for_all_days(base: SmallBase) -> None:
    parameters = with_values(base, DATED)
    (dated,) = parameters.overridden({"kurz": point(24)})["kurz"].values
    assert (dated.days, dated.value) == (Interval(-inf, inf), point(24))
    assert parameters.at("kurz", date(2020, 1, 1)) == point(214000)


def test_a_setup_switches_a_parameter_off(base: SmallBase) -> None:
    parameters = base.load().knowledge.parameters
    assert parameters.overridden({"kurz": None})["kurz"].values == ()
    assert parameters.overridden({}) == parameters.terms


# The parameters that travel with the package


def test_what_nobody_confirmed_is_named() -> None:
    """Update this list when a value is confirmed; the calendar alone never fails it."""
    assert default_rule_base().knowledge.parameters.overdue(date(2026, 11, 22)) == [
        ("nettojahresstunden", "1600: ungeprüft"),
        ("schaetzzeitraum", "48: ungeprüft"),
    ]


def test_what_is_due_today_is_listed(record_property: Callable[[str, object], None]) -> None:
    """Past the day of a check the values turn up in the report of the tests and in `qmadvisor doctor`."""
    parameters = default_rule_base().knowledge.parameters
    record_property("overdue", parameters.overdue(date.today()))
    late = date(2026, 11, 22) + CHECK_INTERVAL + timedelta(days=1)
    assert {name for name, _ in parameters.overdue(late)} == set(parameters.names)


def test_every_parameter_has_a_value_today_and_an_own_reading_gives_its_reason() -> None:
    parameters = default_rule_base().knowledge.parameters
    for name, spec in parameters.specs.items():
        assert parameters.at(name, date(2026, 11, 22)) is not None, name
        assert all(value.source for value in spec.values)
        sourced = all("eigene" not in value.source for value in spec.values)
        assert spec.interpretation or sourced, name
