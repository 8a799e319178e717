from __future__ import annotations

import pytest

from qmadvisor.report.words import day


@pytest.mark.parametrize(("iso", "german"), [("2018-12-31", "31.12.2018"), ("2018-12", "Dezember 2018")])
def test_days_and_months_are_written_as_germans_do(iso: str, german: str) -> None:
    assert day(iso) == german
