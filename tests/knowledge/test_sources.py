"""What rules rest on: each source once, with its official title."""

from __future__ import annotations

import pytest
from tests.rules.small_base import SmallBase

from qmadvisor.rules.loader import default_rule_base

FILE = "knowledge/sources.yaml"
TEXT = """\
sources:
  - {key: leitfaden, title: Leitfaden der Stelle, date: Ende 2018, note: Grundlage.}
  - {key: gesetz-2021, title: Ein Gesetz, date: "2021", note: Gilt noch.}
"""


@pytest.fixture
def sources(base: SmallBase) -> SmallBase:
    """A small rule base with two sources."""
    base.write(FILE, TEXT)
    return base


def test_a_rule_base_without_the_file_has_no_sources(base: SmallBase) -> None:
    assert base.load().knowledge.sources == {}


def test_sources_come_by_key_in_the_order_of_the_file(sources: SmallBase) -> None:
    found = sources.load().knowledge.sources
    assert list(found) == ["leitfaden", "gesetz-2021"]
    assert found["gesetz-2021"].title == "Ein Gesetz"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("key: gesetz-2021", "key: leitfaden", ":3:6 sources.1.key", "Diese Quelle gibt es schon."),
        ("title: Ein Gesetz", "title: Leitfaden der Stelle", ":3:24 sources.1.title",
         "Diesen Titel gibt es schon."),
        ("key: gesetz-2021", "key: Gesetz 2021", ":3:6 sources.1.key",
         "Dieser Name hat nicht die erwartete Form."),
        (", note: Gilt noch.", "", ":3:5 sources.1",
         "Dieser Schlüssel ist nötig und noch nicht angegeben."),
    ],
)  # fmt: skip
def test_what_it_refuses(sources: SmallBase, old: str, new: str, place: str, message: str) -> None:
    sources.change(FILE, old, new)
    problem = sources.problem()
    assert problem.message == message
    assert str(problem.place).startswith(f"sources.yaml{place}")


def test_the_sources_that_travel_with_the_package() -> None:
    sources = default_rule_base().knowledge.sources
    assert {"leitfaden", "hvtg-2021", "tvoed-vka"} <= set(sources)


def test_every_example_plan_has_its_source() -> None:
    """Plans from published cases name where the case was published."""
    from qmadvisor.resources import knowledge_root

    sources = default_rule_base().knowledge.sources
    plans = {path.stem for path in (knowledge_root() / "examples").glob("*.yaml")}
    assert {plan for plan in plans if not plan.startswith("beispiel-")} <= set(sources)
