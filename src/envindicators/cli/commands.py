"""What each command does. Each takes its options, the programme and the screen, and returns the exit code."""

from __future__ import annotations

import contextlib
import functools
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from envindicators.cli.advice import ADVICE
from envindicators.cli.inputs import Inputs, area_list, inputs
from envindicators.cli.next_step import form_begun, forms_to_begin
from envindicators.cli.outputs import check_outputs, is_file, write
from envindicators.cli.reports import earlier_card, report_form
from envindicators.cli.screen import Screen
from envindicators.cli.stop import BAD_DATA, DONE, StopError, one_of
from envindicators.definitions.programme import Duty, Programme
from envindicators.errors import DefinitionError
from envindicators.evaluation import evaluate as evaluation
from envindicators.evaluation.explanation import Explanation
from envindicators.evaluation.scorecard import Scorecard
from envindicators.examples import MADE_UP, soc_trang
from envindicators.formats.data_package import data_package
from envindicators.formats.json import card_data
from envindicators.formats.programme_schema import programme_schema
from envindicators.formats.scorecard_schema import scorecard_schema
from envindicators.formats.sdmx import sdmx_csv, sdmx_structure
from envindicators.formats.skeletons import skeleton
from envindicators.formats.stored import card_state
from envindicators.formats.tables import table_text
from envindicators.formats.tables import template as heading
from envindicators.formats.templates import template_workbook
from envindicators.frames.excel import sheet_names
from envindicators.problems import InvalidTable
from envindicators.report.cards import group_key, group_label, reviews_words
from envindicators.report.citing import clause_words, place_words
from envindicators.report.documents.write import report_bytes
from envindicators.report.duties import STRENGTHS, actor_words
from envindicators.report.html import page_html
from envindicators.report.numbers import number
from envindicators.report.sections.data import missing_message
from envindicators.report.terminal import card_text
from envindicators.report.view_of_card import ON_COMMAND_LINE
from envindicators.words.message import Message, gettext, ngettext
from envindicators.words.messages import SEVERITY_NAMES

_EXAMPLES: Mapping[str, Callable[[], Mapping[str, Any]]] = {"soc_trang_2020": soc_trang}
"""By programme, the figures that are shown where no command is given."""

_NOTED = (
    "other_sheets",
    "other_year_said",
    "hidden_rows",
    "dropped_total",
    "suspected_total",
    "doubled_rows",
    "numbering_row",
    "legacy_font",
)
"""Kinds of problem that are told beside a card."""

_NEARLY = ("absent_column", "other_columns")
"""What is also told beside a card where a name is near: that something was not read, perhaps by mistake."""

_TOLD = 10
"""How many notes of a kind are told one by one."""

_LISTED = 100
"""How many problems `check` lists of each severity."""


def example(programme: Programme, prog: str, screen: Screen) -> int:
    """Show the scorecard of the example, and what to do next."""
    lang = screen.lang
    if programme.key not in _EXAMPLES:
        raise StopError(Message("a command is needed, as in: {example}", example=f"{prog} evaluate --help"))
    card = _card(Inputs(_EXAMPLES[programme.key](), {}, 2020, ["area"], None), programme, screen)
    screen.say(f"{MADE_UP.in_(lang)}\n")
    screen.lay_out(f"{card_text(card, capped=ON_COMMAND_LINE)}\n")
    table, target = next(iter(programme.tables)), programme.targets[0].key
    figures = f"--{table} {table}.csv --year 2020 --by area"
    for words, command in (
        (gettext("To compute with your own figures:", lang), f"evaluate {figures}"),
        (gettext("To have a result explained:", lang), f"explain {target} {figures}"),
        (gettext("To see which columns a table needs:", lang), "columns"),
        (gettext("To check figures before computing:", lang), f"check {figures}"),
    ):
        screen.say(words)
        screen.lay_out(f"  {prog} {command}")
    return DONE


def evaluate(options: Any, programme: Programme, screen: Screen) -> int:
    """Compute and show the scorecard, and write what else was asked for."""
    check_outputs(options)
    form, earlier = report_form(options.report_form), earlier_card(options.earlier)
    card = _card(inputs(options, programme), programme, screen, dict(options.readings))
    told = {target: [one.explain(target) for one in _years(card)] for target in options.explain}
    put = functools.partial(write, screen=screen, force=options.force)
    if options.html:
        explained = [explanation.to_html() for explanations in told.values() for explanation in explanations]
        put(options.html, page_html(card, explanations=explained, capped=ON_COMMAND_LINE))
    for name in options.report:
        put(name, report_bytes(card, name, form, screen.lang, earlier))
    if options.sdmx:
        put(options.sdmx, sdmx_csv(card))
    if options.json:
        data = card_data(card, explanations=told, options=ADVICE)
        with contextlib.suppress(DefinitionError):  # of a kind of the user's own, which is shown and not read back
            data |= card_state(card)
        text = f"{json.dumps(data, ensure_ascii=False, indent=1, default=str)}\n"
        if options.json == "-":
            screen.hand_over(text)
            return DONE
        put(options.json, text)
    screen.lay_out(card_text(card, capped=ON_COMMAND_LINE))
    for explanations in told.values():
        screen.say()
        _say_explanations(explanations, screen)
    return DONE


