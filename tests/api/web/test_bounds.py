from __future__ import annotations

import pytest

from qmadvisor_api.web.bounds import BETWEEN, LEAST, MOST, Parts, as_iso, joined, parts_of


@pytest.mark.parametrize(
    ("plain", "parts"),
    [
        (24.5, Parts("24,5")),
        ("mindestens 20,5", Parts("20,5", LEAST)),
        ("ab 20", Parts("20", LEAST)),
        ("höchstens 30", Parts("30", MOST)),
        ("20 bis 30", Parts("20", BETWEEN, "30")),
        ("zwischen 20 und 30", Parts("20", BETWEEN, "30")),
        ("ca. 25 (22 bis 28)", Parts("ca. 25 (22 bis 28)")),
        (None, Parts("")),
    ],
)
def test_numbers_are_taken_apart(plain: object, parts: Parts) -> None:
    assert parts_of(plain, is_date=False) == parts


@pytest.mark.parametrize(
    ("plain", "parts"),
    [
        ("2027-01-31", Parts("31.01.2027")),
        ("2027-01", Parts("01.2027")),
        ("2027", Parts("2027")),
        ("frühestens 2027-03", Parts("03.2027", LEAST)),
        ("2027-01 bis 2027-06", Parts("01.2027", BETWEEN, "06.2027")),
    ],
)
def test_dates_are_taken_apart_in_german(plain: str, parts: Parts) -> None:
    assert parts_of(plain, is_date=True) == parts


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (Parts(" 20 "), "20"),
        (Parts("20", LEAST), "mindestens 20"),
        (Parts("20", MOST), "höchstens 20"),
        (Parts("20", BETWEEN, "30"), "20 bis 30"),
        (Parts("20", "", "30"), "20 bis 30"),
        (Parts("", BETWEEN, "30"), "höchstens 30"),
        (Parts("mindestens 20", LEAST), "mindestens 20"),
        (Parts("", LEAST), None),
        (Parts("20", BETWEEN), "20"),
    ],
)
def test_fields_are_put_together(parts: Parts, text: str | None) -> None:
    assert joined(parts, is_date=False) == text


def test_dates_are_put_together_with_their_own_words() -> None:
    assert joined(Parts("März 2027", LEAST), is_date=True) == "frühestens März 2027"
    assert joined(Parts("2027", MOST), is_date=True) == "spätestens 2027"
    assert as_iso("frühestens 1.3.2027") == "frühestens 2027-03-01"
    assert as_iso("03.2027 bis 12/2028") == "2027-03 bis 2028-12"
