"""A dashboard of scorecards: files in; cards, areas, other readings and the forms of files, in Vietnamese and English.

Run it with ``streamlit run scorecard_dashboard.py``.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from python_calamine import CalamineError, CalamineWorkbook

import envindicators as ei
from envindicators.programmes import soc_trang_2020

PROGRAMME = soc_trang_2020
MOST_SHOWN = 30

WORDS = {
    "vi": {
        "title": "Kết quả thực hiện các chỉ tiêu",
        "language": "Ngôn ngữ",
        "year": "Năm báo cáo",
        "files": "Tệp số liệu (Excel, CSV)",
        "no_files": "Chưa có tệp nào: đang dùng số liệu minh hoạ.",
        "table_of": "Bảng của {source}",
        "unused": "(không dùng)",
        "twice": "Có hai tệp cho cùng bảng {table}.",
        "none_used": "Hãy chọn bảng cho ít nhất một tệp.",
        "by_area": "Theo địa bàn",
        "readings": "Cách hiểu đặt trước",
        "card": "Kết quả",
        "areas": "Địa bàn",
        "forms": "Mẫu khai",
        "target": "Chỉ tiêu",
        "reading": "Cách hiểu",
        "area": "Địa bàn",
        "whole": "(toàn tỉnh)",
        "result": "Kết quả đạt được",
        "verdict": "Đánh giá",
        "no_areas": "Kết quả không được lập theo địa bàn.",
        "table": "Bảng",
        "form": "Mẫu khai (TOML)",
        "apply": "Áp dụng",
        "applied": "Đang dùng mẫu khai này.",
        "how": "Mẫu khai cho biết cách đọc tệp của cơ quan, ví dụ:",
        "notes": "Ghi chú về số liệu",
        "invalid": "Số liệu không đánh giá được",
        "more": "… và {more} lỗi khác",
        "save": "Tải kết quả (JSON)",
    },
    "en": {
        "title": "Results by target",
        "language": "Language",
        "year": "Reporting year",
        "files": "Files of data (Excel, CSV)",
        "no_files": "No files yet: these are the figures of the example.",
        "table_of": "Table of {source}",
        "unused": "(not used)",
        "twice": "Two files are for the table {table}.",
        "none_used": "Choose the table of at least one file.",
        "by_area": "By area",
        "readings": "Readings put first",
        "card": "Scorecard",
        "areas": "Areas",
        "forms": "Forms",
        "target": "Target",
        "reading": "Reading",
        "area": "Area",
        "whole": "(the province)",
        "result": "Result",
        "verdict": "Verdict",
        "no_areas": "The results are not by area.",
        "table": "Table",
        "form": "Form (TOML)",
        "apply": "Apply",
        "applied": "This form is in use.",
        "how": "A form says how an office's file is to be read, for example:",
        "notes": "Notes on the data",
        "invalid": "The data cannot be evaluated",
        "more": "… and {more} more",
        "save": "Download as JSON",
    },
}
EXAMPLE_FORM = """totals = "drop"

[columns]
area = "Huyện"
persons = "Số dân"
settlement = {always = "rural"}
"""


class Source(NamedTuple):
    """A sheet of a workbook, or a CSV file."""

    name: str
    sheet: str | None
    content: bytes

    @property
    def label(self) -> str:
        """What people are shown."""
        return self.name if self.sheet is None else f"{self.name} › {self.sheet}"

    @property
    def own_name(self) -> str:
        """What may be the name of a table."""
        return Path(self.name).stem if self.sheet is None else self.sheet


# what is put in


def sources(uploads: list[Any]) -> list[Source]:
    """Return the sheets and files that were uploaded, those without a workbook as what `scan` will say of them."""
    found: list[Source] = []
    for upload in uploads:
        content = upload.getvalue()
        sheets: list[str | None] = [None]
        if upload.name.lower().endswith(".xlsx"):
            with contextlib.suppress(CalamineError):  # `scan` says what is wrong with the file
                sheets = [*CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names] or [None]
        found.extend(Source(upload.name, sheet, content) for sheet in sheets)
    return found


def table_of(source: Source) -> str | None:
    """Return the table that a file or sheet is called by, by its key or in either language."""
    if len(PROGRAMME.tables) == 1:
        return next(iter(PROGRAMME.tables))
    wanted = source.own_name.strip().casefold()
    for key, table in PROGRAMME.tables.items():
        # Excel cuts the names of sheets
        if wanted in {key, *(words.casefold()[:31].strip() for words in table.name.words.values())}:
            return key
    return None


def form_of(text: str) -> ei.Form:
    """Return the form that a text says; `OptionError`, without a path of this machine, if it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.toml"
        path.write_text(text, encoding="utf-8")
        return ei.Form.load(path)


