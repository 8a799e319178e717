"""Make one ES module of the widget's parts, so that a page loads one file and needs no build.

The parts are ES modules themselves: editors and linters follow their imports. Put one after the other, every name is
already there; so the imports between them and the word `export` go. Comments stay in the parts.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: In the order in which they need each other.
PARTS = (
    "texts",
    "style",
    "dom",
    "answers",
    "radios",
    "fields",
    "entries",
    "api",
    "result",
    "views",
    "qm-check",
)
_HEAD = (
    "/* <qm-check>, part of qmadvisor. EUPL-1.2. Attributes, events and CSS variables: docs/einbetten.md */\n"
)
_IMPORT = re.compile(r"^import [^;]*? from \"\./[a-z-]+\.js\";\n", re.MULTILINE)
_COMMENT = re.compile(r"/\*\*.*?\*/ ?\n?", re.DOTALL)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.MULTILINE)


@cache
def widget_module() -> bytes:
    """Return the whole widget as one ES module in UTF-8."""
    folder = files(__package__) / "js"
    parts = (folder.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in PARTS)
    code = "\n".join(_EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", part))) for part in parts)
    return (_HEAD + re.sub(r"\n\s*\n+", "\n", code)).encode()
