"""Read a multiple choice: each option on its own is yes, no, or not stated."""

from __future__ import annotations

from collections.abc import Mapping

from qmadvisor import documents
from qmadvisor.documents import Node
from qmadvisor.errors import SetupError, did_you_mean, excerpt
from qmadvisor.setup.answers import (
    is_none_at_all,
    is_unknown,
    read_bool,
    read_choice,
    single_text,
)
from qmadvisor.setup.bounds import MAX_LENGTH, tidy
from qmadvisor.setup.problems import Problems, refusal

COMPLETE = "vollstaendig"
#: Keys beside the entries of a list or the options of a multiple choice.
MARKS = (COMPLETE, "notiz")


def read_multiple(node: Node, labels: Mapping[str, str], problems: Problems, path: str) -> dict[str, bool]:
    """Return the options that are answered.

    `{computer: ja, beamer: nein}` answers these two; with `vollstaendig: ja` all others are no.
    `[computer, internet]` says yes to these. `keine` says no to all. Problems with one option are
    noted at its place. Raises SetupError for other forms.
    """
    if is_none_at_all(node):
        return dict.fromkeys(labels, False)
    if isinstance(node, documents.Sequence):
        return _named(node, labels, problems, path)
    if isinstance(node, documents.Mapping):
        return _answered(node, labels, problems, path)
    raise refusal(
        "not_a_selection",
        "Hier können mehrere Angaben zutreffen.",
        allowed="[a, b] oder {a: ja, b: nein} oder keine",
        remedy="Setzen Sie auch eine einzelne Angabe in eckige Klammern.",
    )


def read_complete(node: documents.Mapping, problems: Problems, path: str) -> bool:
    """Tell whether a mapping declares that it names everything."""
    mark = node.items.get(COMPLETE)
    if mark is None or is_unknown(mark):
        return False
    try:
        return read_bool(single_text(mark))
    except SetupError as error:
        problems.take(error, mark, f"{path}.{COMPLETE}")
        return False


def check_mark(word: str) -> None:
    """Refuse a key that looks like a misspelt mark ("vollständig"). Raises SetupError."""
    remedy = did_you_mean(tidy(word), MARKS) if len(word) < MAX_LENGTH else None
    if remedy:
        message = "Diese Angabe gibt es hier nicht."
        raise refusal("unknown_key", message, found=excerpt(word), remedy=remedy)


def _named(
    node: documents.Sequence, labels: Mapping[str, str], problems: Problems, path: str
) -> dict[str, bool]:
    answers: dict[str, bool] = {}
    for item in node.items:
        if problems.full:
            break
        try:
            key = read_choice(single_text(item), labels)
            if key in answers:
                raise refusal("duplicate_fact", f"„{key}“ ist zweimal genannt.")
            answers[key] = True
        except SetupError as error:
            problems.take(error, item, path)
    return answers


def _answered(
    node: documents.Mapping, labels: Mapping[str, str], problems: Problems, path: str
) -> dict[str, bool]:
    complete = read_complete(node, problems, path)
    answers: dict[str, bool] = {}
    left_open = set()
    for word, item in node.items.items():
        if problems.full or word in MARKS:
            continue
        try:
            key = _option(word, labels)
            if key in answers or key in left_open:
                raise refusal("duplicate_fact", f"„{key}“ ist zweimal genannt.")
            if is_unknown(item):
                left_open.add(key)
            else:
                answers[key] = read_bool(single_text(item))
        except SetupError as error:
            problems.take(error, item, f"{path}[{word}]")
    if complete:
        answers |= {key: False for key in labels if key not in answers and key not in left_open}
    return answers


def _option(word: str, labels: Mapping[str, str]) -> str:
    try:
        return read_choice(word, labels)
    except SetupError:
        check_mark(word)
        raise
