"""Writing a report to a file, as its name says: HTML, Word or Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from envindicators.errors import OptionError, OptionTypeError
from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.documents.content import paper
from envindicators.report.documents.form import ReportForm
from envindicators.report.documents.page import page
from envindicators.words.shortening import shown


def _html(card: Scorecard, form: ReportForm, lang: str, earlier: Scorecard | None) -> bytes:
    return page(paper(card, form, lang, earlier)).encode()


def _docx(card: Scorecard, form: ReportForm, lang: str, earlier: Scorecard | None) -> bytes:
    from envindicators.report.documents.word import word

    return word(paper(card, form, lang, earlier))


def _xlsx(card: Scorecard, form: ReportForm, lang: str, earlier: Scorecard | None) -> bytes:
    from envindicators.report.documents.workbook import workbook

    return workbook(paper(card, form, lang, earlier))


REPORTS: Mapping[str, Callable[[Scorecard, ReportForm, str, Scorecard | None], bytes]] = {
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".xlsx": _xlsx,
}
"""What writes a report, by how the name of its file ends."""


def write_report(
    card: Scorecard,
    file: str | Path | IO[Any],
    form: ReportForm | None,
    lang: str,
    earlier: Scorecard | None,
    kind: str | None,
    said: Mapping[str, Any],
) -> Path | None:
    """Write a report to a path or an open file; see `Scorecard.report`."""
    if not isinstance(form, (ReportForm, type(None))):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(f"form is {shown(form)}; expected a ReportForm")
    if not isinstance(earlier, (Scorecard, type(None))):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise OptionTypeError(f"earlier is {shown(earlier)}; expected a scorecard")
    form = (form or ReportForm()).filled(said)
    if isinstance(file, (str, Path)):
        made = _writer(f"report.{kind}" if kind else file)(card, form, lang, earlier)
        written = Path(file)
        written.write_bytes(made)
        return written
    writer = _writer(f"report.{kind or 'html'}")
    made = writer(card, form, lang, earlier)
    try:
        file.write(made)
    except TypeError:  # it takes text
        if writer is not _html:
            raise OptionTypeError(f"a report of kind {kind!r} is bytes; open the file for bytes") from None
        file.write(made.decode())
    return None


def report_bytes(card: Scorecard, name: str, form: ReportForm, lang: str, earlier: Scorecard | None) -> bytes:
    """Return a report as the name of its file says."""
    return _writer(name)(card, form, lang, earlier)


def _writer(name: str | Path) -> Callable[[Scorecard, ReportForm, str, Scorecard | None], bytes]:
    writer = REPORTS.get(Path(name).suffix.lower())
    if writer is None:
        raise OptionError(f"a report is a file of {', '.join(REPORTS)}; {str(name)!r} ends in none of them")
    return writer
