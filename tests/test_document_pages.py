"""The text of a document with its sentences linked, and its duties in a table: complete, and in both languages."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="the extra docs is not installed")

from sites import page

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.report.duties import STRENGTHS
from envindicators.sphinxext.scanned_text import blocks, passages

TEXT = Path(__file__).parents[1] / "docs" / "methodology" / "12-nq-tu.vi.txt"
PAGE = Path(__file__).parents[1] / "docs" / "methodology" / "resolution.md"
OWNERS = (*soc_trang_2020.targets, *soc_trang_2020.duties)
ID = "soc-trang-2020-text-"

LITTLE = """\
NGHỊ QUYÉT

I- VIỆC ĐẦU

1- Phần một

 Trồng cây phối họp
với dân. Giữ sạch
 nước.
- 50% hộ, 40% xã có nước.
-10% rác được thu gom;

1- Một đoạn đánh số.
"""


def resolution():
    scanned = [line.split(" → ") for line in PAGE.read_text(encoding="utf-8").splitlines() if " → " in line]
    own = [ei.Correction(scan, corrected) for scan, corrected in scanned]
    return list(dict.fromkeys([*(each for owner in OWNERS for each in owner.clause.corrections), *own]))


# the text


def test_lines_become_headings_paragraphs_and_items():
    corrections = [
        ei.Correction("phối họp", "phối hợp"),
        ei.Correction("-10%", "- 10%"),
        ei.Correction("QUYÉT", "QUYẾT"),
    ]
    made = blocks(LITTLE, corrections)
    assert [(block.kind, block.words) for block in made] == [
        ("paragraph", "NGHỊ QUYẾT"),
        ("section", "I- VIỆC ĐẦU"),
        ("point", "1- Phần một"),
        ("paragraph", "Trồng cây phối hợp với dân. Giữ sạch nước."),
        ("item", "50% hộ, 40% xã có nước."),
        ("item", "10% rác được thu gom;"),
        ("paragraph", "1- Một đoạn đánh số."),
    ]
    for block in made:
        for start, end, correction in block.corrections:
            assert correction.corrected.endswith(block.words[start:end])


def test_no_letter_of_the_scan_is_lost_but_by_a_correction():
    corrections = resolution()
    text = TEXT.read_text(encoding="utf-8")
    expected = " ".join(text.split())
    for correction in sorted(corrections, key=lambda each: -len(each.scan)):
        expected = expected.replace(" ".join(correction.scan.split()), correction.corrected)
    words = "".join("".join(block.words.split()) for block in blocks(text, corrections))
    assert words.replace("-", "") == "".join(expected.split()).replace("-", "")


def test_every_clause_stands_in_the_text_once_and_in_order():
    found, lost = passages(blocks(TEXT.read_text(encoding="utf-8"), resolution()), OWNERS)
    assert not lost
    assert [owner for passage in found for owner in passage.owners] == list(OWNERS)
    ends = [(passage.block, passage.start, passage.end) for passage in found]
    assert all(one[0] < other[0] or one[2] <= other[1] for one, other in itertools.pairwise(ends))


def test_sections_three_and_four_are_linked_to_the_last_letter():
    """What no passage holds of them is their headings and the numbers of their points."""
    text = blocks(TEXT.read_text(encoding="utf-8"), resolution())
    found, _ = passages(text, OWNERS)
    first = next(number for number, block in enumerate(text) if block.words.startswith("III- "))
    last = next(number for number, block in enumerate(text) if block.words.startswith("Nơi nhận"))
    for number in range(first, last):
        if text[number].kind == "paragraph":
            rest = text[number].words
            for passage in reversed([each for each in found if each.block == number]):
                rest = rest[: passage.start] + rest[passage.end :]
            assert re.fullmatch(r"(\d-)?\s*", rest), rest


# its page

SITE = {
    "index": ".. document:: text.txt",
    "water": ".. target:: rural_water",
    "town": ".. target:: urban_water",
    "duties": ".. duties::",
}


@pytest.fixture
def site(build, tmp_path):
    """Return a function that builds the page of the resolution beside two targets and the duties."""

    def run(language, content=""):
        (tmp_path / "source").mkdir(exist_ok=True)
        (tmp_path / "source" / "text.txt").write_bytes(TEXT.read_bytes())
        lines = "".join(f"\n   {line}" for line in content.splitlines())
        return build({**SITE, "index": f".. document:: text.txt\n{lines}"}, language=language)

    return run


@pytest.mark.parametrize("language", ["en", "vi"])
def test_sentences_and_pages_link_to_each_other(site, language):
    app, complaints = site(language, "phối họp → phối hợp")
    shown = page(app)
    assert not complaints
    for owner in OWNERS:
        assert f'id="{ID}{owner.key.replace("_", "-")}"' in shown
    for duty in soc_trang_2020.duties:
        key = duty.key.replace("_", "-")
        assert f'href="duties.html#soc-trang-2020-duty-{key}"' in shown
        assert f'href="index.html#{ID}{key}"' in page(app, "duties")
    assert f'href="index.html#{ID}rural-water"' in page(app, "water")
    assert ('<span lang="vi">' in shown) is (language == "en")


def test_each_half_of_a_sentence_leads_to_its_own_target(site):
    app, _ = site("vi")
    shown = page(app)
    for half, leads in (("100% dân cư thành thị", "town"), ("98% dân cư nông thôn", "water")):
        before = shown[: shown.index(half)]
        assert f'href="{leads}.html#' in before[before.rindex("<a ") :]
        assert "</a>" not in before[before.rindex("<a ") :]


def test_a_correction_is_marked_and_listed(site):
    app, _ = site("en", "phối họp → phối hợp")
    shown = page(app)
    assert '<abbr title="as scanned: phối họp">phối hợp</abbr>' in shown
    assert '<abbr title="as scanned: họp vệ sinh">hợp vệ sinh</abbr>' in shown
    assert f'id="{ID}corrections"' in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [("nothing like it → nothing", "does not hold 'nothing like it'"), ("a line", "expected a correction as")],
)
def test_a_correction_that_corrects_nothing_is_refused(site, content, said):
    _, complaints = site("en", content)
    assert said in complaints


@pytest.mark.parametrize(
    ("name", "said"), [("none.txt", "cannot be read"), ("other.txt", "II.3 (1), II.3 (1), II.3 (2)")]
)
def test_a_text_that_is_not_the_documents_is_refused(build, tmp_path, name, said):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "other.txt").write_text("I- Another text", encoding="utf-8")
    _, complaints = build({"index": f".. document:: {name}"})
    assert said in complaints


# the duties in a table


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_table_of_duties_has_them_all_without_a_script(build, language):
    app, complaints = build({"index": ".. duties::"}, language=language)
    shown = page(app)
    assert not complaints
    box = shown[shown.index('class="ei-filter"') : shown.index("</table>", shown.index('class="ei-filter"'))]
    assert box.count("<tr") == 1 + len(soc_trang_2020.duties)
    assert "<select" not in box
    for duty in soc_trang_2020.duties:
        assert f'href="#soc-trang-2020-duty-{duty.key.replace("_", "-")}"' in box
    measured = [duty for duty in soc_trang_2020.duties if duty.indicator is not None]
    assert box.count('class="ei-is-yes"') == len(measured) == 4
    unnamed = sum(duty.actor is None for duty in soc_trang_2020.duties)
    assert box.count('class="ei-is-nobody"') == unnamed > 0
    for strength in STRENGTHS:
        count = sum(duty.strength == strength for duty in soc_trang_2020.duties)
        assert box.count(f'class="ei-is-{strength}"') == count


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_duties_can_be_downloaded(build, language):
    app, _ = build({"index": ".. duties::"}, language=language)
    content = (app.outdir / "_downloads" / "soc_trang_2020" / "duties.csv").read_bytes()
    assert 'href="_downloads/soc_trang_2020/duties.csv"' in page(app)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == [duty.clause.quote for duty in soc_trang_2020.duties]
    assert [row["key"] for row in rows] == [duty.key for duty in soc_trang_2020.duties]
    assert {row["strength"] for row in rows} == {
        STRENGTHS[duty.strength].in_(language) for duty in soc_trang_2020.duties
    }
    assert all(row["translation"] for row in rows) is (language == "en")


def test_a_measured_duty_has_its_formula(build):
    app, _ = build({"index": ".. duties::"})
    shown = page(app)
    assert 'alttext="∑ zones [central_wastewater_treatment] / ∑ zones"' in shown
    assert shown.count('class="ei-fraction docutils container"') == 4
