"""What a command says of a report: the form around it, and the results of the year before."""

from __future__ import annotations

from pathlib import Path

from envindicators.cli.stop import BAD_FILE, StopError
from envindicators.errors import OptionError
from envindicators.evaluation.scorecard import Scorecard
from envindicators.formats.stored import UnreadableScorecard
from envindicators.report.documents.form import ReportForm
from envindicators.words.message import Message


def report_form(name: str | None) -> ReportForm:
    """Return the form that stands in a file, or one that says nothing.

    Raises:
        StopError: for a file that is not there or is no form of a report.
    """
    if name is None:
        return ReportForm()
    try:
        return ReportForm.load(name)
    except FileNotFoundError:
        raise StopError(Message("no file matches {given!r}", given=name), BAD_FILE) from None
    except (OSError, OptionError) as error:
        raise StopError(
            Message("{given!r} is no form of a report: {error}", given=name, error=error), BAD_FILE
        ) from error


def earlier_card(name: str | None) -> Scorecard | None:
    """Return the card that stands in a file of JSON.

    Raises:
        StopError: for a file that is not there or holds no card.
    """
    if name is None:
        return None
    try:
        return Scorecard.from_json(Path(name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StopError(Message("no file matches {given!r}", given=name), BAD_FILE) from None
    except (OSError, UnicodeDecodeError, UnreadableScorecard) as error:
        raise StopError(
            Message("{given!r} cannot be read as a scorecard: {error}", given=name, error=error), BAD_FILE
        ) from error
