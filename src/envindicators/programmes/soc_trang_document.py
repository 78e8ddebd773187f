"""Resolution 12-NQ/TU itself."""

from __future__ import annotations

import datetime
import re

from envindicators.definitions.source import Document
from envindicators.words.text import Text

RESOLUTION = Document(
    number="12-NQ/TU",
    title=Text(
        vi="về bảo vệ môi trường tỉnh Sóc Trăng đến năm 2020",
        en="on environmental protection in Soc Trang province to 2020",
    ),
    kind=Text(vi="Nghị quyết", en="Resolution"),
    issuer=Text(
        vi="Ban Chấp hành Đảng bộ tỉnh Sóc Trăng",
        en="Executive Committee of the Soc Trang provincial Party organisation",
    ),
    date=datetime.date(2017, 3, 15),
    place="Sóc Trăng",
    note=Text(
        vi=(
            "Nghị quyết của Đảng có hiệu lực đối với các tổ chức đảng, không phải là văn bản quy phạm pháp luật. Các "
            "chỉ tiêu tại điểm 3, mục II không phải do Nghị quyết này đề ra mà dẫn từ Nghị quyết Đại hội, theo câu "
            "dẫn: “Thực hiện đạt và vượt các chỉ tiêu về môi trường theo Nghị quyết Đại hội Đảng bộ tỉnh Sóc Trăng lần "
            "thứ XIII, nhiệm kỳ 2015-2020, cụ thể như sau:”; chưa có văn kiện Đại hội để đối chiếu. Không thể “đạt và "
            "vượt” tất cả: bốn trong bảy chỉ tiêu là 100%, không còn mức cao hơn. Điểm 3, mục II không nêu cơ quan "
            "thực hiện. Bản quét thiếu phần chữ ký sau dòng “T/M TỈNH UỶ”."
        ),
        en=(
            "A Party resolution binds Party organisations; it is not a legal normative document. The targets in point "
            "3 of section II are not the resolution’s own: its opening sentence takes them from the Congress: “Meet "
            "and exceed the environmental targets set by the Resolution of the 13th Congress of the Soc Trang "
            "provincial Party organisation, term 2015–2020, as follows:”. The Congress document was not available for "
            "comparison. Not all targets can be exceeded: four of the seven are 100%. Point 3 of section II does not "
            "say who is responsible. The scan cuts off the signature after “T/M TỈNH UỶ” (for the provincial Party "
            "Committee)."
        ),
    ),
)

PROVINCE = Text(vi="tỉnh", en="province")
"""The level of every target: the resolution is the province's, and sets none for a district."""

_SECTION = re.compile(r"(?P<section>[IVX]+)\.(?P<point>\d)(?: \((?P<bullet>\d)\)| ¶(?P<paragraph>\d)[a-z]?| [a-z])?")
_ORDINALS_VI = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín")
_ORDINALS_EN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def place_of(section: str) -> Text:
    r"""Return a section of the resolution as it is cited in running text.

    Example:
        >>> print(place_of("II.3 (1)"), place_of("III.2 ¶3c").in_("vi"), sep="\n")
        first bullet, point 3, section II
        đoạn thứ ba, điểm 2, mục III
    """
    cited = _SECTION.fullmatch(section)
    assert cited is not None
    vi = f"điểm {cited['point']}, mục {cited['section']}"
    en = f"point {cited['point']}, section {cited['section']}"
    for kind, name_vi, name_en in (("bullet", "gạch đầu dòng", "bullet"), ("paragraph", "đoạn", "paragraph")):
        if cited[kind]:
            index = int(cited[kind]) - 1
            vi = f"{name_vi} thứ {_ORDINALS_VI[index]}, {vi}"
            en = f"{_ORDINALS_EN[index]} {name_en}, {en}"
    return Text(vi=vi, en=en)
