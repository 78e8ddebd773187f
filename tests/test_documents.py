"""Reports as HTML, for Word and for Excel: they say the same, in the form of official documents, and are safe."""

from __future__ import annotations

import datetime
import functools
import io
import re
import zipfile
from fractions import Fraction

import pytest
from attrs import evolve
from cards import evaluated, example, programme, random_cards
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_report_file import Report

import envindicators as ei
from envindicators.report.documents.columns import fitted
from envindicators.report.documents.content import paper
from envindicators.report.documents.paper import Drawing, Grid, GroupTable, TargetTable
from envindicators.report.documents.write import report_bytes

docx = pytest.importorskip("docx", reason="pip install 'envindicators[docx]'")
openpyxl = pytest.importorskip("openpyxl", reason="pip install 'envindicators[excel]'")
pytest.importorskip("matplotlib", reason="a report has pictures: pip install 'envindicators[plot]'")

DATE = datetime.date(2021, 1, 5)
FORM = ei.ReportForm(
    agency="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    parent="ỦY BAN NHÂN DÂN TỈNH",
    number="12/BC-STNMT",
    place="Sóc Trăng",
    recipients=["Tỉnh ủy", "UBND tỉnh"],
    position="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    signatory="Nguyễn Văn A",
    date=DATE,
)


def squeezed(text):
    return "".join(text.replace("\N{NO-BREAK SPACE}", "").split())


def written(card, kind, form=FORM, lang=None, earlier=None):
    return report_bytes(card, f"report.{kind}", form, lang or card.lang, earlier)


@functools.cache
def example_in(kind, lang="vi"):
    return written(example(lang), kind)


def html_text(data):
    return squeezed(" ".join(Report(data.decode()).texts))


def docx_text(data):
    """Return the text of a Word document, tables where they stand."""
    body = docx.Document(io.BytesIO(data)).element.body
    return squeezed("".join(each.text or "" for each in body.iter(f"{{{body.nsmap['w']}}}t")))


def xlsx_text(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return squeezed(" ".join(cell.value for cell in cells if isinstance(cell.value, str) and cell.data_type == "s"))


def said(found):
    """Yield every word of a report but the captions of its pictures."""
    yield from (found.head.parent, found.head.agency, found.head.number, found.head.dated, found.head.title)
    yield from found.head.motto
    yield from (*found.foot.position, found.foot.signatory, *found.foot.recipients)
    for part in (*found.parts, *found.annexes):
        yield part.heading
        for block in part.blocks:
            if isinstance(block, (Grid, TargetTable, GroupTable)):
                yield from block.grid.heads
                yield from (cell for row in block.grid.rows for cell in row)
            elif hasattr(block, "text"):
                yield block.text
            elif hasattr(block, "lines"):
                yield from block.lines
            elif hasattr(block, "sections"):
                for heading, lines in block.sections:
                    yield heading
                    yield from (line for line, _ in lines)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("several", [False, True])
def test_the_three_say_the_same_numbers_and_words(lang, several):
    card = example(lang, by=("area", "year"), year=None) if several else example(lang)
    words = list(said(paper(card, FORM, lang)))
    assert len(words) > 500
    for kind, text_of in (("html", html_text), ("docx", docx_text), ("xlsx", xlsx_text)):
        text = text_of(written(card, kind))
        missing = [line for line in words if squeezed(line) not in text]
        assert not missing, (kind, missing[:5])


@settings(max_examples=3, phases=[Phase.generate])
@given(random_cards())
def test_random_cards_are_said_the_same_and_names_are_taken_to_the_letter(card):
    words = [line for line in said(paper(card, FORM, card.lang)) if "\x1b" not in line and "\u202e" not in line]
    for kind, text_of in (("html", html_text), ("docx", docx_text), ("xlsx", xlsx_text)):
        text = text_of(written(card, kind))
        assert not [line for line in words if squeezed(line) not in text]


# the form of official documents


@functools.cache
def document():
    return docx.Document(io.BytesIO(example_in("docx")))


def test_a_word_document_has_the_page_of_decree_30():
    (section,) = document().sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    for margin, least, most in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
        assert least - 0.1 <= getattr(section, f"{margin}_margin").mm <= most + 0.1
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text
    style = document().styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 13)
    fonts = set(re.findall(r'w:ascii="([^"]*)"', document().element.xml))
    assert fonts <= {"Times New Roman"}


def test_what_the_form_says_stands_in_the_document():
    text = docx_text(example_in("docx"))
    for words in (
        "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
        "Số: 12/BC-STNMT",
        "Sóc Trăng, ngày 05 tháng 01 năm 2021",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "- Tỉnh ủy;",
        "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐC",
        "Nguyễn Văn A",
    ):
        assert squeezed(words) in text
    assert ".........." not in text


