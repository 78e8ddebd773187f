"""The unit that the headings of a file state, such as (tấn/ngày): it is what the file says, and no guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from attrs import frozen

from envindicators.definitions.table import Table, Unit, Value
from envindicators.ingest.plan import PER_DAY, unit_factor
from envindicators.problems import Findings
from envindicators.words.message import listed
from envindicators.words.spelling import bare, fold
from envindicators.words.unit_words import Size, is_unit, multiplied, size_of

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TAIL = re.compile(r"[,;:–-]\s*([^,;:–-]+)$")
_ABOVE = re.compile(r"(?:đơn vị(?: tính)?|đvt|units?)\b(?: of measure(?:ment)?)?[\s:.]*(.+)", re.IGNORECASE)
_A_DAY = re.compile(r"\s*/\s*(?:ngày|day|d)$", re.IGNORECASE)
_A_YEAR = re.compile(r"\s*/\s*(?:năm|year|yr|a)$", re.IGNORECASE)

_COLUMNS = ("don vi tinh", "don vi", "dvt", "unit", "units", "unit of measure")
"""What columns that hold units are called, bare."""

PERCENT = "%"


def stated_unit(heading: str, table: Table) -> str | None:
    """Return the unit of a table that a heading states in brackets; ``"%"`` for one of percentages, None for none.

    Example:
        >>> from envindicators.programmes import soc_trang_2020
        >>> waste = soc_trang_2020.tables["waste"]
        >>> stated_unit("Rác (tấn/ngày)", waste), stated_unit("Rác", waste), stated_unit("Thu gom [%]", waste)
        ('tonne/day', None, '%')
        >>> stated_unit("Rác (nghìn tấn/năm)", waste)
        '1000 tonne'
    """
    said = (stated.unit for stated in _stated(heading, _units_of(table)))
    return next((unit for unit in said if unit is not None), None)


def proposed_unit(heading: str | None, beside: Sequence[str], table: Table) -> tuple[str | None, str] | None:
    """Return the unit that a heading states, or what stands beside it, as it is written; None where none is stated.

    The unit is None where it is none of the table's.
    """
    units = _units_of(table)
    every = [*(() if heading is None else _stated(heading, units))]
    every += filter(None, (_beside(text, units) for text in beside))
    return next(((each.unit, each.written) for each in every if each.unit != PERCENT), None)


def without_unit(heading: str, table: Table) -> str:
    """Return a heading without the unit that it states."""
    units = _units_of(table)
    return _BRACKETS.sub(lambda found: "" if units.meant(found[1]) else found[0], heading).strip()


@frozen
class _Stated:
    """A unit that a text states: as a form writes it, None for one that is not known; and as it is written."""

    unit: str | None
    written: str


@frozen
class _Units:
    """The units that amounts may be in.

    Args:
        unit: the unit of the table, or of a value column.
        flow: whether amounts come in a time, so that they may be per day.
        known: what people may write, squeezed, with what is meant.
    """

    unit: Unit
    flow: bool
    known: Mapping[str, str]

    def meant(self, written: str) -> _Stated | None:
        """Return the unit that some words state, None if they state none."""
        said = _A_YEAR.sub("", written) if self.flow else written  # what comes in a year, a year, is what comes
        factor, rest = multiplied(said)
        times, unit = (
            (1, self.known[_squeezed(said)])
            if _squeezed(said) in self.known
            else (factor, self.known.get(_squeezed(rest)))
        )
        if factor > 1 and not rest and not said.strip()[0].isdigit():  # thousands, of the unit that it is
            times, unit = factor, self.unit.key
        if unit is None:
            times, unit = 1, self._alike(said)
        if unit is not None and (unit != PERCENT or times == 1):
            return _Stated(unit if times == 1 else f"{times} {unit}", written)
        return _Stated(None, written) if is_unit(said) and (factor > 1 or self._sizes) else None

    def _alike(self, said: str) -> str | None:
        """Return a unit of these with the number of it that another is, as one kilotonne is 1000 tonnes."""
        per_day = _A_DAY.search(said) if self.flow else None
        other = size_of(_A_DAY.sub("", said) if per_day else said)
        for name, (own, counted) in self._sizes.items():
            if other is not None and own.kind == other.kind:
                amount = other.size / own.size * counted
                for multiple, of_multiple in sorted(self.unit.multiples, key=lambda each: each[0] != name):
                    times = amount / of_multiple
                    if times.denominator == 1:
                        day = PER_DAY if per_day else ""
                        return f"{multiple}{day}" if times == 1 else f"{times} {multiple}{day}"
        return None

    @cached_property
    def _sizes(self) -> dict[str, tuple[Size, int]]:
        """Return how large those units are that people know, each with the counted units that make one."""
        names = {self.unit.key: [*self.unit.name.words.values()]}
        found: dict[str, tuple[Size, int]] = {}
        for multiple, counted in self.unit.multiples:
            sizes = filter(None, map(size_of, [multiple, *names.get(multiple, [])]))
            found.update((multiple, (size, counted)) for size in sizes)
        return found


def _stated(text: str, units: _Units) -> Iterator[_Stated]:
    """Yield the units that a heading states, in brackets or behind a comma."""
    tail = _TAIL.search(_BRACKETS.sub("", text))
    for written in (*_BRACKETS.findall(text), *([tail[1]] if tail else [])):
        meant = units.meant(written)
        if meant is not None:
            yield meant


def _squeezed(word: str) -> str:
    return fold([word])[0].replace(" ", "")


def unit_of(
    headings: Sequence[tuple[str, str]],
    above: Sequence[str],
    rows: Sequence[tuple[str | None, str]],
    table: Table,
    said: str | None,
    source: str | None,
    findings: Findings,
) -> tuple[str, str] | None:
    """Return the unit that a file states where a form states none, with the text that does; None for the table's.

    Args:
        headings: the columns that hold amounts or values, each with a heading that it stands under.
        above: what else stands above or below the heading: it may state the unit of figures whose headings do not.
        rows: what a column of units says of the figures of a column, or of all of them (None).
        table: the table.
        said: the unit that the form states.
        source: the file, where there are several.
        findings: where it is recorded that a text contradicts the form or another one, or states a unit that is not
            known.
    """

    def refuse(kind: str, column: str, text: str, **told: Any) -> None:
        findings.add(kind, table.key, column, value=text, source=source, **told)

    units, values = _units_of(table), {value.key: value for value in table.values}
    amounts = [(column, heading) for column, heading in headings if column not in values]
    stated = [(column, heading, each) for column, heading in amounts if (each := next(_stated(heading, units), None))]
    of_headings = {column for column, _, _ in stated}
    if amounts and not stated:
        every = ((text, _beside(text, units)) for text in above if not _is_of_a_value(text, table))
        stated += [(table.total, text, each) for text, each in every if each is not None and each.unit != PERCENT]
    for column, text in rows if amounts else ():
        of_value = column in values or (column is None and _is_of_a_value(text, table))
        each = None if of_value else units.meant(text)
        if each is not None and (column is not None or each.unit != PERCENT):
            stated.append((column or table.total, text, each))
    factor = None if said is None else unit_factor(table, said)
    unit, first = said, ""
    for column, text, each in stated:
        if each.unit == PERCENT:
            refuse("form_heading_percent", column, text)
        elif each.unit is None:
            if said is None:
                known, how = listed([name for name, _ in table.unit.multiples]), _example(each.written, table)
                refuse("form_heading_unit_unknown", column, text, stated=each.written, known=known, how=how)
        elif factor is None:
            unit, first, factor = each.unit, text, unit_factor(table, each.unit)
        elif unit_factor(table, each.unit) != factor:
            refuse("form_heading_unit", column, text, stated=each.unit, unit=unit)
    _check_values(headings, above, rows, table, refuse)
    if said is not None or unit is None or unit == table.unit.key:
        return None
    for column, heading in amounts:
        if column == table.total and of_headings and column not in of_headings:
            refuse("form_heading_unit_some", column, heading, stated=unit)
    return unit, first


def _example(written: str, table: Table) -> str:
    """Return how a form says which unit is meant by some words."""
    times = multiplied(written)[0]
    return f'unit="{f"{times} " if times > 1 else ""}{table.unit.key}"'


def holds_units(heading: str) -> bool:
    """Return whether a column says in what unit each row is; an office is a "đơn vị" too, which states no unit."""
    return bare(heading) in _COLUMNS


def _beside(text: str, units: _Units) -> _Stated | None:
    """Return the unit that a cell above a heading or below it states for the whole table, None if it states none."""
    inner = text.strip().strip("()[]").strip()
    match = _ABOVE.fullmatch(inner)
    # an office is a "đơn vị" too: only what is a unit is taken for one
    stated = units.meant((match[1] if match else inner).strip("()[] ."))
    if stated is None or stated.unit is not None or match or inner != text.strip() or multiplied(inner)[0] > 1:
        return stated
    return None  # households, say, above those of several columns: no more than a word


def _is_of_a_value(text: str, table: Table) -> bool:
    """Return whether what stands beside the headings is the unit of values of a table."""
    every = ((value.unit.key, _beside(text, _units_of_value(value))) for value in table.values)
    return any(stated is not None and stated.unit == key for key, stated in every)


def _check_values(
    headings: Sequence[tuple[str, str]],
    above: Sequence[str],
    rows: Sequence[tuple[str | None, str]],
    table: Table,
    refuse: Callable[..., None],
) -> None:
    """Record what states another unit than values have; see `unit_of`."""
    columns = {column for column, _ in headings}
    values = [value for value in table.values if value.key in columns]

    def beside(units: _Units) -> list[tuple[str, _Stated]]:
        every = [(text, _beside(text, units)) for text in above]
        every += [(text, units.meant(text)) for column, text in rows if column is None]
        return [(text, each) for text, each in every if each is not None]

    # what stands beside is of some figures, perhaps of amounts or other values
    amounts = beside(_units_of(table)) if len(columns) > len(values) else []
    placed = {text for text, each in amounts if each.unit is not None}
    for value in values:
        units = _units_of_value(value)
        own = [heading for column, heading in headings if column == value.key]
        stated = [(heading, each) for heading in own if (each := next(_stated(heading, units), None))]
        stated += [(text, each) for column, text in rows if column == value.key and (each := units.meant(text))]
        stated = stated or [
            (text, each)
            for text, each in beside(units)
            if each.unit != PERCENT and text not in placed and not _is_of_a_value(text, table)
        ]
        for text, each in stated:
            if each.unit != value.unit.key:
                told = {"stated": each.written, "unit": value.unit.key}
                refuse("form_heading_value_unit", value.key, text, **told)


@lru_cache(maxsize=64)
def _units_of(table: Table) -> _Units:
    """Return the units of the amounts of a table."""
    flow = table.period == "flow"
    words = {name: name for name, _ in table.unit.multiples} | table.unit.meant(per_day=flow) | {PERCENT: PERCENT}
    return _Units(table.unit, flow, {_squeezed(word): unit for word, unit in words.items()})


def _units_of_value(value: Value) -> _Units:
    """Return the units of the values of a column: its own alone, since no other is converted."""
    own = {word: value.unit.key for word, unit in value.unit.meant().items() if unit == value.unit.key}
    own |= {PERCENT: PERCENT, value.unit.key: value.unit.key}
    return _Units(value.unit, False, {_squeezed(word): unit for word, unit in own.items()})
