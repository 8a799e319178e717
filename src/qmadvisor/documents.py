"""Read one YAML or JSON document into nodes that remember where they stand, and write one.

Only plain data passes: mappings, sequences and scalars. Anchors, aliases, tags, several documents, nesting
deeper than `MAX_DEPTH`, keys longer than `MAX_KEY` and files above `MAX_BYTES` are refused: a small file can
never grow in memory.
The tree is built from the parser's events, without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from qmadvisor.errors import DocumentError, Place, Problem, excerpt

MAX_BYTES = 1024 * 1024
#: So much is read first: few files are larger, and room for the largest takes longer to get than to fill.
_MOST_FILES = 64 * 1024
MAX_DEPTH = 24
#: YAML reads no key that takes more than 1024 signs, and in JSON one sign can take ten (`\\U0001F600`).
MAX_KEY = 100
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_SURROGATES = re.compile(r"\\\\|\\u([dD][89abAB]..)\\u([dD][c-fC-F]..)")
_KEY_END = re.compile(r'"( *+[\r\n]\s*+):')
_SPECIAL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class Scalar:
    """A single value as written; `plain` tells that it stood without quotes."""

    text: str
    plain: bool
    line: int
    column: int

    def to_python(self) -> Any:
        """Resolve the value as YAML 1.2 does: null, true/false, decimal numbers, else text."""
        if not self.plain:
            return self.text
        if self.text in _WORDS:
            return _WORDS[self.text]
        if _NUMBER.match(self.text) and len(self.text) < 20:
            return float(self.text) if "." in self.text else int(self.text)
        return self.text


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)

    def to_python(self) -> list[Any]:
        """Return plain Python data."""
        return [item.to_python() for item in self.items]


@dataclass(slots=True)
class Mapping:
    """Keys and nodes in the order of the file; `keys` holds each key's own place."""

    line: int
    column: int
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)

    def to_python(self) -> dict[str, Any]:
        """Return plain Python data."""
        return {key: node.to_python() for key, node in self.items.items()}


Node = Scalar | Sequence | Mapping


_UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: "Diese Datei gibt es nicht.",
    IsADirectoryError: "Das ist ein Ordner.",
    PermissionError: "Sie darf nicht gelesen werden.",
}


def read_file(path: Path, name: str | None = None, *, before: str = "") -> Node:
    """Read a file, JSON where its name ends so, else YAML. Errors name it `name` or its own name.

    With `before` reading ends at this key of the outermost mapping: it is among the keys, but has no item.
    """
    shown = name or path.name
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - several hundred files: pathlib takes its time
            data = stream.read(_MOST_FILES)
            if len(data) == _MOST_FILES:
                data += stream.read(MAX_BYTES + 1 - _MOST_FILES)
    except OSError as error:
        reason = next(
            (words for kind, words in _UNREADABLE.items() if isinstance(error, kind)), error.strerror
        )
        _fail("unreadable", "Die Datei lässt sich nicht lesen.", Place(shown), found=reason)
    return read_bytes(data, shown, json_only=path.suffix.lower() == ".json", before=before)


def read_bytes(data: bytes, name: str, *, json_only: bool = False, before: str = "") -> Node:
    """Read one document from bytes (UTF-8, with or without BOM). Raises DocumentError."""
    if len(data) > MAX_BYTES:
        _fail("too_large", "Die Datei ist zu groß.", Place(name), allowed="höchstens 1 MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        _fail(
            "encoding",
            "Die Datei ist nicht in UTF-8 gespeichert.",
            Place(name, line),
            remedy="Speichern Sie die Datei im Editor mit der Kodierung UTF-8.",
        )
    if json_only:
        _check_json(text, name)
        text = _as_yaml(text)
    return _build(text, name, before)


def write_yaml(value: Any) -> str:
    """Write plain data as YAML that `read_bytes` takes again; the order of keys is kept."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))


def write_json(value: Any, *, compact: bool = False) -> str:
    """Write plain data as JSON, to be read by people too or on one line."""
    if compact:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


class _Dumper(yaml.SafeDumper):
    """Knows no aliases: the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _check_json(text: str, name: str) -> None:
    def refuse_constant(word: str) -> NoReturn:
        _fail("not_a_number", "Diese Zahl gibt es in JSON nicht.", Place(name), found=word)

    def check_keys(pairs: list[tuple[str, Any]]) -> None:
        for key, _ in pairs:
            if len(key) > MAX_KEY:
                _fail_key(key, Place(name))

    try:
        json.loads(
            text, parse_constant=refuse_constant, parse_int=str, parse_float=str, object_pairs_hook=check_keys
        )
    except json.JSONDecodeError as error:
        _fail("syntax", "Das ist kein gültiges JSON.", Place(name, error.lineno, error.colno))
    except RecursionError:
        _fail_depth(name, None)


