from __future__ import annotations

import importlib
import importlib.metadata
import sys

import pytest

from qmadvisor.engine.availability import durable_available

ENGINE = "qmadvisor.engine.durable"


@pytest.fixture
def _not_yet_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == ENGINE or name.startswith("durable")]:
        monkeypatch.delitem(sys.modules, name)


def leftovers() -> list[str]:
    return [name for name in sys.modules if name == ENGINE or name.startswith("durable")]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable_rules does not import there")
def test_available_where_durable_rules_imports() -> None:
    assert durable_available()


@pytest.mark.skipif(sys.version_info < (3, 13), reason="durable_rules imports here")
def test_not_available_from_python_3_13() -> None:
    assert not durable_available()


@pytest.mark.usefixtures("_not_yet_imported")
def test_an_import_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert not durable_available()
    assert leftovers() == ["durable_rules_engine"]


@pytest.mark.usefixtures("_not_yet_imported")
def test_another_release_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("durable.engine", exc_type=ImportError)
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "2.0.29")
    with pytest.raises(ImportError, match=r"durable_rules 2\.0\.28 is needed, not 2\.0\.29"):
        importlib.import_module(ENGINE)
    assert not durable_available()
