"""Read single words and texts: yes or no, one of several choices, free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from qmadvisor.documents import Node, Scalar
from qmadvisor.errors import did_you_mean, excerpt, listing
from qmadvisor.setup.bounds import tidy
from qmadvisor.setup.problems import refusal

NONE_AT_ALL = "keine"
#: Keys of records: they stand in paths and in web forms.
KEY = re.compile(r"[a-z0-9_-]{1,40}")
_UNKNOWN = "unbekannt"
_NULLS = frozenset({"", "~", "null"})
_TRUTHS = {"ja": True, "true": True, "nein": False, "false": False}
_NEAR_YES = frozenset({"yes", "y", "on", "1", "j", "wahr", "an", "x"})
_NEAR_NO = frozenset({"no", "n", "off", "0", "falsch", "aus"})
# Line ends are allowed. Direction marks could show a reader another text than the one that is stored.
_ASCII = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def is_unknown(node: Node) -> bool:
    """Tell whether a node states nothing: null, empty, or the word "unbekannt"."""
    if not isinstance(node, Scalar):
        return False
    text = node.text
    if text in _TRUTHS:
        return False  # most answers are these
    if node.plain and text in _NULLS:
        return True
    return not text or text.isspace() or _is_word(text, _UNKNOWN)


def is_none_at_all(node: Node) -> bool:
    """Tell whether a node says "keine": nothing of a list applies."""
    return isinstance(node, Scalar) and _is_word(node.text, NONE_AT_ALL)


def single_text(node: Node) -> str:
    """Return the text of a single value. Raises SetupError for lists and mappings."""
    if isinstance(node, Scalar):
        return node.text
    remedy = "Mit einer Notiz: „{wert: …, notiz: …}“."
    raise refusal("single_value", "Hier wird ein einzelner Wert erwartet.", remedy=remedy)


def read_bool(text: str) -> bool:
    """Read ja or nein (true, false). Raises SetupError for every other word."""
    if text in _TRUTHS:
        return _TRUTHS[text]
    word = tidy(text[:20])
    if word in _TRUTHS:
        return _TRUTHS[word]
    near = "ja" if word in _NEAR_YES else "nein" if word in _NEAR_NO else None
    raise refusal(
        "not_a_bool",
        "Hier wird „ja“ oder „nein“ erwartet.",
        found=excerpt(text),
        allowed="ja, nein, unbekannt",
        remedy=f"Meinten Sie „{near}“?" if near else None,
    )


def read_choice(text: str, labels: Mapping[str, str]) -> str:
    """Return the key of the choice that is named by key or German label, in any case of letters.

    Raises SetupError with the nearest choice where there is none.
    """
    if text in labels:
        return text
    word = tidy(text)
    for key, label in labels.items():
        if word in (key.lower(), tidy(label)):
            return key
    raise refusal(
        "unknown_choice",
        "Diese Auswahl gibt es hier nicht.",
        found=excerpt(text),
        allowed=listing(list(labels)),
        remedy=did_you_mean(word, labels) or _by_label(word, labels),
    )


def read_text(text: str, max_length: int) -> str:
    """Return a text with composed letters and without outer blanks; markup stays plain text.

    Raises SetupError for texts that are too long and for control characters other than line ends.
    """
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ")).strip()
    if len(clean) > max_length:
        raise refusal(
            "too_long",
            "Dieser Text ist zu lang.",
            found=f"{len(clean)} Zeichen",
            allowed=f"höchstens {max_length} Zeichen",
        )
    if _FORBIDDEN.search(clean):
        remedy = "Tippen Sie den Text neu ein, statt ihn einzufügen."
        raise refusal(
            "control_character",
            "Der Text enthält unsichtbare Steuerzeichen.",
            found=excerpt(clean),
            remedy=remedy,
        )
    return clean


def read_key(text: str) -> str:
    """Read the key of a record. Raises SetupError for anything but lower-case ASCII."""
    if KEY.fullmatch(text):
        return text
    raise refusal(
        "bad_key",
        "Dieser Name eines Eintrags ist nicht möglich.",
        found=excerpt(text),
        allowed="1 bis 40 Zeichen: kleine Buchstaben ohne Umlaute, Ziffern, _ und -",
        remedy=_as_key(text),
    )


def _is_word(text: str, word: str) -> bool:
    # Nearly all texts begin with another letter, which is seen at once.
    first = text[:1]
    if first != word[0] and first.isalnum() and first.lower() != word[0]:
        return False
    return len(text) < 40 and tidy(text) == word


def _by_label(word: str, labels: Mapping[str, str]) -> str | None:
    return did_you_mean(word, [tidy(label) for label in labels.values()])


def _as_key(text: str) -> str | None:
    word = tidy(text[:40]).translate(_ASCII)
    key = re.sub(r"[^a-z0-9_-]+", "_", word).strip("_")[:40]
    return f"Meinten Sie „{key}“?" if key else None
