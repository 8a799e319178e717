"""How the atoms of many conditions are numbered."""

from __future__ import annotations

from tests.language.example import condition, known

from qmadvisor.engine.atoms import Atoms, looked_up
from qmadvisor.engine.formula import AllOf, Atom, Negation
from qmadvisor.language import syntax


def test_comparisons_of_one_fact_stand_side_by_side_and_equal_ones_count_once() -> None:
    conditions = [
        condition("raum.flaeche >= 25 and not(buero.vorhanden)"),
        condition("raum.flaeche < 100 or projekt.ende < stichtag or raum.flaeche >= 25"),
        condition('some s in stellen satisfies (s.rolle = "leitung")'),
    ]
    atoms = Atoms(syntax.Fact)
    for each in conditions:
        atoms.add(each)
    tables = atoms.numbered()
    assert [name for name, _ in tables] == ["raum.flaeche", "buero.vorhanden"]
    assert list(atoms.lists) == ["stellen"]
    assert list(atoms.apart) == ["projekt.ende < stichtag"]
    assert atoms.formula(conditions[0]) == AllOf((Atom(0), Negation(Atom(2))))
    facts = known({"raum.flaeche": 30, "buero.vorhanden": False})
    assert looked_up(tables, facts.values) == [True, True, False]
