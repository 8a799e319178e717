"""The rule base against the sentences of the guideline, where they are at hand (QMADVISOR_SHARED)."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from qmadvisor import documents
from qmadvisor.resources import knowledge_root, rules_root
from qmadvisor.rules.loader import default_rule_base

SHARED = os.environ.get("QMADVISOR_SHARED")
if not SHARED:
    pytest.skip("QMADVISOR_SHARED names no folder with the guideline's sentences", allow_module_level=True)

#: A text of ours may share at most this many consecutive words with the guideline.
MOST_SHARED_WORDS = 7
#: A name of fewer words is not taken out: too many sentences would fall apart.
SHORTEST_NAME = 4


@cache
def _passages() -> dict[str, dict]:
    """The sentences; the file is larger than what setups may be, so it is read with the plain YAML loader."""
    import yaml

    text = (Path(SHARED) / "leitfaden" / "passagen.yaml").read_text("utf-8")
    return {passage["id"]: passage for passage in yaml.safe_load(text)}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_the_ledger_has_every_passage_with_its_page():
    ledger = default_rule_base().knowledge.guideline.passages
    assert {key: passage.page for key, passage in ledger.items()} == {
        key: passage["page"] for key, passage in _passages().items()
    }


def test_the_words_of_the_ledger_stand_in_their_passages():
    ledger = default_rule_base().knowledge.guideline.passages
    wrong = [key for key, one in ledger.items() if one.word and one.word not in _passages()[key]["text"]]
    assert wrong == []


@pytest.mark.parametrize("rule", default_rule_base().rules, ids=lambda rule: rule.id)
def test_the_wording_of_a_rule_stands_in_the_passage_named_first(rule):
    parts = [re.escape(part) for part in rule.spec.wording.split(" … ")]
    assert re.search(".*".join(parts), _passages()[rule.spec.source[0]]["text"], re.IGNORECASE)


def _texts(node: documents.Node):
    if isinstance(node, documents.Scalar):
        yield node.text
    else:
        for child in node.items.values() if isinstance(node, documents.Mapping) else node.items:
            yield from _texts(child)


def _names() -> list[str]:
    """Official names and titles, which cannot be put in other words; short ones are no copies anyway."""
    known = default_rule_base().knowledge
    titles = [source.title for source in known.sources.values()] + list(known.guideline.sections.values())
    found = {" ".join(_words(title)) for title in titles}
    return sorted((name for name in found if len(name.split()) >= SHORTEST_NAME), key=len, reverse=True)


@cache
def _names_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _names()))})\b")


@cache
def _runs_of_the_guideline() -> set[tuple[str, ...]]:
    size = MOST_SHARED_WORDS + 1
    return {
        tuple(words[start : start + size])
        for words in (_words(passage["text"]) for passage in _passages().values())
        for start in range(len(words) - size + 1)
    }


def _copied(text: str) -> list[str]:
    """Runs of words that stand in the guideline too; a name breaks a run."""
    words = _names_pattern().sub("§", " ".join(_words(text))).split()
    size = MOST_SHARED_WORDS + 1
    runs = (tuple(words[start : start + size]) for start in range(len(words) - size + 1))
    return [" ".join(run) for run in runs if run in _runs_of_the_guideline()]


def _all_texts():
    for path in [*sorted(rules_root().rglob("*.yaml")), *sorted(knowledge_root().rglob("*.yaml"))]:
        yield path, list(_texts(documents.read_file(path)))


def test_no_text_of_ours_copies_the_guideline():
    copies = [(path.name, run) for path, texts in _all_texts() for text in texts for run in _copied(text)]
    assert copies == []


def test_a_copied_sentence_would_be_found():
    """The test of the test: a sentence of the guideline in a text of ours, and a title in it."""
    sentence = max((passage["text"] for passage in _passages().values()), key=len)
    assert _copied(f"Wir schreiben: {sentence}")
    title = max((source.title for source in default_rule_base().knowledge.sources.values()), key=len)
    assert _copied(title) == []
    words = _words(sentence)
    assert _copied(" ".join(words[:MOST_SHARED_WORDS])) == []
    assert _copied(" ".join(words[: MOST_SHARED_WORDS + 1])) != []


def test_every_source_that_is_a_section_has_its_title():
    """The ledger's titles of the sections are among the official titles, so neither can drift."""
    known = default_rule_base().knowledge
    titles = {source.title for source in known.sources.values()}
    assert [title for title in known.guideline.sections.values() if title not in titles] == []
