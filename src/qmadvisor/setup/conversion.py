"""Convert hours to posts (units: Stellen), and show each calculation in German.

Hours a year are ambiguous: spread over the weeks of the year they include holidays and sick leave, as net
hours they do not. Where a setup does not say which is meant, the result holds both readings.
"""

from __future__ import annotations

from math import inf

from qmadvisor.language.intervals import divide
from qmadvisor.language.numerals import german_number
from qmadvisor.language.units import Unit, parse_unit
from qmadvisor.language.values import UNBOUNDED, Interval, point
from qmadvisor.setup.model import Reading

POSTS = parse_unit("Stellen")
HOURS_A_WEEK = parse_unit("h/Woche")
HOURS_A_YEAR = parse_unit("h/Jahr")
WEEKS = parse_unit("Wochen")
#: A calendar year in weeks, taken where a setup states none.
WEEKS_A_YEAR = point(52)
_NOT_NEGATIVE = Interval(0, inf)
_NO_WEEK = "Für den Stichtag liegt keine Wochenarbeitszeit einer vollen Stelle vor"
_NO_YEAR = "Für den Stichtag liegen keine Nettojahresstunden einer vollen Stelle vor"


def from_week(hours: Interval, stated: Interval | None, assumed: Interval | None) -> Reading:
    """Convert hours a week by the stated or assumed hours of a full post."""
    week = stated or assumed
    if week is None:
        return _unknown(hours, HOURS_A_WEEK, _NO_WEEK)
    value = divide(hours, week)
    terms = [_shown(hours, HOURS_A_WEEK), _shown(week, HOURS_A_WEEK)]
    return Reading(_calculation(terms, value, [] if stated else [_full_post(week)]), value)


def from_year_spread(
    hours: Interval, weeks: Interval | None, stated: Interval | None, assumed: Interval | None
) -> Reading:
    """Convert hours a year that are spread over its weeks."""
    week = stated or assumed
    if week is None:
        return _unknown(hours, HOURS_A_YEAR, _NO_WEEK)
    number = weeks or WEEKS_A_YEAR
    value = divide(divide(hours, number), week)
    terms = [_shown(hours, HOURS_A_YEAR), _shown(number, WEEKS), _shown(week, HOURS_A_WEEK)]
    assumptions = [] if weeks else [f"{_shown(number, WEEKS)} im Jahr"]
    return Reading(
        _calculation(terms, value, assumptions if stated else [*assumptions, _full_post(week)]),
        value,
    )


def from_year_net(hours: Interval, net_year: Interval | None, *, confirmed: bool = True) -> Reading:
    """Convert hours a year that count only the time worked; says so where nobody confirmed the net year."""
    if net_year is None:
        return _unknown(hours, HOURS_A_YEAR, _NO_YEAR)
    value = divide(hours, net_year)
    net = f"{german_number(net_year)} Nettostunden im Jahr"
    assumption = f"volle Stelle mit {net}" + ("" if confirmed else ", ungeprüfter Wert")
    text = _calculation([_shown(hours, HOURS_A_YEAR), net], value, [assumption])
    return Reading(text, value)


def _calculation(terms: list[str], value: Interval, assumptions: list[str]) -> str:
    text = f"{' ÷ '.join(terms)} = {_shown(value, POSTS)}"
    return f"{text} (angenommen: {', '.join(assumptions)})" if assumptions else text


def _full_post(week: Interval) -> str:
    return f"volle Stelle mit {_shown(week, HOURS_A_WEEK)}"


def _shown(value: Interval, unit: Unit) -> str:
    return german_number(value, unit, within=_NOT_NEGATIVE)


def _unknown(hours: Interval, unit: Unit, reason: str) -> Reading:
    return Reading(f"{_shown(hours, unit)}: {reason}; der Umfang bleibt offen.", UNBOUNDED)
