"""The whole programme on the eleven districts of the example, by hand in pandas.

For each requirement of each reading that the example's tables can answer: the six counts and the bounds, by area and of
the whole. What came incomplete is handled as the library does: a missing part, year of building or total stays
open, and the district that sent nothing leaves everything possible. It checks no input, judges nothing and explains
nothing. It leans on what the example is: counts, in which no activity and no stream is blank, two of the six flags are
absent, and a total is missing only where its parts are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

import envindicators as ei

FATES = ("satisfied", "failed", "unknown")
COUNTS = (*FATES, *(f"unplaced_{fate}" for fate in FATES))
Counted = tuple[str, pd.Series, dict[str, pd.Series], pd.Series | None]
"""An indicator: its key, the areas of its rows, by row its counts, and whether an unsized amount fails."""


def _residents(frame: pd.DataFrame) -> Iterator[Counted]:
    for settlement in ("urban", "rural"):
        rows = frame[frame["settlement"] == settlement]
        yield f"{settlement}_water", rows["area"], _counts(rows["persons"], rows["hygienic_water"]), None


def _establishments(frame: pd.DataFrame) -> Iterator[Counted]:
    rows = frame[frame["activity"].isin(["production", "both"])]
    total, reduced, treated = rows["establishments"], rows["pollution_reduction"], rows["waste_treatment"]
    devices = {
        "any": np.maximum(reduced.fillna(0), treated.fillna(0)),
        "both_devices": (reduced.fillna(0) + treated.fillna(0) - total).clip(lower=0),
    }
    for kind, satisfied in devices.items():
        for period, first in {"": 2015, "_plan_years": 2016, "_since_resolution": 2017}.items():
            key = "new_facilities" if f"{kind}{period}" == "any" else f"new_facilities/{kind}{period}"
            # whoever has neither device may apply clean technology: that column did not come
            known = {"satisfied": satisfied, "failed": total * 0, "unknown": total - satisfied}
            yield key, rows["area"], _placed(known, rows["built"] >= first), None
    rows = frame[frame["activity"] != "other"]
    counts = _counts(rows["establishments"], rows["meets_standards"])
    yield "establishment_standards", rows["area"], counts, None
    yield "establishment_standards/existing", rows["area"], _placed(counts, rows["built"] < 2015), None


def _waste(frame: pd.DataFrame) -> Iterator[Counted]:
    targets = {
        "urban_waste": ["urban_domestic", "industrial", "service"],
        "rural_waste": ["rural", "craft_village"],
        "medical_waste": ["medical"],
    }
    for target, streams in targets.items():
        rows = frame[frame["stream"].isin(streams)]
        yield _handled(target, rows)
        if len(streams) > 1:
            for stream in streams:
                yield _handled(f"{target}/{stream}", rows[rows["stream"] == stream])
        of_collected = _counts(rows["collected"], rows["treated_to_standard"])
        yield f"{target}/of_collected", rows["area"], of_collected, None
        if len(streams) > 1:
            collected = _counts(rows["generated"], rows["collected"])
            yield f"{target}/two_rates/collected", rows["area"], collected, None
            yield f"{target}/two_rates/treated", rows["area"], of_collected, None


def _handled(key: str, rows: pd.DataFrame) -> Counted:
    collected, unweighed = rows["collected"], rows["generated"].isna()
    counts = _counts(collected, rows["treated_to_standard"])
    counts["failed"] = counts["failed"] + (rows["generated"] - collected).fillna(0)
    return key, rows["area"], counts, unweighed


def _counts(total: pd.Series, part: pd.Series) -> dict[str, pd.Series]:
    known = part.notna()
    return {"satisfied": part.fillna(0), "failed": (total - part).fillna(0), "unknown": total.mask(known, 0)}


def _placed(counts: dict[str, pd.Series], within: pd.Series) -> dict[str, pd.Series]:
    placed, perhaps = within.fillna(False).astype(bool), within.isna()
    certain = {fate: count.where(placed, 0) for fate, count in counts.items()}
    return certain | {f"unplaced_{fate}": count.where(perhaps, 0) for fate, count in counts.items()}


READ = {"residents": _residents, "establishments": _establishments, "waste": _waste}


def by_pandas(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the numbers of each indicator: by area in order, and last, under "", of the whole.

    With one groupby for each; one for each table, of all columns at once, takes longer at this size.
    """
    numbers = {}
    areas = sorted({area for table in READ for area in tables[table].query("year == 2020")["area"]})
    for table, read in READ.items():
        frame = tables[table].query("year == 2020")
        absent = ~pd.Index(areas).isin(frame["area"])
        for key, area, counts, unsized in read(frame):
            sums = pd.DataFrame(counts).groupby(area).sum().reindex(index=areas, columns=COUNTS, fill_value=0)
            fails = np.zeros(len(areas), dtype=bool)
            if unsized is not None:
                fails = unsized.groupby(area).any().reindex(areas, fill_value=False).to_numpy()
            numbers[key] = _bounded(sums, absent, fails)
    return numbers


def _bounded(sums: pd.DataFrame, absent: Any, fails: Any) -> pd.DataFrame:
    sums = pd.concat([sums, sums.sum().to_frame("").T])
    counted = [sums[name].to_numpy(dtype=float) for name in COUNTS]
    satisfied, failed, unknown, perhaps_satisfied, perhaps_failed, perhaps = counted
    n, most = satisfied + failed + unknown, satisfied + unknown + perhaps_satisfied + perhaps
    absent, fails = np.append(absent, absent.any()), np.append(fails, fails.any())
    with np.errstate(invalid="ignore"):
        lower, upper = satisfied / (n + perhaps_failed + perhaps), most / (n + perhaps_satisfied + perhaps)
    lower, upper = np.where(np.isnan(lower), upper, lower), np.where(np.isnan(upper), lower, upper)
    return sums.assign(lower=np.where(absent | fails, 0.0, lower), upper=np.where(absent, 1.0, upper))


def agree(card: ei.Scorecard, numbers: dict[str, pd.DataFrame]) -> None:
    """Stop unless the card has these numbers."""
    parts = card.to_frame(), card.to_frame(groups=False).assign(area="")
    ours = pd.concat(parts).set_index("indicator")
    known = set(ours.index[ours["reason"].isna() | ~ours["reason"].isin(["no_table", "no_column", "margins"])])
    if known != set(numbers):
        raise SystemExit(f"by hand other indicators are computed: {known ^ set(numbers)}")
    for key, theirs in numbers.items():
        own = ours.loc[[key]].drop_duplicates("area").set_index("area").loc[list(theirs.index)]
        same = np.array_equal(own[list(COUNTS)].to_numpy(float), theirs[list(COUNTS)].to_numpy(float))
        bounds = own[["value_lower", "value_upper"]].to_numpy(float), theirs[["lower", "upper"]].to_numpy(float)
        if not same or not np.allclose(*bounds, rtol=1e-12, atol=0, equal_nan=True):
            raise SystemExit(f"{key}: by hand other numbers come out\n{own}\n{theirs}")
