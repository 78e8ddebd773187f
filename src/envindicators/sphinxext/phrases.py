"""What methodology pages say beside the words of the objects, in Vietnamese and English."""

from __future__ import annotations

from envindicators.words.message import Message

_PHRASES: dict[str, Message] = {
    # headings
    "clause": Message("The clause"),
    "deadline": Message("Deadline"),
    "rule": Message("How it is computed"),
    "inputs": Message("Inputs"),
    "missing": Message("How missing data counts"),
    "readings": Message("Readings"),
    "compared": Message("The verdict under each reading"),
    "example": Message("A worked example"),
    "who": Message("Who acts"),
    "document": Message("The document"),
    "targets": Message("Targets"),
    "duties": Message("Duties"),
    "reviews": Message("Reviews"),
    "clauses_index": Message("Index of clauses"),
    "indicators_index": Message("Index of indicators"),
    "kind_programme": Message("programme"),
    "kind_target": Message("target"),
    "kind_duty": Message("duty"),
    "kind_table": Message("table"),
    "clauses_short": Message("clauses"),
    "indicators_short": Message("indicators"),
    # the head of a target
    "lead": Message("Threshold: {thresholds}, by the end of {year}{level}."),
    "at_level": Message(", level: {level}"),
    "to_hold": Message("{count} requirements to hold together ({thresholds})"),
    # the clause
    "attribution": Message("{number}, {date}, section {section}"),
    "translation": Message("Our translation; the Vietnamese alone has authority"),
    "corrections": Message("The scan has misread letters; what was corrected:"),
    "scan": Message("As scanned"),
    "corrected": Message("As corrected"),
    "certain": Message("Sure?"),
    "yes": Message("yes"),
    "no": Message("not certain"),
    "open_words": Message("What the text leaves open"),
    # the deadline
    "stated": Message("The end of {year}, as the text states."),
    "inferred": Message("The end of {year}. The text does not state it; it is inferred."),
    "plain": Message("The end of {year}."),
    "rationale": Message("Rationale"),
    "level": Message("It is set for the {level}; the text sets none for a single area."),
    # rules
    "denominator": Message("Denominator"),
    "numerator": Message("Numerator"),
    "threshold": Message("Threshold"),
    "of_table": Message("{unit} in the table {table}"),
    "such_that": Message("{unit} in the table {table} such that: {rule}"),
    "part_of": Message("the part of the denominator such that: {rule}"),
    "formula_note": Message(
        "∑ n [condition] adds up the column n over the units of which the condition holds; ∧ is “and”, ∨ “or”, ¬ “not”."
    ),
    "together": Message("This reading has {count} requirements. All must hold; one does not make up for another."),
    "default_reading": Message("This is the default reading: {name}."),
    "above": Message("Computed as shown above."),
    "kind": Message("Kind"),
    "key": Message("Key"),
    "decides": Message("{kind}; it decides"),
    # tables
    "table": Message("Table"),
    "column": Message("Column"),
    "meaning": Message("What it holds"),
    "type": Message("Type"),
    "values": Message("Allowed values"),
    "used_for": Message("Used in"),
    "total_of": Message("total ({unit})"),
    "area": Message("area"),
    "year": Message("year"),
    "id": Message("names a unit where a row is one (in place of the total)"),
    "text_type": Message("text or code"),
    "year_type": Message("year"),
    "whole_type": Message("whole number"),
    "mass_type": Message("number, in {units}"),
    "part_type": Message("a count, or true/false"),
    "category_type": Message("one of the allowed values"),
    "not_negative": Message("0 or more"),
    "up_to_total": Message("0 to {total}; true/false where the units of a row are alike"),
    "nested": Message("The columns are nested: {chain}. Each is a part of the one before it."),
    "stock": Message("A stock: the state on a date."),
    "flow": Message("A flow: the amount over a year."),
    "unit_is": Message("Counted in: {unit}."),
    "units_option": Message(
        "Amounts may come in other units, said by Form(unit=…): {units}; for an amount a day add “/day”."
    ),
    "template": Message("Download a template (CSV, UTF-8)"),
    "template_note": Message(
        "Copy the rows for each area and fill them in. A blank cell means no information; where none arose, write 0."
    ),
    "inputs_lead": Message("The table {table}: total in {total}; columns used:"),
    "also_tables": Message("Other readings also use the table:"),
    # missing data
    "blank_column": Message("Left blank"),
    "then": Message("The units of the row then count as"),
    "settled": Message("nothing stays open: the other columns settle it"),
    "missing_lead": Message("Nothing is estimated. Where just one of these columns is blank and the others are known:"),
    "blank_total_chained": Message(
        "A blank {total}: where one of {parts} is known, that much is counted and the rest is an amount of "
        "unknown size; else the row is refused."
    ),
    "blank_total": Message("A blank {total}: the row is refused."),
    "no_report": Message(
        "An area without a row in the table has not reported: an amount of unknown size that may be in the "
        "numerator, in the denominator only, or in neither. It never counts as zero."
    ),
    "no_column": Message(
        "A column of {columns} that did not come at all is taken as blank in every row; without any of "
        "them the verdict is “{verdict}”."
    ),
    "no_table": Message("The table {table} did not come: the verdict is “{verdict}”, since {reason}."),
    "margins": Message(
        "Where the table holds the sums of each column only, it is not known which units stand in several "
        "of them, so the share is known only within bounds."
    ),
    "needs_units": Message("This reading needs units: with the sums of columns only it stays undetermined."),
    # the example
    "reading": Message("Reading"),
    "share": Message("Share"),
    "verdict": Message("Verdict"),
    "default_mark": Message("{name} (default)"),
    "compared_lead": Message("On the example figures of {year}:"),
    "contested_lead": Message("Readings that the words allow give opposite verdicts: the target is contested."),
    "by_area": Message("By area"),
    "by_group": Message("By group"),
    "group": Message("Group"),
    "area_column": Message("Area"),
    "example_title": Message("Example figures"),
    # who acts
    "no_actor": Message(
        "The target comes with no one who must act. The programme has {count} duties, each with who must "
        "act and how far the text says so."
    ),
    "no_duties": Message("The target comes with no one who must act, and the programme lists no duties."),
    "review": Message("{name} ({year}), held by: {held_by}"),
    "advised": Message("prepared by: {advised_by}"),
    "account": Message("Account is given at:"),
    # duties
    "actor": Message("Who acts"),
    "strength": Message("Strength"),
    "measure": Message("Measured by"),
    "note": Message("Note"),
    "section": Message("Section"),
    "section_heading": Message("Section {section}"),
    "count": Message("Duties"),
    "duties_lead": Message(
        "{count} duties, in the order of the text. They set no number, so none is found met or not met."
    ),
    "admits_none": Message("The text says “must”: it admits no exception, though it sets no number."),
    # the overview
    "number": Message("Number"),
    "date": Message("Date"),
    "place": Message("Place"),
    "issuer": Message("Issuer"),
    "doc_kind": Message("Kind"),
    "title": Message("Title"),
    "clause_head": Message("Clause"),
    "target": Message("Target"),
    "readings_count": Message("Readings"),
    "on_example": Message("On the example"),
    "overview_duties": Message("The programme has {count} duties."),
}


def phrase(key: str, lang: str, /, **details: object) -> str:
    """Return a phrase, with the details filled in."""
    return _PHRASES[key].filled(**details).in_(lang)


def site_language(language: str | None) -> str:
    """Return which of the two languages a site is written in: Vietnamese for ``vi``, else English."""
    return "vi" if (language or "en").lower().replace("_", "-").split("-")[0] == "vi" else "en"
