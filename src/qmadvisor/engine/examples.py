"""Run the examples that stand in every file of rules and advice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import cast

from qmadvisor.engine.check import Checker, CheckResult, EngineName
from qmadvisor.engine.finding import HintState
from qmadvisor.engine.formula import Status
from qmadvisor.errors import QmadvisorError
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.language.reasons import Reason
from qmadvisor.language.subjects import parse_subject
from qmadvisor.rules.advice import AdviceCase, AdviceRule
from qmadvisor.rules.model import Case, Rule
from qmadvisor.setup.model import Setup
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
    for section, rules in groupby(checker.rule_base.rules, key=lambda rule: rule.spec.section):
        with closing(_section_checker(checker, section)) as its_checker:
            for rule in rules:
                for number, case in enumerate(rule.spec.examples.cases, start=1):
                    yield ExampleResult(rule.id, number, _fault(its_checker, rule, case))
    for advice in checker.rule_base.advice:
        for number, situation in enumerate(advice.spec.examples.cases, start=1):
            yield ExampleResult(advice.id, number, _advice_fault(checker, advice, situation))


def _section_checker(checker: Checker, section: str) -> Checker:
    """Rules do not depend on each other, so an example need not check those of other sections too."""
    base = checker.rule_base
    rules = tuple([rule for rule in base.rules if rule.spec.section == section])
    return Checker(replace(base, rules=rules, advice=()), cast("EngineName", checker.engine))


def holding_in(checker: Checker, advice: AdviceRule, case: AdviceCase) -> set[str]:
    """Return the ids of all advice that holds in an example. Raises SetupError for facts that are no setup."""
    return checker.advice_if(*situation_of(checker, advice, case))


def situation_of(
    checker: Checker, advice: AdviceRule, case: AdviceCase
) -> tuple[CheckResult, Mapping[str, Status]]:
    """Check the facts of an example, and return the outcomes that it sets. Raises SetupError."""
    known, day = checker.rule_base.knowledge, day_of(case)
    given = {**advice.spec.examples.base, **case.given}
    setup = read_values(given, known.catalogue, known.parameters, day, name=advice.file)
    outcomes = {**advice.spec.examples.findings, **case.findings}
    return checker.check(setup, day), {rule_id: Status(status) for rule_id, status in outcomes.items()}


def _advice_fault(checker: Checker, advice: AdviceRule, case: AdviceCase) -> str | None:
    try:
        return advice_fault(advice.id in holding_in(checker, advice, case), case)
    except QmadvisorError as error:
        return str(error)


def advice_fault(shown: bool, case: AdviceCase) -> str | None:
    """Say how advice that is shown or silent differs from what an example expects."""
    state = "shown" if shown else "silent"
    return None if state == case.then else f"erwartet {case.then}, erhalten {state}"


def day_of(case: Case | AdviceCase) -> date:
    """Return the day on which an example is checked."""
    return date.fromisoformat(case.as_of) if case.as_of else EXAMPLE_DAY


def read_example(rule: Rule, case: Case, knowledge: Knowledge) -> Setup:
    """Read the setup of an example. Raises SetupError."""
    given = {**rule.spec.examples.base, **case.given}
    return read_values(given, knowledge.catalogue, knowledge.parameters, day_of(case), name=rule.file)


def _fault(checker: Checker, rule: Rule, case: Case) -> str | None:
    try:
        result = checker.check(read_example(rule, case, checker.rule_base.knowledge), day_of(case))
    except QmadvisorError as error:
        return str(error)
    if rule.is_hint:
        return hint_fault(next(hint.state for hint in result.hints if hint.rule is rule), case)
    finding = next(finding for finding in result.findings if finding.rule is rule)
    return finding_fault(finding.status, lambda: finding.reasons, case)


def hint_fault(state: HintState, case: Case) -> str | None:
    """Say how the state of a hint differs from what an example expects."""
    return None if state == case.then else f"erwartet {case.then}, erhalten {state}"


def finding_fault(status: Status, reasons_of: Callable[[], Collection[Reason]], case: Case) -> str | None:
    """Say how an outcome and its reasons differ from what an example expects."""
    if status != case.then:
        return f"erwartet {case.then}, erhalten {status}"
    if case.because is None and case.missing is None:
        return None
    reasons = reasons_of()
    kinds = {reason.kind for reason in reasons}
    if case.because and case.because not in kinds:
        return f"erwartet offen wegen {case.because}, erhalten {', '.join(sorted(kinds))}"
    # Examples name the question (`stadtteilbuero.technik`), reasons also the item (`…[beamer]`).
    subjects = list(dict.fromkeys(parse_subject(reason.subject).fact for reason in reasons))
    if case.missing is not None and list(case.missing) != subjects:
        return f"erwartet missing {list(case.missing)}, erhalten {subjects}"
    return None
