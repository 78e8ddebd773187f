"""Where a number comes from: the document, the clause, and how its scan was corrected."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from envindicators.definitions.validators import is_a, is_name, one_of_these
from envindicators.errors import DefinitionError
from envindicators.pickling import versioned
from envindicators.words.message import Message
from envindicators.words.shortening import shown
from envindicators.words.text import Text, as_optional_text, as_text, nearest_tags, tag


@versioned
@frozen(cache_hash=True)
class Document:
    """A document that sets targets.

    Args:
        number: its number as printed, ``"12-NQ/TU"``.
        title: its title.
        kind: what kind of document it is, and so whom it binds.
        issuer: who issued it.
        date: when.
        place: where, as printed.
        note: what a reader must know of it (a signature that the scan cuts off, a document above it).
        lang: the language that it is written in, as a BCP 47 tag.

    Raises:
        ValueError: if ``lang`` is no tag of a language.
    """

    number: str = field(validator=is_name)
    title: Text = field(converter=as_text)
    kind: Text = field(converter=as_text)
    issuer: Text = field(converter=as_text)
    date: datetime.date = field(validator=is_a(datetime.date))
    place: str = ""
    note: Text | None = field(default=None, converter=as_optional_text)
    lang: str = field(default="vi", converter=tag)

    def __repr__(self) -> str:
        return f"Document({self.number!r})"

    def __str__(self) -> str:
        return self.number


@versioned
@frozen(cache_hash=True)
class Correction:
    """One correction of the scan.

    Args:
        scan: the words as scanned.
        corrected: the words as they must have been.
        certain: whether both the word and its spelling are beyond doubt.
        note: the doubt, where there is one.
    """

    scan: str
    corrected: str
    certain: bool = True
    note: Text | None = field(default=None, converter=as_optional_text)

    def __str__(self) -> str:
        return f"{self.scan} → {self.corrected}"


def _corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    return tuple(corrections)


@versioned
@frozen(cache_hash=True)
class Clause:
    """A passage of a document, quoted letter for letter.

    Args:
        document: the document that contains it.
        section: the place of the passage, ``"II.3 (1)"``.
        quote: the words, with the corrections applied and white space folded.
        translation: our translation, for those who read another language; the quote alone has authority.
        corrections: the corrections of the scan, in the order in which they are applied.
        scan: the words as scanned; needed only where there are corrections.
        deadline: ``"stated"`` in the text or ``"inferred"``; None if the clause sets none.
        deadline_rationale: what an inferred deadline is based on.
        note: what the text leaves unclear.
        place: the section as it is written in running text, ``"first bullet, point 3, section II"``.
        paraphrase: whether ``quote`` holds words of ours and none of the document: it is then shown as such, never
            between quotation marks.

    Raises:
        DefinitionError: for corrections of a paraphrase, if the corrections do not turn ``scan`` into ``quote``, or an
            inferred deadline has no rationale.
    """

    document: Document = field(validator=is_a(Document))
    section: str = field(validator=is_name)
    quote: str = field(validator=is_name)
    translation: Text = field(converter=as_text)
    corrections: tuple[Correction, ...] = field(default=(), converter=_corrections)
    scan: str = ""
    deadline: Literal["stated", "inferred"] | None = field(
        default=None, validator=one_of_these("stated", "inferred", None)
    )
    deadline_rationale: Text | None = field(default=None, converter=as_optional_text)
    note: Text | None = field(default=None, converter=as_optional_text)
    place: Text | None = field(default=None, converter=as_optional_text)
    paraphrase: bool = field(default=False, kw_only=True, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        if self.paraphrase and (self.corrections or self.scan):
            raise DefinitionError(
                Message("{section}: a paraphrase is not scanned; leave out scan and corrections", section=self.section)
            )
        if not self.scan:
            object.__setattr__(self, "scan", self.quote)
        corrected, most = self.scan, 10 * max(len(self.scan), len(self.quote), 1000)
        for correction in self.corrections:
            if correction.scan not in corrected:
                raise DefinitionError(
                    Message(
                        "{section}: {scan} does not stand in the scan",
                        section=self.section,
                        scan=shown(correction.scan),
                    )
                )
            corrected = corrected.replace(correction.scan, correction.corrected)
            if len(corrected) > most:
                raise DefinitionError(
                    Message("{section}: the corrections make the scan longer and longer", section=self.section)
                )
        if corrected != self.quote:
            raise DefinitionError(
                Message(
                    "{section}: the corrections turn the scan into {corrected}, not {quote}",
                    section=self.section,
                    corrected=shown(corrected),
                    quote=shown(self.quote),
                )
            )
        if self.deadline == "inferred" and self.deadline_rationale is None:
            raise DefinitionError(
                Message("{section}: an inferred deadline needs its deadline_rationale", section=self.section)
            )

    def translated(self, lang: str) -> str | None:
        """Return the translation for those who read a language; None in the document's own, or if there is none.

        Example:
            >>> from envindicators.programmes import soc_trang_2020
            >>> clause = soc_trang_2020.target("medical_waste").clause
            >>> clause.translated("en")[:21], clause.translated("vi")
            ('100% of medical solid', None)
        """
        if nearest_tags(lang)[-1] == nearest_tags(self.document.lang)[-1]:
            return None
        return self.translation.in_(lang) or None

    def __repr__(self) -> str:
        return f"Clause({self.document.number!r}, {self.section!r})"

    def __str__(self) -> str:
        return f"{self.document.number}, {self.section}"
