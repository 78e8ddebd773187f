"""What the built-in programme says of tables: the card, all problems, or the errors for which they are refused."""

from __future__ import annotations

import datetime
import decimal
import re
from typing import Any

import pytest
from forms import check, condense, evaluate

import envindicators as ei
from envindicators.programmes import soc_trang_2020


def shown(value, lang):
    """Return a value as a message shows it."""
    if value is None:
        return {"en": "blank", "vi": "để trống"}[lang]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, decimal.Decimal) else repr(value)


def evaluated(tables: Any, **options: Any) -> ei.Scorecard:
    return evaluate(soc_trang_2020, tables, **{"year": 2020, **options})


def checked(tables: Any, **options: Any) -> Any:
    return check(soc_trang_2020, tables, **{"year": 2020, **options})


def refused(tables: Any, **options: Any) -> Any:
    """Return the errors for which tables are refused, after seeing that `check` finds the same."""
    with pytest.raises(ei.InvalidTable) as caught:
        evaluated(tables, **options)
    errors = checked(tables, **options).errors
    assert list(map(str, errors)) == list(map(str, caught.value.problems))
    assert errors.counts == caught.value.counts
    return caught.value.problems


def same(first: Any, second: Any) -> bool:
    """Return whether two values are equal, NaN being equal to itself."""
    return bool((first != first and second != second) or first == second)


def assert_named(problem: ei.Problem) -> None:
    """Hold a problem's messages to naming table, row, column and value, in both languages."""
    for lang, row in (("en", "row"), ("vi", "dòng")):
        text = problem.in_(lang)
        assert problem.table is None or problem.table in text
        assert problem.row is None or f"{row} {problem.row_number}" in text
        assert problem.column is None or problem.column in text
        if problem.kind.startswith("duplicate") and isinstance(problem.value, str):
            assert all(name in text for name in re.findall(r"'.*?'|\d+", problem.value))
        else:
            assert (problem.value is None and problem.row is None) or shown(problem.value, lang) in text
        assert not re.search(
            r"\{\w*(![rs])?\}", text.replace(shown(problem.value, lang), "")
        )  # nothing left to fill in
    assert str(problem) == problem.in_("en")
    assert problem.in_("vi") != problem.in_("en")


def cells_of(table: dict[str, list[Any]], key: str = "residents", **options: Any) -> ei.Cells:
    return condense(soc_trang_2020, {key: table}, **{"year": 2020, **options})
