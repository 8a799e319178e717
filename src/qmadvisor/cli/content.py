"""The commands that show what the program knows: rules, facts, schema, doctor."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qmadvisor.cli import proofs
from qmadvisor.cli.console import EXIT_INTERNAL, Format, as_json, deliver, usage
from qmadvisor.cli.rulebook import write_docs
from qmadvisor.errors import QmadvisorError, SetupError, did_you_mean

if TYPE_CHECKING:
    from datetime import date

    from qmadvisor.knowledge.catalogue import Fact
    from qmadvisor.rules.advice import AdviceRule
    from qmadvisor.rules.model import Rule

FormatOption = Annotated[Format, typer.Option("--format", help="Form der Ausgabe.")]


class SchemaName(StrEnum):
    """Which JSON Schema to print."""

    SETUP = "setup"
    REPORT = "report"
    RULE = "rule"
    FACT = "fact"
    ROADMAP = "roadmap"
    ADVICE = "advice"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    rules = typer.Typer(
        help="Die Regeln zeigen und prüfen.",
        epilog="Beispiel: qmadvisor rules list",
        no_args_is_help=True,
    )
    rules.command("list", epilog="Beispiel: qmadvisor rules list --section raeume")(list_rules)
    rules.command("show", epilog="Beispiel: qmadvisor rules show raeume.gruppenraum")(show_rule)
    proofs.register(rules)
    rules.command("docs", epilog="Beispiel: qmadvisor rules docs -o regelbuch")(write_docs)
    facts = typer.Typer(
        help="Die Fakten (Fragen) zeigen.",
        epilog="Beispiel: qmadvisor facts list",
        no_args_is_help=True,
    )
    facts.command("list", epilog="Beispiel: qmadvisor facts list --format json")(list_facts)
    facts.command("show", epilog="Beispiel: qmadvisor facts show stadtteilbuero.gruppenraum_m2")(show_fact)
    app.add_typer(rules, name="rules")
    app.add_typer(facts, name="facts")
    app.command(epilog="Beispiel: qmadvisor schema setup > setup.schema.json")(schema)
    app.command(epilog="Beispiel: qmadvisor doctor")(doctor)


def list_rules(
    section: Annotated[
        str, typer.Option("--section", help="Nur Regeln dieses Abschnitts; advice: nur Ratschläge.")
    ] = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Listet Regeln in der Reihenfolge des Leitfadens, dann Ratschläge."""
    from qmadvisor.rules.loader import default_rule_base

    base = default_rule_base()
    proofs.refuse_unknown_section(section, base)
    chosen = [rule for rule in base.everything if section in ("", rule.spec.section)]
    if format is Format.JSON:
        deliver(as_json([_rule_data(rule) for rule in chosen]), None)
        return
    if not chosen:
        deliver(f"Zum Abschnitt „{section}“ gibt es noch keine Regeln.\n", None)
        return
    deliver(
        "".join(f"{_kind(rule):10}{rule.id:48}{rule.spec.title}\n" for rule in chosen),
        None,
    )


def _kind(rule: Rule | AdviceRule) -> str:
    from qmadvisor.rules.advice import AdviceRule

    return "Ratschlag" if isinstance(rule, AdviceRule) else rule.spec.strength or "Hinweis"


