"""Scorecards over HTTP: rows as JSON, or CSV and Excel files, in; JSON or a page of HTML out.

Run it with ``uvicorn scorecard_service:app``; ``/docs`` shows what it takes.
"""

from __future__ import annotations

import html
import io
import json
import secrets
import time
import zipfile
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import envindicators as ei
from envindicators.programmes import soc_trang_2020

PROGRAMME = soc_trang_2020
MOST_BYTES = 10_000_000
MOST_ROWS = 100_000
MOST_UNPACKED = 200_000_000
LANGUAGES = ("vi", "en")
SUFFIXES = (".csv", ".xlsx")

TITLES = {
    400: {"en": "The request cannot be read", "vi": "Không đọc được yêu cầu"},
    413: {"en": "The request is too large", "vi": "Yêu cầu quá lớn"},
    415: {"en": "This kind of file is not read", "vi": "Không đọc được loại tệp này"},
    422: {"en": "The data cannot be evaluated", "vi": "Số liệu không đánh giá được"},
}


class Refused(Exception):
    """A request that is not answered: with a status, what is wrong, and what there is to say of it beside."""

    def __init__(self, status: int, detail: str, **beside: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.beside = status, detail, beside


class Limited:
    """Ends requests whose body is larger than is taken, whatever they say of their length."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.most:
                raise HTTPException(413, f"more than {self.most:,} bytes")
            return message

        await self.app(scope, counted if scope["type"] == "http" else receive, send)


app = FastAPI(title="Scorecards", version="0.1.0")
app.add_middleware(Limited, most=MOST_BYTES)


# what is asked


def language(request: Request) -> str:
    """Return the language of Accept-Language that is spoken here and wanted most; English where none is."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")):
        tag, _, weight = part.strip().partition(";q=")
        lang = tag.strip().lower().split("-")[0]
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        if lang in LANGUAGES and quality > 0:
            wanted.append((-quality, place, lang))
    return min(wanted)[2] if wanted else "en"


