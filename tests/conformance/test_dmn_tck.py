"""The public tests of DMN's three-valued logic (DMN TCK 0064, 0065, 0066, 0106 and 0107), through a thin adapter.

`QMADVISOR_SHARED` names the folder that holds their files in `dmn-tck/`. What we refuse on purpose is listed
here with its reason, and counted in `docs/dmn-tck.md`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qmadvisor.errors import ExpressionError
from qmadvisor.language.checker import check_condition
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.language.parser import parse
from qmadvisor.language.types import BoolType
from qmadvisor.language.values import Truth
from qmadvisor.language.vocabulary import Term, Vocabulary, Words

SHARED = os.environ.get("QMADVISOR_SHARED")
if not SHARED:
    pytest.skip(
        "QMADVISOR_SHARED names no folder with the files of the DMN TCK (dmn-tck/*.xml)",
        allow_module_level=True,
    )

TESTS = (
    "0064-feel-conjunction",
    "0065-feel-disjunction",
    "0066-feel-negation",
    "0106-feel-ternary-logic",
    "0107-feel-ternary-logic-not",
)
DOCUMENT = Path(__file__).parents[2] / "docs" / "dmn-tck.md"

NUMBER = "a number is no condition"
TEXT = "a text is no condition"
#: What FEEL takes for null, and we refuse when the expression is loaded: by test and case.
REJECTED_AT_LOAD = {
    "0064": {
        "003_b": NUMBER, "003_c": TEXT, "006_b": NUMBER, "006_c": TEXT, "007_b": NUMBER,
        "007_c": TEXT, "008_b": NUMBER, "008_c": TEXT, "009_b": TEXT, "009_c": NUMBER,
    },
    "0065": {
        "003_b": NUMBER, "003_c": TEXT, "006_b": NUMBER, "006_c": TEXT, "007_b": NUMBER,
        "007_c": TEXT, "008_b": NUMBER, "008_c": TEXT, "009_b": TEXT, "009_c": NUMBER,
    },
    "0066": {"003_b": NUMBER, "003_c": NUMBER, "003_d": TEXT},
}  # fmt: skip

_CASE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_MODEL = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

#: `null` stands for a fact that nobody stated; the inputs A and B are facts like any other.
NAMES = ("a", "b", "unbekannt")
VOCABULARY = Vocabulary({name: Term(name, BoolType(), Words(name)) for name in NAMES}, {})


@dataclass(frozen=True)
class Case:
    """One expected result: a case that names two decisions counts twice."""

    test: str
    case: str
    decision: str
    text: str
    given: dict[str, Truth]
    expected: Truth

    @property
    def id(self) -> str:
        return f"{self.test}-{self.case}-{self.decision}"

    @property
    def rejected(self) -> str | None:
        return REJECTED_AT_LOAD.get(self.test, {}).get(self.case)


def read_cases() -> Iterator[Case]:
    for name in TESTS:
        folder = Path(SHARED) / "dmn-tck"
        texts = _expressions(folder / f"{name}.dmn")
        for case in ElementTree.parse(folder / f"{name}-test-01.xml").iter(f"{_CASE}testCase"):
            given = {
                node.attrib["name"].lower(): _truth(node, "value") for node in case.iter(f"{_CASE}inputNode")
            }
            for node in case.iter(f"{_CASE}resultNode"):
                decision = node.attrib["name"]
                expected = _truth(node, f"expected/{_CASE}value")
                yield Case(name[:4], case.attrib["id"], decision, texts[decision], given, expected)


def _expressions(path: Path) -> dict[str, str]:
    decisions = ElementTree.parse(path).iter(f"{_MODEL}decision")
    return {node.attrib["name"]: _adapted(node) for node in decisions}


def _adapted(decision: ElementTree.Element) -> str:
    """FEEL to our language: names are lower case, and null has no literal."""
    text = decision.findtext(f"{_MODEL}literalExpression/{_MODEL}text", "")
    return re.sub(
        r"\b(null|A|B)\b", lambda found: {"null": "unbekannt"}.get(found[0], found[0].lower()), text
    )


def _truth(node: ElementTree.Element, path: str) -> Truth:
    value = node.find(f"{_CASE}{path}")
    assert value is not None
    if value.get(_NIL) == "true":
        return None
    return {"true": True, "false": False}[(value.text or "").strip()]


CASES = list(read_cases())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_case_has_the_result_of_feel_or_is_rejected_at_load(case: Case) -> None:
    if case.rejected:
        with pytest.raises(ExpressionError, match=r"Hier wird eine Bedingung \(wahr oder falsch\) erwartet"):
            check_condition(parse(case.text), VOCABULARY)
    else:
        facts = Facts({"a": None, "b": None, "unbekannt": None, **case.given}, 0, {})
        assert evaluate(check_condition(parse(case.text), VOCABULARY), facts).value is case.expected


def test_every_listed_deviation_is_a_case() -> None:
    listed = {(test, case) for test, cases in REJECTED_AT_LOAD.items() for case in cases}
    assert listed == {(case.test, case.case) for case in CASES if case.rejected}


def test_the_document_counts_what_ran() -> None:
    counted = {
        row[1]: tuple(map(int, row.groups()[1:]))
        for row in re.finditer(r"^\| (\w+)[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", _document(), re.M)
    }
    ran = {name[:4]: _counts([case for case in CASES if case.test == name[:4]]) for name in TESTS}
    assert counted == {**ran, "All": _counts(CASES)}


def test_the_document_counts_each_reason() -> None:
    reasons = Counter(case.rejected for case in CASES if case.rejected)
    counted = re.findall(r"^- \*\*(.+)\*\* \((\d+)\)", _document(), re.M)
    assert {reason: int(number) for reason, number in counted} == reasons


def _counts(cases: list[Case]) -> tuple[int, int, int, int]:
    rejected = sum(1 for case in cases if case.rejected)
    distinct = len({(case.test, case.case) for case in cases})
    return distinct, len(cases), len(cases) - rejected, rejected


def _document() -> str:
    return DOCUMENT.read_text("utf-8")
