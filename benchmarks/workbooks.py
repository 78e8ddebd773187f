"""How long reading files takes beside what the libraries that read them need alone.

python benchmarks/workbooks.py            # a workbook of 100,000 rows, a CSV file of a million
python benchmarks/workbooks.py --quick    # a hundredth of that: whether it works
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import python_calamine
from timing import note, print_table, timed

import envindicators as ei
from envindicators.frames.excel import read_sheets
from envindicators.frames.outline import Outline
from envindicators.programmes import soc_trang_2020

HEADER = ["area", "settlement", "persons", "hygienic_water"]


def rows(count: int) -> list[list[Any]]:
    """Return rows of residents, two for each of many communes."""
    chance = random.Random(11)
    made: list[list[Any]] = []
    for number in range(count // 2):
        for settlement in ("rural", "urban"):
            persons = chance.randint(100, 9000)
            made.append([f"Xã {number:06}", settlement, persons, chance.randint(0, persons)])
    return made


def write(folder: Path, count: int) -> tuple[Path, Path]:
    """Write a workbook, and a CSV file of ten times as many rows."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Biểu")
    for row in (HEADER, *rows(count)):
        page.append(row)
    book.save(folder / "a.xlsx")
    pd.DataFrame(rows(10 * count), columns=HEADER).to_csv(folder / "a.csv", index=False)
    return folder / "a.xlsx", folder / "a.csv"


def check(table: Any) -> None:
    """Read a table with all its checks."""
    assert not ei.check(soc_trang_2020, {"residents": table}, year=2020).errors


def calamine(path: Path) -> None:
    """Read a workbook by python-calamine alone."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    count = 1_000 if arguments.parse_args().quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = write(Path(folder), count)
        seconds = timed(
            {
                "reading a workbook": lambda: read_sheets(workbook, [0], Outline()),
                "reading and checking a workbook": lambda: check(ei.scan(workbook)),
                "openpyxl alone": lambda: openpyxl.load_workbook(workbook),
                "python-calamine alone": lambda: calamine(workbook),
                "reading and checking CSV": lambda: check(ei.scan(text)),
                "pandas, then checking": lambda: check(pd.read_csv(text)),
            },
            3,
        )
    read, checked = "reading a workbook", "reading and checking a workbook"
    note(checked, "openpyxl alone", seconds[checked] / seconds["openpyxl alone"], 1.5)
    note(read, "python-calamine alone", seconds[read] / seconds["python-calamine alone"], 1.5)
    note(checked, "python-calamine alone", seconds[checked] / seconds["python-calamine alone"])
    text_ratio = seconds["reading and checking CSV"] / seconds["pandas, then checking"]
    note("reading and checking CSV", "pandas, then checking", text_ratio)
    print_table()


if __name__ == "__main__":
    main()
