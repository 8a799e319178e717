"""Words as the names of things: small letters without umlauts, and digits."""

from __future__ import annotations

import re

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def spelled(text: str, joint: str, most: int) -> str:
    """Return a text as one name of so many characters at most; what is no letter or digit becomes the joint."""
    name = re.sub(r"[^a-z0-9]+", joint, text.lower().translate(_SPELLED))
    return name.strip(joint)[:most].strip(joint)
