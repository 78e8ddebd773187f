"""In what a text file is encoded: as its form says, else UTF-8. What seems to be another is named, and not guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

from envindicators.errors import UnreadableTable
from envindicators.frames.outline import Outline
from envindicators.words.legacy_fonts import is_vietnamese, legacy_font
from envindicators.words.message import Message

_HEAD = 1 << 14
"""How many bytes at the beginning of a file tell."""


def encoding_of(path: Path, outline: Outline) -> str:
    """Return in what a text file is encoded.

    Raises:
        UnreadableTable: for UTF-16 where no form says so, naming which.
    """
    if outline.encoding is not None:
        named = outline.encoding
        return "utf-8-sig" if named.lower().replace("_", "-") in ("utf-8", "utf8") else named
    head = _head_of(path)
    low, high = (head[start::2].count(0) for start in (0, 1))
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif max(low, high) > len(head) // 8 and min(low, high) <= max(low, high) // 8:
        encoding = "utf-16-le" if high > low else "utf-16-be"
    else:
        return "utf-8-sig"
    raise UnreadableTable(
        Message(
            "{path}: seems to be UTF-16; say encoding = {encoding!r} in its form, or save it as CSV UTF-8",
            path=path,
            encoding=encoding,
        ),
        kind="encoding",
    )


def not_utf8(path: Path, error: UnicodeError) -> Message:
    """Return what to do about a text file that is not UTF-8, as it seems to be encoded."""
    head = _head_of(path)
    font = legacy_font([head.decode("cp1252", "replace")])
    if font is not None:
        return Message(
            "{path}: not UTF-8, and seems to be Vietnamese in {name}, an encoding of fonts from before Unicode; "
            "convert it to Unicode first, as UniKey does (Ctrl+Shift+F6), and save it as CSV UTF-8",
            path=path,
            name=font.name,
        )
    if is_vietnamese([head.decode("cp1258", "replace")]):
        return Message(
            "{path}: not UTF-8, and seems to be Vietnamese in cp1258; say encoding = 'cp1258' in its form, or save it "
            "as CSV UTF-8 ({error})",
            path=path,
            error=error,
        )
    return Message(
        "{path}: not UTF-8; save it as CSV UTF-8, or say in its form how it is encoded, as encoding = 'cp1252' "
        "({error})",
        path=path,
        error=error,
    )


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
