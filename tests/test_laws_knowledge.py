"""What is certain stays so, whatever more comes to be known."""

from __future__ import annotations

import pytest
from brute_force import _has_margins
from engines import ways_by
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from worlds import SPECS, _distinct, card_of, programmes, worlds

from envindicators.algebra.verdict import Verdict

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def _learnt(draw, spec, layout, row):
    """Return a row with one missing value known, or None where nothing is missing."""
    gaps = [name for name in (*spec.parts, *spec.attributes, "total") if name in row and row[name] is None]
    if not gaps:
        return None
    name = draw(st.sampled_from(gaps))
    if name in spec.attributes:
        return row | {
            name: draw(st.sampled_from([v for v in spec.values[name] if not isinstance(v, int) or v <= 2020]))
        }
    if name == "total":
        return row | {name: max(row[p] for p in spec.parts if row.get(p) is not None) + draw(st.integers(0, 2))}
    place = spec.parts.index(name)
    before = [row[p] for p in spec.parts[:place] if row.get(p) is not None] if spec.nested else []
    after = [row[p] for p in spec.parts[place + 1 :] if row.get(p) is not None] if spec.nested else []
    if layout == "counts":
        ceiling = [*before, *([] if row["total"] is None else [row["total"]])]
        low = max(after, default=0)
        return row | {name: draw(st.integers(low, min(ceiling) if ceiling else low + 2))}
    options = [True] if any(after) else [False] if False in before else [True, False]
    return row | {name: draw(st.sampled_from(options))}


@settings(max_examples=70)
@given(programmes(), worlds(), ways_by(SPECS), st.data())
def test_more_knowledge_never_widens_and_never_undoes_a_certain_verdict(targets, world, held, data):
    """One missing value made known: rates shrink, possible verdicts too, and what was certain stays so."""
    table = data.draw(st.sampled_from(sorted(world)))
    layout, rows = world[table]
    place = data.draw(st.integers(0, len(rows) - 1))
    learnt = _learnt(data.draw, SPECS[table], layout, rows[place])
    assume(learnt is not None)
    later = world | {table: (layout, [*rows[:place], learnt, *rows[place + 1 :]])}
    assume(len(_distinct(SPECS[table], layout, later[table][1])) == len(rows))
    # rows of which no part is known say more than margins do to a reading that needs units
    assume(_has_margins(world, table) == _has_margins(later, table))
    before = card_of(targets, world)
    after = card_of(targets, later, held)
    for target in targets:
        for area in (None, *before.groups):
            old, new = (card[target] if area is None else card[target, area] for card in (before, after))
            for reading in targets[target]:
                earlier, now = old.under(reading), new.under(reading)
                assert now.possible <= earlier.possible
                if earlier.verdict is not Verdict.UNDETERMINED:
                    assert now.verdict is earlier.verdict
                for one, other in zip(earlier.judgements, now.judgements, strict=True):
                    assert other.possible <= one.possible
                    if one.rate is None:
                        assert other.rate is None
                    elif other.rate is not None:
                        assert one.rate.lower <= other.rate.lower <= other.rate.upper <= one.rate.upper
            if old.contested is not None:
                assert new.contested == old.contested


@settings(max_examples=40)
@given(programmes(), worlds(), ways_by(SPECS))
def test_a_report_more_never_undoes_what_was_certain(targets, world, held):
    """An area that did not report, when it does, leaves every certain verdict of the whole as it was."""
    full = {key: (layout, rows) for key, (layout, rows) in world.items()}
    short = {key: (layout, [row for row in rows if row["area"] == "A"]) for key, (layout, rows) in full.items()}
    assume(all(rows for _, rows in short.values()))
    assume(all(_has_margins(full, key) == _has_margins(short, key) for key in full))
    before = card_of(targets, short, expected=["A", "B"])
    after = card_of(targets, full, held, expected=["A", "B"])
    for one, other in zip(before, after, strict=True):
        assert other.possible <= one.possible
        for reading in one.readings:
            assert other.under(reading).possible <= one.under(reading).possible
