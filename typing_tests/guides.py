"""The code of the guides, as type checkers see it. Checked by mypy and pyright, never run."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_type

import envindicators as ei
from envindicators.programmes import soc_trang_2020

rows: list[dict[str, Any]] = [{"settlement": "rural", "persons": 1000, "hygienic_water": 990}]

card = ei.evaluate(soc_trang_2020, {"residents": rows}, year=2020, by="area", lang="vi")
assert_type(card, ei.Scorecard)
assert_type(card["rural_water"], ei.Assessment)
assert_type(card["rural_water"].verdict, ei.Verdict)
assert_type(card["rural_water"].met, bool | None)
assert_type(card["rural_water"].under("households"), ei.Assessment)
assert_type(card["rural_water"].judgements, tuple[ei.Judgement, ...])
assert_type(card.verdict, ei.Verdict)
assert_type(card.counts, dict[str, int])
assert_type(card.with_lang("en"), ei.Scorecard)
assert_type(card.to_json(), str)
assert_type(ei.Scorecard.from_json(""), ei.Scorecard)
assert_type(card.explain("rural_water"), ei.Explanation)
assert_type(card.needed_reports("rural_water"), list[ei.NeededReports])
assert_type(card.inputs, tuple[ei.InputFingerprint, ...])
assert_type(card.years, tuple[int | None, ...])

cells = ei.condense(soc_trang_2020, {"residents": rows}, by="area")
assert_type(cells, ei.Cells)
assert_type(cells + cells, ei.Cells)
assert_type(ei.evaluate(soc_trang_2020, cells, year=2020), ei.Scorecard)
assert_type(ei.check(soc_trang_2020, {"residents": rows}), ei.Problems)
assert_type(ei.compare(card, card), ei.Comparison)
assert_type(ei.Programme.load("programme.toml"), ei.Programme)
assert_type(soc_trang_2020.tables, Mapping[str, ei.Table])

tally = ei.Tally(90, 5, 5)
assert_type(tally.rate, ei.Rate | None)
assert_type(tally.observed, Fraction | None)
assert_type(ei.at_least("98%").judge(tally), ei.Judgement)
assert_type(ei.flag("collected") & ~ei.flag("treated"), ei.Rule)

# what must be refused: an ignore that nothing needs is an error itself
ei.evaluate(soc_trang_2020, 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ei.check(soc_trang_2020, rows)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ei.condense(soc_trang_2020, "residents.csv")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ei.evaluate({}, {})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ei.evaluate(soc_trang_2020, {}, year="2020")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ei.Target("t", soc_trang_2020.targets[0].clause, 2020, [])["x"]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
