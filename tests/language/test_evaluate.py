from fractions import Fraction
from itertools import product
from math import inf

import pytest
from tests.language.example import (
    VOCABULARY,
    among_others,
    at_least,
    between,
    condition,
    day,
    days,
    formula,
    known,
    only,
    post,
    trace,
    value,
)

from qmadvisor.language.evaluate import evaluate, parameter_value
from qmadvisor.language.kleene import conjunction, disjunction
from qmadvisor.language.printer import to_text
from qmadvisor.language.units import NONE
from qmadvisor.language.values import UNBOUNDED, Interval, point
from qmadvisor.language.vocabulary import DatedValue, ParameterTerm

PAIRS = list(product((True, False, None), repeat=2))

# Literals, names and the day


def test_literals_are_known():
    assert value("true") is True
    assert value("0.5") == point("0.5")
    assert value('date("2026-01-31")') == days("2026-01-31", "2026-01-31")


def test_the_day_of_the_check():
    assert value("stichtag", today=day("2024-02-29")) == days("2024-02-29", "2024-02-29")


def test_a_fact_that_nobody_stated_is_whatever_the_catalogue_allows():
    assert value("gebiet.quartiere") == Interval(0, 50)
    assert value("raum.saldo") == UNBOUNDED
    assert value("traeger.art") == {"kommune", "verein", "verband"}
    assert value("buero.vorhanden") is None
    assert value("projekt.name") is None


# Kleene's logic


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_and_is_the_minimum_or_the_maximum(one, two):
    order = [False, None, True]
    stated = {"buero.vorhanden": one, "buero.zentral": two}
    low, high = sorted((one, two), key=order.index)
    assert value("buero.vorhanden and buero.zentral", stated) is low
    assert value("buero.vorhanden or buero.zentral", stated) is high
    assert conjunction([one, two]) is low
    assert disjunction([one, two]) is high


@pytest.mark.parametrize(("item", "result"), [(True, False), (False, True), (None, None)])
def test_not_leaves_the_unknown_unknown(item, result):
    assert value("not(buero.vorhanden)", {"buero.vorhanden": item}) is result


def test_all_of_nothing_holds_and_one_of_nothing_does_not():
    assert conjunction([]) is True
    assert disjunction([]) is False


def test_an_unknown_and_its_opposite_stay_unknown():
    assert value("buero.vorhanden or not(buero.vorhanden)") is None


# Comparisons of numbers


@pytest.mark.parametrize(
    ("text", "known_as", "result"),
    [
        ("raum.flaeche >= 25", 25, True),
        ("raum.flaeche >= 25", "24.9", False),
        ("raum.flaeche >= 25", at_least(20), None),
        ("raum.flaeche >= 25", at_least(25), True),
        ("raum.flaeche >= 25", between(3, 24), False),
        ("raum.flaeche > 25", at_least(25), None),
        ("raum.flaeche > 25", between(3, 25), False),
        ("raum.flaeche <= 25", between(3, 25), True),
        ("raum.flaeche <= 25", between(25, 26), None),
        ("raum.flaeche < 25", between(25, 26), False),
        ("raum.flaeche < 25", between(3, 25), None),
        ("raum.flaeche = 25", 25, True),
        ("raum.flaeche = 25", between(25, 26), None),
        ("raum.flaeche = 25", between(26, 27), False),
        ("raum.flaeche = 25", between(3, 24), False),
        ("raum.flaeche != 25", 25, False),
        ("raum.flaeche != 25", between(26, 27), True),
        ("raum.flaeche != 25", between(20, 30), None),
        ("25 <= raum.flaeche", at_least(25), True),
        ("raum.flaeche in [20..30]", between(20, 30), True),
        ("raum.flaeche in [20..30]", between(20, 31), None),
        ("raum.flaeche in [20..30]", between(31, 40), False),
        ("raum.flaeche in [20..30]", at_least(31), False),
        ("raum.flaeche in [20..30]", between(0, "19.9"), False),
        ("raum.flaeche in (20, 30)", 20, True),
        ("raum.flaeche in (20, 30)", 25, False),
        ("raum.flaeche in (20, 30)", between(20, 30), None),
        ("raum.flaeche in (20, 30)", between(21, 29), False),
    ],
)
def test_a_comparison_holds_for_every_number_left_or_it_is_open(text, known_as, result):
    assert value(text, {"raum.flaeche": known_as}) is result


