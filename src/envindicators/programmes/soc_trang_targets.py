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
from envindicators.programmes.soc_trang_tables import ESTABLISHMENTS, HOUSEHOLDS, RESIDENTS, WASTE
from envindicators.words.text import Text

DEADLINE = 2020

_DEADLINE_GROUND = Text(
    vi=(
        "Mục II.3 không ghi thời hạn. Năm 2020 được suy ra từ ba căn cứ: tên Nghị quyết (“đến năm 2020”), câu dẫn của "
        "mục II.3 (“nhiệm kỳ 2015-2020”) và lần tổng kết (mục IV.3, “vào năm 2020”)."
    ),
    en=(
        "II.3 names no date. 2020 is inferred on three grounds: the title (“to 2020”), the chapeau of II.3 (“term "
        "2015–2020”) and the final review (IV.3, “in 2020”)."
    ),
)


def _clause(
    section: str, quote: str, translation: str, *, note: Text, corrections: Iterable[Correction] = (), scan: str = ""
) -> Clause:
    return Clause(
        RESOLUTION,
        section,
        quote,
        translation,
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
            "Văn bản để ngỏ: “dân cư” là người đăng ký thường trú hay người thực tế cư trú, tính giữa năm hay cuối "
            "năm; “thành thị” là phường, thị trấn hay phạm vi đất đô thị. “Nước hợp vệ sinh” không phải là “nước sạch "
            "đạt quy chuẩn”, không được lấy số liệu này thay cho số liệu kia."
        ),
        en=(
            "Open in the text: whether residents are those registered or those actually living there, at mid-year or "
            "at the end of the year; whether “urban” means wards and townships or built-up land. Hygienic water is "
            "not clean water to the national technical regulation; the one never stands in for the other."
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
    vi="“Dân cư” là người. Thành thị và nông thôn tính riêng, mỗi khu vực một mức.",
    en="“Dân cư” (residents) are people. Urban and rural are counted apart, each with its own threshold.",
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
                    "Dùng thay khi chưa có số liệu theo người. Văn bản viết “dân cư”, không viết “hộ”; quy mô hộ khác "
                    "nhau nên hai tỷ lệ không bằng nhau."
                ),
                en=(
                    "Used for want of figures in persons. The words say residents, not households; households differ "
                    "in size, so the two shares are not the same."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Dân cư thành thị được sử dụng nước sinh hoạt hợp vệ sinh",
        en="Urban residents using hygienic domestic water",
    ),
    level=PROVINCE,
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
                    "Ngành nông nghiệp theo dõi theo hộ (chỉ số “tỷ lệ hộ sử dụng nước hợp vệ sinh”, Quyết định "
                    "1893/QĐ-BNN-TL ngày 24 tháng 6 năm 2024); các quyết định trước đó tính theo hộ hay theo người thì "
                    "chưa xác minh được. Văn bản viết “dân cư”, nên chỉ dùng thay khi chưa có số liệu theo người."
                ),
                en=(
                    "The sector counts households (the share of households using hygienic water, Decision "
                    "1893/QĐ-BNN-TL of 24 June 2024); whether the decisions before it counted households or persons "
                    "is not established. The words say residents, so this is used only for want of figures in persons."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Dân cư nông thôn được sử dụng nước sinh hoạt hợp vệ sinh",
        en="Rural residents using hygienic domestic water",
    ),
    level=PROVINCE,
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
            "Văn bản để ngỏ ba điều: “mới” tính từ năm nào; dấu phẩy giữa “giảm ô nhiễm” và “xử lý chất thải” là “và”, "
            "là “hoặc” hay gọi chung một loại thiết bị; “xây dựng” hiểu là xây dựng xong, không phải đi vào hoạt động. "
            "“Cơ sở sản xuất” không gồm cơ sở thuần kinh doanh; cơ sở vừa sản xuất vừa kinh doanh thì có."
        ),
        en=(
            "Three things are open in the text: since when a facility is new; whether the comma between “reducing "
            "pollution” and “treating waste” is an “and”, an “or”, or names one class of equipment; “built” is taken "
            "as building finished, not as commissioned. Production facilities leave out pure business; one that "
            "produces and trades is among them."
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
                "Dấu phẩy chỉ liệt kê: áp dụng công nghệ sạch, có thiết bị giảm ô nhiễm, hoặc có thiết bị xử lý chất "
                "thải, có một là đủ."
            ),
            en="The bare comma lists: clean technology, pollution reduction or waste treatment, any one is enough.",
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
                "Câu tiếng Việt liệt kê thường không cần chữ “và”, nên có thể hiểu là phải có cả thiết bị giảm ô nhiễm "
                "và thiết bị xử lý chất thải."
            ),
            en=(
                "Vietnamese lists often end without “và” (and), so the words may ask for equipment that reduces "
                "pollution and equipment that treats waste."
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
                "“Equipment for reducing pollution, treating waste” may name one class of equipment, which is what "
                "offices record."
            ),
        ),
    ),
)

