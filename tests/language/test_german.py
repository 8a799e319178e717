import pytest
from tests.language.example import (
    TODAY,
    VOCABULARY,
    among_others,
    at_least,
    between,
    condition,
    day,
    days,
    formula,
    only,
    post,
)

from qmadvisor.language.german import German, format_value, sentence
from qmadvisor.language.subjects import parse_subject
from qmadvisor.language.syntax import Compare, walk
from qmadvisor.language.values import Interval, point

GERMAN = German(VOCABULARY, TODAY)


def said(text: str, *, holds: bool = True, german: German = GERMAN) -> str:
    return german.clause(formula(text), holds)


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("buero.vorhanden", "ein Büro ist da", "ein Büro fehlt"),
        ("not(buero.vorhanden)", "ein Büro fehlt", "ein Büro ist da"),
        ("not(not(buero.vorhanden))", "ein Büro ist da", "ein Büro fehlt"),
        ("true", "das gilt immer", "das gilt nie"),
        ("false", "das gilt nie", "das gilt immer"),
        ("raum.flaeche >= 25", "die Fläche beträgt mindestens 25 m²", "die Fläche beträgt weniger als 25 m²"),
        ("raum.flaeche > 25", "die Fläche beträgt mehr als 25 m²", "die Fläche beträgt höchstens 25 m²"),
        ("raum.flaeche = 1.5", "die Fläche beträgt genau 1,5 m²", "die Fläche beträgt nicht 1,5 m²"),
        ("25 <= raum.flaeche", "die Fläche beträgt mindestens 25 m²", "die Fläche beträgt weniger als 25 m²"),
        (
            "projekt.kosten <= 1200",
            "die Kosten betragen höchstens 1.200 €",
            "die Kosten betragen mehr als 1.200 €",
        ),
        (
            "raum.flaeche < raum.nebenflaeche",
            "die Fläche ist kleiner als die Nebenfläche",
            "die Fläche ist mindestens so groß wie die Nebenfläche",
        ),
        (
            "gebiet.quartiere = gebiet.zentren",
            "die Quartiere sind genau so groß wie die Zentren",
            "die Quartiere sind nicht so groß wie die Zentren",
        ),
        (
            "raum.flaeche >= parameter.mindestflaeche at stichtag",
            "die Fläche beträgt mindestens 25 m²",
            "die Fläche beträgt weniger als 25 m²",
        ),
        (
            "projekt.kosten < parameter.schwelle at projekt.beginn",
            "die Kosten sind kleiner als der Wert „EU-Schwelle“",
            "die Kosten sind mindestens so groß wie der Wert „EU-Schwelle“",
        ),
        (
            'projekt.beginn < date("2026-02-01")',
            "der Beginn des Projekts liegt vor dem 01.02.2026",
            "der Beginn des Projekts liegt nicht vor dem 01.02.2026",
        ),
        (
            "projekt.beginn <= stichtag",
            "der Beginn des Projekts ist nicht später als der Stichtag",
            "der Beginn des Projekts ist später als der Stichtag",
        ),
        (
            "projekt.beginn = projekt.ende",
            "der Beginn des Projekts ist am selben Tag wie das Ende des Projekts",
            "der Beginn des Projekts ist nicht am selben Tag wie das Ende des Projekts",
        ),
        ('traeger.art = "verein"', "der Träger ist „Verein“", "der Träger ist nicht „Verein“"),
        (
            'traeger.art in ("verein", "verband")',
            "der Träger ist „Verein“ oder „Wohlfahrtsverband“",
            "der Träger ist weder „Verein“ noch „Wohlfahrtsverband“",
        ),
        ("traeger.art = partner.art", "der Träger ist der Partner", "der Träger ist nicht der Partner"),
        ('projekt.name = "Nord"', "der Name ist „Nord“", "der Name ist nicht „Nord“"),
        (
            "projekt.leitung != projekt.vertretung",
            "die Leitung ist nicht die Vertretung",
            "die Leitung ist die Vertretung",
        ),
        (
            'angebote has "treff"',
            "zu den Angeboten gehört offener Treff",
            "zu den Angeboten gehört nicht offener Treff",
        ),
        (
            "gebiet.quartiere in [1..3]",
            "die Quartiere liegen zwischen 1 und 3",
            "die Quartiere liegen nicht zwischen 1 und 3",
        ),
        (
            "raum.flaeche in [parameter.mindestflaeche at stichtag..50]",
            "die Fläche liegt zwischen 25 m² und 50 m²",
            "die Fläche liegt nicht zwischen 25 m² und 50 m²",
        ),
        (
            "gebiet.quartiere in (1, 2)",
            "die Quartiere sind 1 oder 2",
            "die Quartiere sind weder 1 noch 2",
        ),
        (
            "buero.vorhanden = true",
            "ein Büro ist da",
            "ein Büro fehlt",
        ),
        ("buero.vorhanden != true", "ein Büro fehlt", "ein Büro ist da"),
        (
            "buero.vorhanden = buero.zentral",
            "gleich sind: ein Büro ist da; das Büro liegt zentral",
            "verschieden sind: ein Büro ist da; das Büro liegt zentral",
        ),
        (
            "(raum.flaeche > 25) = buero.vorhanden",
            "gleich sind: die Fläche beträgt mehr als 25 m²; ein Büro ist da",
            "verschieden sind: die Fläche beträgt mehr als 25 m²; ein Büro ist da",
        ),
    ],
)
def test_a_condition_and_its_opposite(text, holds, fails):
    assert said(text) == holds
    assert said(text, holds=False) == fails


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        (
            "buero.vorhanden and buero.zentral",
            "ein Büro ist da und das Büro liegt zentral",
            "ein Büro fehlt oder das Büro liegt abseits",
        ),
        (
            "buero.vorhanden or not(buero.zentral)",
            "ein Büro ist da oder das Büro liegt abseits",
            "ein Büro fehlt und das Büro liegt zentral",
        ),
        (
            "buero.vorhanden and (buero.zentral or buero.barrierefrei)",
            "ein Büro ist da und (das Büro liegt zentral oder das Büro ist barrierefrei)",
            "ein Büro fehlt oder (das Büro liegt abseits und das Büro hat Barrieren)",
        ),
        (
            "buero.vorhanden and not(buero.zentral and buero.barrierefrei)",
            "ein Büro ist da und (das Büro liegt abseits oder das Büro hat Barrieren)",
            "ein Büro fehlt oder (das Büro liegt zentral und das Büro ist barrierefrei)",
        ),
    ],
)
def test_joined_conditions(text, holds, fails):
    assert said(text) == holds
    assert said(text, holds=False) == fails


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        (
            "some s in stellen satisfies (s.befristet)",
            "bei mindestens einer Stelle gilt: die Stelle ist befristet",
            "bei keiner Stelle gilt: die Stelle ist befristet",
        ),
        (
            'some a in akteure where a.aktiv satisfies (a.name = "Mara")',
            "bei mindestens einem Akteur gilt: der Akteur macht mit und der Name ist „Mara“",
            "bei keinem Akteur gilt: der Akteur macht mit und der Name ist „Mara“",
        ),
        (
            "every s in stellen where s.befristet satisfies (s.umfang >= 0.5)",
            "bei jeder Stelle, für die gilt: die Stelle ist befristet, gilt: "
            "der Umfang beträgt mindestens 0,5 Stellen",
            "nicht bei jeder Stelle, für die gilt: die Stelle ist befristet, gilt: "
            "der Umfang beträgt mindestens 0,5 Stellen",
        ),
        (
            "every a in akteure satisfies (a.aktiv)",
            "bei jedem Akteur gilt: der Akteur macht mit",
            "nicht bei jedem Akteur gilt: der Akteur macht mit",
        ),
        (
            "count(s in stellen) >= 2",
            "die Anzahl der Stellen beträgt mindestens 2",
            "die Anzahl der Stellen beträgt weniger als 2",
        ),
        (
            "sum(s.umfang for s in stellen where s.befristet) > 1",
            "die Summe von „Umfang“ über alle Stellen, für die gilt: die Stelle ist befristet, "
            "beträgt mehr als 1 Stelle",
            "die Summe von „Umfang“ über alle Stellen, für die gilt: die Stelle ist befristet, "
            "beträgt höchstens 1 Stelle",
        ),
    ],
)
def test_conditions_on_lists(text, holds, fails):
    assert said(text) == holds
    assert said(text, holds=False) == fails


