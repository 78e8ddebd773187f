"""The duties of sections III and IV of Resolution 12-NQ/TU, and its two reviews.

The quotes of the duties, put end to end with the headings between them, are the two sections letter
for letter: nothing is left out. Where a sentence does not name who must act, that is said: most of
III.2 names nobody but for its heading, III.4 nobody at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from envindicators.definitions.programme import Duty, Review
from envindicators.definitions.rule import flag
from envindicators.definitions.share import Share
from envindicators.definitions.source import Clause, Correction
from envindicators.programmes.soc_trang_document import RESOLUTION, place_of
from envindicators.programmes.soc_trang_tables import DISCHARGERS, ENVIRONMENTAL_FILES, POLLUTERS, ZONES
from envindicators.words.text import Text


def _clause(
    section: str, quote: str, translation: str, *, corrections: Iterable[Correction] = (), scan: str = ""
) -> Clause:
    place = place_of(section)
    return Clause(RESOLUTION, section, quote, Text(en=translation), corrections=corrections, scan=scan, place=place)


_AUTHORITIES = Text(vi="các cấp uỷ, chính quyền", en="Party committees and authorities")
_STATE = Text(vi="cơ quan quản lý nhà nước", en="state management bodies")
_FRONT = Text(vi="Mặt trận Tổ quốc, các đoàn thể", en="Fatherland Front and mass organisations")

_CENTRAL_TREATMENT = Share(
    "central_wastewater_treatment",
    Text(
        vi="Tỷ lệ khu, cụm công nghiệp đã xây dựng hệ thống xử lý nước thải tập trung",
        en="Share of industrial zones and clusters with a central wastewater treatment system",
    ),
    table=ZONES,
    where=flag("central_wastewater_treatment"),
)
_MONITORING = Share(
    "discharge_monitoring",
    Text(
        vi="Tỷ lệ doanh nghiệp có quy mô xả thải lớn đã lắp đặt thiết bị kiểm soát, giám sát hoạt động xả thải",
        en="Share of enterprises with large discharges that have installed equipment to control and monitor them",
    ),
    table=DISCHARGERS,
    where=flag("monitoring_device"),
)
_RELOCATION = Share(
    "relocation",
    Text(
        vi="Tỷ lệ cơ sở gây ô nhiễm môi trường nghiêm trọng trong khu dân cư đã có lộ trình di dời",
        en="Share of seriously polluting establishments in residential areas with a road map for their relocation",
    ),
    table=POLLUTERS,
    where=flag("relocation_road_map"),
)
_POST_CHECKS = Share(
    "post_checks",
    Text(
        vi="Tỷ lệ báo cáo đánh giá tác động môi trường, kế hoạch bảo vệ môi trường đã được rà soát, hậu kiểm",
        en="Share of impact assessment reports and environmental protection plans reviewed and post-checked",
    ),
    table=ENVIRONMENTAL_FILES,
    where=flag("post_checked"),
)

_REVIEWS_CLAUSE = _clause(
    "IV.3 ¶2b",
    (
        "tham mưu Tỉnh uỷ tổ chức sơ kết thực hiện Nghị quyết vào năm 2018, tổng kết việc thực hiện Nghị quyết vào "
        "năm 2020."
    ),
    (
        "it advises the provincial Party Committee in holding the interim review of the implementation of the "
        "Resolution in 2018 and its final review in 2020."
    ),
    scan=(
        "tham mun Tỉnh uỷ tổ chức sơ kết thực hiện Nghị quyết vào năm 2018, tổng kết việc thực hiện Nghị quyết vào "
        "năm 2020."
    ),
    corrections=[
        Correction("tham mun", "tham mưu"),
    ],
)

DUTIES = (
    # III.1: the leadership of the Party
    Duty(
        "leadership",
        _clause(
            "III.1 ¶1a",
            (
                "Các cấp uỷ, chính quyền tăng cường lãnh đạo, chỉ đạo, tổ chức quán triệt, triển khai thực hiện có "
                "hiệu quả các chỉ thị, nghị quyết của Đảng, chính sách, pháp luật của Nhà nước và Nghị quyết của "
                "Tỉnh uỷ về bảo vệ môi trường;"
            ),
            (
                "Party committees and authorities strengthen their leadership and direction, have the Party’s "
                "directives and resolutions, the State’s policies and laws, and the provincial Party Committee’s "
                "Resolution on environmental protection thoroughly studied, and carry them out effectively;"
            ),
        ),
        actor=_AUTHORITIES,
        basis="stated",
    ),
    Duty(
        "awareness",
        _clause(
            "III.1 ¶1b",
            (
                "chỉ đạo đẩy mạnh công tác tuyên truyền, giáo dục, nâng cao ý thức trách nhiệm trong thực hiện công "
                "tác bảo vệ môi trường của đội ngũ cán bộ lãnh đạo, quản lý các cấp, các ngành, doanh nghiệp và "
                "người dân;"
            ),
            (
                "direct stronger communication and education, so that leaders and managers at all levels and in all "
                "sectors, enterprises and the people become more conscious of their responsibility for environmental "
                "protection;"
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
    ),
    Duty(
        "integrated_development",
        _clause(
            "III.1 ¶1c",
            (
                "chú trọng thực hiện nhiệm vụ phát triển kinh tế - xã hội gắn với bảo vệ môi trường, giữ vững ổn "
                "định chính trị, trật tự, an toàn xã hội."
            ),
            (
                "pay attention to carrying out socio-economic development together with environmental protection, "
                "keeping political stability, public order and safety."
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
    ),
    Duty(
        "mainstreaming",
        _clause(
            "III.1 ¶2a",
            (
                "Tăng cường lãnh đạo, chỉ đạo công tác kiểm tra, giám sát việc lồng ghép nội dung về bảo vệ môi "
                "trường vào nghị quyết, chương trình, kế hoạch của cấp uỷ, hội đồng nhân dân, uỷ ban nhân dân các "
                "cấp."
            ),
            (
                "Strengthen the leadership and direction of checks and supervision of how environmental protection "
                "is built into the resolutions, programmes and plans of Party committees, people’s councils and "
                "people’s committees at all levels."
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
        note=Text(
            vi=(
                "Có thể theo dõi: số nghị quyết, chương trình, kế hoạch đã ban hành có lồng ghép nội dung bảo vệ môi "
                "trường. Nhiệm vụ là kiểm tra, giám sát việc lồng ghép này."
            ),
            en=(
                "Can be counted: resolutions, programmes and plans issued that include environmental protection. The "
                "duty is to check and supervise this."
            ),
        ),
    ),
    Duty(
        "party_inspection",
        _clause(
            "III.1 ¶2b",
            (
                "Định kỳ thanh tra, kiểm tra, giám sát các tổ chức đảng, cấp uỷ các cấp trong việc lãnh đạo, chỉ "
                "đạo, tổ chức triển khai công tác bảo vệ môi trường;"
            ),
            (
                "Periodically inspect, check and supervise Party organisations and Party committees at all levels in "
                "how they lead, direct and organise environmental protection;"
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
        strength="periodic",
        note=Text(
            vi="Có thể theo dõi: số tổ chức đảng, cấp uỷ được kiểm tra, giám sát trong kỳ báo cáo.",
            en="Can be counted: Party organisations and committees inspected in the period.",
        ),
    ),
    Duty(
        "state_inspection",
        _clause(
            "III.1 ¶2c",
            (
                "thanh tra trách nhiệm quản lý nhà nước về bảo vệ môi trường đối với các cơ quan, đơn vị, tổ chức, "
                "bộ phận chuyên môn về bảo vệ môi trường trong phạm vi quản lý."
            ),
            (
                "inspect how agencies, units, organisations and specialised environmental divisions within their "
                "purview discharge their state management responsibility for environmental protection."
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
        strength="periodic",
        note=Text(
            vi=(
                "Có thể theo dõi: số cơ quan, đơn vị, tổ chức được thanh tra trách nhiệm trong kỳ báo cáo. Từ “định "
                "kỳ” ở đầu câu áp dụng cho cả vế này."
            ),
            en=(
                "Can be counted: bodies inspected in the period. “Periodically”, at the beginning of the sentence, "
                "applies to this half too."
            ),
        ),
    ),
    Duty(
        "accountability",
        _clause(
            "III.1 ¶3a",
            (
                "Quy định rõ trách nhiệm của người đứng đầu cấp uỷ, chính quyền, cơ quan, đơn vị trong công tác bảo "
                "vệ môi trường."
            ),
            (
                "Lay down clearly the responsibility of the heads of Party committees, authorities, agencies and "
                "units for environmental protection."
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
    ),
    Duty(
        "sanctions",
        _clause(
            "III.1 ¶3b",
            (
                "Xử lý nghiêm các tổ chức, cá nhân để xảy ra ô nhiễm môi trường; thiếu tinh thần trách nhiệm trong "
                "quản lý nhà nước về bảo vệ môi trường; buông lỏng quản lý, bảo vệ, khai thác tài nguyên."
            ),
            (
                "Deal strictly with organisations and individuals that let pollution happen, that lack "
                "responsibility in the state management of environmental protection, or that are lax in managing, "
                "protecting and exploiting natural resources."
            ),
        ),
        actor=_AUTHORITIES,
        basis="carried_over",
    ),
    # III.2: state management
    Duty(
        "regulation",
        _clause(
            "III.2 ¶1a",
            (
                "Quan tâm đúng mức việc rà soát, ban hành theo thẩm quyền hoặc đề xuất sửa đổi, bổ sung các quy định "
                "pháp luật, quy chuẩn kỹ thuật về bảo vệ môi trường;"
            ),
            (
                "Give due attention to reviewing the legal provisions and technical regulations on environmental "
                "protection, issuing them within competence or proposing amendments and additions to them;"
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "law_enforcement",
        _clause(
            "III.2 ¶1b",
            "đồng thời, triển khai thực hiện nghiêm túc các quy định của pháp luật về bảo vệ môi trường.",
            "at the same time, carry out the law on environmental protection in earnest.",
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "division_of_tasks",
        _clause(
            "III.2 ¶1c",
            (
                "Xác định rõ trách nhiệm và phân công, phân cấp hợp lý nhiệm vụ bảo vệ môi trường giữa các cấp, các "
                "ngành;"
            ),
            (
                "Define responsibilities clearly, and assign and decentralise environmental protection tasks "
                "sensibly between levels and sectors;"
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "cross_boundary",
        _clause(
            "III.2 ¶1d",
            "xây dựng cơ chế giải quyết vấn đề môi trường liên ngành, liên vùng;",
            "set up a mechanism for environmental problems that cross sectors and regions;",
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "pressing_problems",
        _clause(
            "III.2 ¶1e",
            "giải quyết kịp thời, có hiệu quả các vấn đề bức xúc về môi trường thuộc phạm vi quản lý.",
            "resolve in good time and effectively the pressing environmental problems within their purview.",
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: số vấn đề bức xúc được nêu và số vấn đề được giải quyết kịp thời.",
            en="Can be counted: problems raised, and problems resolved in time.",
        ),
    ),
    Duty(
        "planning",
        _clause(
            "III.2 ¶2a",
            (
                "Nâng cao chất lượng các quy hoạch có liên quan đến bảo vệ môi trường, quy hoạch phát triển kinh tế "
                "- xã hội các cấp, các quy hoạch phát triển ngành, lĩnh vực gắn với việc thực hiện đánh giá môi "
                "trường chiến lược."
            ),
            (
                "Improve the quality of plans that bear on environmental protection, of socio-economic development "
                "plans at all levels and of sectoral development plans, together with strategic environmental "
                "assessment."
            ),
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: số quy hoạch có đánh giá môi trường chiến lược.",
            en="Can be counted: plans with a strategic environmental assessment.",
        ),
    ),
    Duty(
        "waste_planning",
        _clause(
            "III.2 ¶2b",
            (
                "Định kỳ rà soát, điều chỉnh, bổ sung quy hoạch bảo vệ môi trường, quy hoạch quản lý chất thải rắn "
                "và các quy hoạch có liên quan phù hợp với tình hình phát triển của tỉnh;"
            ),
            (
                "Periodically review, adjust and supplement the environmental protection plan, the solid waste "
                "management plan and related plans in keeping with the province’s development;"
            ),
        ),
        actor=_STATE,
        basis="implied",
        strength="periodic",
    ),
    Duty(
        "wastewater_treatment",
        _clause(
            "III.2 ¶2c",
            (
                "đẩy mạnh việc thực hiện các chương trình, dự án đầu tư xử lý nước thải, nhất là nước thải y tế, "
                "nước thải công nghiệp;"
            ),
            (
                "step up programmes and investment projects for wastewater treatment, above all of medical and "
                "industrial wastewater;"
            ),
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: tỷ lệ nước thải được xử lý đạt tiêu chuẩn trên lượng xả thải, theo từng loại.",
            en="Can be measured: wastewater treated to standard as a share of wastewater discharged, by kind.",
        ),
    ),
    Duty(
        "solid_and_hazardous_waste",
        _clause(
            "III.2 ¶2d",
            "tập trung, quản lý, xử lý chất thải rắn và chất thải nguy hại;",
            "concentrate on managing and treating solid waste and hazardous waste;",
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi=(
                "Dấu phẩy sau “tập trung” có thể do lỗi quét hoặc lỗi soạn thảo: thông thường ghi “tập trung quản lý, "
                "xử lý”; theo đúng từng chữ là “gom lại, quản lý và xử lý”. Giữ nguyên như bản quét. Có thể theo dõi: "
                "tỷ lệ chất thải nguy hại được xử lý trên lượng phát sinh."
            ),
            en=(
                "The comma after “tập trung” is unusual, an error of the scan or of the drafter: the usual phrase is "
                "“tập trung quản lý, xử lý” (focus on managing and treating); literally it reads “gather, manage and "
                "treat”. Kept as scanned. Can be measured: hazardous waste treated as a share of hazardous waste "
                "generated."
            ),
        ),
    ),
    Duty(
        "contaminated_sites",
        _clause(
            "III.2 ¶2e",
            (
                "điều tra, đánh giá, khoanh vùng và có kế hoạch khắc phục, xử lý các khu vực ô nhiễm tồn lưu trên "
                "địa bàn."
            ),
            (
                "survey, assess and delimit the areas of residual pollution in the province and have plans to remedy "
                "and treat them."
            ),
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi=(
                "Có thể theo dõi: số khu vực đã điều tra; số khu vực đã có kế hoạch khắc phục, xử lý (không phải số đã "
                "xử lý xong)."
            ),
            en="Can be counted: sites surveyed; sites with a plan (not sites cleaned up).",
        ),
    ),
    Duty(
        "compliance",
        _clause(
            "III.2 ¶3a",
            (
                "Tập trung chỉ đạo các tổ chức, cá nhân và doanh nghiệp chấp hành nghiêm các quy định của pháp luật "
                "về bảo vệ môi trường;"
            ),
            (
                "Concentrate on directing organisations, individuals and enterprises to comply strictly with the law "
                "on environmental protection;"
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "central_wastewater_treatment",
        _clause(
            "III.2 ¶3b",
            "các khu, cụm công nghiệp phải xây dựng hệ thống xử lý nước thải tập trung;",
            "industrial zones and clusters must build central wastewater treatment systems;",
        ),
        actor=Text(
            vi="các khu, cụm công nghiệp",
            en="industrial zones and clusters",
        ),
        basis="stated",
        strength="must",
        indicator=_CENTRAL_TREATMENT,
        note=Text(
            vi="Tính theo bảng “Khu, cụm công nghiệp”. Văn bản không quy định ngoại lệ và không quy định thời hạn.",
            en="Measured by the table “Industrial zones and clusters”. The text allows no exception and sets no date.",
        ),
    ),
    Duty(
        "discharge_monitoring",
        _clause(
            "III.2 ¶3c",
            (
                "quy định các doanh nghiệp có quy mô xả thải lớn phải lắp đặt thiết bị kiểm soát, giám sát hoạt động "
                "xả thải theo quy định của pháp luật."
            ),
            (
                "prescribe that enterprises with large discharges must install equipment that controls and monitors "
                "their discharges, as the law provides."
            ),
        ),
        actor=Text(
            vi="cơ quan quản lý nhà nước quy định; các doanh nghiệp có quy mô xả thải lớn lắp đặt",
            en="state management bodies prescribe; enterprises with large discharges install",
        ),
        basis="implied",
        strength="must",
        indicator=_MONITORING,
        note=Text(
            vi=(
                "Tính theo bảng “Doanh nghiệp có quy mô xả thải lớn”. Đơn vị phải lắp đặt được nêu rõ (các doanh "
                "nghiệp), cơ quan quy định chỉ suy ra từ đề mục. Thế nào là “lớn” do pháp luật quy định, văn bản không "
                "nêu."
            ),
            en=(
                "Measured by the table “Enterprises with large discharges”. The text states who must install (the "
                "enterprises); who must prescribe this is implied by the heading. “Large” is defined by law, not in "
                "the text."
            ),
        ),
    ),
    Duty(
        "investment_screening",
        _clause(
            "III.2 ¶3d",
            (
                "Thu hút đầu tư phải bảo đảm các yêu cầu về bảo vệ môi trường, kiên quyết không cấp phép đối với các "
                "dự án đầu tư sử dụng công nghệ, thiết bị sản xuất lạc hậu có nguy cơ gây ô nhiễm môi trường;"
            ),
            (
                "Attracting investment must satisfy the requirements of environmental protection; resolutely grant "
                "no licence to projects that use outdated production technology or equipment at risk of polluting "
                "the environment;"
            ),
        ),
        actor=Text(
            vi="cơ quan quản lý nhà nước có thẩm quyền cấp phép",
            en="state management bodies that license",
        ),
        basis="implied",
        strength="must",
        note=Text(
            vi=(
                "Có hai vế: thu hút đầu tư phải bảo đảm yêu cầu, và kiên quyết không cấp phép. Có thể theo dõi: số "
                "giấy phép đã cấp cho các dự án như vậy; không được có trường hợp nào."
            ),
            en=(
                "Two halves: investment attracted must meet the requirements, and no such licence may be granted. Can "
                "be counted: licences granted to such projects; none is allowed."
            ),
        ),
    ),
    Duty(
        "investor_responsibility",
        _clause(
            "III.2 ¶3e",
            (
                "chủ đầu tư, cơ quan quyết định, phê duyệt đầu tư, thẩm định công nghệ, thiết bị sản xuất, phê duyệt "
                "báo cáo đánh giá tác động môi trường phải chịu trách nhiệm chính đối với vấn đề môi trường của dự "
                "án."
            ),
            (
                "the investor and the bodies that decide on and approve the investment, appraise the production "
                "technology and equipment, and approve the environmental impact assessment report must bear the main "
                "responsibility for the project’s environmental problems."
            ),
        ),
        actor=Text(
            vi=(
                "chủ đầu tư, cơ quan quyết định, phê duyệt đầu tư, thẩm định công nghệ, thiết bị sản xuất, phê duyệt "
                "báo cáo đánh giá tác động môi trường"
            ),
            en=(
                "the investor; the bodies that decide on and approve the investment, appraise the technology and "
                "equipment, approve the impact assessment report"
            ),
        ),
        basis="stated",
        strength="must",
    ),
    Duty(
        "pollution_sources",
        _clause(
            "III.2 ¶4a",
            (
                "Tăng cường kiểm soát, tập trung nguồn lực khắc phục, xử lý các nguồn gây ô nhiễm môi trường, nhất "
                "là tại các làng nghề, khu, cụm công nghiệp, bãi rác, lưu vực sông, cơ sở sản xuất, kinh doanh;"
            ),
            (
                "Strengthen control of, and concentrate resources on remedying and treating, the sources of "
                "pollution, above all in craft villages, industrial zones and clusters, dumps, river basins and "
                "production and business establishments;"
            ),
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: số nguồn gây ô nhiễm đã được khắc phục, xử lý, theo loại địa điểm.",
            en="Can be counted: pollution sources remedied, by kind of place.",
        ),
    ),
    Duty(
        "relocation",
        _clause(
            "III.2 ¶4b",
            (
                "có lộ trình di dời các cơ sở gây ô nhiễm môi trường nghiêm trọng ra khỏi khu dân cư, chuyển vào các "
                "khu, cụm công nghiệp;"
            ),
            (
                "have a road map for moving establishments that pollute seriously out of residential areas and into "
                "industrial zones and clusters;"
            ),
        ),
        actor=_STATE,
        basis="implied",
        indicator=_RELOCATION,
        note=Text(
            vi=(
                "Tính theo bảng “Cơ sở gây ô nhiễm môi trường nghiêm trọng trong khu dân cư”. Nhiệm vụ là “có lộ "
                "trình”; việc đã di dời (ra khỏi khu dân cư, vào khu, cụm công nghiệp) là kết quả, báo cáo kèm theo."
            ),
            en=(
                "Measured by the table “Establishments in residential areas that pollute seriously”. The duty is to "
                "have a road map; actual relocation (out of residential areas, into a zone or cluster) is the outcome, "
                "to be reported alongside."
            ),
        ),
    ),
    Duty(
        "hazardous_waste",
        _clause(
            "III.2 ¶4c",
            "có giải pháp quản lý, xử lý chất thải nguy hại.",
            "have solutions for managing and treating hazardous waste.",
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: tỷ lệ chất thải nguy hại được xử lý trên lượng phát sinh.",
            en="Can be measured: hazardous waste treated as a share of hazardous waste generated.",
        ),
    ),
    Duty(
        "technology",
        _clause(
            "III.2 ¶5a",
            "Đẩy mạnh nghiên cứu, áp dụng tiến bộ khoa học, công nghệ trong lĩnh vực bảo vệ môi trường;",
            "Step up research into, and use of, advances in science and technology for environmental protection;",
            scan="Đẩy mạnh nghiên cúu, áp dụng tiến bộ khoa học, công nghệ trong lĩnh vực bảo vệ môi trường;",
            corrections=[
                Correction("nghiên cúu", "nghiên cứu"),
            ],
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "organic_farming",
        _clause(
            "III.2 ¶5b",
            (
                "khuyến khích sản xuất, sử dụng phân bón hữu cơ, chế phẩm sinh học thân thiện với môi trường để bảo "
                "vệ thực vật, bảo quản nông sản, thực phẩm và nuôi trồng thuỷ sản,..."
            ),
            (
                "encourage the production and use of organic fertiliser and of environmentally friendly biological "
                "products for plant protection, for keeping farm produce and food, for aquaculture, and so on."
            ),
        ),
        actor=_STATE,
        basis="implied",
        strength="encourage",
    ),
    Duty(
        "resources_and_climate",
        _clause(
            "III.2 ¶6a",
            (
                "Thực hiện hiệu quả việc khai thác và sử dụng hợp lý tài nguyên, bảo vệ môi trường, thích ứng với "
                "biến đổi khí hậu, hạn, xâm nhập mặn;"
            ),
            (
                "Effectively carry out the rational exploitation and use of natural resources, environmental "
                "protection, and adaptation to climate change, drought and salt intrusion;"
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "clean_energy_and_recycling",
        _clause(
            "III.2 ¶6b",
            (
                "khuyến khích người dân, doanh nghiệp sử dụng tiết kiệm, hiệu quả tài nguyên, năng lượng, sử dụng "
                "năng lượng sạch, năng lượng tái tạo, các sản phẩm và bao bì sản phẩm không gây hại hoặc ít gây hại "
                "đến môi trường; tái chế và sử dụng các sản phẩm tái chế."
            ),
            (
                "encourage people and enterprises to use resources and energy sparingly and efficiently, to use "
                "clean and renewable energy and products and packaging that do little or no harm to the environment, "
                "to recycle and to use recycled products."
            ),
            scan=(
                "khuyến khích người dân, doanh nghiệp sử dụng tiết kiệm, hiệu quả tài nguyên, năng lượng, sử dụng "
                "năng lượng sạch, năng lượng tái tạo, các sản phẩm và bao bì sản phẩm không gây hại hoặc ít gây hại "
                "đến môi trưcmg; tái chế và sử dụng các sản phẩm tái chế."
            ),
            corrections=[
                Correction("môi trưcmg", "môi trường"),
            ],
        ),
        actor=_STATE,
        basis="implied",
        strength="encourage",
        note=Text(
            vi="Có thể theo dõi: tỷ lệ chất thải được tái chế trên lượng thu gom.",
            en="Can be measured: waste recycled as a share of waste collected.",
        ),
    ),
    Duty(
        "coastal_forest",
        _clause(
            "III.2 ¶6c",
            "Thực hiện tốt công tác trồng, bảo vệ và chăm sóc rừng, đặc biệt là rừng phòng hộ ven biển.",
            "Plant, protect and tend forests well, in particular the coastal protection forest.",
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: diện tích rừng hiện có (ha); chỉ tính được tỷ lệ nếu quy hoạch nêu tổng diện tích.",
            en="Can be measured: hectares of forest; a share only if a plan gives the total area.",
        ),
    ),
    Duty(
        "impact_assessment_compliance",
        _clause(
            "III.2 ¶7a",
            (
                "Thực hiện tốt việc kiểm tra, giám sát, đôn đốc chủ dự án, nhà đầu tư, nhà máy, xí nghiệp, cơ sở sản "
                "xuất gây ô nhiễm môi trường tuân thủ các yêu cầu theo quyết định phê duyệt báo cáo đánh giá tác "
                "động môi trường và vận hành các công trình bảo vệ môi trường phục vụ giai đoạn vận hành dự án."
            ),
            (
                "Check, supervise and press project owners, investors, factories, enterprises and production "
                "establishments that pollute to comply with the requirements of the decisions approving their "
                "environmental impact assessment reports and to operate the environmental protection works that "
                "serve the operating stage of the project."
            ),
        ),
        actor=_STATE,
        basis="implied",
        note=Text(
            vi="Có thể theo dõi: số dự án tuân thủ; số dự án vận hành công trình bảo vệ môi trường.",
            en="Can be counted: projects that comply; projects that operate their environmental protection works.",
        ),
    ),
    Duty(
        "waste_control",
        _clause(
            "III.2 ¶7b",
            (
                "Kiểm soát, giám sát chặt chẽ việc thu gom, vận chuyển, xử lý các loại chất thải, nhất là chất thải "
                "nguy hại."
            ),
            (
                "Control and supervise closely the collection, transport and treatment of all kinds of waste, above "
                "all hazardous waste."
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "coordination",
        _clause(
            "III.2 ¶8a",
            (
                "Phối hợp đồng bộ, chặt chẽ giữa các cấp, các ngành trong thực hiện nhiệm vụ bảo vệ môi trường từ "
                "khâu xét duyệt, thẩm định đến triển khai thực hiện và vận hành dự án."
            ),
            (
                "Levels and sectors coordinate consistently and closely in environmental protection tasks, from "
                "examination and appraisal to the implementation and operation of projects."
            ),
        ),
        actor=Text(
            vi="cơ quan quản lý nhà nước các cấp, các ngành",
            en="state management bodies, all levels and sectors",
        ),
        basis="implied",
    ),
    Duty(
        "post_checks",
        _clause(
            "III.2 ¶8b",
            (
                "Thường xuyên rà soát và hậu kiểm các báo cáo đánh giá tác động môi trường, kế hoạch bảo vệ môi "
                "trường đối với các công trình, dự án đầu tư, nhất là các dự án lớn có nguy cơ cao, tác động xấu đến "
                "môi trường để điều chỉnh kịp thời."
            ),
            (
                "Regularly review and post-check the environmental impact assessment reports and environmental "
                "protection plans of works and investment projects, above all large projects at high risk of harming "
                "the environment, so as to make adjustments in good time."
            ),
        ),
        actor=_STATE,
        basis="implied",
        strength="periodic",
        indicator=_POST_CHECKS,
        note=Text(
            vi=(
                "Tính theo bảng “Hồ sơ môi trường của công trình, dự án”. Gồm hai loại hồ sơ: báo cáo đánh giá tác "
                "động môi trường và kế hoạch bảo vệ môi trường."
            ),
            en=(
                "Measured by the table “Environmental files of works and projects”. Covers two kinds of file: impact "
                "assessment reports and protection plans."
            ),
        ),
    ),
    Duty(
        "organisation",
        _clause(
            "III.2 ¶9a",
            (
                "Rà soát, sắp xếp, kiện toàn tổ chức bộ máy, nâng cao năng lực, trình độ của đội ngũ cán bộ quản lý "
                "nhà nước về bảo vệ môi trường."
            ),
            (
                "Review, rearrange and strengthen the organisation, and raise the capacity and qualifications of the "
                "officials in charge of state management of environmental protection."
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    Duty(
        "commendation",
        _clause(
            "III.2 ¶9b",
            (
                "Kịp thời biểu dương, khen thưởng những tập thể, cá nhân đạt thành tích xuất sắc, các điển hình tiên "
                "tiến trong công tác bảo vệ môi trường, quản lý tài nguyên."
            ),
            (
                "Commend and reward in good time the collectives and individuals with outstanding achievements, and "
                "the exemplary models, in environmental protection and resource management."
            ),
        ),
        actor=_STATE,
        basis="implied",
    ),
    # III.3: the Fatherland Front and the mass organisations
    Duty(
        "public_communication",
        _clause(
            "III.3 ¶1a",
            (
                "Mặt trận Tổ quốc, các đoàn thể tăng cường phối hợp với các cơ quan, đơn vị có liên quan thực hiện "
                "tốt công tác tuyên truyền, phổ biến, giáo dục pháp luật về bảo vệ môi trường để mỗi người dân, "
                "doanh nghiệp hiểu đúng và thực hiện đầy đủ các quy định về bảo vệ môi trường;"
            ),
            (
                "The Fatherland Front and the mass organisations strengthen their cooperation with the agencies and "
                "units concerned in communication, dissemination and education about environmental law, so that "
                "every person and enterprise understands the rules on environmental protection rightly and follows "
                "them fully;"
            ),
        ),
        actor=_FRONT,
        basis="stated",
    ),
    Duty(
        "harm_awareness",
        _clause(
            "III.3 ¶1b",
            "đẩy mạnh tuyên truyền về tác hại của ô nhiễm môi trường, cạn kiệt tài nguyên đối với đời sống xã hội;",
            (
                "step up communication about the harm that pollution and the depletion of resources do to the life "
                "of society;"
            ),
        ),
        actor=_FRONT,
        basis="carried_over",
    ),
    Duty(
        "self_discipline",
        _clause(
            "III.3 ¶1c",
            (
                "nâng cao nhận thức, hình thành ý thức tự giác về bảo vệ môi trường trong mỗi cán bộ, đảng viên, "
                "đoàn viên, hội viên và nhân dân;"
            ),
            (
                "raise awareness and form a self-motivated sense of environmental protection in every official, "
                "Party member, union and association member, and among the people;"
            ),
        ),
        actor=_FRONT,
        basis="carried_over",
    ),
    Duty(
        "consensus",
        _clause(
            "III.3 ¶1d",
            "tạo đồng thuận xã hội và thống nhất trong nhận thức về sử dụng hợp lý tài nguyên, bảo vệ môi trường.",
            (
                "build social consensus and a shared understanding of the rational use of resources and of "
                "environmental protection."
            ),
        ),
        actor=_FRONT,
        basis="carried_over",
    ),
    Duty(
        "models",
        _clause(
            "III.3 ¶2a",
            "Phát triển, nhân rộng các mô hình, điển hình tiên tiến trong hoạt động bảo vệ môi trường;",
            "Develop and spread model practices and examples in environmental protection;",
        ),
        actor=_FRONT,
        basis="carried_over",
    ),
    Duty(
        "oversight_and_mobilisation",
        _clause(
            "III.3 ¶2b",
            (
                "tích cực tham gia giám sát, phản biện, vận động doanh nghiệp, nhân dân thực hiện tốt nhiệm vụ bảo "
                "vệ môi trường, xây dựng lối sống thân thiện, lành mạnh với môi trường."
            ),
            (
                "take an active part in supervision and critical review, and mobilise enterprises and the people to "
                "carry out environmental protection well and to build a way of life that is friendly and healthy for "
                "the environment."
            ),
        ),
        actor=_FRONT,
        basis="carried_over",
    ),
    # III.4: mobilising society
    Duty(
        "incentives",
        _clause(
            "III.4 ¶1a",
            (
                "Đẩy mạnh nghiên cứu, đề xuất cơ chế, chính sách khuyến khích cá nhân, tổ chức và người dân tham gia "
                "công tác bảo vệ môi trường."
            ),
            (
                "Step up the study and proposal of mechanisms and policies that encourage individuals, organisations "
                "and the people to take part in environmental protection."
            ),
        ),
    ),
    Duty(
        "cooperation",
        _clause(
            "III.4 ¶1b",
            "Mở rộng và nâng cao hiệu quả hợp tác trong và ngoài nước về môi trường;",
            "Widen environmental cooperation at home and abroad and make it more effective;",
        ),
    ),
    Duty(
        "support",
        _clause(
            "III.4 ¶1c",
            (
                "tranh thủ tối đa nguồn hỗ trợ tài chính, khoa học, kỹ thuật từ các tổ chức, cá nhân cho công tác "
                "bảo vệ môi trường."
            ),
            (
                "make the most of financial, scientific and technical support from organisations and individuals for "
                "environmental protection."
            ),
        ),
    ),
    Duty(
        "assessment_bodies",
        _clause(
            "III.4 ¶1d",
            (
                "Hình thành các loại hình tổ chức đánh giá, tư vấn, giám định, công nhận, chứng nhận về bảo vệ môi "
                "trường;"
            ),
            (
                "Form organisations of various kinds that assess, advise, verify, accredit and certify in "
                "environmental protection;"
            ),
        ),
        note=Text(
            vi="Có thể theo dõi: số tổ chức đã hình thành.",
            en="Can be counted: organisations formed.",
        ),
    ),
    Duty(
        "private_services",
        _clause(
            "III.4 ¶1e",
            (
                "khuyến khích mọi thành phần kinh tế tham gia các dịch vụ thu gom, vận chuyển, tái chế, xử lý chất "
                "thải và các dịch vụ khác về bảo vệ môi trường;"
            ),
            (
                "encourage all economic sectors to take part in services that collect, transport, recycle and treat "
                "waste and in other environmental services;"
            ),
        ),
        strength="encourage",
        note=Text(
            vi="Có thể theo dõi: tỷ lệ chất thải do đơn vị ngoài nhà nước thu gom trên tổng lượng thu gom.",
            en="Can be measured: waste collected by non-state operators as a share of all waste collected.",
        ),
    ),
    Duty(
        "public_monitoring",
        _clause(
            "III.4 ¶1f",
            "tạo điều kiện để nhân dân giám sát, phát hiện các hành vi gây ô nhiễm môi trường.",
            "enable the people to monitor and detect acts that pollute the environment.",
        ),
        strength="enable",
    ),
    Duty(
        "community_commitments",
        _clause(
            "III.4 ¶2a",
            (
                "Chú trọng xây dựng và thực hiện quy ước, hương ước, cam kết về bảo vệ môi trường và các mô hình tự "
                "quản về bảo vệ môi trường của cộng đồng dân cư;"
            ),
            (
                "Pay attention to drawing up and carrying out community conventions, village codes and commitments "
                "on environmental protection, and residents’ self-managed models of environmental protection;"
            ),
        ),
        note=Text(
            vi="Có thể theo dõi: số ấp, khóm có quy ước, hương ước hoặc cam kết.",
            en="Can be counted: villages and urban quarters with a convention or commitment.",
        ),
    ),
    Duty(
        "mass_movements",
        _clause(
            "III.4 ¶2b",
            "phát triển các phong trào quần chúng tham gia bảo vệ môi trường;",
            "develop mass movements that take part in environmental protection;",
        ),
    ),
    Duty(
        "rural_urban_campaign",
        _clause(
            "III.4 ¶2c",
            (
                "gắn thực hiện công tác bảo vệ môi trường với triển khai thực hiện cuộc vận động “Toàn dân đoàn kết "
                "xây dựng nông thôn mới, đô thị văn minh”."
            ),
            (
                "tie environmental protection to the campaign “All people unite to build new-style rural areas and "
                "civilised cities”."
            ),
            scan=(
                "gắn thực hiện công tác bảo vệ môi trưòng với triến khai thực hiện cuộc vận động “Toàn dân đoàn kết "
                "xây dựng nông thôn mới, đô thị văn minh”."
            ),
            corrections=[
                Correction("môi trưòng", "môi trường"),
                Correction("triến khai", "triển khai"),
            ],
        ),
    ),
    Duty(
        "participation",
        _clause(
            "III.4 ¶2d",
            (
                "Đề cao trách nhiệm, tăng cường sự tham gia của Mặt trận Tổ quốc, các tổ chức chính trị - xã hội, "
                "các phương tiện truyền thông trong hoạt động bảo vệ môi trường."
            ),
            (
                "Heighten the responsibility and strengthen the participation of the Fatherland Front, the "
                "socio-political organisations and the media in environmental protection."
            ),
            scan=(
                "Đe cao trách nhiệm, tăng cường sự tham gia của Mặt trận Tổ quốc, các tổ chức chính trị - xã hội, "
                "các phương tiện truyền thông trong hoạt động bảo vệ môi trường."
            ),
            corrections=[
                Correction("Đe cao", "Đề cao"),
            ],
        ),
        note=Text(
            vi=(
                "Văn bản không nêu cơ quan thực hiện, chỉ nêu vai trò cần phát huy: Mặt trận Tổ quốc, các tổ chức "
                "chính trị - xã hội, các phương tiện truyền thông."
            ),
            en=(
                "The sentence does not say who is responsible, only whose role is to be strengthened: the Fatherland "
                "Front, the socio-political organisations, the media."
            ),
        ),
    ),
    # IV: carrying the resolution out
    Duty(
        "district_plans",
        _clause(
            "IV.1",
            (
                "Các huyện uỷ, thị uỷ, thành uỷ, đảng uỷ trực thuộc Tỉnh uỷ theo chức năng, nhiệm vụ được giao xây "
                "dựng chương trình, kế hoạch và lãnh đạo triển khai thực hiện Nghị quyết."
            ),
            (
                "The district, town and city Party committees and the Party committees directly under the provincial "
                "Party Committee, according to their functions and assigned tasks, draw up programmes and plans and "
                "lead the implementation of the Resolution."
            ),
        ),
        actor=Text(
            vi="các huyện uỷ, thị uỷ, thành uỷ, đảng uỷ trực thuộc Tỉnh uỷ",
            en=(
                "district, town and city Party committees and the Party committees directly under the provincial "
                "Party Committee"
            ),
        ),
        basis="stated",
        note=Text(
            vi="Có thể theo dõi: số cấp uỷ trực thuộc có chương trình, kế hoạch.",
            en="Can be counted: Party committees with a programme or plan.",
        ),
    ),
    Duty(
        "provincial_programme",
        _clause(
            "IV.2 a",
            (
                "Ban Cán sự đảng Uỷ ban nhân dân tỉnh lãnh đạo Uỷ ban nhân dân tỉnh xây dựng chương trình thực hiện "
                "Nghị quyết;"
            ),
            (
                "The Party Civil Affairs Committee of the provincial People’s Committee leads the provincial "
                "People’s Committee in drawing up a programme to implement the Resolution;"
            ),
            scan=(
                "Ban Cán sự đảng Ưỷ ban nhân dân tỉnh lãnh đạo ưỷ ban nhân dân tỉnh xây dựng chương trình thực hiện "
                "Nghị quyết;"
            ),
            corrections=[
                Correction("Ưỷ ban", "Uỷ ban"),
                Correction(
                    "ưỷ ban",
                    "Uỷ ban",
                    certain=False,
                    note=Text(
                        vi=(
                            "Chắc chắn về từ, chưa chắc chắn về chữ hoa: văn bản viết hoa tên cơ quan cấp tỉnh (điểm 2 "
                            "và 3, mục IV) và viết thường “uỷ ban nhân dân các cấp” (điểm 1, mục III); ở đây chọn chữ "
                            "hoa."
                        ),
                        en=(
                            "The word is certain, the capital letter is not: the text capitalises the provincial body "
                            "(points 2 and 3, section IV) but not “uỷ ban nhân dân các cấp” (point 1, section III); "
                            "the capital is used here."
                        ),
                    ),
                ),
            ],
        ),
        actor=Text(
            vi="Ban Cán sự đảng Uỷ ban nhân dân tỉnh",
            en="Party Civil Affairs Committee of the provincial People’s Committee",
        ),
        basis="stated",
    ),
    Duty(
        "departmental_plans",
        _clause(
            "IV.2 b",
            (
                "chỉ đạo các sở, ngành, địa phương cụ thể hoá Nghị quyết thành các chương trình, kế hoạch thực hiện "
                "phù hợp với điều kiện của địa phương, đơn vị."
            ),
            (
                "it directs departments, sectors and localities to turn the Resolution into programmes and plans of "
                "implementation that suit the conditions of each locality and unit."
            ),
        ),
        actor=Text(
            vi="Ban Cán sự đảng Uỷ ban nhân dân tỉnh chỉ đạo; các sở, ngành, địa phương thực hiện",
            en=(
                "Party Civil Affairs Committee of the provincial People’s Committee directs; departments, sectors "
                "and localities carry out"
            ),
        ),
        basis="carried_over",
        note=Text(
            vi="Có thể theo dõi: số sở, ngành, địa phương có chương trình, kế hoạch.",
            en="Can be counted: departments, sectors and localities with a programme or plan.",
        ),
    ),
    Duty(
        "dissemination",
        _clause(
            "IV.3 ¶1",
            (
                "Ban Tuyên giáo Tỉnh uỷ chủ trì, phối hợp với các cơ quan có liên quan hướng dẫn việc học tập, quán "
                "triệt, tuyên truyền nội dung Nghị quyết đến cán bộ, đảng viên và nhân dân."
            ),
            (
                "The Propaganda and Education Commission of the provincial Party Committee leads, with the agencies "
                "concerned, in guiding the study, thorough grasp and dissemination of the Resolution among "
                "officials, Party members and the people."
            ),
        ),
        actor=Text(
            vi="Ban Tuyên giáo Tỉnh uỷ chủ trì, phối hợp với các cơ quan có liên quan",
            en="Propaganda and Education Commission of the provincial Party Committee, with the agencies concerned",
        ),
        basis="stated",
    ),
    Duty(
        "follow_up",
        _clause(
            "IV.3 ¶2a",
            (
                "Phối hợp với Ban Cán sự đảng Uỷ ban nhân dân tỉnh theo dõi, kiểm tra, đôn đốc việc triển khai thực "
                "hiện Nghị quyết của Tỉnh uỷ;"
            ),
            (
                "Together with the Party Civil Affairs Committee of the provincial People’s Committee, it follows, "
                "checks and presses the implementation of the provincial Party Committee’s Resolution;"
            ),
        ),
        actor=Text(
            vi="Ban Tuyên giáo Tỉnh uỷ, phối hợp với Ban Cán sự đảng Uỷ ban nhân dân tỉnh",
            en=(
                "Propaganda and Education Commission of the provincial Party Committee, with the Party Civil Affairs "
                "Committee of the provincial People’s Committee"
            ),
        ),
        basis="carried_over",
    ),
    Duty(
        "reviews",
        _REVIEWS_CLAUSE,
        actor=Text(
            vi="Ban Tuyên giáo Tỉnh uỷ tham mưu; Tỉnh uỷ tổ chức",
            en=(
                "Propaganda and Education Commission of the provincial Party Committee advises; the provincial Party "
                "Committee holds the reviews"
            ),
        ),
        basis="carried_over",
        note=Text(
            vi=(
                "Hai lần: sơ kết năm 2018 và tổng kết năm 2020. Tổng kết tổ chức trong năm 2020 nên chỉ có số liệu "
                "chính thức đến năm 2019 và số ước thực hiện năm 2020."
            ),
            en=(
                "Two reviews: interim in 2018, final in 2020. The final review takes place within 2020, so it has "
                "official figures up to 2019 and only estimates for 2020."
            ),
        ),
    ),
)

_PROVINCIAL_COMMITTEE = Text(vi="Tỉnh uỷ", en="provincial Party Committee")
_COMMISSION = Text(
    vi="Ban Tuyên giáo Tỉnh uỷ",
    en="Propaganda and Education Commission of the provincial Party Committee",
)

REVIEWS = (
    Review(
        "interim",
        Text(vi="Sơ kết thực hiện Nghị quyết", en="Interim review of the resolution"),
        2018,
        _PROVINCIAL_COMMITTEE,
        _COMMISSION,
        _REVIEWS_CLAUSE,
    ),
    Review(
        "final",
        Text(vi="Tổng kết việc thực hiện Nghị quyết", en="Final review of the resolution"),
        2020,
        _PROVINCIAL_COMMITTEE,
        _COMMISSION,
        _REVIEWS_CLAUSE,
    ),
)
