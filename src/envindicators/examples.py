"""Figures to try the library with: made-up ones of Soc Trang, and published ones of Viet Nam.

`soc_trang` is MADE UP. Only the names of its districts are real; its figures are no statistics, and
nothing about the province follows from them. `viet_nam_water` holds published figures, and names
their source. The others are MADE UP too (`ALL_MADE_UP` says so).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envindicators.example_figures import (
    DID_NOT_SEND,
    DISCHARGERS,
    ESTABLISHMENTS,
    LAST_YEAR,
    NOT_TRACED,
    NOT_WEIGHED,
    RESIDENTS,
    VIET_NAM_WATER,
    WASTE,
    YEARS,
)
from envindicators.words.text import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ALL_MADE_UP",
    "MADE_UP",
    "VIET_NAM_WATER_SOURCE",
    "eu_climate",
    "in_clean_air",
    "sg_green",
    "soc_trang",
    "viet_nam_water",
    "vn_air",
    "vn_methane",
    "vn_new_rural",
    "vn_trees",
]

ALL_MADE_UP = Text(
    vi=(
        "Số liệu minh hoạ, do thư viện tự đặt ra; chỉ tên một số địa bàn là thật. Không dùng để trích dẫn hay kết luận."
    ),
    en="Made-up figures, for illustration; only some names of places are real. Do not cite them or draw conclusions.",
)
"""What must be said wherever figures of the examples below but `soc_trang` and `viet_nam_water` are shown."""

MADE_UP = Text(
    vi=(
        "Số liệu minh hoạ, do thư viện tự đặt ra: chỉ tên huyện, thị xã, thành phố là thật. Đây không phải số liệu "
        "thống kê của tỉnh Sóc Trăng và không dùng để trích dẫn hay kết luận."
    ),
    en=(
        "Made-up figures, for illustration: only the names of the districts are real. They are not statistics of Soc "
        "Trang province; do not cite them or draw conclusions from them."
    ),
)
"""What must be said wherever the figures of `soc_trang` are shown."""

VIET_NAM_WATER_SOURCE = Text(
    vi=(
        "Chương trình Giám sát chung WHO/UNICEF (JMP) về cấp nước, vệ sinh, bản cập nhật năm 2021: nước uống “cơ bản” "
        "trở lên. Đó là khái niệm của JMP, không phải “nước hợp vệ sinh” của Nghị quyết. Số người được tính từ dân số, "
        "tỷ lệ thành thị và tỷ lệ phần trăm đã công bố."
    ),
    en=(
        "WHO/UNICEF Joint Monitoring Programme for Water Supply, Sanitation and Hygiene (JMP), 2021 update: at least "
        "“basic” drinking water. That is a notion of the JMP, not the resolution’s “hygienic” water. Persons are "
        "worked out from the published population, urban share and percentages."
    ),
)
"""Where the figures of `viet_nam_water` come from, and what they are not."""


def soc_trang() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of the districts of Soc Trang, 2015 to 2020, that show what a scorecard can say.

    The figures are made up (`MADE_UP` says so in both languages); only the names of the 11 districts
    are real. Each call makes new frames.

    Returns:
        By the key of a table of `soc_trang_2020` a frame with a row for each key in each year; all
        numbers but ``year`` are of dtype Int64, a blank is ``<NA>``:

        - ``residents``, 126 rows: people by area and settlement, and those of them with hygienic water;
        - ``establishments``, 199 rows: establishments by area, activity and year of building, and those
          of them with equipment, up to standard, inspected. Counts of several properties side by side:
          it is not known which establishments have two of them;
        - ``waste``, 354 rows: kilograms by area and stream, generated, collected, treated to standard;
        - ``dischargers``, 66 rows: enterprises with large discharges, and those with a monitoring device.

    In 2020 most of what can go wrong in reporting has gone wrong somewhere:

    - no one reported ``households``, ``clean_technology`` or ``treatment_equipment``;
    - Trần Đề did not send its ``establishments`` (hence a `CoverageWarning`);
    - Thạnh Trị did not weigh the medical waste that arose, only what was collected;
    - Mỹ Xuyên does not know how much of its rural waste was treated to standard;
    - some production facilities of Kế Sách and Thạnh Trị have no year of building;
    - the businesses of four districts, and what is neither business nor production in Sóc Trăng, were
      not inspected.

    Example:
        37 of 358,383 urban residents have no hygienic water; that is not 100%. Long Phú is 3 people short
        of 98%, which two decimals would round away:

        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import soc_trang_2020
        >>> tables = examples.soc_trang()
        >>> card = evaluate(soc_trang_2020, {"residents": tables["residents"]}, year=2020, by="area")
        >>> card["urban_water"]
        Assessment('urban_water', 'persons': NOT_MET, 99.99%)
        >>> card["rural_water"].exceeded
        True
        >>> card["rural_water", "Long Phú"].shortfall
        Interval(lower=3, upper=3)
        >>> card["rural_water", "Sóc Trăng"].verdict
        <Verdict.NOT_APPLICABLE: 'NOT_APPLICABLE'>
    """
    return {
        "residents": _frame(_residents(), words=("area", "settlement")),
        "establishments": _frame(_establishments(), words=("area", "activity")),
        "waste": _frame(_waste(), words=("area", "stream")),
        "dischargers": _frame(_dischargers(), words=("area",)),
    }


