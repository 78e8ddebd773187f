"""Reading a column for what it is in its table: a key, a year, a category, a flag."""

from __future__ import annotations

import collections
import decimal
import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, Amounts
from envindicators.cells.grouping import CHUNK, extremes, stretches
from envindicators.cells.spellings import key_kind
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import Category
from envindicators.frames.column import Column, Texts, blank_texts, is_date, is_number
from envindicators.ingest.hints import category_hint, flag_hint, year_hint
from envindicators.problems import LISTED, Findings
from envindicators.words.message import Message
from envindicators.words.spelling import NOTHING_NEAR, did_you_mean

MISSING = -1
"""The code of a missing key or category."""

_ROWS_A_LEVEL = 64
"""With so many rows for each whole number between the least and the greatest, all of these are taken for levels."""


@frozen(eq=False)
class Coded:
    """A column as codes into its levels, `MISSING` for a missing value.

    Args:
        heads: the code of each row, or of the first row of each stretch.
        levels: what the codes point to.
        starts: where stretches of rows of one code begin, where there are few of them; else None.
        length: the number of rows, where they lie in stretches.
    """

    heads: NDArray[Any]
    levels: Sequence[Any]
    starts: NDArray[np.int64] | None = None
    length: int = 0

    @functools.cached_property
    def codes(self) -> NDArray[Any]:
        """The code of each row."""
        return self.heads if self.starts is None else np.repeat(self.heads, np.diff(self.starts, append=self.length))

    def at(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Return the codes of some rows."""
        if self.starts is None:
            return self.heads[rows]
        return self.heads[np.searchsorted(self.starts, rows, side="right") - 1]

    def occurring(self) -> list[Any]:
        """Return the levels that occur in the column."""
        seen = np.zeros(len(self.levels) + 1, dtype=np.bool_)
        seen[self.heads] = True
        return [self.levels[code] for code in np.flatnonzero(seen[:-1]).tolist()]


@frozen
class Place:
    """Where problems of a column are recorded.

    Args:
        findings: what has been found.
        table: the table.
        column: the column.
        spoilt: where to mark the rows that an error is found in, or None.
    """

    findings: Findings
    table: str
    column: str
    spoilt: NDArray[np.bool_] | None = field(default=None, eq=False, repr=False)

    def mark(
        self,
        kind: str,
        bad: NDArray[np.bool_] | Sequence[int],
        value_of: Callable[[int], Any],
        **details: Any,
    ) -> None:
        """Record a problem for every row that is marked, or whose position is listed."""
        if isinstance(bad, np.ndarray):
            count = int(np.count_nonzero(bad))
            rows: Any = first_rows(bad)
        else:
            count, rows = len(bad), bad
        if count:
            severity = details.pop("severity", "error")
            if self.spoilt is not None and severity == "error":
                self.spoilt[bad] = True
            self.findings.add_rows(
                kind, self.table, self.column, rows, value_of, severity=severity, count=count, **details
            )


def first_rows(marked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the positions of the first marked rows, as many as are listed of a problem."""
    step = 1 << 16
    found: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
    listed = 0
    for start in range(0, len(marked), step):
        found.append(np.flatnonzero(marked[start : start + step]) + start)
        listed += len(found[-1])
        if listed >= LISTED:
            break
    return np.concatenate(found)[:LISTED]


def factorized(column: Column) -> Coded:
    """Return a column as codes into its values, of which some may not occur.

    Values that Python holds equal though their types differ (1, 1.0, True) stay apart.
    """
    if column.kind == "empty":
        return Coded(np.full(len(column), MISSING), ())
    values = column.values
    if column.kind == "text" or (column.kind == "int" and column.missing is None):
        starts = stretches(values)
        if starts is not None:
            heads = values[starts]
            heads, levels = (heads, column.levels) if column.kind == "text" else _factorized_integers(heads, None)
            return Coded(heads, levels, starts, len(values))
        if column.kind == "text":
            return Coded(values, column.levels)
    if column.kind == "int":
        return Coded(*_factorized_integers(values, column.missing))
    index: dict[tuple[type, Any], int] = {}
    objects = column.objects() if column.codes is None else column.levels
    codes = np.array(
        [MISSING if v is None else index.setdefault((type(v), v), len(index)) for v in objects], dtype=np.int64
    )
    if column.codes is not None:
        codes = codes[column.codes]
        if column.missing is not None:
            codes[column.missing] = MISSING
    return Coded(codes, tuple(value for _, value in index))


def _factorized_integers(values: NDArray[Any], missing: NDArray[np.bool_] | None) -> tuple[NDArray[Any], Sequence[Any]]:
    known = values if missing is None else values[~missing]
    if not len(known):
        return np.full(len(values), MISSING), ()
    least, greatest = extremes(known)
    if least == greatest:
        codes = np.zeros(len(values), dtype=np.int8)
        if missing is not None:
            codes[missing] = MISSING
        return codes, (least,)
    span = greatest - least + 1
    if missing is None and span <= len(values) // _ROWS_A_LEVEL:
        codes = np.empty(len(values), dtype=np.int8 if span <= 2**7 else np.int16 if span <= 2**15 else np.int32)
        for start in range(0, len(values), CHUNK):
            rows = slice(start, start + CHUNK)
            codes[rows] = values[rows].astype(np.int64, copy=False) - least
        return codes, tuple(range(least, greatest + 1))
    if span <= max(1024, 4 * len(known)):
        # offsets, taken in the column's own type where they fit it
        offsets = values.astype(np.int64) - least
        if missing is not None:
            offsets[missing] = span
        seen = np.zeros(span + 1, dtype=np.bool_)
        seen[offsets] = True
        used = np.flatnonzero(seen[:span])
        lookup = np.full(span + 1, MISSING, dtype=np.int32)
        lookup[used] = np.arange(len(used), dtype=np.int32)
        return lookup[offsets], tuple((used + least).tolist())
    levels, inverse = np.unique(known, return_inverse=True)
    codes = np.full(len(values), MISSING, dtype=np.int64)
    codes[slice(None) if missing is None else ~missing] = inverse
    return codes, tuple(levels.tolist())


def read_key(column: Column, place: Place, missing: str = "missing_key") -> Coded:
    """Return a key column as codes, after recording what is wrong with it; what is no key is missing.

    Args:
        column: the column.
        place: where problems are recorded.
        missing: the kind of problem that a missing value is.
    """
    gone = column.blank
    if column.missing is not None or column.kind == "empty":
        place.mark(missing, gone, lambda _: None)
    if column.kind == "float":
        blanks_made_floats = bool(gone.any()) and bool((np.floor(column.values) == column.values)[~gone].all())
        if not blanks_made_floats:
            place.mark("key_type", first_rows(~gone)[:1].tolist(), column.value)
    elif column.kind == "other":
        wrong = _no_keys(column)
        place.mark("key_type", wrong, column.value)
        gone = gone.copy()
        gone[wrong] = True
        column = evolve(column, missing=gone)
    elif column.kind == "text":
        blanks = column.levels.blank if isinstance(column.levels, Texts) else blank_texts(column.levels)
        if blanks:
            place.mark("blank_key", np.isin(column.values, blanks), column.value)
    return factorized(column)


def _no_keys(column: Column) -> list[int]:
    """Return the rows whose objects cannot be keys, or are not of the kind that most are."""
    if column.codes is not None:
        of_level = [_kind(level) for level in column.levels]
        if len({*of_level} - {""}) == 1:
            wrong = np.array([not kind for kind in of_level])
            return np.flatnonzero(wrong[column.codes] & ~column.blank).tolist()
    kinds: list[str | None] = [None if value is None else _kind(value) for value in column.objects()]
    usual = collections.Counter(kind for kind in kinds if kind).most_common(1)
    return [row for row, kind in enumerate(kinds) if kind is not None and (not kind or kind != usual[0][0])]


def _kind(value: Any) -> str:
    """Return the kind of a key, or nothing for what is none: among numbers those beyond 64 bits."""
    kind = key_kind(value)
    return "" if kind == "number" and int(value).bit_length() > 64 else kind


def read_year(column: Column, place: Place, *, required: bool) -> Amounts:
    """Return a column of years; what is not a year is recorded and counts as missing."""
    length = len(column)
    known = ~column.blank
    if required and not known.all():
        place.mark("missing_year", ~known, lambda _: None)
    values = np.zeros(length, dtype=np.int64)
    if column.kind == "int":
        if known.all() and length and column.values.min() >= YEARS[0] and column.values.max() <= YEARS[-1]:
            return Amounts(column.values.astype(np.int64, copy=False), known)
        valid = (column.values >= YEARS[0]) & (column.values <= YEARS[-1])
        if not (valid | ~known).all():
            place.mark("year_value", known & ~valid, column.value, hint="")
            known = known & valid
        if known.all():
            return Amounts(column.values.astype(np.int64, copy=False), known)
        values[known] = column.values[known]
    elif column.kind == "float":
        with np.errstate(invalid="ignore"):
            valid = (
                (column.values >= YEARS[0]) & (column.values <= YEARS[-1]) & (np.floor(column.values) == column.values)
            )
        place.mark("year_value", known & ~valid, column.value, hint="")
        known = known & valid
        values[known] = column.values[known].astype(np.int64)
    elif column.kind != "empty":
        wrong: list[int] = []
        for row in np.flatnonzero(known).tolist():
            value = column.value(row)
            if column.kind == "other" and is_number(value) and not _signals(value) and value in YEARS:
                values[row] = int(value)
            else:
                wrong.append(row)
        place.mark("year_value", wrong, column.value, hint=lambda row: _year_hint(column.value(row), place.column))
        known[wrong] = False
    return Amounts(values, known)


def _year_hint(value: Any, name: str) -> Message:
    """Return what to do about a year that is text or a date."""
    if is_date(value):
        return Message("; this is a date: give the year alone, as {year}", year=value.year)
    return year_hint(value, name)


def read_category(column: Column, category: Category, place: Place) -> NDArray[Any]:
    """Return a category column as positions among its allowed values, `MISSING` where it is blank.

    A value that is not allowed is recorded, with the nearest allowed one.
    """
    length = len(column)
    if column.kind == "empty":
        return np.full(length, MISSING, dtype=np.int8)
    positions = {value: position for position, value in enumerate(category.values)}
    coded_ = column if column.kind == "text" else None
    if coded_ is None:
        objects = column.objects()
        codes = np.array(
            [MISSING if v is None else positions.get(v, -2) if isinstance(v, str) else -2 for v in objects],
            dtype=np.int64,
        )
    else:
        lookup = np.array([positions.get(level, -2) for level in coded_.levels] + [MISSING], dtype=np.int16)
        codes = lookup[coded_.values]
        if column.missing is not None:
            codes[column.missing] = MISSING
    wrong = codes == -2
    if wrong.any():
        place.mark(
            "category_value",
            wrong,
            column.value,
            known=category.choices,
            near=lambda row: _meant(column.value(row), category),
        )
    return codes


def _meant(value: Any, category: Category) -> Message:
    """Return a hint to the allowed value that text stands for, or to what a form may say of it."""
    near = did_you_mean(value, category.values, category.written) if isinstance(value, str) else NOTHING_NEAR
    return near if str(near) else category_hint(value, category.key, category.values)


def read_flag(column: Column, place: Place) -> NDArray[np.int8]:
    """Return a yes/no column as 1, 0 and `MAYBE`. Anything but true, false, 1, 0 and blank is recorded."""
    length = len(column)
    if column.kind == "empty":
        return np.full(length, MAYBE, dtype=np.int8)
    if column.kind == "bool":
        flags = column.values.view(np.int8) if column.values.dtype == np.bool_ else column.values.astype(np.int8)
        wrong = None
    elif column.kind in ("int", "float"):
        wrong = (column.values != 0) & (column.values != 1)
        flags = (column.values == 1).astype(np.int8)
    else:
        objects = column.objects()
        allowed = [value is None or _is_flag(value) for value in objects]
        wrong = ~np.array(allowed, dtype=np.bool_)
        flags = np.array([ok and value is not None and value == 1 for ok, value in zip(allowed, objects, strict=True)])
        flags = flags.astype(np.int8)
    if wrong is not None:
        if column.missing is not None:
            wrong &= ~column.missing
        if wrong.any():
            place.mark("flag_value", wrong, column.value, hint=lambda row: flag_hint(column.value(row), place.column))
            flags = np.where(wrong, MAYBE, flags)
    if column.missing is not None:
        flags = np.maximum(flags, column.missing.view(np.int8) * MAYBE)
    return flags


def _is_flag(value: Any) -> bool:
    return isinstance(value, (bool, np.bool_)) or (is_number(value) and not _signals(value) and value in (0, 1))


def _signals(value: Any) -> bool:
    """Return whether a value raises when it is compared."""
    return isinstance(value, decimal.Decimal) and value.is_snan()


def looks_boolean(column: Column) -> bool:
    """Return whether a part column holds true and false rather than numbers; where it holds both, what is more."""
    if column.kind == "other":
        known = [value for value in column.objects() if value is not None]
        truths = sum(isinstance(value, (bool, np.bool_)) for value in known)
        return truths > 0 and truths >= sum(is_number(value) and not _is_flag(value) for value in known)
    return column.kind == "bool"


def is_text(column: Column) -> bool:
    """Return whether a part column holds nothing but text."""
    return column.kind == "text"
