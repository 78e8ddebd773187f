"""What the tests draw from: tallies, thresholds, rules over a small table and what is known of its units."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st
from oracle import FATES

from envindicators import testing
from envindicators.algebra.tally import Tally
from envindicators.definitions.rule import Domains, all_units, between, flag, one_of
from envindicators.testing import facts

OUTCOMES = ("out", "satisfied", "failed")

small_counts = st.tuples(*[st.integers(0, 3)] * 6)
"""Six counts, small enough to write out every completion."""

unsized = facts.unsized()

small_tallies, tallies = testing.tallies(largest=3), testing.tallies()


@st.composite
def narrowings(draw):
    """Return a tally, and the same when more is known.

    One unit of an open fate goes to a narrower one (perhaps certainly out), fewer outcomes are open to
    what is unsized, or some of what is unsized gets a size.
    """
    counts, open_ = list(draw(small_counts)), draw(unsized)
    later, open_later = list(counts), open_
    moves = [
        (wide, narrow)
        for wide, fate in enumerate(FATES)
        for narrow, narrower in (*enumerate(FATES), (None, {"out"}))
        if counts[wide] and narrower < fate
    ]
    kinds = [kind for kind, there in (("unit", moves), ("outcomes", open_), ("size", open_ - {"out"})) if there]
    assume(kinds)
    kind = draw(st.sampled_from(kinds))
    if kind == "unit":
        wide, narrow = draw(st.sampled_from(moves))
        later[wide] -= 1
        if narrow is not None:
            later[narrow] += 1
    elif kind == "outcomes":
        open_later = open_ - {draw(st.sampled_from(sorted(open_)))}
    else:
        sized = draw(st.sampled_from([place for place, fate in enumerate(FATES) if fate <= open_]))
        later[sized] += draw(st.integers(1, 3))
    return Tally(*counts, unsized=open_), Tally(*later, unsized=open_later)


directions = st.sampled_from(("at_least", "at_most"))

NOTABLE = tuple(map(Fraction, ("0", "1", "1/3", "1/2", "2/3", "9/10", "49/50", "1/10")))

shares = testing.shares()


def near(mark, width):
    """Return the shares within ``width`` of a share, itself and both sides of it among them."""
    offset = st.fractions(-width, width, max_denominator=10**9)
    return offset.map(lambda by: min(max(mark + by, Fraction(0)), Fraction(1)))


# A table: two parts that may be nested with a third, an exhaustive category, another one, and a year.

PARTS = ("generated", "collected", "treated")
CATEGORIES = {"stream": ("urban", "rural", "other"), "kind": ("zone", "cluster")}
YEARS = tuple(range(1900, 2101))
VALUES = {**{part: (True, False) for part in PARTS}, **CATEGORIES, "built": YEARS}


def domains(*, nested):
    """Return what the columns of the table may hold, as the library takes it."""
    return Domains(VALUES, PARTS if nested else ())


def _spans():
    ends = st.one_of(st.none(), st.sampled_from((1900, 1901, 2014, 2015, 2016, 2020, 2099, 2100)))
    ordered = st.tuples(ends, ends).filter(lambda s: s != (None, None))
    return ordered.map(lambda s: s if None in s else tuple(sorted(s)))


flags = st.sampled_from(PARTS).map(lambda part: ("flag", part))
atoms = st.one_of(
    flags,
    st.sampled_from(tuple(CATEGORIES)).flatmap(
        lambda column: st.lists(st.sampled_from(CATEGORIES[column]), min_size=1, unique=True).map(
            lambda values: ("one_of", column, tuple(values))
        )
    ),
    _spans().map(lambda span: ("between", "built", *span)),
)


def rules_over(leaves, *, max_leaves=5):
    """Return rules, as nested tuples, over some leaves; columns may occur again and again."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.just("not"), inner),
            st.tuples(st.just("and"), inner, inner),
            st.tuples(st.just("or"), inner, inner),
        ),
        max_leaves=max_leaves,
    )


rules = st.one_of(st.just(("everyone",)), rules_over(atoms))

knowledge = st.fixed_dictionaries(
    {},
    optional={
        **{column: st.one_of(st.none(), st.sampled_from(VALUES[column])) for column in (*PARTS, *CATEGORIES)},
        "built": st.one_of(st.none(), st.sampled_from((1900, 1901, 2000, 2014, 2015, 2020, 2021, 2099, 2100))),
    },
)
"""What is known of a unit; None and absence are missing values."""


def built(rule):
    """Return the library's rule for a nested tuple, made with its public names only."""
    match rule:
        case ("everyone",):
            return all_units()
        case ("flag", column):
            return flag(column)
        case ("one_of", column, values):
            return one_of(column, *values)
        case ("between", column, first, last):
            return between(column, first, last)
        case ("not", one):
            return ~built(one)
        case ("and", one, other):
            return built(one) & built(other)
        case ("or", one, other):
            return built(one) | built(other)
    raise AssertionError(rule)


def leaves(rule):
    """Return the atoms of a nested tuple from left to right, with repetitions."""
    if rule[0] in ("not", "and", "or"):
        return [leaf for part in rule[1:] for leaf in leaves(part)]
    return [] if rule == ("everyone",) else [rule]


@st.composite
def rules_without_repetition(draw, columns=("a", "b", "c", "d")):
    """Return a rule, as a nested tuple, over some of the columns, each at most once."""

    def part(names):
        if len(names) == 1:
            rule = ("flag", names[0])
        else:
            cut = draw(st.integers(1, len(names) - 1))
            rule = (draw(st.sampled_from(("and", "or"))), part(names[:cut]), part(names[cut:]))
        return ("not", rule) if draw(st.booleans()) else rule

    names = draw(st.permutations(columns))
    return part(names[: draw(st.integers(1, len(columns)))])
