"""What evidence is: the data of an indicator in many groups, as arrays, and in one.

A kind of evidence (tallies are the first) is a class with what stands here; judging, needed reports and exports
ask for nothing else. Evidence adds up; what is read from it (shares, verdicts) never does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from envindicators.algebra.margin import Margin
from envindicators.algebra.threshold import Threshold
from envindicators.algebra.verdict import Reason


class GroupEvidence(Protocol):
    """The evidence of one group. ``a + b`` is that of both together."""

    def __add__(self, other: Any) -> Any: ...

    def margin(self, threshold: Threshold) -> Margin:
        """Return by how much a threshold is passed or missed."""
        ...

    def contribution(self, threshold: Threshold) -> Margin:
        """Return what it adds to the margin of a whole that it is part of."""
        ...

    @property
    def reason(self) -> Reason:
        """Why a verdict on it is undetermined, where it is."""
        ...

    @property
    def open_units(self) -> int | None:
        """The units of which something is unknown; None where some have no size."""
        ...

    def parted(self, groups: Sequence[Any]) -> tuple[list[Any], Any]:
        """Return groups as far as they are part of this whole, and what of it stands in none of them."""
        ...


class Evidence(Protocol):
    """The evidence of many groups, an entry each. ``evidence[i]`` is that of one, ``a + b`` adds group by group."""

    def __len__(self) -> int: ...

    def __getitem__(self, row: int) -> Any: ...

    def __add__(self, other: Any) -> Any: ...

    @property
    def total(self) -> Any:
        """The evidence of all groups together: of the same class, with one entry."""
        ...

    def margin(self, threshold: Threshold) -> Margin:
        """Return by how much a threshold is passed or missed, as arrays."""
        ...

    @property
    def reasons(self) -> NDArray[np.int8]:
        """Why a verdict is undetermined where it is, as places in `REASONS`."""
        ...

    def bounds(self, grain: Fraction) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the greatest value, rounded outwards; NaN where there is none.

        Args:
            grain: how many of its counted units make one that is shown; 1 for a share.
        """
        ...

    def observed(self, grain: Fraction) -> NDArray[np.float64]:
        """Return what a spreadsheet would print, to the nearest float; NaN where there is none."""
        ...

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The part of all units of which all is known, to the nearest float; NaN where it has no size."""
        ...

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """What is counted, by the names of the columns of a frame; amounts in counted units."""
        ...
