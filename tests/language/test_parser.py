from fractions import Fraction

import pytest
from tests.language.example import day

from qmadvisor.errors import ExpressionError, Place
from qmadvisor.language.parser import MAX_LENGTH, MAX_LEVELS, MAX_NESTING, parse
from qmadvisor.language.syntax import (
    Aggregate,
    And,
    Arithmetic,
    Compare,
    Day,
    Fact,
    Has,
    If,
    InRange,
    InSet,
    MonthsBetween,
    Not,
    Number,
    Or,
    Parameter,
    Quantified,
    Text,
    Today,
    Truth,
    walk,
)

A, B, C = Fact("a"), Fact("b"), Fact("c")


def refusal(text: str):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("true", Truth(True)),
        ("false", Truth(False)),
        ("12", Number(12)),
        ("0.5", Number(Fraction(1, 2))),
        ("2.0", Number(2)),
        ("-3", Number(-3)),
        ("+3", Number(3)),
        ("-(0.5)", Number(Fraction(-1, 2))),
        ("-a", Arithmetic("-", Number(0), A)),
        ('"ein Text"', Text("ein Text")),
        ('""', Text("")),
        ('date("2026-01-31")', Day(day("2026-01-31"))),
        ("stichtag", Today()),
        ("gebiet.einwohner", Fact("gebiet.einwohner")),
        ("parameter.eu.dienst at stichtag", Parameter("eu.dienst", Today())),
        ("parameter.x at a", Parameter("x", A)),
        ("months_between(a, b)", MonthsBetween(A, B)),
        ('a has "x"', Has(A, "x")),
        ("a in [1..b]", InRange(A, Number(1), B)),
        ("a in [0.5..1.5]", InRange(A, Number(Fraction(1, 2)), Number(Fraction(3, 2)))),
        ('a in ("x", 1, true)', InSet(A, (Text("x"), Number(1), Truth(True)))),
        ("if a then b else c", If(A, B, C)),
        ("not(a)", Not(A)),
    ],
)
def test_each_form_has_its_node(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("some s in l satisfies (s.a)", Quantified("some", "s", "l", None, Fact("s.a"))),
        ("every s in l where s.b satisfies (a)", Quantified("every", "s", "l", Fact("s.b"), A)),
        ("count(s in l)", Aggregate("count", "s", "l", None, None)),
        ("count(s in l where a or b)", Aggregate("count", "s", "l", Or((A, B)), None)),
        ("sum(s.a for s in l)", Aggregate("sum", "s", "l", None, Fact("s.a"))),
        (
            "min(s.a + 1 for s in x.l where b)",
            Aggregate("min", "s", "x.l", B, Arithmetic("+", Fact("s.a"), Number(1))),
        ),
        ("max(s.a for s in l)", Aggregate("max", "s", "l", None, Fact("s.a"))),
    ],
)
def test_lists_bind_a_record_in_one_way(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize("operator", ["=", "!=", "<", "<=", ">", ">="])
def test_every_comparison(operator):
    assert parse(f"a {operator} b") == Compare(operator, A, B)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c", "(a and b) or c"),
        ("not(a) and b", "(not(a)) and b"),
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a / b * c", "(a / b) * c"),
        ("-a * b", "(-a) * b"),
        ("a * -b", "a * (-b)"),
        ("a - -3", "a - (-3)"),
        ("a + b < c - 1", "(a + b) < (c - 1)"),
        ("a < b and b < c", "(a < b) and (b < c)"),
        ("if a then b else if b then a else c", "if a then b else (if b then a else c)"),
        ("if a or b then a and b else c or a", "if (a or b) then (a and b) else (c or a)"),
        ("parameter.x at a + 1", "(parameter.x at a) + 1"),
        ("some s in l satisfies (a) and b", "(some s in l satisfies (a)) and b"),
        ("a and (b and c)", "a and b and c"),
        ("(a or b) or c", "a or b or c"),
        ("a   and\n\tb", "a and b"),
    ],
)
def test_precedence_and_brackets(text, same):
    assert parse(text) == parse(same)


@pytest.mark.parametrize(
    "text", ["a and (b or c)", "(a or b) and c", "a - (b - c)", "a / (b * c)", "not(a and b)", "(a + b) * c"]
)
def test_brackets_that_matter_are_kept(text):
    assert parse(text) != parse(text.replace("(", " ").replace(")", " ").replace("not", ""))


def test_words_of_the_language_may_begin_a_name():
    assert parse("android and nothing") == And((Fact("android"), Fact("nothing")))
    assert parse("some_thing = every_body") == Compare("=", Fact("some_thing"), Fact("every_body"))
    assert parse("summe + minimum") == Arithmetic("+", Fact("summe"), Fact("minimum"))