def viet_nam_water() -> dict[str, pd.DataFrame]:
    """Return published figures of drinking water in Viet Nam, urban and rural, 2000 to 2020.

    Source: WHO/UNICEF Joint Monitoring Programme for Water Supply, Sanitation and Hygiene (JMP), 2021
    update, people using at least basic drinking water. Persons are worked out from the published
    population, urban share and percentages. What stands in the column ``hygienic_water`` is the JMP's
    notion of "basic" (an improved source, no more than 30 minutes away) and not the resolution's
    "hygienic": the figures show how the library computes, and do not judge the resolution, whose
    targets are those of one province.

    Returns:
        One table, ``residents``, 16 rows: area "Việt Nam"; the years 2000, 2005, 2010, 2015 and 2017 to
        2020; settlement; persons; those with at least basic drinking water. Each call makes a new frame.

    Example:
        Urban and rural are added up, never averaged (the mean of the two percentages is 97.35%):

        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import soc_trang_2020
        >>> card = evaluate(soc_trang_2020, examples.viet_nam_water(), year=2020)
        >>> card["urban_water"]
        Assessment('urban_water', 'persons': NOT_MET, 99.18%)
        >>> card["rural_water"]
        Assessment('rural_water', 'persons': NOT_MET, 95.51%)
        >>> both = card["urban_water"].tally + card["rural_water"].tally
        >>> both.rate.show()
        '96.88%'
    """
    rows = [
        {"area": "Việt Nam", "year": year, "settlement": settlement, "persons": persons, "hygienic_water": water}
        for year, settlement, persons, water in VIET_NAM_WATER
    ]
    return {"residents": _frame(rows, words=("area", "settlement"))}


def vn_methane() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `vn_methane_2030`: emissions by sector in 2020, 2025 and 2030; no waste in 2030.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import vn_methane_2030
        >>> card = evaluate(vn_methane_2030, examples.vn_methane(), year=2025)
        >>> card["total"].verdict, card["sectors"].verdict
        (<Verdict.MET: 'MET'>, <Verdict.NOT_MET: 'NOT_MET'>)
    """
    return _tables("vn_methane_2030")


def vn_air() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `vn_air_2030`: PM2.5 at stations in 2024 and 2030; two seasons without values.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import vn_air_2030
        >>> stations = ["Hà Nội", "Bắc Ninh", "Hưng Yên", "Thái Nguyên", "Phú Thọ", "Hải Phòng", "Ninh Bình"]
        >>> card = evaluate(vn_air_2030, examples.vn_air(), year=2030, by=["area", "station"], expected=stations)
        >>> card["around_pm25"].verdict
        <Verdict.NOT_MET: 'NOT_MET'>
    """
    return _tables("vn_air_2030")


def vn_new_rural() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `vn_new_rural_2025`: ten communes, one of which sent no criteria.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import vn_new_rural_2025
        >>> communes = [f"Xã {number:02}" for number in range(1, 11)]
        >>> tables = {"criteria": examples.vn_new_rural()["criteria"]}
        >>> evaluate(vn_new_rural_2025, tables, year=2025, expected=communes)["standard"]
        Assessment('standard', 'all_criteria': MET, 80%–90%)
    """
    return _tables("vn_new_rural_2025")


def vn_trees() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `vn_trees_2025`: trees planted from 2021 to 2025; one region's of 2025 are not known.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import vn_trees_2025
        >>> evaluate(vn_trees_2025, examples.vn_trees(), year=2025)["trees"].verdict
        <Verdict.MET: 'MET'>
    """
    return _tables("vn_trees_2025")


