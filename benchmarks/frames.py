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
        "benchmark", ei.Text("đo tốc độ", "benchmark"), ei.Text("-", "-"), ei.Text("-", "-"), datetime.date(2020, 1, 1)
    )
    clause = ei.Clause(document, "1", "every site is clean", "every site is clean")
    unit = ei.Unit("site", ei.Text("cơ sở", "sites"))
    sites = ei.Table("sites", unit, total="sites", parts=FLAGS, id="id")
    clean, reduced, treated = (ei.flag(name) for name in FLAGS)

    def share(key: str, where: Rule, among: Rule | None = None) -> ei.Share:
        among = ei.all_units() if among is None else among
        return ei.Share(key, ei.Text(key, key), table=sites, where=where, among=among)

    anything = share("equipped", clean | reduced | treated)
    both = share("equipped/both", clean | (reduced & treated))
    return ei.Programme(
        "benchmark",
        ei.Text("đo tốc độ", "benchmark"),
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
