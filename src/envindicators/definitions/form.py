"""`Form`: how a file or frame of an office maps onto a table."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import Attribute, evolve, field, fields, frozen

from envindicators.definitions.form_columns.always import always
from envindicators.definitions.form_columns.form_column import FormColumn
from envindicators.definitions.form_columns.said import column_said, form_column
from envindicators.definitions.spread import Spread, spread
from envindicators.definitions.stack import Stack, stack
from envindicators.definitions.validators import is_a
from envindicators.display import show
from envindicators.errors import DefinitionError, OptionError, OptionTypeError
from envindicators.frames.toml import read_toml, toml_said
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message
from envindicators.words.notation import Notation
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean, fold
from envindicators.words.text import plain

Layout = Literal["records", "weighted", "counts"]
"""A row is one unit; a row is as many units as its total says, all alike; parts count units."""

LAYOUTS: tuple[Layout, ...] = get_args(Layout)

TOTALS = ("keep", "drop")
"""What may be done with rows that look like totals of others."""


def _one_of(*allowed: str) -> Any:
    def check(_: Any, attribute: Attribute[Any], value: Any) -> None:
        if value is not None and value not in allowed:
            near = did_you_mean(value, allowed) if isinstance(value, str) else ""
            known = ", ".join(map(repr, allowed))
            refusal = OptionError if isinstance(value, str) else OptionTypeError
            raise refusal(
                Message(
                    "Form: {name} is {value}; expected one of {known}{near}",
                    name=attribute.name,
                    value=shown(value),
                    known=known,
                    near=near,
                )
            )

    return check


def _mapping(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise OptionTypeError(
            Message(
                "Form: {name} is {given}; expected a dict whose keys are names of columns",
                name=name,
                given=shown(given),
            )
        )
    return {plain(key): value for key, value in given.items()}


def _columns(given: Any) -> Mapping[str, str | FormColumn]:
    columns = {key: plain(source) for key, source in _mapping("columns", given).items()}
    for key, source in columns.items():
        if form_column(source) is None:
            raise OptionTypeError(
                Message(
                    "Form: the column {key!r} is {source}; expected its name in the file, or what always(), joined(), "
                    "measured(), percent(), period() or sheet_name() makes",
                    key=key,
                    source=shown(source),
                )
            )
    of_file = [source for source in columns.values() if isinstance(source, str)]
    for heading, folded in zip(of_file, fold(of_file) if of_file else [], strict=True):
        if fold(of_file).count(folded) > 1:
            keys = " and ".join(repr(key) for key, source in columns.items() if source == heading)
            raise OptionError(
                Message(
                    "Form: the column {heading!r} of the file is named for {keys}; expected one of them",
                    heading=heading,
                    keys=keys,
                )
            )
    return ReadOnly(columns)


def _values(given: Any) -> Mapping[str, Mapping[Any, Any]]:
    values: dict[str, Mapping[Any, Any]] = {}
    for key, aliases in _mapping("values", given).items():
        if not isinstance(aliases, Mapping):
            raise OptionTypeError(
                Message(
                    "Form: values of {key!r} is {aliases}; expected a dict from what is written to what is meant",
                    key=key,
                    aliases=shown(aliases),
                )
            )
        values[key] = ReadOnly({plain(written): plain(meant) for written, meant in aliases.items()})
    return ReadOnly(values)


def _only(given: Any) -> Mapping[str, tuple[Any, ...]]:
    only = {
        key: (plain(kept),) if isinstance(kept, (str, int, float)) else kept
        for key, kept in _mapping("only", given).items()
    }
    for key, kept in only.items():
        if not isinstance(kept, Iterable):
            raise OptionTypeError(
                Message(
                    "Form: only of {key!r} is {kept}; expected a value or a list of values", key=key, kept=shown(kept)
                )
            )
    return ReadOnly({key: tuple(map(plain, kept)) for key, kept in only.items()})


def _marks(given: Any) -> tuple[str, ...]:
    marks = (given,) if isinstance(given, str) else tuple(given)
    for mark in marks:
        if not isinstance(mark, str):
            raise OptionTypeError(Message("Form: the mark {mark} is no text", mark=shown(mark)))
    return tuple(map(plain, marks))


_NUMBER = re.compile(r"[-+]?\d[\d.,' ]*%?")


def _no_number(_: Any, __: Attribute[Any], marks: tuple[str, ...]) -> None:
    for mark in marks:
        if _NUMBER.fullmatch(mark.strip()):
            raise OptionError(
                Message(
                    "Form: the mark {mark} for not known is a number too; say in which column it is none, by "
                    "values={values}",
                    mark=shown(mark),
                    values=f"{{column: {{{shown(mark)}: None}}}}",
                    values_toml=f'{{column = {{{shown(mark)} = ""}}}}',
                )
            )


def _no_other_number(_: Any, __: Attribute[Any], marks: tuple[str, ...]) -> None:
    for mark in marks:
        if _NUMBER.fullmatch(mark.strip()) and re.search(r"[1-9]", mark):
            raise OptionError(
                Message(
                    "Form: the mark {mark} for none is a number too; say in which column it is none, by "
                    "values={{column: {{{mark}: 0}}}}",
                    mark=shown(mark),
                )
            )


def _rows(given: Any) -> tuple[int, ...] | None:
    if given is None:
        return None
    rows = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(row, int) and not isinstance(row, bool) and row >= 1 for row in rows):
        raise OptionError(
            Message("Form: {given} is no row; rows have numbers from 1, as the sheet shows them", given=shown(given))
        )
    return tuple(sorted(set(rows))) or None


def _skip(given: Any) -> tuple[int, ...]:
    return _rows(given) or ()


def _encoding(_: Any, __: Attribute[Any], value: Any) -> None:
    if value is not None:
        try:
            codecs.lookup(value)
            "x".encode(value)
        except (LookupError, TypeError):
            raise OptionError(
                Message(
                    "Form: encoding is {value}; expected one such as 'utf-16', 'cp1258' or 'cp1252'", value=shown(value)
                )
            ) from None


def _separator(_: Any, __: Attribute[Any], value: Any) -> None:
    if value is not None and not (isinstance(value, str) and len(value) == 1 and value not in '"\r\n'):
        raise OptionError(
            Message("Form: separator is {value}; expected one character, such as ';', ',' or a tab", value=shown(value))
        )


def _sheets(given: Any) -> Any:
    """Return a sheet, or several, by name or position."""
    several = isinstance(given, (list, tuple))
    sheets = tuple(map(plain, given)) if several else (plain(given),)
    for sheet in sheets:
        if isinstance(sheet, bool) or not (isinstance(sheet, (str, int)) or (sheet is None and not several)):
            raise OptionTypeError(
                Message("Form: sheet is {given}; expected its name or position, or a list of them", given=shown(given))
            )
    if several and len(set(sheets)) < len(sheets):
        raise OptionError(Message("Form: sheet is {given}; expected each sheet once", given=shown(given)))
    return (sheets[0] if len(sheets) == 1 else sheets or None) if several else sheets[0]


def _foot(_: Any, __: Attribute[Any], value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise OptionError(
            Message("Form: foot is {value}; expected how many rows at the end are left out", value=shown(value))
        )


@versioned
@frozen(cache_hash=True)
class Form:
    """How the columns and cells of a frame or file are to be read. What it leaves out is told by the data, or an error.

    Args:
        unit: the unit of totals and parts, if it is not the table's own: ``"tonne"`` or,
            for a flow, ``"tonne/day"``, perhaps with a whole number before it, ``"1_000 tonne"``. Where it is not
            said and the file states it, in a heading as ``(nghìn tấn)``, above the headings as ``Đơn vị tính: tấn``
            or in a column of units, it is what the file states; one that states another, or one that is none of
            the table's, is an error.
        layout: ``"records"``, ``"weighted"`` or ``"counts"``, if the columns do not show it.
        totals: what to do with rows that look like totals of others: ``"keep"`` or ``"drop"``; an error
            unless given.
        columns: for columns of the table their names in the file, or where else they come from: `always`, `joined`,
            `measured`, `percent`, `period`, `sheet_name`. Names are compared without regard to case, outer spaces
            and the encoding of diacritics. A column that is not named here is found by its own name, or by a name that
            the table gives it in any language.
        stack: how rows that hold several of the table's side by side are taken apart; see `stack`.
        spread: how figures that have a row each become the columns of a row; see `spread`.
        values: for columns of the table what is written there, with what is meant: ``{"treated": {"Có": True}}``.
            None is an empty cell. In area and other keys what is written is taken to the letter.
        blank: what is written where nothing is known: ``["...", "NA"]``.
        zero: what is written where there is none, in columns of numbers: ``["-"]``.
        numbers: how 1234.5 is written: ``"1.234,5"``, ``"1,234.5"``, ``"1 234,5"``. Other text is no number then.
        sheet: the sheet of a workbook, by name or position, or a list of several.
        heading: the row of the heading as the sheet numbers it, or the rows of one of several: ``(5, 6)``.
        foot: how many rows at the end are left out, counted from the last that holds anything.
        skip: further rows that are left out, as the sheet numbers them.
        encoding: how a text file is encoded, where that is not UTF-8: ``"cp1258"``.
        separator: what stands between the cells of a text file, where the heading does not show it: ``";"``.
        only: for columns of the file the values of the rows that are read: ``{"Loại": "Huyện"}``.
        impossible: ``"open"`` leaves cells that cannot be, as a part above its total, open; they are an error unless
            given.

    Raises:
        OptionError: for what can be no form, whatever the table. Whether a table has the unit, the columns and the
            values is checked by `envindicators.evaluate`.

    Example:
        >>> from envindicators import evaluate
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"Phát sinh (tấn)": "1,5", "Thu gom": "1,5", "Xử lý": "..."}]
        >>> form = Form(
        ...     unit="tonne", numbers="1.234,5", blank=["..."],
        ...     columns={
        ...         "stream": always("medical"), "generated": "Phát sinh (tấn)",
        ...         "collected": "Thu gom", "treated_to_standard": "Xử lý",
        ...     },
        ... )  # fmt: skip
        >>> card = evaluate(soc_trang_2020, {"waste": form.of(rows)}, year=2020)
        >>> card["medical_waste"].tally
        Tally(unknown=1500000)
    """

    unit: str | None = field(default=None, converter=plain, validator=is_a(str, optional=True))
    layout: Layout | None = field(default=None, converter=plain, validator=_one_of(*LAYOUTS))
    totals: Literal["keep", "drop"] | None = field(default=None, converter=plain, validator=_one_of(*TOTALS))
    columns: Mapping[str, str | FormColumn] = field(factory=dict[str, Any], converter=_columns, kw_only=True)
    stack: Stack | None = field(default=None, validator=is_a(Stack, optional=True), kw_only=True)
    spread: Spread | None = field(default=None, validator=is_a(Spread, optional=True), kw_only=True)
    values: Mapping[str, Mapping[Any, Any]] = field(factory=dict[str, Any], converter=_values, kw_only=True)
    blank: tuple[str, ...] = field(default=(), converter=_marks, validator=_no_number, kw_only=True)
    zero: tuple[str, ...] = field(default=(), converter=_marks, validator=_no_other_number, kw_only=True)
    numbers: str | None = field(default=None, converter=plain, validator=is_a(str, optional=True), kw_only=True)
    sheet: str | int | tuple[str | int, ...] | None = field(default=None, converter=_sheets, kw_only=True)
    heading: tuple[int, ...] | None = field(default=None, converter=_rows, kw_only=True)
    foot: int = field(default=0, validator=_foot, kw_only=True)
    skip: tuple[int, ...] = field(default=(), converter=_skip, kw_only=True)
    encoding: str | None = field(default=None, converter=plain, validator=_encoding, kw_only=True)
    separator: str | None = field(default=None, converter=plain, validator=_separator, kw_only=True)
    only: Mapping[str, tuple[Any, ...]] = field(factory=dict[str, Any], converter=_only, kw_only=True)
    impossible: Literal["open"] | None = field(default=None, converter=plain, validator=_one_of("open"), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.numbers is not None:
            Notation.of(self.numbers)
        both = set(map(mark_of, self.blank)) & set(map(mark_of, self.zero))
        if both:
            raise OptionError(
                Message("Form: {mark!r} is both blank and zero; expected it to mean not known, or none", mark=min(both))
            )
        if self.stack is not None:
            for key in (self.stack.column, *self.stack.stacked):
                if key in self.columns:
                    raise OptionError(
                        Message("Form: the column {key!r} stands in columns and in stack; say it once", key=key)
                    )
            if self.spread is not None:
                raise OptionError(Message("Form: stack and spread; a file is wide or tidy, so say one of them"))
        if self.spread is not None:
            for key in self.spread.into:
                if key in self.columns:
                    raise OptionError(
                        Message("Form: the column {key!r} stands in columns and in spread; say it once", key=key)
                    )

    @cached_property
    def stacked(self) -> tuple[Form, ...]:
        """The forms by which each row is read, one after the other: this one, or one for each value of its stack."""
        if self.stack is None:
            return (self,)
        return tuple(
            evolve(self, stack=None, columns={**self.columns, self.stack.column: always(value), **columns})
            for value, columns in self.stack.into.items()
        )

    @property
    def counted(self) -> Form:
        """The unit, layout and totals of the form, which still matter when its table has been read."""
        return Form(self.unit, self.layout, self.totals)

    @property
    def maps(self) -> bool:
        """Whether the form says how columns, cells or rows are read, beside unit, layout and totals."""
        plain_ones = ("unit", "layout", "totals", "impossible")
        return any(
            bool(getattr(self, each.name)) or (each.name == "sheet" and self.sheet is not None)
            for each in fields(Form)
            if each.name not in plain_ones
        )

    @property
    def of_files(self) -> list[str]:
        """What the form says that only a file has, by the names of its arguments."""
        said = {name: getattr(self, name) for name in ("sheet", "heading", "foot", "skip", "encoding", "separator")}
        return [name for name, value in said.items() if value not in (None, 0, ()) or (name == "sheet" and value == 0)]

    @classmethod
    def load(cls, path: str | Path) -> Form:
        """Return the form that stands in a TOML file.

        Its keys are the arguments of `Form`. A column that is made otherwise is a table of the name of its
        function, ``settlement = {always = "urban"}``, and ``""`` among ``values`` is an empty cell, or nothing known.

        Raises:
            FileNotFoundError: if there is no such file.
            OptionError: if it is no TOML, or no form; the message names the file.
        """
        file = Path(path)
        return cls._said(lambda: read_toml(file), str(file))

    @classmethod
    def from_toml(cls, text: str) -> Form:
        """Return the form that some TOML says, as `to_toml` writes it; see `load`.

        Raises:
            OptionError: if it is no TOML, or no form.

        Example:
            >>> Form.from_toml('columns.settlement.always = "urban"').columns
            {'settlement': Always(value='urban')}
        """
        return cls._said(lambda: toml_said(text), "TOML")

    @classmethod
    def _said(cls, read: Callable[[], dict[str, Any]], path: str) -> Form:
        """Return the form that is said by what is read from a path."""
        try:
            said = read()
        except ValueError as error:
            raise OptionError(Message("{path}: cannot be read as TOML ({error})", path=path, error=error)) from error
        known = [each.name for each in fields(cls)]
        for key in said:
            if key not in known:
                raise OptionError(
                    Message(
                        "{path}: {key!r} is nothing that a form says{near}",
                        path=path,
                        key=key,
                        near=did_you_mean(key, known),
                    )
                )
        try:
            if isinstance(said.get("columns"), dict):
                said["columns"] = _columns_said(said["columns"], Message("columns"))
            if isinstance(said.get("stack"), dict):
                said["stack"] = _stack_said(**_each("stack", said["stack"], ("column", "into")))
            if isinstance(said.get("spread"), dict):
                said["spread"] = _spread_said(**_each("spread", said["spread"], ("name", "value", "into")))
            if isinstance(said.get("values"), dict):
                said["values"] = {
                    column: {written or None: None if meant == "" else meant for written, meant in aliases.items()}
                    if isinstance(aliases, dict)
                    else aliases
                    for column, aliases in said["values"].items()
                }
            return cls(**said)
        except (OptionError, OptionTypeError, DefinitionError, TypeError) as error:
            why = error.args[0]
            told = why.in_toml() if isinstance(why, Message) else error
            raise OptionError(Message("{path}: {error}", path=path, error=told)) from error

    def to_toml(self) -> str:
        """Return the form as TOML, which `load` and `from_toml` read back. Needs the extra ``files``.

        Raises:
            OptionError: if it holds what TOML has no word for.
            PackageNeeded: if tomli-w is not installed.

        Example:
            >>> print(Form(numbers="1.234,5", columns={"settlement": always("urban")}).to_toml())
            numbers = "1.234,5"
            <BLANKLINE>
            [columns.settlement]
            always = "urban"
            <BLANKLINE>
        """
        return str(show("form_toml", self))

    def of(self, frame: Any) -> FilledForm:
        """Return a frame, file or anything else that `envindicators.evaluate` takes for a table, read by this form."""
        return FilledForm(self, frame)


def _each(what: str, said: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return what TOML says of something made of several things, if it says each of them and no more."""
    if set(said) != set(names):
        raise OptionTypeError(
            Message("{what}: got {said}; expected {names}", what=what, said=list(said), names=list(names))
        )
    return said


