"""Cells in Parquet: a row for each table, its arrays as lists; what is said in words stands in the file's metadata.

Reading executes nothing, and takes no more memory than the file says that it holds, up to a limit.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from envindicators import __version__
from envindicators.cells.cells import Cells
from envindicators.cells.classes import Classes, compiled
from envindicators.cells.fingerprint import fingerprint
from envindicators.cells.ids import Ids
from envindicators.cells.keys import Keys
from envindicators.cells.sums import NO_SUMS, fitting
from envindicators.cells.table_cells import TableCells
from envindicators.definitions.form import Form
from envindicators.errors import EnvIndicatorsError, NoSuchFile
from envindicators.formats.programme_files import as_data
from envindicators.formats.programme_reader import UnreadableProgramme, once, programme_of
from envindicators.formats.values import made, stored
from envindicators.frames.packages import needed
from envindicators.words.message import Message
from envindicators.words.shortening import brief, shown

FORMAT = 1
"""The format that is written, and the newest that is read. A pattern that comes to mean another kind raises it too."""

_KEY = b"envindicators.cells"
_MOST = 2**28
_LEAST = 2**22
_DENSEST = 32
"""So many numbers and no more are read from a file: 2 GB in all, and so many for each byte of it beyond 32 MB."""

_ARRAYS = ("kinds", "site", "kind", "weight", "open_site", "open_kind", "margins", "ledger", "values", "bounds")
_IDS = ("id_runs", "id_years", "id_names")
_COLUMNS = ("table", "levels", "codes", *_ARRAYS, "sums", *_IDS, "whole_levels", "whole_codes")
_TOLD = ("rows", "numbers", "identified")


class UnreadableCells(EnvIndicatorsError, ValueError):  # noqa: N818 - a public name
    """A file holds no cells that this version can read. The message says why."""


def write_cells(cells: Cells, file: str | Path | IO[bytes]) -> None:
    """Write cells to a Parquet file; see `Cells.to_parquet`."""
    pa = needed("pyarrow", Path(_name(file)), "parquet")
    parquet = needed("pyarrow.parquet", Path(_name(file)), "parquet")
    said = {
        "format": FORMAT,
        "envindicators": __version__,
        "programme": as_data(cells.programme),
        "by": cells.by,
        "forms": {key: attrs.asdict(form, filter=_says) for key, form in cells.forms.items()},
        "tables": {key: _words(table) for key, table in cells.tables.items()},
        "problems": stored(cells.problems),
        "backend": cells.backend,
    }
    rows = [_row(key, table) for key, table in cells.tables.items()]
    whole, texts = pa.list_(pa.int64()), pa.list_(pa.list_(pa.string()))
    types = {"table": pa.string(), "levels": texts, "sums": pa.list_(pa.string()), "id_names": texts}
    types |= {"whole_levels": texts}
    schema = pa.schema(
        [(name, types.get(name, whole)) for name in _COLUMNS],
        metadata={_KEY: json.dumps(said, ensure_ascii=False, default=str)},
    )
    columns = [pa.array([row[name] for row in rows], type=schema.field(name).type) for name in _COLUMNS]
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), file, compression="zstd")


def _name(file: Any) -> str:
    return str(file) if isinstance(file, (str, Path)) else str(getattr(file, "name", "Parquet"))


def _says(_: Any, value: Any) -> bool:
    return isinstance(value, str)


def _words(table: TableCells) -> dict[str, Any]:
    prints = [attrs.asdict(fingerprint(table, year)) for year in _years(table)]
    told = {name: getattr(table, name) for name in _TOLD}
    return told | {"came": sorted(table.came), "latest": table.latest, "fingerprints": prints}


def _years(table: TableCells) -> list[int | None]:
    return [level for level in table.keys.levels[0] if level is not None] or [None]


def _row(key: str, table: TableCells) -> dict[str, Any]:
    """Return the arrays of a table by name, each as one list."""
    ids, whole = table.ids, table.whole
    named = [sorted(map(_as_json, of_year)) for _, of_year in ids.named]
    return {
        "table": key,
        "levels": _levels(table.keys),
        "codes": table.keys.codes.ravel(),
        **{name: getattr(table, name).ravel() for name in _ARRAYS},
        "sums": list(map(str, table.sums.ravel().tolist())),
        "id_runs": ids.runs.ravel(),
        "id_years": [year for year, _ in ids.named],
        "id_names": named,
        "whole_levels": None if whole is None else _levels(whole),
        "whole_codes": None if whole is None else whole.codes.ravel(),
    }


def _levels(keys: Keys) -> list[list[str]]:
    return [list(map(_as_json, levels)) for levels in keys.levels]


def _as_json(value: Any) -> str:
    return json.dumps(stored(value), ensure_ascii=False)


# reading

_FAULTS = (
    EnvIndicatorsError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pyarrow and the library say of a file that holds something else."""


