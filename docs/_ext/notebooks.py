"""Notebooks in the language of the site: they run in it, and can be downloaded in it, alone or with their data."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jupytext
from babel.messages.pofile import read_po
from docutils import nodes
from sphinx.application import Sphinx

import envindicators as ei
from envindicators.sphinxext.language import site_language

HERE = Path(__file__).parent.parent
SOURCES = HERE.parent / "notebooks"
FOLDER = "notebooks/0"
DATA = {
    "01": "soc_trang",
    "02": "soc_trang",
    "03": "soc_trang",
    "04": "soc_trang",
    "05": "viet_nam_water",
    "07": "vn_methane",
    "08": "vn_air",
}
"""Which figures of `envindicators.examples` a notebook uses. The others make their own."""

SOLUTION = {"en": ("Show solution", "Hide solution"), "vi": ("Xem lời giải", "Ẩn lời giải")}


def in_language(source: str, lang: str) -> str:
    """Return a notebook whose code asks for a language."""
    return source.replace('lang = "en"\n', f'lang = "{lang}"\n')


def catalogue(name: str, lang: str) -> dict[str, str]:
    """Return the words of a notebook in a language, by the English ones."""
    path = HERE / "locales" / lang / "LC_MESSAGES" / "notebooks" / f"{name}.po"
    if not path.exists():
        return {}
    with path.open("rb") as opened:
        return {str(message.id): str(message.string) for message in read_po(opened) if message.id}


_MARK = re.compile(r"(#+ |\d+\. |- )?(.*)", re.DOTALL)
_ITEM = re.compile(r"^(?=\d+\. |- )", re.MULTILINE)


def blocks(source: str) -> Iterator[tuple[str, str]]:
    """Yield the headings, paragraphs and items of a cell: the mark before each, and its words on one line."""
    for block in re.split(r"\n\s*\n", source.strip()):
        for item in _ITEM.split(block):
            if item:
                found = _MARK.fullmatch(item)
                assert found is not None
                yield found[1] or "", " ".join(found[2].split())


def translated(source: str, words: dict[str, str]) -> str:
    """Return a cell of words in another language."""
    said, last = "", ""
    for mark, block in blocks(source):
        item = mark[:1].isdigit() or mark == "- "
        said += "" if not said else "\n" if item and last else "\n\n"
        said += mark + (words.get(block) or block).replace("\\.", ".")
        last = mark if item else ""
    return said


def notebook(path: Path, lang: str) -> str:
    """Return a notebook as a file of Jupyter, in a language."""
    read = jupytext.reads(in_language(path.read_text(encoding="utf-8"), lang), fmt="md:myst")
    words = catalogue(path.stem, lang)
    for number, cell in enumerate(read.cells):
        cell["id"] = f"{path.stem}-{number}"
        if cell.cell_type == "markdown":
            cell.source = translated(cell.source, words)
    written: str = jupytext.writes(read, fmt="ipynb")
    return written


def csv_files(tables: Mapping[str, Any]) -> dict[str, bytes]:
    """Return tables as CSV files that Excel opens as UTF-8."""
    return {f"{key}.csv": b"\xef\xbb\xbf" + table.to_csv(index=False).encode() for key, table in tables.items()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file, the same every time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in files.items():
            archive.writestr(zipfile.ZipInfo(file, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _read(app: Sphinx, docname: str, source: list[str]) -> None:
    if docname.startswith(FOLDER):
        source[0] = in_language(source[0], site_language(app.config.language))


def _prompts(_app: Sphinx, config: Any) -> None:
    config.nb_code_prompt_show, config.nb_code_prompt_hide = SOLUTION[site_language(config.language)]


def _name_pictures(_app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Call a picture by the heading above it: a notebook says of its pictures nothing else."""
    if docname.startswith(FOLDER):
        for image in doctree.findall(nodes.image):
            section = image
            while section.parent is not None and not isinstance(section, nodes.section):
                section = section.parent
            title = section.next_node(nodes.title)
            image["alt"] = title.astext() if title is not None else docname


def _downloads(_app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    context["site_notebook"] = ""
    if pagename.startswith(FOLDER):
        context["site_notebook"] = f"{context['content_root']}_downloads/{pagename}"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_downloads" / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(SOURCES.glob("0*.md")):
        written = notebook(path, site_language(app.config.language))
        (folder / f"{path.stem}.ipynb").write_text(written, encoding="utf-8")
        example = DATA.get(path.stem[:2])
        tables = getattr(ei.examples, example)() if example else {}
        (folder / f"{path.stem}.zip").write_bytes(packed({f"{path.stem}.ipynb": written.encode(), **csv_files(tables)}))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add what notebooks need."""
    app.connect("config-inited", _prompts)
    app.connect("source-read", _read)
    app.connect("doctree-resolved", _name_pictures)
    app.connect("html-page-context", _downloads)
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
