"""The commands that prove something about the rule base, with the small one and with the real one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.rules.small_base import GUIDELINE_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.advice_mutation import judge_advice
from qmadvisor.engine.rule_mutation import judge_rules
from qmadvisor.rules import loader
from qmadvisor.rules.loader import RuleBase, default_rule_base

Use = Callable[[], None]


@pytest.fixture
def base(tmp_path: Path) -> SmallBase:
    return SmallBase(tmp_path / "base")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch, base: SmallBase) -> Use:
    """Let the commands work with the small rule base as it is now."""

    def load() -> None:
        loaded = base.load()
        monkeypatch.setattr(loader, "default_rule_base", lambda: loaded)

    return load


# coverage


def test_coverage_of_a_guideline_that_is_covered(run_real: Run, use: Use) -> None:
    use()
    outcome = run_real("rules", "coverage")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Abschnitt             Passagen  normativ  in Regeln  nicht normativ  nicht prüfbar  offen\n"
        "laufzeit                     1         1          1               0              0      0\n"
        "raeume                       2         2          2               0              0      0\n"
        "zusammen                     3         3          3               0              0      0\n"
    )


def test_coverage_names_what_is_open_and_fails(run_real: Run, base: SmallBase, use: Use) -> None:
    more = "".join(f"  - {{id: raeume-{number:02}, page: 3, section: raeume}}\n" for number in range(3, 12))
    base.write(GUIDELINE_FILE, base.read(GUIDELINE_FILE) + more)
    use()
    outcome = run_real("rules", "coverage")
    assert outcome.code == 1
    assert outcome.out.endswith(
        "zusammen                    12         3          3               0              0      9\n"
        "\n"
        "Noch offen:\n"
        "  raeume-03, raeume-04, raeume-05, raeume-06, raeume-07, raeume-08, raeume-09, raeume-10, raeume-11\n"
    )


def test_coverage_as_json(run_real: Run, base: SmallBase, use: Use) -> None:
    base.write(GUIDELINE_FILE, base.read(GUIDELINE_FILE) + "  - {id: raeume-03, page: 3, section: raeume}\n")
    use()
    outcome = run_real("rules", "coverage", "--format", "json")
    assert outcome.code == 1
    data = json.loads(outcome.out)
    assert data["guideline"] == "probe"
    assert data["total"] == {
        "passages": 4, "normative": 3, "encoded": 3, "not_normative": 0, "not_checkable": 0, "open": 1,
    }  # fmt: skip
    assert data["sections"][1] == {
        "passages": 3, "normative": 2, "encoded": 2, "not_normative": 0, "not_checkable": 0, "open": 1,
        "section": "raeume", "title": "Räume", "open_passages": ["raeume-03"],
    }  # fmt: skip


def test_coverage_of_the_real_guideline(run_real: Run) -> None:
    outcome = run_real("rules", "coverage", "--format", "json")
    total = json.loads(outcome.out)["total"]
    assert total["passages"] == 350
    assert outcome.code == (1 if total["open"] else 0)


# test --mutate


def test_mutate_names_what_no_example_notices(run_real: Run, use: Use) -> None:
    use()
    outcome = run_real("rules", "test", "--mutate", "--section", "raeume")
    assert (outcome.code, outcome.err) == (1, "")
    assert (
        "raeume.raum: Kein Beispiel bemerkt „24.99 statt 25“.\n  requires: buero.raum_m2 >= 24.99\n"
        in outcome.out
    )
    assert outcome.out.endswith(
        "2 Regeln und Ratschläge mit 17 Änderungen: 4 unbemerkt, 0 als gleichwertig begründet.\n"
    )


def test_mutate_is_satisfied_where_the_examples_notice_everything(run_real: Run, use: Use) -> None:
    use()
    outcome = run_real("rules", "test", "--mutate", "--section", "laufzeit")
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == "1 Regeln und Ratschläge mit 6 Änderungen: 0 unbemerkt, 0 als gleichwertig begründet.\n"
    )


def test_mutate_as_json(run_real: Run, base: SmallBase, use: Use) -> None:
    needless = '  - {mutant: "requires: buero.raum_m2 > 25", reason: Warum auch immer.}\n'
    base.change(RULE_FILE, "examples:\n", f"equivalent:\n{needless}examples:\n")
    use()
    outcome = run_real("rules", "test", "--mutate", "--format", "json")
    assert outcome.code == 1
    data = json.loads(outcome.out)
    assert (data["rules"], data["mutants"], data["equivalent"], data["faults"]) == (3, 23, 0, [])
    assert data["survivors"][0] == {
        "rule": "raeume.raum",
        "change": "24.99 statt 25",
        "mutant": "requires: buero.raum_m2 >= 24.99",
    }
    assert data["needless"] == [{"rule": "raeume.raum", "mutant": "requires: buero.raum_m2 > 25"}]


def test_mutate_says_where_an_accepted_change_is_none(run_real: Run, base: SmallBase, use: Use) -> None:
    needless = '  - {mutant: "requires: buero.raum_m2 > 25", reason: Warum auch immer.}\n'
    base.change(RULE_FILE, "examples:\n", f"equivalent:\n{needless}examples:\n")
    use()
    outcome = run_real("rules", "test", "--mutate")
    assert outcome.code == 1
    assert (
        "raeume.raum: Als gleichwertig begründet, aber keine unbemerkte Änderung.\n"
        "  requires: buero.raum_m2 > 25\n"
    ) in outcome.out


def test_mutate_refuses_examples_that_are_wrong(run_real: Run, base: SmallBase, use: Use) -> None:
    base.change(RULE_FILE, "given: {buero.raum_m2: 25}", "given: {buero.raum_m2: 24}")
    use()
    outcome = run_real("rules", "test", "--mutate")
    assert outcome.code == 1
    assert (
        "raeume.raum: Die Beispiele stimmen schon ohne Änderung nicht. "
        "Beispiel 1: erwartet fulfilled, erhalten violated\n"
    ) in outcome.out


def test_a_terminal_sees_how_far_it_is(run_real: Run, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    use()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    outcome = run_real("rules", "test", "--mutate")
    assert "Verändere" in outcome.err
    assert "Verändere" not in outcome.out


# test


def test_the_examples_of_one_section(run_real: Run, use: Use) -> None:
    use()
    assert (
        run_real("rules", "test", "--section", "raeume").out == "7 Beispiele, davon 0 anders als erwartet.\n"
    )
    assert run_real("rules", "test").out == "10 Beispiele, davon 0 anders als erwartet.\n"


def test_examples_as_json(run_real: Run, base: SmallBase, use: Use) -> None:
    base.change(RULE_FILE, "given: {buero.raum_m2: 25}", "given: {buero.raum_m2: 24}")
    use()
    outcome = run_real("rules", "test", "--format", "json")
    assert outcome.code == 1
    assert json.loads(outcome.out) == {
        "examples": 10,
        "faults": [{"rule": "raeume.raum", "example": 1, "fault": "erwartet fulfilled, erhalten violated"}],
    }


@pytest.mark.parametrize("options", [("--mutate",), ()])
def test_an_unknown_section_gets_a_suggestion(run_real: Run, use: Use, options: tuple[str, ...]) -> None:
    use()
    outcome = run_real("rules", "test", "--section", "raum", *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "Diesen Abschnitt gibt es nicht.\n"
        "  gefunden: raum\n"
        "  erlaubt:  laufzeit, raeume, advice\n"
        "  Abhilfe:  Meinten Sie „raeume“?\n"
    )


# The rules that travel with the package


def _verdicts() -> Iterator[tuple[str, list[str]]]:
    base: RuleBase = default_rule_base()
    for verdict in chain(judge_rules(base, base.rules), judge_advice(base, base.advice)):
        survivors = [mutant.text for mutant in verdict.survivors]
        yield verdict.subject, [*survivors, *verdict.needless, *verdict.faults]


def test_the_examples_of_all_real_rules_and_advice_notice_every_slip() -> None:
    assert {rule: left for rule, left in _verdicts() if left} == {}
