import pytest
from tests.language.example import VOCABULARY, condition, formula, problem, problems

from qmadvisor.errors import ExpressionError
from qmadvisor.language.checker import check, check_condition
from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text
from qmadvisor.language.syntax import Field, walk
from qmadvisor.language.types import BoolType, DateType, NumberType
from qmadvisor.language.units import parse_unit

WELL_TYPED = [
    "true",
    "buero.vorhanden",
    "buero.vorhanden = buero.zentral",
    "buero.vorhanden != true",
    "raum.flaeche >= 25",
    "raum.flaeche >= raum.nebenflaeche",
    "raum.flaeche >= parameter.mindestflaeche at stichtag",
    "raum.flaeche = 25.5",
    "gebiet.einwohner in (1, 2, 3)",
    "gebiet.einwohner in [1000..2000]",
    "raum.flaeche in [parameter.mindestflaeche at stichtag..100]",
    "projekt.beginn <= stichtag",
    'projekt.beginn in [date("2020-01-01")..projekt.ende]',
    'projekt.beginn in (date("2020-01-01"), date("2021-01-01"))',
    "months_between(projekt.beginn, projekt.ende) >= 24",
    "projekt.dauer >= months_between(projekt.beginn, projekt.ende)",
    'traeger.art = "verein"',
    "traeger.art = partner.art",
    'traeger.art in ("verein", "verband")',
    'projekt.name = "Nordstadt"',
    "projekt.name != projekt.kurzname",
    'projekt.name in ("Nordstadt", "Weststadt")',
    "projekt.leitung = projekt.vertretung",
    'angebote has "treff"',
    "some s in stellen satisfies (s.befristet)",
    'every s in stellen where s.rolle = "leitung" satisfies (s.umfang >= 0.5)',
    'some s in stellen satisfies (s.angebote has "treff")',
    "some s in stellen satisfies (some a in akteure satisfies (a.aktiv and s.befristet))",
    "count(s in stellen where s.befristet) > 1",
    "sum(s.umfang for s in stellen) >= 1.5",
    "sum(1 for s in stellen) >= 1",
    "max(s.koepfe for s in stellen) = 2",
    "personal.stunden >= sum(s.umfang for s in stellen) * parameter.vollzeit at stichtag",
    "raum.miete / raum.flaeche >= 8",
    "2 + 3 > 4",
    "3 * 13 / 39 <= 1",
    "raum.flaeche + 5 - raum.nebenflaeche > 1 + 2 * 3",
    "-raum.flaeche <= 3",
]


@pytest.mark.parametrize("text", WELL_TYPED)
def test_well_typed_conditions_pass(text):
    checked = condition(text)
    assert checked == parse(text) or any(isinstance(node, Field) for node in walk(checked))
    assert all(node.type is not None for node in walk(checked))


@pytest.mark.parametrize("text", WELL_TYPED)
def test_checking_again_what_was_written_from_a_checked_tree_changes_nothing(text):
    checked = condition(text)
    assert condition(to_text(checked)) == checked
    assert check(checked, VOCABULARY) == checked


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ('"verein" != traeger.art', 'traeger.art != "verein"'),
        ("true = buero.vorhanden", "buero.vorhanden = true"),
        ("25 <= raum.flaeche", "raum.flaeche >= 25"),
        ("25 < raum.flaeche + 1", "raum.flaeche + 1 > 25"),
        ("25 >= raum.flaeche", "raum.flaeche <= 25"),
        ('date("2026-01-01") > projekt.beginn', 'projekt.beginn < date("2026-01-01")'),
        (
            "parameter.mindestflaeche at stichtag = raum.flaeche",
            "raum.flaeche = parameter.mindestflaeche at stichtag",
        ),
        ("1 < 2", "1 < 2"),
    ],
)
def test_what_is_asked_about_stands_on_the_left(written, understood):
    assert to_text(condition(written)) == understood


# The types that come out


