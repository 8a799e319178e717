"""The command line. Exit codes: 0 nothing to object, 1 something is violated, 2 unusable input, 3 internal error."""

import atexit
import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line; every error ends in a clear text and its exit code."""
    # A check makes 160,000 objects that stay: looking through them for cycles again and again takes a tenth of
    # its time.
    gc.set_threshold(200_000, 20, 100)
    # When Python ends, it would look through them several times more, only to free what the system frees anyway.
    atexit.register(gc.freeze)
    from qmadvisor.cli import app  # modules are made of such objects, too

    app.main()