@pytest.mark.parametrize(("unknown", "known_number"), [("raum.flaeche", 5), ("raum.saldo", 0)])
@pytest.mark.parametrize("operator", ["=", "!=", "<", "<=", ">", ">="])
def test_an_unanswered_question_never_becomes_a_violation(unknown, operator, known_number):
    assert value(f"{unknown} {operator} {known_number + 1}") is None


def test_numbers_are_exact():
    assert value("0.1 + 0.2 >= 0.3") is True
    assert value("0.1 + 0.2 = 0.3") is True
    assert value("3 * 13 / 39 <= 1 and 3 * 13 / 39 >= 1") is True
    assert value("3 * (13 / 39) in [1..1]") is True
    assert value("1 / 3") == point(Fraction(1, 3))


def test_whole_numbers_within_a_set_are_in_it():
    text = "gebiet.quartiere in (2, 3, 4)"
    assert value(text, {"gebiet.quartiere": between(2, 4)}) is True
    assert value(text, {"gebiet.quartiere": between(2, 5)}) is None
    assert value(text, {"gebiet.quartiere": at_least(4)}) is None
    assert value(text, {"gebiet.quartiere": between(5, 9)}) is False


def test_fractions_may_lie_between_the_numbers_of_a_set():
    assert value("raum.flaeche in (2, 3)", {"raum.flaeche": between(2, 3)}) is None


def test_a_range_that_turns_out_empty_holds_nothing():
    text = "raum.flaeche in [parameter.mindestflaeche at stichtag..raum.nebenflaeche]"
    assert value(text, {"raum.nebenflaeche": 24}) is False
    assert value(text, {"raum.nebenflaeche": 25}) is None
    assert value(text, {"raum.nebenflaeche": between(24, 26), "raum.flaeche": 25}) is None


# Arithmetic


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("raum.flaeche + raum.nebenflaeche", between(12, 25)),
        ("raum.flaeche - raum.nebenflaeche", between(5, 18)),
        ("raum.flaeche * raum.nebenflaeche", between(20, 100)),
        ("raum.flaeche / raum.nebenflaeche", between(2, 10)),
        ("-raum.flaeche", between(-20, -10)),
        ("raum.flaeche * -2 + 1", between(-39, -19)),
    ],
)
def test_calculating_with_what_is_partly_known(text, result):
    assert value(text, {"raum.flaeche": between(10, 20), "raum.nebenflaeche": between(2, 5)}) == result


def test_calculating_with_an_open_end():
    assert value("raum.saldo * 2 + 1 >= 7", {"raum.saldo": at_least(3)}) is True
    assert value("raum.saldo - 4", {"raum.saldo": at_least(3)}) == at_least(-1)
    assert value("0 * raum.saldo") == point(0)


@pytest.mark.parametrize("divisor", [0, between(0, 5), between(-1, 1), at_least(0), UNBOUNDED])
def test_a_divisor_that_may_be_zero_leaves_everything_open(divisor):
    assert value("raum.flaeche / raum.saldo", {"raum.flaeche": 1, "raum.saldo": divisor}) == UNBOUNDED
    assert value("raum.flaeche / raum.saldo >= 0", {"raum.flaeche": 1, "raum.saldo": divisor}) is None