def read_cells(file: str | Path | IO[bytes]) -> Cells:
    """Return the cells in a Parquet file; see `Cells.from_parquet`."""
    if isinstance(file, (str, Path)):
        if not Path(file).is_file():
            raise NoSuchFile(Message("no file matches {pattern}", pattern=shown(str(file))))
        with Path(file).open("rb") as opened:
            return read_cells(opened)
    name = _name(file)
    parquet = needed("pyarrow.parquet", Path(name), "parquet")
    try:
        opened_file = parquet.ParquetFile(file)
        said = _said(opened_file, file.seek(0, io.SEEK_END))
        cells = _cells(said, opened_file.read())
    except _FAULTS as error:
        ours = isinstance(error, (UnreadableCells, UnreadableProgramme))
        why = error if ours else f"{type(error).__name__}: {error}"
        raise UnreadableCells(Message("{source}: no cells: {error}", source=name, error=why)) from None
    return cells


def _said(opened: Any, size: int) -> dict[str, Any]:
    """Return what the file says in words, after looking at its version and size."""
    words = (opened.schema_arrow.metadata or {}).get(_KEY)
    if words is None:
        raise UnreadableCells(Message("Cells.to_parquet writes them"))
    said: dict[str, Any] = json.loads(words, object_pairs_hook=once)
    if not isinstance(said.get("format"), int) or not 1 <= said["format"] <= FORMAT:
        raise UnreadableCells(
            Message(
                "format {given}, written by envindicators {writer}; this version reads up to {known}",
                given=shown(said.get("format")),
                writer=brief(str(said.get("envindicators", "?"))),
                known=FORMAT,
            )
        )
    groups = [opened.metadata.row_group(place) for place in range(opened.metadata.num_row_groups)]
    numbers = sum(group.column(place).num_values for group in groups for place in range(group.num_columns))
    if numbers > min(_MOST, _LEAST + _DENSEST * size) or opened.metadata.num_rows != len(said["tables"]):
        tables = opened.metadata.num_rows
        raise UnreadableCells(Message("{numbers} numbers in {tables} tables", numbers=numbers, tables=tables))
    return said


def _cells(said: Mapping[str, Any], read: Any) -> Cells:
    programme = programme_of(said["programme"], Message("the programme of the cells"))
    empty = Cells(programme, said["by"], {key: Form(**form) for key, form in said["forms"].items()})
    tables: dict[str, TableCells] = {}
    for place, key in enumerate(read.column("table").to_pylist()):
        classes, words = compiled(programme).classes[key], said["tables"][key]
        arrays = {name: read.column(name)[place] for name in read.column_names if name != "table"}
        tables[key] = _table(classes, empty.key_names, words, arrays)
        if [attrs.asdict(fingerprint(tables[key], year)) for year in _years(tables[key])] != words["fingerprints"]:
            raise UnreadableCells(Message("the numbers of {key!r} are not those that were written", key=key))
    ordered = {key: tables[key] for key in programme.tables if key in tables}
    return attrs.evolve(empty, tables=ordered, problems=made(said["problems"]), backend=said["backend"])


