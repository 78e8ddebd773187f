"""How a library may hold the values of one column: by library and name a function that makes the column.

A function takes the kind of the values ("text", "int", "code", which is an int that is a key, or "bool") and the
values, None where one is missing, and returns the column, or None where it holds no such values.
"""

from __future__ import annotations

import decimal
import importlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

Make = Callable[[str, Sequence[Any]], Any]
"""What makes a column of the kind of its values, and the values; None where it holds no such values."""

UNUSED = ("~ of no row", "! nor this")
"""Words that stand among the categories of a column and in no row of it."""


def known(values: Sequence[Any]) -> list[Any]:
    """Return the values that are not missing."""
    return [value for value in values if value is not None]


def words_of(values: Sequence[Any], *, unused: bool = True) -> list[Any]:
    """Return the words of a column out of order, with some of no row among them."""
    words = sorted(set(known(values)), reverse=True)
    return [UNUSED[0], *words[1:], UNUSED[1], *words[:1]] if unused else words


def _lies_within(values: Sequence[Any], low: Any, high: Any) -> bool:
    return all(low <= value <= high for value in known(values))


def _is_number(kind: str) -> bool:
    return kind in ("int", "code")


def only(*kinds: Any) -> Any:
    """Let a function make columns of some kinds only."""

    def held_if(make: Any) -> Any:
        return lambda kind, values: make(values) if kind in kinds else None

    return held_if


# pyarrow, and what is read as pyarrow: datasets, readers, Parquet, DuckDB


def _pa() -> Any:
    return importlib.import_module("pyarrow")


def arrow(kind: str, values: Sequence[Any]) -> Any:
    """Return the plain array of some values."""
    pa = _pa()
    return pa.array(values, {"text": pa.string(), "bool": pa.bool_()}.get(kind, pa.int64()))


def _small_arrow(name: Any) -> Any:
    def make(kind: str, values: Sequence[Any]) -> Any:
        sizes = (8, 16, 32, 64)
        for bits in sizes if _is_number(kind) else ():
            low, high = (0, 2**bits - 1) if name == "uint" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
            if _lies_within(values, low, min(high, 2**63 - 1)):
                return _pa().array(values, getattr(_pa(), f"{name}{bits}")())
        return None

    return make


def dictionary(values: Sequence[Any], codes: str = "int32", *, null_inside: bool = False) -> Any:
    """Return a dictionary of words of which some are of no row, by codes of a type."""
    pa = _pa()
    words = words_of(values)
    place = {word: number for number, word in enumerate(words)}
    if null_inside:
        words, place = (
            [*words[:1], None, *words[1:]],
            {word: code + (code > 0) for word, code in place.items()} | {None: 1},
        )
    indices = pa.array([place.get(value) for value in values], getattr(pa, codes)())
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _dictionary(codes: Any, **more: Any) -> Any:
    return only("text")(lambda values: dictionary(values, codes, **more))


def _encoded(kind: str, values: Sequence[Any]) -> Any:
    return None if kind == "text" else arrow(kind, values).dictionary_encode()


def _decimals(scale: Any) -> Any:
    return only("int")(
        lambda values: _pa().array(
            [None if value is None else decimal.Decimal(value) for value in values], _pa().decimal128(30, scale)
        )
    )


def floats(values: Sequence[Any]) -> list[float | None] | None:
    """Return whole numbers as floats, where those hold them."""
    return [None if value is None else float(value) for value in values] if _lies_within(values, 0, 2**53 - 1) else None


def _arrow_floats(kind: str, values: Sequence[Any]) -> Any:
    held = floats(values) if kind == "int" else None
    return None if held is None else _pa().array(held, _pa().float64())


def _null_type(kind: str, values: Sequence[Any]) -> Any:
    return _pa().nulls(len(values)) if not known(values) else None


ARROW: dict[str, Make] = {
    "large text": only("text")(lambda values: _pa().array(values, _pa().large_string())),
    "text view": only("text")(lambda values: _pa().array(values, _pa().string_view())),
    "dictionary": only("text")(lambda values: arrow("text", values).dictionary_encode()),
    "dictionary with words of no row": _dictionary("int32"),
    "dictionary of small codes": _dictionary("int8"),
    "dictionary of unsigned codes": _dictionary("uint8"),
    "dictionary of wide unsigned codes": _dictionary("uint64"),
    "dictionary with a null inside": _dictionary("int16", null_inside=True),
    "dictionary of numbers and flags": _encoded,
    "small numbers": _small_arrow("int"),
    "unsigned numbers": _small_arrow("uint"),
    "decimals": _decimals(0),
    "decimals with places": _decimals(4),
    "floats": _arrow_floats,
    "nulls without a type": _null_type,
    "run ends": lambda kind, values: _pa().compute.run_end_encode(arrow(kind, values)),
}


# pandas


def _series(dtype_of: Any) -> Any:
    def make(kind: str, values: Sequence[Any]) -> Any:
        dtype = dtype_of.get(kind)
        return None if dtype is None else pd.Series(values, dtype=dtype)

    return make


def numpy_series(kind: str, values: Sequence[Any]) -> Any:
    """Return the type that pandas gives by itself: floats for gaps in numbers, objects for gaps in flags."""
    gaps = None in values
    dtype = {"text": object, "bool": object if gaps else bool}.get(kind, "float64" if gaps else "int64")
    if gaps and _is_number(kind) and not _lies_within(values, 0, 2**53 - 1):
        dtype = "Int64"
    return pd.Series(values, dtype=dtype)


