"""`Column`: one column of any frame, as arrays that the rest of the package reads.

Every engine has a module that turns its columns into these; what a column is *for* (a key, a flag, a
number) is decided later, by those who read it.
"""

from __future__ import annotations

import datetime
import decimal
import enum
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from envindicators.errors import EnvIndicatorsError
from envindicators.words.spelling import is_blank

ColumnKind = Literal["bool", "int", "float", "text", "other", "empty"]

EXACT_FLOATS = 2**53
"""From here on a float no longer holds every whole number."""

_ABSENT_NAMES = frozenset({"NAType", "NaTType"})
"""The types of pandas' missing values, by name, so that pandas need not be imported to know them."""


class UnreadableValueError(EnvIndicatorsError, ValueError):
    """A value that no column can hold. ``kind`` says why, in the words of `messages`."""

    def __init__(self, kind: str, row: int, value: Any) -> None:
        super().__init__(kind, row, value)
        self.kind = kind
        self.row = row
        self.value = value


def blank_texts(texts: Sequence[str], start: int = 0) -> list[int]:
    """Return the positions of texts that are blank, from a position on."""
    return [place for place, text in enumerate(texts[start:], start) if not "!" <= text[:1] <= "~" and is_blank(text)]


class Texts(list[str]):
    """The levels of a column of text over many batches: they grow at the end.

    Attributes:
        blank: the positions of those that are blank.
    """

    def __init__(self) -> None:
        super().__init__()
        self.blank: list[int] = []

    def grow(self, fresh: Sequence[str]) -> None:
        """Put texts at the end."""
        start = len(self)
        self.extend(fresh)
        self.blank += blank_texts(self, start)


@frozen(eq=False)
class Column:
    """One column as arrays.

    Args:
        kind: ``"bool"``, ``"int"`` and ``"float"`` hold their values, in whatever width they came; ``"text"``
            holds codes into ``levels``; ``"other"`` holds Python objects; ``"empty"`` holds nothing but missing
            values.
        values: one value a row; meaningless where one is missing.
        missing: one boolean a row, or None where no value is missing.
        levels: for text, the values that the codes stand for. Levels may repeat nothing, and some
            may not occur.
        codes: for other objects, where that is known, codes into ``levels``, the objects; meaningless where one
            is missing.
    """

    kind: ColumnKind
    values: NDArray[Any]
    missing: NDArray[np.bool_] | None = None
    levels: Sequence[Any] = ()
    codes: NDArray[Any] | None = None

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
        if self.kind == "float":
            return _digits_of(value)
        return value.item() if isinstance(value, np.generic) else value

    def objects(self) -> list[Any]:
        """Return all values as Python objects, None for missing ones."""
        if self.kind == "empty":
            return [None] * len(self)
        if self.kind == "text":
            found = [self.levels[code] if code >= 0 else None for code in self.values.tolist()]
        elif self.kind == "float" and self.values.dtype.itemsize < np.float64().itemsize:
            found = list[Any](map(_digits_of, self.values))
        else:
            found = self.values.tolist()
        if self.missing is not None:
            for row in np.flatnonzero(self.missing).tolist():
                found[row] = None
        return found

    def distinct(self) -> list[Any]:
        """Return the values that occur, None among them if one is missing; of objects some perhaps again and again."""
        if self.kind in ("empty", "other"):
            return self.objects()
        known = np.unique(self.values if self.missing is None else self.values[~self.missing]).tolist()
        values = [self.levels[code] for code in known] if self.kind == "text" else known
        return values if self.missing is None or not self.missing.any() else [*values, None]


def _digits_of(value: Any) -> float:
    """Return a float of any width as the float of the digits that it is written with: 0.1 of 32 bits is 0.1."""
    return float(str(value))


def empty_column(length: int) -> Column:
    """Return a column of missing values."""
    return Column("empty", np.zeros(length, dtype=np.int8))