@pytest.mark.parametrize(
    ("text", "unit", "whole"),
    [
        ("gebiet.einwohner", "Einwohner", True),
        ("raum.flaeche", "m²", False),
        ("2 * raum.flaeche", "m²", False),
        ("raum.flaeche + 2", "m²", False),
        ("2 - raum.flaeche", "m²", False),
        ("raum.flaeche * raum.nebenflaeche / raum.nebenflaeche", "m²", False),
        ("raum.flaeche / raum.nebenflaeche", "", False),
        ("raum.miete * projekt.dauer", "€", False),
        ("raum.miete / raum.flaeche", "€/Monat/m²", False),
        ("1 / raum.flaeche", "1/m²", False),
        ("2 * 3", "", True),
        ("1 / 2", "", False),
        ("gebiet.quartiere + gebiet.zentren", "", True),
        ("gebiet.quartiere * 2", "", True),
        ("gebiet.quartiere / 2", "", False),
        ("gebiet.quartiere + 0.5", "", False),
        ("months_between(projekt.beginn, projekt.ende)", "Monate", True),
        ("count(s in stellen)", "", True),
        ("sum(s.umfang for s in stellen)", "Stellen", False),
        ("sum(s.koepfe for s in stellen)", "", True),
        ("min(2 * s.umfang for s in stellen)", "Stellen", False),
        ("parameter.schwelle at stichtag", "€", False),
        ("sum(s.umfang for s in stellen) * parameter.vollzeit at stichtag", "h/Woche", False),
        ("if buero.vorhanden then raum.flaeche else 0", "m²", False),
        ("if buero.vorhanden then 0 else raum.flaeche", "m²", False),
        ("if buero.vorhanden then gebiet.quartiere else 1", "", True),
        ("if buero.vorhanden then 1 else 0.5", "", False),
        ("if buero.vorhanden then 0.5 else 1", "", False),
    ],
)
def test_numbers_carry_their_unit(text, unit, whole):
    kind = formula(text).type
    assert isinstance(kind, NumberType)
    assert kind.unit.same_as(
        parse_unit(unit) if unit != "1/m²" else parse_unit("").times(parse_unit("m²"), -1)
    )
    assert kind.integer is whole


def test_if_gives_dates_and_truths_too():
    assert formula("if buero.vorhanden then projekt.beginn else stichtag").type == DateType()
    assert formula("if buero.vorhanden then buero.zentral else true").type == BoolType()


@pytest.mark.parametrize(
    "text",
    [
        "sum(s.umfang for s in stellen)",
        "raum.flaeche + 1",
        "if buero.vorhanden then raum.flaeche else raum.nebenflaeche",
        "if buero.vorhanden then projekt.beginn else projekt.ende",
    ],
)
def test_what_is_worked_out_has_no_range_of_the_catalogue(text):
    kind = formula(text).type
    assert kind.range == NumberType().range


def test_a_bare_number_is_no_longer_bare_once_it_was_summed_up():
    assert formula("2 + 3").type.literal
    assert not formula("sum(1 for s in stellen)").type.literal
    assert not formula("2 + raum.flaeche").type.literal


# Conditions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("raum.flaeche", "raum.flaeche (Zahl in m²)"),
        ("1 + 2", "1 + 2 (Zahl)"),
        ("stichtag", "stichtag (Datum)"),
        ("angebote", "angebote (Mehrfachauswahl)"),
        ("traeger.art", "traeger.art (Auswahl)"),
        ('"ja"', '"ja" (Text)'),
        ("projekt.leitung", "projekt.leitung (Verweis auf einen Akteur)"),
    ],
)
def test_a_condition_is_true_or_false(text, found):
    with pytest.raises(ExpressionError) as caught:
        check_condition(parse(text), VOCABULARY)
    assert str(caught.value) == f"1:1: Eine Bedingung muss wahr oder falsch sein.\n  gefunden: {found}"
    assert caught.value.problems[0].code == "type"


# Names


def test_an_unknown_fact_names_the_nearest_one():
    assert str(problem("buero.vorhanden and\n gebiet.einwoner > 1")) == (
        "2:2: Diesen Fakt gibt es nicht.\n"
        "  gefunden: gebiet.einwoner\n"
        "  Abhilfe:  Meinten Sie „gebiet.einwohner“?"
    )


def test_an_unknown_fact_without_neighbour_names_none():
    found = problem("zzz")
    assert (found.code, found.remedy) == ("unknown_fact", None)


