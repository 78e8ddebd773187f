"""What is known of the seven targets of Resolution 12-NQ/TU beside their rules: concepts, sources, comparability.

Each fact names where it stands. What no document at hand says is left out.
"""

from __future__ import annotations

import datetime

from envindicators.definitions.metadata import Metadata, Reference, RelatedCode
from envindicators.words.text import Text

_UPDATED = datetime.date(2026, 11, 26)

_GSO = "https://www.gso.gov.vn/du-lieu-dac-ta/2019/12/"
_URBAN_SUPPLY_URL = f"{_GSO}htcttkqg-ty-le-dan-so-do-thi-duoc-cung-cap-nuoc-sach-qua-he-thong-cap-nuoc-tap-trung/"
_HAZARDOUS_URL = f"{_GSO}htcttkqg-ty-le-chat-thai-nguy-hai-duoc-thu-gom-xu-ly/"

_NATIONAL = Text(vi="Hệ thống chỉ tiêu thống kê quốc gia", en="National statistical indicators of Viet Nam")
_SUSTAINABLE = Text(
    vi="Bộ chỉ tiêu thống kê phát triển bền vững của Việt Nam",
    en="Viet Nam’s statistical indicators of sustainable development",
)
_SDG = Text(vi="Mục tiêu phát triển bền vững của Liên hợp quốc (SDG)", en="Sustainable Development Goals (SDG)")

_STATISTICS_LAW = Reference(
    Text(
        vi="Luật Thống kê số 89/2015/QH13 ngày 23 tháng 11 năm 2015",
        en="Law on Statistics No. 89/2015/QH13 of 23 November 2015",
    ),
    url="https://thuvienphapluat.vn/van-ban/EN/Bo-may-hanh-chinh/Law-No-89-2015-QH13-on-statistics/300650/tieng-anh.aspx",
    note=Text(
        vi="Quy định về chỉ tiêu thống kê và chế độ báo cáo thống kê.",
        en="On statistical indicators and statistical reporting.",
    ),
)
_WATER_INDICATORS = Reference(
    Text(
        vi=(
            "Quyết định số 1893/QĐ-BNN-TL ngày 24 tháng 6 năm 2024 của Bộ Nông nghiệp và Phát triển nông thôn về Bộ "
            "chỉ số theo dõi - đánh giá nước sạch nông thôn"
        ),
        en=(
            "Decision 1893/QĐ-BNN-TL of 24 June 2024, Ministry of Agriculture and Rural Development, on the indicators "
            "for monitoring rural clean water"
        ),
    ),
    url="https://sonnptnt.quangtri.gov.vn/chi-tiet/-/view-article/1/1689040316279/1719560120869",
    note=Text(
        vi="Ban hành sau Nghị quyết; chỉ số 01 và 02 tính theo hộ.",
        en="Later than the resolution; its indicators 01 and 02 count households.",
    ),
)

