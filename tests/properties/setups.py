"""Random setups over the real catalogue, what may become known of them, and how they may turn out.

A setup is drawn as people write it. What becomes of it is drawn on its values: a completion says everything, and
`halfway` lies between a setup and one of its completions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.knowledge.functions.dates import full_months
from qmadvisor.language import syntax
from qmadvisor.language.matrix import ROLES, TaskMatrix
from qmadvisor.language.types import DateType, NumberType, Type
from qmadvisor.language.values import Interval, Record, RecordList, Value, exact
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.model import PHASES, PROGRAMMES, Setup
from qmadvisor.setup.reader import read_values

BASE = default_rule_base()
KNOWN = BASE.knowledge
TODAY = date(2026, 11, 22)
CONTRACT = ("vertrag.beginn", "vertrag.ende", "vertrag.dauer_monate")
#: The numbers at which some rule changes its mind.
THRESHOLDS = sorted(
    {
        Fraction(part.value)
        for rule in BASE.rules
        for condition in rule.conditions
        for part in syntax.walk(condition)
        if isinstance(part, syntax.Number)
    }
    | {Fraction(36)}
)
_ACTORS = ("stadt", "verein")


# As people write it


def written(fact: Fact) -> st.SearchStrategy[Any]:
    """A fact in one of the notations that a file allows."""
    match fact.kind:
        case "bool":
            return st.sampled_from(
                ["ja", "nein", True, False, "unbekannt", {"wert": "ja", "notiz": "laut Plan"}]
            )
        case "integer" | "decimal":
            return _number(_range(fact.type), whole=fact.kind == "integer")
        case "stellenumfang":
            return _post()
        case "date":
            return _day(2015, 2045)
        case "choice":
            return st.sampled_from([*fact.words.choices, *fact.words.choices.values()])
        case "multiple":
            return _multiple(list(fact.words.choices))
        case "text":
            return st.text("äöüß <b>&[bold]{}abc", max_size=30)
        case "actor":
            return st.sampled_from(_ACTORS)
        case "list":
            return _records(fact)
        case "task_matrix":
            return _matrix()
    raise AssertionError(fact.kind)


def _range(type_: Type) -> Interval:
    assert isinstance(type_, NumberType | DateType)
    return type_.range


def _digits(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else str(float(number))


def _numbers(within: Interval, step: Fraction) -> st.SearchStrategy[Fraction]:
    """Thresholds and what lies next to them, the ends, and anything in between."""
    low, high = Fraction(within.lo), Fraction(within.hi)
    near = {low, high, *(limit + off for limit in THRESHOLDS for off in (-step, 0, step))}
    near = {number for number in near if low <= number <= high and (step < 1 or number.denominator == 1)}
    steps = int((high - low) / step)
    return st.one_of(
        st.sampled_from(sorted(near)),
        st.integers(0, min(steps, 200)).map(lambda count: low + count * step),
        st.integers(0, steps).map(lambda count: low + count * step),
    )


_FORMS = st.sampled_from(
    ["{0}", "{0}", "mindestens {0}", "höchstens {1}", "{0} bis {1}", "ca. {0} ({0} bis {1})"]
)


def _number(within: Interval, whole: bool) -> st.SearchStrategy[str]:
    return _bounded(_numbers(within, Fraction(1, 1 if whole else 4)))


@st.composite
def _bounded(draw: Any, numbers: st.SearchStrategy[Fraction]) -> str:
    low, high = sorted((draw(numbers), draw(numbers)))
    return str(draw(_FORMS).format(_digits(low), _digits(high)))


_SHARE = _number(Interval(0, 4), whole=False)


@st.composite
def _post(draw: Any) -> Any:
    hours = draw(st.sampled_from(["19.5", "39", "10 bis 20", "mindestens 30"]))
    year = draw(st.sampled_from(["800", "höchstens 500", "1600"]))
    return draw(
        st.one_of(
            _SHARE,
            st.just({"wochenstunden": hours}),
            st.just({"wochenstunden": hours, "vollzeitwoche": 40}),
            st.just({"jahresstunden": year}),
            st.just({"jahresstunden": year, "basis": "netto"}),
            st.just({"jahresstunden": year, "wochen": 48, "basis": "verteilt"}),
        )
    )


def _day(first_year: int, last_year: int) -> st.SearchStrategy[str]:
    return _dated(st.dates(date(first_year, 1, 1), date(last_year, 12, 31)))


@st.composite
def _dated(draw: Any, days: st.SearchStrategy[date]) -> str:
    first, last = sorted((draw(days), draw(days)))
    forms = [
        f"{first}",
        f"{first:%d.%m.%Y}",
        f"{first:%Y-%m}",
        f"{first:%Y}",
        f"frühestens {first:%Y-%m}",
        f"spätestens {last}",
        f"{first} bis {last}",
    ]
    return str(draw(st.sampled_from(forms)))


_ANSWERS = st.sampled_from(["ja", "nein", "unbekannt"])


def _multiple(options: list[str]) -> st.SearchStrategy[Any]:
    return _answered(st.lists(st.sampled_from(options), unique=True))


@st.composite
def _answered(draw: Any, some: st.SearchStrategy[list[str]]) -> Any:
    named = draw(some)
    answers = {option: draw(_ANSWERS) for option in named}
    closed = {"vollstaendig": "ja", **answers}
    return draw(st.sampled_from(["keine", named or "keine", answers, closed]))


_ROLES = ["federfuehrung", "Federführung", "mitwirkung", "unbekannt"]
_LINES = [*KNOWN.tasks.columns, *KNOWN.tasks.blocks, *KNOWN.tasks.entries]


@st.composite
def _matrix(draw: Any) -> Any:
    """Mostly whole columns, so that much is known, and then some fields and single tasks."""
    if draw(st.integers(0, 9)) == 0:
        return "keine"
    assigned = st.one_of(
        st.dictionaries(st.sampled_from(_ACTORS), st.sampled_from(_ROLES), min_size=1, max_size=2),
        st.sampled_from(["niemand", "unbekannt"]),
        st.just("niemand").map(lambda nobody: {"wert": nobody, "notiz": "später"}),
    )
    whole = draw(st.booleans())
    lines = {column: draw(assigned) for column in KNOWN.tasks.columns if whole}
    lines |= draw(st.dictionaries(st.sampled_from(_LINES), assigned, max_size=6))
    mark = draw(st.sampled_from([None, "ja", "nein"]))
    return lines if mark is None else {"vollstaendig": mark, **lines}


def _records(fact: Fact) -> st.SearchStrategy[Any]:
    return _entries(fact.path, _facts(fact.fields))


@st.composite
def _entries(draw: Any, path: str, entry: st.SearchStrategy[dict[str, Any]]) -> Any:
    keys = _ACTORS if path == "akteure" else ("erste", "zweite", "dritte")[: draw(st.integers(0, 3))]
    entries: dict[str, Any] = {key: draw(entry) for key in keys}
    mark = draw(st.sampled_from([None, "ja", "nein"]))
    if path != "akteure" and draw(st.integers(0, 9)) == 0:
        return "keine"
    return entries if mark is None else {"vollstaendig": mark, **entries}


def _facts(facts: Mapping[str, Fact]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the facts, or all of them: of those that are left out hypothesis is too fond."""
    each = {name: written(fact) for name, fact in facts.items()}
    return st.fixed_dictionaries({}, optional=each) | st.fixed_dictionaries(each)


