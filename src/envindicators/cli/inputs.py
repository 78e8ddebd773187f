"""The tables that a command reads, and what else `evaluate` and `check` both take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from envindicators.cli.stop import BAD_FILE, StopError
from envindicators.definitions.form import Form
from envindicators.definitions.programme import Programme
from envindicators.definitions.table import Table
from envindicators.errors import OptionError
from envindicators.formats.templates import sheet_name
from envindicators.frames.csv import spelling
from envindicators.frames.excel import sheet_names
from envindicators.frames.files import SUFFIXES, Files, find_files
from envindicators.ingest.text_keys import text_keys, typed_alike
from envindicators.words.message import Message


@frozen
class Inputs:
    """What is evaluated or checked.

    Args:
        tables: the files, by table.
        forms: how the files of each table are read, where anything was said of it.
        year: the reporting year, if one was said.
        by: the key columns that make the groups.
        expected: the areas that should report, or by table the areas or rows that should come, if any were said.
    """

    tables: Mapping[str, Files]
    forms: Mapping[str, Form]
    year: int | None
    by: list[str] | None
    expected: list[Any] | dict[str, Any] | None

    @property
    def filled(self) -> dict[str, Any]:
        """The tables with their forms, as `evaluate` takes them."""
        return {key: self.forms.get(key, Form()).of(files) for key, files in self.tables.items()}


def inputs(options: Any, programme: Programme) -> Inputs:
    """Return what the options of a command say of its inputs.

    Raises:
        StopError: if no table came, or a file is not there or holds no list of areas.
        UnreadableTable: for a file that cannot be read.
    """
    tables = _tables(options, programme)
    tables, expected = _expected(options, tables, programme)
    by = [name for names in options.by for name in names.split(",") if name]
    return Inputs(tables, _forms(options, programme), options.year, by or None, expected)


def _expected(
    options: Any, tables: dict[str, Files], programme: Programme
) -> tuple[dict[str, Files], list[Any] | dict[str, Any] | None]:
    """Return the tables, and what should come: areas of all of them, or by table areas or rows.

    Raises:
        StopError: if both are said, a form has no rows, or a file is not there or holds no list of areas.
    """
    everywhere = [path for key, path in options.expected if not key]
    rows: dict[str, list[str]] = {}
    for key, path in options.expected:
        if key:
            rows.setdefault(key, []).append(path)
    forms = dict(options.expected_form)
    if len(everywhere) > 1 or (everywhere and rows):
        raise StopError(
            Message(
                "--expected takes one file of areas, or a file for each table, as in {example}",
                example=f"{next(iter(rows), next(iter(programme.tables)))}={everywhere[0]}",
            )
        )
    for key in forms.keys() - rows.keys():
        raise StopError(Message("--expected-form: {key!r} has no rows in --expected", key=key))
    if everywhere:
        return _alike(tables, area_list(everywhere[0]), programme)
    by_table: dict[str, Any] = {}
    for key, paths in rows.items():
        if Path(paths[0]).suffix.lower() == ".txt":
            tables, by_table[key] = _alike(tables, [area for path in paths for area in area_list(path)], programme)
        else:
            by_table[key] = (_form(forms[key]) if key in forms else Form()).of(_files(paths))
    return tables, by_table or None


def _tables(options: Any, programme: Programme) -> dict[str, Files]:
    patterns = {key: options.tables[key] for key in programme.tables if key in options.tables}
    if not patterns:
        raise StopError(
            Message("no table was given; at least one is needed of {known}", known=list(options.flags.values()))
        )
    sheets = dict(options.sheet)
    return {
        key: _files(names, sheets.get(key, sheets.get("")), programme.tables[key]) for key, names in patterns.items()
    }


def _files(patterns: Sequence[str], sheet: str | None = None, table: Table | None = None) -> Files:
    paths = tuple(dict.fromkeys(path for pattern in patterns for path in find_files(pattern).paths))
    if sheet is None:
        return Files(paths, 0 if table is None else _own_sheet(paths, table))
    return Files(paths, _sheet(paths, sheet))


def _own_sheet(paths: Sequence[Path], table: Table) -> str | int:
    """Return the sheet that is called as a table is, where every workbook has one of that name; else the first."""
    own = {table.key, *(sheet_name(table, lang) for lang in table.name.words)}
    books = [path for path in paths if SUFFIXES[path.suffix.lower()] == "excel"]
    named = [own.intersection(sheet_names(path)) for path in books]
    return min(named[0]) if named and len(named[0]) == 1 and all(each == named[0] for each in named) else 0


def _sheet(paths: Sequence[Path], sheet: str) -> str | int:
    """Return the name of a sheet, or its position if it is a number that no sheet is called."""
    if not sheet.isdecimal() or int(sheet) < 1:
        return sheet
    books = [path for path in paths if SUFFIXES[path.suffix.lower()] == "excel"]
    return sheet if any(sheet in sheet_names(path) for path in books) else int(sheet) - 1


def _forms(options: Any, programme: Programme) -> dict[str, Form]:
    """Return by table its form, as a file says, with what was said besides of its unit, its layout and its totals.

    Raises:
        StopError: for a file that is not there or is no form.
    """
    units, layouts, totals = dict(options.units), dict(options.layout), dict(options.totals)
    forms = {key: _form(path) for key, path in options.form}
    return {
        key: _with(forms.get(key, Form()), units.get(key), layouts.get(key), totals.get(key, totals.get("")))
        for key in programme.tables
    }


def _form(path: str) -> Form:
    try:
        return Form.load(path)
    except FileNotFoundError:
        raise StopError(Message("no file matches {given!r}", given=path), BAD_FILE) from None
    except (OSError, OptionError) as error:
        raise StopError(Message("{given!r} is no form: {error}", given=path, error=error), BAD_FILE) from error


def _with(form: Form, unit: str | None, layout: Any, totals: Any) -> Form:
    """Return a form with what was said besides."""
    said = {"unit": unit, "layout": layout, "totals": totals}
    return evolve(form, **{name: value for name, value in said.items() if value is not None})


def area_list(name: str) -> list[Any]:
    """Return the areas that a file lists: one a line (.txt), or a table with the column area."""
    path = Path(name)
    if path.suffix.lower() == ".txt":
        return list(dict.fromkeys(line.strip() for line in _lines(path) if line.strip()))
    areas: dict[Any, None] = {}
    listed = _files([name]).with_text(["area"])
    for frame in listed.stream().pieces(lambda names: [column for column in names if column == "area"]):
        if "area" not in frame.names:
            raise StopError(
                Message(
                    "{given!r} has no list of areas; it needs a column area, or to be a .txt with one area a line",
                    given=name,
                ),
                BAD_FILE,
            )
        areas.update((area, None) for area in frame.read("area").objects() if area is not None)
    return list(areas)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise StopError(Message("no file matches {given!r}", given=str(path)), BAD_FILE) from None
    except (OSError, UnicodeDecodeError) as error:
        raise StopError(
            Message("{given!r} cannot be read as a list: {error}", given=str(path), error=error), BAD_FILE
        ) from error


def _alike(tables: dict[str, Files], areas: list[Any], programme: Programme) -> tuple[dict[str, Files], list[Any]]:
    """Return tables and a list of areas that hold codes alike: as numbers, or as text."""
    plain = all(isinstance(area, str) and spelling(area) == "whole" for area in areas)
    values = [int(area) for area in areas] if plain else areas
    if plain and "area" in text_keys({**tables, "": {"area": values}}, ["area"], programme.tables):
        values = areas
    typed = typed_alike({**tables, "": {"area": values}}, ["area"], programme.tables)
    return {key: typed[key] for key in tables}, values
