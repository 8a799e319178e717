from __future__ import annotations

import stat
from pathlib import Path

import pytest

from qmadvisor_api.keys import KeyRing, KeysError, create_key, read_keys, revoke_key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_a_key_is_found_by_its_text_only(file: Path) -> None:
    key, text = create_key(file, "Portal")
    other, _ = create_key(file, "Anderes")
    ring = KeyRing(file)
    assert ring.find(text) == key.id
    for wrong in ("", text[:-1], text + "x", other.id, key.sha256, "ß" * 10, "x" * 100_000):
        assert ring.find(wrong) is None


def test_the_file_holds_no_secret_and_is_private(file: Path) -> None:
    _, text = create_key(file, "Portal")
    assert text.rpartition("_")[2] not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_running_service_notices_a_revoked_key(file: Path) -> None:
    key, text = create_key(file, "Portal")
    ring = KeyRing(file)
    assert ring.find(text)
    revoke_key(file, key.id)
    assert ring.find(text) is None


def test_a_missing_file_has_no_keys_and_may_come_later(file: Path) -> None:
    ring = KeyRing(file)
    assert ring.find("qma_00000000_x") is None
    key, text = create_key(file, "Portal")
    assert ring.find(text) == key.id


def test_an_unknown_key_cannot_be_revoked(file: Path) -> None:
    key, _ = create_key(file, "Portal")
    with pytest.raises(KeysError, match=key.id):
        revoke_key(file, key.id[:-1] + "x")
    assert len(read_keys(file).keys) == 1


def test_a_broken_file_is_refused_without_quoting_it(file: Path) -> None:
    file.write_text('{"keys": ["qma_geheim"]}', encoding="utf-8")
    with pytest.raises(KeysError) as caught:
        read_keys(file)
    assert "geheim" not in str(caught.value)


def test_two_commands_do_not_overwrite_each_other(file: Path) -> None:
    file.with_name(".keys.json.lock").touch()
    with pytest.raises(KeysError, match="gerade"):
        create_key(file, "Portal")
