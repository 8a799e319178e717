from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from qmadvisor.documents import Scalar
from qmadvisor.errors import SetupError
from qmadvisor.language.types import NumberType
from qmadvisor.language.values import Interval, point
from qmadvisor.setup.conversion import POSTS
from qmadvisor.setup.model import Reading, Setup
from qmadvisor.setup.plain import as_node
from qmadvisor.setup.problems import Problems
from qmadvisor.setup.rates import Rates
from qmadvisor.setup.staffing import Staffing, read_staffing

TYPE = NumberType(POSTS, range=Interval(0, 20))
RATES = Rates(point(39), point(1600))
SPREAD = Fraction(16, 39)


def read(stated: Any, rates: Rates = RATES) -> Staffing:
    problems = Problems(None)
    staffing = read_staffing(as_node(stated), TYPE, rates, problems, "umfang")
    problems.raise_any()
    return staffing


@pytest.mark.parametrize(
    ("stated", "lo", "hi"),
    [
        (0.5, "1/2", "1/2"),
        ("0,5 Stellen", "1/2", "1/2"),
        ("1 Stelle", 1, 1),
        ("mindestens 0,5", "1/2", 20),
        ({"anteil": 0.5}, "1/2", "1/2"),
        ({"wert": 0.5}, "1/2", "1/2"),
        ({"wochenstunden": 19.5}, "1/2", "1/2"),
        ({"wochenstunden": 13}, "1/3", "1/3"),
        ({"wochenstunden": "20 bis 30", "vollzeitwoche": 40}, "1/2", "3/4"),
        ({"wochenstunden": "19,5 Stunden je Woche", "vollzeitwoche": "mindestens 39"}, "39/120", "1/2"),
        ({"jahresstunden": 800, "wochen": 50}, SPREAD, "1/2"),
        ({"jahresstunden": 800, "wochen": 50, "basis": "verteilt"}, SPREAD, SPREAD),
        ({"jahresstunden": 800, "wochen": 50, "basis": "Netto"}, "1/2", "1/2"),
        ({"jahresstunden": 1014, "basis": "verteilt"}, "1/2", "1/2"),
        ({"jahresstunden": "mindestens 800", "wochen": 50}, SPREAD, 20),
        ({"anteil": 0.41, "jahresstunden": 800, "wochen": 50, "basis": "verteilt"}, "41/100", "41/100"),
        ({"anteil": "mindestens 0,3", "wochenstunden": 19.5}, "1/2", "1/2"),
        ({"wochenstunden": 16, "jahresstunden": 800, "wochen": 50}, SPREAD, SPREAD),
        ({"wochenstunden": "unbekannt", "anteil": 0.5}, "1/2", "1/2"),
        ({"wochenstunden": None}, 0, 20),
        ({}, 0, 20),
    ],
)
def test_notations(stated: Any, lo: Any, hi: Any) -> None:
    assert read(stated).value == Interval(Fraction(lo), Fraction(hi))


def test_a_share_needs_no_reading() -> None:
    assert read(0.5).readings == ()
    assert read({"anteil": 0.5}).readings == ()


@pytest.mark.parametrize(
    ("stated", "texts"),
    [
        (
            {"wochenstunden": 19.5, "vollzeitwoche": 39},
            ["19,5 Stunden je Woche ÷ 39 Stunden je Woche = 0,5 Stellen"],
        ),
        (
            {"wochenstunden": 19.5},
            [
                "19,5 Stunden je Woche ÷ 39 Stunden je Woche = 0,5 Stellen "
                "(angenommen: volle Stelle mit 39 Stunden je Woche)"
            ],
        ),
        (
            {"jahresstunden": 800, "wochen": 50, "vollzeitwoche": 39},
            [
                "800 Stunden im Jahr ÷ 50 Wochen ÷ 39 Stunden je Woche = rund 0,41 Stellen",
                "800 Stunden im Jahr ÷ 1.600 Nettostunden im Jahr = 0,5 Stellen "
                "(angenommen: volle Stelle mit 1.600 Nettostunden im Jahr)",
            ],
        ),
        (
            {"jahresstunden": "mindestens 1200", "basis": "verteilt"},
            [
                "mindestens 1.200 Stunden im Jahr ÷ 52 Wochen ÷ 39 Stunden je Woche = mindestens rund 0,59 Stellen "
                "(angenommen: 52 Wochen im Jahr, volle Stelle mit 39 Stunden je Woche)"
            ],
        ),
        (
            {"wochenstunden": "höchstens 10", "vollzeitwoche": 40},
            ["höchstens 10 Stunden je Woche ÷ 40 Stunden je Woche = höchstens 0,25 Stellen"],
        ),
    ],
)
def test_readings_show_the_calculation(stated: Any, texts: list[str]) -> None:
    assert [reading.text for reading in read(stated).readings] == texts


