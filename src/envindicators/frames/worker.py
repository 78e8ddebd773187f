"""Counting the rows of one pandas frame by keys and pattern, and putting such counts together.

Workers of a cluster are sent this as it stands here, so that nothing of this package need be where the rows are: it
imports, and may import, nothing but numpy, pandas and what comes with Python.
"""

from __future__ import annotations

import datetime
import functools
import math
import operator
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

Comparison = tuple[str, str, Any]
"""A column, how it is compared, and with what: ``missing``, ``true``, ``==``, ``<``, ``<=``, ``>``, ``>=``, and
``after`` for another column. Of a missing value none but ``missing`` holds."""

Branch = tuple[tuple[Comparison, ...], int]
"""Comparisons that must all hold, and the code of a row then."""

Case = tuple[int, Sequence[Branch], int]
"""How many codes a column has, its branches, of which the first that holds is taken, and the code where none holds."""


class Asked(TypedDict):
    """What is asked of a frame.

    Args:
        types: for each column that is read what its values must be: ``text``, ``int``, ``bool`` or ``date``.
        keys: the key columns.
        cases: how each column is coded that a pattern is of.
        kinds: by pattern the kind; None where rows are counted by pattern.
        id: the column of ids, if these are to be told; they are whole numbers.
        year: what tells ids apart: a column of years, or the year of all rows.
        blanks: the columns of which the first missing values are to be told.
        listed: how many of these at the most.
    """

    types: Mapping[str, str]
    keys: Sequence[str]
    cases: Sequence[Case]
    kinds: NDArray[Any] | None
    id: str | None
    year: str | int
    blanks: Sequence[str]
    listed: int


class Counted(TypedDict):
    """What came of it.

    Args:
        rows: how many rows there are.
        levels: for each key column values, among which its own are.
        codes: for each key column the code of the value of each group, -1 for a missing one.
        kind: for each group the kind, or the pattern, of its rows.
        count: for each group how many rows it has.
        patterns: the patterns that occur.
        of_pattern: for each of them how many rows it has.
        runs: the ids as runs of consecutive ones: year, first and last; None where they were not asked for, where one
            is missing, and where one stands twice in a frame.
        blanks: for each column asked for the positions of its first missing values.
    """

    rows: int
    levels: list[list[Any]]
    codes: list[NDArray[Any]]
    kind: NDArray[Any]
    count: NDArray[np.int64]
    patterns: NDArray[Any]
    of_pattern: NDArray[np.int64]
    runs: NDArray[np.int64] | None
    blanks: list[NDArray[np.int64]]


Read = tuple[NDArray[Any], NDArray[np.bool_], "list[Any] | None"]
"""Whole numbers, which of them are missing, and, if they are codes, what they are codes of, -1 for a missing value."""


