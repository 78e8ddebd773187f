"""Tables that come in pieces: files, batches, generators. It does not matter how a table is cut."""

from __future__ import annotations

import itertools

import pytest
from engines import Way
from forms import evaluate
from hypothesis import given, settings
from hypothesis import strategies as st

import envindicators as ei
from envindicators.cells import grouping
from envindicators.ingest import collect, ids
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")

FLAGS = ("clean_technology", "pollution_reduction", "meets_standards")


def evaluated(table, key="establishments", **options):
    return evaluate(soc_trang_2020, {key: table}, **{"year": 2020, "by": "area"} | options)


def found(table, key="establishments", **options):
    """Return source, row, column and value of the errors."""
    problems = ei.check(soc_trang_2020, {key: table}, **{"year": 2020} | options).errors
    return [(each.source, each.row, each.column, each.value) for each in problems]


def establishments(number, area="A", **more):
    return {"id": number, "area": area, "activity": "both", "built": 2016, "meets_standards": True} | more


maybe = st.sampled_from((True, False, None))
works = st.builds(
    establishments,
    number=st.none(),
    area=st.sampled_from(("Mỹ Tú", "Kế Sách", "A", "B")),
    activity=st.sampled_from(("production", "business", "both", "other", None)),
    built=st.sampled_from((2010, 2015, 2017, None)),
    **dict.fromkeys(FLAGS, maybe),
)


@settings(max_examples=40)
@given(
    rows=st.lists(works, min_size=1, max_size=30), cuts=st.lists(st.integers(0, 30), max_size=4), spread=st.booleans()
)
def test_records_may_be_cut_anywhere(rows, cuts, spread):
    """Pieces in any number give the card of the whole, however much room there is to add them up."""
    for number, row in enumerate(rows):
        row["id"] = (number * 7) % 31 if spread else number
    whole = evaluated(rows)
    bounds = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    pieces = [rows[start:stop] for start, stop in itertools.pairwise(bounds) if start < stop]
    for space in (0, 40, 1 << 24):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(grouping, "_ROOM", space)
            patch.setattr(collect, "_PENDING", 2)
            card = evaluated(piece for piece in pieces)
        assert card == whole
        assert card.to_frame(backend="rows") == whole.to_frame(backend="rows")


