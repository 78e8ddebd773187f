"""The report that is handed in: one file, whole, escaped, the same every time, and it says what the card says."""

from __future__ import annotations

import datetime
import functools
import io
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from html import escape
from html.parser import HTMLParser

import pytest
from attrs import evolve
from cards import NAMES, evaluated, example, programme, random_cards
from hypothesis import given, settings

import envindicators as ei
from envindicators.problems import Problems
from envindicators.programmes import soc_trang_2020
from envindicators.report.cards import counts_words, overall_words, plain, target_words
from envindicators.report.numbers import amount, shares
from envindicators.report.sections.data import missing_message
from envindicators.report.verdicts import verdict_words

pytest.importorskip("matplotlib", reason="a report has pictures: pip install 'envindicators[plot]'")

DATE = datetime.date(2021, 1, 5)
VOID = {"meta", "br", "rect", "path", "use"}
YEARS = ("area", "year")


def report_html(card, lang, date=None, note="", **said):
    """Return the report on a card as a page of HTML."""
    page = io.StringIO()
    card.report(page, lang=lang, date=date, note=note, **said)
    return page.getvalue()


@functools.cache
def example_page(lang):
    return report_html(example("vi"), lang, DATE)


def small(share="98%", water=2):
    """Return a card of one target and one area."""
    rows = [{"area": "A", "settlement": "urban", "persons": 3, "water": water}]
    return evaluated(programme(ei.at_least(share)), {"people": rows}, year=2020, by="area")


