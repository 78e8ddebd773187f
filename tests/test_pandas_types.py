"""However pandas and numpy hold a value, it is the same value, or the same problem comes."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

import envindicators as ei
from envindicators.ingest.columns import factorized
from envindicators.programmes import soc_trang_2020

DATA = {
    "area": ["Kế Sách", "Mỹ Tú", "Kế Sách", "Vĩnh Châu", "Mỹ Tú"],
    "activity": ["production", None, "both", "other", "business"],
    "id": [3, 1, 2, 5, 4],
    "built": [2015, None, 2010, 2016, 2015],
    "clean_technology": [True, None, False, True, False],
    "meets_standards": [False, True, None, None, True],
}
LENGTH = len(DATA["area"])


def evaluated(frame, by="area", table="establishments"):
    return ei.evaluate(soc_trang_2020, {table: frame}, year=2020, by=by)


def framed(**columns):
    return pd.DataFrame({name: columns.get(name, values) for name, values in DATA.items()}, columns=list(DATA))


EXPECTED = evaluated([dict(zip(DATA, row, strict=True)) for row in zip(*DATA.values(), strict=True)])


def objects(values):
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def blanks(values):
    """Return values with each of pandas' missing values in turn for None."""
    marks = iter([np.nan, pd.NA, pd.NaT, None, float("nan")] * len(values))
    return objects([next(marks) if value is None else value for value in values])


def categories(values, *unused, ordered=False):
    """Return a categorical whose categories are out of order, some of them unused."""
    known = list(dict.fromkeys(value for value in values if value is not None))[::-1]
    return pd.Categorical(values, categories=[*unused, *known], ordered=ordered)


def read_only(values):
    values = np.asarray(values)
    values.flags.writeable = False
    return values


def strided(values):
    """Return every other value of an array twice as long."""
    return np.repeat(np.asarray(values), 2)[::2]


def numpy_scalars(values):
    """Return values as scalars of numpy and of Python in turn."""
    known = [value for value in values if value is not None]
    if isinstance(known[0], bool):
        kinds = [np.bool_, bool]
    elif isinstance(known[0], str):
        kinds = [np.str_, str]
    else:
        kinds = [np.int16, int, np.uint64, np.int64]
    return objects([None if value is None else kinds[row % len(kinds)](value) for row, value in enumerate(values)])


HOLDERS = {
    "objects": {name: objects for name in DATA},
    "blanks": {name: blanks for name in DATA},
    "numpy scalars": {name: numpy_scalars for name in DATA},
    "categories": {name: categories for name in DATA},
    "unused categories of text": {
        name: lambda values: categories(values, "unused", "") for name in ("area", "activity")
    },
    "unused categories of numbers": {name: lambda values: categories(values, -5, 10**9) for name in ("built", "id")},
    "unused categories of other kinds": {
        name: lambda values: categories(values, 1.5, "x", datetime.date(2020, 1, 1)) for name in DATA
    },
    "ordered categories": {name: lambda values: categories(values, ordered=True) for name in DATA},
    "nullable": {
        "area": lambda values: pd.array(values, dtype="string[python]"),
        "activity": lambda values: pd.array(values, dtype="string[pyarrow]"),
        "id": lambda values: pd.array(values, dtype="Int8"),
        "built": lambda values: pd.array(values, dtype="UInt16"),
        "clean_technology": lambda values: pd.array(values, dtype="boolean"),
        "meets_standards": lambda values: pd.array(values, dtype="Int64"),
    },
    "floats": {
        "built": lambda values: np.array(values, dtype=np.float32),
        "clean_technology": lambda values: np.array(values, dtype=np.float16),
        "meets_standards": lambda values: pd.array(values, dtype="Float32"),
    },
    "long floats": {"built": lambda values: np.array(values, dtype=np.longdouble)},
    "sparse": {
        "id": lambda values: pd.arrays.SparseArray(values, fill_value=3),
        "built": lambda values: pd.arrays.SparseArray(np.array(values, dtype=float)),
    },
    "big ends": {
        "id": lambda values: np.array(values, dtype=">i8"),
        "built": lambda values: np.array(values, dtype=">f4"),
    },
    "unsigned big ends": {"id": lambda values: np.array(values, dtype=">u8")},
    "read-only": {"id": read_only, "area": lambda values: read_only(objects(values))},
    "strided": {"id": strided, "clean_technology": lambda values: strided(objects(values)),
                "area": lambda values: strided(objects(values))},
    "backwards": {"id": lambda values: np.array(values[::-1])[::-1],
                  "clean_technology": lambda values: objects(values[::-1])[::-1]},
    "fixed width": {"area": np.array},
}  # fmt: skip


@pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
def test_a_value_is_the_same_value(held):
    frame = framed(**{name: how(DATA[name]) for name, how in held.items()})
    assert evaluated(frame) == EXPECTED
    assert evaluated(frame.set_axis([7] * LENGTH)) == EXPECTED


@pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
def test_so_in_a_dict_of_lists(held):
    columns = {name: held[name](values) if name in held else values for name, values in DATA.items()}
    if all(isinstance(values, (list, np.ndarray)) for values in columns.values()):
        assert evaluated(columns) == EXPECTED


@pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
def test_so_in_arrow_types_of_pandas(held):
    pytest.importorskip("pyarrow")
    for name in held:
        values = pd.Series(DATA[name], dtype=object).convert_dtypes(dtype_backend="pyarrow")
        assert evaluated(framed(**{name: values})) == EXPECTED


DAYS = [datetime.date(2020, 5, 1), datetime.date(2020, 5, 2), datetime.date(2020, 5, 1)]
TIMES = {unit: lambda days, unit=unit: pd.Series(days, dtype=f"datetime64[{unit}]") for unit in ("s", "ms", "us", "ns")}
TIMES["categories"] = lambda days: pd.Series(pd.Series(days, dtype="datetime64[ns]"), dtype="category")
TIMES["objects"] = lambda days: pd.Series(days, dtype="datetime64[s]").astype(object)
TIMES["date32"] = lambda days: pd.Series(days, dtype=pd.ArrowDtype(pytest.importorskip("pyarrow").date32()))
TIMES["timestamp"] = lambda days: pd.Series(days, dtype="datetime64[us]").convert_dtypes(dtype_backend="pyarrow")


def water(**columns):
    return {"persons": [10, 20, 30], "settlement": ["rural", "urban", "urban"], "hygienic_water": [5, 20, 7]} | columns


@pytest.mark.parametrize("how", [name for name in TIMES if name != "objects"])
def test_days_are_keys(how):
    frame = pd.DataFrame(water()).assign(day=TIMES[how](DAYS))
    assert evaluated(frame, "day", "residents") == evaluated(water(day=DAYS), "day", "residents")


def test_days_are_keys_in_a_workbook(tmp_path):
    pd.DataFrame(water(day=DAYS)).to_excel(tmp_path / "a.xlsx", index=False)
    files = ei.scan(tmp_path / "a.xlsx")
    assert evaluated(files, "day", "residents") == evaluated(water(day=DAYS), "day", "residents")


def problems(frame, table="establishments", by="area"):
    return [(each.kind, each.row, each.column) for each in ei.check(soc_trang_2020, {table: frame}, year=2020, by=by)]


@pytest.mark.parametrize("how", TIMES)
def test_dates_with_a_blank_give_the_problem_that_other_frames_get(how):
    days = [DAYS[0], None, DAYS[1], None, DAYS[2]]
    rows = [dict(zip(DATA, row, strict=True)) for row in zip(*(DATA | {"built": days}).values(), strict=True)]
    assert ("year_value", 2, "built") in problems(rows)
    assert problems(framed(built=TIMES[how](days))) == problems(rows)


def test_a_column_of_times_of_which_one_is_midnight_is_of_one_kind():
    times = pd.to_datetime(["2020-01-01 00:00", "2020-01-01 12:00", "2020-01-02 08:30"])
    card = evaluated(pd.DataFrame(water()).assign(hour=times), "hour", "residents")
    assert card.groups == [time.to_pydatetime() for time in times]


