"""Read numbers: exact, with bounds and units, never rounded and never guessed."""

from __future__ import annotations

import re
from functools import cache
from typing import NoReturn

from qmadvisor.errors import excerpt
from qmadvisor.language.numerals import german_number, unit_spellings
from qmadvisor.language.types import NumberType
from qmadvisor.language.units import Unit
from qmadvisor.language.values import Interval, exact
from qmadvisor.setup.bounds import MAX_LENGTH, forms, read_bounds, tidy
from qmadvisor.setup.problems import refusal

MAX_WHOLE_DIGITS = 12
MAX_DECIMALS = 4
_UNSIGNED = r"[0-9]+(?:[.,][0-9]+)?"
_TOKEN = rf"[+\-−]?{_UNSIGNED}"
_FORMS = forms(
    _TOKEN,
    ("mindestens", "wenigstens", "ab", ">=", "≥"),
    ("höchstens", "hoechstens", "maximal", "bis zu", "bis", "<=", "≤"),
    extra=rf"(?P<lo>{_TOKEN})-(?P<hi>{_UNSIGNED})",
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,'’ ])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_EXPONENT = re.compile(r"[0-9]e[+-]?[0-9]")
_SIGN_LIKE = re.compile(r"0x|_|\b(?:inf|nan|infinity|unendlich)\b")
_NUMBER_AND_WORD = re.compile(rf".*?{_UNSIGNED} ?(?P<word>[^\W\d_][^0-9]*|[%€$])")
_EXAMPLES = "eine Zahl wie 25 oder 24,5, auch „mindestens 20“, „höchstens 5“ oder „3 bis 5“"


def read_number(text: str, type_: NumberType) -> Interval:
    """Read a number with its bounds, in the type's unit and within its range.

    A bound is cut to the range ("mindestens 20" ends at the catalogue's maximum). Raises SetupError
    for anything that is not exactly one of the notations, for more than 12 digits before or 4 after
    the point, for fractions where whole numbers are wanted, and for values outside the range.
    """
    if len(text) > MAX_LENGTH:
        raise refusal("too_long", "Diese Angabe ist zu lang für eine Zahl.", found=excerpt(text))
    plain = _without_unit(tidy(text), type_.unit)
    interval = read_bounds(plain, _FORMS, lambda token: _point(token, type_))
    if interval is None:
        _explain(plain, text, type_)
    return _in_range(interval, type_)


@cache
def _unit_pattern(unit: Unit) -> re.Pattern[str]:
    spellings = sorted((tidy(word) for word in unit_spellings(unit) if word), key=len, reverse=True)
    words = "|".join(map(re.escape, spellings)) or r"(?!)"
    return re.compile(rf"(?<=[0-9)]) ?(?:{words})(?![^\s)–—-])")


def _without_unit(text: str, unit: Unit) -> str:
    return _unit_pattern(unit).sub("", text)


def _point(token: str, type_: NumberType) -> Interval:
    whole, _, places = token.replace(",", ".").replace("−", "-").partition(".")
    if _ONE_GROUP.fullmatch(token.lstrip("+-−")):
        _check_grouping(token, whole + places, type_)
    if len(whole.lstrip("+-")) > MAX_WHOLE_DIGITS or len(places) > MAX_DECIMALS:
        raise refusal(
            "too_many_digits",
            "Die Zahl hat zu viele Stellen.",
            found=excerpt(token),
            allowed=f"höchstens {MAX_WHOLE_DIGITS} Stellen vor und {MAX_DECIMALS} nach dem Komma",
        )
    number = exact(f"{whole}.{places or '0'}")
    if type_.integer and not isinstance(number, int):
        message = "Hier wird eine ganze Zahl erwartet."
        raise refusal("whole_number", message, found=excerpt(token), allowed="eine Zahl ohne Komma")
    return Interval(number, number)


def _check_grouping(token: str, joined: str, type_: NumberType) -> None:
    """Refuse "1.200" where it may be meant as 1200; a decimal comma is clear in German."""
    thousands = exact(joined)
    if type_.integer:
        _refuse_grouping(token, joined)
    if "." in token and type_.range.lo <= thousands <= type_.range.hi:
        raise refusal(
            "ambiguous_point",
            "Der Punkt kann Tausender oder Dezimalstellen trennen.",
            found=excerpt(token),
            remedy=f"Schreiben Sie „{joined}“ oder „{token.replace('.', ',')}“.",
        )


def _refuse_grouping(found: str, joined: str) -> NoReturn:
    raise refusal(
        "thousands_separator",
        "Zahlen stehen hier ohne Tausendertrennzeichen.",
        found=excerpt(found),
        remedy=f"Meinten Sie „{joined}“?",
    )


def _explain(plain: str, text: str, type_: NumberType) -> NoReturn:
    """Refuse a text that fits no notation, with the most helpful message."""
    grouped = _GROUPED.search(plain)
    if grouped:
        _refuse_grouping(text, _joined(grouped))
    if _EXPONENT.search(plain):
        message = "Zahlen mit Zehnerpotenz sind nicht möglich."
        raise refusal("exponent", message, found=excerpt(text), remedy="Schreiben Sie die Zahl aus.")
    word = None if _SIGN_LIKE.search(plain) else _NUMBER_AND_WORD.fullmatch(plain)
    if word and "bis" not in word["word"].split():
        _refuse_unit(word["word"], text, type_)
    raise refusal("not_a_number", "Das ist keine Zahl.", found=excerpt(text), allowed=_EXAMPLES)


def _joined(grouped: re.Match[str]) -> str:
    separator, text = grouped[1], grouped[0]
    *groups, last = text.split(separator)
    whole, mark, places = last.replace(",", ".").partition(".")
    return "".join((*groups, whole)) + ("," + places if mark else "")


def _refuse_unit(word: str, text: str, type_: NumberType) -> NoReturn:
    raise refusal(
        "unit",
        f"Die Einheit {excerpt(word.strip(), 30)} passt hier nicht.",
        found=excerpt(text),
        allowed=type_.unit.text or "eine Zahl ohne Einheit",
    )


def _in_range(interval: Interval, type_: NumberType) -> Interval:
    allowed = interval.intersection(type_.range)
    if allowed is None:
        raise refusal(
            "out_of_range",
            "Der Wert liegt außerhalb des Bereichs, der hier möglich ist.",
            found=german_number(interval, type_.unit),
            allowed=german_number(type_.range, type_.unit),
        )
    return allowed
