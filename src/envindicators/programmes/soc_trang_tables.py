"""What Resolution 12-NQ/TU counts: units, and the tables that its indicators are computed from."""

from __future__ import annotations

from collections.abc import Mapping

from envindicators.definitions.table import Category, Table, Unit
from envindicators.words.text import Text


def _category(key: str, name: Text, values: Mapping[str, Text]) -> Category:
    return Category(key, tuple(values), name, tuple(values.values()))


PERSON = Unit(
    "person",
    Text(vi="người", en="people"),
    synonyms={"nhân khẩu": "person", "inhabitant": "person"},
    one=Text(vi="người", en="person"),
)
HOUSEHOLD = Unit(
    "household",
    Text(vi="hộ", en="households"),
    synonyms={"hộ gia đình": "household"},
    one=Text(vi="hộ", en="household"),
)
ESTABLISHMENT = Unit("establishment", Text(vi="cơ sở", en="establishments"), one=Text(vi="cơ sở", en="establishment"))
ZONE = Unit(
    "zone",
    Text(vi="khu, cụm công nghiệp", en="zones and clusters"),
    one=Text(vi="khu, cụm công nghiệp", en="zone or cluster"),
)
DISCHARGER = Unit("discharger", Text(vi="doanh nghiệp", en="enterprises"), one=Text(vi="doanh nghiệp", en="enterprise"))
POLLUTER = Unit(
    "polluter",
    Text(vi="cơ sở gây ô nhiễm nghiêm trọng", en="serious polluters"),
    one=Text(vi="cơ sở gây ô nhiễm nghiêm trọng", en="serious polluter"),
)
FILE = Unit("file", Text(vi="hồ sơ", en="files"), one=Text(vi="hồ sơ", en="file"))
KILOGRAM = Unit(
    "kilogram",
    Text(vi="kg", en="kg"),
    grain=1000,
    multiples={"gram": 1, "kilogram": 1000, "tonne": 1_000_000},
    synonyms={"g": "gram", "t": "tonne", "ton": "tonne", "tons": "tonne", "metric ton": "tonne", "tấn": "tonne"},
)

_SETTLEMENT = _category(
    "settlement",
    Text(vi="khu vực", en="settlement"),
    {"urban": Text(vi="thành thị", en="urban"), "rural": Text(vi="nông thôn", en="rural")},
)

_HYGIENIC = Text(
    vi="“Hợp vệ sinh” không phải là “nước sạch đạt quy chuẩn”, một khái niệm khác và chặt hơn nhiều.",
    en="“Hygienic” is not “clean water to the national technical regulation”, another and much stricter notion.",
)

RESIDENTS = Table(
    "residents",
    PERSON,
    total="persons",
    parts={
        "hygienic_water": Text(
            vi="được sử dụng nước sinh hoạt hợp vệ sinh",
            en="use hygienic domestic water",
        )
    },
    categories=[_SETTLEMENT],
    name=Text(vi="Dân cư", en="Residents"),
    note=Text(
        vi=(
            "Văn bản không định nghĩa “dân cư”: phải ghi rõ là nhân khẩu đăng ký thường trú hay thực tế cư trú, dân số "
            "trung bình hay cuối năm, và giữ nguyên qua các kỳ báo cáo. “Thành thị” là phường, thị trấn hay phạm vi "
            "đất đô thị cũng phải ghi rõ; điều chỉnh địa giới, nâng loại đô thị làm dân số chuyển khu vực. "
            f"{_HYGIENIC.in_('vi')}"
        ),
        en=(
            "The text does not define a resident: say whether those registered or those actually living there are "
            "counted, at mid-year or at the end of the year, and keep to it from report to report. Say also whether "
            "“urban” means wards and townships or built-up land; reclassification moves people from one to the other. "
            f"{_HYGIENIC.in_('en')}"
        ),
    ),
)

HOUSEHOLDS = Table(
    "households",
    HOUSEHOLD,
    total="households",
    parts={
        "hygienic_water": Text(
            vi="được sử dụng nước sinh hoạt hợp vệ sinh",
            en="use hygienic domestic water",
        )
    },
    categories=[_SETTLEMENT],
    name=Text(vi="Hộ gia đình", en="Households"),
    note=Text(
        vi=(
            "Chỉ dùng khi chưa có số liệu theo người: văn bản viết “dân cư”, không viết “hộ”. Khu vực thành thị, nông "
            f"thôn hiểu như ở bảng dân cư. {_HYGIENIC.in_('vi')}"
        ),
        en=(
            "Only for want of figures in persons: the text says residents, not households. Urban and rural are "
            f"understood as in the table of residents. {_HYGIENIC.in_('en')}"
        ),
    ),
)

