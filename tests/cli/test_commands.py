from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion
from tests.cli.conftest import DAY, Plan, Run
from tests.report.setups import BEGUN, READY

from qmadvisor import __version__, documents
from qmadvisor.errors import KnowledgeError, Problem
from qmadvisor.resources import knowledge_root, rules_root
from qmadvisor.rules import loader
from qmadvisor.rules.loader import RuleBase

# explain


@pytest.mark.parametrize(
    "rule",
    [
        "raeume.gruppenraum",
        "personal.vertragsdauer",
        "raeume.computer",
        "personal.halbe-stelle",
        "advice.raum-und-technik",
    ],
)
def test_explain_tells_a_rule_in_full(run: Run, plan: Plan, snapshot: SnapshotAssertion, rule: str) -> None:
    outcome = run("explain", plan(BEGUN), rule, "--engine", "compiled", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == snapshot


def test_explain_ends_well_also_where_a_rule_is_violated(run: Run, plan: Plan) -> None:
    outcome = run("explain", plan(READY), "raeume.gruppenraum", *DAY)
    assert outcome.code == 0
    assert "✘ nicht erfüllt · soll (möglichst)" in outcome.out


@pytest.mark.parametrize("command", [("explain", "plan.yaml"), ("rules", "show")])
def test_an_unknown_rule_gets_a_suggestion(run: Run, plan: Plan, command: tuple[str, ...]) -> None:
    plan()
    outcome = run(*command, "raeume.gruppenraun")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "Diese Regel gibt es nicht.\n"
        "  gefunden: raeume.gruppenraun\n"
        "  Abhilfe:  Meinten Sie „raeume.gruppenraum“?\n"
    )


# new


def test_new_writes_a_file_that_can_be_checked_as_it_is(run: Run, tmp_path: Path) -> None:
    outcome = run("new", "-o", "planung.yaml")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "planung.yaml geschrieben. Ausfüllen, dann: qmadvisor check planung.yaml\n"
    assert (tmp_path / "planung.yaml").read_text("utf-8") == run("new").out
    data = json.loads(run("check", "planung.yaml", "--format", "json", *DAY).out)
    assert data["summary"]["total"] == {"fulfilled": 0, "violated": 0, "open": 7, "not_applicable": 0}


