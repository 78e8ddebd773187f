"""The language of a site."""

from __future__ import annotations

from envindicators.errors import OptionError
from envindicators.words.catalogue import SOURCE, checked_lang


def site_language(language: str | None) -> str:
    """Return the language that pages are written in: that of the site where the library speaks it, else English.

    Example:
        >>> site_language("vi_VN"), site_language("de"), site_language(None)
        ('vi-VN', 'en', 'en')
    """
    try:
        return checked_lang(language or SOURCE)
    except OptionError:
        return SOURCE
