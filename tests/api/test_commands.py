from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from typer import Typer
from typer.testing import CliRunner

from qmadvisor.errors import QmadvisorError
from qmadvisor_api import commands


@pytest.fixture
def cli() -> Typer:
    app = Typer()
    commands.register(app)
    return app


def test_keys_are_created_listed_and_revoked(cli: Typer, tmp_path: Path) -> None:
    file = ["--file", str(tmp_path / "keys.json")]
    runner = CliRunner()
    created = runner.invoke(cli, ["keys", "create", "Portal Nord", *file])
    assert created.exit_code == 0
    text = created.stdout.strip()
    listed = runner.invoke(cli, ["keys", "list", *file])
    key_id = listed.stdout.split()[0]
    assert text.startswith(f"qma_{key_id}_")
    assert "Portal Nord" in listed.stdout
    assert text not in listed.stdout
    assert runner.invoke(cli, ["keys", "revoke", key_id, *file]).exit_code == 0
    assert runner.invoke(cli, ["keys", "list", *file]).stdout == ""


def test_without_its_packages_serve_says_what_to_install(cli: Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "find_spec", lambda name: None)
    result = CliRunner().invoke(cli, ["serve"])
    assert isinstance(result.exception, QmadvisorError)
    assert 'pip install "qmadvisor[service]"' in str(result.exception)


@pytest.mark.parametrize(
    ("host", "port", "where"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000/"),
        ("0.0.0.0", 80, "http://127.0.0.1:80/"),
        ("::1", 8000, "http://[::1]:8000/"),
        ("::", 8000, "http://[::1]:8000/"),
        ("127.0.0.1", 0, "siehe Protokoll"),
    ],
)
def test_serve_says_where_the_pages_are(host: str, port: int, where: str) -> None:
    assert f" {where} " in commands._welcome(host, port)


def test_the_package_and_its_commands_load_without_the_service() -> None:
    code = (
        "import sys; import qmadvisor_api, qmadvisor_api.commands; "
        "sys.exit(any(name in sys.modules for name in ('fastapi', 'uvicorn', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_service_starts_serves_with_two_workers_and_ends_gracefully() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "QMADVISOR_CHECKERS": "1", "QMADVISOR_ENGINE": "compiled"}
    command = [sys.executable, "-c", "from qmadvisor.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "2"], env=environment, stderr=subprocess.PIPE
    )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
        plan = {"schema": "qmadvisor.setup/1", "titel": "Nordstadt"}
        answer = httpx2.post(f"http://127.0.0.1:{port}/api/v1/check", json=plan, timeout=20)
        assert answer.status_code == 200
        assert "qmadvisor_requests_total" in httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)
    assert b"Traceback" not in log


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None
        try:
            if httpx2.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("not ready in time")
