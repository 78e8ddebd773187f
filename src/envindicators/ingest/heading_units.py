"""The unit that the headings of a file state, such as (tấn/ngày): it is what the file says, and no guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from envindicators.definitions.table import Table
from envindicators.problems import Findings
from envindicators.words.spelling import fold

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")

PERCENT = "%"


def stated_unit(heading: str, table: Table) -> str | None:
    """Return the unit of a table that a heading states in brackets; ``"%"`` for one of percentages, None for none.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> waste = soc_trang_2020.tables["waste"]
        >>> stated_unit("Rác (tấn/ngày)", waste), stated_unit("Rác", waste), stated_unit("Thu gom [%]", waste)
        ('tonne/day', None, '%')
    """
    known = _written(table)
    said = (known.get(_squeezed(each)) for each in _BRACKETS.findall(heading))
    return next((unit for unit in said if unit is not None), None)


def without_unit(heading: str, table: Table) -> str:
    """Return a heading without the unit that it states."""
    known = _written(table)
    return _BRACKETS.sub(lambda found: "" if _squeezed(found[1]) in known else found[0], heading).strip()


def _written(table: Table) -> dict[str, str]:
    """Return what may stand in brackets, with what is meant."""
    units = [name for name, _ in table.unit.multiples]
    words = {**{unit: unit for unit in units}, **table.unit.meant(per_day=table.period == "flow"), PERCENT: PERCENT}
    return {_squeezed(word): unit for word, unit in words.items()}


def _squeezed(word: str) -> str:
    return fold([word])[0].replace(" ", "")


def unit_of(
    headings: Sequence[tuple[str, str]], table: Table, said: str | None, source: str | None, findings: Findings
) -> tuple[str, str] | None:
    """Return the unit that headings state where a form states none, with the heading that does; None for the table's.

    Args:
        headings: the columns that hold amounts, each with a heading that it stands under.
        table: the table.
        said: the unit that the form states.
        source: the file, where there are several.
        findings: where it is recorded that a heading contradicts the form or another heading.
    """

    def refuse(kind: str, column: str, heading: str, **told: Any) -> None:
        findings.add(kind, table.key, column, value=heading, source=source, **told)

    unit, first = said, ""
    for column, heading in headings:
        stated = stated_unit(heading, table)
        if stated == PERCENT:
            refuse("form_heading_percent", column, heading)
        elif stated is not None and unit is None:
            unit, first = stated, heading
        elif stated is not None and stated != unit:
            refuse("form_heading_unit", column, heading, stated=stated, unit=unit)
    if said is not None or unit is None or unit == table.unit.key:
        return None
    for column, heading in headings:
        if column == table.total and stated_unit(heading, table) is None:
            refuse("form_heading_unit_some", column, heading, stated=unit)
    return unit, first
