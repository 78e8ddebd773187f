"""Packages that reading a format needs, imported only when a file of it is read."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from envindicators.errors import PackageNeeded
from envindicators.words.message import Message


def package_needed(what: object, extra: str) -> PackageNeeded:
    """Return the error that something needs a package, naming the extra of this one that brings it."""
    install = f"pip install 'envindicators[{extra}]'"
    return PackageNeeded(Message("{what}: another package is needed: {install}", what=what, install=install))


def needed(module: str, path: Path, extra: str) -> Any:
    """Return a module.

    Raises:
        PackageNeeded: if it is not installed, naming the file that needs it and the extra that brings it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise package_needed(path, extra) from error
