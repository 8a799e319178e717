from collections.abc import Mapping
from typing import Any

import pytest
from tests.language.example import (
    POST_FIELDS,
    VOCABULARY,
    among_others,
    at_least,
    between,
    days,
    formula,
    known,
    only,
    post,
    trace,
)

from qmadvisor.language.evaluate import evaluate
from qmadvisor.language.printer import to_text
from qmadvisor.language.reasons import Origins, Reason, why_open
from qmadvisor.language.values import Record


def why(text: str, stated: Mapping[str, Any] | None = None, **options: Any) -> list[tuple[str, str]]:
    """Kind and subject of every reason; a field is stated where its record holds anything but its range."""
    stated = stated or {}
    reasons = why_open([trace(text, stated, **options)], origins(stated))
    return [(reason.kind, reason.subject) for reason in reasons]


def origins(stated: Mapping[str, Any], **more: Any) -> Origins:
    values = known(stated).values
    paths = {*stated, *(path for records in stated.values() for path in _field_paths(records))}
    return Origins(**{"stated": paths, "derived": {}, "inputs": {}, "values": values, **more})


def _field_paths(records: Any) -> list[str]:
    unknown = post("").values
    return [
        f"stellen[{record.key}].{name}"
        for record in getattr(records, "records", ())
        if isinstance(record, Record)
        for name in POST_FIELDS
        if record.values[name] != unknown[name]
    ]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("buero.vorhanden", {"buero.vorhanden": True}),
        ("buero.vorhanden", {"buero.vorhanden": False}),
        ("raum.flaeche > 25 or buero.vorhanden", {"buero.vorhanden": True}),
        ("raum.flaeche > 25", {"raum.flaeche": at_least(30)}),
        ("some s in stellen satisfies (s.befristet)", {"stellen": among_others(post("a", befristet=True))}),
    ],
)
def test_what_is_settled_has_no_reason(text, stated):
    assert why(text, stated) == []


def test_a_fact_is_not_stated_or_too_imprecise():
    assert why("raum.flaeche > 25") == [("facts", "raum.flaeche")]
    assert why("raum.flaeche > 25", {"raum.flaeche": at_least(20)}) == [("imprecise", "raum.flaeche")]
    assert why("buero.vorhanden") == [("facts", "buero.vorhanden")]
    assert why('traeger.art = "verein"', {"traeger.art": frozenset({"verein", "kommune"})}) == [
        ("imprecise", "traeger.art")
    ]
    assert why("projekt.beginn < stichtag", {"projekt.beginn": days("2026-01-01", "2026-02-28")}) == [
        ("imprecise", "projekt.beginn")
    ]
    assert why('projekt.name = "Nord"') == [("facts", "projekt.name")]


def test_facts_come_in_the_order_of_the_condition_and_once():
    text = "buero.zentral and (buero.vorhanden or buero.zentral) and raum.flaeche > 1"
    assert why(text) == [("facts", "buero.zentral"), ("facts", "buero.vorhanden"), ("facts", "raum.flaeche")]


def test_the_traces_come_in_their_order():
    first, second = trace("buero.zentral"), trace("buero.vorhanden and buero.zentral")
    subjects = [reason.subject for reason in why_open([first, second], origins({}))]
    assert subjects == ["buero.zentral", "buero.vorhanden"]


def test_absorbed_branches_name_nothing():
    stated = {"buero.vorhanden": True}
    text = "(buero.vorhanden or raum.flaeche > 1) and buero.zentral"
    assert why(text, stated) == [("facts", "buero.zentral")]
    stated = {"buero.vorhanden": False}
    text = "(buero.vorhanden and raum.flaeche > 1) or buero.zentral"
    assert why(text, stated) == [("facts", "buero.zentral")]


def test_an_item_of_a_multiple_choice_is_named():
    assert why('angebote has "treff"', {"angebote": {"lotsen": True}}) == [("facts", "angebote[treff]")]
    assert why('angebote has "lotsen" and angebote has "treff"', {"angebote": {"lotsen": True}}) == [
        ("facts", "angebote[treff]")
    ]


