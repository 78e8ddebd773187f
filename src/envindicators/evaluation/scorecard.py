"""`Scorecard`: what the tables say of every target, in every group."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, overload

from attrs import evolve, field, frozen

from envindicators.algebra.threshold import Judgement
from envindicators.algebra.verdict import (
    Reason,
    Verdict,
    combine,
    conclude,
)
from envindicators.cells.fingerprint import InputFingerprint
from envindicators.cells.keys import Key
from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Programme, Target
from envindicators.deprecation import with_former
from envindicators.display import show
from envindicators.errors import OptionError, OptionTypeError, UnknownKeyError
from envindicators.evaluation.answers import nothing_known
from envindicators.evaluation.assessment import Assessment, DutyReport
from envindicators.evaluation.explanation import Explanation
from envindicators.evaluation.frame import card_columns
from envindicators.evaluation.needed_reports import NeededReports, settle
from envindicators.evaluation.results import YearResult
from envindicators.frames.making import BACKENDS, make_frame
from envindicators.ingest.missing import MissingInput
from envindicators.pickling import versioned
from envindicators.problems import OF_FORMS, Problem, Problems
from envindicators.readonly import ReadOnly
from envindicators.words.catalogue import checked_lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EXCEEDED = "EXCEEDED"
"""The key of ``card.counts`` for targets that are met and exceeded; `Verdict.MET` counts the others that are met."""


def _lang(value: str) -> str:
    return checked_lang(value)


@versioned
@frozen(unsafe_hash=False, repr=False)
class Scorecard:
    """The assessments of a programme. Made by `evaluate`; tallies are kept as columns.

    Args:
        programme: the programme.
        by: the columns that the groups are made by.
        results: the tallies, year by year.
        causes: why a reading could not be computed, by (target, reading); readings not named could.
        order: for each target whose default was changed, the reading put first.
        missing: what is missing, table by table.
        problems: the gaps and notes that were found. Not compared.
        lang: the language that it shows itself in. Not compared.
        backend: what kind of frame `to_frame` makes. Not compared.
        given: the tables that came.
    """

    programme: Programme
    by: tuple[str, ...]
    results: tuple[YearResult, ...]
    causes: Mapping[tuple[str, str], Reason] = field(converter=ReadOnly)
    order: Mapping[str, str] = field(converter=ReadOnly)
    missing: Mapping[str, tuple[MissingInput, ...]] = field(converter=ReadOnly)
    problems: Problems = field(eq=False)
    lang: str = field(eq=False, converter=_lang)
    backend: str = field(eq=False)
    given: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment]

    @functools.cached_property
    def _index(self) -> dict[Key, tuple[int, int]]:
        """For each group the year it stands in and its row there."""
        return {key: (place, row) for place, each in enumerate(self.results) for row, key in enumerate(each.groups)}

    @functools.cached_property
    def _wholes(self) -> dict[str, Assessment]:
        """The assessments of the whole that were asked for so far; those of groups may be too many to be kept."""
        return {}

    # what it holds

    @property
    def years(self) -> tuple[int | None, ...]:
        """The years that were evaluated."""
        return tuple(result.year for result in self.results)

    @property
    def year(self) -> int | None:
        """The year that was evaluated. Raises ValueError if there are several."""
        return self._only().year

    @property
    def inputs(self) -> tuple[InputFingerprint, ...]:
        """The size and the fingerprint of each table received, year by year."""
        return tuple(each for result in self.results for each in result.inputs)

    @property
    def forms(self) -> Mapping[str, tuple[Problem, ...]]:
        """The columns renamed, cells read otherwise and rows left out by the form of each table that has one."""
        notes = [problem for problem in self.problems if problem.kind in OF_FORMS]
        tables = dict.fromkeys(note.table for note in notes if note.table is not None)
        return {table: tuple(note for note in notes if note.table == table) for table in tables}

    @property
    def groups(self) -> list[Any]:
        """The names of the groups, sorted; tuples where ``by`` has several columns."""
        return [self._name(key) for key in self._index]

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets, each with the reading that was put first as its default."""
        return tuple(self._target(target.key) for target in self.programme.targets)

    def _name(self, key: Key) -> Any:
        return key[0] if len(key) == 1 else key

    def _only(self) -> YearResult:
        if len(self.results) != 1:
            years = ", ".join(str(year) for year in self.years)
            raise OptionError(
                f"the card holds several years ({years}), and years are never added up; take card.of_year(...)"
            )
        return self.results[0]

    def of_year(self, year: int) -> Scorecard:
        """Return the card of one of its years; `KeyError` for another year."""
        for result in self.results:
            if result.year == year:
                missing = {
                    table: tuple(each for each in found if each.year in (None, year))
                    for table, found in self.missing.items()
                }
                return evolve(self, results=(result,), missing={k: v for k, v in missing.items() if v})
        raise UnknownKeyError(f"the card has no year {year!r} ({', '.join(str(each) for each in self.years)})")

    def with_lang(self, lang: str) -> Scorecard:
        """Return the same card in another language."""
        return evolve(self, lang=lang)

    # assessments

    def _target(self, key: str, year: int | None = None) -> Target:
        """Return a target as it is judged in a year, with the reading that was put first as its default."""
        target = self.programme.target(key).at(year)
        first = self.order.get(key)
        if first is None:
            return target
        chosen = target.reading(first)
        return evolve(
            target, readings=(chosen, *(each for each in target.readings if each.key != first)), name=target.name
        )

    def _place(self, group: Any) -> tuple[int, int]:
        key = group if isinstance(group, tuple) and len(self.by) != 1 else (group,)
        if key not in self._index:
            near = difflib.get_close_matches(str(group), [str(each) for each in self.groups], n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            if not self.by:
                hint = "; the card has no groups, since evaluate was called without by="
            raise UnknownKeyError(f"no group {group!r}{hint}")
        return self._index[key]

    def _of(self, indicator: str, place: tuple[int, int] | None) -> Any:
        if place is None:
            return self._only().whole[indicator][0]
        return self.results[place[0]].by_group[indicator][place[1]]

    def _assess(self, target: Target, group: Any, place: tuple[int, int] | None) -> Assessment:
        year = self._only().year if place is None else self.results[place[0]].year
        target = self._target(target.key, year)
        evidence: dict[str, tuple[Judgement, ...]] = {}
        found: dict[tuple[str, Reason | None], Any] = {}  # readings of a clause ask much the same
        for reading in target.readings:
            cause = self.causes.get((target.key, reading.key))
            judgements: list[Judgement] = []
            for requirement in reading.requirements:
                key = requirement.indicator.key, cause
                if key not in found:
                    found[key] = self._evidence(requirement.indicator, place, cause)
                judgements.append(Judgement(requirement.threshold, found[key], requirement, cause))
            evidence[reading.key] = tuple(judgements)
        return Assessment(target, target.default, year, group, evidence)

    def _evidence(self, indicator: Indicator, place: tuple[int, int] | None, cause: Reason | None) -> Any:
        return nothing_known(indicator, 1)[0] if cause else self._of(indicator.key, place)

    def __getitem__(self, key: Any) -> Assessment:
        """Return the assessment of a target: ``card["rural_water"]``, ``card["rural_water", "Mỹ Tú"]``.

        Raises:
            KeyError: for a target or group that the card has not, naming the nearest.
            ValueError: for the whole of a card of several years.
        """
        if isinstance(key, tuple):
            if len(key) != 2:
                raise UnknownKeyError(
                    f"{key!r}; expected card[target] or card[target, group], a group of several columns as a tuple"
                )
            target, group = self._target(key[0]), key[1]
            return self._assess(target, group, self._place(group))
        target = self._target(key)
        if target.key not in self._wholes:
            self._wholes[target.key] = self._assess(target, None, None)
        return self._wholes[target.key]

    def __iter__(self) -> Iterator[Assessment]:
        """Yield the whole of every target, in the order of the programme."""
        return (self[target.key] for target in self.programme.targets)

    def __len__(self) -> int:
        return len(self.programme.targets)

    def __contains__(self, target: object) -> bool:
        return any(each.key == target for each in self.programme.targets)

    def duty(self, key: str, group: Any = None) -> DutyReport:
        """Return the share that measures a duty, if there are data for its table.

        Raises:
            KeyError: for a duty that the programme has not, or that nothing given measures.
        """
        duty = self.programme.duty(key)
        place = None if group is None else self._place(group)
        if duty.indicator is None or not _tables_of(duty.indicator) <= set(self.given):
            raise UnknownKeyError(f"nothing given measures the duty {key!r}")
        return DutyReport(duty, self._of(duty.indicator.key, place), group)

    @property
    def duties(self) -> dict[str, DutyReport]:
        """The shares of the duties with data for their tables, by key."""
        given = set(self.given)
        return {
            duty.key: self.duty(duty.key)
            for duty in self.programme.duties
            if duty.indicator is not None and _tables_of(duty.indicator) <= given
        }

    # the programme's answer

    @property
    def counts(self) -> dict[str, int]:
        """How many targets are EXCEEDED, MET (and not surely exceeded), NOT_MET, UNDETERMINED, NOT_APPLICABLE."""
        counts = {EXCEEDED: 0, **{verdict.value: 0 for verdict in Verdict}}
        for assessment in self:
            exceeded = assessment.verdict is Verdict.MET and assessment.exceeded is True
            counts[EXCEEDED if exceeded else assessment.verdict.value] += 1
        return counts

    @property
    def verdict(self) -> Verdict:
        """The verdict of all targets together, each under its default reading."""
        return conclude(combine(assessment.possible for assessment in self))

    def needed_reports(self, target: str) -> list[NeededReports]:
        """Return what would settle each requirement of an undetermined target.

        For each requirement of the default reading: the fewest groups whose unknowns, once known, could
        make it `MET`, and the fewest that could make it `NOT_MET`, whatever the others turn out to be.
        Empty for a target that is not undetermined; requirements whose groups do not add up to the whole are left
        out, as the change of a ratio or an amount with a cap.

        Raises:
            ValueError: for a card without groups, or of several years.
        """
        assessment = self[target]
        if assessment.verdict is not Verdict.UNDETERMINED:
            return []
        if not self.by:
            raise OptionError('what would settle a target is a matter of groups: evaluate with by=, as by="area"')
        result = self._only()
        names = [self._name(key) for key in result.groups]
        found: list[NeededReports] = []
        for judgement in assessment.judgements:
            if judgement.verdict is not Verdict.UNDETERMINED:
                continue
            assert judgement.requirement is not None
            key = judgement.requirement.indicator.key
            if not judgement.requirement.indicator.settled_by_groups:
                continue
            tallies = [] if judgement.cause else [result.by_group[key][row] for row in range(len(names))]
            found.append(settle(judgement.requirement, judgement.evidence, dict(zip(names, tallies, strict=False))))
        return found

    # going back to a frame

    def to_frame(self, *, targets: Sequence[str] | None = None, groups: bool = True, backend: str | None = None) -> Any:
        """Return the card as a frame, with a row for each group, target, reading and requirement.

        Columns: those of ``by``; ``year``, ``programme``, ``target``, ``target_name``, ``reading``, ``reading_name``,
        ``kind``, ``is_default``, ``requirement`` (its number in the reading, from 1), ``indicator``,
        ``indicator_name``, ``unit``; the six counts of the tally and ``unsized`` (the outcomes, joined by a space),
        missing for kinds that have no tally; where a card has ratios, means or changes, ``numerator_lower``,
        ``numerator_upper``, ``denominator_lower`` and ``denominator_upper``; ``value_lower`` and ``value_upper``,
        rounded outwards; ``observed``, ``coverage``; ``threshold``, which `at_least` and the like take as it stands;
        ``verdict``, ``exceeded``, ``contested``, ``reason`` (why the verdict is undetermined), ``cause`` (why nothing
        could be computed); ``shortfall_lower``, ``shortfall_upper``.

        A share and a change are values of which 1 is 100%, an amount is in ``unit``, a ratio in ``unit`` for
        each unit of its denominator. Verdict, exceeded and reason are those of the requirement; contested is the
        target's. Names are in the language of the card.

        Types depend on the programme and the targets that are asked for, never on a value. ``year`` and
        ``requirement`` are 64-bit integers. So are the counts where all that is counted is counted in ``unit``, as
        persons are; where a mass is among it, counted in grams and shown in kilograms, they are 64-bit floats, as all
        other numbers are. ``is_default``, ``exceeded`` and ``contested`` are booleans, the last two perhaps missing;
        the rest is text. No name is a reserved word of SQL.

        Args:
            targets: the keys of the targets that are wanted; all of them unless given. Only what is asked is computed.
            groups: a row for each group; False for the whole (year by year, where ``by`` has the year).
            backend: ``"pandas"``, ``"polars"``, ``"pyarrow"`` or ``"rows"``; the one that came in unless given.

        Raises:
            KeyError: for an unknown target.
            ValueError: for another backend, or no target at all.
        """
        backend = self.backend if backend is None else backend
        if backend not in BACKENDS:
            raise OptionError(f"backend is {backend!r}; expected one of {', '.join(map(repr, BACKENDS))}")
        if isinstance(targets, str):
            raise OptionTypeError(f"targets is {targets!r}; expected a list of keys, as [{targets!r}]")
        if targets is not None and not isinstance(targets, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise OptionTypeError(f"targets is {targets!r}; expected a list of keys")
        keys = [target.key for target in self.programme.targets] if targets is None else list(dict.fromkeys(targets))
        wanted = {year: tuple(self._target(key, year) for key in keys) for year in self.years}
        if not keys:
            raise OptionError("targets is empty; expected the key of a target, or None for all")
        by_group = groups and bool(self.by)
        by = self.by if by_group else tuple(name for name in self.by if name == "year")
        columns = card_columns(
            self.results,
            wanted,
            self.causes,
            by,
            by_group=by_group,
            programme=self.programme.key,
            lang=self.lang,
        )
        return make_frame(backend, with_former(columns))

    # beside another

    def compare(self, earlier: Scorecard) -> Any:
        """Return what has changed since an earlier card, a `Comparison`: verdicts, values, inputs, definitions.

        Raises:
            TypeError: for what is no scorecard.
            ValueError: for a card of several years.
        """
        return show("compare", earlier, self)

    # as data

    def to_json(self) -> str:
        """Return the card as JSON: what it says, in numbers and in words of its language, and what it is made of.

        `from_json` reads it back without loss, with the programme and all fingerprints. ``"format"`` and
        ``"envindicators"`` say by which version it was written.

        Raises:
            DefinitionError: for a kind of indicator or key that is not the library's own.

        Example:
            >>> from envindicators import evaluate
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
            >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
            >>> Scorecard.from_json(card.to_json()) == card
            True
        """
        return str(show("card_json", self))

    @classmethod
    def from_json(cls, text: str) -> Scorecard:
        """Return the card that `to_json` wrote. Nothing in the text is executed.

        Raises:
            UnreadableScorecard: for text that holds none, or one of a newer format.
        """
        card: Scorecard = show("card_read", text)
        return card

    # showing itself

    def explain(
        self, target: str, group: Any = None, *, reading: str | None = None, lang: str | None = None
    ) -> Explanation:
        """Return how the answer for a target came about, as sections of sentences.

        Clause, reading and its rationale, rule, where each number came from, bounds, verdict, and why it is
        not certain where it is not. ``told.in_("en")`` shows the same in another language,
        ``told["verdict"].lines("en")`` one section.

        Args:
            target: the key of the target.
            group: a group, or None for the whole.
            reading: the key of a reading, or None for the default.
            lang: ``"vi"`` or ``"en"``; the card's own unless given.
        """
        assessment = self[target] if group is None else self[target, group]
        told: Explanation = show(
            "explain",
            self,
            assessment if reading is None else assessment.under(reading),
            checked_lang(lang or self.lang),
        )
        return told

    def plot(
        self,
        target: str | None = None,
        *,
        targets: Sequence[str] | None = None,
        title: str | None = None,
        figsize: tuple[float, float] | None = None,
        ax: Axes | None = None,
        reading: str | None = None,
        lang: str | None = None,
    ) -> Axes:
        """Draw the card with matplotlib, and return the axes.

        Without a target a bullet for each: the bar as far as is certain, hatched as far as is possible,
        the threshold a mark, the verdict a shape and a word. With a target a dot for each of its groups,
        the worst first, and a hatched bar where a share is open; of a card of several years a line for each
        group, with the threshold and the reviews. No data is ``...``, not applicable ``-``.
        Nothing is told by colour alone, and the style in force (``rcParams``) is followed.

        A new figure is none of pyplot's: it needs no closing, may be drawn in any thread, and shows itself in Jupyter.
        For a window give axes of pyplot: ``card.plot(ax=plt.figure(layout="constrained").add_subplot())``.

        Args:
            target: the key of a target, or None for all.
            targets: the keys of those that are wanted of all.
            title: what stands above; what is shown unless given.
            figsize: the width and the height of a new figure in inches; as large as is needed unless given.
            ax: the axes to draw on, ``matplotlib.axes.Axes``; those of a new figure unless given.
            reading: the key of a reading of the target, or None for the default.
            lang: ``"vi"`` or ``"en"``; the card's own unless given.

        Raises:
            ImportError: if matplotlib is not installed.
            KeyError: for a target or reading that there is not.
            ValueError: for a reading without a target, a target beside targets, or a size beside axes.

        Example:
            >>> from envindicators import evaluate
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
            >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
            >>> card.plot("rural_water").texts[-1].get_text().split()
            ['99%', '(threshold', '≥', '98%)']
        """
        axes: Axes = show(
            "draw_plot", self, target, reading, ax, checked_lang(lang or self.lang), targets, title, figsize
        )
        return axes

    def to_html(self, *, style: bool = True, nonce: str | None = None) -> str:
        """Return the card as HTML, as Jupyter shows it: one table, no script, no outside request.

        It has no ``style`` attribute, so it may stand on a page with a strict content security policy.

        Args:
            style: whether its style sheet comes with it; without, the page has one of its own, or `card_css`.
            nonce: the nonce of the style sheet, where the page's policy asks for one.

        Example:
            >>> from envindicators import evaluate
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
            >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
            >>> "<style" in card.to_html(style=False), '<style nonce="n0nce">' in card.to_html(nonce="n0nce")
            (False, True)
        """
        return str(show("card_html", self, style=style, nonce=nonce))

    def to_text(self, width: int | None = None) -> str:
        """Return the card as text for a terminal, ``width`` characters wide (that of the terminal unless given)."""
        return str(show("card_text", self, width))

    @overload
    def report(
        self,
        file: str | Path,
        form: Any = ...,
        *,
        lang: str | None = ...,
        earlier: Scorecard | None = ...,
        kind: str | None = ...,
        **said: Any,
    ) -> Path: ...

    @overload
    def report(
        self,
        file: IO[str] | IO[bytes],
        form: Any = ...,
        *,
        lang: str | None = ...,
        earlier: Scorecard | None = ...,
        kind: str | None = ...,
        **said: Any,
    ) -> None: ...

    def report(
        self,
        file: str | Path | IO[Any],
        form: Any = None,
        *,
        lang: str | None = None,
        earlier: Scorecard | None = None,
        kind: str | None = None,
        **said: Any,
    ) -> Path | None:
        """Write a report on the card that can be handed in and filed, and return its path.

        It has the form of an official document (Decree 30/2020/NĐ-CP): letterhead, results by target with those of the
        year before beside, a table of the areas for every target with numerator, denominator, result and verdict,
        pictures, what is missing and from whom it is needed, the duties that are measured, recipients and signature,
        and annexes that explain how each result came about, and note what the document's own text leaves open.

        The name of the file says its kind. ``.docx`` is a Word document. ``.html`` is one page without script that asks
        nothing of the network and prints on A4. ``.xlsx`` holds every number as a number, results as formulas of
        their numerators and denominators, and no pictures. All three say the same. It may be written in any thread.

        Args:
            file: the path to write to, or a file that is open for bytes, for HTML also one that is open for text.
            form: what stands around the results, an `envindicators.ReportForm`: agency, number, place, date,
                recipients, signatory and so on.
            lang: ``"vi"`` or ``"en"``; the card's own unless given.
            earlier: the card of the year before, whose results stand beside; a card of several years has its own.
            kind: ``"html"``, ``"docx"`` or ``"xlsx"``, for a file whose name does not say it; HTML unless given.
            **said: what the form says, by name: ``date=``, ``note=``, ``letterhead=``, ``number=``.

        Returns:
            The path that was written to; None for an open file.

        Raises:
            ImportError: if a package is missing: python-docx for Word, openpyxl for Excel, matplotlib for pictures.
            OSError: if the file cannot be written.
            TypeError: for something that a form does not say.
            ValueError: for a name of no such kind, and another letterhead.

        Example:
            >>> import datetime, io
            >>> from envindicators import ReportForm, evaluate
            >>> from envindicators.programmes import soc_trang_2020
            >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]
            >>> card = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
            >>> page, form = io.StringIO(), ReportForm(agency="Department of Environment", place="Soc Trang")
            >>> card.report(page, form, date=datetime.date(2021, 1, 15))
            >>> "99% meets the target (≥ 98%)" in page.getvalue()
            True
        """
        spoken = checked_lang(lang or self.lang)
        written: Path | None = show("write_report", self, file, form, spoken, earlier, kind, said)
        return written

    def _repr_html_(self) -> str:
        return self.to_html()

    def __html__(self) -> str:
        """Return the card as HTML, for templates that escape what does not say that it is HTML (Jinja, Django)."""
        return self.to_html()

    def _ipython_key_completions_(self) -> list[Any]:
        """Return what may stand in ``card[...]``: the targets, and each with each group."""
        targets = [target.key for target in self.programme.targets]
        whole = targets if len(self.results) == 1 else []
        return [*whole, *((target, group) for target in targets for group in self.groups)]

    def __repr__(self) -> str:
        return self.to_text()


_TRUTH = {1: True, 0: False, -1: None}


def _tables_of(indicator: Indicator) -> set[str]:
    return {question.table.key for question in indicator.questions}