def _stack_said(*, column: str, into: Any) -> Stack:
    """Return what TOML says of a stack."""
    if not isinstance(into, Mapping):
        raise OptionTypeError(Message("stack: into is {into}; expected a table for each value", into=shown(into)))
    return stack(
        column,
        {
            value: _columns_said(columns, Message("{column!r} for {value!r}", column=column, value=value))
            for value, columns in into.items()
        },
    )


def _columns_said(said: Any, where: Message) -> Any:
    """Return where columns come from, as TOML says it; an error names the column."""
    if not isinstance(said, Mapping):
        return said
    columns: dict[str, Any] = {}
    for key, source in said.items():
        try:
            columns[key] = column_said(source)
        except (OptionError, OptionTypeError, DefinitionError) as error:
            raise OptionError(
                Message("{where}, the column {key!r}: {error}", where=where, key=key, error=error)
            ) from None
    return columns


def _spread_said(*, name: str, value: str, into: Any) -> Spread:
    """Return what TOML says of a spread."""
    if not isinstance(into, Mapping):
        raise OptionTypeError(
            Message("spread: into is {into}; expected a table from columns to what is written", into=shown(into))
        )
    return spread(name, value, into)


def mark_of(written: str) -> str:
    """Return what is written in a cell as it is compared: case, outer spaces and the encoding of letters apart."""
    return fold([written])[0]


@frozen(eq=False)
class FilledForm:
    """A frame or file with the form it is read by. Made by `Form.of` and by `envindicators.scan`."""

    form: Form
    frame: Any = field(repr=False)


def unfold(table: Any) -> tuple[Form, Any]:
    """Return the form that a table is read by, and what is read."""
    return (table.form, table.frame) if isinstance(table, FilledForm) else (Form(), table)
