"""Bad input is named, never repaired: table, row, column and value of every wrong cell, and of no right one."""

from __future__ import annotations

import copy
import datetime
import decimal
import pickle
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from forms import check, condense, evaluate

import envindicators as ei
from envindicators.programmes import soc_trang_2020

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


def shown(value, lang):
    """Return a value as a message shows it."""
    if value is None:
        return {"en": "None", "vi": "để trống"}[lang]
    return value.isoformat() if isinstance(value, datetime.date) else repr(value)


def evaluated(tables: Any, **options: Any) -> ei.Scorecard:
    return evaluate(soc_trang_2020, tables, **{"year": 2020, **options})


def checked(tables: Any, **options: Any) -> Any:
    return check(soc_trang_2020, tables, **{"year": 2020, **options})


def refused(tables: Any, **options: Any) -> Any:
    """Return the errors for which tables are refused, after seeing that `check` finds the same."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(tables, **options)
    errors = checked(tables, **options).errors
    assert list(map(str, errors)) == list(map(str, caught.value.problems))
    assert errors.counts == caught.value.counts
    return caught.value.problems


def same(first: Any, second: Any) -> bool:
    """Return whether two values are equal, NaN being equal to itself."""
    return bool((first != first and second != second) or first == second)


def assert_named(problem: ei.Problem) -> None:
    """Hold a problem's messages to naming table, row, column and value, in both languages."""
    for lang, row in (("en", "row"), ("vi", "dòng")):
        text = problem.in_(lang)
        assert problem.table is None or problem.table in text
        assert problem.row is None or f"{row} {problem.row}" in text
        assert problem.column is None or repr(problem.column) in text
        if lang == "vi" and problem.kind.startswith("duplicate") and isinstance(problem.value, str):
            assert all(name in text for name in re.findall(r"'.*?'|\d+", problem.value))
        else:
            assert (problem.value is None and problem.row is None) or shown(problem.value, lang) in text
        assert "{" not in re.sub(r'layout=\{".*?\}', "", text.replace(shown(problem.value, lang), ""))
    assert str(problem) == problem.in_("en")
    assert problem.in_("vi") != problem.in_("en")


class Case(NamedTuple):
    """Tables with wrong cells: for each what is found (table, row, column, value), and words of the message."""

    name: str
    tables: dict[str, dict[str, list[Any]]]
    found: tuple[tuple[str | None, int | None, str | None, Any], ...]
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ALL
    options: Mapping[str, Any] = MappingProxyType({})


def residents(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL, name: str = "") -> Case:
    """Return a case of one wrong cell among residents."""
    tables = {"residents": put(RESIDENTS, column, row, value)}
    title = name or f"residents {column} {value!r}"
    return Case(title, tables, (("residents", row, column, value),), words, kinds)


def waste(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL, name: str = "") -> Case:
    """Return a case of one wrong cell among waste."""
    title = name or f"waste {column} {value!r}"
    return Case(title, {"waste": put(WASTE, column, row, value)}, (("waste", row, column, value),), words, kinds)


def establishments(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL) -> Case:
    """Return a case of one wrong cell among counts of establishments."""
    title = f"establishments {column} {value!r}"
    tables = {"establishments": put(ESTABLISHMENTS, column, row, value)}
    return Case(title, tables, (("establishments", row, column, value),), words, kinds)


def records(column: str, row: int, value: Any, *words: str, kinds: tuple[str, ...] = ALL) -> Case:
    """Return a case of one wrong cell among records of establishments."""
    title = f"records {column} {value!r}"
    tables = {"establishments": put(RECORDS, column, row, value)}
    return Case(title, tables, (("establishments", row, column, value),), words, kinds)


COUNTS = [
    residents("persons", 1, -2000, "from 0"),
    residents("hygienic_water", 3, -1, "from 0"),
    residents("persons", 0, 1000.5, "whole number of people"),
    residents("hygienic_water", 2, 0.25, "whole number of people"),
    residents("persons", 0, Decimal("1000.5"), "whole number", kinds=PYTHON),
    residents("persons", 0, "-", "write 0", kinds=PYTHON),
    residents("persons", 0, "–", "write 0", kinds=PYTHON),
    residents("persons", 0, "...", "blank", kinds=PYTHON),
    residents("persons", 0, "…", "blank", kinds=PYTHON),
    residents("persons", 0, "1.234,5", "decimal comma", kinds=PYTHON),
    residents("persons", 0, "12 ", "number", kinds=PYTHON),
    residents("persons", 0, "n/a", "number", kinds=PYTHON),
    residents("persons", 0, "", "number", kinds=PYTHON),
    residents("persons", 0, True, "number", kinds=PYTHON),
    residents("persons", 0, datetime.date(2020, 1, 1), "number", kinds=PYTHON),
    residents("persons", 0, [1000], "number", kinds=PYTHON),
    residents("persons", 0, {"count": 1000}, "number", kinds=PYTHON),
    residents("hygienic_water", 1, "-", "write 0", kinds=PYTHON),
    residents("hygienic_water", 1, "...", "blank", kinds=PYTHON),
    residents("hygienic_water", 1, "98%", "number", kinds=PYTHON),
    residents("hygienic_water", 1, "1 500", "number", kinds=PYTHON),
    residents("persons", 2, float("inf"), "finite"),
    residents("persons", 2, float("-inf")),
    residents("hygienic_water", 2, float("inf"), "finite"),
    residents("persons", 2, Decimal("NaN"), "finite", kinds=PYTHON),
    residents("persons", 2, Decimal("Infinity"), "finite", kinds=PYTHON),
    residents("persons", 2, 2**63, "64 bits", kinds=(*PYTHON, "pandas")),
    residents("persons", 2, 10**30, "64 bits", kinds=PYTHON),
    residents("persons", 2, Decimal(10) ** 40, "64 bits", kinds=PYTHON),
    residents("persons", 2, float(2**53), "2^53"),
    residents("persons", 2, 1e300),
    residents("hygienic_water", 1, 2001, "at most 2000", "persons"),
    residents("hygienic_water", 1, 2000.5),
    waste("generated", 1, -50, "from 0"),
    waste("collected", 0, -0.5, "from 0"),
    waste("generated", 0, 10**16, "64 bits", name="kilograms whose grams overflow"),
    waste("collected", 0, 90.0001, "1/1000 kg"),
    waste("generated", 0, Decimal("100.00001"), "1/1000 kg", kinds=PYTHON),
    waste("collected", 0, 101, "at most 100", "generated", name="collected above generated"),
    waste("treated_to_standard", 0, 91, "at most 90", "collected", name="treated above collected"),
    waste("treated_to_standard", 3, "50", "number", kinds=PYTHON),
    establishments("meets_standards", 0, 121, "at most 120", "establishments"),
    establishments("inspected", 1, -2, "from 0"),
    establishments("clean_technology", 0, 49.5, "whole number"),
    Case(
        "treated above generated, collected blank",
        {"waste": put(put(WASTE, "collected", 0, None), "treated_to_standard", 0, 101)},
        (("waste", 0, "treated_to_standard", 101),),
        ("at most 100", "generated"),
    ),
    Case(
        "treated above collected, generated blank",
        {"waste": put(put(WASTE, "generated", 0, None), "treated_to_standard", 0, 91)},
        (("waste", 0, "treated_to_standard", 91),),
        ("at most 90", "collected"),
    ),
    Case(
        "finer than a gram, in tonnes",
        {"waste": put(WASTE, "collected", 0, 0.0000001)},
        (("waste", 0, "collected", 0.0000001),),
        (),
        ALL,
        {"units": {"waste": "tonne"}},
    ),
    Case(
        "tonnes whose grams overflow",
        {"waste": put(WASTE, "generated", 0, 10**13)},
        (("waste", 0, "generated", 10**13),),
        ("64 bits",),
        ALL,
        {"units": {"waste": "tonne"}},
    ),
    Case(
        "tonnes a day whose grams a year overflow",
        {"waste": put(WASTE, "generated", 0, 10**11)},
        (("waste", 0, "generated", 10**11),),
        ("64 bits",),
        ALL,
        {"units": {"waste": "tonne/day"}},
    ),
]

TOTALS_MISSING = [
    Case(
        "total and part blank",
        {"residents": put(put(RESIDENTS, "persons", 1, None), "hygienic_water", 1, None)},
        (("residents", 1, "persons", None),),
        ("estimate", "parts blank"),
    ),
    Case(
        "total and nested parts blank",
        {
            "waste": {
                **WASTE,
                "generated": [None, 50, 80, 60],
                "collected": [None] * 4,
                "treated_to_standard": [None] * 4,
            }
        },
        (("waste", 0, "generated", None),),
        ("estimate",),
    ),
    Case(
        "total blank beside margins",
        {"establishments": put(ESTABLISHMENTS, "establishments", 1, None)},
        (("establishments", 1, "establishments", None),),
        ("not nested",),
    ),
    Case(
        "total blank beside flags",
        {"residents": put(FLAGGED, "persons", 2, None)},
        (("residents", 2, "persons", None),),
        ("total",),
    ),
]

