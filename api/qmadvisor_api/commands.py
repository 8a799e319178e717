"""The commands of the service: `qmadvisor serve` and `qmadvisor keys`. They need the extra `service`."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from qmadvisor.errors import Problem, QmadvisorError

KeysFile = Annotated[
    Path,
    typer.Option("--file", envvar="QMADVISOR_KEYS_FILE", metavar="DATEI", help="Datei mit den Schlüsseln."),
]
_NEEDED = ("fastapi", "uvicorn", "limits", "prometheus_client", "pydantic_settings")


class MissingExtraError(QmadvisorError):
    """The packages of the service are not installed."""


def register(app: typer.Typer) -> None:
    """Add the commands; the command line finds this function by its entry point."""
    app.command(epilog="Beispiel: qmadvisor serve --port 8080")(serve)
    keys = typer.Typer(
        help="Schlüssel für die API anlegen, zeigen, widerrufen.",
        epilog="Beispiel: qmadvisor keys create Portal --file schluessel.json",
        no_args_is_help=True,
    )
    keys.command("create", epilog="Beispiel: qmadvisor keys create Portal --file schluessel.json")(create)
    keys.command("list", epilog="Beispiel: qmadvisor keys list --file schluessel.json")(list_keys)
    keys.command("revoke", epilog="Beispiel: qmadvisor keys revoke 1a2b3c4d --file schluessel.json")(revoke)
    app.add_typer(keys, name="keys")


def serve(
    host: Annotated[str, typer.Option("--host", help="Adresse, an der der Dienst lauscht.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port.")] = 8000,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Prozesse, die Anfragen annehmen.")
    ] = 1,
) -> None:
    """Startet die Seiten und die API. Einstellungen kommen aus Variablen QMADVISOR_… (docs/betrieb.md)."""
    _need_service()
    import logging.config

    import uvicorn

    from qmadvisor_api.logs import configuration
    from qmadvisor_api.metrics import MULTIPROCESS
    from qmadvisor_api.settings import read_settings, unknown_variables

    settings = read_settings()
    with tempfile.TemporaryDirectory(prefix="qmadvisor-metrics-") as numbers:
        if workers > 1:
            os.environ.setdefault(MULTIPROCESS, numbers)
        log_config = configuration(settings.log_level)
        logging.config.dictConfig(log_config)
        for name in unknown_variables():
            logging.getLogger("qmadvisor_api").warning("unknown setting: %s", name)
        typer.echo(_welcome(host, port))
        uvicorn.run(
            "qmadvisor_api.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=log_config,
            access_log=False,
            proxy_headers=False,  # whom to believe is decided by QMADVISOR_TRUSTED_PROXIES
            server_header=False,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=int(settings.request_seconds) + 5,
            h11_max_incomplete_event_size=32 * 1024,
        )


def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Wofür der Schlüssel ist.")], file: KeysFile
) -> None:
    """Legt einen Schlüssel an und zeigt ihn, dieses eine Mal."""
    from qmadvisor_api.keys import create_key

    key, text = create_key(file, name)
    typer.echo(text)
    typer.echo(
        f"Schlüssel {key.id} angelegt. Notieren Sie ihn jetzt: Gespeichert ist nur seine Prüfsumme.", err=True
    )


def list_keys(file: KeysFile) -> None:
    """Zeigt die Schlüssel ohne ihr Geheimnis."""
    from qmadvisor_api.keys import read_keys

    for key in read_keys(file).keys:
        typer.echo(f"{key.id}  {key.created:%d.%m.%Y}  {key.name}")


def revoke(
    key: Annotated[str, typer.Argument(metavar="SCHLÜSSEL", help="Kennung, wie list sie zeigt.")],
    file: KeysFile,
) -> None:
    """Widerruft einen Schlüssel; laufende Dienste merken es bei der nächsten Anfrage."""
    from qmadvisor_api.keys import revoke_key

    typer.echo(f"Schlüssel {revoke_key(file, key).id} widerrufen.", err=True)


def _welcome(host: str, port: int) -> str:
    """Say where the pages are, on stdout: the log goes to stderr. A port of 0 is chosen later, so the log says it."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    where = f"http://{here}:{port}/" if port else "siehe Protokoll"
    return f"Die Prüfung im Browser: {where} (in wenigen Sekunden bereit; Ende mit Strg+C)"


def _need_service() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        remedy = f'Installieren Sie sie mit: {Path(sys.executable).name} -m pip install "qmadvisor[service]"'
        message = "Für den Dienst fehlen Pakete."
        raise MissingExtraError([Problem("missing_extra", message, found=", ".join(missing), remedy=remedy)])
