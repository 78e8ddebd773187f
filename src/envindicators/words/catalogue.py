"""The library's own words: English in the code, every other language a message catalogue.

A catalogue is a file ``LANGUAGE/LC_MESSAGES/envindicators.mo``, compiled from the ``.po`` beside it. It is
looked for in the package's ``locale`` and before it in the folders that ``ENVINDICATORS_LOCALE`` names, so that
another language is a file, and no edit of code.
"""

from __future__ import annotations

import functools
import gettext as standard
import os
from collections.abc import Iterator
from pathlib import Path

from envindicators.errors import OptionError, OptionTypeError
from envindicators.words.text import nearest_tags, plain, tag

DOMAIN = "envindicators"
"""The name of the catalogues."""

SOURCE = "en"
"""The language that the sentences in the code are written in."""

_OURS = Path(__file__).parents[1] / "locale"


def _folders() -> Iterator[Path]:
    yield from (Path(folder) for folder in os.environ.get("ENVINDICATORS_LOCALE", "").split(os.pathsep) if folder)
    yield _OURS


def _file(lang: str) -> Path | None:
    name = lang.replace("-", "_")
    files = (folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo" for folder in _folders())
    return next((file for file in files if file.is_file()), None)


def languages() -> tuple[str, ...]:
    """Return the languages that the library speaks: English, and those that have a catalogue.

    Example:
        >>> languages()
        ('en', 'vi')
    """
    files = (file for folder in _folders() for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE, *sorted({tag(file.parents[1].name) for file in files} - {SOURCE}))


@functools.cache
def catalogue(lang: str) -> standard.NullTranslations:
    """Return the catalogue of a language, else that of the wider language, else none: the words stay English."""
    for near in nearest_tags(lang):
        file = None if near == SOURCE else _file(near)
        if file is not None:
            with file.open("rb") as opened:
                return standard.GNUTranslations(opened)
        if near == SOURCE:
            break
    return standard.NullTranslations()


def checked_lang(lang: str) -> str:
    """Return the tag of a language if the library speaks it.

    Raises:
        OptionError: for another, naming those that it speaks.
        OptionTypeError: for what is no text.
    """
    if not isinstance(lang, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(f"lang is {lang!r}; expected one of {', '.join(map(repr, languages()))}")
    try:
        known = any(near == SOURCE or _file(near) is not None for near in nearest_tags(lang))
    except TypeError:
        known = False
    if not known:
        raise OptionError(f"lang is {plain(lang)!r}; expected one of {', '.join(map(repr, languages()))}")
    return tag(lang)