def test_no_heading_stands_alone_and_no_row_is_torn_apart():
    found = document()
    for paragraph in found.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            assert paragraph.style.paragraph_format.keep_with_next
    tables = found.tables[1:-1]
    assert len(tables) > 7
    for table in (*tables, found.tables[0], found.tables[-1]):
        assert all(row._tr.trPr.find("{*}cantSplit") is not None for row in table.rows)
    for table in tables:
        if len(table.columns) > 1 and table.style.name == "Table Grid":
            assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None
            kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
            assert kept[0]
            assert len(kept) < 3 or kept[1]  # the heading and two rows stay together
            assert not kept[-1]


def test_pictures_are_as_wide_as_the_text_and_told_to_those_who_do_not_see_them():
    (section,) = document().sections
    room = section.page_width - section.left_margin - section.right_margin
    shapes = document().inline_shapes
    pictures = [block for part in paper(example("vi"), FORM, "vi").parts for block in part.blocks]
    assert len(shapes) == sum(isinstance(block, Drawing) for block in pictures) > 1
    for shape in shapes:
        assert abs(shape.width - room) < 2000
        assert "đạt" in shape._inline.docPr.get("descr")


def test_pictures_stand_at_the_margin_in_every_program():
    # what is around a picture that says nothing of it: 3 mm in LibreOffice, which moved it over the right margin
    inlines = docx.Document(io.BytesIO(example_in("docx"))).element.body.xpath(".//wp:inline")
    assert inlines
    assert all(inline.get(side) == "0" for inline in inlines for side in ("distT", "distB", "distL", "distR"))


@pytest.mark.parametrize(
    ("parent", "lines"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH", ["ỦY BAN NHÂN DÂN TỈNH"]),
        ("ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", ["ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG"]),
        ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", ["SỞ TÀI NGUYÊN", "VÀ MÔI TRƯỜNG"]),
        ("KHÔNGCÓKHOẢNGTRỐNGNÀOTRONGTÊNNÀY", ["KHÔNGCÓKHOẢNGTRỐNGNÀOTRONGTÊNNÀY"]),
    ],
)
def test_the_name_of_a_body_is_parted_into_lines_of_like_length(parent, lines):
    document = docx.Document(io.BytesIO(written(example("vi"), "docx", evolve(FORM, parent=parent, methods=False))))
    assert document.tables[0].cell(0, 0).paragraphs[0].text.split("\n") == lines


@pytest.mark.parametrize(
    ("recipients", "named"),
    [
        (["Tỉnh ủy"], ["- Tỉnh ủy;", "- Lưu: VT."]),
        (["Lưu: VT, KSON", "Tỉnh ủy;"], ["- Tỉnh ủy;", "- Lưu: VT, KSON."]),
        ([], ["- ..............................;", "- Lưu: VT."]),
    ],
)
def test_where_a_report_is_filed_is_said_once_and_last(recipients, named):
    foot = paper(example("vi"), evolve(FORM, recipients=recipients), "vi").foot
    assert list(foot.recipients[1:]) == named


def test_what_is_said_of_a_sentence_of_two_targets_stands_once():
    (remarks,) = [annex for annex in paper(example("vi"), FORM, "vi").annexes if "nội dung văn bản" in annex.heading]
    headings = [block.text for block in remarks.blocks if hasattr(block, "text")]
    assert len(headings) == len(set(headings))