FLAGS = [
    Case(
        "treated but not collected",
        {"waste": put(FLAGGED_WASTE, "treated_to_standard", 2, True)},
        (("waste", 2, "treated_to_standard", True),),
        ("collected is false",),
    ),
    Case(
        "a number among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, 2)},
        (("residents", 1, "hygienic_water", 2),),
        ("true, false or blank",),
        PYTHON,
    ),
    Case(
        "the text 'True' among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, "True")},
        (("residents", 1, "hygienic_water", "True"),),
        ("true, false or blank",),
        PYTHON,
    ),
    Case(
        "a fraction among flags",
        {"residents": put(FLAGGED, "hygienic_water", 1, 0.5)},
        (("residents", 1, "hygienic_water", 0.5),),
        (),
        PYTHON,
    ),
    Case(
        "a number that is no flag, where flags were said",
        {"residents": {**RESIDENTS, "hygienic_water": [1, 0, 2, None]}},
        (("residents", 2, "hygienic_water", 2),),
        (),
        ALL,
        {"layout": {"residents": "weighted"}},
    ),
    records("clean_technology", 1, 2, "true, false or blank", kinds=PYTHON),
    records("clean_technology", 1, "x", "true, false or blank", kinds=PYTHON),
    records("meets_standards", 2, "False", kinds=PYTHON),
    Case(
        "the text 'False' beside a true later part",
        {"waste": put(FLAGGED_WASTE, "collected", 0, "False")},
        (("waste", 0, "collected", "False"),),
        (),
        PYTHON,
    ),
    Case(
        "two rows that only a wrong flag tells apart",
        {
            "residents": {
                **FLAGGED,
                "settlement": ["urban", "urban", "urban", "rural"],
                "hygienic_water": [False, "x", 1, 1],
            }
        },
        (("residents", 1, "hygienic_water", "x"),),
        (),
        PYTHON,
        {"layout": {"residents": "weighted"}},
    ),
]

CATEGORIES = [
    residents("settlement", 1, "rurl", "urban, rural", "did you mean 'rural'?"),
    residents("settlement", 1, "Rural", "did you mean 'rural'?"),
    residents("settlement", 1, "RURAL", "urban, rural"),
    residents("settlement", 1, "rural ", "did you mean 'rural'?"),
    residents("settlement", 1, "nông thôn", "urban, rural"),
    residents("settlement", 1, " ", "urban, rural"),
    residents("settlement", 1, "", "urban, rural"),
    residents("settlement", 1, 1, "urban, rural", kinds=PYTHON),
    residents("settlement", 1, True, "urban, rural", kinds=PYTHON),
    residents("settlement", 1, ["rural"], "urban, rural", kinds=PYTHON),
    waste("stream", 2, "medicals", "did you mean 'medical'?"),
    establishments("activity", 0, "Production", "did you mean 'production'?"),
    records("activity", 2, "busines", "did you mean 'business'?"),
]

YEARS = [
    Case(
        f"year {value!r}",
        {"residents": with_column(RESIDENTS, year=[2020, 2020, value, 2020])},
        (("residents", 2, "year", value),),
        ("1900 to 2100",),
        kinds,
    )
    for value, kinds in (
        ("2020", PYTHON),
        ("năm 2020", PYTHON),
        (2020.5, ALL),
        (1820, ALL),
        (2101, ALL),
        (-2020, ALL),
        (True, PYTHON),
        (float("inf"), ALL),
        (datetime.date(2020, 12, 31), PYTHON),
        (Decimal("2020.5"), PYTHON),
        (10**20, PYTHON),
    )
] + [
    Case(
        "blank year",
        {"residents": with_column(RESIDENTS, year=[2020, None, 2020, 2020])},
        (("residents", 1, "year", None),),
        ("year in every row",),
    ),
    Case(
        "years as text throughout",
        {"residents": with_column(RESIDENTS, year="2020")},
        tuple(("residents", row, "year", "2020") for row in range(4)),
        ("whole year",),
    ),
    establishments("built", 0, 2021, "no later than", "2020"),
    establishments("built", 0, 1820, "1900 to 2100"),
    establishments("built", 0, 2016.5, "1900 to 2100"),
    establishments("built", 0, "2016", "whole year", kinds=PYTHON),
    records("built", 2, 2050, "no later than", "2020"),
    Case(
        "two impossible years of building in rows that are otherwise alike",
        {"establishments": {**ESTABLISHMENTS, "area": ["A", "A"], "activity": ["both"] * 2, "built": [1820, 1821]}},
        (("establishments", 0, "built", 1820), ("establishments", 1, "built", 1821)),
    ),
    Case(
        "built after the year of the row, not of the evaluation",
        {"establishments": with_column(ESTABLISHMENTS, year=[2020, 2019], built=[2016, 2020])},
        (("establishments", 1, "built", 2020),),
        ("2019",),
    ),
]

KEYS = [
    residents("area", 1, None, "value in every row"),
    residents("area", 1, "", "blank"),
    residents("area", 1, "  ", "blank"),
    residents("area", 1, 94, "one kind", kinds=PYTHON),
    residents("area", 1, 9.4, kinds=PYTHON),
    residents("area", 1, ["Kế Sách"], kinds=PYTHON),
    Case(
        "float areas",
        {"residents": with_column(RESIDENTS, area=[1.0, 1.0, 2.0, 2.0])},
        (("residents", 0, "area", 1.0),),
        ("whole numbers",),
    ),
    Case(
        "a row twice",
        {"residents": put(RESIDENTS, "area", 3, "Kế Sách")},
        (("residents", 3, None, "year 2020, area 'Kế Sách', settlement 'rural'"),),
        ("row 1", "'Kế Sách'", "'rural'"),
    ),
    Case(
        "a row three times",
        {"residents": {**RESIDENTS, "area": ["A"] * 4, "settlement": ["urban", "rural", "rural", "rural"]}},
        (
            ("residents", 2, None, "year 2020, area 'A', settlement 'rural'"),
            ("residents", 3, None, "year 2020, area 'A', settlement 'rural'"),
        ),
        ("row 1",),
    ),
    Case(
        "two rows with a blank category",
        {"residents": {**RESIDENTS, "area": ["A"] * 4, "settlement": ["urban", "rural", None, None]}},
        (("residents", 3, None, "year 2020, area 'A', settlement None"),),
        ("row 2",),
    ),
    Case(
        "a row twice with the same flag",
        {
            "residents": {
                **FLAGGED,
                "area": ["A"] * 4,
                "settlement": ["rural"] * 4,
                "hygienic_water": [True, False, True, None],
            }
        },
        (("residents", 2, None, "year 2020, area 'A', hygienic_water True, settlement 'rural'"),),
        ("row 0",),
    ),
    Case(
        "a row twice, told apart by a column that is not used",
        {"residents": put(with_column(RESIDENTS, ward=["x", "y", "x", "z"]), "area", 3, "Kế Sách")},
        (("residents", 3, None, "year 2020, area 'Kế Sách', settlement 'rural'"),),
        ("'ward'", "by"),
    ),
    records("id", 2, "a", "once a year", "row 0"),
    records("id", 1, None, "id in every row"),
    records("id", 1, {"no": 1}, kinds=PYTHON),
    Case(
        "two spellings of an area in one table",
        {"residents": put(RESIDENTS, "area", 3, NFD)},
        (),
        (repr(NFD), repr(DIACRITICS)),
    ),
]

COLUMNS = [
    Case(
        "no category",
        {"residents": without(RESIDENTS, "settlement")},
        (("residents", None, "settlement", None),),
        ("column settlement",),
    ),
    Case(
        "a category's name misspelt",
        {"residents": renamed(RESIDENTS, "settlement", "setlement")},
        (("residents", None, "settlement", None),),
        ("did you mean 'setlement'?",),
    ),
    Case(
        "no total",
        {"residents": without(RESIDENTS, "persons")},
        (("residents", None, "persons", ["area", "settlement", "hygienic_water"]),),
        ("how many people",),
    ),
    Case(
        "population is no name of the total, and a row no person",
        {"residents": renamed(FLAGGED, "persons", "population")},
        (("residents", None, "persons", ["area", "settlement", "population", "hygienic_water"]),),
        ("how many people",),
    ),
    Case(
        "a total's name misspelt",
        {"residents": renamed(RESIDENTS, "persons", "person")},
        (("residents", None, "persons", ["area", "settlement", "person", "hygienic_water"]),),
        ("did you mean 'person'?",),
    ),
    Case(
        "neither total nor id",
        {"establishments": without(ESTABLISHMENTS, "establishments")},
        (("establishments", None, "establishments", [name for name in ESTABLISHMENTS if name != "establishments"]),),
        ("'establishments'", "'id'"),
    ),
    Case(
        "0 and 1 beside totals above 1",
        {"residents": {**RESIDENTS, "hygienic_water": [1, 0, 1, None]}},
        (("residents", None, "hygienic_water", [0, 1]),),
        ('layout={"residents": "counts"}', 'layout={"residents": "weighted"}'),
    ),
    Case(
        "0 and 1 in all six parts",
        {
            "establishments": {
                k: [0, 1] if k not in ("area", "activity", "built", "establishments") else v
                for k, v in ESTABLISHMENTS.items()
            }
        },
        (("establishments", None, "clean_technology", [0, 1]),),
        ("layout=",),
    ),
    Case(
        "a column of flags beside a column of numbers",
        {"waste": {**WASTE, "collected": [True, True, False, None]}},
        (("waste", None, "treated_to_standard", ["treated_to_standard"]),),
        ("collected true/false",),
    ),
    Case(
        "a part that is text throughout",
        {"residents": {**RESIDENTS, "hygienic_water": ["yes", "no", "yes", None]}},
        tuple(("residents", row, "hygienic_water", value) for row, value in enumerate(["yes", "no", "yes"])),
        ("text",),
    ),
    Case(
        "flags as the words True and False",
        {"residents": {**RESIDENTS, "hygienic_water": ["True", "False", "True", None]}},
        tuple(("residents", row, "hygienic_water", value) for row, value in enumerate(["True", "False", "True"])),
        ("text",),
    ),
    Case(
        "counts as text",
        {"residents": {**RESIDENTS, "persons": ["1000", "2000", "3000", "4000"]}},
        tuple(("residents", row, "persons", f"{row + 1}000") for row in range(4)),
        ("text",),
    ),
]