def explain(options: Any, programme: Programme, screen: Screen) -> int:
    """Explain the result of one target, for the whole or for one group."""
    if options.target is None:
        keys = [target.key for target in programme.targets]
        raise StopError(Message("name a target before the tables: {known}", known=keys))
    if options.reading is not None:
        one_of("--reading", options.reading, [reading.key for reading in programme.target(options.target).readings])
    if options.group is not None and not options.by:
        options.by = ["area"]
    card = _card(inputs(options, programme), programme, screen)
    shown = [
        one.explain(options.target, group, reading=options.reading)
        for one in _years(card)
        for group in ([None] if options.group is None else _groups(card, one, options.group))
    ]
    _say_explanations(shown, screen)
    return DONE


def check(options: Any, programme: Programme, screen: Screen) -> int:
    """List errors, gaps and notes."""
    given = inputs(options, programme)
    problems = evaluation.check(programme, given.filled, year=given.year, by=given.by, expected=given.expected)
    lang, totals = screen.lang, dict[str, int]()
    for severity, name in SEVERITY_NAMES.items():
        of_severity = problems.of(severity)  # type: ignore[arg-type]  # the names are those of the severities
        totals[severity] = sum(of_severity.counts.values())
        for problem in of_severity[:_LISTED]:
            screen.say(f"{name.in_(lang)}: {problem.in_(lang, ADVICE)}")
        more = totals[severity] - min(len(of_severity), _LISTED)
        if more:
            screen.say(gettext("... and {more} more", lang, more=number(more, lang)))
    if not any(totals.values()):
        screen.say(gettext("No errors, gaps or notes.", lang))
        return DONE
    screen.say(
        gettext(
            "Errors: {errors}; gaps: {gaps}; notes: {notes}.",
            lang,
            errors=totals["error"],
            gaps=totals["gap"],
            notes=totals["note"],
        )
    )
    for step in forms_to_begin(problems.errors, given, lang):
        screen.note(step)
    return BAD_DATA if totals["error"] else DONE


def columns(options: Any, programme: Programme, screen: Screen) -> int:
    """Show which columns each table has, or one of them."""
    width = shutil.get_terminal_size((100, 24)).columns
    keys = list(programme.tables) if options.table is None else [options.table]
    screen.lay_out("\n\n".join(table_text(programme.tables[key], screen.lang, width) for key in keys))
    return DONE


def template(options: Any, programme: Programme, screen: Screen) -> int:
    """Write a workbook of all tables to be filled in, or an empty CSV file of one."""
    keys = [what for what in options.what if not is_file(what)]
    files = [*(what for what in options.what if is_file(what)), *([options.out] if options.out else [])]
    if len(files) > 1:
        raise StopError(Message("one template is written to one file, not to {files}", files=files))
    options.out = files[0] if files else None
    check_outputs(options)
    tables = [programme.tables[one_of(Message("TABLE"), key.replace("-", "_"), programme.tables)] for key in keys]
    for table in tables:
        if options.layout == "records" and table.id is None:
            raise StopError(
                Message("a row of the table {table} is never one unit; it takes counts only", table=table.key)
            )
    if options.out is not None and options.out.lower().endswith(".xlsx"):
        areas = [] if options.areas is None else area_list(options.areas)
        made = template_workbook(
            programme, screen.lang, tables or list(programme.tables.values()), areas=areas, year=options.year,
            layout=options.layout,
        )  # fmt: skip
        write(options.out, made, screen, force=options.force)
        return DONE
    if len(tables) != 1:
        raise StopError(
            Message("name a table ({known}), or a file that ends in .xlsx for all", known=list(programme.tables))
        )
    text = f"\N{BYTE ORDER MARK}{heading(tables[0], records=options.layout != 'counts')}"
    return _handed_out(text, options, screen)


SCHEMAS: Mapping[str, Callable[[Programme, str], Mapping[str, Any]]] = {
    "programme": lambda _programme, _lang: programme_schema(),
    "scorecard": lambda _programme, _lang: scorecard_schema(),
    "datapackage": lambda programme, lang: data_package(programme, lang=lang),
    "sdmx": lambda programme, _lang: sdmx_structure(programme),
}
"""What `schema` shows, by name."""


def schema(options: Any, programme: Programme, screen: Screen) -> int:
    """Show a schema, for other tools."""
    if options.what is None:
        raise StopError(Message("say whose schema: {known}", known=list(SCHEMAS)))
    check_outputs(options)
    text = f"{json.dumps(SCHEMAS[options.what](programme, screen.lang), ensure_ascii=False, indent=1)}\n"
    return _handed_out(text, options, screen)