def test_if_names_its_test_and_both_branches():
    text = "(if buero.vorhanden then raum.flaeche else raum.nebenflaeche) > 25"
    assert why(text) == [
        ("facts", "buero.vorhanden"),
        ("facts", "raum.flaeche"),
        ("facts", "raum.nebenflaeche"),
    ]
    assert why(text, {"buero.vorhanden": True}) == [("facts", "raum.flaeche")]


# Parameters


def test_no_parameter_for_that_day():
    text = "projekt.kosten > parameter.schwelle at projekt.beginn"
    stated = {"projekt.kosten": 1, "projekt.beginn": "2022-06-01"}
    assert why(text, stated) == [("no_parameter", "schwelle")]


def test_a_parameter_that_is_switched_off():
    text = "raum.flaeche > parameter.mindestflaeche at stichtag"
    assert why(text, {"raum.flaeche": 1}, off=("mindestflaeche",)) == [("no_parameter", "mindestflaeche")]


def test_the_day_of_the_parameter_is_missing():
    text = "projekt.kosten > parameter.schwelle at projekt.beginn"
    assert why(text, {"projekt.kosten": 215_000}) == [("facts", "projekt.beginn")]
    stated = {"projekt.kosten": 215_000, "projekt.beginn": days("2019-12-31", "2020-01-01")}
    assert why(text, stated) == [("imprecise", "projekt.beginn")]


# Data problems


def test_a_division_by_zero_is_a_data_problem():
    text = "raum.miete / raum.flaeche > 8"
    assert why(text, {"raum.miete": 500, "raum.flaeche": 0}) == [("data_problem", "raum.flaeche")]
    assert why(text, {"raum.flaeche": 0}) == [("data_problem", "raum.flaeche")]
    assert why(text, {"raum.miete": 500}) == [("facts", "raum.flaeche")]
    assert why(text, {"raum.miete": 500, "raum.flaeche": between(0, 9)}) == [("imprecise", "raum.flaeche")]


def test_a_division_by_zero_in_a_record_names_its_field():
    text = "some s in stellen satisfies (s.umfang / s.koepfe > 1)"
    stated = {"stellen": only(post("a", umfang=1, koepfe=0))}
    assert why(text, stated) == [("data_problem", "stellen[a].koepfe")]


def test_a_division_by_an_empty_list_names_the_list():
    text = "raum.flaeche / count(s in stellen) > 10"
    assert why(text, {"raum.flaeche": 50, "stellen": only()}) == [("data_problem", "stellen")]


def test_a_division_by_a_constant_zero_names_what_is_divided():
    assert why("raum.flaeche / (1 - 1) > 1", {"raum.flaeche": 5}) == [("data_problem", "raum.flaeche")]
    assert why("1 / (1 - 1) > 1") == [("data_problem", "")]


def test_a_calculation_with_unknowns_names_them():
    assert why("raum.flaeche + raum.nebenflaeche > 25", {"raum.flaeche": 5}) == [
        ("facts", "raum.nebenflaeche")
    ]


@pytest.mark.parametrize("kind", ["min", "max"])
def test_the_smallest_of_nothing_is_a_data_problem(kind):
    assert why(f"{kind}(s.umfang for s in stellen) > 1", {"stellen": only()}) == [("data_problem", "stellen")]


# Lists


def test_a_list_is_not_stated_or_not_complete():
    assert why("some s in stellen satisfies (s.befristet)") == [("facts", "stellen")]
    stated = {"stellen": among_others(post("a", befristet=False))}
    assert why("some s in stellen satisfies (s.befristet)", stated) == [("facts", "stellen")]
    assert why("count(s in stellen) > 1", stated) == [("facts", "stellen")]


def test_a_field_that_is_missing_is_named_with_its_record():
    stated = {"stellen": only(post("leitung"), post("buero", befristet=False))}
    assert why("some s in stellen satisfies (s.befristet)", stated) == [
        ("facts", "stellen[leitung].befristet")
    ]
    assert why('some s in stellen satisfies (s.angebote has "treff")', stated) == [
        ("facts", "stellen[leitung].angebote[treff]"),
        ("facts", "stellen[buero].angebote[treff]"),
    ]


def test_a_field_that_is_too_imprecise():
    stated = {"stellen": only(post("leitung", umfang=between(0, 1)))}
    assert why("every s in stellen satisfies (s.umfang >= 0.5)", stated) == [
        ("imprecise", "stellen[leitung].umfang")
    ]


