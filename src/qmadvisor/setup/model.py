"""What reading a setup file gives."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from qmadvisor.language.values import Interval, Value

#: The version of the file format that this program reads and writes.
SCHEMA = "qmadvisor.setup/1"
PROGRAMMES = {
    "soziale_stadt": "Soziale Stadt",
    "sozialer_zusammenhalt": "Sozialer Zusammenhalt",
    "wachstum_nachhaltige_erneuerung": "Wachstum und nachhaltige Erneuerung",
    "lebendige_zentren": "Lebendige Zentren",
    "andere": "anderes Programm oder keines",
}
PHASES = {
    "vorbereitung": "Vorbereitung",
    "programmaufnahme": "Programmaufnahme",
    "ausschreibung": "Ausschreibung",
    "isek": "Erarbeitung des ISEK",
    "umsetzung": "Umsetzung",
    "verstetigung": "Verstetigung",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stated value was converted: the calculation in German, and what came of it."""

    text: str
    value: Interval


@dataclass(frozen=True, slots=True)
class Deviation:
    """An agreed deviation from a rule: why, with whom, since when, and until which day it holds."""

    rule: str
    reason: str
    agreed_with: str | None = None
    date: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """A municipality's planned setup, as far as it is known.

    `values` holds every input of the catalogue; what was not stated is everything that the catalogue
    allows. `stated` names what is known at least in part: paths, record fields as
    `stellen[leitung].umfang`, options as `stadtteilbuero.technik[computer]`, a complete list by its
    path. `notes` uses the same paths ("" is the note on the whole file). `readings` explains
    conversions by path. `parameter_overrides` holds the setup's own values (None: switched off).
    `digest` is the same for files that state the same.
    """

    title: str
    programme: str | None
    phase: str | None
    values: Mapping[str, Value]
    stated: frozenset[str]
    notes: Mapping[str, str]
    readings: Mapping[str, tuple[Reading, ...]]
    deviations: Mapping[str, Deviation]
    parameter_overrides: Mapping[str, Interval | None]
    digest: str
