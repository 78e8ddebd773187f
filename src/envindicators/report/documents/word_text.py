"""The pages, styles and paragraphs of a Word document by the form of official documents; what python-docx lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from envindicators.report.documents.letters import lines, printable
from envindicators.report.documents.paper import Paper

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_FONT = "Times New Roman"

_SIGNS = re.compile("([▲✓✗])")
"""Signs that few fonts have in italics: LibreOffice sets a slanted one over the letter behind it."""

BODY = 13.0
"""The size of running text, in points."""


def prepare(document: WordDocument, paper: Paper) -> None:
    """Set page, styles, page numbers and properties."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    for name, size in (("Normal", BODY), ("Heading 1", BODY), ("Heading 2", BODY), ("Title", 14.0)):
        _style(document.styles[name], size, heading=name != "Normal", lang=paper.lang)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")
    properties = document.core_properties
    properties.title, properties.author = printable(paper.name), printable(paper.head.agency)
    properties.comments, properties.keywords, properties.language = "", "", paper.lang


def _style(style: Any, size: float, *, heading: bool, lang: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), _FONT)
    child(style.element.rPr, "w:lang", val={"vi": "vi-VN", "en": "en-GB"}.get(lang, lang))
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(6 if heading else 0), Pt(4), 1.1
    layout.widow_control = True
    if heading:
        style.font.bold, style.font.italic, layout.keep_with_next = True, False, True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Return a new child of an element, with attributes of Word's own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _field(paragraph: Any, code: str) -> None:
    """Put a field into a paragraph, as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            child(run._r, "w:fldChar", fldCharType=kind)  # noqa: SLF001 - python-docx has no fields
        else:
            child(run._r, "w:instrText").text = text  # noqa: SLF001


# paragraphs


def add_paragraph(
    where: Any,
    text: str,
    size: float = BODY,
    *,
    bold: bool = False,
    italic: bool = False,
    align: str = "LEFT",
    style: str | None = None,
) -> Any:
    """Add a paragraph, and return it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = where.add_paragraph(style=style) if style else where.add_paragraph()
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    write(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def write(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, lang: str = "") -> None:
    """Write text into a paragraph, a line break between its lines."""
    from docx.shared import Pt

    for place, line in enumerate(lines(text)):
        for number, part in enumerate(_SIGNS.split(line) if italic else [line]):
            run = paragraph.add_run()
            if place and number == 0:
                run.add_break()
            run.add_text(part)
            run.font.size, run.bold, run.italic = Pt(size), bold, italic and _SIGNS.fullmatch(part) is None
            if lang:
                child(run._r.get_or_add_rPr(), "w:lang", val=lang)  # noqa: SLF001 - python-docx has no languages


def line_below(where: Any, indent: float) -> Any:
    """Add a line, so many millimetres within the sides of a page or cell, and return its paragraph."""
    from docx.shared import Mm, Pt

    line = add_paragraph(where, "", 1)
    layout = line.paragraph_format
    layout.left_indent = layout.right_indent = Mm(indent)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(2), Pt(0), Pt(2)
    borders = child(line._p.get_or_add_pPr(), "w:pBdr")  # noqa: SLF001 - python-docx has no borders
    child(borders, "w:top", val="single", sz="6", space="1", color="000000")
    return line