_PERIODS: tuple[tuple[str, int, Text, Text], ...] = (
    (
        "",
        2015,
        Text(vi="xây dựng xong trong nhiệm kỳ 2015–2020", en="built in the term 2015–2020"),
        Text(
            vi="“Mới” tính theo nhiệm kỳ 2015–2020, khoảng thời gian duy nhất mà câu dẫn của mục II.3 nêu.",
            en="“New” is since the beginning of the term 2015–2020, the only period that the chapeau of II.3 names.",
        ),
    ),
    (
        "_plan_years",
        2016,
        Text(
            vi="xây dựng xong trong kỳ kế hoạch 5 năm 2016–2020",
            en="built in the five-year plan period 2016–2020",
        ),
        Text(
            vi=(
                "“Mới” tính theo kỳ kế hoạch 5 năm 2016–2020; cột năm không tách được trước và sau Đại hội cuối năm "
                "2015."
            ),
            en=(
                "“New” is since the beginning of the five-year plan 2016–2020; a year column cannot tell before from "
                "after the Congress of late 2015."
            ),
        ),
    ),
    (
        "_since_resolution",
        2017,
        Text(
            vi="xây dựng xong trong giai đoạn 2017–2020 (từ năm ban hành Nghị quyết)",
            en="built in 2017–2020 (since the resolution)",
        ),
        Text(
            vi=(
                "“Mới” tính từ khi có Nghị quyết; cột năm không tách được trước và sau ngày 15 tháng 3 năm 2017 nên "
                "năm 2017 lấy trọn."
            ),
            en=(
                "“New” is since the resolution; a year column cannot tell before from after 15 March 2017, so 2017 is "
                "taken whole."
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
)


# (3) Environmental standards of establishments

_STANDARDS_CLAUSE = _clause(
    "II.3 (3)",
    "100% cơ sở sản xuất kinh doanh đạt tiêu chuẩn về môi trường.",
    "100% of production and business establishments meet environmental standards.",
    note=Text(
        vi=(
            "“Sản xuất kinh doanh” viết liền ở đây, nhưng “sản xuất, kinh doanh” ở mục III.2: được hiểu là cơ sở sản "
            "xuất hoặc kinh doanh. “Đạt tiêu chuẩn” có thể là kết quả đo đạt quy chuẩn kỹ thuật hoặc là đủ hồ sơ môi "
            "trường; hộ kinh doanh có thuộc diện hay không văn bản không nêu. Cả hai phải ghi rõ khi lập số liệu."
        ),
        en=(
            "“Sản xuất kinh doanh” stands without a comma here and with one in III.2: it is taken as production or "
            "business. “Meet standards” may mean measured compliance with technical regulations or environmental "
            "papers in order; whether household businesses belong is not said. The figures must say both."
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
                vi="Câu chữ không giới hạn: mọi cơ sở sản xuất hoặc kinh doanh, mới và cũ.",
                en="The words set no limit: every establishment that produces or trades, new or old.",
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
            name=Text(vi="Cơ sở hiện có, xây dựng xong trước năm 2015", en="Existing ones, built before 2015"),
            rationale=Text(
                vi=(
                    "Chỉ tiêu này đứng ngay sau chỉ tiêu về cơ sở “mới xây dựng”, nên có thể hiểu là nói về các cơ sở "
                    "còn lại. Các văn bản của Trung ương cùng thời đặt cặp “mới” và “hiện có” hay không còn phải đối "
                    "chiếu."
                ),
                en=(
                    "It stands right after the target on “newly built” facilities, so it may speak of the others. "
                    "Whether national texts of the time pair “new” and “existing” has still to be checked."
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
                    "Báo cáo thường chỉ có kết quả của các cơ sở được thanh tra, kiểm tra trong kỳ. Theo câu chữ, cơ "
                    "sở chưa được kiểm tra là chưa rõ, không phải là không tính."
                ),
                en=(
                    "Reports contain the establishments inspected in the period. To the words, one that was not "
                    "inspected is unknown; it does not drop out."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Cơ sở sản xuất, kinh doanh đạt tiêu chuẩn về môi trường",
        en="Production and business establishments meeting environmental standards",
    ),
    level=PROVINCE,
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
            "Vế sau viết “chất thải”, không viết “chất thải rắn”; chữ “thu gom” và vế song song cho phép hiểu là chất "
            "thải rắn, đây là giả định. Chất thải công nghiệp, dịch vụ phát sinh ở nông thôn theo câu chữ thuộc vế nào "
            "cũng được; xếp theo loại chất thải là giả định. Làng nghề phần lớn nằm ở nông thôn, nên “nông thôn” ở đây "
            "là ngoài làng nghề. Chữ “sinh hoạt” cũng có thể chi phối cả cụm “đô thị, công nghiệp, dịch vụ”, nhưng "
            "cách hiểu này yếu và không có trong các cách hiểu được tính."
        ),
        en=(
            "The second half says “waste”, not “solid waste”; “collected” and the parallel make solid waste the "
            "sensible reading, which is an assumption. Industrial or service waste that arises in rural areas belongs "
            "to either half by the words; to sort by stream is an assumption. Craft villages mostly lie in rural "
            "areas, so “rural” is rural outside them. “Sinh hoạt” (domestic) may also govern the whole list of towns, "
            "industry and services; that reading is weak and is not computed."
        ),
    ),
)

_MEDICAL_CLAUSE = _clause(
    "II.3 (5)",
    "100% chất thải rắn y tế được thu gom và xử lý đạt tiêu chuẩn môi trường.",
    "100% of medical solid waste is collected and treated to environmental standards.",
    note=Text(
        vi=(
            "Câu chữ không giới hạn ở chất thải nguy hại: gồm cả chất thải y tế thông thường. Nhiều báo cáo chỉ có "
            "chất thải y tế nguy hại. Chất thải xử lý tại chỗ trong bệnh viện được coi là đã thu gom (nội bộ)."
        ),
        en=(
            "Nothing limits it to hazardous waste: ordinary medical waste belongs. Many reports give only the "
            "hazardous part. Waste treated on the site of the hospital counts as collected (internally)."
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


_POOLED = Text(vi="Tính gộp các loại, trên lượng phát sinh", en="All streams together, of what was generated")
_EACH_STREAM = Text(vi="Từng loại đều phải đạt, trên lượng phát sinh", en="Each stream, of what was generated")
_OF_COLLECTED = Text(vi="Xử lý trên lượng thu gom", en="Treated, of what was collected")
_TWO_RATES = Text(
    vi="Thu gom trên lượng phát sinh, và xử lý trên lượng thu gom",
    en="Collected of what was generated, and treated of what was collected",
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
                vi="Một tỷ lệ, một vị ngữ cho cả ba loại: cộng khối lượng của chúng lại.",
                en="One percentage and one verb for all three: their kilograms are added up.",
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
                vi="Phép liệt kê có thể hiểu là phân phối: loại nào cũng phải đạt 90%.",
                en="The list may be distributive: every stream must reach 90%.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("urban_waste/of_collected", _URBAN_WASTE, *_URBAN_STREAMS).at_least("90%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Thống kê quốc gia về phát triển bền vững (chỉ tiêu 11.6.1) chia cho lượng thu gom. Vế đầu không "
                    "có chữ “phát sinh”, nên cách này gần với câu chữ; nhưng chất thải không được thu gom biến mất "
                    "khỏi mẫu số."
                ),
                en=(
                    "The national statistic for sustainable development (indicator 11.6.1) divides by what was "
                    "collected. The first half lacks “phát sinh” (arising), so this is close to the words; but what is "
                    "not collected vanishes from the denominator."
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
                    "Báo cáo thường nêu riêng tỷ lệ thu gom và tỷ lệ xử lý. Cả hai cùng đạt 90% thì lượng vừa được thu "
                    "gom vừa được xử lý có thể chỉ là 81% lượng phát sinh."
                ),
                en=(
                    "Reports give a rate of collection and a rate of treatment. With both at 90%, what is collected "
                    "and treated may be no more than 81% of what arose."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải rắn sinh hoạt đô thị, công nghiệp, dịch vụ được thu gom và xử lý đạt tiêu chuẩn",
        en="Urban domestic, industrial and service solid waste collected and treated to standard",
    ),
    level=PROVINCE,
)

_RURAL_WASTE = Text(
    vi="chất thải phát sinh tại khu vực nông thôn, làng nghề",
    en="waste arising in rural areas and craft villages",
)
_RURAL_STREAMS = {
    "rural": Text(
        vi="chất thải phát sinh tại khu vực nông thôn ngoài làng nghề",
        en="waste arising in rural areas outside craft villages",
    ),
    "craft_village": Text(vi="chất thải phát sinh tại làng nghề", en="waste arising in craft villages"),
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
                vi="Một tỷ lệ, một vị ngữ cho cả nông thôn và làng nghề: cộng khối lượng của chúng lại.",
                en="One percentage and one verb for rural areas and craft villages: their kilograms are added up.",
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
                vi="Phép liệt kê có thể hiểu là phân phối: nông thôn và làng nghề đều phải đạt 50%.",
                en="The list may be distributive: rural areas and craft villages must each reach 50%.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("rural_waste/of_collected", _RURAL_WASTE, *_RURAL_STREAMS).at_least("50%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Câu chữ loại trừ cách này: “chất thải phát sinh” là toàn bộ lượng phát sinh. Nêu để đối chiếu với "
                    "báo cáo thống kê, không dùng để kết luận."
                ),
                en=(
                    "The words exclude it: “chất thải phát sinh” is the waste arising, all of it. Shown beside, for "
                    "comparison with statistical reports; it decides nothing."
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
                    "Báo cáo thường nêu riêng tỷ lệ thu gom và tỷ lệ xử lý. Cả hai cùng đạt 50% thì lượng vừa được thu "
                    "gom vừa được xử lý có thể chỉ là 25% lượng phát sinh."
                ),
                en=(
                    "Reports give a rate of collection and a rate of treatment. With both at 50%, what is collected "
                    "and treated may be no more than 25% of what arose."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải tại khu vực nông thôn, làng nghề được thu gom và xử lý đạt tiêu chuẩn",
        en="Waste of rural areas and craft villages collected and treated to standard",
    ),
    level=PROVINCE,
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
                en="All medical solid waste, of what was generated",
            ),
            rationale=Text(
                vi="Câu chữ không giới hạn: chất thải rắn y tế thông thường và nguy hại tính chung.",
                en="Nothing limits the words: ordinary and hazardous medical solid waste together.",
            ),
        ),
        Reading(
            "of_collected",
            _treated_of_collected("medical_waste/of_collected", _MEDICAL_WASTE, "medical").at_least("100%"),
            kind="statistic",
            name=_OF_COLLECTED,
            rationale=Text(
                vi=(
                    "Báo cáo có khi chia cho lượng thu gom; chất thải không được thu gom khi đó biến mất khỏi mẫu số. "
                    "Nêu để đối chiếu, không dùng để kết luận."
                ),
                en=(
                    "Reports may divide by what was collected; what is not collected then vanishes from the "
                    "denominator. Shown beside; it decides nothing."
                ),
            ),
        ),
    ],
    name=Text(
        vi="Chất thải rắn y tế được thu gom và xử lý đạt tiêu chuẩn môi trường",
        en="Medical solid waste collected and treated to environmental standards",
    ),
    level=PROVINCE,
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
