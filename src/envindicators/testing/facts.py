"""Strategies of evidence: tallies, spans, quotients and changes, of one group."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from envindicators.algebra.change import Growth, Shift
from envindicators.algebra.span import Quotient, Span
from envindicators.algebra.tally import OUTCOMES, Outcome, Tally

LARGE = 10**30
"""Beyond 64 bits."""


def unsized() -> SearchStrategy[frozenset[Outcome]]:
    """Return strategies of what is open to an amount of unknown size; in half of all draws there is none."""
    return st.one_of(st.just(frozenset[Outcome]()), st.frozensets(st.sampled_from(OUTCOMES)))


def tallies(*, largest: int = LARGE) -> SearchStrategy[Tally]:
    """Return a strategy of tallies, with units of every fate and amounts of unknown size.

    Args:
        largest: the largest of the six counts; 3 keeps tallies so small that all completions can be written out.

    Example:
        >>> from hypothesis import given
        >>> @given(tallies(), tallies())
        ... def holds(one, other):
        ...     assert one + other == other + one
        >>> holds()
    """
    return st.builds(Tally, *[st.integers(0, largest)] * 6, unsized=unsized())


def shares() -> SearchStrategy[Fraction]:
    """Return a strategy of shares that small tallies reach: 0, 1, thirds and 98% among them."""
    notable = st.sampled_from([Fraction(each) for each in ("0", "1", "1/3", "1/2", "2/3", "9/10", "49/50", "1/10")])
    small = st.builds(lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(0, 12), st.integers(1, 12))
    return st.one_of(notable, small)


def _spans(least: int, largest: int) -> SearchStrategy[Span]:
    ends = st.tuples(st.integers(least, largest), st.integers(least, largest))
    return st.builds(
        lambda pair, sinks, soars: Span(min(pair), max(pair), sinks, soars),
        ends,
        st.booleans() if least < 0 else st.just(False),
        st.booleans(),
    )


def evidence(*, largest: int = 10**6) -> SearchStrategy[Any]:
    """Return a strategy of the evidence of every kind of indicator in one group.

    Tallies (of shares), spans (of amounts), quotients (of ratios and means), growths and shifts (of changes).

    Args:
        largest: the largest count in it.

    Example:
        >>> from hypothesis import given
        >>> import envindicators as ei
        >>> @given(evidence())
        ... def holds(known):
        ...     assert ei.at_least("98%").judge(known).possible
        >>> holds()
    """
    from_zero = _spans(0, largest)
    tally = tallies(largest=largest)
    return st.one_of(
        tally,
        _spans(-largest, largest),
        st.builds(Quotient, from_zero, from_zero),
        st.builds(Growth, from_zero, from_zero),
        st.builds(Shift, tally, tally),
    )
