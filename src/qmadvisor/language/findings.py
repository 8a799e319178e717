"""Findings as facts: `befund.<rule id>` is the outcome of a rule, for those who look at several at once.

Only advice reads them, after all findings are complete; there they are always known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qmadvisor.language import syntax
from qmadvisor.language.types import ChoiceType
from qmadvisor.language.vocabulary import Term, Words

PREFIX = "befund"

#: The outcomes of a rule and what they are called; those with "nicht" come last, so that a list of them
#: ("erfüllt oder nicht anwendbar") cannot be misread.
OUTCOMES: Mapping[str, str] = {
    "fulfilled": "erfüllt",
    "open": "offen",
    "violated": "nicht erfüllt",
    "not_applicable": "nicht anwendbar",
}


def finding_path(rule_id: str) -> str:
    """Return the path by which a condition reads the outcome of a rule."""
    return f"{PREFIX}.{rule_id}"


@cache
def finding_term(rule_id: str, title: str) -> Term:
    """Return the type and the words of a rule's outcome."""
    words = Words(title, phrase=f"der Befund „{title}“", choices=OUTCOMES, predicative=True)
    return Term(finding_path(rule_id), ChoiceType(tuple(OUTCOMES)), words)


def findings_read(node: syntax.Expression) -> tuple[str, ...]:
    """Return the ids of the rules whose outcomes an expression reads, each once, in order."""
    paths = (path.partition(".") for path in syntax.facts_read(node))
    return tuple(rest for first, _, rest in paths if first == PREFIX)
