"""`YearResult`: the evidence of one year, which a scorecard is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from envindicators.cells.fingerprint import InputFingerprint
from envindicators.cells.keys import Keys
from envindicators.pickling import versioned
from envindicators.readonly import ReadOnly


@versioned
@frozen(unsafe_hash=False)
class YearResult:
    """The evidence of one year: for each indicator that of the groups and that of the whole, and what it rests on."""

    year: int | None
    groups: Keys
    by_group: Mapping[str, Any] = field(converter=ReadOnly)
    whole: Mapping[str, Any] = field(converter=ReadOnly)
    inputs: tuple[InputFingerprint, ...] = ()

    __hash__ = None  # type: ignore[assignment]
