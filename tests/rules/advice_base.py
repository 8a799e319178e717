"""A piece of advice for the small rule base."""

from __future__ import annotations

from tests.rules.small_base import SmallBase

ADVICE_FILE = "rules/advice/beides.yaml"
ADVICE = """\
id: advice.beides
title: Laufzeit und Raum zugleich
kind: one_remedy
source: [laufzeit-01, raeume-01]
since: "0.1"
when: befund.laufzeit.kurz = "violated" and befund.raeume.raum in ("violated", "open")
says: Beides zusammen, die Dauer ist {vertrag.dauer}.
advice: {text: Verhandeln Sie beides., effort: hoch, by: [kommune, politik], until: ausschreibung}
notes: [Das ist ausgedacht.]
examples:
  base: {buero.vorgesehen: ja}
  cases:
    - {given: {vertrag.dauer: 35, buero.raum_m2: 24}, then: shown}
    - {given: {vertrag.dauer: 35}, then: shown}
    - {findings: {laufzeit.kurz: violated, raeume.raum: fulfilled}, then: silent}
    - {findings: {laufzeit.kurz: fulfilled, raeume.raum: violated}, then: silent}
    - {findings: {laufzeit.kurz: violated, raeume.raum: not_applicable}, then: silent}
    - {findings: {laufzeit.kurz: open, raeume.raum: violated}, then: silent}
    - {findings: {laufzeit.kurz: not_applicable, raeume.raum: violated}, then: silent}
"""
WHEN = 'when: befund.laufzeit.kurz = "violated" and befund.raeume.raum in ("violated", "open")'


def with_advice(base: SmallBase, when: str | None = None, name: str = "beides", **changes: str) -> SmallBase:
    """Add the advice, with another condition (and then without its examples' outcomes) or other lines."""
    text = ADVICE.replace("advice.beides", f"advice.{name}")
    if when is not None:
        text = text.replace(WHEN, f"when: >-\n  {when}")
        text = text[: text.index("  cases:")] + "  cases: [{then: shown}, {then: silent}]\n"
    for old, new in changes.items():
        lines = [line for line in text.splitlines() if line.startswith(f"{old}:")]
        assert len(lines) == 1, old
        text = text.replace(lines[0] + "\n", f"{old}: {new}\n" if new else "")
    base.write(f"rules/advice/{name}.yaml", text)
    return base
