"""`scan`: tables that stand in files."""

from __future__ import annotations

import glob
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

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


class UnreadableFileError(ValueError):
    """A file cannot be read as a table. The message names the file."""


@frozen
class Files:
    """The files of one table, read when they are needed. Made by `scan`.

    Args:
        paths: the files, in the order of their names.
        sheet: the sheet of Excel files, by name or position; the first unless given.
    """

    paths: tuple[Path, ...]
    sheet: str | int = 0

    def frames(self) -> Iterator[Any]:
        """Yield the content of each file as a frame.

        Raises:
            UnreadableFileError: for a file that cannot be read.
            ImportError: if reading it needs a package that is not installed, naming the extra.
        """
        for path in self.paths:
            yield _read(path, self.sheet)


def scan(pattern: str | Path, *, sheet: str | int = 0) -> Files:
    """Return the table that stands in some files: CSV, Parquet or Excel.

    In CSV and Excel a blank cell is a missing value, and nothing else is: "-", "..." and "n/a" are
    text, which number columns refuse. CSV is UTF-8, with a comma, a semicolon or a tab between cells.

    Args:
        pattern: a path, perhaps with ``*``, ``?`` and ``**``.
        sheet: the sheet of Excel files, by name or position.

    Raises:
        FileNotFoundError: if nothing matches.
        UnreadableFileError: for a file whose name does not end like one of a known format.

    Example:
        >>> scan("nowhere/*.csv")
        Traceback (most recent call last):
        ...
        FileNotFoundError: no file matches 'nowhere/*.csv'
    """
    text = str(pattern)
    paths = [Path(text)] if Path(text).is_file() else [Path(each) for each in sorted(glob.glob(text, recursive=True))]
    paths = [path for path in paths if path.is_file()]
    if not paths:
        raise FileNotFoundError(f"no file matches {text!r}")
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            hint = "; save it as .xlsx" if path.suffix.lower() == ".xls" else ""
            raise UnreadableFileError(f"{path}: expected a name that ends in one of {known}{hint}")
    return Files(tuple(paths), sheet)


def _read(path: Path, sheet: str | int) -> Any:
    kind = SUFFIXES[path.suffix.lower()]
    try:
        if kind == "csv":
            return _read_csv(path)
        if kind == "parquet":
            return _needed("pyarrow.parquet", path, "parquet").read_table(path, partitioning=None)
        _needed("openpyxl", path, "excel")
        return _read_excel(path, sheet)
    except ImportError:
        raise
    except Exception as error:
        raise UnreadableFileError(f"{path}: cannot be read as {kind} ({error})") from error


def _needed(module: str, path: Path, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(f"{path}: reading it needs another package: pip install 'envindicators[{extra}]'") from error


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as lines:
        head = lines.readline()
    return max(",;\t", key=head.count)


def _read_csv(path: Path) -> Any:
    import pandas as pd

    frame = pd.read_csv(
        path,
        sep=_separator(path),
        encoding="utf-8-sig",
        keep_default_na=False,
        na_values=[""],
        dtype_backend="numpy_nullable",
        low_memory=False,
    )
    return _stripped(frame)


def _read_excel(path: Path, sheet: str | int) -> Any:
    import pandas as pd

    frame = pd.read_excel(
        path, sheet_name=sheet, keep_default_na=False, na_values=[""], dtype=object, engine="openpyxl"
    )
    return _stripped(frame.dropna(how="all"))


def _stripped(frame: Any) -> Any:
    """Return a frame without the nameless columns that spreadsheets leave behind, if they are empty."""
    ghosts = [name for name in frame.columns if str(name).startswith("Unnamed:") and frame[name].isna().all()]
    return frame.drop(columns=ghosts)
