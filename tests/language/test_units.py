import pytest

from qmadvisor.language.units import NONE, parse_unit


@pytest.mark.parametrize(
    ("one", "two"),
    [("Stelle", "Stellen"), ("€/Monat", "€/Monate"), ("h/Woche", "h/Wochen"), ("", "%"), ("a/b/c", "a/c/b")],
)
def test_the_same_measure(one, two):
    assert parse_unit(one).same_as(parse_unit(two))


@pytest.mark.parametrize(("one", "two"), [("m²", "m"), ("€", "€/Monat"), ("a/b", "b/a"), ("", "Stellen")])
def test_another_measure(one, two):
    assert not parse_unit(one).same_as(parse_unit(two))


@pytest.mark.parametrize("text", ["", "%", "m²", "h/Woche/Stelle", "Einwohner"])
def test_a_unit_is_shown_as_it_was_written(text):
    assert parse_unit(text).text == text


@pytest.mark.parametrize(
    ("one", "two", "product", "text"),
    [
        ("Stellen", "h/Woche/Stelle", "h/Woche", "h/Woche"),
        ("€/Monat", "Monate", "€", "€"),
        ("m²", "m²", "m²", "m²·m²"),
        ("m²", "", "m²", "m²"),
        ("€/Monat", "€/Monat", "€", "€·€/Monat/Monat"),
    ],
)
def test_units_multiply(one, two, product, text):
    result = parse_unit(one).times(parse_unit(two))
    assert result.text == text
    assert result.same_as(parse_unit(product)) is (text == product)


@pytest.mark.parametrize(
    ("one", "two", "text"),
    [
        ("€/Monat", "m²", "€/Monat/m²"),
        ("m²", "m²", ""),
        ("", "Stellen", "1/Stelle"),
        ("h/Woche", "h", "1/Woche"),
    ],
)
def test_units_divide(one, two, text):
    assert parse_unit(one).times(parse_unit(two), -1).text == text


def test_what_cancels_out_has_no_unit():
    assert parse_unit("m²").times(parse_unit("m²"), -1) == NONE


@pytest.mark.parametrize("text", ["/Monat", "€/", "€//Monat"])
def test_a_unit_has_no_empty_part(text):
    with pytest.raises(ValueError, match="keine Einheit"):
        parse_unit(text)
