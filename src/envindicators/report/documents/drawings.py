"""The pictures of a report, numbered as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, evolve, field

from envindicators.algebra.verdict import Verdict
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.documents.paper import Block, Drawing, Words
from envindicators.report.numbers import nothing_known
from envindicators.report.plots.canvas import Title
from envindicators.report.plots.plot import on_one_axis, picture
from envindicators.report.plots.rows import Bullets, Dots
from envindicators.words.message import gettext

_GROUPS, _LINES = 36, 44
"""How many groups, and how many lines of targets, a picture has that fits a page."""


@define
class Drawings:
    """Draws a card, and counts what it has drawn.

    Args:
        card: the card, of all its years.
        lang: the language.
    """

    card: Scorecard
    lang: str
    count: int = field(default=0, init=False)

    def of(self, card: Scorecard, target: str | None) -> Iterator[Drawing]:
        """Yield the picture of a card or of a target; of many groups several, each of which fits a page."""
        drawn = picture(card, target, None, self.lang)
        pages: list[Any] = [drawn]
        if isinstance(drawn, (Dots, Bullets)):
            pages = list(drawn.pages(_GROUPS if isinstance(drawn, Dots) else _LINES))
        for page in pages:
            self.count += 1
            name = ". ".join(filter(None, (page.title.name, *page.title.rest)))
            said = gettext("Figure {number}. {name}", self.lang, number=self.count, name=name)
            yield Drawing(evolve(page, title=Title("")), said)  # its title is the caption

    def of_target(self, assessment: Assessment) -> Iterator[Block]:
        """Yield the picture of a target, or why there is none; nothing where it would show a single value."""
        if not on_one_axis(assessment):
            return
        if self._shown(assessment.target.key):
            yield from self.of(self.card, assessment.target.key)
        elif assessment.verdict is Verdict.NOT_APPLICABLE:
            yield Words(gettext("There is no figure: the target is not applicable.", self.lang), "note")
        else:
            yield Words(gettext("There is no figure: nothing was reported.", self.lang), "note")

    def _shown(self, target: str) -> bool:
        """Return whether a picture would show anything: some group of which something is known."""
        card = self.card
        years = [card] if len(card.years) < 2 else [card.of_year(year) for year in card.years if year is not None]
        assessments = [*(one[target] for one in years), *(card[target, group] for group in card.groups)]
        return any(
            judgement.verdict is not Verdict.NOT_APPLICABLE and not nothing_known(judgement)
            for assessment in assessments
            for judgement in assessment.judgements
        )
