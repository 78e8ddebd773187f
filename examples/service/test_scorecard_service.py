"""The service over real HTTP: right answers, many at once, and what is not to be answered."""

from __future__ import annotations

import contextlib
import io
import json
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import httpx
import openpyxl
import pytest
import uvicorn
from scorecard_service import MOST_BYTES, MOST_ROWS, PROGRAMME, app

import envindicators as ei

EXAMPLE = {
    key: [row for row in frame.astype(object).where(frame.notna(), None).to_dict("records") if row["year"] == 2020]
    for key, frame in ei.examples.soc_trang().items()
}
ROW = {"area": "Mỹ Tú", "settlement": "rural", "persons": 1000, "hygienic_water": 985}
WATER = {"year": 2020, "tables": {"residents": [ROW]}}


@contextlib.contextmanager
def served():
    """Run the service on a free port, as uvicorn runs it, and yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", backlog=512))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def client():
    with served() as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


def assert_refused(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["detail"]
    assert "/tmp" not in response.text
    assert "Traceback" not in response.text
    return told


def test_rows_become_the_card_that_the_library_makes(client):
    response = client.post("/scorecards", json=WATER)
    assert response.status_code == 200
    card = ei.Scorecard.from_json(response.text)
    assert card == ei.evaluate(PROGRAMME, WATER["tables"], year=2020)
    assert response.json()["years"][0]["targets"][1]["verdict"] == "MET"
    assert "library;dur=" in response.headers["server-timing"]


def test_the_whole_example_by_area(client):
    response = client.post("/scorecards", json={"year": 2020, "by": "area", "tables": EXAMPLE})
    assert response.status_code == 200, response.text
    assert ei.Scorecard.from_json(response.text).groups == sorted({row["area"] for row in EXAMPLE["residents"]})


def test_a_page_is_in_the_language_asked_for(client):
    response = client.post(
        "/scorecards", json=WATER, headers={"Accept": "text/html", "Accept-Language": "fr, vi;q=0.8"}
    )
    assert response.headers["content-language"] == "vi"
    assert "nonce-" in response.headers["content-security-policy"]
    assert "<table" in response.text
    assert 'lang="vi"' in response.text


def test_files_become_the_card_that_rows_become(client):
    csv = "area,settlement,persons,hygienic_water\nMỹ Tú,rural,1000,985\n".encode()
    book = openpyxl.Workbook()
    for row in (list(ROW), list(ROW.values())):
        book.active.append(row)
    excel = io.BytesIO()
    book.save(excel)
    for name, content in (("nước.csv", csv), ("nước.xlsx", excel.getvalue())):
        response = client.post("/scorecards/files", data={"year": "2020"}, files={"residents": (name, content)})
        assert response.status_code == 200, response.text
        verdicts = [target["verdict"] for target in response.json()["years"][0]["targets"]]
        assert verdicts == [each.verdict.value for each in ei.evaluate(PROGRAMME, WATER["tables"], year=2020)]


def test_two_hundred_requests_at_once_are_all_answered_each_with_its_own(client):
    def ask(number):
        rows = [{**ROW, "persons": 1000 + number, "hygienic_water": 900}]
        response = client.post("/scorecards", json={"year": 2020, "tables": {"residents": rows}})
        return ei.Scorecard.from_json(response.text)["rural_water"].tally

    with ThreadPoolExecutor(40) as pool:
        tallies = list(pool.map(ask, range(200)))
    assert tallies == [ei.Tally(900, 100 + number) for number in range(200)]


def test_every_wrong_cell_is_told_in_the_language_asked_for(client):
    rows = [{**ROW, "settlement": "rurl"}, {**ROW, "area": "Kế Sách", "hygienic_water": 1200}]
    asked = {"year": 2020, "tables": {"residents": rows}}
    told = assert_refused(client.post("/scorecards", json=asked, headers={"Accept-Language": "vi"}), 422)
    assert told["title"] == "Số liệu không đánh giá được"
    assert told["count"] == 2
    assert [(each["row"], each["column"]) for each in told["problems"]] == [(0, "settlement"), (1, "hygienic_water")]
    assert all(each["text"] and each["kind"] for each in told["problems"])


HOSTILE = {
    "no JSON": (b"{", 400),
    "nested too deep": (b"[" * 200_000, 400),
    "no object": (b"[]", 400),
    "tables are text": (b'{"year": 2020, "tables": "residents.csv"}', 400),
    "rows are a path": (b'{"year": 2020, "tables": {"residents": "/etc/passwd"}}', 400),
    "rows are numbers": (b'{"year": 2020, "tables": {"residents": [1, 2]}}', 400),
    "no year": (b'{"tables": {}}', 400),
    "year is a flag": (b'{"year": true, "tables": {}}', 400),
    "by is a list": (b'{"year": 2020, "by": ["year"], "tables": {}}', 400),
    "more than is known": (b'{"year": 2020, "tables": {}, "form": {}}', 400),
    "no such table": (b'{"year": 2020, "tables": {"people": [{"area": "A"}]}}', 422),
    "NaN": (b'{"year": 2020, "tables": {"residents": [{"settlement": "rural", "persons": NaN}]}}', 422),
    "cells are objects": (b'{"year": 2020, "tables": {"residents": [{"settlement": {}, "persons": []}]}}', 422),
    "huge numbers": (b'{"year": 2020, "tables": {"residents": [{"persons": 1%s}]}}' % (b"0" * 400), 422),
    "numbers without end": (b'{"year": 2020, "tables": {"residents": [{"persons": %s}]}}' % (b"9" * 5000), 400),
    "no text": (b"\xff\xfe\x00\xd8", 400),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_refused(client, name):
    body, status = HOSTILE[name]
    assert_refused(client.post("/scorecards", content=body, headers={"Content-Type": "application/json"}), status)


def test_a_body_too_large_is_refused(client):
    assert_refused(client.post("/scorecards", content=b" " * (MOST_BYTES + 1)), 413)

    def chunks():  # no word of its length
        for _ in range(MOST_BYTES // 100_000 + 2):
            yield b" " * 100_000

    assert_refused(client.post("/scorecards", content=chunks()), 413)


def test_too_many_rows_are_refused(client):
    body = json.dumps({"year": 2020, "tables": {"residents": [{}] * (MOST_ROWS + 1)}})
    assert_refused(client.post("/scorecards", content=body), 413)


def bomb():
    """Return a workbook that unpacks to 300 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    return packed.getvalue()


