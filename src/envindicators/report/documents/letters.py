"""Text as files of XML can hold it."""

from __future__ import annotations

import unicodedata

from envindicators.report.cards import plain


def printable(text: str) -> str:
    """Return a line of text without what XML has no place for: control characters, halves of pairs, no characters."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(each) == "Cs" or ord(each) & 0xFFFE == 0xFFFE else each
        for each in plain(text)
    )


def lines(text: str) -> list[str]:
    """Return the lines of a text."""
    return [printable(line) for line in text.split("\n")]
