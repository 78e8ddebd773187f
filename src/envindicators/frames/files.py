"""Tables that stand in files: which files, and of which format."""

from __future__ import annotations

import contextlib
import csv
import glob
import importlib
import os
import re
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from envindicators.errors import NoSuchFile, OptionTypeError, UnreadableTable
from envindicators.frames.column import spelt
from envindicators.frames.csv import Survey, csv_pieces, spelling, survey
from envindicators.frames.encodings import not_utf8
from envindicators.frames.excel import SheetCells, excel_pieces, read_sheets
from envindicators.frames.hive import beside, folder_texts, folder_values, without
from envindicators.frames.outline import Outline
from envindicators.frames.packages import needed
from envindicators.frames.stream import Columns, NotAFrameError, Opened, Stream
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.spelling import NOTHING_NEAR

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "excel",
    ".ods": "excel",
}
"""What the end of a file's name says of its format."""


_CORES = 4
"""On so many cores, Parquet is read as quickly as DuckDB groups it, and in less memory; it keeps more of them busy."""


@frozen
class Files:
    """The files of one table, read when they are needed. Made by `find_files`.

    Args:
        paths: the files, in the order of their names.
        sheet: the sheet of Excel files, by name or position, or several; the first unless given.
        text: the columns whose cells are text, also where they could be numbers, as the caller says.
        also: further columns of which that is known, if the files have them.
        outline: where in text files and sheets the table stands.
        merged: whether text in merged cells of a sheet stands in all of them.
    """

    paths: tuple[Path, ...]
    sheet: str | int | tuple[str | int, ...] = 0
    text: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    outline: Outline = Outline()
    merged: bool = False
    left_out: dict[str | None, list[int]] = field(factory=dict[str | None, Any], eq=False, repr=False)
    _surveys: dict[Path, Survey | list[SheetCells]] = field(
        factory=dict[Path, Any], eq=False, repr=False, alias="surveys"
    )

    def stream(self) -> Stream:
        """Return the files as a stream: CSV and Parquet in batches, Excel a file at a time.

        Its pieces raise `UnreadableTable` for a file that cannot be read, and ImportError if reading it
        needs a package that is not installed, naming the extra.
        """
        return Stream(
            "pandas",
            self._pieces,
            counted=self._counted,
            first_row=self._first_row,
            engine=self._engine,
            quick=(os.cpu_count() or 1) <= _CORES,
        )

    def _counted(self) -> int | None:
        """Return how many rows there are in Parquet files, which say so; None where one cannot be read."""
        with contextlib.suppress(ImportError, OSError, ValueError):
            if all(kind_of(path) == "parquet" for path in self.paths):
                rows: int = importlib.import_module("envindicators.frames.parquet").row_count(self.paths)
                return rows
        return None

    def _engine(self) -> Any:
        """Return DuckDB for Parquet files, where it is installed and they are all alike."""
        if any(kind_of(path) != "parquet" for path in self.paths):
            return None
        return importlib.import_module("envindicators.frames.parquet").parquet_engine(self.paths, self._texts)

    def _first_row(self, source: str | None) -> int:
        """Return the number of the first row below the heading, as a spreadsheet has it; Parquet has none."""
        path = next((path for path in self.paths if source in (str(path), None) or _of_sheet(path, source)), Path())
        return 0 if path.name and kind_of(path) == "parquet" else self.outline.first_row

    @property
    def _texts(self) -> frozenset[str]:
        return self.text | self.also

    def with_text(self, names: Collection[str]) -> Files:
        """Return the same files with more columns whose cells are text."""
        return evolve(self, also=self.also | set(names))

    def spellings(self, names: Collection[str]) -> dict[str, frozenset[str]]:
        """Return for each of some columns how it is written in those files that leave open what is a number.

        Those are text files, workbooks and the names of folders. ``"whole"``, ``"decimal"`` and ``"truth"`` could be
        numbers and truths; ``"text"`` is neither, and ``"other"`` cannot be said to be text. In files that state the
        types of their columns, text is ``"text"``, and anything else ``"typed"``.

        Raises:
            UnreadableTable: for a file that cannot be read.
        """
        found: dict[str, set[str]] = {name: set() for name in names}
        for path in self.paths:
            said = {name: text for name, text in folder_texts(path).items() if name in found and text is not None}
            written = {name: {spelling(text)} for name, text in said.items()}
            with _failures(path, self.outline.encoding):
                of_file = self._spellings_of(path, names)
            for name, kinds in (*written.items(), *of_file.items()):
                found[name] |= kinds
        return {name: frozenset(kinds) for name, kinds in found.items()}

    def _spellings_of(self, path: Path, names: Collection[str]) -> Mapping[str, set[str]]:
        kind = kind_of(path)
        if kind == "parquet":
            needed("pyarrow.parquet", path, "parquet")
            parquet = importlib.import_module("envindicators.frames.parquet")
            texts: Mapping[str, bool] = parquet.text_columns(path)
            return {name: {"text" if texts[name] else "typed"} for name in names if name in texts}
        if kind == "csv":
            surveyed = self._surveys[path] = survey(path, self.outline, names)
            return surveyed.spellings
        sheets = self._surveys[path] = self._sheets(path)
        found: dict[str, set[str]] = {}
        for cells in sheets:
            for name, kinds in cells.spellings(names).items():
                found.setdefault(name, set()).update(kinds)
        return found

    def _sheets(self, path: Path) -> list[SheetCells]:
        sheets = self.sheet if isinstance(self.sheet, tuple) else (self.sheet,)
        return read_sheets(path, sheets, self.outline, merged=self.merged)

    def _pieces(self, columns: Columns) -> Iterator[Opened]:
        dictionaries: dict[str, Any] = {}
        several, lacking = len(self.paths) > 1, set(self.text)
        for path, values in zip(self.paths, folder_values(self.paths, self._texts), strict=True):
            source = str(path) if several else None
            with _failures(path, self.outline.encoding):
                for piece in self._read(path, source, without(columns, values), dictionaries):
                    made = beside(piece, values, path)
                    lacking.difference_update(made.names)
                    yield made
        if lacking:
            names = ", ".join(map(repr, sorted(lacking)))
            where = f"{self.paths[0]}" + (", ..." if several else "")
            raise UnreadableTable(
                Message("{where}: no column {names}, which text= names", where=where, names=names), kind="column"
            )

    def _read(self, path: Path, source: str | None, columns: Columns, dictionaries: dict[str, Any]) -> Iterator[Opened]:
        kind = kind_of(path)
        surveyed = self._surveys.pop(path, None)
        if kind == "excel":
            sheets = surveyed if isinstance(surveyed, list) else self._sheets(path)
            for cells in sheets:
                named = source if len(sheets) == 1 else f"{path} [{cells.title}]"
                left_out = self.left_out[named] = list[int]()
                yield from excel_pieces(path, named, cells, columns, self._texts, left_out)
            return
        left_out = self.left_out[source] = list[int]()
        if kind == "csv":
            told = surveyed if isinstance(surveyed, Survey) else None
            yield from csv_pieces(path, source, columns, self._texts, told, self.outline, left_out)
        else:
            needed("pyarrow.parquet", path, "parquet")
            parquet = importlib.import_module("envindicators.frames.parquet")
            for piece in parquet.parquet_pieces(path, columns, source, dictionaries):
                yield _with_text(piece, self._texts) if self._texts else piece


