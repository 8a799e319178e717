"""The value that says who has which task: what is open in it, how it reads, and how it keeps a condition open."""

from __future__ import annotations

import pytest

from qmadvisor.language.german import format_value
from qmadvisor.language.matrix import Entry, Overview, TaskMatrix
from qmadvisor.language.reasons import Origins, Reason, why_open
from qmadvisor.language.syntax import Fact
from qmadvisor.language.trace import Evaluated
from qmadvisor.language.types import MultipleType, TaskMatrixType, type_name, unknown_value
from qmadvisor.language.values import Interval
from qmadvisor.language.vocabulary import Words

ENTRIES = {key: Entry(key, "bau", column, 1, key) for key, column in (("a", "planung"), ("b", "gwa"))}
OVERVIEW = Overview({"bau": "Bau"}, {"planung": "Planung", "gwa": "Gemeinwesenarbeit"}, ENTRIES)
CITY = {"stadt": "federfuehrung"}
NOTHING = TaskMatrix(OVERVIEW)
HALF = TaskMatrix(OVERVIEW, {"a": CITY})
NO_ROLE = TaskMatrix(OVERVIEW, {"a": CITY, "b": {"stadt": None}})
WHOLE = TaskMatrix(OVERVIEW, {"a": CITY, "b": {}})


@pytest.mark.parametrize(
    ("matrix", "unstated", "without_role", "settled"),
    [
        (NOTHING, ["a", "b"], (), False),
        (HALF, ["b"], (), False),
        (NO_ROLE, [], ("b",), False),
        (WHOLE, [], (), True),
    ],
)
def test_what_is_open(
    matrix: TaskMatrix, unstated: list[str], without_role: tuple[str, ...], settled: bool
) -> None:
    assert [entry.key for entry in matrix.unstated] == unstated
    assert matrix.without_role == without_role
    assert matrix.settled is settled


@pytest.mark.parametrize(
    ("matrix", "text"),
    [
        (NOTHING, "unbekannt"),
        (HALF, "1 von 2 Einträgen geklärt"),
        (NO_ROLE, "2 von 2 Einträgen geklärt, Rollen teils offen"),
        (WHOLE, "alle Aufgaben geklärt"),
    ],
)
def test_it_reads_as_how_far_it_has_come(matrix: TaskMatrix, text: str) -> None:
    assert format_value(matrix, TaskMatrixType("akteure", OVERVIEW), Words("Verteilung")) == text


def test_nothing_stated_is_a_matrix_in_which_everything_is_open() -> None:
    type_ = TaskMatrixType("akteure", OVERVIEW)
    assert unknown_value(type_) == NOTHING != HALF
    assert type_name(type_) == "Aufgabenverteilung"


def test_it_is_shown_by_what_is_said_how_often() -> None:
    assert repr(NO_ROLE) == "TaskMatrix(1 x {'stadt': 'federfuehrung'}, 1 x {'stadt': None})"


def test_of_many_items_some_are_named_and_the_others_counted() -> None:
    items = {f"i{number}": f"Sache {number}" for number in range(20)}
    words, type_ = Words("Sachen", choices=items), MultipleType(tuple(items))
    some = dict.fromkeys(list(items)[:17], True)
    assert format_value(some, type_, words).endswith("Sache 13, Sache 14 und 2 weitere (weitere offen)")
    assert format_value(dict.fromkeys(items, True), type_, words).endswith("Sache 14 und 5 weitere")
    assert format_value(some, type_, words, 20).endswith("Sache 15, Sache 16 (weitere offen)")


# Why a condition is open that rests on it

PATHS = {"zahl": ("verteilung", "menge"), "menge": ("verteilung",)}


def why(matrix: TaskMatrix, needs: dict[str, list[str]] | None = None) -> list[tuple[str, str]]:
    values = {"zahl": Interval(0, 2), "menge": {"a": True}, "verteilung": matrix, "modell": frozenset("xy")}
    told = {path: (lambda _, found=found: found) for path, found in (needs or {}).items()}
    origins = Origins(set(), {}, PATHS, values, {"menge": ("a", "b")}, told)
    reasons = why_open([Evaluated(Fact("zahl"), Interval(0, 2))], origins)
    return [(reason.kind, reason.subject) for reason in reasons]


@pytest.mark.parametrize(("matrix", "expected"), [(HALF, [("facts", "verteilung")]), (WHOLE, [])])
def test_inputs_that_are_not_settled_are_the_reason(
    matrix: TaskMatrix, expected: list[tuple[str, str]]
) -> None:
    assert why(matrix) == expected


def test_a_function_may_tell_more_closely_what_it_needs() -> None:
    assert why(HALF, {"zahl": ["menge"]}) == [("facts", "verteilung")]
    assert why(HALF, {"zahl": ["modell", "akteure[stadt].art"]}) == [
        ("facts", "modell"),
        ("facts", "akteure[stadt].art"),
    ]
    assert why(HALF, {"zahl": ["menge"], "menge": []}) == []
    assert why(WHOLE, {"zahl": ["verteilung"]}) == []
    assert Reason("facts", "verteilung") == Reason("facts", "verteilung", Fact("zahl"))