def form_error(text: str, lang: str) -> str | None:
    """Return what is wrong with a form, if anything is."""
    try:
        form_of(text)
    except ei.EnvIndicatorsError as error:
        told = error.in_(lang)
        place = told.find("form.toml: ")
        return told if place < 0 else told[place + len("form.toml: ") :]
    return None


@st.cache_resource(max_entries=20, show_spinner=False)
def condensed(
    given: tuple[tuple[str, Source], ...], forms: tuple[tuple[str, str], ...], year: int, by: str | None
) -> ei.Cells:
    """Return the cells of some files. They are kept, so that nothing is read twice to look at another reading."""
    texts = dict(forms)
    tables: dict[str, Any] = {}
    for key, source in given:
        form = form_of(texts.get(key, ""))
        sheet = {} if source.sheet is None or form.sheet is not None else {"sheet": source.sheet}
        tables[key] = ei.scan(source.content, name=source.name, form=form, **sheet)
    return ei.condense(PROGRAMME, tables or ei.examples.soc_trang(), year=year, by=by)


# what is shown


def chosen_files(words: Mapping[str, str], lang: str) -> tuple[tuple[str, Source], ...] | None:
    """Ask for files and for the table of each; None while that is not settled."""
    uploads = st.file_uploader(words["files"], type=["xlsx", "csv"], accept_multiple_files=True)
    if not uploads:
        st.info(words["no_files"])
        return ()
    keys = list(PROGRAMME.tables)
    given: dict[str, Source] = {}
    for place, source in enumerate(sources(uploads)):
        guessed = table_of(source)
        key = st.selectbox(
            words["table_of"].format(source=source.label),
            [None, *keys],
            index=0 if guessed is None else keys.index(guessed) + 1,
            format_func=lambda key: words["unused"] if key is None else PROGRAMME.tables[key].name.in_(lang),
            key=f"table {place} {source.label}",
        )
        if key in given:
            st.error(words["twice"].format(table=PROGRAMME.tables[key].name.in_(lang)))
            return None
        if key is not None:
            given[key] = source
    if not given:
        st.warning(words["none_used"])
        return None
    return tuple(given.items())


def reading_name(target: ei.Target, key: str, lang: str) -> str:
    """Return the name of a reading; its key where it has none."""
    name = target.reading(key).name
    return key if name is None else name.in_(lang)


def chosen_readings(lang: str) -> dict[str, str]:
    """Ask which reading of each target is to be put first, where the text allows several."""
    order: dict[str, str] = {}
    for target in PROGRAMME.targets:
        allowed = [reading.key for reading in target.readings if reading.kind == "text"]
        if len(allowed) > 1:
            chosen = st.selectbox(
                target.name.in_(lang),
                allowed,
                format_func=lambda key, target=target: reading_name(target, key, lang),
                key=f"first {target.key}",
            )
            if chosen != target.default.key:
                order[target.key] = chosen
    return order