CALLS = [
    Case(
        "unknown table",
        {"resident": RESIDENTS},
        ((None, None, None, "resident"),),
        ("did you mean 'residents'?", "waste"),
    ),
    Case(
        "by an unknown column",
        {"residents": RESIDENTS},
        (("residents", None, "province", "province"),),
        ("area, year",),
        ALL,
        {"by": "province"},
    ),
    Case(
        "by a misspelt area",
        {"residents": RESIDENTS},
        (("residents", None, "aera", "aera"),),
        ("did you mean 'area'?",),
        ALL,
        {"by": "aera"},
    ),
    Case(
        "by a column twice",
        {"residents": RESIDENTS},
        ((None, None, "by", "area"),),
        ("once",),
        ALL,
        {"by": ["area", "area"]},
    ),
    Case(
        "by a category",
        {"residents": RESIDENTS},
        ((None, None, "by", "settlement"),),
        ("key columns only", "'settlement'", "category", "residents"),
        ALL,
        {"by": "settlement"},
    ),
    Case(
        "by a total",
        {"residents": RESIDENTS},
        ((None, None, "by", "persons"),),
        ("key columns only",),
        ALL,
        {"by": ["area", "persons"]},
    ),
    Case("by the id", {"residents": RESIDENTS}, ((None, None, "by", "id"),), ("key columns only",), ALL, {"by": "id"}),
    Case(
        "by a column that one table lacks",
        {"residents": with_column(RESIDENTS, region="N"), "waste": WASTE},
        (("waste", None, "region", "region"),),
        ("every table has",),
        ALL,
        {"by": "region"},
    ),
    Case(
        "by area where one table has none",
        {"residents": RESIDENTS, "waste": {k: v[:2] for k, v in WASTE.items() if k != "area"}},
        (("waste", None, "area", None),),
        ("column area",),
        ALL,
        {"by": "area"},
    ),
    Case(
        "by year without years",
        {"residents": RESIDENTS},
        (("residents", None, "year", None),),
        ("column year",),
        ALL,
        {"by": "year", "year": None},
    ),
    Case(
        "unknown unit",
        {"waste": WASTE},
        (("waste", None, None, "tone"),),
        ("gram, kilogram, tonne", "did you mean 'tonne'?"),
        ALL,
        {"units": {"waste": "tone"}},
    ),
    Case(
        "unit of another table",
        {"residents": RESIDENTS},
        (("residents", None, None, "tonne"),),
        ("person",),
        ALL,
        {"units": {"residents": "tonne"}},
    ),
    Case(
        "a stock per day",
        {"residents": RESIDENTS},
        (("residents", None, None, "person/day"),),
        ("person",),
        ALL,
        {"units": {"residents": "person/day"}},
    ),
    Case(
        "per month",
        {"waste": WASTE},
        (("waste", None, None, "tonne/month"),),
        ("tonne/day",),
        ALL,
        {"units": {"waste": "tonne/month"}},
    ),
    Case(
        "per day without a year",
        {"waste": WASTE},
        (("waste", None, "year", None),),
        ("year=",),
        ALL,
        {"units": {"waste": "tonne/day"}, "year": None},
    ),
    Case(
        "records of a mass",
        {"waste": WASTE},
        (("waste", None, None, "records"),),
        ("never one unit",),
        ALL,
        {"layout": {"waste": "records"}},
    ),
    Case(
        "records without an id",
        {"establishments": ESTABLISHMENTS},
        (("establishments", None, "id", "records"),),
        ("column id",),
        ALL,
        {"layout": {"establishments": "records"}},
    ),
    Case(
        "counts without a total",
        {"establishments": RECORDS},
        (("establishments", None, "establishments", "counts"),),
        ("column establishments",),
        ALL,
        {"layout": {"establishments": "counts"}},
    ),
    Case(
        "flags said to be counts",
        {"residents": FLAGGED},
        (("residents", None, "hygienic_water", ["hygienic_water"]),),
        ("true/false",),
        ALL,
        {"layout": {"residents": "counts"}},
    ),
    Case(
        "years mixed",
        {"residents": with_column(RESIDENTS, year=[2019, 2019, 2020, 2020])},
        (("residents", None, "year", [2019, 2020]),),
        ("2019, 2020", "year="),
        ALL,
        {"year": None},
    ),
    Case(
        "years that differ between tables",
        {"residents": with_column(RESIDENTS, year=2019), "waste": with_column(WASTE, year=2020)},
        (("waste", None, "year", [2020]),),
        ("2019, 2020",),
        ALL,
        {"year": None},
    ),
    Case(
        "a year that the table does not hold",
        {"residents": with_column(RESIDENTS, year=[2018, 2018, 2019, 2019])},
        (("residents", None, "year", 2020),),
        ("2018, 2019",),
    ),
    Case(
        "a year that one table does not hold",
        {"residents": with_column(RESIDENTS, year=2020), "waste": with_column(WASTE, year=2019)},
        (("waste", None, "year", 2020),),
        ("2019",),
    ),
    Case(
        "expected= as a string",
        {"residents": RESIDENTS},
        ((None, None, "expected", "str"),),
        ("list of areas",),
        ALL,
        {"expected": "Mỹ Tú"},
    ),
    Case(
        "expected= as a number",
        {"residents": RESIDENTS},
        ((None, None, "expected", "int"),),
        ("list of areas",),
        ALL,
        {"expected": 11},
    ),
    Case(
        "expected= as a bare frame",
        {"residents": RESIDENTS},
        ((None, None, "expected", "DataFrame"),),
        ("under the key of their table",),
        ALL,
        {"expected": pd.DataFrame(RESIDENTS)},
    ),
    Case(
        "expected= of an unknown table",
        {"residents": RESIDENTS},
        ((None, None, "expected", "resident"),),
        ("did you mean 'residents'?",),
        ALL,
        {"expected": {"resident": ["Mỹ Tú"]}},
    ),
    Case(
        "expected= with a fraction for an area",
        {"residents": RESIDENTS},
        (("residents", None, "expected", 1.5),),
        ("list of areas",),
        ALL,
        {"expected": {"residents": [1.5]}},
    ),
    Case(
        "expected= for a table as a string",
        {"residents": RESIDENTS},
        (("residents", None, "expected", "str"),),
        ("list of areas",),
        ALL,
        {"expected": {"residents": "Mỹ Tú"}},
    ),
    Case(
        "expected areas of a table without areas",
        {"residents": {k: v[:2] for k, v in RESIDENTS.items() if k != "area"}},
        (("residents", None, "area", None),),
        ("column area",),
        ALL,
        {"expected": ["Mỹ Tú"]},
    ),
    Case(
        "expected= with a misspelt category",
        {"residents": RESIDENTS},
        (("residents", 0, "settlement", "rurl"),),
        ("did you mean 'rural'?",),
        ALL,
        {"expected": {"residents": [{"area": "Mỹ Tú", "settlement": "rurl"}]}},
    ),
    Case(
        "expected= with a key twice",
        {"residents": RESIDENTS},
        (("residents", 1, None, "year 2020, area 'Mỹ Tú', settlement 'rural'"),),
        ("row 0",),
        ALL,
        {"expected": {"residents": [{"area": "Mỹ Tú", "settlement": "rural"}] * 2}},
    ),
]

CASES = [*COUNTS, *TOTALS_MISSING, *FLAGS, *CATEGORIES, *YEARS, *KEYS, *COLUMNS, *CALLS]


@pytest.mark.parametrize(
    ("case", "kind"),
    [pytest.param(case, kind, id=f"{case.name}-{kind}") for case in CASES for kind in case.kinds],
)
def test_the_wrong_cell_is_named_and_no_other(case: Case, kind: str):
    """One wrong cell is one problem, with table, row, column and value; right cells are never blamed."""
    given = {key: frame(table, kind) for key, table in case.tables.items()}
    before = copy.deepcopy(given)
    problems = refused(given, **case.options)
    for problem in problems:
        assert_named(problem)
        assert problem.severity == "error"
        assert problem.kind
    if case.found:
        named = [(each.table, each.row, each.column) for each in problems]
        assert named == [place[:3] for place in case.found]
        assert all(same(each.value, place[3]) for each, place in zip(problems, case.found, strict=True))
    else:
        assert len(problems) == 1
    for word in case.words:
        assert word in str(problems[0])
    for key, table in given.items():
        held = table.equals(before[key]) if hasattr(table, "equals") else repr(table) == repr(before[key])
        assert held, "what was given is left as it was"


def test_there_are_many_cases():
    """The cases cover at least sixty kinds of bad input."""
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


# missing values


@pytest.mark.parametrize("column", ["persons", "hygienic_water"])
@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_nan_is_refused_where_it_is_not_null(kind: str, column: str):
    """NaN in polars or pyarrow is not null and is refused."""
    values = [float(value) for value in RESIDENTS[column]]
    given = {**RESIDENTS, column: [*values[:2], float("nan"), values[3]]}
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.row, problem.column) == ("residents", 2, column)
    assert problem.value != problem.value
    assert "nan" in str(problem)


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_nan_is_no_year_where_it_is_not_null(kind: str):
    """A NaN among years of polars or pyarrow is no year."""
    given = with_column(RESIDENTS, year=[2020.0, float("nan"), 2020.0, 2020.0])
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.row, problem.column) == (1, "year")


