from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import DAY, Plan, Run
from tests.report.setups import READY
from typer.testing import CliRunner

from qmadvisor.cli.app import app
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import Status
from qmadvisor.errors import KnowledgeError, Problem
from qmadvisor.report.model import Report
from qmadvisor.rules import loader

#: One violation of each strength.
VIOLATED = {
    "muss": "buero: {barrierefrei: nein, raum_m2: 10}",
    "soll": "gebiet.einwohner: 9000",
    "empfohlen": (
        "projekt.ende: 2030-12-31\n"
        "stellen: {vollstaendig: ja, eins: {rolle: qm, umfang: 1, befristet_bis: 2029}}"
    ),
    "ideal": "buero.technik: keine",
    "leitbild": "sprechzeiten.stunden: 30\nstellen: {vollstaendig: ja, eins: {rolle: qm, umfang: 1}}",
}
LEVELS = ("muss", "soll", "empfohlen", "ideal", "never")
DURABLE = pytest.mark.skipif(not durable_available(), reason="durable_rules does not import here")


def test_nothing_violated_is_code_0(run: Run, plan: Plan) -> None:
    outcome = run("check", plan(), *DAY)
    assert outcome.code == 0
    assert outcome.out.startswith("Prüfung der Planung „Nordstadt“\n")
    assert outcome.err == ""


@pytest.mark.parametrize("strength", VIOLATED)
@pytest.mark.parametrize("level", LEVELS)
def test_a_violation_counts_from_its_strength_on(run: Run, plan: Plan, strength: str, level: str) -> None:
    strengths = list(VIOLATED)
    fails = level != "never" and strengths.index(strength) <= strengths.index(level)
    outcome = run("check", plan(VIOLATED[strength]), "--fail-on", level, *DAY)
    assert "✘ nicht erfüllt · " in outcome.out
    assert outcome.code == int(fails)


def test_soll_is_the_level_without_further_words(run: Run, plan: Plan) -> None:
    assert run("check", plan(VIOLATED["soll"])).code == 1
    assert run("check", plan(VIOLATED["empfohlen"])).code == 0


def test_what_is_due_later_does_not_fail(run: Run, plan: Plan) -> None:
    early = plan(VIOLATED["ideal"]).read_text("utf-8").replace("umsetzung", "isek")
    assert run("check", plan(early, header=""), "--fail-on", "ideal").code == 0


def test_agreed_deviations_excuse_unless_they_are_ignored(run: Run, plan: Plan) -> None:
    path = plan(VIOLATED["soll"] + "\nabweichungen: {laufzeit.grosses-gebiet: {grund: Zwei Büros}}")
    assert run("check", path, *DAY).code == 0
    ignored = run("check", path, "--ignore-deviations", *DAY)
    assert ignored.code == 1
    assert "Abweichung (gilt nicht): Zwei Büros" in ignored.out


def test_a_deviation_that_ran_out_does_not_excuse(run: Run, plan: Plan) -> None:
    path = plan(
        VIOLATED["soll"] + "\nabweichungen: {laufzeit.grosses-gebiet: {grund: Büro, bis: 2026-11-30}}"
    )
    assert run("check", path, "--as-of", "2026-11-30").code == 0
    assert run("check", path, "--as-of", "2026-12-01").code == 1


# engines


@pytest.mark.parametrize("engine", [pytest.param("durable", marks=DURABLE), "compiled"])
def test_each_engine_can_be_chosen(run: Run, plan: Plan, engine: str) -> None:
    outcome = run("check", plan(READY), "--engine", engine, *DAY)
    assert outcome.code == 1
    assert f"gerechnet mit: {engine}\n" in outcome.out


def test_auto_takes_what_is_there(run: Run, plan: Plan) -> None:
    engine = "durable" if durable_available() else "compiled"
    assert f"gerechnet mit: {engine}\n" in run("check", plan(), "--engine", "auto", *DAY).out