def test_new_as_it_looks(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("new").out == snapshot


def test_new_overwrites_nothing_unless_told_to(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "planung.yaml"
    target.write_text("meine Arbeit")
    outcome = run("new", "-o", "planung.yaml")
    assert outcome.code == 2
    assert outcome.err == (
        "Die Datei gibt es schon.\n"
        "  gefunden: planung.yaml\n"
        "  Abhilfe:  Wählen Sie einen anderen Namen oder --force.\n"
    )
    assert target.read_text() == "meine Arbeit"
    assert run("new", "-o", "planung.yaml", "--force").code == 0
    assert target.read_text("utf-8").startswith("# Planung")


def test_new_with_all_real_questions_can_be_checked_and_answers_nothing(run_real: Run) -> None:
    assert run_real("new", "-o", "planung.yaml").code == 0
    data = json.loads(run_real("check", "planung.yaml", "--format", "json", "--engine", "compiled", *DAY).out)
    total = data["summary"]["total"]
    assert total["open"] > 0
    assert (total["fulfilled"], total["violated"]) == (0, 0)


# rules


def test_rules_are_listed_in_the_order_of_the_guideline(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("rules", "list").out == snapshot


def test_rules_of_one_section(run: Run) -> None:
    outcome = run("rules", "list", "--section", "laufzeit")
    assert outcome.out == f"{'soll':10}{'laufzeit.grosses-gebiet':48}Kein übergroßes Gebiet\n"
    assert [
        one["id"] for one in json.loads(run("rules", "list", "--section", "laufzeit", "--format", "json").out)
    ] == ["laufzeit.grosses-gebiet"]


def test_a_section_without_rules_says_so(run_real: Run) -> None:
    outcome = run_real("rules", "list", "--section", "literatur")
    assert (outcome.code, outcome.out) == (0, "Zum Abschnitt „literatur“ gibt es noch keine Regeln.\n")


def test_an_unknown_section_gets_a_suggestion(run: Run) -> None:
    outcome = run("rules", "list", "--section", "raum")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "Diesen Abschnitt gibt es nicht.\n"
        "  gefunden: raum\n"
        "  erlaubt:  laufzeit, raeume, personal, advice\n"
        "  Abhilfe:  Meinten Sie „raeume“?\n"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "raeume.gruppenraum",
        "personal.vertragsdauer",
        "raeume.zugang",
        "personal.sprechzeiten",
        "raeume.mitnutzung",
        "advice.raum-und-technik",
        "advice.stunden-und-gebiet",
    ],
)
def test_a_rule_as_it_is_shown(run: Run, snapshot: SnapshotAssertion, rule: str) -> None:
    outcome = run("rules", "show", rule)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == snapshot


def test_a_rule_as_json_is_its_file(run: Run, small_base: RuleBase) -> None:
    data = json.loads(run("rules", "show", "raeume.gruppenraum", "--format", "json").out)
    spec = small_base.rule("raeume.gruppenraum").spec
    examples = spec.examples.model_dump(mode="json", exclude_defaults=True)
    assert data == spec.model_dump(mode="json", exclude_defaults=True) | {"examples": examples}


def test_real_rules_and_facts_can_be_shown(run_real: Run) -> None:
    base = loader.default_rule_base()
    for rule in base.rules[::4]:
        outcome = run_real("rules", "show", rule.id)
        assert (outcome.code, outcome.err) == (0, "")
        assert f"[{rule.id}]" in outcome.out
    for path in list(base.knowledge.catalogue.facts)[::4]:
        outcome = run_real("facts", "show", path)
        assert (outcome.code, outcome.err) == (0, "")
        assert f"[{path}]" in outcome.out


def test_lint_and_test_count_what_they_did(run: Run) -> None:
    assert run("rules", "test").out == "12 Beispiele, davon 0 anders als erwartet.\n"
    outcome = run("rules", "lint")
    counted = "8 Regeln und 2 Ratschläge geprüft, "
    assert counted in outcome.out
    assert outcome.code == (0 if outcome.out.endswith(f"{counted}0 Beanstandungen.\n") else 1)


def test_a_wrong_example_is_code_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from qmadvisor.engine.examples import ExampleResult

    wrong = [ExampleResult("raeume.computer", 1, None), ExampleResult("raeume.computer", 2, "erwartet open")]
    monkeypatch.setattr("qmadvisor.engine.examples.run_examples", lambda checker: wrong)
    outcome = run("rules", "test")
    assert outcome.code == 1
    assert outcome.out == (
        "raeume.computer, Beispiel 2: erwartet open\n2 Beispiele, davon 1 anders als erwartet.\n"
    )


def test_an_objection_is_code_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("unread", "Diesen Fakt liest keine Regel.")
    monkeypatch.setattr("qmadvisor.engine.completeness.lint", lambda base: [problem])
    outcome = run("rules", "lint")
    assert outcome.code == 1
    assert (
        outcome.out
        == "Diesen Fakt liest keine Regel.\n8 Regeln und 2 Ratschläge geprüft, 1 Beanstandungen.\n"
    )


# advice


def test_advice_is_listed_by_itself(run: Run) -> None:
    listed = run("rules", "list", "--section", "advice").out.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["Ratschlag", "advice.raum-und-technik"],
        ["Ratschlag", "advice.stunden-und-gebiet"],
    ]
    data = json.loads(run("rules", "list", "--format", "json").out)
    assert [one["id"] for one in data][-2:] == ["advice.raum-und-technik", "advice.stunden-und-gebiet"]


def test_advice_as_json_is_its_file(run: Run, small_base: RuleBase) -> None:
    data = json.loads(run("rules", "show", "advice.raum-und-technik", "--format", "json").out)
    assert data == small_base.advice[0].spec.model_dump(mode="json", exclude_defaults=True)


def test_unknown_advice_gets_a_suggestion(run: Run, plan: Plan) -> None:
    for command in (("rules", "show"), ("explain", plan(BEGUN))):
        outcome = run(*command, "advice.raum-und-technk")
        assert outcome.code == 2
        assert "Meinten Sie „advice.raum-und-technik“?" in outcome.err


def test_a_fact_names_the_advice_that_reads_it(run: Run) -> None:
    assert "advice.stunden-und-gebiet" in run("facts", "show", "gebiet.einwohner").out


def test_all_real_advice_can_be_shown(run_real: Run) -> None:
    for advice in loader.default_rule_base().advice:
        outcome = run_real("rules", "show", advice.id)
        assert (outcome.code, outcome.err) == (0, "")
        assert "Wird gezeigt, wenn: " in outcome.out


# facts


