from __future__ import annotations

import pytest

from qmadvisor_api.http.language import accepts, preferred_language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "de"),
        ("", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("fr,en;q=0.5", "en"),
        ("fr", "de"),
        ("*", "de"),
        ("en;q=0", "de"),
        ("en;q=viel", "de"),
        (";;,,==", "de"),
    ],
)
def test_german_unless_english_is_preferred(header: str | None, expected: str) -> None:
    assert preferred_language(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, True),
        ("*/*", True),
        ("application/*", True),
        ("application/json; charset=utf-8", True),
        ("text/html, */*;q=0.1", True),
        ("text/html", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("application/problem+json", False),
        (",", False),
    ],
)
def test_the_most_specific_range_decides(header: str | None, expected: bool) -> None:
    assert accepts(header, "application/json") is expected