_REVIEWS = Text(
    vi=(
        "Nghị quyết không quy định kỳ báo cáo, chỉ yêu cầu sơ kết năm 2018 và tổng kết năm 2020 (điểm 3, mục IV). Ở "
        "đây tính theo năm."
    ),
    en=(
        "The resolution sets no reporting period; it asks for an interim review in 2018 and a final review in 2020 "
        "(point 3, section IV). Computed here by year."
    ),
)
_HYGIENIC = Text(
    vi=(
        "Nghị quyết không định nghĩa “nước hợp vệ sinh”. Dữ liệu đặc tả của Tổng cục Thống kê về chỉ tiêu cấp "
        "huyện (tháng 11/2019) mô tả đó là nước không màu, không mùi, không vị, không chứa chất gây hại, uống được "
        "sau khi đun sôi, kèm yêu cầu riêng đối với giếng đào, giếng khoan và nước mưa."
    ),
    en=(
        "The resolution does not define hygienic water. The General Statistics Office’s metadata of the "
        "district-level indicator (November 2019) describe water without colour, smell or taste, with nothing "
        "harmful in it, drinkable after boiling, with further rules for dug wells, drilled wells and rainwater."
    ),
)
_PERSONS = Text(
    vi=(
        "Cộng số người của các địa bàn, cả tử số và mẫu số, rồi mới chia; không lấy trung bình các tỷ lệ. Chương trình "
        "giám sát chung của WHO và UNICEF (JMP) cũng tính tỷ lệ chung theo trọng số dân số."
    ),
    en=(
        "The people of all areas are added up, above and below the line, before dividing; shares are never averaged. "
        "The WHO/UNICEF Joint Monitoring Programme weights by population in the same way."
    ),
)
_SAFELY_MANAGED = RelatedCode(
    _SDG,
    "6.1.1",
    name=Text(
        vi="Tỷ lệ dân số sử dụng dịch vụ nước uống được quản lý an toàn",
        en="Proportion of population using safely managed drinking water services",
    ),
    url="https://unstats.un.org/sdgs/metadata/files/Metadata-06-01-01.pdf",
    note=Text(
        vi=("Chặt chẽ hơn: nguồn nước được cải thiện, có tại chỗ, có khi cần, không nhiễm phân và hoá chất ưu tiên."),
        en=(
            "Stricter: an improved source on the premises, available when needed, free of faecal and priority chemical "
            "contamination."
        ),
    ),
)
_MUNICIPAL_WASTE = RelatedCode(
    _SDG,
    "11.6.1",
    name=Text(
        vi=(
            "Tỷ lệ chất thải rắn đô thị được thu gom và quản lý tại các cơ sở có kiểm soát trên tổng lượng chất thải "
            "đô thị phát sinh, theo thành phố"
        ),
        en=(
            "Proportion of municipal solid waste collected and managed in controlled facilities out of total municipal "
            "waste generated, by cities"
        ),
    ),
    url="https://unstats.un.org/sdgs/metadata/files/Metadata-11-06-01.pdf",
    note=Text(
        vi="Mẫu số là lượng phát sinh, như cách hiểu mặc định; nhưng chỉ tính chất thải đô thị, theo từng thành phố.",
        en="Divides by waste generated, as the default reading does; but of municipal waste only, city by city.",
    ),
)
_URBAN_DOMESTIC = RelatedCode(
    _SUSTAINABLE,
    "11.6.1",
    name=Text(
        vi="Tỷ lệ chất thải rắn sinh hoạt đô thị được thu gom, xử lý đạt tiêu chuẩn, quy chuẩn theo quy định",
        en="Share of urban domestic solid waste collected and treated to the prescribed standards",
    ),
    note=Text(
        vi="Mẫu số là lượng thu gom, không phải lượng phát sinh; chỉ tính chất thải sinh hoạt.",
        en="Divides by waste collected, not by waste generated; domestic waste only.",
    ),
)
_KILOGRAMS = Text(
    vi=(
        "Cộng khối lượng của các địa bàn, cả tử số và mẫu số, rồi mới chia. Chất thải tính cho nơi phát sinh, không "
        "phải nơi xử lý."
    ),
    en=(
        "The masses of all areas are added up, above and below the line, before dividing. Waste belongs to the area "
        "where it arose, not to that where it was treated."
    ),
)
_CARRIED_OVER = Text(
    vi="Chất thải lưu giữ chuyển qua năm sau có thể làm lượng xử lý trong năm lớn hơn lượng thu gom.",
    en="Waste kept over the end of a year can make the amount treated in a year larger than the amount collected.",
)
_YEAR_ONLY = Text(
    vi="Số liệu theo năm không tách được thời gian trước và sau ngày ban hành Nghị quyết (15 tháng 3 năm 2017).",
    en="Yearly figures cannot separate the time before and after the resolution (15 March 2017).",
)

