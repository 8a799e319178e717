"""The content that travels with the package is found, and named without the machine's folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmadvisor import resources
from qmadvisor.resources import content_root, knowledge_root, relative_name, rules_root


def test_a_checkout_reads_the_content_beside_the_source() -> None:
    root = Path(resources.__file__).resolve().parents[2]
    assert content_root() == root
    assert rules_root() == root / "rules"
    assert knowledge_root() == root / "knowledge"
    assert list(rules_root().glob("*/*.yaml"))


def test_an_installed_wheel_reads_the_content_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_data").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert content_root() == tmp_path / "_data"
    assert rules_root() == tmp_path / "_data" / "rules"


def test_content_files_are_named_from_the_root_with_slashes() -> None:
    path = rules_root() / "raeume" / ".." / "raeume" / "gruppenraum.yaml"
    assert relative_name(path) == "rules/raeume/gruppenraum.yaml"


def test_other_files_are_named_without_their_folder(tmp_path: Path) -> None:
    assert relative_name(tmp_path / "plan.yaml") == "plan.yaml"


def test_every_rule_knows_its_file() -> None:
    from qmadvisor.rules.loader import default_rule_base

    for rule in default_rule_base().rules:
        section, _, name = rule.id.partition(".")
        assert rule.file == f"rules/{section}/{name}.yaml"
