"""Packages that reading a format needs, imported only when a file of it is read."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from envindicators.errors import PackageNeeded


def needed(module: str, path: Path, extra: str) -> Any:
    """Return a module.

    Raises:
        PackageNeeded: if it is not installed, naming the file that needs it and the extra that brings it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise PackageNeeded(str(path), extra) from error
