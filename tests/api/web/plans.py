"""Plans for the tests of the result pages, and what a form sends."""

from __future__ import annotations

import json
from typing import Any

from qmadvisor_api.routers.examples import examples

NAMES = tuple(one.name for one in examples())
PAGE = {"Accept": "text/html,application/xhtml+xml"}


def example(name: str = "friedberg-2014", **changes: Any) -> str:
    """Return the plan of an example, as the hidden field carries it."""
    setup = next(one.setup for one in examples() if one.name == name)
    return json.dumps({**setup, **changes}, ensure_ascii=False)