@pytest.mark.parametrize("absent", [None, float("nan"), np.nan, pd.NA, pd.NaT])
@pytest.mark.parametrize("kind", ["lists", "rows", "objects"])
def test_missing_values_of_python_and_pandas_stay_open(kind: str, absent: Any):
    """None, NaN, NA and NaT are missing in plain rows and pandas: a missing count of a part stays open."""
    card = evaluated({"residents": frame(put(RESIDENTS, "hygienic_water", 3, absent), kind)})
    assert card["rural_water"].tally == ei.Tally(satisfied=1500, failed=500, unknown=4000)
    (gap,) = [each for each in card.problems if each.kind == "blank_part"]
    assert (gap.table, gap.row, gap.column, gap.value, gap.severity) == ("residents", 3, "hygienic_water", None, "gap")


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pd.Series([None] * 4, dtype="str"), id="str"),
        pytest.param(pd.Series([None] * 4, dtype="string"), id="string"),
        pytest.param(pd.Series([None] * 4, dtype=object), id="object"),
        pytest.param(pd.Series([None] * 4, dtype="float64"), id="float"),
        pytest.param(pd.Series([None] * 4, dtype="Int64"), id="Int64"),
        pytest.param(pd.Series([None] * 4, dtype="boolean"), id="boolean"),
        pytest.param(pd.Series(pd.Categorical([None] * 4)), id="category"),
        pytest.param(pd.Series(pd.Categorical([None] * 4, categories=["x"])), id="category with levels"),
        pytest.param(pd.Series([None] * 4, dtype=pd.ArrowDtype(pa.string())), id="arrow string"),
    ],
)
def test_a_part_that_is_blank_throughout_leaves_the_table_there(column: Any):
    """Missing counts of parts are no errors, whatever the type of the blank column: the units stay open."""
    given = pd.DataFrame(RESIDENTS).assign(hygienic_water=column)
    card = evaluated({"residents": given})
    assert card["rural_water"].tally == ei.Tally(unknown=6000)
    assert card["rural_water"].reason == "unknown_values"


@pytest.mark.parametrize("dtype", ["float64", "Int64", "boolean", "str", object])
@pytest.mark.parametrize("values", [[True, False], [50, 5]])
def test_a_blank_part_fits_flags_and_numbers_alike(values: list[Any], dtype: Any):
    """A part that is blank throughout has no layout of its own, whatever its type."""
    given = pd.DataFrame({**ESTABLISHMENTS, **dict.fromkeys(list(ESTABLISHMENTS)[4:], values)})
    given["inspected"] = pd.Series([None, None], dtype=dtype)
    tally = evaluated({"establishments": given})["new_facilities"].tally
    assert tally is not None
    assert tally.satisfied == (120 if values[0] is True else 55)


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pd.Series([None] * 4, dtype="str"), id="str"),
        pytest.param(pd.Series(pd.Categorical([None] * 4)), id="category"),
        pytest.param(pd.Series([None] * 4, dtype=object), id="object"),
    ],
)
def test_a_category_that_is_blank_throughout_leaves_the_units_unplaced(column: Any):
    """Missing categories are no errors: the units may belong anywhere."""
    given = pd.DataFrame({**RESIDENTS, "area": list("ABCD")}).assign(settlement=column)
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(
        unplaced_satisfied=9300, unplaced_failed=700
    )


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pd.DataFrame(RESIDENTS).iloc[:0], id="pandas"),
        pytest.param(pd.DataFrame(FLAGGED).iloc[:0], id="pandas flags"),
        pytest.param(pd.DataFrame(RESIDENTS).astype("str").iloc[:0], id="pandas text"),
        pytest.param(pd.DataFrame({name: [] for name in RESIDENTS}), id="pandas objects"),
        pytest.param(pd.DataFrame(columns=list(RESIDENTS)), id="pandas columns"),
        pytest.param(pl.DataFrame(RESIDENTS).clear(), id="polars"),
        pytest.param(pa.table(RESIDENTS).slice(0, 0), id="pyarrow"),
        pytest.param({name: [] for name in RESIDENTS}, id="lists"),
        pytest.param([], id="no rows"),
    ],
)
def test_an_empty_frame_is_refused(given: Any):
    """A table without rows is refused: leave it out if nothing came."""
    problems = refused({"residents": given})
    assert [each.table for each in problems] == ["residents"] * len(problems)
    assert "no rows" in str(problems[0])
    assert problems[0].in_("vi").startswith("bảng residents")


@pytest.mark.parametrize(
    "given",
    [pytest.param(pd.DataFrame(), id="pandas"), pytest.param(pd.DataFrame(index=[0, 1]), id="rows, no columns")],
)
def test_a_frame_without_columns_is_refused(given: Any):
    """A frame without columns is refused, naming the table."""
    problems = refused({"residents": given})
    assert {each.table for each in problems} == {"residents"}