def test_an_unknown_field_names_those_there_are():
    found = problem("some s in stellen satisfies (s.umfan > 1)")
    assert found.code == "unknown_fact"
    assert found.message == "Ein Eintrag von „stellen“ hat dieses Feld nicht."
    assert found.place.column == 30
    assert found.found == "s.umfan"
    assert found.allowed == "s.umfang, s.koepfe, s.rolle, s.befristet, s.bis, s.angebote, s.person, s.name"
    assert found.remedy == "Meinten Sie „umfang“?"


def test_a_record_by_itself_is_no_value():
    assert (
        problem("some s in stellen satisfies (s)").message
        == "Ein Eintrag von „stellen“ hat dieses Feld nicht."
    )


def test_an_unknown_parameter_names_the_nearest_one():
    assert str(problem("raum.miete > parameter.schwele at stichtag")) == (
        "1:14: Diesen Parameter gibt es nicht.\n  gefunden: schwele\n  Abhilfe:  Meinten Sie „schwelle“?"
    )


def test_a_parameter_without_day_is_sent_to_at():
    assert str(problem("projekt.kosten > parameter.schwelle")) == (
        "1:18: Ein Parameter gilt an einem Tag.\n"
        "  gefunden: parameter.schwelle\n"
        "  Abhilfe:  parameter.schwelle at stichtag"
    )


def test_an_unknown_list_names_those_there_are():
    assert str(problem("count(s in stelen) > 1")) == (
        "1:1: Diese Liste gibt es nicht.\n"
        "  gefunden: stelen\n"
        "  erlaubt:  stellen, akteure\n"
        "  Abhilfe:  Meinten Sie „stellen“?"
    )
    assert problem("some s in raum.flaeche satisfies (true)").message == "Diese Liste gibt es nicht."


def test_a_list_is_no_single_value():
    found = problem("stellen > 1")
    assert found.message == "Eine Liste ist kein einzelner Wert."
    assert found.remedy == "Eine Liste steht nur nach „in“: some s in …, count(s in …)."


def test_an_unknown_option_names_those_there_are():
    assert str(problem('traeger.art = "vereine"')) == (
        "1:15: Diese Auswahlmöglichkeit gibt es nicht.\n"
        "  gefunden: vereine\n"
        "  erlaubt:  kommune, verein, verband\n"
        "  Abhilfe:  Meinten Sie „verein“?"
    )


@pytest.mark.parametrize(
    "text",
    [
        '"firma" = traeger.art',
        'traeger.art in ("verein", "firma")',
        'angebote has "firma"',
        'some s in stellen satisfies (s.rolle = "firma")',
        'some s in stellen satisfies (s.angebote has "firma")',
    ],
)
def test_options_are_checked_wherever_they_stand(text):
    found = problem(text)
    assert (found.code, found.found) == ("unknown_option", "firma")


# The bound variable


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("some raum in stellen satisfies (true)", "raum"),
        ("some stellen in stellen satisfies (true)", "stellen"),
        ("some s.x in stellen satisfies (true)", "s.x"),
        ("some parameter in stellen satisfies (true)", "parameter"),
        ("count(raum in stellen) > 1", "raum"),
        ("some s in stellen satisfies (some s in akteure satisfies (s.aktiv))", "s"),
    ],
)
def test_the_variable_is_a_free_short_name(text, variable):
    found = problem(text)
    assert found.code == "variable"
    assert found.message == "Dieser Name ist für einen Eintrag nicht möglich."
    assert found.found == variable
    assert found.remedy == "Wählen Sie einen kurzen, freien Namen, zum Beispiel „s“."


def test_the_variable_ends_with_its_expression():
    found = problem("some s in stellen satisfies (s.befristet) and s.befristet")
    assert (found.code, found.place.column) == ("unknown_fact", 47)
    assert not problems(
        "some s in stellen satisfies (s.befristet) and every s in akteure satisfies (s.aktiv)"
    )


def test_fields_know_their_list():
    tree = condition("some s in stellen satisfies (some a in akteure satisfies (s.person = projekt.leitung))")
    assert [node for node in walk(tree) if isinstance(node, Field)] == [Field("s", "person", "stellen")]


# Types


