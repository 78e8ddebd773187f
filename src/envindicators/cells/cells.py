"""`Cells`: tables condensed to the kinds of row there are. Small, picklable, and they add up."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from attrs import evolve, field, frozen

from envindicators.cells.between import RowKey, check_between
from envindicators.cells.classes import compiled
from envindicators.cells.ids import Repeated
from envindicators.cells.keys import key_names
from envindicators.cells.spellings import Locate, alike, check_spellings
from envindicators.cells.table_cells import TableCells, added
from envindicators.cells.totals import SuspectedTotal
from envindicators.definitions.form import Form
from envindicators.definitions.programme import Programme
from envindicators.definitions.table import Table
from envindicators.display import show
from envindicators.errors import OptionError, OptionTypeError, UnknownKeyError
from envindicators.pickling import versioned
from envindicators.problems import Findings, Problems, Severity
from envindicators.readonly import ReadOnly
from envindicators.words.message import listed
from envindicators.words.spelling import did_you_mean
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


@versioned
@frozen(unsafe_hash=False)
class Cells:
    """The tables of a programme, condensed. Made by `condense`; add them with ``+``.

    Rows with the same keys and the same pattern of flags, categories and years are one cell, their
    weights added up. Cells of the parts of a table, added, are the cells of the table.

    Args:
        programme: whose tables they are.
        by: the key columns that were asked for.
        forms: by table the unit, layout and totals of the form that it was read by, where one says any.
        tables: the condensed tables, by key.
        problems: the gaps and notes that were found. Not compared.
        backend: what kind of frame came first, and so what kind goes out. Not compared.
    """

    programme: Programme = field(repr=False)
    by: tuple[str, ...] = field(default=(), converter=as_by)
    forms: Mapping[str, Form] = field(factory=dict[str, Form], converter=ReadOnly)
    tables: Mapping[str, TableCells] = field(factory=dict[str, TableCells], converter=ReadOnly)
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
            ValueError: if programme, ``by``, or unit, layout or totals of forms differ.
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
        findings = Findings(names=self.programme.table_names, column_name=self.programme.column_name)
        tables = {
            key: self._with(other, key, findings)
            for key in self.programme.tables
            if key in self.tables or key in other.tables
        }
        _check_spellings(tables, self.key_names, findings)
        findings.raise_errors()
        every = (self.problems, other.problems, findings.problems())
        counts: dict[tuple[str | None, str | None, str], int] = {}
        for problems in every:
            for kind, count in problems.counts.items():
                counts[kind] = counts.get(kind, 0) + count
        forms = {**self.forms, **other.forms}
        return evolve(self, forms=forms, tables=tables, problems=Problems(itertools.chain(*every), counts))

    def _with(self, other: Cells, key: str, findings: Findings) -> TableCells:
        """Return one table of both, after recording what is wrong between their rows."""
        if key not in self.tables or key not in other.tables:
            return (self if key in self.tables else other).tables[key]
        form = self.forms.get(key, Form())
        if form != other.forms.get(key, Form()):
            differ = _both(self, other, "forms")
            raise OptionError(f"cells add only if unit, layout and totals of their forms are the same: {differ}")
        whole, repeated = added([self.tables[key], other.tables[key]])
        return check_between(compiled(self.programme).classes[key], whole, repeated, form, _Recorder(findings))[0]

    def of_year(self, year: int | None, findings: Findings) -> Cells:
        """Return the cells with the rows of no year put into one, where some rows of their table have a year.

        Args:
            year: the year.
            findings: where what is then wrong between rows is recorded.
        """
        tables = dict(self.tables)
        for key, table in self.tables.items():
            if len({level is None for level in table.keys.levels[0]}) > 1:
                dated, repeated = table.of_year(year)
                form = self.forms.get(key, Form())
                classes = compiled(self.programme).classes[key]
                tables[key], _ = check_between(classes, dated, repeated, form, _Recorder(findings))
        return evolve(self, tables=tables)

    def regroup(self, by: str | Sequence[str] | None) -> Cells:
        """Return the cells with groups by other columns, as if the tables had been condensed so.

        Area, year and scenario are always kept, and so may be asked for; other columns only where they stood in ``by``.
        Rows that a form had left out as totals stay left out.

        Args:
            by: as for `condense`.

        Raises:
            ValueError: for a column that the cells do not keep, or one that is named twice.
            InvalidTable: for an area or year that some table lacks, and for rows that only the columns left out
                tell apart.

        Example:
            >>> from envindicators import condense
            >>> from envindicators.programmes import soc_trang_2020
            >>> water = {"settlement": "rural", "persons": 10, "hygienic_water": 9}
            >>> rows = [{"area": area, "region": "north"} | water for area in ("Kế Sách", "Mỹ Tú")]
            >>> cells = condense(soc_trang_2020, {"residents": rows}, by=["area", "region"])
            >>> cells.regroup("area") == condense(soc_trang_2020, {"residents": rows}, by="area")
            True
        """
        columns = as_by(by)
        for name in columns:
            if name not in self.key_names:
                near = did_you_mean(name, self.key_names)
                raise OptionError(
                    f"cells by {listed(self.by) if self.by else 'no column'} do not keep {name!r}{near}; "
                    "condense the tables by it"
                )
            if columns.count(name) > 1:
                raise OptionError(f"by has {name!r} twice")
        names = key_names(columns, self.programme.axes)
        findings = Findings(names=self.programme.table_names, column_name=self.programme.column_name)
        tables = dict[str, TableCells]()
        for key, table in self.tables.items():
            for name in columns:
                if len(table.keys) and None in table.keys.levels[self.key_names.index(name)]:
                    kind = "no_year_column" if name == "year" else "missing_column"
                    findings.add(kind, key, name, needed=name, near="")
            grouped, form = table.regrouped(names), self.forms.get(key, Form())
            classes = compiled(self.programme).classes[key]
            tables[key], _ = check_between(classes, grouped, Repeated(0, ()), form, _Recorder(findings))
        findings.raise_errors()
        return evolve(self, by=columns, tables=tables)

    def only(self, **kept: Any) -> Cells:
        """Return the cells of some areas, years, or values of another key column: ``cells.only(area=["Mỹ Tú"])``.

        They are the cells of the rows of these, and of parts that share nothing the sum is the whole again. Only the
        ids of records are remembered all together: what is added to some of them must not hold an id of the others.

        Args:
            **kept: for a key column the value, or the list of values, that is kept.

        Raises:
            KeyError: for a column that the cells do not keep, and a value that stands in no table.

        Example:
            >>> from envindicators import condense
            >>> from envindicators.programmes import soc_trang_2020
            >>> water = {"settlement": "rural", "persons": 10, "hygienic_water": 9}
            >>> rows = [{"area": area} | water for area in ("Kế Sách", "Mỹ Tú", "Thạnh Trị")]
            >>> cells = condense(soc_trang_2020, {"residents": rows}, by="area")
            >>> cells.only(area=["Kế Sách", "Mỹ Tú"]) + cells.only(area="Thạnh Trị") == cells
            True
        """
        tables = dict(self.tables)
        for name, wanted in kept.items():
            if name not in self.key_names:
                raise UnknownKeyError(f"the cells keep no column {name!r}{did_you_mean(name, self.key_names)}")
            place = self.key_names.index(name)
            values: list[Any] = (
                [wanted] if isinstance(wanted, str) or not isinstance(wanted, Iterable) else list(wanted)
            )
            held = {level for table in self.tables.values() for level in table.keys.levels[place]}
            for value in values:
                if not isinstance(value, Hashable) or value not in held:
                    near = did_you_mean(value, [level for level in held if isinstance(level, str)])
                    raise UnknownKeyError(f"no table has the {name} {value!r}{near}")
            chosen = set(values)
            for key, table in tables.items():
                marked = np.array([level in chosen for level in table.keys.levels[place]], dtype=np.bool_)
                tables[key] = table.only(marked[table.keys.codes[:, place]])
        return evolve(self, tables=tables)

    def to_parquet(self, file: str | Path | IO[bytes]) -> None:
        """Write the cells to a Parquet file, which `from_parquet` reads back without loss.

        It holds the programme and the forms, the fingerprint of each table, and the version that wrote it.

        Args:
            file: the path to write to, or a file that is open for bytes.

        Raises:
            DefinitionError: for a kind of indicator or key that is not the library's own.
            ImportError: if pyarrow is not installed (extra ``parquet``).

        Example:
            >>> import io
            >>> from envindicators import condense
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"area": "Mỹ Tú", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
            >>> cells = condense(soc_trang_2020, {"residents": rows}, by="area")
            >>> file = io.BytesIO()
            >>> cells.to_parquet(file)
            >>> Cells.from_parquet(io.BytesIO(file.getvalue())) == cells
            True
        """
        show("write_cells", self, file)

    @classmethod
    def from_parquet(cls, file: str | Path | IO[bytes]) -> Cells:
        """Return the cells that `to_parquet` wrote. Nothing in the file is executed.

        Args:
            file: the path, or a file that is open for bytes.

        Raises:
            UnreadableCells: for a file that holds none, or those of a newer format.
            FileNotFoundError: if there is no such file.
            ImportError: if pyarrow is not installed (extra ``parquet``).
        """
        cells: Cells = show("read_cells", file)
        return cells

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns that rows stand under."""
        return key_names(self.by, self.programme.axes)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that stand in any table."""
        if "scenario" not in self.key_names:
            return ()
        place = self.key_names.index("scenario")
        found = {level for table in self.tables.values() for level in table.keys.levels[place] if level is not None}
        return tuple(sorted(found, key=str))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that stand in any table."""
        found = {level for table in self.tables.values() for level in table.keys.levels[0] if level is not None}
        return tuple(sorted(found))