def test_numbers_beyond_every_float_are_no_problem():
    huge = " * ".join(["999999999999"] * 40)
    assert value(f"{huge} > raum.flaeche", {"raum.flaeche": 1}) is True
    assert value(f"raum.saldo * ({huge}) + ({huge}) > 0", {"raum.saldo": at_least(1)}) is True
    assert value(f"raum.saldo / ({huge}) - ({huge}) > 0", {"raum.saldo": at_least(1)}) is None
    assert value(f"({huge}) / raum.saldo >= 0", {"raum.saldo": at_least(1)}) is True
    assert value(f"({huge}) / ({huge}) <= 1") is True


# Dates


@pytest.mark.parametrize(
    ("text", "known_as", "result"),
    [
        ("projekt.beginn < stichtag", "2026-01-30", True),
        ("projekt.beginn < stichtag", days("2026-01-01", "2026-01-31"), None),
        ("projekt.beginn <= stichtag", days("2026-01-01", "2026-01-31"), True),
        ('projekt.beginn = date("2017-11-01")', days("2017-11-01", "2017-11-30"), None),
        ('projekt.beginn = date("2017-12-01")', days("2017-11-01", "2017-11-30"), False),
        (
            'projekt.beginn in [date("2017-01-01")..date("2017-12-31")]',
            days("2017-11-01", "2017-11-30"),
            True,
        ),
        (
            'projekt.beginn in (date("2017-11-01"), date("2017-11-02"))',
            days("2017-11-01", "2017-11-02"),
            True,
        ),
        (
            'projekt.beginn in (date("2017-11-01"), date("2017-11-02"))',
            days("2017-11-02", "2017-11-03"),
            None,
        ),
        ('projekt.beginn in (date("2017-11-01"), date("2017-11-02"))', "2017-11-02", True),
    ],
)
def test_a_date_may_be_known_in_part(text, known_as, result):
    assert value(text, {"projekt.beginn": known_as}) is result


def test_months_between_partly_known_dates():
    stated = {
        "projekt.beginn": days("2020-01-01", "2020-01-31"),
        "projekt.ende": days("2022-01-01", "2022-12-31"),
    }
    assert value("months_between(projekt.beginn, projekt.ende)", stated) == Interval(23, 35)
    assert value("months_between(projekt.beginn, projekt.ende) >= 23", stated) is True
    assert value("months_between(projekt.ende, projekt.beginn)", stated) == Interval(-35, -23)


# Bools, choices, multiple choices, texts and actors


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_bools_are_equal_when_both_are_known_and_the_same(one, two):
    stated = {"buero.vorhanden": one, "buero.zentral": two}
    same = None if one is None or two is None else one == two
    assert value("buero.vorhanden = buero.zentral", stated) is same
    assert value("buero.vorhanden != buero.zentral", stated) is (None if same is None else not same)


@pytest.mark.parametrize(
    ("text", "known_as", "result"),
    [
        ('traeger.art = "verein"', "verein", True),
        ('traeger.art = "verein"', "kommune", False),
        ('traeger.art = "verein"', frozenset({"kommune", "verband"}), False),
        ('traeger.art = "verein"', frozenset({"kommune", "verein"}), None),
        ('traeger.art != "verein"', frozenset({"kommune", "verband"}), True),
        ('traeger.art != "verein"', "verein", False),
        ('"verein" = traeger.art', "verein", True),
        ('traeger.art in ("verein", "verband")', frozenset({"verein", "verband"}), True),
        ('traeger.art in ("verein", "verband")', frozenset({"verein", "kommune"}), None),
        ('traeger.art in ("verein", "verband")', "kommune", False),
    ],
)
def test_a_choice_is_what_is_still_possible(text, known_as, result):
    assert value(text, {"traeger.art": known_as}) is result


def test_a_choice_of_all_options_is_settled_before_anyone_answers():
    assert value('traeger.art in ("verein", "verband", "kommune")') is True


def test_two_choices_with_the_same_options():
    text = "traeger.art = partner.art"
    assert value(text, {"traeger.art": "verein", "partner.art": "verein"}) is True
    assert value(text, {"traeger.art": "verein", "partner.art": "verband"}) is False
    assert value(text, {"traeger.art": "verein", "partner.art": frozenset({"kommune", "verband"})}) is False
    assert value(text, {"traeger.art": "verein"}) is None


