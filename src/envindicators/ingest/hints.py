"""What to do about a cell that should be a number and is none."""

from __future__ import annotations

import re
from typing import Any

from envindicators.words.message import Message
from envindicators.words.spelling import NOTHING_NEAR

_DASHES = {"-", "–", "—"}
_DOTS = {"...", "…", "..", "…."}
_ERROR = re.compile(r"#(REF|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC|FIELD)[!?]|#N/A")
_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NUMBER = re.compile(r"[-\u2212]?[0-9][0-9.,' \u00a0\u2000-\u200a\u202f\u205f\u3000]*")


def number_hint(value: Any) -> Message:
    """Return what to do about text in a column of numbers; nothing where that is not sure."""
    if not isinstance(value, str):
        return NOTHING_NEAR
    text = value.strip()
    if text in _DASHES:
        return Message('; for none ("-") write 0')
    if text in _DOTS:
        return Message('; for no information ("...") leave the cell blank')
    if _ERROR.fullmatch(text):
        return Message("; this is the error of a formula: correct it in the spreadsheet")
    if text.startswith("="):
        return Message("; this formula was never computed: open the file in Excel or LibreOffice and save it")
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return Message("; this is a percentage: say so in the form of the table, as percent(...)")
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
    if _NUMBER.match(text) and re.search(r"[^\W\d]", text):
        return Message("; write the number alone, without words or a unit")
    return NOTHING_NEAR
