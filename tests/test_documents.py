from __future__ import annotations

import gc
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmadvisor.documents import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, Sequence, read_bytes, read_file
from qmadvisor.errors import DocumentError


def plain(text: str | bytes, **options: Any) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return read_bytes(data, "datei", **options).to_python()


def refused(text: str | bytes, **options: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        plain(text, **options)
    return str(caught.value)


def test_nodes_know_their_place() -> None:
    node = read_bytes(b"a: 1\nb:\n  - x\n  - {c: 'y'}\n", "datei")
    assert isinstance(node, Mapping)
    items = node.items["b"]
    assert isinstance(items, Sequence)
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert inner.items["c"] == Scalar("y", False, 4, 9)
    assert (node.keys["b"].line, node.keys["b"].column) == (2, 1)
    assert (items.line, items.column) == (3, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5),
        ("-5", -5),
        ("0.5", 0.5),
        ("true", True),
        ("null", None),
        ("~", None),
        ("'5'", "5"),
        ("ja", "ja"),
        ("yes", "yes"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        ("2026-01-31", "2026-01-31"),
        ("12:30:00", "12:30:00"),
        ("9" * 30, "9" * 30),
        ("[a, 1, {b: }]", ["a", 1, {"b": None}]),
        ("|\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_plain_data(text: str, expected: Any) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "datei: Die Datei ist leer."),
        ("# nur ein Kommentar", "datei: Die Datei ist leer."),
        ("a: &x 1", "datei:1:4: Anker und Verweise (& und *) sind nicht erlaubt."),
        ("a: *x", "datei:1:4: Anker und Verweise (& und *) sind nicht erlaubt."),
        ("a: !!int 1", "datei:1:4: Typangaben mit ! sind nicht erlaubt."),
        ("a: !x {b: 1}", "datei:1:4: Typangaben mit ! sind nicht erlaubt."),
        ("a: 1\n---\nb: 2", "datei:2:1: Die Datei enthält mehr als ein Dokument (---)."),
        ("? [a]\n: 1", "datei:1:3: Ein Schlüssel muss ein einfaches Wort sein."),
        ("a: 1\nb: 2\na: 3", "datei:3:1: Der Schlüssel „a“ steht zweimal, zuerst in Zeile 1."),
        (
            "x: " + "[" * 30,
            "datei:1: Die Datei ist zu tief verschachtelt.\n  erlaubt:  höchstens 24 Ebenen",
        ),
        (
            "a: b: c",
            "datei:1:5: Die Datei ist kein gültiges YAML.\n"
            "  gefunden: mapping values are not allowed in this context\n"
            "  Abhilfe:  Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen an dieser Stelle.",
        ),
        (
            "a: ä".encode("latin-1"),
            "datei:1: Die Datei ist nicht in UTF-8 gespeichert.\n"
            "  Abhilfe:  Speichern Sie die Datei im Editor mit der Kodierung UTF-8.",
        ),
        (b"x" * (MAX_BYTES + 1), "datei: Die Datei ist zu groß.\n  erlaubt:  höchstens 1 MiB"),
    ],
)
def test_messages(text: str | bytes, expected: str) -> None:
    assert refused(text) == expected


def test_control_characters_are_refused_and_not_shown() -> None:
    assert refused("a: \x1b[31m").startswith("datei: Die Datei enthält unerlaubte Zeichen.")
    assert "\x1b" not in refused('"\\e[31m": 1\n"\\e[31m": 2')


def test_the_depth_is_limited() -> None:
    assert plain("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert "zu tief" in refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert "zu tief" in refused("[" * 100_000, json_only=True)


def test_a_byte_order_mark_is_skipped() -> None:
    assert plain(b"\xef\xbb\xbfa: 1") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", "datei:1:1: Das ist kein gültiges JSON."),
        ("{'a': 1}", "datei:1:2: Das ist kein gültiges JSON."),
        ('{"a": 1,\n}', "datei:1:8: Das ist kein gültiges JSON."),
        ('{"a": NaN}', "datei: Diese Zahl gibt es in JSON nicht.\n  gefunden: NaN"),
        ('{"a": 1, "a": 2}', "datei:1:10: Der Schlüssel „a“ steht zweimal, zuerst in Zeile 1."),
    ],
)
def test_json_messages(text: str, expected: str) -> None:
    # The column of a trailing comma differs between versions of Python.
    assert refused(text, json_only=True).split(":", 3)[3:] == expected.split(":", 3)[3:]


@pytest.mark.parametrize(
    "text",
    [
        '{\t"a"\t:\t1\t}',
        '{"a"\n\n  : "x"}',
        '{"a": " : ", "b": "\\": "}',
        '{"a": "\\/", "b": "\\\\ud83d\\\\ude00", "c": "\\ud83d\\ude00"}',
        '{"a": "x\\ty\\u0085z"}',
        '{"a": "x\u0085y\u2028z\x7f\ufeff\ufffe"}',
        '{"x\u2028": [1.5, true, null, {}, []]}',
    ],
)
def test_json_means_the_same(text: str) -> None:
    assert plain(text, json_only=True) == json.loads(text)


def test_a_line_end_before_a_colon_keeps_the_lines() -> None:
    node = read_bytes(b'{"a"\n: 1,\n"b": 2}', "datei", json_only=True)
    assert isinstance(node, Mapping)
    assert (node.keys["b"].line, node.items["a"].line) == (3, 2)


def test_files_are_read_by_their_ending(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("a: ä", "utf-8")
    assert read_file(path).to_python() == {"a": "ä"}
    other = tmp_path / "plan.JSON"
    other.write_text("a: ä", "utf-8")
    with pytest.raises(DocumentError, match=r"plan\.JSON:1:1: Das ist kein gültiges JSON"):
        read_file(other)
    with pytest.raises(DocumentError, match=r"^eigene: Die Datei lässt sich nicht lesen"):
        read_file(tmp_path, "eigene")


_strings = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
json_documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), _strings),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_strings, inner, max_size=4)),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(json_documents, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_every_json_document_is_read_as_json_reads_it(document: Any, ascii_only: bool, indent: Any) -> None:
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)
    assert plain(text, json_only=True) == document


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text("ab:-[]{}&*!|>'\"#\n ,?\t%", max_size=40).map(str.encode)))
def test_any_bytes_give_a_document_or_an_error(data: bytes) -> None:
    for json_only in (False, True):
        with suppress(DocumentError):
            plain(data, json_only=json_only)


def test_reading_ends_before_a_key_of_the_outermost_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("eins: {zwei: {spaet: 1}}\nspaet:\n  - [nicht: gelesen\n", "utf-8")
    node = read_file(path, before="spaet")
    assert isinstance(node, Mapping)
    assert node.to_python() == {"eins": {"zwei": {"spaet": 1}}}
    assert list(node.keys) == ["eins", "spaet"]


def test_what_was_read_is_freed_at_once() -> None:
    """A service reads many documents: circles would stay until Python looks for them."""
    gc.collect()
    gc.disable()
    try:
        read_bytes(b"a: {b: [1, 2], c: x}", "datei")
        read_bytes(b'{"a": {"b": [1, 2]}}', "datei", json_only=True)
        assert gc.collect() == 0
    finally:
        gc.enable()
