from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.setup.conftest import HEADER

from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.knowledge.parameters import Parameters
from qmadvisor.resources import knowledge_root
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.json_schema import setup_schema
from qmadvisor.setup.model import Setup
from qmadvisor.setup.template import setup_template

EXAMPLES = sorted((knowledge_root() / "examples").glob("*.yaml"))
SetupOf = Callable[..., Setup]
ErrorsOf = Callable[..., list[str]]

#: What both the reader and the schema take. YAML dates stay texts, as they are in JSON.
USUAL = """
programm: soziale_stadt
programm: Soziale Stadt
programm: unbekannt
programm: null
phase: isek
phase: Erarbeitung des ISEK
notiz: Entwurf
notiz: null
parameter: {vollzeitwoche: 39}
parameter: {vollzeitwoche: "39,5", nettojahresstunden: aus}
parameter: {vollzeitwoche: null}
parameter: null
abweichungen: null
abweichungen: {raum.a: {grund: Saal}}
abweichungen: {raum.a: {grund: Saal, vereinbart_mit: HEGISS, datum: "2026-01-31", bis: "31.12.2027"}}
abweichungen: {raum.a: {grund: Saal, bis: 2027}}
abweichungen: {raum.a: {grund: Saal, bis: "2027-06", vereinbart_mit: null, datum: null}}
gebiet: {einwohner: 1200}
gebiet: {einwohner: "1200"}
gebiet: {einwohner: mindestens 1200}
gebiet: {einwohner: 1000 bis 1200}
gebiet: {einwohner: "ca. 1100 (1000 bis 1200)"}
gebiet: {einwohner: unbekannt}
gebiet: {einwohner: null}
gebiet: {einwohner: {wert: 1200, notiz: Statistik}}
gebiet: {einwohner: {wert: unbekannt, notiz: wird erhoben}}
gebiet: {einwohner: {wert: 1200, notiz: null}}
gebiet: null
gebiet: unbekannt
gebiet: {}
gebiet.einwohner: 1200
gebiet: {flaeche_ha: 12.5}
gebiet: {flaeche_ha: "12,5"}
gebiet: {flaeche_ha: höchstens 13 ha}
buero: {vorgesehen: ja}
buero: {vorgesehen: nein}
buero: {vorgesehen: true}
buero: {vorgesehen: {wert: ja, notiz: beschlossen}}
buero.vorgesehen: false
buero: {technik: [computer, internet]}
buero: {technik: [ein Computer]}
buero: {technik: []}
buero: {technik: keine}
buero: {technik: {computer: ja, beamer: nein, internet: unbekannt}}
buero: {technik: {vollstaendig: ja, computer: true, notiz: laut Angebot}}
buero: {technik: {wert: [computer], notiz: laut Angebot}}
buero: {technik: unbekannt}
vertrag: {beginn: "2026-01-31"}
vertrag: {beginn: 31.01.2026}
vertrag: {beginn: 2026}
vertrag: {beginn: frühestens März 2026}
vertrag: {beginn: {wert: 2026, notiz: geplant}}
vertrag: {dauer: 36}
stellen: keine
stellen: null
stellen: unbekannt
stellen: {}
stellen: {vollstaendig: ja}
stellen: {vollstaendig: unbekannt, leitung: {}, notiz: Stand März}
stellen: {leitung: null}
stellen: {wert: keine, notiz: beschlossen}
stellen: {leitung: {rolle: qm, umfang: 0.5, notiz: befristet}}
stellen: {leitung: {rolle: Quartiersmanagement}}
stellen: {leitung: {rolle: {wert: qm, notiz: neu}}}
stellen: {leitung: {umfang: "0,5"}}
stellen: {leitung: {umfang: "0,5 Stellen"}}
stellen: {leitung: {umfang: {wert: 0.5, notiz: laut Haushalt}}}
stellen: {leitung: {umfang: {anteil: 0.5, wochenstunden: 19.5, vollzeitwoche: 39}}}
stellen: {leitung: {umfang: {jahresstunden: 800, wochen: 50, basis: verteilt}}}
stellen: {leitung: {umfang: {jahresstunden: 800, wochen: null, basis: Nettostunden, notiz: Vertrag}}}
stellen: {leitung: {umfang: {jahresstunden: 750 bis 800, wochen: unbekannt, basis: unbekannt}}}
stellen: {leitung: {kompetenzen: [planung], umfang: unbekannt}}
stellen: {leitung: {kompetenzen: {planung: ja, vollstaendig: nein}}}
akteure: {stadt: {name: Stadt}}
akteure: {stadt: {name: {wert: Stadt, notiz: Amt 61}}}
aufgaben: {zuordnung: keine}
aufgaben: {zuordnung: unbekannt}
aufgaben: {zuordnung: {vollstaendig: ja, notiz: Entwurf}}
aufgaben: {zuordnung: {planung: {stadt: federfuehrung}}}
aufgaben: {zuordnung: {bau.planung: {stadt: Federführung, verein: mitwirkung, notiz: Beschluss}}}
aufgaben: {zuordnung: {bau: {gwa: niemand}, anhang-01: {wert: niemand, notiz: später}}}
aufgaben: {zuordnung: {anhang-01: unbekannt, anhang-02: null, anhang-03: {stadt: unbekannt}}}
aufgaben: {zuordnung: {wert: {anhang-01: niemand}, notiz: Entwurf}}
aufgaben.zuordnung: {anhang-01: {wert: {stadt: mitwirkung}, notiz: Entwurf}}
"""