def _arrow_series(make: Any) -> Any:
    def made(kind: str, values: Sequence[Any]) -> Any:
        array = make(kind, values)
        return None if array is None else pd.Series(pd.arrays.ArrowExtensionArray(array))

    return made


def _category(*, ordered: bool = False, unused: bool = True) -> Any:
    return only("text")(
        lambda values: pd.Series(pd.Categorical(values, categories=words_of(values, unused=unused), ordered=ordered))
    )


def _other_category(kind: str, values: Sequence[Any]) -> Any:
    return None if kind == "text" else pd.Series(values, dtype=object).astype("category")


def _small_series(kind: str, values: Sequence[Any]) -> Any:
    for dtype, high in (("Int8", 2**7), ("UInt8", 2**8), ("UInt16", 2**16), ("Int32", 2**31)):
        if _is_number(kind) and _lies_within(values, 0, high - 1):
            return pd.Series(values, dtype=dtype)
    return None


def _unsigned_series(kind: str, values: Sequence[Any]) -> Any:
    return pd.Series(np.array(values, dtype="uint64")) if _is_number(kind) and None not in values else None


def _float_series(dtype: Any) -> Any:
    def make(kind: str, values: Sequence[Any]) -> Any:
        held = floats(values) if kind == "int" else None
        if held is None or (dtype == "float32" and not _lies_within(values, 0, 2**24)):
            return None
        return pd.Series(held, dtype=dtype)

    return make


def mixed_objects(kind: str, values: Sequence[Any]) -> list[Any]:
    """Return a column of Python's and numpy's objects with None, NaN and NA for what is missing."""
    types = {"text": (str, np.str_), "bool": (bool, np.bool_), "int": (int, np.int64), "code": (int, np.int64)}[kind]
    absent = (None, float("nan"), pd.NA)
    return [absent[row % 3] if value is None else types[row % 2](value) for row, value in enumerate(values)]


PANDAS: dict[str, Make] = {
    "objects": lambda kind, values: pd.Series(values, dtype=object),
    "mixed objects": lambda kind, values: pd.Series(mixed_objects(kind, values), dtype=object),
    "inferred": lambda kind, values: pd.Series(values) if kind == "text" or _lies_within(values, 0, 2**53) else None,
    "nullable": _series({"text": "string", "int": "Int64", "code": "Int64", "bool": "boolean"}),
    "str": _series({"text": "str"}),
    "category": _category(unused=False),
    "category with words of no row": _category(),
    "ordered category": _category(ordered=True),
    "category of numbers and flags": _other_category,
    "small numbers": _small_series,
    "unsigned numbers": _unsigned_series,
    "floats": _float_series("Float64"),
    "small floats": _float_series("float32"),
}

if find_spec("pyarrow"):
    PANDAS.update({f"arrow {name}": _arrow_series(make) for name, make in ARROW.items()})
    PANDAS["arrow"] = _arrow_series(arrow)


# polars


def _pl() -> Any:
    return importlib.import_module("polars")


def polars(kind: str, values: Sequence[Any]) -> Any:
    """Return the plain series of some values."""
    pl = _pl()
    return pl.Series(values, dtype={"text": pl.String, "bool": pl.Boolean}.get(kind, pl.Int64))


def _polars_cast(of_kind: Any) -> Any:
    def make(kind: str, values: Sequence[Any]) -> Any:
        made = of_kind(_pl(), values, kind)
        return None if made is None else _pl().Series(values, dtype=made)

    return make


def _small_polars(names: Any) -> Any:
    def make(kind: str, values: Sequence[Any]) -> Any:
        for name, high in names:
            if _is_number(kind) and _lies_within(values, 0, high - 1):
                return _pl().Series(values, dtype=getattr(_pl(), name))
        return None

    return make


POLARS: dict[str, Make] = {
    "category": _polars_cast(lambda pl, values, kind: pl.Categorical if kind == "text" else None),
    "enum with words of no row": _polars_cast(
        lambda pl, values, kind: pl.Enum(words_of(values)) if kind == "text" else None
    ),
    "small numbers": _small_polars((("Int8", 2**7), ("Int16", 2**15), ("Int32", 2**31))),
    "unsigned numbers": _small_polars((("UInt8", 2**8), ("UInt16", 2**16), ("UInt32", 2**32), ("UInt64", 2**63))),
    "wide numbers": _polars_cast(lambda pl, values, kind: pl.Int128 if _is_number(kind) else None),
    "decimals": lambda kind, values: polars(kind, values).cast(_pl().Decimal(30, 2)) if kind == "int" else None,
    "floats": lambda kind, values: (
        _pl().Series(values, dtype=_pl().Float64) if kind == "int" and floats(values) is not None else None
    ),
    "nulls without a type": lambda kind, values: None if known(values) else _pl().Series(values, dtype=_pl().Null),
    "objects": lambda kind, values: _pl().Series(values, dtype=_pl().Object),
}


# Python's own


PYTHON: dict[str, Make] = {
    "mixed objects": mixed_objects,
    "tuple": lambda kind, values: tuple(values),
    "numpy array": lambda kind, values: np.array(values, dtype=object),
    "narrow numpy array": lambda kind, values: (
        (np.array(values) if None not in values and _lies_within(values, 0, 2**63 - 1) else None)
        if kind != "text"
        else None
    ),
}
