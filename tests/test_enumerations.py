"""Members of an enumeration are their values, where these are text or numbers."""

from __future__ import annotations

import enum

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020


class Settlement(str, enum.Enum):  # noqa: UP042 - whose text is not its value
    RURAL = "rural"
    URBAN = "urban"


class Area(enum.StrEnum):
    KE_SACH = "Kế Sách"
    MY_TU = "Mỹ Tú"


class Persons(enum.IntEnum):
    FEW = 10
    MANY = 30


class Shown(str, enum.Enum):  # noqa: UP042 - whose text is not its value
    """An enumeration that does not show its value."""

    RURAL = "rural"

    def __str__(self):
        return "countryside"


class Weight(float, enum.Enum):
    HALF = 0.5


class Plain(enum.Enum):
    RURAL = "rural"


ROWS = [
    {"area": "Kế Sách", "settlement": "rural", "persons": 10, "hygienic_water": 5},
    {"area": "Mỹ Tú", "settlement": "urban", "persons": 30, "hygienic_water": 8},
    {"area": "Mỹ Tú", "settlement": None, "persons": 10, "hygienic_water": None},
]
MEMBERS = {
    "area": [Area.KE_SACH, Area.MY_TU, Area.MY_TU],
    "settlement": [Shown.RURAL, Settlement.URBAN, None],
    "persons": [Persons.FEW, Persons.MANY, Persons.FEW],
}


def frames(rows):
    pd = pytest.importorskip("pandas")
    yield rows
    yield {name: [row[name] for row in rows] for name in rows[0]}
    yield pd.DataFrame(rows, dtype=object)
    yield pd.DataFrame({name: pd.Categorical([row[name] for row in rows]) for name in rows[0]})


def evaluated(frame, table="residents"):
    return ei.evaluate(soc_trang_2020, {table: frame}, year=2020, by="area")


@pytest.mark.parametrize("column", MEMBERS)
@pytest.mark.parametrize("every", [True, False])
def test_members_are_their_values(column, every):
    rows = [row | {column: MEMBERS[column][place]} if every or place else row for place, row in enumerate(ROWS)]
    for frame in frames(rows):
        card = evaluated(frame)
        assert card == evaluated(ROWS)
        assert [type(group) for group in card.groups] == [str, str]


def test_members_may_be_expected():
    card = ei.evaluate(soc_trang_2020, {"residents": ROWS[:1]}, year=2020, by="area", expected=list(Area))
    assert card == ei.evaluate(
        soc_trang_2020, {"residents": ROWS[:1]}, year=2020, by="area", expected=["Kế Sách", "Mỹ Tú"]
    )


def test_a_number_that_is_a_member_is_a_number():
    row = {"area": "A", "stream": "medical", "generated": Weight.HALF, "collected": 0}
    assert evaluated([row], "waste") == evaluated([row | {"generated": 0.5}], "waste")


@pytest.mark.parametrize("column", ["area", "settlement", "persons", "hygienic_water", "year"])
def test_a_member_without_a_value_is_refused_with_a_hint(column):
    rows = [dict(row, year=2020) for row in ROWS]
    rows[1][column] = Plain.RURAL
    for frame in frames(rows):
        with pytest.raises(ei.InvalidTable) as caught:
            evaluated(frame)
        (problem,) = caught.value.problems
        assert (problem.kind, problem.row, problem.column) == ("plain_enum", 1, column)
        assert "(str, Enum)" in problem.in_("en")
        assert "Plain.RURAL" in problem.in_("vi")
