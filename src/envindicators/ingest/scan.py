"""`scan`: tables that stand in files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envindicators.definitions.form import FilledForm, Form
from envindicators.errors import OptionError
from envindicators.frames.files import Files, find_files
from envindicators.frames.uploads import Content, content_files


def scan(
    pattern: str | Path | Content,
    *,
    sheet: str | int = 0,
    text: str | Sequence[str] = (),
    form: Form | None = None,
    name: str | None = None,
) -> Files | FilledForm:
    r"""Return the table that stands in some files, or in the content of one: CSV, Parquet or Excel.

    The first row holds the names of the columns. In CSV and Excel a blank cell is a missing value, and
    nothing else is: "-", "...", "n/a" and Excel's error cells are text, which number columns refuse. A
    row that is blank throughout is passed over, and a column without a name is not used. CSV is UTF-8,
    with a comma, a semicolon or a tab between cells. A number such as 12.345 is refused where no other cell of its
    column tells whether the point is a decimal one.

    Codes of CSV and Excel files (areas, ids, other columns of ``by``) are numbers where all of them are plain whole
    numbers. If any table given to `envindicators.evaluate` holds one that is not (``01``, ``1E5``, ``Mỹ Tú``), they are
    text in all of these files. ``text`` says so of a column in any case. An amount or a count that is written with
    leading zeros is refused.

    A folder ``year=2018`` in the path is a column of the files in it: of whole numbers where all such folders have
    one, else of text; ``%20`` stands for a space, ``__HIVE_DEFAULT_PARTITION__`` for a missing value.

    Args:
        pattern: a path, perhaps with ``*``, ``?`` and ``**``; or the content of a file, as bytes or open for bytes.
        sheet: the sheet of Excel files, by name or position.
        text: the columns that are text, though numbers stand in them, as ``["area"]``.
        form: how the files are to be read, where they do not tell.
        name: what the file is called whose content is given: its end says the format, and messages name it. A file is
            never opened by it. That of an open file is taken unless given.

    Raises:
        FileNotFoundError: if nothing matches.
        OptionTypeError: for a list of patterns, or anything else that is no path.
        UnreadableTable: for a file whose name does not end like one of a known format, and for a folder.
        OptionError: for a name beside a path, and content without one.

    Example:
        >>> scan("nowhere/*.csv")
        Traceback (most recent call last):
        ...
        envindicators.errors.NoSuchFile: no file matches 'nowhere/*.csv'
        >>> scan(b"area,persons\nA,3\n", name="residents.csv")
        Files(paths=('residents.csv',), ...)
    """
    if sheet != 0 and form is not None and form.sheet is not None and form.sheet != sheet:
        raise OptionError(f"sheet is {sheet!r}, and the form says {form.sheet!r}; say it once")
    if isinstance(pattern, (bytes, bytearray, memoryview)) or hasattr(pattern, "read"):
        files = content_files(pattern, name, sheet, text)  # type: ignore[arg-type]
    elif name is not None:
        raise OptionError(f"name is {name!r}, and what is given is a path; a name is for the content of a file")
    else:
        files = find_files(pattern, sheet, text)  # pyright: ignore[reportArgumentType] - what is no path is refused
    return files if form is None else form.of(files)