def test_durable_that_is_not_there_is_said(run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmadvisor.engine.check.durable_available", lambda: False)
    outcome = run("check", plan(), "--engine", "durable")
    assert (outcome.code, outcome.out) == (3, "")
    assert "Nutzen Sie --engine compiled" in outcome.err


@DURABLE
def test_engines_that_disagree_are_an_internal_error_without_report(
    run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outcomes = CompiledEngine.outcomes
    monkeypatch.setattr(CompiledEngine, "outcomes", lambda *args: [Status.OPEN for _ in outcomes(*args)])
    target = tmp_path / "bericht.txt"
    outcome = run("check", plan(READY), "--engine", "durable", "-o", target, *DAY)
    assert (outcome.code, outcome.out) == (3, "")
    assert "Zwei Rechenwege kommen zu verschiedenen Ergebnissen" in outcome.err
    assert not target.exists()


def test_an_error_in_the_program_is_code_3_without_traceback(
    run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("kaputt")

    monkeypatch.setattr(Checker, "check", fail)
    outcome = run("check", plan())
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == (
        "Interner Fehler (ZeroDivisionError): kaputt\n"
        "Das ist ein Fehler im Programm, nicht in Ihrer Datei. Bitte melden Sie ihn.\n"
    )


def test_an_unusable_rule_base_is_code_3(run: Run, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise KnowledgeError([Problem("type", "Diese Regel ist nicht brauchbar.")])

    monkeypatch.setattr(loader, "default_rule_base", refuse)
    outcome = run("check", plan())
    assert (outcome.code, outcome.out, outcome.err) == (3, "", "Diese Regel ist nicht brauchbar.\n")


# the day


@pytest.mark.parametrize(
    "day", ["2026-13-01", "2026-02-30", "gestern", "31.01.2026", "", "2026-1-1", "x" * 500]
)
def test_a_day_that_does_not_exist_is_refused(run: Run, plan: Plan, day: str) -> None:
    outcome = run("check", plan(), "--as-of", day)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Diesen Stichtag gibt es nicht." in outcome.err
    assert "JJJJ-MM-TT" in outcome.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_every_day_of_the_calendar_can_be_asked_for(run: Run, plan: Plan, day: str) -> None:
    assert run("check", plan(READY), "--as-of", day).code in (0, 1)


def test_the_day_decides_which_values_hold(run: Run, plan: Plan) -> None:
    assert "8.000 Einwohner" in run("check", plan("gebiet.einwohner: 9000"), "--as-of", "2027-12-31").out
    assert "kein Wert hinterlegt" in run("check", plan("gebiet.einwohner: 9000"), "--as-of", "2028-01-01").out


# JSON, and several files


def test_json_is_the_report(run: Run, plan: Plan) -> None:
    outcome = run("check", plan(READY), "--format", "json", *DAY)
    assert outcome.code == 1
    report = Report.model_validate_json(outcome.out)
    assert report.to_json() == outcome.out
    assert report.setup.title == "Nordstadt"
    assert run("check", plan(READY), "--format", "json", *DAY).out == outcome.out


def test_json_fits_the_published_schema(run: Run, plan: Plan) -> None:
    schema = json.loads(run("schema", "report").out)
    data = json.loads(run("check", plan(READY), "--format", "json", *DAY).out)
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


def two(plan: Plan) -> tuple[Path, Path]:
    good = plan(name="gut.yaml")
    bad = plan("farbe: rot", name="schlecht.yaml")
    return good, bad


@pytest.mark.parametrize("order", [1, -1])
def test_a_bad_file_does_not_hide_a_good_one(run: Run, plan: Plan, order: int) -> None:
    outcome = run("check", *two(plan)[::order], *DAY)
    assert outcome.code == 2
    assert outcome.out.startswith("Prüfung der Planung „Nordstadt“")
    assert "schlecht.yaml:5:1 farbe: Diese Angabe gibt es nicht." in outcome.err


def test_errors_name_the_file_as_it_was_typed(run: Run, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "nord").mkdir()
    plan("farbe: rot", name="nord/plan.yaml")
    assert run("check", "nord/plan.yaml").err.startswith("nord/plan.yaml:5:1 farbe: ")


def test_several_texts_stand_one_after_the_other(run: Run, plan: Plan) -> None:
    second = plan(name="zwei.yaml").read_text("utf-8").replace("Nordstadt", "Südstadt")
    outcome = run("check", plan(), plan(second, name="zwei.yaml", header=""), *DAY)
    assert outcome.out.index("„Nordstadt“") < outcome.out.index("„Südstadt“")


@pytest.mark.parametrize(
    "files", ["gut.yaml gut.yaml", "gut.yaml schlecht.yaml", "schlecht.yaml schlecht.yaml"]
)
def test_json_of_several_files_is_one_list(run: Run, plan: Plan, files: str) -> None:
    two(plan)
    data = json.loads(run("check", *files.split(), "--format", "json", *DAY).out)
    assert [one["setup"]["title"] for one in data] == ["Nordstadt"] * files.count("gut")


def test_one_violation_among_several_files_counts(run: Run, plan: Plan) -> None:
    assert run("check", plan(name="a.yaml"), plan(VIOLATED["muss"], name="b.yaml"), *DAY).code == 1


def test_there_is_no_progress_where_nobody_looks(run: Run, plan: Plan) -> None:
    assert run("check", plan(name="a.yaml"), plan(name="b.yaml"), *DAY).err == ""


def test_json_files_are_read_as_json(run: Run, plan: Plan) -> None:
    path = plan('{"schema": "qmadvisor.setup/1", "titel": "Nord"}', name="plan.json", header="")
    assert run("check", path, *DAY).out.startswith("Prüfung der Planung „Nord“")


# the output file


def test_the_output_goes_to_a_file(run: Run, plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "bericht.txt"
    target.write_text("alt")
    outcome = run("check", plan(READY), "-o", target, *DAY)
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "")
    assert target.read_text("utf-8") == run("check", plan(READY), *DAY).out
    assert b"\r" not in target.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_without_any_report_an_older_file_stays(run: Run, plan: Plan, tmp_path: Path, form: str) -> None:
    target = tmp_path / "bericht"
    target.write_text("alt")
    _, bad = two(plan)
    for files in ([bad], [bad, bad]):
        assert run("check", *files, "-o", target, "--format", form).code == 2
        assert target.read_text() == "alt"


def test_a_write_that_breaks_off_leaves_the_older_file(
    run: Run, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "bericht.txt"
    target.write_text("alt")
    path = plan()
    monkeypatch.setattr(Path, "replace", full)
    outcome = run("check", path, "-o", target)
    assert outcome.code == 2
    assert "Es ist kein Platz mehr frei." in outcome.err
    assert target.read_text() == "alt"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bericht.txt", "plan.yaml"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("fehlt/bericht.txt", "Den Ordner gibt es nicht."),
        ("plan.yaml/bericht.txt", "Den Ordner gibt es nicht."),
        ("ordner", "Das ist ein Ordner."),
    ],
)
def test_a_target_that_cannot_be_written_is_named(
    run: Run, plan: Plan, tmp_path: Path, target: str, reason: str
) -> None:
    (tmp_path / "ordner").mkdir()
    outcome = run("check", plan(), "-o", target)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"{target}: Die Ausgabe lässt sich nicht speichern.\n  gefunden: {reason}\n"


def test_a_link_stays_a_link(run: Run, plan: Plan, tmp_path: Path) -> None:
    link, target = tmp_path / "link.txt", tmp_path / "ziel.txt"
    target.write_text("alt")
    link.symlink_to(target)
    assert run("check", plan(), "-o", link, *DAY).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("Prüfung")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_never_replaced(run: Run, plan: Plan, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("check", plan(), "-o", pipe, *DAY).code == 0
    assert os.read(reader, 100).startswith(b"Pr")
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.usefixtures("small")
def test_the_commands_also_work_inside_another_program(plan: Plan) -> None:
    result = CliRunner().invoke(app, ["check", str(plan(VIOLATED["muss"])), *DAY])
    assert result.exit_code == 1
    assert "[raeume.zugang]" in result.output
