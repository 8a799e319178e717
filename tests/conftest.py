"""For all tests: hypothesis sets no deadlines, because a busy machine is no fault of the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("qmadvisor", deadline=None)
settings.load_profile("qmadvisor")
