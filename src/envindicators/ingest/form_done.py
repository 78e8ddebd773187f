"""What a form did while a table came in, told as notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from envindicators.definitions.table import Table
from envindicators.ingest.forming import Forming
from envindicators.problems import LISTED, Findings


@define
class Done:
    """What a form did while a table came in.

    Args:
        forming: the form, for the table.
        headings: by column its heading in the file, where that is another, but for those of a stack.
        cells: how many cells were read otherwise than written, by column, kind, what is written and what is meant.
        left_out: the rows that were left out, by source.
        units: by source the unit that its headings state, with the heading, where the form states none.
    """

    forming: Forming
    headings: dict[str, str] = field(factory=dict[str, str])
    cells: Counter[tuple[str, str, Any, Any]] = field(factory=Counter[tuple[str, str, Any, Any]])
    left_out: dict[str | None, list[int]] = field(factory=dict[str | None, Any])
    units: dict[str | None, tuple[str, str] | None] = field(factory=dict[str | None, Any])

    def units_of(self, table: Table) -> tuple[str, ...]:
        """Return the units that the headings of the files state; the table's own of one that states none."""
        units = (table.unit.key if stated is None else stated[0] for stated in self.units.values())
        return tuple(dict.fromkeys(units))

    def note(self, table: Table, findings: Findings, outlined_rows: Mapping[str | None, Sequence[int]]) -> None:
        """Record it as notes; rows have the numbers that people know them by."""
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
