"""The command that writes the rule base as a book: rules docs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmadvisor.cli.console import deliver, usage


def write_docs(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="ORDNER", help="In diesen Ordner schreiben.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="In einen Ordner schreiben, in dem schon etwas liegt.")
    ] = False,
) -> None:
    """Schreibt das Regelbuch: alle Regeln, Passagen und Fragen als Webseiten.

    Die Seiten brauchen weder Internet noch Server; index.html ist der Anfang. Gelöscht wird nichts.
    """
    from qmadvisor.rulebook.site import render_site
    from qmadvisor.rules.loader import default_rule_base

    _refuse(output, force=force)
    files = render_site(default_rule_base())
    for name, text in files.items():
        target = output / name
        _make(target.parent)
        deliver(text, target)
    pages = sum(name.endswith(".html") for name in files)
    typer.echo(f"{pages} Seiten geschrieben. Anfang: {output / 'index.html'}", err=True)


def _refuse(output: Path, *, force: bool) -> None:
    if output.exists() and not output.is_dir():
        raise usage("Hier wird ein Ordner gebraucht, und das ist eine Datei.", str(output))
    if not force and output.is_dir() and any(output.iterdir()):
        raise usage(
            "In diesem Ordner liegt schon etwas.",
            str(output),
            remedy="Wählen Sie einen anderen Ordner oder --force; gleichnamige Dateien werden dann ersetzt.",
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise usage("Der Ordner lässt sich nicht anlegen.", f"{folder} ({error.strerror})") from None
