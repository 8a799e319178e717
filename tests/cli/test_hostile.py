"""Whatever a file holds: a clear German error with code 2, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.cli.conftest import DAY, Outcome, Plan, Run
from tests.report.conftest import HEADER

Written = Callable[..., Path]

FILES = {
    "empty": (b"", "plan.yaml", "Die Datei ist leer."),
    "blank": (b" \n\n", "plan.yaml", "Die Datei ist leer."),
    "only comments": (b"# nichts\n", "plan.yaml", "Die Datei ist leer."),
    "10 MB": (b"titel: " + b"x" * 10_000_000, "plan.yaml", "Die Datei ist zu groß."),
    "binary": (bytes(range(256)) * 8, "plan.yaml", "Die Datei ist nicht in UTF-8 gespeichert."),
    "zeros": (b"\0" * 100, "plan.yaml", "unerlaubte Zeichen"),
    "UTF-16": (HEADER.encode("utf-16"), "plan.yaml", "Die Datei ist nicht in UTF-8 gespeichert."),
    "UTF-16 without mark": (HEADER.encode("utf-16-le"), "plan.yaml", "unerlaubte Zeichen"),
    "Latin-1": (
        "titel: Südstadt\n".encode("latin-1"),
        "plan.yaml",
        "Die Datei ist nicht in UTF-8 gespeichert.",
    ),
    "aliases": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "plan.yaml",
        "Anker und Verweise (& und *) sind nicht erlaubt.",
    ),
    "tag": (
        b"titel: !!python/object/apply:os.system [ls]\n",
        "plan.yaml",
        "Typangaben mit ! sind nicht erlaubt.",
    ),
    "two documents": (b"titel: a\n---\ntitel: b\n", "plan.yaml", "mehr als ein Dokument"),
    "double key": (
        HEADER.encode() + b"buero: {}\nbuero: {}\n",
        "plan.yaml",
        "Der Schlüssel „buero“ steht zweimal, zuerst in Zeile 5.",
    ),
    "deep": (b"[" * 100_000, "plan.yaml", "Die Datei ist zu tief verschachtelt."),
    "deep JSON": (b"[" * 100_000, "plan.json", "Die Datei ist zu tief verschachtelt."),
    "bad indent": (b"titel: a\n  phase: b\n", "plan.yaml", "Die Datei ist kein gültiges YAML."),
    "cut off JSON": (b'{"titel": ', "plan.json", "Das ist kein gültiges JSON."),
    "YAML as JSON": (HEADER.encode(), "plan.json", "Das ist kein gültiges JSON."),
    "NaN": (b'{"gebiet.einwohner": NaN}', "plan.json", "Diese Zahl gibt es in JSON nicht."),
    "Infinity": (b'{"gebiet.einwohner": -Infinity}', "plan.json", "Diese Zahl gibt es in JSON nicht."),
    "a list": (b"- a\n- b\n", "plan.yaml", "Die Datei enthält keine Angaben"),
    "a word": (b"hallo", "plan.yaml", "Die Datei enthält keine Angaben"),
    "a page": (b"<!DOCTYPE html><html></html>", "plan.yaml", "Die Datei enthält keine Angaben"),
    "no header": (b"gebiet: {einwohner: 5}\n", "plan.yaml", "Die Datei nennt ihr Format nicht."),
}


def refused(outcome: Outcome, message: str) -> None:
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert "\x1b" not in outcome.err


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_file_that_is_no_setup(run: Run, written: Written, command: str, name: str) -> None:
    data, file, message = FILES[name]
    path = written(data, file)
    more = ["raeume.computer"] if command == "explain" else []
    outcome = run(command, path, *more, *DAY)
    refused(outcome, message)
    assert outcome.err.startswith(str(path))


@pytest.mark.parametrize("value", ["NaN", ".nan", "inf", "-.inf", "1e9", "9" * 400, "0x10", "1_000", "½"])
def test_numbers_that_are_none(run: Run, plan: Plan, value: str) -> None:
    outcome = run("check", plan(f"gebiet.einwohner: {value}"), *DAY)
    refused(outcome, "gebiet.einwohner: ")
    assert "  gefunden: „" in outcome.err


@pytest.mark.parametrize("title", ['"\\u001b[31mrot"', '"\\u202eabc"', '"\\u0000"', f'"{"x" * 201}"', "[a]"])
def test_titles_that_cannot_be_shown(run: Run, plan: Plan, title: str) -> None:
    refused(run("check", plan(header=HEADER.replace("Nordstadt", title)), *DAY), " titel: ")


def test_a_missing_file(run: Run) -> None:
    refused(run("check", "fehlt.yaml"), "fehlt.yaml: Die Datei lässt sich nicht lesen.")


def test_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ordner").mkdir()
    refused(run("check", "ordner"), "ordner: Die Datei lässt sich nicht lesen.")
    refused(run("check", "."), ".: Die Datei lässt sich nicht lesen.")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read(run: Run, plan: Plan) -> None:
    path = plan()
    path.chmod(0)
    refused(run("check", path), "Die Datei lässt sich nicht lesen.")


def test_all_mistakes_of_a_file_are_listed(run: Run, plan: Plan, snapshot: SnapshotAssertion) -> None:
    plan(
        "farbe: rot\n"
        "gebit: {einwohner: 5}\n"
        "gebiet: {einwohner: 1.200}\n"
        "buero:\n"
        "  vorgesehen: vielleicht\n"
        "  raum_m2: 25 Meter\n"
        "  technik: [computr, internet]\n"
        "projekt.ende: 31.02.2027\n"
        "stellen:\n"
        "  vollständig: ja\n"
        "  Leitung Nord: {}\n"
        "  leitung: {rolle: hausmeister, umfang: {anteil: 0.5, wochenstunden: 39}}\n"
        "personal.qm_stellen: 1\n"
        "abweichungen:\n"
        "  raeume.gruppenraun: {grund: Saal}\n"
        "  raeume.computer: {vereinbart_mit: Träger}\n"
        "parameter: {gebietsgroesse: 5}\n",
        header=HEADER.replace("umsetzung", "abriss"),
    )
    outcome = run("check", "plan.yaml", *DAY)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == snapshot


def test_thousands_of_mistakes_end_soon(run: Run, plan: Plan) -> None:
    outcome = run("check", plan("".join(f"farbe{number}: rot\n" for number in range(5000))), *DAY)
    refused(outcome, "Fehlern endet die Prüfung; weitere sind möglich.")
    assert len(outcome.err) < 30_000
