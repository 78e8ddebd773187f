"""The command line writes pages, JSON, reports and templates."""

from __future__ import annotations

import json
import sys

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.usefixtures("home")


def test_html_and_json_are_written(run, residents, home):
    code, _, _ = run(
        "evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--html", "o.html", "--json", "o.json",
        "--lang", "vi",
    )  # fmt: skip
    assert code == 0
    page = (home / "o.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="vi">')
    assert "Kế Sách" in page
    result = json.loads((home / "o.json").read_text(encoding="utf-8"))
    assert {key: result[key] for key in ("envindicators", "lang", "programme", "by")} == {
        "envindicators": ei.__version__, "lang": "vi", "programme": "soc_trang_2020", "by": ["area"],
    }  # fmt: skip
    (year,) = result["years"]
    assert (year["year"], year["verdict"]) == (2020, "UNDETERMINED")
    assert sum(year["counts"].values()) == 7
    assert [group["group"] for group in year["groups"]] == [{"area": "Kế Sách"}, {"area": "Mỹ Tú"}]
    target = year["targets"][1]
    clause = soc_trang_2020.target("rural_water").clause
    assert {key: target[key] for key in ("target", "name", "section", "quote", "deadline", "due", "verdict")} == {
        "target": "rural_water", "name": "Dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh",
        "section": clause.section, "quote": clause.quote, "deadline": 2020, "due": True, "verdict": "UNDETERMINED",
    }  # fmt: skip
    (judged,) = target["requirements"]
    assert judged["tally"] == {
        "satisfied": 390, "failed": 10, "unknown": 600,
        "unplaced_satisfied": 0, "unplaced_failed": 0, "unplaced_unknown": 0,
    }  # fmt: skip
    assert all(type(count) is int for count in judged["tally"].values())
    assert judged["threshold"] == {"direction": "at_least", "share": 0.98, "text": "≥ 98%"}
    assert judged["share"] == {"lower": 0.39, "upper": 0.99, "text": "39%–99%"}
    assert judged["shortfall"] == {"lower": 0, "upper": 590}
    assert [reading["reading"] for reading in target["readings"]] == ["persons", "households"]
    assert {"what": "table", "name": None, "year": None} in result["missing"]["waste"]
    assert any(each["kind"] == "blank_part" and each["row"] == 2 for each in result["problems"])
    assert [review["year"] for review in result["reviews"]] == [2018, 2020]
    assert year["duties"] == []


def test_json_alone_on_the_standard_output(run, residents, home):
    base = ("evaluate", "--residents", residents, "--year", 2020, "--lang", "vi", "--explain", "rural_water")
    code, out, _ = run(*base, "--json", "-")
    assert code == 0
    result = json.loads(out)
    (told,) = result["explanations"]["rural_water"]
    assert (told[0]["key"], told[0]["heading"]) == ("answer", "Đánh giá")
    assert run(*base, "--json", "o.json")[0] == 0
    assert json.loads((home / "o.json").read_text(encoding="utf-8")) == result


def test_measured_duties_stand_in_the_card_and_in_the_json(run, home):
    (home / "d.csv").write_text("area,dischargers,monitoring_device\nA,76,68\n", encoding="utf-8")
    base = ("evaluate", "--dischargers", "d.csv", "--year", 2020, "--lang", "vi")
    out = run(*base)[1]
    assert "89,47%; văn bản không cho phép ngoại lệ" in " ".join(out.split())
    (duty,) = json.loads(run(*base, "--json", "-")[1])["years"][0]["duties"]
    assert (duty["duty"], duty["admits_no_exception"], duty["tally"]["satisfied"]) == ("discharge_monitoring", True, 68)
    assert "verdict" not in duty


def test_a_page_holds_the_source_and_the_explanations(run, residents, home):
    arguments = ("--year", 2020, "--html", "o.html", "--explain", "rural_water", "--lang", "vi")
    assert run("evaluate", "--residents", residents, *arguments)[0] == 0
    page = (home / "o.html").read_text(encoding="utf-8")
    assert (
        "Nguồn: Nghị quyết số 12-NQ/TU ngày 15/3/2017 của Ban Chấp hành Đảng bộ tỉnh Sóc Trăng về bảo vệ môi trường"
        in page
    )
    assert "<strong>Nội dung</strong>" in page
    assert ">2. Dân cư nông thôn" in page


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_columns_and_templates_of_every_table(run, home, lang):
    every = run("columns", "--lang", lang)[1]
    for key, table in soc_trang_2020.tables.items():
        code, out, err = run("columns", key.replace("_", "-"), "--lang", lang)
        assert (code, err) == (0, "")
        assert out.strip() in every
        for column in ("area", "year", *table.columns):
            assert any(line.startswith(f"{column} ") for line in out.splitlines())
        for category in table.categories:
            for value, name in zip(category.values, category.value_names, strict=True):
                assert f"{value} " in out
                assert name.in_("vi") in out
        code, out, _ = run("template", key, "--lang", lang)
        assert code == 0
        assert out.startswith("\ufeff")
        assert out.count("\n") == 1
        names = out.strip("\ufeff\r\n").split(",")
        assert set(names) - {"area", "year", table.id} <= set(table.columns)
        assert run("template", key, "--out", f"{key}.csv")[:2] == (0, "")
        assert (home / f"{key}.csv").read_bytes() == out.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    counts = run("template", "establishments", "--layout", "counts")[1]
    assert "establishments" in counts.split(",")
    assert "id" not in counts.split(",")
    code, _, err = run("template", "waste", "--layout", "records", "--lang", lang)
    assert (code, err.startswith("lỗi: " if lang == "vi" else "error: ")) == (2, True)
    code, _, err = run("columns", "wast", "--lang", lang)
    assert (code, "'waste'?" in err) == (2, True)


def test_a_filled_template_is_evaluated(run, home):
    heading = run("template", "residents")[1].rstrip()
    (home / "r.csv").write_text(f"{heading}\nA,2020,rural,400,390\n", encoding="utf-8")
    assert "97.5%" in run("evaluate", "--residents", "r.csv", "--year", 2020)[1]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_report_is_written(run, residents, home, lang):
    pytest.importorskip("matplotlib")
    base = ("evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--lang", lang)
    assert run(*base, "--report", "báo cáo.html")[0] == 0
    page = (home / "báo cáo.html").read_text(encoding="utf-8")
    assert page.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert ("Nơi nhận:" if lang == "vi" else "Recipients:") in page
    code, out, err = run(*base, "--report", "no/where.html")
    assert (code, out) == (3, "")
    assert "no/where.html" in err
    assert ("để nộp" if lang == "vi" else "to hand in") in run("evaluate", "--help", "--lang", lang)[1]


def test_a_report_without_matplotlib(run, residents, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, err = run("evaluate", "--residents", residents, "--year", 2020, "--report", "r.html", "--lang", "vi")
    assert (code, out) == (3, "")
    assert err.startswith("lỗi: thiếu gói phần mềm: ")
    assert "envindicators[plot]" in err


def test_nothing_is_written_over_unless_told_to(run, residents, home):
    base = ("evaluate", "--residents", residents, "--year", 2020)
    (home / "o.html").write_text("mine", encoding="utf-8")
    code, out, err = run(*base, "--html", "o.html")
    assert (code, out, "--force" in err) == (3, "", True)
    assert (home / "o.html").read_text(encoding="utf-8") == "mine"
    code, _, err = run(*base, "--html", "o.html", "--json", "o.json", "--force")
    assert (code, err) == (0, "Written: o.html\nWritten: o.json\n")
    assert (home / "o.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("template", "waste", "--out", "o.csv")[0] == 0
    assert run("template", "waste", "--out", "o.csv")[0] == 3
    assert run("template", "waste", "--out", "o.csv", "--force", "--lang", "vi")[2] == "Đã ghi tệp: o.csv\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--report", "r.pdf"), 2, "--report writes a file whose name ends in .html, .htm, .docx, .xlsx; 'r.pdf' does"),
        (("--html", "r.pdf"), 2, "'r.pdf' does not"),
        (("--json", "r"), 2, "ends in .json"),
        (("--html", "r.html", "--report", "./r.html"), 2, "--html and --report both name the file"),
        (("--json", "no/r.json"), 3, "there is no folder 'no'"),
        (("--html", "folder.html", "--force"), 3, "it is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(run, home, arguments, code, words):
    (home / "folder.html").mkdir()
    left, out, err = run("evaluate", "--residents", "not-there.csv", *arguments)
    assert (left, out) == (code, "")
    assert words in " ".join(err.split())


@pytest.mark.parametrize(("what", "schema"), [("programme", ei.programme_schema), ("scorecard", ei.scorecard_schema)])
def test_a_schema_is_shown_and_written(run, home, what, schema):
    code, out, _ = run("schema", what)
    assert (code, json.loads(out)) == (0, schema())
    assert run("schema", what, "--out", "schema.json")[0] == 0
    assert json.loads((home / "schema.json").read_text(encoding="utf-8")) == schema()


def test_results_and_their_structure_are_written_as_sdmx(run, residents, home):
    assert run("evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--sdmx", "o.csv")[0] == 0
    lines = (home / "o.csv").read_text(encoding="utf-8").splitlines()
    structure = json.loads(run("schema", "sdmx")[1])
    (flow,) = structure["data"]["dataflows"]
    assert lines[1].startswith(f"dataflow,{flow['agencyID']}:{flow['id']}({flow['version']}),I,A,_T,urban_water,")
    assert run("evaluate", "--residents", residents, "--year", 2020, "--sdmx", "o.xml")[0] == 2


def test_the_inputs_are_shown_as_a_data_package(run):
    code, out, _ = run("schema", "datapackage", "--lang", "vi")
    assert (code, json.loads(out)) == (0, ei.data_package(soc_trang_2020, lang="vi"))


def test_a_schema_that_there_is_not(run):
    assert run("schema")[0] == run("schema", "waste")[0] == 2
    assert "say whose schema: programme, scorecard, datapackage, sdmx" in run("schema")[2]
    assert "did you mean 'sdmx'" in " ".join(run("schema", "sdmxx")[2].split())
