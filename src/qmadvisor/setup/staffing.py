"""Read the size of a post: as share, as hours a week, as hours a year, or several of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import Any, NamedTuple

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, did_you_mean, excerpt, listing
from qmadvisor.language.numerals import german_number
from qmadvisor.language.types import NumberType
from qmadvisor.language.values import Interval, hull_of
from qmadvisor.setup.answers import is_unknown, read_choice, single_text
from qmadvisor.setup.conversion import (
    HOURS_A_WEEK,
    HOURS_A_YEAR,
    POSTS,
    WEEKS,
    from_week,
    from_year_net,
    from_year_spread,
)
from qmadvisor.setup.draft import canonical
from qmadvisor.setup.model import Reading
from qmadvisor.setup.numbers import read_number
from qmadvisor.setup.problems import Problems, refusal
from qmadvisor.setup.rates import Rates

#: Stated shares are rounded: two notations that differ by no more than this say the same.
TOLERANCE = Fraction(1, 100)
BASES = {"netto": "Nettostunden", "verteilt": "verteilt auf das Jahr"}
#: No upper limit: the range of the post itself settles what is too much.
_NOT_NEGATIVE = Interval(0, inf)
_HOURS = {
    "wochenstunden": NumberType(HOURS_A_WEEK, range=_NOT_NEGATIVE),
    "vollzeitwoche": NumberType(HOURS_A_WEEK, range=Interval(20, 60)),
    "jahresstunden": NumberType(HOURS_A_YEAR, range=_NOT_NEGATIVE),
    "wochen": NumberType(WEEKS, range=Interval(1, 53)),
}
_SHARE_KEYS = ("anteil", "wert")
_KEYS = ("anteil", *_HOURS, "basis", "notiz")


@dataclass(frozen=True, slots=True)
class Staffing:
    """The share of a full post, how it was worked out, and what was stated (as JSON data)."""

    value: Interval
    readings: tuple[Reading, ...]
    statement: Any


class _Stated(NamedTuple):
    """One notation as written, and the share that it means."""

    shown: str
    value: Interval


def read_staffing(node: Node, type_: NumberType, rates: Rates, problems: Problems, path: str) -> Staffing:
    """Read a share of a post (0.5) or a mapping of notations.

    The mapping knows `anteil` (or `wert`), `wochenstunden` (with `vollzeitwoche`), `jahresstunden` (with
    `wochen`, `basis`, `vollzeitwoche`). Problems with one key are noted at its place. Raises SetupError
    where several notations contradict each other or the result is out of range.
    """
    if not isinstance(node, documents.Mapping):
        share = read_number(single_text(node), type_)
        return Staffing(share, (), {"anteil": canonical(share)})
    before = len(problems.found)
    parts, basis = _parts(node, type_, problems, path)
    if len(problems.found) > before:
        return Staffing(type_.range, (), None)
    _check_companions(parts, basis)
    readings: list[Reading] = []
    stated = list(_notations(parts, basis, rates, readings))
    value = _combined(stated, type_)
    clipped = tuple(
        Reading(reading.text, reading.value.intersection(type_.range) or reading.value)
        for reading in readings
    )
    statement = {key: canonical(part) for key, part in parts.items()} | ({"basis": basis} if basis else {})
    return Staffing(value, clipped, statement if parts else None)


def _parts(
    node: documents.Mapping, type_: NumberType, problems: Problems, path: str
) -> tuple[dict[str, Interval], str | None]:
    """Read every key of the mapping; a key that states nothing is left out."""
    parts: dict[str, Interval] = {}
    basis = None
    for key, part in node.items.items():
        if problems.full or key == "notiz" or is_unknown(part):
            continue
        try:
            if key == "basis":
                basis = read_choice(single_text(part), BASES)
            elif key in _SHARE_KEYS and "anteil" in parts:
                raise refusal("duplicate_fact", "Der Anteil ist zweimal angegeben („anteil“ und „wert“).")
            elif key in _SHARE_KEYS:
                parts["anteil"] = read_number(single_text(part), type_)
            else:
                parts[key] = read_number(single_text(part), _hours(key))
        except SetupError as error:
            problems.take(error, part, f"{path}.{key}")
    return parts, basis


def _hours(key: str) -> NumberType:
    if key in _HOURS:
        return _HOURS[key]
    raise refusal(
        "unknown_key",
        "Diesen Schlüssel gibt es beim Umfang nicht.",
        found=excerpt(key),
        allowed=listing(_KEYS),
        remedy=did_you_mean(key, _KEYS),
    )


def _check_companions(parts: Mapping[str, Interval], basis: str | None) -> None:
    lonely = "wochen" if "wochen" in parts else "basis" if basis else None
    if lonely and "jahresstunden" not in parts:
        raise refusal(
            "missing_hours",
            f"„{lonely}“ gilt nur zusammen mit „jahresstunden“.",
            remedy="Geben Sie die Jahresstunden an oder lassen Sie die Zeile weg.",
        )


def _notations(
    parts: Mapping[str, Interval], basis: str | None, rates: Rates, readings: list[Reading]
) -> Iterator[_Stated]:
    """Yield each notation with its share, the share itself first; note the readings."""
    own_week = parts.get("vollzeitwoche")
    if "anteil" in parts:
        yield _stated("anteil", parts["anteil"])
    if "wochenstunden" in parts:
        reading = from_week(parts["wochenstunden"], own_week, rates.week)
        readings.append(reading)
        yield _stated("wochenstunden", reading.value)
    if "jahresstunden" in parts:
        hours, weeks = parts["jahresstunden"], parts.get("wochen")
        spread = from_year_spread(hours, weeks, own_week, rates.week)
        net = from_year_net(hours, rates.net_year, confirmed=rates.net_year_confirmed)
        chosen = {"verteilt": [spread], "netto": [net]}.get(basis or "", [spread, net])
        readings.extend(chosen)
        yield _stated("jahresstunden", hull_of(reading.value for reading in chosen))


def _stated(key: str, value: Interval) -> _Stated:
    return _Stated(f"{key}: {german_number(value, POSTS, within=_NOT_NEGATIVE)}", value)


def _combined(stated: list[_Stated], type_: NumberType) -> Interval:
    """Return what all notations allow. Raises SetupError where they contradict."""
    for one, other in combinations(stated, 2):
        gap = max(one.value.lo, other.value.lo) - min(one.value.hi, other.value.hi)
        if gap > TOLERANCE:
            raise refusal(
                "contradiction",
                "Die Angaben zum Umfang passen nicht zusammen.",
                found=f"{one.shown}, {other.shown}",
                remedy="Lassen Sie eine der Angaben weg oder berichtigen Sie sie.",
            )
    value = stated[0].value if stated else type_.range
    for other in stated[1:]:
        value = value.intersection(other.value) or value
    allowed = value.intersection(type_.range)
    if allowed is None:
        raise refusal(
            "out_of_range",
            "Der Umfang liegt außerhalb des Bereichs, der hier möglich ist.",
            found=german_number(value, POSTS, within=_NOT_NEGATIVE),
            allowed=german_number(type_.range, POSTS),
        )
    return allowed
