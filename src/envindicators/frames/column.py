"""`Column`: one column of any frame, as arrays that the rest of the package reads.

Every engine has a module that turns its columns into these; what a column is *for* (a key, a flag, a
number) is decided later, in `roles`.
"""

from __future__ import annotations

import ctypes
import datetime
import decimal
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

ColumnKind = Literal["bool", "int", "float", "text", "other", "empty"]

_ABSENT_NAMES = frozenset({"NAType", "NaTType"})
"""The types of pandas' missing values, by name, so that pandas need not be imported to know them."""


@frozen(eq=False)
class Column:
    """One column as arrays.

    Args:
        kind: ``"bool"``, ``"int"`` and ``"float"`` hold their values; ``"text"`` holds codes into
            ``levels``; ``"other"`` holds Python objects; ``"empty"`` holds nothing but missing values.
        values: one value a row; meaningless where one is missing.
        missing: one boolean a row, or None where no value is missing.
        levels: for text, the values that the codes stand for. Levels may repeat nothing, and some
            may not occur.
    """

    kind: ColumnKind
    values: NDArray[Any]
    missing: NDArray[np.bool_] | None = None
    levels: Sequence[Any] = ()

    def __len__(self) -> int:
        return len(self.values)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Whether the value is missing, row by row."""
        if self.kind == "empty":
            return np.ones(len(self), dtype=np.bool_)
        return np.zeros(len(self), dtype=np.bool_) if self.missing is None else self.missing

    def value(self, row: int) -> Any:
        """Return the value of a row as a Python object, None for a missing one."""
        if self.kind == "empty" or (self.missing is not None and self.missing[row]):
            return None
        value = self.values[row]
        if self.kind == "text":
            return self.levels[value]
        return value.item() if isinstance(value, np.generic) else value

    def objects(self) -> list[Any]:
        """Return all values as Python objects, None for missing ones."""
        if self.kind == "empty":
            return [None] * len(self)
        if self.kind == "text":
            found = [self.levels[code] if code >= 0 else None for code in self.values.tolist()]
        else:
            found = self.values.tolist()
        if self.missing is not None:
            for row in np.flatnonzero(self.missing).tolist():
                found[row] = None
        return found


def empty_column(length: int) -> Column:
    """Return a column of missing values."""
    return Column("empty", np.zeros(length, dtype=np.int8))


def integers(values: NDArray[Any], missing: NDArray[np.bool_] | None) -> Column:
    """Return a column of integers; unsigned ones beyond 64 signed bits become objects."""
    if values.dtype == np.uint64:
        if len(values) and int(values.max()) > np.iinfo(np.int64).max:
            return Column("other", values.astype(object), missing)
        values = values.view(np.int64)
    return Column("int", values, missing)


def coded(codes: NDArray[Any], levels: Sequence[Any]) -> Column:
    """Return a column from codes into levels, -1 for a missing value."""
    absent = codes < 0
    missing = absent if absent.any() else None
    if all(isinstance(level, str) for level in levels):
        return Column("text", codes, missing, levels)
    column = from_objects(list(levels))
    if missing is not None and not len(column):
        return empty_column(len(codes))
    if column.missing is not None or column.kind == "text":
        lookup = np.empty(len(levels), dtype=object)
        lookup[:] = list(levels)
        return Column("other", lookup[codes], missing)
    return Column(column.kind, column.values[codes], missing, column.levels)


def from_objects(objects: Sequence[Any]) -> Column:
    """Return a column from Python objects. None, NaN, ``pandas.NA`` and ``NaT`` are missing.

    Args:
        objects: the values, of any types.
    """
    length = len(objects)
    types = set(map(type, objects))
    absent = {each for each in types if each is type(None) or each.__name__ in _ABSENT_NAMES}
    floats = {each for each in types if issubclass(each, (float, np.floating))}
    missing: NDArray[np.bool_] | None = None
    if absent or floats:
        mask = [type(value) in absent or (type(value) in floats and value != value) for value in objects]
        missing = np.fromiter(mask, dtype=np.bool_, count=length)
        if missing.all():
            return empty_column(length)
        if not missing.any():
            missing = None
        elif floats:
            floats = {type(value) for value, gone in zip(objects, mask, strict=True) if not gone} & floats
    elif not length:
        return empty_column(0)
    kinds = (types - absent - {each for each in types if issubclass(each, (float, np.floating))}) | floats
    if all(issubclass(each, (bool, np.bool_)) for each in kinds):
        return Column("bool", _filled(objects, missing, False, np.bool_), missing)
    if all(issubclass(each, (int, np.integer)) and not issubclass(each, bool) for each in kinds):
        try:
            return Column("int", _filled(objects, missing, 0, np.int64), missing)
        except OverflowError:
            pass
    elif floats and kinds == floats:
        return Column("float", _filled(objects, missing, 0.0, np.float64), missing)
    elif all(issubclass(each, str) for each in kinds):
        index: dict[str, int] = {}
        gone = missing if missing is not None else np.zeros(length, dtype=np.bool_)
        codes = [-1 if out else index.setdefault(str(v), len(index)) for v, out in zip(objects, gone, strict=True)]
        return Column("text", np.array(codes, dtype=np.int64), missing, list(index))
    values = np.empty(length, dtype=object)
    values[:] = objects
    return Column("other", values, missing)


def from_object_array(values: NDArray[Any], absent: Sequence[Any] = ()) -> Column:
    """Return a column from a numpy array of Python objects.

    True, False and what stands for a missing value are single objects, so that a column of nothing else is
    told by where its objects lie, without looking at each.

    Args:
        values: the objects.
        absent: what stands for a missing value, beside None: ``numpy.nan``, ``pandas.NA``.
    """
    if len(values):
        places = _places_of(values)
        truths = places == id(True)
        known = truths | (places == id(False))
        missing = ~known
        if known.any() and np.isin(places[missing], [id(each) for each in (None, *absent)]).all():
            return Column("bool", truths, missing if missing.any() else None)
    return from_objects(values.tolist())


def _places_of(values: NDArray[Any]) -> NDArray[np.intp]:
    """Return where in memory the objects of an array lie, as `id` tells."""
    held = np.ascontiguousarray(values)
    addresses = (ctypes.c_ssize_t * len(held)).from_address(held.ctypes.data)
    return np.ctypeslib.as_array(addresses).copy()


def _filled(objects: Sequence[Any], missing: NDArray[np.bool_] | None, filler: Any, dtype: Any) -> NDArray[Any]:
    if missing is not None:
        objects = [filler if gone else value for value, gone in zip(objects, missing, strict=True)]
    return np.array(objects, dtype=dtype)


def is_number(value: Any) -> bool:
    """Return whether a Python object is a number: an int, a float or a Decimal, and no bool."""
    if isinstance(value, (bool, np.bool_)):
        return False
    return isinstance(value, (int, float, decimal.Decimal, np.integer, np.floating))


def is_date(value: Any) -> bool:
    """Return whether a Python object is a date."""
    return isinstance(value, datetime.date)
