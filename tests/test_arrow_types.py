"""However arrow holds a value, it is the same value, or it is refused with the name of its type."""

from __future__ import annotations

import datetime
import decimal

import numpy as np
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pa = pytest.importorskip("pyarrow")

AREAS = ["Kế Sách", "Mỹ Tú", "Kế Sách", "Vĩnh Châu"]
SETTLEMENTS = ["urban", None, "rural", "rural"]
PERSONS = [10, 20, 30, 40]
WATER = [True, None, False, True]
IDS = [7, 5, 6, 4]


def residents(**columns):
    held = {"area": AREAS, "settlement": SETTLEMENTS, "persons": PERSONS, "hygienic_water": WATER} | columns
    return pa.table(held)


def evaluated(table, by="area"):
    return ei.evaluate(soc_trang_2020, {"residents": table}, year=2020, by=by)


EXPECTED = evaluated(residents())
COUNTS = [5, None, 0, 40]


def unlike(values, kind):
    """Return chunks of one text column, each with a dictionary of its own, in another order and with more in it."""
    chunks = []
    for part in (values[:2], [], values[2:]):
        levels = [*dict.fromkeys(text for text in reversed(part) if text is not None), "unused", None]
        codes = [levels.index(text) for text in part]
        chunks.append(pa.DictionaryArray.from_arrays(pa.array(codes, kind), pa.array(levels, pa.string())))
    return pa.chunked_array(chunks)


def coded(values, index, value, *, null=True):
    """Return a dictionary array, which may hold a null in its dictionary and one among its codes."""
    levels = [*dict.fromkeys(reversed([each for each in values if each is not None])), *([None] if null else [])]
    codes = [
        None if each is None and (place % 2 or not null) else levels.index(each) for place, each in enumerate(values)
    ]
    return pa.DictionaryArray.from_arrays(pa.array(codes, index), pa.array(levels, value))


def run_ends(values, kind=None):
    return pa.RunEndEncodedArray.from_arrays(pa.array(range(1, len(values) + 1), pa.int32()), pa.array(values, kind))


