"""The plan that travels with the forms: whatever anybody may have written survives every page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.properties.setups import BASE, KNOWN, given_facts

from qmadvisor.errors import DocumentError, SetupError
from qmadvisor_api.web.answers import answer_from, fields_of
from qmadvisor_api.web.plans import Plan, new_plan, plan_of, read_plan

EXAMPLES = sorted((Path(__file__).parents[3] / "knowledge" / "examples").glob("*.yaml"))
HEAD = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}


def plan(**facts: Any) -> Plan:
    return plan_of(HEAD, {path.replace("__", "."): value for path, value in facts.items()}, BASE)


def fields(of: Plan) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in KNOWN.catalogue.inputs:
        found |= fields_of(fact, fact.path, of.facts.get(fact.path))
    return found


def read_back(form: dict[str, str], before: Plan) -> Plan:
    answers = {
        fact.path: answer_from(fact, fact.path, form, before.facts.get(fact.path))
        for fact in KNOWN.catalogue.inputs
    }
    facts = {path: answer.value for path, answer in answers.items() if answer and answer.value is not None}
    return plan_of(before.header, facts, BASE)


@settings(max_examples=40, deadline=None)
@given(given_facts())
def test_a_plan_survives_the_form_and_the_hidden_field(facts: dict[str, Any]) -> None:
    written = plan_of(HEAD, facts, BASE)

    carried = read_plan(written.text.encode(), BASE, json_only=True)
    assert carried.setup.digest == written.setup.digest
    assert carried.setup.values == written.setup.values
    assert carried.text == written.text

    for before in (written, new_plan(BASE, "Nordstadt")):
        again = read_back(fields(written), before)
        assert again.setup.values == written.setup.values
        assert again.setup.digest == written.setup.digest
        assert again.text == written.text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_survives_the_form(path: Path) -> None:
    example = read_plan(path.read_bytes(), BASE, name=path.name)
    again = read_back(fields(example), example)
    assert again.setup.digest == example.setup.digest
    assert again.text == example.text


def test_the_text_holds_only_what_is_known() -> None:
    given = plan(
        stadtteilbuero__vorgesehen="unbekannt",
        stadtteilbuero__gruppenraum_m2="24,50 m²",
        vertrag__beginn="31.01.2027",
        vertrag__ende="frühestens 03.2030",
        stadtteilbuero__technik={"vollstaendig": "ja", "computer": "ja"},
    )
    document = json.loads(given.text)
    assert document["stadtteilbuero"]["gruppenraum_m2"] == 24.5
    assert "vorgesehen" not in document["stadtteilbuero"]
    assert document["vertrag"] == {"beginn": "2027-01-31", "ende": "frühestens 2030-03"}
    technik = document["stadtteilbuero"]["technik"]
    assert technik.pop("computer") is True
    assert technik
    assert not any(technik.values())


def test_header_parameters_and_deviations_stay() -> None:
    deviation = {"grund": "Der Saal der Schule", "datum": "2026-10-01", "bis": "2028"}
    header = {
        **HEAD,
        "programm": "Sozialer Zusammenhalt",
        "phase": "isek",
        "notiz": "Stand März",
        "parameter": {"kurze_laufzeit": "aus"},
        "abweichungen": {"raeume.gruppenraum": deviation},
    }
    kept = plan_of(header, {}, BASE)
    again = read_plan(kept.text.encode(), BASE, json_only=True)
    assert again.header == {**header, "programm": "sozialer_zusammenhalt"}
    assert again.setup.digest == kept.setup.digest
    assert kept.in_scope is True


def test_a_plan_that_cannot_be_read_tells_all_problems() -> None:
    with pytest.raises(SetupError) as caught:
        read_plan(b'{"schema": "qmadvisor.setup/1", "stellen": 3, "gibtsnicht": 1}', BASE, json_only=True)
    assert {problem.place.path for problem in caught.value.problems} == {"titel", "stellen", "gibtsnicht"}
    with pytest.raises(DocumentError):
        read_plan(b"{", BASE, json_only=True)


def test_a_list_or_matrix_is_answered_once_nothing_is_left_to_add() -> None:
    begun = plan(stellen={"eine": {"rolle": "quartiersmanagement"}}, vertrag__vorgesehen=False)
    assert begun.answers("vertrag.vorgesehen")
    assert not begun.answers("stellen")
    assert not begun.answers("akteure")
    assert plan(stellen={"vollstaendig": True}).answers("stellen")
    assert not begun.answers("aufgaben.zuordnung")
    some = {"gwa": "niemand"}
    assert not plan(aufgaben__zuordnung=some).answers("aufgaben.zuordnung")
