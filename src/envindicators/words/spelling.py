"""Names as people write them: which known name is meant, and which names look the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from envindicators.words.message import Message

_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_UNSEEN_BEYOND = (
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What Unicode calls default-ignorable, format or control, but for the controls that are white space: in two, since
a class of characters is searched for several times as fast without those beyond U+FFFF."""

_SPACES = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space other than the space."""

_INVISIBLE = re.compile(f"[{_UNSEEN}{_UNSEEN_BEYOND}]+")
_ODD = re.compile(f"[{_SPACES}{_UNSEEN}{_UNSEEN_BEYOND}]")
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_ODD_BELOW = re.compile(f"[{_SPACES}{_UNSEEN}]")
_BLANK = re.compile(f"[ {_SPACES}{_UNSEEN}{_UNSEEN_BEYOND}]*")
_SEPARATORS = ("|", "~", "^", *map(chr, range(0xFDD0, 0xFDF0)))
"""What may stand between names that are folded together: no folding touches it, nor joins it with what is beside it."""


def joined(names: Sequence[str]) -> tuple[str, str]:
    """Return names in one text, and what parts them in it; nothing does where all that could stands in some name."""
    for separator in _SEPARATORS:
        text = separator.join(names)
        if text.count(separator) == len(names) - 1:
            return text, separator
    return "".join(names), ""


def _folded(text: str, separator: str) -> str:
    beyond = not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    if beyond or _ODD_BELOW.search(text):
        text = _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text))
    if "  " in text:
        text = re.sub(" {2,}", " ", text)
    if separator:
        text = text.replace(f" {separator}", separator).replace(f"{separator} ", separator)
    text = text.strip(" ")
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def fold(names: Sequence[str]) -> list[str]:
    r"""Return names without the differences that no reader sees; names that fold alike are one name misspelt.

    Taken away are what cannot be seen (U+200B, U+FEFF, U+00AD and their like), case, outer spaces, the
    kind and number of spaces, and the encoding of diacritics. All names are folded at once.

    Example:
        >>> fold(["Mỹ Tú", "MỸ\N{NO-BREAK SPACE} TÚ\N{ZERO WIDTH SPACE} "])
        ['mỹ tú', 'mỹ tú']
    """
    text, separator = joined(names)
    return _folded(text, separator).split(separator) if separator else [_folded(name, "") for name in names]


def looks(names: Sequence[str]) -> list[str]:
    """Return names without the differences that a reader might not see either.

    Beyond `fold`: letters of another width or shape, ð written for đ, and where in a word its tone mark
    stands (hoà, hòa).
    """
    shapes = fold([unicodedata.normalize("NFKC", name) for name in names])
    return [name if name.isascii() else " ".join(map(_toned, name.replace("ð", "đ").split(" "))) for name in shapes]


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _toned(word: str) -> str:
    """Return a word with its tone marks behind its letters."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if letter not in _TONES) + "".join(
        sorted(letter for letter in letters if letter in _TONES)
    )


def spelt_out(name: str) -> str:
    r"""Return a name with what cannot be seen in it written out; spaces of every kind stay.

    Example:
        >>> spelt_out("Mỹ Tú\N{ZERO WIDTH SPACE}")
        'Mỹ Tú<U+200B>'
    """
    return _INVISIBLE.sub(lambda unseen: "".join(f"<U+{ord(letter):04X}>" for letter in unseen[0]), name)


def is_blank(name: str) -> bool:
    r"""Return whether nothing of a name can be seen.

    Example:
        >>> is_blank(" \N{ZERO WIDTH SPACE}"), is_blank("A")
        (True, False)
    """
    return _BLANK.fullmatch(name) is not None


# which known name is meant


def bare(name: str) -> str:
    """Return a name with everything taken away that a hurried hand gets wrong: case, spaces, underscores, diacritics.

    Example:
        >>> bare(" Nông_thôn") == bare("nong thon")
        True
    """
    letters = unicodedata.normalize("NFD", _INVISIBLE.sub("", name).casefold().replace("đ", "d").replace("_", " "))
    return " ".join("".join(letter for letter in letters if unicodedata.category(letter) != "Mn").split())


