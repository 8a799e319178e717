"""A small catalogue of its own, so that these tests do not change with the content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qmadvisor import documents
from qmadvisor.errors import SetupError
from qmadvisor.knowledge.catalogue import Catalogue, load_catalogue
from qmadvisor.knowledge.parameters import Parameters, load_parameters
from qmadvisor.knowledge.tasks import load_tasks
from qmadvisor.setup.model import Setup
from qmadvisor.setup.reader import read_setup, read_values

AS_OF = date(2026, 11, 22)
HEADER = "schema: qmadvisor.setup/1\ntitel: Nordstadt\n"

FACTS = """
topic: probe
title: Probe
facts:
  gebiet.einwohner:
    {type: integer, unit: Einwohner, min: 0, max: 1000000, label: Einwohnerzahl, phrase: die Zahl}
  gebiet.flaeche_ha: {type: decimal, unit: ha, min: 0, max: 100000, label: Fläche, phrase: die Fläche}
  buero.vorgesehen:
    {type: bool, label: Büro, holds: ein Büro ist vorgesehen, fails: ein Büro ist nicht vorgesehen}
  buero.raum_m2:
    type: decimal
    unit: m²
    min: 0
    max: 2000
    label: Größe
    phrase: die Größe
    renamed_from: buero.flaeche
  buero.technik:
    type: multiple
    label: Technik
    contains: dazu gehört {item}
    lacks: dazu gehört nicht {item}
    choices: {computer: ein Computer, internet: ein Internetzugang, beamer: ein Beamer}
  vertrag.beginn: {type: date, min: 1999-01-01, max: 2060-12-31, label: Beginn, phrase: der Beginn}
  vertrag.dauer: {type: integer, unit: Monate, min: 0, max: 480, label: Dauer, phrase: die Dauer}
  vertrag.ende: {type: date, min: 1999-01-01, max: 2060-12-31, label: Ende, phrase: das Ende}
  vertrag.monate:
    type: integer
    unit: Monate
    label: Laufzeit
    phrase: die Laufzeit
    computed: {function: laufzeit_monate, inputs: [vertrag.beginn, vertrag.ende, vertrag.dauer]}
  akteure:
    type: list
    label: Akteure
    record: {singular: Akteur, plural: Akteure, gender: m}
    fields: {name: {type: text, max_length: 40, label: Name}}
  stellen:
    type: list
    label: Stellen
    record: {singular: Stelle, plural: Stellen, gender: f}
    fields:
      rolle:
        {type: choice, label: Rolle, phrase: die Rolle, choices: {qm: Quartiersmanagement, buero: Büro}}
      umfang: {type: stellenumfang, min: 0, max: 20, label: Umfang, phrase: der Umfang}
      kompetenzen:
        type: multiple
        label: Kompetenzen
        contains: dazu gehört {item}
        lacks: dazu gehört nicht {item}
        choices: {planung: Planung, moderation: Moderation}
      traeger: {type: actor, list: akteure, label: Träger, phrase: der Träger, renamed_from: anstellung}
  aufgaben.zuordnung: {type: task_matrix, list: akteure, label: Verteilung, question: Wer übernimmt was?}
  stellen_zusammen:
    type: decimal
    unit: Stellen
    label: Stellen zusammen
    phrase: der Umfang zusammen
    derived: sum(s.umfang for s in stellen)
"""

TASKS = """
title: Aufgaben
areas: {bau: Bau, geld: Geld}
columns: {planung: Planung, gwa: Gemeinwesenarbeit}
tasks:
  - {id: anhang-01, area: bau, column: planung, page: 1, label: Pläne prüfen}
  - {id: anhang-02, area: bau, column: planung, page: 1, label: Netzwerk pflegen, same_as: anhang-03}
  - {id: anhang-03, area: bau, column: gwa, page: 1, label: Netzwerk pflegen, same_as: anhang-02}
  - {id: anhang-04, area: geld, column: planung, page: 2, label: Mittel abrufen}
"""

PARAMETERS = {
    "vollzeitwoche": ("h/Woche/Stelle", True, '{value: 39, from: "2020-01-01", to: null, _}'),
    "nettojahresstunden": ("h/Jahr/Stelle", True, '{value: 1600, from: "2020-01-01", to: null, _}'),
    "schwelle": ("€", False, "{value: 221000, from: null, to: null, _}"),
}


@pytest.fixture(scope="session")
def parameters(tmp_path_factory: pytest.TempPathFactory) -> Parameters:
    folder = tmp_path_factory.mktemp("parameters")
    for name, (unit, adjustable, value) in PARAMETERS.items():
        text = f"parameter: {name}\ntitle: {name}\nunit: {unit}\nadjustable: {str(adjustable).lower()}\n"
        value = value.replace("_", "source: Probe, checked: null")
        (folder / f"{name}.yaml").write_text(f"{text}values:\n  - {value}\n", "utf-8")
    return load_parameters(folder)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory, parameters: Parameters) -> Catalogue:
    folder = tmp_path_factory.mktemp("facts")
    (folder / "probe.yaml").write_text(FACTS, "utf-8")
    overview = tmp_path_factory.mktemp("tasks") / "tasks.yaml"
    overview.write_text(TASKS, "utf-8")
    return load_catalogue(folder, parameters, load_tasks(overview))


@pytest.fixture(scope="session")
def given(catalogue: Catalogue, parameters: Parameters) -> Callable[..., Setup]:
    """Read facts alone."""

    def read(facts: dict[str, Any], as_of: date = AS_OF, **options: Any) -> Setup:
        return read_values(facts, catalogue, parameters, as_of, **options)

    return read


@pytest.fixture(scope="session")
def setup_of(catalogue: Catalogue, parameters: Parameters) -> Callable[..., Setup]:
    """Read the text of a file; the header is added."""

    def read(text: str, header: str = HEADER, **options: Any) -> Setup:
        node = documents.read_bytes((header + text).encode("utf-8", "surrogatepass"), "plan.yaml")
        return read_setup(node, catalogue, parameters, AS_OF, name="plan.yaml", **options)

    return read


@pytest.fixture(scope="session")
def errors_of(setup_of: Callable[..., Setup]) -> Callable[..., list[str]]:
    """Return the problems of a file, each as its text."""

    def read(text: str, **options: Any) -> list[str]:
        with pytest.raises(SetupError) as caught:
            setup_of(text, **options)
        return [str(problem) for problem in caught.value.problems]

    return read


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file and return its path."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