METADATA = {
    "urban_water": Metadata(
        concept=_HYGIENIC,
        method=_PERSONS,
        periodicity=_REVIEWS,
        source=Text(
            vi=(
                "Nghị quyết không nêu nguồn số liệu. Đối với chỉ tiêu quốc gia gần nhất (nước sạch đô thị), Tổng cục "
                "Thống kê nêu nguồn: điều tra hạ tầng kỹ thuật đô thị và chế độ báo cáo thống kê cấp quốc gia, do Bộ "
                "Xây dựng thu thập, tổng hợp."
            ),
            en=(
                "The resolution names no source. For the nearest national indicator (urban clean water) the General "
                "Statistics Office names the survey of urban technical infrastructure and national statistical "
                "reporting, compiled by the Ministry of Construction."
            ),
        ),
        comparability=Text(
            vi=(
                "Không so sánh với tỷ lệ dân số đô thị được cung cấp nước sạch: đó là nước máy đạt tiêu chuẩn của Bộ "
                "Xây dựng, tại đô thị từ loại 5 đến loại đặc biệt."
            ),
            en=(
                "Not to be compared with the share of the urban population supplied with clean water: that is piped "
                "water to the Ministry of Construction’s standard, in towns of class 5 up to special class."
            ),
        ),
        limits=[
            Text(
                vi="Điều chỉnh địa giới, nâng loại đô thị làm dân cư chuyển từ nông thôn sang thành thị giữa các năm.",
                en="When places are reclassified between years, people move from the rural to the urban count.",
            )
        ],
        references=[_STATISTICS_LAW],
        codes=[
            RelatedCode(
                _NATIONAL,
                name=Text(
                    vi="Tỷ lệ dân số đô thị được cung cấp nước sạch qua hệ thống cấp nước tập trung",
                    en="Share of the urban population supplied with clean water by a centralised system",
                ),
                url=_URBAN_SUPPLY_URL,
                note=Text(
                    vi="Chặt chẽ hơn: nước máy, không phải nước hợp vệ sinh nói chung. Công bố hằng năm.",
                    en="Stricter: piped water, not hygienic water in general. Published yearly.",
                ),
            ),
            _SAFELY_MANAGED,
        ],
        updated=_UPDATED,
    ),
    "rural_water": Metadata(
        concept=_HYGIENIC,
        method=_PERSONS,
        periodicity=_REVIEWS,
        source=Text(
            vi=(
                "Nghị quyết không nêu nguồn số liệu. Ngành nông nghiệp theo dõi bằng Bộ chỉ số nước sạch nông thôn "
                "(Quyết định số 1893/QĐ-BNN-TL), tính theo hộ."
            ),
            en=(
                "The resolution names no source. The agricultural sector monitors rural water by the indicators of "
                "Decision 1893/QĐ-BNN-TL, which count households."
            ),
        ),
        comparability=Text(
            vi=(
                "Số liệu của ngành tính theo hộ, ở đây tính theo người. Không dùng tỷ lệ nước sạch đạt quy chuẩn thay "
                "cho nước hợp vệ sinh: tại Sóc Trăng năm 2023, hai tỷ lệ là 60,3% và 99,65%."
            ),
            en=(
                "The sector counts households; here persons are counted. Clean water to the national technical "
                "regulation must not stand for hygienic water: in Soc Trang in 2023 the two were 60.3% and 99.65%."
            ),
        ),
        limits=[
            Text(
                vi="Điều chỉnh địa giới, nâng loại đô thị làm dân cư chuyển từ nông thôn sang thành thị giữa các năm.",
                en="When places are reclassified between years, people move from the rural to the urban count.",
            )
        ],
        references=[_WATER_INDICATORS, _STATISTICS_LAW],
        codes=[
            RelatedCode(
                Text(
                    vi="Bộ chỉ số theo dõi - đánh giá nước sạch nông thôn (Quyết định số 1893/QĐ-BNN-TL)",
                    en="Indicators for monitoring rural clean water (Decision 1893/QĐ-BNN-TL)",
                ),
                "01",
                name=Text(
                    vi="Tỷ lệ hộ sử dụng nước hợp vệ sinh (%)", en="Share of households using hygienic water (%)"
                ),
                url=_WATER_INDICATORS.url,
                note=Text(vi="Tính theo hộ, không theo người.", en="Counts households, not persons."),
            ),
            _SAFELY_MANAGED,
        ],
        updated=_UPDATED,
    ),
    "new_facilities": Metadata(
        concept=Text(
            vi=(
                "Cơ sở sản xuất mới xây dựng có công nghệ sạch hoặc có thiết bị giảm ô nhiễm, xử lý chất thải. Nghị "
                "quyết không định nghĩa “mới xây dựng”, “công nghệ sạch”. Cơ sở vừa sản xuất vừa kinh doanh là cơ sở "
                "sản xuất; cơ sở chỉ kinh doanh thì không."
            ),
            en=(
                "Newly built production facilities that have clean technology, or equipment that reduces pollution, "
                "treats waste. The resolution defines neither “newly built” nor “clean technology”. A facility that "
                "both produces and trades is a production facility; one that only trades is not."
            ),
        ),
        periodicity=_REVIEWS,
        comparability=Text(
            vi=(
                "Chỉ so sánh được giữa các số liệu cùng cách hiểu “mới xây dựng” và cùng cách hiểu về thiết bị. Ở mức "
                "100%, nếu đạt cho giai đoạn 2015-2020 thì cũng đạt cho các giai đoạn bắt đầu muộn hơn."
            ),
            en=(
                "Comparable only between figures with the same reading of “newly built” and of the equipment. At 100%, "
                "what is met for 2015–2020 is met for the periods that begin later."
            ),
        ),
        limits=[
            _YEAR_ONLY,
            Text(
                vi="Năm đi vào hoạt động chỉ thay thế khi không có năm xây dựng xong.",
                en="The year of commissioning only stands in for a year of construction that is not known.",
            ),
        ],
        updated=_UPDATED,
    ),
    "establishment_standards": Metadata(
        concept=Text(
            vi=(
                "Cơ sở sản xuất, kinh doanh đạt tiêu chuẩn về môi trường. “Đạt tiêu chuẩn” có thể là kết quả đo đạt "
                "quy chuẩn kỹ thuật, hoặc có đủ hồ sơ môi trường; Nghị quyết không nói rõ."
            ),
            en=(
                "Establishments that produce or trade and meet environmental standards: by measurement against "
                "technical regulations, or by having their environmental papers in order. The resolution does not say "
                "which."
            ),
        ),
        periodicity=_REVIEWS,
        comparability=Text(
            vi=(
                "Không so sánh với tỷ lệ tính trên số cơ sở được thanh tra, kiểm tra: cơ sở chưa kiểm tra là chưa rõ, "
                "không phải là không tính."
            ),
            en=(
                "Not to be compared with a share of the establishments inspected: one that was not inspected is "
                "unknown, it is not left out."
            ),
        ),
        limits=[
            Text(
                vi="Số liệu phải ghi rõ hiểu “đạt tiêu chuẩn” theo nghĩa nào và có gồm hộ kinh doanh hay không.",
                en="Figures must say what “meets standards” means in them, and whether household businesses are in.",
            )
        ],
        updated=_UPDATED,
    ),
    "urban_waste": Metadata(
        concept=Text(
            vi=(
                "Chất thải rắn sinh hoạt đô thị, chất thải rắn công nghiệp và chất thải rắn dịch vụ; chất thải công "
                "nghiệp nguy hại không bị loại ra. Chất thải xây dựng, bùn thải, chất thải nông nghiệp không thuộc chỉ "
                "tiêu."
            ),
            en=(
                "Urban domestic, industrial and service solid waste; hazardous industrial waste is not excluded. "
                "Construction waste, sludge and farm waste are outside."
            ),
        ),
        method=_KILOGRAMS,
        periodicity=_REVIEWS,
        comparability=Text(
            vi=(
                "Không so sánh với tỷ lệ xử lý trên lượng thu gom. Nơi thu gom 60% và xử lý 95% lượng thu gom đạt 95% "
                "theo thống kê, nhưng chỉ đạt 57% theo lời văn Nghị quyết."
            ),
            en=(
                "Not to be compared with treatment as a share of waste collected. A town that collects 60% and treats "
                "95% of that is at 95% by the statistic, at 57% by the resolution’s words."
            ),
        ),
        limits=[_CARRIED_OVER],
        codes=[_URBAN_DOMESTIC, _MUNICIPAL_WASTE],
        updated=_UPDATED,
    ),
    "rural_waste": Metadata(
        concept=Text(
            vi=(
                "Chất thải phát sinh tại nông thôn và làng nghề. Văn bản ghi “chất thải”, ở đây hiểu là chất thải rắn. "
                "“Nông thôn” là ngoài làng nghề, để không tính hai lần."
            ),
            en=(
                "Waste that arises in rural areas and craft villages. The text says “waste”; solid waste is "
                "understood. “Rural” means outside craft villages, so that nothing is counted twice."
            ),
        ),
        method=_KILOGRAMS,
        periodicity=_REVIEWS,
        comparability=Text(
            vi="Không so sánh với tỷ lệ tính trên lượng thu gom: văn bản ghi “chất thải phát sinh”.",
            en=(
                "Not to be compared with a share of waste collected: the text says “chất thải phát sinh” (waste "
                "arising)."
            ),
        ),
        limits=[_CARRIED_OVER],
        updated=_UPDATED,
    ),
    "medical_waste": Metadata(
        concept=Text(
            vi=(
                "Toàn bộ chất thải rắn y tế, thông thường và nguy hại. Chất thải xử lý tại chỗ trong bệnh viện được "
                "coi là đã thu gom (thu gom nội bộ)."
            ),
            en=(
                "All medical solid waste, ordinary and hazardous. Waste treated on the hospital site counts as "
                "collected (internally)."
            ),
        ),
        method=_KILOGRAMS,
        periodicity=_REVIEWS,
        source=Text(
            vi=(
                "Nghị quyết không nêu nguồn số liệu. Đối với chỉ tiêu quốc gia về chất thải nguy hại, Tổng cục Thống "
                "kê nêu nguồn là chế độ báo cáo thống kê cấp quốc gia, do Bộ Tài nguyên và Môi trường chủ trì, Bộ Công "
                "Thương và Bộ Y tế phối hợp."
            ),
            en=(
                "The resolution names no source. For the national indicator on hazardous waste the General Statistics "
                "Office names national statistical reporting, led by the Ministry of Natural Resources and Environment "
                "with the Ministries of Industry and Trade and of Health."
            ),
        ),
        comparability=Text(
            vi="Nhiều báo cáo chỉ có chất thải y tế nguy hại; không so sánh trực tiếp với chỉ tiêu này.",
            en="Many reports give only hazardous medical waste, which is not directly comparable.",
        ),
        limits=[_CARRIED_OVER],
        references=[_STATISTICS_LAW],
        codes=[
            RelatedCode(
                _NATIONAL,
                name=Text(
                    vi="Tỷ lệ chất thải nguy hại được thu gom, xử lý",
                    en="Share of hazardous waste collected and treated",
                ),
                url=_HAZARDOUS_URL,
                note=Text(
                    vi="Chất thải nguy hại từ mọi nguồn, không riêng y tế. Công bố hằng năm.",
                    en="Hazardous waste of every origin, not of health care alone. Published yearly.",
                ),
            ),
            RelatedCode(
                _SDG,
                "12.4.2",
                name=Text(
                    vi=(
                        "(a) Chất thải nguy hại phát sinh bình quân đầu người; (b) tỷ lệ chất thải nguy hại được xử "
                        "lý, theo loại xử lý"
                    ),
                    en=(
                        "(a) Hazardous waste generated per capita; and (b) proportion of hazardous waste treated, by "
                        "type of treatment"
                    ),
                ),
                url="https://worldbank.github.io/sdg-metadata/metadata/en/12-4-2",
                note=Text(
                    vi="Phần (b): chất thải nguy hại từ mọi nguồn.", en="Part (b): hazardous waste of every origin."
                ),
            ),
        ],
        updated=_UPDATED,
    ),
}
"""The metadata of each target, by its key."""