@pytest.mark.parametrize(
    ("record", "reasons"),
    [
        (post("a"), ["befristet", "umfang"]),
        (post("a", befristet=False), []),
        (post("a", befristet=True), ["umfang"]),
        (post("a", umfang=1), []),
        (post("a", umfang=0), ["befristet"]),
    ],
)
def test_an_entry_that_is_already_settled_names_nothing(record, reasons):
    text = "every s in stellen where s.befristet satisfies (s.umfang >= 0.5)"
    still_open = post("z", befristet=True)
    found = why(text, {"stellen": only(record, still_open)})
    wanted = [f"stellen[a].{name}" for name in reasons]
    assert [subject for _, subject in found] == [*wanted, "stellen[z].umfang"]


def test_an_entry_that_some_has_already_ruled_out_names_nothing():
    text = "some s in stellen where s.befristet satisfies (s.umfang >= 0.5)"
    found = why(text, {"stellen": only(post("a", umfang=0), post("z", befristet=True))})
    assert [subject for _, subject in found] == ["stellen[z].umfang"]


def test_a_sum_names_what_each_entry_lacks():
    text = "sum(s.umfang for s in stellen where s.befristet) > 1"
    stellen = only(post("a", befristet=True), post("b", befristet=False), post("c", umfang=1))
    assert [subject for _, subject in why(text, {"stellen": stellen})] == [
        "stellen[a].umfang",
        "stellen[c].befristet",
    ]


# Derived and computed facts


def test_behind_a_derived_fact_stand_the_facts_that_it_reads():
    behind = trace("raum.flaeche + raum.nebenflaeche", {"raum.flaeche": 3})
    found = why_open(
        [trace("personal.stunden > 3")], origins({"raum.flaeche": 3}, derived={"personal.stunden": behind})
    )
    assert found == (Reason("facts", "raum.nebenflaeche"),)


def test_behind_a_computed_fact_stand_its_inputs():
    inputs = {"projekt.dauer": ("projekt.beginn", "projekt.ende")}
    found = why_open([trace("projekt.dauer > 3")], origins({"projekt.beginn": "2026-01-01"}, inputs=inputs))
    assert found == (Reason("facts", "projekt.ende"),)


@pytest.mark.parametrize(
    ("path", "stated", "kind"),
    [
        ("stellen", {}, "facts"),
        ("stellen", {"stellen": among_others()}, "imprecise"),
        ("stellen", {"stellen": only()}, None),
        ("angebote", {}, "facts"),
        ("traeger.art", {}, "facts"),
        ("traeger.art", {"traeger.art": "verein"}, None),
        ("buero.vorhanden", {"buero.vorhanden": False}, None),
        ("projekt.name", {"projekt.name": "Nord"}, None),
        ("projekt.name", {}, "facts"),
    ],
)
def test_an_input_of_a_computed_fact_that_is_settled_names_nothing(path, stated, kind):
    found = why_open([trace("projekt.dauer > 3")], origins(stated, inputs={"projekt.dauer": (path,)}))
    assert found == ((Reason(kind, path),) if kind else ())


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({}, ["sport", "kultur"]),
        ({"sport": False}, ["kultur"]),
        ({"sport": True, "kultur": False}, []),
    ],
)
def test_of_a_multiple_choice_that_a_computed_fact_reads_each_open_option_is_named(answers, left):
    more = {"inputs": {"projekt.dauer": ("angebote",)}, "options": {"angebote": ("sport", "kultur")}}
    values = {**known({}).values, "angebote": answers}
    found = why_open([trace("projekt.dauer > 3")], origins({}, values=values, **more))
    assert found == tuple(Reason("facts", f"angebote[{option}]") for option in left)


# The comparison that a reason leaves undecided


def test_a_reason_knows_the_comparison_that_it_leaves_undecided():
    tree = formula("buero.vorhanden and raum.flaeche >= 25")
    found = why_open([evaluate(tree, known({}))], origins({}))
    assert [reason.condition and to_text(reason.condition) for reason in found] == [
        None,
        "raum.flaeche >= 25",
    ]
    assert found == (Reason("facts", "buero.vorhanden"), Reason("facts", "raum.flaeche"))
    assert "stellen" in VOCABULARY.facts
