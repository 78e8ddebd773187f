"""How far a table is: shown as a bar, or told to a function."""

from __future__ import annotations

import threading

import pyarrow as pa
import pytest
from forms import evaluate

import envindicators as ei
from envindicators.frames.engine import Engine
from envindicators.ingest.progress import Telling
from envindicators.programmes import soc_trang_2020

pytestmark = pytest.mark.filterwarnings("ignore::envindicators.errors.CoverageWarning")


def evaluated(table, **options):
    return evaluate(soc_trang_2020, {"residents": table}, year=2020, by="area", **options)


def residents(*rows):
    names = ("area", "settlement", "persons", "hygienic_water")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_progress_is_shown(capsys):
    pytest.importorskip("tqdm")
    rows = residents(("A", "rural", 5, 4), ("B", "rural", 7, 3))
    card = evaluated(iter([rows[:1], rows[1:]]), progress=True)
    assert card == evaluated(rows)
    told = capsys.readouterr().err
    assert "residents" in told
    assert "2.00 rows" in told


def test_a_function_is_told_of_progress():
    rows = residents(("A", "rural", 5, 4), ("B", "rural", 7, 3))
    told = []
    evaluated(iter([rows[:1], rows[1:]]), progress=lambda *said: told.append(said))
    assert told == [("residents", 1, None), ("residents", 2, None)]
    with pytest.raises(ei.OptionTypeError, match="progress is 3"):
        evaluated(rows, progress=3)


def test_an_engine_says_how_far_it_is():
    """It is told from the caller's thread, while the engine is at work; one that does not tell is named."""
    half, unknown = "the store 50%", "the store"
    for share, whole, said in ((0.5, 10, (5, half)), (0.5, None, (0, half)), (None, 10, (0, unknown))):
        engine, told, seen = Engine("the store", None, None, share=lambda share=share: share), [], threading.Event()

        def tell(rows, words, told=told, seen=seen):
            told.append((threading.current_thread(), rows, words))
            seen.set()

        def work(found, engine=engine, seen=seen):
            found(engine)
            assert seen.wait(60)
            return "made"

        assert Telling(tell, whole).during(work) == "made"
        assert told[0] == (threading.main_thread(), *said)


def test_what_is_raised_when_told_is_raised():
    engine, seen = Engine("the store", None, None), threading.Event()

    def tell(_rows, _words):
        seen.set()
        raise KeyboardInterrupt

    def work(found):
        found(engine)
        seen.wait(60)

    with pytest.raises(KeyboardInterrupt):
        Telling(tell).during(work)


def test_of_parquet_files_all_rows_are_known_beforehand(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = residents(("A", "rural", 5, 4), ("B", "rural", 7, 3))
    for number, row in enumerate(rows):
        parquet.write_table(pa.Table.from_pylist([row]), tmp_path / f"{number}.parquet")
    told = []
    evaluated(ei.scan(tmp_path / "*.parquet"), progress=lambda *said: told.append(said))
    assert told == [("residents", 1, 2), ("residents", 2, 2)]
