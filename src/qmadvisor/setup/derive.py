"""Work out derived and computed facts from what a setup states."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from qmadvisor.errors import Problem, SetupError
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.knowledge.catalogue import Derivation
from qmadvisor.language.evaluate import NO_RECORDS, Facts
from qmadvisor.language.reasons import Needs, Origins
from qmadvisor.language.trace import Trace
from qmadvisor.setup.model import Setup
from qmadvisor.setup.problems import refusal


@dataclass(frozen=True, slots=True)
class Derived:
    """All values of a setup, ready for the rules, and where the worked-out ones come from."""

    facts: Facts
    origins: Origins


def derive(setup: Setup, knowledge: Knowledge, as_of: date) -> Derived:
    """Add the derived and computed facts. Raises SetupError where stated facts contradict each other."""
    values = dict(setup.values)
    facts = Facts(values, as_of.toordinal(), knowledge.parameters.overridden(setup.parameter_overrides))
    traces: dict[str, Trace] = {}
    inputs: dict[str, tuple[str, ...]] = {}
    needs: dict[str, Needs] = {}
    problems: list[Problem] = []
    for derivation in knowledge.catalogue.derivations:
        path = derivation.fact.path
        if derivation.evaluator is not None:
            traces[path] = derivation.evaluator(facts, NO_RECORDS)
            values[path] = traces[path].value
            continue
        inputs[path] = derivation.reads
        if derivation.needs is not None:
            needs[path] = derivation.needs
        value = derivation.computed(values)
        if value is None:
            problems.extend(contradiction(derivation).problems)
        values[path] = derivation.fact.unknown if value is None else value
    if problems:
        raise SetupError(problems)
    options = _options_of({path for reads in inputs.values() for path in reads}, knowledge)
    return Derived(facts, Origins(setup.stated, traces, inputs, values, options, needs))


def _options_of(paths: Collection[str], knowledge: Knowledge) -> Mapping[str, Collection[str]]:
    """What can be answered of each multiple choice among the facts."""
    facts = (knowledge.catalogue.facts[path] for path in paths)
    return {fact.path: fact.words.choices for fact in facts if fact.kind == "multiple"}


def contradiction(derivation: Derivation) -> SetupError:
    """Say that the inputs of a computed fact cannot all be right."""
    return refusal(
        "contradiction",
        f"Diese Angaben widersprechen sich: {', '.join(derivation.reads)}.",
        remedy="Lassen Sie eine der Angaben weg oder berichtigen Sie sie.",
    )
