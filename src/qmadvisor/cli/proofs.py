"""The commands that prove something about the rule base: lint, test, coverage."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from qmadvisor.cli.console import EXIT_VIOLATED, Format, as_json, deliver, usage
from qmadvisor.errors import did_you_mean

if TYPE_CHECKING:
    from qmadvisor.engine.examples import ExampleResult
    from qmadvisor.engine.mutation import Verdict
    from qmadvisor.rules.coverage import Coverage, PassageCounts
    from qmadvisor.rules.loader import RuleBase

_T = TypeVar("_T")

FormatOption = Annotated[Format, typer.Option("--format", help="Form der Ausgabe.")]
Section = Annotated[
    str, typer.Option("--section", help="Nur Regeln dieses Abschnitts; advice: nur Ratschläge.")
]

_WIDTH = 20
_COLUMNS = {
    "passages": "Passagen",
    "normative": "normativ",
    "encoded": "in Regeln",
    "not_normative": "nicht normativ",
    "not_checkable": "nicht prüfbar",
    "open": "offen",
}


def register(rules: typer.Typer) -> None:
    """Add the commands of this module to `qmadvisor rules`."""
    rules.command("lint", epilog="Beispiel: qmadvisor rules lint")(lint_rules)
    rules.command("test", epilog="Beispiel: qmadvisor rules test --mutate --section raeume")(try_rules)
    rules.command("coverage", epilog="Beispiel: qmadvisor rules coverage --format json")(show_coverage)


def refuse_unknown_section(section: str, base: RuleBase) -> None:
    """Raise SetupError for a section that there is not; the empty name means all."""
    from qmadvisor.rules.advice import SECTION

    sections = [*base.knowledge.guideline.sections, SECTION]
    if section and section not in sections:
        remedy = did_you_mean(section, sections)
        raise usage("Diesen Abschnitt gibt es nicht.", section, ", ".join(sections), remedy)


def lint_rules() -> None:
    """Prüft das Regelwerk: Beispiele, unnötig offene Regeln, ungelesene Fakten, Widersprüche zum Verzeichnis."""
    from qmadvisor.engine.completeness import lint
    from qmadvisor.rules.loader import default_rule_base

    base = default_rule_base()
    problems = lint(base)
    for problem in problems:
        typer.echo(str(problem))
    counted = f"{len(base.rules)} Regeln und {_number(len(base.advice), 'Ratschlag', 'Ratschläge')}"
    typer.echo(f"{counted} geprüft, {len(problems)} Beanstandungen.")
    if problems:
        raise typer.Exit(EXIT_VIOLATED)


def _number(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def try_rules(
    mutate: Annotated[
        bool,
        typer.Option(
            "--mutate", help="Bedingungen leicht verändern: Ein Beispiel muss jede Änderung bemerken."
        ),
    ] = False,
    section: Section = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Rechnet die Beispiele aller Regeln und Ratschläge nach.

    Exit-Code: 0 alles wie erwartet, 1 ein Beispiel kommt anders heraus oder bemerkt eine Änderung nicht.
    """
    from qmadvisor.rules.loader import default_rule_base

    base = default_rule_base()
    refuse_unknown_section(section, base)
    (_mutate if mutate else _run_examples)(base, section, format)


def _run_examples(base: RuleBase, section: str, format: Format) -> None:
    from qmadvisor.engine.check import Checker
    from qmadvisor.engine.examples import run_examples

    def chosen(result: ExampleResult) -> bool:
        return section in ("", result.rule.partition(".")[0])

    results = list(filter(chosen, run_examples(Checker(base))))
    faults = [result for result in results if result.fault]
    if format is Format.JSON:
        wrong = [{"rule": one.rule, "example": one.number, "fault": one.fault} for one in faults]
        deliver(as_json({"examples": len(results), "faults": wrong}), None)
    else:
        lines = [f"{one.rule}, Beispiel {one.number}: {one.fault}\n" for one in faults]
        lines.append(f"{len(results)} Beispiele, davon {len(faults)} anders als erwartet.\n")
        deliver("".join(lines), None)
    if faults:
        raise typer.Exit(EXIT_VIOLATED)


