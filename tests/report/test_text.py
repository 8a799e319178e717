from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.report.conftest import AS_OF, EXAMPLES, HEADER, Check, CheckExample, Outcome, ReportOf
from tests.report.setups import BEGUN, READY

from qmadvisor.engine.check import Checker
from qmadvisor.report.build import build_report
from qmadvisor.report.text import WIDTH, render_text
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.setup.reader import read_values

TextOf = Callable[..., str]
ELSEWHERE = HEADER.replace("sozialer_zusammenhalt", "andere").replace("umsetzung", "ausschreibung")


@pytest.fixture(scope="session")
def text_of(report_of: ReportOf, base: RuleBase) -> TextOf:
    """The text of a report; version and digest of the rules are masked."""

    def render(*args: object, **options: object) -> str:
        text = render_text(report_of(*args, **options))
        digest, version = base.digest[:12], base.version
        return text.replace(
            f"Regelwerk {version}, Prüfsumme {digest}", "Regelwerk <Version>, Prüfsumme <Digest>"
        )

    return render


@pytest.mark.parametrize(("text", "header"), [(BEGUN, ELSEWHERE), (READY, HEADER)], ids=["begun", "ready"])
def test_the_whole_report(text_of: TextOf, snapshot: SnapshotAssertion, text: str, header: str) -> None:
    assert text_of(text, header=header) == snapshot


# what several findings together mean


def test_advice_stands_after_the_overview_and_before_the_sections(text_of: TextOf) -> None:
    shown = text_of(READY)
    places = ("Überblick\n", "\nWas mehrere Befunde zusammen bedeuten\n---", "\nLaufzeit\n---")
    assert sorted(places, key=shown.index) == list(places)


def test_without_advice_there_is_no_block(text_of: TextOf) -> None:
    assert "zusammen bedeuten" not in text_of("")


def test_advice_that_is_not_yet_due_says_so(text_of: TextOf) -> None:
    early = HEADER.replace("umsetzung", "vorbereitung")
    assert "[advice.stunden-und-gebiet] · später fällig\n" in text_of(READY, header=early)
    assert "später fällig" not in text_of(READY)


# form


def fits(text: str) -> bool:
    return max(map(len, text.splitlines())) <= WIDTH


@pytest.mark.parametrize("text", [BEGUN, READY, ""], ids=["begun", "ready", "empty"])
def test_a_report_has_80_columns_and_no_colour(text_of: TextOf, text: str) -> None:
    shown = text_of(text)
    assert fits(shown)
    assert "\x1b" not in shown
    assert "\t" not in shown
    assert shown.endswith(".\n")
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_setup_fits(check_example: CheckExample, path: Path) -> None:
    assert fits(render_text(build_report(check_example(path))))


def test_every_rule_fits_with_every_kind_of_outcome(every_outcome: list[Outcome]) -> None:
    for rule, given, result in every_outcome:
        assert fits(render_text(build_report(result))), f"{rule} {given}"


@pytest.mark.parametrize("title", ["N" * 200, "Nord " * 40, "Straße„“-" * 20])
def test_long_titles_are_wrapped(text_of: TextOf, title: str) -> None:
    assert fits(text_of(header=HEADER.replace("Nordstadt", f'"{title}"')))


@pytest.mark.parametrize(
    "title", ["[bold]Nord[/bold]", "<b>Nord</b>", "{buero.raum_m2}", "%s %d {0}", "Ä&amp;ö"]
)
def test_markup_in_a_title_is_plain_text(text_of: TextOf, title: str) -> None:
    shown = text_of(header=HEADER.replace("Nordstadt", f"'{title}'"))
    assert shown.startswith(f"Prüfung der Planung „{title}“\n")


def test_markup_in_a_deviation_is_plain_text(text_of: TextOf) -> None:
    shown = " ".join(text_of(BEGUN).split())
    assert "Die [bold]Volkshochschule[/bold] stellt <b>Geräte</b> {kostenlos}" in shown


# content


def test_symbols_stand_beside_words(text_of: TextOf) -> None:
    shown = text_of(BEGUN) + text_of(READY) + text_of("buero.vorgesehen: nein")
    for mark in (
        "✔ erfüllt · ",
        "✘ nicht erfüllt · ",
        "? offen · ",
        "– nicht anwendbar · ",
        "i Möglichkeit · ",
    ):
        assert f"\n{mark}" in shown


