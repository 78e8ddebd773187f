"""Profiles for hypothesis: the same examples in every run, or new ones with ``--hypothesis-profile=fuzz``."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from engines import Way
from hypothesis import HealthCheck, Phase, settings
from typed import RESIDENTS
from works import lazy

import envindicators as ei
from envindicators.cli import main

pytest.register_assert_rewrite("brute_force", "completions", "oracle", "refusals", "wrong_cells", "sheets")

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}

settings.register_profile("same", derandomize=True, max_examples=100, **_COMMON)
# with no search for the smallest example that fails, which takes many minutes and looks as if the run stood still
settings.register_profile("few", derandomize=True, max_examples=10, phases=[Phase.explicit, Phase.generate], **_COMMON)
settings.register_profile("fuzz", max_examples=100, **_COMMON)
settings.load_profile("same")


@pytest.fixture
def excel(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes rows to a workbook and scans it."""

    def write(rows: Iterable[Sequence[Any]], name: str = "nước sạch.xlsx", sheet: str | None = None) -> Any:
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append(list(row))
        if sheet:
            page.title = sheet
        book.save(tmp_path / name)
        return ei.scan(tmp_path / name)

    return write


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that builds pages and returns them with the warnings of the build; needs Sphinx."""
    from sites import builder

    return builder(tmp_path)


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Any]:
    """Return what writes text or bytes to a file and scans it."""

    def write(text: str | bytes, name: str = "nước sạch.csv", encoding: str = "utf-8") -> Any:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return ei.scan(tmp_path / name)

    return write


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a folder that is worked in."""

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def residents(home):
    """Return a file of residents, as an office keeps it."""

    path = home / "dân cư.csv"
    path.write_text(RESIDENTS, encoding="utf-8-sig")
    return str(path)


@pytest.fixture
def run(capsys, monkeypatch):
    """Return what runs a command and returns its code, its output and its errors."""

    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def command(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command


# where rows may be


def with_values(data, kinds, make):
    """Return a pandas frame whose floats are those of numpy, and whose decimals those of pyarrow."""
    widths = {"decimal": (15, 4), "wide": (38, 4)}
    plain = {name: kind for name, kind in kinds.items() if kind != "float" and kind not in widths}
    frame = make({name: data[name] for name in plain}, plain)
    for name, kind in kinds.items():
        if kind == "float":
            frame[name] = np.array(data[name], dtype=np.float64)
        elif kind in widths:
            frame[name] = pd.array(data[name], dtype=pd.ArrowDtype(pa.decimal128(*widths[kind])))
    return frame[list(kinds)]


@pytest.fixture(scope="session")
def dask():
    """Return what puts columns into a Dask frame, worked on by the distributed scheduler on this machine."""
    frames = pytest.importorskip("dask.dataframe", reason="needs the extra dask")
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    make = Way("pandas", ("nullable",))
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster),
    ):
        yield lambda data, kinds: frames.from_pandas(with_values(data, kinds, make), npartitions=3, sort=False)


@pytest.fixture(scope="session")
def session():
    """Return a Spark session in local mode."""
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra spark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java")
    os.environ["PYSPARK_PYTHON"] = "/no/python/where/the/rows/are"
    builder = sql.SparkSession.builder.master("local[2]").appName("envindicators")
    for key, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


@pytest.fixture(scope="session")
def spark(session):
    """Return what puts columns into a Spark frame."""
    return lambda data, kinds: session.createDataFrame(lazy(data, kinds).collect().to_arrow()).repartition(3)


@pytest.fixture
def spark_without_ansi(session, spark):
    """Return the same, of a session in which sums wrap and casts that fail are NULL."""
    session.conf.set("spark.sql.ansi.enabled", "false")
    yield spark
    session.conf.set("spark.sql.ansi.enabled", "true")


@pytest.fixture(scope="session")
def postgres():
    """Return an Ibis connection to a PostgreSQL of its own."""
    ibis = pytest.importorskip("ibis", reason="needs the extra ibis")
    pytest.importorskip("psycopg", reason="needs the extra ibis")
    programs = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which("initdb", path=os.pathsep.join([*map(str, programs), os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip("needs PostgreSQL (initdb)")
    user = {"user": "postgres"} if os.geteuid() == 0 else {}  # PostgreSQL does not run as root
    # a short path, as sockets need, in which another user can be
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if user:
        shutil.chown(folder, "postgres")
    data, programs = folder / "data", Path(found).resolve().parent

    def run(*command):
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user)

    run(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    yield ibis.postgres.connect(host=str(folder), user="postgres", database="postgres")
    run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


_NUMBERS = itertools.count()
_SQL = {"int": "BIGINT", "text": "TEXT", "bool": "BOOLEAN", "float": "DOUBLE PRECISION"}
_SQL |= {"decimal": "NUMERIC(15, 4)", "wide": "NUMERIC(38, 4)"}


@pytest.fixture
def in_postgres(postgres):
    """Return what copies rows into a table of PostgreSQL."""

    def filled(data, kinds):
        name = f"works_{next(_NUMBERS)}"
        columns = ", ".join(f'"{column}" {_SQL[kind]}' for column, kind in kinds.items())
        with postgres.con.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {name} ({columns})")
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in zip(*data.values(), strict=True):
                    copy.write_row(row)
        postgres.con.commit()
        return postgres.table(name)

    return filled
