"""Reading TOML of strangers: bounded in time, whatever the file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from envindicators.errors import DefinitionError

LARGEST = 4_000_000
"""How many bytes a file has at the most."""

_PARTS = 200
"""A key has no more parts, since the time to read one grows with their square."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        ValueError: for what is no TOML in UTF-8.
        DefinitionError: for a file that is too large, and for a key of too many parts.
        OSError: for a file that cannot be opened.
    """
    import tomllib

    if path.stat().st_size > LARGEST:
        raise DefinitionError(f"the file is larger than {LARGEST:,} bytes")
    text = path.read_text(encoding="utf-8-sig")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > _PARTS and line.partition("=")[0].count(".") > _PARTS:
            raise DefinitionError(f"line {number}: a key of more than {_PARTS} parts")
    return tomllib.loads(text)
