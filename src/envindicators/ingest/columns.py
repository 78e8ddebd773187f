"""Reading a column for what it is in its table: a key, a year, a category, a flag, an amount."""

from __future__ import annotations

import collections
import decimal
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from envindicators.cells.between import MAYBE, Amounts
from envindicators.cells.spellings import key_kind
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import Category, Unit
from envindicators.frames.column import Column, is_number
from envindicators.problems import LISTED, Findings
from envindicators.words.spelling import NOTHING_NEAR, did_you_mean, is_blank
from envindicators.words.text import Text

MOST = 2**63 - 1
"""The largest number of counted units in a cell, and in the sum of a table."""

EXACT_FLOATS = 2**53
"""From here on a float no longer holds every whole number."""

MISSING = -1
"""The code of a missing key or category."""

_DASHES = {"-", "–", "—"}
_DOTS = {"...", "…", "..", "…."}


@frozen(eq=False)
class Occurring:
    """Those of some levels that occur. Pieces of one table may share their levels, which then only grow."""

    levels: Sequence[Any]
    seen: NDArray[np.bool_]

    def __iter__(self) -> Iterator[Any]:
        return (self.levels[code] for code in np.flatnonzero(self.seen).tolist())

    def joined(self, other: Occurring) -> Occurring | None:
        """Return what occurs in either, where both are of the same levels; else None."""
        if self.levels is not other.levels:
            return None
        longer, shorter = (self.seen, other.seen) if len(self.seen) >= len(other.seen) else (other.seen, self.seen)
        seen = longer.copy()
        seen[: len(shorter)] |= shorter
        return Occurring(self.levels, seen)


@frozen(eq=False)
class Coded:
    """A column as codes into its levels, `MISSING` for a missing value."""

    codes: NDArray[Any]
    levels: Sequence[Any]

    @property
    def constant(self) -> bool:
        """Whether it has but one level; so all rows are alike, if none is missing."""
        return len(self.levels) == 1

    def occurring(self, codes: NDArray[Any] | None = None) -> Occurring:
        """Return the levels that occur in the column, or among some of its codes."""
        codes = self.codes if codes is None else codes
        seen = np.zeros(len(self.levels) + 1, dtype=np.bool_)
        seen[codes] = True
        return Occurring(self.levels, seen[:-1])


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
    if column.kind == "text":
        return Coded(values, column.levels)
    if column.kind == "int":
        return _factorized_integers(values, column.missing)
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


def _factorized_integers(values: NDArray[Any], missing: NDArray[np.bool_] | None) -> Coded:
    known = values if missing is None else values[~missing]
    if not len(known):
        return Coded(np.full(len(values), MISSING), ())
    least, greatest = int(known.min()), int(known.max())
    if least == greatest:
        codes = np.zeros(len(values), dtype=np.int8)
        if missing is not None:
            codes[missing] = MISSING
        return Coded(codes, (least,))
    span = greatest - least + 1
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
        return Coded(lookup[offsets], tuple((used + least).tolist()))
    levels, inverse = np.unique(known, return_inverse=True)
    codes = np.full(len(values), MISSING, dtype=np.int64)
    codes[slice(None) if missing is None else ~missing] = inverse
    return Coded(codes, tuple(levels.tolist()))


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
        blanks = [code for code, level in enumerate(column.levels) if not "!" <= level[:1] <= "~" and is_blank(level)]
        if blanks:
            place.mark("blank_key", np.isin(column.values, blanks), column.value)
    return factorized(column)


def _no_keys(column: Column) -> list[int]:
    """Return the rows whose objects cannot be keys, or are not of the kind that most are."""
    if column.codes is not None and len({key_kind(level) for level in column.levels} - {""}) == 1:
        wrong = np.array([not key_kind(level) for level in column.levels])
        return np.flatnonzero(wrong[column.codes] & ~column.blank).tolist()
    kinds: list[str | None] = [None if value is None else key_kind(value) for value in column.objects()]
    usual = collections.Counter(kind for kind in kinds if kind).most_common(1)
    return [row for row, kind in enumerate(kinds) if kind is not None and (not kind or kind != usual[0][0])]


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
            known=category.values,
            near=lambda row: did_you_mean(column.value(row), category.values, category.written),
        )
    return codes


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
            place.mark("flag_value", wrong, column.value)
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


