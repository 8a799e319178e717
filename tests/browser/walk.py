"""What a person does with the widget, in the words of the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

from qmadvisor.rules.loader import default_rule_base
from qmadvisor_api.questions import asked
from qmadvisor_api.quick import QuickCheck, QuickQuestion, quick_check_of

#: One fact of each kind that a question can have.
KINDS = {
    "bool": "vertrag.vorgesehen",
    "integer": "vertrag.dauer_monate",
    "decimal": "stadtteilbuero.gruppenraum_m2",
    "date": "projekt.ende",
    "choice": "grundlagen.bezeichnung",
    "multiple": "aktivierung.wege",
    "list": "stellen",
}


def quick() -> QuickCheck:
    return quick_check_of(default_rule_base())


def of_each_kind() -> QuickCheck:
    """A quick check with a question of each kind, every one a real fact."""
    known = quick()
    base = default_rule_base()
    by_path = {question.path: question for question in known.questions}
    questions = [
        by_path.get(path) or _question(base.knowledge.catalogue.facts[path]) for path in KINDS.values()
    ]
    return known.model_copy(
        update={"questions": tuple(questions), "topics": {one.topic: one.topic for one in questions}}
    )


def _question(fact: Any) -> QuickQuestion:
    return QuickQuestion(
        path=fact.path, topic=fact.topic, asked_if=None, entries=None, fields=(), **asked(fact)
    )


def asks(page: Any, check: QuickCheck) -> None:
    """Let the service ask other questions than it does."""
    answers(page, "quick-check", json.loads(check.model_dump_json()))


def answers(page: Any, path: str, body: Any, status: int = 200) -> None:
    """Let the service answer something else, to whoever asks."""
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    page.route(
        f"**/api/v1/{path}",
        lambda route: route.fulfill(status=status, headers=headers, json=body),
    )


def begin(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Beginnen").click()


def go_on(page: Any) -> None:
    page.get_by_role("button", name="Weiter").or_(page.get_by_role("button", name="Zum Ergebnis")).click()


def skip_to(page: Any, question: str) -> None:
    """Skip until a question is asked."""
    for _ in range(60):
        if heading(page) == question:
            return
        page.get_by_role("button", name="Überspringen").click()
    raise AssertionError(question)


def heading(page: Any) -> str:
    return str(page.locator("qm-check").get_by_role("heading").first.inner_text())


def question(path: str) -> str:
    return next(one.question for one in (*quick().questions, *of_each_kind().questions) if one.path == path)


def see_result(page: Any) -> None:
    """Look at the result, from any question; behind the last one it is shown anyway."""
    button = page.get_by_role("button", name="Ergebnis ansehen")
    if button.count():
        button.click()
    page.get_by_role("heading", name="Ergebnis des Schnell-Checks").wait_for()


def listen(page: Any) -> None:
    """Keep the events that the host page gets."""
    page.add_init_script(
        "window.heard = []; for (const name of ['qm-result', 'qm-error'])"
        " document.addEventListener(name, (event) => window.heard.push([name, event.detail]));"
    )


def heard(page: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(name, detail) for name, detail in page.evaluate("window.heard")]


def fetch(address: str, **headers: str) -> Any:
    """Ask the service as somebody who is no browser; returns the response, whatever its status."""
    from urllib.error import HTTPError
    from urllib.request import Request

    request = Request(address, headers={key.replace("_", "-"): value for key, value in headers.items()})
    try:
        return build_opener(ProxyHandler({})).open(request, timeout=20)
    except HTTPError as error:
        return error


def accessible(page: Any) -> None:
    """Raise AssertionError with what axe finds."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    problems = [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert not problems, "\n".join(problems)


def picture(page: Any, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", full_page=True)
