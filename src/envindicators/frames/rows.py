"""Reading plain rows: a list of dicts, or a dict of lists. No frame library is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from envindicators.frames.column import Column, from_objects
from envindicators.frames.stream import NotAFrameError, Opened
from envindicators.words.shortening import kept


def open_rows(rows: Sequence[Mapping[str, Any]]) -> Opened:
    """Return a list of dicts opened. A key that a row lacks is a missing value of it.

    Raises:
        NotAFrameError: if something in the list is no dict.
    """
    names: dict[str, Any] = {}
    seen: set[Any] = set()
    for position, row in enumerate(rows):
        if type(row) is not dict and not isinstance(row, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise NotAFrameError("not_a_row", kept(row), row=position)
        if not seen.issuperset(row):
            seen.update(row)
            names.update((str(key), key) for key in row)

    def read(name: str) -> Column:
        key = names[name]
        return from_objects([row.get(key) for row in rows])

    return Opened("rows", tuple(names), len(rows), read)


def open_columns(columns: Mapping[str, Any]) -> Opened:
    """Return a dict of lists opened.

    Raises:
        NotAFrameError: if a value is no list of values, or the lists differ in length.
    """
    lists: dict[str, list[Any]] = {}
    for name, values in columns.items():
        if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, (Sequence, np.ndarray)):
            raise NotAFrameError("not_a_frame", kept(values), column=name)
        lists[str(name)] = values.tolist() if isinstance(values, np.ma.MaskedArray) else list(values)
    lengths = {name: len(values) for name, values in lists.items()}
    if len(set(lengths.values())) > 1:
        raise NotAFrameError("unequal_columns", lengths)
    length = next(iter(lengths.values()), 0)
    return Opened("rows", tuple(lists), length, lambda name: from_objects(lists[name]))
