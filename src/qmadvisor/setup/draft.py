"""What has been read of a setup so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qmadvisor.documents import Node, Scalar
from qmadvisor.errors import SetupError, did_you_mean, excerpt, listing
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.values import Interval, RecordList, Value
from qmadvisor.setup.answers import is_unknown, read_text, single_text
from qmadvisor.setup.model import Reading
from qmadvisor.setup.problems import Problems
from qmadvisor.setup.rates import Rates

MAX_NOTE = 2000


class Reference(NamedTuple):
    """A record of the list `of` is named somewhere; it can be checked when all is read."""

    of: str
    key: str
    node: Node
    path: str


@dataclass(slots=True)
class Draft:
    """Collects values and problems while a setup is read.

    `content` holds what was stated in a form that does not depend on notation or order: the digest
    is made from it.
    """

    catalogue: Catalogue
    rates: Rates
    problems: Problems
    values: dict[str, Value]
    content: dict[str, Any] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)

    def state(self, path: str, value: Value, unknown: Value = None) -> None:
        """Note that a value was stated, if it says more than that it is unknown."""
        if value != unknown:
            self.stated.add(path)
            self.content[path] = canonical(value)

    def state_answers(self, path: str, answers: Mapping[str, bool]) -> None:
        """Note the options of a multiple choice that were answered."""
        said = {f"{path}[{key}]": answer for key, answer in answers.items()}
        self.content |= said
        self.stated |= said.keys()

    def state_list(self, path: str, value: RecordList) -> None:
        """Note a list: it is known as a whole only if it is complete; its records count anyway."""
        if value.complete:
            self.stated.add(path)
        if value.complete or value.records:
            self.content[path] = canonical(value)

    def state_matrix(self, path: str, value: TaskMatrix) -> None:
        """Note each task that is said; one with a role that is not known counts, but is not yet fully stated."""
        for key, holders in value.holders.items():
            self.content[f"{path}[{key}]"] = dict(holders)
            if None not in holders.values():
                self.stated.add(f"{path}[{key}]")
        if value.settled:
            self.stated.add(path)

    def note(self, path: str, node: Node) -> None:
        """Read the note that belongs to a path."""
        text = read_note(node, self.problems, f"{path}.notiz" if path else "notiz")
        if text:
            self.notes[path] = text

    def check_references(self) -> None:
        """Refuse references to records that a stated list does not have."""
        for reference in self.references:
            records = self.values.get(reference.of)
            if isinstance(records, RecordList) and reference.of in self.content:
                keys = [record.key for record in records.records]
                if reference.key not in keys:
                    self._refuse_reference(reference, keys)

    def _refuse_reference(self, reference: Reference, keys: list[str]) -> None:
        self.problems.add(
            "unknown_record",
            f"In der Liste „{reference.of}“ gibt es diesen Eintrag nicht.",
            reference.node,
            reference.path,
            found=excerpt(reference.key),
            allowed=listing(keys) or None,
            remedy=did_you_mean(reference.key, keys) or f"Legen Sie den Eintrag unter „{reference.of}“ an.",
        )


def read_note(node: Node, problems: Problems, path: str) -> str | None:
    """Read a note; None where it is empty or not usable."""
    if isinstance(node, Scalar) and is_unknown(node):
        return None
    try:
        return read_text(single_text(node), MAX_NOTE)
    except SetupError as error:
        problems.take(error, node, path)
        return None


def canonical(value: Value) -> Any:
    """Return a value as JSON data, the same for every notation of it."""
    match value:
        case bool() | str():
            return value
        case Interval():
            return [str(value.lo), str(value.hi)]
        case frozenset():
            return sorted(value)
        case RecordList():
            keys = sorted(record.key for record in value.records)
            return {"complete": value.complete, "records": keys}
    return value