TEXTS = {
    "large": lambda values: pa.array(values, pa.large_string()),
    "view": lambda values: pa.array(values, pa.string_view()),
    "run ends": run_ends,
    **{
        f"{index} codes of {value}": lambda values, index=index, value=value: coded(values, index, value)
        for index in (pa.int8(), pa.uint8(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64())
        for value in (pa.string(), pa.large_string())
    },
    "codes of views": lambda values: coded(values, pa.uint32(), pa.string_view()),
    "unlike dictionaries": lambda values: unlike(values, pa.uint8()),
    "repeated in the dictionary": lambda values: pa.DictionaryArray.from_arrays(
        pa.array(range(len(values)), pa.uint8()), pa.array(values)
    ),
    "slices": lambda values: pa.array(["x", *values, "y"]).slice(1, len(values)),
}


@pytest.mark.parametrize("held", TEXTS.values(), ids=TEXTS)
def test_texts(held):
    assert evaluated(residents(area=held(AREAS))) == EXPECTED
    assert evaluated(residents(settlement=held(SETTLEMENTS))) == EXPECTED


NUMBERS = {
    **{str(kind): lambda values, kind=kind: pa.array(values, kind) for kind in (
        pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.uint64(), pa.float32(),
        pa.float64(), pa.decimal128(20, 0), pa.decimal128(38, 5), pa.decimal256(60, 2),
    )},
    "halves": lambda values: pa.array([None if each is None else np.float16(each) for each in values], pa.float16()),
    "codes": lambda values: coded(values, pa.uint8(), pa.int64()),
    "codes of decimals": lambda values: coded([None if each is None else decimal.Decimal(each) for each in values],
                                              pa.uint8(), pa.decimal128(9, 2)),
    "run ends": lambda values: run_ends(values, pa.int64()),
}  # fmt: skip


@pytest.mark.parametrize("held", NUMBERS.values(), ids=NUMBERS)
def test_numbers(held):
    assert evaluated(residents(persons=held(PERSONS))) == EXPECTED
    assert evaluated(residents(hygienic_water=held(COUNTS))) == evaluated(residents(hygienic_water=COUNTS))


FLAGS = {
    "codes": lambda values: coded(values, pa.uint8(), pa.bool_()),
    "run ends": lambda values: run_ends(values, pa.bool_()),
    "8 bits": lambda values: pa.ExtensionArray.from_storage(pa.bool8(), pa.array(values, pa.bool_()).cast(pa.int8())),
    "slices": lambda values: pa.array([True, False, False, *values, True]).slice(3, len(values)),
}


@pytest.mark.parametrize("held", FLAGS.values(), ids=FLAGS)
def test_flags(held):
    assert evaluated(residents(hygienic_water=held(WATER))) == EXPECTED


DAYS = [datetime.date(2020, 1, 1), datetime.date(2020, 1, 2), datetime.date(2020, 1, 1), datetime.date(2020, 1, 3)]
DATES = {
    **{str(kind): lambda values, kind=kind: pa.array(values, pa.date32()).cast(kind) for kind in (
        pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("ns"),
    )},
    "codes": lambda values: coded(values, pa.uint8(), pa.date32()),
    "run ends": lambda values: run_ends(values, pa.date32()),
}  # fmt: skip


@pytest.mark.parametrize("held", DATES.values(), ids=DATES)
def test_dates(held):
    rows = [
        {"day": day, "settlement": "rural", "persons": persons, "hygienic_water": persons // 2}
        for day, persons in zip(DAYS[1:], PERSONS, strict=False)
    ]
    frame = pa.Table.from_pylist(rows)
    frame = frame.set_column(0, "day", held(DAYS[1:]))
    assert evaluated(frame, "day") == evaluated(rows, "day")


@pytest.mark.parametrize(
    "kind",
    [
        pa.binary(),
        pa.large_binary(),
        pa.binary_view(),
        pa.list_(pa.int64()),
        pa.struct([("a", pa.int64())]),
        pa.duration("ns"),
        pa.time64("ns"),
        pa.month_day_nano_interval(),
    ],
    ids=str,
)
@pytest.mark.parametrize("column", ["area", "settlement", "persons", "hygienic_water"])
def test_what_is_no_value_is_a_problem_of_its_column(kind, column):
    values = {"binary": b"x", "list": [1], "struct": {"a": 1}, "duration": 5, "time": 5, "month": (1, 2, 3)}
    value = next(value for name, value in values.items() if name in str(kind))
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(residents(**{column: pa.array([value] * 4, kind)}))
    assert {(problem.table, problem.column) for problem in caught.value.problems} == {("residents", column)}


def test_a_type_that_cannot_be_read_is_named():
    years = pa.array([10**9, 10**9, 10**9, 10**9], pa.date32())
    with pytest.raises(
        ei.InvalidTable, match=r"residents, column 'area': 'date32\[day\]'; this type of column cannot be read"
    ):
        evaluated(residents(area=years))


def test_columns_of_nothing_are_columns_of_nothing():
    nothing = [None] * 4
    for column in (pa.nulls(4), pa.array(nothing, pa.string()), coded(nothing, pa.uint8(), pa.string())):
        card = evaluated(residents(hygienic_water=column))
        assert card == evaluated(residents(hygienic_water=pa.array(nothing, pa.bool_())))


def test_whole_numbers_above_64_bits_are_refused_in_a_dictionary_too():
    huge = pa.array([1, 2, 3, 2**64 - 1], pa.uint64())
    for column in (huge, huge.dictionary_encode()):
        with pytest.raises(ei.InvalidTable, match="row 3, column 'persons': 18446744073709551615"):
            evaluated(residents(persons=column))


def test_enumerations_of_engines_are_text(tmp_path):
    pl = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    plain = pl.from_arrow(residents())
    for kind in (pl.Categorical, pl.Enum(["Vĩnh Châu", "Mỹ Tú", "Kế Sách", "unused"])):
        frame = plain.with_columns(pl.col("area").cast(kind))
        assert evaluated(frame) == EXPECTED
        assert evaluated(frame.lazy()) == EXPECTED
        frame.write_parquet(tmp_path / "a.parquet")
        assert evaluated(ei.scan(tmp_path / "a.parquet")) == EXPECTED
    db = duckdb.connect()
    db.sql("CREATE TYPE districts AS ENUM ('Vĩnh Châu', 'Mỹ Tú', 'Kế Sách', 'unused')")
    db.register("plain", residents())
    relation = db.sql("SELECT * REPLACE (area::districts AS area) FROM plain")
    assert evaluated(relation) == EXPECTED
    relation.write_parquet(str(tmp_path / "b.parquet"))
    assert evaluated(ei.scan(tmp_path / "b.parquet")) == EXPECTED


@pytest.mark.parametrize("index", [pa.int8(), pa.uint8(), pa.uint16(), pa.uint32(), pa.int64()], ids=str)
@pytest.mark.parametrize("value", [pa.string(), pa.large_string()], ids=str)
def test_texts_in_parquet_files(tmp_path, index, value):
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        name: coded(values, index, value, null=False) for name, values in (("area", AREAS), ("settlement", SETTLEMENTS))
    }
    parquet.write_table(residents(**columns), tmp_path / "a.parquet", row_group_size=3)
    assert evaluated(ei.scan(tmp_path / "a.parquet")) == EXPECTED


def test_views_in_parquet_files(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = residents(area=pa.array(AREAS, pa.string_view()))
    try:
        parquet.write_table(table, tmp_path / "a.parquet", row_group_size=3)
    except pa.ArrowNotImplementedError:
        pytest.skip("this pyarrow reads views and writes none to Parquet")
    assert evaluated(ei.scan(tmp_path / "a.parquet")) == EXPECTED