@pytest.mark.parametrize(
    ("treff", "result"), [({"treff": True}, True), ({"treff": False}, False), ({}, None)]
)
def test_each_item_of_a_multiple_choice_is_answered_on_its_own(treff, result):
    assert value('angebote has "treff"', {"angebote": {"lotsen": True, **treff}}) is result


@pytest.mark.parametrize(
    ("text", "stated", "result"),
    [
        ('projekt.name = "Nord"', {"projekt.name": "Nord"}, True),
        ('projekt.name = "Nord"', {"projekt.name": "Süd"}, False),
        ('projekt.name != "Nord"', {"projekt.name": "Süd"}, True),
        ('projekt.name = "Nord"', {}, None),
        ("projekt.name = projekt.kurzname", {"projekt.name": "Nord", "projekt.kurzname": "Nord"}, True),
        ("projekt.name = projekt.kurzname", {"projekt.name": "Nord"}, None),
        ('projekt.name in ("Nord", "Süd")', {"projekt.name": "Süd"}, True),
        ('projekt.name in ("Nord", "Süd")', {"projekt.name": "West"}, False),
        ('projekt.name in ("Nord", "Süd")', {}, None),
        ("projekt.leitung = projekt.vertretung", {"projekt.leitung": "a", "projekt.vertretung": "a"}, True),
        ("projekt.leitung = projekt.vertretung", {"projekt.leitung": "a", "projekt.vertretung": "b"}, False),
        ("projekt.leitung != projekt.vertretung", {"projekt.vertretung": "b"}, None),
    ],
)
def test_texts_and_actors_are_the_same_or_not(text, stated, result):
    assert value(text, stated) is result


# Derived facts


@pytest.mark.parametrize(
    ("text", "test", "result"),
    [
        ("if buero.vorhanden then 1 else 5", True, point(1)),
        ("if buero.vorhanden then 1 else 5", False, point(5)),
        ("if buero.vorhanden then 1 else 5", None, Interval(1, 5)),
        ("if buero.vorhanden then 1 else 0.5", None, Interval(Fraction(1, 2), 1)),
        ("if buero.vorhanden then true else false", None, None),
        ("if buero.vorhanden then true else 1 > 0", None, True),
        ("if buero.vorhanden then stichtag else projekt.beginn", True, days("2026-01-31", "2026-01-31")),
    ],
)
def test_if_says_what_is_certain_either_way(text, test, result):
    assert value(text, {"buero.vorhanden": test}) == result


# Dated parameters


@pytest.mark.parametrize(
    ("date", "result"),
    [
        ("2017-12-31", None),
        ("2018-01-01", 221_000),
        ("2019-12-31", 221_000),
        ("2020-01-01", 214_000),
        ("2022-06-30", None),
        ("2023-01-01", 215_000),
        ("2099-12-31", 215_000),
    ],
)
def test_a_parameter_has_the_value_of_its_day(date, result):
    wanted = UNBOUNDED if result is None else point(result)
    assert value(f'parameter.schwelle at date("{date}")') == wanted
    assert value("parameter.schwelle at stichtag", today=day(date)) == wanted
    assert value("parameter.schwelle at projekt.beginn", {"projekt.beginn": date}) == wanted


def test_over_a_partly_known_day_a_parameter_has_all_its_values():
    text = "parameter.schwelle at projekt.beginn"
    assert value(text, {"projekt.beginn": days("2019-12-31", "2020-01-01")}) == Interval(214_000, 221_000)
    assert value(f"projekt.kosten < {text}", {"projekt.beginn": days("2019-01-01", "2021-01-01")}) is None
    stated = {"projekt.beginn": days("2019-01-01", "2021-01-01"), "projekt.kosten": 213_999}
    assert value(f"projekt.kosten < {text}", stated) is True


