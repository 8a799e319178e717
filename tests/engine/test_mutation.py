"""For each kind of slip: a weak set of examples that lets it pass, and one more example that notices it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rules.small_base import DANGER_FILE, FACT_FILE, HINT_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.check import Checker
from qmadvisor.engine.examples import run_examples
from qmadvisor.engine.mutants import steps_of
from qmadvisor.engine.mutation import Mutant, Verdict, mutants
from qmadvisor.engine.rule_mutation import judge_rules, subject_of
from qmadvisor.errors import ExpressionError
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.rules.loader import RuleBase, default_rule_base
from qmadvisor.rules.model import Rule
from qmadvisor.rules.settled import nothing_known, settled_parts


def verdict(base: SmallBase, rule: str) -> Verdict:
    loaded = base.load()
    (found,) = judge_rules(loaded, [loaded.rule(rule)])
    return found


def survivors(base: SmallBase, rule: str) -> list[str]:
    return [mutant.text for mutant in verdict(base, rule).survivors]


def put_to_test(base: SmallBase, file: str, condition: str, cases: list[str], base_facts: str = "{}") -> None:
    """Give a file other conditions (the lines from applies on) and other examples."""
    text = base.read(file)
    kept = [line for line in text.splitlines() if line.partition(":")[0] not in CONDITIONS]
    head, _, _ = "\n".join(kept).partition("\nexamples:")
    head = head.replace("\nsays:", f"\n{condition}\nsays:")
    lines = "".join(f"    - {case}\n" for case in cases)
    base.write(file, f"{head}\nexamples:\n  base: {base_facts}\n  cases:\n{lines}")


CONDITIONS = ("applies", "requires", "avoid", "offer_when", "taken_when", "parameter", "interpretation")


def post(*posts: str) -> str:
    """A complete list of posts."""
    entries = ", ".join(f"s{number}: {{{one}}}" for number, one in enumerate(posts))
    return f"stellen: {{vollstaendig: ja, {entries}}}"


@pytest.mark.parametrize(
    ("condition", "cases", "survivor", "stronger"),
    [
        pytest.param(
            "requires: buero.raum_m2 >= 25",
            ["{given: {buero.raum_m2: 40}, then: fulfilled}", "{given: {buero.raum_m2: 24.99}, then: violated}"],
            "requires: buero.raum_m2 > 25",
            "{given: {buero.raum_m2: 25}, then: fulfilled}",
            id="comparator",
        ),
        pytest.param(
            "requires: vertrag.dauer < 36",
            ["{given: {}, then: open}"],
            "requires: vertrag.dauer > 36",
            "{given: {vertrag.dauer: 35}, then: fulfilled}",
            id="direction",
        ),
        pytest.param(
            "requires: vertrag.dauer = 36",
            ["{given: {}, then: open}"],
            "requires: vertrag.dauer != 36",
            "{given: {vertrag.dauer: 36}, then: fulfilled}",
            id="equality",
        ),
        pytest.param(
            "requires: buero.raum_m2 >= 25",
            ["{given: {buero.raum_m2: 25}, then: fulfilled}", "{given: {buero.raum_m2: 20}, then: violated}"],
            "requires: buero.raum_m2 >= 24.99",
            "{given: {buero.raum_m2: 24.99}, then: violated}",
            id="bound lower",
        ),
        pytest.param(
            "requires: buero.raum_m2 <= 25",
            ["{given: {buero.raum_m2: 25}, then: fulfilled}", "{given: {buero.raum_m2: 30}, then: violated}"],
            "requires: buero.raum_m2 <= 25.01",
            "{given: {buero.raum_m2: 25.01}, then: violated}",
            id="bound higher",
        ),
        pytest.param(
            'requires: vertrag.beginn >= date("2026-01-01")',
            ["{given: {vertrag.beginn: 2026-01-01}, then: fulfilled}",
             "{given: {vertrag.beginn: 2025-06-30}, then: violated}"],
            'requires: vertrag.beginn >= date("2025-12-31")',
            "{given: {vertrag.beginn: 2025-12-31}, then: violated}",
            id="day",
        ),
        pytest.param(
            "requires: vertrag.dauer in [12..24]",
            ["{given: {vertrag.dauer: 12}, then: fulfilled}", "{given: {vertrag.dauer: 11}, then: violated}",
             "{given: {vertrag.dauer: 25}, then: violated}"],
            "requires: vertrag.dauer in [12..23]",
            "{given: {vertrag.dauer: 24}, then: fulfilled}",
            id="range",
        ),
        pytest.param(
            "requires: vertrag.laufzeit >= parameter.kurz at stichtag",
            ["{given: {vertrag.dauer: 36}, then: fulfilled}", "{given: {vertrag.dauer: 30}, then: violated}"],
            "requires: vertrag.laufzeit >= parameter.kurz at stichtag - 1",
            "{given: {vertrag.dauer: 35}, then: violated}",
            id="bound that is a parameter",
        ),
        pytest.param(
            'requires: buero.vorgesehen and buero.technik has "internet"',
            ["{given: {buero.vorgesehen: ja, buero.technik: [internet]}, then: fulfilled}",
             "{given: {buero.vorgesehen: nein, buero.technik: keine}, then: violated}"],
            'requires: buero.vorgesehen or buero.technik has "internet"',
            "{given: {buero.vorgesehen: ja, buero.technik: keine}, then: violated}",
            id="or instead of and",
        ),
        pytest.param(
            'requires: buero.vorgesehen or buero.technik has "internet"',
            ["{given: {buero.vorgesehen: ja, buero.technik: [internet]}, then: fulfilled}",
             "{given: {buero.vorgesehen: nein, buero.technik: keine}, then: violated}"],
            'requires: buero.vorgesehen and buero.technik has "internet"',
            "{given: {buero.vorgesehen: ja, buero.technik: keine}, then: fulfilled}",
            id="and instead of or",
        ),
        pytest.param(
            "requires: buero.vorgesehen and buero.raum_m2 >= 25",
            ["{given: {buero.raum_m2: 24.99}, then: violated}"],
            "requires: not(buero.vorgesehen) and buero.raum_m2 >= 25",
            "{given: {buero.vorgesehen: ja, buero.raum_m2: 25}, then: fulfilled}",
            id="negation added",
        ),
        pytest.param(
            "requires: not(buero.vorgesehen) and buero.raum_m2 >= 25",
            ["{given: {buero.raum_m2: 24.99}, then: violated}"],
            "requires: buero.vorgesehen and buero.raum_m2 >= 25",
            "{given: {buero.vorgesehen: nein, buero.raum_m2: 25}, then: fulfilled}",
            id="negation removed",
        ),
        pytest.param(
            "requires: some s in stellen satisfies (s.umfang >= 1)",
            [f"{{given: {{{post('umfang: 1')}}}, then: fulfilled}}",
             f"{{given: {{{post('umfang: 0.99')}}}, then: violated}}"],
            "requires: every s in stellen satisfies (s.umfang >= 1)",
            f"{{given: {{{post('umfang: 1', 'umfang: 0.5')}}}, then: fulfilled}}",
            id="every instead of some",
        ),
        pytest.param(
            "requires: every s in stellen satisfies (s.umfang >= 1)",
            [f"{{given: {{{post('umfang: 1')}}}, then: fulfilled}}",
             f"{{given: {{{post('umfang: 0.99')}}}, then: violated}}"],
            "requires: some s in stellen satisfies (s.umfang >= 1)",
            f"{{given: {{{post('umfang: 1', 'umfang: 0.5')}}}, then: violated}}",
            id="some instead of every",
        ),
        pytest.param(
            "requires: buero.vorgesehen and buero.raum_m2 >= 25",
            ["{given: {buero.vorgesehen: ja, buero.raum_m2: 25}, then: fulfilled}",
             "{given: {buero.vorgesehen: ja, buero.raum_m2: 24.99}, then: violated}"],
            "requires: buero.raum_m2 >= 25",
            "{given: {buero.vorgesehen: nein, buero.raum_m2: 25}, then: violated}",
            id="atom dropped",
        ),
        pytest.param(
            "requires: vertrag.dauer in (12, 24)",
            ["{given: {vertrag.dauer: 12}, then: fulfilled}", "{given: {vertrag.dauer: 13}, then: violated}"],
            "requires: vertrag.dauer in (12)",
            "{given: {vertrag.dauer: 24}, then: fulfilled}",
            id="option dropped",
        ),
        pytest.param(
            'requires: buero.technik has "internet"',
            ["{given: {buero.technik: [internet, computer]}, then: fulfilled}",
             "{given: {buero.technik: keine}, then: violated}"],
            'requires: buero.technik has "computer"',
            "{given: {buero.technik: {internet: nein}}, then: violated}",
            id="another option of a multiple choice",
        ),
        pytest.param(
            'requires: some s in stellen satisfies (s.rolle = "qm")',
            [f"{{given: {{{post('rolle: qm', 'rolle: buero')}}}, then: fulfilled}}"],
            'requires: some s in stellen satisfies (s.rolle = "buero")',
            f"{{given: {{{post('rolle: buero')}}}, then: violated}}",
            id="another option of a choice",
        ),
        pytest.param(
            'requires: some s in stellen where s.rolle = "qm" satisfies (s.umfang >= 1)',
            [f"{{given: {{{post('rolle: qm, umfang: 1')}}}, then: fulfilled}}",
             f"{{given: {{{post('rolle: qm, umfang: 0.99')}}}, then: violated}}"],
            "requires: some s in stellen satisfies (s.umfang >= 1)",
            f"{{given: {{{post('rolle: buero, umfang: 1')}}}, then: violated}}",
            id="where dropped",
        ),
        pytest.param(
            "applies: buero.vorgesehen\nrequires: buero.raum_m2 >= 25",
            ["{given: {buero.vorgesehen: ja, buero.raum_m2: 25}, then: fulfilled}",
             "{given: {buero.vorgesehen: ja, buero.raum_m2: 24.99}, then: violated}"],
            "ohne applies",
            "{given: {buero.vorgesehen: nein, buero.raum_m2: 25}, then: not_applicable}",
            id="applies dropped",
        ),
        pytest.param(
            "requires: buero.raum_m2 >= 25",
            ["{given: {}, then: open}"],
            "avoid: buero.raum_m2 >= 25",
            "{given: {buero.raum_m2: 25}, then: fulfilled}",
            id="avoid instead of requires",
        ),
        pytest.param(
            "avoid: buero.raum_m2 < 25",
            ["{given: {}, then: open}"],
            "requires: buero.raum_m2 < 25",
            "{given: {buero.raum_m2: 25}, then: fulfilled}",
            id="requires instead of avoid",
        ),
        pytest.param(
            "requires: buero.vorgesehen or buero.raum_m2 >= 25",
            ["{given: {buero.vorgesehen: nein}, then: open}"],
            "requires: buero.vorgesehen or buero.raum_m2 <= 25",
            "{given: {buero.vorgesehen: nein, buero.raum_m2: mindestens 25}, then: fulfilled}",
            id="what a bound says",
        ),
        pytest.param(
            "requires: buero.vorgesehen and buero.raum_m2 >= 25",
            ["{given: {}, then: open}"],
            "requires: buero.raum_m2 >= 25",
            "{given: {}, then: open, missing: [buero.vorgesehen, buero.raum_m2]}",
            id="what is missing",
        ),
    ],
)  # fmt: skip
def test_a_slip_that_weak_examples_let_pass(
    base: SmallBase, condition: str, cases: list[str], survivor: str, stronger: str
) -> None:
    put_to_test(base, RULE_FILE, condition, cases)
    assert survivor in survivors(base, "raeume.raum")
    put_to_test(base, RULE_FILE, condition, [*cases, stronger])
    assert survivor not in survivors(base, "raeume.raum")


@pytest.mark.parametrize(
    ("condition", "cases", "survivor", "stronger"),
    [
        pytest.param(
            'offer_when: buero.raum_m2 >= 25\ntaken_when: buero.technik has "internet"',
            ["{given: {buero.raum_m2: 30}, then: offered}", "{given: {}, then: silent}",
             "{given: {buero.technik: {internet: ja, computer: ja}}, then: taken}"],
            "offer_when: buero.raum_m2 > 25",
            "{given: {buero.raum_m2: 25}, then: offered}",
            id="offered",
        ),
        pytest.param(
            'offer_when: buero.raum_m2 >= 25\ntaken_when: buero.technik has "internet"',
            ["{given: {buero.raum_m2: 30}, then: offered}", "{given: {}, then: silent}",
             "{given: {buero.technik: {internet: ja, computer: ja}}, then: taken}"],
            'taken_when: buero.technik has "computer"',
            "{given: {buero.technik: {internet: ja, computer: nein}}, then: taken}",
            id="taken",
        ),
    ],
)  # fmt: skip
def test_a_slip_in_a_hint(
    base: SmallBase, condition: str, cases: list[str], survivor: str, stronger: str
) -> None:
    put_to_test(base, HINT_FILE, condition, cases)
    assert survivor in survivors(base, "raeume.technik")
    put_to_test(base, HINT_FILE, condition, [*cases, stronger])
    assert survivor not in survivors(base, "raeume.technik")


# What a verdict says


def test_a_survivor_is_named_with_its_change_and_the_whole_condition(base: SmallBase) -> None:
    (mutant, *_) = verdict(base, "raeume.raum").survivors
    assert (mutant.change, mutant.text) == ("24.99 statt 25", "requires: buero.raum_m2 >= 24.99")


def test_the_step_of_the_catalogue_decides_what_is_close(base: SmallBase) -> None:
    base.change(FACT_FILE, "unit: m², min: 0,", "unit: m², step: 0.1, min: 0,")
    found = verdict(base, "raeume.raum")
    assert (found.survivors, found.is_proof) == ((), True)
    assert (
        found.mutants == 8
    )  # applies: dropped, negated; requires: swapped, negated, two comparators, two bounds


def test_a_danger_is_changed_as_it_stands_in_its_file(base: SmallBase) -> None:
    assert survivors(base, "laufzeit.kurz") == []
    base.change(DANGER_FILE, "    - {given: {vertrag.dauer: 36}, then: fulfilled}\n", "")
    assert survivors(base, "laufzeit.kurz") == [
        "avoid: vertrag.laufzeit <= parameter.kurz at stichtag",
        "avoid: vertrag.laufzeit < parameter.kurz at stichtag + 1",
    ]


def test_a_slip_that_the_loader_would_refuse_is_noticed(base: SmallBase) -> None:
    """`vertrag.dauer >= 0` is settled by the catalogue, and `in [1..0]` is empty."""
    put_to_test(
        base, RULE_FILE, "requires: vertrag.dauer >= 1", ["{given: {vertrag.dauer: 1}, then: fulfilled}"]
    )
    assert "requires: vertrag.dauer >= 0" not in survivors(base, "raeume.raum")
    put_to_test(base, RULE_FILE, "requires: vertrag.dauer in [1..1]", ["{given: {}, then: open}"])
    assert "requires: vertrag.dauer in [1..0]" not in survivors(base, "raeume.raum")
    assert "requires: vertrag.dauer in [1..2]" in survivors(base, "raeume.raum")


def test_no_slip_is_tried_twice(base: SmallBase) -> None:
    """Dropping either of two equal parts gives the same condition."""
    condition = "requires: buero.raum_m2 >= 25 and buero.raum_m2 >= 25"
    put_to_test(base, RULE_FILE, condition, ["{given: {}, then: open}"])
    found = survivors(base, "raeume.raum")
    assert found.count("requires: buero.raum_m2 >= 25") == 1
    assert len(set(found)) == len(found)


def test_examples_that_are_wrong_prove_nothing(base: SmallBase) -> None:
    base.change(
        RULE_FILE,
        "{given: {buero.raum_m2: 25}, then: fulfilled}",
        "{given: {buero.raum_m2: 24}, then: fulfilled}",
    )
    found = verdict(base, "raeume.raum")
    assert (found.mutants, found.faults, found.is_proof) == (
        0,
        ("Beispiel 1: erwartet fulfilled, erhalten violated",),
        False,
    )


def test_an_example_that_is_no_setup_is_a_fault(base: SmallBase) -> None:
    base.change(RULE_FILE, "given: {buero.raum_m2: 24.9}", "given: {buero.raum_qm: 24.9}")
    (fault,) = verdict(base, "raeume.raum").faults
    assert "Diese Angabe gibt es nicht." in fault


# What makes no difference


EQUIVALENT = """\
equivalent:
  - {mutant: "requires: buero.raum_m2 >= 24.99", reason: So genau misst niemand.}
