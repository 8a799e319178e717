from __future__ import annotations

import pytest

from qmadvisor.errors import (
    DocumentError,
    EngineError,
    ExpressionError,
    KnowledgeError,
    Place,
    Problem,
    QmadvisorError,
    SetupError,
    did_you_mean,
    excerpt,
    listing,
    nearest,
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), ""),
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7, "x.y"), "a.yaml:3:7 x.y"),
        (Place(path="x.y"), "x.y"),
    ],
)
def test_places(place: Place, expected: str) -> None:
    assert str(place) == expected


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem("code", "Das geht nicht.", Place("a.yaml", 3), "„x“", "y, z", "Schreiben Sie y.")
    assert str(problem) == (
        "a.yaml:3: Das geht nicht.\n  gefunden: „x“\n  erlaubt:  y, z\n  Abhilfe:  Schreiben Sie y."
    )
    assert str(Problem("code", "Das geht nicht.")) == "Das geht nicht."


@pytest.mark.parametrize("kind", [DocumentError, SetupError, ExpressionError, KnowledgeError, EngineError])
def test_every_error_carries_all_problems(kind: type[QmadvisorError]) -> None:
    problems = [Problem("a", "Eins."), Problem("b", "Zwei.")]
    error = kind(iter(problems))
    assert isinstance(error, QmadvisorError)
    assert error.problems == tuple(problems)
    assert str(error) == "Eins.\nZwei."


def test_near_names() -> None:
    names = {"gruppenraum", "teekueche"}
    assert nearest("grupenraum", names) == "gruppenraum"
    assert nearest("xyz", names) is None
    assert did_you_mean("teeküche", names) == "Meinten Sie „teekueche“?"
    assert did_you_mean("xyz", names) is None
    assert nearest("x" * 300_000, names) is None


def test_listings_are_cut() -> None:
    names = [str(number) for number in range(14)]
    assert listing(names[:12]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"
    assert listing(names, most=2) == "0, 1 … und 12 weitere"
    assert listing([]) == ""


def test_excerpts_are_short_and_visible() -> None:
    assert excerpt("kurz") == "„kurz“"
    assert excerpt("x" * 61) == f"„{'x' * 60}…“"
    assert excerpt("x" * 60) == f"„{'x' * 60}“"
    assert excerpt("a\x1b[31m\nb\u202ec") == "„a�[31m�b�c“"
