"""The seven targets of section II.3 of Resolution 12-NQ/TU, each with the ways its words can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from envindicators.definitions.indicator import Indicator
from envindicators.definitions.programme import Reading, Target
from envindicators.definitions.rule import Rule, between, flag, one_of
from envindicators.definitions.share import Share
from envindicators.definitions.source import Clause, Correction
from envindicators.definitions.table import Table
from envindicators.programmes.soc_trang_document import PROVINCE, RESOLUTION, place_of
from envindicators.programmes.soc_trang_metadata import METADATA
from envindicators.programmes.soc_trang_tables import ESTABLISHMENTS, HOUSEHOLDS, RESIDENTS, WASTE
from envindicators.words.text import Text

DEADLINE = 2020

_DEADLINE_GROUND = Text(
    vi=(
        "Điểm 3, mục II không ghi thời hạn. Năm 2020 được suy ra từ ba căn cứ: trích yếu của Nghị quyết (“đến năm "
        "2020”), câu dẫn của điểm 3, mục II (“nhiệm kỳ 2015-2020”) và thời điểm tổng kết (điểm 3, mục IV, “vào năm "
        "2020”)."
    ),
    en=(
        "Point 3 of section II gives no date. 2020 is inferred from the title (“to 2020”), from the opening sentence "
        "of that point (“term 2015–2020”) and from the date of the final review (point 3, section IV, “in 2020”)."
    ),
)


def _clause(
    section: str, quote: str, translation: str, *, note: Text, corrections: Iterable[Correction] = (), scan: str = ""
) -> Clause:
    return Clause(
        RESOLUTION,
        section,
        quote,
        Text(en=translation),
        corrections=corrections,
        scan=scan,
        deadline="inferred",
        deadline_rationale=_DEADLINE_GROUND,
        note=note,
        place=place_of(section),
    )


# (1) Hygienic water

_WATER_CLAUSE = _clause(
    "II.3 (1)",
    "100% dân cư thành thị, 98% dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh.",
    "100% of urban residents and 98% of rural residents have the use of hygienic domestic water.",
    scan="100% dân cư thành thị, 98% dân cư nông thôn được sử dụng nước sinh hoạt họp vệ sinh.",
    corrections=[Correction("họp vệ sinh", "hợp vệ sinh")],
    note=Text(
        vi=(
            "Văn bản chưa quy định rõ “dân cư” là người đăng ký thường trú hay người thực tế cư trú, tính vào giữa năm "
            "hay cuối năm; “thành thị” là phường, thị trấn hay phạm vi đất đô thị. “Nước hợp vệ sinh” không phải là "
            "“nước sạch đạt quy chuẩn”; không được dùng số liệu này thay cho số liệu kia."
        ),
        en=(
            "The text does not say whether residents are those registered or those actually living there, whether they "
            "are counted at mid-year or at year-end, or whether “urban” means wards and townships or built-up land. "
            "Hygienic water is not clean water to the national technical regulation; one must not be used in place of "
            "the other."
        ),
    ),
)


def _water(key: str, table: Table, settlement: str, who: Text) -> Indicator:
    return Share(
        key,
        Text(
            vi=f"Tỷ lệ {who.in_('vi')} được sử dụng nước sinh hoạt hợp vệ sinh",
            en=f"Share of {who.in_('en')} using hygienic domestic water",
        ),
        table=table,
        among=one_of("settlement", settlement),
        where=flag("hygienic_water"),
    )


_PERSONS = Text(vi="Tính theo người", en="Counted in persons")
_PERSONS_GROUND = Text(
    vi="“Dân cư” là người. Thành thị và nông thôn tính riêng, mỗi khu vực một chỉ tiêu.",
    en=(
        "“Dân cư” (residents) are people. Urban and rural residents are counted separately, each with a threshold of "
        "their own."
    ),
)
_HOUSEHOLDS = Text(vi="Tính theo hộ", en="Counted in households")

URBAN_WATER = Target(
    "urban_water",
    _WATER_CLAUSE,
    DEADLINE,
    [
        Reading(
            "persons",
            _water("urban_water", RESIDENTS, "urban", Text(vi="dân cư thành thị", en="urban residents")).at_least(
                "100%"
            ),
            name=_PERSONS,
            rationale=_PERSONS_GROUND,
        ),
        Reading(
            "households",
            _water(
                "urban_water/households", HOUSEHOLDS, "urban", Text(vi="hộ thành thị", en="urban households")
            ).at_least("100%"),
            kind="proxy",
            name=_HOUSEHOLDS,
            rationale=Text(
                vi=(
                    "Tạm dùng khi chưa có số liệu theo người. Văn bản ghi “dân cư”, không ghi “hộ”; quy mô hộ khác "
                    "nhau nên hai tỷ lệ không bằng nhau."
                ),
                en=(
                    "Used only where there are no figures for persons. The text says residents, not households; "
                    "households differ in size, so the two shares differ."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Dân cư thành thị được sử dụng nước sinh hoạt hợp vệ sinh",
        en="Urban residents using hygienic domestic water",
    ),
    level=PROVINCE,
    own=["100% dân cư thành thị", "được sử dụng nước sinh hoạt hợp vệ sinh."],
    metadata=METADATA["urban_water"],
)

RURAL_WATER = Target(
    "rural_water",
    _WATER_CLAUSE,
    DEADLINE,
    [
        Reading(
            "persons",
            _water("rural_water", RESIDENTS, "rural", Text(vi="dân cư nông thôn", en="rural residents")).at_least(
                "98%"
            ),
            name=_PERSONS,
            rationale=_PERSONS_GROUND,
        ),
        Reading(
            "households",
            _water(
                "rural_water/households", HOUSEHOLDS, "rural", Text(vi="hộ nông thôn", en="rural households")
            ).at_least("98%"),
            kind="proxy",
            name=_HOUSEHOLDS,
            rationale=Text(
                vi=(
                    "Ngành nông nghiệp theo dõi theo hộ (chỉ số “tỷ lệ hộ sử dụng nước hợp vệ sinh”, Quyết định số "
                    "1893/QĐ-BNN-TL ngày 24 tháng 6 năm 2024); chưa xác minh được các quyết định trước đó tính theo hộ "
                    "hay theo người. Văn bản ghi “dân cư”, nên chỉ tạm dùng khi chưa có số liệu theo người."
                ),
                en=(
                    "The sector counts households (the share of households using hygienic water, Decision "
                    "1893/QĐ-BNN-TL of 24 June 2024); whether earlier decisions counted households or persons has not "
                    "been established. The text says residents, so this is used only where there are no figures for "
                    "persons."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh",
        en="Rural residents using hygienic domestic water",
    ),
    level=PROVINCE,
    own=["98% dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh."],
    metadata=METADATA["rural_water"],
)


# (2) New production facilities

_FACILITIES_CLAUSE = _clause(
    "II.3 (2)",
    (
        "100% cơ sở sản xuất mới xây dựng áp dụng công nghệ sạch hoặc trang bị các thiết bị giảm ô nhiễm, xử lý chất "
        "thải."
    ),
    (
        "100% of newly built production facilities apply clean technology or are fitted with equipment for reducing "
        "pollution, treating waste."
    ),
    note=Text(
        vi=(
            "Văn bản chưa quy định rõ ba điểm: “mới” tính từ năm nào; dấu phẩy giữa “giảm ô nhiễm” và “xử lý chất "
            "thải” có nghĩa là “và”, “hoặc” hay gọi chung một loại thiết bị; “xây dựng” là xây dựng xong (cách hiểu "
            "được chọn) hay đi vào hoạt động. “Cơ sở sản xuất” không gồm cơ sở chỉ kinh doanh, nhưng gồm cơ sở vừa sản "
            "xuất vừa kinh doanh."
        ),
        en=(
            "The text leaves three points unclear: from which year a facility counts as new; whether the comma between "
            "“reducing pollution” and “treating waste” means “and”, means “or”, or names one class of equipment; and "
            "whether “built” means construction finished (as taken here) or commissioned. Production facilities "
            "exclude those that only trade; they include those that both produce and trade."
        ),
    ),
)

_EQUIPMENT: tuple[tuple[str, Rule, Text, Text], ...] = (
    (
        "any",
        flag("clean_technology") | flag("pollution_reduction") | flag("waste_treatment"),
        Text(
            vi="Công nghệ sạch, hoặc ít nhất một trong hai loại thiết bị",
            en="Clean technology, or either kind of equipment",
        ),
        Text(
            vi=(
                "Dấu phẩy chỉ để liệt kê: áp dụng công nghệ sạch, hoặc có thiết bị giảm ô nhiễm, hoặc có thiết bị xử "
                "lý chất thải, có một trong ba là đủ."
            ),
            en=(
                "The comma merely lists alternatives: clean technology, pollution reduction or waste treatment; any "
                "one is enough."
            ),
        ),
    ),
    (
        "both_devices",
        flag("clean_technology") | (flag("pollution_reduction") & flag("waste_treatment")),
        Text(
            vi="Công nghệ sạch, hoặc cả hai loại thiết bị",
            en="Clean technology, or both kinds of equipment",
        ),
        Text(
            vi=(
                "Câu liệt kê trong tiếng Việt thường không dùng chữ “và”, nên có thể hiểu là phải có cả thiết bị giảm "
                "ô nhiễm và thiết bị xử lý chất thải."
            ),
            en=(
                "Vietnamese lists often omit “và” (and), so the text may require both equipment that reduces pollution "
                "and equipment that treats waste."
            ),
        ),
    ),
    (
        "one_kind",
        flag("clean_technology") | flag("treatment_equipment"),
        Text(
            vi="Công nghệ sạch, hoặc thiết bị giảm ô nhiễm, xử lý chất thải gọi chung một loại",
            en="Clean technology, or the one class of equipment that reduces pollution, treats waste",
        ),
        Text(
            vi=(
                "“Thiết bị giảm ô nhiễm, xử lý chất thải” có thể là tên chung của một loại thiết bị; hồ sơ quản lý "
                "thường chỉ ghi một mục như vậy."
            ),
            en=(
                "“Equipment for reducing pollution, treating waste” may name a single class of equipment, which is how "
                "offices usually record it."
            ),
        ),
    ),
)

_PERIODS: tuple[tuple[str, int, Text, Text], ...] = (
    (
        "",
        2015,
        Text(vi="xây dựng xong trong nhiệm kỳ 2015-2020", en="built in the 2015–2020 term"),
        Text(
            vi=(
                "“Mới” tính theo nhiệm kỳ 2015-2020, khoảng thời gian duy nhất được nêu trong câu dẫn của điểm 3, mục "
                "II."
            ),
            en=(
                "“New” means since the start of the 2015–2020 term, the only period named in the opening sentence of "
                "point 3, section II."
            ),
        ),
    ),
    (
        "_plan_years",
        2016,
        Text(
            vi="xây dựng xong trong kỳ kế hoạch 5 năm 2016-2020",
            en="built in the five-year plan period 2016–2020",
        ),
        Text(
            vi=(
                "“Mới” tính theo kỳ kế hoạch 5 năm 2016-2020; số liệu theo năm không tách được trước và sau Đại hội "
                "cuối năm 2015."
            ),
            en=(
                "“New” means since the start of the five-year plan 2016–2020; yearly data cannot separate before and "
                "after the Congress of late 2015."
            ),
        ),
    ),
    (
        "_since_resolution",
        2017,
        Text(
            vi="xây dựng xong trong giai đoạn 2017-2020 (từ năm ban hành Nghị quyết)",
            en="built in 2017–2020 (since the resolution)",
        ),
        Text(
            vi=(
                "“Mới” tính từ khi ban hành Nghị quyết; số liệu theo năm không tách được trước và sau ngày 15 tháng 3 "
                "năm 2017 nên tính cả năm 2017."
            ),
            en=(
                "“New” means since the resolution; yearly data cannot separate before and after 15 March 2017, so all "
                "of 2017 is included."
            ),
        ),
    ),
)


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _facilities_readings() -> Iterator[Reading]:
    # The three kinds of equipment in the term come first, then each in the two later periods.
    in_term = [(equipment, _PERIODS[0]) for equipment in _EQUIPMENT]
    later = [(equipment, period) for equipment in _EQUIPMENT for period in _PERIODS[1:]]
    for (equipment, where, with_what, why_equipment), (suffix, first, when, why_period) in (*in_term, *later):
        key = f"{equipment}{suffix}"
        indicator = Share(
            "new_facilities" if key == "any" else f"new_facilities/{key}",
            Text(
                vi=f"Tỷ lệ cơ sở sản xuất {when.in_('vi')} có {_lower(with_what.in_('vi'))}",
                en=f"Share of production facilities {when.in_('en')} with {_lower(with_what.in_('en'))}",
            ),
            table=ESTABLISHMENTS,
            among=one_of("activity", "production", "both") & between("built", first, DEADLINE),
            where=where,
        )
        yield Reading(
            key,
            indicator.at_least("100%"),
            name=Text(vi=f"{with_what.in_('vi')}; {when.in_('vi')}", en=f"{with_what.in_('en')}; {when.in_('en')}"),
            rationale=Text(
                vi=f"{why_equipment.in_('vi')} {why_period.in_('vi')}",
                en=f"{why_equipment.in_('en')} {why_period.in_('en')}",
            ),
        )


NEW_FACILITIES = Target(
    "new_facilities",
    _FACILITIES_CLAUSE,
    DEADLINE,
    _facilities_readings(),
    name=Text(
        vi="Cơ sở sản xuất mới xây dựng áp dụng công nghệ sạch hoặc có thiết bị giảm ô nhiễm, xử lý chất thải",
        en="New production facilities with clean technology or equipment that reduces pollution, treats waste",
    ),
    level=PROVINCE,
    metadata=METADATA["new_facilities"],
)


# (3) Environmental standards of establishments

_STANDARDS_CLAUSE = _clause(
    "II.3 (3)",
    "100% cơ sở sản xuất kinh doanh đạt tiêu chuẩn về môi trường.",
    "100% of production and business establishments meet environmental standards.",
    note=Text(
        vi=(
            "Ở đây ghi “sản xuất kinh doanh”, còn tại điểm 2, mục III ghi “sản xuất, kinh doanh”: được hiểu là cơ sở "
            "sản xuất hoặc kinh doanh. Văn bản chưa quy định rõ “đạt tiêu chuẩn” là kết quả đo đạt quy chuẩn kỹ thuật "
            "hay có đủ hồ sơ môi trường, và hộ kinh doanh có thuộc đối tượng hay không. Cần ghi rõ cả hai khi lập số "
            "liệu."
        ),
        en=(
            "“Sản xuất kinh doanh” is written without a comma here and with one in point 2, section III; it is taken "
            "as production or business. “Meet standards” may mean measured compliance with technical regulations or "
            "having the required environmental paperwork, and the text does not say whether household businesses are "
            "included. The figures must state both."
        ),
    ),
)


def _standards(key: str, which: Text, further: Rule | None = None) -> Indicator:
    concerned = one_of("activity", "production", "business", "both")
    return Share(
        key,
        Text(
            vi=f"Tỷ lệ {which.in_('vi')} đạt tiêu chuẩn về môi trường",
            en=f"Share of {which.in_('en')} that meet environmental standards",
        ),
        table=ESTABLISHMENTS,
        among=concerned if further is None else concerned & further,
        where=flag("meets_standards"),
    )


ESTABLISHMENT_STANDARDS = Target(
    "establishment_standards",
    _STANDARDS_CLAUSE,
    DEADLINE,
    [
        Reading(
            "all",
            _standards(
                "establishment_standards",
                Text(vi="cơ sở sản xuất, kinh doanh", en="production and business establishments"),
            ).at_least("100%"),
            name=Text(vi="Mọi cơ sở sản xuất, kinh doanh", en="All production and business establishments"),
            rationale=Text(
                vi="Văn bản không giới hạn: mọi cơ sở sản xuất hoặc kinh doanh, cả mới và cũ.",
                en="The text sets no limit: every establishment that produces or trades, new or old.",
            ),
        ),
        Reading(
            "existing",
            _standards(
                "establishment_standards/existing",
                Text(
                    vi="cơ sở sản xuất, kinh doanh xây dựng xong trước năm 2015",
                    en="production and business establishments built before 2015",
                ),
                between("built", None, 2014),
            ).at_least("100%"),
            name=Text(
                vi="Cơ sở hiện có, xây dựng xong trước năm 2015", en="Existing establishments, built before 2015"
            ),
            rationale=Text(
                vi=(
                    "Chỉ tiêu này đứng ngay sau chỉ tiêu về cơ sở “mới xây dựng”, nên có thể hiểu là áp dụng cho các "
                    "cơ sở còn lại. Chưa đối chiếu với các văn bản của Trung ương cùng thời kỳ xem có phân biệt “mới” "
                    "và “hiện có” hay không."
                ),
                en=(
                    "It comes right after the target on “newly built” facilities, so it may concern the others. "
                    "Whether national texts of the time pair “new” with “existing” has not been checked."
                ),
            ),
        ),
        Reading(
            "of_inspected",
            _standards(
                "establishment_standards/of_inspected",
                Text(
                    vi="cơ sở sản xuất, kinh doanh được thanh tra, kiểm tra trong kỳ báo cáo",
                    en="production and business establishments inspected in the reporting period",
                ),
                flag("inspected"),
            ).at_least("100%"),
            kind="statistic",
            name=Text(vi="Trong số cơ sở được thanh tra, kiểm tra", en="Of the establishments inspected"),
            rationale=Text(
                vi=(
                    "Báo cáo thường chỉ có kết quả của các cơ sở được thanh tra, kiểm tra trong kỳ. Theo văn bản, cơ "
                    "sở chưa được kiểm tra là chưa xác định được đạt hay không đạt, không phải là không tính."
                ),
                en=(
                    "Reports usually cover only the establishments inspected in the period. Under the text, one that "
                    "was not inspected is unknown; it is not left out."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Cơ sở sản xuất, kinh doanh đạt tiêu chuẩn về môi trường",
        en="Production and business establishments meeting environmental standards",
    ),
    level=PROVINCE,
    metadata=METADATA["establishment_standards"],
)


# (4) and (5) Waste

_HANDLED = flag("collected") & flag("treated_to_standard")

_WASTE_CLAUSE = _clause(
    "II.3 (4)",
    (
        "90% chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ và 50% chất thải phát sinh tại khu vực nông thôn, "
        "làng nghề được thu gom và xử lý đạt tiêu chuẩn môi trường."
    ),
    (
        "90% of urban domestic, industrial and service solid waste, and 50% of the waste arising in rural areas and "
        "craft villages, is collected and treated to environmental standards."
    ),
    note=Text(
        vi=(
            "Vế sau ghi “chất thải”, không ghi “chất thải rắn”; giả định là chất thải rắn, căn cứ vào từ “thu gom” và "
            "vế trước. Chất thải công nghiệp, dịch vụ phát sinh ở nông thôn có thể thuộc cả hai vế; giả định xếp theo "
            "loại chất thải. Làng nghề phần lớn nằm ở nông thôn, nên “nông thôn” ở đây là ngoài làng nghề. Từ “sinh "
            "hoạt” cũng có thể bổ nghĩa cho cả cụm “đô thị, công nghiệp, dịch vụ”, nhưng cách hiểu này ít căn cứ nên "
            "không tính."
        ),
        en=(
            "The second half says “waste”, not “solid waste”; solid waste is assumed, because of “collected” and the "
            "parallel with the first half. Industrial or service waste generated in rural areas could belong to either "
            "half; it is assumed to be sorted by stream. Craft villages are mostly in rural areas, so “rural” here "
            "means outside them. “Sinh hoạt” (domestic) might also apply to the whole list of urban, industrial and "
            "service waste; that reading is weak and is not computed."
        ),
    ),
)

_MEDICAL_CLAUSE = _clause(
    "II.3 (5)",
    "100% chất thải rắn y tế được thu gom và xử lý đạt tiêu chuẩn môi trường.",
    "100% of medical solid waste is collected and treated to environmental standards.",
    note=Text(
        vi=(
            "Văn bản không giới hạn ở chất thải nguy hại, nên gồm cả chất thải y tế thông thường. Nhiều báo cáo chỉ có "
            "chất thải y tế nguy hại. Chất thải xử lý tại chỗ trong bệnh viện được coi là đã thu gom (thu gom nội bộ)."
        ),
        en=(
            "The text is not limited to hazardous waste, so ordinary medical waste is included. Many reports give only "
            "the hazardous part. Waste treated on the hospital site counts as collected (internally)."
        ),
    ),
)


def _handled(key: str, what: Text, *streams: str) -> Indicator:
    return Share(
        key,
        Text(
            vi=f"Tỷ lệ {what.in_('vi')} được thu gom và xử lý đạt tiêu chuẩn môi trường",
            en=f"Share of {what.in_('en')} that is collected and treated to environmental standards",
        ),
        table=WASTE,
        among=one_of("stream", *streams),
        where=_HANDLED,
    )


def _collected(key: str, what: Text, *streams: str) -> Indicator:
    return Share(
        key,
        Text(vi=f"Tỷ lệ {what.in_('vi')} được thu gom", en=f"Share of {what.in_('en')} that is collected"),
        table=WASTE,
        among=one_of("stream", *streams),
        where=flag("collected"),
    )


def _treated_of_collected(key: str, what: Text, *streams: str) -> Indicator:
    return Share(
        key,
        Text(
            vi=f"Tỷ lệ xử lý đạt tiêu chuẩn môi trường trên lượng {what.in_('vi')} được thu gom",
            en=f"Share treated to environmental standards, of the {what.in_('en')} that was collected",
        ),
        table=WASTE,
        among=one_of("stream", *streams) & flag("collected"),
        where=flag("treated_to_standard"),
    )


_POOLED = Text(vi="Tính gộp các loại, trên lượng phát sinh", en="All streams together, as a share of waste generated")
_EACH_STREAM = Text(
    vi="Từng loại đều phải đạt, trên lượng phát sinh", en="Each stream separately, as a share of waste generated"
)
_OF_COLLECTED = Text(vi="Xử lý trên lượng thu gom", en="Treated, as a share of waste collected")
_TWO_RATES = Text(
    vi="Thu gom trên lượng phát sinh, và xử lý trên lượng thu gom",
    en="Collected as a share of generated, and treated as a share of collected",
)

_URBAN_WASTE = Text(
    vi="chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ",
    en="urban domestic, industrial and service solid waste",
)
_URBAN_STREAMS = {
    "urban_domestic": Text(vi="chất thải rắn sinh hoạt đô thị", en="urban domestic solid waste"),
    "industrial": Text(vi="chất thải rắn công nghiệp", en="industrial solid waste"),
    "service": Text(vi="chất thải rắn dịch vụ", en="service solid waste"),
}

URBAN_WASTE = Target(
    "urban_waste",
    _WASTE_CLAUSE,
    DEADLINE,
    [
        Reading(
            "pooled",
            _handled("urban_waste", _URBAN_WASTE, *_URBAN_STREAMS).at_least("90%"),
            name=_POOLED,
            rationale=Text(
                vi="Văn bản đề ra một tỷ lệ chung cho cả ba loại: tính trên tổng khối lượng của cả ba.",
                en="The text gives one percentage for all three streams, so their amounts are added up.",
            ),
        ),
        Reading(
            "each_stream",
            [
                _handled(f"urban_waste/{stream}", what, stream).at_least("90%")
                for stream, what in _URBAN_STREAMS.items()
            ],
            name=_EACH_STREAM,
            rationale=Text(
                vi="Cũng có thể hiểu là từng loại trong danh mục liệt kê đều phải đạt 90%.",
                en="The list may also be read as requiring every stream to reach 90%.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("urban_waste/of_collected", _URBAN_WASTE, *_URBAN_STREAMS).at_least("90%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Bộ chỉ tiêu thống kê phát triển bền vững (chỉ tiêu 11.6.1) tính trên lượng thu gom. Vế đầu không "
                    "có từ “phát sinh”, nên cách tính này gần với lời văn; nhưng như vậy chất thải không được thu gom "
                    "không còn trong mẫu số."
                ),
                en=(
                    "The national sustainable development statistic (indicator 11.6.1) divides by waste collected. The "
                    "first half of the sentence lacks “phát sinh” (generated), so this is close to the text; but waste "
                    "that is not collected then disappears from the denominator."
                ),
            ),
        ),
        Reading(
            "two_rates",
            [
                _collected("urban_waste/two_rates/collected", _URBAN_WASTE, *_URBAN_STREAMS).at_least("90%"),
                _treated_of_collected("urban_waste/two_rates/treated", _URBAN_WASTE, *_URBAN_STREAMS).at_least("90%"),
            ],
            kind="statistic",
            name=_TWO_RATES,
            rationale=Text(
                vi=(
                    "Báo cáo thường nêu riêng tỷ lệ thu gom và tỷ lệ xử lý. Nếu cả hai chỉ vừa đạt 90% thì lượng được "
                    "thu gom và xử lý có thể chỉ bằng 81% lượng phát sinh."
                ),
                en=(
                    "Reports usually give a collection rate and a treatment rate. With both at 90%, the waste both "
                    "collected and treated may be only 81% of waste generated."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ được thu gom và xử lý đạt tiêu chuẩn",
        en="Urban domestic, industrial and service solid waste collected and treated to standard",
    ),
    level=PROVINCE,
    own=[
        "90% chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ",
        "được thu gom và xử lý đạt tiêu chuẩn môi trường.",
    ],
    metadata=METADATA["urban_waste"],
)

_RURAL_WASTE = Text(
    vi="chất thải phát sinh tại khu vực nông thôn, làng nghề",
    en="waste generated in rural areas and craft villages",
)
_RURAL_STREAMS = {
    "rural": Text(
        vi="chất thải phát sinh tại khu vực nông thôn ngoài làng nghề",
        en="waste generated in rural areas outside craft villages",
    ),
    "craft_village": Text(vi="chất thải phát sinh tại làng nghề", en="waste generated in craft villages"),
}

RURAL_WASTE = Target(
    "rural_waste",
    _WASTE_CLAUSE,
    DEADLINE,
    [
        Reading(
            "pooled",
            _handled("rural_waste", _RURAL_WASTE, *_RURAL_STREAMS).at_least("50%"),
            name=_POOLED,
            rationale=Text(
                vi="Văn bản đề ra một tỷ lệ chung cho nông thôn và làng nghề: tính trên tổng khối lượng của cả hai.",
                en="The text gives one percentage for rural areas and craft villages, so their amounts are added up.",
            ),
        ),
        Reading(
            "each_stream",
            [
                _handled(f"rural_waste/{stream}", what, stream).at_least("50%")
                for stream, what in _RURAL_STREAMS.items()
            ],
            name=_EACH_STREAM,
            rationale=Text(
                vi="Cũng có thể hiểu là nông thôn và làng nghề đều phải đạt 50%.",
                en="The list may also be read as requiring rural areas and craft villages each to reach 50%.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("rural_waste/of_collected", _RURAL_WASTE, *_RURAL_STREAMS).at_least("50%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Văn bản không cho phép cách tính này: “chất thải phát sinh” là toàn bộ lượng phát sinh. Chỉ nêu "
                    "để đối chiếu với báo cáo thống kê."
                ),
                en=(
                    "The text rules this out: “chất thải phát sinh” means all waste generated. Shown only for "
                    "comparison with statistical reports."
                ),
            ),
        ),
        Reading(
            "two_rates",
            [
                _collected("rural_waste/two_rates/collected", _RURAL_WASTE, *_RURAL_STREAMS).at_least("50%"),
                _treated_of_collected("rural_waste/two_rates/treated", _RURAL_WASTE, *_RURAL_STREAMS).at_least("50%"),
            ],
            kind="statistic",
            name=_TWO_RATES,
            rationale=Text(
                vi=(
                    "Báo cáo thường nêu riêng tỷ lệ thu gom và tỷ lệ xử lý. Nếu cả hai chỉ vừa đạt 50% thì lượng được "
                    "thu gom và xử lý có thể chỉ bằng 25% lượng phát sinh."
                ),
                en=(
                    "Reports usually give a collection rate and a treatment rate. With both at 50%, the waste both "
                    "collected and treated may be only 25% of waste generated."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải tại khu vực nông thôn, làng nghề được thu gom và xử lý đạt tiêu chuẩn",
        en="Waste of rural areas and craft villages collected and treated to standard",
    ),
    level=PROVINCE,
    own=["50% chất thải phát sinh tại khu vực nông thôn, làng nghề được thu gom và xử lý đạt tiêu chuẩn môi trường."],
    metadata=METADATA["rural_waste"],
)

_MEDICAL_WASTE = Text(vi="chất thải rắn y tế", en="medical solid waste")

MEDICAL_WASTE = Target(
    "medical_waste",
    _MEDICAL_CLAUSE,
    DEADLINE,
    [
        Reading(
            "pooled",
            _handled("medical_waste", _MEDICAL_WASTE, "medical").at_least("100%"),
            name=Text(
                vi="Toàn bộ chất thải rắn y tế, trên lượng phát sinh",
                en="All medical solid waste, as a share of waste generated",
            ),
            rationale=Text(
                vi="Văn bản không giới hạn: tính chung chất thải rắn y tế thông thường và nguy hại.",
                en="The text sets no limit: ordinary and hazardous medical solid waste are counted together.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("medical_waste/of_collected", _MEDICAL_WASTE, "medical").at_least("100%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Có báo cáo tính trên lượng thu gom; như vậy chất thải không được thu gom không còn trong mẫu số. "
                    "Chỉ nêu để đối chiếu."
                ),
                en=(
                    "Some reports divide by waste collected; waste that is not collected then disappears from the "
                    "denominator. Shown only for comparison."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải rắn y tế được thu gom và xử lý đạt tiêu chuẩn môi trường",
        en="Medical solid waste collected and treated to environmental standards",
    ),
    level=PROVINCE,
    metadata=METADATA["medical_waste"],
)

TARGETS = (
    URBAN_WATER,
    RURAL_WATER,
    NEW_FACILITIES,
    ESTABLISHMENT_STANDARDS,
    URBAN_WASTE,
    RURAL_WASTE,
    MEDICAL_WASTE,
)