# what is no frame


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        pytest.param("residents.csv", "not_a_frame", id="file name"),
        pytest.param(b"residents.csv", "not_a_frame", id="bytes"),
        pytest.param(None, "not_a_frame", id="None"),
        pytest.param(5, "not_a_frame", id="number"),
        pytest.param(pd.Series([1, 2]), "not_a_frame", id="pandas series"),
        pytest.param(pl.Series([1, 2]), "not_a_frame", id="polars series"),
        pytest.param(np.zeros((2, 2)), "not_a_frame", id="array"),
        pytest.param({1, 2}, "not_a_frame", id="set"),
        pytest.param((row for row in [{}]), "not_a_frame", id="generator"),
        pytest.param([["Mỹ Tú", "rural", 1, 1]], "not_a_row", id="list of lists"),
        pytest.param(["Mỹ Tú"], "not_a_row", id="list of texts"),
        pytest.param([None], "not_a_row", id="list of None"),
        pytest.param({"area": ["A", "B"], "persons": [1]}, "unequal_columns", id="ragged lists"),
        pytest.param({"area": "A", "persons": [1]}, "not_a_frame", id="a text for a column"),
        pytest.param({"area": ["A"], "persons": 1}, "not_a_frame", id="a number for a column"),
    ],
)
def test_what_is_no_frame_is_refused(given: Any, kind: str):
    """Anything but a frame, a list of dicts or a dict of lists is refused, naming the table; no file is opened."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"residents": given})
    (problem,) = caught.value.problems
    assert problem.table == "residents"
    assert problem.kind == kind
    assert_named(problem)


def test_a_file_name_is_answered_with_scan():
    """A string is never taken for a file; the message says how a file is read."""
    with pytest.raises(ei.InvalidTable, match=r"scan\('residents\.csv'\)"):
        evaluated({"residents": "residents.csv"})


@pytest.mark.parametrize("tables", [None, [RESIDENTS], "residents", pd.DataFrame(RESIDENTS)])
def test_tables_come_by_name(tables: Any):
    """What is no mapping of tables raises a TypeError that shows the form."""
    with pytest.raises(TypeError, match="residents"):
        evaluated(tables)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            {**{k: v[0] for k, v in RESIDENTS.items()}, None: ["more"]}, id="None, as csv.DictReader makes it"
        ),
        pytest.param({**{k: v[0] for k, v in RESIDENTS.items()}, 3: "x"}, id="a number"),
    ],
)
def test_names_of_columns_that_are_no_text_break_nothing(row: Any):
    """A column whose name is no text is one that is not used, also where a name is looked for."""
    assert evaluated({"residents": [row]})["urban_water"].tally == ei.Tally(900, 100)
    rows = [{**row, "setlement": "x"}]
    del rows[0]["settlement"]
    (problem,) = refused({"residents": rows})
    assert problem.column == "settlement"
    refused({"dischargers": [{"area": "A", None: ["more"], 3: 5}]})


def test_a_row_without_a_key_of_the_others_has_a_missing_value():
    """In a list of dicts a key that a row lacks is a missing value of it."""
    rows = frame(RESIDENTS, "rows")
    del rows[3]["hygienic_water"]
    assert evaluated({"residents": rows})["rural_water"].tally == ei.Tally(1500, 500, 4000)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            pd.DataFrame(
                [["A", "rural", 5, 6, 5]], columns=["area", "settlement", "persons", "persons", "hygienic_water"]
            ),
            id="pandas",
        ),
        pytest.param(
            pa.Table.from_arrays(
                [pa.array([v]) for v in ("A", "rural", 5, 6, 5)],
                names=["area", "settlement", "persons", "persons", "hygienic_water"],
            ),
            id="pyarrow",
        ),
    ],
)
def test_a_column_twice_is_refused(given: Any):
    """Two columns of one name are refused, whichever is right."""
    problems = refused({"residents": given})
    assert ("residents", None, "persons", "persons") in [(p.table, p.row, p.column, p.value) for p in problems]


# what is accepted as it is


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([Decimal(1000), Decimal("2000.0"), Decimal("3E+3"), 4000], id="Decimals and ints"),
        pytest.param([1000, 2000.0, np.int64(3000), np.float32(4000)], id="mixed objects"),
        pytest.param([1000.0, 2000.0, 3000.0, 4000.0], id="floats"),
    ],
)
@pytest.mark.parametrize("kind", PYTHON)
def test_whole_numbers_of_any_type_are_accepted(kind: str, values: list[Any]):
    """Whole Decimals, whole floats and objects of whole numbers are accepted."""
    card = evaluated({"residents": frame({**RESIDENTS, "persons": values}, kind)})
    assert card["rural_water"].tally == ei.Tally(5400, 600)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pl.DataFrame(RESIDENTS).with_columns(pl.col("persons").cast(pl.Decimal(20, 0))), id="polars"),
        pytest.param(
            pa.table({**RESIDENTS, "persons": pa.array([Decimal(v) for v in RESIDENTS["persons"]])}), id="arrow"
        ),
    ],
)
def test_decimal_columns_are_accepted(given: Any):
    """Columns of decimals are accepted where they hold whole numbers."""
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(5400, 600)


@pytest.mark.parametrize("kind", ["lists", "rows", "pandas", "objects", "polars", "pyarrow"])
def test_flags_that_are_objects_of_true_false_none_are_read(kind: str):
    """Object columns of True, False and None are the common case, and are read."""
    card = evaluated({"residents": frame(FLAGGED, kind)})
    assert card["urban_water"].tally == ei.Tally(4000)
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)


@pytest.mark.parametrize(
    "flags", [[True, False, True, None], [1, 0, 1, None], [1.0, 0.0, 1.0, None], [np.True_, 0, 1.0, None]]
)
def test_flags_may_be_one_and_nought_where_that_is_said(flags: list[Any]):
    """Booleans, or 1 and 0 where layout= says that they are flags, are the same flags."""
    card = evaluated({"residents": {**RESIDENTS, "hygienic_water": flags}}, layout={"residents": "weighted"})
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)


def test_one_and_nought_are_counts_where_that_is_said():
    """0 and 1 beside totals above 1 are counts where layout= says so."""
    card = evaluated({"residents": {**RESIDENTS, "hygienic_water": [1, 0, 1, None]}}, layout={"residents": "counts"})
    assert card["rural_water"].tally == ei.Tally(0, 2000, 4000)
    assert card["urban_water"].tally == ei.Tally(2, 3998)


def test_a_whole_float_is_a_year():
    """A whole-numbered float year is a year; so is a whole Decimal."""
    for year in (2020.0, Decimal(2020), np.int16(2020)):
        assert evaluated({"residents": with_column(RESIDENTS, year=year)}, by="year").years == (2020,)


def test_flags_of_one_row_twice_with_other_flags_are_two_rows():
    """Weighted records of one key with other flags are no duplicates."""
    given = {**FLAGGED, "area": ["A"] * 4, "settlement": ["rural"] * 4, "hygienic_water": [True, False, None, None]}
    given = {name: values[:3] for name, values in given.items()}
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(1000, 2000, 3000)


def test_masses_are_converted_by_their_digits():
    """Decimal masses are converted by their decimal digits, never by float multiplication."""
    given = {
        "area": ["A"],
        "stream": ["medical"],
        "generated": [8.7],
        "collected": [4.35],
        "treated_to_standard": [1.1],
    }
    card = evaluated({"waste": given}, units={"waste": "tonne"})
    assert card["medical_waste"].tally == ei.Tally(1_100_000, 7_600_000)


@pytest.mark.parametrize(("year", "days"), [(2019, 365), (2020, 366), (2000, 366), (1900, 365)])
def test_amounts_per_day_take_the_days_of_their_year(year: int, days: int):
    """Amounts per day are those of the days of the year, a leap day included."""
    given = {"stream": ["medical"], "generated": [3], "collected": [2], "treated_to_standard": [1]}
    for tables, options in (
        ({"waste": given}, {"year": year}),
        ({"waste": with_column(given, year=year)}, {"year": None}),
    ):
        card = evaluated(tables, units={"waste": "tonne/day"}, **options)
        assert card["medical_waste"].tally == ei.Tally(days * 10**6, 2 * days * 10**6)


def test_an_id_beside_a_total_is_ignored_with_a_note():
    """An id beside a total is ignored with a note."""
    card = evaluated({"establishments": with_column(ESTABLISHMENTS, id=["x", "x"])})
    (note,) = [each for each in card.problems if each.column == "id"]
    assert (note.table, note.row, note.severity) == ("establishments", None, "note")
    assert_named(note)


def test_columns_that_are_not_used_are_listed():
    """Other columns are listed on the card and ignored."""
    card = evaluated({"residents": with_column(RESIDENTS, remark=[None, "-", "...", 5])})
    (note,) = card.problems
    assert (note.table, note.row, note.column, note.severity) == ("residents", None, "remark", "note")
    assert_named(note)


def test_a_blank_total_over_a_floor_is_a_gap():
    """A missing total is no error where known parts give a floor."""
    card = evaluated({"waste": put(WASTE, "generated", 0, None)})
    (gap,) = card.problems
    assert (gap.table, gap.row, gap.column, gap.value, gap.severity) == ("waste", 0, "generated", None, "gap")
    assert card["medical_waste"].tally == ei.Tally(130_000, 40_000, unsized={"failed"})


# large numbers


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(pd.Series([2**63, 1], dtype="uint64"), id="pandas"),
        pytest.param(pd.Series([2**63, 1], dtype="UInt64"), id="pandas nullable"),
        pytest.param(pl.Series([2**63, 1], dtype=pl.UInt64), id="polars"),
        pytest.param(pa.array([2**63, 1], pa.uint64()), id="pyarrow"),
        pytest.param(np.array([2**63, 1], dtype=np.uint64), id="numpy"),
    ],
)
def test_unsigned_integers_above_64_signed_bits_are_refused(given: Any):
    """Unsigned 64-bit values above 2^63 - 1 are refused, those below are read."""
    columns: dict[str, Any] = {"area": ["A", "B"], "settlement": ["rural"] * 2, "hygienic_water": [0, 0]}
    make = {"polars": pl.DataFrame, "pyarrow": pa.table, "pandas": pd.DataFrame}.get(
        type(given).__module__.split(".")[0].replace("numpy", ""), dict
    )
    make = pa.table if isinstance(given, pa.Array) else make
    (problem,) = refused({"residents": make({**columns, "persons": given})}, layout={"residents": "counts"})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 0, "persons", 2**63)


def test_the_largest_unsigned_integer_that_fits_is_read():
    """An unsigned column is read as long as its values fit 64 signed bits."""
    given = pd.DataFrame({"settlement": ["rural"], "persons": np.array([2**63 - 1], np.uint64), "hygienic_water": [5]})
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(5, 2**63 - 6)


@pytest.mark.parametrize("value", [2**53, 2**53 + 1, 2**60 + 1, 2**63 - 1])
@pytest.mark.parametrize("kind", ["lists", "pandas", "objects", "polars", "pyarrow"])
def test_large_integers_are_exact(kind: str, value: int):
    """Integers up to 2^63 - 1 are exact."""
    given = {"area": ["A"], "settlement": ["rural"], "persons": [value], "hygienic_water": [value - 1]}
    assert evaluated({"residents": frame(given, kind)})["rural_water"].tally == ei.Tally(value - 1, 1)


@pytest.mark.parametrize("kind", ["lists", "rows", "objects", "polars", "pyarrow", "Int64"])
def test_large_integers_beside_blanks_are_exact(kind: str):
    """Integers beside blanks are exact where the frame holds them so."""
    given = {
        "area": ["A", "B"],
        "settlement": ["rural"] * 2,
        "persons": [2**53 + 1] * 2,
        "hygienic_water": [2**53 + 1, None],
    }
    made = pd.DataFrame(given).convert_dtypes() if kind == "Int64" else frame(given, kind)
    if kind == "Int64":
        made["hygienic_water"] = pd.array([2**53 + 1, None], dtype="Int64")
    assert evaluated({"residents": made})["rural_water"].tally == ei.Tally(2**53 + 1, 0, 2**53 + 1)


def test_large_integers_beside_blanks_in_a_float_column_are_refused():
    """Where pandas has made floats of integers beside a blank, 2^53 and more is refused."""
    given = pd.DataFrame(
        {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [2**60] * 2, "hygienic_water": [2.0**53, None]}
    )
    (problem,) = refused({"residents": given})
    assert (problem.row, problem.column, problem.value) == (0, "hygienic_water", 2.0**53)


def _sum_refused(tables: Any, table: str, column: str, **options: Any) -> None:
    problems = refused(tables, **options)
    (problem,) = problems
    assert (problem.table, problem.column) == (table, column)
    assert "2^63 - 1" in str(problem)


@pytest.mark.parametrize("kind", ["lists", "pandas", "polars", "pyarrow"])
def test_sums_beyond_64_bits_are_refused(kind: str):
    """The sum of a table's totals above 2^63 - 1 is refused."""
    given = {"area": ["A", "B"], "settlement": ["rural"] * 2, "persons": [2**62, 2**62], "hygienic_water": [2, 2]}
    _sum_refused({"residents": frame(given, kind)}, "residents", "persons")


def test_sums_of_other_years_are_not_added():
    """Years are never added up, so two years that each fit are read."""
    given = {"settlement": ["rural"] * 2, "persons": [2**62] * 2, "hygienic_water": [2] * 2, "year": [2019, 2020]}
    assert evaluated({"residents": given})["rural_water"].tally == ei.Tally(2, 2**62 - 2)


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_sums_of_parts_above_which_the_total_is_blank_are_refused_beyond_64_bits(rows: int):
    """Parts that give a floor to a blank total add up to no more than 64 bits either."""
    given = {
        "area": [f"area {row}" for row in range(rows)],
        "stream": ["medical"] * rows,
        "generated": [None] * rows,
        "collected": [9 * 10**15] * rows,
        "treated_to_standard": [9 * 10**15] * rows,
    }
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"waste": given})
    assert caught.value.problems[0].table == "waste"


def test_sums_beyond_64_bits_are_refused_when_cells_are_added():
    """64 bits are checked again when cells are added."""
    pieces = [
        ei.condense(
            soc_trang_2020,
            {"residents": [{"area": area, "settlement": "rural", "persons": 2**62, "hygienic_water": 2}]},
            year=2020,
        )
        for area in ("A", "B")
    ]
    with pytest.raises(ei.InvalidTable, match=r"2\^63 - 1"):
        pieces[0] + pieces[1]


# keys


