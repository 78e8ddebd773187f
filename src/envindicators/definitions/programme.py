"""`Reading`, `Target`, `Duty`, `Review`, `Programme`: what a document asks, and how it may be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

from envindicators.algebra.verdict import Verdict, any_of_bits, combine, combine_bits
from envindicators.algebra.verdict import any_of as any_of_verdicts
from envindicators.definitions.base_year import Moment
from envindicators.definitions.indicator import Indicator, Requirement, Requirements
from envindicators.definitions.metadata import Metadata
from envindicators.definitions.question import Question
from envindicators.definitions.rule import YEARS, Rule
from envindicators.definitions.source import Clause, Document
from envindicators.definitions.table import Table
from envindicators.definitions.validators import all_are, is_a, is_name, one_of_these
from envindicators.display import show
from envindicators.errors import DefinitionError, UnknownKeyError, WrongTypeError
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly
from envindicators.words.message import Message, listed
from envindicators.words.shortening import shown
from envindicators.words.spelling import did_you_mean
from envindicators.words.text import Text, as_optional_text, as_text, plain

Kind = Literal["text", "statistic", "proxy"]
"""What a reading rests on: the words allow it; official statistics compute it so; it is used for want of data."""

Basis = Literal["stated", "carried_over", "implied", "not_stated"]
"""How the text names who must act: in the sentence, in the one before, by the heading only, not at all."""

Strength = Literal["must", "periodic", "do", "encourage", "enable"]
"""How strongly a duty binds: phải or kiên quyết không, định kỳ or thường xuyên, plain, khuyến khích, tạo điều kiện."""


def _as_tuple(things: Any) -> tuple[Any, ...]:
    """Return a list, a tuple or another iterable as a tuple; a thing by itself is a tuple of one."""
    if isinstance(things, Iterable) and not isinstance(things, (str, bytes)):
        return tuple(things)
    return (things,)


def _requirements(requirements: Any) -> Any:
    if isinstance(requirements, Requirements):
        return requirements
    return tuple(one for given in _as_tuple(requirements) for one in _flat(given))


def _flat(given: Any) -> tuple[Any, ...]:
    return given.requirements if isinstance(given, Requirements) and not given.one_suffices else (given,)


def _refuse_twins(what: Message, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DefinitionError(Message("{what}: the key {key!r} stands twice", what=what, key=key))
        seen.add(key)


def _one_by_one(requirements: Iterable[Any]) -> Iterator[Any]:
    """Yield requirements, levels by group among them one by one; all of these must hold, as all of a reading must."""
    for required in requirements:
        if isinstance(required, Requirements) and not required.one_suffices:
            yield from required.requirements
        else:
            yield required


@versioned
@frozen(cache_hash=True)
class Reading:
    """One way to understand a clause: requirements that must all hold, or of which one must.

    Args:
        key: its name within the target.
        requirements: one or several, or `any_of` several.
        kind: what it rests on: ``"text"``, ``"statistic"`` or ``"proxy"``. Only text readings decide.
        name: the name that people read.
        rationale: why one may read the clause so, or why not.

    Raises:
        DefinitionError: without requirements, or with two indicators of one key.
    """

    key: str = field(converter=plain, validator=is_name)
    requirements: tuple[Requirement, ...] = field(converter=_requirements)
    kind: Kind = field(default="text", validator=one_of_these("text", "statistic", "proxy"))
    name: Text = field(default=Text(en=""), converter=as_text)
    rationale: Text | None = field(default=None, converter=as_optional_text)
    one_suffices: bool = field(default=False, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.requirements, Requirements):
            object.__setattr__(self, "one_suffices", self.requirements.one_suffices)
            object.__setattr__(self, "requirements", self.requirements.requirements)
        object.__setattr__(self, "requirements", tuple(_one_by_one(self.requirements)))
        if not self.requirements:
            raise DefinitionError(Message("reading {key!r} has no requirements", key=self.key))
        for requirement in self.requirements:
            if not isinstance(requirement, Requirement):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise WrongTypeError(
                    Message(
                        "reading {key!r}: expected requirements, as indicator.at_least('98%'); got {requirement}",
                        key=self.key,
                        requirement=shown(requirement),
                    )
                )
            if self.kind != "proxy" and _alike(requirement.indicator):
                raise DefinitionError(
                    Message(
                        "reading {key!r}: a change like for like leaves out what is unknown, so it decides nothing; "
                        'say kind="proxy", and give the change of all beside it',
                        key=self.key,
                    )
                )
        _refuse_twins(
            Message("reading {key!r}", key=self.key), (requirement.indicator.key for requirement in self.requirements)
        )
        if not self.name:
            object.__setattr__(self, "name", as_text(self.key))

    def __repr__(self) -> str:
        return f"Reading({self.key!r}, {list(self.requirements)!r}, kind={self.kind!r})"

    def combined(self, possible: Iterable[frozenset[Verdict]]) -> frozenset[Verdict]:
        """Return the verdicts that it may have, given those of its requirements."""
        return any_of_verdicts(possible) if self.one_suffices else combine(possible)

    def combined_bits(self, possible: Sequence[Any]) -> Any:
        """Return the same of many groups, as bits."""
        return any_of_bits(possible) if self.one_suffices else combine_bits(possible)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What its indicators ask of the tables, each once."""
        indicators = (requirement.indicator for requirement in self.requirements)
        return tuple(dict.fromkeys(question for indicator in indicators for question in indicator.questions))

    @cached_property
    def where_columns(self) -> frozenset[str]:
        """The columns that the ``where`` rules of its indicators look at."""
        return frozenset(column for question in self.questions for column in question.where.columns)