def read_amounts(column: Column, unit: Unit, factor: Any, place: Place) -> Amounts:
    """Return a column of amounts in counted units.

    Args:
        column: the column.
        unit: the unit of the table.
        factor: how many counted units one of the column is: an int, or an int64 array with one for
            each row (amounts per day). Decimals are taken by their digits, never multiplied as floats.
        place: where problems are recorded: text, negative, fractional, infinite and huge values.
    """
    length = len(column)
    known = ~column.blank
    if column.kind == "empty":
        return Amounts(np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.bool_))
    if column.kind == "int":
        values, known = _scaled_integers(column, known, factor, unit, place)
    elif column.kind == "float":
        values, known = _scaled_floats(column, known, factor, unit, place)
    else:
        values, known = _scaled_objects(column, np.flatnonzero(known).tolist(), factor, unit, place)
    return Amounts(values, known)


def _limit(unit: Unit) -> dict[str, Any]:
    return {"most": MOST // unit.grain, "unit": unit.name}


def _scaled_integers(
    column: Column, known: NDArray[np.bool_], factor: Any, unit: Unit, place: Place
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    given = column.values
    negative = known & (given < 0)
    if negative.any():
        place.mark("negative", negative, column.value)
        known = known & ~negative
    values = given.astype(np.int64, copy=False)
    if not (isinstance(factor, int) and factor == 1):
        huge = known & (values > MOST // factor)
        if huge.any():
            place.mark("too_large", huge, column.value, **_limit(unit))
            known = known & ~huge
        values = np.where(known, values, 0) * factor
    elif not known.all():
        values = np.where(known, values, 0)
    return values, known


def _scaled_floats(
    column: Column, known: NDArray[np.bool_], factor: Any, unit: Unit, place: Place
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    given = column.values
    finite = np.isfinite(given)
    place.mark("not_finite", known & ~finite, column.value)
    known = known & finite
    negative = known & (given < 0)
    place.mark("negative", negative, column.value)
    known = known & ~negative
    bits = np.finfo(given.dtype).nmant + 1
    large = known & (given >= 2.0**bits)
    place.mark("float_too_large", large, column.value, bits=bits)
    known = known & ~large
    values = np.zeros(len(given), dtype=np.int64)
    whole = known & (np.floor(given) == given)
    huge = whole & (np.where(whole, given, 0).astype(np.int64) > MOST // factor)
    place.mark("too_large", huge, column.value, **_limit(unit))
    known = known & ~huge
    whole = whole & ~huge
    scale = factor if isinstance(factor, int) else factor[whole]
    values[whole] = given[whole].astype(np.int64) * scale
    rest = np.flatnonzero(known & ~whole)
    if len(rest):
        slow, fine = _scaled_objects(column, rest.tolist(), factor, unit, place)
        values[rest] = slow[rest]
        known[rest] = fine[rest]
    return values, known


def _scaled_objects(
    column: Column, rows: list[int], factor: Any, unit: Unit, place: Place
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Scale the values of some rows one by one, exactly, by their decimal digits."""
    values = np.zeros(len(column), dtype=np.int64)
    known = np.zeros(len(column), dtype=np.bool_)
    wrong: dict[str, list[int]] = {}
    for row in rows:
        value = column.value(row)
        fault, counted = _counted(value, _scale(factor, row))
        if fault == "not_whole" and unit.grain > 1:
            fault = "too_fine"
        if fault:
            wrong.setdefault(fault, []).append(row)
        else:
            values[row] = counted
            known[row] = True
    for fault, found in wrong.items():
        details: dict[str, Any] = {}
        if fault in ("not_whole", "too_fine"):
            details["unit"] = unit.name
            details["hint"] = lambda row: _noise_hint(column, row, _scale(factor, row), place.column)
        if fault == "too_fine":
            details["grain"] = unit.grain
        elif fault == "too_large":
            details = _limit(unit)
        elif fault == "number_type":
            details["hint"] = lambda row: _number_hint(column.value(row))
        elif fault == "float_too_large":
            details["bits"] = 53
        place.mark(fault, found, column.value, **details)
    return values, known


def _scale(factor: Any, row: int) -> int:
    return factor if isinstance(factor, int) else int(factor[row])


_MOST_DIGITS = 40
"""Numbers of more digits before the point are too large in every unit."""

_FINEST = -80
"""Numbers with a last digit further behind the point are whole in no unit: no factor has so many twos or fives."""


def _counted(value: Any, factor: int) -> tuple[str, int]:
    """Return what is wrong with a value, or nothing and the counted units that it is.

    The time that this takes does not grow with an exponent.
    """
    if not is_number(value):
        return "number_type", 0
    if isinstance(value, (int, np.integer)):
        whole = int(value)
        if whole < 0 or whole > MOST:
            return "negative" if whole < 0 else "too_large", 0
        exact = decimal.Decimal(whole)
    elif isinstance(value, decimal.Decimal):
        exact = value
    else:
        exact = decimal.Decimal(repr(float(value)))
    if not exact.is_finite():
        return "not_finite", 0
    if not exact:
        return "", 0
    if exact.is_signed():
        return "negative", 0
    if isinstance(value, (float, np.floating)) and value >= EXACT_FLOATS:
        return "float_too_large", 0
    if exact.adjusted() > _MOST_DIGITS:
        return "too_large", 0
    _, digits, exponent = exact.as_tuple()
    if int(exponent) < _FINEST:
        trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        if int(exponent) + trailing < _FINEST:
            return "not_whole", 0
    numerator, denominator = exact.as_integer_ratio()
    if numerator * factor % denominator:
        return "not_whole", 0
    counted = numerator * factor // denominator
    return ("too_large", 0) if counted > MOST else ("", counted)


_ULPS = 8
"""Within how many steps of a float a number is taken for one that rounding would give."""


def _noise_hint(column: Column, row: int, factor: int, name: str) -> Text:
    """Return how to round a float that lies within a few steps of a number that is not too fine."""
    if column.kind == "float":
        step = float(np.spacing(column.values[row]))
    elif isinstance(column.value(row), (float, np.floating)):
        step = float(np.spacing(float(column.value(row))))
    else:
        return NOTHING_NEAR
    value = float(column.value(row))
    digits = next(digits for digits in itertools.count() if factor % 10 ** (digits + 1))
    if not 0 < abs(round(value, digits) - value) <= _ULPS * step:
        return NOTHING_NEAR
    how = f'df["{name}"].round({digits})'
    return Text(
        en=f"; it looks like a residue of calculating with floats, so round it where it is made, as {how}",
        vi=f"; có vẻ là phần dư do tính toán bằng số thực, hãy làm tròn trước, chẳng hạn {how}",
    )


def _year_hint(value: Any, name: str) -> Text:
    """Return what to do about a year that is text."""
    if not isinstance(value, str) or not value.strip().removesuffix(".0").isdecimal():
        return NOTHING_NEAR
    how = f'df["{name}"].astype(int)'
    return Text(
        en=f"; this is text, so turn the column into numbers where it is read, as {how}, or in the spreadsheet",
        vi=f"; ô này là chữ, hãy chuyển cả cột thành số khi đọc, chẳng hạn {how}, hoặc ngay trong bảng tính",
    )


def _number_hint(value: Any) -> Text:
    if not isinstance(value, str):
        return NOTHING_NEAR
    text = value.strip()
    if text in _DASHES:
        return Text(vi='; nếu không phát sinh ("-") thì ghi 0', en='; for none ("-") write 0')
    if text in _DOTS:
        return Text(
            vi='; nếu chưa có số liệu ("...") thì để trống ô này',
            en='; for no information ("...") leave the cell blank',
        )
    if any(character.isdigit() for character in text) and not any(character.isalpha() for character in text):
        return Text(
            vi="; ô này là chữ, hãy chuyển thành số khi đọc (dấu phẩy thập phân, dấu chấm phân cách hàng nghìn)",
            en="; this is text, so turn it into a number where it is read (decimal comma, thousands points)",
        )
    return NOTHING_NEAR