def show_rule(
    rule: Annotated[str, typer.Argument(metavar="REGEL", help="Kennung der Regel.")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Zeigt Regel oder Ratschlag mit Bedingung, Quelle und Vorschlag."""
    from qmadvisor.rules.loader import default_rule_base
    from qmadvisor.rules.model import Rule

    base = default_rule_base()
    found = next((one for one in base.everything if one.id == rule), None)
    if found is None:
        raise SetupError([base.unknown_rule(rule)])
    if format is Format.JSON:
        deliver(as_json(_rule_data(found)), None)
    else:
        deliver(_rule_text(found) if isinstance(found, Rule) else _advice_text(found), None)


def _rule_data(rule: Rule | AdviceRule) -> dict[str, Any]:
    dumped = rule.spec.model_dump(mode="json", exclude_defaults=True)
    return {**dumped, "examples": rule.spec.examples.model_dump(mode="json", exclude_defaults=True)}


def _rule_text(rule: Rule) -> str:
    from datetime import date

    from qmadvisor.language.german import German, sentence
    from qmadvisor.report import words
    from qmadvisor.rules.loader import default_rule_base

    knowledge = default_rule_base().knowledge
    german = German(knowledge.catalogue.vocabulary, date.today().toordinal())
    spec = rule.spec
    hedge = f" ({words.HEDGE[spec.hedge]})" if spec.hedge else ""
    kind = f"{spec.strength or 'Hinweis'}{hedge}"
    lines = [f"{spec.title} [{spec.id}]", f"{kind}, Wortlaut „{spec.wording}“"]
    if rule.applies is not None:
        lines.append(f"Gilt, wenn: {sentence(german.clause(rule.applies))}")
    head = "Wird gezeigt, wenn" if rule.is_hint else "Erfüllt, wenn"
    lines.append(f"{head}: {sentence(german.clause(rule.demand))}")
    if rule.taken is not None:
        lines.append(f"Genutzt, wenn: {sentence(german.clause(rule.taken))}")
    lines += [f"Unsere Lesart: {spec.interpretation}"] if spec.interpretation else []
    lines += [f"Vorschlag: {spec.advice.text}"] if spec.advice else []
    lines += [f"Hinweis: {note}" for note in spec.notes]
    for passage in spec.source:
        lines.append(f"Quelle: Leitfaden S. {knowledge.guideline.passages[passage].page} ({passage})")
    return "\n".join(lines) + "\n"


def _advice_text(advice: AdviceRule) -> str:
    from datetime import date

    from qmadvisor.language.german import German, sentence
    from qmadvisor.rules.advice import INSIGHTS
    from qmadvisor.rules.loader import default_rule_base

    base = default_rule_base()
    german = German(base.vocabulary, date.today().toordinal())
    spec = advice.spec
    lines = [
        f"{spec.title} [{spec.id}]",
        f"Ratschlag: {INSIGHTS[spec.kind]}",
        f"Wird gezeigt, wenn: {sentence(german.clause(advice.demand))}",
        f"Bedeutet: {spec.says}",
        f"Vorschlag: {spec.advice.text}",
        *(f"Liest: {rule_id}" for rule_id in advice.reads),
        *(f"Hinweis: {note}" for note in spec.notes),
    ]
    for passage in spec.source:
        page = base.knowledge.guideline.passages[passage].page
        lines.append(f"Quelle: Leitfaden S. {page} ({passage})")
    return "\n".join(lines) + "\n"


def _number(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def list_facts(format: FormatOption = Format.TEXT) -> None:
    """Listet alle Fakten nach Themen."""
    from qmadvisor.knowledge.kinds import KINDS
    from qmadvisor.rules.loader import default_rule_base

    catalogue = default_rule_base().knowledge.catalogue
    if format is Format.JSON:
        deliver(as_json([_fact_data(fact) for fact in catalogue.facts.values()]), None)
        return
    lines = []
    for topic, title in catalogue.topics.items():
        lines.append(title)
        for fact in catalogue.facts.values():
            if fact.topic == topic:
                kind = KINDS[fact.kind] if fact.is_input else "errechnet"
                lines.append(f"  {fact.path:38}{kind:17}{fact.words.label}")
    deliver("\n".join(lines) + "\n", None)


def show_fact(
    fact: Annotated[str, typer.Argument(metavar="FAKT", help="Pfad des Fakts.")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Zeigt einen Fakt mit Frage, Hilfe und erlaubten Werten."""
    from qmadvisor.rules.loader import default_rule_base

    catalogue = default_rule_base().knowledge.catalogue
    if fact not in catalogue.facts:
        raise usage("Diesen Fakt gibt es nicht.", fact, remedy=did_you_mean(fact, catalogue.facts))
    found = catalogue.facts[fact]
    deliver(as_json(_fact_data(found)) if format is Format.JSON else _fact_text(found), None)


def _fact_data(fact: Fact) -> dict[str, Any]:
    from qmadvisor.language.types import TaskMatrixType

    data = {"path": fact.path, **fact.spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)}
    if isinstance(fact.type, TaskMatrixType):
        data["tasks"] = [entry._asdict() for entry in fact.type.overview.entries.values()]
    return data


def _fact_text(fact: Fact) -> str:
    from qmadvisor.knowledge.kinds import KINDS, limits_of
    from qmadvisor.rules.loader import default_rule_base

    spec = fact.spec
    lines = [
        f"{fact.words.label} [{fact.path}]",
        f"Art: {KINDS[fact.kind]}{f' in {spec.unit}' if spec.unit else ''}",
    ]
    lines += [f"Frage: {spec.question}"] if spec.question else []
    lines += [f"Hilfe: {spec.help}"] if spec.help else []
    lines += [f"Errechnet: {spec.explanation}"] if spec.explanation else []
    lines += [f"Erlaubt: {limits}"] if (limits := limits_of(fact)) else []
    lines += [f"Möglich: {key} ({label})" for key, label in spec.choices.items()]
    lines += _tasks(fact)
    lines += [f"Feld: {key} ({field.words.label}): {_field(field)}" for key, field in fact.fields.items()]
    base = default_rule_base()
    readers = [rule.id for rule in base.everything if fact.path in _facts_of(rule)]
    lines += [f"Gelesen von: {', '.join(readers)}"] if readers else []
    return "\n".join(lines) + "\n"


def _tasks(fact: Fact) -> Iterator[str]:
    """The tasks that a distribution speaks of, by area and column."""
    from qmadvisor.language.types import TaskMatrixType

    if not isinstance(fact.type, TaskMatrixType):
        return
    overview = fact.type.overview
    for block, keys in overview.blocks.items():
        area, _, column = block.partition(".")
        yield f"{block} ({overview.areas[area]}: {overview.columns[column]})"
        for key in keys:
            entry = overview.entries[key]
            yield f"  {key:12}{entry.label} (S. {entry.page})"


def _field(field: Fact) -> str:
    """What a field of a record takes."""
    from qmadvisor.knowledge.kinds import KINDS

    options = f" aus {', '.join(field.words.choices)}" if field.words.choices else ""
    return f"{KINDS[field.kind]}{options}"


def _facts_of(rule: Rule | AdviceRule) -> set[str]:
    from qmadvisor.language.syntax import facts_read

    return {path for condition in rule.conditions for path in facts_read(condition)}


def schema(
    name: Annotated[
        SchemaName,
        typer.Argument(metavar="NAME", help="setup, report, roadmap, rule, fact oder advice."),
    ],
) -> None:
    """Gibt das JSON-Schema einer Datei- oder Ausgabeform aus (Entwurf 2020-12)."""
    from qmadvisor.report.schemas import json_schema
    from qmadvisor.rules.loader import default_rule_base

    deliver(as_json(json_schema(name.value, default_rule_base())), None)


def doctor() -> None:
    """Prüft die Installation: Python, Rechenwege, Regelwerk, Alter der Werte."""
    import platform
    from datetime import date

    from qmadvisor import __version__
    from qmadvisor.engine.availability import durable_available
    from qmadvisor.resources import content_root

    typer.echo(f"qmadvisor {__version__}, Python {platform.python_version()}")
    typer.echo(f"Inhalte: {'im Paket' if content_root().name == '_data' else 'im Arbeitsverzeichnis'}")
    durable = (
        "verfügbar" if durable_available() else "nicht verfügbar (Python 3.13 oder neuer); compiled rechnet"
    )
    typer.echo(f"durable_rules: {durable}")
    try:
        _report_on_rules(date.today())
    except QmadvisorError as error:
        typer.echo(f"✘ Regelwerk: {error}")
        raise typer.Exit(EXIT_INTERNAL) from None


def _report_on_rules(today: date) -> None:
    from qmadvisor.engine.check import Checker
    from qmadvisor.rules.loader import default_rule_base
    from qmadvisor.setup.reader import read_values

    base = default_rule_base()
    known = base.knowledge
    typer.echo(
        f"✔ Regelwerk: {len(base.rules)} Regeln, {_number(len(base.advice), 'Ratschlag', 'Ratschläge')}, "
        f"{len(list(known.catalogue.inputs))} Fragen, {base.digest[:12]}"
    )
    checker = Checker(base)
    checker.check(read_values({}, known.catalogue, known.parameters, today), today)
    typer.echo(f"✔ Probelauf mit {checker.engine}")
    for name, reason in known.parameters.overdue(today):
        typer.echo(f"! Parameter {name}: {reason}")