class Report(HTMLParser):
    """The elements of a report and its text; complains of tags that are left open."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts = [], [], []
        self.feed(page)
        self.close()
        assert not self.open, self.open
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def check_form(page, lang):
    """Check what holds of every report, and return its elements."""
    report = Report(page)
    assert page.startswith("<!doctype html>\n")
    assert report.all("html") == [{"lang": lang}]
    assert "://" not in page
    assert "@import" not in page
    tags = {tag for tag, _ in report.elements}
    assert not tags & {"script", "link", "img", "image", "iframe", "object", "embed", "a", "form", "foreignobject"}
    ids = [attrs["id"] for _, attrs in report.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in report.elements:
        assert not {name for name in attrs if name.startswith("on") or name in ("src", "xlink:href")}
        assert attrs.get("href", "#").startswith("#")
        if "href" in attrs:
            assert attrs["href"][1:] in ids
    for target in re.findall(r"url\(([^)]*)\)", page):
        assert target[0] == "#"
        assert target[1:] in ids
    for picture in (attrs for attrs in report.all("svg") if "aria-label" in attrs):
        assert picture["role"] == "img"
    return report


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_says_all_that_the_card_says(lang):
    card = example(lang)
    report = check_form(example_page(lang), lang)

    def says(sentence):
        assert " ".join(sentence.split()) in report.text, sentence

    says(counts_words(card, lang))
    says(overall_words(card, lang))
    says(card.programme.document.number)
    says(card.programme.document.title.in_(lang))
    for assessment in card:
        says(assessment.target.clause.quote)
        says(target_words(assessment.target, lang))
        says(verdict_words(assessment, lang))
        for judgement in assessment.judgements:
            says(shares(judgement, lang))
        for section in card.explain(assessment.target.key).sections:
            for line in section.lines(lang):
                says(line)
    for key, gaps in card.missing.items():
        for missing in gaps:
            says(missing_message(card.programme.tables[key], missing).in_(lang))
    for duty in card.duties.values():
        says(duty.duty.indicator.name.in_(lang))
        says(duty.duty.clause.translated(lang) or duty.duty.clause.quote)
    for each in card.inputs:
        says(each.sha256)
        says(amount(each.units, card.programme.tables[each.table].unit, lang))
    says(ei.__version__)
    says("ngày 05 tháng 01 năm 2021" if lang == "vi" else "5 January 2021")
    says("Nơi nhận:" if lang == "vi" else "Recipients:")
    says("Nghị quyết số 12-NQ/TU, năm 2020" if lang == "vi" else "Resolution 12-NQ/TU, 2020")
    assert len(report.all("figure")) == 1 + len(card)
    for group in card.groups:
        assert report.text.count(group) > len(card)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_whatever_came_is_escaped(lang):
    names = [*NAMES, "$x^2$", 'f1" onload="alert(1)', "]]>", "--><b>"]
    rows = [{"area": name, "settlement": "urban", "persons": 3, "water": 2} for name in names]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area")
    page = report_html(card, lang, DATE, note="a <note>")
    report = check_form(page, lang)
    for name in names:
        assert plain(name) in "".join(report.texts), name
    assert escape("<script>alert('x')</script>") in page
    assert "<b>" not in page
    assert "a &lt;note&gt;" in page


@settings(max_examples=6)
@given(random_cards())
def test_random_cards_have_the_form(card):
    check_form(report_html(card, card.lang, DATE), card.lang)


def test_it_is_the_same_every_time_and_in_every_style():
    import matplotlib as mpl
    import matplotlib.style

    card = small()
    page = report_html(card, "vi", DATE)
    before = dict(mpl.rcParams)
    with mpl.style.context("dark_background"):
        assert report_html(card, "vi", DATE) == page
    assert dict(mpl.rcParams) == before
    assert report_html(card, "vi", datetime.date(2021, 1, 16)) != page
    today = datetime.datetime.now().astimezone().date()
    assert f"ngày {today:%d} tháng {today.month:{'02' if today.month < 3 else ''}} năm {today.year}" in report_html(
        card, "vi"
    )


def test_years_have_lines_and_the_last_is_explained():
    card = example("en", by=YEARS, year=None)
    report = check_form(report_html(card, "en", DATE), "en")
    assert "What follows explains the last year, 2020" in report.text
    for year in card.years:
        one = card.of_year(year)
        assert f"Year {year}: {counts_words(one, 'en')}" in report.text
        for each in one.inputs:
            assert each.sha256 in report.text
    for section in card.of_year(2020).explain("urban_waste").sections:
        for line in section.lines("en"):
            assert " ".join(line.split()) in report.text
    assert len(report.all("figure")) == 1 + len(card)


def test_many_groups_have_figures_that_fit_a_page():
    rows = [
        {"area": f"Xã {place}", "settlement": "rural", "persons": 100 + place, "hygienic_water": place}
        for place in range(108)
    ]
    card = evaluated(soc_trang_2020, {"residents": rows}, year=2020, by="area", lang="vi")
    report = check_form(report_html(card, "vi", DATE), "vi")
    boxes = [picture["viewbox"].split() for picture in report.all("svg") if "aria-label" in picture]
    assert max(float(height) / float(width) for _, _, width, height in boxes) < 240 / 165  # of a page
    names = [text for text in report.texts if re.fullmatch(r"Xã [0-9]+", text)]
    assert {f"Xã {place}" for place in range(108)} <= set(names)
    assert len(report.all("figure")) == 1 + 3  # all targets, and rural water; of the rest nothing is known


def test_without_groups_it_stands_too():
    rows = [{"settlement": "rural", "persons": 1000, "hygienic_water": None}]
    card = evaluated(soc_trang_2020, {"residents": rows}, year=2020, lang="vi")
    report = check_form(report_html(card, "vi", DATE), "vi")
    assert len(report.all("figure")) == 1
    assert "không nêu được nhóm nào cần bổ sung" in report.text
    assert "Chưa có số liệu đo được nhiệm vụ nào" in report.text


def test_when_nothing_is_open_or_missing():
    report = check_form(report_html(small(water=3), "en", DATE), "en")
    for sentence in ("No target is left undetermined.", "is missing.", "There is nothing else to note."):
        assert sentence in report.text


def test_it_is_written_to_a_file(tmp_path):
    path = small().report(tmp_path / "báo cáo.html", lang="vi", date=DATE, note="Số ước")
    assert path == tmp_path / "báo cáo.html"
    page = path.read_text(encoding="utf-8")
    assert page == report_html(small(), "vi", DATE, "Số ước")
    for file in (io.StringIO(), io.BytesIO(), tempfile.SpooledTemporaryFile()):  # noqa: SIM115 - nothing is left of them
        assert small().report(file, lang="vi", date=DATE, note="Số ước") is None
        file.seek(0)
        assert file.read() in (page, page.encode())
    with pytest.raises(OSError, match="where"):
        small().report(tmp_path / "no" / "where.html")
    with pytest.raises(ValueError, match="expected one of"):
        small().report(tmp_path / "r.html", lang="fr")


@pytest.mark.parametrize(
    ("lang", "letterhead", "lines"),
    [
        ("vi", None, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
        ("vi", "party", ["ĐẢNG CỘNG SẢN VIỆT NAM"]),
        ("vi", "none", []),
        ("en", None, []),
        ("en", "state", ["SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"]),
    ],
)
def test_the_letterhead_is_that_of_the_issuer(lang, letterhead, lines):
    report = check_form(report_html(small(), lang, DATE, letterhead=letterhead), lang)
    every = ("CỘNG HÒA", "ĐẢNG", "Độc lập", "SOCIALIST", "PARTY", "Independence")
    assert [text for text in report.texts if text.startswith(every)] == lines


def test_another_letterhead_is_refused():
    with pytest.raises(ValueError, match="expected one of 'state', 'party', 'none'"):
        report_html(small(), "vi", DATE, letterhead="royal")


def test_remarks_on_the_text_stand_in_an_annex_that_can_be_left_out():
    card = example("vi")
    remarks = [card.programme.document.note.in_("vi"), *(target.clause.note.in_("vi") for target in card.targets)]
    report, bare = (Report(report_html(card, "vi", DATE, annex=annex)).text for annex in (True, False))
    for remark in remarks:
        assert " ".join(remark.split()) in report.partition("PHỤ LỤC")[2]
        assert " ".join(remark.split()) not in report.partition("PHỤ LỤC")[0]
        assert " ".join(remark.split()) not in bare


def test_targets_of_which_nothing_is_known_have_a_sentence_instead_of_a_picture():
    rows = [{"area": "A", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
    card = evaluated(soc_trang_2020, {"residents": rows}, year=2020, by="area", lang="en")
    report = check_form(report_html(card, "en", DATE), "en")
    assert len(report.all("figure")) == 1 + 1
    assert report.texts.count("There is no figure: the target is not applicable.") == 1  # no urban residents
    assert report.texts.count("There is no figure: nothing was reported.") == 5


def test_it_is_the_same_from_eight_threads_and_leaves_no_trace():
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    before, page = dict(mpl.rcParams), report_html(small(), "vi", DATE)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: report_html(small(), "vi", DATE), range(16))) == {page}
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


@pytest.mark.parametrize(("first_row", "noted"), [(0, True), (2, False)])
def test_rows_are_numbered_as_people_know_them(first_row, noted):
    card = small(water=None)
    problems = Problems([evolve(problem, first_row=first_row) for problem in card.problems], card.problems.counts)
    report = Report(report_html(evolve(card, problems=problems), "en", DATE))
    assert f"row {first_row}" in report.text
    assert ("Rows are counted from 0" in report.text) == noted


def test_a_picture_is_told_to_those_who_do_not_see_it():
    report = Report(example_page("en"))
    assert "Long Phú: 97.996% not met; " in report.text
    assert "Medical solid waste collected and treated to environmental standards" in report.text


def test_without_matplotlib_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'envindicators[plot]'")):
        example("en").report(tmp_path / "report.html")
    assert not list(tmp_path.iterdir())


def test_print():
    page = example_page("vi")
    for rule in ("@page{size:A4", "table-header-group", "break-inside:avoid", "@media print", "counter(page)"):
        assert rule in page