def test_no_cell_of_a_workbook_is_cut_or_covers_another():
    for kind in ("vi", "en"):
        for sheet in openpyxl.load_workbook(io.BytesIO(example_in("xlsx", kind))):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is None or not cell.alignment.wrap_text:
                        continue
                    width = sheet.column_dimensions[cell.column_letter].width
                    assert max(map(len, cell.value.split()), default=0) <= width, cell.value
                    needed = sum(-(-len(line) // int(width)) for line in cell.value.split("\n"))
                    height = sheet.row_dimensions[cell.row].height or 16.5
                    assert height >= min(needed * 16, 409), (sheet.title, cell.coordinate)


def test_columns_hold_their_longest_word():
    grid = Grid(("No.", "A heading"), (("1", "123.456.789.012,5"), ("2", "of a few words that may be folded")), (9, 1))
    widths, size = fitted(grid, 165, 11)
    assert sum(widths) == pytest.approx(165)
    assert size == 11
    assert widths[1] > 17 * 0.5 * 11 * 25.4 / 72
    many = Grid(tuple("123456789012" for _ in range(12)), (), (1,) * 12)
    widths, size = fitted(many, 165, 11)
    assert sum(widths) == pytest.approx(165)
    assert size < 11


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_with_a_date_a_report_is_the_same_every_time(kind):
    card = example("vi")
    assert written(card, kind) == example_in(kind)
    assert written(card, kind, evolve(FORM, date=datetime.date(2021, 1, 6))) != example_in(kind)


# numbers of workbooks


def computed(book):
    """Yield every formula of a workbook with the cells that it names, and its value as it is stored."""
    values = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    for sheet in openpyxl.load_workbook(io.BytesIO(book)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet, cell, values[sheet.title][cell.coordinate].value


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_results_are_formulas_of_their_numerators_and_denominators(lang):
    found = list(computed(example_in("xlsx", lang)))
    assert len(found) > 100
    for sheet, cell, value in found:
        pattern = r"=([A-Z])(\d+)/([A-Z])\2(?:\*(\d+))?(?:/(\d+))?(?:-(\d))?"
        over, row, under, times, by, less = re.fullmatch(pattern, cell.value).groups()
        top, bottom = (Fraction(str(sheet[f"{column}{row}"].value)) for column in (over, under))
        exact = top / bottom * int(times or 1) / int(by or 1) - int(less or 0)
        assert value == pytest.approx(float(exact), rel=1e-12)


def test_the_numbers_are_those_of_the_card():
    card, rows = example("vi"), {}
    for sheet, cell, value in computed(example_in("xlsx")):
        rows.setdefault((sheet.cell(cell.row, 2).value, value), cell)
    for group in card.groups:
        for assessment in (card["rural_water", group], card["medical_waste", group]):
            if assessment.rate is not None and assessment.tally.lowest[1]:
                assert (group, float(assessment.rate.lower)) in rows or assessment.tally.unsized


def test_nothing_that_came_with_the_data_is_a_formula():
    names = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@A1", "=1+1", "\t=1", "a\x01b", "\ufffe", "\ud800"]
    rows = [{"area": name, "settlement": "urban", "persons": 3, "water": 2} for name in names if name != "\ud800"]
    card = evaluated(programme(ei.at_least("98%")), {"people": rows}, year=2020, by="area")
    form = evolve(FORM, note="=1+1", agency="=cmd|' /C calc'!A0")
    data = written(card, "xlsx", form)
    for _, cell, _ in computed(data):
        assert re.fullmatch(r"=[A-Z]\d+/[A-Z]\d+", cell.value)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert {"=1+1", "+1+1", "@A1", "=cmd|' /C calc'!A0"} <= {cell.value for cell in cells}
    assert all(cell.quotePrefix for cell in cells if cell.value[:1] in "=+@")
    assert docx_text(written(card, "docx", form))


def test_ratios_changes_and_amounts_are_formulas_too():
    gas = ei.Table("gas", ei.Unit("tonne", ei.Text(vi="tấn", en="tonnes")), total="emitted", parts=["waste"])
    people = ei.Table("people", ei.Unit("person", ei.Text(vi="người", en="people")), total="persons")
    emitted, heads = ei.Amount("e", "e", table=gas), ei.Amount("h", "h", table=people)
    requirements = [
        emitted.at_most("400_000 tonne"),
        ei.Ratio("r", "per head", emitted, per=heads).below("2.1 tonne/person"),
        emitted.since(2019).at_most("-30%"),
    ]
    clause = programme(ei.at_least("1%")).targets[0].clause
    targets = [ei.Target(f"t{place}", clause, 2020, each) for place, each in enumerate(requirements)]
    made = ei.Programme("p", "p", clause.document, targets)
    tables = {
        "gas": [
            {"area": "A", "year": 2019, "emitted": 400_000, "waste": 0},
            {"area": "A", "year": 2020, "emitted": 300_000, "waste": 200},
        ],
        "people": [{"area": "A", "year": 2020, "persons": 150_000}],
    }
    card = ei.evaluate(made, tables, year=2020, by="area", lang="en")
    found = {(cell.value.rstrip("0123456789"), value) for _, cell, value in computed(written(card, "xlsx"))}
    assert {value for _, value in found} == {2.0, -0.25}
    assert {cell.value[-2:] for _, cell, value in computed(written(card, "xlsx")) if value == -0.25} == {"-1"}
    text = html_text(written(card, "html"))
    for words in ("300,000", "150,000", "2 tonnes/people", "-25%"):
        assert squeezed(words) in text


# the year before


def test_results_of_the_year_before_stand_beside():
    years = example("vi", by=("area", "year"), year=None)
    both = paper(years, FORM, "vi").parts[0].blocks[1]
    alone = paper(years.of_year(2020), FORM, "vi", earlier=years.of_year(2019)).parts[0].blocks[1]
    assert both.heads == alone.heads
    assert both.rows == alone.rows
    assert both.compared
    for row, target in zip(both.rows, years.targets, strict=True):
        assert row.earlier == years.of_year(2019)[target.key].judgements[0].shown_in("vi")
        assert row.value == years.of_year(2020)[target.key].judgements[0].shown_in("vi")
    without = paper(example("vi"), FORM, "vi").parts[0].blocks[1]
    assert not without.compared
    assert len(without.grid.heads) == 5


def test_annexes_can_be_left_out():
    found = paper(example("vi"), evolve(FORM, methods=False, annex=False), "vi")
    assert not found.annexes
    assert [part.heading[:9] for part in paper(example("vi"), FORM, "vi").annexes] == ["PHỤ LỤC I", "PHỤ LỤC I"]


# the form of a report


def test_a_form_is_read_from_toml_and_what_is_wrong_is_named(tmp_path):
    file = tmp_path / "form.toml"
    file.write_text('agency = "SỞ"\nrecipients = ["A", "B"]\ndate = 2021-01-05\nletterhead = "party"\n', "utf-8")
    assert ei.ReportForm.load(file) == ei.ReportForm("SỞ", recipients=["A", "B"], date=DATE, letterhead="party")
    for text, words in (
        ("agencyy = 'x'", "did you mean 'agency'"),
        ("recipients = 'x'", "expected a list"),
        ("letterhead = 'royal'", "expected one of 'state', 'party', 'none'"),
        ("date = 'today'", "expected a date, as 2030-12-31"),
        ("agency = 1", "expected text"),
        ("methods = 1", "expected true or false"),
        ("agency = ", "cannot be read as TOML"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(ei.OptionError, match=re.escape(words)) as refused:
            ei.ReportForm.load(file)
        assert str(file) in str(refused.value)


def test_all_that_is_wrong_with_a_form_of_a_report_is_said_at_once_in_either_language():
    text = "agencyy = 'x'\nrecipients = 'x'\nletterhead = 'royal'\ndate = 2021-01-05T00:00:00\nannex = 1\n"
    with pytest.raises(ei.OptionError) as refused:
        ei.ReportForm.from_toml(text)
    english, vietnamese = str(refused.value), refused.value.in_("vi")
    for word in ("agencyy", "recipients", "letterhead", "date", "annex"):
        assert word in english
        assert word in vietnamese
    assert english.startswith("TOML: 'agencyy' is nothing that a report says; did you mean 'agency'?; ReportForm: rec")
    assert not re.search("expected|nothing|did you mean", vietnamese)
    many = "\n".join(f"k{place} = 1" for place in range(100_000))
    with pytest.raises(ei.OptionError, match="'k0' is nothing that a report says") as refused:
        ei.ReportForm.from_toml(many)
    assert len(str(refused.value)) < 1100


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "agency": st.text(st.characters(exclude_categories=["Cs"])),
            "position": st.sampled_from(["GIÁM ĐỐC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"]),
            "date": st.none() | st.dates(),
            "recipients": st.lists(st.text(st.characters(codec="utf-8"))),
            "letterhead": st.sampled_from([None, "state", "party", "none"]),
            "methods": st.booleans(),
        },
    )
)
def test_a_form_of_a_report_comes_back_from_toml(said):
    form = ei.ReportForm(**said)
    assert ei.ReportForm.from_toml(form.to_toml()) == form


def test_wrong_options_of_a_report_are_refused(tmp_path):
    card = example("vi")
    with pytest.raises(ei.OptionError, match=r"\.html, \.htm, \.docx, \.xlsx"):
        card.report(tmp_path / "report.pdf")
    with pytest.raises(ei.OptionTypeError, match="did you mean 'number'"):
        card.report(tmp_path / "report.html", nummber="1")
    with pytest.raises(ei.OptionTypeError, match="expected a ReportForm"):
        card.report(tmp_path / "report.html", "SỞ")
    with pytest.raises(ei.OptionTypeError, match="expected a scorecard"):
        card.report(tmp_path / "report.html", earlier=2019)
    with pytest.raises(ei.OptionTypeError, match="open the file for bytes"):
        card.report(io.StringIO(), kind="xlsx")
    assert not list(tmp_path.iterdir())
    book = io.BytesIO()
    assert card.report(book, kind="xlsx", date=DATE) is None
    assert zipfile.is_zipfile(book)


@pytest.mark.parametrize(("kind", "module", "extra"), [("docx", "docx", "docx"), ("xlsx", "openpyxl", "excel")])
def test_without_a_package_it_says_what_to_install(monkeypatch, tmp_path, kind, module, extra):
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=re.escape(f"pip install 'envindicators[{extra}]'")):
        example("en").report(tmp_path / f"report.{kind}")
    assert not list(tmp_path.iterdir())