def test_every_node_knows_its_place():
    tree = parse("a and\n  not(bb > 12)")
    places = [(type(node).__name__, node.span.line, node.span.column) for node in walk(tree)]
    assert places == [
        ("And", 1, 1),
        ("Fact", 1, 1),
        ("Not", 2, 3),
        ("Compare", 2, 7),
        ("Fact", 2, 7),
        ("Number", 2, 12),
    ]
    assert (tree.span.start, tree.span.end) == (0, 20)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("a and", 1, 6),
        ("a and\n(b or", 2, 6),
        ("not(a", 1, 6),
        ("count(s in l", 1, 13),
        ("a =\n", 2, 1),
    ],
)
def test_an_expression_that_ends_too_soon(text, line, column):
    problem = refusal(text)
    assert problem.code == "expression_syntax"
    assert problem.message == "Der Ausdruck hört zu früh auf."
    assert problem.place == Place(line=line, column=column)


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("a @ b", 1, 3, "„@ b“"),
        ("a and\nb c", 2, 3, "„c“"),
        ("a = b = c", 1, 7, "„= c“"),
        ("Gross", 1, 1, "„Gross“"),
        ('a = "offen', 1, 5, '„"offen“'),
        ("--a", 1, 2, "„-a“"),
        ("a in ()", 1, 7, "„)“"),
        ("a in (b)", 1, 7, "„b)“"),
        ("some s in l satisfies s.a", 1, 23, "„s.a“"),
        ("count(s for s in l)", 1, 9, "„for s in l)“"),
        ("1.23.4", 1, 5, "„.4“"),
        ("a and b\x07 and something very long", 1, 8, "„� and something very…“"),
        ("a is b", 1, 3, "„is b“"),
        ("not a", 1, 5, "„a“"),
        ("a(b)", 1, 2, "„(b)“"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_its_place(text, line, column, found):
    problem = refusal(text)
    assert problem.code == "expression_syntax"
    assert problem.message == "Der Ausdruck lässt sich hier nicht lesen."
    assert problem.place == Place(line=line, column=column)
    assert problem.found == found


def test_only_parameters_take_at():
    problem = refusal("a and\n gebiet.x at stichtag")
    assert str(problem) == (
        "2:2: Vor „at“ steht ein Parameter: parameter.<name> at <Datum>.\n  gefunden: „gebiet.x“"
    )


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "gestern", "20260131", "2026-W05-6", "26-01-31", ""]
)
def test_a_day_is_written_in_one_way(text):
    problem = refusal(f'a < date("{text}")')
    assert str(problem) == (f"1:5: Dieses Datum gibt es nicht.\n  gefunden: „{text}“\n  erlaubt:  JJJJ-MM-TT")
    assert problem.code == "expression_date"


@pytest.mark.parametrize("text", ["999999999999", "0.0001", "999999999999.9999"])
def test_numbers_up_to_the_limit_are_read(text):
    assert parse(text) == Number(Fraction(text)) or parse(text) == Number(int(text))


@pytest.mark.parametrize("text", ["1000000000000", "0.00001"])
def test_longer_numbers_are_refused(text):
    problem = refusal(f"a > {text}")
    assert str(problem) == (
        "1:5: Die Zahl ist zu lang.\n  erlaubt:  höchstens 12 Stellen vor und 4 nach dem Punkt"
    )
    assert problem.code == "expression_number"


def test_the_length_is_limited():
    assert parse("a".ljust(MAX_LENGTH)) == A
    problem = refusal("a".ljust(MAX_LENGTH + 1))
    assert str(problem) == "Der Ausdruck ist zu lang.\n  erlaubt:  höchstens 2000 Zeichen"
    assert problem.code == "expression_size"


def test_the_nesting_of_brackets_is_limited():
    assert parse("(" * MAX_NESTING + "a" + ")" * MAX_NESTING) == A
    problem = refusal("(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1))
    assert str(problem) == (
        "Der Ausdruck ist zu tief verschachtelt.\n  erlaubt:  höchstens 24 Klammern ineinander"
    )


def test_brackets_inside_a_text_do_not_nest():
    assert parse(f'a = "{"(" * 30}"') == Compare("=", A, Text("(" * 30))
    hidden = f'a = "{")" * 30}" or ' + "(" * 30 + "a" + ")" * 30
    assert refusal(hidden).message == "Der Ausdruck ist zu tief verschachtelt."


@pytest.mark.parametrize(
    "of_depth",
    [
        lambda depth: " + ".join(["a"] * depth),
        lambda depth: " / ".join(["a"] * depth),
        lambda depth: "if a then b else " * (depth - 1) + "c",
        lambda depth: "parameter.x at " * (depth - 1) + "c",
    ],
    ids=["sum", "quotient", "if", "at"],
)
def test_the_depth_of_the_tree_is_limited_without_brackets_too(of_depth):
    assert parse(of_depth(MAX_LEVELS))
    problem = refusal(of_depth(MAX_LEVELS + 1))
    assert str(problem) == "Der Ausdruck ist zu tief verschachtelt.\n  erlaubt:  höchstens 64 Ebenen"
    assert problem.code == "expression_size"


def test_a_long_list_of_conditions_is_not_deep():
    assert len(parse(" and ".join(["a"] * 300)).items) == 300


def test_the_longest_chain_is_refused_not_overrun():
    assert refusal("+".join(["a"] * 1000)).code == "expression_size"
    assert refusal("-" * 1999 + "a").code == "expression_syntax"
    assert refusal("not(" * 400 + "a").code == "expression_size"
