"""Keys of text files: whether codes are numbers or text, told once for all files and tables of a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from envindicators.definitions.table import Table
from envindicators.frames.files import Files
from envindicators.frames.open import holds_text
from envindicators.ingest.formed import Formed


def text_keys(tables: Mapping[str, Any], keys: Sequence[str], known: Mapping[str, Table]) -> frozenset[str]:
    """Return the key columns that are text in a call: see `typed_alike`, whose arguments these are."""
    return _Written.of(tables, keys, known).text


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
    written = _Written.of(tables, keys, known)
    found = dict(tables)
    for key, files in written.files.items():
        spellings, table = written.spellings[key], known.get(key)
        texts = {*written.text, *(name for name in written.ids[key] if "text" in spellings[name])}
        categories = [category.key for category in table.categories] if table else []
        found[key] = files.with_text([*(name for name in texts if "typed" not in spellings[name]), *categories])
    return found


def typed_like(given: Any, names: Sequence[str], keys: Iterable[Sequence[Any]]) -> Any:
    """Return files, and files with a form, with those keys as text that some known keys hold as text.

    Anything else is returned as it is.

    Args:
        given: files, or anything else.
        names: the key columns.
        keys: known keys, a value for each of the names.
    """
    if not _in_files(given):
        return given
    return given.with_text(
        {name for key in keys for name, value in zip(names, key, strict=True) if isinstance(value, str)}
    )


def _in_files(given: Any) -> bool:
    return isinstance(given, Files) or (isinstance(given, Formed) and given.files is not None)


def _holds_text(given: Any, name: str) -> bool:
    return given.holds_text(name, holds_text) if isinstance(given, Formed) else holds_text(given, name)


@frozen(eq=False)
class _Written:
    """How the keys of a call are written.

    Args:
        files: the tables that are files.
        ids: for each of them its id column, if it has one.
        spellings: for each of them how its columns are written; see `Files.spellings`.
        text: the shared keys that are text.
    """

    files: Mapping[str, Files | Formed]
    ids: Mapping[str, Sequence[str]]
    spellings: Mapping[str, Mapping[str, frozenset[str]]]
    text: frozenset[str]

    @classmethod
    def of(cls, tables: Mapping[str, Any], keys: Sequence[str], known: Mapping[str, Table]) -> _Written:
        """Return how the keys of some tables are written."""
        files = {key: given for key, given in tables.items() if _in_files(given)}
        ids = {key: [table.id] if (table := known.get(key)) and table.id else [] for key in files}
        spellings = {key: given.spellings([*keys, *ids[key]]) for key, given in files.items()}
        open_ = {name for name in keys if any(of_table[name] for of_table in spellings.values())}
        text = {name for name in open_ if any("text" in of_table[name] for of_table in spellings.values())}
        others = [given for key, given in tables.items() if key not in files]
        text |= {name for name in open_ - text if any(_holds_text(given, name) for given in others)}
        return cls(files, ids, spellings, frozenset(text))
