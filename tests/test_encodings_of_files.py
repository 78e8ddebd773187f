"""In what files are encoded is read where they say it, and named with what to say where they do not."""

from __future__ import annotations

import unicodedata

import openpyxl
import pytest
from renderings import parted

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.words.legacy_fonts import _TCVN3, _VNI_LETTERS, _VNI_MARKS, legacy_font

FORM = {"area": "Huyện", "stream": "Loại", "generated": "Phát sinh", "collected": "Thu gom"}
ROWS = [list(FORM.values()), ["Kế Sách", "Đô thị", "10", "9"], ["Mỹ Tú", "Công nghiệp", "5", "5"]]
VALUES = {"stream": {"Đô thị": "urban_domestic", "Công nghiệp": "industrial"}}


def text(rows=ROWS, separator=";"):
    return "".join(f"{separator.join(row)}\n" for row in rows)


def collected(path, **said):
    form = ei.Form(**{"columns": FORM, "values": VALUES} | said)
    card = ei.evaluate(soc_trang_2020, {"waste": ei.scan(path, form=form)}, year=2020, by="area")
    return card.inputs[0].units


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_of_utf_8_is_read(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(text().encode(encoding))
    assert collected(path) == 15_000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_a_file_that_does_not_is_named_with_what_its_form_should_say(tmp_path, encoding):
    path = tmp_path / "a.csv"
    written = "".join(map(parted, text())) if encoding == "cp1258" else text()
    path.write_bytes(written.encode(encoding))
    with pytest.raises(ei.UnreadableTable, match=rf"a\.csv: .*encoding = '{encoding}'"):
        collected(path)
    assert collected(path, encoding=encoding) == 15_000


def test_text_that_only_holds_a_zero_is_no_utf_16(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"stream;generated\nmedical;\x00\n")
    with pytest.raises(ei.InvalidTable, match="expected a number"):
        collected(path, columns={}, values={})


def test_a_title_with_commas_above_rows_with_semicolons_is_no_heading(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Biểu 01, năm 2020, tỉnh Sóc Trăng, kèm công văn\n" + text(), encoding="utf-8")
    with pytest.raises(ei.UnreadableTable, match="heading seems to be row 2"):
        collected(path)
    assert collected(path, heading=2) == 15_000
    assert collected(path, heading=2, separator=";") == 15_000


# legacy fonts

_CODES = {letter: code for code, letter in _TCVN3.items()}
_MARKS = {"".join(sorted(marks)): written for written, marks in _VNI_MARKS.items()}
_LETTERS = {letter: written for written, letter in _VNI_LETTERS.items()}
_HORN = {"o": "ô", "u": "ö"}


def tcvn3(written):
    return "".join(_CODES.get(letter, _CODES.get(letter.lower(), letter)) for letter in written)


def vni(written):
    found = ""
    for letter in written:
        base, *marks = unicodedata.normalize("NFD", letter.lower())
        if letter.lower() in _LETTERS:
            made = _LETTERS[letter.lower()]
        else:
            horned = "\u031b" in marks
            rest = "".join(sorted(mark for mark in marks if mark != "\u031b"))
            made = (_HORN[base] if horned else base) + (_MARKS[rest] if rest else "")
        found += made.upper() if letter.isupper() else made
    return found


WAYS = {"TCVN3 (ABC)": tcvn3, "VNI": vni}


@pytest.mark.parametrize("name", WAYS)
def test_words_in_a_legacy_font_are_named_with_what_they_mean(name):
    for target in soc_trang_2020.targets:
        words = unicodedata.normalize("NFC", target.clause.quote)
        found = legacy_font([WAYS[name](words)])
        assert found is not None
        assert found.name == name
        assert found.meant.lower() in words.lower()
        assert legacy_font([words]) is None


@pytest.mark.parametrize(
    "words",
    [
        "São Paulo João Goiânia Ceará Maranhão",
        "Île-de-France Hérault Rhône Guérande Évry",
        "Straße für Äpfel Übergröße Köln München",
        "Ñuñoa Río Bío Bío Los Ríos Araucanía",
        "Łódź Kraków Śląsk",
        "Αθήνα Θεσσαλονίκη Κρήτη",
        "µg/m³ °C m² ½",
        "Sóc Trăng, Mỹ Tú, Cù Lao Dung và Ngã Năm",
    ],
)
def test_words_of_other_languages_are_in_no_legacy_font(words):
    assert legacy_font([words]) is None


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_in_a_legacy_font_is_refused_by_its_name(tmp_path, name, suffix):
    rows = [[WAYS[name](cell) for cell in row] for row in ROWS]
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        path.write_text(text(rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    for columns, refusal in ((FORM, ei.InvalidTable), ({"area": "Huyện", "stream": "Loại"}, ei.UnreadableTable)):
        with pytest.raises(refusal, match=rf"Vietnamese in {name[:3]}.*'.*' is 'Huyện'; convert it"):
            collected(path, columns=columns, values={})


def test_bytes_of_a_legacy_font_are_named_though_they_are_no_utf_8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(tcvn3(text()).encode("latin-1"))
    with pytest.raises(ei.UnreadableTable, match=r"not UTF-8, and seems to be Vietnamese in TCVN3"):
        collected(path)


def test_values_in_a_legacy_font_under_headings_that_are_not_are_noted(tmp_path, run):
    path = tmp_path / "a.csv"
    path.write_text("area;stream;generated\n" + "".join(
        f"{tcvn3(area)};{stream};5\n" for area in ("Kế Sách", "Mỹ Tú", "Sóc Trăng") for stream in ("medical", "rural")
    ), encoding="utf-8")  # fmt: skip
    code, out, err = run("evaluate", "--waste", path, "--year", 2020, "--by", "area", "--lang", "en")
    assert code == 0
    assert "Vietnamese in TCVN3 (ABC)" in " ".join((out + err).split())
    path.write_text(path.read_text("utf-8").replace("rural", tcvn3("đô thị")), encoding="utf-8")
    code, _, err = run("evaluate", "--waste", path, "--year", 2020, "--by", "area", "--lang", "vi")
    assert code == 1
    assert "UniKey" in err


# patterns


@pytest.mark.parametrize("names", [["a.CSV"], ["a.csv", "b.CSV"], ["a.XLSX"], ["a.csv"]])
@pytest.mark.parametrize("folder", ["data", "data [2020]"])
def test_the_pattern_that_is_advised_for_a_folder_matches_its_files(tmp_path, names, folder):
    place = tmp_path / folder
    place.mkdir()
    for name in names:
        (place / name).touch()
    with pytest.raises(ei.UnreadableTable) as refused:
        ei.scan(place)
    advised = str(refused.value).split(" say ")[1].strip("'")
    assert [path.name for path in ei.scan(advised).paths] == sorted(names)
    suffix = names[0][1:].lower()
    for pattern in {f"*{suffix}", f"*{suffix.upper()}"}:
        given = place / pattern
        try:
            assert ei.scan(given).paths
        except ei.errors.NoSuchFile as refused_:
            meant = str(refused_).split("did you mean ")[1].strip("'?")
            assert ei.scan(meant).paths
    with pytest.raises(ei.errors.NoSuchFile, match=r"no file matches '[^;]*'$"):
        ei.scan(place / "*.parquet")
