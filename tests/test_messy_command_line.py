"""Every file as offices write them gives its truth from the command line alone: a form and a programme in TOML."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from messy import (
    CHANGES,
    COUNTS,
    DATES,
    DAYS,
    MESSY,
    OWN,
    SKIPPED,
    cases,
    communes,
    daily,
    emissions,
    file_of,
    form_of,
    found_in,
)

import envindicators as ei

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def evaluated(run, home, monkeypatch):
    """Return what runs the command on a file, and returns its code, what it handed over and what it said."""
    monkeypatch.setenv("COLUMNS", "1000")

    def command(file, expected, *more):
        changed = SKIPPED.get(file["name"], {}) | CHANGES.get(expected.get("when"), {})
        year = changed.pop("year", file.get("year"))
        own = OWN.get(changed.pop("programme", file["table"]))
        (home / "form.toml").write_text(form_of(file["form"], changed).to_toml(), encoding="utf-8")
        arguments = [
            f"--{file['table'].replace('_', '-')}",
            MESSY / file["name"],
            "--form",
            f"{file['table']}=form.toml",
        ]
        if own is not None:
            (home / "programme.toml").write_text(own.to_toml(), encoding="utf-8")
            arguments += ["--programme", "programme.toml"]
        if year is not None:
            arguments += ["--year", year]
        for name in expected.get("by", ["area"]):
            arguments += ["--by", name]
        return run("evaluate", *arguments, *more, "--json", "-", "--lang", "en")

    return command


@pytest.mark.parametrize(("file", "expected"), [case for case in cases() if case.values[1]["kind"] != "refused"])
def test_a_file_gives_its_truth(evaluated, file, expected):
    code, out, _ = evaluated(file, expected)
    assert code == 0
    card = ei.Scorecard.from_json(out)
    for group in expected["groups"]:
        found = found_in(card, expected, group)
        assert [getattr(found.tally, name) for name in COUNTS] == group.get("tally", [0] * 6), group
        ends = ("none", "none") if found.rate is None else (str(found.rate.lower), str(found.rate.upper))
        assert ends == (group["lower"], group["upper"])
        direction, level = expected["requirement"].split()
        assert getattr(ei, direction)(level).judge(found.tally).verdict.name == group["verdict"]


def words_of(problem, file, expected):
    """Return what the sentence on a problem holds."""
    marks = (*CHANGES.get(expected.get("when"), {}).get("blank", ()), *file["form"].get("blank", ()))
    if "row" in problem:
        yield f" {problem['row']}{'' if 'same key' in problem['why'] else ','}"
    if "column" in problem and "same key" not in problem["why"]:  # a key may be of several columns
        yield problem["column"]
    if "value" in problem and problem["value"] not in marks:  # what is read as blank is told as such
        yield str(problem["value"]).strip()
    if "total" in problem:
        yield problem["total"]
        yield problem["sum"]


@pytest.mark.parametrize(("file", "expected"), [case for case in cases() if case.values[1]["kind"] == "refused"])
def test_a_file_is_refused_for_each_of_its_problems_and_no_other(evaluated, file, expected):
    code, out, err = evaluated(file, expected)
    assert out == ""
    assert code in (1, 3)  # what is wrong in the data, or a file that cannot be read
    said = [line for line in err.splitlines() if not line.startswith("Note:")]
    for problem in expected["problems"]:
        words = list(words_of(problem, file, expected))
        assert any(all(word in line for word in words) for line in said), words
    besides = len(expected.get("at_least_warned", ()))
    assert len(said) == (code == 1) + len(expected["problems"]) + besides


# the files of which something else than shares is asked


@pytest.fixture
def card_of(run, home):
    """Return what evaluates a file by a form and a programme in TOML, and returns the card that the command wrote."""

    def command(name, form, programme, year, by, *more):
        (home / "form.toml").write_text(form.to_toml(), encoding="utf-8")
        (home / "programme.toml").write_text(programme.to_toml(), encoding="utf-8")
        table = file_of(name)["table"]
        arguments = [f"--{table.replace('_', '-')}", MESSY / name, "--form", f"{table}=form.toml"]
        arguments += ["--programme", "programme.toml", "--year", year, "--by", by, "--json", "-"]
        code, out, err = run("evaluate", *arguments, *more)
        assert code == 0, err
        return ei.Scorecard.from_json(out)

    return command


ALONE = {"MET": [1, 0, 0, 0, 0, 0], "NOT_MET": [0, 1, 0, 0, 0, 0], "UNDETERMINED": [0, 0, 1, 0, 0, 0]}
ALONE["NOT_APPLICABLE"] = [0, 0, 0, 0, 0, 0]
"""By its verdict the tally of one commune."""


def judged(card, indicator, group):
    """Return the judgement of a group, or of the whole, by an indicator."""
    (key,) = group["group"] or [None]
    return (card[indicator] if key is None else card[indicator, key]).judgements[0]


def number(said):
    return None if said in ("none", "unbounded") else Fraction(said)


@pytest.mark.parametrize("limits", [None, ("0 µg/m3", "500 µg/m3")])
def test_days_that_did_not_come_are_open(card_of, home, limits):
    """A register lists the days that should have come, and its form says that each is one."""
    (home / "register.csv").write_text(
        "Trạm,Ngày\n" + "".join(f"Trạm {station},{date}\n" for station in (1, 2, 3) for date in DATES), "utf-8"
    )
    register = ei.Form(columns={"area": "Trạm", "date": "Ngày", "days": ei.always(1)})
    (home / "register.toml").write_text(register.to_toml(), encoding="utf-8")
    expected = ("--expected", "days=register.csv", "--expected-form", "days=register.toml")
    file = file_of("daily.csv")
    card = card_of("daily.csv", form_of(file["form"], {"columns": DAYS}), daily(limits), 2020, "area", *expected)
    shares, amounts, means, areas = file["expect"]
    for group in shares["groups"]:
        one = judged(card, "days_within_limit", group)
        assert (list(one.evidence.counts), one.verdict.name) == (group["tally"], group["verdict"])
    for group in amounts["groups"]:
        one = judged(card, "days_above_limit" if group["allowed"] == 3 else "days_above_limit_of_all", group)
        assert (one.evidence.ends, one.verdict.name) == ((group["lower"], group["upper"]), group["verdict"])
    suffix = "" if limits is None else "_with_limits"
    for group in means["groups"]:
        one = judged(card, "mean_pm25", group)
        ends = tuple(None if end is None else end / 1000 for end in one.evidence.ends)
        assert ends == (number(group["lower"]), number(group[f"upper{suffix}"]))
        assert one.verdict.name == group[f"verdict{suffix}"]
    for group in areas["groups"]:
        one = judged(card, "every_station_below_40", group)
        assert (list(one.evidence.counts), one.verdict.name) == (group["tally"], group["verdict"])


@pytest.mark.parametrize("expected", file_of("emissions.csv")["expect"], ids=lambda expected: expected["requirement"])
def test_emissions_have_changed_since_the_base_year(card_of, expected):
    form = form_of(file_of("emissions.csv")["form"], {"columns": {"sector": None, "area": "Ngành"}})
    level = expected["requirement"].split()[1]
    card = card_of("emissions.csv", form, emissions(level), 2030, "area")
    for group in expected["groups"]:
        one = judged(card, "emissions_since_2020", group)
        ends = one.evidence.ends
        assert ends == (None if group["lower"] == "none" else (number(group["lower"]), number(group["upper"])))
        assert one.verdict.name == group["verdict"]


@pytest.mark.parametrize(
    "expected", file_of("communes.csv")["expect"], ids=lambda expected: expected.get("when", expected["kind"])
)
def test_communes_are_units_each_with_the_level_of_its_region(card_of, home, expected):
    """The register is the file itself with a commune more, which sent nothing."""
    file = file_of("communes.csv")
    size = "2600" if "2600" in expected.get("when", "2600") else ""
    rows = (MESSY / "communes.csv").read_text("utf-8").splitlines()
    (home / "register.csv").write_text("\n".join([*rows, f"Xã 19,Huyện Hạ,Đồng bằng,{size},", ""]), encoding="utf-8")
    said = {key: source for key, source in file["form"]["columns"].items() if key != "clean_water"}
    (home / "register.toml").write_text(form_of(file["form"] | {"columns": said}, {}).to_toml(), encoding="utf-8")
    given = ("--expected", "commune_households=register.csv", "--expected-form", "commune_households=register.toml")
    form = form_of(file["form"], {})
    level = expected["requirement"].split()[1] if expected["kind"] == "areas" else "60%"
    by = expected["by"][0] if expected["kind"] == "areas" else "area"
    card = card_of("communes.csv", form, communes(level), 2020, by, *given)
    for group in expected["groups"]:
        one = judged(card, "communes_with_clean_water", group)
        if expected["kind"] == "areas":
            assert (list(one.evidence.counts), one.verdict.name) == (group["tally"], group["verdict"])
        else:
            assert list(one.evidence.counts) == ALONE[group["verdict"]], group


def test_merged_cells_that_are_not_filled_are_refused(run, home):
    """As a program without an eye for merged cells hands a sheet on: the names stand in their first rows only."""
    file = file_of("form.ods")
    expected = next(each for each in file["expect"] if each["kind"] == "refused")
    rows = ["Biểu,,,", ",,,", ",,,", "Huyện,Khu vực,Số hộ,Hộ dùng nước hợp vệ sinh"]
    for district in ("Châu Thành", "Kế Sách", "Mỹ Tú", "Ngã Năm", "Trần Đề"):
        rows += [f"{district},Thành thị,10,9", ",Nông thôn,20,19"]
    (home / "form.csv").write_text("\n".join([*rows, "Nguồn,,,", ""]), encoding="utf-8")
    form = {key: said for key, said in file["form"].items() if key != "sheet"}
    (home / "form.toml").write_text(form_of(form, {}).to_toml(), encoding="utf-8")
    code, out, err = run("check", "--households", "form.csv", "--form", "households=form.toml", "--lang", "en")
    assert code == 1, err
    for problem in expected["problems"]:
        assert f"row {problem['row']}, column 'Huyện': blank" in out


def test_names_in_two_encodings_are_refused_beside_each_other(run, home):
    file, other = file_of("nfd.csv"), file_of("years-wide.csv")
    expected = next(each for each in file["expect"] if each["kind"] == "refused")
    for name, said in (("residents", file["form"]), ("households", other["form"])):
        (home / f"{name}.toml").write_text(form_of(said, {}).to_toml(), encoding="utf-8")
    given = ["--residents", MESSY / "nfd.csv", "--households", MESSY / "years-wide.csv"]
    forms = ["--form", "residents=residents.toml", "households=households.toml"]
    code, _, err = run("evaluate", *given, *forms, "--year", 2020, "--by", "area", "--lang", "en")
    assert code == 1
    assert f"{len(expected['problems'])} errors" in err
    for problem in expected["problems"]:
        assert problem["value"] in unicodedata.normalize("NFC", err)
