"""What was expected of the data, in Vietnamese and English: one entry for each kind of problem."""

from __future__ import annotations

import re

from envindicators.words.text import Text

EXPECTED: dict[str, Text] = {
    # the call
    "unknown_table": Text(
        en="expected a table of the programme: {known}{near}",
        vi="chỉ nhận các bảng của chương trình: {known}{near}",
    ),
    "not_a_frame": Text(
        en="expected a pandas, polars or pyarrow frame, a list of dicts or a dict of lists{hint}",
        vi="cần một bảng pandas, polars hoặc pyarrow, danh sách dict hoặc dict các danh sách{hint}",
    ),
    "unknown_by": Text(
        en="by takes area, year or another key column that every table has{near}",
        vi="by chỉ nhận area, year hoặc cột khoá khác mà mọi bảng đều có{near}",
    ),
    "by_data_column": Text(
        en="by takes key columns only; {needed} is a {what} of table {owner}",
        vi="by chỉ nhận cột khoá; {needed} là {what} của bảng {owner}",
    ),
    "by_twice": Text(en="expected each column of by once", vi="mỗi cột trong by chỉ được nêu một lần"),
    "unknown_unit": Text(en="expected one of the units {known}{near}", vi="chỉ nhận các đơn vị {known}{near}"),
    "unknown_layout": Text(en="expected one of {known}{near}", vi="chỉ nhận {known}{near}"),
    "layout_not_allowed": Text(
        en="a row of this table is never one unit, so it cannot be read as records",
        vi="bảng này không nhập theo từng đối tượng được, chỉ nhập số tổng hợp",
    ),
    "layout_without": Text(
        en="the layout {layout} needs the column {needed}", vi="kiểu bảng {layout} cần có cột {needed}"
    ),
    # the columns
    "empty_frame": Text(
        en="the table holds no rows; leave it out if nothing came",
        vi="bảng không có dòng nào; nếu chưa có số liệu thì không đưa bảng này vào",
    ),
    "unequal_columns": Text(en="expected columns of one length", vi="các cột phải dài bằng nhau"),
    "column_type": Text(
        en="this column is of a type that cannot be read; turn it into text, numbers, true/false or dates",
        vi="không đọc được cột kiểu này; hãy chuyển cột thành chữ, số, đúng/sai hoặc ngày",
    ),
    "plain_enum": Text(
        en="expected text or a number; this is a member of an enumeration that is neither: derive it from (str, Enum), "
        "or give its value",
        vi="cần chữ hoặc số; đây là phần tử của một kiểu liệt kê không phải chữ, không phải số: hãy kế thừa "
        "(str, Enum), hoặc đưa vào giá trị (value) của nó",
    ),
    "not_a_row": Text(en="expected each row as a dict", vi="mỗi dòng phải là một dict"),
    "duplicate_column": Text(en="expected each column once", vi="mỗi cột chỉ được có một lần"),
    "missing_column": Text(en="expected a column {needed}{near}", vi="thiếu cột {needed}{near}"),
    "no_layout": Text(
        en="expected a column {total!r}, how many {unit} each row stands for{near}",
        vi="thiếu cột {total!r} (tổng số {unit} của mỗi dòng){near}",
    ),
    "no_layout_or_id": Text(
        en="expected a column {total!r}, how many {unit} each row stands for, or a column {id!r} where each row "
        "is one of them{near}",
        vi="thiếu cột {total!r} (tổng số {unit} của mỗi dòng), hoặc cột {id!r} nếu mỗi dòng là một đối tượng{near}",
    ),
    "text_parts": Text(
        en="expected true/false or numbers in the parts; this column holds text",
        vi="cột này phải là số (hoặc đúng/sai), nhưng đang có ô là chữ",
    ),
    "mixed_parts": Text(
        en="expected parts that are all true/false or all numbers; {flags} true/false, {numbers} numbers",
        vi="các cột bộ phận phải cùng là đúng/sai hoặc cùng là số; {flags} là đúng/sai, {numbers} là số",
    ),
    "ambiguous_layout": Text(
        en=(
            "parts of 0 and 1 beside a total above 1 could be counts or true/false; "
            'say Form(layout="counts") or Form(layout="weighted"), or give booleans'
        ),
        vi=(
            "cột bộ phận chỉ có 0 và 1 bên cạnh tổng lớn hơn 1 có thể là số lượng hoặc đúng/sai; "
            'hãy khai Form(layout="counts") hoặc Form(layout="weighted"), hoặc dùng giá trị đúng/sai'
        ),
    ),
    "mixed_layouts": Text(
        en="expected the layout {first} of the rows before{where}: say it by Form(layout=...), or give all pieces alike",
        vi="cần kiểu bảng {first} như các dòng trước{where}: hãy khai bằng Form(layout=...), hoặc dùng cùng một kiểu bảng",
    ),
    "absent_column": Text(
        en="the column did not come; it counts as missing throughout{near}",
        vi="không có cột này; coi như thiếu số liệu ở mọi dòng{near}",
    ),
    "other_columns": Text(
        en="a column the programme does not use; ignored{near}", vi="cột không dùng đến; bỏ qua{near}"
    ),
    "other_sheets": Text(
        en="only the sheet {sheet!r} was read; other sheets hold data too: {others}",
        vi="chỉ đọc trang tính {sheet!r}; các trang tính khác cũng có số liệu: {others}",
    ),
    "id_ignored": Text(
        en="ignored, since the table gives totals in {total}", vi="bỏ qua, vì bảng đã có cột tổng {total}"
    ),
    # keys
    "missing_key": Text(en="expected a value in every row", vi="mọi dòng đều phải có giá trị"),
    "blank_key": Text(en="expected a name, not blank text", vi="cần một tên gọi, không được để chuỗi trống"),
    "key_type": Text(
        en="expected keys that are text, whole numbers, true/false or dates, all of one kind",
        vi="khoá phải là chữ, số nguyên, đúng/sai hoặc ngày, và cùng một loại",
    ),
    "key_kinds": Text(
        en="keys of one kind in every table; table {other} has {other_kind}, this one {found}",
        vi="khoá phải cùng một loại ở mọi bảng; bảng {other} dùng {other_kind}, bảng này dùng {found}",
    ),
    "key_spelling": Text(
        en="expected one spelling; {other!r} in table {other_table} differs only in letter case, spaces, "
        "invisible characters or the encoding of diacritics",
        vi="tên phải viết thống nhất; {other!r} ở bảng {other_table} chỉ khác về chữ hoa, khoảng trắng, "
        "ký tự ẩn hoặc mã hoá dấu",
    ),
    "similar_key": Text(
        en="table {other_table} also has {other!r}, which differs only in letters that look alike or the "
        "position of a tone mark; treated as two names",
        vi="bảng {other_table} còn có {other!r}, chỉ khác ở chữ trông giống nhau hoặc vị trí dấu thanh; "
        "được coi là hai tên khác nhau",
    ),
    "year_value": Text(
        en="expected a whole year from 1900 to 2100{hint}", vi="cần một năm là số nguyên từ 1900 đến 2100{hint}"
    ),
    "missing_year": Text(en="expected a year in every row", vi="mọi dòng đều phải có năm"),
    "years_mixed": Text(
        en="several years ({years}); choose one with year=, or put year in by",
        vi="có nhiều năm ({years}); hãy chọn một năm bằng year=, hoặc đưa year vào by",
    ),
    "year_not_held": Text(en="expected a year that the table holds: {years}", vi="cần một năm có trong bảng: {years}"),
    "year_needed": Text(
        en="expected a year, to turn amounts per day into amounts per year; add the column year, or say year=",
        vi="cần biết năm để đổi lượng mỗi ngày ra lượng cả năm; hãy thêm cột year hoặc ghi year=",
    ),
    "no_year_column": Text(
        en="expected a column year, since year stands in by", vi="cần có cột year, vì year nằm trong by"
    ),
    # cells
    "number_type": Text(en="expected a number{hint}", vi="cần một số{hint}"),
    "not_whole": Text(en="expected a whole number of {unit}{hint}", vi="cần một số nguyên, tính bằng {unit}{hint}"),
    "too_fine": Text(
        en="expected no finer than the smallest unit, 1/{grain} {unit}{hint}",
        vi="không nhận số lẻ nhỏ hơn 1/{grain} {unit}{hint}",
    ),
    "negative": Text(en="expected a number from 0", vi="cần một số không âm"),
    "not_finite": Text(en="expected a finite number", vi="cần một số hữu hạn"),
    "float_too_large": Text(
        en="expected whole numbers below 2^{bits} in a column of floats; above it digits are lost",
        vi="cột số thực chỉ nhận số nhỏ hơn 2^{bits}; lớn hơn thì mất chữ số",
    ),
    "too_large": Text(en="expected at most {most} {unit} (64 bits)", vi="không nhận quá {most} {unit} (64 bit)"),
    "sum_too_large": Text(
        en="expected a sum of at most 2^63 - 1 counted units over the rows evaluated",
        vi="tổng các dòng được tính không được vượt 2^63 - 1 đơn vị đếm",
    ),
    "part_above": Text(
        en="expected at most {most}, the value of {bound} in this row",
        vi="không được lớn hơn {most}, là giá trị của {bound} ở cùng dòng",
    ),
    "part_order": Text(
        en="expected false or blank, since {bound} is false in this row and {implying} implies it",
        vi="phải là sai hoặc để trống, vì {bound} ở cùng dòng là sai mà {implying} bao hàm nó",
    ),
    "flag_value": Text(en="expected true, false or blank (or 1, 0)", vi="cần đúng, sai hoặc để trống (hoặc 1, 0)"),
    "category_value": Text(en="expected one of {known}{near}", vi="chỉ nhận {known}{near}"),
    "built_after": Text(
        en="expected a year no later than the year of the row, {year}",
        vi="không được sau năm của số liệu, {year}",
    ),
    "missing_total": Text(
        en="expected a total; no part of this row gives a floor. To keep the row as unknown, put in an "
        "estimate of the total and leave the parts blank",
        vi="cần có tổng; không cột bộ phận nào ở dòng này cho mức tối thiểu. Để giữ dòng này là chưa rõ, "
        "hãy ghi tổng ước tính và để trống các cột bộ phận",
    ),
    "missing_total_margins": Text(
        en="expected a total; parts that are not nested give no floor",
        vi="cần có tổng; các cột bộ phận không lồng nhau thì không cho mức tối thiểu",
    ),
    "missing_id": Text(en="expected an id in every row", vi="mọi dòng đều phải có id"),
    "duplicate_id": Text(
        en="expected each id once a year; it stands in row {other} already",
        vi="mỗi id chỉ có một lần trong một năm; đã có ở dòng {other}",
    ),
    "repeated_id": Text(
        en="expected each id once a year; several rows have this one",
        vi="mỗi id chỉ có một lần trong một năm; có nhiều dòng cùng id này",
    ),
    "id_in_both": Text(
        en="expected each id once a year; both sets of cells hold it",
        vi="mỗi id chỉ có một lần trong một năm; cả hai phần số liệu cùng có id này",
    ),
    "ansi_off": Text(
        en="Spark's ANSI mode is off, so that sums and casts behind this frame may have gone wrong in silence; "
        "set spark.sql.ansi.enabled to true",
        vi="chế độ ANSI của Spark đang tắt nên phép cộng và chuyển kiểu có thể sai mà không báo; "
        "hãy đặt spark.sql.ansi.enabled thành true",
    ),
    "duplicate_row": Text(
        en="expected one row for {key}; row {other} has the same key{split}",
        vi="chỉ được có một dòng cho {key}; dòng {other} trùng khoá{split}",
    ),
    "duplicate_key": Text(
        en="expected one row for {key}; another row has the same key",
        vi="chỉ được có một dòng cho {key}; có dòng khác trùng khoá",
    ),
    "duplicate_piece": Text(
        en="expected one row for {key}; two pieces hold it",
        vi="chỉ được có một dòng cho {key}; hai phần số liệu cùng có",
    ),
    "total_row": Text(
        en='looks like a total of {siblings} other rows; say Form(totals="keep") or Form(totals="drop")',
        vi='có vẻ là dòng tổng cộng của {siblings} dòng khác; hãy khai Form(totals="keep") hoặc Form(totals="drop")',
    ),
    "total_name": Text(
        en='is called a total; say Form(totals="drop") to leave it out, or Form(totals="keep") if it is an area '
        "of its own",
        vi='có tên là dòng tổng; hãy khai Form(totals="drop") để loại, hoặc Form(totals="keep") nếu là một địa bàn '
        "riêng",
    ),
    "dropped_total": Text(
        en='a total of other rows; left out as Form(totals="drop") says',
        vi='dòng tổng của các dòng khác; đã loại theo Form(totals="drop")',
    ),
    "suspected_total": Text(
        en="may be a total: its figures are the sum of {siblings} other rows; counted as an ordinary row",
        vi="có thể là dòng tổng: số liệu bằng đúng tổng của {siblings} dòng khác; vẫn tính như dòng thường",
    ),
    "doubled_rows": Text(
        en="from this row on, {siblings} rows repeat the figures of earlier rows in the same order; all are counted",
        vi="từ dòng này, {siblings} dòng liên tiếp lặp lại đúng số liệu của các dòng trước; vẫn tính tất cả",
    ),
    "not_this_year": Text(
        en="has rows in {other} and none in {year}; taken for not asked to report: name it in expected= if it was",
        vi="có số liệu năm {other} nhưng không có năm {year}; được coi là không phải báo cáo: "
        "nếu phải báo cáo thì nêu trong expected=",
    ),
    # gaps
    "blank_part": Text(en="what it would say stays open", vi="chưa rõ"),
    "blank_category": Text(en="the units may belong to any of its values", vi="chưa rõ thuộc loại nào"),
    "blank_year": Text(en="the year stays open", vi="chưa rõ năm"),
    "blank_total": Text(
        en="what exceeds the known parts has no size",
        vi="phần ngoài các bộ phận đã biết chưa xác định được số lượng",
    ),
    # what should have come
    "expected_form": Text(
        en="expected= takes a list of areas, or by table a list of areas or a frame of keys and totals{hint}",
        vi="expected= nhận danh sách địa bàn, hoặc theo từng bảng: danh sách địa bàn hay bảng khoá và tổng{hint}",
    ),
    "expected_differs": Text(
        en="expected {expected} in total for {key}; {came} came",
        vi="tổng của {key} phải là {expected}; số liệu gửi đến là {came}",
    ),
    "expected_below": Text(
        en="expected {expected} in total for {key}; its known parts alone are {came}",
        vi="tổng của {key} phải là {expected}; riêng các bộ phận đã biết là {came}",
    ),
    "unexpected": Text(en="was not expected; kept", vi="không nằm trong danh sách phải báo cáo; vẫn giữ lại"),
    "not_reported": Text(en="did not come for {key}", vi="chưa có số liệu của {key}"),
    "cells_mixed": Text(en="cells of the same {what} only can be added", vi="chỉ cộng được các ô cùng {what}"),
}
"""By kind of problem, what was expected; names in braces are filled in."""

_WORDS: dict[str, Text] = {
    "table": Text(en="{table}", vi="bảng {table}"),
    "none": Text(en="None", vi="để trống"),
    "row": Text(en="row {row}", vi="dòng {row}"),
    "column": Text(en="column {column!r}", vi="cột {column!r}"),
    "more": Text(en="... and {more} more ({total} in all)", vi="... và {more} lỗi nữa (tổng cộng {total})"),
    "invalid": Text(en="the data cannot be evaluated: {total} errors", vi="Không tính được vì số liệu có {total} lỗi"),
    "invalid_one": Text(en="the data cannot be evaluated: 1 error", vi="Không tính được vì số liệu có 1 lỗi"),
    "named_table": Text(en="{name} ({table})", vi="{name} ({table})"),
}

SEVERITY_NAMES: dict[str, Text] = {
    "error": Text(en="error", vi="lỗi"),
    "gap": Text(en="gap", vi="thiếu số liệu"),
    "note": Text(en="note", vi="lưu ý"),
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
    return _WORDS[key].in_(lang).format(**details)
