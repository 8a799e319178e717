"""Why a finding is open, and what to ask, in German."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmadvisor.engine.check import CheckResult
from qmadvisor.language.german import German, format_value
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.reasons import Reason
from qmadvisor.language.subjects import Subject, parse_subject
from qmadvisor.language.values import RecordList
from qmadvisor.report.model import Missing, OpenReason


class Openness:
    """Names the facts that one check still needs.

    A subject is a path as reasons name it: `stellen[leitung].umfang`, `stadtteilbuero.technik[beamer]`.
    """

    def __init__(self, result: CheckResult, german: German) -> None:
        self.result = result
        self.german = german

    def reason(self, reason: Reason) -> OpenReason:
        """Say one reason in German."""
        return OpenReason(kind=reason.kind, subject=reason.subject, text=self._text(reason))

    def missing(self, reasons: Sequence[Reason]) -> Iterator[Missing]:
        """Yield what would settle a finding, with the question that asks for it."""
        for reason in reasons:
            if reason.kind in ("facts", "imprecise"):
                subject = parse_subject(reason.subject)
                yield Missing(
                    fact=subject.fact,
                    label=self._label(subject),
                    item=subject.item or None,
                    item_label=self._item(subject),
                    question=self._question(subject),
                )

    def _text(self, reason: Reason) -> str:
        if reason.kind == "no_parameter":
            return self._no_parameter(reason.subject)
        subject = parse_subject(reason.subject)
        label = ": ".join(filter(None, (self._label(subject), self._item(subject))))
        if (matrix := self._matrix(subject)) is not None:
            return f"{label}: {_open_tasks(matrix)}"
        match reason.kind:
            case "imprecise":
                asked = f", ob gilt: {self.german.clause(reason.condition)}" if reason.condition else ""
                known = self._known(subject)
                return f"{label}: „{known}“ ist noch nicht genau genug, um zu entscheiden{asked}."
            case "data_problem":
                return f"{label}: Mit diesem Wert lässt sich nicht rechnen."
            case _ if self._is_open_list(subject):
                return f"{label}: Noch offen ist, ob die Liste vollständig ist ({self._known(subject)})."
            case _:
                return f"{label}: noch nicht angegeben."

    def _no_parameter(self, name: str) -> str:
        parameter = self.german.vocabulary.parameters[name]
        if not parameter.values:
            return f"In Ihrer Planung abgeschaltet: {parameter.title}."
        return f"Für diesen Tag ist kein Wert hinterlegt: {parameter.title}."

    def _label(self, subject: Subject) -> str:
        """Name a fact, with its record where it has one."""
        label = subject.term(self.german.vocabulary).words.label
        if not subject.field:
            return label
        return f"{self.german.vocabulary.facts[subject.path].words.singular} „{subject.record}“, {label}"

    def _item(self, subject: Subject) -> str | None:
        return subject.term(self.german.vocabulary).words.choices[subject.item] if subject.item else None

    def _known(self, subject: Subject) -> str:
        value = self.result.facts.values[subject.path]
        if subject.field and isinstance(value, RecordList):
            record = next(record for record in value.records if record.key == subject.record)
            value = record.values[subject.field]
        term = subject.term(self.german.vocabulary)
        return format_value(value, term.type, term.words)

    def _is_open_list(self, subject: Subject) -> bool:
        """Tell whether a list has entries and may have more."""
        known = self.result.facts.values[subject.path]
        return not subject.field and isinstance(known, RecordList) and bool(known.records)

    def _matrix(self, subject: Subject) -> TaskMatrix | None:
        """The distribution of tasks, where that is what a reason is about."""
        known = self.result.facts.values[subject.path]
        return known if isinstance(known, TaskMatrix) else None

    def _question(self, subject: Subject) -> str:
        fact = self.result.rule_base.knowledge.catalogue.facts[subject.path]
        if len(self.result.setup.readings.get(subject.fact, ())) > 1:
            return "Schließen die Jahresstunden Urlaub und Feiertage ein (verteilt) oder nicht (netto)?"
        if (matrix := self._matrix(subject)) is not None:
            return _asked_tasks(matrix) or fact.spec.question
        if self._is_open_list(subject):
            return f"Sind das alle {fact.words.plural}?"
        return fact.fields[subject.field].spec.question if subject.field else fact.spec.question


#: So many tasks stand as examples for all that are still open.
_EXAMPLES = 3


def _open_tasks(matrix: TaskMatrix) -> str:
    """Say what a distribution of tasks leaves open: who has a task, or in which role."""
    if not matrix.holders:
        return "noch nicht angegeben."
    unstated, roles = _unstated(matrix), _without_role(matrix)
    parts = [f"Noch offen ist, wer Folgendes übernimmt: {_named(unstated)}."] if unstated else []
    parts += [f"Federführung oder Mitwirkung ist noch offen bei: {_named(roles)}."] if roles else []
    return " ".join(parts)


def _asked_tasks(matrix: TaskMatrix) -> str | None:
    """What to ask for; None where nothing is stated yet and the fact's own question fits."""
    if not matrix.holders:
        return None
    unstated, roles = _unstated(matrix), _without_role(matrix)
    asked = [f"Wer übernimmt {_named(unstated)}?"] if unstated else []
    asked += [f"Wer hat die Federführung, wer wirkt mit bei {_named(roles)}?"] if roles else []
    return " ".join(asked)


def _unstated(matrix: TaskMatrix) -> list[str]:
    return _labels([entry.key for entry in matrix.unstated], matrix)


def _without_role(matrix: TaskMatrix) -> list[str]:
    return _labels(matrix.without_role, matrix)


def _labels(keys: Sequence[str], matrix: TaskMatrix) -> list[str]:
    """Name tasks with their numbers in the overview, those of the same name once."""
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(matrix.overview.entries[key].label, key)
    return [f"„{label}“ ({key})" for label, key in first.items()]


def _named(labels: Sequence[str]) -> str:
    more = f" und {len(labels) - _EXAMPLES} weitere Aufgaben" if len(labels) > _EXAMPLES else ""
    return f"{', '.join(labels[:_EXAMPLES])}{more}"
