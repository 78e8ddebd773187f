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
    """A file, a lazy frame or a piece of a table cannot be read. The message names it; nothing was counted."""
