import pytest
from tests.language.example import formula

from qmadvisor.language.parser import parse
from qmadvisor.language.printer import to_text


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "false",
        "12",
        "-3",
        "0.5",
        "-0.0625",
        "1200.05",
        '"ein Text"',
        'date("2026-01-31")',
        "stichtag",
        "gebiet.einwohner",
        "parameter.eu.dienst at stichtag",
        'parameter.eu at date("2026-01-31") + 1',
        "a and b or c",
        "a and (b or c)",
        "(if a then b else c) or a",
        "if a then b else (if b then a else c)",
        "not(a and b)",
        "not(if a then b else c)",
        "(not(a)) = b",
        "(a > 1) = b",
        "a + b * c - 2 / a",
        "(a + b) * c",
        "a - (b - c)",
        "a - (b + c)",
        "a / (b * c)",
        "(0 - a) * b",
        "a - -3",
        "a * -3",
        "a + b >= c * 2",
        "a in [1..b + 1]",
        'a + 1 in (1, 2.5, "x", true)',
        'a has "x"',
        "months_between(a, stichtag) >= 24",
        "some s in l satisfies (s.a or s.b)",
        "every s in l where s.a or b satisfies (c)",
        "count(s in l where a or b) = 1",
        "count(s in l where (if a then b else c))",
        "sum(s.a + 1 for s in l where s.b) > 2",
        "min(s.a for s in l) + max(s.a for s in l)",
        "(some s in l satisfies (a)) = b",
    ],
)
def test_canonical_text_stays_as_it_is(text):
    assert to_text(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((a))   and(b)", "a and b"),
        ("(a and b) and c", "a and b and c"),
        ("(a + b) + c", "a + b + c"),
        ("a + (b + c)", "a + (b + c)"),
        ("(a * b) / c", "a * b / c"),
        ("(a < b) and (b < c)", "a < b and b < c"),
        ("-a", "0 - a"),
        ("+a", "a"),
        ("2.50", "2.5"),
        ("007", "7"),
        ("not((a))", "not(a)"),
    ],
)
def test_superfluous_brackets_go(text, canonical):
    assert to_text(parse(text)) == canonical


def test_a_checked_expression_is_written_like_the_unchecked_one():
    text = "sum(s.umfang for s in stellen where s.befristet) >= 0.5"
    assert to_text(formula(text)) == text
