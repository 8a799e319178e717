from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.small_base import SmallBase


@pytest.fixture
def base(tmp_path: Path) -> SmallBase:
    """A small rule base that loads; the test changes what it is about."""
    return SmallBase(tmp_path)
