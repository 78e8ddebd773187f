"""Rows of a Dask frame counted partition by partition: the same however they are held, and where nothing of us is."""

from __future__ import annotations

import ast
import collections
import contextlib
import datetime
import functools
import importlib
import itertools
import pickle
import subprocess
import sys
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from works import FAR, PROGRAMME, outcome, told, works

import envindicators as ei
from envindicators.frames import partitions, worker
from envindicators.ingest import condense as ingest
from envindicators.ingest import grouped
from envindicators.ingest.coded import coded
from envindicators.ingest.condense import Request
from envindicators.ingest.partitioned import asked
from envindicators.testing.holding import Way

pytestmark = FAR

NULLABLE = Way("pandas", ("nullable",))


@pytest.fixture
def frames():
    return pytest.importorskip("dask.dataframe", reason="needs the extra dask")


@contextlib.contextmanager
def by_partition():
    """There is no other way to count rows, and none to read them, their ids or first blanks one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "digest", None)
        patch.setattr(grouped, "read_ids", None)
        patch.setattr(grouped, "_blanks", None)
        patch.setattr(grouped.Grouping, "_pattern", None)
        yield


def in_pieces(frames, pieces):
    """Return a Dask frame whose partitions are frames of pandas as they are."""
    return frames.from_map(lambda piece: piece, pieces, meta=pieces[0].iloc[:0], enforce_metadata=False)


# what is worked out


PLAN = Request.of(PROGRAMME, 2020, ["area"]).plan("works", ei.Form(), None)


def question(frame):
    """Return what is asked of a frame, by pattern."""
    schema = nw.from_native(frame).schema
    return asked(PLAN, schema, coded(PLAN, schema), None)


def rows_of(found):
    """Return the groups that came as a count of keys and pattern."""
    of_keys = [
        [None if code < 0 else levels[code] for code in codes.tolist()]
        for codes, levels in zip(found["codes"], found["levels"], strict=True)
    ]
    keys = zip(*of_keys, found["kind"].tolist(), strict=True)
    return dict(zip(keys, found["count"].tolist(), strict=True))


@given(works())
def test_comparisons_tell_the_codes_that_expressions_tell(table):
    """The law of what code a value has, by numpy and by narwhals."""
    data, kinds = table
    frame = NULLABLE(data, kinds)
    columns = {name: worker._read(frame[name], what) for name, what in question(frame)["types"].items()}
    for each in coded(PLAN, nw.from_native(frame).schema):
        expected = nw.from_native(frame).select(each.code.alias("code"))["code"].to_list()
        assert worker._coded(columns, each.branches, each.otherwise, len(frame)).tolist() == expected


@given(works(), st.lists(st.integers(0, 12), max_size=3), st.integers(1, 3))
def test_counts_of_partitions_add_up(table, cuts, listed):
    """However rows are cut, the groups, patterns, first blanks and ids are those of the whole."""
    data, kinds = table
    frame = NULLABLE(data, kinds)
    question_ = question(frame) | {"listed": listed}
    ends = sorted({0, len(frame), *(cut for cut in cuts if cut < len(frame))})
    pieces = [frame.iloc[start:end] for start, end in itertools.pairwise(ends)]
    empty = frame.iloc[:0]
    parts = [worker.counted(piece, question_) for piece in (empty, *pieces, empty)]
    found = worker.together([worker.together(parts[:2], listed), *parts[2:]], listed)
    whole = worker.counted(frame, question_)
    assert found["rows"] == whole["rows"] == len(frame)
    assert rows_of(found) == rows_of(whole)
    patterns = collections.Counter()
    for (*_, pattern), count in rows_of(found).items():
        patterns[pattern] += count
    assert dict(zip(found["patterns"].tolist(), found["of_pattern"].tolist(), strict=True)) == patterns
    for name, blanks in zip(question_["blanks"], found["blanks"], strict=True):
        assert blanks.tolist() == [row for row, value in enumerate(data[name]) if value is None][:listed]
    years = data.get("year", [2020] * len(frame))
    if kinds["id"] == "int" and found["runs"] is not None:
        held = [(year, each) for year, first, last in found["runs"].tolist() for each in range(first, last + 1)]
        assert sorted(held) == sorted(zip(years, data["id"], strict=True))


@settings(max_examples=30)
@given(st.lists(st.tuples(*[st.sampled_from([-1, 0, 2**61, 5])] * 3, st.integers(1, 2**40)), max_size=20))
def test_groups_are_told_by_numbers_of_any_size(rows):
    columns = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
    place, weight = worker._grouped([*columns.T], np.array([row[3] for row in rows], dtype=np.int64))
    expected = collections.Counter()
    for *row, each in rows:
        expected[tuple(row)] += each
    assert dict(zip(map(tuple, columns[place].tolist()), weight.tolist(), strict=True)) == expected


def test_large_partitions_are_looked_at_in_slices(monkeypatch):
    frame = NULLABLE({"area": ["A", "B", None] * 5, "id": [*range(15)]}, {"area": "text", "id": "int"})
    asked_ = {"types": {"area": "text", "id": "int"}, "keys": ["area"], "cases": [], "kinds": None, "id": "id"}
    asked_ |= {"year": -1, "blanks": ["area"], "listed": 4}
    whole = worker.counted(frame, asked_)
    monkeypatch.setattr(worker, "_ROWS", 4)
    ((found,),) = worker.of_partition(frame, asked_)["counted"]
    assert rows_of(found) == rows_of(whole)
    assert [rows.tolist() for rows in found["blanks"]] == [[2, 5, 8, 11]]


# how partitions may be held

DATA = {
    "id": [3, 4, 5, 10, 11, 12, 13],
    "area": ["Mỹ Tú", "Kế Sách", "Mỹ Tú", "Mỹ Tú", "Kế Sách", "Ngã Năm", "Mỹ Tú"],
    "year": [2020, 2020, 2019, 2020, 2019, 2020, 2020],
    "kind": ["zone", None, "other", "zone", "cluster", None, "zone"],
    "since": [2015, 2019, None, 2001, 2018, 2016, None],
    "built": [True, True, None, True, False, True, True],
    "running": [True, False, None, None, False, True, True],
    "tested": [None, False, None, None, False, True, False],
}
INTS, TEXTS, FLAGS = ("id", "year", "since"), ("area", "kind"), ("built", "running", "tested")


def typed(ints, texts, flags):
    """Return what makes a frame of columns of these types."""
    types = dict.fromkeys(INTS, ints) | dict.fromkeys(TEXTS, texts) | dict.fromkeys(FLAGS, flags)
    return lambda data: pd.DataFrame({name: pd.Series(values, dtype=types[name]) for name, values in data.items()})


HELD = {
    "nullable": typed("Int64", "string", "boolean"),
    "nullable, of Python": typed("Int32", "string[python]", "boolean"),
    "narrow": typed("Int16", "string[pyarrow]", "Int8"),
    "unsigned": typed("UInt32", "str", "UInt8"),
    "arrow": typed("int64[pyarrow]", "string[pyarrow]", "bool[pyarrow]"),
    "arrow's own text": typed("int32[pyarrow]", pd.ArrowDtype(__import__("pyarrow").large_string()), "int8[pyarrow]"),
    "objects": typed("Int64", "object", "boolean"),
    "categories": typed("Int64", "category", "boolean"),
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("cuts", [[0, 3, 7], [0, 0, 1, 5, 5, 7, 7], [0, 7]], ids=str)
def test_they_are_the_same_however_they_are_held(frames, held, cuts):
    """Categories differ from partition to partition, and some partitions are empty."""
    slices = [slice(*ends) for ends in itertools.pairwise(cuts)]
    pieces = [HELD[held]({name: values[rows] for name, values in DATA.items()}) for rows in slices]
    dask = pytest.importorskip("dask")
    with dask.config.set({"dataframe.convert-string": held == "nullable"}):
        assert_counted(in_pieces(frames, pieces))


def assert_counted(given, data=DATA):
    expected, problems = outcome(data)
    with by_partition():
        found, noted = outcome(given)
    assert found == expected
    assert told(noted, placed=True) == told(problems, placed=True)


@settings(max_examples=40)
@given(
    works(), st.sampled_from(["nullable", "arrow", "objects", "categories"]), st.lists(st.integers(0, 12), max_size=3)
)
def test_right_and_wrong_records_are_the_same_however_they_are_cut(table, held, cuts):
    frames = pytest.importorskip("dask.dataframe", reason="needs the extra dask")
    dask = pytest.importorskip("dask")
    data, kinds = table
    # objects and categories are ways to hold text
    way = {
        "int": "Int64",
        "bool": "boolean",
        "text": {"objects": "object", "categories": "category"}.get(held, "string"),
    }
    if held == "arrow":
        way = {"int": "int64[pyarrow]", "bool": "bool[pyarrow]", "text": "string[pyarrow]"}
    frame = pd.DataFrame({name: pd.Series(values, dtype=way[kinds[name]]) for name, values in data.items()})
    ends = sorted({0, len(frame), *(cut for cut in cuts if cut < len(frame))})
    given_ = in_pieces(frames, [frame.iloc[start:end] for start, end in itertools.pairwise(ends)])
    expected, problems = outcome(data)
    with dask.config.set({"scheduler": "sync", "dataframe.convert-string": False}):
        found, noted = outcome(given_)
    assert found == expected
    assert told(noted, placed=True) == told(problems, placed=True)


def test_categories_that_no_one_knows_yet(frames):
    given = frames.from_pandas(HELD["nullable"](DATA), npartitions=3, sort=False)
    given = given.astype({"area": "category", "kind": "category"})
    assert not given["area"].cat.known
    assert_counted(given)


@pytest.mark.parametrize("scheduler", ["sync", "threads", "processes"])
def test_they_are_the_same_wherever_they_are_worked_out(frames, scheduler):
    dask = pytest.importorskip("dask")
    with dask.config.set(scheduler=scheduler, num_workers=2):
        assert_counted(frames.from_pandas(HELD["nullable"](DATA), npartitions=3, sort=False))


@pytest.mark.parametrize("ids", [[5, 1, 3], [2**63 - 1, -(2**63), 0], [1, 2, 3]], ids=str)
def test_ids_at_both_ends_of_64_bits(frames, ids):
    data = {"id": ids, "area": ["A", "B", "A"], "kind": ["zone"] * 3}
    assert_counted(frames.from_pandas(pd.DataFrame(data), npartitions=2, sort=False), data)


@pytest.mark.parametrize("ids", [[1, 2, 1, 4], [1, 1, 2, 3], [3, None, 2, 1]], ids=str)
def test_ids_that_are_none_or_stand_twice_are_told_by_their_rows(frames, ids):
    data = {"id": ids, "area": ["A"] * 4, "kind": ["zone"] * 4}
    frame = pd.DataFrame(data).astype({"id": "Int64"})
    found, noted = outcome(frames.from_pandas(frame, npartitions=2, sort=False))
    expected, problems = outcome(data)
    assert found is expected is None
    assert told(noted, placed=True) == told(problems, placed=True)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("boolean", [True, False, True]),
        ("date32[day][pyarrow]", [datetime.date(2020, 1, day) for day in (1, 2, 1)]),
        ("Int8", [0, 1, -1]),
        ("string", ["\u00e9", "e\u0301x", "e"]),
    ],
)
def test_keys_are_of_their_own_type(frames, kind, values):
    data = {"id": [1, 2, 3], "area": ["A", "B", "A"], "kind": ["zone"] * 3, "more": values}
    given = frames.from_pandas(pd.DataFrame(data).astype({"more": kind}), npartitions=2, sort=False)
    expected = ei.condense(PROGRAMME, {"works": data}, by=["area", "more"], year=2020)
    with by_partition():
        assert ei.condense(PROGRAMME, {"works": given}, by=["area", "more"], year=2020) == expected


MIXED = {
    "flags that are numbers": ("built", [True, True, 2], "boolean"),
    "floats": ("since", [2015.0, 2016.0, None], "Int64"),
    "texts and numbers": ("area", ["A", 1, "A"], "string"),
}


@pytest.mark.parametrize("name", MIXED)
def test_what_a_partition_should_not_hold_is_taken_for_nothing_else(frames, name):
    column, values, stated = MIXED[name]
    data = {"id": [1, 2, 3], "area": ["A", "B", "A"], "kind": ["zone"] * 3, "built": [True] * 3, "since": [2015] * 3}
    right = pd.DataFrame(data).astype({column: stated})
    wrong = right.assign(**{column: pd.Series(values, dtype="float64" if name == "floats" else object)})
    question_ = question(right)
    assert worker.counted(right, question_) is not None
    dask = pytest.importorskip("dask")
    with dask.config.set({"dataframe.convert-string": False}):
        assert partitions.count_partitions(in_pieces(frames, [right, wrong, right]), question_) is None


# where nothing of this package is


def test_it_imports_nothing_but_numpy_and_pandas():
    tree = ast.parse(Path(worker.__file__).read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    roots = {name.partition(".")[0] for name in names}
    assert roots - set(sys.stdlib_module_names) == {"numpy", "pandas"}


BARE = """
import sys

