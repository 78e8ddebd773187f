"""`Form`: how a file or frame of an office maps onto a table."""

from __future__ import annotations

from typing import Any, Literal, get_args

from attrs import Attribute, field, frozen

from envindicators.definitions.validators import is_a
from envindicators.errors import OptionError, OptionTypeError
from envindicators.pickling import versioned
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
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
            raise refusal(f"Form: {attribute.name} is {shown(value)}; expected one of {known}{near}")

    return check


@versioned
@frozen(cache_hash=True)
class Form:
    """How the columns and cells of a frame or file are to be read. What it leaves out is told by the data, or an error.

    Args:
        unit: the unit of totals and parts, if it is not the table's own: ``"tonne"`` or,
            for a flow, ``"tonne/day"``.
        layout: ``"records"``, ``"weighted"`` or ``"counts"``, if the columns do not show it.
        totals: what to do with rows that look like totals of others: ``"keep"`` or ``"drop"``; an error
            unless given.

    Raises:
        OptionError: for an unknown layout, or another word for ``totals``. Whether a table has the unit is
            checked by `envindicators.evaluate`.

    Example:
        >>> from envindicators import evaluate
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"stream": "medical", "generated": 1.5, "collected": 1.5, "treated_to_standard": 1.5}]
        >>> card = evaluate(soc_trang_2020, {"waste": Form(unit="tonne").of(rows)}, year=2020)
        >>> card["medical_waste"].tally
        Tally(satisfied=1500000)
    """

    unit: str | None = field(default=None, converter=plain, validator=is_a(str, optional=True))
    layout: Layout | None = field(default=None, converter=plain, validator=_one_of(*LAYOUTS))
    totals: Literal["keep", "drop"] | None = field(default=None, converter=plain, validator=_one_of(*TOTALS))

    def of(self, frame: Any) -> FilledForm:
        """Return a frame, file or anything else that `envindicators.evaluate` takes for a table, read by this form."""
        return FilledForm(self, frame)


@frozen(eq=False)
class FilledForm:
    """A frame or file with the form it is read by. Made by `Form.of` and by `envindicators.scan`."""

    form: Form
    frame: Any = field(repr=False)


def unfold(table: Any) -> tuple[Form, Any]:
    """Return the form that a table is read by, and what is read."""
    return (table.form, table.frame) if isinstance(table, FilledForm) else (Form(), table)
