"""`areas.match` proposes official names: the same whatever the case and tone marks, and never one of several."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import envindicators as ei

OFFICIAL = [
    "Thành phố Sóc Trăng", "Thị xã Vĩnh Châu", "Thị xã Ngã Năm", "Huyện Mỹ Tú", "Huyện Kế Sách", "Huyện Cù Lao Dung",
    "Huyện Krông A Na", "Huyện M'Đrắk", "Thành phố Cao Lãnh", "Huyện Cao Lãnh", "Quận 1", "Quận 11", "Bình Tân",
    "Bình Tấn", "Phan Rang - Tháp Chàm",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TP. Sóc Trăng", "Thành phố Sóc Trăng"),
        ("TP Sóc Trăng", "Thành phố Sóc Trăng"),
        ("tx.vĩnh châu", "Thị xã Vĩnh Châu"),
        ("NGÃ NĂM", "Thị xã Ngã Năm"),
        ("My Tu", "Huyện Mỹ Tú"),
        ("H. Kế Sách", "Huyện Kế Sách"),
        ("Cù  Lao Dung ", "Huyện Cù Lao Dung"),
        (unicodedata.normalize("NFD", "Cù Lao Dung"), "Huyện Cù Lao Dung"),
        ("M’Đrắk", "Huyện M'Đrắk"),
        ("M`Drak", "Huyện M'Đrắk"),
        ("TP Cao Lãnh", "Thành phố Cao Lãnh"),
        ("Huyện Cao Lãnh", "Huyện Cao Lãnh"),
        ("Cao Lãnh", None),
        ("Thị xã Cao Lãnh", None),
        ("Huyện Vĩnh Châu", None),
        ("quận 1", "Quận 1"),
        ("Q.11", "Quận 11"),
        ("Bình Tân", "Bình Tân"),
        ("Binh Tan", None),
        ("Phan Rang–Tháp Chàm", "Phan Rang - Tháp Chàm"),
        ("Toàn tỉnh", None),
        ("Ke Sach District", "Huyện Kế Sách"),
    ],
)
def test_a_name_is_matched_or_left_to_a_person(name, meant):
    assert ei.areas.match([name], OFFICIAL) == {name: meant}


def test_two_names_are_never_matched_with_one_area():
    assert ei.areas.match(["TP. Sóc Trăng", "Sóc Trăng"], OFFICIAL) == {"TP. Sóc Trăng": None, "Sóc Trăng": None}
    assert ei.areas.match(["Huyện Mỹ Tú", "My Tu"], OFFICIAL) == {"Huyện Mỹ Tú": "Huyện Mỹ Tú", "My Tu": None}


@given(st.lists(st.sampled_from([*OFFICIAL, "My Tu", "cao lãnh", "Binh Tan", "tx ngã năm", "?"]), unique=True))
def test_every_name_is_answered_and_no_area_twice(names):
    found = ei.areas.match(names, OFFICIAL)
    assert list(found) == names
    areas = [area for area in found.values() if area is not None]
    assert len(areas) == len(set(areas))
    assert set(areas) <= set(OFFICIAL)
    assert all(found[name] == name for name in names if name in OFFICIAL)


def test_what_is_no_list_of_names_is_refused():
    with pytest.raises(ei.OptionTypeError, match="expected a list of names"):
        ei.areas.match("Mỹ Tú", OFFICIAL)
    with pytest.raises(ei.OptionTypeError, match="expected names of areas"):
        ei.areas.match([1], OFFICIAL)