def test_a_condition_on_a_list_ends_where_another_begins():
    inside = "every s in stellen satisfies (s.befristet and buero.vorhanden)"
    beside = "every s in stellen satisfies (s.befristet) and buero.vorhanden"
    assert said(inside) == "bei jeder Stelle gilt: die Stelle ist befristet und ein Büro ist da"
    assert said(beside) == "(bei jeder Stelle gilt: die Stelle ist befristet) und ein Büro ist da"
    assert said("buero.vorhanden and every s in stellen satisfies (s.befristet)") == (
        "ein Büro ist da und bei jeder Stelle gilt: die Stelle ist befristet"
    )


def test_two_different_conditions_never_read_the_same():
    texts = [
        "not(every s in stellen satisfies (s.befristet))",
        "every s in stellen satisfies (not(s.befristet))",
        "not(some s in stellen satisfies (s.befristet))",
        "some s in stellen satisfies (not(s.befristet))",
        "some s in stellen satisfies (s.befristet) or buero.vorhanden",
        "some s in stellen satisfies (s.befristet or buero.vorhanden)",
        "some s in stellen where s.befristet satisfies (buero.vorhanden)",
        "every s in stellen where s.befristet satisfies (buero.vorhanden)",
        "every s in stellen satisfies (s.befristet and buero.vorhanden)",
    ]
    assert len({said(text) for text in texts}) == len(texts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("raum.flaeche + raum.nebenflaeche", "„Fläche“ plus „Nebenfläche“"),
        ("(raum.flaeche - 2) * 3", "(„Fläche“ minus 2) mal 3"),
        ("raum.miete / raum.flaeche", "„Miete“ geteilt durch „Fläche“"),
        ("months_between(projekt.beginn, stichtag)", "die Zeit zwischen „Beginn“ und „Stichtag“"),
        ("count(s in stellen)", "die Anzahl der Stellen"),
        ("min(s.umfang for s in stellen)", "der kleinste Wert von „Umfang“ über alle Stellen"),
        ("max(2 * s.umfang for s in stellen)", "der größte Wert von (2 mal „Umfang“) über alle Stellen"),
        ("parameter.schwelle at stichtag", "der Wert „EU-Schwelle“"),
        ("stichtag", "der Stichtag"),
        ('date("2026-01-31")', "31.01.2026"),
        ("12", "12"),
        ("true", "ja"),
        ("false", "nein"),
        (
            "if buero.vorhanden then raum.flaeche else 0",
            "der Wert (wenn gilt: ein Büro ist da, dann: die Fläche, sonst: 0)",
        ),
        (
            "sum((if s.befristet then s.umfang else 1) for s in stellen)",
            "die Summe von dem Wert (wenn gilt: die Stelle ist befristet, dann: der Umfang, sonst: 1) "
            "über alle Stellen",
        ),
    ],
)
def test_every_value_has_a_name(text, name):
    assert GERMAN.subject(formula(text)) == name


