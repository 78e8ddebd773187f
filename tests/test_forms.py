"""A form that says what no table could be read by is refused when it is made."""

from __future__ import annotations

import pickle

import pytest

import envindicators as ei
from envindicators.programmes import soc_trang_2020

ROWS = [{"stream": "medical", "generated": 3, "collected": 2, "treated_to_standard": 1}]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"layout": "count"}, "layout is 'count'; expected one of 'records', 'weighted', 'counts'; did you mean"),
        ({"layout": "nothing like it"}, "'records', 'weighted', 'counts'$"),
        ({"layout": ["counts"]}, r"layout is \['counts'\]"),
        ({"totals": "dropp"}, "totals is 'dropp'; expected one of 'keep', 'drop'; did you mean 'drop'?"),
        ({"totals": True}, "totals is True"),
    ],
)
def test_a_word_that_is_none_is_answered_with_those_that_are(said, words):
    """A misspelt layout, or word for totals, is refused once, by the form and not by every table."""
    with pytest.raises((ei.OptionError, ei.OptionTypeError), match=words):
        ei.Form(**said)


@pytest.mark.parametrize("unit", [["tonne"], 5, True])
def test_a_unit_that_is_no_text_is_refused(unit):
    with pytest.raises((TypeError, ei.DefinitionError), match="unit"):
        ei.Form(unit=unit)


def test_a_unit_that_the_table_does_not_know_is_refused_by_evaluate():
    """Which units there are is told by the table, in the message."""
    with pytest.raises(ei.InvalidTable, match=r"gram, kilogram, tonne.*did you mean 'tonne'"):
        ei.evaluate(soc_trang_2020, {"waste": ei.Form(unit="tone").of(ROWS)}, year=2020)


def test_a_form_that_says_nothing_changes_nothing():
    card = ei.evaluate(soc_trang_2020, {"waste": ei.Form().of(ROWS)}, year=2020)
    assert card == ei.evaluate(soc_trang_2020, {"waste": ROWS}, year=2020)


def test_forms_are_plain_values():
    form = ei.Form(unit="tonne", layout="counts", totals="drop")
    assert pickle.loads(pickle.dumps(form)) == form
    assert hash(form) == hash(ei.Form(unit="tonne", layout="counts", totals="drop"))
    assert form != ei.Form(unit="tonne")


def test_a_form_reads_files_as_it_reads_frames(tmp_path):
    path = tmp_path / "waste.csv"
    path.write_text("stream,generated,collected,treated_to_standard\nmedical,3,2,1\n", encoding="utf-8")
    form = ei.Form(unit="tonne")
    cards = [
        ei.evaluate(soc_trang_2020, {"waste": given}, year=2020)
        for given in (form.of(ROWS), ei.scan(path, form=form), form.of(ei.scan(path)), form.of(iter([ROWS])))
    ]
    assert cards[0]["medical_waste"].tally == ei.Tally(1_000_000, 2_000_000)
    assert all(card == cards[0] for card in cards)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_cells_under_headings_of_the_table_are_read_by_the_form_too(tmp_path, name):
    """Numbers, marks and values were only read so under headings that the form renamed."""
    rows = [
        ["area", "settlement", "persons", "hygienic_water"],
        ["A", "Nông", "1.234", "1.000"],
        ["B", "Nông", "70", "..."],
        ["C", "Nông", "5", "-"],
    ]
    if name == "a.csv":
        (tmp_path / name).write_text("".join(f"{';'.join(row)}\n" for row in rows), encoding="utf-8")
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
    form = ei.Form(numbers="1.234,5", blank=["..."], zero=["-"], values={"settlement": {"Nông": "rural"}})
    card = ei.evaluate(soc_trang_2020, {"residents": ei.scan(tmp_path / name, form=form)}, year=2020)
    assert card["rural_water"].tally == ei.Tally(1000, 239, 70)


RESIDENTS = [{"district": "Kế Sách", "settlement": "rural", "persons": 10, "hygienic_water": 9}]
OWN_WORDS = [{"Huyện": "Mỹ Tú", "Nơi ở": "Nông thôn", "Số người": 10, "Nước sạch": 9}]
OWN = ei.Form(
    columns={"district": "Huyện", "settlement": "Nơi ở", "persons": "Số người", "hygienic_water": "Nước sạch"},
    values={"settlement": {"Nông thôn": "rural"}},
)


def test_cells_of_offices_with_different_headings_add_up():
    cells = ei.condense(soc_trang_2020, {"residents": RESIDENTS}, by="district")
    others = ei.condense(soc_trang_2020, {"residents": OWN.of(OWN_WORDS)}, by="district")
    tally = ei.evaluate(soc_trang_2020, cells + others, year=2020)["rural_water"].tally
    assert tally == ei.Tally(18, 2)


def test_cells_counted_in_different_units_do_not_add_up():
    rows = [{"stream": "urban_domestic", "generated": 5, "treated": 4}]
    tonnes = ei.condense(soc_trang_2020, {"waste": rows})
    kilograms = ei.condense(soc_trang_2020, {"waste": ei.Form(unit="gram").of(rows)})
    with pytest.raises(ei.errors.OptionError, match="unit, layout and totals"):
        tonnes + kilograms


