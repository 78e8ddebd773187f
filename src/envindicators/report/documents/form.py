"""`ReportForm`: what an office writes around its results in a document that it hands in."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import Attribute, evolve, field, fields, frozen

from envindicators.errors import OptionError, OptionTypeError
from envindicators.frames.toml import read_toml, toml_said, toml_text
from envindicators.pickling import versioned
from envindicators.words.message import Message, Sentences, pgettext
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import plain

Letterhead = Literal["state", "party", "none"]
"""``"state"`` or ``"party"``, by who issues a report, or ``"none"``."""

_MOST_NAMES = 100
"""Of how many names in a file it is said what is wrong with them; a form has a dozen."""


def _fault(name: str, value: Any, expected: Message) -> Message:
    return Message(
        "ReportForm: {name} is {value}; expected {expected}", name=name, value=shown(value), expected=expected
    )


def _words(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if not isinstance(value, str):
        raise OptionTypeError(_fault(attribute.name, value, Message("text")))


def _truth(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise OptionTypeError(_fault(attribute.name, value, Message("true or false")))


def _date(_: Any, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (not isinstance(value, datetime.date) or isinstance(value, datetime.datetime)):
        raise OptionTypeError(_fault(attribute.name, value, Message("a date, as 2030-12-31")))


def _letterhead(_: Any, attribute: Attribute[Any], value: Any) -> None:
    known = get_args(Letterhead)
    if value is not None and value not in known:
        expected = Message("one of {names}", names=", ".join(map(repr, known)))
        raise OptionError(_fault(attribute.name, value, expected))


def _recipients(given: Any) -> tuple[str, ...]:
    names = () if isinstance(given, str) or not isinstance(given, Iterable) else tuple(map(plain, given))
    if isinstance(given, str) or (given and not names) or not all(isinstance(name, str) for name in names):
        raise OptionTypeError(_fault("recipients", given, Message("a list of names")))
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
            OptionError: if it is no TOML, or no form of a report; the message names the file and all that is wrong.
        """
        file = Path(path)
        return cls._said(lambda: read_toml(file), str(file))

    @classmethod
    def from_toml(cls, text: str) -> ReportForm:
        """Return the form that some TOML says, as `to_toml` writes it; see `load`.

        Raises:
            OptionError: if it is no TOML, or no form of a report, with all that is wrong.

        Example:
            >>> ReportForm.from_toml('agency = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"').agency
            'SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG'
        """
        return cls._said(lambda: toml_said(text), "TOML")

    @classmethod
    def _said(cls, read: Callable[[], dict[str, Any]], path: str) -> ReportForm:
        """Return the form that is said by what is read from a path."""
        try:
            said = read()
        except ValueError as error:
            raise OptionError(Message("{path}: cannot be read as TOML ({error})", path=path, error=error)) from error
        faults: list[OptionError] = []
        for name, value in itertools.islice(said.items(), _MOST_NAMES):
            try:
                cls().filled({name: value})
            except (OptionError, OptionTypeError) as error:
                faults.append(error)
        if faults:
            raise OptionError(Message("{path}: {error}", path=path, error=Sentences(tuple(faults))))
        return cls().filled(said)

    def to_toml(self) -> str:
        """Return the form as TOML, which `load` and `from_toml` read back. Needs the extra ``files``.

        Raises:
            PackageNeeded: if tomli-w is not installed.

        Example:
            >>> print(ReportForm(agency="SỞ", recipients=["UBND tỉnh"], annex=False).to_toml())
            agency = "SỞ"
            recipients = [
                "UBND tỉnh",
            ]
            annex = false
            <BLANKLINE>
        """
        default = ReportForm()
        said = {each.name: getattr(self, each.name) for each in fields(ReportForm)}
        return toml_text({name: value for name, value in said.items() if value != getattr(default, name)})

    def filled(self, said: Mapping[str, Any]) -> ReportForm:
        """Return the form with more said; `OptionTypeError` for a name that a form has not."""
        known = [each.name for each in fields(ReportForm)]
        for name in said:
            if name not in known:
                near = did_you_mean(name, known)
                raise OptionTypeError(Message("{name!r} is nothing that a report says{near}", name=name, near=near))
        return evolve(self, **said)

    def dated(self) -> ReportForm:
        """Return the form with the date that it bears: today unless it says another."""
        return evolve(self, date=self.date or datetime.datetime.now().astimezone().date())

    def letterhead_in(self, lang: str) -> str:
        """Return which letterhead a report in a language has."""
        return self.letterhead or pgettext("the usual letterhead: state, party or none", "none", lang)