_FREE = _facts({fact.path: fact for fact in KNOWN.catalogue.inputs if fact.path not in CONTRACT})
_DATED = dict(
    zip(CONTRACT, (_day(2020, 2030), _day(2031, 2040), _number(Interval(0, 300), whole=True)), strict=True)
)


@st.composite
def given_facts(draw: Any) -> dict[str, Any]:
    """What a setup says of its facts, by path; the dates of the contract never contradict its term."""
    given: dict[str, Any] = draw(_FREE)
    begin, end, term = CONTRACT
    stated = draw(st.sampled_from([(), (begin,), (end,), (term,), (begin, end), (begin, term), CONTRACT]))
    for path in stated:
        given[path] = draw(_DATED[path])
    if term in given and end in given:
        given[term] = "höchstens 400"
    return given


@st.composite
def setups(draw: Any) -> Setup:
    """A setup that anybody may have written."""
    given = draw(given_facts())
    overrides = draw(
        st.sampled_from([{}, {}, {"kurze_laufzeit": None}, {"kurze_laufzeit": Interval(24, 24)}])
    )
    setup = read_values(given, KNOWN.catalogue, KNOWN.parameters, TODAY, overrides=overrides)
    phase = draw(st.sampled_from([None, *PHASES]))
    programme = draw(st.sampled_from([None, *PROGRAMMES]))
    return replace(setup, title="Nordstadt", phase=phase, programme=programme)


# How it may turn out


class _Quiet(NamedTuple):
    """Setups that a strategy starts from: hypothesis writes out all arguments, and of these that is a lot."""

    setups: tuple[Setup, ...]

    def __repr__(self) -> str:
        return f"<{len(self.setups)} setups>"


def completions(setup: Setup) -> st.SearchStrategy[Setup]:
    """A setup that says everything and contradicts nothing of what `setup` says."""
    return _completions(_Quiet((setup,)))


@st.composite
def _completions(draw: Any, start: _Quiet) -> Setup:
    (setup,) = start.setups
    values = {
        path: _whole(draw, KNOWN.catalogue.facts[path], value)
        for path, value in setup.values.items()
        if path not in CONTRACT
    }
    return replace(setup, values={**values, **_contract(draw, setup.values)})


def _whole(draw: Any, fact: Fact, value: Any) -> Value:
    match fact.kind:
        case "bool":
            return draw(st.booleans()) if value is None else value
        case "integer" | "decimal" | "stellenumfang":
            return _point(draw, value, fact.kind == "integer")
        case "date":
            return _one_day(draw, value)
        case "choice":
            return frozenset([draw(st.sampled_from(sorted(value)))])
        case "multiple":
            return {option: value.get(option, draw(st.booleans())) for option in fact.words.choices}
        case "list":
            return _all_records(draw, fact, value)
        case "task_matrix":
            return _all_tasks(draw, value)
        case _:
            return draw(st.sampled_from(_ACTORS)) if value is None else value