@pytest.mark.parametrize(
    ("text", "message", "found"),
    [
        ("buero.vorhanden and 1", "Hier wird eine Bedingung (wahr oder falsch) erwartet.", "1 (Zahl)"),
        (
            "raum.flaeche or true",
            "Hier wird eine Bedingung (wahr oder falsch) erwartet.",
            "raum.flaeche (Zahl in m²)",
        ),
        ('not("x")', "Hier wird eine Bedingung (wahr oder falsch) erwartet.", '"x" (Text)'),
        (
            "some s in stellen satisfies (s.umfang)",
            "Hier wird eine Bedingung (wahr oder falsch) erwartet.",
            "s.umfang (Zahl in Stellen)",
        ),
        (
            "count(s in stellen where s.umfang) > 1",
            "Hier wird eine Bedingung (wahr oder falsch) erwartet.",
            "s.umfang (Zahl in Stellen)",
        ),
        ("sum(s.befristet for s in stellen) > 1", "Hier wird eine Zahl erwartet.", "s.befristet (ja/nein)"),
        ("buero.vorhanden + 1 > 2", "Hier wird eine Zahl erwartet.", "buero.vorhanden (ja/nein)"),
        ("stichtag - 1 > 1", "Hier wird eine Zahl erwartet.", "stichtag (Datum)"),
        (
            "months_between(raum.flaeche, stichtag) > 1",
            "Hier wird ein Datum erwartet.",
            "raum.flaeche (Zahl in m²)",
        ),
        (
            "projekt.kosten > parameter.schwelle at buero.vorhanden",
            "Hier wird ein Datum erwartet.",
            "buero.vorhanden (ja/nein)",
        ),
        ('traeger.art has "verein"', "Hier wird eine Mehrfachauswahl erwartet.", "traeger.art (Auswahl)"),
        (
            "buero.vorhanden in [1..2]",
            "Ein Bereich gilt nur für Zahlen und Daten.",
            "buero.vorhanden (ja/nein)",
        ),
        (
            'raum.flaeche = "groß"',
            "Das lässt sich nicht vergleichen.",
            'raum.flaeche (Zahl in m²) und "groß" (Text)',
        ),
        (
            "raum.flaeche > stichtag",
            "Das lässt sich nicht vergleichen.",
            "raum.flaeche (Zahl in m²) und stichtag (Datum)",
        ),
        (
            "buero.vorhanden = 1",
            "Das lässt sich nicht vergleichen.",
            "buero.vorhanden (ja/nein) und 1 (Zahl)",
        ),
        (
            "angebote = angebote",
            "Das lässt sich nicht vergleichen.",
            "angebote (Mehrfachauswahl) und angebote (Mehrfachauswahl)",
        ),
        (
            "traeger.art = partner.rolle",
            "Das lässt sich nicht vergleichen.",
            "traeger.art (Auswahl) und partner.rolle (Auswahl)",
        ),
        (
            "projekt.leitung = projekt.quartier",
            "Das lässt sich nicht vergleichen.",
            "projekt.leitung (Verweis auf einen Akteur) und projekt.quartier (Verweis auf einen Akteur)",
        ),
        (
            'projekt.leitung = "mara"',
            "Das lässt sich nicht vergleichen.",
            'projekt.leitung (Verweis auf einen Akteur) und "mara" (Text)',
        ),
        (
            'raum.flaeche in (1, "zwei")',
            "Das lässt sich nicht vergleichen.",
            'raum.flaeche (Zahl in m²) und "zwei" (Text)',
        ),
        (
            "raum.flaeche in [stichtag..1]",
            "Das lässt sich nicht vergleichen.",
            "raum.flaeche (Zahl in m²) und stichtag (Datum)",
        ),
        (
            "buero.vorhanden in (true, false)",
            "Ob etwas gilt, prüft man ohne „in“.",
            "buero.vorhanden (ja/nein)",
        ),
    ],
)
def test_types_that_do_not_fit(text, message, found):
    complaint = problem(text)
    assert (complaint.code, complaint.message, complaint.found) == ("type", message, found)


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("buero.vorhanden", "buero.zentral"),
        ("traeger.art", '"verein"'),
        ("traeger.art", "partner.art"),
        ("projekt.name", "projekt.kurzname"),
        ("projekt.leitung", "projekt.vertretung"),
    ],
)
def test_only_numbers_and_dates_have_a_size(left, operator, right):
    found = problem(f"{left} {operator} {right}")
    assert found.message == "Nur Zahlen und Daten lassen sich der Größe nach vergleichen."
    assert found.allowed == "= oder !="


