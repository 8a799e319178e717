"""What a fact asks for, in the form of the API."""

from __future__ import annotations

from typing import Any

from qmadvisor.knowledge.catalogue import Fact


def asked(fact: Fact) -> dict[str, Any]:
    """Return the fields of a `Question` for a fact or a field of a list."""
    spec = fact.spec
    return {
        "kind": spec.type,
        "label": fact.words.label,
        "question": spec.question,
        "help": spec.help,
        "unit": spec.unit or None,
        "minimum": None if spec.min is None else str(spec.min),
        "maximum": None if spec.max is None else str(spec.max),
        "choices": dict(spec.choices),
    }