def _alike(indicator: Indicator) -> bool:
    """Return whether an indicator leaves out what is unknown."""
    return indicator.alike is not None or any(map(_alike, indicator.inner))


def _targets(targets: Iterable[Target]) -> tuple[Target, ...]:
    return _as_tuple(targets)


def _duties(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    return _as_tuple(duties)


def _reviews(reviews: Iterable[Review]) -> tuple[Review, ...]:
    return _as_tuple(reviews)


def _readings(readings: Any) -> tuple[Reading, ...]:
    if isinstance(readings, (Requirement, Requirements)):
        return (Reading("default", readings),)
    return _as_tuple(readings)


def _parts(parts: Iterable[str] | str) -> tuple[str, ...]:
    return (parts,) if isinstance(parts, str) else tuple(parts)


@versioned
@frozen(cache_hash=True)
class Target:
    """A clause with its deadline, its level and its readings.

    Args:
        key: its name within the programme.
        clause: the passage that sets it.
        deadline: the year by the end of which it is to be met; or a path, ``{2025: requirement, 2030: requirement}``,
            of which the last milestone due decides, on the data of the year that is looked at.
        readings: the readings, the default first; a requirement alone becomes the only reading.
        name: the name that people read; that of the first indicator unless given.
        level: where the target is to be met: the province; None where the text does not say.
        own: the parts of the quote that set this target, where the clause sets several: of ``"100% of urban, 98% of
            rural residents have water"`` the words about rural residents. In the order of the quote; empty for all.
        metadata: what is to be known of it beside its rule; what is left out is taken from the first indicator.

    Raises:
        DefinitionError: without readings, with two of one key, with a default that is not of kind text, or with own
            words that its clause does not quote.
    """

    key: str = field(converter=plain, validator=is_name)
    clause: Clause = field(validator=is_a(Clause))
    deadline: int = field()
    readings: tuple[Reading, ...] = field(default=(), converter=_readings)
    name: Text = field(default=Text(en=""), converter=as_text)
    level: Text | None = field(default=None, converter=as_optional_text)
    own: tuple[str, ...] = field(default=(), kw_only=True, converter=_parts, validator=all_are(str))
    metadata: Metadata | None = field(default=None, kw_only=True, validator=is_a(Metadata, optional=True))
    path: tuple[Target, ...] = field(default=(), init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        given: Any = self.deadline
        if isinstance(given, Mapping):
            self._lay_out(given)
        elif isinstance(given, bool) or not isinstance(given, int):
            raise WrongTypeError(
                Message("target {key!r}: the deadline is {given}; expected a year", key=self.key, given=shown(given))
            )
        elif given not in YEARS:
            raise DefinitionError(
                Message(
                    "target {key!r}: the deadline is {given}; expected a year from {first} to {last}",
                    key=self.key,
                    given=given,
                    first=YEARS[0],
                    last=YEARS[-1],
                )
            )
        _ = self.passages  # refuses what the clause does not quote
        if not self.readings:
            raise DefinitionError(Message("target {key!r} has no readings", key=self.key))
        for reading in self.readings:
            if not isinstance(reading, Reading):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise WrongTypeError(
                    Message(
                        "target {key!r}: expected readings, as Reading('persons', [indicator.at_least('98%')]); got "
                        "{reading}",
                        key=self.key,
                        reading=shown(reading),
                    )
                )
        _refuse_twins(Message("target {key!r}", key=self.key), (reading.key for reading in self.readings))
        if self.readings[0].kind != "text":
            raise DefinitionError(
                Message(
                    "target {key!r}: the default reading {other!r} is a {kind}; only a text reading decides",
                    key=self.key,
                    other=self.readings[0].key,
                    kind=self.readings[0].kind,
                )
            )
        if not self.name:
            object.__setattr__(self, "name", self.readings[0].requirements[0].indicator.name)

    def _lay_out(self, milestones: Mapping[int, Any]) -> None:
        """Take up a path of milestones: what is to be reached by the end of which year."""
        if self.readings or not milestones:
            raise DefinitionError(
                Message("target {key!r}: a path says what is to be reached in each year, and no more", key=self.key)
            )
        if list(milestones) != sorted(milestones):
            raise DefinitionError(
                Message(
                    "target {key!r}: the years of its path go backwards ({years})",
                    key=self.key,
                    years=list(milestones),
                )
            )
        path = tuple(
            Target(self.key, self.clause, year, readings, self.name, self.level, own=self.own, metadata=self.metadata)
            for year, readings in milestones.items()
        )
        shapes = {
            tuple((reading.key, len(reading.requirements)) for reading in milestone.readings) for milestone in path
        }
        if len(shapes) > 1:
            raise DefinitionError(
                Message(
                    "target {key!r}: its milestones have different readings; expected the same in each", key=self.key
                )
            )
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "deadline", path[-1].deadline)
        object.__setattr__(self, "readings", path[-1].readings)

    def at(self, year: int | None) -> Target:
        """Return the milestone that decides in a year: the last that is due, or else the first."""
        if not self.path or year is None:
            return self
        return next((milestone for milestone in reversed(self.path) if milestone.deadline <= year), self.path[0])

    def outlook(self, year: int | None) -> Target | None:
        """Return the milestone that comes after the one that decides in a year; None without one."""
        later = [milestone for milestone in self.path if milestone.deadline > self.at(year).deadline]
        return later[0] if year is not None and later else None

    @property
    def every_reading(self) -> tuple[Reading, ...]:
        """Its readings, those of all milestones."""
        return tuple(reading for milestone in self.path for reading in milestone.readings) or self.readings

    def __repr__(self) -> str:
        years = [milestone.deadline for milestone in self.path] or self.deadline
        return f"Target({self.key!r}, {self.clause.section!r}, {years}, {[r.key for r in self.readings]})"

    @property
    def default(self) -> Reading:
        """The reading that is shown first and that combines into the programme's verdict."""
        return self.readings[0]

    @property
    def passages(self) -> tuple[tuple[str, bool], ...]:
        """The quote of its clause in pieces, each with whether it sets this target.

        Example:
            >>> from envindicators.programmes import soc_trang_2020
            >>> soc_trang_2020.target("rural_water").passages[0]
            ('100% dân cư thành thị, ', False)
        """
        rest, pieces = self.clause.quote, list[tuple[str, bool]]()
        for part in self.own or (rest,):
            before, found, rest = rest.partition(part) if part else ("", "", rest)
            if not found:
                raise DefinitionError(
                    Message(
                        "target {key!r}: its own words {part} do not stand in the clause, in this order",
                        key=self.key,
                        part=shown(part),
                    )
                )
            pieces += [(before, False), (found, True)]
        return tuple(piece for piece in (*pieces, (rest, False)) if piece[0])

    @property
    def about(self) -> Metadata:
        """Its metadata, with what that leaves out taken from the first indicator of its default reading."""
        return (self.metadata or Metadata()).over(self.default.requirements[0].indicator.metadata)

    def reading(self, key: str) -> Reading:
        """Return the reading of that key; `KeyError` naming the keys if there is none."""
        for reading in self.readings:
            if reading.key == key:
                return reading
        keys = [reading.key for reading in self.readings]
        raise UnknownKeyError(f"target {self.key!r} has no reading {key!r} ({listed(keys)}){did_you_mean(key, keys)}")

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables that its readings need, each once."""
        questions = (question for reading in self.every_reading for question in reading.questions)
        return tuple(dict.fromkeys(question.table for question in questions))


@versioned
@frozen(cache_hash=True)
class Duty:
    """A task set by the document without a number to reach.

    Args:
        key: its name within the programme.
        clause: the passage that sets it.
        actor: who must act, if the text gives any indication.
        basis: whether the sentence names the actor, the one before does, only the heading does, or
            nothing. An actor that is not ``"stated"`` must not be shown as the text's own.
        strength: how strongly it binds.
        indicator: the share that measures it, if there is one. It gets no verdict.
        note: what could measure it, and anything unusual in the wording.
    """

    key: str = field(converter=plain, validator=is_name)
    clause: Clause = field(validator=is_a(Clause))
    actor: Text | None = field(default=None, converter=as_optional_text)
    basis: Basis = field(
        default="not_stated", validator=one_of_these("stated", "carried_over", "implied", "not_stated")
    )
    strength: Strength = field(default="do", validator=one_of_these("must", "periodic", "do", "encourage", "enable"))
    indicator: Indicator | None = field(default=None, validator=is_a(Indicator, optional=True))
    note: Text | None = field(default=None, converter=as_optional_text)

    def __attrs_post_init__(self) -> None:
        if self.actor is None and self.basis != "not_stated":
            raise DefinitionError(
                Message("duty {key!r}: the basis is {basis}, so name the actor", key=self.key, basis=shown(self.basis))
            )

    def __repr__(self) -> str:
        return f"Duty({self.key!r}, {self.clause.section!r}, {self.strength!r})"


@versioned
@frozen(cache_hash=True)
class Review:
    """A dated occasion on which the document asks for an account.

    Args:
        key: its name within the programme.
        name: the name that people read.
        year: the year in which it is held. It can see only estimates for that year.
        held_by: who holds it.
        advised_by: who prepares it.
        clause: the passage that asks for it.
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    year: int = field(validator=is_a(int))
    held_by: Text = field(converter=as_text)
    advised_by: Text | None = field(default=None, converter=as_optional_text)
    clause: Clause | None = field(default=None, validator=is_a(Clause, optional=True))

    def __repr__(self) -> str:
        return f"Review({self.key!r}, {self.year})"


@versioned
@frozen(cache_hash=True)
class Programme:
    """A document's targets, duties and reviews.

    Args:
        key: its name.
        name: the name that people read.
        document: the document.
        targets: its targets, in the order of the text.
        duties: its duties, in the order of the text.
        reviews: its reviews, in the order of time.

    Raises:
        DefinitionError: for two things under one key, two tables or two indicators that differ under
            one key, or no target at all.
    """

    key: str = field(converter=plain, validator=is_name)
    name: Text = field(converter=as_text)
    document: Document = field(validator=is_a(Document))
    targets: tuple[Target, ...] = field(converter=_targets, validator=all_are(Target))
    duties: tuple[Duty, ...] = field(default=(), converter=_duties, validator=all_are(Duty))
    reviews: tuple[Review, ...] = field(default=(), converter=_reviews, validator=all_are(Review))

    def __attrs_post_init__(self) -> None:
        if not self.targets:
            raise DefinitionError(Message("programme {key!r} has no targets", key=self.key))
        _refuse_twins(
            Message("programme {key!r}", key=self.key),
            [
                *(target.key for target in self.targets),
                *(duty.key for duty in self.duties),
                *(review.key for review in self.reviews),
            ],
        )
        tables: dict[str, Table] = {}
        indicators: dict[str, Indicator] = {}
        for indicator in self.indicators:
            for table in indicator.tables:
                if tables.setdefault(table.key, table) != table:
                    raise DefinitionError(
                        Message(
                            "programme {key!r}: two different tables are called {other!r}",
                            key=self.key,
                            other=table.key,
                        )
                    )
            if indicators.setdefault(indicator.key, indicator) != indicator:
                raise DefinitionError(
                    Message(
                        "programme {key!r}: two different indicators are called {other!r}",
                        key=self.key,
                        other=indicator.key,
                    )
                )

    def __repr__(self) -> str:
        return f"Programme({self.key!r}, {len(self.targets)} targets, {len(self.duties)} duties)"

    @classmethod
    def load(cls, path: str | Path) -> Programme:
        """Return the programme in a file of TOML or JSON. Nothing in it is executed.

        Args:
            path: the file, of at most 2 MB.

        Raises:
            UnreadableProgramme: for a file that holds none, with all that is wrong and where.
            OSError: for a file that cannot be opened.

        Example:
            >>> import tempfile
            >>> from envindicators.programmes import soc_trang_2020
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     file = Path(folder) / "programme.json"
            ...     _ = file.write_text(soc_trang_2020.to_json(), encoding="utf-8")
            ...     Programme.load(file) == soc_trang_2020
            True
        """
        programme: Programme = show("programme_read", path)
        return programme

    @classmethod
    def from_toml(cls, text: str) -> Programme:
        """Return the programme that some TOML says, as `to_toml` writes it. Nothing in it is executed.

        Raises:
            UnreadableProgramme: for text that says none, with all that is wrong and where.
        """
        programme: Programme = show("programme_text", text, "TOML", "TOML")
        return programme

    @classmethod
    def from_json(cls, text: str) -> Programme:
        """Return the programme that some JSON says, as `to_json` writes it; raises what `from_toml` does.

        Example:
            >>> from envindicators.programmes import soc_trang_2020
            >>> Programme.from_json(soc_trang_2020.to_json()) == soc_trang_2020
            True
        """
        programme: Programme = show("programme_text", text, "JSON", "JSON")
        return programme

    def to_toml(self) -> str:
        """Return the programme as TOML, which `load` and `from_toml` read back. Needs the extra ``files``.

        Raises:
            DefinitionError: for a rule or kind of indicator that is not the library's own.
            PackageNeeded: if tomli-w is not installed.
        """
        return str(show("programme_toml", self))

    def to_json(self) -> str:
        """Return the programme as JSON, which `load` and `from_json` read back. Needs no extra.

        Raises:
            DefinitionError: for a rule or kind of indicator that is not the library's own.
        """
        return str(show("programme_json", self))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of all readings and duties, and those of which they are made, each once."""
        of_readings = (
            requirement.indicator
            for target in self.targets
            for reading in target.every_reading
            for requirement in reading.requirements
        )
        of_duties = (duty.indicator for duty in self.duties if duty.indicator is not None)
        every = (*of_readings, *of_duties)
        return tuple(dict.fromkeys((*every, *(inner for indicator in every for inner in indicator.inner))))

    def asked_at(self, now: Moment) -> frozenset[str]:
        """Return the keys of the tables of which something is asked of a moment itself, and not of others only."""
        return frozenset(
            question.table.key
            for indicator in self.indicators
            for question, moment in indicator.asked(now)
            if moment == now
        )

    @cached_property
    def scenarios(self) -> frozenset[str]:
        """The scenarios that something in it is put against, as business as usual."""
        return frozenset().union(*(indicator.scenarios for indicator in self.indicators))

    @property
    def axes(self) -> tuple[str, ...]:
        """The key columns by which its tables tell apart what is never added up, beside the year."""
        return ("scenario",) if self.scenarios else ()

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables that its indicators need, by key."""
        return ReadOnly({table.key: table for indicator in self.indicators for table in indicator.tables})

    @cached_property
    def table_names(self) -> Mapping[str, Text]:
        """What the tables are called in sentences about data, by key; see `Table.called`."""
        return ReadOnly({key: table.called for key, table in self.tables.items()})

    def column_name(self, table: str, column: str) -> Text | Message | None:
        """Return the name of a column of a table; see `Table.name_of`."""
        return self.tables[table].name_of(column) if table in self.tables else None

    @cached_property
    def _rules(self) -> Mapping[Table, tuple[Rule, ...]]:
        rules: dict[Table, dict[Rule, None]] = {table: {} for table in self.tables.values()}
        for indicator in self.indicators:
            for question in indicator.questions:
                rules[question.table] |= {question.among: None, question.where: None}
        return {table: tuple(asked) for table, asked in rules.items()}

    def rules_of(self, table: Table) -> tuple[Rule, ...]:
        """Return the rules that its indicators ask of a table, each once."""
        return self._rules.get(table, ())

    def target(self, key: str) -> Target:
        """Return the target of that key; `KeyError` naming the keys if there is none."""
        for target in self.targets:
            if target.key == key:
                return target
        keys = [target.key for target in self.targets]
        raise UnknownKeyError(f"{self.key} has no target {key!r} ({listed(keys)}){did_you_mean(key, keys)}")

    def duty(self, key: str) -> Duty:
        """Return the duty of that key; `KeyError` if there is none."""
        for duty in self.duties:
            if duty.key == key:
                return duty
        raise UnknownKeyError(f"{self.key} has no duty {key!r}{did_you_mean(key, [duty.key for duty in self.duties])}")
