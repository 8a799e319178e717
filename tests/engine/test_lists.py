"""Statements over a list, decided together, give what each gives alone."""

from __future__ import annotations

from typing import Any

import pytest
from tests.language.example import among_others, condition, known, only, post

from qmadvisor.engine.lists import ListStatements
from qmadvisor.language.evaluate import evaluate

STATEMENTS = [
    'some s in stellen satisfies (s.rolle = "leitung")',
    'every s in stellen satisfies (s.rolle = "leitung" or s.umfang >= 0.5)',
    'some s in stellen where s.umfang >= 0.5 satisfies (s.rolle = "leitung" and not(s.befristet))',
    'every s in stellen where s.rolle = "leitung" satisfies (s.angebote has "treff")',
    "every s in stellen satisfies (s.umfang >= 0)",  # of any entry, named or not
    "some s in stellen satisfies (s.umfang > 20)",  # of none
]
FIRST = post("eins", rolle="leitung", umfang="0.5", befristet=True, angebote={"treff": True})
SECOND = post("zwei", rolle="buero", umfang="0.25")
NEW = post("neu")


@pytest.mark.parametrize("whole", [only, among_others])
@pytest.mark.parametrize(
    "records", [(), (FIRST,), (SECOND,), (NEW,), (FIRST, SECOND), (SECOND, NEW), (FIRST, SECOND, NEW)]
)
def test_together_as_alone(whole: Any, records: Any) -> None:
    nodes: Any = [condition(text) for text in STATEMENTS]
    facts = known({"stellen": whole(*records)})
    together = ListStatements(nodes).truths(facts.values["stellen"])  # type: ignore[arg-type]
    assert together == [evaluate(node, facts).value for node in nodes]
