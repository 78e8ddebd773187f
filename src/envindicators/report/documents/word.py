"""A report as a Word document, by the form of official documents (Decree 30/2020/NĐ-CP, appendix I)."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from envindicators.frames.packages import package_needed
from envindicators.report.documents.columns import fitted
from envindicators.report.documents.letters import printable
from envindicators.report.documents.paper import (
    Block,
    Bullets,
    Drawing,
    Foot,
    Grid,
    Head,
    Heading,
    Paper,
    Part,
    Told,
    Words,
)
from envindicators.report.documents.steady import steady
from envindicators.report.documents.word_text import BODY, add_paragraph, child, line_below, prepare, write
from envindicators.report.plots.canvas import need_matplotlib
from envindicators.report.plots.plot import png
from envindicators.words.message import Message

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_SMALL, _TABLE = 12.0, 11.0
"""The sizes of recipients and explanations, and of tables, in points."""

_WIDTH = 165.0
"""How wide the text is, in millimetres: A4 without a left margin of 30 and a right one of 15."""

_NAME = 24
"""How many capitals stand in a line of the name of a body."""

_CODE = 16
"""How many letters of a code stand in a line."""


def word(paper: Paper) -> bytes:
    """Return a report as a Word document.

    Raises:
        ImportError: if python-docx or matplotlib is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise package_needed(Message("a Word document"), "docx") from error
    need_matplotlib()
    document = docx.Document()
    prepare(document, paper)
    _head(document, paper.head)
    for words in paper.opening:
        _block(document, words)
    for part in paper.parts:
        _part(document, part)
    _foot(document, paper.foot)
    for annex in paper.annexes:
        _part(document, annex, annexed=True)
    written = io.BytesIO()
    document.save(written)
    return steady(written.getvalue(), paper.date)


# what stands above and below


def _columns(document: WordDocument, widths: tuple[float, ...], rows: int) -> Any:
    """Add a table without lines, whose rows stay together, and return it."""
    from docx.shared import Mm

    table: Any = document.add_table(rows, len(widths))
    table.autofit = False
    margins = child(table._tbl.tblPr, "w:tblCellMar")  # noqa: SLF001 - python-docx has no margins of cells
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="0", type="dxa")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        child(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001 - python-docx has it not
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _lines(cell: Any, texts: list[tuple[str, float, bool, bool]], *, keep: bool = False) -> list[Any]:
    """Write paragraphs into a cell, centred, and return them."""
    from docx.shared import Pt

    made = [
        add_paragraph(cell, text, size, bold=bold, italic=italic, align="CENTER") for text, size, bold, italic in texts
    ]
    first = cell.paragraphs[0]._p  # noqa: SLF001 - a cell begins with an empty paragraph
    first.getparent().remove(first)
    for paragraph in made:
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = keep
    return made


def _balanced(name: str) -> str:
    """Return the name of a body in lines of like length, as many as its column needs."""
    needed = textwrap.wrap(name, _NAME, break_on_hyphens=False)
    for letters in range(max(map(len, name.split()), default=1), _NAME):
        narrow = textwrap.wrap(name, letters, break_on_hyphens=False)
        if len(narrow) == len(needed):
            return "\n".join(narrow)
    return name


def _head(document: WordDocument, head: Head) -> None:
    from docx.shared import Pt

    table = _columns(document, (66, 99), 2)
    _lines(table.cell(0, 0), [(_balanced(head.parent), 12, False, False), (_balanced(head.agency), 12, True, False)])
    line_below(table.cell(0, 0), 22)
    motto = [(line, 12.0 if place == 0 else 13.0, True, False) for place, line in enumerate(head.motto)]
    _lines(table.cell(0, 1), motto or [("", 12, False, False)])
    if motto:
        line_below(table.cell(0, 1), 22 if len(motto) > 1 else 25)
    for place, text, italic in ((0, head.number, False), (1, head.dated, True)):
        (dated,) = _lines(table.cell(1, place), [(text, BODY, False, italic)])
        dated.paragraph_format.space_before = Pt(6)
    kind = add_paragraph(document, head.kind, 14, bold=True, align="CENTER")
    kind.paragraph_format.space_before, kind.paragraph_format.space_after = Pt(24), Pt(0)
    title = add_paragraph(document, head.title, 14, bold=True, align="CENTER", style="Title")
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)
    line_below(document, 58).paragraph_format.space_after = Pt(12)


def _foot(document: WordDocument, foot: Foot) -> None:
    from docx.shared import Pt

    add_paragraph(document, "", 6).paragraph_format.keep_with_next = True
    table = _columns(document, (75, 90), 1)
    heading, *names = foot.recipients
    left = _lines(
        table.cell(0, 0), [(heading, _SMALL, True, True), *((name, 11.0, False, False) for name in names)], keep=True
    )
    for paragraph in left:
        paragraph.alignment = 0
    position = [(line, BODY, True, False) for line in foot.position]
    right = _lines(
        table.cell(0, 1),
        [*position, (foot.signed, BODY, False, True), (foot.signatory, BODY, True, False)],
        keep=True,
    )
    right[-1].paragraph_format.space_before = Pt(72)


