from __future__ import annotations

from typing import Any

from tests.properties.setups import BASE, KNOWN

from qmadvisor_api.web.answers import fields_of
from qmadvisor_api.web.applying import apply, with_entry, without_entry
from qmadvisor_api.web.plans import Plan, new_plan, plan_of

EMPTY = new_plan(BASE)
STELLEN, AKTEURE, MATRIX = (
    KNOWN.catalogue.facts[one] for one in ("stellen", "akteure", "aufgaben.zuordnung")
)


def plan(facts: dict[str, Any]) -> Plan:
    return plan_of(EMPTY.header, facts, BASE)


def test_what_the_form_does_not_name_stays() -> None:
    before = plan(
        {"stadtteilbuero.vorgesehen": {"wert": True, "notiz": "laut Plan"}, "vertrag.dauer_monate": 36}
    )
    after = apply({"vertrag.dauer_monate": "48"}, before, BASE)
    assert after.fine
    assert after.plan.facts == {**before.facts, "vertrag.dauer_monate": 48}


def test_an_emptied_field_is_unknown_and_its_note_stays() -> None:
    before = plan({"vertrag.dauer_monate": {"wert": 36, "notiz": "Entwurf"}})
    assert apply({"vertrag.dauer_monate": ""}, before, BASE).plan.facts == {
        "vertrag.dauer_monate": {"wert": None, "notiz": "Entwurf"}
    }
    form = {"vertrag.dauer_monate": "", "vertrag.dauer_monate:notiz": " "}
    assert apply(form, before, BASE).plan.facts == {}


def test_the_rest_is_taken_over_when_one_answer_cannot_be_read() -> None:
    before = plan({"vertrag.dauer_monate": 36})
    after = apply({"vertrag.dauer_monate": "viel", "stadtteilbuero.vorgesehen": "ja"}, before, BASE)
    assert [problem.place.path for problem in after.problems] == ["vertrag.dauer_monate"]
    assert after.plan.facts == {"vertrag.dauer_monate": 36, "stadtteilbuero.vorgesehen": True}
    assert after.refused("vertrag.dauer_monate")
    assert not after.refused("stadtteilbuero.vorgesehen")


def test_answers_that_contradict_each_other_are_told() -> None:
    before = plan({"vertrag.beginn": "2027-01-01", "vertrag.dauer_monate": 36})
    after = apply({"vertrag.ende": "31.12.2027"}, before, BASE)
    assert after.problems
    assert "vertrag.ende" not in after.plan.facts or not after.fine


def test_a_part_of_a_post_is_told_at_its_own_field() -> None:
    form = {"stellen:liste": "1", "stellen[leitung]": "1", "stellen[leitung].umfang.anteil": "0,5 oder so"}
    after = apply(form, EMPTY, BASE)
    assert [problem.place.path for problem in after.problems] == ["stellen[leitung].umfang.anteil"]


def test_every_open_option_can_be_answered_no_at_once() -> None:
    options = KNOWN.catalogue.facts["stadtteilbuero.technik"].words.choices
    form = {f"stadtteilbuero.technik[{key}]": "" for key in options}
    form |= {"stadtteilbuero.technik[computer]": "ja", "stadtteilbuero.technik:alle": "ja"}
    answers = apply(form, EMPTY, BASE).plan.facts["stadtteilbuero.technik"]
    assert answers == {key: key == "computer" for key in options}


def test_a_list_without_entries_is_none_only_when_somebody_says_so() -> None:
    assert apply({"stellen:liste": "1"}, EMPTY, BASE).plan.facts == {}
    assert apply({"stellen:liste": "1", "stellen:vollstaendig": "ja"}, EMPTY, BASE).plan.facts == {
        "stellen": "keine"
    }


def test_entries_come_and_go() -> None:
    form, key = with_entry({"stellen:liste": "1"}, STELLEN)
    one = apply(form, EMPTY, BASE).plan
    assert one.facts == {"stellen": {"stelle_1": {}}}
    form, second = with_entry(fields_of(STELLEN, "stellen", one.facts["stellen"]), STELLEN)
    form[f"stellen[{key}].umfang.anteil"] = "kein Wert"
    assert second == "stelle_2"
    # What is wrong in an entry does not keep it from being removed.
    left = apply(without_entry(form, STELLEN, key), one, BASE)
    assert left.fine
    assert left.plan.facts == {"stellen": {"stelle_2": {}}}


def test_what_referred_to_a_removed_entry_is_no_longer_known() -> None:
    before = plan(
        {
            "akteure": {"stadt": {"name": "Stadt"}, "verein": {"name": "Verein"}},
            "stellen": {"leitung": {"anstellungstraeger": "verein", "rolle": "quartiersmanagement"}},
            "aufgaben.zuordnung": {
                "steuerung": {"stadt": "federfuehrung", "verein": "mitwirkung"},
                "gwa": {"verein": "federfuehrung"},
            },
        }
    )
    form = without_entry(fields_of(AKTEURE, "akteure", before.facts["akteure"]), AKTEURE, "verein")
    after = apply(form, before, BASE)
    assert after.fine
    assert after.plan.facts == {
        "akteure": {"stadt": {"name": "Stadt"}},
        "stellen": {"leitung": {"rolle": "quartiersmanagement"}},
        "aufgaben.zuordnung": {"steuerung": {"stadt": "federfuehrung"}},
    }


def test_lines_of_the_matrix_that_are_not_on_the_page_stay() -> None:
    before = plan(
        {"akteure": {"stadt": {}}, "aufgaben.zuordnung": {"anhang-33": "niemand", "planung": "niemand"}}
    )
    form = {
        "aufgaben.zuordnung:matrix": "1",
        "aufgaben.zuordnung[steuerung]": "",
        "aufgaben.zuordnung[steuerung].stadt": "federfuehrung",
        "aufgaben.zuordnung[planung]": "",
    }
    after = apply(form, before, BASE)
    assert after.fine
    assert after.plan.facts["aufgaben.zuordnung"] == {
        "steuerung": {"stadt": "federfuehrung"},
        "anhang-33": "niemand",
    }


def test_nobody_and_somebody_at_once_is_told_at_the_line() -> None:
    before = plan({"akteure": {"stadt": {}}})
    form = {
        "aufgaben.zuordnung:matrix": "1",
        "aufgaben.zuordnung[gwa]": "niemand",
        "aufgaben.zuordnung[gwa].stadt": "mitwirkung",
    }
    after = apply(form, before, BASE)
    assert after.problems[0].place.path.startswith("aufgaben.zuordnung[gwa]")
