"""Texts with placeholders: `{stadtteilbuero.gruppenraum_m2}` stands for the value that a setup gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qmadvisor.errors import did_you_mean
from qmadvisor.language.vocabulary import Vocabulary

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong with the placeholders of a text."""

    message: str
    found: str | None = None
    remedy: str | None = None


def fillable_names(vocabulary: Vocabulary) -> set[str]:
    """Return what a placeholder may name: facts and parameters."""
    return {*vocabulary.facts, *(f"parameter.{name}" for name in vocabulary.parameters)}


def text_faults(text: str, fillable: Collection[str]) -> Iterator[TextFault]:
    """Yield every placeholder that nothing fills, and say where a brace stands alone."""
    for found in PLACEHOLDER.findall(text):
        if found not in fillable:
            yield TextFault("Diesen Platzhalter kann nichts füllen.", found, did_you_mean(found, fillable))
    if _BRACE.search(PLACEHOLDER.sub("", text)):
        yield TextFault("Eine geschweifte Klammer steht allein.")
