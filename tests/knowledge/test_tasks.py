"""The overview of tasks: what the loader refuses, which entries are one task, and what the real one holds."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.errors import KnowledgeError
from qmadvisor.knowledge.tasks import load_tasks
from qmadvisor.language.matrix import Overview
from qmadvisor.rules.loader import default_rule_base

TASKS_FILE = "knowledge/tasks.yaml"
TASKS = """\
title: Aufgaben
areas: {bau: Bau, geld: Geld}
columns: {planung: Planung, gwa: Gemeinwesenarbeit}
models:
  modell_1: {source: [raeume-01], leads: {planung: [kommune]}, one_actor: true}
tasks:
  - {id: anhang-01, area: bau, column: planung, page: 1, label: Pläne prüfen}
  - {id: anhang-02, area: bau, column: planung, page: 1, label: Netz pflegen, same_as: anhang-03}
  - {id: anhang-03, area: bau, column: gwa, page: 1, label: Netz pflegen, same_as: anhang-02, similar_to: anhang-04}
  - {id: anhang-04, area: geld, column: planung, page: 2, label: Netze knüpfen, similar_to: anhang-03}
  - {id: anhang-05, area: geld, column: planung, page: 2, label: Feste feiern, if_needed: true}
"""
MATRIX = "  aufgaben.zuordnung: {type: task_matrix, list: stellen, label: Verteilung}\n"
REAL = default_rule_base().knowledge


def overview_of(tmp_path: Path, text: str = TASKS) -> Overview:
    path = tmp_path / "tasks.yaml"
    path.write_text(text, "utf-8")
    return load_tasks(path)


# What it refuses


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("id: anhang-02", "id: anhang-01", ":8:6 tasks.1.id", "Diese Aufgabe gibt es schon."),
        ("area: bau, column: gwa", "area: bau2, column: gwa", ":9:21 tasks.2.area", "Diesen Bereich gibt es nicht."),
        ("area: bau, column: gwa", "area: bau, column: gvva", ":9:32 tasks.2.column", "Diese Spalte gibt es nicht."),
        ("same_as: anhang-03}", "same_as: anhang-09}", ":8:79 tasks.1.same_as", "Diese Aufgabe gibt es nicht."),
        (", similar_to: anhang-03}", "}", ":9:95 tasks.2.similar_to", "Die andere Aufgabe nennt diese nicht."),
        ("gwa, page: 1, label: Netz pflegen", "gwa, page: 1, label: Netze", ":8:79 tasks.1.same_as",
         "Dieselbe Aufgabe hat hier einen anderen Namen."),
        ("leads: {planung:", "leads: {plan:", ":5:43 models.modell_1.leads.plan", "Diese Spalte gibt es nicht."),
        ("label: Feste feiern", "label: ''", ":11:59 tasks.4.label", "Dieser Text ist leer."),
        ("id: anhang-05", "id: fuenf", ":11:6 tasks.4.id", "Dieser Name hat nicht die erwartete Form."),
        ("title: Aufgaben\n", "", ":1:1 title", "Dieser Schlüssel ist nötig und noch nicht angegeben."),
        ("if_needed", "ifneeded", ":11:80 tasks.4.ifneeded", "Diesen Schlüssel gibt es hier nicht."),
    ],
)  # fmt: skip
def test_what_the_loader_refuses(base: SmallBase, old: str, new: str, place: str, message: str) -> None:
    base.write(TASKS_FILE, TASKS)
    base.change(TASKS_FILE, old, new)
    found = [(str(problem.place), problem.message) for problem in base.problems()]
    assert (f"tasks.yaml{place}", message) in found


def test_an_unknown_partner_names_the_nearest_and_a_silent_one_what_it_should_say(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        overview_of(tmp_path, TASKS.replace("same_as: anhang-03", "same_as: anhang-33"))
    unknown, one_sided = caught.value.problems
    assert (unknown.found, unknown.remedy) == ("anhang-33", "Meinten Sie „anhang-03“?")
    assert one_sided.remedy == "Nennen Sie bei „anhang-02“ umgekehrt same_as: anhang-03."


@pytest.mark.parametrize(
    "facts", [MATRIX, "  a.b: {type: multiple, choices_from: aufgaben, label: a, contains: b, lacks: c}\n"]
)
def test_a_fact_about_tasks_needs_the_overview(base: SmallBase, facts: str) -> None:
    base.write("knowledge/facts/zusatz.yaml", f"topic: zusatz\ntitle: Zusatz\nfacts:\n{facts}")
    assert base.problem().message == "Es gibt keine Aufgabenübersicht (tasks.yaml)."
    base.write(TASKS_FILE, TASKS)
    base.load()


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("{type: task_matrix, label: a}", "Ein Fakt vom Typ task_matrix braucht den Schlüssel „list“."),
        ("{type: task_matrix, list: buero, label: a}", "Diese Liste gibt es nicht."),
        ("{type: multiple, label: a, contains: b, lacks: c, choices_from: aufgaben, choices: {d: e}}",
         "Die Auswahl steht entweder hier (choices) oder anderswo (choices_from)."),
        ("{type: list, label: a, record: {singular: b, plural: c, gender: m}, fields: "
         "{d: {type: task_matrix, list: stellen, label: e}}}",
         "Das Feld „d“ kann weder eine Liste noch abgeleitet oder berechnet sein."),
    ],
)  # fmt: skip
def test_the_form_of_facts_about_tasks(base: SmallBase, fact: str, message: str) -> None:
    base.write(TASKS_FILE, TASKS)
    base.write("knowledge/facts/zusatz.yaml", f"topic: zusatz\ntitle: Zusatz\nfacts:\n  a.b: {fact}\n")
    assert base.problem().message == message


def test_a_rule_cannot_read_the_distribution_itself(base: SmallBase) -> None:
    base.write(TASKS_FILE, TASKS)
    base.write("knowledge/facts/zusatz.yaml", f"topic: zusatz\ntitle: Zusatz\nfacts:\n{MATRIX}")
    base.change(
        "rules/raeume/raum.yaml",
        "requires: buero.raum_m2 >= 25",
        'requires: aufgaben.zuordnung has "anhang-01"',
    )
    assert str(base.problem()) == (
        "raum.yaml:9:1 requires (Zeichen 1): Eine Aufgabenverteilung ist kein einzelner Wert.\n"
        "  gefunden: aufgaben.zuordnung\n"
        "  Abhilfe:  Nehmen Sie einen Fakt, der daraus berechnet ist, zum Beispiel eine Anzahl von Aufgaben."
    )


# Which entries are one task


def test_without_the_file_there_are_no_tasks(tmp_path: Path) -> None:
    assert load_tasks(tmp_path / "tasks.yaml") == Overview()


def test_what_is_the_same_or_alike_is_one_task_named_after_the_first(tmp_path: Path) -> None:
    overview = overview_of(tmp_path)
    tasks = [
        (task.key, task.label, [[entry.key for entry in part] for part in task.parts])
        for task in overview.tasks.values()
    ]
    assert tasks == [
        ("anhang-01", "Pläne prüfen", [["anhang-01"]]),
        ("anhang-02", "Netz pflegen", [["anhang-02", "anhang-03"], ["anhang-04"]]),
        ("anhang-05", "Feste feiern", [["anhang-05"]]),
    ]
    assert [task.if_needed for task in overview.tasks.values()] == [False, False, True]
    assert overview.blocks == {
        "bau.planung": ["anhang-01", "anhang-02"],
        "bau.gwa": ["anhang-03"],
        "geld.planung": ["anhang-04", "anhang-05"],
    }
    assert overview.models["modell_1"].leads == {"planung": {"kommune"}}
    assert overview.models["modell_1"].one_actor


@pytest.mark.parametrize(
    "keys", list(itertools.permutations(["anhang-01", "anhang-02", "anhang-03", "anhang-04"]))
)
def test_a_chain_is_one_class_wherever_its_links_stand(tmp_path: Path, keys: tuple[str, ...]) -> None:
    one, two, three, four = keys
    links = {
        one: f"same_as: {two}",
        two: f"same_as: {one}, similar_to: {three}",
        three: f"similar_to: {two}, same_as: {four}",
        four: f"same_as: {three}",
    }
    lines = [
        f"  - {{id: {key}, area: bau, column: gwa, page: 1, label: Name, {links[key]}}}"
        for key in sorted(keys)
    ]
    overview = overview_of(tmp_path, TASKS[: TASKS.index("models:")] + "tasks:\n" + "\n".join(lines))
    (task,) = overview.tasks.values()
    assert task.key == "anhang-01"
    assert {frozenset(entry.key for entry in part) for part in task.parts} == {
        frozenset({one, two}),
        frozenset({three, four}),
    }


# What the real one holds


def test_it_has_130_entries_in_8_areas_and_3_columns_that_name_94_tasks() -> None:
    tasks = REAL.tasks
    assert (len(tasks.entries), len(tasks.areas), len(tasks.columns), len(tasks.tasks)) == (130, 8, 3, 94)
    assert [task.key for task in tasks.tasks.values() if task.if_needed] == ["anhang-86"]
    assert all("," not in entry.label for entry in tasks.entries.values())


def test_different_tasks_have_different_names() -> None:
    labels = [part[0].label for task in REAL.tasks.tasks.values() for part in task.parts]
    assert len(labels) == len(set(labels)) == 102


def test_the_ranges_in_the_catalogue_are_those_of_the_overview() -> None:
    facts = REAL.catalogue.facts
    everything = len(REAL.tasks.tasks)
    gaps = sum(not task.if_needed for task in REAL.tasks.tasks.values())
    assert facts["aufgaben.ohne_zustaendige_anzahl"].spec.max == gaps
    assert facts["aufgaben.mehrfach_gefuehrt_anzahl"].spec.max == everything
    assert facts["aufgaben.gegen_modell_anzahl"].spec.max == everything


def test_the_models_are_those_that_can_be_chosen_and_cite_passages() -> None:
    chosen = REAL.catalogue.facts["modell.gewaehlt"].words.choices
    arts = REAL.catalogue.facts["akteure"].fields["art"].words.choices
    assert [*REAL.tasks.models, "mischform"] == list(chosen)
    for rule in REAL.tasks.models.values():
        assert all(kinds <= arts.keys() for kinds in rule.leads.values())


def test_who_does_what_in_a_model_may_also_lead() -> None:
    """The two tables agree: `models.yaml` names the parties of each model, `tasks.yaml` who may lead in it."""
    for key, model in REAL.models.items():
        rule = REAL.tasks.models.get(key)
        for variant in model.variants:
            for column in REAL.tasks.columns:
                parties = set(getattr(variant, column)) - {"gemeinsam"}
                assert rule is None or column not in rule.leads or parties <= rule.leads[column], (
                    key,
                    column,
                )
