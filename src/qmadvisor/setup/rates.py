"""The parameters by which hours become posts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.language.values import Interval

FULL_WEEK = "vollzeitwoche"
NET_YEAR = "nettojahresstunden"


class Rates(NamedTuple):
    """Hours of a full post, per week and (net) per year; None where no value is in force.

    `net_year_confirmed` is False where the catalogue's own value is marked as not checked.
    """

    week: Interval | None = None
    net_year: Interval | None = None
    net_year_confirmed: bool = True


def rates_at(parameters: Parameters, day: date, overrides: Mapping[str, Interval | None]) -> Rates:
    """Return the rates in force on a day; a setup's own values come first."""

    def rate(name: str) -> Interval | None:
        if name in overrides:
            value = overrides[name]
        else:
            value = parameters.at(name, day) if name in parameters.names else None
        # One cannot divide by hours that may be none.
        return value if value is not None and value.lo > 0 else None

    confirmed = (
        NET_YEAR in overrides or NET_YEAR not in parameters.names or parameters.is_checked(NET_YEAR, day)
    )
    return Rates(rate(FULL_WEEK), rate(NET_YEAR), confirmed)