def wants_html(request: Request) -> bool:
    """Return whether a page is asked for before data."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and "application/json" not in accepted.split("text/html")[0]


def row_schema(table: ei.Table) -> dict[str, Any]:
    """Return the JSON Schema of a row of a table: what its definition says."""
    count = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "boolean"}, {"type": "null"}]}
    columns: dict[str, Any] = {"area": {"type": "string"}, "year": {"type": "integer"}, table.total: count}
    columns |= {part.key: {**count, "title": part.name.in_("en")} for part in table.parts}
    columns |= {
        category.key: {"enum": [*category.values, None], "title": category.name.in_("en")}
        for category in table.categories
    }
    columns |= {column.key: {"type": ["integer", "null"]} for column in table.years}
    return {"type": "object", "title": table.name.in_("en"), "properties": columns}


ROWS = {
    "type": "object",
    "required": ["year", "tables"],
    "properties": {
        "year": {"type": "integer", "minimum": 1900, "maximum": 2100},
        "by": {"enum": ["area", None], "default": None},
        "expected": {"type": "array", "items": {"type": "string"}, "description": "areas that should have reported"},
        "tables": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {"type": "array", "maxItems": MOST_ROWS, "items": row_schema(table)}
                for key, table in PROGRAMME.tables.items()
            },
        },
    },
}
FILES = {
    "type": "object",
    "required": ["year"],
    "properties": {"year": {"type": "integer"}, "by": {"enum": ["area", ""]}}
    | {key: {"type": "string", "format": "binary"} for key in PROGRAMME.tables},
}


def taken(schema: Mapping[str, Any], content: str) -> dict[str, Any]:
    """Return what OpenAPI is told of a request and of its answers."""
    refused = {
        "description": "Problem details",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    }
    answers = {
        "application/json": {"schema": {"$ref": "/schemas/scorecard"}},
        "text/html": {"schema": {"type": "string"}},
    }
    return {
        "requestBody": {"required": True, "content": {content: {"schema": schema}}},
        "responses": {"200": {"description": "The scorecard", "content": answers}}
        | {str(status): refused for status in TITLES},
    }


# what is answered


def answered(request: Request, tables: Mapping[str, Any], **options: Any) -> Response:
    """Return the card of some tables, with how long the library took."""
    lang, begun = language(request), time.perf_counter()
    # areas that stand in one table and not in another are on every card; a service has no one to warn
    card = ei.evaluate(PROGRAMME, tables, lang=lang, on_missing_area="ignore", **options)
    if wants_html(request):
        nonce = secrets.token_urlsafe(16)
        title = html.escape(PROGRAMME.name.in_(lang))
        head = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
        page = head + card.to_html(nonce=nonce)
        response: Response = HTMLResponse(page)
        response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src 'nonce-{nonce}'"
    else:
        response = Response(card.to_json(), media_type="application/json")
    response.headers["Content-Language"] = lang
    response.headers["Server-Timing"] = f"library;dur={1000 * (time.perf_counter() - begun):.2f}"
    return response


def checked(year: Any, by: Any, expected: Any) -> dict[str, Any]:
    """Return the options of `evaluate` that a request may say."""
    if isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2100:
        raise Refused(400, f"year is {str(year)[:40]!r}; expected a year")
    if by not in (None, "", "area"):
        raise Refused(400, f"by is {str(by)[:40]!r}; expected 'area' or nothing")
    if expected is not None and not (isinstance(expected, list) and all(isinstance(area, str) for area in expected)):
        raise Refused(400, "expected is a list of areas")
    return {"year": year, "by": by or None, "expected": expected}


@app.post("/scorecards", openapi_extra=taken(ROWS, "application/json"))
async def of_rows(request: Request) -> Response:
    """Return the scorecard of rows."""
    body = await request.body()
    return await run_in_threadpool(_of_body, request, body)


def _of_body(request: Request, body: bytes) -> Response:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"no JSON: {error}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("tables"), dict):
        raise Refused(400, 'expected {"year": 2020, "tables": {"residents": [...]}}')
    unknown = set(asked) - {"year", "by", "expected", "tables"}
    if unknown:
        raise Refused(400, f"not known here: {', '.join(sorted(unknown))[:200]}")
    for key, rows in asked["tables"].items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refused(400, f"{key[:40]}: expected a list of rows")
        if len(rows) > MOST_ROWS:
            raise Refused(413, f"{key[:40]}: more than {MOST_ROWS:,} rows")
    options = checked(asked.get("year"), asked.get("by"), asked.get("expected"))
    return answered(request, asked["tables"], **options)


@app.post("/scorecards/files", openapi_extra=taken(FILES, "multipart/form-data"))
async def of_files(request: Request) -> Response:
    """Return the scorecard of files, each in the field of its table."""
    files: dict[str, tuple[str, bytes]] = {}
    fields: dict[str, str] = {}
    async with request.form(max_files=len(PROGRAMME.tables), max_fields=10) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields[name] = value
            elif name in files:
                raise Refused(400, f"two files for {name[:40]!r}")
            else:
                files[name] = (value.filename or "", await value.read())
    return await run_in_threadpool(_of_uploads, request, files, fields)


def _of_uploads(request: Request, files: Mapping[str, tuple[str, bytes]], fields: Mapping[str, str]) -> Response:
    year = int(fields["year"]) if fields.get("year", "").isdecimal() else fields.get("year")
    options = checked(year, fields.get("by"), None)
    scanned: dict[str, Any] = {}
    for key, (name, content) in files.items():
        if key not in PROGRAMME.tables:
            raise Refused(400, f"there is no table {key[:40]!r}; there are {', '.join(PROGRAMME.tables)}")
        if not name.lower().endswith(SUFFIXES):
            raise Refused(415, f"{key}: expected a file of {' or '.join(SUFFIXES)}")
        _refuse_bombs(key, name, content)
        scanned[key] = ei.scan(content, name=name)
    return answered(request, scanned, **options)


def _refuse_bombs(key: str, name: str, content: bytes) -> None:
    """Refuse a table of too many rows, and a workbook that is small only as long as it is packed."""
    if name.lower().endswith(".csv"):
        if content.count(b"\n") > MOST_ROWS:
            raise Refused(413, f"{key}: more than {MOST_ROWS:,} rows")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        raise Refused(415, f"{key}: no Excel file") from None
    if unpacked > MOST_UNPACKED:
        raise Refused(413, f"{key}: more than {MOST_UNPACKED:,} bytes unpacked")


@app.get("/schemas/scorecard")
async def schema() -> JSONResponse:
    """Return the JSON Schema of what is answered."""
    return JSONResponse(ei.scorecard_schema())


@app.get("/constant", include_in_schema=False)
async def constant() -> JSONResponse:
    """Return the same each time: what the benchmark compares with."""
    return JSONResponse({"verdict": "met"})


# what is wrong: problem details, RFC 9457


def problem(request: Request, status: int, detail: str, **beside: Any) -> JSONResponse:
    """Return problem details in the language of the request."""
    lang = language(request)
    title = TITLES.get(status, {}).get(lang)
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **beside}
    return JSONResponse(
        {name: value for name, value in content.items() if value is not None},
        status,
        {"Content-Language": lang},
        media_type="application/problem+json",
    )


@app.exception_handler(Refused)
async def refused(request: Request, error: Refused) -> JSONResponse:
    """Answer a request that is not read."""
    return problem(request, error.status, error.detail, **error.beside)


@app.exception_handler(ei.InvalidTable)
async def invalid(request: Request, error: ei.InvalidTable) -> JSONResponse:
    """Answer what is wrong in the data, cell by cell."""
    lang = language(request)
    problems = [each.to_dict(lang) for each in error.problems[:100]]
    counted = sum(error.counts.values())
    detail = error.in_(lang).split("\n", 1)[0]
    return problem(request, 422, detail, problems=problems, count=counted)


@app.exception_handler(ei.UnreadableTable)
async def unreadable(request: Request, error: ei.UnreadableTable) -> JSONResponse:
    """Answer a file that cannot be read."""
    return problem(request, 422, error.in_(language(request)), kind=error.kind, source=error.source)


@app.exception_handler(ei.EnvIndicatorsError)
async def not_evaluated(request: Request, error: ei.EnvIndicatorsError) -> JSONResponse:
    """Answer any other error of the library."""
    return problem(request, 422, error.in_(language(request)))


@app.exception_handler(HTTPException)
async def http_error(request: Request, error: HTTPException) -> JSONResponse:
    """Answer errors of HTTP itself in the same form."""
    return problem(request, error.status_code, str(error.detail))
