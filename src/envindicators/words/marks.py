"""What offices write in the cells of their forms for yes and no, for not known, for none, and for the same again."""

from __future__ import annotations

import re

from envindicators.words.spelling import bare

_YES = {"co", "x", "v", "dung", "dat", "roi", "yes", "y", "true", "✓", "☑", "✔"}
_NO = {"khong", "k", "sai", "khong dat", "chua", "chua dat", "no", "n", "false", "✗", "☐"}
_DITTO = {'"', "''", "''''", "”", "“", "〃", "nt", "n.t", "-nt-", "- nt -", "nhu tren", "ditto", "do.", "-//-", "//"}
_DASHES = {"-", "–", "—", "--", "−"}
_DOTS = re.compile(r"\.{2,}|…\.?")


def truth_of(cell: str) -> bool | None:
    """Return whether a mark in a column of flags stands for yes or for no, None where it is neither.

    Example:
        >>> truth_of("X"), truth_of("Không đạt"), truth_of("?")
        (True, False, None)
    """
    mark = _bare(cell)
    return True if mark in _YES else False if mark in _NO else None


def is_ditto(cell: str) -> bool:
    """Return whether a cell says no more than that it repeats the one above.

    Example:
        >>> is_ditto("- nt -"), is_ditto("Như trên"), is_ditto("NTH")
        (True, True, False)
    """
    return _bare(cell) in _DITTO


def is_dash(cell: str) -> bool:
    """Return whether a cell holds a dash, which yearbooks write for none."""
    return cell.strip() in _DASHES


def is_dots(cell: str) -> bool:
    """Return whether a cell holds dots, which yearbooks write for not known."""
    return _DOTS.fullmatch(cell.strip()) is not None


def _bare(cell: str) -> str:
    return bare(cell) or cell.strip()
