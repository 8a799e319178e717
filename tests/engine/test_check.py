"""A whole check: what findings and hints say beside their status, and what is never delivered."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import psutil
import pytest
from tests.rules.small_base import DANGER_FILE, RULE_FILE, SmallBase

from qmadvisor.engine import check as check_module
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, CheckResult, EngineName, Finding
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.formula import Status
from qmadvisor.errors import EngineError, SetupError
from qmadvisor.language.reasons import Reason
from qmadvisor.language.values import Truth, point
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.model import PHASES, Deviation, Setup
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)
ENGINES: list[EngineName] = ["durable", "compiled"] if durable_available() else ["compiled"]
with_durable = pytest.mark.skipif(not durable_available(), reason="durable_rules does not import here")


def setup_of(checker: Checker, given: dict[str, Any] | None = None, **header: Any) -> Setup:
    known = checker.rule_base.knowledge
    overrides = header.pop("overrides", None)
    setup = read_values(given or {}, known.catalogue, known.parameters, TODAY, overrides=overrides)
    return replace(setup, **header)


def checked(base: SmallBase, given: dict[str, Any] | None = None, **header: Any) -> CheckResult:
    checker = Checker(base.load(), "compiled")
    return checker.check(setup_of(checker, given, **header), TODAY)


def finding(result: CheckResult, rule: str) -> Finding:
    return next(each for each in result.findings if each.rule.id == rule)


# Findings and hints


def test_findings_and_hints_come_in_the_order_of_the_rules(base: SmallBase) -> None:
    result = checked(base, {"buero.vorgesehen": "ja", "buero.raum_m2": 24.9, "vertrag.dauer": 36})
    assert [(each.rule.id, each.status) for each in result.findings] == [
        ("laufzeit.kurz", Status.FULFILLED),
        ("raeume.raum", Status.VIOLATED),
    ]
    assert [(each.rule.id, each.state) for each in result.hints] == [("raeume.technik", "silent")]
    assert result.as_of == TODAY
    assert result.engine == "compiled"


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, "silent"),
        ({"stellen": {"a": {"umfang": 1}}}, "offered"),
        ({"stellen": {"a": {"umfang": 1}}, "buero.technik": ["internet"]}, "taken"),
        ({"stellen": "keine", "buero.technik": {"internet": "ja"}}, "taken"),
        ({"stellen": {"a": {"umfang": 1}}, "buero.technik": "keine"}, "offered"),
        ({"stellen": {"a": {"umfang": "mindestens 0.25"}}}, "silent"),
    ],
)
def test_a_hint_is_offered_taken_or_silent(base: SmallBase, given: dict[str, Any], state: str) -> None:
    assert checked(base, given).hints[0].state == state


def test_an_open_finding_names_first_what_decides_whether_it_matters(base: SmallBase) -> None:
    assert finding(checked(base), "raeume.raum").reasons == (
        Reason("facts", "buero.vorgesehen"),
        Reason("facts", "buero.raum_m2"),
    )
    vague = {"buero.vorgesehen": "ja", "buero.raum_m2": "mindestens 20"}
    assert finding(checked(base, vague), "raeume.raum").reasons == (Reason("imprecise", "buero.raum_m2"),)


def test_a_decided_finding_has_no_reasons_and_keeps_its_traces(base: SmallBase) -> None:
    found = finding(checked(base, {"buero.vorgesehen": "nein"}), "raeume.raum")
    assert found.reasons == ()
    assert found.applies is not None
    assert (found.applies.value, found.demand.value) == (False, None)


def test_facts_that_contradict_each_other_are_an_error_of_the_setup(base: SmallBase) -> None:
    checker = Checker(base.load(), "compiled")
    setup = setup_of(checker, {"vertrag.beginn": "2026-01-01", "vertrag.ende": "2026-12-31"})
    with pytest.raises(SetupError, match="widersprechen sich"):
        checker.check(replace(setup, values={**setup.values, "vertrag.dauer": point(13)}), TODAY)


# When it is due


@pytest.mark.parametrize(
    ("phase", "due"),
    [
        (None, "now"),
        ("vorbereitung", "later"),
        ("programmaufnahme", "later"),
        ("ausschreibung", "now"),
        ("isek", "now"),
        ("verstetigung", "now"),
    ],
)
def test_a_finding_is_due_from_the_first_phase_of_its_rule(
    base: SmallBase, phase: str | None, due: str
) -> None:
    result = checked(base, phase=phase)
    assert {each.due for each in result.findings} == {due}


def test_while_the_phase_is_unknown_nothing_hides(base: SmallBase) -> None:
    base.change(RULE_FILE, "phase: [ausschreibung]", "phase: [verstetigung]")
    assert finding(checked(base), "raeume.raum").due == "now"
    assert [finding(checked(base, phase=phase), "raeume.raum").due for phase in PHASES] == ["later"] * 5 + [
        "now"
    ]


# Readings of ours


def test_a_reading_that_a_setup_switches_off_does_not_apply(base: SmallBase) -> None:
    given = {"vertrag.dauer": 12}
    assert finding(checked(base, given), "laufzeit.kurz").status is Status.VIOLATED
    off = finding(checked(base, given, overrides={"kurz": None}), "laufzeit.kurz")
    assert (off.status, off.switched_off) == (Status.NOT_APPLICABLE, True)


def test_a_setup_puts_its_own_value_in_the_place_of_ours(base: SmallBase) -> None:
    changed = finding(checked(base, {"vertrag.dauer": 12}, overrides={"kurz": point(12)}), "laufzeit.kurz")
    assert (changed.status, changed.switched_off) == (Status.FULFILLED, False)


def test_a_rule_with_a_condition_of_its_own_can_be_switched_off_too(base: SmallBase) -> None:
    base.change(DANGER_FILE, "avoid:", "applies: buero.vorgesehen\navoid:")
    result = checked(base, {}, overrides={"kurz": None})
    assert finding(result, "laufzeit.kurz").status is Status.NOT_APPLICABLE


def test_on_a_day_without_a_value_the_finding_is_open_and_says_so(base: SmallBase) -> None:
    base.change("knowledge/parameters/kurz.yaml", "from: null", "from: 2027-01-01")
    found = finding(checked(base, {"vertrag.dauer": 12}), "laufzeit.kurz")
    assert (found.status, found.switched_off) == (Status.OPEN, False)
    assert found.reasons == (Reason("no_parameter", "kurz"),)


# Agreed deviations


@pytest.mark.parametrize(
    ("until", "honoured", "in_force"),
    [
        (None, True, True),
        (TODAY, True, True),
        (date(2026, 11, 21), True, False),
        (date(2027, 1, 1), False, False),
    ],
)
def test_a_deviation_marks_the_finding_and_changes_no_status(
    base: SmallBase, until: date | None, honoured: bool, in_force: bool
) -> None:
    checker = Checker(base.load(), "compiled")
    deviation = Deviation("raeume.raum", "Der Saal nebenan ist frei.", until=until)
    given = {"buero.vorgesehen": "ja", "buero.raum_m2": 20}
    setup = setup_of(checker, given, deviations={"raeume.raum": deviation})
    found = finding(checker.check(setup, TODAY, honour_deviations=honoured), "raeume.raum")
    assert found.status is Status.VIOLATED
    assert found.deviation is deviation
    assert found.deviation_in_force is in_force


def test_without_a_deviation_nothing_is_marked(base: SmallBase) -> None:
    found = finding(checked(base), "raeume.raum")
    assert (found.deviation, found.deviation_in_force) == (None, False)


# Which engine speaks


@pytest.mark.parametrize("engine", ENGINES)
def test_the_engine_that_was_asked_for_speaks(base: SmallBase, engine: EngineName) -> None:
    with closing(Checker(base.load(), engine)) as checker:
        assert checker.engine == engine
        assert checker.check(setup_of(checker), TODAY).engine == engine


@with_durable
def test_auto_takes_durable_rules_where_it_imports(base: SmallBase) -> None:
    with closing(Checker(base.load())) as checker:
        assert checker.engine == "durable"


def test_auto_takes_the_compiled_engine_elsewhere(base: SmallBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "durable_available", lambda: False)
    assert Checker(base.load()).engine == "compiled"


def test_asking_for_an_engine_that_is_not_there_says_what_to_do(
    base: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_module, "durable_available", lambda: False)
    with pytest.raises(EngineError) as caught:
        Checker(base.load(), "durable")
    assert str(caught.value) == (
        "durable_rules lässt sich mit dieser Python-Version nicht laden.\n"
        "  Abhilfe:  Nutzen Sie --engine compiled, oder Python 3.11 oder 3.12."
    )


@with_durable
def test_a_closed_checker_gives_no_more_findings(base: SmallBase) -> None:
    checker = Checker(base.load(), "durable")
    setup = setup_of(checker)
    checker.close()
    with pytest.raises(EngineError, match="geschlossen"):
        checker.check(setup, TODAY)


# The cross-check


@with_durable
def test_where_two_engines_disagree_nothing_is_delivered(
    base: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Checker(base.load(), "durable")) as checker:
        setup = setup_of(checker, {"vertrag.dauer": 36})
        right = CompiledEngine.outcomes

        def wrong(self: CompiledEngine, truths: Sequence[Truth]) -> list[Status]:
            return [Status.VIOLATED, *right(self, truths)[1:]]

        monkeypatch.setattr(CompiledEngine, "outcomes", wrong)
        with pytest.raises(EngineError) as caught:
            checker.check(setup, TODAY)
    (problem,) = caught.value.problems
    assert problem.code == "engines_disagree"
    assert problem.message == (
        "Zwei Rechenwege kommen zu verschiedenen Ergebnissen; es wird kein Befund ausgegeben."
    )
    assert problem.found == "laufzeit.kurz"
    assert problem.remedy is not None
    assert "--engine compiled" in problem.remedy


def test_the_compiled_engine_is_not_checked_against_itself(
    base: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    outcomes = CompiledEngine.outcomes
    monkeypatch.setattr(
        CompiledEngine, "outcomes", lambda self, truths: asked.append(1) or outcomes(self, truths)
    )
    checked(base)
    assert len(asked) == 1


# Many threads, many checks, over the real rules


def real_setups(checker: Checker, number: int) -> list[Setup]:
    rng = random.Random(7)
    facts = [fact for fact in checker.rule_base.knowledge.catalogue.inputs if fact.kind == "bool"]
    return [
        setup_of(checker, {fact.path: rng.choice(["ja", "nein", "unbekannt"]) for fact in facts})
        for _ in range(number)
    ]


def statuses(result: CheckResult) -> list[str]:
    return [*(each.status for each in result.findings), *(each.state for each in result.hints)]


@pytest.mark.parametrize("engine", ENGINES)
def test_eight_threads_share_one_checker(engine: EngineName) -> None:
    with closing(Checker(default_rule_base(), engine)) as checker:
        setups = real_setups(checker, 10)
        wanted = [statuses(checker.check(setup, TODAY)) for setup in setups]

        def wrong(worker: int) -> int:
            order = random.Random(worker).choices(range(len(setups)), k=15)
            return sum(statuses(checker.check(setups[at], TODAY)) != wanted[at] for at in order)

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(wrong, range(8))) == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_checking_keeps_no_memory(base: SmallBase, engine: EngineName) -> None:
    """A stand-in for 20,000 checks of the real rules: what one check keeps, 3,000 show."""
    with closing(Checker(base.load(), engine)) as checker:
        setups = [setup_of(checker, {"buero.vorgesehen": "ja", "buero.raum_m2": size}) for size in range(20)]
        memory = psutil.Process()

        def run(times: int) -> float:
            for _ in range(times):
                for setup in setups:
                    checker.check(setup, TODAY)
            return float(memory.memory_info().rss) / 2**20

        before = run(10)
        assert run(150) - before < 3


@with_durable
def test_checkers_that_are_closed_keep_no_memory(base: SmallBase) -> None:
    loaded = base.load()
    memory = psutil.Process()

    def run(times: int) -> float:
        for _ in range(times):
            Checker(loaded, "durable").close()
        return float(memory.memory_info().rss) / 2**20

    before = run(10)
    assert run(60) - before < 4
