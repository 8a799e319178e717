from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qmadvisor.setup.model import Deviation, Setup

SetupOf = Callable[..., Setup]
ErrorsOf = Callable[..., list[str]]
RULES = {"raeume.gruppenraum", "raeume.teekueche"}


def test_a_deviation(setup_of: SetupOf) -> None:
    text = (
        "abweichungen:\n"
        "  raeume.gruppenraum:\n"
        "    grund: Kein Platz\n"
        "    vereinbart_mit: Servicestelle\n"
        "    datum: 31.01.2026\n"
        "    bis: 2027-06\n"
    )
    assert setup_of(text, rule_ids=RULES).deviations == {
        "raeume.gruppenraum": Deviation(
            "raeume.gruppenraum", "Kein Platz", "Servicestelle", date(2026, 1, 31), date(2027, 6, 30)
        )
    }


def test_only_the_reason_is_needed(setup_of: SetupOf) -> None:
    text = "abweichungen: {raeume.gruppenraum: {grund: Kein Platz, datum: unbekannt, bis: }}\n"
    assert setup_of(text).deviations["raeume.gruppenraum"] == Deviation("raeume.gruppenraum", "Kein Platz")


def test_without_rule_ids_any_rule_is_taken(setup_of: SetupOf) -> None:
    assert "a.b" in setup_of("abweichungen: {a.b: {grund: x}}\n").deviations


def test_a_retired_rule_stands_for_its_replacement(setup_of: SetupOf) -> None:
    retired = {"raeume.kueche": "raeume.teekueche", "raeume.alt": None}
    text = "abweichungen: {raeume.kueche: {grund: x}, raeume.alt: {grund: y}}\n"
    deviations = setup_of(text, rule_ids=RULES, retired=retired).deviations
    assert set(deviations) == {"raeume.teekueche", "raeume.alt"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "raeume.grupenraum: {grund: x}",
            "plan.yaml:4:22 abweichungen.raeume.grupenraum: Diese Regel gibt es nicht.\n"
            "  gefunden: „raeume.grupenraum“\n"
            "  Abhilfe:  Meinten Sie „raeume.gruppenraum“?",
        ),
        (
            "raeume.gruppenraum: {datum: 2026-01-31}",
            "plan.yaml:4:23 abweichungen.raeume.gruppenraum: Zu einer Abweichung gehört der Grund.\n"
            "  Abhilfe:  Ergänzen Sie „grund: …“.",
        ),
        (
            "raeume.gruppenraum: Kein Platz",
            "plan.yaml:4:23 abweichungen.raeume.gruppenraum: Zu einer Abweichung gehört der Grund.\n"
            "  Abhilfe:  Zum Beispiel „{grund: …, vereinbart_mit: …, datum: 31.01.2026}“.",
        ),
        (
            "raeume.gruppenraum: {grund: x, datum: 2026-01}",
            "plan.yaml:4:41 abweichungen.raeume.gruppenraum.datum: "
            "Hier wird ein bestimmter Tag erwartet.\n"
            "  gefunden: „2026-01“\n"
            "  erlaubt:  zum Beispiel 31.01.2026",
        ),
        (
            "raeume.gruppenraum: {grund: x, gruende: y}",
            "plan.yaml:4:43 abweichungen.raeume.gruppenraum.gruende: "
            "Diese Angabe gibt es bei Abweichungen nicht.\n"
            "  gefunden: „gruende“\n"
            "  erlaubt:  grund, vereinbart_mit, datum, bis\n"
            "  Abhilfe:  Meinten Sie „grund“?",
        ),
    ],
)
def test_refused(errors_of: ErrorsOf, text: str, expected: str) -> None:
    assert errors_of(f"abweichungen:\n  {text}\n", rule_ids=RULES) == [expected]


def test_a_rule_and_what_it_was_called_before_are_one(errors_of: ErrorsOf) -> None:
    text = "abweichungen: {raeume.kueche: {grund: x}, raeume.teekueche: {grund: y}}\n"
    (problem,) = errors_of(text, rule_ids=RULES, retired={"raeume.kueche": "raeume.teekueche"})
    assert "Zu „raeume.teekueche“ gibt es zwei Abweichungen." in problem