def test_what_was_expected_is_read_by_a_form_too(tmp_path):
    """A register has headings of its own, a file of it rows as its spreadsheet numbers them."""
    register = tmp_path / "register.csv"
    register.write_text(
        "Danh sách\n\nHuyện;Nơi ở;Số người\nKế Sách;Nông thôn;11\nMỹ Tú;Nông thôn;1.000\n", encoding="utf-8"
    )
    columns = {"district": "Huyện", "settlement": "Nơi ở", "persons": "Số người"}
    form = ei.Form(columns=columns, values=OWN.values, numbers="1.234,5", heading=3, separator=";")

    def tally(form):
        expected = {"residents": ei.scan(register, form=form)}
        card = ei.evaluate(soc_trang_2020, {"residents": RESIDENTS}, year=2020, by="district", expected=expected)
        return card["rural_water"].tally

    with pytest.raises(ei.InvalidTable, match=r"expected, row 4, .*Số người': .*11"):
        tally(form)
    register.write_text(register.read_text("utf-8").replace("thôn;11", "thôn;10"), encoding="utf-8")
    assert tally(form) == ei.Tally(9, 1, 1000)
    with pytest.raises(ei.InvalidTable, match="expected, column 'persons': 'Dân'; the form names this column"):
        tally(ei.Form(columns={**columns, "persons": "Dân"}, heading=3, separator=";"))
    with pytest.raises(ei.InvalidTable, match=r"expected, row 5, column 'Số người': '1\.000'; expected a number"):
        tally(ei.Form(columns=columns, values=OWN.values, heading=3, separator=";"))


@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_flags_that_cannot_be_are_left_open_whatever_holds_the_rows():
    """Rows in Python, in DuckDB and in a database read through Ibis give one answer."""
    ibis, duckdb = pytest.importorskip("ibis"), pytest.importorskip("duckdb")
    table = ei.Table(
        "works", ei.Unit("work", "works"), total="works", parts=["checked", "passed"], nested=True, id="id"
    )
    share = ei.Share("passed", "passed", table=table, where=ei.flag("passed"))
    clause = soc_trang_2020.targets[0].clause
    target = ei.Target("passed", clause, 2020, share.at_least("50%"))
    programme = ei.Programme("p", "p", soc_trang_2020.document, [target])
    rows = [
        {"id": 1, "checked": True, "passed": True},
        {"id": 2, "checked": False, "passed": True},
        {"id": 3, "checked": True, "passed": None},
    ]
    form = ei.Form(impossible="open")
    connection = duckdb.connect()
    values = ", ".join(f"({row['id']}, {row['checked']}, {row['passed'] or 'NULL'})" for row in rows)
    connection.sql(f"CREATE TABLE works AS SELECT * FROM (VALUES {values}) AS t(id, checked, passed)")
    held = [rows, connection.sql("FROM works"), ibis.duckdb.from_connection(connection).table("works")]
    cards = [ei.evaluate(programme, {"works": form.of(frame)}, year=2020) for frame in held]
    assert [card["passed"].tally for card in cards] == [ei.Tally(1, 1, 1)] * 3
    with pytest.raises(ei.InvalidTable, match="checked is false in this row"):
        ei.evaluate(programme, {"works": rows}, year=2020)


@pytest.mark.parametrize("mark", ["9", "1.000", "5%"])
def test_a_mark_for_zero_that_is_another_number_is_refused(mark):
    with pytest.raises(ei.OptionError, match=r"for none is a number too"):
        ei.Form(zero=[mark])


def test_noughts_and_words_are_marks_for_zero():
    assert ei.Form(zero=["0", "0,0", "-", "không"]).zero == ("0", "0,0", "-", "không")


def test_cells_keep_the_units_of_all_files_and_rows_to_come_must_say_theirs(tmp_path):
    for name, unit, amount in (("a", "tấn", "3,2"), ("b", "kg", "3000,2000")):
        heading = f"Địa bàn,Loại chất thải,Tổng số ({unit}),Được thu gom ({unit})"
        (tmp_path / f"{name}.csv").write_text(f"{heading}\n{name},y tế,{amount}\n", "utf-8")
    tables = {"waste": ei.scan(tmp_path / "*.csv")}
    cells = ei.condense(soc_trang_2020, tables, by="area")
    assert cells.forms["waste"].unit == "tonne, kilogram"
    rows = [{"area": "c", "stream": "medical", "generated": 5}]
    with pytest.raises(ei.OptionError, match="several units"):
        ei.evaluate(soc_trang_2020, tables, by="area", expected={"waste": rows})
    said = ei.Form(unit="tonne").of(rows)
    card = ei.evaluate(soc_trang_2020, tables, by="area", expected={"waste": said})
    assert card["medical_waste", "c"].tally.unplaced_unknown + card["medical_waste", "c"].tally.unknown == 5_000_000
