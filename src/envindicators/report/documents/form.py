"""`ReportForm`: what an office writes around its results in a document that it hands in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import Attribute, evolve, field, fields, frozen

from envindicators.errors import OptionError, OptionTypeError
from envindicators.frames.toml import read_toml
from envindicators.pickling import versioned
from envindicators.words.message import pgettext
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import plain

Letterhead = Literal["state", "party", "none"]
"""``"state"`` or ``"party"``, by who issues a report, or ``"none"``."""


def _words(instance: Any, attribute: Attribute[Any], value: Any) -> None:  # noqa: ARG001 - attrs passes it
    if not isinstance(value, str):
        raise OptionTypeError(f"ReportForm: {attribute.name} is {shown(value)}; expected text")


def _truth(instance: Any, attribute: Attribute[Any], value: Any) -> None:  # noqa: ARG001 - attrs passes it
    if not isinstance(value, bool):
        raise OptionTypeError(f"ReportForm: {attribute.name} is {shown(value)}; expected True or False")


def _date(_: Any, __: Attribute[Any], value: Any) -> None:
    if value is not None and (not isinstance(value, datetime.date) or isinstance(value, datetime.datetime)):
        raise OptionTypeError(f"ReportForm: date is {shown(value)}; expected a datetime.date")


def _letterhead(_: Any, __: Attribute[Any], value: Any) -> None:
    known = get_args(Letterhead)
    if value is not None and value not in known:
        raise OptionError(f"letterhead is {value!r}; expected one of {', '.join(map(repr, known))}")


def _recipients(given: Any) -> tuple[str, ...]:
    names = () if isinstance(given, str) or not isinstance(given, Iterable) else tuple(map(plain, given))
    if isinstance(given, str) or (given and not names) or not all(isinstance(name, str) for name in names):
        raise OptionTypeError(f"ReportForm: recipients is {shown(given)}; expected a list of names")
    return names


@versioned
@frozen
class ReportForm:
    """What stands around the results in a report, as official documents have it (Decree 30/2020/NĐ-CP, appendix I).

    What is not said is left as a dotted line, to be filled in by hand.

    Args:
        agency: the body that issues the report: ``"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"``.
        parent: the body above it: ``"ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG"``.
        number: number and sign: ``"12/BC-STNMT"``.
        place: where it is issued: ``"Sóc Trăng"``.
        date: the date that it bears; the day it is written unless given. With a date the file is the same every time.
        recipients: who receives it; a line each.
        position: the position of who signs it: ``"GIÁM ĐỐC"``; a line break parts the lines.
        signatory: the full name of who signs it.
        letterhead: ``"state"`` (the national title and motto), ``"party"`` (of a body of the Party) or ``"none"``,
            by who issues the report; in Vietnamese ``"state"`` unless given, else ``"none"``.
        note: a sentence to stand above the results, as that the figures are estimates.
        methods: whether there is an annex that explains how each result came about, and from which data.
        annex: whether there is an annex with notes on the text of the document.

    Raises:
        OptionError: for another letterhead.
        OptionTypeError: for what is no text, no list of recipients or no date.

    Example:
        >>> form = ReportForm(agency="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", number="12/BC-STNMT", place="Sóc Trăng")
        >>> form.place
        'Sóc Trăng'
    """

    agency: str = field(default="", converter=plain, validator=_words)
    parent: str = field(default="", converter=plain, validator=_words, kw_only=True)
    number: str = field(default="", converter=plain, validator=_words, kw_only=True)
    place: str = field(default="", converter=plain, validator=_words, kw_only=True)
    date: datetime.date | None = field(default=None, validator=_date, kw_only=True)
    recipients: tuple[str, ...] = field(default=(), converter=_recipients, kw_only=True)
    position: str = field(default="", converter=plain, validator=_words, kw_only=True)
    signatory: str = field(default="", converter=plain, validator=_words, kw_only=True)
    letterhead: Letterhead | None = field(default=None, converter=plain, validator=_letterhead, kw_only=True)
    note: str = field(default="", converter=plain, validator=_words, kw_only=True)
    methods: bool = field(default=True, validator=_truth, kw_only=True)
    annex: bool = field(default=True, validator=_truth, kw_only=True)

    @classmethod
    def load(cls, path: str | Path) -> ReportForm:
        """Return the form that stands in a TOML file, whose keys are the arguments of `ReportForm`.

        Raises:
            FileNotFoundError: if there is no such file.
            OptionError: if it is no TOML, or no form of a report; the message names the file.
        """
        try:
            said: dict[str, Any] = read_toml(Path(path))
        except ValueError as error:
            raise OptionError(f"{path}: cannot be read as TOML ({error})") from error
        try:
            return cls().filled(said)
        except (OptionError, OptionTypeError) as error:
            raise OptionError(f"{path}: {error}") from error

    def filled(self, said: Mapping[str, Any]) -> ReportForm:
        """Return the form with more said; `OptionTypeError` for a name that a form has not."""
        known = [each.name for each in fields(ReportForm)]
        for name in said:
            if name not in known:
                raise OptionTypeError(f"{name!r} is nothing that a report says{did_you_mean(name, known)}")
        return evolve(self, **said)

    def dated(self) -> ReportForm:
        """Return the form with the date that it bears: today unless it says another."""
        return evolve(self, date=self.date or datetime.datetime.now().astimezone().date())

    def letterhead_in(self, lang: str) -> str:
        """Return which letterhead a report in a language has."""
        return self.letterhead or pgettext("the usual letterhead: state, party or none", "none", lang)
