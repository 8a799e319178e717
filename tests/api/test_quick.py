from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient
from tests.api.quick_base import asking

from qmadvisor.rules.loader import default_rule_base
from qmadvisor_api.quick import ASKABLE, quick_check_of

BASE = default_rule_base()
QUICK = quick_check_of(BASE)


def test_it_asks_for_programme_and_phase_and_for_every_quick_fact() -> None:
    quick = [fact.path for fact in BASE.knowledge.catalogue.inputs if fact.spec.quick]
    assert [question.path for question in QUICK.questions] == ["programm", "phase", *quick]
    assert 15 <= len(QUICK.questions) <= 30


def test_every_question_can_be_asked() -> None:
    assert {question.kind for question in QUICK.questions} <= ASKABLE
    for question in QUICK.questions:
        assert question.question
        assert question.topic in QUICK.topics
        assert (question.kind == "list") == bool(question.fields) == (question.entries is not None)


def test_what_an_office_is_like_is_not_asked_where_there_is_none() -> None:
    asked = {question.path: question for question in quick_check_of(asking()).questions}
    assert asked["stadtteilbuero.barrierefrei"].asked_if == "stadtteilbuero.vorgesehen"
    assert asked["stadtteilbuero.vorgesehen"].asked_if is None


def test_what_is_not_asked_decides_nothing() -> None:
    """With a no to the question before, no rule that reads the other one applies."""
    for question in QUICK.questions:
        if question.asked_if:
            reading = [rule for rule in BASE.rules if question.path in rule.facts_read]
            assert reading
            assert all(rule.applies and question.asked_if in rule.facts_read for rule in reading)


def test_it_is_served(idle: Callable[..., TestClient]) -> None:
    found = idle().get("/api/v1/quick-check")
    assert found.status_code == 200
    assert [one["path"] for one in found.json()["questions"]] == [one.path for one in QUICK.questions]
    assert "etag" in found.headers
