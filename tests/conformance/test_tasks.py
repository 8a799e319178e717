"""The overview of tasks against the guideline's annex, where it is at hand (QMADVISOR_SHARED)."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from qmadvisor import documents
from qmadvisor.knowledge.tasks import TasksFile
from qmadvisor.resources import knowledge_root, rules_root
from qmadvisor.rules.loader import default_rule_base

SHARED = os.environ.get("QMADVISOR_SHARED")
if not SHARED:
    pytest.skip("QMADVISOR_SHARED names no folder with the guideline's annex", allow_module_level=True)

#: A text of ours may share at most this many consecutive words with the annex; names of a task are shorter.
MOST_SHARED_WORDS = 7
#: So many words can be in their own order by chance, or because there is no other way to say it.
UNAVOIDABLE = 3
#: How the areas of the annex are called here.
AREAS = {
    "Umsetzung der Gesamtmaßnahme": "umsetzung",
    "Projektentwicklung": "projektentwicklung",
    "Städtebauliche/stadtplanerische Aufgaben": "staedtebau",
    "Finanzierungsmanagement": "finanzierung",
    "Öffentlichkeitsarbeit": "oeffentlichkeit",
    "Monitoring, Evaluation, Berichte": "monitoring",
    "Vernetzung": "vernetzung",
    "Aktivierung und Beteiligung von Institutionen und Bewohner_innen": "aktivierung",
}


@cache
def _annex() -> dict[str, dict]:
    import yaml

    text = (Path(SHARED) / "leitfaden" / "aufgaben.yaml").read_text("utf-8")
    return {task["id"]: task for task in yaml.safe_load(text)}


@cache
def _ours() -> TasksFile:
    node = documents.read_file(knowledge_root() / "tasks.yaml")
    return TasksFile.model_validate(node.to_python())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def test_every_entry_stands_where_the_annex_has_it():
    ours = [(task.id, task.area, task.column, task.page) for task in _ours().tasks]
    assert ours == [
        (key, AREAS[task["area"]], task["column"], task["page"]) for key, task in _annex().items()
    ]


def test_areas_stand_in_the_order_of_the_annex():
    assert list(_ours().areas) == list(AREAS.values())


@pytest.mark.parametrize("key", ["same_as", "similar_to"])
def test_what_belongs_together_is_what_the_annex_says(key):
    ours = {task.id: getattr(task, key) for task in _ours().tasks if getattr(task, key)}
    assert ours == {task["id"]: task[key] for task in _annex().values() if key in task}


def test_doubtful_areas_are_marked():
    ours = {task.id for task in _ours().tasks if not task.area_certain}
    assert ours == {key for key, task in _annex().items() if task.get("area_certain") is False}


def test_tasks_that_are_there_only_if_needed_are_those_that_begin_so():
    ours = {task.id for task in _ours().tasks if task.if_needed}
    assert ours == {key for key, task in _annex().items() if task["text"].startswith("Ggf.")}


def test_the_models_cite_passages():
    known = default_rule_base().knowledge.guideline.passages
    cited = [passage for model in _ours().models.values() for passage in model.source]
    assert [passage for passage in cited if passage not in known] == []


@pytest.mark.parametrize("number", range(130))
def test_names_of_tasks_are_our_own_words(number):
    """No name is the annex's own from beginning to end, unless it is too short to be said in another way."""
    task = _ours().tasks[number]
    own, theirs = _words(task.label), _words(_annex()[task.id]["text"])
    assert own != theirs or len(own) <= UNAVOIDABLE
    assert not _runs(task.label, UNAVOIDABLE + 2) & _runs(_annex()[task.id]["text"], UNAVOIDABLE + 2)


@cache
def _runs_of_the_annex() -> set[tuple[str, ...]]:
    return set().union(*(_runs(task["text"], MOST_SHARED_WORDS + 1) for task in _annex().values()))


def _texts(node: documents.Node):
    if isinstance(node, documents.Scalar):
        yield node.text
    else:
        for child in node.items.values() if isinstance(node, documents.Mapping) else node.items:
            yield from _texts(child)


@pytest.mark.parametrize(
    "path",
    [*sorted(rules_root().rglob("*.yaml")), *sorted(knowledge_root().rglob("*.yaml"))],
    ids=lambda path: path.stem,
)
def test_no_text_of_ours_copies_the_annex(path):
    texts = _texts(documents.read_file(path))
    assert [run for text in texts for run in _runs(text, MOST_SHARED_WORDS + 1) & _runs_of_the_annex()] == []
