from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.small_base import RULE_FILE, SmallBase

from qmadvisor.rulebook.examples import examples_of, start_of


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("buero.raum_m2: 24.9", "Größe: 24,9 m²"),
        ("buero.raum_m2: 1200", "Größe: 1.200 m²"),
        ("buero.raum_m2: mindestens 20.5", "Größe: mindestens 20,5"),
        ("buero.raum_m2: unbekannt", "Größe: unbekannt"),
        ("buero.vorgesehen: nein", "Büro: nein"),
        ("buero.vorgesehen: true", "Büro: ja"),
        ("buero: {vorgesehen: nein}", "Büro: nein"),
        ("buero.raum_m2: {wert: 25, notiz: laut Plan}", "Größe: 25 m² (Notiz: laut Plan)"),
        (
            "buero.technik: {computer: ja, internet: nein}",
            "Technik: ein Computer: ja, ein Internetzugang: nein",
        ),
        ("buero.technik: [computer, internet]", "Technik: ein Computer, ein Internetzugang"),
        ("buero.technik: {vollstaendig: ja, computer: ja}", "Technik: ein Computer: ja, vollständig"),
        ("vertrag.beginn: 2026-01-31", "Beginn: 31.01.2026"),
        ("vertrag.beginn: 2026-01", "Beginn: 2026-01"),
        ("vertrag.dauer: 1", "Dauer: 1 Monat"),
        ("stellen: keine", "Stellen: keine"),
        (
            "stellen: {vollstaendig: ja, a: {rolle: qm, umfang: 0.5}, b: {}}",
            "Stellen: „a“ (Rolle Fachkraft, Umfang 0,5 Stellen), „b“ (ohne Angaben), vollständig",
        ),
        (
            "stellen: {a: {umfang: {jahresstunden: 800, wochen: 50}}}",
            "Stellen: „a“ (Umfang Jahresstunden: 800, Wochen: 50)",
        ),
    ],
)
def test_a_statement_reads_as_a_planner_would_say_it(tmp_path: Path, given: str, said: str) -> None:
    small = SmallBase(tmp_path)
    small.change(RULE_FILE, "{buero.raum_m2: 25}", f"{{{given}}}")
    base = small.load()
    first = examples_of(base.rule("raeume.raum"), base.knowledge.catalogue)[0]
    assert first.given == (said,)


def test_what_comes_out_and_why(tmp_path: Path) -> None:
    base = SmallBase(tmp_path).load()
    rule, catalogue = base.rule("raeume.raum"), base.knowledge.catalogue
    assert start_of(rule, catalogue) == ("Büro: ja",)
    assert [(one.outcome, one.label, one.why) for one in examples_of(rule, catalogue)] == [
        ("fulfilled", "erfüllt", ""),
        ("violated", "nicht erfüllt", ""),
        ("open", "offen", "eine Angabe fehlt; es fehlt: Größe"),
        ("not_applicable", "nicht anwendbar", ""),
    ]
