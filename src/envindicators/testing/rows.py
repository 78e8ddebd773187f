"""Plain rows: what the laws take apart, whatever a table came as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
from attrs import evolve

from envindicators.definitions.form import Form, unfold
from envindicators.definitions.programme import Programme
from envindicators.definitions.table import Table

Rows = list[dict[str, Any]]
"""Rows of a table, each a value by column."""


def plain_rows(frame: Any) -> Rows:
    """Return a list of dicts, a dict of lists or a frame as rows; a column that a row lacks is missing there.

    Raises:
        TypeError: for what is none of these, as files or pieces.
    """
    if isinstance(frame, Mapping):
        return [dict(zip(frame, row, strict=True)) for row in zip(*frame.values(), strict=True)]
    if isinstance(frame, list):
        names = dict.fromkeys(name for row in frame for name in row)
        return [{name: row.get(name) for name in names} for row in frame]
    collected: Any = nw.from_native(frame)
    rows: Rows = (collected.collect() if isinstance(collected, nw.LazyFrame) else collected).rows(named=True)
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]


def layout_of(table: Table, rows: Rows) -> str | None:
    """Return the layout that rows have, or None where any would do."""
    names = {name for row in rows for name in row}
    if table.total not in names:
        return "records"
    known = [row[part.key] for part in table.parts for row in rows if row.get(part.key) is not None]
    return ("weighted" if all(isinstance(value, bool) for value in known) else "counts") if known else None


def taken(programme: Programme, tables: Mapping[str, Any]) -> dict[str, tuple[Form, Rows]]:
    """Return tables as rows and the form that each is read by, which says of parts what it would of the whole.

    The layout of a row alone may be open where that of its table is not, and a row may be the sum of two others
    where there are no more: so the form says the layout, and that rows are kept.
    """
    found: dict[str, tuple[Form, Rows]] = {}
    for key, given in tables.items():
        form, frame = unfold(given)
        rows = plain_rows(frame)
        layout = form.layout or (None if form.maps else layout_of(programme.tables[key], rows))
        found[key] = evolve(form, layout=layout, totals=form.totals or "keep"), rows
    return found
