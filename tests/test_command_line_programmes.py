"""The command line serves any programme, and says in a sentence why it cannot."""

from __future__ import annotations

import itertools
import sys

import pytest

pytestmark = pytest.mark.usefixtures("home")

AIR = """
import datetime
import envindicators as ei
station = ei.Unit("station", ei.Text(en="stations", vi="trạm"))
table = ei.Table("stations", station, total="stations", parts={"clean": ei.Text(en="clean 100%", vi="sạch 100%")})
year = ei.Table("year", station, total="count", parts=["clean"])
document = ei.Document("7/2025", title="Air", kind="Plan", issuer="City", date=datetime.date(2025, 1, 1))
def target(key, table):
    share = ei.Share(key, f"{key} 100% clean", table=table, where=ei.flag("clean"))
    clause = ei.Clause(document, section="1", quote="All stations are clean.", translation="")
    return ei.Target(key, clause, 2030, share.at_least("90%"))
class plans:
    air = ei.Programme("air", "Clean air", document, [target("clean_air", table), target("clean_year", year)])
air = plans.air
number = 7
"""

names = (f"air_{count}" for count in itertools.count())


@pytest.fixture
def module(home, monkeypatch):
    """Return what writes a module of its own name into the working folder, and gives that name."""
    monkeypatch.syspath_prepend(str(home))

    def write(text=AIR):
        name = next(names)
        (home / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
        return name

    return write


@pytest.fixture
def air(module):
    return f"{module()}:air"


def test_a_programme_of_ones_own_before_or_after_the_command(run, home, air):
    (home / "s.csv").write_text("area,stations,clean\nA,10,9\nB,10,8\n", encoding="utf-8")
    command = ("evaluate", "--stations", "s.csv", "--year", 2030, "--by", "area")
    code, out, err = run("--programme", air, *command)
    assert (code, err) == (0, "")
    assert "85%" in out
    assert run(*command, f"--programme={air}") == (code, out, err)
    nested = air.replace(":", ":plans.")
    assert run(*command, "--programme", nested) == (code, out, err)


def test_every_command_takes_a_programme(run, home, air):
    (home / "s.csv").write_text("area,stations,clean\nA,10,9\n", encoding="utf-8")
    shown = {
        ("evaluate", "--help"): "--stations FILE",
        ("check", "--stations", "s.csv", "--year", 2030): "No errors",
        ("explain", "clean_air", "--stations", "s.csv", "--year", 2030): "9 / 10 stations = 90%",
        ("columns",): "Table stations",
        ("template", "stations"): "area,year,stations,clean",
        ("duties",): "lists no duties",
    }
    for arguments, words in shown.items():
        code, out, _ = run(*arguments, "--programme", air)
        assert (code, words in out) == (0, True), arguments


def test_a_table_that_is_called_as_an_option_has_another(run, home, air):
    (home / "y.csv").write_text("area,count,clean\nA,10,9\n", encoding="utf-8")
    code, out, _ = run("evaluate", "--programme", air, "--table-year", "y.csv", "--year", 2030)
    assert (code, "90%" in out) == (0, True)


def test_a_programme_without_an_example_asks_for_a_command(run, air):
    code, out, err = run("--programme", air)
    assert (code, out, "a command is needed" in err) == (2, "", True)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("text", "spec", "code", "vi", "en"),
    [
        (AIR, "soc_trang_2002", 2, "có phải là", "'soc_trang_2002'"),
        (AIR, "{}:", 2, "module:object", "module:object"),
        (AIR, "{}x:air", 3, "không có module", "there is no module"),
        (AIR, "{}.py:air", 3, "có phải là", "did you mean"),
        (AIR, "{}:aer", 2, "chương trình trong đó: air", "programmes in it: air"),
        (AIR, "{}:number", 2, "thuộc kiểu int", "of type int"),
        (
            "\n\nimport envindicators\nenvindicators.nothing\n",
            "{}:air",
            3,
            "{}.py:4: AttributeError",
            "{}.py:4: AttributeError",
        ),
        ("x = 1\ny = (\n", "{}:air", 3, "{}.py:2: SyntaxError", "{}.py:2: SyntaxError"),
        (
            "import not_there_at_all\n",
            "{}:air",
            3,
            "{}.py:1: ModuleNotFoundError",
            "No module named 'not_there_at_all'",
        ),
        ("import envindicators as ei\n\nei.Tally(-1)\n", "{}:air", 3, "{}.py:3: ", "{}.py:3: "),
        ("raise SystemExit('bye')\n", "{}:air", 3, "SystemExit: bye", "SystemExit: bye"),
    ],
)
def test_what_is_no_programme(run, module, text, spec, code, vi, en, lang):
    name = module(text)
    left, out, err = run("duties", "--programme", spec.format(name), "--lang", lang)
    words = "".join(err.split())
    assert (left, out) == (code, "")
    assert "".join((vi if lang == "vi" else en).format(name).split()) in words or "soc_trang" in spec
    assert err.startswith("lỗi: " if lang == "vi" else "error: ")


def installed(home, value):
    """Let a package be installed that says it has a programme under a name."""
    package = home / "plans-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: plans\nVersion: 1.0\n", encoding="utf-8")
    (package / "entry_points.txt").write_text(f"[envindicators.programmes]\nclean_air = {value}\n", encoding="utf-8")


def test_a_programme_of_another_package_is_found_by_its_name(run, home, air):
    installed(home, air)
    code, out, _ = run("--programme", "clean_air", "columns")
    assert code == 0
    assert "stations" in out


def test_names_of_other_packages_are_among_those_that_are_known(run, home, air):
    installed(home, air)
    code, _, err = run("--programme", "clean_airs", "columns")
    assert code
    assert "did you mean 'clean_air'?" in " ".join(err.split())


def test_a_package_whose_programme_is_not_there_is_said_to_lack_it(run, home, air):
    installed(home, "nothing_of_this_name:air")
    code, _, err = run("--programme", "clean_air", "columns")
    assert code
    assert "nothing_of_this_name" in err
