"""The kinds of carriers: what the file must hold, and that it says no more than the guideline."""

from __future__ import annotations

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.knowledge.carriers import Carrier
from qmadvisor.rules.loader import default_rule_base

KNOWLEDGE = default_rule_base().knowledge
CARRIERS = KNOWLEDGE.carriers
ALL = list(CARRIERS.values())

FILE = "knowledge/carriers.yaml"
TEXT = """\
carriers:
  - key: verein
    title: Verein
    passages: [raeume-01]
    work: Er arbeitet.
    strengths: Er kennt alle.
    relation: Er ist es selbst.
    models:
      - {model: modell_1, passages: [raeume-02]}
  - key: buero
    title: Büro
    passages: [laufzeit-01]
    work: Es plant.
    strengths: Es kann planen.
    relation: Es hilft.
    models: []
    interpretation: Es ist bei keinem Modell genannt.
"""


@pytest.fixture
def carriers(base: SmallBase) -> SmallBase:
    """A small rule base with two kinds of carriers."""
    base.write(FILE, TEXT)
    return base


# What it accepts and refuses


def test_a_rule_base_without_the_file_has_no_carriers(base: SmallBase) -> None:
    assert base.load().knowledge.carriers == {}


def test_carriers_come_by_key_in_the_order_of_the_file(carriers: SmallBase) -> None:
    found = carriers.load().knowledge.carriers
    assert list(found) == ["verein", "buero"]
    assert [typical.model for typical in found["verein"].models] == ["modell_1"]
    assert found["verein"].models[0].passages == ("raeume-02",)
    assert found["buero"].models == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("key: buero", "key: verein", ":10:5 carriers.1.key", "Diese Trägerart gibt es schon."),
        ("key: buero", "key: Büro", ":10:5 carriers.1.key", "Dieser Name hat nicht die erwartete Form."),
        ("[raeume-01]", "[raeume-11]", ":4:16 carriers.0.passages.0", "Diese Passage gibt es nicht."),
        ("[raeume-02]", "[raeume-01, raeume-22]", ":9:49 carriers.0.models.0.passages.1",
         "Diese Passage gibt es nicht."),
        ("[raeume-01]", "[]", ":4:5 carriers.0.passages", "Hier wird mindestens ein Eintrag erwartet."),
        ("model: modell_1", "model: modell_6", ":9:10 carriers.0.models.0.model",
         "Dieser Wert ist hier nicht vorgesehen."),
        ("      - {model: modell_1, passages: [raeume-02]}\n",
         "      - {model: modell_1, passages: [raeume-02]}\n" * 2, ":10:10 carriers.0.models.1.model",
         "Dieses Modell ist hier schon genannt."),
        ("    interpretation: Es ist bei keinem Modell genannt.\n", "", ":10:5 carriers.1",
         "Ohne typisches Modell sagt „interpretation“, warum keines genannt ist."),
        ("    work: Es plant.\n", "", ":10:5 carriers.1.work",
         "Dieser Schlüssel ist nötig und noch nicht angegeben."),
        ("work: Es plant.", 'work: " "', ":13:5 carriers.1.work", "Dieser Text ist leer."),
        ("work: Es plant.", "rank: 1", ":13:5 carriers.1.rank", "Diesen Schlüssel gibt es hier nicht."),
    ],
)  # fmt: skip
def test_what_the_file_refuses(carriers: SmallBase, old: str, new: str, place: str, message: str) -> None:
    carriers.change(FILE, old, new)
    found = [(str(problem.place), problem.message) for problem in carriers.problems()]
    assert (f"carriers.yaml{place}", message) in found


def test_an_unknown_passage_names_the_nearest(carriers: SmallBase) -> None:
    carriers.change(FILE, "[laufzeit-01]", "[laufzeit-1]")
    problem = carriers.problem()
    assert problem.code == "unknown_passage"
    assert problem.found == "laufzeit-1"
    assert problem.remedy == "Meinten Sie „laufzeit-01“?"


def test_all_problems_are_reported_at_once(carriers: SmallBase) -> None:
    carriers.change(FILE, "[raeume-01]", "[raeume-11]")
    carriers.change(FILE, "[raeume-02]", "[raeume-22]")
    carriers.change(FILE, "key: buero", "key: verein")
    codes = [problem.code for problem in carriers.problems()]
    assert codes == ["unknown_passage", "unknown_passage", "duplicate_carrier"]


# What it holds


def test_it_has_the_seven_kinds_of_the_guideline() -> None:
    assert list(CARRIERS) == [
        "freie_traeger",
        "stadtteilverein",
        "traegerverein",
        "planungsbuero",
        "sanierungstraeger",
        "staedtische_gesellschaft",
        "wohnungsbaugesellschaft",
    ]


def test_the_question_for_the_carriers_offers_the_same_kinds() -> None:
    assert list(KNOWLEDGE.catalogue.facts["traegerschaft.art"].words.choices) == list(CARRIERS)


def test_together_they_rest_on_the_passages_8_to_31_in_order() -> None:
    cited = [passage for carrier in ALL for passage in carrier.passages]
    assert cited == [f"traegerschaft-{number:02}" for number in range(8, 32)]


@pytest.mark.parametrize("carrier", ALL, ids=lambda carrier: carrier.key)
def test_models_rest_on_passages_of_their_own_section(carrier: Carrier) -> None:
    cited = [passage for typical in carrier.models for passage in typical.passages]
    assert {KNOWLEDGE.guideline.passages[passage].section for passage in cited} <= {"modelle"}
    assert [typical.model for typical in carrier.models] == sorted(
        typical.model for typical in carrier.models
    )


@pytest.mark.parametrize("carrier", ALL, ids=lambda carrier: carrier.key)
def test_a_hint_tells_of_each_kind_what_the_guideline_says(carrier: Carrier) -> None:
    rule_id = f"traegerschaft.{carrier.key.replace('_', '-')}"
    (hint,) = (rule for rule in default_rule_base().rules if rule.id == rule_id)
    assert hint.is_hint
    assert set(hint.spec.source) <= set(carrier.passages)
