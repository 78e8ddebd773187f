"""Codes of text files and workbooks: numbers or text, the same in all files and tables of a call."""

from __future__ import annotations

import itertools

import openpyxl
import pandas as pd
import pytest

import envindicators as ei
from envindicators.cli import main
from envindicators.programmes import soc_trang_2020

PLAIN, CODES, NAMES = ["11", "12", "7"], ["01", "11", "12"], ["11", "A1", "x7"]


def residents(areas):
    return [{"area": area, "settlement": "rural", "persons": 10, "hygienic_water": 4 + place}
            for place, area in enumerate(areas)]  # fmt: skip


def waste(areas):
    return [{"area": area, "stream": "medical", "generated": 10, "collected": 4 + place, "treated_to_standard": 1}
            for place, area in enumerate(areas)]  # fmt: skip


def write(rows, path):
    """Write rows as text, in a workbook as what Excel makes of them when they are typed in."""
    if path.suffix == ".csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        sheet = openpyxl.Workbook()
        page = sheet.active
        page.append(list(rows[0]))
        for row in rows:
            plain = (
                value if not isinstance(value, str) or value[0] == "0" else _typed(value) for value in row.values()
            )
            page.append(list(plain))
        sheet.save(path)
    return ei.scan(path)


def _typed(text):
    return int(text) if text.isdecimal() else text


def evaluated(tables, **options):
    return ei.evaluate(soc_trang_2020, tables, year=2020, by="area", **options)


@pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(("one", "other"), list(itertools.product([PLAIN, CODES, NAMES], repeat=2)))
def test_tables_hold_their_areas_alike(tmp_path, suffix, one, other):
    text = not all(area in PLAIN for area in one + other)
    made = (lambda areas: areas) if text else lambda areas: list(map(int, areas))
    expected = {"residents": residents(made(one)), "waste": waste(made(other))}
    files = {
        "residents": write(residents(one), tmp_path / f"a{suffix}"),
        "waste": write(waste(other), tmp_path / f"b{suffix}"),
    }
    assert evaluated(files) == evaluated(expected)
    assert evaluated(files | {"waste": expected["waste"]}) == evaluated(expected)


@pytest.mark.parametrize("first", [".csv", ".xlsx"])
@pytest.mark.parametrize("second", [".csv", ".xlsx"])
def test_files_of_a_table_hold_their_areas_alike(tmp_path, first, second):
    write(residents(["11"]), tmp_path / f"a{first}")
    write(residents(["01", "12"]), tmp_path / f"b{second}")
    assert evaluated({"residents": ei.scan(tmp_path / "*")}).groups == ["01", "11", "12"]


def test_other_key_columns_and_ids_too(tmp_path):
    row = {"area": "1", "activity": "other", "ward": "5", "built": "2015"}
    given = [row | {"id": "8"}, row | {"id": "08", "ward": "05"}]
    write(given[:1], tmp_path / "a.csv")
    write(given[1:], tmp_path / "b.csv")
    files = ei.scan(tmp_path / "*.csv")
    card = ei.evaluate(soc_trang_2020, {"establishments": files}, year=2020, by=["area", "ward"])
    assert card.groups == [(1, "05"), (1, "5")]


def test_ids_are_compared_within_their_table_only(tmp_path):
    card = evaluated({"establishments": write(
        [{"area": "1", "id": "5", "activity": "other"}, {"area": "2", "id": "A-6", "activity": "other"}],
        tmp_path / "a.csv",
    )})  # fmt: skip
    assert card.groups == [1, 2]


@pytest.mark.parametrize("held", ["rows", "pandas", "polars", "lazy", "pyarrow", "dataset", "parquet"])
def test_text_beside_a_text_file_makes_its_codes_text(tmp_path, held):
    frame = pd.DataFrame(waste(["11", "x"]))
    if held == "parquet":
        frame.to_parquet(tmp_path / "b.parquet")
    makers = {
        "rows": lambda: waste(["11", "x"]),
        "pandas": lambda: frame,
        "polars": lambda: pytest.importorskip("polars").from_pandas(frame),
        "lazy": lambda: pytest.importorskip("polars").from_pandas(frame).lazy(),
        "pyarrow": lambda: pytest.importorskip("pyarrow").Table.from_pandas(frame),
        "dataset": lambda: pytest.importorskip("pyarrow.dataset").dataset(
            pytest.importorskip("pyarrow").Table.from_pandas(frame)
        ),
        "parquet": lambda: ei.scan(tmp_path / "b.parquet"),
    }
    files = write(residents(["11", "12"]), tmp_path / "a.csv")
    with pytest.warns(ei.CoverageWarning):
        assert evaluated({"residents": files, "waste": makers[held]()}).groups == ["11", "12", "x"]