def with_pictures(page: str) -> str:
    """Return HTML with its drawings as pictures: Streamlit leaves out the others. They are grey on light and dark."""

    def picture(drawing: re.Match[str]) -> str:
        label = re.search(r'aria-label="([^"]*)"', drawing[0])
        svg = drawing[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').replace("currentColor", "#808080")
        content = base64.b64encode(svg.encode()).decode()
        return f'<img alt="{label[1] if label else ""}" src="data:image/svg+xml;base64,{content}">'

    return re.sub(r"<svg.*?</svg>", picture, page, flags=re.DOTALL)


def show_card(card: ei.Scorecard, words: Mapping[str, str]) -> None:
    """Show the card as it shows itself, and hand it out."""
    st.html(f"<style>.ei-card li {{ font-size: inherit }}</style>{with_pictures(card.to_html())}")
    st.download_button(words["save"], card.to_json(), "scorecard.json", "application/json", on_click="ignore")


def show_areas(card: ei.Scorecard, words: Mapping[str, str], lang: str) -> None:
    """Show one target: every area under the reading asked for, and how the result of one came about."""
    names = {target.key: target.name.in_(lang) for target in card.targets}
    key = st.selectbox(words["target"], names, format_func=names.__getitem__, key="target")
    target = card[key].target
    readings = [reading.key for reading in target.readings]
    reading = st.selectbox(
        words["reading"], readings, format_func=lambda one: reading_name(target, one, lang), key=f"reading {key}"
    )
    if not card.by:
        st.info(words["no_areas"])
    else:
        rows: dict[str, list[str]] = {words["area"]: [], words["result"]: [], words["verdict"]: []}
        for group in (None, *card.groups):
            assessment = (card[key] if group is None else card[key, group]).under(reading)
            results = [judgement.shown_in(lang) for judgement in assessment.judgements]
            cells = (words["whole"] if group is None else str(group), "; ".join(results), assessment.word(lang))
            for column, cell in zip(rows.values(), cells, strict=True):
                column.append(cell)
        st.table({name: [plain(cell) for cell in column] for name, column in rows.items()})
    group = st.selectbox(
        words["area"],
        [None, *card.groups],
        format_func=lambda one: words["whole"] if one is None else str(one),
        key="area",
    )
    st.html(card.explain(key, group, reading=reading).to_html())


def plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|$~:" else sign for sign in text)


def edit_forms(words: Mapping[str, str], lang: str) -> None:
    """Let the form of a table be written, and say what is wrong with it."""
    key = st.selectbox(
        words["table"],
        list(PROGRAMME.tables),
        format_func=lambda one: PROGRAMME.tables[one].name.in_(lang),
        key="table of form",
    )
    forms = st.session_state["forms"]
    with st.form(f"form of {key}"):
        text = st.text_area(words["form"], forms.get(key, ""), height=260, key=f"text of {key}")
        sent = st.form_submit_button(words["apply"])
    wrong = form_error(text, lang)
    if wrong is not None:
        st.error(plain(wrong))
    elif sent and text != forms.get(key, ""):
        forms[key] = text
        st.rerun()  # the card stands above
    elif text.strip():
        st.success(words["applied"])
    st.caption(words["how"])
    st.code(EXAMPLE_FORM, language="toml")


def show_wrong(error: ei.EnvIndicatorsError, words: Mapping[str, str], lang: str) -> None:
    """Show why there is no card: cell by cell, with the numbers of rows that spreadsheets show."""
    if not isinstance(error, ei.InvalidTable):
        st.error(plain(error.in_(lang)))
        return
    lines = [f"- {plain(problem.in_(lang))}" for problem in error.problems[:MOST_SHOWN]]
    more = sum(error.counts.values()) - len(lines)
    lines += [f"- {words['more'].format(more=more)}"] if more > 0 else []
    st.error("\n".join([f"**{words['invalid']}**", "", *lines]))


def main() -> None:
    """Show the dashboard."""
    st.set_page_config(page_title="envindicators", layout="wide")
    st.session_state.setdefault("forms", {})
    with st.sidebar:
        spoken = ["vi", "en"]
        wanted = st.query_params.get("lang", (st.context.locale or "")[:2])
        lang = st.radio(
            "Ngôn ngữ / Language",
            spoken,
            index=spoken.index(wanted) if wanted in spoken else 1,
            format_func={"vi": "Tiếng Việt", "en": "English"}.__getitem__,
            horizontal=True,
        )
        words = WORDS[lang]
        given = chosen_files(words, lang)
        year = int(st.number_input(words["year"], 1900, 2100, PROGRAMME.targets[0].deadline))
        by = "area" if st.checkbox(words["by_area"], value=True) else None
        with st.expander(words["readings"]):
            order = chosen_readings(lang)
    st.title(words["title"])
    st.caption(PROGRAMME.name.in_(lang))
    if given == ():
        st.caption(ei.examples.MADE_UP.in_(lang))
    card_tab, areas_tab, forms_tab = st.tabs([words["card"], words["areas"], words["forms"]])
    with forms_tab:
        edit_forms(words, lang)
    if given is None:
        return
    forms = {key: text for key, text in st.session_state["forms"].items() if key in dict(given)}
    try:
        cells = condensed(given, tuple(forms.items()), year, by)
        card = ei.evaluate(PROGRAMME, cells, year=year, readings=order, lang=lang, on_missing_area="ignore")
    except ei.EnvIndicatorsError as error:
        with card_tab:
            show_wrong(error, words, lang)
        return
    with card_tab:
        show_card(card, words)
    with areas_tab:
        show_areas(card, words, lang)
    with forms_tab:
        notes = [each.in_(lang) for told in card.forms.values() for each in told]
        if notes:
            st.subheader(words["notes"])
            st.markdown("\n".join(f"- {plain(note)}" for note in notes[:MOST_SHOWN]))


main()
