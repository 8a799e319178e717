"""Read dates: a day, a month or a year, with bounds; a month is the interval of its days."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NoReturn

from qmadvisor.errors import excerpt
from qmadvisor.language.numerals import MONTHS, german_date
from qmadvisor.language.types import DateType
from qmadvisor.language.values import Interval
from qmadvisor.setup.bounds import MAX_LENGTH, forms, read_bounds, tidy
from qmadvisor.setup.problems import refusal

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)} | {"maerz": 3}
_TOKEN = (
    r"(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}-[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
    rf"|[0-9]{{1,2}}[./][0-9]{{4}}|(?:{'|'.join(_MONTHS)}) [0-9]{{4}}|[0-9]{{4}})"
)
_FORMS = forms(
    _TOKEN,
    ("frühestens", "fruehestens", "mindestens", "ab", ">=", "≥"),
    ("spätestens", "spaetestens", "höchstens", "hoechstens", "bis", "<=", "≤"),
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2})?")
_WITH_TIME = re.compile(rf"({_TOKEN})[t ][0-9]{{1,2}}:[0-9]{{2}}.*")
_EXAMPLES = "zum Beispiel 31.01.2026, 2026-01-31, 11.2017, 2017, „frühestens 2026-03“"


def read_date(text: str, type_: DateType) -> Interval:
    """Read a date with its bounds as an interval of days (ordinals), within the type's range.

    Raises SetupError for days that do not exist, unreadable texts, reversed spans and dates outside
    the range.
    """
    if len(text) > MAX_LENGTH:
        raise refusal("too_long", "Diese Angabe ist zu lang für ein Datum.", found=excerpt(text))
    plain = tidy(text)
    interval = read_bounds(plain, _FORMS, _days)
    if interval is None:
        _explain(plain, text)
    allowed = interval.intersection(type_.range)
    if allowed is None:
        raise refusal(
            "out_of_range",
            "Das Datum liegt außerhalb der Zeit, die hier möglich ist.",
            found=german_date(interval),
            allowed=german_date(type_.range),
        )
    return allowed


def _days(token: str) -> Interval:
    year, month, day = _parts(token)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise refusal("no_such_date", "Dieses Datum gibt es nicht.", found=excerpt(token)) from None
    if day:
        return Interval(first.toordinal(), first.toordinal())
    last_month = month or 12
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Interval(first.toordinal(), last.toordinal())


def _parts(token: str) -> tuple[int, int | None, int | None]:
    """Return year, month and day; a part that is not stated is None, a stated 0 stays wrong."""
    if " " in token:
        name, year = token.split()
        return int(year), _MONTHS[name], None
    numbers = [int(part) for part in re.split(r"[-./]", token)]
    if "-" not in token:
        numbers.reverse()
    if 0 in numbers:
        raise refusal("no_such_date", "Dieses Datum gibt es nicht.", found=excerpt(token))
    year_number, *rest = numbers
    month, day = (*rest, None, None)[:2]
    return year_number, month, day


def _explain(plain: str, text: str) -> NoReturn:
    if _SHORT_YEAR.fullmatch(plain):
        message = "Bei diesem Datum fehlt das Jahr mit vier Ziffern."
        raise refusal("not_a_date", message, found=excerpt(text), remedy="Schreiben Sie etwa 31.01.2026.")
    with_time = _WITH_TIME.fullmatch(plain)
    if with_time:
        remedy = f"Schreiben Sie nur „{with_time[1]}“."
        raise refusal(
            "not_a_date", "Eine Uhrzeit gehört hier nicht dazu.", found=excerpt(text), remedy=remedy
        )
    raise refusal("not_a_date", "Das ist kein Datum.", found=excerpt(text), allowed=_EXAMPLES)
