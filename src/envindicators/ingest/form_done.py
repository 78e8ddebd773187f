"""What a form did while a table came in, told as notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from envindicators.definitions.table import Table
from envindicators.ingest.forming import Forming
from envindicators.problems import LISTED, Findings

_TITLED = re.compile(r"(?<!\d )\b(?:năm|year)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
"""The year of a title; ``tháng 3 năm 2017`` is a date, which may be that of anything."""


@define
class Done:
    """What a form did while a table came in.

    Args:
        forming: the form, for the table.
        headings: by column its heading in the file, where that is another, but for those of a stack.
        cells: how many cells were read otherwise than written, by column, kind, what is written and what is meant.
        left_out: the rows that were left out, by source.
        units: by source the unit that its headings state, with the heading, where the form states none.
        row_units: by source what columns of units say, of the figures of a column or of all (None).
        titled: by source what stands above the headings, where no column says of which year its rows are.
    """

    forming: Forming
    headings: dict[str, str] = field(factory=dict[str, str])
    cells: Counter[tuple[str, str, Any, Any]] = field(factory=Counter[tuple[str, str, Any, Any]])
    left_out: dict[str | None, list[int]] = field(factory=dict[str | None, Any])
    units: dict[str | None, tuple[str, str] | None] = field(factory=dict[str | None, Any])
    row_units: dict[str | None, dict[tuple[str | None, str], None]] = field(factory=dict[str | None, Any])
    titled: dict[str | None, Sequence[str]] = field(factory=dict[str | None, Any])

    def units_of(self, table: Table) -> tuple[str, ...]:
        """Return the units that the headings of the files state; the table's own of one that states none."""
        units = (table.unit.key if stated is None else stated[0] for stated in self.units.values())
        return tuple(dict.fromkeys(units))

    def note(
        self, table: Table, year: int | None, findings: Findings, outlined_rows: Mapping[str | None, Sequence[int]]
    ) -> None:
        """Record it as notes; rows have the numbers that people know them by.

        Args:
            table: the table.
            year: the year that its rows are taken to be of, where no column says another.
            findings: where it is recorded.
            outlined_rows: by source the rows that were left out by their numbers.
        """
        for source, titles in self.titled.items():
            said = {of: title for title in titles for of in _TITLED.findall(title)}
            if year is not None and len(said) == 1 and str(year) not in said:
                title = " ".join(next(iter(said.values())).split())
                findings.add("other_year_said", table.key, severity="note", value=title, source=source, year=year)
        for column, heading in self.headings.items():
            findings.add("form_heading", table.key, column, severity="note", value=heading, meant=column)
        for source, stated in self.units.items():
            if stated is not None:
                unit, heading = stated
                findings.add("form_unit_read", table.key, severity="note", value=heading, source=source, unit=unit)
        for (column, kind, written, meant), count in self.cells.items():
            key = f"{kind}_read"
            findings.add(key, table.key, column, severity="note", value=written, meant=repr(meant), cells=count)
        for source in dict.fromkeys((*outlined_rows, *self.left_out)):
            rows = sorted((*outlined_rows.get(source, ()), *self.left_out.get(source, ())))
            if rows:
                shown = ", ".join(map(str, rows[:LISTED])) + (", ..." if len(rows) > LISTED else "")
                findings.add("form_rows", table.key, severity="note", source=source, rows=shown)
