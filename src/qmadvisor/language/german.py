"""Say any condition as a German main clause, and any value as a planner writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from qmadvisor.language import syntax
from qmadvisor.language.evaluate import parameter_value
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.numerals import UNKNOWN, german_date, german_number
from qmadvisor.language.types import (
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    TaskMatrixType,
    Type,
)
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Interval, RecordList, Value
from qmadvisor.language.vocabulary import Vocabulary, Words

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_AMOUNT = {
    "=": "genau ",
    "!=": "nicht ",
    "<": "weniger als ",
    "<=": "höchstens ",
    ">": "mehr als ",
    ">=": "mindestens ",
}
_SIZE = {
    "=": "genau so groß wie",
    "!=": "nicht so groß wie",
    "<": "kleiner als",
    "<=": "höchstens so groß wie",
    ">": "größer als",
    ">=": "mindestens so groß wie",
}
_LENGTH = {
    "=": "genau so lang wie",
    "!=": "nicht so lang wie",
    "<": "kürzer als",
    "<=": "höchstens so lang wie",
    ">": "länger als",
    ">=": "mindestens so lang wie",
}
_ORDER = {
    "=": "am selben Tag wie",
    "!=": "nicht am selben Tag wie",
    "<": "früher als",
    "<=": "nicht später als",
    ">": "später als",
    ">=": "nicht früher als",
}
_WHEN = {
    "=": "ist der",
    "!=": "ist nicht der",
    "<": "liegt vor dem",
    "<=": "liegt nicht nach dem",
    ">": "liegt nach dem",
    ">=": "liegt nicht vor dem",
}
_SIGNS = {"+": "plus", "-": "minus", "*": "mal", "/": "geteilt durch"}
_AGGREGATES = {"sum": "die Summe", "min": "der kleinste Wert", "max": "der größte Wert"}
_EACH = {
    "f": ("einer", "jeder", "keiner"),
    "m": ("einem", "jedem", "keinem"),
    "n": ("einem", "jedem", "keinem"),
}


#: So many items of a multiple choice are named one by one, where nobody asks for more.
MOST_NAMED = 15


def format_value(value: Value, type_: Type, words: Words, most: int = MOST_NAMED) -> str:
    """Write a value with its unit: "mindestens 20 m²", "November 2017", "ja", or "unbekannt".

    Of a multiple choice at most so many items are named, the others counted.
    """
    match type_:
        case BoolType():
            return UNKNOWN if value is None else ("ja" if value else "nein")
        case NumberType():
            return german_number(cast("Interval", value), type_.unit, within=type_.range)
        case DateType():
            return german_date(cast("Interval", value), within=type_.range)
        case ChoiceType():
            return _format_choice(cast("frozenset[str]", value), type_, words)
        case MultipleType():
            return _format_multiple(cast("Mapping[str, bool]", value), words, most)
        case ListType():
            return _format_list(cast("RecordList", value), words)
        case TaskMatrixType():
            return _format_matrix(cast("TaskMatrix", value))
        case _:
            return UNKNOWN if value is None else str(value)


def _format_choice(value: frozenset[str], type_: ChoiceType, words: Words) -> str:
    if len(value) == len(type_.options):
        return UNKNOWN
    return " oder ".join(words.choices[option] for option in type_.options if option in value)


def _format_multiple(value: Mapping[str, bool], words: Words, most: int) -> str:
    named = [label for option, label in words.choices.items() if value.get(option)]
    still_open = len(value) < len(words.choices)
    if not named:
        return UNKNOWN if still_open else "nichts davon"
    shown = ", ".join(named[:most])
    if len(named) > most:
        shown += f" und {len(named) - most} weitere"
    return shown + (" (weitere offen)" if still_open else "")


def _format_list(value: RecordList, words: Words) -> str:
    count = len(value.records)
    if not count:
        return "keine" if value.complete else UNKNOWN
    name = words.singular if count == 1 else words.plural
    return f"{count} {name}" + ("" if value.complete else " (weitere möglich)")


def _format_matrix(value: TaskMatrix) -> str:
    stated, all_of_them = len(value.holders), len(value.overview.entries)
    if not stated:
        return UNKNOWN
    if value.settled:
        return "alle Aufgaben geklärt"
    return (
        f"{stated} von {all_of_them} Einträgen geklärt{', Rollen teils offen' if value.without_role else ''}"
    )


class German:
    """Renders expressions with the words of a vocabulary; parameters as of one day (ordinal)."""

    def __init__(self, vocabulary: Vocabulary, day: int) -> None:
        self.vocabulary = vocabulary
        self.day = day

    # clauses

    def clause(self, node: syntax.Expression, holds: bool = True) -> str:
        """Say that a condition holds, or that it does not, as a main clause without full stop."""
        return _without_idle_commas(self._clause(node, holds))

    def _clause(self, node: syntax.Expression, holds: bool) -> str:
        match node:
            case syntax.Not():
                return self.clause(node.item, not holds)
            case syntax.And() | syntax.Or():
                return self._junction(node, holds)
            case syntax.Fact() | syntax.Field():
                words = self.words(node)
                return words.holds if holds else words.fails
            case syntax.Has():
                return self._has(node, holds)
            case syntax.InSet():
                return self._in_set(node, holds)
            case syntax.InRange():
                return self._in_range(node, holds)
            case syntax.Compare():
                operator = node.operator if holds else _OPPOSITE[node.operator]
                return self._compare(node.left, operator, node.right)
            case syntax.Quantified():
                return self._quantified(node, holds)
            case syntax.If():
                yes, no = self.clause(node.yes, holds), self.clause(node.no, holds)
                return f"wenn gilt: {self.clause(node.test)}, dann: {yes}, sonst: {no}"
            case _:
                return "das gilt immer" if (getattr(node, "value", True) is True) == holds else "das gilt nie"

    def _junction(self, node: syntax.And | syntax.Or, holds: bool) -> str:
        word = " und " if isinstance(node, syntax.And) == holds else " oder "
        parts = []
        for item in node.items:
            text = self.clause(item, holds)
            ends_openly = (
                isinstance(_inner(item), syntax.Quantified | syntax.If) and item is not node.items[-1]
            )
            brackets = ends_openly or isinstance(_inner(item), syntax.And | syntax.Or)
            parts.append(f"({text})" if brackets else text)
        return word.join(parts)

    def _has(self, node: syntax.Has, holds: bool) -> str:
        words = self.words(node.item)
        pattern = words.contains if holds else words.lacks
        return pattern.replace("{item}", words.choices[node.option])

    def _in_set(self, node: syntax.InSet, holds: bool) -> str:
        if self.words(node.item).predicative:
            options = [cast("syntax.Text", option).value for option in node.options]
            return self._predicate(node.item, options, holds)
        labels = [self.operand(option, node.item) for option in node.options]
        subject, verb = self.subject(node.item), self._be(node.item)
        if holds:
            return f"{subject} {verb} {' oder '.join(labels)}"
        return f"{subject} {verb} weder {' noch '.join(labels)}"

    def _in_range(self, node: syntax.InRange, holds: bool) -> str:
        low, high = self.operand(node.low, node.item), self.operand(node.high, node.item)
        negation = "" if holds else "nicht "
        lies = "liegen" if self.words(node.item).plural_subject else "liegt"
        return f"{self.subject(node.item)} {lies} {negation}zwischen {low} und {high}"

    def _compare(self, left: syntax.Expression, operator: str, right: syntax.Expression) -> str:
        if isinstance(left.type, BoolType):
            return self._bool_compare(left, operator, right)
        subject, fixed = self.subject(left), self._is_fixed(right)
        other = self.operand(right, left)
        match left.type:
            case NumberType() if fixed:
                amounts = "betragen" if self.words(left).plural_subject else "beträgt"
                return f"{subject} {amounts} {_AMOUNT[operator]}{other}"
            case NumberType():
                return f"{subject} {self._be(left)} {_sizes(left)[operator]} {other}"
            case DateType() if fixed:
                return f"{subject} {_WHEN[operator]} {other}"
            case DateType():
                return f"{subject} {self._be(left)} {_ORDER[operator]} {other}"
            case ChoiceType() if self.words(left).predicative:
                return self._predicate(left, [cast("syntax.Text", right).value], operator == "=")
            case _:
                negation = "" if operator == "=" else "nicht "
                return f"{subject} {self._be(left)} {negation}{other}"

    def _predicate(self, node: syntax.Expression, options: Sequence[str], holds: bool) -> str:
        """Say which outcomes a finding may have; instead of "not this one" all the others are named."""
        return f"{self.subject(node)} ist {self._outcomes(node, options, holds)}"

    def _outcomes(self, node: syntax.Expression, options: Sequence[str], holds: bool) -> str:
        every = cast("ChoiceType", node.type).options
        labels = [self.words(node).choices[one] for one in every if (one in options) == holds]
        *first, last = labels or ["nichts davon"]
        return f"{', '.join(first)} oder {last}" if first else last

    def demand(self, node: syntax.Compare) -> str | None:
        """Say what a comparison asks of its left side: "mindestens 25 m²"; None where there is only yes or no."""
        if isinstance(node.left.type, BoolType):
            return None
        other = self.operand(node.right, node.left)
        match node.left.type:
            case NumberType():
                fixed = self._is_fixed(node.right)
                return (
                    f"{_AMOUNT[node.operator]}{other}"
                    if fixed
                    else f"{_sizes(node.left)[node.operator]} {other}"
                )
            case DateType():
                return f"{_ORDER[node.operator]} {other}"
            case ChoiceType() if self.words(node.left).predicative:
                return self._outcomes(
                    node.left, [cast("syntax.Text", node.right).value], node.operator == "="
                )
            case _:
                return other if node.operator == "=" else f"nicht {other}"

    def _bool_compare(self, left: syntax.Expression, operator: str, right: syntax.Expression) -> str:
        if isinstance(right, syntax.Truth):
            return self.clause(left, right.value == (operator == "="))
        same = "gleich" if operator == "=" else "verschieden"
        return f"{same} sind: {self.clause(left)}; {self.clause(right)}"

    def _quantified(self, node: syntax.Quantified, holds: bool) -> str:
        words = self.vocabulary.facts[node.list].words
        some, each, none = _EACH[words.gender]
        body = self.clause(node.body)
        if node.kind == "some":
            inner = f"{self.clause(node.where)} und {body}" if node.where is not None else body
            head = (
                f"bei mindestens {some} {words.singular} gilt"
                if holds
                else f"bei {none} {words.singular} gilt"
            )
            return f"{head}: {inner}"
        head = f"bei {each} {words.singular}" if holds else f"nicht bei {each} {words.singular}"
        return f"{head}{self._where(node.where)} gilt: {body}"

    # nouns

    def subject(self, node: syntax.Expression) -> str:
        """Name a value so that a sentence can begin with it."""
        match node:
            case syntax.Fact() | syntax.Field():
                return self.words(node).phrase
            case syntax.Aggregate():
                return self._aggregate(node)
            case syntax.MonthsBetween():
                return f"die Zeit zwischen {self._quoted(node.start)} und {self._quoted(node.end)}"
            case syntax.Arithmetic():
                return f"{self._quoted(node.left)} {_SIGNS[node.operator]} {self._quoted(node.right)}"
            case syntax.Parameter():
                return f"der Wert „{self.vocabulary.parameters[node.name].title}“"
            case syntax.Today():
                return "der Stichtag"
            case syntax.If():
                test, yes, no = self.clause(node.test), self.subject(node.yes), self.subject(node.no)
                return f"der Wert (wenn gilt: {test}, dann: {yes}, sonst: {no})"
            case _:
                return self.operand(node, node)

    def _quoted(self, node: syntax.Expression) -> str:
        """Name a value inside a calculation: labels in quotes need no case."""
        if isinstance(node, syntax.Fact | syntax.Field):
            return f"„{self.words(node).label}“"
        if isinstance(node, syntax.Today):
            return "„Stichtag“"
        return f"({self.subject(node)})" if isinstance(node, syntax.Arithmetic) else self.subject(node)

    def _aggregate(self, node: syntax.Aggregate) -> str:
        words = self.vocabulary.facts[node.list].words
        where = self._where(node.where)
        if node.body is None:
            return f"die Anzahl der {words.plural}{where}"
        body = self._quoted(node.body)
        if isinstance(node.body, syntax.If):
            body = f"dem {body.removeprefix('der ')}"
        return f"{_AGGREGATES[node.kind]} von {body} über alle {words.plural}{where}"

    def _where(self, where: syntax.Expression | None) -> str:
        return "" if where is None else f", für die gilt: {self.clause(where)},"

    def operand(self, node: syntax.Expression, beside: syntax.Expression) -> str:
        """Write the other side of a comparison, with the unit or the labels of the side beside it."""
        match node:
            case syntax.Number():
                unit = beside.type.unit if isinstance(beside.type, NumberType) else Unit()
                return german_number(node.value, unit)
            case syntax.Day():
                return german_date(node.ordinal)
            case syntax.Text():
                words = self.words(beside) if isinstance(beside.type, ChoiceType) else Words("")
                label = words.choices.get(node.value, node.value)
                return label if words.predicative else f"„{label}“"
            case syntax.Truth():
                return "ja" if node.value else "nein"
            case syntax.Parameter():
                return self._parameter(node)
            case _:
                return self.subject(node)

    def _parameter(self, node: syntax.Parameter) -> str:
        value, unit = self._value(node), self.vocabulary.parameters[node.name].unit
        return self.subject(node) if value is None else german_number(value, unit)

    def _value(self, node: syntax.Parameter) -> Interval | None:
        """What a parameter is on the day of the check; None where it is asked for another day, or has none."""
        if not isinstance(node.day, syntax.Today):
            return None
        return parameter_value(self.vocabulary.parameters[node.name], Interval(self.day, self.day))

    def _is_fixed(self, node: syntax.Expression) -> bool:
        """Tell whether a value is said by itself ("25 m²") and not by a name ("der Stichtag")."""
        if isinstance(node, syntax.Parameter):
            return self._value(node) is not None
        return isinstance(node, syntax.Number | syntax.Day | syntax.Text | syntax.Truth)

    def words(self, node: syntax.Expression) -> Words:
        """The words of a fact or field; a plain label for anything else."""
        if isinstance(node, syntax.Fact):
            return self.vocabulary.facts[node.path].words
        if isinstance(node, syntax.Field):
            return self.vocabulary.facts[node.list].fields[node.name].words
        return Words("")

    def _be(self, node: syntax.Expression) -> str:
        return "sind" if self.words(node).plural_subject else "ist"


def sentence(clause: str) -> str:
    """Make a clause a sentence: capital letter, full stop."""
    return _without_idle_commas(f"{clause[:1].upper()}{clause[1:]}.")


def _without_idle_commas(text: str) -> str:
    """Another mark takes the place of the comma that closes a relative clause."""
    return re.sub(r",(?=[,.;)])", "", text)


def _sizes(node: syntax.Expression) -> dict[str, str]:
    """Times are long or short, all else is large or small."""
    is_time = isinstance(node.type, NumberType) and node.type.unit.text in (
        "Monate",
        "Wochen",
        "Jahre",
        "Tage",
    )
    return _LENGTH if is_time else _SIZE


def _inner(node: syntax.Expression) -> syntax.Expression:
    while isinstance(node, syntax.Not):
        node = node.item
    return node
