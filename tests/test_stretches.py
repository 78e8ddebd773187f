"""Law: rows counted stretch by stretch are the cells that come of the same rows one by one."""

from __future__ import annotations

import collections
import importlib

import numpy as np
import pandas as pd
import pytest
from defined import _clause, _document
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.cells import grouping
from envindicators.cells.sums import MISSING_VALUE, largest
from envindicators.frames import stretches as in_frames
from envindicators.ingest import counting, stretches
from envindicators.ingest.values import Values


@st.composite
def rows_of_keys(draw):
    """Draw rows that stand in stretches: their keys, two columns of codes, kinds of patterns, and values."""
    lengths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=12))
    site = np.repeat(draw(st.lists(st.integers(0, 4), min_size=len(lengths), max_size=len(lengths))), lengths)
    sizes = draw(st.sampled_from([(), (1,), (3,), (2, 4), (3, 2)]))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    columns = [(chance.integers(0, size, len(site)).astype(np.int8), size) for size in sizes]
    kinds = np.array(draw(st.permutations(range(int(np.prod(sizes, dtype=int))))))
    if len(kinds) > 2 and draw(st.booleans()):
        kinds[kinds == kinds.max()] = 0  # patterns that no question tells apart
    values = chance.integers(-50, 50, (len(site), draw(st.integers(0, 2)))) * draw(st.sampled_from([1, 2**40]))
    values[chance.random(values.shape) < 0.2] = MISSING_VALUE
    return site.astype(draw(st.sampled_from([np.int8, np.int32]))), columns, kinds, values


def one_by_one(site, columns, kinds, values):
    """Return the same cells by looking at every row."""
    counts, sums = collections.Counter(), collections.defaultdict(lambda: [0] * (3 * values.shape[1]))
    for row, key in enumerate(site.tolist()):
        pattern = 0
        for codes, size in columns:
            pattern = pattern * size + int(codes[row])
        cell = key, int(kinds[pattern])
        counts[cell] += 1
        for place, value in enumerate(values[row].tolist()):
            part = 2 if value == MISSING_VALUE else 0 if value < 0 else 1
            sums[cell][3 * place + part] += 1 if part == 2 else value
    cells = sorted(counts)
    return cells, [counts[cell] for cell in cells], [sums[cell] for cell in cells]


@given(rows_of_keys(), st.sampled_from([4, 64, 1 << 16]))
def test_stretches_are_what_their_rows_are_one_by_one(rows, slice_of_rows):
    site, columns, kinds, values = rows
    length = len(site)
    starts = np.unique(np.concatenate([np.arange(0, length, slice_of_rows), grouping.stretches(site)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "CHUNK", slice_of_rows)
        cells, sums = stretches.cells_by_stretch(starts, site[starts], columns, kinds, length, values)
    by_row = counting._by_row(site, 5, counting.Kinds(kinds, columns), length, Values(values, largest(values)))
    for (sites, of_kind, weight), added in ((cells, sums), by_row):
        expected = one_by_one(site, columns, kinds, values)
        assert list(zip(sites.tolist(), of_kind.tolist(), strict=True)) == expected[0]
        assert weight.tolist() == expected[1]
        assert added.tolist() == (expected[2] if values.shape[1] else [])


@given(st.lists(st.integers(0, 3), max_size=50), st.sampled_from([2, 5, 1 << 16]))
def test_stretches_begin_where_a_value_is_another(values, slice_of_rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_frames, "STEP", slice_of_rows)
        patch.setattr(in_frames, "_ROWS_A_STRETCH", 0)
        starts = grouping.stretches(np.array(values, dtype=np.int64))
    assert starts.tolist() == [row for row in range(len(values)) if row == 0 or values[row] != values[row - 1]]


def test_rows_in_no_order_have_no_stretches():
    mixed = np.arange(3 * grouping.CHUNK) % 7
    assert grouping.stretches(mixed) is None
    assert len(grouping.stretches(np.sort(mixed))) == 7


DAYS = ei.Table(
    "days",
    ei.Unit("day", "days"),
    total="days",
    parts=["fair"],
    id="day",
    values=[ei.Value("warmth", ei.Unit("degree", "degrees", grain=10), limits=("-100 degree", "100 degree"))],
)


def test_the_order_of_many_rows_changes_nothing():
    chance = np.random.default_rng(7)
    length = 200_000
    frame = pd.DataFrame({"area": np.sort(chance.integers(0, 50, length)), "day": np.arange(length)})
    frame["fair"] = pd.array(chance.random(length) < 0.4, dtype="boolean")
    frame.loc[chance.random(length) < 0.02, "fair"] = pd.NA
    frame["warmth"] = np.round(chance.normal(0, 10, length), 1)
    frame.loc[chance.random(length) < 0.02, "warmth"] = np.nan
    fair = ei.Mean("fair", "Warmth of fair days", table=DAYS, of="warmth", where=ei.flag("fair"))
    target = ei.Target("t", _clause(), 2020, fair.at_least("1 degree"))
    programme = ei.Programme("p", "p", _document(), [target])
    held = [frame, frame.sample(frac=1, random_state=1)]
    cards = [ei.evaluate(programme, {"days": each}, year=2020, by="area") for each in held]
    assert cards[0].groups == cards[1].groups


@given(
    st.lists(st.lists(st.sampled_from(["A", "a", "", "Mỹ Tú", None]), max_size=12), min_size=1, max_size=4),
    st.sampled_from([1, 3, 1 << 16]),
    st.sampled_from([0, 2, 1 << 20]),
    st.sampled_from(["string", "large_string", "polars"]),
)
def test_texts_are_what_they_are_however_many_lie_together(chunks, step, rows_a_stretch, kind):
    texts = [text for chunk in chunks for text in chunk]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_frames, "STEP", step)
        patch.setattr(in_frames, "_ROWS_A_STRETCH", rows_a_stretch)
        if kind == "polars":
            pl, polars = pytest.importorskip("polars"), importlib.import_module("envindicators.frames.polars")
            patch.setattr(polars, "STEP", step)
            patch.setattr(polars, "_ROWS_A_TEXT", step / 100)
            column = polars.read_series(pl.Series(texts, dtype=pl.String))
        else:
            pa = pytest.importorskip("pyarrow")
            held = pa.chunked_array(chunks, getattr(pa, kind)())
            column = importlib.import_module("envindicators.frames.arrow").read_chunked(held)
    assert [column.value(row) for row in range(len(column))] == texts
    assert column.blank.tolist() == [text is None for text in texts]
