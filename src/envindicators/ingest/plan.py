"""`Request` and `Plan`: what is asked of all tables, and how one of them is to be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from envindicators.cells.cells import as_by
from envindicators.cells.classes import Classes, compiled
from envindicators.cells.keys import key_names
from envindicators.definitions.form import Form
from envindicators.definitions.programme import Programme
from envindicators.definitions.rule import YEARS
from envindicators.definitions.table import Table
from envindicators.errors import OptionError, OptionTypeError
from envindicators.problems import Findings
from envindicators.words.message import Message
from envindicators.words.spelling import did_you_mean

PER_DAY = "/day"
"""What follows a unit where amounts are per day."""

Progress = bool | Callable[[str, int, int | None], object]
"""Whether to show a bar, or what is told the key of a table, how many of its rows were read and how many there are."""


@frozen
class Plan:
    """How a table is to be read.

    Args:
        classes: what is asked of the table.
        by: the key columns that were asked for.
        year: the year of a table that has no column of years, or None.
        factor: how many counted units one of the columns' is.
        per_day: whether amounts are per day.
        form: what was said of it.
        axes: the key columns that the programme tells moments apart by, where the table has them.
    """

    classes: Classes = field(repr=False)
    by: tuple[str, ...]
    year: int | None
    factor: int
    per_day: bool
    form: Form
    axes: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The table."""
        return self.classes.table

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns of every table: year and area, then what else stands in ``by``."""
        return key_names(self.by, self.axes)

    def of_unit(self, unit: str | None) -> Plan:
        """Return the same for a frame whose headings state a unit of the table; None for one whose headings do not."""
        if unit is None:
            return self
        factor, per_day = _factor(self.table, unit, Findings())
        return evolve(self, factor=factor, per_day=per_day)

    def needed(self, names: Sequence[str]) -> list[str]:
        """Return those of a frame's columns that are read: keys, the table's own, and the id of records."""
        table = self.table
        wanted = {*self.key_names, *table.columns, *([table.id] if table.id else [])}
        return [name for name in dict.fromkeys(names) if name in wanted]


def checked_progress(progress: Progress) -> Progress:
    """Return what `evaluate` takes for ``progress``; `OptionTypeError` for anything else."""
    if isinstance(progress, bool) or callable(progress):
        return progress
    raise OptionTypeError(
        f"progress is {progress!r}; expected True, False, or a function of a table, rows read and rows in all"
    )


@frozen
class Request:
    """What is asked of the tables of a programme.

    Args:
        programme: the programme.
        by: the key columns that make the groups.
        year: the year that was asked for, or None.
        progress: what is told of the rows read so far, or whether to show a bar.
    """

    programme: Programme
    by: tuple[str, ...]
    year: int | None
    progress: Progress = False

    @classmethod
    def of(cls, programme: Any, year: Any, by: Any, *, progress: Progress = False) -> Request:
        """Return what a caller asks.

        Raises:
            OptionTypeError: for a programme, year or column that is of another type.
            OptionError: for a year out of range.
        """
        if not isinstance(programme, Programme):
            raise OptionTypeError(f"expected a Programme first, as evaluate(soc_trang_2020, tables); got {programme!r}")
        check_year(year)
        return cls(programme, as_by(by), None if year is None else int(year), checked_progress(progress))

    def check_by(self, findings: Findings) -> None:
        """Record columns that cannot make groups."""
        for name in dict.fromkeys(self.by):
            if self.by.count(name) > 1:
                findings.add("by_twice", None, "by", value=name)
            for key, table in self.programme.tables.items():
                if name in table.columns or name == table.id:
                    kind = Message("category") if table.category(name) else Message("column")
                    findings.add("by_data_column", None, "by", value=name, needed=repr(name), what=kind, owner=key)
                    break

    def plan(self, key: str, form: Form, findings: Findings) -> Plan:
        """Return how a table is to be read by a form, after recording a unit that it does not know."""
        classes = compiled(self.programme).classes[key]
        factor, per_day = _factor(classes.table, form.unit or classes.table.unit.key, findings)
        return Plan(classes, self.by, self.year, factor, per_day, form, self.programme.axes)


def check_year(year: Any) -> None:
    """Raise if what was given as a reporting year is none: TypeError, or ValueError for one out of range."""
    if year is None:
        return
    if isinstance(year, bool) or not isinstance(year, (int, np.integer)):
        raise OptionTypeError(f"year is {year!r}; expected a whole number")
    if year not in YEARS:
        raise OptionError(f"year is {year!r}; expected one from {YEARS[0]} to {YEARS[-1]}")


def _factor(table: Table, unit: Any, findings: Findings) -> tuple[int, bool]:
    """Return how many counted units one of a named unit is, and whether amounts are per day."""
    factor = unit_factor(table, unit)
    if factor is None:
        multiples = dict(table.unit.multiples)
        known = [*multiples, *(f"{each}{PER_DAY}" for each in multiples if table.period == "flow")]
        near = did_you_mean(unit, known, table.unit.meant(per_day=table.period == "flow"))
        findings.add("unknown_unit", table.key, value=unit, known=known, near=near)
        return 1, False
    return factor


_TIMES = re.compile(r"([1-9][0-9_]{0,20})\s+(.+)", re.ASCII)


def unit_factor(table: Table, unit: Any) -> tuple[int, bool] | None:
    """Return how many counted units one of a unit is, and whether amounts are per day; None for an unknown unit.

    Args:
        table: the table.
        unit: one of its units, perhaps per day and with a whole number before it: ``"1000 tonne/day"``.
    """
    if not isinstance(unit, str):
        return None
    match = _TIMES.fullmatch(unit)
    times, name = (int(match[1].replace("_", "")), match[2]) if match else (1, unit)
    per_day = name.endswith(PER_DAY)
    multiple = dict(table.unit.multiples).get(name.removesuffix(PER_DAY))
    return None if multiple is None or (per_day and table.period != "flow") else (times * multiple, per_day)
