"""What kind of workbook a file is, told by what it holds: offices give one kind the name of another."""

from __future__ import annotations

import mmap
import zipfile
from pathlib import Path
from typing import Literal

from envindicators.errors import UnreadableTable
from envindicators.words.message import Message

WorkbookKind = Literal["xlsx", "xls", "ods"]
"""A workbook of Excel since 2007, one of Excel before, one of OpenDocument."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls begins, and a new workbook with a password."""

_STREAMS: dict[str, str] = {"EncryptedPackage": "password", "Workbook": "xls", "Book": "xls", "WordDocument": "word"}
"""What stands in such a file, by the name of a part of it."""

_WORD = Message("a Word document")

_LOOKS: tuple[tuple[bytes, Message], ...] = (
    (b"%pdf", Message("a PDF document")),
    (b"<html", Message("a web page")),
    (b"<!doctype html", Message("a web page")),
    (b"<table", Message("a web page")),
    (b"<?xml", Message("a text in XML")),
    (b"{\\rtf", _WORD),
    (b"\x89png", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
)
"""How files begin that are no workbooks, in small letters."""


def workbook_kind(path: Path) -> WorkbookKind:
    """Return what kind of workbook a file is.

    Raises:
        UnreadableTable: if it is none, or has a password.
    """
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_OLE):
        return _of_ole(path)
    if not start:
        raise no_workbook(path, Message("the file is empty"))
    if start.startswith(b"PK"):
        return _of_zip(path)
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    what = next((what for sign, what in _LOOKS if bare.startswith(sign)), None)
    if what is None:
        what = Message("something else") if b"\0" in start else Message("a text file, perhaps a CSV")
    raise no_workbook(path, Message("it is {what}", what=what))


def no_workbook(path: Path, reason: Message) -> UnreadableTable:
    """Return the error that a file cannot be read as a workbook, with the reason and what to do."""
    return UnreadableTable(
        Message(
            "{path}: cannot be read as a workbook ({error}); open it in Excel or LibreOffice and save it anew",
            path=path,
            error=reason,
        ),
        kind="damaged",
    )


def locked(path: Path) -> UnreadableTable:
    """Return the error that a workbook has a password."""
    return UnreadableTable(Message("{path}: has a password; save it without one", path=path), kind="password")


def too_large(path: Path, sheet: str) -> UnreadableTable:
    """Return the error that a sheet holds more than can be read."""
    return UnreadableTable(
        Message("{path}: the sheet {sheet!r} has too many cells; save it as CSV", path=path, sheet=sheet),
        kind="too_large",
    )


def damaged(path: Path, error: Exception) -> UnreadableTable:
    """Return the error that a workbook is damaged, with what was raised when it was read, in a line."""
    cause = error.__cause__ or error  # openpyxl wraps what its parsers raise in a text of many lines
    said = cause.args[0] if isinstance(cause, KeyError) and cause.args else cause
    line = " ".join(str(said).split())[:200] or type(error).__name__
    return no_workbook(path, Message("it is damaged: {error}", error=line))


def _of_ole(path: Path) -> WorkbookKind:
    """Return what a file of the old container of Microsoft is, by the names of its parts."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        held = {kind for name, kind in _STREAMS.items() if content.find(name.encode("utf-16-le")) >= 0}
    if "password" in held:
        raise locked(path)
    if "word" in held:
        raise no_workbook(path, Message("it is {what}", what=_WORD))
    if "xls" in held or path.suffix.lower() == ".xls":
        return "xls"
    raise UnreadableTable(
        Message("{path}: has a password, or is an old .xls; save it as .xlsx without a password", path=path),
        kind="password",
    )


def _of_zip(path: Path) -> WorkbookKind:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path, error) from error
    if "content.xml" in parts:
        return "ods"
    if any(part.startswith("word/") for part in parts):
        raise no_workbook(path, Message("it is {what}", what=_WORD))
    if "xl/workbook.bin" in parts:
        raise no_workbook(path, Message("it is {what}", what=Message("a binary workbook (.xlsb)")))
    return "xlsx"