SPELLINGS = [
    pytest.param(NFD, id="NFD"),
    pytest.param("mỹ tú", id="lower case"),
    pytest.param("MỸ TÚ", id="upper case"),
    pytest.param("Mỹ Tú ", id="trailing space"),
    pytest.param(" Mỹ Tú", id="leading space"),
    pytest.param(unicodedata.normalize("NFD", " MỸ TÚ"), id="all of it"),
]


@pytest.mark.parametrize("other", SPELLINGS)
@pytest.mark.parametrize("kind", ALL)
def test_two_spellings_in_one_table_are_refused_with_both(kind: str, other: str):
    """Two spellings that agree after NFC, trimming and folding of case are refused, with both named."""
    given = put(RESIDENTS, "area", 3, other)
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.column) == ("residents", "area")
    assert (problem.row, problem.value) in {(3, other), (2, DIACRITICS)}
    for lang in ("en", "vi"):
        assert repr(other) in problem.in_(lang)
        assert repr(DIACRITICS) in problem.in_(lang)


@pytest.mark.parametrize("other", SPELLINGS)
def test_the_later_of_two_spellings_is_named(other: str):
    """Of two rows that contradict each other the later is named."""
    (problem,) = refused({"residents": put(RESIDENTS, "area", 3, other)})
    assert (problem.row, problem.value) == (3, other)


@pytest.mark.parametrize("other", SPELLINGS)
def test_two_spellings_in_two_tables_are_refused_with_both(other: str):
    """Two spellings are refused across tables too, naming the other table."""
    given = {"residents": RESIDENTS, "waste": {**WASTE, "area": ["Kế Sách"] * 2 + [other] * 2}}
    (problem,) = refused(given)
    assert (problem.table, problem.row, problem.column, problem.value) == ("waste", 2, "area", other)
    for lang in ("en", "vi"):
        assert repr(DIACRITICS) in problem.in_(lang)
        assert "residents" in problem.in_(lang)


def test_two_spellings_in_a_further_column_of_by_are_refused():
    """What holds for areas holds for the other columns of by."""
    (problem,) = refused({"residents": with_column(RESIDENTS, region=["Bắc", "Bắc", "Nam", "nam"])}, by="region")
    assert (problem.column, problem.value) == ("region", "nam")


def test_two_spellings_in_added_cells_are_refused():
    """Spellings are checked again when cells are added."""
    first = ei.condense(soc_trang_2020, {"residents": RESIDENTS}, year=2020)
    second = ei.condense(soc_trang_2020, {"waste": {**WASTE, "area": [NFD, NFD, "Kế Sách", "Kế Sách"]}}, year=2020)
    with pytest.raises(ei.InvalidTable) as caught:
        first + second
    assert repr(NFD) in str(caught.value)


@pytest.mark.parametrize("expected", [[NFD, "Kế Sách"], {"residents": [NFD, "Kế Sách"]}])
def test_two_spellings_in_what_was_expected_are_refused(expected: Any):
    """An area that is expected under another spelling is refused, not counted as absent."""
    problems = refused({"residents": RESIDENTS}, expected=expected)
    assert any(repr(NFD) in str(each) and repr(DIACRITICS) in str(each) for each in problems)


def test_number_codes_in_one_table_and_text_in_another_are_refused():
    """Number codes in one table and text in another are refused."""
    given = {
        "residents": with_column(RESIDENTS, area=[1, 1, 2, 2]),
        "waste": with_column(WASTE, area=["1", "1", "2", "2"]),
    }
    (problem,) = refused(given)
    assert (problem.table, problem.row, problem.column, problem.value) == ("waste", 0, "area", "1")
    assert "number" in str(problem)
    assert "text" in str(problem)
    assert "residents" in str(problem)


def test_areas_may_be_numbers():
    """Whole numbers are areas; a group is named by the value itself."""
    card = evaluated({"residents": with_column(RESIDENTS, area=[1, 1, 2, 2])}, by="area")
    assert card.groups == [1, 2]


# rows that look like totals

WORDINGS = [
    "Tổng cộng", "TỔNG CỘNG", "tổng", "Cộng", "Tổng số", "Toàn tỉnh", "toàn tỉnh ", "Total", "TOTAL", "Tổng cộng:",
    unicodedata.normalize("NFD", "Tổng cộng"),
]  # fmt: skip


def total_of(table: dict[str, list[Any]], settlement: str | None, area: str) -> dict[str, list[Any]]:
    """Return residents with a row that sums up those of a settlement, or all."""
    rows = [row for row, value in enumerate(table["settlement"]) if settlement in (None, value)]
    sums = [sum(table[name][row] for row in rows) for name in ("persons", "hygienic_water")]
    return appended(table, area, settlement, *sums)


@pytest.mark.parametrize("area", WORDINGS)
@pytest.mark.parametrize("settlement", ["rural", None])
def test_a_row_that_reads_and_adds_up_like_a_total_is_refused(settlement: str | None, area: str):
    """A row whose area reads like a total, and whose numbers are sums of siblings, is refused."""
    (problem,) = refused({"residents": total_of(RESIDENTS, settlement, area)})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 4, "area", area)
    assert 'totals="keep"' in str(problem)
    assert 'totals="drop"' in problem.in_("vi")


@pytest.mark.parametrize("kind", ALL)
def test_a_blank_category_that_adds_up_like_a_total_is_refused(kind: str):
    """A row whose category is missing, and whose numbers are sums of siblings, is refused."""
    given = appended(RESIDENTS, "Mỹ Tú", None, 7000, 6900)
    (problem,) = refused({"residents": frame(given, kind)})
    assert (problem.table, problem.row, problem.column, problem.value) == ("residents", 4, "settlement", None)


def test_every_total_of_a_cross_table_is_found():
    """Totals of areas, of settlements and of everything are all found at once."""
    given = RESIDENTS
    given = appended(given, "Kế Sách", None, 3000, 2400)
    given = appended(given, "Mỹ Tú", None, 7000, 6900)
    given = appended(given, "Tổng cộng", "urban", 4000, 3900)
    given = appended(given, "Tổng cộng", "rural", 6000, 5400)
    given = appended(given, "Tổng cộng", None, 10000, 9300)
    assert [each.row for each in refused({"residents": given})] == [4, 5, 6, 7, 8]
    plain = evaluated({"residents": RESIDENTS}, by="area")
    dropped = evaluated({"residents": given}, by="area", totals="drop")
    assert [repr(each) for each in dropped] == [repr(each) for each in plain]
    assert dropped.groups == plain.groups
    assert [(each.row, each.severity) for each in dropped.problems if each.kind == "dropped_total"] == [
        (row, "note") for row in range(4, 9)
    ]


@pytest.mark.parametrize("totals", ["drop", {"residents": "drop"}])
def test_totals_are_dropped_where_that_is_said_and_listed(totals: Any):
    """With totals="drop" the row is left out and listed on the card."""
    card = evaluated({"residents": total_of(RESIDENTS, "rural", "Tổng cộng")}, totals=totals)
    assert card["rural_water"].tally == ei.Tally(5400, 600)
    (note,) = card.problems
    assert (note.table, note.row, note.value, note.severity) == ("residents", 4, "Tổng cộng", "note")
    assert_named(note)


@pytest.mark.parametrize("totals", ["keep", {"residents": "keep"}])
def test_totals_are_kept_where_that_is_said(totals: Any):
    """With totals="keep" the row counts like any other."""
    card = evaluated({"residents": total_of(RESIDENTS, "rural", "Tổng cộng")}, totals=totals)
    assert card["rural_water"].tally == ei.Tally(10800, 1200)


def test_a_total_with_a_blank_part_is_a_total():
    """Only the known parts have to be sums."""
    (problem,) = refused({"residents": appended(RESIDENTS, "Tổng cộng", "rural", 6000, None)})
    assert problem.row == 4


def test_a_total_of_noughts_is_a_total():
    """Noughts are the sum of noughts."""
    given = {**RESIDENTS, "persons": [0] * 4, "hygienic_water": [0] * 4}
    (problem,) = refused({"residents": total_of(given, "rural", "Tổng cộng")})
    assert problem.row == 4


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("Thạnh Trị", "rural", 6000, 5400), id="an area's name"),
        pytest.param(("Mỹ Tú", None, 7000, 6901), id="blank, but not the sum"),
    ],
)
def test_a_row_that_is_no_total_is_kept(row: tuple[Any, ...]):
    """A row that is not called a total, nor the sum of three others, is a row like others."""
    card = evaluated({"residents": appended(RESIDENTS, *row)})
    assert card["rural_water"].tally != evaluated({"residents": RESIDENTS})["rural_water"].tally


@pytest.mark.parametrize("figures", [(6001, 5400), (6000, 5401), (3, None)])
def test_what_is_called_a_total_is_refused_though_it_does_not_add_up(figures: tuple[Any, ...]):
    """A district that has not reported yet is in the total, and no more than that tells it from its parts."""
    (problem,) = refused({"residents": appended(RESIDENTS, "Tổng cộng", "rural", *figures)})
    assert (problem.kind, problem.row) == ("total_name", 4)
    card = evaluated({"residents": appended(RESIDENTS, "Tổng cộng", "rural", *figures)}, totals="drop")
    assert card["rural_water"].tally == ei.Tally(5400, 600)


def test_a_total_beside_one_row_is_refused_and_by_itself_is_an_area():
    """Where only the total came, nothing is counted twice."""
    given = {"area": ["A", "Tổng"], "settlement": ["rural"] * 2, "persons": [5, 5], "hygienic_water": [4, 4]}
    assert [problem.row for problem in refused({"residents": given})] == [1]
    alone = {name: values[1:] for name, values in given.items()}
    assert evaluated({"residents": alone})["rural_water"].tally == ei.Tally(4, 1)


