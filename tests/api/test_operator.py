from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from qmadvisor.errors import DocumentError, KnowledgeError
from qmadvisor_api.operator import Accessibility, Advisory, Operator, Privacy, Provider, read_operator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "betreiber.yaml"
PARTS: dict[str, type[BaseModel]] = {
    "operator": Provider,
    "privacy": Privacy,
    "accessibility": Accessibility,
    "advisory": Advisory,
}


def written(folder: Path, text: str) -> Path:
    path = folder / "betreiber.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_shows_every_key() -> None:
    found = read_operator(EXAMPLE)
    for part, model in PARTS.items():
        assert set(getattr(found, part).model_fields_set) == set(model.model_fields), part


def test_the_guide_tells_of_every_key() -> None:
    guide = (ROOT / "docs" / "betrieb.md").read_text("utf-8")
    for part, model in PARTS.items():
        for key, field in model.model_fields.items():
            assert f"`{part}.{key}`" in guide
            assert field.description
            assert field.description in guide


def test_everything_may_be_missing(tmp_path: Path) -> None:
    assert read_operator(written(tmp_path, "operator:\n  name: Stadt\n")).advisory is None
    assert Operator().privacy.officer == ()


@pytest.mark.parametrize(
    "text",
    [
        "operator: {name: ''}",
        "operator: {name: Stadt, email: 'javascript:alert(1)'}",
        "operator: {name: Stadt, email: 'a@b.de?bcc=x@y.de'}",
        "operator: {name: Stadt, website: 'http://stadt.example'}",
        "operator: {name: Stadt, website: 'javascript:alert(1)'}",
        "operator: {name: Stadt, fax: '1'}",
        "advisory: {name: Servicestelle}",
        "advisory: {name: Servicestelle, as_of: gestern}",
        "accessibility: {as_of: 2026-02-30}",
        "betreiber: {name: Stadt}",
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_operator(written(tmp_path, f"# Angaben\n{text}\n"))
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.line == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="betreiber"):
        read_operator(tmp_path / "betreiber.yaml")


def test_a_contact_grows_old() -> None:
    advisory = Advisory(name="Servicestelle", as_of="2025-11-25")
    assert not advisory.is_old(date(2026, 11, 25))
    assert advisory.is_old(date(2026, 11, 26))
