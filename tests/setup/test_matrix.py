"""Who has which task: notations, what goes before what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qmadvisor.errors import SetupError
from qmadvisor.language.matrix import TaskMatrix
from qmadvisor.setup.model import Setup
from qmadvisor.setup.template import setup_template

PATH = "aufgaben.zuordnung"
ALL = ("anhang-01", "anhang-02", "anhang-03", "anhang-04")
CITY: dict[str, str | None] = {"stadt": "federfuehrung"}
Given = Callable[..., Setup]
ErrorsOf = Callable[..., list[str]]


def holders(setup: Setup) -> dict[str, dict[str, str | None]]:
    matrix = setup.values[PATH]
    assert isinstance(matrix, TaskMatrix)
    return {key: dict(one) for key, one in matrix.holders.items()}


def each(*keys: str, **actors: str | None) -> dict[str, dict[str, str | None]]:
    return {key: dict(actors) for key in keys}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (None, {}),
        ("unbekannt", {}),
        ({}, {}),
        ({"vollstaendig": "nein"}, {}),
        ("keine", each(*ALL)),
        ({"vollstaendig": "ja"}, each(*ALL)),
        # one task
        ({"anhang-01": CITY}, {"anhang-01": CITY}),
        ({"Anhang-01": {"stadt": "Federführung"}}, {"anhang-01": CITY}),
        ({"anhang-01": "niemand"}, each("anhang-01")),
        ({"anhang-01": {"wert": "niemand", "notiz": "später"}}, each("anhang-01")),
        ({"anhang-01": {"wert": CITY, "notiz": "später"}}, {"anhang-01": CITY}),
        ({"anhang-01": "unbekannt"}, {}),
        ({"anhang-01": None}, {}),
        ({"anhang-01": {}}, {}),
        ({"anhang-01": {"notiz": "offen"}}, {}),
        ({"anhang-01": {"stadt": "unbekannt"}}, each("anhang-01", stadt=None)),
        (
            {"anhang-01": {"stadt": "federfuehrung", "verein": "Mitwirkung"}},
            each("anhang-01", stadt="federfuehrung", verein="mitwirkung"),
        ),
        # a field, an area with its columns, a column
        ({"bau.planung": CITY}, each("anhang-01", "anhang-02", **CITY)),
        ({"bau": {"planung": CITY}}, each("anhang-01", "anhang-02", **CITY)),
        ({"planung": CITY}, each("anhang-01", "anhang-02", "anhang-04", **CITY)),
        ({"wert": {"planung": "niemand"}, "notiz": "Entwurf"}, each("anhang-01", "anhang-02", "anhang-04")),
        # the closest line counts, wherever it stands
        (
            {"anhang-01": "niemand", "bau.planung": {"verein": "mitwirkung"}, "planung": CITY},
            {"anhang-01": {}, "anhang-02": {"verein": "mitwirkung"}, "anhang-04": CITY},
        ),
        ({"planung": CITY, "anhang-01": "unbekannt"}, each("anhang-02", "anhang-04", **CITY)),
        ({"planung": CITY, "bau.planung": "unbekannt"}, {"anhang-04": CITY}),
        # what nobody speaks of is nobody's once all is said; what is expressly unknown stays so
        (
            {"vollstaendig": "ja", "bau.planung": CITY},
            {**each("anhang-01", "anhang-02", **CITY), **each(*ALL[2:])},
        ),
        ({"vollstaendig": "ja", "anhang-01": "unbekannt", "gwa": None}, each("anhang-02", "anhang-04")),
        # the same task in two columns: each line speaks for its own column
        (
            {"anhang-02": "niemand", "anhang-03": CITY},
            {"anhang-02": {}, "anhang-03": CITY},
        ),
    ],
)
def test_notations(given: Given, stated: Any, expected: dict[str, dict[str, str | None]]) -> None:
    assert holders(given({PATH: stated})) == expected


def test_tasks_stand_in_the_order_of_the_overview(given: Given) -> None:
    assert list(holders(given({PATH: {"anhang-04": CITY, "bau.planung": CITY}}))) == [*ALL[:2], "anhang-04"]


def test_stated_is_what_has_a_role_and_the_whole_when_nothing_is_open(given: Given) -> None:
    some = given({PATH: {"anhang-01": CITY, "anhang-02": {"stadt": "unbekannt"}, "anhang-03": "niemand"}})
    assert some.stated == {f"{PATH}[anhang-01]", f"{PATH}[anhang-03]"}
    assert given({PATH: "keine"}).stated == {PATH, *(f"{PATH}[{key}]" for key in ALL)}
    open_role = given({PATH: {"vollstaendig": "ja", "anhang-01": {"stadt": "unbekannt"}}})
    assert PATH not in open_role.stated


def test_notes_stand_beside_lines_and_the_whole(given: Given) -> None:
    stated = {
        "notiz": "Entwurf",
        "bau.planung": {**CITY, "notiz": "Beschluss"},
        "anhang-04": {"wert": "niemand", "notiz": "später"},
    }
    assert given({PATH: stated}).notes == {
        PATH: "Entwurf",
        f"{PATH}[bau.planung]": "Beschluss",
        f"{PATH}[anhang-04]": "später",
    }


def test_the_digest_is_that_of_what_is_said(given: Given) -> None:
    block = given({PATH: {"bau.planung": CITY}}).digest
    assert given({PATH: {"anhang-02": {"stadt": "Federführung"}, "anhang-01": CITY}}).digest == block
    assert given({PATH: {"bau": {"planung": {**CITY}}}}).digest == block
    others = [
        {"bau.planung": {"stadt": "mitwirkung"}},
        {"bau.planung": {"stadt": "unbekannt"}},
        {"bau.planung": {"verein": "federfuehrung"}},
        {"bau.planung": "niemand"},
        {"anhang-01": CITY},
        {},
    ]
    digests = [given({PATH: other}).digest for other in others]
    assert len({block, *digests}) == 7


MATRIX = "aufgaben:\n  zuordnung:\n    "
ROLES_ALLOWED = "  erlaubt:  federfuehrung, mitwirkung, unbekannt"
FORMS = "  erlaubt:  {akteur: federfuehrung, akteur2: mitwirkung} oder niemand"
TASKS_ALLOWED = "  erlaubt:  anhang-01 bis anhang-04, oder ein Feld wie bau.planung"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "anhang-09: niemand",
            "5:5 aufgaben.zuordnung[anhang-09]: Diese Aufgabe gibt es in der Übersicht nicht.\n"
            f"  gefunden: „anhang-09“\n{TASKS_ALLOWED}\n"
            "  Abhilfe:  Alle Aufgaben nennt „qmadvisor facts show aufgaben.zuordnung“.",
        ),
        (
            "anhang-3: niemand",
            "5:5 aufgaben.zuordnung[anhang-3]: Diese Aufgabe gibt es in der Übersicht nicht.\n"
            f"  gefunden: „anhang-3“\n{TASKS_ALLOWED}\n  Abhilfe:  Meinten Sie „anhang-03“?",
        ),
        (
            "4: niemand",
            "5:5 aufgaben.zuordnung[4]: Diese Aufgabe gibt es in der Übersicht nicht.\n"
            f"  gefunden: „4“\n{TASKS_ALLOWED}\n  Abhilfe:  Meinten Sie „anhang-04“?",
        ),
        (
            "bau.plannung: niemand",
            "5:5 aufgaben.zuordnung[bau.plannung]: Diese Aufgabe gibt es in der Übersicht nicht.\n"
            f"  gefunden: „bau.plannung“\n{TASKS_ALLOWED}\n  Abhilfe:  Meinten Sie „bau.planung“?",
        ),
        (
            "vollständig: ja",
            "5:5 aufgaben.zuordnung[vollständig]: Diese Angabe gibt es hier nicht.\n"
            "  gefunden: „vollständig“\n  Abhilfe:  Meinten Sie „vollstaendig“?",
        ),
        (
            "vollstaendig: vielleicht",
            "5:19 aufgaben.zuordnung.vollstaendig: Hier wird „ja“ oder „nein“ erwartet.\n"
            "  gefunden: „vielleicht“\n  erlaubt:  ja, nein, unbekannt",
        ),
        (
            "geld.gwa: niemand",
            "5:5 aufgaben.zuordnung[geld.gwa]: In diesem Feld der Übersicht steht nichts.\n"
            "  gefunden: „geld.gwa“\n  erlaubt:  planung\n"
            "  Abhilfe:  Schreiben Sie zum Beispiel „geld.planung: {stadt: federfuehrung}“.",
        ),
        (
            "bau: niemand",
            "5:5 aufgaben.zuordnung[bau]: Hier fehlt die Spalte.\n"
            "  gefunden: „bau“\n  erlaubt:  planung, gwa\n"
            "  Abhilfe:  Schreiben Sie zum Beispiel „bau.planung: {stadt: federfuehrung}“.",
        ),
        (
            "bau: {stadt: federfuehrung}",
            "5:5 aufgaben.zuordnung[bau]: Unter „bau“ steht zuerst die Spalte.\n"
            "  gefunden: „stadt“\n  erlaubt:  planung, gwa\n"
            "  Abhilfe:  Schreiben Sie „bau.planung: {stadt: federfuehrung}“.",
        ),
        (
            "bau: {plannung: {stadt: federfuehrung}}",
            "5:5 aufgaben.zuordnung[bau]: Unter „bau“ steht zuerst die Spalte.\n"
            "  gefunden: „plannung“\n  erlaubt:  planung, gwa\n  Abhilfe:  Meinten Sie „planung“?",
        ),
        (
            "bau: {planung: niemand, anhang-01: niemand}",
            "5:5 aufgaben.zuordnung[bau]: Unter „bau“ steht zuerst die Spalte.\n"
            "  gefunden: „anhang-01“\n  erlaubt:  planung, gwa\n"
            "  Abhilfe:  Schreiben Sie „bau.planung: {stadt: federfuehrung}“.",
        ),
        (
            "geld: {gwa: niemand}",
            "5:12 aufgaben.zuordnung[geld.gwa]: In diesem Feld der Übersicht steht nichts.\n"
            "  gefunden: „geld.gwa“\n  erlaubt:  planung\n"
            "  Abhilfe:  Schreiben Sie zum Beispiel „geld.planung: {stadt: federfuehrung}“.",
        ),
        (
            "anhang-01: stadt",
            "5:5 aufgaben.zuordnung[anhang-01]: Hier werden Akteure mit ihrer Rolle erwartet.\n"
            f"  gefunden: „stadt“\n{FORMS}\n"
            "  Abhilfe:  Schreiben Sie zu jedem Akteur die Rolle, zum Beispiel „{stadt: federfuehrung}“.",
        ),
        (
            "anhang-01: keiner",
            "5:5 aufgaben.zuordnung[anhang-01]: Hier werden Akteure mit ihrer Rolle erwartet.\n"
            f"  gefunden: „keiner“\n{FORMS}\n  Abhilfe:  Meinten Sie „niemand“?",
        ),
        (
            "anhang-01: [stadt]",
            f"5:5 aufgaben.zuordnung[anhang-01]: Hier werden Akteure mit ihrer Rolle erwartet.\n{FORMS}",
        ),
        (
            "anhang-01: {stadt: leitung}",
            "5:17 aufgaben.zuordnung[anhang-01].stadt: Diese Rolle gibt es hier nicht.\n"
            f"  gefunden: „leitung“\n{ROLES_ALLOWED}",
        ),
        (
            "anhang-01: {stadt: mitwirkend}",
            "5:17 aufgaben.zuordnung[anhang-01].stadt: Diese Rolle gibt es hier nicht.\n"
            f"  gefunden: „mitwirkend“\n{ROLES_ALLOWED}\n  Abhilfe:  Meinten Sie „mitwirkung“?",
        ),
        (
            "anhang-01: {stadt: [mitwirkung]}",
            f"5:17 aufgaben.zuordnung[anhang-01].stadt: Hier wird eine Rolle erwartet.\n{ROLES_ALLOWED}",
        ),
        (
            "anhang-01: {federfuehrung: stadt}",
            "5:17 aufgaben.zuordnung[anhang-01].federfuehrung: "
            "Hier steht zuerst der Akteur, dann seine Rolle.\n"
            "  gefunden: „federfuehrung“\n  Abhilfe:  Schreiben Sie „{stadt: federfuehrung}“.",
        ),
        (
            "anhang-01: {niemand: mitwirkung}",
            "5:17 aufgaben.zuordnung[anhang-01].niemand: Hier steht zuerst der Akteur, dann seine Rolle.\n"
            "  gefunden: „niemand“\n  Abhilfe:  Schreiben Sie nur „niemand“, ohne Rolle.",
        ),
        (
            "anhang-01: {Stadt: mitwirkung}",
            "5:17 aufgaben.zuordnung[anhang-01].Stadt: Dieser Name eines Eintrags ist nicht möglich.\n"
            "  gefunden: „Stadt“\n"
            "  erlaubt:  1 bis 40 Zeichen: kleine Buchstaben ohne Umlaute, Ziffern, _ und -\n"
            "  Abhilfe:  Meinten Sie „stadt“?",
        ),
        (
            "anhang-01: {stadt: mitwirkung, verein: mitwirkung, buero: mitwirkung}\nakteure: {stadt: {}, verein: {}}",
            "5:56 aufgaben.zuordnung[anhang-01].buero: In der Liste „akteure“ gibt es diesen Eintrag nicht.\n"
            "  gefunden: „buero“\n  erlaubt:  stadt, verein\n"
            "  Abhilfe:  Legen Sie den Eintrag unter „akteure“ an.",
        ),
    ],
)
def test_what_is_refused(errors_of: ErrorsOf, line: str, problem: str) -> None:
    assert errors_of(f"{MATRIX}{line}\n") == [f"plan.yaml:{problem}"]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("anhang-01", "Anhang-01", "anhang-01"),
        ("planung", "Planung", "planung"),
        ("bau.planung", "Bau.Planung", "bau.planung"),
    ],
)
def test_nothing_is_said_twice(errors_of: ErrorsOf, first: str, second: str, name: str) -> None:
    (problem,) = errors_of(f"{MATRIX}{first}: niemand\n    {second}: niemand\n")
    assert problem == f"plan.yaml:6:5 {PATH}[{second}]: „{name}“ ist zweimal genannt."


def test_a_field_is_the_same_in_both_notations(errors_of: ErrorsOf) -> None:
    (problem,) = errors_of(f"{MATRIX}bau.planung: niemand\n    bau:\n      planung: niemand\n")
    assert problem == f"plan.yaml:7:7 {PATH}[bau.planung]: „bau.planung“ ist zweimal genannt."


def test_all_errors_come_at_once_in_the_order_of_the_file(errors_of: ErrorsOf) -> None:
    text = (
        "anhang-09: niemand\n    bau: {stadt: federfuehrung}\n    anhang-01: {stadt: chef, Amt: mitwirkung}\n"
    )
    assert [problem.split(" ")[0] for problem in errors_of(f"{MATRIX}{text}akteure: {{verein: {{}}}}\n")] == [
        "plan.yaml:5:5",
        "plan.yaml:6:5",
        "plan.yaml:7:17",
        "plan.yaml:7:30",
    ]


@pytest.mark.parametrize("stated", ["stadt", "niemand", ["anhang-01"], 5])
def test_the_whole_has_a_form(given: Given, stated: Any) -> None:
    with pytest.raises(SetupError) as caught:
        given({PATH: stated})
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.path) == ("not_a_matrix", PATH)


def test_a_thousand_wrong_lines_stop_at_a_hundred(given: Given) -> None:
    with pytest.raises(SetupError) as caught:
        given({PATH: {f"aufgabe {number}": "niemand" for number in range(1000)}})
    assert caught.value.problems[-1].code == "too_many"


def test_the_lines_of_the_template_only_need_their_signs_taken_away(
    catalogue: Any, setup_of: Callable[..., Setup]
) -> None:
    text = setup_template(catalogue).split("  zuordnung:\n")[1].split("\n\n")[0]
    lines = [
        line.replace("# ", "", 1)
        for line in text.splitlines()
        if (": " in line and "{" in line) or "ja," in line
    ]
    setup = setup_of("aufgaben:\n  zuordnung:\n" + "\n".join(lines) + "\n    anhang-04: niemand\n")
    assert holders(setup) == {
        "anhang-01": {"traeger": "federfuehrung"},
        "anhang-02": {"stadt": "federfuehrung", "traeger": "mitwirkung"},
        "anhang-04": {},
    }
