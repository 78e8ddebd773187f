"""What a table says, by brute force: all completions of its units.

It knows nothing of fates, patterns or tallies. It takes a table as it was given, writes out every
unit (its flags, categories and years, in every way that the row allows) and adds up how many belong and how
many of those satisfy the rule: the set of the pairs (population, satisfied in it). Rates, verdicts, shortfalls
and reasons are read off that set. An amount of unknown size is tried at small sizes and at very large ones.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import lru_cache

import oracle

from envindicators.algebra.tally import Rate
from envindicators.testing.completions import SIZES, splits, summed

ALL = frozenset((oracle.OUT, oracle.SATISFIED, oracle.FAILED))


ADDS = {oracle.OUT: (0, 0), oracle.SATISFIED: (1, 1), oracle.FAILED: (1, 0)}


class Spec:
    """A table in plain words: its columns, what they may hold, and whether its parts are nested."""

    def __init__(self, key, parts, *, nested=False, categories=(), years=()):
        self.key, self.parts, self.nested = key, tuple(parts), nested
        self.categories, self.years = dict(categories), dict(years)
        self.values = {part: (True, False) for part in self.parts} | self.categories | self.years
        self.attributes = (*self.categories, *self.years)

    @property
    def chained(self):
        """Whether count rows say of each unit what it is."""
        return self.nested or len(self.parts) < 2

    def vectors(self):
        """Return the flags that a unit may have."""
        found = itertools.product((True, False), repeat=len(self.parts))
        return [flags for flags in found if not self.nested or all(a or not b for a, b in itertools.pairwise(flags))]


@lru_cache(maxsize=200_000)
def _outcomes(spec, among, where, known):
    nested = spec.parts if spec.nested else ()
    return frozenset(oracle.fates(among, where, dict(known), spec.values, nested))


def _units(count, outcomes):
    """Return the pairs of so many units, each with one of the outcomes."""
    pairs = {(0, 0)}
    for _ in range(count):
        pairs = summed(pairs, {ADDS[outcome] for outcome in outcomes})
    return pairs


def contribution(spec, layout, row, among, where):
    """Return the pairs that a row may add, and the outcomes open to an amount of unknown size."""
    known = {name: row.get(name) for name in spec.attributes}
    flags = {part: row.get(part) for part in spec.parts}
    if layout in ("records", "weighted"):
        outcomes = _outcomes(spec, among, where, tuple((known | flags).items()))
        return _units(1 if layout == "records" else row["total"], outcomes), frozenset()
    margins = {place: row[part] for place, part in enumerate(spec.parts) if row.get(part) is not None}
    vectors = spec.vectors()
    of_vector = {
        vector: _outcomes(spec, among, where, tuple((known | dict(zip(spec.parts, vector, strict=True))).items()))
        for vector in vectors
    }
    pairs = set()
    for counts in splits(vectors, row["total"], margins):
        some = {(0, 0)}
        for vector, count in zip(vectors, counts, strict=True):
            some = summed(some, _units(count, of_vector[vector]))
        pairs |= some
    assert pairs, "a row that no units can make"
    free = [vector for vector in vectors if not any(vector[place] for place in margins)]
    unsized = frozenset().union(*(of_vector[vector] for vector in free)) if row["total"] is None else frozenset()
    return pairs, unsized


class Whole:
    """The pairs of all completions of some rows, and what follows from them."""

    def __init__(self, contributions, *, silent=False):
        pairs, unsized = {(0, 0)}, set(ALL) if silent else set()
        for more, open_ in contributions:
            pairs = summed(pairs, more)
            unsized |= open_
        self.sized = pairs
        self.unsized = unsized - {oracle.OUT}
        for outcome in self.unsized:
            n, k = ADDS[outcome]
            pairs = {(m + size * n, j + size * k) for m, j in pairs for size in SIZES}
        self.pairs = pairs

    def rate(self):
        shares = {Fraction(k, n) for n, k in self.pairs if n}
        shares |= {Fraction(1)} if oracle.SATISFIED in self.unsized else set()
        shares |= {Fraction(0)} if oracle.FAILED in self.unsized else set()
        return Rate(min(shares), max(shares)) if shares else None

    def possible(self, direction, share, *, strictly=False):
        def one(n, k):
            if not n:
                return oracle.NOT_APPLICABLE
            passes = oracle.passes(n, k, direction, share, strictly=strictly)
            return oracle.MET if passes else oracle.NOT_MET

        return {one(n, k) for n, k in self.pairs}

    def reason(self, direction, share):
        if len(self.possible(direction, share)) == 1:
            return None
        if self.unsized:
            return "not_reported"
        if any(n == 0 for n, _ in self.pairs):
            return "perhaps_empty"
        return "unplaced_units" if len({n for n, _ in self.pairs}) > 1 else "unknown_values"

    def interval(self, what, direction, share):
        """Return the least and greatest shortfall or slack; None at an end that more of the unsized still moves."""
        if all(n == 0 for n, _ in self.pairs):
            return None
        found = sorted({oracle.FORMULA[what](n, k, direction, share) for n, k in self.pairs})
        return found[0], None if found[-1] > 10**5 else found[-1]


NOTHING = Whole([], silent=True)
"""Of what nothing is known: an unsized amount of every outcome."""


def contest(sets):
    """Return whether two readings are certain and differ; None while two could still differ."""
    if {oracle.MET} in sets and {oracle.NOT_MET} in sets:
        return True
    pairs = itertools.permutations(sets, 2)
    return None if any(oracle.MET in one and oracle.NOT_MET in other for one, other in pairs) else False


def exceeded(sets):
    """Return True if every combination passes strictly, False if none does, else None."""
    found = oracle.combined(*sets)
    return True if found == {oracle.MET} else None if oracle.MET in found else False