def test_a_parameter_without_value_on_the_day_is_named():
    in_the_gap = German(VOCABULARY, day("2022-06-01"))
    text = "projekt.kosten < parameter.schwelle at stichtag"
    assert said(text) == "die Kosten betragen weniger als 215.000 €"
    assert said(text, german=in_the_gap) == "die Kosten sind kleiner als der Wert „EU-Schwelle“"


def test_if_says_both_ways():
    text = "if buero.vorhanden then buero.zentral else buero.barrierefrei"
    assert said(text) == (
        "wenn gilt: ein Büro ist da, dann: das Büro liegt zentral, sonst: das Büro ist barrierefrei"
    )
    assert said(text, holds=False) == (
        "wenn gilt: ein Büro ist da, dann: das Büro liegt abseits, sonst: das Büro hat Barrieren"
    )
    compared = "raum.flaeche > (if buero.vorhanden then 20 else raum.nebenflaeche)"
    assert said(compared) == (
        "die Fläche ist größer als der Wert (wenn gilt: ein Büro ist da, dann: 20, sonst: die Nebenfläche)"
    )


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("raum.flaeche >= 25", "mindestens 25 m²"),
        ("raum.flaeche >= raum.nebenflaeche", "mindestens so groß wie die Nebenfläche"),
        ("projekt.kosten > parameter.schwelle at stichtag", "mehr als 215.000 €"),
        ("projekt.kosten > parameter.schwelle at projekt.beginn", "größer als der Wert „EU-Schwelle“"),
        ("projekt.beginn <= stichtag", "nicht später als der Stichtag"),
        ('traeger.art = "verein"', "„Verein“"),
        ('traeger.art != "verein"', "nicht „Verein“"),
        ("buero.vorhanden = buero.zentral", None),
        ("buero.vorhanden = (raum.flaeche > 1)", None),
    ],
)
def test_what_a_comparison_asks_for(text, demand):
    node = next(part for part in walk(condition(text)) if isinstance(part, Compare))
    assert GERMAN.demand(node) == demand


