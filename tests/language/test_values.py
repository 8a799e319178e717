from fractions import Fraction
from math import inf

import pytest

from qmadvisor.language.types import (
    ActorType,
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    TextType,
    type_name,
    unknown_value,
)
from qmadvisor.language.values import (
    NOTHING_KNOWN,
    UNBOUNDED,
    Interval,
    Record,
    RecordList,
    exact,
    hull_of,
    point,
)


def test_a_point_is_one_number():
    assert point("0.5") == Interval(Fraction(1, 2), Fraction(1, 2))
    assert point(3).is_point
    assert not Interval(3, 4).is_point


@pytest.mark.parametrize(
    ("number", "kept"),
    [("2.0", 2), ("0.1", Fraction(1, 10)), (3, 3), (Fraction(6, 3), 2), (Fraction(1, 3), Fraction(1, 3))],
)
def test_numbers_are_kept_exactly(number, kept):
    assert exact(number) == kept
    assert type(exact(number)) is type(kept)


def test_what_two_statements_leave_together():
    assert Interval(1, 5).intersection(Interval(3, inf)) == Interval(3, 5)
    assert Interval(1, 3).intersection(Interval(3, 5)) == point(3)
    assert Interval(1, 2).intersection(Interval(3, 5)) is None


def test_the_hull_holds_all():
    assert Interval(1, 2).hull(Interval(5, 6)) == Interval(1, 6)
    assert hull_of([Interval(1, 2), Interval(-1, 0), Interval(0, inf)]) == Interval(-1, inf)
    assert hull_of([Interval(1, 2)]) == Interval(1, 2)


def test_lying_within():
    assert Interval(1, 2).within(Interval(1, 3))
    assert not Interval(0, 2).within(Interval(1, 3))
    assert Interval(0, 2).within(UNBOUNDED)


def test_records_are_equal_by_key_and_values():
    record = Record("leitung", {"umfang": point(1)})
    assert record == Record("leitung", {"umfang": point(1)})
    assert hash(record) == hash(Record("leitung", {"umfang": point(1)}))
    assert record != Record("leitung", {"umfang": point(2)})
    assert record != Record("buero", {"umfang": point(1)})
    assert record != "leitung"
    assert RecordList((record,)) == RecordList((Record("leitung", {"umfang": point(1)}),))


def test_a_record_shows_itself():
    assert repr(Record("a", {"befristet": True})) == "Record('a', {'befristet': True})"


LIST = ListType("stellen", {"umfang": NumberType()})


@pytest.mark.parametrize(
    ("type_", "name", "unknown"),
    [
        (BoolType(), "ja/nein", None),
        (NumberType(range=Interval(0, 5)), "Zahl", Interval(0, 5)),
        (NumberType(), "Zahl", UNBOUNDED),
        (DateType(Interval(1, 9)), "Datum", Interval(1, 9)),
        (ChoiceType(("a", "b")), "Auswahl", frozenset({"a", "b"})),
        (MultipleType(("a", "b")), "Mehrfachauswahl", {}),
        (TextType(), "Text", None),
        (ActorType("akteure"), "Verweis auf einen Akteur", None),
        (LIST, "Liste", NOTHING_KNOWN),
    ],
)
def test_every_type_has_a_name_and_says_what_not_stated_means(type_, name, unknown):
    assert type_name(type_) == name
    assert unknown_value(type_) == unknown


def test_types_can_be_told_apart():
    assert hash(LIST) == hash(ListType("stellen", {}))
    assert not NOTHING_KNOWN.complete
