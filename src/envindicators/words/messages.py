"""What was expected of the data, in Vietnamese and English: one entry for each kind of problem."""

from __future__ import annotations

from envindicators.words.message import Message

EXPECTED: dict[str, Message] = {
    # the call
    "unknown_table": Message("expected a table of the programme: {known}{near}"),
    "not_a_frame": Message("expected a pandas, polars or pyarrow frame, a list of dicts or a dict of lists{hint}"),
    "unknown_by": Message("by takes area, year or another key column that every table has{near}"),
    "by_data_column": Message("by takes key columns only; {needed} is a {what} of table {owner}"),
    "by_twice": Message("expected each column of by once"),
    "unknown_unit": Message("expected one of the units {known}{near}"),
    "unknown_layout": Message("expected one of {known}{near}"),
    "layout_not_allowed": Message("a row of this table is never one unit, so it cannot be read as records"),
    "layout_without": Message("the layout {layout} needs the column {needed}"),
    # the columns
    "empty_frame": Message("the table has no rows; leave it out if there is no data"),
    "unequal_columns": Message("expected columns of one length"),
    "column_type": Message("this type of column cannot be read; convert it to text, numbers, true/false or dates"),
    "plain_enum": Message(
        "expected text or a number; this is a member of an enumeration that is neither: derive it from "
        "(str, Enum), or give its value"
    ),
    "not_a_row": Message("expected each row as a dict"),
    "duplicate_column": Message("expected each column once; if tables stand side by side, put one below the other"),
    "missing_column": Message("expected a column {needed}{near}"),
    "no_layout": Message("expected a column {total!r}, how many {unit} each row stands for{near}"),
    "no_layout_or_id": Message(
        "expected a column {total!r}, how many {unit} each row stands for, or a column {id!r} where each "
        "row is one of them{near}"
    ),
    "text_parts": Message("expected true/false or numbers in the parts; this column holds text{hint}"),
    "mixed_parts": Message(
        "expected parts that are all true/false or all numbers; {flags} true/false, {numbers} numbers"
    ),
    "ambiguous_layout": Message(
        'parts of 0 and 1 beside a total above 1 could be counts or true/false; say Form(layout="counts") '
        'or Form(layout="weighted"), or give booleans'
    ),
    "mixed_layouts": Message(
        "expected the layout {first} of the rows before{where}: say it by Form(layout=...), or give all pieces alike"
    ),
    "absent_column": Message("column not found; treated as missing in every row{near}"),
    "other_columns": Message("not used by the programme; ignored{near}"),
    "other_sheets": Message("only the sheet {sheet!r} was read; other sheets hold data too: {others}"),
    "hidden_sheet": Message(
        "the sheet {sheet!r} is hidden, and other sheets hold data too: {others}; say by its name which is to be read"
    ),
    "hidden_rows": Message("the sheet does not show these rows, and they were read like all others: {rows}"),
    # forms
    "form_column": Message("the form names a column that the table does not have{near}"),
    "form_value": Message("the form reads {written} so; expected one of {known}{near}"),
    "form_no_heading": Message("the form names this column, and the file has none of that name{hint}"),
    "form_headings_alike": Message("expected one column of this name; the file has several: {hint}"),
    "form_two_columns": Message("the form takes this column from elsewhere, and the file has one of that name too"),
    "form_of_files": Message("the form says this of a file; a frame has no such thing"),
    "form_no_sheet": Message("only a sheet of a workbook has the name that the form takes this column from"),
    "form_period": Message("expected one of the periods that the form names: {known}"),
    "form_measured": Message("expected a number in the column {heading!r}, of which the form makes this one"),
    "form_measured_unit": Message("the unit in this heading is not that of the limit in the form, {unit}"),
    "form_percent": Message("expected a percentage from 0 to 100 with at most {digits} decimals"),
    "form_percent_whole": Message(
        "no number of this column is above 1, so 0.98 could be 98% in a cell that is shown as a percentage, or 0.98%: say "
        "in the form which, by whole=1 or whole=100 beside percent"
    ),
    "form_percent_no_count": Message("no count rounds to this percentage; taken as {least} to {greatest}"),
    "form_percent_margins": Message("percentages are read of parts that are nested, or of a single part; give counts"),
    "form_two_figures": Message("expected one figure for each cell of the table; row {other_row} has one for the same"),
    "form_heading": Message("read as column {meant}, by the form or by its published name"),
    "form_value_read": Message("read as {meant}, by the form or by its published name; number of cells: {cells}"),
    "form_blank_read": Message("read as not known, as the form says; number of cells: {cells}"),
    "form_zero_read": Message("read as 0, as the form says; number of cells: {cells}"),
    "form_unit_read": Message("amounts read as {unit}, which this heading states"),
    "form_heading_unit": Message("this heading states the unit {stated}, where {unit} is said; expected one of them"),
    "form_heading_unit_some": Message(
        "this heading states no unit, and another states {stated}; say in the form which it is (unit)"
    ),
    "form_heading_unit_unknown": Message(
        "“{stated}” states a unit, which is none of the table's ({known}); say in the form which it is, as {how}, or "
        "convert the figures"
    ),
    "form_heading_value_unit": Message(
        "this heading states {stated}, and the values are in {unit}; convert them before they are read"
    ),
    "form_heading_percent": Message(
        "this heading states %, and amounts are expected; say percent in the form of what is a percentage of the total"
    ),
    "form_no_rows": Message(
        "the form leaves out every row: see what it says in heading, foot, skip and only, against the rows of the file"
    ),
    "form_other_table": Message("the form is of the table {other}: it names columns that this table does not have"),
    "form_rows": Message("left out, as the form says: rows {rows}"),
    # keys
    "missing_key": Message("expected a value in every row"),
    "blank_key": Message("expected a name, not blank text"),
    "key_type": Message("expected keys that are text, whole numbers, true/false or dates, all of one kind"),
    "key_kinds": Message("keys of one kind in every table; table {other} has {other_kind}, this one {found}"),
    "key_spelling": Message(
        "expected one spelling; {other!r} in table {other_table} differs only in letter case, spaces, "
        "invisible characters or the encoding of diacritics"
    ),
    "similar_key": Message(
        "table {other_table} also has {other!r}, which differs only in letters that look alike or the "
        "position of a tone mark; treated as two names"
    ),
    "year_value": Message("expected a whole year from 1900 to 2100{hint}"),
    "missing_year": Message("expected a year in every row"),
    "years_mixed": Message("several years ({years}); choose one with year=, or put year in by"),
    "year_not_held": Message("expected a year that the table holds: {years}"),
    "year_needed": Message(
        "expected a year, to turn amounts per day into amounts per year; add the column year, or say year="
    ),
    "no_year_column": Message("expected a column year, to group by year"),
    # cells
    "number_type": Message("expected a number{hint}"),
    "not_whole": Message("expected a whole number of {unit}{hint}"),
    "too_fine": Message("expected no finer than the smallest unit, 1/{grain} {unit}{hint}"),
    "beyond_limits": Message("expected a value within the limits of the column: {limits}"),
    "negative": Message("expected a number from 0"),
    "not_finite": Message("expected a finite number"),
    "float_too_large": Message("expected whole numbers below 2^{bits} in a column of floats; above it digits are lost"),
    "too_large": Message("expected at most {most} {unit} (64 bits)"),
    "sum_too_large": Message("expected a sum of at most 2^63 - 1 counted units over the rows evaluated"),
    "part_above": Message("expected at most {most}, the value of {bound} in this row"),
    "part_above_open": Message(
        "above {most}, the value of {bound} in this row, which cannot be; left undetermined, as the form says"
    ),
    "part_order_open": Message(
        "true, though {bound} is false in this row and {implying} implies it; left undetermined, as the form says"
    ),
    "total_is_none": Message(
        "{part} is above {total} in many rows, and {total} looks like another year, a plan or a limit, of which nothing "
        "is a part: write a change as amount.since(year), a plan or limit as the level of an amount or mean"
    ),
    "days_short": Message(
        "{days} of the {of} days of {year} have a row; a day that was not measured needs one too, its value left blank"
    ),
    "parts_sum_above": Message("the parts exclude each other and add up to {sum}, above {most}, the value of {bound}"),
    "parts_sum_below": Message("the parts make up the whole and add up to {sum}, below {most}, the value of {bound}"),
    "parts_sum_above_open": Message(
        "the parts exclude each other and add up to {sum}, above {most}, the value of {bound}; left undetermined, as the "
        "form says"
    ),
    "parts_sum_below_open": Message(
        "the parts make up the whole and add up to {sum}, below {most}, the value of {bound}; left undetermined, as the "
        "form says"
    ),
    "part_two": Message("expected false or blank, since {bound} is true in this row and they exclude each other"),
    "part_two_open": Message(
        "true, though {bound} is true in this row and they exclude each other; left undetermined, as the form says"
    ),
    "part_none": Message("expected one of the parts to be true, since they make up the whole"),
    "part_none_open": Message(
        "none of the parts is true, though they make up the whole; left undetermined, as the form says"
    ),
    "part_order": Message("expected false or blank, since {bound} is false in this row and {implying} implies it"),
    "flag_value": Message("expected true, false or blank (or 1, 0){hint}"),
    "category_value": Message("expected one of {known}{near}"),
    "built_after": Message("expected a year no later than the year of the row, {year}"),
    "missing_total": Message(
        "expected a total; no part of this row gives a floor. To keep the row as unknown, put in an "
        "estimate of the total and leave the parts blank"
    ),
    "missing_total_margins": Message("expected a total; parts that are not nested give no floor"),
    "missing_id": Message("expected an id in every row"),
    "duplicate_id": Message("expected each id once a year; it stands in row {other_row}{other_where} already"),
    "repeated_id": Message("expected each id once a year; several rows have this one"),
    "id_in_both": Message("expected each id once a year; both sets of cells hold it"),
    "duplicate_row": Message("expected one row for {key}; row {other_row}{other_where} has the same key{split}"),
    "duplicate_key": Message("expected one row for {key}; another row has the same key"),
    "duplicate_piece": Message("expected one row for {key}; two pieces hold it"),
    "total_row": Message('looks like a total of {siblings} other rows; say Form(totals="keep") or Form(totals="drop")'),
    "total_name": Message(
        'is called a total, or a part of other rows; say Form(totals="drop") to leave it out, or Form(totals="keep") if it '
        "is an area of its own"
    ),
    "dropped_total": Message("a total of other rows; left out, as asked"),
    "suspected_total": Message(
        "may be a total: its figures are the sum of {siblings} other rows; counted as an ordinary row"
    ),
    "doubled_rows": Message(
        "from this row on, {siblings} rows repeat the figures of earlier rows in the same order; all are counted"
    ),
    "numbering_row": Message(
        "may be the row of the numbers of the columns; counted as an ordinary row; if it is none of the table, leave it "
        "out by skip=[{skip}] in the form of the table"
    ),
    "other_year_said": Message(
        "stands above the headings, and the rows are read as those of {year}; is it the right file?"
    ),
    "not_this_year": Message(
        "has rows in {other} and none in {year}; assumed not required to report; if it was, list it among the areas "
        "expected"
    ),
    # gaps
    "blank_part": Message("value missing; left undetermined"),
    "blank_category": Message("category missing; it may be any of its values"),
    "blank_year": Message("year missing; left undetermined"),
    "blank_value": Message("value missing; means that include it are left undetermined"),
    "blank_total": Message("total missing; the amount beyond the known parts is unknown"),
    "open_total": Message("total missing; how much it is stays unknown"),
    "share_of_unknown": Message("total missing; only the share is known, of an amount of unknown size"),
    "shares_of_unknown": Message(
        "column not found; of each row only the share is known, and the share of several lies between the least and "
        "the greatest of theirs"
    ),
    "merged_amount": Message(
        "this number stands in a cell that is merged over several rows; write in each row its own, or leave it blank"
    ),
    "legacy_font": Message(
        "text seems to be Vietnamese in {name}, an encoding of fonts from before Unicode, in which {sample!r} is "
        "{meant!r}; convert it to Unicode, as UniKey does (Ctrl+Shift+F6)"
    ),
    # what should have come
    "expected_form": Message(
        "expected= takes a list of areas, or by table a list of areas or a frame of keys and totals{hint}"
    ),
    "expected_differs": Message("expected {expected} in total for {key}; got {came}"),
    "expected_below": Message("expected {expected} in total for {key}; its known parts alone are {came}"),
    "unexpected": Message("not in the list of those expected; kept"),
    "not_reported": Message("no data for {key}"),
    "area_missing": Message("no rows for this area{when}; the table {other!r} has some"),
    "cells_mixed": Message("cells of the same {what} only can be added"),
}
"""By kind of problem, what was expected; names in braces are filled in."""

SEVERITY_NAMES: dict[str, Message] = {
    "error": Message("error"),
    "gap": Message("gap"),
    "note": Message("note"),
}
