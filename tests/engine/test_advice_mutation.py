"""Would the examples of advice notice a slip in its condition?"""

from __future__ import annotations

from tests.rules.advice_base import ADVICE, ADVICE_FILE, WHEN, with_advice
from tests.rules.small_base import SmallBase

from qmadvisor.engine.advice_mutation import judge_advice
from qmadvisor.engine.mutation import Verdict

GONE = "{findings: {laufzeit.kurz: violated, raeume.raum: not_applicable}, then: silent}"


def verdict(base: SmallBase) -> Verdict:
    loaded = base.load()
    (found,) = judge_advice(loaded, loaded.advice)
    return found


def survivors(base: SmallBase) -> list[str]:
    return [mutant.text for mutant in verdict(base).survivors]


def test_examples_that_notice_everything(base: SmallBase) -> None:
    found = verdict(with_advice(base))
    assert (found.subject, found.survivors, found.is_proof) == ("advice.beides", (), True)
    assert found.mutants == 15


def test_weak_examples_let_another_outcome_pass(base: SmallBase) -> None:
    with_advice(base)
    base.change(ADVICE_FILE, f"    - {GONE}\n", "")
    assert (
        'when: befund.laufzeit.kurz = "violated" and befund.raeume.raum in ("violated", "not_applicable")'
        not in survivors(base)
    )
    base.change(ADVICE_FILE, "    - {given: {vertrag.dauer: 35}, then: shown}\n", "")
    assert (
        'when: befund.laufzeit.kurz = "violated" and befund.raeume.raum in ("violated", "not_applicable")'
        in survivors(base)
    )


def test_what_the_loader_refuses_needs_no_example(base: SmallBase) -> None:
    """Without its first finding the condition would hold by a fact alone: no such file loads."""
    when = 'befund.laufzeit.kurz = "violated" and buero.vorgesehen'
    with_advice(base)
    base.change(ADVICE_FILE, WHEN, f"when: {when}")
    text = base.read(ADVICE_FILE)
    head, _, _ = text.partition("  cases:")
    base.write(ADVICE_FILE, f"{head}  cases: [{{findings: {{laufzeit.kurz: violated}}, then: shown}}]\n")
    assert "when: buero.vorgesehen" not in survivors(base)
    assert 'when: befund.laufzeit.kurz = "violated"' in survivors(base)


def test_an_example_that_is_no_setup_is_a_fault(base: SmallBase) -> None:
    with_advice(base)
    base.change(
        ADVICE_FILE, "{given: {vertrag.dauer: 35}, then: shown}", "{given: {vertrag.daur: 35}, then: shown}"
    )
    (fault,) = verdict(base).faults
    assert "Diese Angabe gibt es nicht." in fault


def test_a_wrong_example_proves_nothing(base: SmallBase) -> None:
    with_advice(base)
    base.change(
        ADVICE_FILE, "{given: {vertrag.dauer: 35}, then: shown}", "{given: {vertrag.dauer: 35}, then: silent}"
    )
    assert verdict(base).faults == ("Beispiel 2: erwartet silent, erhalten shown",)


def test_a_slip_that_makes_no_difference_can_be_accepted(base: SmallBase) -> None:
    with_advice(base)
    needless = 'equivalent: [{mutant: "when: nichts", reason: Warum auch immer.}]\n'
    base.write(ADVICE_FILE, ADVICE + needless)
    assert verdict(base).needless == ("when: nichts",)
