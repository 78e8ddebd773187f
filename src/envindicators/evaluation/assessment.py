"""`Assessment`: what is judged of one target; `DutyReport`: what measures a duty."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NoReturn

from attrs import evolve, field, frozen

from envindicators.algebra.tally import Rate, Tally
from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import Interval, Reason, Verdict, conclude, contest, surpassed
from envindicators.definitions.programme import Duty, Reading, Target
from envindicators.display import show
from envindicators.errors import NoTruthValueError
from envindicators.pickling import versioned
from envindicators.words.catalogue import checked_lang


@versioned
@frozen
class Assessment:
    """The result for one target, in one group or as a whole, under one of its readings.

    Args:
        target: the target.
        reading: the reading it is judged under.
        year: the year of the data.
        group: the group's name (a tuple where ``by`` has several columns), or None for the whole.
        evidence: for each reading of the target its judgements, the default first.
    """

    target: Target
    reading: Reading
    year: int | None
    group: Any
    evidence: Mapping[str, tuple[Judgement, ...]] = field(repr=False)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """One judgement for each requirement of the reading."""
        return self.evidence[self.reading.key]

    @functools.cached_property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts that the judgements together may have."""
        return self.reading.combined(judgement.possible for judgement in self.judgements)

    @property
    def verdict(self) -> Verdict:
        """The verdict under this reading."""
        return conclude(self.possible)

    @property
    def met(self) -> bool | None:
        """True, False, or None where it is undetermined or not applicable."""
        return self.verdict.met

    @functools.cached_property
    def exceeded(self) -> bool | None:
        """True if every completion passes all that applies strictly, False if none does, else None."""
        return surpassed(self.reading.combined(judgement.possible_strictly for judgement in self.judgements))

    @property
    def reason(self) -> Reason | None:
        """The reason of the first judgement that is undetermined; None for a certain verdict."""
        if self.verdict is not Verdict.UNDETERMINED:
            return None
        return next((each.reason for each in self.judgements if each.reason is not None), None)

    @property
    def due(self) -> bool:
        """Whether the data is of the deadline's year or later, so that a target not met is missed."""
        return self.year is not None and self.year >= self.target.deadline

    @functools.cached_property
    def contested(self) -> bool | None:
        """Whether text readings of the clause give different certain verdicts.

        None while an undetermined one could still differ. What is not applicable differs from nothing.
        """
        texts = [reading for reading in self.target.readings if reading.kind == "text"]
        if len(texts) < 2:
            return False
        return contest([reading.combined(each.possible for each in self.evidence[reading.key]) for reading in texts])

    @property
    def readings(self) -> dict[str, Assessment]:
        """The assessment under each reading of the target, by key."""
        return {key: self.under(key) for key in self.evidence}

    def under(self, reading: str) -> Assessment:
        """Return the assessment under another reading; `KeyError` naming the readings if there is none."""
        return evolve(self, reading=self.target.reading(reading))

    def word(self, lang: str) -> str:
        """Return the word for the verdict in a language, as cards show it.

        Raises:
            ValueError: for a language that the library does not speak.

        Example:
            >>> from envindicators import evaluate
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
            >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
            >>> card["rural_water"].word("vi"), card["rural_water"].word("en")
            ('vượt', 'exceeded')
        """
        return str(show("verdict_words", self, checked_lang(lang)))

    def _sole(self) -> Judgement | None:
        return self.judgements[0] if len(self.judgements) == 1 else None

    @property
    def tally(self) -> Tally | None:
        """The tally, where the reading has one requirement; else None."""
        judgement = self._sole()
        return None if judgement is None else judgement.tally

    @property
    def rate(self) -> Rate | None:
        """The rate, where the reading has one requirement; None also for an empty population."""
        judgement = self._sole()
        return None if judgement is None else judgement.rate

    @property
    def shortfall(self) -> Interval | None:
        """The shortfall in counted units, where the reading has one requirement; else None."""
        judgement = self._sole()
        return None if judgement is None else judgement.shortfall

    @property
    def slack(self) -> Interval | None:
        """The slack in counted units, where the reading has one requirement; else None."""
        judgement = self._sole()
        return None if judgement is None else judgement.slack

    def __bool__(self) -> NoReturn:
        raise NoTruthValueError("an assessment has no truth value; use `.met` or compare `.verdict`")

    def __repr__(self) -> str:
        group = "" if self.group is None else f", {self.group!r}"
        rates = "".join(f", {judgement.shown}" for judgement in self.judgements if judgement.rate is not None)
        contested = ", contested" if self.contested else ""
        return f"Assessment({self.target.key!r}{group}, {self.reading.key!r}: {self.verdict.value}{rates}{contested})"


@versioned
@frozen
class DutyReport:
    """The share that measures a duty. A duty has no threshold, so there is no verdict.

    Args:
        duty: the duty.
        tally: the tally of its indicator.
        group: the group's name, or None for the whole.
    """

    duty: Duty
    tally: Tally
    group: Any = None

    @property
    def rate(self) -> Rate | None:
        """The interval of shares; None for an empty population."""
        return self.tally.rate

    @property
    def admits_no_exception(self) -> bool:
        """Whether the text says *must*, so that it admits no exception."""
        return self.duty.strength == "must"