def integers(values: NDArray[Any], missing: NDArray[np.bool_] | None) -> Column:
    """Return a column of signed integers; those beyond 64 signed bits become objects."""
    values = values.astype(values.dtype.newbyteorder("="), copy=False)
    signed = {"uint8": np.int16, "uint16": np.int32, "uint32": np.int64}.get(values.dtype.name)
    if signed is not None:
        values = values.astype(signed)
    if values.dtype == np.uint64:
        if len(values) and int(values.max()) > np.iinfo(np.int64).max:
            return Column("other", values.astype(object), missing)
        values = values.view(np.int64)
    return Column("int", values, missing)


def spelt(column: Column) -> Column:
    """Return a column of whole numbers as text, written plainly; any other as it is."""
    if column.kind not in ("int", "float"):
        return column
    known = column.values if column.missing is None else column.values[~column.missing]
    numbers, inverse = np.unique(known, return_inverse=True)
    if column.kind == "float" and not (np.isfinite(numbers) & (np.floor(numbers) == numbers)).all():
        return column
    codes = np.full(len(column), -1, dtype=np.int64)
    codes[slice(None) if column.missing is None else ~column.missing] = inverse
    return Column("text", codes, column.missing, [str(int(number)) for number in numbers.tolist()])


def coded(codes: NDArray[Any], levels: Sequence[Any]) -> Column:
    """Return a column from codes into levels, -1 for a missing value. Levels that do not occur count for nothing."""
    missing = codes < 0 if len(codes) and codes.min() < 0 else None
    if set(map(type, levels)) <= {str}:
        return Column("text", codes, missing, levels)
    used = np.unique(codes if missing is None else codes[~missing]).tolist()
    if not used:
        return empty_column(len(codes))
    try:
        column = from_objects([levels[code] for code in used])
    except UnreadableValueError as error:
        row = int(np.argmax(codes == used[error.row]))
        raise UnreadableValueError(error.kind, row, error.value) from None
    lookup = np.full(len(levels) + 1, -1, dtype=np.int64)
    lookup[used] = np.arange(len(used))
    # -1 stands for a missing value among the codes; in an array it takes the last level, and is marked
    places = lookup[codes]
    if column.missing is not None:
        gone = column.missing[places]
        missing = gone if missing is None else missing | gone
    elif column.kind == "empty":
        return empty_column(len(codes))
    if column.kind == "text":
        own = np.where(places < 0, -1, column.values[places])
        return Column("text", own if missing is None else np.where(missing, -1, own), missing, column.levels)
    if column.kind == "other":
        return Column("other", column.values[places], missing, column.values.tolist(), places)
    return Column(column.kind, column.values[places], missing)


def from_values(values: Sequence[Any], codes: NDArray[Any] | None = None) -> Column:
    """Return a column from values of any types, whose levels stand once each.

    Args:
        values: the values.
        codes: for each row which of them stands in it; each row has its own unless this is given.
    """
    index: dict[tuple[type, Any], int] = {}
    of_values = [-1 if value is None else index.setdefault((type(value), value), len(index)) for value in values]
    own = np.array(of_values, dtype=np.int64)
    return coded(own if codes is None else own[codes], [value for _, value in index])


def from_objects(objects: Sequence[Any]) -> Column:
    """Return a column from Python objects. None, NaN, ``pandas.NA`` and ``NaT`` are missing.

    Members of an enumeration whose values are text or numbers are these values.

    Args:
        objects: the values, of any types.

    Raises:
        UnreadableValueError: for a member of any other enumeration.
    """
    length = len(objects)
    types = set(map(type, objects))
    if str in types and types <= {str, type(None)}:
        return _texts(objects)
    if any(issubclass(kind, _TRANSLATED) for kind in types):
        objects = [plain_value(value, row) for row, value in enumerate(objects)]
        types = set(map(type, objects))
    absent = {kind for kind in types if kind is type(None) or kind.__name__ in _ABSENT_NAMES}
    floats = {kind for kind in types if issubclass(kind, (float, np.floating))}
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
    kinds = (types - absent - {kind for kind in types if issubclass(kind, (float, np.floating))}) | floats
    if all(issubclass(kind, (bool, np.bool_)) for kind in kinds):
        return Column("bool", _filled(objects, missing, False, np.bool_), missing)
    if all(issubclass(kind, (int, np.integer)) and not issubclass(kind, bool) for kind in kinds):
        try:
            return Column("int", _filled(objects, missing, 0, np.int64), missing)
        except OverflowError:
            pass
    elif floats and kinds == floats:
        return Column("float", _filled(objects, missing, 0.0, np.float64), missing)
    elif all(issubclass(kind, str) for kind in kinds):
        gone = missing if missing is not None else np.zeros(length, dtype=np.bool_)
        return _texts([None if out else str.__str__(value) for value, out in zip(objects, gone, strict=True)])
    values = np.empty(length, dtype=object)
    values[:] = objects
    return Column("other", values, missing)


