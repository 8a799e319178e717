"""Numbers and days in a form: one field, and beside it how exactly the answer is known.

The field alone takes every notation of a file ("mindestens 20"); the choice beside it is for those who do not know
them. `parts_of` and `joined` are each other's inverse, up to the spelling of the same value.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

LEAST, MOST, BETWEEN = "mindestens", "hoechstens", "zwischen"
_LEAST = r"(?:mindestens|wenigstens|frühestens|fruehestens|ab|>=|≥) ?"
_MOST = r"(?:höchstens|hoechstens|maximal|spätestens|spaetestens|bis zu|bis|<=|≤) ?"
_END = r"[^\W_][^()]*"
_FORMS = (
    (re.compile(rf"{_LEAST}(?P<value>{_END})", re.I), LEAST),
    (re.compile(rf"{_MOST}(?P<value>{_END})", re.I), MOST),
    (re.compile(rf"zwischen (?P<value>{_END}?) und (?P<upper>{_END})", re.I), BETWEEN),
    (re.compile(rf"(?:von )?(?P<value>{_END}?) bis (?P<upper>{_END})", re.I), BETWEEN),
)
_ISO = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?\b")
_GERMAN = re.compile(r"\b(?:(?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})\b")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")


class Parts(NamedTuple):
    """What stands in the fields: the value or lower bound, how it is meant, and the upper bound."""

    value: str
    how: str = ""
    upper: str = ""


def parts_of(plain: Any, *, is_date: bool) -> Parts:
    """Take a value of a file apart for the form, in German notation."""
    if plain is None:
        return Parts("")
    text = " ".join(str(plain).split())
    for pattern, how in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            ends = [
                _german(end or "", is_date=is_date)
                for end in (found["value"], found.groupdict().get("upper"))
            ]
            return Parts(ends[0], how, ends[1])
    return Parts(_german(text, is_date=is_date))


def joined(parts: Parts, *, is_date: bool) -> str | None:
    """Put the fields together as one value of a file; None where nothing is entered."""
    value, how, upper = (part.strip() for part in parts)
    if upper and (how == BETWEEN or not how):
        return f"{value} bis {upper}" if value else _worded(upper, MOST, is_date=is_date)
    if not value:
        return None
    # Who wrote "mindestens 20" into the field itself has said it already.
    return _worded(value, how, is_date=is_date) if value[:1].isalnum() and how in (LEAST, MOST) else value


def as_iso(text: str) -> str:
    """Write the days and months of a date in the order of the standard: 31.01.2026 as 2026-01-31."""
    return _GERMAN.sub(_standard, text)


def _worded(value: str, how: str, *, is_date: bool) -> str:
    if not value[0].isdigit() and not is_date:
        return value
    if is_date:
        return f"{'frühestens' if how == LEAST else 'spätestens'} {value}"
    return f"{'mindestens' if how == LEAST else 'höchstens'} {value}"


def _german(text: str, *, is_date: bool) -> str:
    return _ISO.sub(_day, text) if is_date else _POINT.sub(",", text)


def _day(found: re.Match[str]) -> str:
    parts = (found["day"], found["month"], found["year"])
    return ".".join(part.zfill(2) for part in parts if part)


def _standard(found: re.Match[str]) -> str:
    parts = (found["year"], found["month"], found["day"])
    return "-".join(part.zfill(2) for part in parts if part)