ESTABLISHMENTS = Table(
    "establishments",
    ESTABLISHMENT,
    total="establishments",
    parts={
        "clean_technology": Text(vi="áp dụng công nghệ sạch", en="apply clean technology"),
        "pollution_reduction": Text(
            vi="được trang bị thiết bị giảm ô nhiễm",
            en="are fitted with equipment for reducing pollution",
        ),
        "waste_treatment": Text(
            vi="được trang bị thiết bị xử lý chất thải",
            en="are fitted with equipment for treating waste",
        ),
        "treatment_equipment": Text(
            vi="được trang bị thiết bị giảm ô nhiễm, xử lý chất thải (ghi chung một loại)",
            en="are fitted with equipment for reducing pollution, treating waste (recorded as one class)",
        ),
        "meets_standards": Text(vi="đạt tiêu chuẩn về môi trường", en="meet environmental standards"),
        "inspected": Text(
            vi="được thanh tra, kiểm tra về môi trường trong kỳ báo cáo",
            en="were inspected for the environment in the reporting period",
        ),
    },
    categories=[
        _category(
            "activity",
            Text(vi="loại hình hoạt động", en="activity"),
            {
                "production": Text(vi="sản xuất", en="production"),
                "business": Text(vi="kinh doanh", en="business"),
                "both": Text(vi="vừa sản xuất vừa kinh doanh", en="production and business"),
                "other": Text(vi="hoạt động khác", en="other"),
            },
        )
    ],
    years={"built": Text(vi="năm xây dựng xong", en="year in which building was finished")},
    id="id",
    name=Text(vi="Cơ sở sản xuất, kinh doanh", en="Production and business establishments"),
    note=Text(
        vi=(
            "Cơ sở vừa sản xuất vừa kinh doanh ghi “both”; cơ sở thuần kinh doanh không thuộc “cơ sở sản xuất”. Năm "
            "xây dựng là năm xây dựng xong, không phải năm đi vào hoạt động. Đơn vị chỉ ghi chung “thiết bị giảm ô "
            "nhiễm, xử lý chất thải” thì dùng cột treatment_equipment, để trống hai cột riêng. Cột meets_standards "
            "phải ghi rõ hiểu là kết quả đo đạt quy chuẩn kỹ thuật hay là đủ hồ sơ môi trường (báo cáo đánh giá tác "
            "động môi trường, kế hoạch bảo vệ môi trường). Phải ghi rõ có tính hộ kinh doanh hay không. Cơ sở chưa "
            "được thanh tra, kiểm tra thì để trống cột meets_standards, không ghi là không đạt."
        ),
        en=(
            "An establishment that produces and trades is “both”; one that only trades is no production facility. "
            "The year is that in which building was finished, not that of commissioning. An office that records "
            "“equipment for reducing pollution, treating waste” as one class uses treatment_equipment and leaves the "
            "two separate columns empty. Say whether meets_standards means measured compliance with technical "
            "regulations or environmental papers in order (impact assessment report, environmental protection plan). "
            "Say whether household businesses are counted. Where an establishment was not inspected, leave "
            "meets_standards empty; do not enter it as failing."
        ),
    ),
)

WASTE = Table(
    "waste",
    KILOGRAM,
    total="generated",
    parts={
        "collected": Text(vi="được thu gom", en="is collected"),
        "treated_to_standard": Text(
            vi="được xử lý đạt tiêu chuẩn môi trường",
            en="is treated to environmental standards",
        ),
    },
    nested=True,
    categories=[
        _category(
            "stream",
            Text(vi="loại chất thải theo nơi phát sinh", en="waste stream, by where it arose"),
            {
                "urban_domestic": Text(vi="sinh hoạt đô thị", en="urban domestic"),
                "industrial": Text(vi="công nghiệp", en="industrial"),
                "service": Text(vi="dịch vụ", en="service"),
                "rural": Text(vi="khu vực nông thôn, ngoài làng nghề", en="rural, outside craft villages"),
                "craft_village": Text(vi="làng nghề", en="craft village"),
                "medical": Text(vi="y tế", en="medical"),
                "other": Text(vi="khác", en="other"),
            },
        )
    ],
    period="flow",
    name=Text(vi="Chất thải rắn", en="Solid waste"),
    note=Text(
        vi=(
            "Khối lượng trong kỳ báo cáo, tính cho nơi phát sinh chứ không phải nơi xử lý. Mỗi lượng chất thải thuộc "
            "đúng một loại: “rural” là khu vực nông thôn ngoài làng nghề; chất thải công nghiệp, dịch vụ phát sinh ở "
            "nông thôn vẫn ghi theo loại của nó (quy ước của thư viện, văn bản không nói). Chất thải công nghiệp nguy "
            "hại không bị loại trừ. Chất thải xây dựng, bùn thải, chất thải nông nghiệp ghi “other”. Chất thải y tế "
            "xử lý tại chỗ trong bệnh viện được coi là đã thu gom (thu gom nội bộ). Xử lý đạt tiêu chuẩn là một phần "
            "của thu gom: lượng tồn từ năm trước chuyển sang phải tách riêng, nếu không lượng xử lý có thể lớn hơn "
            "lượng thu gom."
        ),
        en=(
            "Mass over the reporting period, attributed to where it arose and not to where it was treated. Every "
            "amount belongs to exactly one stream: “rural” is rural outside craft villages; industrial and service "
            "waste that arises in rural areas stays in its own stream (a convention of this library; the text is "
            "silent). Hazardous industrial waste is not excluded. Construction waste, sludge and farm waste are "
            "“other”. Medical waste treated on the site of the hospital counts as collected (internally). What is "
            "treated to standard is part of what is collected: stock carried over from the year before must be kept "
            "apart, or treated may exceed collected."
        ),
    ),
)

