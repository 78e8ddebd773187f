"""What has changed between two scorecards, in words, as HTML and as the columns of a frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from envindicators.algebra.threshold import Judgement
from envindicators.analysis.comparison import Comparison, Difference
from envindicators.frames.making import Coded, ResultColumn, Truths
from envindicators.report.cards import group_key, group_label, plain
from envindicators.report.measures import value_words
from envindicators.report.verdicts import verdict_words
from envindicators.words.message import Message, gettext, ngettext


def comparison_text(comparison: Comparison, lang: str) -> str:
    """Return what has changed as lines of text."""
    return "\n".join(_lines(comparison, lang))


def comparison_html(comparison: Comparison, lang: str) -> str:
    """Return what has changed as a list in HTML, everything escaped."""
    first, *others = _lines(comparison, lang)
    items = "".join(f"<li>{escape(line)}</li>" for line in others)
    return f'<div lang="{escape(lang)}"><p><strong>{escape(first)}</strong></p><ul>{items}</ul></div>'


def _lines(comparison: Comparison, lang: str) -> Iterator[str]:
    if comparison.same:
        yield gettext("Nothing has changed.", lang)
        return
    flipped, changed = len(comparison.flipped), len(comparison.differences)
    yield " ".join(
        [
            ngettext("{count} result has changed.", "{count} results have changed.", changed, lang),
            ngettext("{count} has another verdict.", "{count} have another verdict.", flipped, lang),
        ]
    )
    for difference in sorted(comparison.differences, key=lambda difference: not difference.flipped):
        yield _difference(comparison, difference, lang)
    for keys, words in (
        (comparison.targets_only_before, Message("Targets that are no longer there: {names}")),
        (comparison.targets_only_after, Message("New targets: {names}")),
        (comparison.targets_defined_anew, Message("Targets that are defined differently: {names}")),
    ):
        if keys:
            yield words.filled(names=", ".join(keys)).in_(lang)
    for groups, card, words in (
        (comparison.groups_only_before, comparison.before, Message("No longer there: {names}")),
        (comparison.groups_only_after, comparison.after, Message("New: {names}")),
    ):
        if groups:
            yield words.filled(names=", ".join(group_label(group_key(card, group)) for group in groups)).in_(lang)
    tables = {**comparison.before.programme.tables, **comparison.after.programme.tables}
    other = (after or before for before, after in comparison.inputs)
    names = [tables[found.table].name.in_(lang) for found in other if found is not None]
    if names:
        yield gettext("Tables with other figures: {names}", lang, names=", ".join(names))


def _difference(comparison: Comparison, difference: Difference, lang: str) -> str:
    before, after = difference.before, difference.after
    name = after.target.name.in_(lang)
    if difference.group is not None:
        name = f"{name}, {group_label(group_key(comparison.after, difference.group))}"
    was, is_now = (
        f"{', '.join(value_words(one, lang) for one in each.judgements)} ({verdict_words(each, lang)})"
        for each in (before, after)
    )
    return plain(gettext("{name}: {before} → {after}", lang, name=name, before=was, after=is_now))


def _shortfall(judgement: Judgement | None, end: str) -> float:
    """Return an end of a shortfall in the unit that is shown; NaN where there is none."""
    units = None if judgement is None or judgement.shortfall is None else getattr(judgement.shortfall, end)
    if judgement is None or units is None:
        return np.nan
    return float(units / judgement.requirement.indicator.unit.grain)


def comparison_columns(comparison: Comparison) -> dict[str, ResultColumn]:
    """Return the columns of a frame with a row for each difference and requirement."""
    lines = [
        (difference, pair)
        for difference in comparison.differences
        for pair in itertools.zip_longest(difference.before.judgements, difference.after.judgements)
    ]

    def text(values: list[Any]) -> Coded:
        levels = list(dict.fromkeys(value for value in values if value is not None))
        codes = [-1 if value is None else levels.index(value) for value in values]
        return Coded(np.array(codes, dtype=np.int32), levels)

    groups = [difference.group for difference, _ in lines]
    columns: dict[str, ResultColumn] = {
        "target": text([difference.target for difference, _ in lines]),
        "group": text([None if group is None else group_label(group_key(comparison.after, group)) for group in groups]),
        "flipped": Truths(np.array([difference.flipped for difference, _ in lines], dtype=np.int8)),
    }
    for place, side in enumerate(("before", "after")):
        judged = [pair[place] for _, pair in lines]
        columns[f"verdict_{side}"] = text([None if one is None else one.verdict.value for one in judged])
        columns[f"value_{side}"] = text([None if one is None else value_words(one, "en") for one in judged])
        for end in ("lower", "upper"):
            columns[f"shortfall_{end}_{side}"] = np.array([_shortfall(one, end) for one in judged], dtype=np.float64)
    return columns