def _handed_out(text: str, options: Any, screen: Screen) -> int:
    """Write text to the file that is said, or show it on the screen."""
    if options.out is None:
        screen.hand_over(text)
    else:
        write(options.out, text, screen, force=options.force)
    return DONE


def form(options: Any, programme: Programme, screen: Screen) -> int:
    """Show a form of a file that is begun: what was recognised, what is proposed, what is missing."""
    if len(options.file) != 1 or options.of is None:
        raise StopError(
            Message("name one file and its table, as in: {example}", example="form FILE.xlsx --table waste")
        )
    check_outputs(options)
    sheet = dict(options.sheet).get("")
    path = Path(options.file[0])
    sheet = int(sheet) - 1 if sheet is not None and sheet.isdecimal() and sheet not in sheet_names(path) else sheet
    text = skeleton(path, programme.tables[options.of], screen.lang, sheet)
    done = _handed_out(text, options, screen)
    if options.out is not None:
        screen.note(form_begun(path, options.of, options.out, screen.lang))
    return done


def duties(_: Any, programme: Programme, screen: Screen) -> int:
    """List the duties of the document."""
    lang = screen.lang
    if not programme.duties:
        screen.say(gettext("The programme lists no duties.", lang))
        return DONE
    for duty in programme.duties:
        screen.say("\n".join(_duty_lines(duty, lang)))
    count, measured = len(programme.duties), sum(duty.indicator is not None for duty in programme.duties)
    screen.say(
        ngettext(
            "{count} duty, {measured} measurable.",
            "{count} duties, {measured} measurable.",
            count,
            lang,
            measured=measured,
        )
    )
    reviews = reviews_words(programme, lang)
    if reviews:
        screen.say(reviews)
    return DONE


def _duty_lines(duty: Duty, lang: str) -> list[str]:
    clause = duty.clause
    responsible = gettext("Responsible: {actor}", lang, actor=actor_words(duty, lang))
    lines = [
        gettext(
            "{key} [{place}] ({strength})",
            lang,
            place=place_words(clause, lang),
            key=duty.key,
            strength=STRENGTHS[duty.strength],
        ),
        f"  {clause_words(clause, lang)}",
        f"  {responsible}",
    ]
    if duty.indicator is not None:
        tables = ", ".join(table.name.in_(lang) for table in duty.indicator.tables)
        words = gettext("Measured by: {name}; table {table}", lang, name=duty.indicator.name, table=tables)
        lines.append(f"  {words}")
    return [*lines, ""]


# cards


def _card(given: Inputs, programme: Programme, screen: Screen, readings: Mapping[str, str] | None = None) -> Scorecard:
    """Evaluate, and note beside the results what is missing or odd."""
    try:
        card = evaluation.evaluate(
            programme,
            given.filled,
            year=given.year,
            by=given.by,
            expected=given.expected,
            readings=readings or None,
            lang=screen.lang,
        )
    except InvalidTable as error:
        for step in forms_to_begin(error.problems, given, screen.lang):
            error.add_note(step)
        raise
    _note_missing_areas(card, screen)
    _note_problems(card, screen)
    return card


def _note_missing_areas(card: Scorecard, screen: Screen) -> None:
    lang = screen.lang
    for key, missing in card.missing.items():
        table = card.programme.tables[key]
        areas = [missing_message(table, each).in_(lang) for each in missing if each.what == "area"]
        if areas:
            screen.note(
                gettext(
                    "Note: table {table}: {words}; totals that include them are undetermined.",
                    lang,
                    table=card.programme.table_names[key],
                    words=areas,
                )
            )


def _note_problems(card: Scorecard, screen: Screen) -> None:
    lang, told = screen.lang, dict[str, int]()
    for problem in card.problems:
        told[problem.kind] = told.get(problem.kind, 0) + 1
        noted = problem.kind in _NOTED and told[problem.kind] <= _TOLD
        if noted or (problem.kind in _NEARLY and str(problem.details.get("near", ""))):
            screen.note(gettext("Note: {note}", lang, note=problem.in_(lang, ADVICE)))


def _years(card: Scorecard) -> list[Scorecard]:
    if len(card.years) < 2:
        return [card]
    return [card.of_year(year) for year in card.years if year is not None]


def _groups(card: Scorecard, one: Scorecard, values: Sequence[str]) -> list[Any]:
    """Return the group of a year that some values name, or none where the group stands in another year only."""
    labels = {group_label(group_key(card, group)) for group in card.groups}
    together = " ".join(values)
    name = together if together in labels else one_of("--group", ", ".join(values), sorted(labels))
    return [group for group in one.groups if group_label(group_key(one, group)) == name]


def _say_explanations(explanations: Sequence[Explanation], screen: Screen) -> None:
    screen.say("\n\n".join(explanation.to_text() for explanation in explanations))
