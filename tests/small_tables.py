"""Small right tables for tests of wrong ones, what changes a cell or column of them, and the frames they come in."""

from __future__ import annotations

import copy
import unicodedata
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

DIACRITICS = "Mỹ Tú"


NFD = unicodedata.normalize("NFD", DIACRITICS)


RESIDENTS: dict[str, list[Any]] = {
    "area": ["Kế Sách", "Kế Sách", "Mỹ Tú", "Mỹ Tú"],
    "settlement": ["urban", "rural", "urban", "rural"],
    "persons": [1000, 2000, 3000, 4000],
    "hygienic_water": [900, 1500, 3000, 3900],
}


FLAGGED: dict[str, list[Any]] = {**RESIDENTS, "hygienic_water": [True, False, True, None]}


WASTE: dict[str, list[Any]] = {
    "area": ["Kế Sách", "Kế Sách", "Mỹ Tú", "Mỹ Tú"],
    "stream": ["medical", "industrial", "medical", "industrial"],
    "generated": [100, 50, 80, 60],
    "collected": [90, 40, 80, 50],
    "treated_to_standard": [70, 40, 60, 50],
}


FLAGGED_WASTE: dict[str, list[Any]] = {
    **WASTE,
    "collected": [True, True, False, None],
    "treated_to_standard": [True, False, False, True],
}


ESTABLISHMENTS: dict[str, list[Any]] = {
    "area": ["Kế Sách", "Mỹ Tú"],
    "activity": ["production", "both"],
    "built": [2016, 2017],
    "establishments": [120, 10],
    "clean_technology": [50, 5],
    "pollution_reduction": [80, 1],
    "waste_treatment": [3, 4],
    "treatment_equipment": [1, 2],
    "meets_standards": [120, 10],
    "inspected": [1, 2],
}


RECORDS: dict[str, list[Any]] = {
    "id": ["a", "b", "c"],
    "area": ["Kế Sách", "Kế Sách", "Mỹ Tú"],
    "activity": ["production", "business", "other"],
    "built": [2016, 2010, 2018],
    "clean_technology": [True, False, None],
    "pollution_reduction": [True, None, False],
    "waste_treatment": [False, False, True],
    "treatment_equipment": [None, True, True],
    "meets_standards": [True, True, False],
    "inspected": [True, False, False],
}


ALL = ("lists", "rows", "pandas", "objects", "polars", "pyarrow")
"""Kinds of frame; ``objects`` is pandas with columns of Python objects."""


PYTHON = ("lists", "rows", "objects")
"""Kinds of frame that hold values of several types in one column."""


def put(table: dict[str, list[Any]], column: str, row: int, value: Any) -> dict[str, list[Any]]:
    """Return a table with one cell changed."""
    changed = {name: list(values) for name, values in table.items()}
    changed[column][row] = value
    return changed


def with_column(table: dict[str, list[Any]], **columns: Any) -> dict[str, list[Any]]:
    """Return a table with columns added or changed; a single value stands in every row."""
    length = len(next(iter(table.values())))
    return {**table, **{k: v if isinstance(v, list) else [v] * length for k, v in columns.items()}}


def without(table: dict[str, list[Any]], *columns: str) -> dict[str, list[Any]]:
    """Return a table with some columns left out."""
    return {name: values for name, values in table.items() if name not in columns}


def renamed(table: dict[str, list[Any]], old: str, new: str) -> dict[str, list[Any]]:
    """Return a table with one column under another name."""
    return {new if name == old else name: values for name, values in table.items()}


def appended(table: dict[str, list[Any]], *row: Any) -> dict[str, list[Any]]:
    """Return a table with one more row."""
    return {name: [*values, value] for (name, values), value in zip(table.items(), row, strict=True)}


def frame(table: dict[str, list[Any]], kind: str) -> Any:
    """Return a table as a frame of one kind."""
    if kind == "lists":
        return copy.deepcopy(table)
    if kind == "rows":
        return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    if kind == "pandas":
        return pd.DataFrame(table)
    if kind == "objects":
        return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in table.items()})
    if kind == "pyarrow":
        return pa.table(table)
    return pl.DataFrame(
        {
            name: [float(v) if type(v) is int else v for v in values] if float in map(type, values) else values
            for name, values in table.items()
        }
    )
