"""The roadmap as text for a terminal or a file: at most 80 columns, words beside every symbol."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from qmadvisor.report import words
from qmadvisor.report.roadmap_model import KnownDate, Roadmap, RoadmapPhase, Step, StepFinding
from qmadvisor.setup.model import PHASES

WIDTH = 80
#: How many findings a question names; more are only counted.
NAMED = 5
_TIMING = {"catch_up": "Nachzuholen", "now": "Jetzt", "later": "Später"}
_RELATION = {"past": " (vergangen)", "coming": "", "uncertain": " (vielleicht schon vergangen)"}


def render_roadmap(roadmap: Roadmap) -> str:
    """Write the whole roadmap: what there is, the known dates, and the steps phase by phase."""
    lines = [*_head(roadmap), *_overview(roadmap.phases), *_dates(roadmap.dates)]
    for phase in roadmap.phases:
        lines += _phase(phase)
    lines += ["", *_wrap(roadmap.disclaimer, "", "")]
    return "\n".join(lines) + "\n"


def _head(roadmap: Roadmap) -> Iterator[str]:
    info, base, counts = roadmap.setup, roadmap.rule_base, roadmap.counts
    yield from _wrap(f"Fahrplan zur Planung „{info.title}“")
    yield "=" * WIDTH
    yield from _wrap(f"Stichtag {words.day(roadmap.as_of)} · Programm: {info.programme_label}")
    phase = PHASES[info.phase] if info.phase else "nicht angegeben, darum ist nichts als „jetzt“ markiert"
    yield from _wrap(f"Phase: {phase}")
    yield from _wrap(f"Grundlage: {base.title}, Stand {words.day(base.guideline_as_of)}")
    yield from _wrap(
        f"Regelwerk {base.version}, Prüfsumme {base.digest[:12]}, gerechnet mit: {roadmap.engine}"
    )
    if info.scope_note:
        yield ""
        yield from _wrap(f"! {info.scope_note}", "  ", "    ")
    yield ""
    yield from _wrap(_amount(counts.combine + counts.act, counts.ask))
    if counts.deviations:
        verb = "ist" if counts.deviations == 1 else "sind"
        points = "1 Punkt" if counts.deviations == 1 else f"{counts.deviations} Punkte"
        yield from _wrap(f"Nicht dabei {verb} {points} mit vereinbarter Abweichung.")
    if counts.act + counts.ask:
        yield from _wrap(
            "Jeder Punkt steht bei der Phase, bis zu deren Ende der Vorschlag umgesetzt sein soll. Innerhalb der "
            "Phase kommt zuerst, was der Leitfaden am deutlichsten verlangt. Leitbild heißt: Der Leitfaden "
            "beschreibt es, er fordert es nicht."
        )
    asked = [step for phase in roadmap.phases for step in phase.steps if step.kind == "ask"]
    if any(not one.settled for step in asked for one in step.findings):
        yield "* Diesen Befund klären womöglich erst mehrere Antworten zusammen."


def _amount(act: int, ask: int) -> str:
    if not act + ask:
        return "Nichts zu tun: Keine Empfehlung ist nicht erfüllt, und keine ist offen."
    steps = "1 Schritt" if act == 1 else f"{act or 'keine'} Schritte"
    questions = "1 offene Frage" if ask == 1 else f"{ask or 'keine'} offene{'' if ask else 'n'} Fragen"
    return f"Vor Ihnen liegen {steps} und {questions}."


def _overview(phases: Sequence[RoadmapPhase]) -> Iterator[str]:
    if not any(phase.steps for phase in phases):
        return
    yield ""
    yield f"{'Überblick':40}{'Schritte':>10}{'Fragen':>10}"
    for phase in phases:
        asked = sum(step.kind == "ask" for step in phase.steps)
        if phase.steps:
            yield f"{_title(phase):40}{len(phase.steps) - asked:>10}{asked:>10}"


def _title(phase: RoadmapPhase) -> str:
    return f"{_TIMING[phase.timing]}: {phase.label}" if phase.timing else phase.label


def _dates(dates: Sequence[KnownDate]) -> Iterator[str]:
    if not dates:
        return
    yield ""
    yield "Termine aus Ihrer Planung"
    yield "-" * WIDTH
    for one in dates:
        yield from _wrap(f"{one.text}: {one.label}{_RELATION[one.relation]}", "", "    ")


def _phase(phase: RoadmapPhase) -> Iterator[str]:
    """A phase with nothing in it is only worth a line where it is the present one."""
    if not phase.steps and not phase.dates and phase.timing != "now":
        return
    yield ""
    yield _title(phase)
    yield "-" * WIDTH
    if phase.dates:
        named = "; ".join(f"{one.label} {one.text}" for one in phase.dates)
        yield from _wrap(f"Termine: {named}", "", "    ")
    if not phase.steps:
        yield "Hier ist nichts zu tun."
    if phase.then:
        yield "Zuerst: was mehrere Befunde zusammen verlangen, und was „muss“ oder „soll“ ist"
    for step in phase.first:
        yield from _step(step, phase)
    if phase.then:
        yield ""
        yield "Danach: was er empfiehlt, ideal nennt oder beschreibt"
    for step in phase.then:
        yield from _step(step, phase)


def _step(step: Step, phase: RoadmapPhase) -> Iterator[str]:
    number = f"{step.number:>3}. "
    indent = " " * len(number)
    if step.kind == "act":
        found = step.findings[0]
        mark = f"{words.SYMBOL[found.status]} {words.STATUS[found.status]}"
        yield from _wrap(f"{mark} · {_named(found, firm_first=True)}", number, indent)
    elif step.kind == "combine":
        yield from _wrap(f"→ aus mehreren Befunden · {step.strength} · {step.title}", number, indent)
    else:
        yield from _wrap(f"? offen · {step.strength} · {step.title}", number, indent)
    yield from _wrap(step.text, indent, indent)
    if step.items:
        yield from _wrap(f"Noch offen: {'; '.join(step.items)}", indent, indent + "  ")
    if step.kind == "ask":
        yield from _wrap(f"Für: {_waiting(step.findings)}", indent, indent + "  ")
    elif step.kind == "combine":
        yield from _wrap(f"Folgt aus: {'; '.join(map(_named, step.findings))}", indent, indent + "  ")
    yield from _wrap(" · ".join(_circumstances(step, phase)), indent, indent + "  ")


def _circumstances(step: Step, phase: RoadmapPhase) -> Iterator[str]:
    yield f"Wer: {', '.join(words.PARTY[party] for party in step.by)}"
    if step.effort:
        yield words.EFFORT[step.effort]
    if phase.timing == "later" and step.due == "now":
        yield "schon jetzt fällig"


def _waiting(findings: Sequence[StepFinding]) -> str:
    """The findings behind a question; a star marks those that need other answers as well."""
    named = "; ".join(_named(one) + ("" if one.settled else "*") for one in findings[:NAMED])
    more = len(findings) - NAMED
    if more > 0:
        named += f"; und {more} {'weiterer Befund' if more == 1 else 'weitere Befunde'}"
    return named


def _named(finding: StepFinding, *, firm_first: bool = False) -> str:
    hedge, page = words.HEDGE[finding.hedge] if finding.hedge else "", f"S.{words.NO_BREAK}{finding.page}"
    if firm_first:
        strength = f"{finding.strength} ({hedge})" if hedge else finding.strength
        return f"{strength} · {finding.title} [{finding.rule}] · {page}"
    return f"{finding.title} [{finding.rule}] ({', '.join(filter(None, (finding.strength, hedge, page)))})"


def _wrap(text: str, indent: str = "", hanging: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False
    )