def test_files_that_state_their_types_are_left_as_they_are(tmp_path):
    frame = pd.DataFrame(waste([11, 12]))
    frame.to_parquet(tmp_path / "b.parquet")
    files = write(residents(["01", "11"]), tmp_path / "a.csv")
    for numbers in (frame, ei.scan(tmp_path / "b.parquet")):
        with pytest.raises(ei.InvalidTable, match="keys of one kind in every table"):
            evaluated({"residents": files, "waste": numbers})


def test_text_is_said_of_any_format(tmp_path):
    frame = pd.DataFrame(residents([11, 12]))
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    for path in tmp_path.iterdir():
        assert evaluated({"residents": ei.scan(path)}).groups == [11, 12]
        assert evaluated({"residents": ei.scan(path, text="area")}).groups == ["11", "12"]
        assert evaluated({"residents": ei.scan(path, text=["area"])}).groups == ["11", "12"]
        with pytest.raises(ei.UnreadableTable, match="no column 'aera', which text= names"):
            evaluated({"residents": ei.scan(path, text=["aera"])})


@pytest.mark.parametrize("column", ["persons", "hygienic_water", "year"])
def test_a_number_with_leading_zeros_is_the_only_cell_blamed(tmp_path, column):
    rows = [row | {"year": 2020} for row in residents(PLAIN)]
    rows[1][column] = f"0{rows[1][column]}"
    problems = ei.check(soc_trang_2020, {"residents": write(rows, tmp_path / "a.csv")}, year=2020).errors
    assert [(each.row, each.column, each.value) for each in problems] == [(1, column, rows[1][column])]


def test_numbers_with_a_point_are_no_keys(tmp_path):
    with pytest.raises(ei.InvalidTable, match=r"row 3, column 'area'.*expected keys"):
        evaluated({"residents": write(residents(["2", "1.5", "3"]), tmp_path / "a.csv")})


def test_a_category_that_reads_like_a_number_is_text(tmp_path):
    table = ei.Table("people", ei.Unit("person", ei.Text(vi="người", en="people")), total="persons", parts=["water"],
                     categories={"zone": ["1", "2", "TRUE"]})  # fmt: skip
    share = ei.Share(
        "share", ei.Text(vi="x", en="x"), table=table, among=ei.one_of("zone", "1", "TRUE"), where=ei.flag("water")
    )
    clause = soc_trang_2020.targets[0].clause
    programme = ei.Programme(
        "p", ei.Text(vi="x", en="x"), clause.document, [ei.Target("t", clause, 2020, share.at_least("50%"))]
    )
    rows = [{"zone": zone, "persons": 10, "water": 4} for zone in ("1", "2", "TRUE")]
    card = ei.evaluate(programme, {"people": write(rows, tmp_path / "a.csv")}, year=2020)
    assert card["t"].tally == ei.Tally(8, 12)


@pytest.mark.parametrize("areas", [PLAIN, CODES, NAMES], ids=str)
@pytest.mark.parametrize("suffix", ["txt", "csv"])
@pytest.mark.parametrize("silent", ["13", "013"])
def test_a_list_of_areas_matches_codes(tmp_path, capsys, areas, suffix, silent):
    write(residents(areas), tmp_path / "residents.csv")
    listed = tmp_path / f"list.{suffix}"
    listed.write_text("\n".join(([] if suffix == "txt" else ["area"]) + [*areas, silent]) + "\n", encoding="utf-8")
    arguments = ["evaluate", "--residents", str(tmp_path / "residents.csv"), "--year", "2020", "--by", "area"]
    main([*arguments, "--expected", str(listed), "--lang", "en"])
    told = capsys.readouterr()
    assert "Error" not in told.err
    assert silent in told.out + told.err


@pytest.mark.parametrize("areas", [PLAIN, CODES, NAMES], ids=str)
def test_files_of_expected_rows_hold_areas_as_the_tables_do(tmp_path, areas):
    table = write(residents(areas), tmp_path / "a.csv")
    expected = write([{"area": area, "settlement": "rural"} for area in [*areas, "99"]], tmp_path / "b.csv")
    card = evaluated({"residents": table}, expected={"residents": expected})
    assert sorted(map(str, card.groups)) == sorted([*areas, "99"])
    assert len({type(group) for group in card.groups}) == 1