def test_sections_stand_in_the_order_of_the_guideline_with_the_worst_first(text_of: TextOf) -> None:
    shown = text_of("buero: {vorgesehen: ja, raum_m2: 10, technik: [computer]}")
    titles = [shown.index(f"\n{title}\n---") for title in ("Laufzeit", "Räume und Infrastruktur", "Personal")]
    assert titles == sorted(titles)
    rooms = shown[titles[1] : titles[2]]
    marks = re.findall(r"^([✘?✔i]) ", rooms, re.MULTILINE)
    assert marks == ["✘", "?", "✔", "i"]


def test_the_overview_counts_every_strength(text_of: TextOf) -> None:
    shown = text_of(READY)
    assert re.search(r"^muss +2 +0 +0 +0$", shown, re.MULTILINE)
    assert re.search(r"^zusammen +3 +4 +0 +0$", shown, re.MULTILINE)
    assert "Davon mit vereinbarter Abweichung: 1\n" in shown


def test_what_is_due_later_stands_apart_whatever_its_outcome(text_of: TextOf) -> None:
    early = HEADER.replace("umsetzung", "vorbereitung")
    shown = text_of(READY, header=early)
    now, later = shown.split("\nSpäter fällig\n")
    assert "Erst später fällig: 1 nicht erfüllt, 0 offen (siehe unten)" in now
    assert "[personal.vertragsdauer]" not in now[now.index("\nLaufzeit\n---") :]
    assert later.index("[personal.vertragsdauer]") < later.index(
        "✔ erfüllt · ideal · Computer [raeume.computer]"
    )


def test_a_deviation_shows_also_where_it_is_due_later(text_of: TextOf) -> None:
    shown = text_of(BEGUN, header=HEADER.replace("umsetzung", "vorbereitung"))
    assert "Vereinbarte Abweichung" in shown.split("\nSpäter fällig\n")[1]


def test_each_question_is_listed_once_with_its_weight(text_of: TextOf) -> None:
    points = text_of(BEGUN).split("\nOffene Punkte\n")[1]
    assert points.count("? Größe des Gruppenraums: Wie groß ist der Gruppenraum? (für 2 Befunde)") == 1
    weights = [int(number) for number in re.findall(r"\(für (\d) Befunde\)", points)]
    assert weights == sorted(weights, reverse=True)


def test_a_finding_that_asks_for_several_options_weighs_once() -> None:
    base = default_rule_base()
    only = tuple(rule for rule in base.rules if rule.id == "gwa.checkliste")
    setup = read_values({}, base.knowledge.catalogue, base.knowledge.parameters, AS_OF)
    checker = Checker(replace(base, rules=only), "compiled")
    points = render_text(build_report(checker.check(setup, AS_OF))).split("\nOffene Punkte\n")[1]
    assert "Noch offen: Entwicklung des Wohngebiets als Ganzes; Menschen im Gebiet" in points
    assert "Befunde)" not in points


def test_open_options_are_listed_below_their_question(text_of: TextOf) -> None:
    points = text_of("buero.technik: [beamer]").split("\nOffene Punkte\n")[1]
    assert "? Technik: Welche Technik ist vorgesehen?\n    Noch offen: ein Computer\n" in points


def test_where_nothing_can_be_asked_there_is_no_such_list_and_no_hint_at_it(text_of: TextOf) -> None:
    assert "Offene Punkte" not in text_of(READY)
    without_value = text_of(READY, date(2028, 1, 1))
    assert "? offen · soll · Kein übergroßes Gebiet" in without_value
    assert "Offene Punkte" not in without_value


@pytest.mark.parametrize(
    ("text", "honour", "expected"),
    [
        ("{grund: Saal}", True, "Vereinbarte Abweichung: Saal\n"),
        ("{grund: Saal, vereinbart_mit: HEGISS}", True, "Abweichung: Saal (vereinbart mit HEGISS)\n"),
        ("{grund: Saal, datum: 2026-02-01}", True, "Abweichung: Saal (vereinbart am 01.02.2026)\n"),
        (
            "{grund: Saal, bis: 2026-11-21}",
            True,
            "Abweichung (gilt nicht): Saal (befristet bis 21.11.2026)\n",
        ),
        ("{grund: Saal}", False, "Abweichung (gilt nicht): Saal\n"),
    ],
)
def test_a_deviation_is_told_with_all_that_was_agreed(
    text_of: TextOf, text: str, honour: bool, expected: str
) -> None:
    shown = text_of(f"abweichungen: {{raeume.gruppenraum: {text}}}", honour=honour)
    assert expected in shown


def test_the_engine_and_the_digest_are_named(check: Check) -> None:
    shown = render_text(build_report(check()))
    assert re.search(r"^Regelwerk \S+, Prüfsumme [0-9a-f]{12}, gerechnet mit: compiled$", shown, re.MULTILINE)