COMPARE = {"==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
"""What compares a column with a value, by how it is written."""

_ROWS = 1 << 19
"""So many rows of a frame are looked at together, so that little memory is needed beside it."""

_ROOM = 1 << 21
"""So many groups there may be, so that rows are counted without putting them in order."""

_NARROW = 1 << 31
"""Numbers below this are held in 32 bits: workers hand all memory back at once, and to be given it takes long."""


def of_partition(frame: Any, asked: Asked) -> Any:
    """Return what is asked of a partition, in a frame of one row, as Dask puts such together."""
    starts = range(0, max(1, len(frame)), _ROWS)
    return _held(together([counted(frame.iloc[start : start + _ROWS], asked) for start in starts], asked["listed"]))


def of_several(frame: Any, listed: int) -> Any:
    """Return what came of several partitions, in such frames, as what comes of one."""
    return _held(together([found for (found,) in frame["counted"]], listed))


def _held(found: Counted | None) -> Any:
    import pandas as pd

    return pd.DataFrame({"counted": pd.Series([[found]], dtype=object)})


# one frame


def counted(frame: Any, asked: Asked) -> Counted | None:
    """Return what is asked of a pandas frame; None where a column holds what it should not."""
    columns: dict[str, Read] = {}
    for name, what in asked["types"].items():
        column = _read(frame[name], what)
        if column is None:
            return None
        columns[name] = column
    rows, patterns = len(frame), math.prod(size for size, _, _ in asked["cases"])
    pattern: NDArray[Any] = np.zeros(rows, dtype=np.int32 if patterns < _NARROW else np.int64)
    for size, branches, otherwise in asked["cases"]:
        pattern *= size
        pattern += _coded(columns, branches, otherwise, rows)
    keys = [_leveled(columns[name], asked["types"][name]) for name in asked["keys"]]
    kind = pattern if asked["kinds"] is None else asked["kinds"][pattern]
    group, count = _grouped([*(codes for codes, _ in keys), kind])
    row, of_pattern = _grouped([pattern])
    return {
        "rows": rows,
        "levels": [levels for _, levels in keys],
        "codes": [codes[group] for codes, _ in keys],
        "kind": kind[group],
        "count": count,
        "patterns": pattern[row],
        "of_pattern": of_pattern,
        "runs": _runs(columns, asked, rows),
        "blanks": [np.flatnonzero(columns[name][1])[: asked["listed"]] for name in asked["blanks"]],
    }


def _read(series: Any, what: str) -> Read | None:
    """Return a column, or None where it holds anything else than what it should."""
    import pandas as pd

    dtype, types = series.dtype, pd.api.types
    if not len(series):  # of no rows it may be of any type
        none = np.zeros(0, dtype=np.int64)
        return none, none != 0, [] if what in ("text", "date") else None
    if what in ("text", "date"):
        codes, found = pd.factorize(series)
        levels, wanted = np.asarray(found, dtype=object).tolist(), str if what == "text" else datetime.date
        if any(type(level) is not wanted for level in levels) or len(set(levels)) < len(levels):
            return None
        return codes.astype(np.int32), codes < 0, levels
    if isinstance(dtype, (pd.CategoricalDtype, pd.SparseDtype)) or str(dtype).lower().startswith("uint64"):
        return None
    if not (types.is_bool_dtype if what == "bool" else types.is_integer_dtype)(dtype):
        return None
    blank = series.isna().to_numpy(dtype=np.bool_)
    held = getattr(dtype, "numpy_dtype", dtype).newbyteorder("=")
    wide = np.int8 if what == "bool" else held if held.kind == "i" else np.int64
    filled = {"na_value": False if what == "bool" else 0} if blank.any() else {}
    return series.to_numpy(dtype=wide, **filled), blank, None


def _coded(columns: Mapping[str, Read], branches: Sequence[Branch], otherwise: int, rows: int) -> NDArray[np.int16]:
    """Return the code of each row: that of the first branch whose comparisons all hold."""
    codes = np.full(rows, otherwise, dtype=np.int16)
    for comparisons, code in reversed(branches):
        held = functools.reduce(np.logical_and, [_holds(columns, *each) for each in comparisons])
        np.copyto(codes, code, where=held)
    return codes


def _holds(columns: Mapping[str, Read], name: str, how: str, than: Any) -> NDArray[np.bool_]:
    """Return for each row whether a comparison holds."""
    values, blank, levels = columns[name]
    if how == "missing":
        return blank
    if levels is not None:  # of text it is only asked whether it is the same
        found = np.array([*(level == than for level in levels), False])[values]
    elif how == "true":
        found = values != 0
    elif how == "after":
        other, unknown, _ = columns[than]
        found = (values > other) & ~unknown
    else:
        found = COMPARE[how](values, than)
    held: NDArray[np.bool_] = found & ~blank
    return held


def _leveled(column: Read, what: str) -> tuple[NDArray[Any], list[Any]]:
    """Return a column as codes, -1 for a missing value, and what they are codes of."""
    import pandas as pd

    values, blank, levels = column
    if levels is not None:
        return values, levels
    if len(values) and values.min() == values.max():  # as years often are
        codes, found = np.zeros(len(values), dtype=np.int64), values[:1]
    else:
        codes, found = pd.factorize(values)
    codes[blank] = -1
    return codes.astype(np.int32), [bool(each) for each in found] if what == "bool" else found.tolist()


def _runs(columns: Mapping[str, Read], asked: Asked, rows: int) -> NDArray[np.int64] | None:
    """Return the ids as runs of consecutive ones, None where one is missing or stands twice in a year."""
    import pandas as pd

    if asked["id"] is None:
        return None
    ids, missing, _ = columns[asked["id"]]
    name = asked["year"]
    years, unknown, _ = columns[name] if isinstance(name, str) else (np.full(min(rows, 1), name), missing, None)
    if missing.any() or unknown.any():
        return None
    runs = [np.zeros((0, 3), dtype=np.int64)]
    every = pd.unique(years).tolist()
    for year in every:
        of_year = ids.astype(np.int64, copy=False) if len(every) == 1 else ids[years == year].astype(np.int64)
        if not (of_year[1:] > of_year[:-1]).all():
            of_year = np.sort(of_year)
            if (of_year[1:] == of_year[:-1]).any():
                return None
        ends = np.flatnonzero(of_year[1:] - 1 != of_year[:-1])
        first, last = of_year[np.append(0, ends + 1)], of_year[np.append(ends, len(of_year) - 1)]
        runs.append(np.stack([np.full(len(first), year), first, last], axis=1))
    return np.concatenate(runs)


def _grouped(
    columns: Sequence[NDArray[Any]], weight: NDArray[np.int64] | None = None
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return for rows that agree in some columns of whole numbers the place of one of them, and how many they are.

    Args:
        columns: the columns.
        weight: for each row how many it stands for, if that is not one.
    """
    rows = len(columns[0])
    room = max(_ROOM, 4 * rows)
    number: NDArray[Any] = np.zeros(rows, dtype=np.int32)
    size = 1
    for column in columns if rows else ():
        codes, least = column, int(column.min())
        wide = int(column.max()) - least + 1
        if wide > room:
            found, codes = np.unique(column, return_inverse=True)
            least, wide = 0, len(found)
        if size > room:
            found, number = np.unique(number, return_inverse=True)
            size = len(found)
        size *= wide
        number = number.astype(np.int32 if size < _NARROW else np.int64, copy=False)
        number *= wide
        number += codes - least
    if size > room:
        found, number = np.unique(number, return_inverse=True)
        size = len(found)
    added, place = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int32)
    np.add.at(added, number, np.int64(1) if weight is None else weight)
    place[number] = np.arange(rows, dtype=np.int32)
    used = np.flatnonzero(added)
    return place[used], added[used]


# several frames


def together(every: Sequence[Counted | None], listed: int) -> Counted | None:
    """Return what came of several frames as what comes of one; None where nothing came of one of them."""
    found = [each for each in every if each is not None]
    if len(every) == 1:
        return every[0]
    if len(found) < len(every):
        return None
    keys = [_of_one(found, place) for place in range(len(found[0]["levels"]))]
    kind, count = np.concatenate([each["kind"] for each in found]), np.concatenate([each["count"] for each in found])
    group, count = _grouped([*(codes for codes, _ in keys), kind], count)
    patterns = np.concatenate([each["patterns"] for each in found])
    row, of_pattern = _grouped([patterns], np.concatenate([each["of_pattern"] for each in found]))
    runs = [each["runs"] for each in found if each["runs"] is not None]
    starts = np.cumsum([0, *(each["rows"] for each in found)]).tolist()
    blanks = [
        np.concatenate([each["blanks"][place] + start for each, start in zip(found, starts, strict=False)])[:listed]
        for place in range(len(found[0]["blanks"]))
    ]
    return {
        "rows": starts[-1],
        "levels": [levels for _, levels in keys],
        "codes": [codes[group] for codes, _ in keys],
        "kind": kind[group],
        "count": count,
        "patterns": patterns[row],
        "of_pattern": of_pattern,
        "runs": np.concatenate(runs) if len(runs) == len(found) else None,
        "blanks": blanks,
    }


def _of_one(found: Sequence[Counted], place: int) -> tuple[NDArray[np.int64], list[Any]]:
    """Return the codes of a key column of several frames as codes of the same values, and these."""
    known: dict[Any, int] = {}
    codes: list[NDArray[np.int64]] = []
    for each in found:
        own = [known.setdefault(level, len(known)) for level in each["levels"][place]]
        codes.append(np.array([*own, -1], dtype=np.int64)[each["codes"][place]])
    return np.concatenate(codes), list(known)
