"""`Levels`: a level for each value of a category, in place of one for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly


@versioned
@frozen
class Levels:
    """A level for each value of a category. Made by `by`."""

    column: str
    levels: Mapping[str, Any]


def by(column: str, /, **levels: Any) -> Levels:
    """Return levels by group: each unit is asked for the level of its class, and all classes must keep theirs.

    Args:
        column: a category of the indicator's table.
        levels: the level for each of its values that has one; units of others are asked for none.

    Raises:
        DefinitionError: without levels; or, when it is used, for a column or value that the table lacks.

    Example:
        >>> from envindicators import Share, Table, Unit, flag
        >>> homes = Table("homes", Unit("home", "homes"), total="homes", parts=["clean"],
        ...               categories={"region": ["delta", "mountain"]})
        >>> water = Share("water", "clean water", table=homes, where=flag("clean"))
        >>> [str(each.threshold) for each in water.at_least(by("region", delta="65%", mountain="35%")).requirements]
        ['≥ 65%', '≥ 35%']
    """
    if not levels:
        raise DefinitionError(f"by({column!r}): no levels; expected one for each value, as by({column!r}, delta='65%')")
    return Levels(column, ReadOnly(levels))