@pytest.mark.parametrize(
    "span", [("2021-12-31", "2022-01-01"), ("2017-01-01", "2018-06-01"), ("2021-01-01", "2024-01-01")]
)
def test_a_day_without_value_among_the_possible_ones_leaves_it_open(span):
    assert value("parameter.schwelle at projekt.beginn", {"projekt.beginn": days(*span)}) == UNBOUNDED


def test_a_parameter_without_end_covers_a_day_without_end():
    stated = {"projekt.beginn": Interval(day("2023-01-01"), inf)}
    assert value("parameter.schwelle at projekt.beginn", stated) == point(215_000)
    vollzeit = VOCABULARY.parameters["vollzeit"]
    assert parameter_value(vollzeit, UNBOUNDED) == point(39)
    assert parameter_value(VOCABULARY.parameters["schwelle"], UNBOUNDED) is None


def test_a_parameter_that_ended_has_no_value_any_more():
    ended = ParameterTerm("alt", NONE, "Alt", (DatedValue(days("2020-01-01", "2020-12-31"), point(1)),))
    assert parameter_value(ended, days("2020-12-31", "2020-12-31")) == point(1)
    assert parameter_value(ended, days("2020-12-31", "2021-01-01")) is None
    assert parameter_value(ended, days("2021-01-01", "2021-01-01")) is None


def test_a_parameter_that_is_switched_off_leaves_it_open():
    assert value("raum.flaeche >= parameter.mindestflaeche at stichtag", {"raum.flaeche": 25}) is True
    stated, off = {"raum.flaeche": 25}, ("mindestflaeche",)
    assert value("raum.flaeche >= parameter.mindestflaeche at stichtag", stated, off=off) is None


# Lists

LONG, SHORT, ANY = post("lang", umfang=1), post("kurz", umfang="0.25"), post("offen")


@pytest.mark.parametrize(
    ("stellen", "some", "every", "count"),
    [
        (only(), False, True, Interval(0, 0)),
        (only(LONG), True, True, Interval(1, 1)),
        (only(SHORT), False, False, Interval(1, 1)),
        (only(LONG, SHORT), True, False, Interval(2, 2)),
        (only(ANY), None, None, Interval(1, 1)),
        (only(ANY, LONG), True, None, Interval(2, 2)),
        (only(ANY, SHORT), None, False, Interval(2, 2)),
        (among_others(), None, None, at_least(0)),
        (among_others(LONG), True, None, at_least(1)),
        (among_others(SHORT), None, False, at_least(1)),
        (among_others(LONG, SHORT), True, False, at_least(2)),
        (among_others(ANY), None, None, at_least(1)),
    ],
)
def test_a_list_is_open_unless_it_is_declared_complete(stellen, some, every, count):
    stated = {"stellen": stellen}
    assert value("some s in stellen satisfies (s.umfang >= 0.5)", stated) is some
    assert value("every s in stellen satisfies (s.umfang >= 0.5)", stated) is every
    assert value("count(s in stellen)", stated) == count


def test_a_list_that_nobody_stated_is_open():
    assert value("count(s in stellen)") == at_least(0)
    assert value("some s in stellen satisfies (s.befristet)") is None
    assert value("every s in stellen satisfies (s.befristet)") is None


def test_what_the_catalogue_settles_holds_for_the_unnamed_too():
    assert value("every s in stellen satisfies (s.umfang >= 0)") is True
    assert value("some s in stellen satisfies (s.umfang > 20)") is False
    assert value("count(s in stellen where s.umfang > 20)") == point(0)
    assert value("sum(s.umfang for s in stellen where s.umfang > 20)") == point(0)


IN, OUT, MAYBE = {"befristet": True}, {"befristet": False}, {}


