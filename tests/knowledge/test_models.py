"""The models of the guideline: what the file must be, and that the function decides by what it says."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.knowledge.functions.models import MIXED, PATTERNS, Pattern
from qmadvisor.knowledge.models import ModelSpec
from qmadvisor.rules.loader import default_rule_base

KNOWN = default_rule_base().knowledge
FILE = "knowledge/models.yaml"
MODEL = """\
models:
  - key: eins
    title: Eins
    passages: [raeume-01]
    variants: [{steuerung: [kommune], planung: [kommune], gwa: [qm_traeger]}]
    called: {gwa: true}
    steering: a
    planning: b
    community_work: c
    name: d
    carriers: e
"""


def test_a_rule_base_without_the_file_has_no_models(base: SmallBase) -> None:
    assert base.load().knowledge.models == {}


def test_a_model_is_found_by_its_key(base: SmallBase) -> None:
    base.write(FILE, MODEL)
    (model,) = base.load().knowledge.models.values()
    assert (model.title, model.variants[0].gwa, model.similar) == ("Eins", ("qm_traeger",), "")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("raeume-01", "raeume-99", "4:16 models.0.passages.0", "Diese Passage gibt es nicht."),
        ("carriers: e", "carriers: e\n    similar: zwei", "12:5 models.0.similar",
         "Dieses Modell gibt es nicht."),
        ("[kommune], planung", "[koenig], planung", "5:29 models.0.variants.0.steuerung.0",
         "Dieser Wert ist hier nicht vorgesehen."),
        ("{gwa: true}", "{gwa: vielleicht}", "6:14 models.0.called.gwa",
         "Hier wird true oder false erwartet."),
        ("    title: Eins\n", "", "2:5 models.0.title",
         "Dieser Schlüssel ist nötig und noch nicht angegeben."),
        ("models:\n", MODEL, "12:5 models.1.key", "Dieses Modell gibt es schon."),
    ],
)  # fmt: skip
def test_what_a_model_cannot_be(base: SmallBase, old: str, new: str, place: str, message: str) -> None:
    base.write(FILE, MODEL.replace(old, new))
    problem = base.problem()
    assert (str(problem.place), problem.message) == (f"models.yaml:{place}", message)


# What the file says


def test_the_five_models_and_the_mixed_form_are_what_a_plan_can_choose() -> None:
    for fact in ("modell.gewaehlt", "modell.moeglich"):
        assert list(KNOWN.catalogue.facts[fact].words.choices) == list(KNOWN.models)
    assert list(KNOWN.models) == [*PATTERNS, MIXED]


def patterns_of(
    model: ModelSpec,
) -> list[tuple[frozenset[str], frozenset[str], frozenset[str], Mapping[str, bool]]]:
    return [
        (
            frozenset(variant.steuerung),
            frozenset(variant.planung),
            frozenset(variant.gwa),
            dict(model.called),
        )
        for variant in model.variants
    ]


@pytest.mark.parametrize("key", PATTERNS)
def test_the_function_decides_by_what_the_file_says(key: str) -> None:
    def told(pattern: Pattern) -> tuple[object, ...]:
        return (pattern.steering, pattern.planning, pattern.community_work, dict(pattern.called))

    assert patterns_of(KNOWN.models[key]) == [told(pattern) for pattern in PATTERNS[key]]


def test_models_that_blend_into_each_other_name_each_other() -> None:
    similar = {key: model.similar for key, model in KNOWN.models.items() if model.similar}
    assert similar == {"modell_3": "modell_4", "modell_4": "modell_3"}
