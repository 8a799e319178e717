"""The closed set of functions behind computed facts: pure, typed, and three-valued like everything else.

Each takes the values of its declared inputs and returns what is certain; it never guesses an unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from qmadvisor.knowledge.functions import dates, models, procurement, tasks
from qmadvisor.knowledge.functions.function import Function

__all__ = ["FUNCTIONS", "Function"]

FUNCTIONS: Mapping[str, Function] = {
    **dates.FUNCTIONS,
    **models.FUNCTIONS,
    **procurement.FUNCTIONS,
    **tasks.FUNCTIONS,
}