def test_two_fixed_texts_are_not_compared():
    assert problem('"a" = "a"').message == "Zwei feste Texte werden nicht verglichen."


@pytest.mark.parametrize("text", ["traeger.art = projekt.name", "projekt.name = traeger.art"])
def test_a_choice_is_compared_with_its_options_only(text):
    found = problem(text)
    assert found.message == "Hier wird eine der Auswahlmöglichkeiten erwartet."
    assert found.allowed == "kommune, verein, verband"


@pytest.mark.parametrize(
    "text",
    [
        "gebiet.einwohner = 1.5",
        "gebiet.einwohner > 1.5",
        "1.5 < gebiet.einwohner",
        "gebiet.einwohner in (1, 1.5)",
        "gebiet.einwohner in [1.5..2]",
        "count(s in stellen) >= 1.5",
        "gebiet.quartiere + gebiet.zentren = 1.5",
    ],
)
def test_a_whole_number_is_not_compared_with_a_fraction(text):
    found = problem(text)
    assert found.message == "Eine ganze Zahl wird mit einer gebrochenen verglichen."
    assert found.found == "1.5"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "raum.flaeche > gebiet.einwohner",
            "raum.flaeche (Zahl in m²) und gebiet.einwohner (Zahl in Einwohner)",
        ),
        ("raum.flaeche + raum.miete > 1", "raum.flaeche (Zahl in m²) und raum.miete (Zahl in €/Monat)"),
        ("raum.flaeche - gebiet.quartiere > 1", "raum.flaeche (Zahl in m²) und gebiet.quartiere (Zahl)"),
        (
            "raum.flaeche > parameter.schwelle at stichtag",
            "raum.flaeche (Zahl in m²) und parameter.schwelle at stichtag (Zahl in €)",
        ),
        ("raum.flaeche in [1..raum.miete]", "raum.flaeche (Zahl in m²) und raum.miete (Zahl in €/Monat)"),
        (
            "raum.flaeche * raum.flaeche > raum.flaeche",
            "raum.flaeche * raum.flaeche (Zahl in m²·m²) und raum.flaeche (Zahl in m²)",
        ),
        (
            "count(s in stellen) > sum(s.umfang for s in stellen)",
            "count(s in stellen) (Zahl) und sum(s.umfang for s in stellen) (Zahl in Stellen)",
        ),
        (
            "raum.miete * projekt.dauer > raum.miete",
            "raum.miete * projekt.dauer (Zahl in €) und raum.miete (Zahl in €/Monat)",
        ),
    ],
)
def test_units_that_do_not_fit(text, found):
    complaint = problem(text)
    assert (complaint.code, complaint.message) == ("unit", "Die Einheiten passen nicht zusammen.")
    assert complaint.found == found


def test_a_bare_number_takes_the_unit_of_the_other_side():
    assert not problems("raum.flaeche + 1 > 2 + raum.nebenflaeche")
    assert not problems("raum.miete * 12 > 3 * 4")


# What is refused because intervals cannot see it, or because it says nothing


@pytest.mark.parametrize(
    "text",
    [
        "2 * gebiet.quartiere = 3",
        "3 != gebiet.quartiere / 2",
        "sum(2 * s.umfang for s in stellen) = 3",
        "1 + 2 * gebiet.quartiere = gebiet.zentren",
        "2 * gebiet.quartiere in (3, 5)",
        "raum.flaeche / 2 in (3, 5)",
    ],
)
def test_a_product_is_not_tested_for_equality(text):
    complaint = problem(text)
    assert complaint.code == "inexact_equality"
    assert complaint.message == "Ein Produkt oder Quotient lässt sich nicht mit = oder != prüfen."
    assert complaint.remedy == "Vergleichen Sie mit >= oder <=, oder mit „in [… .. …]“."


def test_a_product_behind_if_is_not_tested_for_equality():
    text = "(if buero.vorhanden then 2 * gebiet.quartiere else 1) = 1"
    assert problem(text, conditional=True).code == "inexact_equality"


