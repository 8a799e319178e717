"""Check names, types, units and options of a parsed expression, and fill in the type of every node.

All problems of one expression are reported at once. What passes here cannot fail when it is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal, cast

from qmadvisor.errors import ExpressionError, Place, Problem, did_you_mean, listing
from qmadvisor.language import syntax, units
from qmadvisor.language.findings import PREFIX as FINDINGS
from qmadvisor.language.printer import to_text
from qmadvisor.language.types import (
    ActorType,
    BoolType,
    ChoiceType,
    DateType,
    ListType,
    MultipleType,
    NumberType,
    TaskMatrixType,
    TextType,
    Type,
    type_name,
)
from qmadvisor.language.vocabulary import Vocabulary

BOOL = BoolType()
_FIXED = (syntax.Number, syntax.Day, syntax.Text, syntax.Truth, syntax.Parameter)
_MIRRORED: dict[str, Literal["=", "!=", "<", "<=", ">", ">="]] = {
    "=": "=",
    "!=": "!=",
    "<": ">",
    ">": "<",
    "<=": ">=",
    ">=": "<=",
}


def check(node: syntax.Expression, vocabulary: Vocabulary, *, conditional: bool = False) -> syntax.Expression:
    """Return the tree with types; `conditional` allows if-then-else. Raises ExpressionError."""
    checker = _Checker(vocabulary, conditional)
    checked = checker.visit(node)
    if checker.problems:
        raise ExpressionError(checker.problems)
    return checked


def check_condition(node: syntax.Expression, vocabulary: Vocabulary) -> syntax.Expression:
    """Like `check`, for what must be true or false."""
    checked = check(node, vocabulary)
    if not isinstance(checked.type, BoolType):
        message = "Eine Bedingung muss wahr oder falsch sein."
        raise ExpressionError([_problem("type", message, node, found=_described(checked))])
    return checked


def _problem(
    code: str,
    message: str,
    node: syntax.Node,
    found: str | None = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> Problem:
    place = Place(line=node.span.line, column=node.span.column)
    return Problem(code, message, place, found, allowed, remedy)


def _described(node: syntax.Expression) -> str:
    name = type_name(node.type) if node.type else "unbekannt"
    unit = node.type.unit.text if isinstance(node.type, NumberType) else ""
    return f"{to_text(node)} ({name}{' in ' + unit if unit else ''})"


def _is_product(node: syntax.Expression) -> bool:
    """Tell whether a number comes out of a product or quotient; a condition inside may hold one."""
    match node:
        case syntax.Arithmetic():
            return node.operator in "*/" or _is_product(node.left) or _is_product(node.right)
        case syntax.If():
            return _is_product(node.yes) or _is_product(node.no)
        case syntax.Aggregate(body=body) if body is not None:
            return _is_product(body)
        case _:
            return False


def _is_empty(low: syntax.Expression, high: syntax.Expression) -> bool:
    match low, high:
        case (syntax.Number(value=one), syntax.Number(value=two)) | (
            syntax.Day(ordinal=one),
            syntax.Day(ordinal=two),
        ):
            return one > two
        case _:
            return False


class _Checker:
    """One pass over one tree. A node whose parts are already wrong gets no second complaint."""

    def __init__(self, vocabulary: Vocabulary, conditional: bool) -> None:
        self.vocabulary = vocabulary
        self.conditional = conditional
        self.problems: list[Problem] = []
        self.bound: dict[str, tuple[str, Mapping[str, Type]]] = {}

    def complain(
        self,
        code: str,
        message: str,
        node: syntax.Node,
        found: str | None = None,
        allowed: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problems.append(_problem(code, message, node, found, allowed, remedy))

    def visit(self, node: syntax.Expression) -> syntax.Expression:
        match node:
            case syntax.Truth():
                return replace(node, type=BOOL)
            case syntax.Number():
                whole = not isinstance(node.value, Fraction)
                return replace(node, type=NumberType(integer=whole, literal=True))
            case syntax.Text():
                return replace(node, type=TextType())
            case syntax.Day() | syntax.Today():
                return replace(node, type=DateType())
            case syntax.Fact():
                return self.name(node)
            case syntax.Parameter():
                return self.parameter(node)
            case syntax.And() | syntax.Or():
                return replace(node, items=tuple(map(self.truth, node.items)), type=BOOL)
            case syntax.Not():
                return replace(node, item=self.truth(node.item), type=BOOL)
            case syntax.Compare():
                return self.compare(node)
            case syntax.InRange():
                return self.in_range(node)
            case syntax.InSet():
                return self.in_set(node)
            case syntax.Has():
                return self.has(node)
            case syntax.If():
                return self.choose(node)
            case syntax.Arithmetic():
                return self.arithmetic(node)
            case syntax.MonthsBetween():
                start, end = self.day(node.start), self.day(node.end)
                return replace(
                    node, start=start, end=end, type=NumberType(units.parse_unit("Monate"), integer=True)
                )
            case syntax.Quantified() | syntax.Aggregate():
                return self.over_list(node)
            case _:  # a field: the tree was checked before
                return node

    # names

    def name(self, node: syntax.Fact) -> syntax.Expression:
        variable, _, rest = node.path.partition(".")
        if variable in self.bound:
            return self.field(node, variable, rest)
        term = self.vocabulary.facts.get(node.path)
        if term is None and variable == "parameter":
            usage = f"{node.path} at stichtag"
            self.complain("parameter", "Ein Parameter gilt an einem Tag.", node, node.path, remedy=usage)
            return node
        if term is None and variable == FINDINGS:
            message = "Befunde lesen nur Ratschläge (rules/advice/), keine Regeln und keine Fakten."
            self.complain("finding", message, node, node.path)
            return node
        if term is None:
            remedy = did_you_mean(node.path, self.vocabulary.facts)
            self.complain("unknown_fact", "Diesen Fakt gibt es nicht.", node, found=node.path, remedy=remedy)
            return node
        if isinstance(term.type, ListType):
            remedy = "Eine Liste steht nur nach „in“: some s in …, count(s in …)."
            self.complain("type", "Eine Liste ist kein einzelner Wert.", node, found=node.path, remedy=remedy)
            return node
        if isinstance(term.type, TaskMatrixType):
            remedy = "Nehmen Sie einen Fakt, der daraus berechnet ist, zum Beispiel eine Anzahl von Aufgaben."
            message = "Eine Aufgabenverteilung ist kein einzelner Wert."
            self.complain("type", message, node, found=node.path, remedy=remedy)
            return node
        return replace(node, type=term.type)

    def field(self, node: syntax.Fact, variable: str, name: str) -> syntax.Expression:
        path, fields = self.bound[variable]
        if name not in fields:
            self.complain(
                "unknown_fact",
                f"Ein Eintrag von „{path}“ hat dieses Feld nicht.",
                node,
                found=node.path,
                allowed=listing([f"{variable}.{field}" for field in fields]),
                remedy=did_you_mean(name, fields),
            )
            return node
        return syntax.Field(variable, name, path, span=node.span, type=fields[name])

    def parameter(self, node: syntax.Parameter) -> syntax.Expression:
        day = self.day(node.day)
        term = self.vocabulary.parameters.get(node.name)
        if term is None:
            remedy = did_you_mean(node.name, self.vocabulary.parameters)
            self.complain(
                "unknown_parameter", "Diesen Parameter gibt es nicht.", node, found=node.name, remedy=remedy
            )
            return node
        return replace(node, day=day, type=NumberType(term.unit))

    # expectations

    def expect(self, node: syntax.Expression, wanted: type[Type], words: str) -> syntax.Expression:
        checked = self.visit(node)
        if checked.type is not None and not isinstance(checked.type, wanted):
            self.complain("type", f"Hier wird {words} erwartet.", node, found=_described(checked))
        return checked

    def truth(self, node: syntax.Expression) -> syntax.Expression:
        return self.expect(node, BoolType, "eine Bedingung (wahr oder falsch)")

    def day(self, node: syntax.Expression) -> syntax.Expression:
        return self.expect(node, DateType, "ein Datum")

    def number(self, node: syntax.Expression) -> syntax.Expression:
        return self.expect(node, NumberType, "eine Zahl")

    # comparisons

    def compare(self, node: syntax.Compare) -> syntax.Expression:
        left, right = self.visit(node.left), self.visit(node.right)
        self.comparable(node, left, right)
        if isinstance(left, _FIXED) and not isinstance(right, _FIXED):
            node = replace(node, operator=_MIRRORED[node.operator])  # what is asked about always stands left
            left, right = right, left
        if node.operator not in ("=", "!=") and isinstance(
            left.type, BoolType | ChoiceType | TextType | ActorType
        ):
            self.complain(
                "type",
                "Nur Zahlen und Daten lassen sich der Größe nach vergleichen.",
                node,
                allowed="= oder !=",
            )
        if node.operator in ("=", "!="):
            self.no_exact_product(left)
            self.no_exact_product(right)
        return replace(node, left=left, right=right, type=BOOL)

    def no_exact_product(self, node: syntax.Expression) -> None:
        """Equality over products has gaps (2 * x is never 3), which intervals cannot see: refuse it."""
        if _is_product(node):
            remedy = "Vergleichen Sie mit >= oder <=, oder mit „in [… .. …]“."
            self.complain(
                "inexact_equality",
                "Ein Produkt oder Quotient lässt sich nicht mit = oder != prüfen.",
                node,
                remedy=remedy,
            )

    def comparable(self, node: syntax.Node, left: syntax.Expression, right: syntax.Expression) -> None:
        match left.type, right.type:
            case (None, _) | (_, None):
                return
            case NumberType(), NumberType():
                self.whole_against_fraction(node, left, right)
                self.same_unit(node, left, right)
            case (DateType(), DateType()) | (BoolType(), BoolType()) | (TextType(), TextType()):
                if isinstance(left, syntax.Text) and isinstance(right, syntax.Text):
                    self.complain("type", "Zwei feste Texte werden nicht verglichen.", node)
            case ChoiceType(options=options), TextType():
                self.option(right, options)
            case TextType(), ChoiceType(options=options):
                self.option(left, options)
            case ChoiceType(options=one), ChoiceType(options=two) if set(one) == set(two):
                return
            case ActorType(of=one), ActorType(of=two) if one == two:
                return
            case _:
                self.complain(
                    "type",
                    "Das lässt sich nicht vergleichen.",
                    node,
                    found=f"{_described(left)} und {_described(right)}",
                )

    def whole_against_fraction(
        self, node: syntax.Node, left: syntax.Expression, right: syntax.Expression
    ) -> None:
        """A whole number never equals 1.5: the condition would be decided before anyone answers."""
        for one, two in ((left, right), (right, left)):
            fraction = isinstance(two, syntax.Number) and isinstance(two.value, Fraction)
            if fraction and isinstance(one.type, NumberType) and one.type.integer:
                self.complain(
                    "type", "Eine ganze Zahl wird mit einer gebrochenen verglichen.", node, found=to_text(two)
                )

    def option(self, node: syntax.Expression, options: tuple[str, ...]) -> None:
        if not isinstance(node, syntax.Text):
            self.complain(
                "type", "Hier wird eine der Auswahlmöglichkeiten erwartet.", node, allowed=listing(options)
            )
        elif node.value not in options:
            remedy = did_you_mean(node.value, options)
            self.complain(
                "unknown_option",
                "Diese Auswahlmöglichkeit gibt es nicht.",
                node,
                node.value,
                listing(options),
                remedy,
            )

    def in_range(self, node: syntax.InRange) -> syntax.Expression:
        item, low, high = self.visit(node.item), self.visit(node.low), self.visit(node.high)
        if item.type is not None and not isinstance(item.type, NumberType | DateType):
            self.complain("type", "Ein Bereich gilt nur für Zahlen und Daten.", node, found=_described(item))
        else:
            self.comparable(node, item, low)
            self.comparable(node, item, high)
            if _is_empty(low, high):
                self.complain(
                    "range", "Dieser Bereich ist leer.", node, remedy="Zuerst steht der kleinere Wert."
                )
        return replace(node, item=item, low=low, high=high, type=BOOL)

    def in_set(self, node: syntax.InSet) -> syntax.Expression:
        item = self.visit(node.item)
        options = tuple(map(self.visit, node.options))
        if isinstance(item.type, BoolType):
            self.complain("type", "Ob etwas gilt, prüft man ohne „in“.", node, found=_described(item))
        else:
            for option in options:
                self.comparable(option, item, option)
            self.no_exact_product(item)
        return replace(node, item=item, options=options, type=BOOL)

    def has(self, node: syntax.Has) -> syntax.Expression:
        item = self.expect(node.item, MultipleType, "eine Mehrfachauswahl")
        if isinstance(item.type, MultipleType):
            self.option(syntax.Text(node.option, span=node.span), item.type.options)
        return replace(node, item=item, type=BOOL)

    # values

    def choose(self, node: syntax.If) -> syntax.Expression:
        if not self.conditional:
            remedy = "Nutzen Sie and, or und not, oder legen Sie einen abgeleiteten Fakt an."
            self.complain("conditional", "„if“ ist nur in abgeleiteten Fakten erlaubt.", node, remedy=remedy)
        test, yes, no = self.truth(node.test), self.visit(node.yes), self.visit(node.no)
        return replace(node, test=test, yes=yes, no=no, type=self.either(node, yes, no))

    def either(self, node: syntax.If, yes: syntax.Expression, no: syntax.Expression) -> Type | None:
        match yes.type, no.type:
            case (None, _) | (_, None):
                return None
            case NumberType(), NumberType():
                return self.same_unit(node, yes, no)
            case DateType(), DateType():
                return DateType()
            case BoolType(), BoolType():
                return BOOL
            case _:
                message = "„if“ liefert in beiden Zweigen eine Zahl, ein Datum oder ja/nein."
                self.complain("type", message, node, found=f"{_described(yes)} und {_described(no)}")
                return None

    def arithmetic(self, node: syntax.Arithmetic) -> syntax.Expression:
        left, right = self.number(node.left), self.number(node.right)
        kind = self.result_type(node, left, right)
        return replace(node, left=left, right=right, type=kind)

    def result_type(
        self, node: syntax.Arithmetic, left: syntax.Expression, right: syntax.Expression
    ) -> Type | None:
        one, two = left.type, right.type
        if not (isinstance(one, NumberType) and isinstance(two, NumberType)):
            return None
        if node.operator in "+-":
            return self.same_unit(node, left, right)
        if node.operator == "/" and isinstance(right, syntax.Number) and right.value == 0:
            self.complain("division", "Durch null lässt sich nicht teilen.", node)
        unit = one.unit.times(two.unit, 1 if node.operator == "*" else -1)
        integer = one.integer and two.integer and node.operator != "/"
        return NumberType(unit, integer, literal=one.literal and two.literal)

    def same_unit(self, node: syntax.Node, left: syntax.Expression, right: syntax.Expression) -> NumberType:
        """Return what two numbers of one unit have in common; a bare number takes the unit of the other."""
        one, two = cast("NumberType", left.type), cast("NumberType", right.type)
        if not (one.literal or two.literal or one.unit.same_as(two.unit)):
            found = f"{_described(left)} und {_described(right)}"
            self.complain("unit", "Die Einheiten passen nicht zusammen.", node, found=found)
        unit = two.unit if one.literal else one.unit
        return NumberType(unit, one.integer and two.integer, literal=one.literal and two.literal)

    # lists

    def over_list(self, node: syntax.Quantified | syntax.Aggregate) -> syntax.Expression:
        term = self.vocabulary.facts.get(node.list)
        if term is None or not isinstance(term.type, ListType):
            lists = [
                path for path, known in self.vocabulary.facts.items() if isinstance(known.type, ListType)
            ]
            self.complain(
                "unknown_fact",
                "Diese Liste gibt es nicht.",
                node,
                node.list,
                listing(lists),
                did_you_mean(node.list, lists),
            )
            return node
        if not self.bindable(node):
            return node
        self.bound[node.variable] = (node.list, term.type.fields)
        where = None if node.where is None else self.truth(node.where)
        checked = self.body(node, where)
        del self.bound[node.variable]
        return checked

    def bindable(self, node: syntax.Quantified | syntax.Aggregate) -> bool:
        taken = {"parameter", FINDINGS, *self.bound, *(path.split(".")[0] for path in self.vocabulary.facts)}
        if node.variable in taken or "." in node.variable:
            remedy = "Wählen Sie einen kurzen, freien Namen, zum Beispiel „s“."
            self.complain(
                "variable",
                "Dieser Name ist für einen Eintrag nicht möglich.",
                node,
                node.variable,
                remedy=remedy,
            )
            return False
        return True

    def body(
        self, node: syntax.Quantified | syntax.Aggregate, where: syntax.Expression | None
    ) -> syntax.Expression:
        if isinstance(node, syntax.Quantified):
            return replace(node, where=where, body=self.truth(node.body), type=BOOL)
        if node.body is None:
            return replace(node, where=where, type=NumberType(integer=True))
        body = self.number(node.body)
        kind = NumberType(body.type.unit, body.type.integer) if isinstance(body.type, NumberType) else None
        return replace(node, where=where, body=body, type=kind)
