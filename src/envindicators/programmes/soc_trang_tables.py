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
    vi="“Hợp vệ sinh” không phải là “nước sạch đạt quy chuẩn”, một khái niệm khác và chặt chẽ hơn nhiều.",
    en=(
        "“Hygienic” does not mean “clean water to the national technical regulation”, which is a different and much "
        "stricter concept."
    ),
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
            "Văn bản không quy định thế nào là “dân cư”: phải ghi rõ là nhân khẩu đăng ký thường trú hay thực tế cư "
            "trú, dân số trung bình hay cuối năm, và thống nhất qua các kỳ báo cáo. Cũng phải ghi rõ “thành thị” là "
            "phường, thị trấn hay phạm vi đất đô thị; khi điều chỉnh địa giới, nâng loại đô thị, dân số chuyển khu "
            "vực. "
            f"{_HYGIENIC.in_('vi')}"
        ),
        en=(
            "The text does not define residents: state whether they are those registered or those actually living "
            "there, counted at mid-year or at year-end, and keep to it from report to report. State also whether "
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
            "Chỉ dùng khi chưa có số liệu theo người: văn bản ghi “dân cư”, không ghi “hộ”. Khu vực thành thị, nông "
            f"thôn hiểu như tại bảng “Dân cư”. {_HYGIENIC.in_('vi')}"
        ),
        en=(
            "Only where there are no figures for persons: the text says residents, not households. Urban and rural "
            f"are understood as in the table “Residents”. {_HYGIENIC.in_('en')}"
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
    years={"built": Text(vi="năm xây dựng xong", en="year in which construction was finished")},
    id="id",
    name=Text(vi="Cơ sở sản xuất, kinh doanh", en="Production and business establishments"),
    note=Text(
        vi=(
            "Cơ sở chỉ kinh doanh không thuộc “cơ sở sản xuất”. Năm xây dựng là năm xây dựng xong, không phải năm đi "
            "vào hoạt động. Đơn vị chỉ ghi chung “thiết bị giảm ô nhiễm, xử lý chất thải” thì dùng cột ghi chung một "
            "loại và để trống hai cột riêng. Đối với cột “đạt tiêu chuẩn về môi trường”, phải ghi rõ căn cứ là kết quả "
            "đo đạt quy chuẩn kỹ thuật hay có đủ hồ sơ môi trường (báo cáo đánh giá tác động môi trường, kế hoạch bảo "
            "vệ môi trường). Phải ghi rõ có tính hộ kinh doanh hay không. Cơ sở chưa được thanh tra, kiểm tra thì để "
            "trống cột này, không ghi là không đạt."
        ),
        en=(
            "An establishment that only trades is not a production facility. The year is that in which construction "
            "was finished, not the year of commissioning. If “equipment for reducing pollution, treating waste” is "
            "recorded as one class, use the column for that class and leave the two separate columns blank. For “meet "
            "environmental standards”, state whether this means measured compliance with technical regulations or "
            "having the required environmental paperwork (impact assessment report, environmental protection plan). "
            "State whether household businesses are counted. If an establishment was not inspected, leave that column "
            "blank; do not enter it as failing."
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
            Text(vi="loại chất thải", en="waste stream"),
            {
                "urban_domestic": Text(vi="sinh hoạt đô thị", en="urban domestic"),
                "industrial": Text(vi="công nghiệp", en="industrial"),
                "service": Text(vi="dịch vụ", en="service"),
                "rural": Text(vi="nông thôn ngoài làng nghề", en="rural outside craft villages"),
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
            "Khối lượng trong kỳ báo cáo, tính cho nơi phát sinh, không tính cho nơi xử lý. Mỗi lượng chất thải chỉ "
            "ghi vào một loại; chất thải công nghiệp, dịch vụ phát sinh ở nông thôn vẫn ghi vào loại công nghiệp, dịch "
            "vụ (quy ước của thư viện, văn bản không quy định). Tính cả chất thải công nghiệp nguy hại. Chất thải xây "
            "dựng, bùn thải, chất thải nông nghiệp ghi vào loại “khác”. Chất thải y tế xử lý tại chỗ trong bệnh viện "
            "được coi là đã thu gom (thu gom nội bộ). Lượng xử lý đạt tiêu chuẩn là một phần của lượng thu gom: lượng "
            "tồn từ năm trước chuyển sang phải tách riêng, nếu không lượng xử lý có thể lớn hơn lượng thu gom."
        ),
        en=(
            "Mass over the reporting period, attributed to where the waste was generated, not to where it was treated. "
            "Each amount belongs to exactly one stream; industrial and service waste generated in rural areas stays in "
            "its own stream (a convention of this library; the text is silent). Hazardous industrial waste is "
            "included. Construction waste, sludge and farm waste go under “other”. Medical waste treated on the "
            "hospital site counts as collected (internally). Waste treated to standard is part of waste collected: "
            "stock carried over from the previous year must be kept separate, or treated may exceed collected."
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
            "Văn bản ghi “xây dựng hệ thống”: cột này ghi hệ thống đã xây dựng hay chưa, không ghi có vận hành hay "
            "không."
        ),
        en="The text says “build”: the column says whether a system has been built, not whether it operates.",
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
        en="What counts as a “large” discharge is defined by law, not in the text; name the provision applied.",
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
            "Văn bản yêu cầu “có lộ trình”, không yêu cầu đã di dời xong; số cơ sở đã di dời báo cáo kèm theo. Văn bản "
            "không quy định thế nào là “nghiêm trọng”; phải ghi rõ danh sách hoặc căn cứ áp dụng."
        ),
        en=(
            "The text requires a road map, not completed relocation; report alongside how many have relocated. It does "
            "not define “seriously”; name the list or provision applied."
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
            "Gồm hai loại hồ sơ. Hậu kiểm là kiểm tra sau khi hồ sơ đã được phê duyệt, xác nhận; văn bản ghi “thường "
            "xuyên” nhưng không quy định thời hạn, nên phải ghi rõ khoảng thời gian đã tính."
        ),
        en=(
            "Two kinds of file. A post-check comes after the file has been approved or registered; the text says "
            "“regularly” without an interval, so state the period covered."
        ),
    ),
)
