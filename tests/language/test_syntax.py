import pytest
from tests.language.example import formula

from qmadvisor.language.parser import parse
from qmadvisor.language.syntax import Fact, Number, Span, children, facts_read, parameters_read, walk


def test_trees_are_equal_wherever_they_stand():
    assert parse("a   + 1") == parse("\n a + 1")
    assert Fact("a", span=Span(3, 4, 1, 4)) == Fact("a")
    assert formula("gebiet.quartiere > 1") == parse("gebiet.quartiere > 1")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", []),
        ("1", []),
        ("stichtag", []),
        ("parameter.x at a", ["a"]),
        ("a < b", ["a", "b"]),
        ("a + b", ["a", "b"]),
        ("a in [b..c]", ["a", "b", "c"]),
        ('a has "x"', ["a"]),
        ("not(a)", ["a"]),
        ("a and b and c", ["a", "b", "c"]),
        ("a or b", ["a", "b"]),
        ("if a then b else c", ["a", "b", "c"]),
        ("months_between(a, b)", ["a", "b"]),
        ("some s in l where a satisfies (b)", ["a", "b"]),
        ("every s in l satisfies (b)", ["b"]),
        ("count(s in l where a)", ["a"]),
        ("count(s in l)", []),
        ("sum(b for s in l where a)", ["a", "b"]),
    ],
)
def test_the_parts_come_from_left_to_right(text, parts):
    assert children(parse(text)) == tuple(map(Fact, parts))


def test_the_options_of_a_set_are_parts_too():
    assert children(parse("a in (1, 2)")) == (Fact("a"), Number(1), Number(2))


def test_walk_yields_parents_first():
    names = [type(node).__name__ for node in walk(parse("not(a) and b > 1"))]
    assert names == ["And", "Not", "Fact", "Compare", "Fact", "Number"]


def test_facts_and_lists_that_are_read():
    tree = formula(
        'buero.vorhanden and some s in stellen where angebote has "treff" satisfies (buero.vorhanden)'
    )
    assert facts_read(tree) == ("buero.vorhanden", "stellen", "angebote")


def test_parameters_that_are_read():
    tree = parse("a > parameter.x at stichtag and b > parameter.y at c and c > parameter.x at d")
    assert parameters_read(tree) == ("x", "y")
    assert parameters_read(parse("a")) == ()
