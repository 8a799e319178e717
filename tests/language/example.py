"""A small vocabulary with every type, and the shortest way to ask what an expression says of some facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Any

from qmadvisor.errors import ExpressionError, Problem
from qmadvisor.language import syntax
from qmadvisor.language.checker import check, check_condition
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.language.parser import parse
from qmadvisor.language.trace import Trace
from qmadvisor.language.types import (
    ActorType,
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    TextType,
    Type,
    unknown_value,
)
from qmadvisor.language.units import parse_unit
from qmadvisor.language.values import Interval, Record, RecordList, Value, point
from qmadvisor.language.vocabulary import DatedValue, ParameterTerm, Term, Vocabulary, Words


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def days(first: str, last: str) -> Interval:
    return Interval(day(first), day(last))


def at_least(number: int) -> Interval:
    return Interval(number, inf)


def between(low: int | str, high: int | str) -> Interval:
    return Interval(point(low).lo, point(high).hi)


TODAY = day("2026-01-31")
DATES = days("1990-01-01", "2100-12-31")


def number(unit: str, low: int, high: int, *, whole: bool = False) -> NumberType:
    return NumberType(parse_unit(unit), whole, Interval(low, high))


def _term(path: str, type_: Type, label: str, phrase: str, **words: Any) -> Term:
    return Term(path, type_, Words(label, phrase, **words))


_KINDS = {"kommune": "Kommune", "verein": "Verein", "verband": "Wohlfahrtsverband"}
_OFFERS = {"beratung": "Beratung", "treff": "offener Treff", "lotsen": "Lotsendienst"}
_ROLES = {"leitung": "Leitung", "buero": "Bürokraft", "honorar": "Honorarkraft"}

POST_FIELDS = {
    "umfang": _term("umfang", number("Stellen", 0, 20), "Umfang", "der Umfang"),
    "koepfe": _term("koepfe", number("", 0, 9, whole=True), "Köpfe", "die Zahl der Köpfe"),
    "rolle": _term("rolle", ChoiceType(tuple(_ROLES)), "Rolle", "die Rolle", choices=_ROLES),
    "befristet": _term(
        "befristet",
        BoolType(),
        "Befristung",
        "die Befristung",
        holds="die Stelle ist befristet",
        fails="die Stelle ist unbefristet",
    ),
    "bis": _term("bis", DateType(DATES), "Ende", "das Ende der Stelle"),
    "angebote": _term(
        "angebote",
        MultipleType(tuple(_OFFERS)),
        "Angebote der Stelle",
        "die Angebote der Stelle",
        choices=_OFFERS,
        contains="zur Stelle gehört {item}",
        lacks="zur Stelle gehört nicht {item}",
    ),
    "person": _term("person", ActorType("akteure"), "Person", "die Person"),
    "name": _term("name", TextType(), "Name", "der Name der Stelle"),
}
ACTOR_FIELDS = {
    "name": _term("name", TextType(), "Name", "der Name"),
    "aktiv": _term(
        "aktiv",
        BoolType(),
        "aktiv",
        "die Mitarbeit",
        holds="der Akteur macht mit",
        fails="der Akteur macht nicht mit",
    ),
}


def _list_term(path: str, fields: Mapping[str, Term], **words: Any) -> Term:
    types = {name: field.type for name, field in fields.items()}
    return Term(path, ListType(path, types), Words(words["plural"], words["plural"], **words), fields)


_TERMS = (
    _term(
        "buero.vorhanden",
        BoolType(),
        "Büro vorhanden",
        "das Büro",
        holds="ein Büro ist da",
        fails="ein Büro fehlt",
    ),
    _term(
        "buero.barrierefrei",
        BoolType(),
        "barrierefrei",
        "die Barrierefreiheit",
        holds="das Büro ist barrierefrei",
        fails="das Büro hat Barrieren",
    ),
    _term(
        "buero.zentral",
        BoolType(),
        "zentrale Lage",
        "die Lage",
        holds="das Büro liegt zentral",
        fails="das Büro liegt abseits",
    ),
    _term(
        "gebiet.einwohner",
        number("Einwohner", 0, 1_000_000, whole=True),
        "Zahl der Menschen",
        "die Zahl der Menschen im Gebiet",
    ),
    _term(
        "gebiet.quartiere", number("", 0, 50, whole=True), "Quartiere", "die Quartiere", plural_subject=True
    ),
    _term("gebiet.zentren", number("", 0, 50, whole=True), "Zentren", "die Zentren", plural_subject=True),
    _term("raum.flaeche", number("m²", 0, 5_000), "Fläche", "die Fläche"),
    _term("raum.nebenflaeche", number("m²", 0, 5_000), "Nebenfläche", "die Nebenfläche"),
    _term("raum.saldo", NumberType(parse_unit("€")), "Saldo", "der Saldo"),
    _term("raum.miete", number("€/Monat", 0, 100_000), "Miete", "die Miete"),
    _term("personal.stunden", number("h/Woche", 0, 1_000), "Stunden", "die Stunden", plural_subject=True),
    _term("projekt.kosten", number("€", 0, 100_000_000), "Kosten", "die Kosten", plural_subject=True),
    _term("projekt.beginn", DateType(DATES), "Beginn", "der Beginn des Projekts"),
    _term("projekt.ende", DateType(DATES), "Ende", "das Ende des Projekts"),
    _term("projekt.dauer", number("Monate", 0, 600, whole=True), "Dauer", "die Dauer"),
    _term("projekt.name", TextType(), "Name", "der Name"),
    _term("projekt.kurzname", TextType(), "Kurzname", "der Kurzname"),
    _term("projekt.leitung", ActorType("akteure"), "Leitung", "die Leitung"),
    _term("projekt.vertretung", ActorType("akteure"), "Vertretung", "die Vertretung"),
    _term("projekt.quartier", ActorType("quartiere"), "Quartier", "das Quartier"),
    _term("traeger.art", ChoiceType(tuple(_KINDS)), "Art des Trägers", "der Träger", choices=_KINDS),
    _term("partner.art", ChoiceType(tuple(_KINDS)), "Art des Partners", "der Partner", choices=_KINDS),
    _term("partner.rolle", ChoiceType(tuple(_ROLES)), "Rolle", "die Rolle des Partners", choices=_ROLES),
    _term(
        "angebote",
        MultipleType(tuple(_OFFERS)),
        "Angebote",
        "die Angebote",
        choices=_OFFERS,
        contains="zu den Angeboten gehört {item}",
        lacks="zu den Angeboten gehört nicht {item}",
    ),
    _list_term(
        "stellen",
        POST_FIELDS,
        singular="Stelle",
        plural="Stellen",
        dative_plural="Stellen",
        gender="f",
    ),
    _list_term(
        "akteure",
        ACTOR_FIELDS,
        singular="Akteur",
        plural="Akteure",
        dative_plural="Akteuren",
        gender="m",
    ),
)

_ALWAYS = Interval(-inf, inf)
_PARAMETERS = (
    ParameterTerm(
        "schwelle",
        parse_unit("€"),
        "EU-Schwelle",
        (
            DatedValue(days("2018-01-01", "2019-12-31"), point(221_000)),
            DatedValue(days("2020-01-01", "2021-12-31"), point(214_000)),
            # 2022 has no value
            DatedValue(Interval(day("2023-01-01"), inf), point(215_000)),
        ),
    ),
    ParameterTerm(
        "vollzeit", parse_unit("h/Woche/Stelle"), "Vollzeitwoche", (DatedValue(_ALWAYS, point(39)),)
    ),
    ParameterTerm("mindestflaeche", parse_unit("m²"), "Mindestfläche", (DatedValue(_ALWAYS, point(25)),)),
)

VOCABULARY = Vocabulary(
    {term.path: term for term in _TERMS}, {parameter.name: parameter for parameter in _PARAMETERS}
)


# What is known


def known(stated: Mapping[str, Any], *, today: int = TODAY, off: tuple[str, ...] = ()) -> Facts:
    """All facts: those stated, in short notation, and what the type allows for the others."""
    values = {
        path: as_value(stated[path], term.type) if path in stated else unknown_value(term.type)
        for path, term in VOCABULARY.facts.items()
    }
    parameters = {name: term for name, term in VOCABULARY.parameters.items() if name not in off}
    return Facts(values, today, parameters)


def as_value(stated: Any, type_: Type) -> Value:
    """`25`, `"0.5"`, `"2026-01-31"`, `"verein"`: a known value; whatever else is stated stays as it is."""
    match type_:
        case NumberType() if isinstance(stated, int | str):
            return point(stated)
        case DateType() if isinstance(stated, str):
            return days(stated, stated)
        case ChoiceType() if isinstance(stated, str):
            return frozenset([stated])
        case _:
            return stated


def post(key: str, **stated: Any) -> Record:
    """One post with what is stated of it."""
    return Record(
        key,
        {
            name: as_value(stated[name], field.type) if name in stated else unknown_value(field.type)
            for name, field in POST_FIELDS.items()
        },
    )


def only(*records: Record) -> RecordList:
    """A list that is declared complete."""
    return RecordList(records, complete=True)


def among_others(*records: Record) -> RecordList:
    """A list that may have further entries."""
    return RecordList(records, complete=False)


# What the language makes of it


def condition(text: str) -> syntax.Expression:
    return check_condition(parse(text), VOCABULARY)


def formula(text: str) -> syntax.Expression:
    """A checked expression of any type, as derived facts have it."""
    return check(parse(text), VOCABULARY, conditional=True)


def trace(text: str, stated: Mapping[str, Any] | None = None, **options: Any) -> Trace:
    return evaluate(formula(text), known(stated or {}, **options))


def value(text: str, stated: Mapping[str, Any] | None = None, **options: Any) -> Value:
    return trace(text, stated, **options).value


def problems(text: str, *, conditional: bool = False) -> tuple[Problem, ...]:
    """Everything that parser or checker have against a text; nothing where it is fine."""
    try:
        check(parse(text), VOCABULARY, conditional=conditional)
    except ExpressionError as error:
        return error.problems
    return ()


def problem(text: str, *, conditional: bool = False) -> Problem:
    """The one problem of a text."""
    (only_one,) = problems(text, conditional=conditional)
    return only_one
