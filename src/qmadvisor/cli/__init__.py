"""The command line. Exit codes: 0 nothing to object, 1 something is violated, 2 unusable input, 3 internal error."""

from qmadvisor.cli.app import main

__all__ = ["main"]
