"""Tables that stand in files."""

from __future__ import annotations

import csv
import decimal
import glob
import importlib
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from envindicators.errors import PackageNeeded, UnreadableTable
from envindicators.frames.column import from_objects
from envindicators.frames.stream import Columns, Opened, Stream

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
}
"""What the end of a file's name says of its format."""

CHUNK = 100_000
"""How many rows of a text file are taken at a time."""

HEAD = 20
"""In how many rows at the top of a file its heading is looked for."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_CODE = re.compile(r"0[0-9]+")
_TRUTHS = {"TRUE": True, "True": True, "true": True, "FALSE": False, "False": False, "false": False}
_EXACT_FLOATS = 2**53


@frozen
class Files:
    """The files of one table, read when they are needed. Made by `find_files`.

    Args:
        paths: the files, in the order of their names.
        sheet: the sheet of Excel files, by name or position; the first unless given.
    """

    paths: tuple[Path, ...]
    sheet: str | int = 0

    def stream(self) -> Stream:
        """Return the files as a stream: CSV and Parquet in batches, Excel a file at a time.

        Its pieces raise `UnreadableTable` for a file that cannot be read, and ImportError if reading it
        needs a package that is not installed, naming the extra.
        """
        return Stream("pandas", self._pieces)

    def _pieces(self, columns: Columns) -> Iterator[Opened]:
        texts: dict[str, Any] = {}
        for path in self.paths:
            yield from _read(path, str(path) if len(self.paths) > 1 else None, self.sheet, columns, texts)


def find_files(pattern: str | Path, sheet: str | int = 0) -> Files:
    """Return the files that a pattern matches; see `envindicators.scan`."""
    text = str(pattern)
    paths = [Path(text)] if Path(text).is_file() else [Path(each) for each in sorted(glob.glob(text, recursive=True))]
    paths = [path for path in paths if path.is_file()]
    if not paths:
        if Path(text).is_dir():
            raise UnreadableTable(*_folder(text))
        raise FileNotFoundError(f"no file matches {text!r}")
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            old = path.suffix.lower() == ".xls"
            raise UnreadableTable(
                f"{path}: expected a name that ends in one of {known}{'; save it as .xlsx' if old else ''}",
                f"{path}: tên tệp phải có đuôi là một trong {known}{'; hãy lưu lại thành .xlsx' if old else ''}",
            )
    return Files(tuple(paths), sheet)


def _folder(text: str) -> tuple[str, str]:
    """Return how to name the files of a folder, in English and in Vietnamese."""
    suffixes = {path.suffix.lower() for path in Path(text).iterdir()}
    suffix = next((each for each in SUFFIXES if each in suffixes), ".csv")
    pattern = str(Path(text) / f"*{suffix}")
    return (
        f"{text!r} is a folder; for the files in it say {pattern!r}",
        f"{text!r} là thư mục; muốn đọc các tệp trong đó hãy ghi {pattern!r}",
    )


def _read(
    path: Path, source: str | None, sheet: str | int, columns: Columns, texts: dict[str, Any]
) -> Iterator[Opened]:
    kind = SUFFIXES[path.suffix.lower()]
    try:
        if kind == "csv":
            yield from _csv_pieces(path, source, columns)
        elif kind == "parquet":
            _needed("pyarrow.parquet", path, "parquet")
            batches = importlib.import_module("envindicators.frames.lazy")
            yield from batches.parquet_pieces(path, columns, source, texts)
        else:
            yield from _excel_pieces(path, source, sheet, columns)
    except ImportError:
        raise
    except UnreadableTable as error:
        if error.in_("vi") != error.in_("en"):
            raise
        raise UnreadableTable(error.in_("en"), f"{path}: không đọc được tệp này ({error.__cause__})") from error
    except UnicodeDecodeError as error:
        raise UnreadableTable(
            f"{path}: is not UTF-8; save it as CSV UTF-8 ({error})",
            f"{path}: tệp không ở mã UTF-8; hãy lưu lại dạng CSV UTF-8 ({error})",
        ) from error
    except (OSError, ValueError, LookupError, TypeError, csv.Error, zipfile.BadZipFile) as error:
        raise UnreadableTable(
            f"{path}: cannot be read as {kind} ({error})", f"{path}: không đọc được theo dạng {kind} ({error})"
        ) from error


def _needed(module: str, path: Path, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise PackageNeeded(str(path), extra) from error


def _pieces(
    path: Path,
    source: str | None,
    rows: Iterable[Sequence[Any]],
    parse: Callable[[list[Any], int], list[Any]],
    columns: Columns,
) -> Iterator[Opened]:
    """Yield rows of cells, None for a blank one, as frames; the first row holds the names.

    Args:
        path: the file.
        source: the file, where there are several.
        rows: the rows.
        parse: turns the cells of a column, whose number it is told, into values.
        columns: told the names, returns those that will be read.
    """
    lines = iter(rows)
    first = list(itertools.islice(lines, HEAD))
    _check_heading(path, first, columns)
    lines = itertools.chain(first, lines)
    header = list(next(lines, ()))
    places: list[int] = []
    kept: list[Sequence[Any]] = []
    none = True
    for place, cells in enumerate(lines):
        if all(cell is None for cell in cells):
            continue
        if len(cells) < len(header) or any(cell is not None for cell in cells[len(header) :]):
            found, needed = len(cells), len(header)
            raise UnreadableTable(
                f"{path}: line {place + 2} has {_some(found, 'cell')} where the first line has {needed}",
                f"{path}: dòng {place + 2} có {found} ô, trong khi dòng đầu có {needed} ô",
            )
        places.append(place)
        kept.append(cells)
        if len(kept) == CHUNK:
            yield _opened(source, header, kept, places, parse)
            places, kept, none = [], [], False
    if kept or none:
        yield _opened(source, header, kept, places, parse)


def _some(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _check_heading(path: Path, rows: Sequence[Sequence[Any]], columns: Columns) -> None:
    """Refuse a file whose first row names no column that is known, while one of the next rows names some."""
    names = [[str(cell) for cell in row if cell is not None] for row in rows]
    known = [columns(each) for each in names]
    most = max(map(len, known), default=0)
    if most and not known[0]:
        row = next(place for place, each in enumerate(known) if len(each) == most)
        first, held = ", ".join(map(repr, names[0])), ", ".join(map(repr, known[row]))
        raise UnreadableTable(
            f"{path}: the heading seems to be row {row + 1} ({held}), and the first row is ({first}); take out the "
            "rows above the heading",
            f"{path}: tiêu đề cột có vẻ nằm ở dòng {row + 1} ({held}), còn dòng đầu là ({first}); hãy bỏ các dòng "
            "phía trên tiêu đề cột",
        )


def _opened(
    source: str | None,
    header: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    places: Sequence[int],
    parse: Callable[[list[Any], int], list[Any]],
) -> Opened:
    names: list[str] = []
    columns: list[list[Any]] = []
    for column, name in enumerate(header):
        cells = [row[column] for row in rows]
        if name is not None or any(cell is not None for cell in cells):
            names.append(f"column {column + 1}" if name is None else str(name))
            columns.append(parse(cells, column))
    return Opened(
        "pandas", tuple(names), len(rows), lambda name: from_objects(columns[names.index(name)]), source, tuple(places)
    )


def _csv_pieces(path: Path, source: str | None, columns: Columns) -> Iterator[Opened]:
    codes, thousands = _code_columns(path)

    def parse(cells: list[Any], column: int) -> list[Any]:
        return cells if column in codes else _parsed(cells, thousands=column in thousands)

    return _pieces(path, source, _csv_rows(path), parse, columns)


def _code_columns(path: Path) -> tuple[frozenset[int], frozenset[int]]:
    """Return which columns hold a code that begins with 0, and so are text, and which may hold points of thousands.

    12.345 is twelve thousand to one office and twelve to another. Where no cell of the column tells (as 0.5
    and 1234.567 do), such cells stay text.
    """
    codes: set[int] = set()
    pointed: set[int] = set()
    decimal_: set[int] = set()
    for cells in itertools.islice(_csv_rows(path), 1, None):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if cell[0] == "0" and column not in codes and _CODE.fullmatch(cell):
                codes.add(column)
            if "." in cell and column not in decimal_:
                if _THOUSANDS.fullmatch(cell):
                    pointed.add(column)
                elif _DECIMAL.fullmatch(cell):
                    decimal_.add(column)
    return frozenset(codes), frozenset(pointed - decimal_)


def _csv_rows(path: Path) -> Iterator[list[str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        head = lines.readline()
        separator = max(",;\t", key=head.count)
        lines.seek(0)
        for cells in csv.reader(lines, delimiter=separator, strict=True):
            yield [cell or None for cell in cells]


def _parsed(cells: list[str | None], *, thousands: bool) -> list[Any]:
    """Return the cells of a CSV column as numbers and truths where they are written so.

    Args:
        cells: the cells.
        thousands: whether a point may stand for thousands; cells in which it may are left as text.
    """
    distinct = set(cells) - {None}
    values: dict[str | None, Any] = {
        cell: cell if thousands and _THOUSANDS.fullmatch(cell) else _value(cell)
        for cell in distinct
        if cell is not None
    }
    return [values.get(cell) for cell in cells]


def _value(cell: str) -> Any:
    if _WHOLE.fullmatch(cell):
        return int(cell)
    if _DECIMAL.fullmatch(cell):
        # with a point or an exponent a large number has been a float, and may have lost digits
        exact = decimal.Decimal(cell)
        return exact if abs(exact) < _EXACT_FLOATS else float(cell)
    return _TRUTHS.get(cell, cell)


@frozen(eq=False)
class Sheet(Opened):
    """A sheet of a workbook.

    Args:
        sheet: its name.
        others: the names of the other sheets that hold something, which are not read.
    """

    sheet: str = ""
    others: tuple[str, ...] = ()


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; none of a file that cannot be read."""
    try:
        book = _needed("openpyxl", path, "excel").load_workbook(path, read_only=True)
    except (OSError, ValueError, LookupError, TypeError, zipfile.BadZipFile):
        return []
    try:
        return [each.title for each in book.worksheets]
    finally:
        book.close()


