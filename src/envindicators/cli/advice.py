"""What to do about a problem, for someone who typed a command: options where the library names arguments."""

from __future__ import annotations

from envindicators.words.message import Message

ADVICE: dict[str, Message] = {
    "total_row": Message("looks like a total of {siblings} other rows; say --totals keep or --totals drop"),
    "total_name": Message(
        "is called a total, or a part of other rows; say --totals drop to leave it out, or --totals keep if it is an "
        "area of its own"
    ),
    "years_mixed": Message("several years ({years}); choose one with --year, or add --by year"),
    "year_needed": Message(
        "expected a year, to turn amounts per day into amounts per year; add the column year, or --year"
    ),
    "ambiguous_layout": Message(
        "parts of 0 and 1 beside a total above 1 could be counts or true/false; say --layout {of}=counts "
        "or --layout {of}=weighted"
    ),
    "mixed_layouts": Message(
        "expected the layout {first} of the rows before{where}: say --layout, or give all files alike"
    ),
    "unknown_by": Message("--by takes area, year or another key column that every table has{near}"),
    "by_data_column": Message("--by takes key columns only; {needed} is a {what} of table {owner}"),
    "by_twice": Message("expected each column of --by once"),
    "expected_form": Message("--expected takes a list of areas{hint}"),
}
"""By kind of problem, where the words of the library would speak Python."""
