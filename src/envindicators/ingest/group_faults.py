"""What is wrong with rows that an engine has grouped, and what they lack, told by the keys and patterns of groups."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw
import numpy as np

from envindicators.definitions.rule import YEARS
from envindicators.ingest.culprits import Fault
from envindicators.ingest.digest import blank_kind
from envindicators.ingest.grouping import Grouping, Groups
from envindicators.ingest.value_coding import LARGE
from envindicators.words.spelling import is_blank


def faults_of(grouping: Grouping, groups: Groups) -> list[Fault]:
    """Return what is wrong with rows."""
    return [*_of_keys(grouping, groups), *_of_columns(grouping, groups)]


def _of_keys(grouping: Grouping, groups: Groups) -> Iterator[Fault]:
    """Yield what is wrong with the keys of rows."""
    for name in (name for name in grouping.plan.key_names if name in grouping.names):
        column, key = groups.frame.read(name), nw.col(name)
        required = "missing_year" if name == "year" else "missing_key"
        wrong = {required: (column.blank, key.is_null())}
        if name == "year" and column.kind == "int":
            beyond = ~column.blank & ((column.values < YEARS[0]) | (column.values > YEARS[-1]))
            wrong["year_value"] = (beyond, (key < YEARS[0]) | (key > YEARS[-1]))
        if column.kind == "text":
            blank = [level for level in column.levels if is_blank(level)]
            marked = np.isin(column.values, [code for code, level in enumerate(column.levels) if is_blank(level)])
            wrong["blank_key"] = (marked & ~column.blank, key.is_in(blank))
        for kind, (marked, condition) in wrong.items():
            if marked.any():
                yield Fault(name, kind, int(groups.rows[marked].sum()), condition)


def _of_columns(grouping: Grouping, groups: Groups) -> Iterator[Fault]:
    """Yield what is wrong with the other columns of rows."""
    table, codes = grouping.plan.table, grouping.codes(groups.patterns)
    coding = {column.name: column for column in grouping.columns}
    parts = [part.key for part in table.parts]
    values = [value.key for value in table.values]
    for name in (*table.attributes[len(parts) :], *values, *parts):
        for place, kind in enumerate(coding[name].wrong if name in coding else ()):
            code = coding[name].size + place
            count = int(groups.of_pattern[codes[name] == code].sum())
            if count:
                yield Fault(name, kind, count, coding[name].code == code)
    for lower, wrong, condition in grouping.out_of_order(codes):
        if wrong.any():
            yield Fault(lower, "part_order", int(groups.of_pattern[wrong].sum()), condition)


def hold_large(grouping: Grouping, groups: Groups) -> bool:
    """Return whether some values are so large that only a look at their digits tells what they are."""
    codes = grouping.codes(groups.patterns)
    of_values = (value.coding for value in grouping.values)
    return any((codes[each.name] == each.size + each.wrong.index(LARGE)).any() for each in of_values)


def gaps_of(grouping: Grouping, groups: Groups) -> list[Fault]:
    """Return the blanks of the columns that came."""
    return [
        Fault(name, blank_kind(grouping.plan.table, name), count, nw.col(name).is_null(), "gap")
        for name, count in groups.blanks.items()
        if count
    ]
