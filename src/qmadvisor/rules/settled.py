"""Conditions that are decided before anybody answers anything: a mistake in whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmadvisor.errors import KnowledgeError, SetupError
from qmadvisor.knowledge.base import Knowledge
from qmadvisor.language import syntax
from qmadvisor.language.evaluate import Facts, evaluate
from qmadvisor.setup.derive import derive
from qmadvisor.setup.reader import read_values


def nothing_known(knowledge: Knowledge) -> Facts:
    """Return the facts of a setup that states nothing, those worked out included.

    No parameter has a value: it may be another one tomorrow, or the setup's own. Raises KnowledgeError where
    the catalogue's ranges contradict each other.
    """
    today = date.today()
    parameters = knowledge.parameters
    nothing = read_values(
        {}, knowledge.catalogue, parameters, today, overrides=dict.fromkeys(parameters.names)
    )
    try:
        return derive(nothing, knowledge, today).facts
    except SetupError as error:
        raise KnowledgeError(error.problems) from None


def settled_parts(condition: syntax.Expression, nothing: Facts) -> Iterator[syntax.Expression]:
    """Yield the parts without and/or/not that are true or false although nothing is known."""
    for part in syntax.atoms(condition):
        if evaluate(part, nothing).value is not None:
            yield part
