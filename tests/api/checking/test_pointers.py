from __future__ import annotations

import pytest

from qmadvisor import documents
from qmadvisor_api.checking.pointers import pointer

PLAN = documents.read_bytes(
    b"""
titel: x
buero: {vorgesehen: ja, raum_m2: {wert: 3, notiz: y}, technik: [computer, beamer]}
buero.kosten: 3
abweichungen:
  raeume.gruppenraum: {grund: z}
stellen:
  leitung: {umfang: 1}
a/b~c: 1
""",
    "",
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ""),
        ("titel", "/titel"),
        ("schema", "/schema"),
        ("buero.vorgesehen", "/buero/vorgesehen"),
        ("buero.kosten", "/buero.kosten"),
        ("buero.fehlt", "/buero/fehlt"),
        ("buero.technik[beamer]", "/buero/technik/1"),
        ("abweichungen.raeume.gruppenraum", "/abweichungen/raeume.gruppenraum"),
        ("abweichungen.raeume.gruppenraum.grund", "/abweichungen/raeume.gruppenraum/grund"),
        ("stellen[leitung].umfang", "/stellen/leitung/umfang"),
        ("stellen[leitung].rolle", "/stellen/leitung/rolle"),
        ("a/b~c", "/a~1b~0c"),
    ],
)
def test_a_path_becomes_a_pointer(path: str, expected: str) -> None:
    assert pointer(PLAN, path) == expected