def eu_climate() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `eu_climate_2030`: emissions and removals in 1990 and 2030; one region's are missing.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import eu_climate_2030
        >>> evaluate(eu_climate_2030, examples.eu_climate(), year=2030)["net_2030"].verdict
        <Verdict.MET: 'MET'>
    """
    return _tables("eu_climate_2030")


def sg_green() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `sg_green_2030`, whose areas are made up too; water and rail of one are missing.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import sg_green_2030
        >>> evaluate(sg_green_2030, examples.sg_green(), year=2030)["landfill"].verdict
        <Verdict.MET: 'MET'>
    """
    return _tables("sg_green_2030")


def in_clean_air() -> dict[str, pd.DataFrame]:
    """Return MADE-UP tables of `in_clean_air_2026`: PM10 of four cities in two years; one season is missing.

    Example:
        >>> from envindicators import evaluate, examples
        >>> from envindicators.programmes import in_clean_air_2026
        >>> cities = ["Agra", "Pune", "Kochi", "Varanasi"]
        >>> card = evaluate(in_clean_air_2026, examples.in_clean_air(), year=2026, expected=cities)
        >>> card["cities"].tally
        Tally(satisfied=2, failed=1, unknown=1)
    """
    return _tables("in_clean_air_2026")


def _tables(programme: str) -> dict[str, pd.DataFrame]:
    """Return the tables of an example, each a file of its folder; blanks are missing, whole numbers Int64."""
    import pandas as pd

    files = sorted(Path(__file__).with_name("examples").joinpath(programme).glob("*.csv"))
    return {file.stem: pd.read_csv(file).convert_dtypes() for file in files}


def _frame(rows: Sequence[Mapping[str, Any]], *, words: Sequence[str]) -> pd.DataFrame:
    """Return rows as a frame: words as text, years as int64, other numbers as Int64, which holds blanks."""
    import pandas as pd

    numbers = [name for name in rows[0] if name not in words and name != "year"]
    return pd.DataFrame(list(rows)).astype({"year": "int64", **dict.fromkeys(numbers, "Int64")})


def _residents() -> list[dict[str, Any]]:
    return [
        {
            "area": area,
            "year": year,
            "settlement": settlement,
            "persons": (persons := people - ago * growth),
            "hygienic_water": persons - without - ago * more,
        }
        for year, ago in _years()
        for area, settlement, people, growth, without, more in RESIDENTS
    ]


def _establishments() -> list[dict[str, Any]]:
    return [
        {
            "area": area,
            "year": year,
            "activity": activity,
            "built": built,
            "establishments": count,
            "pollution_reduction": max(0, count - polluting - ago * more_polluting),
            "waste_treatment": max(0, count - untreated - ago * more_untreated),
            "meets_standards": None if below is None else max(0, count - below - ago * more_below),
            "inspected": 0 if below is None else count,
        }
        for year, ago in _years()
        for (
            area,
            activity,
            built,
            count,
            polluting,
            more_polluting,
            untreated,
            more_untreated,
            below,
            more_below,
        ) in ESTABLISHMENTS
        if (built is None or built <= year) and ("establishments", area, year) not in DID_NOT_SEND
    ]


def _waste() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for year, ago in _years():
        for area, stream, kilograms, growth, left, more_left, untreated, more_untreated in WASTE:
            place = (area, stream, year)
            generated = kilograms - ago * growth
            collected = generated - left - ago * more_left
            treated = collected - untreated - ago * more_untreated
            rows.append(
                {
                    "area": area,
                    "year": year,
                    "stream": stream,
                    "generated": None if place in NOT_WEIGHED else generated,
                    "collected": collected,
                    "treated_to_standard": None if place in NOT_TRACED else treated,
                }
            )
    return rows


def _dischargers() -> list[dict[str, Any]]:
    return [
        {
            "area": area,
            "year": year,
            "dischargers": count,
            "monitoring_device": max(0, count - without - ago * more),
        }
        for year, ago in _years()
        for area, count, without, more in DISCHARGERS
    ]


def _years() -> list[tuple[int, int]]:
    """Return each year with the number of years that it lies before the last."""
    return [(year, LAST_YEAR - year) for year in YEARS]


def __dir__() -> list[str]:
    return [*__all__]
