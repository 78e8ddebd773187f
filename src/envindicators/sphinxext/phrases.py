"""What methodology pages say beside the words of the objects, in Vietnamese and English."""

from __future__ import annotations

from envindicators.definitions.programme import Basis, Strength
from envindicators.words.text import Lang, Text

_PHRASES: dict[str, Text] = {
    # headings
    "clause": Text(vi="Nguyên văn điều khoản", en="The clause"),
    "deadline": Text(vi="Thời hạn thực hiện", en="Deadline"),
    "rule": Text(vi="Cách tính", en="How it is computed"),
    "inputs": Text(vi="Số liệu đầu vào", en="Inputs"),
    "missing": Text(vi="Khi số liệu còn thiếu", en="How missing data counts"),
    "readings": Text(vi="Các cách hiểu", en="Readings"),
    "compared": Text(vi="Kết luận theo từng cách hiểu", en="The verdict under each reading"),
    "example": Text(vi="Ví dụ tính", en="A worked example"),
    "who": Text(vi="Trách nhiệm thực hiện", en="Who acts"),
    "document": Text(vi="Văn bản", en="The document"),
    "targets": Text(vi="Các chỉ tiêu", en="Targets"),
    "duties": Text(vi="Nhiệm vụ", en="Duties"),
    "reviews": Text(vi="Sơ kết, tổng kết", en="Reviews"),
    "clauses_index": Text(vi="Tra cứu theo điều khoản", en="Index of clauses"),
    "indicators_index": Text(vi="Tra cứu chỉ tiêu thống kê", en="Index of indicators"),
    "kind_programme": Text(vi="chương trình", en="programme"),
    "kind_target": Text(vi="chỉ tiêu", en="target"),
    "kind_duty": Text(vi="nhiệm vụ", en="duty"),
    "kind_table": Text(vi="bảng", en="table"),
    "clauses_short": Text(vi="điều khoản", en="clauses"),
    "indicators_short": Text(vi="chỉ tiêu", en="indicators"),
    # the head of a target
    "lead": Text(
        vi="Mức đặt ra: {thresholds}, đến hết năm {year}{level}.",
        en="Threshold: {thresholds}, by the end of {year}{level}.",
    ),
    "at_level": Text(vi=", cấp {level}", en=", level: {level}"),
    "to_hold": Text(
        vi="{count} yêu cầu phải cùng đạt ({thresholds})", en="{count} requirements to hold together ({thresholds})"
    ),
    # the clause
    "attribution": Text(vi="{number}, ngày {date}, mục {section}", en="{number}, {date}, section {section}"),
    "translation": Text(vi="Bản dịch tiếng Anh", en="Our translation; the Vietnamese alone has authority"),
    "corrections": Text(
        vi="Bản quét có lỗi nhận dạng chữ; các chỗ đã sửa:", en="The scan has misread letters; what was corrected:"
    ),
    "scan": Text(vi="Bản quét ghi", en="As scanned"),
    "corrected": Text(vi="Sửa thành", en="As corrected"),
    "certain": Text(vi="Mức độ chắc chắn", en="Sure?"),
    "yes": Text(vi="chắc chắn", en="yes"),
    "no": Text(vi="chưa chắc chắn", en="not certain"),
    "open_words": Text(vi="Điều văn bản để ngỏ", en="What the text leaves open"),
    # the deadline
    "stated": Text(vi="Hết năm {year}, ghi rõ trong văn bản.", en="The end of {year}, as the text states."),
    "inferred": Text(
        vi="Hết năm {year}. Văn bản không ghi rõ; thời hạn này được suy ra.",
        en="The end of {year}. The text does not state it; it is inferred.",
    ),
    "plain": Text(vi="Hết năm {year}.", en="The end of {year}."),
    "rationale": Text(vi="Căn cứ", en="Rationale"),
    "level": Text(
        vi="Mức đặt ra cho cấp {level}; văn bản không giao mức riêng cho từng địa bàn.",
        en="It is set for the {level}; the text sets none for a single area.",
    ),
    # rules
    "denominator": Text(vi="Mẫu số", en="Denominator"),
    "numerator": Text(vi="Tử số", en="Numerator"),
    "threshold": Text(vi="Mức đặt ra", en="Threshold"),
    "of_table": Text(vi="số {unit} trong bảng {table}", en="{unit} in the table {table}"),
    "such_that": Text(
        vi="số {unit} trong bảng {table} thoả mãn: {rule}", en="{unit} in the table {table} such that: {rule}"
    ),
    "part_of": Text(vi="phần của mẫu số thoả mãn: {rule}", en="the part of the denominator such that: {rule}"),
    "formula_note": Text(
        vi="∑ n [điều kiện] là tổng của cột n trên những đơn vị thoả mãn điều kiện; ∧ là “và”, ∨ là “hoặc”, ¬ là “không”.",
        en="∑ n [condition] adds up the column n over the units of which the condition holds; ∧ is “and”, ∨ “or”, ¬ “not”.",
    ),
    "together": Text(
        vi="Cách hiểu này gồm {count} yêu cầu phải cùng đạt, không bù trừ cho nhau.",
        en="This reading has {count} requirements. All must hold; one does not make up for another.",
    ),
    "default_reading": Text(vi="Theo cách hiểu mặc định: {name}.", en="This is the default reading: {name}."),
    "above": Text(vi="Cách tính: như nêu ở trên.", en="Computed as shown above."),
    "kind": Text(vi="Loại", en="Kind"),
    "key": Text(vi="Khoá", en="Key"),
    "decides": Text(vi="{kind}; dùng để kết luận", en="{kind}; it decides"),
    # tables
    "table": Text(vi="Bảng", en="Table"),
    "column": Text(vi="Cột", en="Column"),
    "meaning": Text(vi="Nội dung", en="What it holds"),
    "type": Text(vi="Kiểu dữ liệu", en="Type"),
    "values": Text(vi="Giá trị được phép", en="Allowed values"),
    "used_for": Text(vi="Dùng trong", en="Used in"),
    "total_of": Text(vi="tổng số ({unit})", en="total ({unit})"),
    "area": Text(vi="địa bàn", en="area"),
    "year": Text(vi="năm", en="year"),
    "id": Text(
        vi="mã đơn vị, khi mỗi dòng là một đơn vị (thay cho cột tổng)",
        en="names a unit where a row is one (in place of the total)",
    ),
    "text_type": Text(vi="chữ hoặc mã số", en="text or code"),
    "year_type": Text(vi="năm", en="year"),
    "whole_type": Text(vi="số nguyên", en="whole number"),
    "mass_type": Text(vi="số, tính bằng {units}", en="number, in {units}"),
    "part_type": Text(vi="số lượng, hoặc đúng/sai", en="a count, or true/false"),
    "category_type": Text(vi="một trong các giá trị cho phép", en="one of the allowed values"),
    "not_negative": Text(vi="từ 0 trở lên", en="0 or more"),
    "up_to_total": Text(
        vi="từ 0 đến {total}; true/false khi dòng gồm các đơn vị giống nhau",
        en="0 to {total}; true/false where the units of a row are alike",
    ),
    "nested": Text(
        vi="Các cột lồng nhau: {chain}. Mỗi cột là một phần của cột đứng trước.",
        en="The columns are nested: {chain}. Each is a part of the one before it.",
    ),
    "stock": Text(vi="Số liệu thời điểm: trạng thái vào một ngày.", en="A stock: the state on a date."),
    "flow": Text(vi="Số liệu thời kỳ: lượng trong cả năm.", en="A flow: the amount over a year."),
    "unit_is": Text(vi="Đơn vị tính: {unit}.", en="Counted in: {unit}."),
    "units_option": Text(
        vi="Số liệu có thể ghi theo đơn vị khác, khai bằng Form(unit=…): {units}; lượng bình quân ngày thêm “/day”.",
        en="Amounts may come in other units, said by Form(unit=…): {units}; for an amount a day add “/day”.",
    ),
    "template": Text(vi="Tải biểu mẫu (CSV, UTF-8)", en="Download a template (CSV, UTF-8)"),
    "template_note": Text(
        vi="Mỗi địa bàn sao lại các dòng mẫu và điền số liệu. Ô để trống nghĩa là chưa có số liệu; không phát sinh thì ghi 0.",
        en="Copy the rows for each area and fill them in. A blank cell means no information; where none arose, write 0.",
    ),
    "inputs_lead": Text(
        vi="Bảng {table}: cột tổng {total}; các cột dùng để tính:",
        en="The table {table}: total in {total}; columns used:",
    ),
    "also_tables": Text(vi="Cách hiểu khác còn dùng bảng:", en="Other readings also use the table:"),
    # missing data
    "blank_column": Text(vi="Ô để trống", en="Left blank"),
    "then": Text(vi="Các đơn vị của dòng được tính là", en="The units of the row then count as"),
    "settled": Text(
        vi="không để ngỏ gì: các cột khác đã xác định", en="nothing stays open: the other columns settle it"
    ),
    "missing_lead": Text(
        vi="Không số liệu nào được ước thay. Khi chỉ một cột dưới đây để trống và các cột khác đã biết:",
        en="Nothing is estimated. Where just one of these columns is blank and the others are known:",
    ),
    "blank_total_chained": Text(
        vi="Cột {total} để trống: nếu đã biết một trong các cột {parts} thì phần đó vẫn được tính, phần còn lại là lượng chưa rõ; nếu không, dòng bị từ chối.",
        en="A blank {total}: where one of {parts} is known, that much is counted and the rest is an amount of unknown size; else the row is refused.",
    ),
    "blank_total": Text(vi="Cột {total} để trống: dòng bị từ chối.", en="A blank {total}: the row is refused."),
    "no_report": Text(
        vi="Địa bàn không có dòng nào trong bảng là địa bàn chưa báo cáo: một lượng chưa rõ, có thể thuộc tử số, chỉ thuộc mẫu số, hoặc nằm ngoài cả hai. Không bao giờ tính là 0.",
        en="An area without a row in the table has not reported: an amount of unknown size that may be in the numerator, in the denominator only, or in neither. It never counts as zero.",
    ),
    "no_column": Text(
        vi="Thiếu hẳn một cột trong {columns}: coi như để trống ở mọi dòng; không có cột nào thì kết luận là “{verdict}”.",
        en="A column of {columns} that did not come at all is taken as blank in every row; without any of them the verdict is “{verdict}”.",
    ),
    "no_table": Text(
        vi="Thiếu hẳn bảng {table}: kết luận là “{verdict}”, lý do: {reason}.",
        en="The table {table} did not come: the verdict is “{verdict}”, since {reason}.",
    ),
    "margins": Text(
        vi="Nếu bảng chỉ có số cộng của từng cột thì không biết đơn vị nào đồng thời thuộc nhiều cột, nên tỷ lệ chỉ xác định được trong một khoảng.",
        en="Where the table holds the sums of each column only, it is not known which units stand in several of them, so the share is known only within bounds.",
    ),
    "needs_units": Text(
        vi="Cách hiểu này cần số liệu từng đơn vị: nếu bảng chỉ có số cộng của từng cột thì chưa kết luận được.",
        en="This reading needs units: with the sums of columns only it stays undetermined.",
    ),
    # the example
    "reading": Text(vi="Cách hiểu", en="Reading"),
    "share": Text(vi="Kết quả", en="Share"),
    "verdict": Text(vi="Kết luận", en="Verdict"),
    "default_mark": Text(vi="{name} (mặc định)", en="{name} (default)"),
    "compared_lead": Text(vi="Tính trên số liệu minh hoạ năm {year}:", en="On the example figures of {year}:"),
    "contested_lead": Text(
        vi="Các cách hiểu theo câu chữ cho kết luận trái nhau: chỉ tiêu này còn cách hiểu khác nhau.",
        en="Readings that the words allow give opposite verdicts: the target is contested.",
    ),
    "by_area": Text(vi="Theo địa bàn", en="By area"),
    "by_group": Text(vi="Theo nhóm", en="By group"),
    "group": Text(vi="Nhóm", en="Group"),
    "area_column": Text(vi="Địa bàn", en="Area"),
    "example_title": Text(vi="Số liệu minh hoạ", en="Example figures"),
    # who acts
    "no_actor": Text(
        vi="Chỉ tiêu không kèm tên cơ quan chịu trách nhiệm. Chương trình có {count} nhiệm vụ, ghi rõ ai thực hiện và văn bản nêu điều đó đến mức nào.",
        en="The target comes with no one who must act. The programme has {count} duties, each with who must act and how far the text says so.",
    ),
    "no_duties": Text(
        vi="Chỉ tiêu không kèm tên cơ quan chịu trách nhiệm, chương trình cũng không có nhiệm vụ nào.",
        en="The target comes with no one who must act, and the programme lists no duties.",
    ),
    "review": Text(vi="{name} ({year}): {held_by} tổ chức", en="{name} ({year}), held by: {held_by}"),
    "advised": Text(vi="{advised_by} tham mưu", en="prepared by: {advised_by}"),
    "account": Text(vi="Kết quả được xem xét tại:", en="Account is given at:"),
    # duties
    "actor": Text(vi="Chủ thể", en="Who acts"),
    "strength": Text(vi="Mức độ", en="Strength"),
    "measure": Text(vi="Đo bằng", en="Measured by"),
    "note": Text(vi="Ghi chú", en="Note"),
    "section": Text(vi="Mục", en="Section"),
    "section_heading": Text(vi="Mục {section}", en="Section {section}"),
    "count": Text(vi="Số nhiệm vụ", en="Duties"),
    "duties_lead": Text(
        vi="{count} nhiệm vụ, theo thứ tự trong văn bản. Nhiệm vụ không có mức đặt ra nên không có kết luận đạt hay không đạt.",
        en="{count} duties, in the order of the text. They set no number, so none is found met or not met.",
    ),
    "nobody": Text(vi="văn bản không nêu", en="the text names no one"),
    "admits_none": Text(
        vi="Văn bản viết “phải”: không có ngoại lệ, dù không đặt mức.",
        en="The text says “must”: it admits no exception, though it sets no number.",
    ),
    # the overview
    "number": Text(vi="Số, ký hiệu", en="Number"),
    "date": Text(vi="Ngày ban hành", en="Date"),
    "place": Text(vi="Nơi ban hành", en="Place"),
    "issuer": Text(vi="Cơ quan ban hành", en="Issuer"),
    "doc_kind": Text(vi="Loại văn bản", en="Kind"),
    "title": Text(vi="Tên", en="Title"),
    "clause_head": Text(vi="Mục", en="Clause"),
    "target": Text(vi="Chỉ tiêu", en="Target"),
    "readings_count": Text(vi="Số cách hiểu", en="Readings"),
    "on_example": Text(vi="Trên số liệu minh hoạ", en="On the example"),
    "overview_duties": Text(vi="Chương trình có {count} nhiệm vụ.", en="The programme has {count} duties."),
}