@pytest.mark.parametrize(
    "text",
    [
        "2 * gebiet.quartiere >= 3",
        "2 * gebiet.quartiere in [3..5]",
        "count(s in stellen where 2 * s.umfang > 1) = 2",
        "sum(s.umfang for s in stellen where 2 * s.umfang > 1) = 2",
        "(2 * gebiet.quartiere > 3) = buero.vorhanden",
        "(if 2 * gebiet.quartiere > 3 then gebiet.zentren else 1) = 1",
    ],
)
def test_a_product_elsewhere_is_fine(text):
    assert not problems(text, conditional=True)


@pytest.mark.parametrize("text", ["raum.flaeche / 0 > 1", "raum.flaeche / 0.0 > 1", "1 / -0 > 1"])
def test_nothing_is_divided_by_zero(text):
    complaint = problem(text)
    assert (complaint.code, complaint.message) == ("division", "Durch null lässt sich nicht teilen.")


@pytest.mark.parametrize(
    "text",
    ["raum.flaeche in [60..24]", 'projekt.beginn in [date("2020-01-02")..date("2020-01-01")]'],
)
def test_an_empty_range_is_refused(text):
    complaint = problem(text)
    assert (complaint.code, complaint.message) == ("range", "Dieser Bereich ist leer.")
    assert complaint.remedy == "Zuerst steht der kleinere Wert."


def test_a_range_of_one_value_is_fine():
    assert not problems("raum.flaeche in [24..24]")


def test_if_is_for_derived_facts():
    text = "if buero.vorhanden then buero.zentral else false"
    assert not problems(text, conditional=True)
    assert str(problem(text)) == (
        "1:1: „if“ ist nur in abgeleiteten Fakten erlaubt.\n"
        "  Abhilfe:  Nutzen Sie and, or und not, oder legen Sie einen abgeleiteten Fakt an."
    )
    with pytest.raises(ExpressionError, match="nur in abgeleiteten Fakten"):
        condition("some s in stellen satisfies (if s.befristet then true else false)")


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("1", "stichtag"),
        ("true", "1"),
        ('"a"', '"b"'),
        ("traeger.art", "partner.art"),
        ("projekt.leitung", "projekt.vertretung"),
        ("angebote", "angebote"),
    ],
)
def test_if_gives_the_same_kind_either_way(yes, no):
    complaint = problem(f"if buero.vorhanden then {yes} else {no}", conditional=True)
    assert complaint.code == "type"
    assert complaint.message == "„if“ liefert in beiden Zweigen eine Zahl, ein Datum oder ja/nein."


def test_the_branches_of_if_have_one_unit():
    complaint = problem("if buero.vorhanden then raum.flaeche else raum.miete", conditional=True)
    assert complaint.code == "unit"


def test_the_test_of_if_is_a_condition():
    assert problem("if 1 then 2 else 3", conditional=True).message.startswith("Hier wird eine Bedingung")


# All problems at once, and none twice


def test_all_problems_are_reported_at_once():
    text = 'raum.flache > 1 and\ntraeger.art = "firma" and\n1'
    assert [(found.code, found.place.line) for found in problems(text)] == [
        ("unknown_fact", 1),
        ("unknown_option", 2),
        ("type", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "zzz > 1",
        "zzz + 1 > raum.flaeche",
        "not(zzz)",
        "zzz in [1..2]",
        "raum.flaeche in [zzz..2]",
        'zzz in ("a", "b")',
        'zzz has "a"',
        "months_between(zzz, stichtag) >= 1",
        "parameter.zzz at stichtag > raum.flaeche",
        "sum(s.zzz for s in stellen) > 1",
        "sum(s.umfang for s in zzz) > 1",
        "some s in zzz satisfies (s.befristet)",
        "(zzz * 2) = raum.flaeche + 1",
    ],
)
def test_what_is_already_wrong_gets_no_second_complaint(text):
    assert [found.code for found in problems(text)] in (
        ["unknown_fact"],
        ["unknown_parameter"],
        ["unknown_fact", "inexact_equality"],
    )


def test_an_unknown_branch_of_if_gets_no_second_complaint():
    assert problem("if buero.vorhanden then zzz else 1", conditional=True).code == "unknown_fact"


def test_an_unknown_variable_name_hides_no_other_problem():
    assert [found.code for found in problems("some raum in stellen satisfies (x) and zzz")] == [
        "variable",
        "unknown_fact",
    ]
