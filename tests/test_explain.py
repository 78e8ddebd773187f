"""Explanations: everything that the answer rests on, in order, in both languages."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from html import escape

import pytest
from attrs import evolve
from cards import NAMES, evaluated, example, programme, random_cards
from hypothesis import given
from test_html import Page

import envindicators as ei
from envindicators.algebra.verdict import Verdict
from envindicators.programmes import soc_trang_2020
from envindicators.report.verdicts import REASONS, reason_words, verdict_words

KEYS = ["answer", "clause", "notes", "deadline", "reading", "rule", "data", "tally", "bounds", "verdict", "needed",
        "others"]  # fmt: skip


def section(told, key):
    """Return the lines of a section in the language of the explanation; none where there is no such section."""
    return [line for each in told.sections if each.key == key for line in each.lines(told.lang)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("target", [target.key for target in soc_trang_2020.targets])
def test_every_reading_of_every_target_is_explained_in_order(target, lang):
    card = example("vi")
    for group in (None, *card.groups):
        for reading in card.programme.target(target).readings:
            told = card.explain(target, group, reading=reading.key, lang=lang)
            keys, text = [each.key for each in told.sections], told.to_text()
            assert keys == [key for key in KEYS if key in keys]
            assert {"answer", "clause", "deadline", "reading", "rule", "data"} <= set(keys)
            clause = card.programme.target(target).clause
            assert f"“{clause.quote}”" in section(told, "clause")
            assert (clause.translation.in_("en") in text) == (lang == "en")
            for correction in clause.corrections:
                assert correction.scan in text
            assert reading.name.in_(lang) in section(told, "reading")[0]
            assert reading.rationale.in_(lang) in text
            assert clause.deadline_rationale.in_(lang) in text
            assert not re.search(r"[{}]|None|Fraction|Decimal", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_columns_go_by_the_names_that_they_are_published_under(lang):
    tables = soc_trang_2020.tables.values()
    keys = {column for table in tables for column in (*table.columns, table.key) if "_" in column}
    card = example(lang)
    cells = [problem.in_(lang) for problem in card.problems]  # a cell is found in the file by what stands there
    for target in soc_trang_2020.targets:
        for reading in target.readings:
            told = card.explain(target.key, reading=reading.key).to_text()
            for cell in cells:
                told = told.replace(cell, "")
            assert not [key for key in keys if key in told]


def test_it_is_said_in_another_language_without_evaluating_anew():
    card = example("vi")
    for target in soc_trang_2020.targets:
        told = card.explain(target.key)
        assert told.in_("en").to_text() == card.explain(target.key, lang="en").to_text()
        assert told.in_("en").in_("vi") == told
    with pytest.raises(ValueError, match="expected one of"):
        told.in_("fr")
    with pytest.raises(KeyError, match="there are 'answer', 'clause'"):
        told["answers"]


def test_a_quote_stands_in_its_own_language():
    document = evolve(soc_trang_2020.document, lang="en")
    told = example("vi").explain("rural_water")
    page = told.in_("en").to_html()
    assert '<p lang="vi" ' in page
    assert "Translation: “100% of urban residents" in told.in_("en").to_text()
    clause = evolve(soc_trang_2020.target("rural_water").clause, document=document)
    assert clause.translated("en") is None
    assert clause.translated("en-GB") is None
    assert clause.translated("vi") == clause.translation.in_("en")


SHOWN = re.compile(r"([\d.,]+) / ([\d.,]+) \S+ (=|≈) ([\d.,]+)%")


def value(text, lang):
    return Fraction(text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", ""))


def check_arithmetic(told, lang):
    """Check every division that an explanation writes out."""
    found = SHOWN.findall(str(told))
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
        if found is None or line.startswith(("Tính riêng", "Known data only")):
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
        check_ends(section(told, "bounds"), judgement, lang)
        assert section(told, "answer")[0].endswith(f": {verdict_words(assessment, lang)}.")
        against = section(told, "verdict")
        reason = reason_words(assessment, lang)
        assert any(reason in line for line in against) if reason else not any("Lý do" in line for line in against)
        sentences = {
            Verdict.MET: ("đạt chỉ tiêu", "Đạt chỉ tiêu", "meets", "is met"),
            Verdict.NOT_MET: ("không đạt chỉ tiêu", "Không đạt chỉ tiêu", "does not meet", "is not met"),
        }
        if assessment.verdict in sentences:
            assert any(sentence in against[0] for sentence in sentences[assessment.verdict])
            assert (re.search("[Kk]hông đạt| not ", against[0]) is not None) == (assessment.verdict is Verdict.NOT_MET)
        tally = section(told, "tally")
        assert len(tally) == sum(1 for count in judgement.tally.counts if count) + bool(judgement.tally.unsized)
        differs = judgement.tally.observed is not None and (
            judgement.rate.lower != judgement.tally.observed or judgement.rate.upper != judgement.tally.observed
        )
        assert any("chỉ để tham khảo" in line or "for reference" in line for line in section(told, "bounds")) == differs
        page = told._repr_html_()
        assert "<script" not in page
        shown = Page(page)
        assert [e["text"] for e in shown.all("strong")] == [each.heading.in_(lang) for each in told.sections]
        assert [e["text"] for e in shown.all("p")] == [line for each in told.sections for line in each.lines(lang)]


def test_the_arithmetic_of_the_issue():
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": 390}]
    card = evaluated(programme(ei.at_least("98%"), deadline=2021), {"people": rows}, year=2020, lang="vi")
    told = card.explain("water")
    assert section(told, "bounds") == ["390 / 400 người = 97,5%."]
    assert "Còn thiếu 2 người so với chỉ tiêu." in section(told, "verdict")
    assert "97,5%, không đạt chỉ tiêu (≥ 98%)." in section(told, "verdict")
    assert "chưa đạt" in section(told, "answer")[0]
    assert "chưa đến thời hạn" in str(told)
    assert check_arithmetic(told, "vi") == 1


def test_at_most_speaks_of_fewer():
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": 390}]
    card = evaluated(programme(ei.at_most("95%")), {"people": rows}, year=2020, lang="en")
    assert "10 people over the target." in section(card.explain("water"), "verdict")
    card = evaluated(programme(ei.at_most("98%")), {"people": rows}, year=2020, lang="en")
    against = section(card.explain("water"), "verdict")
    assert "It is better than the target." in against
    assert "Still met if up to 2 people more enter the numerator." in against


def test_what_would_settle_it_is_named():
    card = example("vi")
    told = card.explain("medical_waste")
    assert section(told, "needed") == [
        "Để đánh giá là đạt, ít nhất cần số liệu của: Thạnh Trị (chưa rõ số lượng).",
        "Để đánh giá là không đạt, ít nhất cần số liệu của: Thạnh Trị (chưa rõ số lượng).",
    ]
    named = section(card.explain("new_facilities"), "needed")[0]
    for group in card.needed_reports("new_facilities")[0].met:
        assert group.group in named
    assert not section(card.explain("rural_water"), "needed")


def test_a_table_that_did_not_come():
    told = example("en").explain("rural_water", reading="households")
    assert "Missing from table “Households”: no data for this table." in section(told, "data")
    assert section(told, "bounds") == ["There are no data to compute it from."]
    assert f"Reason: {REASONS['no_table'].in_('en')}." in section(told, "verdict")
    assert section(told, "needed") == ["First, the missing table or columns are needed."]


def test_what_is_blank_or_missing_is_counted():
    told = section(example("en").explain("new_facilities"), "data")
    establishments = soc_trang_2020.tables["establishments"]
    clean = establishments.part("clean_technology")
    blanks = [line for line in told if line.endswith("column 'built': blank; year missing; left undetermined")]
    assert len(blanks) == 3
    assert told[1:5] == [*blanks, "and 9 more"]
    assert told[-1].endswith(f": column not found: “{clean.name}”; no data from Trần Đề in 2020.")
    assert establishments.part("treatment_equipment").name.in_("en") not in "".join(told)


def test_units_of_mass_are_kilograms():
    told = example("vi").explain("urban_waste")
    assert section(told, "bounds") == ["159.923.970 / 177.693.300 kg = 90%."]


def test_a_bound_that_is_not_reached_is_said_to_be_so():
    told = section(example("en").explain("establishment_standards"), "bounds")
    assert told[1].startswith("Highest: arbitrarily close to, but below, 100%")
    assert told[2].startswith("Known data only, for reference: 984 / 1,000 establishments = 98.4%.")


def test_a_group_is_compared_with_the_level_of_the_province():
    told = example("vi").explain("rural_water", "Long Phú")
    assert section(told, "answer")[1] == (
        "Long Phú được so với chỉ tiêu của cấp tỉnh; văn bản không giao chỉ tiêu riêng cho Long Phú."
    )
    assert "cấp tỉnh" not in example("vi").explain("rural_water").to_text()


def test_contested_clauses_say_what_every_reading_gives():
    card = example("vi")
    told = card.explain("urban_waste")
    assert "Các cách hiểu văn bản cho kết quả đánh giá khác nhau." in section(told, "verdict")
    others = section(told, "others")
    assert len(others) == 3
    assert others[0].endswith("94,58% (chỉ tiêu ≥\N{NO-BREAK SPACE}90%): không đạt.")


def test_years_are_explained_one_by_one():
    card = example("en", by=("area", "year"), year=None)
    told = card.explain("rural_water", ("Long Phú", 2018))
    assert section(told, "answer")[0].endswith("Long Phú, 2018: not yet met.")
    assert "The data are for 2018, before the deadline" in str(told)
    standards = card.explain("establishment_standards", ("Long Phú", 2018))
    assert "Trần Đề" not in str(standards)
    assert "Trần Đề" in str(card.explain("establishment_standards", ("Long Phú", 2020)))
    assert str(card.of_year(2018).explain("rural_water")).startswith("Answer\n")


def test_a_table_of_margins():
    parts = ("clean_technology", "pollution_reduction", "waste_treatment", "treatment_equipment", "meets_standards")
    rows = [{"activity": "production", "built": 2016, "establishments": 9, "inspected": 3, **dict.fromkeys(parts, 4)}]
    card = evaluated(soc_trang_2020, {"establishments": rows}, year=2020, lang="vi")
    told = card.explain("establishment_standards", reading="of_inspected")
    assert REASONS["margins"].in_("vi") in str(told)
    assert "Trước hết cần số liệu chi tiết đến từng đơn vị" in str(told)


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
    assert repr(told) == str(told) == told.to_text()
    assert told.__html__() == told._repr_html_() == told.to_html()
    again = pickle.loads(pickle.dumps(told))
    assert again == told
    assert str(again) == str(told)
    headings = [line for line in str(told).splitlines() if not line.startswith(" ")]
    assert headings == [each.heading.in_("en") for each in told.sections]


@pytest.mark.parametrize(
    ("water", "vi", "en"),
    [
        (400, "Vẫn đạt nếu tử số giảm không quá 8 người.", "Still met if up to 8 people drop out of the numerator."),
        (392, "Vừa đạt đúng chỉ tiêu; giảm 1 người là không đạt.", "met exactly; 1 person less and it is not met."),
        (
            355,
            "Còn thiếu 37 người so với chỉ tiêu.",
            "37 people short of the target.",
        ),
        (None, "tuỳ số liệu bổ sung: từ 0 đến 392 người", "depending on the missing data: from 0 to 392 people"),
    ],
)
def test_room_in_both_languages(water, vi, en):
    rows = [{"area": "A", "settlement": "urban", "persons": 400, "water": water}]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, totals="keep")
    assert vi in str(card.explain("water", lang="vi"))
    assert en in str(card.explain("water", lang="en"))


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
    assert section(told, "rule")[1:] == ["Mẫu số: toàn bộ số hộ.", "Tử số: Hộ dùng nước sạch."]
    assert "default" not in str(told)
    assert not section(told, "reading")


def test_amounts_ratios_and_alternatives_are_explained_as_what_they_are():
    trees, planted = ei.Unit("tree", ei.Text(vi="cây", en="trees")), "planted"
    planting = ei.Table("planting", trees, total=planted, parts=["alive"])
    park_area = ei.Table("parks", ei.Unit("m2", "m²"), total="area_m2")
    residents = ei.Table("people", ei.Unit("person", "people"), total="persons")
    amount = ei.Amount("trees", "Trees planted", table=planting)
    share = ei.Share("alive", "Trees alive", table=planting, where=ei.flag("alive"))
    park = ei.Ratio("park", "Park", ei.Amount("m2", "m²", table=park_area), per=ei.Amount("p", "p", table=residents))
    clause = programme(ei.at_least("98%")).targets[0].clause
    either = ei.Reading("either", ei.any_of(amount.at_least("9_000 tree"), share.above("50%")))
    plan = ei.Programme("plan", "Plan", clause.document, [
        ei.Target("trees", clause, 2020, amount.at_least("1_000 tree")),
        ei.Target("park", clause, 2020, park.at_least("0.65 m2/person")),
        ei.Target("either", clause, 2020, [either]),
    ])  # fmt: skip
    tables = {
        "planting": [{"planted": 1110, "alive": 810}],
        "parks": [{"area_m2": 100}],
        "people": [{"persons": 150}],
    }
    card = evaluated(plan, tables, year=2020, lang="en")
    assert section(card.explain("trees"), "rule")[1:] == ["Counted: all trees."]
    assert section(card.explain("trees"), "bounds") == ["1,110 trees."]
    assert section(card.explain("trees"), "verdict") == [
        "1,110 trees (111%): the target (≥ 1,000 trees) is met.",
        "The target is exceeded.",
        "Room to spare: 110 trees.",
    ]
    assert section(card.explain("park"), "rule")[1:] == ["Numerator: all m².", "Denominator: all people."]
    assert section(card.explain("park"), "bounds") == ["0.67 m²/people."]
    assert "2 requirements, of which one must be met." in section(card.explain("either"), "rule")
    open_ended = evaluated(plan, {"planting": [{"planted": None, "alive": 10}]}, year=2020, lang="en").explain("trees")
    assert section(open_ended, "bounds") == [
        "Lowest: 10 trees.",
        "Highest: not known, since a part is of unknown size.",
    ]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_paraphrase_is_shown_as_one_and_never_between_quotation_marks(lang):
    from defined import _document, _treated

    words = "Giảm chất thải."
    clause = ei.Clause(_document(), "1", words, "Less waste.", paraphrase=True)
    programme = ei.Programme("p", "p", _document(), [ei.Target("t", clause, 2020, _treated().at_least("90%"))])
    rows = [{"area": "A", "stream": "urban", "generated": 9, "collected": 9, "treated": 9}]
    told = str(ei.evaluate(programme, {"waste": rows}, year=2020).explain("t", lang=lang))
    shown = {"en": "In our words: Less waste.", "vi": "Diễn đạt lại: Giảm chất thải."}[lang]
    assert shown in told
    assert f"“{words}" not in told
    assert "“Less waste" not in told


def test_a_paraphrase_has_no_scan():
    from defined import _document

    with pytest.raises(ei.DefinitionError, match="paraphrase"):
        ei.Clause(_document(), "1", "a", "a", scan="a", paraphrase=True)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_year_alone_is_no_group_that_is_compared(lang):
    """A group of a year is the whole in that year: it had an empty name."""
    rows = [
        {"area": "A", "year": year, "settlement": "rural", "persons": 10, "hygienic_water": 9} for year in (2019, 2020)
    ]
    card = ei.evaluate(soc_trang_2020, {"residents": rows}, by="year", lang=lang)
    of_group, whole = card.explain("rural_water", 2020), card.of_year(2020).explain("rural_water")
    assert of_group.to_text() == whole.to_text()