"""


def accept(base: SmallBase, equivalent: str) -> None:
    base.change(RULE_FILE, "examples:\n", f"{equivalent}examples:\n")


def test_a_slip_that_makes_no_difference_can_be_accepted_with_its_reason(base: SmallBase) -> None:
    accept(base, EQUIVALENT)
    found = verdict(base, "raeume.raum")
    assert (found.survivors, found.equivalent, found.needless, found.is_proof) == ((), 1, (), True)


def test_what_is_accepted_and_noticed_all_the_same_is_needless(base: SmallBase) -> None:
    accept(base, EQUIVALENT)
    base.change(RULE_FILE, "{given: {buero.raum_m2: 24.9}", "{given: {buero.raum_m2: 24.99}")
    found = verdict(base, "raeume.raum")
    assert (found.survivors, found.equivalent) == ((), 0)
    assert found.needless == ("requires: buero.raum_m2 >= 24.99",)
    assert not found.is_proof


def test_what_is_accepted_needs_a_reason(base: SmallBase) -> None:
    accept(base, EQUIVALENT.replace("So genau misst niemand.", "''"))
    assert base.problem().message == "Dieser Text ist leer."


# The short way against the long one


def _in_full(loaded: RuleBase, rule: Rule, mutant: Mutant) -> bool:
    """Tell whether a mutant survives when it is loaded and checked like any rule."""
    vocabulary, nothing = loaded.knowledge.catalogue.vocabulary, nothing_known(loaded.knowledge)
    try:
        checked = {role: check_condition(node, vocabulary) for role, node in mutant.conditions.items()}
    except ExpressionError:
        return False
    if any(any(settled_parts(node, nothing)) for node in checked.values() if node != syntax.Truth(True)):
        return False
    demand = checked.get("requires") or checked.get("offer_when") or syntax.Not(checked["avoid"])
    changed = replace(rule, applies=checked.get("applies"), demand=demand, taken=checked.get("taken_when"))
    checker = Checker(replace(loaded, rules=(changed,), advice=()), "compiled")
    return all(result.fault is None for result in run_examples(checker))


@pytest.mark.parametrize("start", range(2))
def test_the_examples_judge_a_slip_as_a_whole_check_would(start: int) -> None:
    """A sample of rules with all but one example taken away, so that some slips live."""
    loaded = default_rule_base()
    catalogue = loaded.knowledge.catalogue
    lived = 0
    for rule in loaded.rules[start::20]:
        spec = rule.spec.model_copy()
        spec._examples = spec.examples.model_copy(update={"cases": spec.examples.cases[:1]})
        weak = replace(rule, spec=spec)
        (found,) = judge_rules(loaded, [weak])
        alive = {mutant.text for mutant in found.survivors}
        subject = subject_of(weak, loaded.knowledge)
        for mutant in list(mutants(subject.conditions, steps_of(catalogue)))[::2]:
            assert _in_full(loaded, weak, mutant) == (mutant.text in alive), (rule.id, mutant.text)
            lived += mutant.text in alive
    assert lived > 0
