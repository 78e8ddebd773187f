"""Forms as TOML, which `Form.load` reads back."""

from __future__ import annotations

from typing import Any

from attrs import fields

from envindicators.definitions.form import Form
from envindicators.definitions.form_columns.said import form_column
from envindicators.errors import OptionError
from envindicators.frames.toml import toml_text
from envindicators.words.message import Message
from envindicators.words.shortening import shown


def form_toml(form: Form) -> str:
    """Return a form as TOML.

    Raises:
        OptionError: if it holds what TOML has no word for.
        PackageNeeded: if tomli-w is not installed, naming the extra.
    """
    return toml_text(_as_data(form))


def _as_data(form: Form) -> dict[str, Any]:
    """Return what a form says beyond what every form does."""
    said: dict[str, Any] = {}
    for each in fields(Form):
        value = getattr(form, each.name)
        if value is not None and (value or each.name == "sheet"):
            said[each.name] = list(value) if isinstance(value, tuple) else value
    if form.columns:
        said["columns"] = _columns(form.columns)
    if form.values:
        said["values"] = {column: _aliases(column, aliases) for column, aliases in form.values.items()}
    if form.only:
        said["only"] = {column: list(kept) for column, kept in form.only.items()}
    if form.stack is not None:
        into = {str(value): _columns(columns) for value, columns in form.stack.into.items()}
        said["stack"] = {"column": form.stack.column, "into": into}
    if form.spread is not None:
        said["spread"] = {"name": form.spread.name, "value": form.spread.value, "into": dict(form.spread.into)}
    return said


def _columns(columns: Any) -> dict[str, Any]:
    sources = {column: form_column(source) for column, source in columns.items()}
    return {column: source.to_data() for column, source in sources.items() if source is not None}


def _aliases(column: str, aliases: Any) -> dict[str, Any]:
    for written, meant in aliases.items():
        if not isinstance(written, (str, type(None))) or meant == "":
            raise OptionError(
                Message(
                    "Form: TOML has no word for {written} that means {meant} in values of {column!r}; write text for "
                    "what is written, and name marks of what is not known in blank",
                    written=shown(written),
                    meant=shown(meant),
                    column=column,
                )
            )
    return {written or "": "" if meant is None else meant for written, meant in aliases.items()}
