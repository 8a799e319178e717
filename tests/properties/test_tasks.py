"""Who has which task: saying more never overturns what was settled, and whoever says everything leaves nothing open."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.strategies import examples

from qmadvisor.knowledge.functions.tasks import (
    needs_of_holders,
    needs_of_matrix,
    needs_of_model,
    tasks_against_model,
    tasks_led_twice,
    tasks_of_nobody,
)
from qmadvisor.language.matrix import ROLES, Overview, TaskMatrix
from qmadvisor.language.values import Record, RecordList
from qmadvisor.rules.loader import default_rule_base

_TASKS = default_rule_base().knowledge.tasks
#: A few tasks of every sort: single, in two columns, alike, and only there if needed.
_KEPT = {
    key: _TASKS.tasks[key]
    for key in ("anhang-01", "anhang-10", "anhang-34", "anhang-47", "anhang-63", "anhang-86")
}
OVERVIEW = Overview(
    _TASKS.areas,
    _TASKS.columns,
    {entry.key: entry for task in _KEPT.values() for entry in task.entries},
    _KEPT,
    _TASKS.models,
)
MODELS = frozenset([*_TASKS.models, "mischform"])
ARTS = frozenset(["kommune", "staedtische_gesellschaft", "beauftragte", "qm_traeger"])
ACTORS = ("stadt", "buero", "verein")

Known = tuple[TaskMatrix, frozenset[str], RecordList]
_roles = st.sampled_from([*ROLES, "federfuehrung", None])
_holders = st.dictionaries(st.sampled_from(ACTORS), _roles, max_size=2)
_maybe = st.integers(0, 4).map(bool)


@st.composite
def partly_known(draw: Any) -> Known:
    """Some entries, with roles or without; a model or none; kinds of actors or none."""
    holders = {key: draw(_holders) for key in OVERVIEW.entries if draw(_maybe)}
    models = frozenset([draw(st.sampled_from(sorted(MODELS)))]) if draw(_maybe) else MODELS
    arts = [frozenset([draw(st.sampled_from(sorted(ARTS)))]) if draw(_maybe) else ARTS for _ in ACTORS]
    records = tuple(Record(actor, {"art": art}) for actor, art in zip(ACTORS, arts, strict=True))
    return TaskMatrix(OVERVIEW, holders), models, RecordList(records)


@st.composite
def completed(draw: Any, known: Known) -> Known:
    """Everything said, and nothing of it against what was said before."""
    matrix, models, actors = known
    role = st.sampled_from(list(ROLES))
    holders = {}
    for key in OVERVIEW.entries:
        said = matrix.holders[key] if key in matrix.holders else draw(_holders)
        holders[key] = {actor: draw(role) if one is None else one for actor, one in said.items()}
    arts = [record.values["art"] for record in actors.records]
    records = tuple(
        Record(record.key, {"art": frozenset([draw(st.sampled_from(sorted(art)))])})
        for record, art in zip(actors.records, arts, strict=True)
        if isinstance(art, frozenset)
    )
    model = frozenset([draw(st.sampled_from(sorted(models)))])
    return TaskMatrix(OVERVIEW, holders), model, RecordList(records, complete=True)


def said(known: Known) -> list[dict[str, bool]]:
    return [tasks_of_nobody(known[0]), tasks_led_twice(known[0]), tasks_against_model(*known)]


@examples(300)
@given(data=st.data(), known=partly_known())
def test_what_is_settled_stays_so_and_everything_gets_settled(data: st.DataObject, known: Known) -> None:
    for before, after in zip(said(known), said(data.draw(completed(known))), strict=True):
        assert before.items() <= after.items()
        assert after.keys() == OVERVIEW.tasks.keys()


@examples(300)
@given(known=partly_known())
def test_whatever_is_open_has_something_that_is_needed(known: Known) -> None:
    needs = [needs_of_holders(known[0]), needs_of_matrix(known[0]), needs_of_model(*known)]
    for found, needed in zip(said(known), needs, strict=True):
        assert len(found) == len(OVERVIEW.tasks) or list(needed)
