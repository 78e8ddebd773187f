"""What tests of the command line put into files."""

from __future__ import annotations

import pytest

RESIDENTS = (
    "area;settlement;year;persons;hygienic_water\n"
    "Mỹ Tú;rural;2020;400;390\n"
    "Mỹ Tú;urban;2020;100;100\n"
    "Kế Sách;rural;2020;600;\n"
    "Kế Sách;urban;2020;50;50\n"
)


BAD = "area,settlement,year,persons,hygienic_water\nA,rurl,2020,10,5\nA,urban,2020,-1,\nB,urban,2020,5,6\n"


def workbook(path, **sheets):
    book = pytest.importorskip("openpyxl").Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