def _of_sheet(path: Path, source: str | None) -> bool:
    """Return whether a source is a sheet of a file, one of several that are read."""
    return source is not None and source.startswith(f"{path} [")


def _with_text(piece: Opened, text: frozenset[str]) -> Opened:
    return evolve(piece, columns=lambda name: spelt(piece.columns(name)) if name in text else piece.columns(name))


_LOCK = "~$"
"""How the files begin by which Excel marks a workbook that is open."""


def kind_of(path: Path) -> str:
    """Return the format of a file: ``"csv"``, ``"parquet"`` or ``"excel"``."""
    return SUFFIXES[path.suffix.lower()]


def find_files(pattern: str | Path, sheet: str | int = 0, text: str | Collection[str] = ()) -> Files:
    """Return the files that a pattern matches; see `envindicators.scan`."""
    if not isinstance(pattern, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(f"scan takes one path or pattern, as 'waste/*.csv'; got {shown(pattern)}")
    given = str(pattern)
    # as os.path tells it: no error for what is no name at all, such as the text of a table
    is_file, is_folder = os.path.isfile(given), os.path.isdir(given)  # noqa: PTH112, PTH113
    names = [given] if is_file else sorted(glob.glob(given, recursive=True))
    paths = [path for path in map(Path, names) if path.is_file() and (is_file or not path.name.startswith(_LOCK))]
    if not paths:
        if _ELSEWHERE.match(given):
            raise UnreadableTable(_elsewhere(given), kind="elsewhere")
        if is_folder:
            raise UnreadableTable(_folder(given), kind="folder")
        raise NoSuchFile(Message("no file matches {pattern}{near}", pattern=shown(given), near=_meant(given)))
    for path in paths:
        if path.name.startswith(_LOCK):
            raise UnreadableTable(
                Message("{path}: is no workbook, but marks that one is open; close it in Excel", path=path),
                kind="open_elsewhere",
            )
        if path.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise UnreadableTable(
                Message(
                    "{path}: expected a name that ends in one of {known}",
                    path=path,
                    known=known,
                ),
                kind="format",
            )
    return Files(tuple(paths), sheet, frozenset([text] if isinstance(text, str) else text))


_ELSEWHERE = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:/")
"""How an address begins that is no path: ``s3://``; ``C:/`` is a path, and `pathlib` leaves one stroke of two."""


def _elsewhere(given: str) -> Message:
    """Return how to read what lies on another machine."""
    kind = "csv" if SUFFIXES.get(Path(given).suffix.lower()) == "csv" else "parquet"
    address = re.sub(":/+", "://", given, count=1)
    return Message(
        "{pattern}: scan reads files on this machine; let an engine read this, and give its frame in place of scan: "
        "polars.scan_{kind}({pattern!r}), or duckdb.read_{kind}({pattern!r})",
        pattern=address,
        kind=kind,
    )


def _folder(given: str) -> Message:
    """Return how to name the files of a folder."""
    suffixes = [path.suffix for path in Path(given).iterdir()]
    suffix = next((known for known in SUFFIXES if known in map(str.lower, suffixes)), ".csv")
    pattern = str(Path(glob.escape(given)) / f"*{_written(suffix, suffixes)}")
    return Message("{folder!r} is a folder; for the files in it say {pattern!r}", folder=given, pattern=pattern)


def _written(suffix: str, suffixes: Sequence[str]) -> str:
    """Return what matches the end of a name in each way that it is written: ``.csv``, ``.CSV`` or both."""
    ways = {each for each in suffixes if each.lower() == suffix}
    if len(ways) < 2:
        return min(ways, default=suffix)
    return "".join(f"[{each}{each.upper()}]" if each.isalpha() else each for each in suffix)


def _meant(given: str) -> Message:
    """Return a hint to the pattern that was meant, where brackets are to the letter or ends are in capitals."""
    folder, name = os.path.split(given)
    for pattern in (os.path.join(glob.escape(folder), name), glob.escape(given), given):  # noqa: PTH118 - a pattern
        for ends in (pattern, _of_either_case(pattern)):
            if ends != given and glob.glob(ends, recursive=True):
                return Message("; did you mean {near!r}?", near=ends)
    return NOTHING_NEAR


def _of_either_case(pattern: str) -> str:
    suffix = Path(pattern).suffix
    return pattern.removesuffix(suffix) + "".join(
        f"[{each.lower()}{each.upper()}]" if each.isalpha() else each for each in suffix
    )


def _told(error: Exception, path: Path) -> str:
    """Return what another library says of a file on one line, with the file called what it is called here."""
    return " ".join(str(error).replace(os.fspath(path), str(path)).split())


@contextlib.contextmanager
def _failures(path: Path, encoding: str | None = None) -> Generator[None]:
    """Turn what reading a file raises into `UnreadableTable`, naming the file."""
    try:
        yield
    except (ImportError, NotAFrameError, UnreadableTable):
        raise
    except UnicodeError as error:
        if encoding is not None:
            raise UnreadableTable(
                Message(
                    "{path}: not encoded as {encoding}, as its form says ({error})",
                    path=path,
                    encoding=encoding,
                    error=error,
                ),
                kind="encoding",
            ) from error
        raise UnreadableTable(not_utf8(path, error), kind="encoding") from error
    except (OSError, ValueError, LookupError, TypeError, EOFError, csv.Error, zipfile.BadZipFile, zlib.error) as error:
        kind = kind_of(path)
        raise UnreadableTable(
            Message("{path}: cannot be read as {kind} ({error})", path=path, kind=kind, error=_told(error, path)),
            kind="damaged",
        ) from error
