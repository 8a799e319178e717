"""What the memory does not compare must follow from what it does compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from tests.properties.setups import KNOWN, setups

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.language.values import RecordList, Value


def said(fact: Fact, path: str, value: Value) -> Iterator[str]:
    """The subjects of which a value says something."""
    match value:
        case RecordList():
            if value.complete:
                yield path
            for record in value.records:
                for name, inner in record.values.items():
                    yield from said(fact.fields[name], f"{path}[{record.key}].{name}", inner)
        case TaskMatrix():
            yield from (
                f"{path}[{task}]" for task, held in value.holders.items() if None not in held.values()
            )
            if value.settled:
                yield path
        case dict():
            yield from (f"{path}[{option}]" for option in value)
        case _ if value != fact.unknown:
            yield path


@settings(max_examples=40, deadline=None)
@given(setups())
def test_how_far_a_setup_is_stated_follows_from_its_values(setup: Any) -> None:
    facts = {fact.path: fact for fact in KNOWN.catalogue.inputs}
    expected = {each for path, fact in facts.items() for each in said(fact, path, setup.values[path])}
    assert setup.stated == expected