ODD = {
    "timedelta": pd.to_timedelta([1, None, 2, 3, 4], unit="D"),
    "period": pd.PeriodIndex(["2015-01", None, "2016-01", "2016-02", "2016-03"], freq="M"),
    "interval": pd.IntervalIndex.from_tuples([(1, 2), (2, 3), (3, 4), (4, 5), None]),
    "complex": np.array([1j, 2, 3, np.nan, 5]),
    "zoned": pd.to_datetime(["2015-01-01", None, "2016-01-01", "2016-02-01", "2016-03-01"]).tz_localize("Asia/Saigon"),
    "bytes": np.array([b"x", b"y", b"z", b"x", b"y"]),
    "lists": objects([[1], [2], None, [3], [4]]),
}  # fmt: skip


@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
@pytest.mark.parametrize("column", ["area", "activity", "built", "clean_technology", "id"])
def test_what_is_no_value_is_a_problem_of_its_column(values, column):
    found = ei.check(soc_trang_2020, {"establishments": framed(**{column: values})}, year=2020, by="area").errors
    assert {each.column for each in found} == {column}


def test_floats_of_32_bits_are_read_by_their_digits_and_refused_where_they_lose_them():
    row = {"stream": "medical", "collected": 0, "treated_to_standard": 0}
    frame = pd.DataFrame([row]).assign(generated=np.array([0.1], dtype=np.float32))
    assert evaluated(frame, None, "waste")["medical_waste"].tally == ei.Tally(0, 100)
    for given in (frame, pytest.importorskip("polars").from_pandas(frame)):
        assert evaluated(given, None, "waste")["medical_waste"].tally == ei.Tally(0, 100)
    large = frame.assign(generated=np.array([2**24], dtype=np.float32))
    with pytest.raises(ei.InvalidTable, match=r"below 2\^24"):
        evaluated(large, None, "waste")


MANY = 20_000
MIXTURES = {
    "text": ["Kế Sách", "Mỹ Tú", "Vĩnh Châu"],
    "text and blanks": ["Kế Sách", None, "Mỹ Tú", np.nan, pd.NA],
    "flags and blanks": [True, False, None, np.nan, pd.NA],
    "flags": [True, False],
    "flags and something else": [True, False, None, 1],
    "numbers and flags": [1, True, 0, False, 1.0],
    "numbers": [3, -1, 2**40],
    "numbers and blanks": [3, None, 2**40, np.nan],
    "floats": [0.1, np.nan, 2.5],
    "text and numbers": ["1", 1, 1.0, None],
    "days": [datetime.date(2020, 1, 1), None, datetime.date(2020, 1, 2)],
    "blanks": [None, np.nan, pd.NaT],
}


@pytest.mark.parametrize("values", MIXTURES.values(), ids=MIXTURES)
@pytest.mark.parametrize("length", [7, MANY])
@pytest.mark.parametrize("shared", [True, False])
def test_many_objects_are_read_as_each_alone(values, length, shared):
    from envindicators.frames.open import open_frame

    chosen = np.random.default_rng(length).integers(0, len(values), length).tolist()
    held = [values[place] for place in chosen]
    if not shared:  # as many objects as rows, where there can be
        held = ["".join(list(each)) if isinstance(each, str) else each for each in held]
        held = [each + 0.0 if isinstance(each, float) else each for each in held]
    frame = pd.DataFrame({"column": pd.Series(held, dtype=object)})
    column = open_frame(frame).read("column")
    expected = [None if each is None or pd.isna(each) else each for each in held]
    assert column.objects() == expected
    assert list(map(type, column.objects())) == list(map(type, expected))
    assert column.blank.tolist() == [each is None for each in expected]
    assert column.kind == open_frame({"column": held}).read("column").kind
    codes = factorized(column)
    assert [None if code < 0 else codes.levels[code] for code in codes.codes.tolist()] == expected
