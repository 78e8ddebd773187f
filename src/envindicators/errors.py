"""What the library raises and warns about, apart from the builtins.

Bad data is reported as `Problem` objects inside an `InvalidTable`; see `envindicators.problems`.
"""

from __future__ import annotations


class DefinitionError(ValueError):
    """A target, indicator, rule or programme contradicts itself.

    Raised when the object is made, never later: a value or column that the table lacks, a range
    with its ends exchanged, a target without readings, two things under one key.
    """


class WrongTypeError(DefinitionError, TypeError):
    """A definition is given something of another type than it takes."""


class CoverageWarning(UserWarning):
    """An area stands in one table and not in another, so totals over it stay open.

    Issued by `evaluate`. The areas are also listed, table by table, in ``card.missing``.
    """


class UnreadableTable(ValueError):  # noqa: N818 - a public name
    """A file, a lazy frame or a piece of a table cannot be read. The message names it; nothing was counted.

    Args:
        message: what is wrong, in English.
        vi: the same in Vietnamese.
    """

    def __init__(self, message: str, vi: str = "") -> None:
        super().__init__(message, vi)

    def in_(self, lang: str) -> str:
        """Return the message in ``"vi"`` or ``"en"``; in English where it was made in English only."""
        english, vietnamese = self.args
        return str(vietnamese if lang == "vi" and vietnamese else english)

    def __str__(self) -> str:
        return self.in_("en")


class PackageNeeded(ImportError):  # noqa: N818 - told apart, and never caught by name
    """Reading a file needs a package that is not installed. The message names the extra that brings it."""

    def __init__(self, path: str, extra: str) -> None:
        super().__init__(path, extra)

    def in_(self, lang: str) -> str:
        """Return the message in ``"vi"`` or ``"en"``."""
        path, extra = self.args
        said = "muốn đọc tệp này cần cài thêm" if lang == "vi" else "reading it needs another package:"
        return f"{path}: {said} pip install 'envindicators[{extra}]'"

    def __str__(self) -> str:
        return self.in_("en")