#: What is wrong in its structure: both refuse it.
WRONG = """
titel: ""
titel: [a]
schema: qmadvisor.setup/2
farbe: rot
programm: neue_stadt
phase: [isek]
notiz: {a: b}
parameter: {schwelle: 5}
parameter: {vollzeitwoche: [39]}
parameter: 39
abweichungen: {raum.a: Saal}
abweichungen: {raum.a: {vereinbart_mit: HEGISS}}
abweichungen: {raum.z: {grund: Saal}}
abweichungen: {raum.a: {grund: Saal, farbe: rot}}
abweichungen: [raum.a]
gebiet: 5
gebiet: {haeuser: 5}
gebiet: {einwohner: -1}
gebiet: {einwohner: 1000001}
gebiet: {einwohner: 12.5}
gebiet: {einwohner: true}
gebiet: {einwohner: [5]}
gebiet: {einwohner: {wert: 5, quelle: Statistik}}
gebiet.haeuser: 5
buero: {vorgesehen: vielleicht}
buero: {vorgesehen: 1}
buero: {vorgesehen: {antwort: ja}}
buero: {technik: computer}
buero: {technik: [fax]}
buero: {technik: [computer, computer]}
buero: {technik: {fax: ja}}
buero: {technik: {computer: vielleicht}}
vertrag: {beginn: [2026]}
vertrag: {beginn: true}
stellen: [leitung]
stellen: 2
stellen: {Leitung Nord: {}}
stellen: {leitung: 0.5}
stellen: {leitung: {farbe: rot}}
stellen: {leitung: {rolle: hausmeister}}
stellen: {leitung: {umfang: -1}}
stellen: {leitung: {umfang: 21}}
stellen: {leitung: {umfang: [0.5]}}
stellen: {leitung: {umfang: {tage: 3}}}
stellen: {leitung: {umfang: {basis: brutto, jahresstunden: 800}}}
stellen: {vollstaendig: vielleicht}
stellen_zusammen: 1
aufgaben: {zuordnung: niemand}
aufgaben: {zuordnung: [anhang-01]}
aufgaben: {zuordnung: {anhang-09: niemand}}
aufgaben: {zuordnung: {bau: niemand}}
aufgaben: {zuordnung: {bau: {stadt: federfuehrung}}}
aufgaben: {zuordnung: {geld.gwa: niemand}}
aufgaben: {zuordnung: {anhang-01: stadt}}
aufgaben: {zuordnung: {anhang-01: [stadt]}}
aufgaben: {zuordnung: {anhang-01: {stadt: leitung}}}
aufgaben: {zuordnung: {anhang-01: {federfuehrung: stadt}}}
aufgaben: {zuordnung: {anhang-01: {Stadt: mitwirkung}}}
"""


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.fixture(scope="module")
def schema(catalogue: Catalogue, parameters: Parameters) -> dict[str, Any]:
    return setup_schema(catalogue, ["raum.a", "raum.b"], parameters.adjustable)


