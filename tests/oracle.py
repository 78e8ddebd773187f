"""What the numbers mean, by brute force: every completion is written out and looked at.

Nothing here imports the library. A tally is six counts and a set of unsized outcomes, a rule is a
nested tuple (``("and", ("flag", "a"), ("not", ("flag", "b")))``), a verdict is a string. It is slow and
literal on purpose, so that the formulas of the library have something to be compared with.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from functools import lru_cache

OUT, SATISFIED, FAILED = "out", "satisfied", "failed"
MET, NOT_MET, NOT_APPLICABLE, UNDETERMINED = "MET", "NOT_MET", "NOT_APPLICABLE", "UNDETERMINED"

FATES = (
    {SATISFIED},
    {FAILED},
    {SATISFIED, FAILED},
    {OUT, SATISFIED},
    {OUT, FAILED},
    {OUT, SATISFIED, FAILED},
)
"""The fates that a tally counts, in the order of its fields."""

_STEP = {OUT: (0, 0), SATISFIED: (1, 1), FAILED: (1, 0)}
"""What a unit of an outcome adds to the population and to the satisfied in it."""

SMALL = (0, 1, 2, 3)
LARGE, HUGE = 10**6, 10**9
"""Unsized amounts are tried at small sizes, where bounds are reached, and at large ones, which show where they tend."""


@lru_cache(maxsize=4096)
def completions(counts, unsized=frozenset(), largest=HUGE):
    """Return the pairs (population, satisfied in it) of all completions of a tally.

    One open outcome is chosen for every unit. Of an unsized amount every outcome open to it is given
    small sizes and, in turn and together, very large ones up to ``largest``.
    """
    pairs = {(0, 0)}
    for count, fate in zip(counts, FATES, strict=True):
        for _ in range(count):
            pairs = {(n + _STEP[o][0], k + _STEP[o][1]) for n, k in pairs for o in fate}
    sizes = [size for size in (*SMALL, LARGE, HUGE) if size <= largest]
    for outcome in unsized:
        dn, dk = _STEP[outcome]
        pairs = {(n + size * dn, k + size * dk) for n, k in pairs for size in (sizes if dn else (0,))}
    return frozenset(pairs)


def least_and_greatest(counts, unsized=frozenset()):
    """Return the infimum and supremum of the share over completions with a population, or None.

    To the shares that completions have come the limits: as an unsized amount of satisfied (failed)
    units grows beyond measure, the share tends to 1 (to 0).
    """
    shares = {Fraction(k, n) for n, k in completions(counts, unsized) if n}
    shares |= {Fraction(1)} if SATISFIED in unsized else set()
    shares |= {Fraction(0)} if FAILED in unsized else set()
    return (min(shares), max(shares)) if shares else None


def passes(n, k, direction, share, *, strictly=False):
    """Return whether k of n units reach (or, strictly, pass) a threshold."""
    actual = Fraction(k, n)
    if actual == share:
        return not strictly
    return actual > share if direction == "at_least" else actual < share


def possible(counts, unsized, direction, share):
    """Return the verdicts that completions give."""
    return {
        NOT_APPLICABLE if n == 0 else MET if passes(n, k, direction, share) else NOT_MET
        for n, k in completions(counts, unsized)
    }


def verdict(found):
    """Return the verdict on which all completions agree."""
    return next(iter(found)) if len(found) == 1 else UNDETERMINED


def exceeded(counts, unsized, direction, share):
    """Return True if every completion passes strictly, False if none does, else None."""
    answers = {n > 0 and passes(n, k, direction, share, strictly=True) for n, k in completions(counts, unsized)}
    return answers.pop() if len(answers) == 1 else None


def shortfall_of(n, k, direction, share):
    """Return the least number of units to be changed until the threshold is reached, by counting up."""
    for change in range(n + 1):
        now = k + change if direction == "at_least" else k - change
        if n == 0 or passes(n, now, direction, share):
            return change
    raise AssertionError("changing every unit reaches any threshold")


def slack_of(n, k, direction, share):
    """Return the greatest number of units that may turn out otherwise with the threshold still reached."""
    if n == 0 or not passes(n, k, direction, share):
        return 0
    for change in range(1, n + 1):
        now = k - change if direction == "at_least" else k + change
        if not 0 <= now <= n or not passes(n, now, direction, share):
            return change - 1
    return n


def _shortfall_by_formula(n, k, direction, share):
    return max(0, math.ceil(share * n) - k) if direction == "at_least" else max(0, k - math.floor(share * n))


def _slack_by_formula(n, k, direction, share):
    return max(0, k - math.ceil(share * n)) if direction == "at_least" else max(0, math.floor(share * n) - k)


COUNTED = {"shortfall": shortfall_of, "slack": slack_of}
FORMULA = {"shortfall": _shortfall_by_formula, "slack": _slack_by_formula}
"""Both give the same (a test holds it); the formulas serve where completions are too large to count up."""


def over_completions(what, counts, unsized, direction, share):
    """Return the least and greatest shortfall or slack over completions, None where it grows without end.

    It grows without end where larger unsized amounts move it further.
    """
    if all(n == 0 for n, _ in completions(counts, unsized)):
        return None
    ends = []
    for largest in (LARGE, HUGE):
        found = {FORMULA[what](n, k, direction, share) for n, k in completions(counts, unsized, largest)}
        ends.append((min(found), max(found)))
    (low, high), (low_later, high_later) = ends
    assert low == low_later, "more room only adds completions, and the least of whole numbers from 0 is reached early"
    return low, high if high == high_later else None


def reason(counts, unsized, direction, share):
    """Return why a verdict without a cause of its own is undetermined, else None."""
    found = possible(counts, unsized, direction, share)
    if len(found) == 1:
        return None
    if unsized - {OUT}:
        return "not_reported"
    if NOT_APPLICABLE in found:
        return "perhaps_empty"
    return "unplaced_units" if any(counts[3:]) else "unknown_values"


def combined(*sets):
    """Return the verdicts of a combination, over the product of what each of its members may be."""
    found = set()
    for members in itertools.product(*sets):
        if NOT_MET in members:
            found.add(NOT_MET)
        elif all(member == NOT_APPLICABLE for member in members):
            found.add(NOT_APPLICABLE)
        else:
            found.add(MET)
    return found


def truth(rule, unit):
    """Return whether a rule holds for a unit of which everything is known."""
    match rule:
        case ("everyone",):
            return True
        case ("flag", column):
            return unit[column]
        case ("one_of", column, values):
            return unit[column] in values
        case ("between", column, first, last):
            return (first is None or first <= unit[column]) and (last is None or unit[column] <= last)
        case ("not", one):
            return not truth(one, unit)
        case ("and", one, other):
            return truth(one, unit) and truth(other, unit)
        case ("or", one, other):
            return truth(one, unit) or truth(other, unit)
    raise AssertionError(rule)


def kleene(rule, known):
    """Return what three-valued logic says of a rule: True, False, or None for unknown."""
    match rule:
        case ("everyone",):
            return True
        case ("flag" | "one_of" | "between", column, *_):
            return None if known.get(column) is None else truth(rule, known)
        case ("not", one):
            value = kleene(one, known)
            return None if value is None else not value
        case ("and", one, other):
            values = {kleene(one, known), kleene(other, known)}
            return False if False in values else None if None in values else True
        case ("or", one, other):
            values = {kleene(one, known), kleene(other, known)}
            return True if True in values else None if None in values else False
    raise AssertionError(rule)


def outcome(among, where, unit):
    """Return what becomes of a unit of which everything is known."""
    return OUT if not truth(among, unit) else SATISFIED if truth(where, unit) else FAILED


def fates(among, where, known, values, nested):
    """Return the outcomes of all consistent ways to fill in every column of a table.

    Args:
        among: the rule of the population.
        where: the rule that counts.
        known: the values that are known.
        values: for every column all that it may hold.
        nested: parts of which each implies the one before it.
    """
    found = set()
    options = [values[column] if known.get(column) is None else [known[column]] for column in values]
    for chosen in itertools.product(*options):
        unit = dict(zip(values, chosen, strict=True))
        if all(unit[earlier] for earlier, later in itertools.pairwise(nested) if unit[later]):
            found.add(outcome(among, where, unit))
    return found


def kleene_fates(among, where, known):
    """Return the outcomes that three-valued logic leaves open."""
    inside, counts = kleene(among, known), kleene(where, known)
    found = {OUT} if inside is not True else set()
    if inside is not False:
        found |= {SATISFIED} if counts is not False else set()
        found |= {FAILED} if counts is not True else set()
    return found


def _members(rule, chosen, everyone):
    """Return the units, as bits, for which a rule over flags holds."""
    match rule:
        case ("everyone",):
            return everyone
        case ("flag", column):
            return chosen[column]
        case ("not", one):
            return everyone & ~_members(one, chosen, everyone)
        case ("and", one, other):
            return _members(one, chosen, everyone) & _members(other, chosen, everyone)
        case ("or", one, other):
            return _members(one, chosen, everyone) | _members(other, chosen, everyone)
    raise AssertionError(rule)


def margins(rule, size, known):
    """Return the least and greatest number of units for which a rule over flags may hold.

    Every joint assignment is tried: each column is true for some set of units, of any size that what
    is known of its margin (a least and a greatest number) allows.
    """
    everyone = (1 << size) - 1
    options = [
        [units for units in range(everyone + 1) if low <= units.bit_count() <= high] for low, high in known.values()
    ]
    found = {
        _members(rule, dict(zip(known, chosen, strict=True)), everyone).bit_count()
        for chosen in itertools.product(*options)
    }
    return min(found), max(found)


def rounded_half_up(share, digits):
    """Return a share in percent, rounded half up to some digits, in units of the last digit."""
    scaled = share * 100 * 10**digits
    whole = math.floor(scaled)
    return whole + 1 if scaled - whole >= Fraction(1, 2) else whole


def read_percent(text):
    """Return the share that a shown percentage states, and how many decimals it gives."""
    assert text.endswith("%"), text
    whole, _, decimals = text[:-1].partition(".")
    assert whole.isdecimal(), text
    assert not decimals or decimals.isdecimal(), text
    return Fraction(int(whole + decimals), 100 * 10 ** len(decimals)), len(decimals)