ZONES = Table(
    "zones",
    ZONE,
    total="zones",
    parts={
        "central_wastewater_treatment": Text(
            vi="đã xây dựng hệ thống xử lý nước thải tập trung",
            en="have built a central wastewater treatment system",
        )
    },
    categories=[
        _category(
            "kind",
            Text(vi="loại khu, cụm", en="kind of area"),
            {
                "zone": Text(vi="khu công nghiệp", en="industrial zone"),
                "cluster": Text(vi="cụm công nghiệp", en="industrial cluster"),
            },
        )
    ],
    id="id",
    name=Text(vi="Khu, cụm công nghiệp", en="Industrial zones and clusters"),
    note=Text(
        vi=(
            "Văn bản viết “xây dựng hệ thống”: cột này cho biết hệ thống đã được xây dựng hay chưa, không cho biết có "
            "vận hành hay không."
        ),
        en="The text says “build”: the column tells whether a system has been built, not whether it is run.",
    ),
)

DISCHARGERS = Table(
    "dischargers",
    DISCHARGER,
    total="dischargers",
    parts={
        "monitoring_device": Text(
            vi="đã lắp đặt thiết bị kiểm soát, giám sát hoạt động xả thải",
            en="have installed equipment that controls and monitors their discharges",
        )
    },
    id="id",
    name=Text(vi="Doanh nghiệp có quy mô xả thải lớn", en="Enterprises with large discharges"),
    note=Text(
        vi="Thế nào là “quy mô xả thải lớn” do pháp luật quy định, văn bản không nêu; phải ghi rõ căn cứ áp dụng.",
        en="What a “large” discharge is, is for the law to say, not the text; name the provision that was applied.",
    ),
)

POLLUTERS = Table(
    "polluters",
    POLLUTER,
    total="polluters",
    parts={"relocation_road_map": Text(vi="đã có lộ trình di dời", en="have a road map for their relocation")},
    id="id",
    name=Text(
        vi="Cơ sở gây ô nhiễm môi trường nghiêm trọng trong khu dân cư",
        en="Establishments in residential areas that pollute seriously",
    ),
    note=Text(
        vi=(
            "Văn bản yêu cầu “có lộ trình”, không yêu cầu đã di dời xong; số cơ sở đã di dời báo cáo kèm theo. Thế "
            "nào là “nghiêm trọng” văn bản không nêu; phải ghi rõ danh sách hoặc căn cứ áp dụng."
        ),
        en=(
            "The text asks for a road map, not for a completed move; report beside it how many have moved. It does "
            "not say what “seriously” means; name the list or the provision that was applied."
        ),
    ),
)

ENVIRONMENTAL_FILES = Table(
    "environmental_files",
    FILE,
    total="files",
    parts={"post_checked": Text(vi="đã được rà soát, hậu kiểm", en="have been reviewed and post-checked")},
    categories=[
        _category(
            "kind",
            Text(vi="loại hồ sơ", en="kind of file"),
            {
                "impact_assessment_report": Text(
                    vi="báo cáo đánh giá tác động môi trường",
                    en="environmental impact assessment report",
                ),
                "protection_plan": Text(vi="kế hoạch bảo vệ môi trường", en="environmental protection plan"),
            },
        )
    ],
    id="id",
    name=Text(vi="Hồ sơ môi trường của công trình, dự án", en="Environmental files of works and projects"),
    note=Text(
        vi=(
            "Gồm hai loại hồ sơ. Hậu kiểm là kiểm tra sau khi hồ sơ đã được phê duyệt, xác nhận; văn bản viết “thường "
            "xuyên” nhưng không định kỳ hạn, nên phải ghi rõ khoảng thời gian đã tính."
        ),
        en=(
            "Two kinds of file. A post-check comes after the file has been approved or registered; the text says "
            "“regularly” and sets no interval, so state the period that was counted."
        ),
    ),
)
