from __future__ import annotations

import gzip
import re
from collections import Counter
from importlib.resources import files

import pytest

from qmadvisor_api.widget.bundle import PARTS, widget_module

FOLDER = files("qmadvisor_api.widget") / "js"
CODE = widget_module().decode()


def test_every_part_is_in_the_module_and_in_the_order_of_need() -> None:
    assert {f"{part}.js" for part in PARTS} == {one.name for one in FOLDER.iterdir()}


def test_it_is_one_module_that_needs_no_other() -> None:
    assert not re.search(r"^\s*(import|export)\b", CODE, re.MULTILINE)
    assert 'from "./' not in CODE


def test_no_name_is_taken_twice() -> None:
    names = re.findall(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", CODE, re.MULTILINE)
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_it_stays_small() -> None:
    assert len(gzip.compress(widget_module())) < 20_000


@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "localStorage", "sessionStorage",
     "document.cookie", "indexedDB", ".style.", "importScripts"],
)  # fmt: skip
def test_it_does_nothing_that_a_strict_page_forbids(forbidden: str) -> None:
    assert forbidden not in CODE


def test_both_languages_say_the_same_things() -> None:
    texts = FOLDER.joinpath("texts.js").read_text(encoding="utf-8")
    german, english = texts.split("  en: {")
    keys = [re.findall(r"^    (\w+):", part, re.MULTILINE) for part in (german, english)]
    assert keys[0] == keys[1]
    assert len(keys[0]) > 80


def test_every_text_that_is_used_is_there() -> None:
    keys = set(
        re.findall(r"^    (\w+):", FOLDER.joinpath("texts.js").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(re.findall(r'\bsay\("(\w+)"', CODE)) <= keys