def _mutate(base: RuleBase, section: str, format: Format) -> None:
    from qmadvisor.engine.advice_mutation import judge_advice
    from qmadvisor.engine.rule_mutation import judge_rules

    rules = [rule for rule in base.rules if section in ("", rule.spec.section)]
    advice = [one for one in base.advice if section in ("", one.spec.section)]
    judged = chain(judge_rules(base, rules), judge_advice(base, advice))
    verdicts = list(_with_progress(judged, len(rules) + len(advice)))
    if format is Format.JSON:
        deliver(as_json(_mutation_data(verdicts)), None)
    else:
        deliver(_mutation_text(verdicts), None)
    if not all(verdict.is_proof for verdict in verdicts):
        raise typer.Exit(EXIT_VIOLATED)


def _with_progress(steps: Iterator[_T], total: int) -> Iterator[_T]:
    """Show a progress bar on standard error at a terminal."""
    if not sys.stderr.isatty():
        return steps
    from rich.console import Console
    from rich.progress import track

    return iter(track(steps, description="Verändere", total=total, console=Console(stderr=True)))


def _mutation_data(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {
        "rules": len(verdicts),
        "mutants": sum(verdict.mutants for verdict in verdicts),
        "equivalent": sum(verdict.equivalent for verdict in verdicts),
        "survivors": [
            {"rule": verdict.subject, "change": mutant.change, "mutant": mutant.text}
            for verdict in verdicts
            for mutant in verdict.survivors
        ],
        "needless": [
            {"rule": verdict.subject, "mutant": text} for verdict in verdicts for text in verdict.needless
        ],
        "faults": [
            {"rule": verdict.subject, "fault": fault} for verdict in verdicts for fault in verdict.faults
        ],
    }


def _mutation_text(verdicts: Sequence[Verdict]) -> str:
    lines = [line for verdict in verdicts for line in _mutation_lines(verdict)]
    mutants = sum(verdict.mutants for verdict in verdicts)
    survivors = sum(len(verdict.survivors) for verdict in verdicts)
    accepted = sum(verdict.equivalent for verdict in verdicts)
    lines.append(
        f"{len(verdicts)} Regeln und Ratschläge mit {mutants} Änderungen: {survivors} unbemerkt, "
        f"{accepted} als gleichwertig begründet."
    )
    return "\n".join(lines) + "\n"


def _mutation_lines(verdict: Verdict) -> Iterator[str]:
    for fault in verdict.faults:
        yield f"{verdict.subject}: Die Beispiele stimmen schon ohne Änderung nicht. {fault}"
    for mutant in verdict.survivors:
        yield f"{verdict.subject}: Kein Beispiel bemerkt „{mutant.change}“."
        yield f"  {mutant.text}"
    for text in verdict.needless:
        yield f"{verdict.subject}: Als gleichwertig begründet, aber keine unbemerkte Änderung."
        yield f"  {text}"


def show_coverage(format: FormatOption = Format.TEXT) -> None:
    """Zeigt je Abschnitt des Leitfadens, welche Passagen in Regeln stehen und welche noch offen sind.

    Exit-Code: 0 keine Passage ist offen, 1 sonst.
    """
    from qmadvisor.rules.coverage import coverage_of
    from qmadvisor.rules.loader import default_rule_base

    coverage = coverage_of(default_rule_base())
    if format is Format.JSON:
        deliver(as_json(coverage.model_dump(mode="json")), None)
    else:
        deliver(_coverage_text(coverage), None)
    if coverage.total.open:
        raise typer.Exit(EXIT_VIOLATED)


def _coverage_text(coverage: Coverage) -> str:
    lines = ["".join([f"{'Abschnitt':{_WIDTH}}", *(f"  {title}" for title in _COLUMNS.values())])]
    lines += [_coverage_line(section.section, section) for section in coverage.sections]
    lines.append(_coverage_line("zusammen", coverage.total))
    if coverage.total.open:
        lines += ["", "Noch offen:"]
    for section in coverage.sections:
        lines += wrap(
            ", ".join(section.open_passages),
            100,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
    return "\n".join(lines) + "\n"


def _coverage_line(name: str, counts: PassageCounts) -> str:
    numbers = [f"  {getattr(counts, key):>{len(title)}}" for key, title in _COLUMNS.items()]
    return "".join([f"{name:{_WIDTH}}", *numbers])
