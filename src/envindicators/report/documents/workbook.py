"""A report as a workbook: every number a number, with what it is computed from beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field

from envindicators.frames.packages import package_needed
from envindicators.report.documents.letters import lines
from envindicators.report.documents.paper import (
    Block,
    Bullets,
    Drawing,
    Foot,
    Grid,
    GroupTable,
    Head,
    Heading,
    Paper,
    Part,
    TargetTable,
    Told,
    Words,
)
from envindicators.report.documents.sheet_layout import lay_out
from envindicators.report.documents.steady import steady
from envindicators.report.documents.values import Computed, cached
from envindicators.report.view import End
from envindicators.words.message import Message, gettext

_LARGEST = 10**15
"""Beyond it a spreadsheet no longer tells whole numbers apart."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_PERCENT, _NUMBER = "0.00########%", "#,##0.############"
_NAME = re.compile(r"[\[\]:*?/\\']")


def workbook(paper: Paper) -> bytes:
    """Return a report as a workbook: a sheet for each part, no pictures.

    No cell that came with the data is taken for a formula. Formulas are those of the results: numerator divided
    by denominator.

    Raises:
        ImportError: if openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise package_needed(Message("a workbook"), "excel") from error
    book = openpyxl.Workbook()
    book.properties.title, book.properties.creator = paper.name, paper.head.agency
    first = _Sheet(book.active, paper.lang)
    first.titled(gettext("Report", paper.lang))
    first.head(paper.head)
    for words in paper.opening:
        first.block(words)
    first.foot(paper.foot)
    sheets = [first]
    for part in (*paper.parts, *paper.annexes):
        sheet = _Sheet(book.create_sheet(), paper.lang)
        sheet.titled(part.heading)
        sheet.part(part)
        sheets.append(sheet)
    for sheet in sheets:
        lay_out(sheet.sheet)
    written = io.BytesIO()
    book.save(written)
    return cached(steady(written.getvalue(), paper.date), [sheet.computed for sheet in sheets])


def _exact(value: Fraction) -> int | float | str:
    """Return a number as a cell holds it; as text, one that a cell cannot hold."""
    if abs(value) >= _LARGEST:
        return str(value.numerator) if value.denominator == 1 else f"{float(value):.15g}"
    return value.numerator if value.denominator == 1 else float(value)


@define
class _Sheet:
    """A sheet that is written from above.

    Args:
        sheet: the sheet of openpyxl.
        lang: the language.
        row: the last row that holds something.
        computed: the cells with formulas, each with its value.
    """

    sheet: Any
    lang: str
    row: int = 0
    computed: list[Computed] = field(factory=list[Computed])

    def titled(self, name: str) -> None:
        """Name the sheet, and lay it out for print."""
        title = _NAME.sub(" ", name)[:31].strip()
        taken = set(self.sheet.parent.sheetnames) - {self.sheet.title}
        self.sheet.title = title if title not in taken else f"{title[:28]} {len(taken)}"
        page = self.sheet.page_setup
        page.paperSize, page.orientation, page.fitToWidth, page.fitToHeight = 9, "landscape", 1, 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.oddFooter.center.text = "&P"

    # cells

    def text(self, column: int, words: str, *, bold: bool = False, wrap: bool = True) -> None:
        """Write text, which is never taken for a formula."""
        from openpyxl.styles import Alignment, Font

        cell = self.sheet.cell(self.row, column)
        cell.value = "\n".join(lines(words))
        cell.data_type = "s"
        cell.quotePrefix = words[:1] in ("=", "+", "-", "@") and len(words) > 1
        cell.font = Font(name="Times New Roman", size=12, bold=bold)
        cell.alignment = Alignment(wrap_text=wrap, vertical="top")

    def number(self, column: int, value: Fraction | None, style: str) -> None:
        """Write a number."""
        if value is None:
            return
        held = _exact(value)
        if isinstance(held, str):
            self.text(column, held)
            return
        self._put(column, held, style)

    def _put(self, column: int, value: float | str, style: str) -> None:
        from openpyxl.styles import Alignment, Font

        cell = self.sheet.cell(self.row, column, value)
        cell.number_format = style
        cell.font = Font(name="Times New Roman", size=12)
        cell.alignment = Alignment(vertical="top")

    def end(self, column: int, end: End | None, *, percent: bool) -> None:
        """Write numerator, denominator and value side by side, the value as their quotient where it is one."""
        if end is None:
            return
        style = _PERCENT if percent else _NUMBER
        numerator, denominator = end.numerator, end.denominator
        if numerator is None or denominator is None or max(abs(numerator), denominator) >= _LARGEST:
            self.number(column + 2, end.value, style)
            return
        self.number(column, numerator, _NUMBER)
        self.number(column + 1, denominator, _NUMBER)
        letters = _LETTERS
        formula = f"={letters[column - 1]}{self.row}/{letters[column]}{self.row}"
        if end.scale.numerator != 1:
            formula += f"*{end.scale.numerator}"
        if end.scale.denominator != 1:
            formula += f"/{end.scale.denominator}"
        if end.less:
            formula += f"-{end.less}"
        self._put(column + 2, formula, style)
        self.computed.append(Computed(f"{letters[column + 1]}{self.row}", float(end.value)))

    def rows(self, cells: Sequence[Sequence[str]], first: int = 1, *, bold: bool = False) -> None:
        """Write rows of text."""
        for row in cells:
            self.row += 1
            for place, words in enumerate(row):
                self.text(first + place, words, bold=bold)

    def line(self, words: str, *, bold: bool = False) -> None:
        """Write a line of text across the sheet."""
        self.row += 1
        self.text(1, words, bold=bold, wrap=False)

    # what stands in a report

    def head(self, head: Head) -> None:
        """Write what stands above a report."""
        for line in (head.parent, head.agency, head.number, *head.motto, head.dated, head.kind, head.title):
            self.line(line, bold=line in (head.agency, head.kind, head.title, *head.motto))
        self.row += 1

    def foot(self, foot: Foot) -> None:
        """Write what stands below a report."""
        self.row += 1
        for line in (*foot.position, foot.signed, foot.signatory, *foot.recipients):
            self.line(line, bold=line in (*foot.position, foot.signatory))

    def part(self, part: Part) -> None:
        """Write a part."""
        self.line(part.heading, bold=True)
        for block in part.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """Write a block; a picture has no place here."""
        if isinstance(block, Drawing):
            return
        if isinstance(block, (Words, Heading)):
            for line in block.text.split("\n"):
                self.line(line, bold=isinstance(block, Heading) or block.kind == "answer")
        elif isinstance(block, Bullets):
            for line in block.lines:
                self.line(f"- {line}")
        elif isinstance(block, Told):
            for heading, said in block.sections:
                self.line(heading, bold=True)
                for line, _ in said:
                    self.row += 1
                    self.text(2, line, wrap=False)
        elif isinstance(block, TargetTable):
            self.targets(block)
        elif isinstance(block, GroupTable):
            self.groups(block)
        else:
            self.grid(block)
        self.row += isinstance(block, (TargetTable, GroupTable, Grid))

    def grid(self, grid: Grid) -> None:
        """Write a table of text; what is a plain number in it stays text of the report."""
        self.rows([grid.heads], bold=True)
        for place, row in enumerate(grid.rows):
            self.rows([row], bold=place in grid.strong)

    def targets(self, table: TargetTable) -> None:
        """Write the table of the targets: each value in words, as a number its least and its greatest."""
        order, name, threshold, earlier, value, verdict = table.heads
        level, before = gettext("{heading} as a number", self.lang, heading=threshold), []
        if table.compared:
            before = [earlier, *self._ends(earlier)]
        self.rows([(order, name, threshold, level, *before, value, *self._ends(value), verdict)], bold=True)
        for row in table.rows:
            self.row += 1
            for place, words in enumerate((row.order, row.name, row.threshold)):
                self.text(1 + place, words)
            column = 4
            if row.result is not None:
                figures = row.result.figures
                self.number(column, figures.level, _PERCENT if figures.percent else _NUMBER)
            column += 1
            for shown, words, result in (
                (table.compared, row.earlier, row.before),
                (True, row.value, row.result),
            ):
                if shown:
                    self.text(column, words)
                    if result is not None:
                        figures = result.figures
                        self.end(column + 1, figures.least, percent=figures.percent)
                        self.end(column + 4, figures.greatest, percent=figures.percent)
                    column += 7
            self.text(column, row.verdict)

    def _ends(self, value: str) -> tuple[str, ...]:
        """Return the headings of numerator, denominator and value, of the least and of the greatest value."""
        numerator, denominator = gettext("Numerator", self.lang), gettext("Denominator", self.lang)
        return self._ends_of(numerator, denominator, value)

    def _ends_of(self, *heads: str) -> tuple[str, ...]:
        return (
            *(gettext("{heading}, lowest", self.lang, heading=heading) for heading in heads),
            *(gettext("{heading}, highest", self.lang, heading=heading) for heading in heads),
        )

    def groups(self, table: GroupTable) -> None:
        """Write the table of the groups: for the least and the greatest value numerator, denominator and quotient."""
        order, name, numerator, denominator, value, verdict = table.heads
        heads = self._ends_of(numerator, denominator, value)
        self.line(table.name, bold=True)
        self.rows([(order, name, *heads, *((numerator, denominator) if table.quotient else ()), value, verdict)],
                  bold=True)  # fmt: skip
        for row in table.rows:
            self.row += 1
            self.text(1, row.order)
            self.text(2, row.name, bold=row.whole)
            figures = row.result.figures
            self.end(3, figures.least, percent=figures.percent)
            self.end(6, figures.greatest, percent=figures.percent)
            words = (figures.numerator, figures.denominator) if table.quotient else ()
            for place, said in enumerate((*words, row.result.value, row.result.verdict.word), start=9):
                self.text(place, said, bold=row.whole)
