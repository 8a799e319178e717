"""Write numbers, quantities and dates as German readers expect them."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import inf

from qmadvisor.language.units import NONE, Unit
from qmadvisor.language.values import UNBOUNDED, Bound, Interval

UNKNOWN = "unbekannt"
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
#: Units that are spelled out, singular and plural; any other is shown as the catalogue writes it.
_SPELLED = {
    "Stellen": ("Stelle", "Stellen"),
    "Monate": ("Monat", "Monate"),
    "Wochen": ("Woche", "Wochen"),
    "Jahre": ("Jahr", "Jahre"),
    "Aufgaben": ("Aufgabe", "Aufgaben"),
    "Tage": ("Tag", "Tage"),
    "Einwohner": ("Person", "Einwohnerinnen und Einwohner"),
    "h/Woche": ("Stunde je Woche", "Stunden je Woche"),
    "h/Jahr": ("Stunde im Jahr", "Stunden im Jahr"),
    "h/Woche/Stelle": ("Stunde je Woche und Stelle", "Stunden je Woche und Stelle"),
    "h/Jahr/Stelle": ("Stunde im Jahr je Stelle", "Stunden im Jahr je Stelle"),
    "€/Monat": ("€ im Monat", "€ im Monat"),
}
_OTHER_SPELLINGS = {
    "m²": ("qm", "m2", "Quadratmeter"),
    "ha": ("Hektar",),
    "€": ("Euro", "EUR"),
    "%": ("Prozent",),
    "h/Woche": ("Stunden pro Woche", "Wochenstunden"),
}
_SHORTEST, _LONGEST = 2, 4


def german_number(
    value: Bound | Interval,
    unit: Unit = NONE,
    *,
    within: Interval = UNBOUNDED,
    grouped: bool = True,
) -> str:
    """Write a number or an interval with its unit: "1.200", "mindestens 20 m²", "0,5 Stellen".

    A number with at most four decimals is written exactly. Any other (13/39) is rounded to two, or
    to more where it would look like a shorter number (0,497 and not 0,50), and marked with "rund".
    Bounds that are infinite or at the edge of `within` (what the catalogue allows) count as open.
    `grouped=False` leaves out the points between thousands: the setup reader takes that text again.
    """
    interval = value if isinstance(value, Interval) else Interval(value, value)
    text = _bounded(interval, within, ("mindestens", "höchstens"), lambda bound: _number(bound, grouped))
    if text == UNKNOWN:
        return text
    last = interval.lo if _open_above(interval, within) else interval.hi
    spelled = spelled_unit(unit, last)
    return f"{text} {spelled}" if spelled else text


def german_date(value: int | Interval, *, within: Interval = UNBOUNDED) -> str:
    """Write a day (ordinal) or a span of days: "31.01.2026", "November 2017", "frühestens …".

    A whole month or year is named as such; other spans read "01.11.2017 bis 05.12.2017",
    "frühestens 01.11.2017" or "spätestens 05.12.2017". Bounds at the edge of `within` are open.
    """
    if not isinstance(value, Interval):
        return _day(value)
    return _whole_period(value) or _bounded(value, within, ("frühestens", "spätestens"), _day)


def spelled_unit(unit: Unit, number: Bound) -> str:
    """Return the unit as it stands after this number: "Stelle" after 1, else "Stellen"."""
    singular, plural = _SPELLED.get(unit.text, (unit.text, unit.text))
    return singular if number == 1 else plural


def unit_spellings(unit: Unit) -> tuple[str, ...]:
    """Return every way in which the unit may be written after a number."""
    spelled = _SPELLED.get(unit.text, ())
    return tuple(dict.fromkeys((unit.text, *spelled, *_OTHER_SPELLINGS.get(unit.text, ()))))


def _bounded(
    interval: Interval, within: Interval, words: tuple[str, str], write: Callable[[Bound], str]
) -> str:
    if interval.is_point:
        return write(interval.lo)
    open_below = interval.lo in (-inf, within.lo)
    match open_below, _open_above(interval, within):
        case True, True:
            return UNKNOWN
        case True, False:
            return f"{words[1]} {write(interval.hi)}"
        case False, True:
            return f"{words[0]} {write(interval.lo)}"
    return f"{write(interval.lo)} bis {write(interval.hi)}"


def _open_above(interval: Interval, within: Interval) -> bool:
    return not interval.is_point and interval.hi in (inf, within.hi)


def _number(number: Bound, grouped: bool) -> str:
    if isinstance(number, float):
        return "unbegrenzt"
    shown, is_exact = _decimals(Fraction(number))
    whole, _, places = shown.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".") if whole != "-0" else whole
    text = f"{whole},{places}" if places else whole
    return text if is_exact else f"rund {text}"


def _decimals(number: Fraction) -> tuple[str, bool]:
    """Return the shortest fitting decimal notation, and whether it is the number itself."""
    if (number * 10**_LONGEST).denominator == 1:
        return _trimmed(_fixed(number, _LONGEST)), True
    for places in range(_SHORTEST, _LONGEST):
        text = _fixed(number, places)
        # A rounded number must not look like a shorter one, on which a limit may lie.
        if not text.endswith("0"):
            return text, False
    return _trimmed(_fixed(number, _LONGEST)), False


def _fixed(number: Fraction, places: int) -> str:
    scaled = round(number * 10**places)
    digits = f"{abs(scaled):0{places + 1}d}"
    return f"{'-' if scaled < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def _day(ordinal: Bound) -> str:
    day = date.fromordinal(int(ordinal))
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def _whole_period(span: Interval) -> str | None:
    if -inf in span or inf in span:
        return None
    first, last = date.fromordinal(int(span.lo)), date.fromordinal(int(span.hi))
    ends_with_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or not ends_with_month or first.year != last.year:
        return None
    if first.month == last.month:
        return f"{MONTHS[first.month - 1]} {first.year:04d}"
    return f"{first.year:04d}" if (first.month, last.month) == (1, 12) else None
