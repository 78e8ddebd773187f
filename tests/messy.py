"""The files in ``data/messy`` with what is said of each: its form, its programme, and what must come of it."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

MESSY = Path(__file__).parent / "data" / "messy"
FILES = tomllib.loads((MESSY / "truth.toml").read_text("utf-8"))["file"]

person = ei.Unit("person", ei.Text(vi="người", en="people"))
everyone = ei.Table("everyone", person, total="persons", parts=["hygienic_water"])
hygienic = ei.Share("hygienic_water", "x", table=everyone, where=ei.flag("hygienic_water"))
clause = soc_trang_2020.targets[0].clause
works = ei.Table("works", person, total="persons", parts=["clean"], id="id")
clean = ei.Share("clean_by_people", "x", table=works, where=ei.flag("clean"))
work = ei.Table("works", ei.Unit("work", "water works"), total="works", parts=["clean"], id="id")


def programme(key, *requirements, year=2020):
    """Return a programme with a target for each of some requirements, by the keys of their indicators."""
    targets = [ei.Target(one.indicator.key, clause, deadline=year, readings=one) for one in requirements]
    return ei.Programme(key, "x", soc_trang_2020.document, targets)


kilogram = soc_trang_2020.tables["waste"].unit


def treatment(**said):
    fates = ["recycled", "composted", "landfilled", "dumped"]
    table = ei.Table("treatment", kilogram, total="collected", parts=fates, period="flow", **said)
    treated = ei.flag("recycled") | ei.flag("composted") | ei.flag("landfilled")
    return programme("treatment", ei.Share("treated", "x", table=table, where=treated).at_least("70%"))


OWN = {
    "treatment": treatment(exclusive=True, whole=True),
    "exclusive": treatment(exclusive=True),
    "overlapping": treatment(),
    "everyone": programme("everyone", hygienic.at_least("98.5%")),
    "works": programme("works", clean.at_least("85%")),
    "clean_by_works": programme(
        "works", ei.Share("clean_by_works", "x", table=work, where=ei.flag("clean")).at_least("85%")
    ),
}
"""Programmes for the files whose tables are not of the built-in one."""

CROSSES = ("clean_technology", "pollution_reduction", "waste_treatment")
YES_OR_BLANK_IS_NO = {column: {"x": True, None: False} for column in CROSSES}

CHANGES = {
    "the form does not say that --- is blank": {"blank": ()},
    "the form does not name the encoding": {"encoding": None},
    "the form does not say foot = 1": {"foot": 0},
    'area is Huyện, only = {"Tỉnh" = "Sóc Trăng"}': {"columns": {"area": "Huyện"}, "only": {"Tỉnh": "Sóc Trăng"}},
    "area is Huyện and nothing else": {"columns": {"area": "Huyện"}},
    "totals is not said": {"totals": None},
    "only is not said": {"only": {}},
    'only = {"Cấp" = "2"}': {"only": {"Cấp": "2"}},
    "the form also says that an empty cell in the three columns of crosses is a no": {"values": YES_OR_BLANK_IS_NO},
    "the year is 2019, of 365 days": {"year": 2019},
    "counts that round to it half up or half even": {},
    "counts that round to it half up only": {
        "columns": {"hygienic_water": ei.percent("Tỷ lệ dùng nước hợp vệ sinh (%)", digits=1, rounding="half_up")}
    },
    "counts that round to it half even only": {
        "columns": {"hygienic_water": ei.percent("Tỷ lệ dùng nước hợp vệ sinh (%)", digits=1, rounding="half_even")}
    },
    "year is the column Niên độ as it stands": {"columns": {"year": "Niên độ"}},
    "- is said to be blank, not zero": {
        "values": {"persons": {}, "hygienic_water": {}},
        "blank": ["-", "...", "đang cập nhật"],
    },
    'only = {"Cột áp dụng" = "A"}, at_most = "30 mg/l"': {
        "only": {"Cột áp dụng": "A"},
        "columns": {"meets_standards": ei.measured("BOD5 (mg/l)", at_most="30 mg/l")},
    },
    'only = {"Cột áp dụng" = "B"}, at_most = "50 mg/l"': {
        "only": {"Cột áp dụng": "B"},
        "columns": {"meets_standards": ei.measured("BOD5 (mg/l)", at_most="50 mg/l")},
    },
    'impossible = "open": the two cells are left open': {"impossible": "open"},
    "the table says exclusive, not whole": {"programme": "exclusive"},
    "the table says neither: the parts may overlap": {"programme": "overlapping"},
    "id is not mapped": {"columns": {"id": None}},
    "the unit is a water work, persons is not mapped, layout is records": {
        "columns": {"persons": None},
        "layout": "records",
        "programme": "clean_by_works",
    },
    'the form has values.area = {"KẾ SÁCH" = "Kế Sách", "Mỹ Tú " = "Mỹ Tú"}, one cell for each alias': {
        "values": {"area": {"KẾ SÁCH": "Kế Sách", "Mỹ Tú ": "Mỹ Tú"}}
    },
}
"""What the truth says of a form in words, as options."""

LATER = {
    "beside households from years-wide.csv, whose names are NFC, in one evaluation",
    "merged cells count for their first row only",
}
"""What takes two files, or reads a sheet as no form does, and has a test of its own."""

OF_OTHER_KINDS = {"days", "emissions", "commune_households"}
"""Tables of which no shares alone are asked; their programmes stand below."""


def cases():
    for file in FILES:
        for expected in file["expect"]:
            if expected.get("when") not in LATER and file["table"] not in OF_OTHER_KINDS:
                name = f"{file['name']}-{expected.get('indicator', expected['kind'])}-{expected.get('when', '')}"
                yield pytest.param(file, expected, id=name.replace(" ", "_"))


def source(said):
    """Return where a column comes from, in the names of the library."""
    match said:
        case {"always": value}:
            return ei.always(value)
        case {"joined": columns}:
            return ei.joined(*columns)
        case {"measured": heading, "at_most": {"column": limit, "unit": unit}}:
            return ei.measured(heading, at_most=ei.column(limit, unit))
        case {"period": heading, "years": years}:
            return ei.period(heading, years=years)
        case {"percent": heading, "digits": digits}:
            return ei.percent(heading, digits=digits)
        case {"sheet": "name"}:
            return ei.sheet_name()
        case _:
            return said


def sources(columns):
    return {column: source(said) for column, said in columns.items() if said is not None}


def form_of(said, changed):
    """Return a form as the truth says it."""
    said = dict(said)
    for key, value in changed.items():
        said[key] = {**said.get(key, {}), **value} if key in ("columns", "values") else value
    said["columns"] = sources(said["columns"])
    if "stack" in said:
        into = {value: sources(columns) for value, columns in said["stack"]["into"].items()}
        said["stack"] = ei.stack(said["stack"]["column"], into)
    if "spread" in said:
        said["spread"] = ei.spread(said["spread"]["name"], said["spread"]["value"], **said["spread"]["into"])
    return ei.Form(**said)


SKIPPED = {"office-form.xlsx": {"skip": 7}}  # the numbers of the columns, below the heading


def evaluated(file, expected):
    changed = SKIPPED.get(file["name"], {}) | (CHANGES[expected["when"]] if "when" in expected else {})
    year = changed.pop("year", file.get("year"))
    made = OWN.get(changed.pop("programme", file["table"]), soc_trang_2020)
    table = ei.scan(MESSY / file["name"], form=form_of(file["form"], changed))
    return ei.evaluate(made, {file["table"]: table}, year=year, by=expected.get("by", "area"))


def found_in(card, expected, group):
    """Return the assessment of a group that the truth names by its key in NFC."""

    def plain(key):
        parts = key if isinstance(key, tuple) else (key,)
        return tuple(unicodedata.normalize("NFC", part) if isinstance(part, str) else part for part in parts)

    key = tuple(group["group"])
    if card.by == ("area", "year") and len(key) == 1:  # a year alone is the whole in that year
        return card.of_year(key[0])[expected["indicator"]]
    names = {plain(name): name for name in card.groups}
    key = (", ".join(key),) if card.by == ("area",) and len(key) > 1 else key  # joined
    found = card[expected["indicator"], names[key]] if key in names else card[expected["indicator"]]
    assert key in names or not key
    return found.under(expected["reading"]) if "reading" in expected else found


COUNTS = ("satisfied", "failed", "unknown", "unplaced_satisfied", "unplaced_failed", "unplaced_unknown")


# the tables of which something else than shares is asked

DATES = [f"{day:02}/03/2020" for day in range(1, 11)]


def daily(limits=None):
    """Return a programme on days at stations, each in its place in a list of dates; a form reads the file for it."""
    table = ei.Table(
        "days",
        ei.Unit("day", ei.Text(vi="ngày", en="days")),
        total="days",
        parts=["within"],
        values=[ei.Value("pm25", ei.Unit("µg/m3", "µg/m³", grain=1000), "PM2.5", limits=limits)],
        categories={"date": DATES},
        period="flow",
    )
    within = ei.Share("days_within_limit", "x", table=table, where=ei.flag("within"))
    above = ei.Amount("days_above_limit", "x", table=table, where=~ei.flag("within"))
    of_all = ei.Amount("days_above_limit_of_all", "x", table=table, where=~ei.flag("within"))
    mean = ei.Mean("mean_pm25", "x", table=table, of="pm25", weight="days")
    below = mean.below("40 µg/m3")
    stations = ei.AreaShare("every_station_below_40", "x", of=below)
    days = above.at_most("3 day"), of_all.at_most("9 day")
    return programme("daily", within.at_least("60%"), *days, below, stations.at_least("100%"))


DAYS = {"days": ei.always(1), "within": ei.measured("PM2.5 (µg/m³)", at_most="50 µg/m3")}
"""What the file of days does not hold, or not as it stands."""


def emissions(level):
    """Return a programme on the change of emissions since 2020."""
    table = ei.Table("emissions", ei.Unit("kilotonne", "kilotonnes", grain=1000), total="emitted", period="flow")
    change = ei.Amount("emitted", "x", table=table).since(2020, key="emissions_since_2020")
    return programme("emissions", change.at_most(level), year=2030)


def communes(level):
    """Return a programme on the communes that keep the level of their region."""
    table = ei.Table(
        "commune_households",
        ei.Unit("household", "households"),
        total="households",
        parts=["clean_water"],
        categories={"region": ["mountain", "delta"]},
    )
    clean = ei.Share("clean_water", "x", table=table, where=ei.flag("clean_water"))
    levels = clean.at_least(ei.by("region", delta="65%", mountain="35%"))
    share = ei.AreaShare("communes_with_clean_water", "x", of=levels)
    return programme("communes", share.at_least(level))


def file_of(name):
    """Return what the truth says of a file."""
    return next(file for file in FILES if file["name"] == name)
