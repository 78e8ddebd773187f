"""Large CSV files: pyarrow parts their cells, in a fraction of the time that Python takes.

Only the cells are its work, each as text; what is a number, a truth or text is told where that is told of every file,
once for each text that occurs. A file in which the two might part cells otherwise is left to Python.
"""

from __future__ import annotations

import codecs
import importlib.util
import itertools
import os
import re
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np

from envindicators.frames.column import Column

LARGE = 1 << 20
"""From so many bytes on it is worth a look."""

_AT_ONCE = 1 << 24
"""So many bytes are parted at a time."""

_LONGEST = 1 << 17
"""No cell is longer that Python parts."""

_DIRECTIVE = re.compile(b"sep=", re.IGNORECASE)


def is_plain(path: Path, separator: str) -> bool:
    """Return whether a file is large, quotation marks stand around whole cells, and lines end in the usual ways.

    Args:
        path: the file.
        separator: what parts its cells.
    """
    if path.stat().st_size < LARGE or len(separator.encode()) > 1 or importlib.util.find_spec("pyarrow") is None:
        return False
    parts = re.escape(separator.encode())
    quoted = re.compile(rb'(?<![^%b\r\n])"(?:[^"\r\n]|"")*"(?=%b|\r?\n|\Z)' % (parts, parts))
    with path.open("rb") as file:
        head = file.read(len(codecs.BOM_UTF8))
        file.seek(len(head) if head == codecs.BOM_UTF8 else 0)
        return not _DIRECTIVE.match(file.peek(4)) and all(_is_plain(lines, quoted) for lines in _whole_lines(file))


def _whole_lines(file: BufferedReader) -> Iterator[bytes]:
    """Yield a file in parts that end where a line does."""
    rest = b""
    while block := file.read(_AT_ONCE):
        end = block.rfind(b"\n") + 1
        yield rest + block[:end]
        rest = block[end:]
    yield rest


def _is_plain(lines: bytes, quoted: re.Pattern[bytes]) -> bool:
    if b"\0" in lines or (b"\r" in lines and lines.count(b"\r") != lines.count(b"\r\n")):
        return False
    return b'"' not in lines or b'"' not in quoted.sub(b"", lines)


def plain_batches(path: Path, separator: str, first_row: int, width: int) -> Iterator[Any]:
    """Yield the rows under the heading as pyarrow record batches of text, null where a cell is blank.

    Args:
        path: the file.
        separator: what parts its cells.
        first_row: the number of the first row, from 1.
        width: how many cells every row has.

    Raises:
        pyarrow.ArrowInvalid: for a row of another number of cells, no UTF-8, and a cell that Python does not take.
    """
    pa, csv, compute = (importlib.import_module(name) for name in ("pyarrow", "pyarrow.csv", "pyarrow.compute"))
    names = list(map(str, range(width)))
    reader = csv.open_csv(
        os.fspath(path),  # of an upload its name is another
        csv.ReadOptions(block_size=_AT_ONCE, skip_rows=first_row - 1, column_names=names),
        csv.ParseOptions(delimiter=separator, ignore_empty_lines=False),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True),
    )
    none = pa.RecordBatch.from_pylist([], reader.schema)  # of a file without rows there is no batch
    with reader:
        for batch in itertools.chain(reader, [none]):
            for column in batch.columns:
                if (compute.max(compute.binary_length(column)).as_py() or 0) >= _LONGEST:
                    raise pa.ArrowInvalid(os.fspath(path))
            yield batch


def distinct(cells: Any, *, with_point: bool = False) -> list[str]:
    """Return the texts of a column, each once, without those that are blank; perhaps only those with a point."""
    compute = importlib.import_module("pyarrow.compute")
    held = cells.filter(compute.match_substring(cells, ".")) if with_point else cells
    found: list[str] = held.unique().drop_null().to_pylist()
    return found


def rows_kept(batch: Any, start: int) -> tuple[Any, Any]:
    """Return a batch without the rows that are blank throughout, and the positions of the rest."""
    gone = np.ones(batch.num_rows, dtype=np.bool_)
    for column in batch.columns:
        if not gone.any():
            break
        gone &= column.is_null().to_numpy(zero_copy_only=False)
    if not gone.any():
        return batch, range(start, start + batch.num_rows)
    return batch.filter(importlib.import_module("pyarrow").array(~gone)), np.flatnonzero(~gone) + start


def whole_numbers(cells: Any) -> Column | None:
    """Return a column of cells that are plain whole numbers of 64 bits; None where one of them is anything else."""
    pa = importlib.import_module("pyarrow")
    try:
        numbers = cells.cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    if numbers.null_count == len(numbers) or not numbers.cast(pa.string()).equals(cells):
        return None
    missing = numbers.is_null().to_numpy(zero_copy_only=False) if numbers.null_count else None
    return Column("int", numbers.fill_null(0).to_numpy(), missing)


def as_codes(cells: Any) -> tuple[Any, list[str]]:
    """Return a column as codes, -1 where a cell is blank, into the texts that occur."""
    held = cells.dictionary_encode()
    texts: list[str] = held.dictionary.to_pylist()
    return held.indices.fill_null(-1).to_numpy().astype(np.int64), texts
