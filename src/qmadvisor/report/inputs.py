"""What the rules read of a setup, in a form that can be compared: what is equal in all of it is said alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import cast

from qmadvisor.language.findings import PREFIX
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.syntax import Expression, facts_read
from qmadvisor.language.values import RecordList, Value
from qmadvisor.rules.loader import RuleBase
from qmadvisor.rules.texts import PLACEHOLDER
from qmadvisor.setup.model import Setup

#: What a text may name beside facts of a setup: a rule's outcome is looked at on its own.
_NO_FACTS = ("parameter.", f"{PREFIX}.")


def states(setup: Setup, unknown: Mapping[str, Value]) -> Iterator[Hashable]:
    """What a setup says of each input, in a form that can be compared; None where that is nothing.

    How far something was stated follows from its value: what says no more than that it is unknown was not.
    """
    values, readings = setup.values, _readings(setup)
    for path, nothing in unknown.items():
        value = values[path]
        if value is nothing and path not in readings:
            yield None
        else:
            yield (_frozen(value), *readings.get(path, ()))


def _readings(setup: Setup) -> Mapping[str, list[Hashable]]:
    """By fact, how its numbers were converted."""
    found: dict[str, list[Hashable]] = {}
    for subject, readings in setup.readings.items():
        found.setdefault(subject.partition("[")[0], []).append((subject, readings))
    return found


def _frozen(value: Value) -> Hashable:
    """Return a value in a form that can be compared with others of the same fact."""
    if isinstance(value, RecordList):
        return value.complete, *[(one.key, *map(_frozen, one.values.values())) for one in value.records]
    if isinstance(value, TaskMatrix):
        return tuple([(key, *holders.items()) for key, holders in value.holders.items()])
    return tuple(value.items()) if isinstance(value, dict) else cast("Hashable", value)


def inputs_of(conditions: Iterable[Expression], texts: Iterable[str], base: RuleBase) -> tuple[str, ...]:
    """The stated facts behind a rule: those that its conditions and texts read, through what is worked out."""
    reads = {one.fact.path: one.reads for one in base.knowledge.catalogue.derivations}
    waiting = [path for condition in conditions for path in facts_read(condition)]
    waiting += [name for text in texts for name in PLACEHOLDER.findall(text)]
    seen: dict[str, None] = {}
    while waiting:
        path = waiting.pop()
        if path not in seen and not path.startswith(_NO_FACTS):
            seen[path] = None
            waiting += reads.get(path, ())
    return tuple(path for path in seen if path not in reads)
