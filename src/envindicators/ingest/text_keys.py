"""Keys of text files: whether codes are numbers or text, told once for all files and tables of a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from envindicators.definitions.table import Table
from envindicators.frames.files import Files
from envindicators.frames.open import holds_text


def typed_alike(tables: Mapping[str, Any], keys: Sequence[str], known: Mapping[str, Table]) -> dict[str, Any]:
    """Return tables whose text files and workbooks hold the keys as all tables of the call do.

    In a text file the area ``11`` could be a number or text. It is text where any file or table of the call holds an
    area that is text or is no plain number (``01``, ``1E5``, ``Mỹ Tú``), and a number where none does. So with every
    other key; an id is compared with those of its own table only, and categories are text. Tables that are no files
    are left as they are, and so are the columns of files that state their types.

    Args:
        tables: by key what was given for each table.
        keys: the key columns that tables share: area, and what else stands in ``by``.
        known: the tables of the programme.

    Raises:
        UnreadableTable: for a file that cannot be read.
        ImportError: if reading a file needs a package that is not installed.
    """
    files = {key: given for key, given in tables.items() if isinstance(given, Files)}
    ids = {key: {known[key].id or ""} - {""} if key in known else set[str]() for key in files}
    written = {key: given.spellings({*keys, *ids[key]}) for key, given in files.items()}
    open_ = {name for name in keys if any(spellings[name] for spellings in written.values())}
    text = {name for name in open_ if any("text" in spellings[name] for spellings in written.values())}
    others = [given for key, given in tables.items() if key not in files]
    text |= {name for name in open_ - text if any(holds_text(given, name) for given in others)}
    found = dict(tables)
    for key, given in files.items():
        spellings = written[key]
        of_table = text | {name for name in ids[key] if "text" in spellings[name]}
        names = {name for name in of_table if "typed" not in spellings[name]}
        categories = {category.key for category in known[key].categories} if key in known else set[str]()
        found[key] = given.with_text(names | categories)
    return found
