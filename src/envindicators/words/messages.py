"""What was expected of the data, in Vietnamese and English: one entry for each kind of problem."""

from __future__ import annotations

import re

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
    "empty_frame": Message("the table holds no rows; leave it out if nothing came"),
    "unequal_columns": Message("expected columns of one length"),
    "column_type": Message(
        "this column is of a type that cannot be read; turn it into text, numbers, true/false or dates"
    ),
    "plain_enum": Message(
        "expected text or a number; this is a member of an enumeration that is neither: derive it from "
        "(str, Enum), or give its value"
    ),
    "not_a_row": Message("expected each row as a dict"),
    "duplicate_column": Message("expected each column once"),
    "missing_column": Message("expected a column {needed}{near}"),
    "no_layout": Message("expected a column {total!r}, how many {unit} each row stands for{near}"),
    "no_layout_or_id": Message(
        "expected a column {total!r}, how many {unit} each row stands for, or a column {id!r} where each "
        "row is one of them{near}"
    ),
    "text_parts": Message("expected true/false or numbers in the parts; this column holds text"),
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
    "absent_column": Message("the column did not come; it counts as missing throughout{near}"),
    "other_columns": Message("a column the programme does not use; ignored{near}"),
    "other_sheets": Message("only the sheet {sheet!r} was read; other sheets hold data too: {others}"),
    "id_ignored": Message("ignored, since the table gives totals in {total}"),
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
    "no_year_column": Message("expected a column year, since year stands in by"),
    # cells
    "number_type": Message("expected a number{hint}"),
    "not_whole": Message("expected a whole number of {unit}{hint}"),
    "too_fine": Message("expected no finer than the smallest unit, 1/{grain} {unit}{hint}"),
    "negative": Message("expected a number from 0"),
    "not_finite": Message("expected a finite number"),
    "float_too_large": Message("expected whole numbers below 2^{bits} in a column of floats; above it digits are lost"),
    "too_large": Message("expected at most {most} {unit} (64 bits)"),
    "sum_too_large": Message("expected a sum of at most 2^63 - 1 counted units over the rows evaluated"),
    "part_above": Message("expected at most {most}, the value of {bound} in this row"),
    "part_order": Message("expected false or blank, since {bound} is false in this row and {implying} implies it"),
    "flag_value": Message("expected true, false or blank (or 1, 0)"),
    "category_value": Message("expected one of {known}{near}"),
    "built_after": Message("expected a year no later than the year of the row, {year}"),
    "missing_total": Message(
        "expected a total; no part of this row gives a floor. To keep the row as unknown, put in an "
        "estimate of the total and leave the parts blank"
    ),
    "missing_total_margins": Message("expected a total; parts that are not nested give no floor"),
    "missing_id": Message("expected an id in every row"),
    "duplicate_id": Message("expected each id once a year; it stands in row {other} already"),
    "repeated_id": Message("expected each id once a year; several rows have this one"),
    "id_in_both": Message("expected each id once a year; both sets of cells hold it"),
    "ansi_off": Message(
        "Spark's ANSI mode is off, so that sums and casts behind this frame may have gone wrong in "
        "silence; set spark.sql.ansi.enabled to true"
    ),
    "duplicate_row": Message("expected one row for {key}; row {other} has the same key{split}"),
    "duplicate_key": Message("expected one row for {key}; another row has the same key"),
    "duplicate_piece": Message("expected one row for {key}; two pieces hold it"),
    "total_row": Message('looks like a total of {siblings} other rows; say Form(totals="keep") or Form(totals="drop")'),
    "total_name": Message(
        'is called a total; say Form(totals="drop") to leave it out, or Form(totals="keep") if it is an area of its own'
    ),
    "dropped_total": Message('a total of other rows; left out as Form(totals="drop") says'),
    "suspected_total": Message(
        "may be a total: its figures are the sum of {siblings} other rows; counted as an ordinary row"
    ),
    "doubled_rows": Message(
        "from this row on, {siblings} rows repeat the figures of earlier rows in the same order; all are counted"
    ),
    "not_this_year": Message(
        "has rows in {other} and none in {year}; taken for not asked to report: name it in expected= if it was"
    ),
    # gaps
    "blank_part": Message("what it would say stays open"),
    "blank_category": Message("the units may belong to any of its values"),
    "blank_year": Message("the year stays open"),
    "blank_total": Message("what exceeds the known parts has no size"),
    # what should have come
    "expected_form": Message(
        "expected= takes a list of areas, or by table a list of areas or a frame of keys and totals{hint}"
    ),
    "expected_differs": Message("expected {expected} in total for {key}; {came} came"),
    "expected_below": Message("expected {expected} in total for {key}; its known parts alone are {came}"),
    "unexpected": Message("was not expected; kept"),
    "not_reported": Message("did not come for {key}"),
    "cells_mixed": Message("cells of the same {what} only can be added"),
}
"""By kind of problem, what was expected; names in braces are filled in."""

_WORDS: dict[str, Message] = {
    "table": Message("{table}"),
    "none": Message("None"),
    "row": Message("row {row}"),
    "column": Message("column {column!r}"),
    "more": Message("... and {more} more ({total} in all)"),
    "invalid": Message("the data cannot be evaluated: {total} errors"),
    "invalid_one": Message("the data cannot be evaluated: 1 error"),
    "named_table": Message("{name} ({table})"),
}

SEVERITY_NAMES: dict[str, Message] = {
    "error": Message("error"),
    "gap": Message("gap"),
    "note": Message("note"),
}


_PHRASES: tuple[tuple[str, str], ...] = (
    # the keys of rows
    (r"\byear (?=\d|None)", "năm "),
    (r"\barea (?=['\"\d])", "địa bàn "),
    (r"\bTrue\b", "đúng"),
    (r"\bFalse\b", "sai"),
    (r"\bthe table\b", "cả bảng"),
    # what one detail says of another
    (r"; they differ in (.*): put it in by", r"; hai dòng khác nhau ở cột \1: hãy đưa cột này vào by"),
    (r"; read a file with (.*)", r"; hãy đọc tệp bằng \1"),
    (r"; this is the content of a file: read it into a frame, as (.*) does",
     r"; đây là nội dung của một tệp: hãy đọc thành bảng, chẳng hạn bằng \1"),
    (r"; put frames under the key of their table", "; hãy đặt bảng số liệu dưới tên bảng của nó"),
    (r"; each piece is a frame, and this is a single row: put rows in a list",
     "; mỗi phần là một bảng, còn đây là một dòng: hãy đặt các dòng vào một danh sách"),
)  # fmt: skip
_KINDS = {"text": "chữ", "number": "số", "boolean": "đúng/sai", "date": "ngày", "time": "ngày giờ", "zoned time": "ngày giờ có múi giờ", "category": "cột phân loại",
          "column": "cột", "programme": "chương trình", "units": "đơn vị", "layout": "kiểu bảng"}  # fmt: skip
_KIND_DETAILS = ("found", "other_kind", "what")
_PHRASED = ("key", "split", "hint")


def in_vietnamese(name: str, detail: str) -> str:
    """Return a detail of a problem that was made in English in Vietnamese: the key of a row, a kind of value."""
    if name in _KIND_DETAILS:
        return _KINDS.get(detail, detail)
    if name in _PHRASED:
        for english, vietnamese in _PHRASES:
            detail = re.sub(english, vietnamese, detail)
    return detail


def words(key: str, lang: str, **details: object) -> str:
    """Return the words of the library's own sentences about problems."""
    return _WORDS[key].filled(**details).in_(lang)