class Nothing:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("envindicators", "narwhals"):
            raise ImportError(name)

for name in [name for name in sys.modules if name.partition(".")[0] in ("envindicators", "narwhals")]:
    del sys.modules[name]
sys.meta_path.insert(0, Nothing())
"""
"""Makes the package, and narwhals, one that cannot be imported."""

CALLED = """
import pickle
called, frame = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps(called(frame)["counted"].iloc[0][0]["count"].tolist()))
"""


def test_what_is_sent_runs_where_nothing_of_this_package_is():
    cloudpickle = pytest.importorskip("cloudpickle", reason="needs the extra dask")
    frame = HELD["nullable"](DATA)
    sent = partitions.by_value(functools.partial(worker.of_partition, asked=question(frame)))
    command = [sys.executable, "-c", BARE + CALLED]
    done = subprocess.run(command, input=cloudpickle.dumps((sent, frame)), capture_output=True, check=True)
    assert pickle.loads(done.stdout) == worker.counted(frame, question(frame))["count"].tolist()
    named = cloudpickle.dumps((worker.of_partition, frame))
    done = subprocess.run(command, input=named, capture_output=True, check=False)
    assert b"ImportError: envindicators" in done.stderr, "a function that is not sent so would need it"


def test_workers_of_a_cluster_need_nothing_of_this_package(frames):
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    given = frames.from_pandas(HELD["nullable"](DATA), npartitions=3, sort=False)
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(exec, BARE, {})
        with pytest.raises(ImportError):
            client.run(importlib.import_module, "envindicators")
        assert_counted(given)