@pytest.mark.parametrize(
    ("where", "body", "some", "every", "count"),
    [
        (IN, 1, True, True, (1, 1)),
        (IN, 0, False, False, (1, 1)),
        (IN, between(0, 1), None, None, (1, 1)),
        (OUT, 1, False, True, (0, 0)),
        (OUT, between(0, 1), False, True, (0, 0)),
        (MAYBE, 1, None, True, (0, 1)),
        (MAYBE, 0, False, None, (0, 1)),
        (MAYBE, between(0, 1), None, None, (0, 1)),
    ],
)
def test_an_entry_may_be_meant_or_not(where, body, some, every, count):
    stated = {"stellen": only(post("a", umfang=body, **where))}
    assert value("some s in stellen where s.befristet satisfies (s.umfang > 0.5)", stated) is some
    assert value("every s in stellen where s.befristet satisfies (s.umfang > 0.5)", stated) is every
    assert value("count(s in stellen where s.befristet)", stated) == Interval(*count)


@pytest.mark.parametrize(
    ("stellen", "result"),
    [
        (only(), point(0)),
        (only(LONG, SHORT), between("1.25", "1.25")),
        (only(LONG, ANY), Interval(1, 21)),
        (among_others(LONG, SHORT), Interval(Fraction(5, 4), inf)),
        (among_others(LONG, ANY), at_least(1)),
    ],
)
def test_the_sum_of_a_list(stellen, result):
    assert value("sum(s.umfang for s in stellen)", {"stellen": stellen}) == result


def test_a_sum_is_settled_early_because_no_post_is_negative():
    text = "sum(s.umfang for s in stellen) >= 0.5"
    assert value(text, {"stellen": only(LONG, ANY)}) is True
    assert value(text, {"stellen": among_others(LONG)}) is True


@pytest.mark.parametrize(
    ("body", "known_posts", "others"),
    [
        ("s.umfang", between(1, 2), at_least(1)),
        ("0 - s.umfang", between(1, 2), Interval(-inf, -1)),
        ("s.umfang - 1", between(1, 2), UNBOUNDED),
        ("s.umfang - s.umfang * 0", between(1, 2), at_least(1)),
    ],
)
def test_unnamed_entries_add_any_number_of_theirs(body, known_posts, others):
    stated = {"stellen": among_others(post("a", umfang=known_posts))}
    assert value(f"sum({body} for s in stellen)", stated) == others


def test_unnamed_entries_that_are_worth_nothing_add_nothing():
    stated = {"stellen": among_others(post("a", umfang=between(1, 2)))}
    assert value("sum(0 * s.umfang for s in stellen)", stated) == point(0)


def test_an_entry_that_may_be_meant_adds_its_value_or_nothing():
    stated = {"stellen": only(post("a", umfang=2), post("b", umfang=between(3, 4), befristet=True))}
    assert value("sum(s.umfang for s in stellen where s.befristet)", stated) == Interval(3, 6)
    stated = {"stellen": only(post("a", umfang=2, befristet=False))}
    assert value("sum(s.umfang for s in stellen where s.befristet)", stated) == point(0)


@pytest.mark.parametrize(
    ("stellen", "smallest", "largest"),
    [
        (only(LONG), (1, 1), (1, 1)),
        (only(LONG, SHORT), ("0.25", "0.25"), (1, 1)),
        (only(LONG, ANY), (0, 1), (1, 20)),
        (only(post("a", umfang=between(1, 4)), post("b", umfang=between(2, 3))), (1, 3), (2, 4)),
        (among_others(LONG), (0, 1), (1, 20)),
        (among_others(LONG, SHORT), (0, "0.25"), (1, 20)),
    ],
)
def test_the_smallest_and_the_largest(stellen, smallest, largest):
    stated = {"stellen": stellen}
    assert value("min(s.umfang for s in stellen)", stated) == between(*smallest)
    assert value("max(s.umfang for s in stellen)", stated) == between(*largest)


