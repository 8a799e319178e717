"""For all tests: hypothesis sets no deadlines, because a busy machine is no fault of the code."""

from __future__ import annotations

import gc

from hypothesis import settings

settings.register_profile("qmadvisor", deadline=None)
settings.load_profile("qmadvisor")


def pytest_collection_finish() -> None:
    """Thousands of tests and the rule base stay to the end: garbage collection need not look at them each time."""
    gc.collect()
    gc.freeze()
