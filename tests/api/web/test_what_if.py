from __future__ import annotations

import json
import re
from html import unescape

import pytest
from starlette.testclient import TestClient
from tests.api.web.plans import PAGE, example

ROOM = {"stadtteilbuero.gruppenraum": "ja", "stadtteilbuero.gruppenraum_m2": "24,5"}


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _effect(html: str) -> str:
    return _text(html[html.index('id="wirkung"') :])


def test_questions_come_by_name_and_from_a_finding(client: TestClient) -> None:
    plan = example("offenbach-nordend-2018")
    page = client.post("/ergebnis/was-waere-wenn", data={"plan": plan, "regel": "raeume.gruppenraum"}).text
    shown = re.findall(r'name="gezeigt" value="([^"]+)"', page)
    assert {"stadtteilbuero.vorgesehen", "stadtteilbuero.gruppenraum_m2"} <= set(shown)
    more = client.post(
        "/ergebnis/was-waere-wenn", data={"plan": plan, "gezeigt": shown, "frage": "phase"}
    ).text
    assert re.findall(r'name="gezeigt" value="([^"]+)"', more) == [*shown, "phase"]
    assert "Noch ist nichts geändert." in page


def test_the_page_names_each_change_from_and_to(client: TestClient) -> None:
    plan = example("offenbach-nordend-2018")
    data = {"plan": plan, "gezeigt": list(ROOM), **ROOM}
    said = _effect(client.post("/ergebnis/was-waere-wenn", data=data).text)
    assert "Größe des Gruppenraums: unbekannt → wird zu 24,5 m²" in said
    assert "? offen → wird zu ✘ nicht erfüllt Gruppenraum ab 25 m²" in said
    assert "? offen → wird zu ✔ erfüllt Eigener Gruppenraum" in said


def test_a_script_gets_only_what_changes_and_what_cannot_be_read(client: TestClient) -> None:
    data = {"plan": example(), "gezeigt": list(ROOM), "stadtteilbuero.gruppenraum_m2": "viele"}
    headers = {"HX-Request": "true", "HX-Target": "div#wirkung"}
    part = client.post("/ergebnis/was-waere-wenn", data=data, headers=headers).text
    assert "<html" not in part
    assert "Diese Antwort lässt sich noch nicht lesen" in part
    assert "Größe des Gruppenraums" in part


def test_what_still_waits_for_other_answers_is_named(client: TestClient) -> None:
    """The size of a room decides nothing before it is known that there is one."""
    data = {
        "plan": example(),
        "gezeigt": "stadtteilbuero.gruppenraum_m2",
        "stadtteilbuero.gruppenraum_m2": "26",
    }
    effect = _effect(client.post("/ergebnis/was-waere-wenn", data=data).text)
    assert "Kein Befund ändert sich." in effect
    assert "Gruppenraum ab 25 m²" in effect
    assert "Gruppenraum: noch nicht angegeben" in effect


def test_changes_add_up_and_are_applied_or_discarded(client: TestClient) -> None:
    plan = example("offenbach-nordend-2018")
    page = client.post("/ergebnis/was-waere-wenn", data={"plan": plan, **ROOM}).text
    variant = unescape(re.search(r'name="variante" value="([^"]*)"', page)[1])  # type: ignore[index]
    data = {"plan": plan, "variante": variant, "phase": "umsetzung"}
    applied = client.post("/ergebnis", data={**data, "aktion": "uebernehmen"}).text
    plan_after = json.loads(unescape(re.search(r'name="plan" value="([^"]*)"', applied)[1]))  # type: ignore[index]
    assert plan_after["phase"] == "umsetzung"
    assert plan_after["stadtteilbuero"]["gruppenraum_m2"] == 24.5
    left = client.post("/ergebnis", data={**data, "aktion": "verwerfen"}).text
    plan_left = json.loads(unescape(re.search(r'name="plan" value="([^"]*)"', left)[1]))  # type: ignore[index]
    assert plan_left["phase"] == json.loads(plan)["phase"]
    assert "gruppenraum_m2" not in plan_left.get("stadtteilbuero", {})


def test_variants_stand_side_by_side(client: TestClient) -> None:
    plan = example("offenbach-nordend-2018")
    data = {"plan": plan, "aktion": "merken", **ROOM}
    page = client.post("/ergebnis/vergleich", data=data)
    assert page.status_code == 200
    said = _text(page.text)
    assert "Unterschiedliche Antworten (2)" in said
    assert "Größe des Gruppenraums unbekannt 24,5 m²" in said
    assert "Gruppenraum ab 25 m² (neuer Tab) soll (möglichst) · S. 13 ? offen ✘ nicht erfüllt" in said
    kept = [unescape(one) for one in re.findall(r'name="gemerkt" value="([^"]*)"', page.text)]
    file = ("andere.json", example("friedberg-2015").encode(), "application/json")
    three = client.post(
        "/ergebnis/vergleich", data={"plan": plan, "gemerkt": kept[:1]}, files={"datei": file}
    )
    assert "C: Friedberg (Beschluss 2015)" in three.text
    assert 'type="file"' not in three.text
    two = client.post("/ergebnis/vergleich", data={"plan": plan, "gemerkt": kept[:1], "weg": "0"})
    assert "A: Offenbach" in two.text
    assert "B: " not in two.text


def test_a_bad_file_is_told_with_its_place(client: TestClient) -> None:
    file = ("alt.yaml", b"schema: qmadvisor.setup/1\ntitel: x\nstellen: 3\n", "application/yaml")
    page = client.post("/ergebnis/vergleich", data={"plan": example()}, files={"datei": file}, headers=PAGE)
    assert page.status_code == 422
    assert "alt.yaml:3" in page.text


def test_answers_of_the_check_count_at_once_and_stay_where_they_cannot_be_read(client: TestClient) -> None:
    data = {"plan": example(), "von": "stadtteilbuero", "stadtteilbuero.gruppenraum_m2": "30"}
    assert "30 m²" in client.post("/ergebnis", data=data).text
    saved = client.post("/ergebnis/download/setup.json", data=data).json()
    assert saved["stadtteilbuero"]["gruppenraum_m2"] == 30
    stay = client.post("/ergebnis", data={**data, "stadtteilbuero.gruppenraum_m2": "viele"}, headers=PAGE)
    assert stay.status_code == 422
    assert 'value="viele"' in stay.text


def test_lists_are_changed_in_place(client: TestClient) -> None:
    data = {
        "plan": example(),
        "gezeigt": "stellen",
        "stellen:liste": "1",
        "stellen[quartiersmanagement]": "1",
    }
    more = client.post("/ergebnis/was-waere-wenn", data={**data, "aktion": "neu|stellen"}).text
    assert 'name="stellen[stelle_1]"' in more
    less = client.post(
        "/ergebnis/was-waere-wenn", data={**data, "aktion": "weg|stellen|quartiersmanagement"}
    ).text
    assert 'name="stellen[quartiersmanagement]"' not in less
    assert "wird zu" in _effect(less)


@pytest.mark.parametrize("path", ["/ergebnis/was-waere-wenn", "/ergebnis/vergleich"])
def test_without_a_plan_there_is_nothing_to_vary(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path, data={"plan": ""}).status_code == 422
