"""What a form in TOML says of where a column comes from, and of what a form takes for a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from envindicators.definitions.form_columns.always import always
from envindicators.definitions.form_columns.form_column import FormColumn
from envindicators.definitions.form_columns.joined import joined
from envindicators.definitions.form_columns.measured import column, measured
from envindicators.definitions.form_columns.named import Named
from envindicators.definitions.form_columns.percent import percent
from envindicators.definitions.form_columns.period import period
from envindicators.definitions.form_columns.sheet_name import SheetName, sheet_name
from envindicators.errors import OptionError
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import plain


def _measured(heading: Any, **limits: Any) -> Any:
    read: dict[str, Any] = {
        name: column(limit["column"], limit.get("unit", ""))
        if isinstance(limit, Mapping) and "column" in limit and set(limit) <= {"column", "unit"}
        else limit
        for name, limit in limits.items()
    }
    return measured(heading, **read)


def _sheet(said: Any) -> SheetName:
    if said != "name":
        raise OptionError(Message("sheet is {said}; expected 'name'", said=shown(said)))
    return sheet_name()


_SAID: Mapping[str, Callable[..., Any]] = {
    "always": always,
    "joined": lambda columns, **options: joined(*columns, **options),
    "measured": _measured,
    "percent": percent,
    "period": period,
    "sheet": _sheet,
}
"""By the first key of its table in TOML, what makes a column."""


def column_said(said: Any) -> Any:
    """Return where a column comes from, as TOML says it: text is a heading, a table is one of the ways by its key.

    Raises:
        OptionError: for a table that says none of them, or one of them in part.
    """
    if not isinstance(said, Mapping):
        return said
    way = next((key for key in _SAID if key in said), None)
    if way is None:
        known = ", ".join(map(repr, _SAID))
        near = did_you_mean(next(iter(said), ""), _SAID)
        raise OptionError(
            Message(
                "{said} says no column; expected one of {known}{near}", said=shown(dict(said)), known=known, near=near
            )
        )
    try:
        return _SAID[way](said[way], **{key: value for key, value in said.items() if key != way})
    except TypeError as error:
        raise OptionError(Message("{said}: {error}", said=shown(dict(said)), error=error)) from None


def form_column(source: Any) -> FormColumn | None:
    """Return where a column comes from, of what `Form` takes for a column; None for what is none."""
    if isinstance(source, FormColumn):
        return source
    return Named(plain(source)) if isinstance(source, str) else None
