"""What the kinds of facts are called, and which values they take, in German."""

from __future__ import annotations

from qmadvisor.knowledge.catalogue import Fact
from qmadvisor.language.numerals import german_date, german_number
from qmadvisor.language.types import DateType, NumberType
from qmadvisor.language.values import UNBOUNDED

KINDS = {
    "bool": "ja oder nein",
    "integer": "ganze Zahl",
    "decimal": "Zahl",
    "stellenumfang": "Stellenumfang",
    "date": "Datum",
    "choice": "Auswahl",
    "multiple": "Mehrfachauswahl",
    "text": "Text",
    "actor": "Verweis",
    "list": "Liste",
    "task_matrix": "Verteilung",
}


def limits_of(fact: Fact) -> str | None:
    """Say the range of a number or date that people state; None where it has none."""
    if not fact.is_input or not isinstance(fact.type, NumberType | DateType) or fact.type.range == UNBOUNDED:
        return None
    if isinstance(fact.type, DateType):
        return german_date(fact.type.range)
    return german_number(fact.type.range, fact.type.unit)
