"""The command line: what it prints of tables, years and options."""

from __future__ import annotations

import json

import pytest
from cards import evaluated, example
from typed import RESIDENTS

import envindicators as ei
from envindicators.programmes import soc_trang_2020
from envindicators.report.terminal import card_text

pytestmark = pytest.mark.usefixtures("home")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_command_it_shows_the_example(run, lang):
    code, out, err = run("--lang", lang)
    assert code == 0
    assert card_text(example(lang), 100) in out
    assert ei.examples.MADE_UP.in_(lang) in " ".join(out.split())
    assert "python -m envindicators evaluate" in out
    assert "Trần Đề" in err
    assert "Warning" not in err


def test_version(run):
    assert run("--version")[:2] == (0, f"envindicators {ei.__version__}\n")


def test_help_stands_in_columns(run):
    assert "\n  --year YEAR           the reporting year\n" in run("evaluate", "--help")[1]


def test_help_in_both_languages(run):
    for table in soc_trang_2020.tables:
        assert f"--{table.replace('_', '-')} FILE" in run("evaluate", "--help")[1]
    assert "năm báo cáo" in run("check", "--lang", "vi", "--help")[1]


def test_csv_with_a_mark_of_order_and_semicolons(run, residents):
    code, out, err = run("evaluate", "--residents", residents, "--year", "2020", "--by", "area", "--lang", "vi")
    assert (code, err) == (0, "")
    names, *rows = [line.split(";") for line in RESIDENTS.splitlines()]
    table = [dict(zip(names, row, strict=True)) for row in rows]
    for row in table:
        row.update({key: int(row[key]) if row[key] else None for key in ("year", "persons", "hygienic_water")})
    card = evaluated(soc_trang_2020, {"residents": table}, year=2020, by="area", lang="vi")
    in_the_sheet = card_text(card, 100).replace("dòng 2,", "dòng 4,")  # the blank cell, below the heading
    assert out == in_the_sheet + "\n"


def test_excel_units_and_a_pattern(run, home):
    pytest.importorskip("openpyxl")
    import pandas as pd

    (home / "waste").mkdir()
    for area in ("A", "B"):
        pd.DataFrame(
            {
                "area": [area],
                "stream": ["medical"],
                "generated": [1.5],
                "collected": [1.5],
                "treated_to_standard": [1.2],
            }
        ).to_excel(home / "waste" / f"{area}.xlsx", index=False)
    code, out, _ = run(
        "evaluate", "--waste", "waste/*.xlsx", "--units", "waste=tonne", "--year", 2020, "--explain", "medical_waste"
    )
    assert code == 0
    assert "2,400 / 3,000 kg = 80%" in out
    named = run("evaluate", "--waste", "waste/A.xlsx", "waste/B.xlsx", "--units", "waste=tonne", "--year", 2020)
    assert named[1] in out


def test_several_years(run, home):
    (home / "r.csv").write_text(
        "area,settlement,year,persons,hygienic_water\nA,rural,2019,10,5\nA,rural,2020,10,10\n", encoding="utf-8"
    )
    code, out, _ = run(
        "evaluate", "--residents", "r.csv", "--by", "area", "year", "--json", "o.json", "--explain", "rural_water"
    )
    assert code == 0
    assert "Rural residents using hygienic domestic water, 2019: not yet met." in out
    assert "Rural residents using hygienic domestic water, 2020: exceeded." in out
    result = json.loads((home / "o.json").read_text(encoding="utf-8"))
    assert [each["year"] for each in result["years"]] == [2019, 2020]
    assert [each["targets"][1]["due"] for each in result["years"]] == [False, True]
    assert {tuple(each) for each in result["years"]} == {tuple(result["years"][0])}
    assert result["years"][0]["groups"][0]["group"] == {"area": "A", "year": 2019}
    assert run("evaluate", "--residents", "r.csv", "--by", "area,year")[1] in out


