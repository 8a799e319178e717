"""A small rule base of its own, written to a folder: tests change one file and see what the loader says."""

from __future__ import annotations

from pathlib import Path

from qmadvisor.errors import KnowledgeError, Problem
from qmadvisor.rules.loader import RuleBase, load_rule_base

FACTS = """\
topic: probe
title: Probe
facts:
  buero.vorgesehen:
    type: bool
    label: Büro
    holds: ein Büro ist vorgesehen
    fails: ein Büro ist nicht vorgesehen
  buero.raum_m2:
    {type: decimal, unit: m², min: 0, max: 2000, label: Größe, phrase: die Größe des Raums}
  buero.technik:
    type: multiple
    label: Technik
    contains: dazu gehört {item}
    lacks: dazu gehört nicht {item}
    choices: {computer: ein Computer, internet: ein Internetzugang}
  vertrag.beginn: {type: date, min: 1999-01-01, max: 2060-12-31, label: Beginn, phrase: der Beginn}
  vertrag.ende: {type: date, min: 1999-01-01, max: 2060-12-31, label: Ende, phrase: das Ende}
  vertrag.dauer: {type: integer, unit: Monate, min: 0, max: 480, label: Dauer, phrase: die Dauer}
  vertrag.laufzeit:
    type: integer
    unit: Monate
    label: Laufzeit
    phrase: die Laufzeit
    computed: {function: laufzeit_monate, inputs: [vertrag.beginn, vertrag.ende, vertrag.dauer]}
  stellen:
    type: list
    label: Stellen
    record: {singular: Stelle, plural: Stellen, gender: f}
    fields:
      rolle: {type: choice, label: Rolle, phrase: die Rolle, choices: {qm: Fachkraft, buero: Büro}}
      umfang: {type: stellenumfang, min: 0, max: 20, label: Umfang, phrase: der Umfang}
  stellen_zusammen:
    type: decimal
    unit: Stellen
    label: Stellen zusammen
    phrase: der Umfang zusammen
    derived: sum(s.umfang for s in stellen)
"""

PARAMETER = """\
parameter: kurz
title: Was kurz heißt
unit: Monate
interpretation: eine Lesart
adjustable: true
values:
  - {value: 36, from: null, to: null, source: eigene Lesart, checked: 2026-11-22}
"""

GUIDELINE = """\
guideline: probe
title: Leitfaden
publisher: Stelle
as_of: "2018-12"
sections:
  - {key: laufzeit, title: Laufzeit}
  - {key: raeume, title: Räume}
passages:
  - {id: laufzeit-01, page: 1, section: laufzeit, modality: empfohlen, word: wichtig}
  - {id: raeume-01, page: 2, section: raeume, modality: soll, word: sollte}
  - {id: raeume-02, page: 2, section: raeume, modality: kann, word: kann}
"""

SAYS = """\
says:
  fulfilled: Das passt.
  violated: Das passt nicht.
  open: Das ist offen.
"""

ADVICE = """\
advice: {text: Messen Sie nach., effort: gering, by: [kommune], until: ausschreibung}
"""

RULE = f"""\
id: raeume.raum
title: Raum ab 25 m²
strength: soll
wording: sollte
source: [raeume-01]
phase: [ausschreibung]
since: "0.1"
applies: buero.vorgesehen
requires: buero.raum_m2 >= 25
{SAYS}{ADVICE}examples:
  base: {{buero.vorgesehen: ja}}
  cases:
    - {{given: {{buero.raum_m2: 25}}, then: fulfilled}}
    - {{given: {{buero.raum_m2: 24.9}}, then: violated}}
    - {{given: {{}}, then: open, because: facts, missing: [buero.raum_m2]}}
    - {{given: {{buero.vorgesehen: nein}}, then: not_applicable}}
"""

DANGER = f"""\
id: laufzeit.kurz
title: Keine kurze Laufzeit
strength: empfohlen
wording: wichtig
source: [laufzeit-01]
phase: [umsetzung, ausschreibung]
since: "0.1"
avoid: vertrag.laufzeit < parameter.kurz at stichtag
interpretation: Der Leitfaden nennt keine Zahl.
parameter: kurz
{SAYS}{ADVICE}examples:
  cases:
    - {{given: {{vertrag.dauer: 36}}, then: fulfilled}}
    - {{given: {{vertrag.dauer: 35}}, then: violated}}
    - {{given: {{}}, then: open}}
"""

HINT = """\
id: raeume.technik
title: Ein Internetzugang
kind: hint
wording: kann
source: [raeume-02]
phase: [umsetzung]
since: "0.1"
offer_when: some s in stellen satisfies (s.umfang >= 0.5)
taken_when: buero.technik has "internet"
says:
  offered: Das ginge auch ({stellen_zusammen}).
  taken: Das ist schon so.
examples:
  cases:
    - {given: {stellen: {a: {umfang: 1}}}, then: offered}
    - {given: {buero.technik: [internet]}, then: taken}
    - {given: {}, then: silent}
"""

FILES = {
    "knowledge/facts/probe.yaml": FACTS,
    "knowledge/parameters/kurz.yaml": PARAMETER,
    "knowledge/guideline/hegiss-2018.yaml": GUIDELINE,
    "rules/raeume/raum.yaml": RULE,
    "rules/laufzeit/kurz.yaml": DANGER,
    "rules/raeume/technik.yaml": HINT,
}
FACT_FILE, PARAMETER_FILE, GUIDELINE_FILE, RULE_FILE, DANGER_FILE, HINT_FILE = FILES


class SmallBase:
    """The files of a rule base in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file of the base, new or in place of the one that stands there."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` in the place of `old`, which must stand there exactly once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def load(self) -> RuleBase:
        return load_rule_base(self.folder / "rules", self.folder / "knowledge")

    def problems(self) -> tuple[Problem, ...]:
        """Everything that the loader has against the base."""
        try:
            self.load()
        except KnowledgeError as error:
            return error.problems
        return ()

    def problem(self) -> Problem:
        """The one problem of the base."""
        (problem,) = self.problems()
        return problem
