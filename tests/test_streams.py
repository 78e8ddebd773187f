"""Tables that come from an engine in batches end where they end, or fail: never early and in silence."""

from __future__ import annotations

import threading
import warnings

import pytest

import envindicators as ei
from envindicators.frames.open import open_table
from envindicators.programmes import soc_trang_2020

ROWS = 300_000


def residents(broken):
    """Return a lazy plan of residents of whom all have water, but that its last row cannot be computed."""
    pl = pytest.importorskip("polars")
    numbers = pl.LazyFrame({"number": range(ROWS)})
    persons = pl.when(pl.col("number") == (ROWS - 1 if broken else -1)).then(pl.lit("many")).otherwise(pl.lit("1"))
    return numbers.select(
        area=pl.lit("A") + (pl.col("number") // 2).cast(pl.String),
        settlement=pl.when(pl.col("number") % 2 == 0).then(pl.lit("rural")).otherwise(pl.lit("urban")),
        persons=persons.cast(pl.Int64),
        hygienic_water=True,
    )


def test_a_plan_that_fails_at_its_last_row_is_refused():
    with pytest.raises(ei.UnreadableTable, match="the polars LazyFrame: cannot be read"):
        ei.evaluate(soc_trang_2020, {"residents": residents(broken=True)}, year=2020)
    card = ei.evaluate(soc_trang_2020, {"residents": residents(broken=False)}, year=2020)
    assert card["rural_water"].tally == ei.Tally(ROWS // 2)


def test_rows_come_in_their_order(monkeypatch):
    monkeypatch.setattr("envindicators.frames.lazy.BATCH", 1000)
    pieces = list(open_table(residents(broken=False)).pieces(lambda names: names))
    assert sum(piece.length for piece in pieces) == ROWS
    assert len(pieces) > 1
    areas = [area for piece in pieces for area in piece.read("area").objects()]
    assert areas == [f"A{number // 2}" for number in range(ROWS)]
    assert [piece.place(0) for piece in pieces[:3]] == [0, pieces[0].length, pieces[0].length + pieces[1].length]


def test_a_stream_that_is_given_up_leaves_no_thread(monkeypatch):
    monkeypatch.setattr("envindicators.frames.lazy.BATCH", 1000)
    before = threading.active_count()
    pieces = open_table(residents(broken=False)).pieces(lambda names: names)
    next(pieces)
    pieces.close()
    assert threading.active_count() == before


def test_an_empty_plan_is_an_empty_table():
    with pytest.raises(ei.InvalidTable, match="the table has no rows"):
        ei.evaluate(soc_trang_2020, {"residents": residents(broken=False).head(0)}, year=2020)


def narwhals_frames():
    nw = pytest.importorskip("narwhals")
    stable = pytest.importorskip("narwhals.stable.v1")
    pl, pd, pa = map(pytest.importorskip, ("polars", "pandas", "pyarrow"))
    rows = {"area": ["A", "B"], "settlement": ["rural", "rural"], "persons": [10, 20], "hygienic_water": [5, 0]}
    for native in (pl.DataFrame(rows), pl.LazyFrame(rows), pd.DataFrame(rows), pa.table(rows)):
        for wrap in (nw.from_native, stable.from_native):
            yield wrap(native), native
    import duckdb

    yield nw.from_native(duckdb.from_arrow(pa.table(rows))), pa.table(rows)
    dd = pytest.importorskip("dask.dataframe")
    yield nw.from_native(dd.from_pandas(pd.DataFrame(rows), npartitions=2)), pd.DataFrame(rows)


@pytest.mark.filterwarnings("ignore:Dask support is moving")
def test_frames_of_narwhals_are_what_they_wrap_and_nothing_warns():
    for wrapped, native in narwhals_frames():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            card = ei.evaluate(soc_trang_2020, {"residents": wrapped}, year=2020, by="area")
            in_pieces = ei.evaluate(soc_trang_2020, {"residents": iter([wrapped])}, year=2020, by="area")
            listed = ei.evaluate(soc_trang_2020, {"residents": [wrapped]}, year=2020, by="area")
        assert card == in_pieces == listed == ei.evaluate(soc_trang_2020, {"residents": native}, year=2020, by="area")


@pytest.mark.parametrize("make", [str, str.encode])
def test_text_that_is_no_frame_is_shown_in_short(make):
    text = "area,persons\n" + "Kế Sách,10\n" * 300_000
    for given in (make(text), {"area": make(text)}, [make(text)]):
        with pytest.raises(ei.InvalidTable) as caught:
            ei.evaluate(soc_trang_2020, {"residents": given}, year=2020)
        assert len(str(caught.value)) < 600
        assert len(repr(caught.value.problems[0].value)) < 300
    with pytest.raises(ei.InvalidTable, match="this is the content of a file"):
        ei.evaluate(soc_trang_2020, {"residents": make(text)}, year=2020)