# the parts


def _part(document: WordDocument, part: Part, *, annexed: bool = False) -> None:
    heading = add_paragraph(document, part.heading, BODY, bold=True, style="Heading 1")
    if annexed:
        heading.paragraph_format.page_break_before = True
        heading.alignment = 1
    for block in part.blocks:
        _block(document, block)


def _block(document: WordDocument, block: Block) -> None:
    from docx.shared import Mm, Pt

    if isinstance(block, Words):
        _words(document, block)
    elif isinstance(block, Heading):
        add_paragraph(document, block.text, BODY, bold=True, style="Heading 2")
    elif isinstance(block, Bullets):
        for line in block.lines:
            paragraph = add_paragraph(document, f"- {line}", BODY, align="JUSTIFY")
            paragraph.paragraph_format.left_indent = Mm(10)
            paragraph.paragraph_format.first_line_indent = Mm(-4)
    elif isinstance(block, Told):
        for heading, said in block.sections:
            title = add_paragraph(document, heading, _SMALL, bold=True)
            title.paragraph_format.keep_with_next, title.paragraph_format.space_after = True, Pt(0)
            for line, lang in said:
                paragraph = document.add_paragraph()
                write(paragraph, line, _SMALL, lang=lang)
                paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Mm(8), Pt(2)
    elif isinstance(block, Drawing):
        _drawing(document, block)
    else:
        _table(document, block.grid)


def _words(document: WordDocument, words: Words) -> None:
    from docx.shared import Mm, Pt

    note = words.kind == "note"
    paragraph = add_paragraph(
        document, words.text, _TABLE if note else BODY, bold=words.kind == "answer",
        align="LEFT" if note or "\n" in words.text else "JUSTIFY",
    )  # fmt: skip
    if words.text.endswith(":"):
        paragraph.paragraph_format.keep_with_next = True
    if not note:
        paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Mm(10), Pt(6)


def _drawing(document: WordDocument, drawing: Drawing) -> None:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.space_after = True, Pt(0)
    shape: Any = paragraph.add_run().add_picture(io.BytesIO(png(drawing.picture)), width=Mm(_WIDTH))
    inline = shape._inline  # noqa: SLF001 - python-docx says neither what is around a picture nor what it shows
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # unless it is said, LibreOffice moves a picture by 3 mm, over the margin
    about = inline.docPr
    about.set("descr", printable(f"{drawing.caption}. {drawing.picture.told}"))
    add_paragraph(document, drawing.caption, _TABLE, italic=True, align="CENTER").paragraph_format.space_after = Pt(8)


_TOGETHER = 2
"""How many rows of a table, its heading among them, are kept with the next."""


def _table(document: WordDocument, grid: Grid) -> None:
    """Add a table: its heading stands again on every page, and no row and no word is torn apart."""
    from docx.shared import Mm, Pt

    widths, size = fitted(grid, _WIDTH, _TABLE)
    table: Any = document.add_table(1 + len(grid.rows), len(grid.heads), style="Table Grid")
    table.autofit = False
    child(table._tbl.tblPr, "w:tblCellMar")  # noqa: SLF001 - python-docx has no margins of cells
    margins = table._tbl.tblPr[-1]  # noqa: SLF001
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="57", type="dxa")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    rows = list(_rows(grid))
    for place, (row, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):  # noqa: SLF001
        properties = row.get_or_add_trPr()
        child(properties, "w:cantSplit")
        if place == 0:
            child(properties, "w:tblHeader")
        bold = place == 0 or place - 1 in grid.strong
        # neither the heading with a single row nor the last row stands alone on a page
        keep = place < min(_TOGETHER, len(rows) - 1) or place == len(rows) - 2
        for column, (cell, text) in enumerate(zip(row.tc_lst, cells, strict=True)):
            cell.width = Mm(widths[column])
            _fill(cell, text, size, _alignment(grid, column, head=place == 0), bold=bold, keep=keep)
    after = document.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(8)


def _fill(cell: Any, text: str, size: float, align: Any, *, bold: bool, keep: bool) -> None:
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(cell.p_lst[0], None)  # type: ignore[arg-type]  # of a cell that needs no proxy
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_after, layout.line_spacing, layout.keep_with_next = Pt(0), 1.0, keep
    write(paragraph, text, size, bold=bold)


def _rows(grid: Grid) -> Iterator[tuple[str, ...]]:
    yield grid.heads
    for row in grid.rows:
        yield tuple(_broken(cell) if place in grid.codes else cell for place, cell in enumerate(row))


def _broken(code: str) -> str:
    return "\n".join(code[start : start + _CODE] for start in range(0, len(code), _CODE))


def _alignment(grid: Grid, column: int, *, head: bool) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if head or column in grid.middle:
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.RIGHT if column in grid.numbers else WD_ALIGN_PARAGRAPH.LEFT
