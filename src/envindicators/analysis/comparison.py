"""`Comparison`: what has changed from one scorecard to a later one of the same programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from envindicators.cells.fingerprint import InputFingerprint
from envindicators.display import show
from envindicators.errors import OptionTypeError
from envindicators.evaluation.assessment import Assessment
from envindicators.evaluation.scorecard import Scorecard
from envindicators.frames.making import make_frame
from envindicators.pickling import versioned


@versioned
@frozen
class Difference:
    """One target, in one group or as a whole, of which something has changed.

    Args:
        before: its assessment on the earlier card.
        after: that on the later one.
    """

    before: Assessment
    after: Assessment

    @property
    def target(self) -> str:
        """The key of the target."""
        return self.after.target.key

    @property
    def group(self) -> Any:
        """The group, or None for the whole."""
        return self.after.group

    @property
    def flipped(self) -> bool:
        """Whether the verdict is another, or whether it is exceeded."""
        return (self.before.verdict, self.before.exceeded) != (self.after.verdict, self.after.exceeded)


@versioned
@frozen
class Comparison:
    """What has changed from one scorecard to a later one. Made by `compare`.

    Args:
        before: the earlier card.
        after: the later one.
        differences: the targets of which something has changed, as a whole first and then group by group.
        groups_only_before: the groups that only the earlier card has.
        groups_only_after: the groups that only the later card has.
        targets_only_before: the targets that only the earlier programme has.
        targets_only_after: the targets that only the later programme has.
        targets_defined_anew: the targets that both have, and define differently.
        inputs: the tables whose figures are not the same, each as it was and as it is; None for one that was not there.
    """

    before: Scorecard
    after: Scorecard
    differences: tuple[Difference, ...]
    groups_only_before: tuple[Any, ...]
    groups_only_after: tuple[Any, ...]
    targets_only_before: tuple[str, ...]
    targets_only_after: tuple[str, ...]
    targets_defined_anew: tuple[str, ...]
    inputs: tuple[tuple[InputFingerprint | None, InputFingerprint | None], ...]

    @property
    def flipped(self) -> tuple[Difference, ...]:
        """The targets whose verdict is another."""
        return tuple(difference for difference in self.differences if difference.flipped)

    @property
    def same(self) -> bool:
        """Whether nothing has changed that the cards tell of."""
        return not (
            self.differences
            or self.groups_only_before
            or self.groups_only_after
            or self.targets_only_before
            or self.targets_only_after
            or self.targets_defined_anew
            or self.inputs
        )

    def to_frame(self, *, backend: str | None = None) -> Any:
        """Return a row for each difference and requirement: verdicts, values and shortfalls before and after.

        Args:
            backend: ``"pandas"``, ``"polars"``, ``"pyarrow"`` or ``"rows"``; that of the later card unless given.
        """
        return make_frame(backend or self.after.backend, show("comparison_columns", self))

    def to_text(self, lang: str | None = None) -> str:
        """Return what has changed as lines of text, in a language; in that of the later card unless given."""
        return str(show("comparison_text", self, lang or self.after.lang))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return str(show("comparison_html", self, self.after.lang))


def compare(before: Scorecard, after: Scorecard) -> Comparison:
    """Return what has changed from one scorecard to a later one.

    Targets and groups are matched by their names, so the years of the cards may differ.

    Args:
        before: the earlier card, of one year.
        after: the later one, of one year.

    Raises:
        TypeError: for what is no scorecard.
        ValueError: for a card of several years.

    Example:
        >>> from envindicators import evaluate
        >>> from envindicators.programmes import soc_trang_2020
        >>> rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": 970}]
        >>> first = evaluate(soc_trang_2020, {"residents": rows}, year=2019)
        >>> rows[0]["hygienic_water"] = 985
        >>> later = evaluate(soc_trang_2020, {"residents": rows}, year=2020)
        >>> [(each.target, each.before.verdict.name, each.after.verdict.name) for each in compare(first, later).flipped]
        [('rural_water', 'NOT_MET', 'MET')]
    """
    for card in (before, after):
        if not isinstance(card, Scorecard):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise OptionTypeError(f"compare takes two scorecards; got {type(card).__name__}")
        _ = card.year
    old, new = ({target.key: target for target in card.programme.targets} for card in (before, after))
    old_groups, new_groups = ({_bare(card, group): group for group in card.groups} for card in (before, after))
    both = [key for key in new if key in old]
    pairs = [(None, None), *((old_groups[name], group) for name, group in new_groups.items() if name in old_groups)]
    found = tuple(difference for key in both for difference in _differences(before, after, key, pairs))
    return Comparison(
        before,
        after,
        found,
        tuple(group for name, group in old_groups.items() if name not in new_groups),
        tuple(group for name, group in new_groups.items() if name not in old_groups),
        tuple(key for key in old if key not in new),
        tuple(key for key in new if key not in old),
        tuple(key for key in both if old[key] != new[key]),
        tuple(_inputs(before, after)),
    )


def _bare(card: Scorecard, group: Any) -> tuple[Any, ...]:
    """Return the name of a group without its year."""
    values = group if isinstance(group, tuple) and len(card.by) > 1 else (group,)
    return tuple((name, value) for name, value in zip(card.by, values, strict=True) if name != "year")


def _differences(before: Scorecard, after: Scorecard, key: str, pairs: list[tuple[Any, Any]]) -> Iterator[Difference]:
    for old, new in pairs:
        was, is_now = (
            card[key] if group is None else card[key, group] for card, group in ((before, old), (after, new))
        )
        judged = [[(one.verdict, one.evidence) for one in assessment.judgements] for assessment in (was, is_now)]
        if judged[0] != judged[1] or (was.verdict, was.exceeded) != (is_now.verdict, is_now.exceeded):
            yield Difference(was, is_now)


def _inputs(before: Scorecard, after: Scorecard) -> Iterator[tuple[InputFingerprint | None, InputFingerprint | None]]:
    old, new = ({found.table: found for found in card.inputs} for card in (before, after))
    for table in dict.fromkeys((*old, *new)):
        was, is_now = old.get(table), new.get(table)
        if was is None or is_now is None or was.sha256 != is_now.sha256:
            yield was, is_now
