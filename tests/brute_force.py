"""What a judgement and an assessment should say of a small world, by its completions."""

from __future__ import annotations

import oracle
from completions import NOTHING, Whole, contest, contribution, exceeded
from worlds import SPECS


def _flags(rule):
    return [rule[1]] if rule[0] == "flag" else [f for part in rule[1:] if isinstance(part, tuple) for f in _flags(part)]


def _columns(rule):
    if rule[0] in ("flag", "one_of", "between"):
        return {rule[1]}
    return set().union(*(_columns(part) for part in rule[1:]))


def _needs_units(table, among, where):
    flags = _flags(where)
    return not SPECS[table].chained and (bool(_flags(among)) or len(flags) > len(set(flags)))


def _has_margins(world, table):
    """Return whether some row counts part of its units, which flags could not say: they know none, nothing or all."""
    layout, rows = world[table]
    parts = SPECS[table].parts
    return layout == "counts" and any(row.get(part) not in (None, 0, row["total"]) for row in rows for part in parts)


def cause_of(world, requirements):
    """Return why a reading cannot be computed, or None."""
    if any(table not in world for table, *_ in requirements):
        return "no_table"
    came = {name for table, *_ in requirements for name in world[table][1][0]}
    used = set().union(*(_columns(where) for _, _, where, _ in requirements))
    if used and not used & came:
        return "no_column"
    if any(_has_margins(world, table) and _needs_units(table, a, w) for table, a, w, _ in requirements):
        return "margins"
    return None


def shared(among, where):
    """Return whether a category or year column occurs twice in two rules."""

    def found(rule):
        if rule[0] in ("one_of", "between"):
            return [rule[1]]
        return [name for part in rule[1:] if isinstance(part, tuple) for name in found(part)]

    names = [*found(among), *found(where)]
    return len(names) > len(set(names))


def whole_of(world, each, area=None):
    """Return all completions of one requirement, in an area or as a whole."""
    table, among, where, _ = each
    layout, rows = world[table]
    areas = {row["area"] for _, its in world.values() for row in its}
    came = {row["area"] for row in rows}
    silent = area not in came if area is not None else bool(areas - came)
    rows = [row for row in rows if area in (None, row["area"])]
    return Whole([contribution(SPECS[table], layout, row, among, where) for row in rows], silent=silent)


def assert_same(judgement, whole, each, cause):
    """Assert that a judgement says what all completions say."""
    direction, share = each[3]
    assert judgement.rate == whole.rate(), (judgement, each)
    assert judgement.possible == whole.possible(direction, share), (judgement, each)
    assert judgement.verdict == oracle.verdict(whole.possible(direction, share))
    assert judgement.exceeded == exceeded([whole.possible(direction, share, strictly=True)]), (judgement, each)
    reason = whole.reason(direction, share)
    assert judgement.reason == (cause if cause and reason else reason), (judgement, each)
    assert judgement.shortfall == whole.interval("shortfall", direction, share), (judgement, each)
    assert judgement.slack == whole.interval("slack", direction, share), (judgement, each)
    assert judgement.tally.unsized - {"out"} == whole.unsized, (judgement, each)


def assert_assessed(assessment, readings, world, area):
    """Assert that an assessment, under every reading, says what all completions say."""
    of_reading = {}
    for key, (_, requirements) in readings.items():
        cause = cause_of(world, requirements)
        wholes = [NOTHING if cause else whole_of(world, each, area) for each in requirements]
        under = assessment.under(key)
        for judgement, whole, each in zip(under.judgements, wholes, requirements, strict=True):
            assert_same(judgement, whole, each, cause)
        sets = [whole.possible(*each[3]) for whole, each in zip(wholes, requirements, strict=True)]
        strict = [whole.possible(*each[3], strictly=True) for whole, each in zip(wholes, requirements, strict=True)]
        of_reading[key] = oracle.combined(*sets)
        assert under.possible == of_reading[key]
        assert under.verdict == oracle.verdict(of_reading[key])
        assert under.exceeded == exceeded(strict)
    texts = [of_reading[key] for key, (kind, _) in readings.items() if kind == "text"]
    assert assessment.contested == contest(texts)
