"""Would the examples notice? Each condition is changed slightly, and an example must come out differently.

What can be mutated is a `Subject`: conditions by the role that they play, and examples that judge them. Whatever
else has conditions and examples can be put to the same test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from qmadvisor.engine.mutants import Steps, mutations, steps_of
from qmadvisor.errors import ExpressionError
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language import syntax
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import NO_RECORDS, Evaluator, Facts, compile_expression
from qmadvisor.language.printer import to_text
from qmadvisor.language.trace import Trace
from qmadvisor.language.vocabulary import Vocabulary
from qmadvisor.rules.settled import settled_parts

#: Conditions by role, as the file names them: `applies`, `requires`, `offer_when`, …
Conditions = Mapping[str, syntax.Expression]
#: The traces of conditions by role.
Traces = Mapping[str, Trace]

_OPPOSITES = {"requires": "avoid", "avoid": "requires"}


class JudgedExample(Protocol):
    """An example that can be judged from the traces of the conditions alone."""

    @property
    def facts(self) -> Facts:
        """The facts of the example, those worked out included."""
        ...

    def fault(self, traces: Traces) -> str | None:
        """Say what is wrong, or None where the example comes out as expected."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What is put to the test; `accepted` names the mutants that its author calls equivalent."""

    id: str
    conditions: Conditions
    examples: Sequence[JudgedExample]
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A subject's conditions with one change; `text` identifies it: the role and the condition after the change."""

    change: str
    text: str
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a subject's mutants.

    `survivors`: no example notices them. `equivalent`: how many more the author accepts. `needless`: accepted
    texts that belong to no survivor. `faults`: examples that are wrong even without a change.
    """

    subject: str
    mutants: int
    survivors: tuple[Mutant, ...] = ()
    equivalent: int = 0
    needless: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_proof(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not (self.survivors or self.needless or self.faults)


def mutants(conditions: Conditions, steps: Steps) -> Iterator[Mutant]:
    """Yield all mutants of a subject's conditions, each once."""
    seen = {_text(role, node) for role, node in conditions.items()}
    for mutant in _all_mutants(conditions, steps):
        if mutant.text not in seen:
            seen.add(mutant.text)
            yield mutant


def _all_mutants(conditions: Conditions, steps: Steps) -> Iterator[Mutant]:
    if "applies" in conditions:
        others = {role: node for role, node in conditions.items() if role != "applies"}
        yield Mutant("ohne applies", "ohne applies", others)
    for role, node in conditions.items():
        if role in _OPPOSITES:
            other = _OPPOSITES[role]
            swapped = {other if name == role else name: part for name, part in conditions.items()}
            yield Mutant(f"{other} statt {role}", _text(other, node), swapped)
        for mutation in mutations(node, steps):
            changed = {**conditions, role: mutation.node}
            yield Mutant(mutation.change, _text(role, mutation.node), changed)


def _text(role: str, node: syntax.Expression) -> str:
    return f"{role}: {to_text(node)}"


class Mutation:
    """Puts subjects to the test; the vocabulary and an empty setup tell which mutants would not even load."""

    def __init__(
        self,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        nothing: Facts,
        refuses: Callable[[syntax.Expression], bool] = lambda node: False,
    ) -> None:
        """`refuses` is what a loader holds against a condition that is well-typed and not settled."""
        self._refuses = refuses
        self._steps = steps_of(catalogue)
        self._vocabulary = vocabulary
        self._nothing = nothing

    def judge(self, subject: Subject) -> Verdict:
        """Try all mutants of one subject."""
        trial = _Trial(subject)
        if faults := tuple(trial.faults()):
            return Verdict(subject.id, 0, faults=faults)
        tried = list(mutants(subject.conditions, self._steps))
        alive = [mutant for mutant in tried if self._survives(mutant, trial)]
        texts = {mutant.text for mutant in alive}
        return Verdict(
            subject.id,
            len(tried),
            tuple([mutant for mutant in alive if mutant.text not in subject.accepted]),
            len(texts & subject.accepted),
            tuple(sorted(subject.accepted - texts)),
        )

    def _survives(self, mutant: Mutant, trial: _Trial) -> bool:
        new = dict(trial.unchanged(mutant.conditions))
        for role, node in mutant.conditions.items():
            if role not in new:
                checked = self._checked(node)
                if checked is None:
                    return False
                new[role] = checked
        return not trial.notices(new) and not self._is_refused(new, trial)

    def _checked(self, node: syntax.Expression) -> syntax.Expression | None:
        try:
            return check_condition(node, self._vocabulary)
        except ExpressionError:
            return None

    def _is_refused(self, conditions: Conditions, trial: _Trial) -> bool:
        """The loader refuses what is decided before anybody answers."""
        unchanged = trial.unchanged(conditions)
        return any(
            self._refuses(node) or any(settled_parts(node, self._nothing))
            for role, node in conditions.items()
            if role not in unchanged
        )


class _Trial:
    """The examples of one subject, with the traces of the conditions as they are."""

    def __init__(self, subject: Subject) -> None:
        self._conditions = subject.conditions
        self._examples = [
            (example, {role: run(example.facts, NO_RECORDS) for role, run in evaluators.items()})
            for evaluators in [_compiled(subject.conditions)]
            for example in subject.examples
        ]

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with examples although nothing was changed."""
        for number, (example, traces) in enumerate(self._examples, start=1):
            if fault := example.fault(traces):
                yield f"Beispiel {number}: {fault}"

    def unchanged(self, conditions: Conditions) -> Conditions:
        """Return the conditions that are those of the subject itself."""
        return {role: node for role, node in conditions.items() if node is self._conditions.get(role)}

    def notices(self, conditions: Conditions) -> bool:
        """Tell whether an example comes out differently with these (checked) conditions."""
        kept = self.unchanged(conditions)
        changed = _compiled({role: node for role, node in conditions.items() if role not in kept})
        return any(
            example.fault(
                {role: traces[role] for role in kept}
                | {role: run(example.facts, NO_RECORDS) for role, run in changed.items()}
            )
            for example, traces in self._examples
        )


def _compiled(conditions: Conditions) -> dict[str, Evaluator]:
    return {role: compile_expression(node) for role, node in conditions.items()}
