"""The language that is spoken: that of ``--lang``, else that of the locale, else English."""

from __future__ import annotations

import os

from envindicators.words.catalogue import SOURCE, languages
from envindicators.words.text import nearest_tags


def known_language(written: str) -> str | None:
    """Return the language of a tag, or the wider one that it belongs to, if the library speaks it.

    Example:
        >>> known_language("vi_VN"), known_language("C")
        ('vi', None)
    """
    try:
        tags = nearest_tags(written)
    except TypeError:
        return None
    return next((lang for lang in tags if lang in languages()), None)


def locale_language() -> str:
    """Return the language of the locale: of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``, the first that is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return known_language(locale.partition(".")[0].partition("@")[0]) or SOURCE
