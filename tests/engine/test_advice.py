"""The second stratum: what several findings together mean, after the findings are complete."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.rules.advice_base import ADVICE_FILE, with_advice
from tests.rules.small_base import DANGER_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.advice import GivenAdvice
from qmadvisor.engine.availability import durable_available
from qmadvisor.engine.check import Checker, CheckResult, EngineName
from qmadvisor.engine.compiled import CompiledEngine
from qmadvisor.engine.completeness import lint
from qmadvisor.engine.examples import run_examples
from qmadvisor.engine.formula import Status
from qmadvisor.errors import EngineError
from qmadvisor.language.values import Truth
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)
ENGINES: list[EngineName] = ["durable", "compiled"] if durable_available() else ["compiled"]
with_durable = pytest.mark.skipif(not durable_available(), reason="durable_rules does not import here")

BOTH: dict[str, Any] = {"vertrag.dauer": 35, "buero.vorgesehen": "ja", "buero.raum_m2": 24}
KURZ, RAUM = 'befund.laufzeit.kurz = "violated"', 'befund.raeume.raum = "violated"'


def check(
    base: SmallBase, given: dict[str, Any], engine: EngineName = "compiled", **header: Any
) -> CheckResult:
    with closing(Checker(base.load(), engine)) as checker:
        known = checker.rule_base.knowledge
        setup = read_values(given, known.catalogue, known.parameters, TODAY)
        return checker.check(replace(setup, **header), TODAY)


def given_advice(base: SmallBase, given: dict[str, Any], **header: Any) -> GivenAdvice:
    (only,) = check(base, given, **header).advice
    return only


def follows_from(advice: GivenAdvice) -> list[str]:
    return [finding.rule.id for finding in advice.follows_from]


# What holds


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (BOTH, ["advice.beides"]),
        ({**BOTH, "buero.raum_m2": "unbekannt"}, ["advice.beides"]),
        ({**BOTH, "buero.raum_m2": 25}, []),
        ({**BOTH, "vertrag.dauer": 36}, []),
        ({**BOTH, "vertrag.dauer": "unbekannt"}, []),
        ({**BOTH, "buero.vorgesehen": "nein"}, []),
        ({}, []),
    ],
)
def test_advice_reads_the_outcomes_of_the_findings(
    base: SmallBase, engine: EngineName, given: dict[str, Any], shown: list[str]
) -> None:
    result = check(with_advice(base), given, engine)
    assert [one.rule.id for one in result.advice] == shown
    assert result.engine == engine


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("area", "shown"), [(30, True), (29, False), ("mindestens 30", True), ("mindestens 20", False)]
)
def test_a_fact_that_is_not_known_well_enough_keeps_advice_silent(
    base: SmallBase, engine: EngineName, area: object, shown: bool
) -> None:
    with_advice(base, f"{KURZ} and buero.raum_m2 >= 30")
    result = check(base, {"vertrag.dauer": 35, "buero.raum_m2": area}, engine)
    assert bool(result.advice) is shown


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_base_without_advice_gives_none(base: SmallBase, engine: EngineName) -> None:
    result = check(base, BOTH, engine)
    assert result.advice == ()
    assert result.advice_facts is result.facts


def test_a_reading_that_is_switched_off_is_not_applicable_to_advice_as_well(base: SmallBase) -> None:
    with_advice(base, f'befund.laufzeit.kurz = "not_applicable" and {RAUM}')
    loaded = base.load()
    checker = Checker(loaded, "compiled")
    known = loaded.knowledge
    setup = read_values(BOTH, known.catalogue, known.parameters, TODAY, overrides={"kurz": None})
    assert len(checker.check(setup, TODAY).advice) == 1


def test_advice_whose_rules_were_taken_out_of_the_rule_base_stays_silent(base: SmallBase) -> None:
    loaded = with_advice(base).load()
    known = loaded.knowledge
    setup = read_values(BOTH, known.catalogue, known.parameters, TODAY)
    for rule in loaded.rules:
        checker = Checker(replace(loaded, rules=(rule,)), "compiled")
        assert checker.check(setup, TODAY).advice == ()


# From what it follows


@pytest.mark.parametrize(
    ("when", "given", "grounds"),
    [
        (f"{KURZ} and {RAUM}", BOTH, ["laufzeit.kurz", "raeume.raum"]),
        (f"{RAUM} and {KURZ}", BOTH, ["raeume.raum", "laufzeit.kurz"]),
        (f"{KURZ} or {RAUM}", BOTH, ["laufzeit.kurz", "raeume.raum"]),
        (f"{KURZ} or {RAUM}", {**BOTH, "vertrag.dauer": 36}, ["raeume.raum"]),
        (f"not({KURZ}) and {RAUM}", {**BOTH, "vertrag.dauer": 36}, ["laufzeit.kurz", "raeume.raum"]),
        (
            f'({RAUM} and buero.raum_m2 < 20) or ({KURZ} and befund.raeume.raum != "fulfilled")',
            BOTH,
            ["laufzeit.kurz", "raeume.raum"],
        ),
        (f"{RAUM} and buero.raum_m2 >= 24", BOTH, ["raeume.raum"]),
        (f'{RAUM} or (befund.raeume.raum = "open" and {KURZ})', BOTH, ["raeume.raum"]),
    ],
)
def test_it_follows_from_the_findings_that_made_it_hold(
    base: SmallBase, when: str, given: dict[str, Any], grounds: list[str]
) -> None:
    assert follows_from(given_advice(with_advice(base, when), given)) == grounds


def test_its_strength_is_that_of_the_strongest_finding_with_something_to_do(base: SmallBase) -> None:
    with_advice(base)
    assert given_advice(base, BOTH).strength == "soll"
    with_advice(base, f'{KURZ} and befund.raeume.raum = "fulfilled"')
    advice = given_advice(base, {**BOTH, "buero.raum_m2": 25})
    assert follows_from(advice) == ["laufzeit.kurz", "raeume.raum"]
    assert [finding.rule.id for finding in advice.concerns] == ["laufzeit.kurz"]
    assert advice.strength == "empfohlen"


def test_where_nothing_is_to_do_all_findings_count(base: SmallBase) -> None:
    with_advice(base, 'befund.laufzeit.kurz = "fulfilled" and befund.raeume.raum = "fulfilled"')
    advice = given_advice(base, {**BOTH, "vertrag.dauer": 36, "buero.raum_m2": 25})
    assert (advice.strength, len(advice.concerns)) == ("soll", 2)


@pytest.mark.parametrize(
    ("phase", "due"),
    [("vorbereitung", "later"), ("ausschreibung", "now"), ("umsetzung", "now"), (None, "now")],
)
def test_it_is_due_as_soon_as_one_of_its_findings_is(base: SmallBase, phase: str | None, due: str) -> None:
    base.change(DANGER_FILE, "phase: [umsetzung, ausschreibung]", "phase: [umsetzung]")
    assert given_advice(with_advice(base), BOTH, phase=phase).due == due


def test_the_strongest_the_due_the_earliest_the_easiest_comes_first(base: SmallBase) -> None:
    base.change(RULE_FILE, "phase: [ausschreibung]", "phase: [verstetigung]")
    base.change(DANGER_FILE, "strength: empfohlen", "strength: muss")
    base.change(DANGER_FILE, "wording: wichtig", "wording: muss")
    soon, late = f'{KURZ} and befund.raeume.raum != "violated"', f"{RAUM} and buero.raum_m2 < 25"
    remedy = "{{text: Tun Sie etwas., effort: {}, by: [kommune], until: {}}}"
    parts = {
        "e-spaeter": (late, "gering", "vorbereitung"),
        "d-hoch": (f"{KURZ} and {RAUM}", "hoch", "ausschreibung"),
        "c-gering": (f"{KURZ} and {RAUM}", "gering", "ausschreibung"),
        "b-frueher": (f"{KURZ} and {RAUM}", "hoch", "vorbereitung"),
        "a-still": (soon, "gering", "vorbereitung"),
    }
    for name, (when, effort, until) in parts.items():
        with_advice(base, when, name, advice=remedy.format(effort, until))
    result = check(base, BOTH, phase="umsetzung")
    assert [one.rule.id for one in result.advice] == [
        "advice.b-frueher",
        "advice.c-gering",
        "advice.d-hoch",
        "advice.e-spaeter",
    ]


# The engines


@with_durable
def test_where_the_engines_disagree_on_advice_nothing_is_delivered(
    base: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = with_advice(base).load()
    with closing(Checker(loaded, "durable")) as checker:
        known = loaded.knowledge
        setup = read_values(BOTH, known.catalogue, known.parameters, TODAY)
        right = CompiledEngine.outcomes

        def wrong(self: CompiledEngine, truths: Sequence[Truth]) -> list[Status]:
            found = right(self, truths)
            return found if len(found) > 1 else [Status.VIOLATED]

        monkeypatch.setattr(CompiledEngine, "outcomes", wrong)
        with pytest.raises(EngineError) as caught:
            checker.check(setup, TODAY)
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("engines_disagree", "advice.beides")


@with_durable
def test_a_closed_checker_advises_no_more(base: SmallBase) -> None:
    loaded = with_advice(base).load()
    checker = Checker(loaded, "durable")
    known = loaded.knowledge
    result = checker.check(read_values(BOTH, known.catalogue, known.parameters, TODAY), TODAY)
    checker.close()
    with pytest.raises(EngineError, match="geschlossen"):
        checker.advice_if(result, {})


@pytest.mark.parametrize("engine", ENGINES)
def test_what_would_be_advised_if_findings_were_otherwise(engine: EngineName) -> None:
    base = default_rule_base()
    with closing(Checker(base, engine)) as checker:
        known = base.knowledge
        result = checker.check(read_values({}, known.catalogue, known.parameters, TODAY), TODAY)
        assert checker.advice_if(result, {}) == set()
        outcomes = dict.fromkeys(
            (finding.rule.id for finding in result.findings if finding.rule.spec.section == "personal"),
            Status.VIOLATED,
        )
        assert checker.advice_if(result, outcomes) == {
            "advice.begleitung-braucht-mittel",
            "advice.eine-zeile-im-budget",
            "advice.fachkraefte-halten",
            "advice.haltung-und-rueckhalt",
            "advice.profil-zuerst",
        }


# Examples and lint


def faults(base: SmallBase) -> list[tuple[str, int, str]]:
    results = run_examples(Checker(base.load(), "compiled"))
    return [(result.rule, result.number, result.fault) for result in results if result.fault is not None]


def test_the_examples_of_advice_run_after_those_of_the_rules(base: SmallBase) -> None:
    with_advice(base)
    results = list(run_examples(Checker(base.load(), "compiled")))
    assert [(one.rule, one.number) for one in results][-7:] == [("advice.beides", at) for at in range(1, 8)]
    assert faults(base) == []


@pytest.mark.parametrize(
    ("old", "new", "number", "fault"),
    [
        ("buero.raum_m2: 24}", "buero.raum_m2: 25}", 1, "erwartet shown, erhalten silent"),
        ("raeume.raum: fulfilled}, then: silent", "raeume.raum: open}, then: silent", 3,
         "erwartet silent, erhalten shown"),
    ],
)  # fmt: skip
def test_an_example_that_comes_out_otherwise(
    base: SmallBase, old: str, new: str, number: int, fault: str
) -> None:
    with_advice(base)
    base.change(ADVICE_FILE, old, new)
    assert faults(base) == [("advice.beides", number, fault)]


def test_an_example_that_is_no_setup_says_where_and_why(base: SmallBase) -> None:
    with_advice(base)
    base.change(ADVICE_FILE, "buero.raum_m2: 24}", "buero.raum_qm: 24}")
    ((rule, number, fault),) = faults(base)
    assert (rule, number) == ("advice.beides", 1)
    assert "Diese Angabe gibt es nicht." in fault


def test_an_example_of_advice_may_be_set_on_another_day(base: SmallBase) -> None:
    base.change("knowledge/parameters/kurz.yaml", "from: null", "from: 2026-01-01")
    with_advice(base)
    assert faults(base) == []
    base.change(ADVICE_FILE, "{given: {vertrag.dauer: 35}, then: shown}",
                "{given: {vertrag.dauer: 35}, as_of: 2025-12-31, then: silent}")  # fmt: skip
    assert faults(base) == []


@pytest.mark.parametrize(("state", "other"), [("shown", "silent"), ("silent", "shown")])
def test_lint_asks_for_an_example_that_shows_and_one_that_is_silent(
    base: SmallBase, state: str, other: str
) -> None:
    with_advice(base, f"{KURZ} and {RAUM}")
    base.change(ADVICE_FILE, "[{then: shown}, {then: silent}]", f"[{{then: {other}}}]")
    found = [problem for problem in lint(base.load()) if problem.place.file == "beides.yaml"]
    assert [problem.message for problem in found] == [
        f"Für das Ergebnis „{state}“ gibt es noch kein Beispiel."
    ]


@pytest.mark.parametrize(
    "when",
    [
        f'{RAUM} and befund.laufzeit.dauer = "not_applicable"',
        f'{RAUM} and befund.laufzeit.dauer in ("open", "not_applicable")',
    ],
)
def test_lint_sees_an_outcome_that_a_rule_never_has(base: SmallBase, when: str) -> None:
    rule = base.read(DANGER_FILE).replace("laufzeit.kurz", "laufzeit.dauer").replace("parameter: kurz\n", "")
    base.write("rules/laufzeit/dauer.yaml", rule)
    with_advice(base, when)
    (problem,) = [one for one in lint(base.load()) if one.code == "impossible_outcome"]
    assert problem.found == "befund.laufzeit.dauer"
    with_advice(base, f'{KURZ} and befund.raeume.raum = "not_applicable"')
    assert "impossible_outcome" not in {one.code for one in lint(base.load())}


def test_lint_sees_advice_that_stays_open_for_no_reason(base: SmallBase) -> None:
    fact = "buero.vorgesehen"
    with_advice(base, f"({KURZ} and {fact}) or ({RAUM} and {KURZ} and not({fact})) or ({KURZ} and {RAUM})")
    assert "needlessly_open" not in {one.code for one in lint(base.load())}
    with_advice(base, f"{KURZ} and ({fact} or not({fact}))")
    assert [one.code for one in lint(base.load()) if one.place.file == "beides.yaml"] == ["needlessly_open"]


def test_a_fact_that_only_advice_reads_is_read(base: SmallBase) -> None:
    before = {problem.place.path for problem in lint(base.load()) if problem.code == "unread_fact"}
    kind = "{type: bool, label: R, holds: ja, fails: nein}"
    facts = f"  nur.rat: {kind}\n  nur.text: {kind}\n  vertrag.beginn:"
    base.change("knowledge/facts/probe.yaml", "  vertrag.beginn:", facts)
    with_advice(base, f"{KURZ} and nur.rat", says="Text {nur.text}")
    after = {problem.place.path for problem in lint(base.load()) if problem.code == "unread_fact"}
    assert after == before
