"""Strategies of data: rows that fit the tables of a programme, with holes, and every way to hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from envindicators.definitions.programme import Programme
from envindicators.definitions.table import Table
from envindicators.evaluation.evaluate import check
from envindicators.testing.engines import ENGINES
from envindicators.testing.holding import INSTALLED, Way, held
from envindicators.testing.rows import Rows

_HOLES = 3
"""A value is missing in one of so many draws."""


def _value(values: SearchStrategy[Any], *, holes: bool) -> SearchStrategy[Any]:
    return st.one_of(*[values] * (_HOLES - 1), st.none()) if holes else values


def _flags(table: Table) -> SearchStrategy[dict[str, bool]]:
    """Return a strategy of the flags that a unit may have."""
    names = [part.key for part in table.parts]
    if table.nested:
        return st.integers(0, len(names)).map(lambda n: {name: place < n for place, name in enumerate(names)})
    return st.fixed_dictionaries(dict.fromkeys(names, st.booleans()))


@st.composite
def _counts(draw: DrawFn, table: Table, largest: int, *, holes: bool) -> dict[str, Any]:
    """Return a strategy of the counts of a row: what nested parts are of, they do not exceed."""
    row: dict[str, Any] = {}
    total = top = draw(st.integers(0, largest))
    for part in table.parts:
        row[part.key] = draw(_value(st.integers(0, top), holes=holes))
        top = row[part.key] if table.nested and row[part.key] is not None else top
    floor = table.chained and not table.values and any(value is not None for value in row.values())
    row[table.total] = None if holes and floor and draw(st.sampled_from((False, False, True))) else total
    return row


def _rest(table: Table, latest: int, *, holes: bool) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of the categories, year and value columns of a row."""
    columns: dict[str, SearchStrategy[Any]] = {
        category.key: st.sampled_from(category.values) for category in table.categories
    }
    columns |= {column.key: st.integers(latest - 10, latest) for column in table.years}
    for value in table.values:
        grain = value.unit.grain
        last = 40 if value.greatest is None else value.greatest // grain
        columns[value.key] = st.integers(-(-value.least // grain), last)
    return st.fixed_dictionaries({name: _value(values, holes=holes) for name, values in columns.items()})


@st.composite
def _rows(draw: DrawFn, table: Table, axes: Mapping[str, Sequence[Any]], largest: int, *, holes: bool) -> Rows:
    layouts = ["counts", *(["weighted"] if table.parts else []), *(["records"] if table.id else [])]
    layout = draw(st.sampled_from(layouts))
    keys = {name: st.sampled_from(values) for name, values in axes.items()}
    rows: Rows = []
    for number in range(draw(st.integers(1, 4))):
        row = draw(st.fixed_dictionaries(keys)) | draw(_rest(table, min([2020, *axes.get("year", ())]), holes=holes))
        if layout == "counts":
            row |= draw(_counts(table, largest, holes=holes))
        else:
            row |= {name: draw(_value(st.just(flag), holes=holes)) for name, flag in draw(_flags(table)).items()}
            row |= (
                {str(table.id): f"u{number}"} if layout == "records" else {table.total: draw(st.integers(0, largest))}
            )
        rows.append(row)
    keys_of = {"counts": (), "weighted": [part.key for part in table.parts], "records": [table.id]}
    names = [*keys, *table.attributes[len(table.parts) :], *keys_of[layout]]
    rows = list({tuple(row[name] for name in names if name is not None): row for row in rows}.values())
    gone = draw(st.sampled_from([None, None, None, *(part.key for part in table.parts)])) if holes else None
    return [{name: value for name, value in row.items() if name != gone} for row in rows]


def inputs(
    programme: Programme,
    *,
    areas: Sequence[str] = ("A", "B"),
    years: Sequence[int] = (),
    largest: int = 5,
    holes: bool = True,
) -> SearchStrategy[dict[str, Rows]]:
    """Return a strategy of the tables of a programme, as lists of rows that `envindicators.evaluate` takes.

    Every layout that a table allows is drawn: counts, weighted records, records. Tables are so small that
    `assert_bounds_sharp` can write out all of their completions.

    Args:
        programme: the programme.
        areas: the areas; a table may lack some of them.
        years: the years of a column ``year``; without any there is no such column, and ``year=`` says it. A programme
            that puts something against scenarios has a column ``scenario`` too, where ``"actual"`` is what came about.
        largest: the largest total of a row.
        holes: whether values are missing here and there, part columns and totals among them, and now and then a table.

    Example:
        >>> from hypothesis import given
        >>> import envindicators as ei
        >>> from envindicators.programmes import soc_trang_2020
        >>> @given(inputs(soc_trang_2020, holes=False))
        ... def holds(tables):
        ...     assert not ei.check(soc_trang_2020, tables, year=2020).errors
        >>> holds()
    """
    by, year = (["area", "year"], None) if years else (["area"], 2020)
    axes: dict[str, Sequence[Any]] = {"area": areas} | ({"year": years} if years else {})
    if programme.scenarios:
        axes["scenario"] = ["actual", *sorted(programme.scenarios)]

    def fit(tables: dict[str, Rows]) -> bool:
        return not check(programme, tables, by=by, expected=list(areas), year=year).errors

    @st.composite
    def drawn(draw: DrawFn) -> dict[str, Rows]:
        found: dict[str, Rows] = {}
        for key, table in programme.tables.items():
            if not holes or draw(st.integers(0, 7)):
                rows = draw(_rows(table, axes, largest, holes=holes))
                # one row always fits: it is neither the sum of others nor another's twin
                found[key] = next(some for some in (rows, rows[:2], rows[:1]) if fit({key: some}) or len(some) == 1)
        assume(found)
        assume(fit(found))
        return found

    return drawn()


def ways() -> SearchStrategy[Way]:
    """Return a strategy of every way to hold a frame in the libraries that are installed.

    A way to hold columns is used for one column after another: dictionaries of codes, decimals, objects. The frame may
    be cut, sliced, filtered or indexed.
    """
    return st.sampled_from(INSTALLED).flatmap(_ways_of)


def _ways_of(name: str) -> SearchStrategy[Way]:
    columns, shapes = list(ENGINES[name].columns), list(ENGINES[name].shapes)
    return st.builds(
        Way,
        st.just(name),
        st.lists(st.sampled_from(columns), max_size=4).map(tuple) if columns else st.just(()),
        st.sampled_from([None, *shapes]),
    )


def frames(programme: Programme, **options: Any) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of the tables of a programme, each held as a frame of some library, in any way.

    Args:
        programme: the programme.
        options: as for `inputs`.
    """

    @st.composite
    def drawn(draw: DrawFn) -> dict[str, Any]:
        rows_of = draw(inputs(programme, **options))
        return {key: held(draw(ways()), programme.tables[key], rows) for key, rows in rows_of.items()}

    return drawn()