def test_readings_hold_their_value_within_the_range() -> None:
    readings = read({"jahresstunden": "mindestens 800", "wochen": 50}).readings
    assert [reading.value for reading in readings] == [Interval(SPREAD, 20), Interval(Fraction(1, 2), 20)]


def test_without_a_rate_the_size_stays_open() -> None:
    staffing = read({"wochenstunden": 19.5}, Rates())
    assert staffing.value == TYPE.range
    assert staffing.readings == (
        Reading(
            "19,5 Stunden je Woche: Für den Stichtag liegt keine Wochenarbeitszeit einer vollen Stelle vor; "
            "der Umfang bleibt offen.",
            TYPE.range,
        ),
    )
    assert read({"jahresstunden": 800}, Rates(point(39), None)).value == TYPE.range
    assert read({"jahresstunden": 800, "basis": "netto"}, Rates(None, point(1600))).value == point("1/2")
    assert read({"wochenstunden": 19.5, "vollzeitwoche": 39}, Rates()).value == point("1/2")


def test_contradicting_notations_are_both_named() -> None:
    with pytest.raises(SetupError) as caught:
        read({"anteil": 0.75, "wochenstunden": 19.5})
    assert str(caught.value) == (
        "Die Angaben zum Umfang passen nicht zusammen.\n"
        "  gefunden: anteil: 0,75 Stellen, wochenstunden: 0,5 Stellen\n"
        "  Abhilfe:  Lassen Sie eine der Angaben weg oder berichtigen Sie sie."
    )


def test_a_hundredth_is_no_contradiction() -> None:
    assert read({"anteil": 0.51, "wochenstunden": 19.5}).value == point("0.51")
    with pytest.raises(SetupError):
        read({"anteil": 0.5101, "wochenstunden": 19.5})


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"wochenstunden": 1000}, "out_of_range"),
        (21, "out_of_range"),
        ({"wochenstunden": -1}, "out_of_range"),
        ({"wochenstunden": 20, "vollzeitwoche": 0}, "out_of_range"),
        ({"jahresstunden": 800, "wochen": 60}, "out_of_range"),
        ({"wochen": 50}, "missing_hours"),
        ({"wochenstunden": 20, "wochen": 40}, "missing_hours"),
        ({"anteil": 1, "basis": "netto"}, "missing_hours"),
        ({"jahresstunden": 800, "basis": "brutto"}, "unknown_choice"),
        ({"anteil": 1, "wert": 1}, "duplicate_fact"),
        ({"wochenstunde": 20}, "unknown_key"),
        ({"wochenstunden": "20 Stellen"}, "unit"),
        ("19,5 Stunden", "unit"),
        ({"wochenstunden": [20]}, "single_value"),
        ([0.5], "single_value"),
    ],
)
def test_refused(stated: Any, code: str) -> None:
    with pytest.raises(SetupError) as caught:
        read(stated)
    assert [problem.code for problem in caught.value.problems] == [code]


@forall(st.integers(0, 780).map(lambda tenths: Fraction(tenths, 10)))
def test_hours_a_week_and_their_share_agree(hours: Fraction) -> None:
    text = f"{float(hours):.1f}"
    problems = Problems(None)
    node = as_node({"wochenstunden": Scalar(text, True, 1, 1)})
    assert read_staffing(node, TYPE, RATES, problems, "").value == point(hours / 39)


def test_parameters_of_the_day_and_of_the_setup_convert(given: Callable[..., Setup]) -> None:
    facts = {"stellen": {"leitung": {"umfang": {"wochenstunden": 20}}}}

    def size(**options: Any) -> Interval:
        return given(facts, **options).values["stellen"].records[0].values["umfang"]

    assert size() == point("20/39")
    assert size(overrides={"vollzeitwoche": point(40)}) == point("1/2")
    assert size(overrides={"vollzeitwoche": None}) == Interval(0, 20)
    assert size(as_of=date(2019, 12, 31)) == Interval(0, 20)


def test_readings_are_kept_by_path(given: Callable[..., Setup]) -> None:
    setup = given({"stellen": {"leitung": {"umfang": {"wochenstunden": 19.5, "notiz": "Tarif"}}}})
    assert list(setup.readings) == ["stellen[leitung].umfang"]
    assert setup.notes == {"stellen[leitung].umfang": "Tarif"}
    assert setup.stated == {"stellen[leitung].umfang"}
