"""Folders named ``key=value`` are columns of the files in them, whatever the format."""

from __future__ import annotations

import urllib.parse

import pandas as pd
import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = pd.DataFrame(
    {
        "area": ["Kế Sách", "Kế Sách", "Mỹ Tú", "Mỹ Tú"],
        "year": [2019, 2020, 2019, 2020],
        "settlement": ["rural", "urban", "urban", None],
        "persons": [10, 20, 30, 40],
        "hygienic_water": [5, 20, 0, 13],
    }
)
WRITERS = {
    "csv": lambda frame, path: frame.to_csv(path, index=False),
    "parquet": lambda frame, path: frame.to_parquet(path, index=False),
    "xlsx": lambda frame, path: frame.to_excel(path, index=False),
}


def parted(frame, names, suffix, folder, *, drop=True):
    """Write a frame with some of its columns as folders; return the pattern of its files."""
    for number, (keys, part) in enumerate(frame.groupby(names, dropna=False)):
        here = folder
        for name, value in zip(names, keys, strict=True):
            text = "__HIVE_DEFAULT_PARTITION__" if pd.isna(value) else urllib.parse.quote(str(value), safe="")
            here = here / f"{name}={text}"
        here.mkdir(parents=True, exist_ok=True)
        WRITERS[suffix](part.drop(columns=names) if drop else part, here / f"{number}.{suffix}")
    return folder / f"**/*.{suffix}"


def evaluated(frame, year=2020):
    return ei.evaluate(soc_trang_2020, {"residents": frame}, year=year, by="area")


EXPECTED = evaluated(ROWS)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    "names",
    [["year"], ["area"], ["settlement"], ["area", "year"], ["year", "settlement", "area"], ["persons"]],
    ids=str,
)
def test_folders_are_columns(tmp_path, suffix, names):
    assert evaluated(ei.scan(parted(ROWS, names, suffix, tmp_path))) == EXPECTED


@pytest.mark.parametrize("names", [["year"], ["area", "year"], ["settlement"]], ids=str)
def test_as_a_dataset_reads_them(tmp_path, names):
    dataset = pytest.importorskip("pyarrow.dataset")
    parted(ROWS, names, "parquet", tmp_path)
    read = dataset.dataset(tmp_path, partitioning="hive")
    assert evaluated(read) == evaluated(ei.scan(tmp_path / "**/*.parquet"))


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_year_in_a_folder_is_not_the_year_asked_for(tmp_path, suffix):
    files = ei.scan(parted(ROWS[ROWS.year == 2019], ["year"], suffix, tmp_path))
    with pytest.raises(ei.InvalidTable, match="2019"):
        evaluated(files)


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_folder_may_say_what_the_file_says(tmp_path, suffix):
    assert evaluated(ei.scan(parted(ROWS, ["area", "year"], suffix, tmp_path, drop=False))) == EXPECTED


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_folder_that_says_another_thing_is_refused_with_both(tmp_path, suffix):
    folder = tmp_path / "year=2018"
    folder.mkdir()
    WRITERS[suffix](ROWS[ROWS.year == 2020], folder / f"a.{suffix}")
    with pytest.raises(ei.UnreadableTable, match=rf"a\.{suffix}: a folder says that year is 2018, .* holds 2020"):
        evaluated(ei.scan(folder / f"*.{suffix}"))


def test_codes_keep_their_zeros(tmp_path):
    codes = ROWS.replace({"Kế Sách": "01", "Mỹ Tú": "11"})
    assert evaluated(ei.scan(parted(codes, ["area"], "parquet", tmp_path))) == evaluated(codes)
    assert evaluated(ei.scan(parted(codes, ["area"], "parquet", tmp_path))).groups == ["01", "11"]


def test_codes_that_are_plain_numbers_are_numbers_unless_said_to_be_text(tmp_path):
    pattern = parted(ROWS.assign(area=[1, 1, 11, 11]), ["area"], "csv", tmp_path)
    assert evaluated(ei.scan(pattern)).groups == [1, 11]
    assert evaluated(ei.scan(pattern, text=["area"])).groups == ["1", "11"]


def test_a_column_that_two_folders_tell_differently_is_refused(tmp_path):
    folder = tmp_path / "year=2018" / "year=2020"
    folder.mkdir(parents=True)
    ROWS.to_csv(folder / "a.csv", index=False)
    with pytest.raises(ei.UnreadableTable, match=r"year is '2018', .* '2020'"):
        evaluated(ei.scan(folder / "a.csv"))


@pytest.mark.parametrize("said", ["unknown", "02020", "2020.0"])
def test_a_folder_that_says_no_whole_number_is_text(tmp_path, said):
    for name, frame in ((said, ROWS[:1]), ("2019", ROWS[1:2])):
        (tmp_path / f"year={name}").mkdir()
        frame.drop(columns="year").to_csv(tmp_path / f"year={name}" / "a.csv", index=False)
    errors = ei.check(soc_trang_2020, {"residents": ei.scan(tmp_path / "*/a.csv")}, year=2020, by="area").errors
    assert {(each.column, each.value) for each in errors if each.kind == "year_value"} == {
        ("year", said),
        ("year", "2019"),
    }
