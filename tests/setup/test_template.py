from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion
from tests.setup.conftest import AS_OF

from qmadvisor import documents
from qmadvisor.knowledge.catalogue import Catalogue
from qmadvisor.language.values import RecordList
from qmadvisor.rules.loader import default_rule_base
from qmadvisor.setup.model import Setup
from qmadvisor.setup.template import setup_template

_EXAMPLE = re.compile(r"^( *)# ((?: *)(?:# .*|[a-z0-9_]+:.*))$")


@pytest.fixture(params=["small", "real"])
def asked(request: pytest.FixtureRequest, catalogue: Catalogue) -> Catalogue:
    return catalogue if request.param == "small" else default_rule_base().knowledge.catalogue


@pytest.fixture
def read(asked: Catalogue) -> Callable[[str], Setup]:
    from qmadvisor.setup.reader import read_setup

    parameters = default_rule_base().knowledge.parameters

    def from_text(text: str) -> Setup:
        node = documents.read_bytes(text.encode(), "neu.yaml")
        return read_setup(node, asked, parameters, AS_OF, name="neu.yaml")

    return from_text


def uncommented(text: str) -> str:
    """Take the signs "# " away from the example records, as the template tells people to do."""
    lines, inside = [], False
    for line in text.splitlines():
        inside = (inside and bool(line.strip())) or line.endswith("ist frei wählbar:")
        match = _EXAMPLE.match(line) if inside else None
        lines.append(f"{match[1]}{match[2]}" if match and not line.endswith("wählbar:") else line)
    return "\n".join(lines) + "\n"


def test_the_file_as_a_whole(catalogue: Catalogue, snapshot: SnapshotAssertion) -> None:
    assert setup_template(catalogue) == snapshot


def test_every_question_is_asked_once_and_nothing_else(asked: Catalogue) -> None:
    node = documents.read_bytes(setup_template(asked).encode(), "neu.yaml")
    header = ["schema", "titel", "programm", "phase"]
    assert isinstance(node, documents.Mapping)
    assert list(node.items)[:4] == header
    found = []
    for key, inner in node.items.items():
        if isinstance(inner, documents.Mapping):
            found += [f"{key}.{name}" for name in inner.items]
        elif key not in header:
            found.append(key)
    assert sorted(found) == sorted(fact.path for fact in asked.inputs)


def test_every_question_and_help_stands_in_it(asked: Catalogue) -> None:
    words = " ".join(setup_template(asked).replace("#", " ").split())
    for fact in asked.inputs:
        assert " ".join(fact.spec.question.split()) in words
        assert " ".join(fact.spec.help.split()) in words
        for field in fact.fields.values():
            for key in field.words.choices:
                assert key in words


def test_other_readers_of_yaml_can_read_it(asked: Catalogue) -> None:
    assert yaml.safe_load(setup_template(asked))["schema"] == "qmadvisor.setup/1"


def test_lines_fit_an_editor(asked: Catalogue) -> None:
    lines = setup_template(asked).splitlines()
    assert max(map(len, lines)) <= 110
    assert not [line for line in lines if line != line.rstrip()]


def test_it_states_nothing(asked: Catalogue, read: Callable[[str], Setup]) -> None:
    setup = read(setup_template(asked))
    assert setup.stated == frozenset()
    assert (setup.programme, setup.phase) == (None, None)
    assert (setup.notes, setup.readings, setup.deviations) == ({}, {}, {})
    for fact in asked.inputs:
        assert setup.values[fact.path] == fact.unknown


def test_the_example_records_only_need_their_signs_taken_away(
    asked: Catalogue, read: Callable[[str], Setup]
) -> None:
    setup = read(uncommented(setup_template(asked)))
    assert setup.stated == frozenset()
    for fact in asked.inputs:
        if fact.kind == "list":
            value = setup.values[fact.path]
            assert isinstance(value, RecordList)
            (record,) = value.records
            assert (record.key, value.complete) == ("eintrag1", False)
            assert dict(record.values) == {key: inner.unknown for key, inner in fact.fields.items()}
