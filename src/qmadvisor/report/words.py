"""The German words for what the report counts and names."""

from __future__ import annotations

from collections.abc import Sequence

from qmadvisor.engine.formula import Status
from qmadvisor.language.findings import OUTCOMES
from qmadvisor.language.numerals import MONTHS
from qmadvisor.report.model import DeviationInfo, FollowsFrom, Source

#: Keeps "S." and its number on one line.
NO_BREAK = "\N{NO-BREAK SPACE}"

STATUS = {status: OUTCOMES[status.value] for status in Status}
SYMBOL = {Status.FULFILLED: "✔", Status.VIOLATED: "✘", Status.OPEN: "?", Status.NOT_APPLICABLE: "–"}
HEDGE = {"moeglichst": "möglichst", "ggf": "gegebenenfalls"}
EFFORT = {"gering": "geringer Aufwand", "mittel": "mittlerer Aufwand", "hoch": "hoher Aufwand"}
PARTY = {
    "kommune": "Kommune",
    "traeger": "Träger",
    "quartiersmanagement": "Quartiersmanagement",
    "servicestelle": "Servicestelle",
    "politik": "Politik",
}
IN_SCOPE = frozenset({"soziale_stadt", "sozialer_zusammenhalt"})
NOT_STATED = "nicht angegeben"
SCOPE_UNKNOWN = (
    "Das Programm ist nicht angegeben. Die Empfehlungen gelten für Soziale Stadt und das Nachfolgeprogramm "
    "Sozialer Zusammenhalt."
)
OUT_OF_SCOPE = (
    "Der Leitfaden ist für das Programm Soziale Stadt (heute Sozialer Zusammenhalt) geschrieben. Für Ihr Programm "
    "geben die Befunde nur eine fachliche Orientierung; was dort gilt, sagt der Leitfaden nicht."
)
PHASE_UNKNOWN = "nicht angegeben, darum gelten alle Empfehlungen als fällig"
DISCLAIMER = (
    "Die Befunde geben Empfehlungen eines Leitfadens vom Ende des Jahres 2018 wieder. Sie sind keine Rechtsberatung "
    "und keine Zusage einer Förderung."
)


def day(iso: str) -> str:
    """Write an ISO date, or a month of a year, as Germans do."""
    year, month, *number = iso.split("-")
    return f"{number[0]}.{month}.{year}" if number else f"{MONTHS[int(month) - 1]} {year}"


def deviation(info: DeviationInfo) -> str:
    """Say an agreed deviation with its reason, and with whom, when and until when it was agreed, where known."""
    agreed = f" mit {info.agreed_with}" if info.agreed_with else ""
    agreed += f" am {day(info.date)}" if info.date else ""
    parts = [f"vereinbart{agreed}"] if agreed else []
    parts += [f"befristet bis {day(info.until)}"] if info.until else []
    state = "Vereinbarte Abweichung" if info.in_force else "Abweichung (gilt nicht)"
    return f"{state}: {info.reason}" + (f" ({'; '.join(parts)})" if parts else "")


def follows_from(findings: Sequence[FollowsFrom]) -> str:
    """Name the findings behind advice with their outcomes."""
    return "; ".join(
        f"{SYMBOL[one.status]}{NO_BREAK}{one.title} [{one.rule}]"
        + (" (Abweichung vereinbart)" if one.deviation else "")
        for one in findings
    )


def cited(source: Source) -> str:
    """Name the passages of a source by page: "S. 13 (personal-04), S. 14 (personal-08)"."""
    pages: dict[int, list[str]] = {}
    for passage in source.passages:
        pages.setdefault(passage.page, []).append(passage.id)
    return ", ".join(f"S.{NO_BREAK}{page} ({', '.join(ids)})" for page, ids in pages.items())