@settings(max_examples=40)
@given(
    numbers=st.lists(st.one_of(st.integers(0, 12), st.sampled_from("abc")), min_size=2, max_size=14),
    years=st.lists(st.sampled_from((2019, 2020)), min_size=14, max_size=14),
    cut=st.integers(1, 13),
    kept=st.sampled_from((1, 4, 1 << 22)),
)
def test_ids_that_came_twice_are_found_however_few_can_be_kept(numbers, years, cut, kept):
    """The very rows that repeat an id of their year, also where ids are compared by reading them again."""
    whole_numbers = all(isinstance(number, int) for number in numbers)
    texts = [number if whole_numbers else str(number) for number in numbers]
    rows = [establishments(number, year=year) for number, year in zip(texts, years, strict=False)]
    seen: set[tuple[object, int]] = set()
    wanted = []
    for place, row in enumerate(rows):
        if (row["id"], row["year"]) in seen:
            wanted.append((place, row["id"]))
        seen.add((row["id"], row["year"]))
    pieces = [each for each in (rows[:cut], rows[cut:]) if each]
    starts = list(itertools.accumulate((len(each) for each in pieces), initial=0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "KEPT", kept)
        problems = ei.check(soc_trang_2020, {"establishments": _Again(pieces)}, by=["area", "year"]).errors
    got = sorted((starts[int(each.source.split()[1]) - 1] + each.row, each.value) for each in problems)
    assert got == sorted(wanted)


class _Again:
    """Frames that can be read as often as is wanted."""

    def __init__(self, pieces):
        self.pieces = pieces

    def __iter__(self):
        return iter(self.pieces)


def residents(*rows):
    names = ("area", "settlement", "persons", "hygienic_water")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_parts_of_0_and_1_are_counts_if_another_piece_says_so():
    """A piece that could be counts or flags is read like the rest of its table; refused if nothing tells."""
    doubtful, clear = residents(("A", "rural", 5, 1)), residents(("B", "rural", 7, 3))
    for pieces in ([doubtful, clear], [clear, doubtful]):
        assert evaluated(iter(pieces), "residents")["rural_water"].tally == ei.Tally(4, 8)
    (problem,) = ei.check(soc_trang_2020, {"residents": iter([doubtful, residents(("B", "rural", 7, 0))])}).errors
    assert problem.kind == "ambiguous_layout"


def test_pieces_of_two_layouts_are_refused_naming_the_later():
    pieces = [residents(("A", "rural", 5, 4)), residents(("B", "rural", 7, True))]
    (problem,) = ei.check(soc_trang_2020, {"residents": iter(pieces)}, year=2020).errors
    assert (problem.kind, problem.source, problem.value) == ("mixed_layouts", "piece 2", "weighted")


def test_totals_and_doubles_are_found_across_pieces():
    parts = residents(("A", "rural", 5, 4), ("B", "rural", 7, 3))
    total = residents(("Tổng cộng", "rural", 12, 7))
    assert found(iter([parts, total]), "residents") == [("piece 2", 0, "area", "Tổng cộng")]
    assert evaluated(iter([total, parts]), "residents", totals="drop")["rural_water"].tally == ei.Tally(7, 5)
    (problem,) = ei.check(soc_trang_2020, {"residents": iter([parts, parts[:1]])}, year=2020).errors
    assert (problem.source, problem.row) == ("piece 2", 0)
    assert "row 0 of piece 1 has the same key" in str(problem)


def test_a_piece_that_cannot_be_made_says_which_and_nothing_is_counted():
    def pieces():
        yield residents(("A", "rural", 5, 4))
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke") as caught:
        evaluated(pieces(), "residents")
    assert any("piece 2" in note for note in caught.value.__notes__)
    for piece in (3, {"area": "A", "persons": 3}):
        (problem,) = ei.check(soc_trang_2020, {"residents": iter([residents(("A", "rural", 5, 4)), piece])}).errors
        assert (problem.kind, problem.source) == ("not_a_frame", "piece 2")


def test_three_bad_rows_among_many_are_named():
    """In batches as in a frame: by their positions in the whole."""
    pl = pytest.importorskip("polars")
    size = 3_000_000
    frame = pl.DataFrame({"id": range(size), "area": "A", "activity": "both", "meets_standards": True})
    bad = {17: "bth", 1_500_000: "x", size - 1: "y"}
    lazy = frame.lazy().with_columns(
        pl.col("id").replace_strict(bad, default=pl.col("activity"), return_dtype=pl.String).alias("activity")
    )
    assert found(lazy) == [(None, row, "activity", value) for row, value in bad.items()]


# files and engines that fail


@pytest.fixture
def parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")

    def write(name, rows, **columns):
        table = pa.Table.from_pylist(rows)
        for column, kind in columns.items():
            table = table.set_column(
                table.column_names.index(column), column, table.column(column).cast(getattr(pa, kind)())
            )
        pq.write_table(table, tmp_path / name, row_group_size=2)
        return tmp_path

    return write


ROWS = residents(("A", "rural", 5, 4), ("B", "rural", 7, 3), ("C", "urban", 9, 9))


def test_mixed_types_between_files_name_file_and_column(parquet):
    folder = parquet("a.parquet", ROWS[:1])
    parquet("b.parquet", ROWS[1:], persons="string")
    assert found(ei.scan(folder / "*.parquet"), "residents")[0] == (str(folder / "b.parquet"), 0, "persons", "7")


def test_a_file_without_a_column_is_named(parquet):
    folder = parquet("a.parquet", ROWS[:1])
    parquet("b.parquet", [{"area": "B", "persons": 7, "hygienic_water": 3}])
    assert found(ei.scan(folder / "*.parquet"), "residents")[0][:3] == (str(folder / "b.parquet"), None, "settlement")


def test_flags_that_are_text_in_one_file_are_named(parquet):
    folder = parquet("a.parquet", [establishments(1), establishments(2)])
    parquet("b.parquet", [establishments(3, meets_standards="có")])
    assert found(ei.scan(folder / "*.parquet")) == [(str(folder / "b.parquet"), 0, "meets_standards", "có")]


def test_a_corrupt_file_is_named(parquet):
    folder = parquet("a.parquet", ROWS)
    whole = (folder / "a.parquet").read_bytes()
    for name, content in (("no.parquet", b"PAR1 no"), ("cut.parquet", whole[: len(whole) // 2] + whole[-8:])):
        (folder / name).write_bytes(content)
        with pytest.raises(ei.UnreadableTable, match=name):
            evaluated(ei.scan(folder / name), "residents")
        (folder / name).unlink()


def test_an_empty_glob_is_a_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file matches '.*x/\*\.parquet'"):
        ei.scan(tmp_path / "x" / "*.parquet")


def test_a_plan_that_fails_is_a_sentence():
    pl = pytest.importorskip("polars")
    lazy = pl.DataFrame(ROWS).lazy()
    with pytest.raises(ei.UnreadableTable, match=r"the polars LazyFrame.*nowhere"):
        evaluated(lazy.with_columns(pl.col("nowhere")), "residents")
    with pytest.raises(ei.UnreadableTable, match="the polars LazyFrame"):
        evaluated(lazy.with_columns(pl.col("area").cast(pl.Int64).alias("persons")), "residents")
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.from_arrow(
        Way("pyarrow")({"area": ["A"], "settlement": ["rural"]}, {"area": "text", "settlement": "text"})
    )
    with pytest.raises(ei.UnreadableTable, match="the DuckDB relation"):
        evaluated(relation.project("*, area::BIGINT AS persons"), "residents")


def test_texts_of_files_share_one_dictionary(parquet):
    """Areas, in whatever order and however often they stand in row groups and files, are the same areas."""
    rows = [establishments(number, area=f"xã {number % 5}") for number in range(20)]
    folder = parquet("a.parquet", rows[:9])
    parquet("b.parquet", rows[9:])
    assert evaluated(ei.scan(folder / "*.parquet")) == evaluated(rows)
