"""Files that come open or as bytes: put aside under a name of their own, and called what the sender called them."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Collection
from pathlib import Path, PureWindowsPath
from typing import IO, Any

from envindicators.errors import OptionTypeError, UnreadableTable
from envindicators.frames.files import SUFFIXES, Files
from envindicators.words.message import Message

Content = bytes | bytearray | memoryview | IO[bytes]
"""The content of a file: bytes, or a file that is open for reading bytes."""


class Upload(type(Path())):  # type: ignore[misc]
    """The path of a file that was put aside, which people know by the name that it came with.

    It is opened by its path and shown by its name. The file goes when the last path to it does.
    """

    name_shown = ""

    def __str__(self) -> str:
        return self.name_shown or super().__str__()

    def __fspath__(self) -> str:
        return str(super().__str__())

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Upload) and self.__fspath__() == other.__fspath__()

    def __hash__(self) -> int:
        return hash(self.__fspath__())

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str(self),)


def content_files(content: Content, name: str | None, sheet: str | int = 0, text: str | Collection[str] = ()) -> Files:
    """Return the content of a file as a table that stands in a file; see `envindicators.scan`.

    Raises:
        OptionTypeError: for content without a name, and for text.
        UnreadableTable: for a name that does not end like one of a known format.
    """
    named = name or (content.name if isinstance(getattr(content, "name", None), str) else None)  # type: ignore[union-attr]
    if not isinstance(named, str):
        raise OptionTypeError(
            "scan takes one path or pattern, as 'waste/*.csv', or the content of a file with its name, "
            f'as name="waste.csv"; got {type(content).__name__} without a name'
        )
    own = PureWindowsPath(named).name  # what stands before it may be a path of the sender's, in either way of writing
    if Path(own).suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UnreadableTable(
            Message("{path}: expected a name that ends in one of {known}", path=own, known=known), kind="format"
        )
    folder = tempfile.mkdtemp(prefix="envindicators-")
    path = Upload(os.path.join(folder, f"table{Path(own).suffix.lower()}"))  # noqa: PTH118 - no path of another kind
    path.name_shown = own
    weakref.finalize(path, shutil.rmtree, folder, ignore_errors=True)
    with path.open("wb") as file:
        if isinstance(content, (bytes, bytearray, memoryview)):
            file.write(content)
        else:
            _copy(content, file)
    return Files((path,), sheet, frozenset([text] if isinstance(text, str) else text))


def _copy(content: IO[bytes], file: IO[bytes]) -> None:
    try:
        shutil.copyfileobj(content, file)
    except TypeError:
        raise OptionTypeError("scan takes a file that is open for bytes; this one is open for text") from None
