"""What to do about a cell that is not what it should be: which option of a form mends it, and what to write there."""

from __future__ import annotations

import json
import re
from typing import Any

from envindicators.definitions.rule import YEARS
from envindicators.words.marks import is_dash, is_ditto, is_dots, truth_of
from envindicators.words.message import Message
from envindicators.words.shortening import brief, shown
from envindicators.words.spelling import NOTHING_NEAR, is_blank

_ERROR = re.compile(r"#(REF|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC|FIELD)[!?]|#N/A")
_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NUMBER = re.compile(r"[-\u2212]?[0-9][0-9.,' \u00a0\u2000-\u200a\u202f\u205f\u3000]*")
_NOTED = re.compile(r"(?P<number>.*[0-9])\s*(?:[*†‡§#ªº¹²³⁰-⁹]+|[\[(][0-9*a-z]{1,2}[\])])")
_MORE = re.compile(r"\d|nghìn|ngàn|vạn|triệu|tỷ|tỉ|hundred|thousand|million|billion|\bk\b", re.IGNORECASE)
"""What makes another number of one that it stands behind."""
YEAR_WRITTEN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in a cell or a heading."""

_OF_YEARS = re.compile(
    r"(?:năm|nam|year|fy|sơ bộ|so bo|ước tính|ước|uoc|chính thức|preliminary|prel|estimated|estimate|est|[per]|\W)*",
    re.IGNORECASE,
)
"""What may stand in the cell of a year beside it, and changes nothing of which it is."""


def _of_any_column(value: Any) -> Message | None:
    """Return what to do about a cell whatever its column holds; None where it depends on that."""
    if not isinstance(value, str):
        return NOTHING_NEAR
    if is_blank(value):
        return _BLANK
    return _DITTO if is_ditto(value) else None


def number_hint(value: Any, column: str) -> Message:
    """Return what to do about text in a column of numbers; nothing where that is not sure."""
    hint = _of_any_column(value)
    if hint is not None:
        return hint
    text = value.strip()
    if is_dash(text):
        return Message(
            "; for none ({mark}) write 0, or say zero=[{mark}] in the form of the table; where it stands for not "
            "known, say blank=[{mark}]",
            **_mark(text),
        )
    if is_dots(text):
        return Message(
            "; for no information ({mark}) leave the cell blank, or say blank=[{mark}] in the form of the table",
            **_mark(text),
        )
    if _ERROR.fullmatch(text):
        return Message("; this is the error of a formula: correct it in the spreadsheet")
    if text.startswith("="):
        return Message("; this formula was never computed: open the file in Excel or LibreOffice and save it")
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return Message(
            "; this is a percentage: say so in the form of the table, as {how}",
            how="percent(...)",
            how_toml="{percent = ...}",
        )
    if _TWO_WAYS.fullmatch(text):
        whole, decimals = re.sub("[.,]", "", text), re.sub("[.,]", ".", text)
        return Message(
            "; this can be read as {whole} or as {decimals}: say how numbers are written in the form of the table, as "
            "numbers='1.234,5' or numbers='1,234.5'",
            whole=whole,
            decimals=decimals,
        )
    if _NUMBER.fullmatch(text):
        return Message("; this is text: say how it is written in the form of the table, such as numbers='1.234,5'")
    return _number_of_words(text, column)


def _number_of_words(text: str, column: str) -> Message:
    noted = _NOTED.fullmatch(text)
    if noted is not None:
        return Message(
            "; where the mark behind the number only points to a note, say the number in the form of the table, as "
            "values={values}",
            **_said(column, text, _alone(noted["number"])),
        )
    leading = _NUMBER.match(text)
    if leading is not None and re.search(r"[^\W\d]", text):
        meant = ... if _MORE.search(text[leading.end() :]) else _alone(leading[0])
        return Message(
            "; write the number alone, without words or a unit, or say it in the form of the table, as values={values} "
            "(and the unit of the column as unit)",
            **_said(column, text, meant),
        )
    if re.search(r"\d", text):
        return Message(
            "; say in the form of the table which number it stands for, or that it is not known, as values={values}",
            **_said(column, text, None),
        )
    return Message(
        "; where it stands for not known, say blank=[{mark}] in the form of the table, where for none, zero=[{mark}]",
        **_mark(text),
    )


def _alone(text: str) -> Any:
    """Return the number that stands in some text, if it can be read in one way."""
    digits = text.strip().replace("\u2212", "-")
    if re.fullmatch(r"-?[0-9]{1,15}", digits):
        return int(digits)
    if re.fullmatch(r"-?[0-9]{1,12}[.,][0-9]{1,2}", digits):
        return float(digits.replace(",", "."))
    return ...


def _said(column: str, written: str, meant: Any) -> dict[str, str]:
    """Return what is written in a form of what a cell means, in Python and in TOML; dots where that is not known."""
    key = column if re.fullmatch(r"[A-Za-z0-9_-]+", column) else _quoted(column)
    python, toml = ("..." if meant is ... else spelt for spelt in (repr(meant), _TOML.get(repr(meant), repr(meant))))
    if isinstance(meant, str):
        toml = _quoted(meant)
    return {
        "values": f"{{{column!r}: {{{shown(written)}: {python}}}}}",
        "values_toml": f"{{{key} = {{{_quoted(written)} = {toml}}}}}",
    }


def _mark(text: str) -> dict[str, str]:
    """Return a mark as a form names it, in Python and in TOML."""
    return {"mark": shown(text), "mark_toml": _quoted(text)}


_TOML = {"True": "true", "False": "false", "None": '""'}
"""How TOML spells what Python spells otherwise: in a form, empty text is what is not known."""


def _quoted(text: str) -> str:
    """Return text as TOML quotes it, shortened where it is long."""
    return json.dumps(brief(text), ensure_ascii=False)


_FLAGS = {"yes": True, "no": False, "unknown": None}


def flag_hint(value: Any, column: str) -> Message:
    """Return what to do about text in a column of flags."""
    hint = _of_any_column(value)
    if hint is not None:
        return hint
    text, truth = value.strip(), truth_of(value)
    if truth is None:
        return Message(
            "; say in the form of the table what it means, as values={values}: {yes}, {no}, or {unknown} for not known",
            **_said(column, text, ...),
            **{name: repr(value) for name, value in _FLAGS.items()},
            **{f"{name}_toml": _TOML[repr(value)] for name, value in _FLAGS.items()},
        )
    if truth:
        return Message(
            "; say in the form of the table what it means, as values={values}, and {empty} too if an empty cell is "
            "a no",
            **_said(column, text, meant=True),
            empty="None: False",
            empty_toml='"" = false',
        )
    return Message(
        "; say in the form of the table what it means, as values={values}", **_said(column, text, meant=False)
    )


def year_hint(value: Any, column: str) -> Message:
    """Return what to do about text in a column of years."""
    hint = _of_any_column(value)
    if hint is not None:
        return hint
    text = value.strip()
    if text.removesuffix(".0").isdecimal():
        how = f'df["{column}"].astype(int)'
        return Message(
            "; this is text, so turn the column into numbers where it is read, as {how}, or in the spreadsheet", how=how
        )
    years = YEAR_WRITTEN.findall(text)
    sure = len(years) == 1 and int(years[0]) in YEARS and _OF_YEARS.fullmatch(YEAR_WRITTEN.sub("", text)) is not None
    return Message(
        "; say in the form of the table which year it is, as values={values}",
        **_said(column, text, int(years[0]) if sure else ...),
    )


def category_hint(value: Any, column: str, known: tuple[str, ...]) -> Message:
    """Return what to do about text in a column of categories that is no slip of the pen."""
    hint = _of_any_column(value)
    if hint is not None:
        return hint
    if is_dash(value) or is_dots(value):
        return Message(
            "; for not known leave the cell blank, or say blank=[{mark}] in the form of the table",
            **_mark(value.strip()),
        )
    return Message(
        "; if it is another word for one of them, say so in the form of the table, as values={values}",
        **_said(column, value.strip(), known[0]),
    )


_DITTO = Message("; this repeats the cell above: write there what that holds")
_BLANK = Message("; this cell looks empty and holds a space: empty it")
