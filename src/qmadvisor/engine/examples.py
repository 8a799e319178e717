"""Run the examples that stand in every file of rules and advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qmadvisor.engine.check import Checker, CheckResult
from qmadvisor.engine.formula import Status
from qmadvisor.errors import QmadvisorError
from qmadvisor.language.subjects import parse_subject
from qmadvisor.rules.advice import AdviceCase, AdviceRule
from qmadvisor.rules.model import Case, Rule
from qmadvisor.setup.reader import read_values

#: The day on which examples are checked, unless they name another.
EXAMPLE_DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: the rule or advice, its number (from 1), and what is wrong with it (None: as expected)."""

    rule: str
    number: int
    fault: str | None


def run_examples(checker: Checker) -> Iterator[ExampleResult]:
    """Run every example of every rule, and then of all advice, of a checker's rule base."""
    for rule in checker.rule_base.rules:
        for number, case in enumerate(rule.spec.examples.cases, start=1):
            yield ExampleResult(rule.id, number, _fault(checker, rule, case))
    for advice in checker.rule_base.advice:
        for number, situation in enumerate(advice.spec.examples.cases, start=1):
            yield ExampleResult(advice.id, number, _advice_fault(checker, advice, situation))


def holding_in(checker: Checker, advice: AdviceRule, case: AdviceCase) -> set[str]:
    """Return the ids of all advice that holds in an example. Raises SetupError for facts that are no setup."""
    given = {**advice.spec.examples.base, **case.given}
    outcomes = {**advice.spec.examples.findings, **case.findings}
    result = _checked(checker, given, case.as_of, advice.file)
    return checker.advice_if(result, {rule_id: Status(status) for rule_id, status in outcomes.items()})


def _checked(checker: Checker, given: Mapping[str, Any], as_of: str | None, name: str) -> CheckResult:
    day = date.fromisoformat(as_of) if as_of else EXAMPLE_DAY
    known = checker.rule_base.knowledge
    return checker.check(read_values(given, known.catalogue, known.parameters, day, name=name), day)


def _advice_fault(checker: Checker, advice: AdviceRule, case: AdviceCase) -> str | None:
    try:
        state = "shown" if advice.id in holding_in(checker, advice, case) else "silent"
    except QmadvisorError as error:
        return str(error)
    return None if state == case.then else f"erwartet {case.then}, erhalten {state}"


def _fault(checker: Checker, rule: Rule, case: Case) -> str | None:
    try:
        result = _checked(checker, {**rule.spec.examples.base, **case.given}, case.as_of, rule.file)
    except QmadvisorError as error:
        return str(error)
    return _hint_fault(result, rule, case) if rule.is_hint else _finding_fault(result, rule, case)


def _hint_fault(result: CheckResult, rule: Rule, case: Case) -> str | None:
    state = next(hint.state for hint in result.hints if hint.rule is rule)
    return None if state == case.then else f"erwartet {case.then}, erhalten {state}"


def _finding_fault(result: CheckResult, rule: Rule, case: Case) -> str | None:
    finding = next(finding for finding in result.findings if finding.rule is rule)
    if finding.status != case.then:
        return f"erwartet {case.then}, erhalten {finding.status}"
    kinds = {reason.kind for reason in finding.reasons}
    if case.because and case.because not in kinds:
        return f"erwartet offen wegen {case.because}, erhalten {', '.join(sorted(kinds))}"
    # Examples name the question (`stadtteilbuero.technik`), reasons also the item (`…[beamer]`).
    subjects = list(dict.fromkeys(parse_subject(reason.subject).fact for reason in finding.reasons))
    if case.missing is not None and list(case.missing) != subjects:
        return f"erwartet missing {list(case.missing)}, erhalten {subjects}"
    return None
