"""A scorecard as a frame: a row for each group, target, reading and requirement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from envindicators.algebra.judgements import Judgements, in_units, judge
from envindicators.algebra.tally import COUNTS, OUTCOMES
from envindicators.algebra.verdict import REASONS, VERDICT_NAMES, Reason, contest_bits
from envindicators.definitions.indicator import Requirement
from envindicators.definitions.programme import Reading, Target
from envindicators.evaluation.answers import nothing_known
from envindicators.evaluation.results import YearResult
from envindicators.frames.making import Coded, ResultColumn, Truths, Whole

_UNSIZED = [
    " ".join(outcome for outcome, bit in zip(OUTCOMES, (1, 2, 4), strict=True) if bits & bit) for bits in range(8)
]

_FLOATS = ("value_lower", "value_upper", "observed", "coverage", "shortfall_lower", "shortfall_upper")

_LEVELS: Mapping[str, Sequence[str]] = {
    "unsized": _UNSIZED,
    "verdict": VERDICT_NAMES,
    "reason": REASONS,
}


def card_columns(
    results: Sequence[YearResult],
    targets: Mapping[int | None, Sequence[Target]],
    causes: Mapping[tuple[str, str], Reason],
    by: tuple[str, ...],
    *,
    by_group: bool,
    programme: str,
    lang: str,
) -> dict[str, ResultColumn]:
    """Return the columns of a card as a frame, in their order.

    Args:
        results: the evidence, year by year.
        targets: the targets that are asked for, as they are judged in each year.
        causes: why a reading could not be computed, by target and reading.
        by: the key columns that are shown.
        by_group: whether each group has rows, or the whole.
        programme: the key of the programme.
        lang: the language of names.
    """
    blocks = [_Block(result, _lines(targets[result.year]), causes, by_group=by_group) for result in results]
    width = len(blocks[0].lines) if blocks else 0
    columns: dict[str, ResultColumn] = {name: _keys(name, blocks, width) for name in by if name != "year"}

    def each(value: Callable[[_Line], Any], dtype: type[Any], code: Callable[[Any], Any] = int) -> NDArray[Any]:
        """Return a value of every line, for each row of each year."""
        coded = (np.array([code(value(line)) for line in block.lines], dtype=dtype) for block in blocks)
        tiled = [np.tile(codes, block.length) for codes, block in zip(coded, blocks, strict=True)]
        return np.concatenate(tiled) if tiled else np.zeros(0, dtype=dtype)

    def alike(value: Callable[[_Line], str]) -> Coded:
        levels = list(dict.fromkeys(value(line) for block in blocks for line in block.lines))
        return Coded(each(value, np.int32, levels.index), levels)

    columns |= {
        "year": _years(blocks, width),
        "programme": alike(lambda _: programme),
        "target": alike(lambda line: line.target.key),
        "target_name": alike(lambda line: line.target.name.in_(lang)),
        "reading": alike(lambda line: line.reading.key),
        "reading_name": alike(lambda line: line.reading.name.in_(lang)),
        "kind": alike(lambda line: line.reading.kind),
        "is_default": Truths(each(lambda line: line.reading.key == line.target.default.key, np.int8)),
        "requirement": _all_known(each(lambda line: line.number, np.int64)),
        "indicator": alike(lambda line: line.requirement.indicator.key),
        "indicator_name": alike(lambda line: line.requirement.indicator.name.in_(lang)),
        "unit": alike(lambda line: line.requirement.indicator.unit.key),
    }
    columns = {name: columns[name] for name in (*by, *(name for name in columns if name not in by))}
    judged = _judged(blocks, width)
    threshold = alike(lambda line: str(line.requirement.threshold))
    counts = [name for name in judged if name not in (*_FLOATS, *_LEVELS, "exceeded", "contested")]
    for name in (*COUNTS, *(name for name in counts if name not in COUNTS), "unsized", *_FLOATS[:4]):
        columns[name] = judged[name]
    columns["threshold"] = threshold
    for name in ("verdict", "exceeded", "contested", "reason"):
        columns[name] = judged[name]
    found = each(lambda line: causes.get((line.target.key, line.reading.key)), np.int8, _reason_code)
    columns["cause"] = Coded(found, REASONS)
    for name in _FLOATS[4:]:
        columns[name] = judged[name]
    return columns


class _Line(NamedTuple):
    """What a row is about: a target, one of its readings, and one requirement of it."""

    target: Target
    reading: Reading
    number: int
    requirement: Requirement


def _reason_code(reason: Reason | None) -> int:
    return -1 if reason is None else REASONS.index(reason)


def _all_known(numbers: NDArray[np.int64]) -> Whole:
    return Whole(numbers, np.zeros(len(numbers), dtype=np.bool_))


def _lines(targets: Sequence[Target]) -> list[_Line]:
    return [
        _Line(target, reading, number, requirement)
        for target in targets
        for reading in target.readings
        for number, requirement in enumerate(reading.requirements, 1)
    ]


def _keys(name: str, blocks: Sequence[_Block], lines: int) -> Coded:
    """Return a key column, each of its values once for every line."""
    levels: list[Any] = []
    codes: list[NDArray[Any]] = []
    for block in blocks:
        own, of_group = block.key(name)
        codes.append(np.repeat(of_group.astype(np.int32) + np.int32(len(levels)), lines))
        levels.extend(own)
    return Coded(np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32), levels)


def _years(blocks: Sequence[_Block], lines: int) -> Whole:
    """Return the year that each row is of."""
    lengths = [block.length * lines for block in blocks]
    years = np.array([block.result.year or 0 for block in blocks], dtype=np.int64)
    return Whole(np.repeat(years, lengths), np.repeat([block.result.year is None for block in blocks], lengths))


class _Block:
    """The rows of one year: its groups, or the whole, by the lines of the targets."""

    def __init__(
        self,
        result: YearResult,
        lines: Sequence[_Line],
        causes: Mapping[tuple[str, str], Reason],
        *,
        by_group: bool,
    ) -> None:
        self.result = result
        self.lines = lines
        self.causes = causes
        self.evidence = result.by_group if by_group else result.whole
        self.length = len(result.groups) if by_group else 1

    def key(self, name: str) -> tuple[Sequence[Any], NDArray[Any]]:
        """Return the values of a key column, and for each group which of them it has."""
        place = self.result.groups.names.index(name)
        return self.result.groups.levels[place], self.result.groups.codes[:, place]

    def judgements(self, target: Target, reading: Reading, requirement: Requirement) -> Judgements:
        """Return what the requirement of a reading says of each group."""
        cause = self.causes.get((target.key, reading.key))
        evidence = self.evidence[requirement.indicator.key]
        if cause:
            evidence = nothing_known(requirement.indicator, self.length)
        return judge(requirement.threshold, evidence, cause)


def _judged(blocks: Sequence[_Block], lines: int) -> dict[str, ResultColumn]:
    """Return the columns that are judged, group by group and within it line by line."""
    arrays: dict[str, NDArray[Any]] = {}
    length = sum(block.length for block in blocks)

    def put(name: str, start: int, line: int, values: Any, dtype: Any, missing: Any) -> None:
        if name not in arrays:
            arrays[name] = np.full((length, lines), missing, dtype=dtype)
        values = np.asarray(values)
        arrays[name][start : start + len(values), line] = values

    start = 0
    whole = _counts_are_whole(blocks)
    counted: tuple[Any, int | float] = (np.int64, -1) if whole else (np.float64, np.nan)
    for name in COUNTS:
        put(name, 0, 0, [], *counted)
    put("unsized", 0, 0, [], np.int8, -1)
    for block in blocks:
        texts: dict[str, dict[Reading, list[Any]]] = {}
        for line, (target, reading, _, requirement) in enumerate(block.lines):
            judged = block.judgements(target, reading, requirement)
            grain = requirement.indicator.unit.grain
            for name, values in judged.evidence.columns.items():
                if name == "unsized":
                    put(name, start, line, values, np.int8, 0)
                else:
                    own = requirement.indicator.grains.get(name, grain)
                    if whole and name in COUNTS:
                        put(name, start, line, values, *counted)
                        continue
                    put(name, start, line, in_units(values, own), np.float64, np.nan)
            shown = requirement.indicator.grain
            for name, values in zip(_FLOATS[:2], judged.evidence.bounds(shown), strict=True):
                put(name, start, line, values, np.float64, np.nan)
            put("observed", start, line, judged.evidence.observed(shown), np.float64, np.nan)
            put("coverage", start, line, judged.coverage, np.float64, np.nan)
            put("verdict", start, line, judged.verdict, np.int8, -1)
            put("exceeded", start, line, judged.exceeded, np.int8, -1)
            put("reason", start, line, judged.reason, np.int8, -1)
            for name, values in zip(_FLOATS[4:], judged.shortfall(grain), strict=True):
                put(name, start, line, values, np.float64, np.nan)
            if reading.kind == "text":
                texts.setdefault(target.key, {}).setdefault(reading, []).append(judged.possible)
        contested = {
            key: contest_bits([reading.combined_bits(possible) for reading, possible in readings.items()])
            for key, readings in texts.items()
        }
        for line, (target, *_) in enumerate(block.lines):
            put("contested", start, line, contested[target.key], np.int8, -1)
        start += block.length
    columns: dict[str, ResultColumn] = {}
    for name in list(arrays):
        flat = arrays.pop(name).reshape(-1)
        if name in _LEVELS:
            columns[name] = Coded(flat, _LEVELS[name])
        elif name in COUNTS and whole:
            columns[name] = Whole(flat, flat < 0)
        else:
            columns[name] = Truths(flat) if name in ("exceeded", "contested") else flat
    return columns


def _counts_are_whole(blocks: Sequence[_Block]) -> bool:
    """Return whether all that is counted is counted in the unit that is shown, as persons are and grams are not."""
    return all(
        line.requirement.indicator.unit.grain == 1
        for block in blocks
        for line in block.lines
        if "satisfied" in block.evidence[line.requirement.indicator.key].columns
    )