def test_expected_areas_from_a_list_and_from_a_table(run, residents, home):
    (home / "areas.txt").write_text("Mỹ Tú\nKế Sách\nLong Phú\n", encoding="utf-8-sig")
    (home / "areas.csv").write_text("area;note\nMỹ Tú;a\nKế Sách;b\nLong Phú;c\n", encoding="utf-8")
    outs = [
        run("evaluate", "--residents", residents, "--year", 2020, "--by", "area", "--expected", name)
        for name in ("areas.txt", "areas.csv")
    ]
    assert outs[0] == outs[1]
    assert outs[0][0] == 0
    assert "Long Phú" in outs[0][1]
    (home / "no.csv").write_text("name\nA\n", encoding="utf-8")
    code, _, err = run("evaluate", "--residents", residents, "--year", 2020, "--expected", "no.csv", "--lang", "vi")
    assert (code, "không có danh sách địa bàn" in err) == (3, True)


def test_another_reading_first(run, home):
    (home / "w.csv").write_text(
        "stream,generated,collected,treated_to_standard\nrural,100,100,90\ncraft_village,10,10,1\n", encoding="utf-8"
    )
    first = run("evaluate", "--waste", "w.csv", "--year", 2020)[1]
    other = run("evaluate", "--waste", "w.csv", "--year", 2020, "--readings", "rural_waste=each_stream")[1]
    assert "▲* exceeded" in first
    assert "✗* not met" in other


def test_rows_that_look_like_totals(run, home):
    (home / "r.csv").write_text(
        "area,settlement,persons,hygienic_water\nA,rural,10,5\nB,rural,10,5\nTổng cộng,rural,20,10\n", encoding="utf-8"
    )
    base = ("evaluate", "--residents", "r.csv", "--year", 2020, "--explain", "rural_water")
    code, _, err = run(*base)
    assert (code, "looks like a total" in err) == (1, True)
    assert "10 / 20 people = 50%" in run(*base, "--totals", "drop")[1]
    assert "20 / 40 people = 50%" in run(*base, "--totals", "residents=keep")[1]


def test_layout(run, home):
    (home / "r.csv").write_text("settlement,persons,hygienic_water\nrural,10,1\nurban,1,0\n", encoding="utf-8")
    base = ("evaluate", "--residents", "r.csv", "--year", 2020, "--explain", "rural_water")
    assert run(*base)[0] == 1
    assert "1 / 10 people = 10%" in run(*base, "--layout", "residents=counts")[1]
    assert "10 / 10 people = 100%" in run(*base, "--layout", "residents=weighted")[1]


def test_one_result_is_explained(run, residents):
    base = ("--residents", residents, "--year", 2020)
    whole = run("explain", "rural_water", *base)
    assert whole[0] == 0
    assert "390" in whole[1]
    assert whole[1] in run("evaluate", *base, "--explain", "rural_water")[1]
    code, out, _ = run("explain", "rural_water", *base, "--group", "Mỹ Tú", "--lang", "vi")
    assert (code, "390 / 400 người = 97,5%" in out) == (0, True)
    code, out, _ = run("explain", "rural_water", *base, "--reading", "households")
    assert (code, "households" in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a target before the tables: urban_water"),
        (("rural_watr",), "did you mean 'rural_water'?"),
        (("rural_water", "--group", "My Tu"), "did you mean 'Mỹ Tú'?"),
        (("rural_water", "--reading", "household"), "did you mean 'households'?"),
    ],
)
def test_what_cannot_be_explained(run, residents, arguments, words):
    code, out, err = run("explain", *arguments, "--residents", residents, "--year", 2020)
    assert (code, out) == (2, "")
    assert words in " ".join(err.split())


def test_a_group_of_one_year_among_several(run, home):
    (home / "r.csv").write_text(
        "area,settlement,year,persons,hygienic_water\nA,rural,2019,10,5\nA,rural,2020,10,10\nB,rural,2020,10,10\n",
        encoding="utf-8",
    )
    base = ("explain", "rural_water", "--residents", "r.csv", "--by", "area", "year")
    out = run(*base, "--group", "A")[1]
    assert "2019" in out
    assert "2020" in out
    code, out, _ = run(*base, "--group", "B")
    assert (code, "2019" in out) == (0, False)