BASES: dict[Basis, Text] = {
    "stated": Text(vi="văn bản nêu rõ", en="stated by the text"),
    "carried_over": Text(vi="theo câu đứng trước", en="carried over from the sentence before"),
    "implied": Text(vi="chỉ suy ra từ đề mục", en="implied by the heading only"),
    "not_stated": Text(vi="văn bản không nêu", en="not stated"),
}
"""How the text names who must act."""

STRENGTHS: dict[Strength, Text] = {
    "must": Text(vi="bắt buộc (phải, kiên quyết không)", en="must"),
    "periodic": Text(vi="định kỳ, thường xuyên", en="periodically"),
    "do": Text(vi="giao thực hiện", en="is to be done"),
    "encourage": Text(vi="khuyến khích", en="encouraged"),
    "enable": Text(vi="tạo điều kiện", en="conditions are to be created"),
}
"""How strongly a duty binds."""


def phrase(key: str, lang: Lang, /, **details: object) -> str:
    """Return a phrase, with the details filled in."""
    return _PHRASES[key].in_(lang).format(**details)


def site_language(language: str | None) -> Lang:
    """Return which of the two languages a site is written in: Vietnamese for ``vi``, else English."""
    return "vi" if (language or "en").lower().replace("_", "-").split("-")[0] == "vi" else "en"