def _both(first: Cells, second: Cells, name: str) -> str:
    return f"{getattr(first, name)!r} and {getattr(second, name)!r}"


@frozen
class _Recorder:
    """Records problems between rows of which no one knows any more where they stood."""

    findings: Findings

    def repeated_row(self, table: Table, row: int, other: int, key: RowKey) -> None:  # noqa: ARG002 - rows are not known
        self.findings.add("duplicate_piece", table.key, value=listed(key), key=key)

    def repeated_ids(self, table: Table, repeated: Repeated) -> None:
        for _, value in repeated.ids:
            self.findings.add("id_in_both", table.key, table.id, value=value)
        self.findings.count("id_in_both", table.key, table.id, repeated.count)

    def total(self, table: Table, total: SuspectedTotal, area: Any) -> None:
        severity: Severity = "error" if total.certain else "note"
        value = area if total.column == "area" else None
        self.findings.add(
            total.kind, table.key, total.column, value=value, severity=severity, siblings=total.siblings, area=area
        )

    def too_large(self, table: Table, total: int) -> None:
        self.findings.add("sum_too_large", table.key, table.total, value=total)


def _check_spellings(tables: Mapping[str, TableCells], keys: tuple[str, ...], findings: Findings) -> None:
    """Record keys that the tables spell, or type, in two ways, and ids that one of them does."""
    for place, name in enumerate(keys):
        if name != "year":
            values = {
                key: [level for level in cells.keys.levels[place] if level is not None] for key, cells in tables.items()
            }
            check_spellings(values, name, findings)
    for cells in tables.values():
        check_id_spellings(cells, findings)


def check_id_spellings(
    cells: TableCells, findings: Findings, locate: Locate = lambda _table, _column, _value: (None, None)
) -> None:
    """Record ids of a table that look the same, and ids of two kinds; whatever the order that a set has them in."""
    names: list[Any] = [value for _, ids in cells.ids.named for value in ids]
    if not names or cells.table.id is None:
        return
    kinds = set(map(type, names))
    samples: list[Any] = cells.ids.runs[:1, 1].tolist()
    if samples or len(kinds) > 1:
        of_kind: list[list[Any]] = [[value for value in names if type(value) is kind] for kind in kinds]
        samples += sorted(map(min, of_kind), key=str)
    suspects = alike(names if kinds == {str} else [value for value in names if isinstance(value, str)])
    check_spellings({cells.table.key: [*samples, *sorted(suspects)]}, cells.table.id, findings, locate)
