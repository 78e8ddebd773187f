"""`Explanation`: how an answer came about, as sections of sentences that can be shown in any language."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from envindicators.display import show
from envindicators.errors import UnknownKeyError
from envindicators.pickling import versioned
from envindicators.words.catalogue import checked_lang
from envindicators.words.message import Message


@frozen
class Quote:
    """Words of a document, in the language that they stand in there.

    Args:
        words: the words, letter for letter.
        lang: their language.
    """

    words: str
    lang: str

    def in_(self, lang: str) -> str:  # noqa: ARG002 - what is quoted stays in its own language
        """Return the words between quotation marks, in whatever language they stand."""
        return f"“{self.words}”"


@versioned
@frozen
class Section:
    """A part of an explanation.

    Args:
        key: what it tells of: ``"answer"``, ``"clause"``, ``"notes"``, ``"deadline"``, ``"reading"``, ``"rule"``,
            ``"data"``, ``"tally"``, ``"bounds"``, ``"verdict"``, ``"needed"`` or ``"others"``.
        heading: its heading.
        sentences: its sentences, each with an ``in_(lang)``; those of the library are messages whose ``text`` is
            the English sentence with names in braces, and whose ``details`` fill these.
    """

    key: str
    heading: Message
    sentences: tuple[Any, ...]

    def lines(self, lang: str) -> list[str]:
        """Return the sentences in a language, without those that have nothing to say in it."""
        return [line for sentence in self.sentences if (line := sentence.in_(lang))]


@versioned
@frozen(repr=False)
class Explanation:
    """How an answer came about. Made by ``card.explain``; shows itself as text in a terminal, as HTML in Jupyter.

    Args:
        sections: what it tells, in order; a section with nothing to tell is left out.
        lang: the language it shows itself in.

    Example:
        >>> from envindicators import evaluate
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
        >>> told = evaluate(soc_trang_2020, {"residents": rows}, year=2020).explain("rural_water")
        >>> told["verdict"].lines("en")[0]
        '99% meets the target (≥ 98%).'
        >>> print(told.in_("vi")["verdict"].heading.in_("vi"))
        So với chỉ tiêu
    """

    sections: tuple[Section, ...]
    lang: str = "en"

    def in_(self, lang: str) -> Explanation:
        """Return the same explanation in another language; `ValueError` for one that the library does not speak."""
        return evolve(self, lang=checked_lang(lang))

    def __getitem__(self, key: str) -> Section:
        """Return a section by its key; `KeyError` naming the keys if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        keys = ", ".join(repr(section.key) for section in self.sections)
        raise UnknownKeyError(f"no section {key!r}; there are {keys}")

    def to_text(self) -> str:
        """Return it as text: headings, and the sentences indented below them."""
        return "\n".join(
            "\n".join([section.heading.in_(self.lang), *(f"  {line}" for line in section.lines(self.lang))])
            for section in self.sections
        )

    def to_html(self) -> str:
        """Return it as HTML, with everything escaped."""
        return str(show("explanation_html", self))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()

    def __html__(self) -> str:
        return self.to_html()
