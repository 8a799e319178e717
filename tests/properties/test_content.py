"""Spoilt rules, facts, parameters and ledgers: either they load, or the loader says what is wrong with them."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.properties.strategies import examples
from tests.rules.advice_base import ADVICE, ADVICE_FILE
from tests.rules.small_base import FACT_FILE, FILES, GUIDELINE_FILE, PARAMETER_FILE, RULE_FILE, SmallBase

from qmadvisor.engine.check import Checker
from qmadvisor.engine.completeness import lint
from qmadvisor.engine.examples import run_examples
from qmadvisor.errors import DocumentError, KnowledgeError, Problem
from qmadvisor.report.build import build_report
from qmadvisor.setup.reader import read_values

TODAY = date(2026, 11, 22)
TEXTS = {**FILES, ADVICE_FILE: ADVICE}
SCALAR = re.compile(r"[\w.²-]+")
PIECES = [
    *("", "null", "true", "false", "ja", "-1", "0", "0.1", "36", "1/0", "1e999999999", "9" * 19, "9" * 400),
    *(
        ".nan",
        ".inf",
        "[]",
        "{}",
        "[a, b]",
        "{a: b}",
        "[[[[[[]]]]]]",
        "[" * 60,
        "é",
        "\t",
        "\x07",
        "x" * 3000,
    ),
    *(
        "<b>fett</b>",
        "[bold]fett[/bold]",
        "{buero.raum_m2}",
        "{{",
        "{",
        "}",
        "|",
        ">-",
        "'",
        '"',
        "#",
        "---",
        "%",
    ),
    *("&a", "*a", "!!python/object:os.system", "!!binary", "2026-02-30", "2026-01-01", "m²", "h//Woche"),
    *("raeume-01", "vertrag.laufzeit", "stellen_zusammen", "stichtag", "parameter.kurz at stichtag"),
    *(
        "buero.raum_m2 / 0 > 1",
        "((((" * 100,
        "not(" * 500 + "true",
        "buero.vorgesehen or not(buero.vorgesehen)",
    ),
    "some s in stellen satisfies (s.umfang >= 1)",
    *("befund.raeume.raum", "befund.raeume.raum-1", 'befund.raeume.raum = "open"', "befund.laufzeit.kurz"),
]
KEYS = ["neu", "requires", "avoid", "parameter", "derived", "computed", "min", "list", "values"]


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail instead of hanging, where the system can interrupt."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(*_: object) -> None:
        msg = f"still loading after {seconds} seconds"
        raise TimeoutError(msg)

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@st.composite
def spoilt(draw: Any, text: str) -> bytes:
    """The text after one to three accidents."""
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(ACCIDENTS))(draw, text)
    data = text.encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=6)) + data[at:]
    return data


def _lines(draw: Any, text: str) -> tuple[list[str], int]:
    lines = text.splitlines(keepends=True) or [""]
    return lines, draw(st.integers(0, len(lines) - 1))


def drop_line(draw: Any, text: str) -> str:
    lines, at = _lines(draw, text)
    return "".join(lines[:at] + lines[at + 1 :])


def repeat_line(draw: Any, text: str) -> str:
    lines, at = _lines(draw, text)
    return "".join(lines[: at + 1] + lines[at:])


def move_line(draw: Any, text: str) -> str:
    lines, at = _lines(draw, text)
    line = lines.pop(at)
    lines.insert(draw(st.integers(0, len(lines))), line)
    return "".join(lines)


def cut_off(draw: Any, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def add_key(draw: Any, text: str) -> str:
    lines, at = _lines(draw, text)
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
    key = draw(
        st.sampled_from(
            ["neu", "requires", "avoid", "parameter", "derived", "computed", "min", "list", "values"]
        )
    )
    return "".join([*lines[:at], f"{indent}{key}: {draw(st.sampled_from(PIECES))}\n", *lines[at:]])


def other_word(draw: Any, text: str) -> str:
    words = list(SCALAR.finditer(text))
    if not words:
        return text
    word = draw(st.sampled_from(words))
    piece = draw(st.sampled_from([*PIECES, *(other[0] for other in words[:200])]))
    return text[: word.start()] + piece + text[word.end() :]


def other_sign(draw: Any, text: str) -> str:
    at = draw(st.integers(0, max(0, len(text) - 1)))
    return text[:at] + draw(st.sampled_from(":[]{},'\"#-& \n\t!|>%@`")) + text[at + 1 :]


ACCIDENTS = [drop_line, repeat_line, move_line, cut_off, add_key, other_word, other_word, other_sign]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    base = SmallBase(tmp_path_factory.mktemp("base"))
    base.write(ADVICE_FILE, ADVICE)
    return base


spoilt_files = st.sampled_from(list(TEXTS)).flatmap(
    lambda name: st.tuples(st.just(name), spoilt(TEXTS[name]))
)


@examples(250)
@given(spoilt_file=spoilt_files)
@example(spoilt_file=(RULE_FILE, b""))
@example(spoilt_file=(FACT_FILE, FILES[FACT_FILE].replace("max: 2000", "max: 1/0").encode()))
@example(spoilt_file=(FACT_FILE, FILES[FACT_FILE].replace("max: 2000", "max: 1e999999999").encode()))
@example(spoilt_file=(PARAMETER_FILE, FILES[PARAMETER_FILE].replace("Monate", "h//Woche").encode()))
@example(
    spoilt_file=(GUIDELINE_FILE, FILES[GUIDELINE_FILE].replace("section: raeume", "section: keller").encode())
)
def test_a_spoilt_file_is_refused_in_words_or_loads_and_works(
    base: SmallBase, spoilt_file: tuple[str, bytes]
) -> None:
    name, data = spoilt_file
    base.write(name, data)
    try:
        with within(10):
            load_and_use(base)
    finally:
        base.write(name, TEXTS[name])


def load_and_use(base: SmallBase) -> None:
    refused: tuple[Problem, ...] = ()
    try:
        loaded = base.load()
    except (KnowledgeError, DocumentError) as error:
        refused = error.problems
    assert all(problem.message and problem.place.file for problem in refused)
    if refused:
        return
    assert all(problem.message for problem in lint(loaded))
    checker = Checker(loaded, "compiled")
    known = loaded.knowledge
    nothing = read_values({}, known.catalogue, known.parameters, TODAY)
    build_report(checker.check(nothing, TODAY)).to_json()
    with suppress(KnowledgeError, DocumentError):  # lint told: examples are read when asked for
        examples = sum(len(one.spec.examples.cases) for one in loaded.everything)
        assert len(list(run_examples(checker))) == examples
