from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from qmadvisor_api.settings import Settings, SettingsError, read_settings, unknown_variables

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "betrieb.md"


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMADVISOR_CORS_ORIGINS", "https://portal.example, http://localhost:8080")
    monkeypatch.setenv("QMADVISOR_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8")
    settings = read_settings()
    assert settings.cors_origins == ("https://portal.example", "http://localhost:8080")
    assert settings.trusted_proxies == (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHECKERS", "viele"),
        ("CHECKERS", "0"),
        ("ENGINE", "turbo"),
        ("RATE_LIMIT", "oft"),
        ("CORS_ORIGINS", "portal.example/pfad"),
        ("TRUSTED_PROXIES", "proxy"),
        ("ROOT_PATH", "qm/"),
        ("MAX_BODY_BYTES", "99999999"),
    ],
)
def test_an_unusable_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"QMADVISOR_{name}", value)
    with pytest.raises(SettingsError, match=f"QMADVISOR_{name}"):
        read_settings()


def test_all_unusable_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMADVISOR_CHECKERS", "0")
    monkeypatch.setenv("QMADVISOR_ENGINE", "turbo")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert len(caught.value.problems) == 2


def test_keys_cannot_be_demanded_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QMADVISOR_REQUIRE_KEY", "true")
    with pytest.raises(SettingsError, match="QMADVISOR_KEYS_FILE"):
        read_settings()


def test_a_misspelt_variable_is_noticed() -> None:
    environment = {"QMADVISOR_CHECKER": "2", "QMADVISOR_ENGINE": "auto", "PATH": ""}
    assert unknown_variables(environment) == ["QMADVISOR_CHECKER Meinten Sie „QMADVISOR_CHECKERS“?"]


def test_the_settings_do_not_change() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.checkers = 3  # type: ignore[misc]


def test_the_guide_tells_of_every_setting() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`QMADVISOR_{name.upper()}`" in text
        assert field.description
        assert field.description in text