def test_a_total_among_flags_is_found():
    """Weighted records have totals too."""
    given = {
        "area": ["A", "B", "Tổng cộng"],
        "settlement": ["rural"] * 3,
        "persons": [5, 6, 11],
        "hygienic_water": [True, True, True],
    }
    (problem,) = refused({"residents": given})
    assert problem.row == 2


def test_a_total_among_pieces_is_found():
    """Rows that look like totals are looked for again when cells are added."""
    first = ei.condense(soc_trang_2020, {"residents": RESIDENTS}, year=2020)
    row = {"area": ["Tổng cộng"], "settlement": ["rural"], "persons": [6000], "hygienic_water": [5400]}
    with pytest.raises(ei.InvalidTable, match="Tổng cộng"):
        first + ei.condense(soc_trang_2020, {"residents": row}, year=2020)


# several problems


BAD = {
    "residents": put(put(RESIDENTS, "settlement", 0, "urbn"), "hygienic_water", 3, 4001),
    "waste": put(put(WASTE, "generated", 1, -50), "treated_to_standard", 0, 91),
    "establishments": put(ESTABLISHMENTS, "built", 1, 2030),
    "households": 5,
}


def test_problems_of_all_tables_are_reported_together():
    """InvalidTable has the errors of all tables, all at once."""
    problems = refused(BAD)
    assert {(each.table, each.row, each.column, each.value) for each in problems} == {
        ("residents", 0, "settlement", "urbn"),
        ("residents", 3, "hygienic_water", 4001),
        ("waste", 1, "generated", -50),
        ("waste", 0, "treated_to_standard", 91),
        ("establishments", 1, "built", 2030),
        ("households", None, None, problems[-1].value),
    }
    assert len(problems) == 6


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"area": ["Kế Sách", "kế sách", "Mỹ Tú", "Mỹ Tú"]}, id="two spellings"),
        pytest.param({"hygienic_water": ["x", "y", "z", None]}, id="a part of text"),
        pytest.param({"settlement": ["urbn", "rural", "urban", "rural"]}, id="a category"),
        pytest.param({"area": [None, "Kế Sách", "Mỹ Tú", "Mỹ Tú"]}, id="a blank key"),
        pytest.param({"area": ["Mỹ Tú", "Kế Sách", "Mỹ Tú", "Mỹ Tú"]}, id="a duplicate"),
        pytest.param({"year": [2018, 2018, 2019, 2019]}, id="a year not held"),
        pytest.param({"year": [2020, 2020, 1820, 2020]}, id="no year"),
    ],
)
def test_a_negative_count_is_reported_beside_any_other_problem(second: dict[str, list[Any]]):
    """All errors come at once, whatever stage of reading finds them."""
    alone = refused({"residents": {**RESIDENTS, **second}})
    both = refused({"residents": put({**RESIDENTS, **second}, "persons", 1, -2000)})
    assert {str(each) for each in alone} < {str(each) for each in both}
    assert ("residents", 1, "persons", -2000) in [(each.table, each.row, each.column, each.value) for each in both]


def test_a_spelling_in_one_table_is_reported_beside_a_negative_count_in_another():
    """Errors between tables come together with those within them."""
    given = {
        "residents": put(RESIDENTS, "persons", 1, -2000),
        "waste": with_column(WASTE, area=["kế sách"] * 2 + ["Mỹ Tú"] * 2),
    }
    assert {each.column for each in refused(given)} == {"persons", "area"}


@pytest.mark.parametrize("wrong", [1, 99, 100, 101, 150, 5000])
@pytest.mark.parametrize("column", ["persons", "hygienic_water", "settlement", "area"])
def test_a_hundred_of_a_kind_are_listed_and_all_are_counted(column: str, wrong: int):
    """The first hundred of each kind are listed, in order; the counts are exact."""
    length = 6000
    value = {"persons": -5, "hygienic_water": 11, "settlement": "x", "area": ""}[column]
    columns: dict[str, list[Any]] = {
        "area": [f"area {row}" for row in range(length)],
        "settlement": ["rural"] * length,
        "persons": [10] * length,
        "hygienic_water": [9] * length,
    }
    columns[column] = [value if row < wrong else each for row, each in enumerate(columns[column])]
    problems = refused({"residents": columns})
    assert [each.row for each in problems] == list(range(min(100, wrong)))
    assert list(problems.counts.values()) == [wrong]
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated({"residents": columns})
    assert f"{wrong} error" in str(caught.value)
    assert f"{wrong} lỗi" in caught.value.in_("vi")


def test_duplicates_beyond_a_hundred_are_counted():
    """Duplicate rows are listed up to a hundred and counted exactly."""
    columns = {"settlement": ["rural"] * 301, "persons": [5] * 301, "hygienic_water": [4] * 301}
    problems = refused({"residents": columns})
    assert [each.row for each in problems] == list(range(1, 101))
    assert list(problems.counts.values()) == [300]


def test_invalid_table_is_a_value_error_that_can_be_pickled():
    """InvalidTable is a ValueError and picklable, with its problems and counts."""
    with pytest.raises(ValueError) as caught:
        evaluated(BAD)
    error = caught.value
    assert isinstance(error, ei.InvalidTable)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is ei.InvalidTable
        assert again.problems == error.problems
        assert again.counts == error.counts
        assert str(again) == str(error)
        assert again.in_("vi") == error.in_("vi")
    assert copy.copy(error).problems == error.problems