def _point(draw: Any, value: Interval, whole: bool) -> Interval:
    numbers = _numbers(value, Fraction(1, 1 if whole else 4))
    number = exact(draw(numbers))
    return Interval(number, number)


def _one_day(draw: Any, value: Interval) -> Interval:
    day = draw(st.integers(int(value.lo), int(value.hi)))
    return Interval(day, day)


def _all_records(draw: Any, fact: Fact, value: RecordList) -> RecordList:
    records = list(value.records)
    if not value.complete:
        unknown = {name: field.unknown for name, field in fact.fields.items()}
        records += [Record(f"weitere_{number}", unknown) for number in range(draw(st.integers(0, 2)))]
    return RecordList(
        tuple(
            Record(
                record.key,
                {name: _whole(draw, fact.fields[name], inner) for name, inner in record.values.items()},
            )
            for record in records
        ),
        complete=True,
    )


def _all_tasks(draw: Any, value: TaskMatrix) -> TaskMatrix:
    """Every task assigned; where much is open, most tasks are assigned alike, which hypothesis can shrink."""
    role = st.sampled_from(list(ROLES))
    assigned = st.dictionaries(st.sampled_from(_ACTORS), role, max_size=2)
    columns = {column: draw(assigned) for column in value.overview.columns}
    odd = draw(st.dictionaries(st.sampled_from(list(value.overview.entries)), assigned, max_size=8))
    holders = {}
    for key, entry in value.overview.entries.items():
        said = value.holders.get(key, odd.get(key, columns[entry.column]))
        holders[key] = {actor: draw(role) if known is None else known for actor, known in said.items()}
    return TaskMatrix(value.overview, holders)


def _contract(draw: Any, values: Mapping[str, Any]) -> dict[str, Value]:
    """Two days and the months between them, all three as they may be."""
    begins, ends, terms = (values[path] for path in CONTRACT)
    for by_term in (False, True, False, True, True, True):
        begin = _one_day(draw, begins)
        end = _after(begin, draw(st.integers(terms.lo, terms.hi))) if by_term else _one_day(draw, ends)
        months = full_months(begin, end)
        if end.within(ends) and months.within(terms):
            return dict(zip(CONTRACT, (begin, end, months), strict=True))
    assume(False)
    raise AssertionError


def _after(begin: Interval, months: int) -> Interval:
    """The last day of a contract that begins on that day and runs for so many months."""
    first = date.fromordinal(int(begin.lo))
    years, month = divmod(first.month - 1 + months, 12)
    last = date(first.year + years, month + 1, min(first.day, 28)).toordinal() - 1
    return Interval(last, last)


# Between what is said and how it turns out


def halfway(setup: Setup, whole: Setup) -> st.SearchStrategy[Setup]:
    """A setup that says at least what `setup` says and contradicts nothing of its completion `whole`."""
    return _halfway(_Quiet((setup, whole)))


@st.composite
def _halfway(draw: Any, ends: _Quiet) -> Setup:
    setup, whole = ends.setups
    values = {path: _closer(draw, value, whole.values[path]) for path, value in setup.values.items()}
    return replace(setup, values=values)


def _closer(draw: Any, value: Any, whole: Any) -> Value:
    match whole:
        case Interval():
            low = draw(st.sampled_from([value.lo, whole.lo]))
            return Interval(low, draw(st.sampled_from([value.hi, whole.hi])))
        case frozenset():
            kept = draw(st.sets(st.sampled_from(sorted(value))))
            return frozenset(kept | whole)
        case RecordList():
            return _more_records(draw, value, whole)
        case TaskMatrix():
            return _more_tasks(draw, value, whole)
        case Mapping():
            return {
                option: answer for option, answer in whole.items() if option in value or draw(st.booleans())
            }
        case _:
            return draw(st.sampled_from([value, whole]))


def _more_tasks(draw: Any, value: TaskMatrix, whole: TaskMatrix) -> TaskMatrix:
    """All that is said, the missing roles of some tasks, and some columns and tasks more."""
    columns = draw(st.sets(st.sampled_from(list(whole.overview.columns))))
    more = draw(st.sets(st.sampled_from(list(whole.overview.entries)), max_size=8))
    holders = dict(value.holders)
    for key, entry in whole.overview.entries.items():
        if entry.column in columns or key in more:
            holders[key] = whole.holders[key]
    return TaskMatrix(whole.overview, holders)


def _more_records(draw: Any, value: RecordList, whole: RecordList) -> RecordList:
    known = {record.key: record for record in value.records}
    records = []
    for record in whole.records:
        if record.key in known:
            said = known[record.key].values
            closer = {name: _closer(draw, said[name], inner) for name, inner in record.values.items()}
            records.append(Record(record.key, closer))
        elif draw(st.booleans()):
            records.append(record)
    everything = len(records) == len(whole.records)
    return RecordList(tuple(records), value.complete or (everything and draw(st.booleans())))
