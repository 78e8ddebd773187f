"""Columns that stand in the names of folders: ``year=2018/area=Ke%20Sach/part.parquet``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
from attrs import evolve

from envindicators.errors import UnreadableTable
from envindicators.frames.column import Column, empty_column
from envindicators.frames.csv import WHOLE
from envindicators.frames.stream import Columns, Opened
from envindicators.words.message import Message

NULL = "__HIVE_DEFAULT_PARTITION__"
"""What a folder is named after that holds the rows whose value is missing."""

_DIGITS = 18


def folder_texts(path: Path) -> dict[str, str | None]:
    """Return what the folders of a path say, as it is written there; None for a missing value.

    Raises:
        UnreadableTable: if two folders say different things of one column.
    """
    texts: dict[str, str | None] = {}
    for folder in path.parts[:-1]:
        key, equals, written = folder.partition("=")
        name = unquote(key)
        if not equals or not name:
            continue
        text = None if written == NULL else unquote(written)
        if name in texts and texts[name] != text:
            raise _differs(path, name, texts[name], text)
        texts[name] = text
    return texts


def folder_values(paths: Sequence[Path], text: Collection[str]) -> list[dict[str, Any]]:
    """Return what the folders of some paths say, path by path: whole numbers where all that they say of a column are.

    Args:
        paths: the files.
        text: the columns that stay text.
    """
    every = [folder_texts(path) for path in paths]
    names = {name for texts in every for name in texts}
    numbers = {name for name in names - set(text) if _all_whole(texts.get(name) for texts in every)}
    return [
        {name: int(said) if said is not None and name in numbers else said for name, said in texts.items()}
        for texts in every
    ]


def _all_whole(texts: Any) -> bool:
    return all(text is None or (WHOLE.fullmatch(text) and len(text) <= _DIGITS) for text in texts)


def without(columns: Columns, values: Mapping[str, Any]) -> Columns:
    """Return what tells the columns to read of a file, beside those that its folders give."""

    def wanted(names: Sequence[str]) -> list[str]:
        return [name for name in columns([*names, *(name for name in values if name not in names)]) if name in names]

    return wanted


def beside(piece: Opened, values: Mapping[str, Any], path: Path) -> Opened:
    """Return a piece of a file with the columns that its folders give.

    Reading a column that stands in both raises `UnreadableTable` where they differ.
    """
    if not values:
        return piece

    def read(name: str) -> Column:
        if name not in values:
            return piece.columns(name)
        if name not in piece.names:
            return _constant(values[name], piece.length)
        column = piece.columns(name)
        _check_alike(path, name, values[name], column)
        return column

    names = (*piece.names, *(name for name in values if name not in piece.names))
    return evolve(piece, names=names, columns=read, held=None if piece.held is None else piece.held | values.keys())


def _constant(value: Any, length: int) -> Column:
    if value is None:
        return empty_column(length)
    if isinstance(value, int):
        return Column("int", np.full(length, value))
    return Column("text", np.zeros(length, dtype=np.int8), None, [value])


def _check_alike(path: Path, name: str, value: Any, column: Column) -> None:
    for other in column.distinct():
        if other != value and str(other) != str(value):
            raise _differs(path, name, value, other)


def _differs(path: Path, name: str, value: Any, other: Any) -> UnreadableTable:
    shown, held = (Message("blank") if each is None else repr(each) for each in (value, other))
    return UnreadableTable(
        Message(
            "{path}: a folder says that {name} is {shown}, and the file holds {held}; expected both alike",
            path=path,
            name=name,
            shown=shown,
            held=held,
        ),
        kind="folder_differs",
    )