UPLOADS = {
    "no workbook": ("residents", "a.xlsx", lambda: b"PK\x03\x04 not a zip", 415),
    "a zip that is no workbook": ("residents", "a.xlsx", lambda: _zip(b"x"), 422),
    "a bomb": ("residents", "a.xlsx", bomb, 413),
    "a program": ("residents", "a.exe", lambda: b"MZ", 415),
    "a name that is a path": ("residents", "../../etc/passwd", lambda: b"a", 415),
    "no table": ("people", "a.csv", lambda: b"a\n1\n", 400),
    "binary": ("residents", "a.csv", lambda: bytes(range(256)) * 10, 422),
    "nothing": ("residents", "a.csv", lambda: b"", 422),
    "no columns of the table": ("residents", "a.csv", lambda: b"x,y\n1,2\n", 422),
    "too many rows": ("residents", "a.csv", lambda: b"a\n" + b"1\n" * (MOST_ROWS + 1), 413),
}


def _zip(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("a.txt", content)
    return packed.getvalue()


@pytest.mark.parametrize("name", UPLOADS)
def test_a_hostile_upload_is_refused(client, name):
    field, file, content, status = UPLOADS[name]
    told = assert_refused(
        client.post("/scorecards/files", data={"year": "2020"}, files={field: (file, content())}), status
    )
    assert "source" not in told or told["source"] == file


def test_the_schema_says_what_a_row_of_each_table_holds(client):
    schema = client.get("/openapi.json").json()["paths"]["/scorecards"]["post"]["requestBody"]["content"]
    tables = schema["application/json"]["schema"]["properties"]["tables"]["properties"]
    assert set(tables) == set(PROGRAMME.tables)
    assert client.get("/schemas/scorecard").json() == ei.scorecard_schema()
    assert tables["residents"]["items"]["properties"]["settlement"]["enum"] == ["urban", "rural", None]