def _table(classes: Classes, names: tuple[str, ...], words: Mapping[str, Any], arrays: Mapping[str, Any]) -> TableCells:
    table, columns = classes.table, len(classes.table.attributes)
    parts, values = len(table.parts), len(table.values)
    widths = {
        "kinds": classes.width,
        "margins": 2 + columns + values,
        "ledger": 2 + columns + parts,
        "values": values,
        "bounds": 2 * parts,
    }
    keys = _keys(names, arrays["levels"], arrays["codes"])
    numbers: dict[str, Any] = {name: _numbers(arrays[name], widths.get(name)) for name in _ARRAYS}
    numbers["kinds"] = numbers["kinds"].astype(np.int16)
    sums = np.array([int(number) for number in arrays["sums"].as_py()], dtype=object).reshape(-1, 3 * values or 1)
    if not len(numbers["bounds"]):
        numbers["bounds"] = NO_SUMS
    _check(classes, keys, numbers)
    named = zip(arrays["id_years"].as_py(), arrays["id_names"].as_py(), strict=True)
    part = arrays["whole_levels"].as_py() is not None
    return TableCells(
        table,
        keys,
        **numbers,
        ids=Ids(
            _numbers(arrays["id_runs"], 3),
            tuple((year, frozenset(made(json.loads(text)) for text in texts)) for year, texts in named),
        ),
        came=frozenset(words["came"]),
        latest=tuple(words["latest"]),
        sums=fitting(sums) if values else NO_SUMS,
        whole=_keys(names, arrays["whole_levels"], arrays["whole_codes"]) if part else None,
        **{name: words[name] for name in _TOLD},
    )


def _keys(names: tuple[str, ...], levels: Any, codes: Any) -> Keys:
    read = tuple([made(json.loads(text)) for text in column] for column in levels.as_py())
    keys = Keys(names, read, _numbers(codes, len(names)).astype(np.int32))
    for column, values in zip(keys.codes.T, keys.levels, strict=True):
        _within(column, len(values), "keys")
    return keys


def _numbers(array: Any, width: int | None = None) -> NDArray[Any]:
    numbers: NDArray[Any] = array.values.to_numpy(zero_copy_only=False)
    if width is None:
        return numbers.astype(np.int64)
    return numbers.astype(np.int64).reshape(-1, width) if width else np.zeros((0, 0), dtype=np.int64)


def _check(classes: Classes, keys: Keys, numbers: Mapping[str, NDArray[Any]]) -> None:
    """Refuse arrays that point beyond what they point into."""
    table = classes.table
    for name in ("site", "open_site"):
        _within(numbers[name], len(keys), name)
    for name in ("kind", "open_kind"):
        _within(numbers[name], len(numbers["kinds"]), name)
    for name in ("margins", "ledger"):
        _within(numbers[name][:, 0], len(keys), name)
    first = {"kinds": len(classes.questions), "margins": 2 + len(table.parts), "ledger": 1 + len(table.parts)}
    for name, place in first.items():
        for category, column in zip(table.categories, numbers[name].T[place:], strict=False):
            _within(column + 1, len(category.values) + 1, name)
    _within(numbers["kinds"][:, : len(classes.questions)].ravel(), 8, "kinds")
    lengths = {
        "weight": len(numbers["site"]),
        "kind": len(numbers["site"]),
        "open_kind": len(numbers["open_site"]),
        "values": len(numbers["ledger"]) if table.values else 0,
        "bounds": len(numbers["ledger"]) if len(numbers["bounds"]) else 0,
    }
    for name, length in lengths.items():
        if len(numbers[name]) != length:
            entries = len(numbers[name])
            said = Message("{name} has {count} entries instead of {length}", name=name, count=entries, length=length)
            raise UnreadableCells(said)


def _within(codes: NDArray[Any], size: int, name: str) -> None:
    if len(codes) and not 0 <= int(codes.min()) <= int(codes.max()) < size:
        raise UnreadableCells(Message("{name} points beyond what there is", name=name))
