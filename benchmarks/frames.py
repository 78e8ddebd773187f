"""The data and the programme that the benchmarks run on."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd

import envindicators as ei
from envindicators.definitions.rule import Rule

FLAGS = ("clean", "reduced", "treated")


def programme() -> ei.Programme:
    """Return a programme of one table with three flags, three targets and five readings."""
    document = ei.Document(
        "benchmark",
        ei.Text(vi="đo tốc độ", en="benchmark"),
        ei.Text(vi="-", en="-"),
        ei.Text(vi="-", en="-"),
        datetime.date(2020, 1, 1),
    )
    clause = ei.Clause(document, "1", "every site is clean", "every site is clean")
    unit = ei.Unit("site", ei.Text(vi="cơ sở", en="sites"))
    sites = ei.Table("sites", unit, total="sites", parts=FLAGS, id="id")
    clean, reduced, treated = (ei.flag(name) for name in FLAGS)

    def share(key: str, where: Rule, among: Rule | None = None) -> ei.Share:
        among = ei.all_units() if among is None else among
        return ei.Share(key, ei.Text(vi=key, en=key), table=sites, where=where, among=among)

    anything = share("equipped", clean | reduced | treated)
    both = share("equipped/both", clean | (reduced & treated))
    return ei.Programme(
        "benchmark",
        ei.Text(vi="đo tốc độ", en="benchmark"),
        document,
        [
            ei.Target(
                "equipped",
                clause,
                2020,
                [ei.Reading("any", anything.at_least("90%")), ei.Reading("both", both.at_least("90%"))],
            ),
            ei.Target("clean", clause, 2020, share("clean", clean).at_least("50%")),
            ei.Target(
                "treated",
                clause,
                2020,
                [
                    ei.Reading("all", share("treated", treated).at_least("50%")),
                    ei.Reading(
                        "of_reduced", share("treated/of_reduced", treated, reduced).at_least("50%"), "statistic"
                    ),
                ],
            ),
        ],
    )


def records(rows: int, areas: int, seed: int = 7) -> pd.DataFrame:
    """Return records of sites: id, area (a category), year, three nullable flags with 10% blank."""
    random = np.random.default_rng(seed)
    names = np.array([f"area{code:05d}" for code in range(areas)])
    frame = pd.DataFrame(
        {
            "id": np.arange(rows),
            "area": pd.Categorical.from_codes(random.integers(0, areas, rows), names),
            "year": np.full(rows, 2020),
        }
    )
    for name in FLAGS:
        drawn = random.random(rows)
        frame[name] = pd.arrays.BooleanArray(drawn < 0.6, drawn > 0.9)
    return frame


FOUR_FLAGS = ("clean_technology", "pollution_reduction", "waste_treatment", "meets_standards")
SIX_FLAGS = (*FOUR_FLAGS, "treatment_equipment", "inspected")


def establishments(
    rows: int, areas: int, *, flags: tuple[str, ...] = FOUR_FLAGS, blanks: bool = False, seed: int = 7
) -> pd.DataFrame:
    """Return records of the table `establishments` of Sóc Trăng.

    ``id`` int64, rising; ``area`` a category; ``year`` int64, 2020 throughout; ``activity`` a category, 1% blank;
    ``built`` int16 from 1990 to 2020, the later the likelier; flags nullable, 8% to 30% blank. Four of the six flags
    come: those that eight readings are made of. The other two, `treatment_equipment` and `inspected`, make four more
    readings; an office that records the first has nothing to say of two of the others.

    Args:
        rows: how many.
        areas: how many areas they lie in, evenly.
        flags: the flags that come.
        blanks: whether the year of building has blanks too, 3%; it is a nullable Int16 then.
        seed: of the random numbers.
    """
    random = np.random.default_rng(seed)
    names = np.array([f"area{code:06d}" for code in range(areas)])
    activities = ["production", "business", "both", "other"]
    activity = random.choice(np.arange(-1, 4, dtype=np.int8), rows, p=[0.01, 0.3, 0.4, 0.19, 0.1])
    built = (2020 - np.floor(31 * random.random(rows) ** 1.5)).astype(np.int16)
    frame = pd.DataFrame(
        {
            "id": np.arange(rows, dtype=np.int64),
            "area": pd.Categorical.from_codes(random.integers(0, areas, rows), names),
            "year": np.full(rows, 2020, dtype=np.int64),
            "activity": pd.Categorical.from_codes(activity, activities),
            "built": pd.arrays.IntegerArray(built, random.random(rows) < 0.03) if blanks else built,
        }
    )
    for name, (true, blank) in zip(flags, _SHARES, strict=False):
        drawn = random.random(rows)
        frame[name] = pd.arrays.BooleanArray(drawn < true, drawn > 1 - blank)
    return frame


_SHARES = ((0.3, 0.1), (0.45, 0.1), (0.5, 0.08), (0.6, 0.3), (0.5, 0.2), (0.4, 0.15))
"""For each flag how many are true and how many blank: an establishment not inspected says nothing of standards."""


def as_objects(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its flags as True, False and None."""
    flags = [name for name, kind in frame.dtypes.items() if str(kind) == "boolean"]
    return frame.assign(**{name: frame[name].astype(object).where(frame[name].notna(), None) for name in flags})
