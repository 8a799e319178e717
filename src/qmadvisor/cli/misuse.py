"""Say in German what is wrong with a call: an unknown command or option, a missing or impossible value."""

from __future__ import annotations

import re
from typing import Any

from qmadvisor.errors import Problem, QmadvisorError, did_you_mean

#: The message says which word it is about, in quotes or in brackets.
_SUBJECT = re.compile(r"'(.+?)'|\(([^()]+)\)\W*$")


class MisuseError(QmadvisorError):
    """The command line was called in a way that it does not know."""


def misuse(error: Any) -> MisuseError | None:
    """Translate an error of the command-line parser; None for any other error.

    The parser's classes moved between versions of typer, so they are told apart by name.
    """
    if not hasattr(error, "format_message"):
        return None
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "qmadvisor"
    return MisuseError([_problem(error, context, f"{path} --help zeigt, was möglich ist.")])


def _problem(error: Any, context: Any, remedy: str) -> Problem:
    match type(error).__name__:
        case "NoSuchOption":
            near = did_you_mean(error.option_name, error.possibilities or ())
            return Problem(
                "usage", "Diese Option gibt es nicht.", found=error.option_name, remedy=near or remedy
            )
        case "MissingParameter":
            return Problem("usage", f"Es fehlt die Angabe {_name(error.param)}.", remedy=remedy)
        case "BadOptionUsage":
            message = f"Zur Option {error.option_name} fehlt der Wert."
            return Problem("usage", message, remedy=remedy)
        case "BadParameter":
            message = f"Dieser Wert ist für {_name(error.param)} nicht möglich."
            return Problem(
                "usage", message, found=_subject(error), allowed=_choices(error.param), remedy=remedy
            )
        case _:
            return _stray(error, context, remedy)


def _stray(error: Any, context: Any, remedy: str) -> Problem:
    """A word too many: an unknown command, or an argument that nothing takes."""
    commands = getattr(context.command, "commands", {}) if context else {}
    word = _subject(error)
    if not commands or word is None:
        return Problem(
            "usage", "Diese Angabe ist zu viel.", found=word or error.format_message(), remedy=remedy
        )
    near = did_you_mean(word, commands)
    allowed = ", ".join(commands)
    return Problem(
        "usage", "Diesen Befehl gibt es nicht.", found=word, allowed=allowed, remedy=near or remedy
    )


def _name(param: Any) -> str:
    """An option is called by its long name, an argument as the help calls it."""
    if param is None:
        return ""
    option = max(param.opts, key=len)
    return str(option) if option.startswith("-") else str(param.metavar or option)


def _choices(param: Any) -> str | None:
    kind = getattr(param, "type_descriptor", None) or getattr(param, "type", None)
    choices = getattr(kind, "choices", None)
    return ", ".join(str(getattr(one, "value", one)) for one in choices) if choices else None


def _subject(error: Any) -> str | None:
    found = _SUBJECT.search(str(error.message))
    return next(filter(None, found.groups())) if found else None
