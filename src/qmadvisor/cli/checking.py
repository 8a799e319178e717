"""The commands that work on setup files: check, explain, roadmap, new."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qmadvisor.cli.console import EXIT_UNUSABLE, EXIT_VIOLATED, Format, complain, deliver, usage
from qmadvisor.errors import DocumentError, SetupError

if TYPE_CHECKING:
    from qmadvisor.engine.check import Checker, CheckResult
    from qmadvisor.report.model import Report


class FailOn(StrEnum):
    """From which strength on a violation ends the command with exit code 1."""

    MUSS = "muss"
    SOLL = "soll"
    EMPFOHLEN = "empfohlen"
    IDEAL = "ideal"
    NEVER = "never"


class EngineChoice(StrEnum):
    """Which engine decides."""

    AUTO = "auto"
    DURABLE = "durable"
    COMPILED = "compiled"


AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATUM", help="Stichtag (JJJJ-MM-TT), sonst heute.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DATEI", help="In diese Datei schreiben.")
]
Engine = Annotated[EngineChoice, typer.Option("--engine", help="Rechenweg; auto nimmt durable, wo es läuft.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Form der Ausgabe.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Beispiel: qmadvisor check planung.yaml --fail-on soll")(check)
    app.command(epilog="Beispiel: qmadvisor explain planung.yaml raeume.gruppenraum")(explain)
    app.command(epilog="Beispiel: qmadvisor roadmap planung.yaml -o fahrplan.txt")(roadmap)
    app.command(epilog="Beispiel: qmadvisor new -o planung.yaml")(new)


def check(
    files: Annotated[list[Path], typer.Argument(metavar="DATEI", help="Planungen als YAML oder JSON.")],
    format: FormatOption = Format.TEXT,
    output: Output = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Ab welcher Stärke ein Verstoß den Exit-Code 1 gibt.")
    ] = FailOn.SOLL,
    engine: Engine = EngineChoice.AUTO,
    as_of: AsOf = None,
    ignore_deviations: Annotated[
        bool, typer.Option("--ignore-deviations", help="Vereinbarte Abweichungen nicht gelten lassen.")
    ] = False,
) -> None:
    """Prüft Planungen und zeigt alle Befunde mit Grund, Quelle und Vorschlag.

    Exit-Code: 0 nichts ab --fail-on verletzt, 1 etwas verletzt, 2 Datei nicht brauchbar, 3 interner Fehler.
    """
    from qmadvisor.engine.check import Checker
    from qmadvisor.report.build import build_report
    from qmadvisor.rules.loader import default_rule_base

    day = _day(as_of)
    checker = Checker(default_rule_base(), engine.value)
    reports: list[Report] = []
    unusable = False
    for path in _with_progress(files):
        try:
            result = _result(checker, path, day, honour=not ignore_deviations)
            reports.append(build_report(result))
        except (SetupError, DocumentError) as error:
            complain(error)
            unusable = True
    if reports or output is None:
        deliver(_rendered(reports, format, several=len(files) > 1), output)
    if unusable:
        raise typer.Exit(EXIT_UNUSABLE)
    if any(fails(report, fail_on) for report in reports):
        raise typer.Exit(EXIT_VIOLATED)


def _result(checker: Checker, path: Path, day: date, *, honour: bool = True) -> CheckResult:
    from qmadvisor.setup.reader import load_setup

    base = checker.rule_base
    setup = load_setup(
        path,
        base.knowledge.catalogue,
        base.knowledge.parameters,
        day,
        name=str(path),
        rule_ids=[rule.id for rule in base.rules if not rule.is_hint],
        retired=base.successors,
    )
    return checker.check(setup, day, honour_deviations=honour)


def fails(report: Report, fail_on: FailOn) -> bool:
    """Tell whether a finding due now is violated, at or above the given strength, without agreed deviation."""
    from qmadvisor.engine.formula import Status
    from qmadvisor.rules.model import STRENGTHS

    if fail_on is FailOn.NEVER:
        return False
    counted = STRENGTHS[: STRENGTHS.index(fail_on.value) + 1]
    return any(
        finding.status is Status.VIOLATED
        and finding.due == "now"
        and finding.strength in counted
        and not (finding.deviation and finding.deviation.in_force)
        for finding in report.findings
    )


def _rendered(reports: list[Report], format: Format, *, several: bool) -> str:
    from qmadvisor.report.text import render_text

    if format is Format.TEXT:
        return "\n\n".join(map(render_text, reports))
    if not several:
        return "".join(report.to_json() for report in reports)
    return "[\n" + ",\n".join(report.to_json().rstrip() for report in reports) + "\n]\n"


def _with_progress(files: list[Path]) -> Iterable[Path]:
    """Show a progress bar on standard error where several files are checked at a terminal."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description="Prüfe", console=Console(stderr=True))


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise usage("Diesen Stichtag gibt es nicht.", text, "JJJJ-MM-TT, zum Beispiel 2026-01-31") from None


def explain(
    file: Annotated[Path, typer.Argument(metavar="DATEI", help="Planung als YAML oder JSON.")],
    rule: Annotated[
        str, typer.Argument(metavar="REGEL", help="Kennung der Regel, zum Beispiel raeume.gruppenraum.")
    ],
    engine: Engine = EngineChoice.AUTO,
    as_of: AsOf = None,
) -> None:
    """Zeigt, wie ein Befund zustande kommt: jede Bedingung mit Wert und Ergebnis."""
    from qmadvisor.engine.check import Checker
    from qmadvisor.report.narrate import narrate
    from qmadvisor.rules.loader import default_rule_base

    base = default_rule_base()
    if rule not in base.ids:
        raise SetupError([base.unknown_rule(rule)])
    result = _result(Checker(base, engine.value), file, _day(as_of))
    deliver(narrate(result, rule), None)


def roadmap(
    file: Annotated[Path, typer.Argument(metavar="DATEI", help="Planung als YAML oder JSON.")],
    format: FormatOption = Format.TEXT,
    output: Output = None,
    engine: Engine = EngineChoice.AUTO,
    as_of: AsOf = None,
) -> None:
    """Ordnet, was zu tun und was zu klären ist, nach den Phasen des Projekts.

    Zuerst kommt, was der Leitfaden am deutlichsten verlangt. Termine stehen nur da, wo die Planung sie nennt.
    """
    from qmadvisor.engine.check import Checker
    from qmadvisor.report.roadmap import build_roadmap
    from qmadvisor.report.roadmap_text import render_roadmap
    from qmadvisor.rules.loader import default_rule_base

    result = _result(Checker(default_rule_base(), engine.value), file, _day(as_of))
    built = build_roadmap(result)
    deliver(built.to_json() if format is Format.JSON else render_roadmap(built), output)


def new(
    output: Output = None,
    force: Annotated[bool, typer.Option("--force", help="Eine vorhandene Datei überschreiben.")] = False,
) -> None:
    """Schreibt eine leere Planung mit allen Fragen als Kommentar."""
    from qmadvisor.rules.loader import default_rule_base
    from qmadvisor.setup.template import setup_template

    if output is not None and output.exists() and not force:
        raise usage(
            "Die Datei gibt es schon.", str(output), remedy="Wählen Sie einen anderen Namen oder --force."
        )
    deliver(setup_template(default_rule_base().knowledge.catalogue), output)
    if output is not None:
        typer.echo(f"{output} geschrieben. Ausfüllen, dann: qmadvisor check {output}", err=True)
