"""The pages of the check, as they are sent: without a script, form by form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.web.conftest import Send, heading, plan_in

EXAMPLE = "/beispiele/offenbach-nordend-2018"


@pytest.fixture
def offenbach(client: TestClient) -> str:
    return plan_in(client.get(EXAMPLE).text)


@pytest.mark.parametrize("path", ["/", "/fragen", "/pruefen", "/pruefen/kurz", "/pruefen/voll", EXAMPLE])
def test_pages_open_without_anything_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", answer.text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", answer.text)
    assert "set-cookie" not in answer.headers
    assert answer.text.count("<h1") == 1


def test_every_topic_opens_and_leads_on(client: TestClient, send: Send, offenbach: str) -> None:
    overview = send("/pruefen/voll", plan=offenbach)
    topics = re.findall(r'formaction="(/pruefen/voll/[a-z_]+)"', overview)
    assert len(topics) == len(set(topics)) >= 20
    for topic in topics:
        assert plan_in(send(topic, plan=offenbach)) == offenbach
    assert client.get("/pruefen/voll/gibtsnicht").status_code == 404


def test_topics_say_how_far_they_are(client: TestClient, send: Send) -> None:
    friedberg = plan_in(client.get("/beispiele/friedberg-2014").text)
    states = dict(
        re.findall(r'voll/([a-z_]+)">.*?topic__state--\w+">([^<]+)<', send("/pruefen/voll", plan=friedberg))
    )
    assert states["stellen"] == states["akteure"] == "begonnen"  # there may be others
    assert states["vertrag"] == "1 von 6 beantwortet"
    assert states["gwa"] == "1 Frage"


def test_the_quick_check_from_the_first_question_to_the_end(client: TestClient, send: Send) -> None:
    text = client.get("/pruefen/kurz").text
    seen = []
    for _ in range(60):
        found = re.search(r'name="frage" value="([^"]+)"', text)
        if found is None:
            break
        seen.append(found[1])
        text = send("/pruefen/kurz", plan=plan_in(text), frage=found[1], aktion="weiter")
    assert 20 <= len(seen) <= 27
    assert len(set(seen)) == len(seen)
    assert heading(text).startswith("Sie sind durch alle")
    assert f'formaction="/pruefen/kurz" name="aktion" value="ziel|{seen[-1]}"' in text


def test_an_answer_is_taken_over_and_shown_again(send: Send) -> None:
    answer = {"frage": "vertrag.vorgesehen", "vertrag.vorgesehen": "nein", "aktion": "weiter"}
    text = send("/pruefen/kurz", **answer)
    assert json.loads(plan_in(text))["vertrag"] == {"vorgesehen": False}
    back = send("/pruefen/kurz", plan=plan_in(text), frage="stellen", aktion="ziel|vertrag.vorgesehen")
    assert re.search(r'value="nein" checked', back)


def test_skipping_leaves_the_answer_even_if_it_cannot_be_read(send: Send) -> None:
    text = send(
        "/pruefen/kurz",
        **{"frage": "vertrag.vorgesehen", "vertrag.vorgesehen": "quatsch", "aktion": "ueberspringen"},
    )
    assert 'name="frage" value="vertrag.vorgesehen"' not in text
    assert "vertrag" not in json.loads(plan_in(text))


def test_what_cannot_be_read_comes_back_with_its_place(send: Send) -> None:
    fields = {"von": "vertrag", "vertrag.dauer_monate": "viel", "vertrag.beginn": "31.02.2027"}
    text = send("/pruefen/voll/stundenumfang", 422, **fields)
    assert heading(text) == "Vertrag mit dem Träger"
    assert 'href="#vertrag.dauer_monate"' in text
    assert 'name="vertrag.dauer_monate" value="viel"' in text
    assert 'name="vertrag.beginn" value="31.02.2027"' in text
    assert 'aria-describedby="vertrag.beginn:hilfe vertrag.beginn:fehler" aria-invalid="true"' in text
    assert "Dieses Datum gibt es nicht." in text


def test_a_rough_answer_is_put_together_and_taken_apart(send: Send) -> None:
    fields = {"vertrag.dauer_monate": "36", "vertrag.dauer_monate:art": "mindestens", "von": "vertrag"}
    text = send("/pruefen/voll/vertrag", **fields)
    assert json.loads(plan_in(text))["vertrag"] == {"dauer_monate": "mindestens 36"}
    assert 'name="vertrag.dauer_monate" value="36"' in text
    assert '<option value="mindestens" selected>' in text


def test_entries_are_added_and_removed_on_the_page(send: Send, offenbach: str) -> None:
    page = send("/pruefen/voll/stellen", plan=offenbach)
    keys = re.findall(r'name="stellen\[([a-z_0-9]+)\]" value="1"', page)
    shown = {f"stellen[{key}]": "1" for key in keys} | {
        "stellen:liste": "1",
        "von": "stellen",
        "plan": offenbach,
    }
    more = send("/pruefen/voll/stellen", **shown, aktion="neu|stellen")
    assert len(re.findall(r'name="stellen\[[a-z_0-9]+\]" value="1"', more)) == len(keys) + 1
    less = send("/pruefen/voll/stellen", **shown, aktion=f"weg|stellen|{keys[0]}")
    assert keys[0] not in json.loads(plan_in(less))["stellen"]
    assert keys[1] in json.loads(plan_in(less))["stellen"]


def test_the_matrix_shows_the_tasks_of_one_area(send: Send, offenbach: str) -> None:
    closed = send("/pruefen/voll/aufgaben", plan=offenbach)
    assert 'id="aufgaben.zuordnung[steuerung]"' in closed
    assert "anhang-" not in closed
    opened = send("/pruefen/voll/aufgaben", plan=offenbach, aktion="bereich|finanzierung")
    shown = set(re.findall(r'name="aufgaben\.zuordnung\[(anhang-\d+)\]"', opened))
    assert 5 <= len(shown) < 40
    actor = next(iter(json.loads(offenbach)["akteure"]))
    fields = {
        "plan": offenbach,
        "von": "aufgaben",
        "aufgaben.zuordnung:matrix": "1",
        "aufgaben.zuordnung[steuerung]": "",
        f"aufgaben.zuordnung[steuerung].{actor}": "federfuehrung",
    }
    text = send("/pruefen/voll/aufgaben", **fields)
    assert json.loads(plan_in(text))["aufgaben"]["zuordnung"] == {"steuerung": {actor: "federfuehrung"}}
    assert "es gilt: " in text


def test_without_actors_the_matrix_says_what_comes_first(client: TestClient) -> None:
    assert "Zuerst die Beteiligten" in client.get("/pruefen/voll/aufgaben").text


@pytest.mark.parametrize("path", ["/pruefen/kurz", "/pruefen/voll"])
def test_another_programme_gets_an_honest_answer_at_once(send: Send, path: str) -> None:
    fields = {"von": "angaben", "titel": "Mitte", "programm": "lebendige_zentren", "phase": ""}
    told = send(path, **fields)
    assert heading(told) == "Der Leitfaden ist nicht für Ihr Programm geschrieben"
    assert "was dort gilt, sagt der Leitfaden nicht" in told
    assert heading(send(path, plan=plan_in(told), von="angaben", trotzdem="ja")) != heading(told)
    fits = send(path, **{**fields, "programm": "sozialer_zusammenhalt"})
    assert json.loads(plan_in(fits))["programm"] == "sozialer_zusammenhalt"


def test_a_plan_needs_a_name(send: Send) -> None:
    text = send("/pruefen/kurz", 422, von="angaben", titel=" ", programm="")
    assert heading(text) == "Angaben zur Planung"
    assert 'href="#titel"' in text


def upload(client: TestClient, name: str, data: bytes) -> Any:
    return client.post("/pruefen/datei", files={"datei": (name, data)}, headers={"Accept": "text/html"})


def test_a_saved_file_is_loaded(client: TestClient, offenbach: str) -> None:
    answer = upload(client, "planung.json", offenbach.encode())
    assert answer.status_code == 200
    assert plan_in(answer.text) == offenbach


def test_what_is_wrong_with_a_file_is_told_with_its_line(client: TestClient) -> None:
    wrong = "schema: qmadvisor.setup/1\ntitel: Probe\nstadtteilbuero:\n  vorgesehn: ja\n  gruppenraum_m2: gross <b>\n"
    answer = upload(client, "<i>planung.yaml", wrong.encode())
    assert answer.status_code == 422
    assert "Zeile 4" in answer.text
    assert "Zeile 5" in answer.text
    assert "Meinten Sie „vorgesehen“?" in answer.text
    assert "<i>planung" not in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a: &x 1", b"{" * 5000, b"x" * (1024 * 1024 + 1)])
def test_a_file_that_is_none_is_told(client: TestClient, data: bytes) -> None:
    assert upload(client, "planung.yaml", data).status_code in (400, 413, 422)


def test_no_file_is_told(client: TestClient) -> None:
    answer = client.post(
        "/pruefen/datei",
        content=b'--x\r\nContent-Disposition: form-data; name="datei"; filename=""\r\n\r\n\r\n--x--\r\n',
        headers={"Content-Type": "multipart/form-data; boundary=x", "Accept": "text/html"},
    )
    assert answer.status_code == 422
    assert "Es ist noch keine Datei gewählt" in answer.text


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/pruefen/kurz", {"plan": "{"}, 422),
        ("/pruefen/kurz", {"plan": '{"schema": "qmadvisor.setup/1"}'}, 422),
        ("/pruefen/kurz", {"frage": "gibt.es.nicht", "aktion": "weiter"}, 200),
        ("/pruefen/kurz", {"aktion": "neu|gibtsnicht"}, 200),
        ("/pruefen/kurz", {"aktion": "weg|stellen|gibtsnicht", "stellen:liste": "1"}, 200),
        ("/pruefen/voll/stellen", {"von": "gibtsnicht", "aktion": "bereich|gibtsnicht"}, 200),
        ("/pruefen/voll/stellen", {"stellen:liste": "1", "stellen[Ä!]": "1", "von": "stellen"}, 422),
        ("/pruefen/voll/aufgaben", {"aufgaben.zuordnung:matrix": "1", "aufgaben.zuordnung[x].y": "z"}, 200),
    ],
)
def test_odd_forms_are_answered(send: Send, path: str, fields: dict[str, str], status: int) -> None:
    send(path, status, **fields)


def test_forms_are_limited(client: TestClient) -> None:
    page = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/pruefen/kurz", content=b"a=1&" * 25_000, headers=page).status_code == 400
    assert client.post("/pruefen/kurz", content=b"a" * 5_000_000, headers=page).status_code == 413
    assert client.post("/pruefen/kurz", content=b"a=%ff", headers=page).status_code == 400
    assert (
        client.post("/pruefen/kurz", content=b"{}", headers={"Content-Type": "application/json"}).status_code
        == 415
    )


def test_a_script_gets_only_the_interim_result(client: TestClient) -> None:
    fields = {"frage": "stadtteilbuero.vorgesehen", "stadtteilbuero.vorgesehen": "ja"}
    answer = client.post("/pruefen/kurz", data=fields, headers={"HX-Request": "true"})
    assert answer.text.startswith("<section") or answer.text.lstrip().startswith("<section")
    assert "erfüllt" in answer.text
    assert "data-plan=" in answer.text
    assert answer.headers["vary"] == "HX-Request"


def test_the_interim_result_follows_the_answers(send: Send) -> None:
    before = send("/pruefen/kurz", frage="", aktion="")
    after = send("/pruefen/kurz", **{"frage": "stadtteilbuero.vorgesehen", "stadtteilbuero.vorgesehen": "ja"})
    counts = [re.findall(r"<strong>(\d+)</strong>", text) for text in (before, after)]
    assert counts[0] != counts[1]


def test_the_questions_stay_when_nothing_can_be_checked(idle: Any) -> None:
    answer = idle(request_seconds=0.2).get("/pruefen/kurz")
    assert answer.status_code == 200
    assert "gerade nicht zu berechnen" in answer.text


def test_all_questions_are_on_one_page(client: TestClient) -> None:
    text = client.get("/fragen").text
    base = client.app.state.service.rule_base  # type: ignore[attr-defined]
    plain = re.sub(r"\s+", " ", text)
    for fact in base.knowledge.catalogue.inputs:
        question = " ".join(fact.spec.question.split())
        assert question.replace("&", "&amp;") in plain or question in plain


def test_forms_count_as_requests(idle: Any) -> None:
    limited = idle(rate_limit="2/minute", request_seconds=0.1)
    answers = [limited.post("/pruefen", data={"titel": "Mitte"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert limited.get("/").status_code == 200
    shown = limited.post("/pruefen", data={"titel": "Mitte"}, headers={"Accept": "text/html"})
    assert shown.status_code == 429
    assert "Warten Sie bitte eine Minute" in shown.text
    assert int(shown.headers["retry-after"]) > 0