def test_messages_of_invalid_table_name_every_problem():
    """The message has a line for each problem, in both languages."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(BAD)
    for problem in caught.value.problems:
        assert str(problem) in str(caught.value)
        assert problem.in_("vi") in caught.value.in_("vi")


def test_check_finds_gaps_and_notes_and_raises_nothing():
    """check returns errors, gaps and notes alike."""
    given = put(with_column(RESIDENTS, remark="x"), "hygienic_water", 0, None)
    problems = checked({"residents": put(given, "persons", 3, -1), "waste": without(WASTE, "collected")})
    assert {each.severity for each in problems} == {"error", "gap", "note"}
    assert [(each.table, each.row, each.column, each.value) for each in problems.errors] == [
        ("residents", 3, "persons", -1)
    ]
    assert ("waste", "collected") in [(each.table, each.column) for each in problems.of("gap")]
    assert ("residents", 0, "hygienic_water") in [(each.table, each.row, each.column) for each in problems.of("gap")]
    assert ("residents", "remark") in [(each.table, each.column) for each in problems.of("note")]
    assert not problems.of("gap").errors


@pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": "area"},
        {"expected": ["Kế Sách", "Mỹ Tú", "Trần Đề"]},
        {"expected": {"residents": ["Trần Đề"]}},
        {"expected": {"residents": [{"area": "Trần Đề", "settlement": "rural", "persons": 50}]}},
        {"by": "area", "expected": ["Trần Đề"]},
    ],
)
def test_check_finds_what_the_card_lists(options: dict[str, Any]):
    """Without errors, check returns the gaps and notes that the card has."""
    given = {"residents": put(RESIDENTS, "hygienic_water", 0, None), "waste": {k: v[:2] for k, v in WASTE.items()}}
    assert sorted(map(str, checked(given, **options))) == sorted(map(str, evaluated(given, **options).problems))


def test_check_takes_what_evaluate_takes():
    """check takes cells as evaluate does."""
    cells = ei.condense(soc_trang_2020, {"residents": put(RESIDENTS, "hygienic_water", 0, None)}, year=2020)
    assert "gap" in {each.severity for each in ei.check(soc_trang_2020, cells, year=2020)}


def test_amounts_in_messages_are_in_the_unit_of_the_frame_or_say_theirs():
    """Every number shown carries its unit, or is in that of the frame."""
    (problem,) = refused({"waste": put(WASTE, "collected", 0, 101)}, units={"waste": "tonne"})
    assert re.search(r"\b100\b", str(problem)) or "kilogram" in str(problem)


def test_rows_of_other_years_are_checked_too():
    """Rows of other years are checked too."""
    (problem,) = refused({"residents": put(with_column(RESIDENTS, year=[2019, 2019, 2020, 2020]), "persons", 0, -1)})
    assert (problem.row, problem.value) == (0, -1)


# options


@pytest.mark.parametrize(
    "call", [evaluated, checked, lambda tables, **options: ei.condense(soc_trang_2020, tables, **options)]
)
@pytest.mark.parametrize("year", [True, False, "2020", "hai nghìn", 2020.5, 2020.0, [2020], 1820, 2101, -1])
def test_a_year_that_is_none_is_refused(call: Any, year: Any):
    """year= takes a whole number from 1900 to 2100; the message names what was given and what is expected."""
    with pytest.raises((TypeError, ValueError), match=r"(?i)year is .*expected") as caught:
        call({"residents": RESIDENTS}, year=year)
    assert repr(year) in str(caught.value)


@pytest.mark.parametrize("by", [5, [5], [None]])
def test_by_takes_names(by: Any):
    """by= takes names of columns; anything else raises a TypeError that says so."""
    with pytest.raises(TypeError, match="by takes the names of columns"):
        evaluated({"residents": RESIDENTS}, by=by)


def test_an_unknown_language_is_refused():
    """lang= is "vi" or "en"."""
    with pytest.raises(ValueError, match="'vi', 'en'"):
        evaluated({"residents": RESIDENTS}, lang="fr")
    with pytest.raises(ValueError, match="'vi', 'en'"):
        evaluated({"residents": RESIDENTS}).with_lang("fr")


@pytest.mark.parametrize(
    ("readings", "error", "words"),
    [
        ({"rural_waters": "persons"}, KeyError, "rural_water"),
        ({"new_facilities": "one_kinds"}, KeyError, "one_kind"),
        ({"rural_water": "households"}, ValueError, "proxy"),
        ({"urban_waste": "of_collected"}, ValueError, "statistic"),
    ],
)
def test_readings_put_first_are_text_readings_of_the_target(readings: Any, error: type[Exception], words: str):
    """readings= takes known targets and text readings of them."""
    with pytest.raises(error, match=words):
        evaluated({"residents": RESIDENTS}, readings=readings)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rural_waters", "rural_water"),
        (("rural_water", "Mỹ Tu"), "did you mean 'Mỹ Tú'"),
        (("rural_water", "nowhere"), "nowhere"),
        (("rural_waters", "Mỹ Tú"), "rural_water"),
        (("rural_water", "Mỹ Tú", 2020), "card"),
    ],
)
def test_unknown_targets_and_groups_are_answered_with_the_nearest(key: Any, words: str):
    """A key that the card has not raises a KeyError that names the nearest."""
    card = evaluated({"residents": RESIDENTS}, by="area")
    with pytest.raises(KeyError, match=words):
        card[key]


def test_a_group_of_a_card_without_groups_is_answered_with_by():
    """A card without groups says that by= was not given."""
    with pytest.raises(KeyError, match="by="):
        evaluated({"residents": RESIDENTS})["rural_water", "Mỹ Tú"]


def test_an_unknown_reading_is_answered_with_the_readings():
    """A reading that the target has not raises a KeyError."""
    with pytest.raises(KeyError, match="household"):
        evaluated({"residents": RESIDENTS})["rural_water"].under("household")


@pytest.mark.parametrize("backend", ["spark", "", "Pandas", 5])
def test_an_unknown_backend_is_refused(backend: Any):
    """to_frame knows pandas, polars, pyarrow and rows."""
    with pytest.raises(ValueError, match="'pandas', 'polars', 'pyarrow'"):
        evaluated({"residents": RESIDENTS}, by="area").to_frame(backend=backend)


def test_an_expected_total_that_differs_is_refused_with_both_numbers():
    """A total that differs from the one that came is refused with both numbers."""
    rows = [{"area": "Mỹ Tú", "settlement": "rural", "persons": 4001}]
    (problem,) = refused({"residents": RESIDENTS}, expected={"residents": rows})
    assert (problem.table, problem.row, problem.column) == ("residents", 0, "persons")
    for lang in ("en", "vi"):
        assert re.search("4001|4[,.]001", problem.in_(lang))
        assert re.search("4000|4[,.]000", problem.in_(lang))
        assert "Mỹ Tú" in problem.in_(lang)


@pytest.mark.parametrize("value", ["Mỹ Tú", 5, {"area": "A"}])
def test_what_is_expected_of_a_table_that_did_not_come_is_read_too(value: Any):
    """A wrong form of expected= is refused though its table did not come."""
    (problem,) = refused({"residents": RESIDENTS}, expected={"waste": value})
    assert (problem.table, problem.column) == ("waste", "expected")


# cells


def cells_of(table: dict[str, list[Any]], key: str = "residents", **options: Any) -> ei.Cells:
    return condense(soc_trang_2020, {key: table}, **{"year": 2020, **options})


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"by": "area"}, {}, "by"),
        ({"by": ["area", "year"]}, {"by": ["year", "area"]}, "by"),
        ({"units": {"residents": "person"}}, {}, "their forms"),
        ({"layout": {"residents": "counts"}}, {}, "their forms"),
        ({"totals": "keep"}, {"totals": "drop"}, "their forms"),
    ],
)
def test_cells_of_other_options_are_not_added(first: dict[str, Any], second: dict[str, Any], words: str):
    """Cells add only if by and the forms of their tables are the same."""
    other = {**RESIDENTS, "area": ["A", "A", "B", "B"]}
    with pytest.raises(ValueError, match=words):
        cells_of(RESIDENTS, **first) + cells_of(other, **second)


def test_cells_of_another_programme_are_neither_added_nor_evaluated():
    """Cells add, and are evaluated, under their own programme only."""
    other = ei.Programme("other", soc_trang_2020.name, soc_trang_2020.document, targets=soc_trang_2020.targets[:2])
    cells = ei.condense(other, {"residents": RESIDENTS}, year=2020)
    with pytest.raises(ValueError, match="programme"):
        cells + cells_of(RESIDENTS)
    with pytest.raises(ValueError, match="cells are of"):
        ei.evaluate(soc_trang_2020, cells, year=2020)


def test_by_is_not_given_again():
    """by= is said when cells are condensed, not again."""
    with pytest.raises(ValueError, match="by="):
        evaluated(cells_of(RESIDENTS), by="area")


@pytest.mark.parametrize(
    ("key", "table"),
    [
        pytest.param("residents", RESIDENTS, id="counts"),
        pytest.param("residents", FLAGGED, id="weighted records"),
        pytest.param("waste", WASTE, id="nested counts"),
        pytest.param("establishments", ESTABLISHMENTS, id="margins"),
        pytest.param("residents", {**RESIDENTS, "hygienic_water": [None] * 4}, id="blank parts"),
    ],
)
def test_the_same_file_twice_is_refused(key: str, table: dict[str, list[Any]]):
    """Adding the same file twice is refused, naming the table and the key."""
    cells = cells_of(table, key)
    with pytest.raises(ei.InvalidTable) as caught:
        cells + cells
    assert {each.table for each in caught.value.problems} == {key}
    assert "Kế Sách" in str(caught.value)


def test_a_row_that_came_with_numbers_and_again_with_blanks_is_refused():
    """What is a duplicate in one table is one across pieces: blank parts have no layout of their own."""
    blank = {**RESIDENTS, "hygienic_water": [None] * 4}
    together = {name: [*RESIDENTS[name], *blank[name]] for name in RESIDENTS}
    assert [each.row for each in refused({"residents": together})] == [4, 5, 6, 7]
    with pytest.raises(ei.InvalidTable):
        cells_of(RESIDENTS) + cells_of(blank)


def test_where_every_part_is_missing_the_layout_does_not_matter():
    """Where every part is missing the layout does not matter: the cells are the same."""
    blank = {**RESIDENTS, "hygienic_water": [None] * 4}
    tables = [
        cells_of(blank, layout=layout).tables for layout in (None, {"residents": "counts"}, {"residents": "weighted"})
    ]
    assert tables[0] == tables[1] == tables[2]


def test_the_same_records_twice_in_one_table_are_refused():
    """In records the same id within a year is refused, in whatever row it stands."""
    twice = {name: values * 2 for name, values in RECORDS.items()}
    assert [(each.row, each.column, each.value) for each in refused({"establishments": twice})] == [
        (3, "id", "a"),
        (4, "id", "b"),
        (5, "id", "c"),
    ]


def test_one_id_in_two_years_is_two_records():
    """An id stands once a year, so the same in two years is none too many."""
    both = {name: values * 2 for name, values in RECORDS.items()}
    both["year"] = [2019] * 3 + [2020] * 3
    both["built"] = [2016, 2010, 2018] * 2
    assert (
        evaluated({"establishments": both})["new_facilities"].tally
        == evaluated({"establishments": with_column(RECORDS, year=2020)})["new_facilities"].tally
    )


def test_cells_of_several_years_want_a_year():
    """evaluate(cells) of several years wants year= as frames do."""
    cells = cells_of(with_column(RESIDENTS, year=[2019, 2019, 2020, 2020]), year=None)
    with pytest.raises(ei.InvalidTable, match="2019, 2020"):
        ei.evaluate(soc_trang_2020, cells)


# nothing is repaired, nothing is dropped


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_wrong_cell_never_becomes_a_card(case: Case):
    """What is wrong is refused by condense as well; no wrong cell is repaired or left out."""
    options = {name: value for name, value in case.options.items() if name != "expected"}
    between = {"years mixed", "years that differ between tables", "a year that the table does not hold"}
    if "expected" in case.options or case.name in between or "does not hold" in case.name:
        pytest.skip("found when cells are evaluated")
    with pytest.raises(ei.InvalidTable):
        condense(soc_trang_2020, case.tables, **{"year": 2020, **options})


def test_problems_are_plain_values():
    """A Problem has table, row, column, value, expected and severity, compares, and can be pickled."""
    (problem,) = refused({"residents": put(RESIDENTS, "persons", 1, -2000)})
    assert problem == pickle.loads(pickle.dumps(problem))
    assert hash(problem) == hash(copy.copy(problem))
    assert type(problem.row) is int
    assert type(problem.value) is int
    with pytest.raises(ValueError):
        ei.Problem("residents", 0, "persons", 1, "x", severity="bad")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_values_of_problems_are_python_objects(kind: str):
    """Values and rows are Python objects, not those of an engine."""
    problems = refused({"residents": frame(put(put(RESIDENTS, "persons", 1, -2000), "area", 2, ""), kind)})
    assert {type(each.row) for each in problems} == {int}
    assert {type(each.value) for each in problems} <= {int, float, str}


def test_a_fraction_is_no_count():
    """Fractions are no numbers that tables hold; nothing is rounded."""
    (problem,) = refused({"residents": put(RESIDENTS, "persons", 1, Fraction(4000, 2))})
    assert (problem.row, problem.value) == (1, Fraction(2000))


def test_the_context_of_decimals_is_left_alone():
    """Reading decimals depends on no context of the caller's, and changes none."""
    given = {
        "area": ["A"],
        "stream": ["medical"],
        "generated": [1234567.891],
        "collected": [1.5],
        "treated_to_standard": [1],
    }
    with decimal.localcontext() as context:
        context.prec = 3
        card = evaluated({"waste": given})
        assert context.prec == 3
        assert not context.flags[decimal.Inexact]
    assert card["medical_waste"].tally == ei.Tally(1000, 1_234_566_891)