def _excel_pieces(path: Path, source: str | None, sheet: str | int, columns: Columns) -> Iterator[Opened]:
    openpyxl = _needed("openpyxl", path, "excel")
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path, data_only=False)
    shown, written = _sheet(values, path, sheet), _sheet(formulas, path, sheet)
    others = tuple(each.title for each in values.worksheets if each.title != shown.title and _holds_something(each))
    if others and not _holds_something(shown):
        names = ", ".join(map(repr, others))
        raise UnreadableTable(
            f"{path}: the sheet {shown.title!r} is empty; sheets that hold data: {names}",
            f"{path}: trang tính {shown.title!r} không có gì; các trang tính có số liệu: {names}",
        )
    for piece in _pieces(path, source, _excel_rows(shown, written), lambda cells, _: cells, columns):
        yield Sheet(
            piece.backend, piece.names, piece.length, piece.columns, piece.source, piece.places,
            sheet=shown.title, others=others,
        )  # fmt: skip


def _holds_something(sheet: Any) -> bool:
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _excel_rows(shown: Any, written: Any) -> Iterator[list[Any]]:
    for cells, sources in zip(shown.iter_rows(values_only=True), written.iter_rows(values_only=True), strict=True):
        yield [_cell(value, source) for value, source in zip(cells, sources, strict=True)]


def _sheet(book: Any, path: Path, sheet: str | int) -> Any:
    names = [each.title for each in book.worksheets]
    shown = ", ".join(map(repr, names))
    if isinstance(sheet, str):
        if sheet not in names:
            raise UnreadableTable(
                f"{path}: has no sheet {sheet!r} ({shown})", f"{path}: không có trang tính {sheet!r} ({shown})"
            )
        return book[sheet]
    if not 0 <= sheet < len(names):
        raise UnreadableTable(
            f"{path}: has only {_some(len(names), 'sheet')} ({shown})",
            f"{path}: chỉ có {len(names)} trang tính ({shown})",
        )
    return book.worksheets[sheet]


def _cell(value: Any, source: Any) -> Any:
    """Return a cell of Excel: a formula that was never computed as its text, a whole number as what Excel holds."""
    if value is None:
        return source if isinstance(source, str) and source.startswith("=") else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT_FLOATS:
        return float(value)
    return value
