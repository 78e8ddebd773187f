"""Reading TOML of strangers, bounded in time, whatever the file holds; and writing it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envindicators.errors import DefinitionError, WrongTypeError
from envindicators.frames.packages import package_needed
from envindicators.words.message import Message
from envindicators.words.shortening import shown

LARGEST = 2_000_000
"""How many bytes a file has at the most."""

_PARTS = 200
"""A key has no more parts, since the time to read one grows with their square."""

_DIGITS = 1000
_LONG_NUMBER = re.compile(rf"[=\[,]\s*[-+]?(?:0[xob])?[0-9a-fA-F_]{{{_DIGITS}}}")
"""A number, which takes a hundred times the memory of its digits."""


def too_large() -> Message:
    """Return what is wrong with a file that is too large."""
    return Message("the file is larger than {most:,} bytes", most=LARGEST)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says; raises what `toml_said` does.

    Raises:
        OSError: for a file that cannot be opened.
    """
    if path.stat().st_size > LARGEST:
        raise DefinitionError(too_large())
    return toml_said(path.read_bytes())


def toml_said(text: str | bytes) -> dict[str, Any]:
    """Return what some TOML says.

    Raises:
        ValueError: for what is no TOML in UTF-8.
        WrongTypeError: for what is no text.
        DefinitionError: for what is too large or nested too deep, and for a key of too many parts.
    """
    import tomllib

    if not isinstance(text, (str, bytes)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise WrongTypeError(Message("expected text, got {value}", value=shown(text)))
    if len(text) > LARGEST:
        raise DefinitionError(too_large())
    words = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    for number, line in enumerate(words.splitlines(), start=1):
        if _LONG_NUMBER.search(line):
            raise DefinitionError(
                Message("line {number}: a number of more than {most} digits", number=number, most=_DIGITS)
            )
        if line.count(".") > _PARTS and line.partition("=")[0].count(".") > _PARTS:
            raise DefinitionError(Message("line {number}: a key of more than {most} parts", number=number, most=_PARTS))
    try:
        return tomllib.loads(words)
    except RecursionError:
        raise DefinitionError(Message("it is nested too deep")) from None


def toml_text(said: Mapping[str, Any]) -> str:
    """Return TOML that says some data.

    Raises:
        PackageNeeded: if tomli-w is not installed, naming the extra.
    """
    try:
        tomli_w = importlib.import_module("tomli_w")
    except ImportError as error:
        raise package_needed("TOML", "files") from error
    written: str = tomli_w.dumps(said, multiline_strings=False)
    return written
