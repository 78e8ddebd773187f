"""Text for terminals whose encoding cannot carry it: letters without their marks, other shapes for the signs."""

from __future__ import annotations

import unicodedata

SIGNS = {
    "▲": "^", "✓": "+", "✗": "x", "≥": ">=", "≤": "<=", "≈": "~", "–": "-", "—": "-", "─": "-", "·": ".", "…": "...",
    "“": '"', "”": '"', "‘": "'", "’": "'", "¶": "#", "đ": "d", "Đ": "D", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
"""What stands for a sign that an encoding has not; no two signs of verdicts share one, and none is ``?``."""

_VOWEL_MARKS = "\u0302\u0306\u031b"


def carried(text: str, encoding: str) -> str:
    """Return text as an encoding can carry it; the same text where it can.

    A Vietnamese letter that it has only in pieces (as cp1258 has) is taken apart, one that it has not
    at all loses its marks. Whatever else it cannot carry is written as its number.

    Example:
        >>> carried("✓ Kế Sách ≥ 98%", "ascii")
        '+ Ke Sach >= 98%'
    """
    if _carries(text, encoding):
        return text
    return "".join(letter if _carries(letter, encoding) else _fallback(letter, encoding) for letter in text)


def _carries(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _fallback(letter: str, encoding: str) -> str:
    if letter in SIGNS:
        return SIGNS[letter]
    first, *marks = list(unicodedata.normalize("NFD", letter))
    vowel = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark in _VOWEL_MARKS))
    tones = "".join(mark for mark in marks if mark not in _VOWEL_MARKS)
    for tried in (vowel + tones, vowel, first):
        if _carries(tried, encoding):
            return tried
    if unicodedata.category(letter) == "Mn":
        return ""
    return letter.encode("ascii", "backslashreplace").decode("ascii")