def test_facts_are_listed_by_topic(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("facts", "list").out == snapshot


@pytest.mark.parametrize(
    "fact", ["buero.raum_m2", "buero.technik", "projekt.ende", "stellen", "personal.qm_stellen"]
)
def test_a_fact_as_it_is_shown(run: Run, snapshot: SnapshotAssertion, fact: str) -> None:
    outcome = run("facts", "show", fact)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == snapshot


def test_facts_as_json(run: Run, small_base: RuleBase) -> None:
    listed = json.loads(run("facts", "list", "--format", "json").out)
    assert [one["path"] for one in listed] == list(small_base.knowledge.catalogue.facts)
    assert json.loads(run("facts", "show", "stellen", "--format", "json").out) in listed


def test_an_unknown_fact_gets_a_suggestion(run: Run) -> None:
    outcome = run("facts", "show", "buero.technk")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Meinten Sie „buero.technik“?" in outcome.err


# schema


@pytest.mark.parametrize("name", ["setup", "report", "rule", "fact", "advice"])
def test_every_schema_is_one(run: Run, name: str) -> None:
    outcome = run("schema", name)
    assert outcome.code == 0
    schema = json.loads(outcome.out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("rule", rules_root()),
        ("advice", rules_root() / "advice"),
        ("fact", knowledge_root() / "facts"),
    ],
)
def test_the_files_of_the_content_fit_their_schema(run_real: Run, name: str, folder: Path) -> None:
    validator = Draft202012Validator(json.loads(run_real("schema", name).out))
    paths = [
        path
        for path in folder.rglob("*.yaml")
        if path.stem != "retired" and (path.parent.stem == "advice") == (name == "advice")
    ]
    assert paths
    for path in paths:
        data = documents.read_file(path).to_python()
        if data.get("offer_when") is True:
            data["offer_when"] = "true"  # a bare `true` is read as the condition `true`
        assert [error.message for error in validator.iter_errors(data)] == [], path.name


# doctor, version, and wrong calls


def test_the_doctor_finds_nothing(run: Run) -> None:
    outcome = run("doctor")
    assert outcome.code == 0
    assert outcome.out.startswith(f"qmadvisor {__version__}, Python 3.")
    assert "✔ Regelwerk: 8 Regeln, 2 Ratschläge, 8 Fragen, " in outcome.out
    assert "✔ Probelauf mit " in outcome.out
    assert "! Parameter vollzeitwoche: 39: ungeprüft\n" in outcome.out


def test_the_doctor_names_a_broken_rule_base(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise KnowledgeError([Problem("type", "Diese Regel ist nicht brauchbar.")])

    monkeypatch.setattr(loader, "default_rule_base", refuse)
    outcome = run("doctor")
    assert outcome.code == 3
    assert "✘ Regelwerk: Diese Regel ist nicht brauchbar.\n" in outcome.out


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"qmadvisor {__version__}\n", "")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("chek plan.yaml", "Diesen Befehl gibt es nicht.\n  gefunden: chek\n"),
        ("rules shw", "Diesen Befehl gibt es nicht.\n  gefunden: shw\n"),
        (
            "check",
            "Es fehlt die Angabe DATEI.\n  Abhilfe:  qmadvisor check --help zeigt, was möglich ist.\n",
        ),
        ("explain plan.yaml", "Es fehlt die Angabe REGEL.\n"),
        ("schema", "Es fehlt die Angabe NAME.\n"),
        ("check plan.yaml --formt json", "Diese Option gibt es nicht.\n  gefunden: --formt\n"),
        (
            "check plan.yaml --fail-on kann",
            "Dieser Wert ist für --fail-on nicht möglich.\n  gefunden: kann\n",
        ),
        ("check plan.yaml --engine c", "  erlaubt:  auto, durable, compiled\n"),
        ("check plan.yaml --as-of", "Zur Option --as-of fehlt der Wert.\n"),
        ("schema plan", "  erlaubt:  setup, report, rule, fact, roadmap, advice\n"),
        ("doctor jetzt gleich", "Diese Angabe ist zu viel.\n  gefunden: jetzt gleich\n"),
    ],
)
def test_a_wrong_call_is_explained_in_german(run: Run, plan: Plan, call: str, message: str) -> None:
    plan()
    outcome = run(*call.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert "Abhilfe:" in outcome.err


@pytest.mark.parametrize(("word", "meant"), [("chek", "check"), ("explian", "explain"), ("rule", "rules")])
def test_a_mistyped_command_gets_a_suggestion(run: Run, word: str, meant: str) -> None:
    assert f"Meinten Sie „{meant}“?" in run(word).err


def test_an_interrupt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loader, "default_rule_base", interrupt)
    assert run("rules", "list") == (130, "", "")
