"""What stands above and below a report: letterhead, place and date, title; recipients and signature."""

from __future__ import annotations

import datetime

from envindicators.evaluation.scorecard import Scorecard
from envindicators.report.cards import plain
from envindicators.report.citing import short_citation
from envindicators.report.documents.form import ReportForm
from envindicators.report.documents.paper import Foot, Head
from envindicators.report.numbers import month_name
from envindicators.words.message import Message, gettext, pgettext

_MOTTOS: dict[str, tuple[Message, ...]] = {
    "state": (Message("SOCIALIST REPUBLIC OF VIET NAM"), Message("Independence - Freedom - Happiness")),
    "party": (Message("COMMUNIST PARTY OF VIET NAM"),),
    "none": (),
}


def head(card: Scorecard, form: ReportForm, date: datetime.date, lang: str) -> Head:
    """Return what stands above a report on a card."""
    written = {name: plain(value) for name, value in (("number", form.number), ("place", form.place))}
    return Head(
        plain(form.parent or gettext("Organisation: ..............................", lang)),
        plain(form.agency or gettext("Reporting unit: ..............................", lang)),
        gettext("No.: {number}", lang, number=written["number"])
        if form.number
        else gettext("No.: ...............", lang),
        tuple(line.in_(lang) for line in _MOTTOS[form.letterhead_in(lang)]),
        f"{written['place'] or '..................'}, {_date(date, lang)}",
        gettext("REPORT", lang),
        _title(card, lang),
    )


def _date(date: datetime.date, lang: str) -> str:
    """Write the date of a document; a language may ask for two digits, of months of so many as ``width`` says."""
    return pgettext(
        "the date of a document", "{day} {month} {year}", lang,
        day=date.day, month=month_name(date), year=date.year, width=2 if date.month < 3 else 1,
    )  # fmt: skip


def _title(card: Scorecard, lang: str) -> str:
    document = short_citation(card.programme.document)
    years = ", ".join(str(year) for year in card.years if year is not None)
    if not years:
        return gettext("Results against the targets of {document}", lang, document=document)
    return gettext("Results against the targets of {document}, {years}", lang, document=document, years=years)


def foot(form: ReportForm, lang: str) -> Foot:
    """Return what stands below a report."""
    names = [plain(name).rstrip(" .;") for name in form.recipients]
    filed = gettext("- On file.", lang)
    office = filed.strip("- .").partition(":")[0].casefold()  # the form may say itself where it is filed
    filing = [name for name in names if name.casefold().startswith(office)]
    named = [f"- {name};" for name in names if name not in filing]
    if not names:
        named = [gettext("- ..............................;", lang)]
    return Foot(
        (gettext("Recipients:", lang), *named, f"- {'; '.join(filing)}." if filing else filed),
        tuple(map(plain, (form.position or gettext("POSITION OF THE SIGNATORY", lang)).splitlines())),
        gettext("(signature, seal)", lang),
        plain(form.signatory or gettext("Full name", lang)),
    )
