"""Emissions with gaps in the base year, and communes as units: the figures of made-up files, and their truth."""

from __future__ import annotations

from fractions import Fraction

import pytest
from defined import _clause, _document

import envindicators as ei

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.CoverageWarning")

MET, NOT_MET, OPEN, NONE = (
    ei.Verdict.MET,
    ei.Verdict.NOT_MET,
    ei.Verdict.UNDETERMINED,
    ei.Verdict.NOT_APPLICABLE,
)


def card_of(requirement, year, by, expected=None, **tables):
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", _clause(), year, requirement)])
    return ei.evaluate(programme, tables, year=year, by=by, expected=expected)


EMISSIONS = """Ngành;Đơn vị;2020;2030
Năng lượng;nghìn tấn CO2tđ;812,4;655,1
Giao thông;nghìn tấn CO2tđ;203,6;214
Nông nghiệp;nghìn tấn CO2tđ;640,2;402,7
Công nghiệp;nghìn tấn CO2tđ;...;88,3
Chất thải;nghìn tấn CO2tđ;151,9;97,4
Khí F;nghìn tấn CO2tđ;0;3,2
"""
CHANGES = {
    "Năng lượng": (Fraction(-1573, 8124), Fraction(-1573, 8124), MET, NOT_MET),
    "Giao thông": (Fraction(26, 509), Fraction(26, 509), NOT_MET, NOT_MET),
    "Nông nghiệp": (Fraction(-2375, 6402), Fraction(-2375, 6402), MET, MET),
    "Công nghiệp": (Fraction(-1), None, OPEN, OPEN),
    "Chất thải": (Fraction(-545, 1519), Fraction(-545, 1519), MET, MET),
    "Khí F": (None, None, NONE, NONE),
    None: (Fraction(-1), Fraction(-386, 2009), MET, OPEN),
}
"""By sector the bounds of the change, and the verdicts on 10% and on 30% less."""


@pytest.mark.parametrize(("level", "place"), [("-10%", 2), ("-30%", 3)])
def test_emissions_since_2020(tmp_path, level, place):
    file = tmp_path / "emissions.csv"
    file.write_text(EMISSIONS, "utf-8")
    kilotonne = ei.Unit("kilotonne", "kilotonnes", grain=1000)
    table = ei.Table("emissions", kilotonne, total="emitted", period="flow")
    form = ei.Form(
        columns={"area": "Ngành"},
        stack=ei.stack("year", {2020: {"emitted": "2020"}, 2030: {"emitted": "2030"}}),
        blank=["..."],
        numbers="1.234,5",
    )
    change = ei.Amount("emitted", "emitted", table=table).since(2020).at_most(level)
    card = card_of(change, 2030, "area", emissions=ei.scan(file, form=form))
    for sector, truth in CHANGES.items():
        judged = card["t"] if sector is None else card["t", sector]
        ends = judged.judgements[0].evidence.ends
        assert ends == (None if truth[2] is NONE else truth[:2])
        assert judged.verdict is truth[place]


COMMUNES = [
    ("Huyện Thượng", "mountain", 1240, "36.2%", MET),
    ("Huyện Thượng", "mountain", 980, "41.0%", MET),
    ("Huyện Thượng", "mountain", 1000, "35.0%", MET),
    ("Huyện Thượng", "mountain", 4000, "35.0%", OPEN),
    ("Huyện Thượng", "mountain", 760, "29.5%", NOT_MET),
    ("Huyện Thượng", None, 1105, "50.3%", OPEN),
    ("Huyện Thượng", None, 890, "71.8%", MET),
    ("Huyện Trung", "mountain", 1320, "66.0%", MET),
    ("Huyện Trung", "delta", 2210, "66.0%", MET),
    ("Huyện Trung", "delta", 1875, "64.9%", NOT_MET),
    ("Huyện Trung", "delta", 2040, None, OPEN),
    ("Huyện Trung", None, 1500, "20.4%", NOT_MET),
    ("Huyện Trung", "delta", 0, None, NONE),
    ("Huyện Hạ", "delta", 3100, "88.2%", MET),
    ("Huyện Hạ", "delta", 2955, "91.4%", MET),
    ("Huyện Hạ", "delta", 2470, "70.1%", MET),
    ("Huyện Hạ", "delta", 2890, "65.3%", MET),
    ("Huyện Hạ", "delta", 3320, "99.9%", MET),
]
DISTRICTS = {
    "Huyện Thượng": (4, 1, 2),
    "Huyện Trung": (2, 2, 1),
    "Huyện Hạ": (5, 0, 1),
    None: (11, 3, 4),
}
"""By district the communes that meet their level, that do not, and of which it is open."""
HOMES = ei.Table(
    "homes", ei.Unit("household", "households"), total="households", parts=["clean"],
    categories={"region": ["mountain", "delta"]},
)  # fmt: skip
CLEAN = ei.Share("clean", "clean water", table=HOMES, where=ei.flag("clean"))
LEVELS = CLEAN.at_least(ei.by("region", delta="65%", mountain="35%"))
COMMUNE_NAMES = [f"Xã {place:02}" for place in range(1, 1 + len(COMMUNES))]


def rows():
    """Return the households that are known to have clean water, not to, and of which rounding leaves it open."""
    for name, (district, region, households, percent, _) in zip(COMMUNE_NAMES, COMMUNES, strict=True):
        if percent is None:
            counted = {None: households}
        else:
            tally = ei.Tally.from_percent(percent, of=households)
            counted = {True: tally.satisfied, False: tally.failed, None: tally.unknown}
        for clean, count in counted.items():
            yield {"area": name, "district": district, "region": region, "households": count, "clean": clean}


@pytest.mark.parametrize(("level", "verdict"), [("60%", MET), ("80%", OPEN)])
def test_communes_are_units(level, verdict):
    share = ei.AreaShare("communes", "communes", of=LEVELS).at_least(level)
    register = [
        {"area": name, "district": district, "region": region, "households": households}
        for name, (district, region, households, *_) in zip(COMMUNE_NAMES, COMMUNES, strict=True)
    ]
    register.append({"area": "Xã 19", "district": "Huyện Hạ", "region": "delta", "households": 2600})
    card = card_of(share, 2020, "district", {"homes": register}, homes=list(rows()))
    for district, (met, failed, unknown) in DISTRICTS.items():
        tally = card["t"].tally if district is None else card["t", district].tally
        assert tally == ei.Tally(met, failed, unknown), district
    assert card["t"].verdict is verdict
    each = card_of(share, 2020, ["district", "area"], {"homes": register}, homes=list(rows()))
    says = {(1, 0, 0): MET, (0, 1, 0): NOT_MET, (0, 0, 1): OPEN, (0, 0, 0): NONE}
    for name, (district, *_, truth) in zip(COMMUNE_NAMES, COMMUNES, strict=True):
        tally = each["t", (district, name)].tally
        assert says[tally.satisfied, tally.failed, tally.unknown] is truth, name