def _build(text: str, name: str, before: str) -> Node:
    builder = _Builder(name, before)
    try:
        _feed(builder, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        _fail(
            "syntax",
            "Die Datei ist kein gültiges YAML.",
            place,
            found=str(error.problem or error.context),
            remedy="Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen an dieser Stelle.",
        )
    except yaml.YAMLError as error:
        _fail("syntax", "Die Datei enthält unerlaubte Zeichen.", Place(name), found=str(error).split("\n")[0])
    if builder.root is None:
        _fail("empty", "Die Datei ist leer.", Place(name))
    return builder.root


def _feed(builder: _Builder, text: str) -> None:
    """Hand on the parser's events one by one, without a generator around them: they are the most of the work."""
    parser = _LOADER(text)
    while not builder.done and (event := parser.get_event()) is not None:
        take = _TAKERS.get(event.__class__)
        if take is not None:
            take(builder, event)


class _Builder:
    """Puts the parser's events together; refuses what plain data does not need."""

    def __init__(self, name: str, before: str) -> None:
        self.name = name
        self.before = before
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        self.key: Scalar | None = None
        self.done = False

    def scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self.refuse_extras(event)
        mark = event.start_mark
        self.add(Scalar(event.value, not event.style, mark.line + 1, mark.column + 1))

    def mapping(self, event: Any) -> None:
        self.begin(event, Mapping)

    def sequence(self, event: Any) -> None:
        self.begin(event, Sequence)

    def end(self, event: Any) -> None:
        self.open.pop()

    def document(self, event: Any) -> None:
        if self.root is not None:
            self.refuse("documents", "Die Datei enthält mehr als ein Dokument (---).", event)

    def begin(self, event: Any, kind: type[Sequence] | type[Mapping]) -> None:
        if event.anchor or event.tag:
            self.refuse_extras(event)
        node = kind(event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self.open) >= MAX_DEPTH:
            _fail_depth(self.name, node.line)
        self.add(node)
        self.open.append(node)

    def add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self.key is None:
            self.take_key(parent, node)
        else:
            parent.items[self.key.text] = node
            self.key = None

    def refuse_extras(self, event: Any) -> NoReturn:
        if event.anchor:
            self.refuse("alias", "Anker und Verweise (& und *) sind nicht erlaubt.", event)
        self.refuse("tag", "Typangaben mit ! sind nicht erlaubt.", event)

    def take_key(self, parent: Mapping, node: Node) -> None:
        if not isinstance(node, Scalar):
            _fail(
                "key", "Ein Schlüssel muss ein einfaches Wort sein.", Place(self.name, node.line, node.column)
            )
        if len(node.text) > MAX_KEY:
            _fail_key(node.text, Place(self.name, node.line, node.column))
        if node.text in parent.keys:
            first = parent.keys[node.text].line
            _fail(
                "duplicate_key",
                f"Der Schlüssel {excerpt(node.text)} steht zweimal, zuerst in Zeile {first}.",
                Place(self.name, node.line, node.column),
            )
        parent.keys[node.text] = node
        self.key = node
        self.done = bool(self.before) and node.text == self.before and len(self.open) == 1

    def refuse(self, code: str, message: str, event: Any) -> NoReturn:
        _fail(code, message, Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1))


#: What is not named here says nothing: where the stream and its document begin and end.
_TAKERS: dict[type, Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder.scalar,
    yaml.MappingStartEvent: _Builder.mapping,
    yaml.SequenceStartEvent: _Builder.sequence,
    yaml.MappingEndEvent: _Builder.end,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.refuse_extras,
    yaml.DocumentStartEvent: _Builder.document,
}


def _as_yaml(text: str) -> str:
    """Rewrite valid JSON where YAML reads it differently; every value keeps its line."""
    # Tabs between tokens, and line ends between a key and its colon.
    text = _KEY_END.sub(r'":\1', text.replace("\t", " "))
    # Signs that YAML takes for line ends, or refuses: they stand inside strings only.
    text = _SPECIAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return _joined_surrogates(text)


def _joined_surrogates(text: str) -> str:
    r"""Write JSON's two-part escapes (\ud83d\ude00) as the one escape that YAML knows."""

    def joined(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        pair = int(match[1], 16), int(match[2], 16)
        return f"\\U{0x10000 + ((pair[0] - 0xD800) << 10) + (pair[1] - 0xDC00):08X}"

    return _SURROGATES.sub(joined, text)


def _fail_key(key: str, place: Place) -> NoReturn:
    _fail(
        "key_too_long",
        "Ein Schlüssel ist zu lang.",
        place,
        found=excerpt(key),
        allowed=f"höchstens {MAX_KEY} Zeichen",
    )


def _fail_depth(name: str, line: int | None) -> NoReturn:
    _fail(
        "too_deep",
        "Die Datei ist zu tief verschachtelt.",
        Place(name, line),
        allowed=f"höchstens {MAX_DEPTH} Ebenen",
    )


def _fail(
    code: str,
    message: str,
    place: Place,
    found: str | None = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> NoReturn:
    raise DocumentError([Problem(code, message, place, found, allowed, remedy)])
