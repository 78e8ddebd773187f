"""The lines of a form that is begun: what is in force, what is proposed, with the reason, and what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from envindicators.definitions.table import Table
from envindicators.ingest.heading_units import proposed_unit
from envindicators.ingest.hints import YEAR_WRITTEN
from envindicators.words.marks import truth_of
from envindicators.words.message import gettext
from envindicators.words.spelling import bare, fold, nearest

UNIT = re.compile(r"\(([^()]*)\)")
"""A unit in a heading."""

_NUMBERS = {
    "1.234,5": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+,\d+"),
    "1,234.5": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"),
    "1 234,5": re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d+)?"),
}


@frozen
class Found:
    """Where a column stands.

    Args:
        heading: its heading in the file.
        sure: whether the heading is its key, or a name that it is published under.
        reason: why it is proposed, where that is not sure.
    """

    heading: str
    sure: bool
    reason: str = ""


def unused_headings(headings: Sequence[str], found: Mapping[str, Found]) -> list[str]:
    """Return the headings that no column stands under."""
    used = {each.heading for each in found.values()}
    return [heading for heading in dict.fromkeys(headings) if heading and heading not in used]


def quoted(text: str) -> str:
    """Return text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def column_lines(spoken: dict[str, str], found: dict[str, Found], unused: Sequence[str], lang: str) -> Iterator[str]:
    """Yield where each column stands, is proposed to stand, or that it is missing, then what is not used."""
    for column, name in spoken.items():
        each = found.get(column)
        if each is None and column == "year":
            said = gettext("missing: not needed where the whole file is of one year, which --year names", lang)
            yield f'# {column} = ""  # {said}'
        elif each is None:
            said = gettext("missing: no heading is like “{name}”", lang, name=name)
            yield f'# {column} = ""  # {said}'
        elif each.sure:
            yield f"{column} = {quoted(each.heading)}"
        else:
            said = gettext("proposed: {reason}", lang, reason=each.reason)
            yield f"# {column} = {quoted(each.heading)}  # {said}"
    if unused:
        said = gettext("not used: {headings}", lang, headings="; ".join(unused))
        yield f"# {' '.join(said.split())}"


def unit_lines(table: Table, found: dict[str, Found], beside: Sequence[str], lang: str) -> Iterator[str]:
    """Yield the unit that the heading of the total names, or what stands above the headings."""
    total = found.get(table.total)
    proposed = proposed_unit(None if total is None else total.heading, beside, table)
    if proposed is not None and proposed[0] != table.unit.key:
        unit, written = proposed
        said = gettext("the heading says “{unit}”", lang, unit=" ".join(written.split()))
        yield f'# unit = "{unit or ""}"  # {said}'


def mark_lines(table: Table, values: dict[str, list[str]], lang: str) -> Iterator[str]:
    """Yield how numbers seem to be written, and marks that are no numbers."""
    numeric = {table.total, *(part.key for part in table.parts if not _flags(values.get(part.key, ())))}
    cells = [cell for column in values if column in numeric for cell in values[column] if cell]
    for numbers, pattern in _NUMBERS.items():
        hits = [cell for cell in cells if pattern.fullmatch(cell)]
        if hits:
            said = gettext("written so: {cells}", lang, cells=", ".join(dict.fromkeys(hits[:5])))
            yield f'# numbers = "{numbers}"  # {said}'
            break
    marks = [cell for cell in dict.fromkeys(cells) if not re.search(r"\d", cell) and len(cell) < 20]
    if marks:
        listed = ", ".join(map(quoted, marks[:10]))
        blank = gettext("stands where numbers are expected; none known", lang)
        zero = gettext("the same, where it means none", lang)
        yield f"# blank = [{listed}]  # {blank}"
        yield f"# zero = [{listed}]  # {zero}"


def _flags(cells: Sequence[str]) -> bool:
    """Return whether a column holds marks such as yes and no, and no numbers."""
    marked = any(truth_of(cell) is not None for cell in dict.fromkeys(cells))
    return marked and not any(re.search(r"\d", cell) for cell in cells)


