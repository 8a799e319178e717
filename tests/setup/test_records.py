from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qmadvisor.errors import SetupError
from qmadvisor.language.values import NOTHING_KNOWN, Interval, RecordList, point
from qmadvisor.setup.model import Setup

Given = Callable[..., Setup]


def problems(given: Given, facts: dict[str, Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(SetupError) as caught:
        given(facts)
    return [(problem.code, problem.remedy) for problem in caught.value.problems]


def test_records_have_a_value_for_every_field(given: Given) -> None:
    setup = given({"stellen": {"leitung": {"rolle": "qm", "umfang": 0.5}}})
    posts = setup.values["stellen"]
    assert isinstance(posts, RecordList)
    assert not posts.complete
    assert posts.records[0].key == "leitung"
    assert posts.records[0].values == {
        "rolle": frozenset({"qm"}),
        "umfang": point("0.5"),
        "kompetenzen": {},
        "traeger": None,
    }
    assert setup.stated == {"stellen[leitung].rolle", "stellen[leitung].umfang"}


def test_a_complete_list_is_stated_as_a_whole(given: Given) -> None:
    setup = given({"stellen": {"vollstaendig": "ja", "leitung": None}})
    assert setup.values["stellen"].complete
    assert setup.stated == {"stellen"}
    assert setup.values["stellen"].records[0].values["umfang"] == Interval(0, 20)


@pytest.mark.parametrize("stated", ["keine", {"vollstaendig": True}, {"wert": "keine", "notiz": "vorerst"}])
def test_an_empty_list(given: Given, stated: Any) -> None:
    setup = given({"stellen": stated})
    assert setup.values["stellen"] == RecordList((), complete=True)
    assert setup.stated == {"stellen"}


@pytest.mark.parametrize("stated", [None, "unbekannt", {}, {"vollstaendig": "nein"}, {"notiz": "kommt noch"}])
def test_a_list_of_which_nothing_is_known(given: Given, stated: Any) -> None:
    setup = given({"stellen": stated})
    assert setup.values["stellen"] == NOTHING_KNOWN
    assert setup.stated == frozenset()


def test_notes_stand_at_list_record_and_field(given: Given) -> None:
    post = {
        "notiz": "ab Mai",
        "umfang": {"wert": 0.5, "notiz": "beschlossen"},
        "rolle": {"wert": "qm", "notiz": "x"},
    }
    assert given({"stellen": {"notiz": "Stand Mai", "leitung": post}}).notes == {
        "stellen": "Stand Mai",
        "stellen[leitung]": "ab Mai",
        "stellen[leitung].umfang": "beschlossen",
        "stellen[leitung].rolle": "x",
    }


def test_options_of_a_record_are_stated_one_by_one(given: Given) -> None:
    setup = given({"stellen": {"leitung": {"kompetenzen": ["planung"]}}})
    assert setup.stated == {"stellen[leitung].kompetenzen[planung]"}


def test_a_renamed_field_is_taken(given: Given) -> None:
    setup = given({"stellen": {"leitung": {"anstellung": "stadt"}}})
    assert setup.values["stellen"].records[0].values["traeger"] == "stadt"
    assert setup.stated == {"stellen[leitung].traeger"}


@pytest.mark.parametrize(
    ("stated", "code", "remedy"),
    [
        (
            [{"rolle": "qm"}],
            "not_a_list",
            "Geben Sie jedem Eintrag einen Namen, zum Beispiel „eintrag_1: {…}“.",
        ),
        ("zwei", "not_a_list", "Geben Sie jedem Eintrag einen Namen, zum Beispiel „eintrag_1: {…}“."),
        ({"Leitung QM": {}}, "bad_key", "Meinten Sie „leitung_qm“?"),
        ({"leitung": "qm"}, "not_a_record", None),
        ({"vollständig": "ja"}, "unknown_key", "Meinten Sie „vollstaendig“?"),
        ({"vollstandig": "ja"}, "unknown_key", "Meinten Sie „vollstaendig“?"),
        ({"leitung": {"rollle": "qm"}}, "unknown_key", "Meinten Sie „rolle“?"),
        ({"leitung": {"raum_m2": 25}}, "unknown_key", "„raum_m2“ gehört unter „buero“."),
        ({"leitung": {"traeger": "a", "anstellung": "b"}}, "duplicate_fact", None),
        ({"leitung": {"traeger": "Stadt X"}}, "bad_key", "Meinten Sie „stadt_x“?"),
    ],
)
def test_refused(given: Given, stated: Any, code: str, remedy: str | None) -> None:
    assert problems(given, {"stellen": stated}) == [(code, remedy)]


def test_the_number_of_records_is_limited(given: Given) -> None:
    posts: dict[str, Any] = {f"s{number}": {} for number in range(200)}
    assert len(given({"stellen": posts}).values["stellen"].records) == 200
    assert problems(given, {"stellen": posts | {"zuviel": {}}}) == [("too_many_records", None)]


def test_a_reference_is_free_where_the_list_is_not_stated(given: Given) -> None:
    assert (
        given({"stellen": {"leitung": {"traeger": "stadt"}}}).values["stellen"].records[0].values["traeger"]
        == "stadt"
    )
    assert given({"akteure": "unbekannt", "stellen": {"leitung": {"traeger": "stadt"}}})


@pytest.mark.parametrize("order", [1, -1])
def test_a_reference_must_exist_where_the_list_is_stated(given: Given, order: int) -> None:
    facts = {"stellen": {"leitung": {"traeger": "stdat"}}, "akteure": {"stadt": {"name": "Stadt"}}}
    with pytest.raises(SetupError) as caught:
        given(dict(list(facts.items())[::order]))
    assert str(caught.value) == (
        "stellen[leitung].traeger: In der Liste „akteure“ gibt es diesen Eintrag nicht.\n"
        "  gefunden: „stdat“\n"
        "  erlaubt:  stadt\n"
        "  Abhilfe:  Meinten Sie „stadt“?"
    )


def test_a_reference_into_an_empty_list(given: Given) -> None:
    facts = {"akteure": "keine", "stellen": {"leitung": {"traeger": "stadt"}}}
    assert problems(given, facts) == [("unknown_record", "Legen Sie den Eintrag unter „akteure“ an.")]