def test_a_sentence_begins_large_and_ends_with_a_full_stop():
    assert sentence("das Büro ist da") == "Das Büro ist da."
    text = "raum.flaeche + 1 > 2 and 1 < count(s in stellen where s.befristet)"
    assert sentence(said("gebiet.quartiere < count(s in stellen where s.befristet)")) == (
        "Die Quartiere sind kleiner als die Anzahl der Stellen, für die gilt: die Stelle ist befristet."
    )
    assert sentence(said(text)).endswith("beträgt mehr als 1.")


# Values


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("buero.vorhanden", True, "ja"),
        ("buero.vorhanden", False, "nein"),
        ("buero.vorhanden", None, "unbekannt"),
        ("raum.flaeche", point("24.5"), "24,5 m²"),
        ("raum.flaeche", Interval(20, 5000), "mindestens 20 m²"),
        ("raum.flaeche", Interval(0, 20), "höchstens 20 m²"),
        ("raum.flaeche", between(20, 30), "20 bis 30 m²"),
        ("raum.flaeche", Interval(0, 5000), "unbekannt"),
        ("raum.saldo", at_least(-5), "mindestens -5 €"),
        ("projekt.beginn", days("2017-11-01", "2017-11-30"), "November 2017"),
        ("projekt.beginn", days("2026-01-31", "2026-01-31"), "31.01.2026"),
        ("traeger.art", frozenset({"verein"}), "Verein"),
        ("traeger.art", frozenset({"verband", "kommune"}), "Kommune oder Wohlfahrtsverband"),
        ("traeger.art", frozenset({"kommune", "verein", "verband"}), "unbekannt"),
        ("angebote", {}, "unbekannt"),
        ("angebote", {"treff": False}, "unbekannt"),
        ("angebote", {"treff": True}, "offener Treff (weitere offen)"),
        ("angebote", {"treff": True, "beratung": True, "lotsen": False}, "Beratung, offener Treff"),
        ("angebote", {"treff": False, "beratung": False, "lotsen": False}, "nichts davon"),
        ("projekt.name", "Nord", "Nord"),
        ("projekt.name", None, "unbekannt"),
        ("projekt.leitung", "mara", "mara"),
        ("stellen", among_others(), "unbekannt"),
        ("stellen", only(), "keine"),
        ("stellen", only(post("a")), "1 Stelle"),
        ("stellen", only(post("a"), post("b")), "2 Stellen"),
        ("stellen", among_others(post("a")), "1 Stelle (weitere möglich)"),
    ],
)
def test_a_value_is_written_as_a_planner_writes_it(path, value, text):
    term = VOCABULARY.facts[path]
    assert format_value(value, term.type, term.words) == text


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("raum.flaeche", "raum.flaeche"),
        ("stellen", "stellen"),
        ("stellen[leitung].umfang", "umfang"),
        ("stellen[leitung]", "stellen"),
        ("angebote[treff]", "angebote"),
        ("stellen[leitung].angebote[treff]", "angebote"),
    ],
)
def test_the_term_of_a_path(path, found):
    term = parse_subject(path).term(VOCABULARY)
    assert term.path == found
    assert (term.words.label == "Angebote der Stelle") is ("].angebote" in path)
