"""The words by which numbers and dates are bounded: at least, at most, between, about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from qmadvisor.errors import excerpt
from qmadvisor.language.values import UNBOUNDED, Interval
from qmadvisor.setup.problems import refusal

#: Longer texts are no number and no date; the limit keeps the patterns fast.
MAX_LENGTH = 200
_ABOUT = r"(?:ca\.?|circa|etwa|rund|ungefähr)"
_SPACES = re.compile(r"\s+")
_compiled = cache(re.compile)

Reader = Callable[[str], Interval]


class Forms(NamedTuple):
    """The patterns for one kind of value, as texts: each is compiled when it is first needed, and kept.

    Most answers are a plain number or day, for which the first pattern is enough.
    """

    whole: tuple[str, ...]
    about_only: str


def forms(token: str, least: Iterable[str], most: Iterable[str], extra: str = "") -> Forms:
    """Build the patterns around one token (a number or a date); `extra` is one more form."""
    at_least, at_most = (f"(?:{'|'.join(words)}) ?" for words in (least, most))
    ends = rf"(?P<lo>{token}) ?(?:bis|[–—]) ?(?P<hi>{token})"
    whole = (
        rf"(?P<point>{token})",
        rf"{at_least}(?P<lo>{token})",
        rf"{at_most}(?P<hi>{token})",
        rf"(?:von )?{ends}",
        rf"(?P<lo>{token}) - (?P<hi>{token})",
        rf"zwischen (?P<lo>{token}) und (?P<hi>{token})",
        rf"{_ABOUT} ?(?P<near>{token}) ?\( ?(?:von )?{ends} ?\)",
        *([extra] if extra else []),
    )
    return Forms(whole, rf"{_ABOUT} ?{token}")


def tidy(text: str) -> str:
    """Return the text in one spelling: composed letters, lower case, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


def read_bounds(text: str, known: Forms, read: Reader) -> Interval | None:
    """Read a tidied text as an interval, or return None where no form fits.

    `read` turns one token into an interval (a number into a point, a month into its days). Raises
    SetupError for reversed bounds, for "ca." without its range, and for whatever `read` refuses.
    """
    for pattern in known.whole:
        match = _compiled(pattern).fullmatch(text)
        if match:
            return _interval(match.groupdict(), read, text)
    if _compiled(known.about_only).fullmatch(text):
        raise refusal(
            "no_range",
            "Bei einer ungefähren Angabe wird auch die Spanne gebraucht.",
            found=excerpt(text),
            remedy="Schreiben Sie zum Beispiel „ca. 800 (750 bis 850)“.",
        )
    return None


def _interval(parts: dict[str, str | None], read: Reader, text: str) -> Interval:
    read_parts = {name: read(part) for name, part in parts.items() if part is not None}
    if "point" in read_parts:
        return read_parts["point"]
    lo = read_parts.get("lo", UNBOUNDED).lo
    hi = read_parts.get("hi", UNBOUNDED).hi
    if lo > hi:
        message = "Die obere Grenze liegt unter der unteren."
        raise refusal("reversed", message, found=excerpt(text), remedy="Vertauschen Sie die beiden Angaben.")
    if "near" in read_parts and not read_parts["near"].within(Interval(lo, hi)):
        raise refusal("reversed", "Die Angabe liegt nicht in ihrer eigenen Spanne.", found=excerpt(text))
    return Interval(lo, hi)