_NOTHING = ""
NOTHING_NEAR = Message(_NOTHING)
"""What `did_you_mean` says where no name is near."""

_MOST_KNOWN = 5000
_NEGATIONS = frozenset(["non", "not", "no", "without", "khong", "phi", "ngoai", "chua", "chang", "vo"])
_NEGATING = re.compile(r"^(?:un|non|in|im|ir|il|dis|de|anti|mis)(?=\w{4})")
_WORD = re.compile(r"[^\W\d_]+")


def edits(first: str, second: str) -> int:
    """Return how many letters must be put in, left out, replaced, or exchanged with the next one.

    Example:
        >>> edits("urban", "rural"), edits("medcial", "medical")
        (3, 1)
    """
    before, row = list[int](), list(range(len(second) + 1))
    for place, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [place]
        for other_place, other in enumerate(second, start=1):
            least = min(before[other_place] + 1, row[-1] + 1, before[other_place - 1] + (letter != other))
            if place > 1 and other_place > 1 and (first[place - 2], letter) == (other, second[other_place - 2]):
                least = min(least, earlier[other_place - 2] + 1)
            row.append(least)
    return row[-1]


def _distance(first: str, second: str) -> int | None:
    """Return by how many letters two bare names differ, None where that is too much to be a slip of the pen.

    A slip is one letter of a word of four or more, or two of one of ten or more that begins alike. Digits
    are never slips, nor is a negation.
    """
    if "".join(first.split()) == "".join(second.split()):
        return 0
    if re.findall(r"\d", first) != re.findall(r"\d", second):
        return None
    words, others = _WORD.findall(first), _WORD.findall(second)
    if _NEGATIONS.intersection(words) != _NEGATIONS.intersection(others):
        return None
    if len(words) != len(others):
        words, others = ["".join(words)], ["".join(others)]
    total = 0
    for word, other in zip(words, others, strict=True):
        shorter = min(len(word), len(other))
        allowed = 0 if max(len(word), len(other)) < 4 else 2 if shorter >= 10 and word[0] == other[0] else 1
        if word == other:
            continue
        if (
            abs(len(word) - len(other)) > allowed
            or _NEGATING.sub("", word) == other
            or word == _NEGATING.sub("", other)
        ):
            return None
        differing = edits(word, other)
        if differing > allowed:
            return None
        total += differing
    return total if total <= 2 else None


def nearest(name: object, known: Iterable[str], written: Mapping[str, str] | None = None) -> str | None:
    """Return the known name that is surely meant, but for a slip of the pen, case, spaces or diacritics; else None.

    No hint is better than a wrong one: there is none across a negation, none between words that merely
    resemble each other (urban, rural; tonne/year, tonne/day), and none where two names are equally near.

    Args:
        name: what was written.
        known: the names.
        written: what else may be written, with the names meant.
    """
    meant: dict[str, str] = {}
    for other, meaning in (*((other, other) for other in map(str, known)), *(written or {}).items()):
        meant.setdefault(bare(other), meaning)
    given = bare(str(name))
    if given in meant:
        return meant[given]
    near: dict[int, set[str]] = {}
    for other, meaning in meant.items():
        distance = _distance(given, other)
        if distance is not None:
            near.setdefault(distance, set()).add(meaning)
    nearest_ones = near[min(near)] if near else set[str]()
    return nearest_ones.pop() if len(nearest_ones) == 1 else None


def did_you_mean(name: object, known: Iterable[str], written: Mapping[str, str] | None = None) -> Message:
    """Return ``; did you mean 'x'?`` for the known name that is surely meant, else nothing; see `nearest`.

    What cannot be seen in what was written is named. Of thousands of names none is looked for, which takes long.
    """
    names = list(known)
    near = nearest(name, names, written) if len(names) <= _MOST_KNOWN else None
    if near is None:
        return NOTHING_NEAR
    unseen = ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in _ODD.findall(str(name))))
    if unseen:
        return Message("; did you mean {near!r} without the invisible {unseen}?", near=near, unseen=unseen)
    return Message("; did you mean {near!r}?", near=near)