@pytest.fixture(scope="module")
def faults(schema: dict[str, Any]) -> Callable[[str], list[str]]:
    validator = Draft202012Validator(schema)

    def check(line: str) -> list[str]:
        data = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"} | yaml.load(line, _Loader)
        return [error.message for error in validator.iter_errors(data)]

    return check


class _Loader(yaml.SafeLoader):
    """YAML 1.2, as the reader has it: "ja" and dates are texts."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def real_schema() -> dict[str, Any]:
    base = default_rule_base()
    rules = [rule.id for rule in base.rules if not rule.is_hint]
    return setup_schema(base.knowledge.catalogue, rules, base.knowledge.parameters.adjustable)


def test_it_is_a_schema(schema: dict[str, Any], real_schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    jsonschema_rs.meta.validate(real_schema)  # the same in milliseconds, where the other takes seconds


def test_a_slip_deep_inside_would_be_noticed(real_schema: dict[str, Any]) -> None:
    broken = deepcopy(real_schema)
    broken["properties"]["stellen"] = {"anyOf": [{"properties": {"a": {"type": "strin"}}}]}
    with pytest.raises(jsonschema_rs.ValidationError, match="strin"):
        jsonschema_rs.meta.validate(broken)


@pytest.mark.parametrize("line", lines(USUAL))
def test_the_usual_notations_are_accepted(
    faults: Callable[[str], list[str]], setup_of: SetupOf, line: str
) -> None:
    assert setup_of(line + "\n", rule_ids=["raum.a", "raum.b"]).title == "Nordstadt"
    assert faults(line) == []


@pytest.mark.parametrize("line", lines(WRONG))
def test_a_wrong_structure_is_refused(
    faults: Callable[[str], list[str]], errors_of: ErrorsOf, line: str
) -> None:
    key = line.partition(":")[0]
    header = "".join(one + "\n" for one in HEADER.splitlines() if not one.startswith(f"{key}:"))
    assert errors_of(line + "\n", header=header, rule_ids=["raum.a", "raum.b"])
    assert faults(line) != []


@pytest.mark.parametrize("missing", ["schema", "titel"])
def test_schema_and_title_are_required(schema: dict[str, Any], missing: str) -> None:
    data = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
    del data[missing]
    assert not Draft202012Validator(schema).is_valid(data)


def test_every_question_has_a_title_and_its_text(schema: dict[str, Any], catalogue: Catalogue) -> None:
    for fact in catalogue.inputs:
        node = schema["properties"][fact.path]
        assert node["title"] == fact.words.label
        assert fact.spec.question in node["description"]


def test_nested_and_dotted_keys_say_the_same(real_schema: dict[str, Any]) -> None:
    for fact in default_rule_base().knowledge.catalogue.inputs:
        folder, _, last = fact.path.partition(".")
        if last:
            nested = real_schema["properties"][folder]["anyOf"][0]["properties"][last]
            assert nested == real_schema["properties"][fact.path]


def test_the_empty_file_that_new_writes_fits(real_schema: dict[str, Any]) -> None:
    text = setup_template(default_rule_base().knowledge.catalogue)
    assert list(Draft202012Validator(real_schema).iter_errors(yaml.load(text, _Loader))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_setup_fits(real_schema: dict[str, Any], path: Any) -> None:
    data = yaml.load(path.read_text("utf-8"), _Loader)
    assert [error.message for error in Draft202012Validator(real_schema).iter_errors(data)] == []
