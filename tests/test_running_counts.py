"""Records of many pieces are counted as one: however keys and kinds become more, and however few places there are."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei
from envindicators.ingest import collect, counts, ids
from envindicators.programmes import soc_trang_2020

PIECES = st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 4)), max_size=12), max_size=8)


@given(PIECES, st.sampled_from([0, 8, 1 << 25]), st.sampled_from([2, 2**31]))
def test_counts_are_those_of_all_rows_whatever_room_there_is(pieces, room, overflows):
    """Among no places, among few at first, and among one for each; the codes are handed out as they come."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "_ROOM", room)
        patch.setattr(counts, "_OVERFLOWS", overflows)
        found, known = counts.Counts(), [dict[int, int]() for _ in range(3)]
        for piece in filter(None, pieces):
            rows = np.array(piece)
            levels = [np.unique(column) for column in rows.T]
            for held, of_column in zip(known, levels, strict=True):
                for level in of_column.tolist():
                    held.setdefault(level, len(held))
            codes = [np.array([held[level] for level in own.tolist()]) for held, own in zip(known, levels, strict=True)]
            columns = [np.searchsorted(own, column) for own, column in zip(levels, rows.T, strict=True)]
            found.add([len(held) for held in known], codes, columns, len(rows))
    every = Counter(row for piece in pieces for row in piece)
    if not every:
        return
    values = [list(held) for held in known]
    keys = [tuple(of[code] for of, code in zip(values, key, strict=False)) for key in zip(*found.occurring())]
    assert sorted(keys) == sorted({row[:2] for row in every})
    place = np.argsort(np.argsort(np.array([7 * key[0] + key[1] for key in keys])))
    kinds = np.argsort(values[2])
    site, kind, weight = found.ordered(place, kinds)
    cells = list(zip(site.tolist(), kind.tolist(), strict=True))
    assert cells == sorted(set(cells))
    in_order = sorted(keys)
    told = {
        (*in_order[at], sorted(values[2])[of]): units for (at, of), units in zip(cells, weight.tolist(), strict=True)
    }
    assert told == dict(every)


def establishments(rows, areas):
    random = np.random.default_rng(rows)
    return pd.DataFrame(
        {
            "id": np.arange(rows),
            "area": [f"area {code}" for code in random.integers(0, areas, rows)],
            "year": random.choice([2019, 2020], rows),
            "activity": random.choice(["production", "business", "both", "other", None], rows),
            "built": random.integers(2012, 2019, rows),
            "meets_standards": random.choice([True, False, None], rows),
        }
    )


@pytest.mark.parametrize("room", [0, 1000, 1 << 25])
def test_pieces_give_the_cells_of_the_whole(monkeypatch, room):
    """In another order, with areas that come late, and with a piece that lacks a column of keys."""
    monkeypatch.setattr(counts, "_ROOM", room)
    frame = establishments(400, 40)
    whole = ei.condense(soc_trang_2020, {"establishments": frame}, by="area")
    pieces = [frame[250:], frame[:7], frame[:0], frame[7:250]]
    assert ei.condense(soc_trang_2020, {"establishments": iter(pieces)}, by="area") == whole
    of_2020 = frame.assign(year=2020)
    whole = ei.condense(soc_trang_2020, {"establishments": of_2020}, by="area", year=2020)
    pieces = [of_2020[:100], of_2020[100:300].drop(columns="year"), of_2020[300:]]
    assert ei.condense(soc_trang_2020, {"establishments": iter(pieces)}, by="area", year=2020) == whole


def test_keys_beyond_64_bits_are_counted_piece_by_piece(monkeypatch):
    monkeypatch.setattr(counts, "CODES", 3000)
    frame = establishments(400, 40)
    pieces = [frame[start : start + 80] for start in range(0, 400, 80)]
    whole = ei.condense(soc_trang_2020, {"establishments": frame}, by="area")
    assert ei.condense(soc_trang_2020, {"establishments": pieces}, by="area") == whole


def test_of_many_pieces_the_first_blanks_are_listed_and_all_are_counted():
    frame = establishments(900, 3)
    pieces = [frame[start : start + 100] for start in range(0, 900, 100)]
    for given_frame in (frame, iter(pieces)):
        cells = ei.condense(soc_trang_2020, {"establishments": given_frame}, by="area")
        blank = [each for each in cells.problems if each.kind == "blank_category"]
        expected = np.flatnonzero(frame["activity"].isna())
        assert [_place(each) for each in blank] == expected[:100].tolist()
        assert cells.problems.counts["establishments", "activity", "blank_category"] == len(expected)


def _place(problem):
    """Return the row of a problem in all pieces, of a hundred rows each."""
    piece = 1 if problem.source is None else int(problem.source.removeprefix("piece "))
    return 100 * (piece - 1) + problem.row


@pytest.mark.parametrize("bytes_a_code", [-1, 1 << 20])
@pytest.mark.parametrize("batch", [7, 350_000])
def test_texts_of_parquet_are_read_as_codes_or_as_they_are_written_out(monkeypatch, tmp_path, bytes_a_code, batch):
    pytest.importorskip("pyarrow.parquet")
    from envindicators.frames import parquet

    monkeypatch.setattr(parquet, "_DICTIONARY", 0)
    monkeypatch.setattr(parquet, "_BYTES_A_CODE", bytes_a_code)
    monkeypatch.setattr(parquet, "_BATCH", batch)
    frame = establishments(60, 20)
    for number, start in enumerate(range(0, 60, 20)):
        frame[start : start + 20].to_parquet(tmp_path / f"{number}.parquet", row_group_size=9, index=False)
    scanned = ei.scan(tmp_path / "*.parquet")
    whole = ei.condense(soc_trang_2020, {"establishments": frame}, by="area")
    assert ei.condense(soc_trang_2020, {"establishments": scanned}, by="area") == whole


def test_ids_of_batches_are_not_kept_once_there_are_many(monkeypatch):
    """They were, by the pieces themselves: 8 bytes for each row of the table."""
    monkeypatch.setattr(ids, "KEPT", 20)
    kept = []
    monkeypatch.setattr(collect, "RowsOfIds", lambda *given: kept.append(ids.RowsOfIds(*given)) or kept[-1])
    frame = establishments(60, 5)
    pieces = [frame[start : start + 10] for start in range(0, 60, 10)]
    ei.condense(soc_trang_2020, {"establishments": pieces}, by="area")
    (rows_of_ids,) = kept
    assert len(rows_of_ids.pieces) == len(pieces)
    assert all(raw is None and piece.raw_ids is None for piece, raw in rows_of_ids.pieces)