def _texts(texts: Sequence[str | None]) -> Column:
    """Return a column of text, None for what is missing."""
    levels = dict.fromkeys(texts)
    some_missing = None in levels
    levels.pop(None, None)
    code_of = {text: code for code, text in enumerate(levels)} | {None: -1}
    codes = np.fromiter(map(code_of.__getitem__, texts), dtype=np.int64, count=len(texts))
    return Column("text", codes, codes < 0 if some_missing else None, list(code_of)[:-1])


_TRANSLATED: tuple[type, ...] = (enum.Enum, np.datetime64, np.timedelta64, np.float32, np.float16)


def plain_value(value: Any, row: int = 0) -> Any:
    """Return the value of a member of an enumeration, and scalars of numpy as Python's.

    Raises:
        UnreadableValueError: for a member of an enumeration whose values are neither text nor numbers.
    """
    return _plain(value, row) if isinstance(value, _TRANSLATED) else value


def _plain(member: Any, row: int) -> Any:
    if isinstance(member, np.floating):
        return _digits_of(member)
    if isinstance(member, (np.datetime64, np.timedelta64)):
        return None if np.isnat(member) else member.astype(f"{member.dtype.kind}8[us]").item()
    if isinstance(member, str):
        return str.__str__(member)
    if isinstance(member, (int, float)):
        return (int if isinstance(member, int) else float)(member)
    if isinstance(member, (decimal.Decimal, datetime.date)):
        return getattr(member, "value", member)
    raise UnreadableValueError("plain_enum", row, member)


def plain_dates(times: Sequence[Any]) -> Sequence[Any]:
    """Return times without a zone that are all midnight as the dates that they stand for; anything else as it is.

    Engines without a type for dates (pandas, Excel) hold them so.
    """
    return [time.date() if time is not None else None for time in times] if _all_midnight(times) else times


def _all_midnight(times: Iterable[Any]) -> bool:
    return all(
        time is None or (isinstance(time, datetime.datetime) and time.time() == datetime.time() and time.tzinfo is None)
        for time in times
    )


def _filled(objects: Sequence[Any], missing: NDArray[np.bool_] | None, filler: Any, dtype: Any) -> NDArray[Any]:
    if missing is not None:
        objects = [filler if gone else value for value, gone in zip(objects, missing, strict=True)]
    return np.array(objects, dtype=dtype)


@frozen
class Spanning:
    """A number in a cell that is merged over several rows: a code or year of each of them, an amount of none."""

    value: Any


def each_its_own(column: Column) -> Column:
    """Return a column with what stands in merged cells in each of their rows."""
    if column.kind != "other" or not any(isinstance(value, Spanning) for value in column.distinct()):
        return column
    return from_values([value.value if isinstance(value, Spanning) else value for value in column.objects()])


def is_number(value: Any) -> bool:
    """Return whether a Python object is a number: an int, a float or a Decimal, and no bool."""
    if isinstance(value, (bool, np.bool_)):
        return False
    return isinstance(value, (int, float, decimal.Decimal, np.integer, np.floating))


def is_date(value: Any) -> bool:
    """Return whether a Python object is a date."""
    return isinstance(value, datetime.date)
