"""Vietnamese in the encodings of fonts from before Unicode: recognised and named, never converted in the data.

TCVN3 (the fonts .VnTime and others, also called ABC) has a byte for each letter with its marks; VNI (VNI-Times and
others) writes the marks behind the letter. Read as Western text, Sóc Trăng is ``Sãc Tr¨ng`` in one and ``Soùc Traêng``
in the other. Which it is shows in whether words are syllables of Vietnamese before or after they are converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_GRAVE, _ACUTE, _CIRCUMFLEX, _TILDE, _BREVE, _HOOK, _DOT = "\u0300\u0301\u0302\u0303\u0306\u0309\u0323"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _CIRCUMFLEX, "ê": _BREVE,
    "à": _CIRCUMFLEX + _GRAVE, "á": _CIRCUMFLEX + _ACUTE, "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE,
    "ä": _DOT + _CIRCUMFLEX, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _DOT + _BREVE,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|[{''.join(_VNI_LETTERS)}]", re.IGNORECASE)

_TONES = frozenset((_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT))
_STOPPED = frozenset((_ACUTE, _DOT))
_SYLLABLE = re.compile(
    "(ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    "(oai|oay|oeo|uây|uôi|uya|uyê|uyu|iêu|yêu|ươi|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô"
    "|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    "(?P<end>ch|ng|nh|[cmnpt])?"
)
_WORDS = re.compile(r"[^\s\d,.;:()/\\\[\]{}\"'%<>|=+*_“”‘’–—-]+")

_LOOKED_AT = 5_000
"""How many words tell."""

_FEWEST = 3
"""How many words with marks there must be to tell."""

_MOST, _NONE = 0.75, 0.4
"""What part of them are syllables once converted, at the least, and before, at the most."""


@frozen
class LegacyFont:
    """An encoding that some text seems to be in.

    Args:
        name: its name.
        sample: a word of the text.
        meant: what that word would be.
    """

    name: str
    sample: str
    meant: str

    @property
    def told(self) -> dict[str, Any]:
        """What fills in the words of a message."""
        return {"name": self.name, "sample": self.sample, "meant": self.meant}


def legacy_font(texts: Iterable[str]) -> LegacyFont | None:
    """Return the encoding of a legacy font that some text seems to be in, or None.

    Example:
        >>> legacy_font(["Huyện", "Sóc Trăng", "Mỹ Tú"])
        >>> legacy_font(["HuyÖn", "Sãc Tr¨ng", "Mü Tó"])
        LegacyFont(name='TCVN3 (ABC)', sample='HuyÖn', meant='Huyện')
        >>> legacy_font(["Huyeän", "Soùc Traêng", "Myõ Tuù"]).name
        'VNI'
    """
    words = _marked(texts)
    if len(words) < _FEWEST or _syllables(words, str) > _NONE:
        return None
    ways = {"TCVN3 (ABC)": _of_tcvn3, "VNI": _of_vni}
    name = max(ways, key=lambda name: _syllables(words, ways[name]))
    if _syllables(words, ways[name]) < _MOST:
        return None
    sample = next(word for word in words if _is_syllable(ways[name](word)) and ways[name](word) != word)
    return LegacyFont(name, sample, ways[name](sample))


def is_vietnamese(texts: Iterable[str]) -> bool:
    """Return whether most words with marks in some text are syllables of Vietnamese.

    Example:
        >>> is_vietnamese(["Huyện Mỹ Tú", "Sóc Trăng"]), is_vietnamese(["Straße", "Übergröße", "für"])
        (True, False)
    """
    words = _marked(texts)
    return len(words) >= _FEWEST and _syllables(words, str) >= _MOST


def _marked(texts: Iterable[str]) -> list[str]:
    """Return the words that are not all ASCII, up to so many."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(word for word in _WORDS.findall(text[:_LOOKED_AT]) if not word.isascii()))
        if len(found) > _LOOKED_AT:
            break
    return list(found)


def _syllables(words: list[str], converted: Callable[[str], str]) -> float:
    """Return what part of some words are syllables once converted."""
    return sum(_is_syllable(converted(word)) for word in words) / len(words)


def _is_syllable(word: str) -> bool:
    """Return whether a word could be a syllable of Vietnamese, by its letters and tone."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    syllable = _SYLLABLE.fullmatch(toneless)
    if syllable is None or len(tones) > 1:
        return False
    return syllable["end"] not in ("c", "ch", "p", "t") or (bool(tones) and tones[0] in _STOPPED)


def _of_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in word)


def _of_vni(word: str) -> str:
    def converted(found: re.Match[str]) -> str:
        letter, mark = found[1], found[2]
        if letter is None:
            whole = found[0].lower()
            return _cased(_VNI_LETTERS[whole], found[0])
        return _cased(_VNI_LETTERS.get(letter.lower(), letter.lower()), letter) + _VNI_MARKS[mark.lower()]

    return unicodedata.normalize("NFC", _VNI.sub(converted, word))


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter
