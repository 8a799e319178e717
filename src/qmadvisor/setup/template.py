"""The commented setup file that `qmadvisor new` writes: every question, nothing answered."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from qmadvisor.knowledge.catalogue import Catalogue, Fact
from qmadvisor.language.types import NumberType, TaskMatrixType
from qmadvisor.setup.model import PHASES, PROGRAMMES, SCHEMA

_WIDTH = 88


def setup_template(catalogue: Catalogue) -> str:
    """Return a setup file in which every answer is still open; it can be checked as it is."""
    lines = [*_head()]
    for topic, title in catalogue.topics.items():
        facts = [fact for fact in catalogue.inputs if fact.topic == topic]
        lines += ["", f"# {'=' * (_WIDTH - 2)}", f"# {title}", f"# {'=' * (_WIDTH - 2)}"]
        for group in dict.fromkeys(fact.path.partition(".")[0] for fact in facts):
            lines += _group(group, [fact for fact in facts if fact.path.partition(".")[0] == group])
    return "\n".join(lines) + "\n"


def _head() -> Iterator[str]:
    yield "# Planung eines Quartiersmanagements. Füllen Sie aus, was Sie schon wissen; alles andere darf bleiben,"
    yield "# wie es ist: „unbekannt“ heißt „offen“, nie „nein“."
    yield "# Zahlen: 25 · mindestens 20 · höchstens 30 · 20 bis 30 · ca. 25 (22 bis 28)"
    yield "# Daten: 2026-01-31 · 31.01.2026 · 2026-01 · 2026.   Ja/Nein: ja · nein · unbekannt"
    yield "# Eine Notiz zu einer Angabe: {wert: 25, notiz: laut Plan vom 3. März}"
    yield f"schema: {SCHEMA}"
    yield "titel: Meine Planung"
    yield from _comment(f"Förderprogramm: {', '.join(PROGRAMMES)}", "")
    yield "programm: unbekannt"
    yield from _comment(f"Phase: {', '.join(PHASES)}", "")
    yield "phase: unbekannt"


def _group(group: str, facts: list[Fact]) -> Iterator[str]:
    if [fact.path for fact in facts] == [group]:
        yield from _fact(facts[0], group, "")
        return
    yield ""
    yield f"{group}:"
    for fact in facts:
        yield from _fact(fact, fact.path.partition(".")[2], "  ")


def _fact(fact: Fact, key: str, indent: str) -> Iterator[str]:
    yield ""
    yield from _comment(fact.spec.question, indent)
    yield from _comment(fact.spec.help, indent)
    yield from _comment(_allowed(fact), indent)
    if fact.kind == "list":
        yield f"{indent}{key}:"
        yield from _record_example(fact, f"{indent}  ")
    elif isinstance(fact.type, TaskMatrixType):
        yield f"{indent}{key}:"
        yield from _matrix_example(fact, fact.type, f"{indent}  ")
    else:
        yield f"{indent}{key}: unbekannt"


def _record_example(fact: Fact, indent: str) -> Iterator[str]:
    """Only the signs "# " have to go; a list without entries stays open."""
    yield from _comment(
        f"Für jeden Eintrag ({fact.words.singular}) ein Block wie dieser, ohne die Zeichen „# “ am Anfang; "
        "sein Name (hier eintrag1) ist frei wählbar:",
        indent,
    )
    yield f"{indent}# vollstaendig: nein   # ja, wenn das alle {fact.words.plural} sind"
    yield f"{indent}# eintrag1:"
    for name, field in fact.fields.items():
        allowed = _allowed(field)
        hint = f"{field.words.label}. {allowed}" if allowed else field.words.label
        yield from _comment(hint, f"{indent}#   ")
        yield f"{indent}#   {name}: unbekannt"


def _matrix_example(fact: Fact, type_: TaskMatrixType, indent: str) -> Iterator[str]:
    """A few lines that show the form; the tasks themselves would fill pages."""
    overview = type_.overview
    key = next(iter(overview.entries))
    yield from _comment(
        f"Zeilen wie diese, ohne die Zeichen „# “ am Anfang; statt stadt steht ein Name aus der Liste {type_.of}. "
        f"Ganze Spalten sind {', '.join(overview.columns)}, einzelne Felder {', '.join(overview.blocks)}. "
        "Die genauere Zeile geht vor. "
        f"Alle {len(overview.entries)} Aufgaben mit ihren Nummern zeigt „qmadvisor facts show {fact.path}“.",
        indent,
    )
    yield f"{indent}# vollstaendig: nein   # ja, wenn alles Übrige niemand übernimmt"
    yield f"{indent}# {next(iter(overview.columns))}: {{stadt: federfuehrung}}"
    yield f"{indent}# {next(iter(overview.blocks))}: {{stadt: federfuehrung, traeger: mitwirkung}}"
    yield f"{indent}# {key}: {{traeger: federfuehrung}}   # {overview.entries[key].label}"
    yield f"{indent}# {[*overview.entries][-1]}: niemand"


def _allowed(fact: Fact) -> str:
    match fact.kind:
        case "bool":
            return "Möglich: ja, nein"
        case "choice":
            return f"Möglich: {', '.join(f'{key} ({label})' for key, label in fact.words.choices.items())}"
        case "actor":
            return f"Möglich: der Name eines Eintrags unter {fact.spec.list_of}"
        case "multiple":
            return f"Möglich, jedes mit ja oder nein: {', '.join(fact.words.choices)}"
        case "stellenumfang":
            return "Möglich: 0.5 · {wochenstunden: 19.5} · {jahresstunden: 800, wochen: 50}"
        case _ if isinstance(fact.type, NumberType) and fact.type.unit.text:
            return f"Einheit: {fact.type.unit.text}"
        case _:
            return ""


def _comment(text: str, indent: str) -> list[str]:
    return (
        textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
        if text
        else []
    )
