"""What a distribution of tasks amounts to: certain, possible, and what is still to be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from qmadvisor.knowledge.functions.tasks import (
    FUNCTIONS,
    needs_of_holders,
    needs_of_matrix,
    needs_of_model,
    number_of_tasks,
    tasks_against_model,
    tasks_led_twice,
    tasks_of_nobody,
)
from qmadvisor.language.matrix import Entry, LeadRule, Overview, Task, TaskMatrix
from qmadvisor.language.values import Interval, Record, RecordList, Value

LEAD, SUPPORT = "federfuehrung", "mitwirkung"
ARTS = ("kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger")


def entry(key: str, column: str) -> Entry:
    return Entry(key, "bau", column, 1, key.upper())


S, P, PG_P, PG_G, LIKE, MAYBE = (
    entry(key, column)
    for key, column in [
        ("s", "steuerung"), ("p", "planung"), ("pg_p", "planung"), ("pg_g", "gwa"), ("like", "gwa"), ("maybe", "gwa")
    ]
)  # fmt: skip
#: `pg` stands in two columns, and something like it in a third place; `maybe` is only there if needed.
OVERVIEW = Overview(
    areas={"bau": "Bau"},
    columns=dict.fromkeys(("steuerung", "planung", "gwa"), ""),
    entries={one.key: one for one in (S, P, PG_P, PG_G, LIKE, MAYBE)},
    tasks={
        "s": Task("s", "S", ((S,),)),
        "p": Task("p", "P", ((P,),)),
        "pg_p": Task("pg_p", "PG", ((PG_P, PG_G), (LIKE,))),
        "maybe": Task("maybe", "M", ((MAYBE,),), if_needed=True),
    },
    models={
        "eins": LeadRule({"planung": frozenset({"kommune"}), "gwa": frozenset({"qm_traeger"})}),
        "zwei": LeadRule({"planung": frozenset({"beauftragte"}), "gwa": frozenset({"qm_traeger"})}),
        "allein": LeadRule({}, one_actor=True),
    },
)
CITY: dict[str, str | None] = {"stadt": LEAD}
CLUB: dict[str, str | None] = {"verein": LEAD}


def matrix(
    rest: Mapping[str, str | None] | None = None, **holders: Mapping[str, str | None] | None
) -> TaskMatrix:
    """Some entries as named, and all others alike; None leaves them open."""
    everything = {key: holders.get(key, rest) for key in OVERVIEW.entries}
    return TaskMatrix(OVERVIEW, {key: held for key, held in everything.items() if held is not None})


def actors(complete: bool = False, **arts: str | None) -> RecordList:
    return RecordList(
        tuple(Record(key, {"art": frozenset(ARTS if art is None else [art])}) for key, art in arts.items()),
        complete,
    )


# Tasks that nobody has


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (matrix(), {"maybe": False}),
        (matrix({}), {"s": True, "p": True, "pg_p": True, "maybe": False}),
        (matrix(CITY), {"s": False, "p": False, "pg_p": False, "maybe": False}),
        (matrix({"stadt": None}), {"s": False, "p": False, "pg_p": False, "maybe": False}),
        (matrix({"stadt": SUPPORT}), {"s": False, "p": False, "pg_p": False, "maybe": False}),
        (matrix(s={}), {"s": True, "maybe": False}),
        # one entry is enough for the whole task, but all must be nobody's
        (matrix(pg_g=CITY), {"pg_p": False, "maybe": False}),
        (matrix(like=CITY), {"pg_p": False, "maybe": False}),
        (matrix(pg_p={}, pg_g={}), {"maybe": False}),
        (matrix(pg_p={}, pg_g={}, like={}), {"pg_p": True, "maybe": False}),
        (matrix(pg_p={}, pg_g={}, like=CITY), {"pg_p": False, "maybe": False}),
    ],
)
def test_tasks_of_nobody(given: TaskMatrix, expected: dict[str, bool]) -> None:
    assert tasks_of_nobody(given) == expected


# Tasks with more than one lead


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (matrix(), {}),
        (matrix({}), {"s": False, "p": False, "pg_p": False, "maybe": False}),
        (matrix(s=CITY), {"s": False}),
        (matrix(s={"stadt": LEAD, "verein": SUPPORT}), {"s": False}),
        (matrix(s={"stadt": LEAD, "verein": LEAD}), {"s": True}),
        (matrix(s={"stadt": LEAD, "verein": LEAD, "buero": None}), {"s": True}),
        (matrix(s={"stadt": LEAD, "verein": None}), {}),
        (matrix(s={"stadt": None, "verein": None}), {}),
        (matrix(s={"stadt": None, "verein": SUPPORT}), {"s": False}),
        # the same task in two columns has the leads of both
        (matrix(pg_p=CITY, pg_g=CLUB), {"pg_p": True}),
        (matrix(pg_p=CITY, pg_g=CITY, like={}), {"pg_p": False}),
        (matrix(pg_p=CITY, pg_g={"stadt": SUPPORT}, like={}), {"pg_p": False}),
        (matrix(pg_p=CITY, pg_g={"stadt": None}, like={}), {"pg_p": False}),
        (matrix(pg_p=CITY), {}),
        (matrix(pg_p={"stadt": LEAD, "verein": LEAD}), {"pg_p": True}),
        # alike is not the same
        (matrix(pg_p=CITY, pg_g=CITY, like=CLUB), {"pg_p": False}),
        (matrix(like={"stadt": LEAD, "verein": LEAD}), {"pg_p": True}),
    ],
)
def test_tasks_led_twice(given: TaskMatrix, expected: dict[str, bool]) -> None:
    assert tasks_led_twice(given) == expected


# Tasks whose lead does not fit the model

KNOWN = actors(stadt="kommune", verein="qm_traeger", buero="beauftragte", neu=None)
BUERO: dict[str, str | None] = {"buero": LEAD}
NONE_OF_THEM = dict.fromkeys(OVERVIEW.tasks, False)


def against(given: TaskMatrix, *models: str, known: RecordList = KNOWN) -> dict[str, bool]:
    return tasks_against_model(given, frozenset(models), known)


@pytest.mark.parametrize(
    ("given", "models", "expected"),
    [
        (matrix(), "eins", {"s": False}),  # this model lets anyone steer
        (matrix({}), "eins", NONE_OF_THEM),
        (matrix(p=CITY), "eins", {"s": False, "p": False}),
        (matrix(p=BUERO), "eins", {"s": False, "p": True}),
        (matrix(p={"stadt": LEAD, "buero": LEAD}), "eins", {"s": False, "p": True}),
        (matrix(p={"stadt": LEAD, "buero": SUPPORT}), "eins", {"s": False, "p": False}),
        (matrix(p={"stadt": LEAD, "buero": None}), "eins", {"s": False}),
        (matrix(p={"stadt": None}), "eins", {"s": False, "p": False}),
        (matrix(p=BUERO), "zwei", {"s": False, "p": False}),
        (matrix(p=CITY), "zwei", {"s": False, "p": True}),
        # somebody of whom the kind is not known, or who does not stand in the list
        (matrix(p={"neu": LEAD}), "eins", {"s": False}),
        (matrix(p={"fremd": LEAD}), "eins", {"s": False}),
        (matrix(p={"neu": SUPPORT}), "eins", {"s": False, "p": False}),
        # a task of two columns may be led by whoever leads in one of them
        (matrix(pg_p=CLUB, pg_g={}, like={}), "eins", {"s": False, "pg_p": False}),
        (matrix(pg_p=CITY, pg_g=CLUB, like={}), "eins", {"s": False, "pg_p": False}),
        (matrix(pg_g=BUERO), "eins", {"s": False, "pg_p": True}),
        (matrix(pg_p=CITY, pg_g={}, like=CITY), "eins", {"s": False, "pg_p": True}),
        # two models: certain where both agree
        (matrix(maybe=CITY), "eins zwei", {"s": False, "maybe": True}),
        (matrix(p=CITY), "eins zwei", {"s": False}),
        (matrix(p=CITY), "eins frei", {"s": False, "p": False}),
        # a model that nothing is known of is contradicted by nothing
        (matrix(), "frei", NONE_OF_THEM),
        (matrix(p=BUERO), "frei eins", {"s": False}),
    ],
)
def test_tasks_against_the_model(given: TaskMatrix, models: str, expected: dict[str, bool]) -> None:
    assert against(given, *models.split()) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # whoever leads most is the one, the first by name where several do; the municipality does not count
        (matrix(CLUB), NONE_OF_THEM),
        (matrix(CLUB, s=CITY), NONE_OF_THEM),
        (matrix(CLUB, s=BUERO), {**NONE_OF_THEM, "s": True}),
        (matrix({}, s=BUERO, p=CLUB), {**NONE_OF_THEM, "p": True}),
        (matrix({}, s=BUERO, p=BUERO, maybe=CLUB), {**NONE_OF_THEM, "maybe": True}),
        (matrix(CLUB, s={"verein": LEAD, "buero": SUPPORT}), NONE_OF_THEM),
        (matrix(CLUB, s={"verein": LEAD, "buero": LEAD}), {**NONE_OF_THEM, "s": True}),
        # what is open may put another in the place of the one, or it may not
        (matrix(), {}),
        (matrix(s=BUERO), {}),
        (matrix(CLUB, s=BUERO, p=None), {"s": True, "pg_p": False, "maybe": False}),
        (matrix({}, s=BUERO, p=CLUB, maybe=None), {"pg_p": False}),
        (matrix(CLUB, s={"neu": LEAD}), {"p": False, "pg_p": False, "maybe": False}),
        (matrix(CITY, s=None), {"p": False, "pg_p": False, "maybe": False}),
    ],
)
def test_tasks_that_the_one_actor_of_a_model_does_not_lead(
    given: TaskMatrix, expected: dict[str, bool]
) -> None:
    assert against(given, "allein") == expected


# Counts and needs


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, (0, 4)),
        ({"s": True}, (1, 4)),
        ({"s": False}, (0, 3)),
        ({"s": True, "p": False}, (1, 3)),
        (dict.fromkeys(OVERVIEW.tasks, True), (4, 4)),
        (NONE_OF_THEM, (0, 0)),
    ],
)
def test_counts_go_from_certain_to_possible(found: dict[str, bool], expected: tuple[int, int]) -> None:
    assert number_of_tasks(matrix(), found) == Interval(*expected)


@pytest.mark.parametrize(
    ("given", "holders", "roles"),
    [
        (matrix(), [(0, "")], [(0, "")]),
        (matrix({}), [], []),
        (matrix({}, s=None), [(0, "")], [(0, "")]),
        (matrix({}, s={"stadt": None}), [], [(0, "")]),
    ],
)
def test_what_is_to_be_said_of_the_distribution(given: TaskMatrix, holders: Any, roles: Any) -> None:
    assert list(needs_of_holders(given)) == holders
    assert list(needs_of_matrix(given)) == roles


@pytest.mark.parametrize(
    ("given", "models", "expected"),
    [
        (matrix(CITY), ["eins"], []),
        (matrix(CITY), ["eins", "zwei"], [(1, "")]),
        (matrix(), ["eins"], [(0, "")]),
        (matrix(CITY, s={"neu": LEAD}, p={"neu": LEAD}), ["eins"], [(2, "[neu].art")]),
        (matrix(CITY, s={"fremd": SUPPORT}), ["eins"], [(2, "")]),
        (matrix({"fremd": LEAD}, s=None), ["eins", "zwei"], [(1, ""), (0, ""), (2, "")]),
    ],
)
def test_what_is_to_be_said_for_the_model(given: TaskMatrix, models: list[str], expected: Any) -> None:
    assert list(needs_of_model(given, frozenset(models), KNOWN)) == expected


def test_a_count_is_open_for_what_keeps_its_tasks_open() -> None:
    needs = FUNCTIONS["anzahl_aufgaben"].needs
    assert needs is not None
    assert list(needs(matrix(), {"s": True})) == [(1, "")]
    assert list(needs(matrix(), NONE_OF_THEM)) == []


def test_actors_without_a_kind_are_simply_not_known() -> None:
    unnamed: Mapping[str, Value] = {"name": "Stadt"}
    assert against(matrix(p=CITY), "eins", known=RecordList((Record("stadt", unnamed),))) == {"s": False}
