"""What the estimate of a contract's value needs."""

from __future__ import annotations

from typing import cast

from qmadvisor.knowledge.functions.function import Function
from qmadvisor.language.values import Interval, Truth, Value


def estimated_months(open_ended: Value, term: Value, limit: Value) -> Interval:
    """Return the months that count where only a monthly price is stated.

    A term up to the limit counts in full; a longer or open-ended one counts with the limit.
    """
    months, most = cast("Interval", term), cast("Interval", limit)
    limited = Interval(min(months.lo, most.lo), min(months.hi, most.hi))
    match cast("Truth", open_ended):
        case True:
            return most
        case False:
            return limited
        case _:
            return limited.hull(most)


FUNCTIONS = {
    "schaetzmonate": Function(
        estimated_months,
        ("bool", "integer", "decimal"),
        "decimal",
        "die Laufzeit mit allen Optionen, höchstens aber so viele Monate, wie die Schätzung des Auftragswerts zählt",
    ),
}
