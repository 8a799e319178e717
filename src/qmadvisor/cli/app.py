"""The commands, and what becomes of errors."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import typer

from qmadvisor import __version__
from qmadvisor.cli import checking, content
from qmadvisor.cli.console import EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_UNUSABLE, complain, use_utf8
from qmadvisor.cli.misuse import misuse
from qmadvisor.errors import EngineError, KnowledgeError, QmadvisorError

app = typer.Typer(
    name="qmadvisor",
    help="Prüft ein geplantes Quartiersmanagement gegen den hessischen Leitfaden.",
    epilog="Beispiel: qmadvisor new -o planung.yaml, ausfüllen, dann qmadvisor check planung.yaml",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help starts twice as fast
    context_settings={"help_option_names": ["-h", "--help"]},
)
#: Packages beside the library, such as the service, add their commands under this name.
EXTENSIONS = "qmadvisor.commands"
checking.register(app)
content.register(app)
for extension in entry_points(group=EXTENSIONS):
    extension.load()(app)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"qmadvisor {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Version zeigen und enden."
    ),
) -> None:
    """Prüft ein geplantes Quartiersmanagement gegen den hessischen Leitfaden."""


def main() -> None:
    """Run the command line; every error ends in a clear text and its exit code."""
    use_utf8()
    try:
        sys.exit(app(prog_name="qmadvisor", standalone_mode=False))
    except QmadvisorError as error:
        complain(error)
        internal = isinstance(error, EngineError | KnowledgeError)
        sys.exit(EXIT_INTERNAL if internal else EXIT_UNUSABLE)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error), err=True)  # its text is the help
            sys.exit(EXIT_UNUSABLE)
        if problem := misuse(error):
            complain(problem)
            sys.exit(EXIT_UNUSABLE)
        typer.echo(f"Interner Fehler ({type(error).__name__}): {error}", err=True)
        typer.echo("Das ist ein Fehler im Programm, nicht in Ihrer Datei. Bitte melden Sie ihn.", err=True)
        sys.exit(EXIT_INTERNAL)
