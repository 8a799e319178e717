"""One number for what a setup states, whatever the order and notation in which it does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from qmadvisor.language.values import Interval
from qmadvisor.setup.draft import canonical
from qmadvisor.setup.header import Header
from qmadvisor.setup.model import Deviation


def digest_of(
    header: Header,
    content: Mapping[str, Any],
    notes: Mapping[str, str],
    deviations: Mapping[str, Deviation],
    overrides: Mapping[str, Interval | None],
) -> str:
    """Return the SHA-256 (hexadecimal) of everything that a setup states."""
    document = {
        "header": astuple(header),
        "facts": dict(content),
        "notes": dict(notes),
        "deviations": {rule: list(map(str, astuple(each))) for rule, each in deviations.items()},
        "parameters": {name: value and canonical(value) for name, value in overrides.items()},
    }
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
