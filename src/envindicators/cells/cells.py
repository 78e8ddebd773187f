"""`Cells`: tables condensed to the kinds of row there are. Small, picklable, and they add up."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from envindicators.cells.between import check_repeated, overflowing
from envindicators.cells.decompose import decompose
from envindicators.cells.spellings import Locate, check_spellings
from envindicators.cells.table_cells import TableCells, make, together
from envindicators.cells.totals import suspected_totals
from envindicators.definitions.form import Form
from envindicators.definitions.programme import Programme
from envindicators.definitions.rule import Rule
from envindicators.errors import OptionError, OptionTypeError
from envindicators.ingest.reading import key_names
from envindicators.problems import Findings, Problems
from envindicators.words.text import plain


def as_by(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return what was given as ``by`` as a tuple of columns.

    Raises:
        TypeError: if it is neither a column, nor a list of columns, nor None.
    """
    if by is None:
        return ()
    if isinstance(by, str):
        return (plain(by),)
    columns: tuple[Any, ...] = tuple(map(plain, by)) if isinstance(by, Iterable) else (by,)  # pyright: ignore[reportUnnecessaryIsInstance]
    for column in columns:
        if not isinstance(column, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise OptionTypeError(f"by takes the names of columns; got {column!r}")
    return columns


@frozen(unsafe_hash=False)
class Cells:
    """The tables of a programme, condensed. Made by `condense`; add them with ``+``.

    Rows with the same keys and the same pattern of flags, categories and years are one cell, their
    weights added up. Cells of the parts of a table, added, are the cells of the table.

    Args:
        programme: whose tables they are.
        by: the key columns that were asked for.
        forms: by table the form that it was read by, where one was given.
        tables: the condensed tables, by key.
        problems: the gaps and notes that were found. Not compared.
        backend: what kind of frame came first, and so what kind goes out. Not compared.
    """

    programme: Programme = field(repr=False)
    by: tuple[str, ...] = field(default=(), converter=as_by)
    forms: Mapping[str, Form] = field(factory=dict[str, Form])
    tables: Mapping[str, TableCells] = field(factory=dict[str, TableCells])
    problems: Problems = field(factory=Problems, eq=False, repr=False)
    backend: str = field(default="pandas", eq=False, repr=False)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def empty(cls, programme: Programme, *, by: str | Sequence[str] | None = None) -> Cells:
        """Return the cells of nothing: added to others they leave them as they are."""
        return cls(programme, by)

    def __add__(self, other: Cells) -> Cells:
        """Return the cells of both.

        Raises:
            ValueError: if programme, ``by``, or the forms of a table that both hold differ.
            InvalidTable: if both hold a row of one key, or what they hold together is refused.
        """
        if not isinstance(other, Cells):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        for name in ("programme", "by"):
            if getattr(self, name) != getattr(other, name):
                raise OptionError(f"cells add only if their {name} is the same: {_both(self, other, name)}")
        if not other.tables:
            return self
        if not self.tables:
            return other
        shared = [key for key in self.tables if key in other.tables]
        if any(self.forms.get(key) != other.forms.get(key) for key in shared):
            raise OptionError(f"cells add only if their forms are the same: {_both(self, other, 'forms')}")
        forms = {**self.forms, **other.forms}
        tables: dict[str, TableCells] = {}
        for key in self.programme.tables:
            mine, theirs = self.tables.get(key), other.tables.get(key)
            if mine is not None and theirs is not None:
                tables[key] = together(mine, theirs)
            elif mine is not None or theirs is not None:
                tables[key] = mine or theirs  # type: ignore[assignment]
        findings = Findings()
        check_between(self.programme, tables, shared, self.by, forms, findings)
        check_all_spellings(tables, self.by, findings)
        findings.raise_errors()
        every = (self.problems, other.problems, findings.problems())
        counts: dict[tuple[str | None, str | None, str], int] = {}
        for problems in every:
            for kind, count in problems.counts.items():
                counts[kind] = counts.get(kind, 0) + count
        return evolve(self, forms=forms, tables=tables, problems=Problems(itertools.chain(*every), counts))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that stand in any table."""
        found = {key[0] for table in self.tables.values() for key in table.groups if key[0] is not None}
        return tuple(sorted(found))


def _both(first: Cells, second: Cells, name: str) -> str:
    return f"{getattr(first, name)!r} and {getattr(second, name)!r}"


def without_rows(cells: TableCells, rows: Sequence[int], rules: Sequence[Rule]) -> TableCells:
    """Return a table without some of the rows of its ledger.

    Args:
        cells: the table.
        rows: positions in the ledger.
        rules: the rules that are asked of the table.
    """
    made = decompose(cells.table, rules, cells.groups, np.delete(cells.ledger, rows, axis=0))
    return make(cells.table, **made, came=cells.came, rows=cells.rows, latest=cells.latest)


def check_between(
    programme: Programme,
    tables: dict[str, TableCells],
    changed: Sequence[str],
    by: tuple[str, ...],
    forms: Mapping[str, Form],
    findings: Findings,
) -> None:
    """Record what only shows between rows, where pieces have come together, and drop totals if that was said.

    Args:
        programme: whose tables they are.
        tables: the tables.
        changed: the keys of those that are made of several pieces.
        by: the key columns.
        forms: by table the form that it was read by.
        findings: where problems are recorded.
    """
    names = key_names(by)
    for key in changed:
        cells = tables[key]

        def record(_row: int, _other: int, held: str, table: str = key) -> None:
            findings.add("duplicate_piece", table, value=held, key=held)

        check_repeated(cells.table, cells.groups, names, cells.ledger, record)
        said = forms[key].totals if key in forms else None
        found = {} if said == "keep" else suspected_totals(cells.table, cells.groups, 1, cells.ledger)
        for row, (siblings, column) in found.items():
            area = cells.groups[cells.ledger[row, 0]][1]
            if said == "drop":
                findings.add("dropped_total", key, column, value=area, severity="note", siblings=siblings)
            else:
                findings.add("total_row", key, column, value=area, siblings=siblings)
        if found and said == "drop":
            tables[key] = without_rows(cells, list(found), programme.rules_of(cells.table))
        if overflowing(cells, 0):
            findings.add("sum_too_large", key, cells.table.total)


def check_all_spellings(
    tables: Mapping[str, TableCells],
    by: tuple[str, ...],
    findings: Findings,
    locate: Locate = lambda _table, _column, _value: (None, None),
) -> None:
    """Record keys that the tables spell, or type, in two ways; ``locate`` finds the row of one."""
    for place, name in enumerate(key_names(by)):
        if name != "year":
            values = {
                key: dict.fromkeys(group[place] for group in cells.groups if group[place] is not None)
                for key, cells in tables.items()
            }
            check_spellings(values, name, findings, locate)