def _truths(column: str, cells: Sequence[str], lang: str) -> Iterator[str]:
    """Yield what the marks of a column of flags may mean."""
    yield from ("", f"[values.{column}]")
    for cell in [each for each in dict.fromkeys(cells) if each][:50]:
        truth = truth_of(cell)
        if truth is not None:
            said = gettext("proposed: {reason}", lang, reason=gettext("yes", lang) if truth else gettext("no", lang))
            yield f"# {quoted(cell)} = {'true' if truth else 'false'}  # {said}"
        else:
            said = gettext('missing: true, false, or "" where it means not known', lang)
            yield f'# {quoted(cell)} = ""  # {said}'
    if "" in cells:
        said = gettext("only if an empty cell means no; else it is not known", lang)
        yield f'# "" = false  # {said}'


@frozen
class Stack:
    """Columns that stand side by side for each value of a category, or for each year.

    Args:
        column: the category's key, or ``year``.
        name: what it is called.
        headings: for each value the headings of its columns.
    """

    column: str
    name: str
    headings: Mapping[str, Sequence[str]]

    @property
    def used(self) -> frozenset[str]:
        """All of the headings."""
        return frozenset(heading for headings in self.headings.values() for heading in headings)


def stack_of(table: Table, headings: Sequence[str], found: Mapping[str, Found], lang: str) -> Stack | None:
    """Return the columns that stand side by side for the values of a column that stands nowhere, None if none do.

    Example:
        >>> from envindicators.programmes import vn_methane_2030
        >>> stack_of(vn_methane_2030.tables["methane"], ["Ngành", "Năm 2020", "Năm 2030"], {}, "en").headings
        {'2020': ['Năm 2020'], '2030': ['Năm 2030']}
    """
    left = unused_headings(headings, found)
    for category in table.categories:
        written = {bare(name): value for name, value in category.written.items()}
        of_value: dict[str, list[str]] = {}
        for heading in headings:
            upper, parted, _ = heading.partition(" / ")
            if parted and bare(upper) in written:
                of_value.setdefault(written[bare(upper)], []).append(heading)
        if len(of_value) > 1:
            return Stack(category.key, category.name.in_(lang), of_value)
    of_year: dict[str, list[str]] = {}
    if "year" not in found:
        for heading in left:
            years = YEAR_WRITTEN.findall(heading)
            if len(years) == 1:
                of_year.setdefault(years[0], []).append(heading)
    # the same columns for every year, and no other: of two years by chance the headings would differ
    alike = {tuple(YEAR_WRITTEN.sub("", heading) for heading in own) for own in of_year.values()}
    return Stack("year", gettext("year", lang), of_year) if len(of_year) > 1 and len(alike) == 1 else None


def stack_lines(table: Table, stack: Stack, lang: str) -> Iterator[str]:
    """Yield how columns that stand side by side are taken apart."""
    said = gettext("proposed: the values of {name} stand side by side", lang, name=stack.name)
    yield from ("", f"# [stack]  # {said}", f'# column = "{stack.column}"')
    measures = table.figures
    for value, headings in stack.headings.items():
        if len(measures) == len(headings) == 1:
            yield f"# into.{value} = {{{measures[0]} = {quoted(headings[0])}}}"
            continue
        empty = ", ".join(f'{measure} = ""' for measure in measures)
        beside = gettext("write in each of: {headings}", lang, headings="; ".join(headings))
        yield f"# into.{value} = {{{empty}}}  # {' '.join(beside.split())}"


def value_lines(table: Table, column: str, cells: Sequence[str], lang: str) -> Iterator[str]:
    """Yield values of a category that are none of those allowed, and what marks of flags may mean."""
    if table.part(column) is not None and _flags(cells):
        yield from _truths(column, cells, lang)
    category = table.category(column)
    if category is None:
        return
    written = {bare(name): value for name, value in category.written.items()}
    known = set(fold([*category.values, *category.written]))
    others = [cell for cell in dict.fromkeys(cells) if cell and fold([cell])[0] not in known][:50]
    if not others:
        return
    yield from ("", f"[values.{column}]")
    for cell in others:
        near = written.get(bare(cell)) or nearest(cell, category.values, category.written)
        if near is None:
            said = gettext("missing: one of {known}", lang, known=category.choices)
            yield f'# {quoted(cell)} = ""  # {said}'
        else:
            said = gettext("proposed: {reason}", lang, reason=category.name_of(near).in_(lang))
            yield f'# {quoted(cell)} = "{near}"  # {said}'
