from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qmadvisor_api.web import assets
from qmadvisor_api.web.static_files import static_files

NPM = Path(assets.__file__).parent / "npm"
NEEDED = [
    "vendor/kern/kern.min.css",
    "vendor/kern/LICENSE.md",
    "vendor/kern/fonts/fira-sans.css",
    "vendor/kern/fonts/OFL.txt",
    "vendor/htmx/htmx.min.js",
    "vendor/htmx/LICENSE",
]


def test_the_lock_pins_checksums_and_names_no_address() -> None:
    text = (NPM / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    wanted = json.loads((NPM / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"[0-9.]+", version) for version in wanted.values())


def test_copies_are_made_anew_when_the_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not assets.assets_ready(tmp_path)
    built: list[Path] = []
    monkeypatch.setattr(assets, "assets_ready", lambda: False)
    monkeypatch.setattr(assets, "build_assets", lambda: built.append(tmp_path))
    assert assets.main([]) == 0
    assert built == [tmp_path]


def test_without_npm_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "npm_command", lambda: None)
    with pytest.raises(assets.AssetsError, match="npm is needed"):
        assets.build_assets(tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_licences_travel_with_what_they_are_for(client: TestClient) -> None:
    assert assets.assets_ready(), "`make assets` copies the packages"
    for name in NEEDED:
        assert client.get(f"/static/{name}").status_code == 200, name


def test_static_files_are_packed_and_kept(client: TestClient) -> None:
    file = static_files()["qmadvisor.css"]
    answer = client.get(f"/static/qmadvisor.css?v={file.version}")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    again = client.get("/static/qmadvisor.css", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    plain = client.get("/static/qmadvisor.css", headers={"Accept-Encoding": "identity"})
    assert plain.content == file.body
    assert client.get("/static/../rendering.py").status_code == 404
    assert client.get("/static/%2e%2e/rendering.py").status_code == 404
