"""Tells whether the durable_rules engine can be used here."""

from __future__ import annotations

import importlib
import sys

_ENGINE = "qmadvisor.engine.durable"


def durable_available() -> bool:
    """Tell whether the engine imports: the right durable_rules is installed for this Python.

    On failure no half imported module is left behind.
    """
    before = set(sys.modules)
    try:
        importlib.import_module(_ENGINE)
    except ImportError:
        for name in set(sys.modules) - before:
            if name == _ENGINE or name.partition(".")[0] in {"durable", "durable_rules_engine"}:
                del sys.modules[name]
        return False
    return True