@pytest.mark.parametrize("kind", ["min", "max"])
def test_the_smallest_of_what_may_be_nothing_is_unknown(kind):
    text = f"{kind}(s.umfang for s in stellen where s.befristet)"
    assert value(text, {"stellen": only()}) == UNBOUNDED
    assert value(text, {"stellen": among_others()}) == UNBOUNDED
    assert value(text, {"stellen": only(LONG)}) == UNBOUNDED
    assert value(text, {"stellen": only(post("a", umfang=1, befristet=False))}) == UNBOUNDED


def test_an_entry_that_may_be_meant_widens_the_smallest():
    stated = {"stellen": only(post("a", umfang=2, befristet=True), post("b", umfang=1))}
    assert value("min(s.umfang for s in stellen where s.befristet)", stated) == Interval(1, 2)
    assert value("max(s.umfang for s in stellen where s.befristet)", stated) == point(2)


def test_one_list_inside_another():
    text = "some s in stellen satisfies (some t in stellen where t.umfang > s.umfang satisfies (t.befristet))"
    long_term = post("a", umfang=2, befristet=True)
    assert value(text, {"stellen": only(long_term, SHORT)}) is True
    assert value(text, {"stellen": only(long_term)}) is False
    assert value(text, {"stellen": only(LONG, SHORT)}) is None


def test_facts_outside_the_list_are_read_as_well():
    text = "some s in stellen satisfies (s.befristet and buero.vorhanden)"
    stellen = only(post("a", befristet=True))
    assert value(text, {"stellen": stellen, "buero.vorhanden": True}) is True
    assert value(text, {"stellen": stellen}) is None


# The trace


def test_the_trace_holds_every_part_with_its_value():
    root = trace("buero.vorhanden and raum.flaeche + 1 >= 25", {"raum.flaeche": at_least(20)})
    assert [(to_text(part.node), part.value) for part in root.walk()] == [
        ("buero.vorhanden and raum.flaeche + 1 >= 25", None),
        ("buero.vorhanden", None),
        ("raum.flaeche + 1 >= 25", None),
        ("raum.flaeche + 1", at_least(21)),
        ("raum.flaeche", at_least(20)),
        ("1", point(1)),
        ("25", point(25)),
    ]


def test_the_trace_names_the_record():
    root = trace("some s in stellen satisfies (s.befristet)", {"stellen": only(LONG, SHORT)})
    assert [(part.record, to_text(part.node)) for part in root.walk() if part.record] == [
        ("lang", to_text(root.node)),
        ("lang", "s.befristet"),
        ("kurz", to_text(root.node)),
        ("kurz", "s.befristet"),
    ]


def test_the_trace_follows_the_branch_that_was_taken():
    text = "if buero.vorhanden then 1 else 2"
    for known_as, seen in [(True, ["1"]), (False, ["2"]), (None, ["1", "2"])]:
        parts = trace(text, {"buero.vorhanden": known_as}).parts
        assert [to_text(part.node) for part in parts[1:]] == seen


def test_a_trace_shows_itself():
    assert repr(trace("not(true)")) == "Trace(Not, False, [Trace(Truth, True, [])])"


def test_an_expression_is_compiled_once_and_evaluated_often():
    tree = condition("raum.flaeche >= 25")
    assert [evaluate(tree, known({"raum.flaeche": area})).value for area in (24, 25)] == [False, True]
    assert formula("1").type is not None


@pytest.mark.parametrize(("latest", "result"), [("1990-01-01", True), ("2024-06-01", None)])
def test_what_holds_of_unnamed_entries_may_hang_on_facts_outside_of_the_list(latest, result):
    """No entry can end before the first day that the catalogue allows, whoever it is."""
    open_list = {"stellen": among_others(), "projekt.ende": between(day(latest), day(latest))}
    assert value("every s in stellen satisfies (s.bis >= projekt.ende)", open_list) is result


def test_what_the_catalogue_settles_for_every_entry_holds_of_an_open_list():
    assert value("every s in stellen satisfies (s.umfang >= 0)", {"stellen": among_others()}) is True
    assert value("count(s in stellen where s.umfang > 20)", {"stellen": among_others()}) == between(0, 0)
