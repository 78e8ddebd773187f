"""Laws that hold for every programme, on data of its own."""

from __future__ import annotations

import io
import pickle
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import Any

from envindicators.cells.cells import Cells, as_by
from envindicators.definitions.programme import Programme
from envindicators.evaluation.evaluate import evaluate
from envindicators.evaluation.scorecard import Scorecard
from envindicators.ingest.condense import condense
from envindicators.testing.holding import INSTALLED, Way, held
from envindicators.testing.rows import taken

_PIECES = 12
"""Into how many pieces tables are cut at the most."""


def quiet_card(programme: Programme, tables: Any, **options: Any) -> Scorecard:
    """Return a card without a word of areas that are silent: to a law they are data as any other."""
    return evaluate(programme, tables, on_missing_area="ignore", **options)


def assert_adds_up(
    programme: Programme,
    tables: Mapping[str, Any],
    *,
    year: int | None = None,
    by: str | Sequence[str] = "area",
    expected: Any = None,
) -> None:
    """Assert that what is known of the whole is what is known of its parts, added up.

    The tables are cut into pieces, in their order and backwards, and the cells of the pieces added; then the evidence
    of all groups is added, indicator by indicator.

    Args:
        programme: the programme.
        tables: by the key of each table its rows: a list of dicts, a dict of lists, or a frame, read by a form or not.
        year: the reporting year.
        by: the key columns that make the groups.
        expected: as for `envindicators.evaluate`.

    Raises:
        AssertionError: if something does not add up.
        InvalidTable: if the tables cannot be evaluated.

    Example:
        >>> import envindicators as ei
        >>> from envindicators.programmes import soc_trang_2020
        >>> assert_adds_up(soc_trang_2020, ei.examples.soc_trang(), year=2020)
    """
    given = taken(programme, tables)
    columns = as_by(by)

    def cells(rows_of: Mapping[str, Iterable[Any]]) -> Cells:
        some = {key: (given[key][0], list(rows)) for key, rows in rows_of.items()}
        return condense(programme, {key: form.of(rows) for key, (form, rows) in some.items()}, by=columns, year=year)

    whole = cells({key: rows for key, (_, rows) in given.items()})
    pieces: list[Cells] = []
    for key, (_, rows) in given.items():
        size = max(1, -(-len(rows) // _PIECES))
        pieces.extend(cells({key: piece}) for piece in _cut(rows, size))
    for order in (pieces, pieces[::-1]):
        assert reduce(add, order, Cells.empty(programme, by=columns)) == whole, "the cells of the pieces do not add up"
    card = quiet_card(programme, whole, year=year, expected=expected)
    cards = [card] if "year" not in columns else [card.of_year(each) for each in card.years if each is not None]
    for one in cards:
        for assessment in one:
            for place, judgement in enumerate(assessment.judgements):
                assert judgement.requirement is not None
                indicator = judgement.requirement.indicator
                if one.groups and indicator.settled_by_groups:
                    groups = [one[assessment.target.key, group].judgements[place].evidence for group in one.groups]
                    assert reduce(add, groups) == judgement.evidence, (
                        f"{indicator.key!r} does not add up over {columns}"
                    )


def _cut(rows: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (rows[start : start + size] for start in range(0, max(len(rows), 1), size))


def assert_engines_agree(
    programme: Programme, tables: Mapping[str, Any], *, ways: Iterable[Way] | None = None, **options: Any
) -> None:
    """Assert that the card is the same, to the last figure, however the tables are held.

    Args:
        programme: the programme.
        tables: as for `assert_adds_up`.
        ways: the ways to hold them; every library that is installed unless given. `EVERY_WAY` has hundreds.
        options: as for `envindicators.evaluate`: ``year=``, ``by=``, ``expected=``, ``readings=``.

    Raises:
        AssertionError: if two cards differ, naming the way.
        InvalidTable: if the tables cannot be evaluated.

    Example:
        >>> import envindicators as ei
        >>> from envindicators.programmes import soc_trang_2020
        >>> ways = [Way("pandas", ("objects",)), Way("list of dicts")]
        >>> assert_engines_agree(soc_trang_2020, ei.examples.soc_trang(), ways=ways, year=2020, by="area")
    """
    given = taken(programme, tables)
    plain = quiet_card(programme, {key: form.of(rows) for key, (form, rows) in given.items()}, **options)
    figures = [plain.to_frame(groups=groups, backend="rows") for groups in (False, *([True] if plain.groups else []))]
    for way in (Way(name) for name in INSTALLED) if ways is None else ways:
        frames = {key: form.of(held(way, programme.tables[key], rows)) for key, (form, rows) in given.items()}
        card = quiet_card(programme, frames, **options)
        for groups, expected in zip((False, True), figures, strict=False):
            assert card.to_frame(groups=groups, backend="rows") == expected, f"held as {way}, the figures differ"
        assert card == plain, f"held as {way}, the cards differ"


def assert_round_trips(programme: Programme, tables: Mapping[str, Any] | None = None, **options: Any) -> None:
    """Assert that a programme, its cells and its card come back from files and pickles as they were.

    Args:
        programme: the programme: written as JSON, and as TOML where the extra ``files`` is installed, and read.
        tables: as for `assert_adds_up`; None to look at the programme only.
        options: as for `envindicators.evaluate`.

    Raises:
        AssertionError: if something comes back otherwise.
        InvalidTable: if the tables cannot be evaluated.

    Example:
        >>> import envindicators as ei
        >>> from envindicators.programmes import soc_trang_2020
        >>> assert_round_trips(soc_trang_2020, ei.examples.soc_trang(), year=2020, by="area")
    """
    assert pickle.loads(pickle.dumps(programme)) == programme, "pickled, the programme is another"  # noqa: S301 - our own
    written = {".json": programme.to_json()} | ({".toml": programme.to_toml()} if find_spec("tomli_w") else {})
    with tempfile.TemporaryDirectory(prefix="envindicators-") as folder:
        for suffix, text in written.items():
            file = Path(folder) / f"programme{suffix}"
            file.write_text(text, encoding="utf-8")
            assert Programme.load(file) == programme, f"read from {suffix}, the programme is another"
    if tables is None:
        return
    frames = {key: form.of(rows) for key, (form, rows) in taken(programme, tables).items()}
    card = quiet_card(programme, frames, **options)
    assert Scorecard.from_json(card.to_json()) == card, "read from JSON, the card is another"
    assert pickle.loads(pickle.dumps(card)) == card, "pickled, the card is another"  # noqa: S301
    condensed = {name: value for name, value in options.items() if name in ("by", "year")}
    cells = condense(programme, frames, **condensed)
    assert pickle.loads(pickle.dumps(cells)) == cells, "pickled, the cells are others"  # noqa: S301
    if find_spec("pyarrow"):
        kept = io.BytesIO()
        cells.to_parquet(kept)
        assert Cells.from_parquet(kept) == cells, "read from Parquet, the cells are others"
    later = {name: value for name, value in options.items() if name != "by"}
    from_cells = quiet_card(programme, cells, **later)
    assert list(from_cells) == list(card), "evaluated from cells, the card is another"
