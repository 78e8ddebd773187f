"""Explanations: everything that the answer rests on, in order, in both languages."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from html import escape

import pytest
from cards import NAMES, evaluated, example, programme, random_cards
from hypothesis import given
from test_html import Page

import envindicators as ei
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020
from envindicators.report.explain import Explanation
from envindicators.report.verdicts import REASONS, reason_words, verdict_words

ORDER = {
    "vi": ["Kết luận", "Nội dung", "Thời hạn thực hiện", "Cách hiểu", "Cách tính", "Nguồn số liệu", "Số liệu tổng hợp",
           "Kết quả",
           "So với mức đặt ra", "Cần thêm số liệu nào", "Cách hiểu khác"],
    "en": ["Answer", "Clause", "Deadline", "Reading", "Rule", "Where the numbers come from", "Tally", "Share",
           "Against the threshold", "What would settle it", "Other readings"],
}  # fmt: skip


def section(explanation, heading):
    return dict(explanation.sections).get(heading, ())


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("target", [target.key for target in soc_trang_2020.targets])
def test_every_reading_of_every_target_is_explained_in_order(target, lang):
    card = example("vi")
    for group in (None, *card.groups):
        for reading in card.programme.target(target).readings:
            told = card.explain(target, group, reading=reading.key, lang=lang)
            headings = [heading for heading, _ in told.sections]
            assert headings == [heading for heading in ORDER[lang] if heading in headings]
            assert set(ORDER[lang][:6]) <= set(headings)
            clause = card.programme.target(target).clause
            assert f"“{clause.quote}”" in section(told, ORDER[lang][1])
            assert (clause.translation in told) == (lang == "en")
            for correction in clause.corrections:
                assert correction.scan in told
            assert reading.name.in_(lang) in section(told, ORDER[lang][3])[0]
            assert reading.rationale.in_(lang) in told
            assert clause.deadline_rationale.in_(lang) in told
            assert not re.search(r"[{}]|None|Fraction|Decimal", told)


SHOWN = re.compile(r"([\d.,]+) / ([\d.,]+) \S+ (=|≈) ([\d.,]+)%")


def value(text, lang):
    return Fraction(text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", ""))


def check_arithmetic(told, lang):
    """Check every division that an explanation writes out."""
    found = SHOWN.findall(told)
    for part, whole, sign, percent in found:
        exact = value(part, lang) / value(whole, lang)
        shown = Fraction(percent.replace(",", ".")) / 100
        assert (sign == "=") == (exact == shown)
        assert abs(exact - shown) <= Fraction(1, 10**4)
    return len(found)


def check_ends(lines, judgement, lang):
    """Check that the lowest and the highest share are the ends of the rate, rounded outwards."""
    for line in lines:
        found = SHOWN.search(line)
        if found is None or line.startswith(("Tính riêng", "Of what")):
            continue
        exact = value(found[1], lang) / value(found[2], lang)
        shown = Fraction(found[4].replace(",", ".")) / 100
        if line.startswith(("Thấp nhất", "Lowest")):
            assert (exact, shown <= exact) == (judgement.rate.lower, True)
        elif line.startswith(("Cao nhất", "Highest")):
            assert (exact, shown >= exact) == (judgement.rate.upper, True)
        else:
            assert exact == judgement.rate.lower == judgement.rate.upper


@given(random_cards())
def test_random_cards_are_explained_without_contradiction(card):
    lang = card.lang
    for group in (None, *card.groups):
        assessment = card["water"] if group is None else card["water", group]
        told = card.explain("water", group)
        (judgement,) = assessment.judgements
        check_arithmetic(told, lang)
        check_ends(section(told, ORDER[lang][7]), judgement, lang)
        assert section(told, ORDER[lang][0])[0].endswith(f": {verdict_words(assessment, lang)}.")
        against = section(told, ORDER[lang][8])
        reason = reason_words(assessment, lang)
        assert any(reason in line for line in against) if reason else not any("Lý do" in line for line in against)
        sentences = {
            Verdict.MET: ("đạt mức", "meets", "holds"),
            Verdict.NOT_MET: ("không đạt mức", "does not meet", "does not hold"),
        }
        if assessment.verdict in sentences:
            assert any(sentence in against[0] for sentence in sentences[assessment.verdict])
            assert ("không đạt" in against[0] or "does not" in against[0]) == (assessment.verdict is Verdict.NOT_MET)
        tally = section(told, ORDER[lang][6])
        assert len(tally) == sum(1 for count in judgement.tally.counts if count) + bool(judgement.tally.unsized)
        differs = judgement.tally.observed is not None and (
            judgement.rate.lower != judgement.tally.observed or judgement.rate.upper != judgement.tally.observed
        )
        assert (
            any("không dùng để kết luận" in line or "decides nothing" in line for line in section(told, ORDER[lang][7]))
            == differs
        )
        page = told._repr_html_()
        assert "<script" not in page
        shown = Page(page)
        assert [e["text"] for e in shown.all("strong")] == [heading for heading, _ in told.sections]
        assert [e["text"] for e in shown.all("p")] == [line for _, lines in told.sections for line in lines]


def test_the_arithmetic_of_the_issue():
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": 390}]
    card = evaluated(programme(ei.at_least("98%"), deadline=2021), {"people": rows}, year=2020, lang="vi")
    told = card.explain("water")
    assert section(told, "Kết quả") == ("390 / 400 người = 97,5%.",)
    assert "Để đạt mục tiêu, tử số phải tăng thêm 2 người (mẫu số không đổi)." in told
    assert "97,5% không đạt mức ≥ 98%." in told
    assert "chưa đạt" in section(told, "Kết luận")[0]
    assert "chưa đến thời hạn" in told
    assert check_arithmetic(told, "vi") == 1


def test_at_most_speaks_of_fewer():
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": 390}]
    card = evaluated(programme(ei.at_most("95%")), {"people": rows}, year=2020, lang="en")
    assert "Over the threshold: 10 people fewer in the numerator" in card.explain("water")
    card = evaluated(programme(ei.at_most("98%")), {"people": rows}, year=2020, lang="en")
    assert "The threshold is bettered." in card.explain("water")
    assert "Slack: at most 2 people outside the numerator may turn out to belong there" in card.explain("water")


def test_what_would_settle_it_is_named():
    card = example("vi")
    told = card.explain("medical_waste")
    assert section(told, "Cần thêm số liệu nào") == (
        "Để có thể kết luận đạt, ít nhất cần số liệu của: Thạnh Trị (chưa rõ số lượng).",
        "Để có thể kết luận không đạt, ít nhất cần số liệu của: Thạnh Trị (chưa rõ số lượng).",
    )
    named = section(card.explain("new_facilities"), "Cần thêm số liệu nào")[0]
    for group in card.needed_reports("new_facilities")[0].met:
        assert group.group in named
    assert not section(card.explain("rural_water"), "Cần thêm số liệu nào")


def test_a_table_that_did_not_come():
    told = example("en").explain("rural_water", reading="households")
    assert "Missing, table Households: no data for this table." in told
    assert section(told, "Share") == ("Nothing came that it could be computed from.",)
    assert "Why it is not certain: the table did not come." in told
    assert section(told, "What would settle it") == ("First the table or the columns are needed.",)


def test_what_is_blank_or_missing_is_counted():
    told = example("en").explain("new_facilities")
    assert "The column built is blank in 12 rows (of all years in the table)." in told
    assert "the column clean_technology did not come; no figure was reported for Trần Đề in 2020" in told
    assert "treatment_equipment" not in "".join(section(told, "Where the numbers come from"))


def test_units_of_mass_are_kilograms():
    told = example("vi").explain("urban_waste")
    assert section(told, "Kết quả") == ("159.923.970 / 177.693.300 kg = 90%.",)


def test_a_bound_that_is_not_reached_is_said_to_be_so():
    told = section(example("en").explain("establishment_standards"), "Share")
    assert told[1].startswith("Highest: below 100% yet as near to 100% as may be")
    assert told[2].startswith("Of what is certain only: 984 / 1,000 establishments = 98.4%.")


def test_a_group_is_compared_with_the_level_of_the_province():
    told = example("vi").explain("rural_water", "Long Phú")
    assert "Kết quả được so với mức đặt ra cho cấp tỉnh; văn bản không giao mức riêng cho Long Phú." in told
    assert "cấp tỉnh" not in example("vi").explain("rural_water")


def test_contested_clauses_say_what_every_reading_gives():
    card = example("vi")
    told = card.explain("urban_waste")
    assert "Các cách hiểu theo câu chữ của văn bản cho kết luận khác nhau." in told
    others = section(told, "Cách hiểu khác")
    assert len(others) == 3
    assert others[0].endswith("93,88% (≥ 90%), 80,91% (≥ 90%), 94,58% (≥ 90%): không đạt.")


def test_years_are_explained_one_by_one():
    card = example("en", by=("area", "year"), year=None)
    told = card.explain("rural_water", ("Long Phú", 2018))
    assert "Long Phú, 2018: not yet met." in told
    assert "The data is of 2018, before the deadline" in told
    standards = card.explain("establishment_standards", ("Long Phú", 2018))
    assert "Trần Đề" not in standards
    assert "Trần Đề" in card.explain("establishment_standards", ("Long Phú", 2020))
    assert card.of_year(2018).explain("rural_water").startswith("Answer\n")


def test_a_table_of_margins():
    parts = ("clean_technology", "pollution_reduction", "waste_treatment", "treatment_equipment", "meets_standards")
    rows = [{"activity": "production", "built": 2016, "establishments": 9, "inspected": 3, **dict.fromkeys(parts, 4)}]
    card = evaluated(soc_trang_2020, {"establishments": rows}, year=2020, lang="vi")
    told = card.explain("establishment_standards", reading="of_inspected")
    assert REASONS["margins"].in_("vi") in told
    assert "Trước hết cần có số liệu của từng đơn vị" in told


def test_names_are_escaped_in_html():
    rows = [{"area": name, "settlement": "urban", "persons": 3, "water": 2} for name in NAMES]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area", lang="vi")
    page = card.explain("water", NAMES[2])._repr_html_()
    assert escape(NAMES[2]) in page
    assert "<script" not in page
    assert "một &lt;câu&gt;" in page
    assert 'lang="vi"' in page


def test_an_explanation_is_text_that_shows_itself():
    told = example("en").explain("urban_water")
    assert isinstance(told, str)
    assert repr(told) == str(told) == told
    again = pickle.loads(pickle.dumps(told))
    assert (again, again.sections, again.lang) == (told, told.sections, "en")
    assert [heading for heading, _ in told.sections] == [line for line in told.splitlines() if not line.startswith(" ")]
    assert isinstance(again, Explanation)


@pytest.mark.parametrize(
    ("water", "vi", "en"),
    [
        (400, "Khoảng dư: nếu rà soát loại khỏi tử số tối đa 8 người thì vẫn đạt.", "Slack: at most 8 people"),
        (392, "Không còn khoảng dư: loại thêm 1 người khỏi tử số là không đạt.", "No slack: 1 person less"),
        (
            355,
            "Để đạt mục tiêu, tử số phải tăng thêm 37 người (mẫu số không đổi).",
            "Short of the threshold: 37 people",
        ),
        (None, "Tuỳ số liệu bổ sung, tử số còn thiếu từ 0 đến 392 người", "turns out: from 0 to 392 people in the num"),
    ],
)
def test_room_in_both_languages(water, vi, en):
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": water}]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, totals="keep")
    assert vi in card.explain("water", lang="vi")
    assert en in card.explain("water", lang="en")


def test_a_programme_that_names_nothing_is_explained_by_its_indicator():
    households = ei.Table("households", ei.Unit("household", ei.Text(vi="hộ", en="households")), total="households",
                          parts=["clean_water"])  # fmt: skip
    water = ei.Share("clean_water", ei.Text(vi="Hộ dùng nước sạch", en="Households with clean water"),
                         table=households, where=ei.flag("clean_water"))  # fmt: skip
    clause = programme(ei.at_least("98%")).targets[0].clause
    plan = ei.Programme("plan", ei.Text(vi="Kế hoạch", en="Plan"), clause.document,
                        [ei.Target("water", clause, 2020, water.at_least("95%"))])  # fmt: skip
    rows = [{"households": 400, "clean_water": 390}]
    told = evaluated(plan, {"households": rows}, year=2020, lang="vi").explain("water")
    assert "Mẫu số: toàn bộ số hộ." in told
    assert "Tử số: phần của mẫu số thoả mãn điều kiện: Hộ dùng nước sạch." in told
    assert "default" not in told
    assert not section(told, "Cách hiểu")
