"""The registry of functions behind computed facts."""

from __future__ import annotations

from tests.rules.small_base import SmallBase

from qmadvisor.knowledge.functions import FUNCTIONS, dates, models, procurement


def test_every_function_says_what_it_does() -> None:
    for function in FUNCTIONS.values():
        assert function.explanation
        assert len(function.explanation.split()) >= 5


def test_no_module_takes_a_name_from_another() -> None:
    modules = (dates, models, procurement)
    assert sum(len(module.FUNCTIONS) for module in modules) <= len(FUNCTIONS)


def test_options_that_a_function_does_not_know_are_refused(base: SmallBase) -> None:
    options = {
        "steuerung": models.PARTIES,
        "planung": models.PARTIES,
        "gwa": models.COMMUNITY_PARTIES,
        "moeglich": (*models.PATTERNS, models.MIXED),
    }

    def lines(extra: str) -> str:
        found = ["topic: zusatz", "title: Zusatz", "facts:"]
        for name, keys in options.items():
            shown = ", ".join(f"{key}: {key}" for key in keys)
            found.append(f"  m.{name}:")
            found.append(f"    {{type: choice, label: a, phrase: b, choices: {{{shown}{extra}}}")
            if name == "moeglich":
                inputs = "m.steuerung, m.planung, m.gwa, m.name"
                found[-1] += f", computed: {{function: moegliche_modelle, inputs: [{inputs}]}}"
            found[-1] += "}"
        areas = ", ".join(f"{area}: {area}" for area in models.AREAS)
        found.append(f"  m.name: {{type: multiple, label: a, contains: b, lacks: c, choices: {{{areas}}}}}")
        return "\n".join(found) + "\n"

    base.write("knowledge/facts/zusatz.yaml", lines(""))
    assert "m.moeglich" in base.load().knowledge.catalogue.facts
    base.write("knowledge/facts/zusatz.yaml", lines(", neu: neu"))
    assert base.problem().message == "Die Funktion kennt andere Auswahlmöglichkeiten."
