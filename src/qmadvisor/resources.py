"""Find the content that travels with the package: `rules/` and `knowledge/`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def content_root() -> Path:
    """Return the folder that holds `rules/` and `knowledge/`: inside an installed wheel, else the checkout."""
    return _content_of(_PACKAGE)


@cache
def _content_of(package: Path) -> Path:
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parents[1]


def rules_root() -> Path:
    """Return the folder with one YAML file per rule."""
    return content_root() / "rules"


def knowledge_root() -> Path:
    """Return the folder with the facts catalogue, the parameters, the ledger and the examples."""
    return content_root() / "knowledge"


def handbook_root() -> Path:
    """Return the folder with the texts for users, `docs/` in the checkout."""
    return content_root() / "docs"


def relative_name(path: Path) -> str:
    """Name a content file without the machine's folders, as error messages and digests need it."""
    root, text = _beginning(content_root()), str(path)
    if not text.startswith(root) or os.pardir in text:
        path = path.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return text.removeprefix(root).replace(os.sep, "/")


@cache
def _beginning(root: Path) -> str:
    return f"{root}{os.sep}"


def yaml_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name below a folder, with slashes, and the path of each file that ends like YAML, in order."""
    found = []
    for above, _, names in os.walk(folder):
        parts = Path(above).relative_to(folder).parts
        found += [(*parts, name) for name in names if name.endswith((".yaml", ".yml"))]
    for parts in sorted(found):
        yield "/".join(parts), os.path.join(folder, *parts)  # noqa: PTH118 - pathlib takes its time
