from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

from qmadvisor.rulebook.site import render_site
from qmadvisor.rules.loader import RuleBase


def test_the_rule_book_is_written_with_all_its_files(run: Run, tmp_path: Path, small_base: RuleBase) -> None:
    outcome = run("rules", "docs", "-o", "neu/buch")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"18 Seiten geschrieben. Anfang: {Path('neu/buch/index.html')}\n"
    folder = tmp_path / "neu" / "buch"
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert {name: path.read_text("utf-8") for name, path in written.items()} == render_site(small_base)


def test_an_empty_folder_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "buch").mkdir()
    assert run("rules", "docs", "-o", "buch").code == 0


def test_a_folder_in_use_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "buch").mkdir()
    (tmp_path / "buch" / "index.html").write_text("meins")
    outcome = run("rules", "docs", "-o", "buch")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "In diesem Ordner liegt schon etwas.\n"
        "  gefunden: buch\n"
        "  Abhilfe:  Wählen Sie einen anderen Ordner oder --force; gleichnamige Dateien werden dann ersetzt.\n"
    )
    assert [path.name for path in (tmp_path / "buch").iterdir()] == ["index.html"]
    assert (tmp_path / "buch" / "index.html").read_text() == "meins"


def test_with_force_files_of_the_book_are_replaced_and_no_other_is_deleted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "buch").mkdir()
    (tmp_path / "buch" / "index.html").write_text("alt")
    (tmp_path / "buch" / "meins.txt").write_text("meins")
    assert run("rules", "docs", "-o", "buch", "--force").code == 0
    assert (tmp_path / "buch" / "index.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "buch" / "meins.txt").read_text() == "meins"


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "buch").write_text("meins")
    for target, message in (
        ("buch", "Hier wird ein Ordner gebraucht"),
        ("buch/unten", "lässt sich nicht anlegen"),
    ):
        outcome = run("rules", "docs", "-o", target, "--force")
        assert outcome.code == 2
        assert message in outcome.err
    assert (tmp_path / "buch").read_text() == "meins"
