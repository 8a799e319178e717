"""Read who has which task: task by task, or a whole column or field (area and column) of the overview at once.

    steuerung: {stadt: federfuehrung}
    finanzierung.steuerung: {kaemmerei: federfuehrung}
    anhang-33: {stadt: federfuehrung, verein: mitwirkung}
    anhang-86: niemand

A single task goes before its field, the field before its column. What is said in no way is unknown, or nobody's
where the whole is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, did_you_mean, excerpt, listing, nearest
from qmadvisor.language.matrix import ROLES, Entry, Holders, Overview, TaskMatrix
from qmadvisor.language.types import TaskMatrixType
from qmadvisor.setup.answers import is_none_at_all, is_unknown, read_choice, read_key
from qmadvisor.setup.bounds import tidy
from qmadvisor.setup.draft import Draft, Reference
from qmadvisor.setup.multiple import MARKS, check_mark, read_complete
from qmadvisor.setup.problems import refusal

NOBODY = "niemand"
_NEAR_NOBODY = frozenset({"keiner", "keine", "keins", "kein", "nein", "offen", "-", "none", "nobody"})
#: A task by its number, with or without the name of the overview: anhang-3, 33.
_NUMBER = re.compile(r"(?:[a-z]{1,12}[- ]?)?[0-9]{1,3}")
_EXAMPLE = "{stadt: federfuehrung}"
_FORMS = "{akteur: federfuehrung, akteur2: mitwirkung} oder niemand"


def read_matrix(node: Node, type_: TaskMatrixType, path: str, draft: Draft) -> TaskMatrix:
    """Read a distribution of tasks; `keine` says that nobody has any of them.

    Problems with one line are noted at its place. Raises SetupError for other forms.
    """
    overview = type_.overview
    if is_none_at_all(node):
        return TaskMatrix(overview, {key: {} for key in overview.entries})
    if not isinstance(node, documents.Mapping):
        raise refusal(
            "not_a_matrix",
            "Hier wird angegeben, wer welche Aufgabe übernimmt.",
            allowed=f"„finanzierung.steuerung: {_EXAMPLE}“, „anhang-33: {_EXAMPLE}“, oder keine",
        )
    complete = read_complete(node, draft.problems, path)
    reader = _Reader(overview, type_.of, path, draft)
    reader.lines(node, "")
    return TaskMatrix(overview, reader.holders(complete=complete))


@dataclass(slots=True)
class _Reader:
    """Collects what is said of blocks and of single tasks; None means: expressly unknown."""

    overview: Overview
    actors: str
    path: str
    draft: Draft
    blocks: dict[str, Holders | None] = field(default_factory=dict)
    tasks: dict[str, Holders | None] = field(default_factory=dict)

    def lines(self, node: documents.Mapping, area: str) -> None:
        """Read the lines of the matrix, or those below one area."""
        for word, line in node.items.items():
            if self.draft.problems.full or word in MARKS:
                continue
            name = f"{area}{tidy(word)}" if len(word) < 60 else word
            try:
                self.line(name, line, word, in_area=bool(area))
            except SetupError as error:
                # The place is that of the line's name: what follows may begin on another line.
                self.draft.problems.take(error, node.keys[word], f"{self.path}[{area}{word}]")

    def line(self, name: str, node: Node, word: str, *, in_area: bool) -> None:
        if name in self.overview.areas and isinstance(node, documents.Mapping):
            self.check_columns(name, node)
            self.lines(node, f"{name}.")
            return
        stated = self.tasks if name in self.overview.entries and not in_area else self.blocks
        column = name in self.overview.columns and not in_area
        if stated is self.blocks and name not in self.overview.blocks and not column:
            raise self.unknown(name, word)
        if name in stated:
            raise refusal("duplicate_fact", f"„{name}“ ist zweimal genannt.")
        stated[name] = self.assignment(node, f"{self.path}[{name}]")

    def check_columns(self, area: str, node: documents.Mapping) -> None:
        """Below an area stand columns; actors there would leave open which column is meant."""
        for word, line in node.items.items():
            if word not in MARKS and tidy(word[:60]) not in self.overview.columns:
                blocks = [block for block in self.overview.blocks if block.startswith(f"{area}.")]
                raise refusal(
                    "no_column",
                    f"Unter „{area}“ steht zuerst die Spalte.",
                    found=excerpt(word),
                    allowed=listing([block.partition(".")[2] for block in blocks]),
                    remedy=f"Schreiben Sie „{blocks[0]}: {_EXAMPLE}“."
                    if isinstance(line, documents.Scalar)
                    else did_you_mean(word, self.overview.columns),
                )

    def unknown(self, name: str, word: str) -> SetupError:
        """Say what may stand here instead of a name that is none."""
        overview = self.overview
        area, _, column = name.partition(".")
        if area in overview.areas and column in ("", *overview.columns):
            columns = [block.partition(".")[2] for block in overview.blocks if block.startswith(f"{area}.")]
            message = "Hier fehlt die Spalte." if not column else "In diesem Feld der Übersicht steht nichts."
            remedy = f"Schreiben Sie zum Beispiel „{area}.{columns[0]}: {_EXAMPLE}“."
            return refusal(
                "unknown_block", message, found=excerpt(name), allowed=listing(columns), remedy=remedy
            )
        try:
            check_mark(word)
        except SetupError as misspelt:
            return misspelt
        first, *_, last = overview.entries
        names = [*overview.entries, *overview.blocks, *overview.areas, *overview.columns]
        near = self.numbered(name) if _NUMBER.fullmatch(name) else nearest(name, names)
        return refusal(
            "unknown_task",
            "Diese Aufgabe gibt es in der Übersicht nicht.",
            found=excerpt(word),
            allowed=f"{first} bis {last}, oder ein Feld wie {next(iter(overview.blocks))}",
            remedy=f"Meinten Sie „{near}“?"
            if near
            else f"Alle Aufgaben nennt „qmadvisor facts show {self.path}“.",
        )

    def numbered(self, name: str) -> str | None:
        """The task with the number that a name holds (3 for anhang-03); None where there is none."""
        number = int(name.lstrip("abcdefghijklmnopqrstuvwxyz- ") or 0)
        numbers = {int(key.rpartition("-")[2]): key for key in self.overview.entries}
        return numbers.get(number)

    def assignment(self, node: Node, path: str) -> Holders | None:
        """Read who has a task or block: actors with their roles, nobody ({}), or not known (None)."""
        if isinstance(node, documents.Mapping):
            if "notiz" in node.items:
                self.draft.note(path, node.items["notiz"])
            if "wert" in node.items and node.items.keys() <= {"wert", "notiz"}:
                return self.assignment(node.items["wert"], path)
            return self.roles(node, path)
        if is_unknown(node):
            return None
        if isinstance(node, documents.Scalar):
            return self.nobody(node)
        raise refusal("not_an_assignment", "Hier werden Akteure mit ihrer Rolle erwartet.", allowed=_FORMS)

    def nobody(self, node: documents.Scalar) -> Holders:
        word = tidy(node.text[:60])
        if word == NOBODY:
            return {}
        remedy = f"Schreiben Sie zu jedem Akteur die Rolle, zum Beispiel „{_EXAMPLE}“."
        if word in _NEAR_NOBODY or did_you_mean(word, [NOBODY]):
            remedy = f"Meinten Sie „{NOBODY}“?"
        raise refusal(
            "not_an_assignment",
            "Hier werden Akteure mit ihrer Rolle erwartet.",
            found=excerpt(node.text),
            allowed=_FORMS,
            remedy=remedy,
        )

    def roles(self, node: documents.Mapping, path: str) -> Holders | None:
        found: dict[str, str | None] = {}
        for word, role in node.items.items():
            if word == "notiz" or self.draft.problems.full:
                continue
            try:
                actor = self.actor(word, role)
                found[actor] = None if is_unknown(role) else self.role(role)
            except SetupError as error:
                self.draft.problems.take(error, node.keys[word], f"{path}.{word}")
            else:
                self.draft.references.append(Reference(self.actors, word, node.keys[word], f"{path}.{word}"))
        return found or None

    def actor(self, word: str, role: Node) -> str:
        """Read the key of an actor, and see what was meant where it stands in the place of the role."""
        if tidy(word[:60]) in {NOBODY, *ROLES, *map(tidy, ROLES.values())}:
            other = role.text if isinstance(role, documents.Scalar) and role.text else "stadt"
            word_first = tidy(word) == NOBODY
            raise refusal(
                "not_an_actor",
                "Hier steht zuerst der Akteur, dann seine Rolle.",
                found=excerpt(word),
                remedy=f"Schreiben Sie nur „{NOBODY}“, ohne Rolle."
                if word_first
                else f"Schreiben Sie „{{{excerpt(other)[1:-1]}: {tidy(word)}}}“.",
            )
        return read_key(word)

    def role(self, node: Node) -> str:
        if not isinstance(node, documents.Scalar):
            raise refusal(
                "unknown_role", "Hier wird eine Rolle erwartet.", allowed=listing([*ROLES, "unbekannt"])
            )
        try:
            return read_choice(node.text, ROLES)
        except SetupError:
            raise refusal(
                "unknown_role",
                "Diese Rolle gibt es hier nicht.",
                found=excerpt(node.text),
                allowed=listing([*ROLES, "unbekannt"]),
                remedy=did_you_mean(tidy(node.text[:60]), [*ROLES, *map(tidy, ROLES.values())]),
            ) from None

    def holders(self, *, complete: bool) -> dict[str, Holders]:
        """Put blocks and single tasks together, in the order of the overview."""
        found: dict[str, Holders] = {}
        for key, entry in self.overview.entries.items():
            said = self.said(entry)
            if said is not None:
                found[key] = said
            elif complete and not self.left_open(entry):
                found[key] = {}
        return found

    def said(self, entry: Entry) -> Holders | None:
        """What the closest line says of an entry: that of the task, of its field, of its column."""
        if entry.key in self.tasks:
            return self.tasks[entry.key]
        block = entry.block
        return self.blocks[block] if block in self.blocks else self.blocks.get(entry.column)

    def left_open(self, entry: Entry) -> bool:
        """Tell whether some line speaks of an entry; the closest said that it is unknown."""
        return entry.key in self.tasks or not self.blocks.keys().isdisjoint((entry.block, entry.column))
